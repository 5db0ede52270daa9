#include "sarif/sarif.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/sarif/logged.h"

static const struct sarif_taxon weaknesses[] = {{"CWE-1", "One."}, {"CWE-2", "Two."}};
static const struct sarif_taxon foreign[] = {{"X9", "Nine."}};
static const struct sarif_taxonomy lists[] = {
    {"CWE", "11111111-1111-4111-8111-111111111111", "Org", "All.", "https://example.org/",
     weaknesses, 2, true},
    {"other", "22222222-2222-4222-8222-222222222222", "Org", "All.", "https://example.org/",
     foreign, 1, false},
};
static const struct sarif_relation relations[] = {{0, 1, "superset"}, {1, 0, "relevant"}};
static const struct sarif_rule rule = {.id = "T001",
                                       .name = "FirstRule",
                                       .title = "First.",
                                       .text = "First rule.",
                                       .help_text = "First rule.",
                                       .level = "note",
                                       .relations = relations,
                                       .relation_n = 2};

static cJSON *log_of_one(struct arena *a, size_t taxonomy_n)
{
    struct sarif_tool t = logged_tool();
    t.rules = &rule;
    t.rule_n = 1;
    t.taxonomies = lists;
    t.taxonomy_n = taxonomy_n;
    struct sarif_log *log = sarif_begin(a, &t);
    struct sarif_result r = {
        .level = "note", .message = STR("It is."), .location = logged_place(1)};
    sarif_result(log, &r);
    return logged(log, 0);
}

static void rules_and_results_refer_to_taxa_by_index(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *o = log_of_one(&a, 2);
    const cJSON *run = parsed_at(o, "runs/0");
    assert_string_equal(parsed_text(run, "taxonomies/0/name"), "CWE");
    assert_string_equal(parsed_text(run, "taxonomies/0/taxa/1/shortDescription/text"), "Two.");
    assert_string_equal(parsed_text(run, "tool/driver/supportedTaxonomies/1/name"), "other");
    const cJSON *related = parsed_at(run, "tool/driver/rules/0/relationships");
    assert_int_equal(cJSON_GetArraySize(related), 2);
    assert_string_equal(parsed_text(related, "0/target/id"), "CWE-2");
    assert_int_equal(parsed_at(related, "0/target/index")->valueint, 1);
    assert_string_equal(parsed_text(related, "0/kinds/0"), "superset");
    assert_int_equal(parsed_at(related, "1/target/toolComponent/index")->valueint, 1);
    /* Only of taxonomies that classify results. */
    const cJSON *taxa = parsed_at(run, "results/0/taxa");
    assert_int_equal(cJSON_GetArraySize(taxa), 1);
    assert_string_equal(parsed_text(taxa, "0/id"), "CWE-2");
    assert_string_equal(parsed_text(taxa, "0/toolComponent/name"), "CWE");
    cJSON_Delete(o);
    arena_release(&a);
}

static void without_taxonomies_nothing_speaks_of_them(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_tool t = logged_tool();
    cJSON *o = logged(sarif_begin(&a, &t), 0);
    assert_null(parsed_at(o, "runs/0/taxonomies"));
    assert_null(parsed_at(o, "runs/0/tool/driver/supportedTaxonomies"));
    assert_null(parsed_at(o, "runs/0/tool/driver/rules/0/relationships"));
    cJSON_Delete(o);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_and_results_refer_to_taxa_by_index),
        cmocka_unit_test(without_taxonomies_nothing_speaks_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
