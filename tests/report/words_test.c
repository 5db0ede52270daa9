#include "report/words.h"
#include "tests/check.h"

static void ports_and_witnesses_read_as_people_write_them(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(words_ports(&a, PROTOCOL_TCP, (struct ports){22, 22}), "tcp/22");
    assert_str(words_ports(&a, PROTOCOL_UDP, (struct ports){0, 65535}), "udp/0-65535");
    const struct finding_choice w[] = {
        {STR("Env"), STR("dev"), false, STR("")},
        {STR("A-NACL(S)"), STR("yes"), true, STR("the ACL lets it in")},
        {STR("Keep"), STR("yes"), false, STR("")},
        {STR("A-MB(M)"), STR("no"), true, STR("M does not")},
    };
    assert_str(words_witness(&a, w, 4), "Env=dev, A-NACL(S), Keep=yes, A-MB(M)=no");
    assert_str(words_witness(&a, w, 0), "");
    assert_str(words_witness_told(&a, w, 4),
               "Env=dev, A-NACL(S) (the ACL lets it in), Keep=yes, A-MB(M)=no (M does not)");
    assert_str(words_witness_told(&a, w, 0), "");
    arena_release(&a);
}

static void severities_have_their_sarif_levels(void **state)
{
    (void)state;
    assert_string_equal(words_sarif_level(SEVERITY_HIGH), "error");
    assert_string_equal(words_sarif_level(SEVERITY_MEDIUM), "warning");
    assert_string_equal(words_sarif_level(SEVERITY_LOW), "note");
    assert_string_equal(words_sarif_level(SEVERITY_INFORMATIONAL), "note");
}

static void a_place_has_both_ends(void **state)
{
    (void)state;
    struct arena a = {0};
    struct source_set sources;
    source_set_init(&sources, &a);
    struct source *src = source_add(&sources, STR("t.yaml"),
                                    STR("a\n\xf0\x9f\x98\x80"
                                        "b: c\n"));
    struct words_place p = words_place(&sources, (struct span){src->id, 6, 7});
    assert_str(p.file, "t.yaml");
    assert_int_equal(p.begin.line, 2);
    assert_int_equal(p.begin.column, 2); /* after one code point */
    assert_int_equal(p.begin.utf16, 3);  /* of two UTF-16 units */
    assert_int_equal(p.end.column, 3);
    assert_int_equal(words_place(&sources, SPAN_NONE).begin.line, 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_and_witnesses_read_as_people_write_them),
        cmocka_unit_test(severities_have_their_sarif_levels),
        cmocka_unit_test(a_place_has_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
