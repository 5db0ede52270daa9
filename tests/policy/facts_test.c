#include "policy/facts.h"

#include "tests/check.h"

static struct finding_choice fact(const char *name, const char *value)
{
    return (struct finding_choice){str_from(name), str_from(value), true};
}

static void every_fact_has_words_of_its_own(void **state)
{
    (void)state;
    struct arena a = {0};
    for (int i = 0; i < FACT_COUNT; i++) {
        struct str name = str_format(&a, "%s(Thing)", world_fact_name((enum world_fact)i));
        struct finding_choice c = {name, STR("yes"), true};
        struct str text = fact_clause(&a, &c);
        assert_true(str_find(text, STR("A-"), 0) == STR_NPOS);
        assert_true(str_find(text, STR("' is 'yes'"), 0) == STR_NPOS);
    }
    arena_release(&a);
}

static void facts_read_as_clauses(void **state)
{
    (void)state;
    struct arena a = {0};
    struct finding_choice c = fact("A-SUBROUTE(SubnetId)", "yes");
    assert_str(fact_clause(&a, &c), "subnet 'SubnetId' has a route to an internet gateway");
    c = fact("A-SG(sg-1)", "no");
    assert_str(fact_clause(&a, &c),
               "it is not so that the rules of security group 'sg-1' admit it");
    c = fact("A-PLACE(Group)", "SubnetA");
    assert_str(fact_clause(&a, &c), "the placement of 'Group' is 'SubnetA'");
    c = fact("A-LOWPORT", "yes");
    assert_str(fact_clause(&a, &c), "the client calls from a port below 1024");
    c = fact("A-NACL", "yes");
    assert_str(fact_clause(&a, &c), "the network ACL of it lets the traffic pass");
    c = fact("A-FUTURE(X)", "yes");
    assert_str(fact_clause(&a, &c), "'A-FUTURE(X)' is 'yes'");
    c = (struct finding_choice){STR("Env"), STR("dev"), false};
    assert_str(fact_clause(&a, &c), "'Env' is 'dev'");
    arena_release(&a);
}

static void clauses_are_joined_like_a_sentence(void **state)
{
    (void)state;
    struct arena a = {0};
    struct finding_choice all[] = {
        {STR("Env"), STR("dev"), false}, {STR("Open"), STR("yes"), false}, fact("A-DEFVPC", "yes")};
    assert_str(fact_clauses(&a, all, 0, FACT_BOTH), "");
    assert_str(fact_clauses(&a, all, 1, FACT_BOTH), "'Env' is 'dev'");
    assert_str(fact_clauses(&a, all, 2, FACT_BOTH), "'Env' is 'dev' and 'Open' is 'yes'");
    assert_str(fact_clauses(&a, all, 3, FACT_BOTH),
               "'Env' is 'dev', 'Open' is 'yes' and the default VPC is as AWS makes it");
    assert_str(fact_clauses(&a, all, 3, FACT_FACTS), "the default VPC is as AWS makes it");
    assert_str(fact_clauses(&a, all, 3, FACT_CHOICES), "'Env' is 'dev' and 'Open' is 'yes'");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fact_has_words_of_its_own),
        cmocka_unit_test(facts_read_as_clauses),
        cmocka_unit_test(clauses_are_joined_like_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
