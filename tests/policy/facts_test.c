#include "policy/facts.h"

#include "tests/check.h"

static struct finding_choice fact(const char *name, const char *value)
{
    return (struct finding_choice){
        .name = str_from(name), .value = str_from(value), .is_fact = true};
}

static void every_fact_has_words_of_its_own(void **state)
{
    (void)state;
    struct arena a = {0};
    for (int i = 0; i < FACT_COUNT; i++) {
        struct str name = str_format(&a, "%s(Thing)", world_fact_name((enum world_fact)i));
        struct finding_choice c = {.name = name, .value = STR("yes"), .is_fact = true};
        struct str text = fact_clause(&a, NULL, &c, false);
        assert_true(str_find(text, STR("A-"), 0) == STR_NPOS);
        assert_true(str_find(text, STR("' is 'yes'"), 0) == STR_NPOS);
        c.value = STR("no");
        struct str no = fact_clause(&a, NULL, &c, false);
        assert_true(str_find(no, STR("'no'"), 0) == STR_NPOS);
        assert_false(str_eq(text, no));
    }
    arena_release(&a);
}

static void facts_read_as_clauses(void **state)
{
    (void)state;
    struct arena a = {0};
    struct finding_choice c = fact("A-SUBROUTE(SubnetId)", "yes");
    assert_str(fact_clause(&a, NULL, &c, false),
               "subnet 'SubnetId' has a route to an internet gateway");
    c = fact("A-SG(sg-1)", "no");
    assert_str(fact_clause(&a, NULL, &c, false),
               "the rules of security group 'sg-1' do not admit it");
    c = fact("A-PLACE(Group)", "SubnetA");
    assert_str(fact_clause(&a, NULL, &c, false), "the placement of 'Group' is 'SubnetA'");
    c = fact("A-LOWPORT", "yes");
    assert_str(fact_clause(&a, NULL, &c, false), "the client calls from a port below 1024");
    c = fact("A-NACL", "yes");
    assert_str(fact_clause(&a, NULL, &c, false), "the network ACL of it lets the traffic pass");
    c = fact("budget", "yes");
    assert_str(fact_clause(&a, NULL, &c, false),
               "too many choices meet here for the analysis to decide it: more than 20000 nodes of "
               "one guard, or 4000000 of all");
    c = fact("A-FUTURE(X)", "yes");
    assert_str(fact_clause(&a, NULL, &c, false), "'A-FUTURE(X)' is 'yes'");
    c = (struct finding_choice){.name = STR("Env"), .value = STR("dev")};
    assert_str(fact_clause(&a, NULL, &c, false), "'Env' is 'dev'");
    assert_str(fact_clause(&a, NULL, &c, true), "'Env' keeps its default 'dev'");
    c.value = STR("");
    assert_str(fact_clause(&a, NULL, &c, true), "'Env' keeps its empty default");
    assert_str(fact_clause(&a, NULL, &c, false), "'Env' is empty");
    arena_release(&a);
}

static void names_of_facts_are_known(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_true(fact_is_name(STR("A-DEFVPC")));
    assert_true(fact_is_name(STR("A-SUBROUTE(SubnetId)")));
    assert_false(fact_is_name(STR("A-SUBROUTE()")));
    assert_false(fact_is_name(STR("A-SUBROUTE(SubnetId")));
    assert_false(fact_is_name(STR("SubnetId")));
    assert_false(fact_is_name(STR("")));
    assert_str(fact_near(&a, STR("A-SUBROUT(SubnetId)")), "A-SUBROUTE");
    assert_str(fact_near(&a, STR("Env")), "");
    arena_release(&a);
}

static void a_witness_names_a_parameter_once(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *together;
    } cases[] = {
        {CFN_ANY_OTHER, "8.8.8.8/32", "8.8.8.8/32"},
        {"dev", CFN_ANY_OTHER, "dev"},
        {"dev", "dev", "dev"},
        {CFN_ANY_OTHER, CFN_ANY_OTHER, CFN_ANY_OTHER},
        {"dev", "8.8.8.8/32", "dev & 8.8.8.8/32"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct finding_choice at[3];
        struct finding_choice one = {.name = STR("P"), .value = str_from(cases[i].first)};
        struct finding_choice two = {.name = STR("P"), .value = str_from(cases[i].second)};
        size_t n = fact_choices_add(&a, at, 0, one);
        n = fact_choices_add(&a, at, n, fact("A-LOWPORT", "yes"));
        n = fact_choices_add(&a, at, n, two);
        assert_int_equal(n, 2);
        assert_str(at[0].value, cases[i].together);
        assert_str(at[1].name, "A-LOWPORT");
    }
    arena_release(&a);
}

static void clauses_are_joined_like_a_sentence(void **state)
{
    (void)state;
    struct arena a = {0};
    struct finding_choice all[] = {{.name = STR("Env"), .value = STR("dev")},
                                   {.name = STR("Open"), .value = STR("yes")},
                                   fact("A-DEFVPC", "yes")};
    assert_str(fact_clauses(&a, NULL, all, 0, FACT_BOTH), "");
    assert_str(fact_clauses(&a, NULL, all, 1, FACT_BOTH), "'Env' is 'dev'");
    assert_str(fact_clauses(&a, NULL, all, 2, FACT_BOTH), "'Env' is 'dev' and 'Open' is 'yes'");
    assert_str(fact_clauses(&a, NULL, all, 3, FACT_BOTH),
               "'Env' is 'dev', 'Open' is 'yes' and the default VPC is as AWS makes it");
    assert_str(fact_clauses(&a, NULL, all, 3, FACT_FACTS), "the default VPC is as AWS makes it");
    assert_str(fact_clauses(&a, NULL, all, 3, FACT_CHOICES), "'Env' is 'dev' and 'Open' is 'yes'");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fact_has_words_of_its_own),
        cmocka_unit_test(facts_read_as_clauses),
        cmocka_unit_test(names_of_facts_are_known),
        cmocka_unit_test(a_witness_names_a_parameter_once),
        cmocka_unit_test(clauses_are_joined_like_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
