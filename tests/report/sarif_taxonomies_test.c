#include "report/sarif_taxonomies.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

static void every_relation_names_a_taxon_of_its_rule(void **state)
{
    (void)state;
    struct arena a = {0};
    const struct sarif_taxonomy *list = sarif_taxonomies(&a);
    for (size_t i = 0; i < rule_count; i++) {
        size_t n = 0;
        const struct sarif_relation *r = sarif_relations(&a, i, &n);
        assert_in_range(n, 1, 100);
        for (size_t k = 0; k < n; k++) {
            assert_in_range(r[k].taxonomy, 0, taxonomy_count - 1);
            assert_in_range(r[k].taxon, 0, list[r[k].taxonomy].n - 1);
            const struct taxon *t = taxon_find(str_from(list[r[k].taxonomy].taxa[r[k].taxon].id));
            assert_true(taxon_has(t, i));
        }
    }
    arena_release(&a);
}

static void a_finding_says_which_weaknesses_and_controls_it_is(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *o = parsed(reported(&a, "sarif", &reported_open, 1, NULL));
    const cJSON *taxa = parsed_at(o, "runs/0/results/0/taxa"); /* CFNR102 */
    assert_string_equal(parsed_text(taxa, "0/id"), "CWE-284");
    assert_string_equal(parsed_text(taxa, "1/id"), "CWE-668");
    assert_string_equal(parsed_text(taxa, "2/id"), "CIS-1.2.0-4.1");
    cJSON_Delete(o);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_relation_names_a_taxon_of_its_rule),
        cmocka_unit_test(a_finding_says_which_weaknesses_and_controls_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
