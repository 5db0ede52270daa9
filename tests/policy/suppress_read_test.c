#include "policy/suppress.h"

#include "base/limits.h"
#include "tests/check.h"

struct read {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct suppressions found;
};

/* Everything is in the arena. */
static void read_text(struct read *r, const char *text)
{
    *r = (struct read){.found = {{0}}};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
    struct source *src = source_add(&r->sources, STR("t.yaml"), str_from(text));
    struct doc *doc = doc_read(&r->arena, src, LIMIT_TEMPLATE_BYTES, &r->diags);
    struct cfn_unit *u = cfn_unit_new(&r->arena, &r->sources, &r->diags, (struct cfn_options){0});
    assert_non_null(cfn_add(u, doc, STR("")));
    suppress_read(&r->arena, u, &r->found);
}

static struct str line_text(struct read *r, size_t i)
{
    return source_text(&r->sources, r->found.all.at[i].line);
}

static void a_comment_gives_one_suppression_for_each_id(void **state)
{
    (void)state;
    struct read r;
    read_text(&r, "Resources:\n"
                  "  A: {Type: X} # cfnreach:ignore CFNR102,internet-telnet , cfnr103 -- a -- b\n");
    assert_int_equal(r.found.all.n, 3);
    assert_int_equal(r.diags.all.n, 0);
    assert_str(str_from(r.found.all.at[0].rule->id), "CFNR102");
    assert_str(str_from(r.found.all.at[1].rule->id), "CFNR101");
    assert_str(str_from(r.found.all.at[2].rule->id), "CFNR103");
    assert_str(r.found.all.at[2].reason, "a -- b");
    assert_str(source_text(&r.sources, r.found.all.at[1].at), "internet-telnet");
    assert_true(str_starts(line_text(&r, 0), STR("  A: {Type: X} #")));
    arena_release(&r.arena);
}

static void a_comment_on_a_line_of_its_own_acts_on_the_next_that_is_none(void **state)
{
    (void)state;
    struct read r;
    read_text(&r, "Resources:\r\n"
                  "  #cfnreach:ignore CFNR102\r\n"
                  "\r\n"
                  "    # more\r\n"
                  "  A: {Type: X}\r\n"
                  "  B: {Type: X}\r\n"
                  "# cfnreach:ignore CFNR103 -- at the end\r\n");
    assert_int_equal(r.found.all.n, 2);
    assert_str(line_text(&r, 0), "  A: {Type: X}");
    assert_str(r.found.all.at[0].reason, "");
    assert_str(line_text(&r, 1), "");
    arena_release(&r.arena);
}

static void what_is_no_comment_or_not_ours_gives_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Resources:\n  A: {Type: 'X # cfnreach:ignore CFNR102'}\n",
        "Resources:\n  A:\n    Type: |\n      # cfnreach:ignore CFNR102\n",
        "Resources:\n  A: {Type: X} # cfn-lint: ignore W1001\n",
        "Resources:\n  A: {Type: X} # cfnreach:ignored by everybody\n",
        "Resources:\n  A: {Type: X} # cfnreach says CFNR102, please ignore\n",
        "Resources:\n  A: {Type: X} # checkov:skip=CKV_AWS_24:ignore\n",
        "{\"Resources\": {\"A\": {\"Type\": \"# cfnreach:ignore CFNR102\"}}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct read r;
        read_text(&r, texts[i]);
        if (r.found.all.n > 0 || (r.diags.all.n > 0 && i != 3)) {
            fail_msg("%s", texts[i]);
        }
        arena_release(&r.arena);
    }
}

static void mistakes_are_said_with_a_suggestion_and_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *comment;
        const char *says;
    } rows[] = {
        {"# cfnreach:ignore", "names no rule"},
        {"# cfnreach:ignore -- reason", "names no rule"},
        {"# cfnreach:ignroe CFNR102", "did you mean '# cfnreach:ignore CFNR102 -- reason'?"},
        {"# cfnraech:ignore CFNR102", "did you mean '# cfnreach:ignore CFNR102 -- reason'?"},
        {"# cfnreach: ignore CFNR102", "did you mean '# cfnreach:ignore CFNR102 -- reason'?"},
        {"# cfnreach:ignore=CFNR102", "did you mean '# cfnreach:ignore CFNR102 -- reason'?"},
        {"# cfnreach:ignore CFNR1O2", "There is no rule 'CFNR1O2'; did you mean 'CFNR102'?"},
        {"# cfnreach:ignore internet-shh", "did you mean 'internet-ssh'?"},
        {"# cfnreach:ignore CKV_AWS_24", "There is no rule 'CKV_AWS_24'."},
        {"# cfnreach:ignore CFNR930", "is a diagnostic"},
        {"# cfnreach:ignore CFNR102 reason", "neither a comma nor ' -- reason'"},
        {"# cfnreach:ignore CFNR102,", "names no rule"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct read r;
        struct arena a = {0};
        read_text(&r, str_format(&a, "Resources:\n  A: {Type: X} %s\n", rows[i].comment).p);
        bool all_left_out = r.found.all.n == (rows[i].comment[strlen(rows[i].comment) - 1] == ',');
        if (r.diags.all.n != 1 || r.diags.all.at[0].id != DIAG_SUPPRESSION || !all_left_out ||
            str_find(r.diags.all.at[0].message, str_from(rows[i].says), 0) == STR_NPOS) {
            fail_msg("%s", rows[i].comment);
        }
        arena_release(&r.arena);
        arena_release(&a);
    }
}

static void metadata_is_read_from_json_too(void **state)
{
    (void)state;
    struct read r;
    read_text(&r,
              "{\"Resources\": {\"A\": {\"Type\": \"X\", \"Metadata\": {\"aws:cdk:path\": \"a\", "
              "\"cfnreach\": {\"ignore\": [{\"id\": \"CFNR102\", \"reason\": \"r\", "
              "\"until\": \"2031-12-31\"}]}}}}}");
    assert_int_equal(r.found.all.n, 1);
    assert_int_equal(r.diags.all.n, 0);
    assert_str(r.found.all.at[0].resource->id, "A");
    assert_str(r.found.all.at[0].until, "2031-12-31");
    assert_str(r.found.all.at[0].reason, "r");
    assert_true(span_is_none(r.found.all.at[0].line));
    arena_release(&r.arena);
}

static void metadata_of_a_wrong_shape_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *metadata;
        const char *says;
    } rows[] = {
        {"{cfnreach: CFNR102}", "is written {ignore:"},
        {"{cfnreach: {ignore: CFNR102}}", "is written {ignore:"},
        {"{cfnreach: {ignore: [CFNR102]}}", "is a map with the 'id' of a rule"},
        {"{cfnreach: {ignore: [{id: [CFNR102]}]}}", "'id' is not a text"},
        {"{cfnreach: {ignore: [{id: CFNR102, until: 2031-02-30}]}}", "is not a day"},
        {"{cfnreach: {ignore: [{id: CFNR102, reson: x}]}}", "did you mean 'reason'?"},
        {"{cfnreach: {ignore: [], ignroe: []}}", "Unknown key 'ignroe'; did you mean 'ignore'?"},
        {"{cfnreahc: {ignore: [{id: CFNR102}]}}", "did you mean 'cfnreach'?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct read r;
        struct arena a = {0};
        read_text(&r,
                  str_format(&a, "Resources:\n  A: {Type: X, Metadata: %s}\n", rows[i].metadata).p);
        if (r.diags.all.n == 0 || r.found.all.n > 0 ||
            str_find(r.diags.all.at[0].message, str_from(rows[i].says), 0) == STR_NPOS) {
            fail_msg("%s", rows[i].metadata);
        }
        arena_release(&r.arena);
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_gives_one_suppression_for_each_id),
        cmocka_unit_test(a_comment_on_a_line_of_its_own_acts_on_the_next_that_is_none),
        cmocka_unit_test(what_is_no_comment_or_not_ours_gives_nothing),
        cmocka_unit_test(mistakes_are_said_with_a_suggestion_and_left_out),
        cmocka_unit_test(metadata_is_read_from_json_too),
        cmocka_unit_test(metadata_of_a_wrong_shape_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
