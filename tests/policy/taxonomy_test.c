#include "policy/taxonomy.h"

#include "tests/check.h"

static size_t marked(const char *word)
{
    bool rules_of[64] = {false};
    size_t n = 0;
    if (!taxonomy_mark(str_from(word), rules_of)) {
        return 0;
    }
    for (size_t i = 0; i < rule_count; i++) {
        n += rules_of[i];
    }
    return n;
}

static void a_word_is_an_id_a_beginning_a_name_or_somebody_elses_id(void **state)
{
    (void)state;
    assert_in_range(rule_count, 1, 64);
    assert_int_equal(marked("CFNR102"), 1);
    assert_int_equal(marked("cfnr102"), 1);
    assert_int_equal(marked("internet-ssh"), 1);
    assert_int_equal(marked("CFNR30"), 7);
    assert_int_equal(marked("CFNR"), rule_count);
    assert_int_equal(marked("CKV_AWS_24"), 2); /* SSH, and ranges with it */
    assert_int_equal(marked("ec2.13"), 2);
    assert_int_equal(marked("CWE-1188"), 1);
}

static void what_is_none_of_them_marks_nothing(void **state)
{
    (void)state;
    static const char *const words[] = {"", "C", "CFN", "CFNR5", "CFNR1022", "internet", "W5"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_int_equal(marked(words[i]), 0);
    }
}

static void misspelt_words_get_a_suggestion(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(taxonomy_near(&a, STR("CVK_AWS_24")), "CKV_AWS_24");
    assert_str(taxonomy_near(&a, STR("internet-shh")), "internet-ssh");
    assert_str(taxonomy_near(&a, STR("nothing-like-it")), "");
    arena_release(&a);
}

/* Frozen, like the ids of rules: logs refer to them. */
static void guids_and_ids_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < taxonomy_count; i++) {
        assert_int_equal(str_from(taxonomies[i].guid).n, 36);
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(taxonomies[i].guid, taxonomies[k].guid);
        }
        for (size_t k = 0; k < taxonomies[i].n; k++) {
            const struct taxon *t = &taxonomies[i].taxa[k];
            assert_ptr_equal(taxon_find(str_from(t->id)), t);
            for (size_t m = 1; m < t->rule_n; m++) {
                assert_true(t->rules[m - 1] < t->rules[m]);
            }
        }
    }
    assert_string_equal(taxonomies[0].guid, "75727764-ad18-5ee4-8061-8ba81474fc71");
    assert_null(taxon_find(STR("CWE-0")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_an_id_a_beginning_a_name_or_somebody_elses_id),
        cmocka_unit_test(what_is_none_of_them_marks_nothing),
        cmocka_unit_test(misspelt_words_get_a_suggestion),
        cmocka_unit_test(guids_and_ids_are_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
