#include "cfn/loops.h"

#include "doc/path.h"
#include "tests/cfn/written.h"

/* The body of a loop over [a-1] with this value; what R.V is. */
#define HEAD                                                                                       \
    "Transform: AWS::LanguageExtensions\n"                                                         \
    "Parameters:\n"                                                                                \
    "  Env: {Type: String, Default: dev}\n"                                                        \
    "  Free: {Type: String}\n"                                                                     \
    "Mappings:\n"                                                                                  \
    "  M: {k: {a-1: x, list: [p, q]}}\n"                                                           \
    "Resources:\n"

static void check_text(const char *text, const char *expected)
{
    struct arena a = {0};
    struct cfn_unit u = {.arena = &a};
    struct cfn_template t = {.unit = &u};
    struct loop_bound outer = {STR("Y"), STR("why"), STR("why"), NULL};
    struct loop_bound inner = {STR("X"), STR("10.0"), STR("100"), &outer};
    struct loop_work w = {.t = &t, .bound = &inner};
    check_str(loop_substitute(&w, str_from(text)), expected, __FILE__, __LINE__);
    arena_release(&a);
}

static void placeholders_of_identifiers_are_replaced_others_stay(void **state)
{
    (void)state;
    check_text("", "");
    check_text("X", "X");
    check_text("${X}", "10.0");
    check_text("&{X}", "100");
    check_text("a${X}b&{Y}c", "a10.0bwhyc");
    check_text("${Z}${X", "${Z}${X");
    check_text("${!X}", "${!X}");
    check_text("$", "$");
    check_text("&${X}", "&10.0");
    check_text("${ X }", "10.0");
}

static void check_list(const char *collection, const char *expected, const char *diags)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text, HEAD "  Fn::ForEach::L: [X, %s, {'R${X}': {Type: T::T}}]\n", collection);
    written_open(&w, collection);
    for (size_t i = 0; i < w.f.t->resources.n; i++) {
        buf_addf(&w.shown, "%s%.*s", i > 0 ? " " : "", STR_ARG(w.f.t->resources.at[i]->id));
    }
    written_end(&w, expected, diags);
}

static void collections_are_lists_refs_and_lookups(void **state)
{
    (void)state;
    check_list("[a, 2]", "Ra R2", "");
    check_list("[!Sub 'a${Env}']", "Radev", "CFNR931 [!Sub 'a${Env}']");
    check_list("[a, !Ref 'AWS::NoValue']", "Ra", "");
    check_list("!FindInMap [M, k, list]", "Rp Rq", "");
    check_list("!FindInMap [M, k, none, {DefaultValue: [d]}]", "Rd", "");
    check_list("{'Fn::FindInMap': [M, k, list]}", "Rp Rq", "");
    check_list("[!FindInMap [M, k, a-1]]", "Rx", "");
    check_list("!FindInMap [M, !Ref Free, list]", "",
               "CFNR931 Fn::ForEach::L; CFNR931 !FindInMap [M, !Ref Free, list]");
    check_list("[!Ref Free]", "", "CFNR931 Fn::ForEach::L; CFNR931 [!Ref Free]");
    check_list("!Ref Env", "", "CFNR931 Fn::ForEach::L; CFNR931 !Ref Env"); /* no list */
    check_list("!Nonsense x", "", "CFNR931 Fn::ForEach::L; CFNR931 !Nonsense x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placeholders_of_identifiers_are_replaced_others_stay),
        cmocka_unit_test(collections_are_lists_refs_and_lookups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
