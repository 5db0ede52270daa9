#include "tests/topology/managed_of.h"

static void open_rules_are_kept_and_attached_to_nothing(void **state)
{
    (void)state; /* 2.9 */
    struct built *b = built_of("Resources:\n"
                               "  Old:\n"
                               "    Type: AWS::RDS::DBSecurityGroup\n"
                               "    Properties: {DBSecurityGroupIngress: [{CIDRIP: 0.0.0.0/0},\n"
                               "                 {EC2SecurityGroupName: web}]}\n"
                               "  Db:\n"
                               "    Type: AWS::RDS::DBInstance\n"
                               "    Properties: {Engine: mysql, DBSecurityGroups: [!Ref Old]}\n");
    assert_string_equal(managed_rules(b, "Old"), "tcp 3306-3306 v4 0.0.0.0/0\n"
                                                 "tcp 5432-5432 v4 0.0.0.0/0\n"
                                                 "tcp 1521-1521 v4 0.0.0.0/0\n"
                                                 "tcp 1433-1433 v4 0.0.0.0/0\n");
    assert_false(b->t->groups.at[0].has_interface);
    assert_false(b->t->groups.at[0].referenced);
    assert_str(b->t->groups.at[0].resource->id, "Old");
    built_free(b);
}

static void standalone_rules_are_rules_too(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        const char *rules;
    } rows[] = {
        {"RDS::DBSecurityGroupIngress", "tcp 3306-3306 v4 198.41.0.0/24\n"
                                        "tcp 5432-5432 v4 198.41.0.0/24\n"
                                        "tcp 1521-1521 v4 198.41.0.0/24\n"
                                        "tcp 1433-1433 v4 198.41.0.0/24\n"},
        {"Redshift::ClusterSecurityGroupIngress", "tcp 5439-5439 v4 198.41.0.0/24\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "Resources:\n"
                 "  Rule: {Type: AWS::%s, Properties: {CIDRIP: 198.41.0.0/24}}\n",
                 rows[i].type);
        struct built *b = built_of(text);
        assert_string_equal(managed_rules(b, "Rule"), rows[i].rules);
        built_free(b);
    }
}

static void a_rule_without_a_source_opens_nothing(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n"
                               "  A: {Type: AWS::RDS::DBSecurityGroupIngress}\n"
                               "  B: {Type: AWS::Redshift::ClusterSecurityGroup}\n"
                               "  C:\n"
                               "    Type: AWS::RDS::DBSecurityGroup\n"
                               "    Properties: {DBSecurityGroupIngress: text}\n");
    assert_string_equal(managed_rules(b, "A"), "");
    assert_string_equal(managed_rules(b, "B"), "");
    assert_string_equal(managed_rules(b, "C"), "");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_rules_are_kept_and_attached_to_nothing),
        cmocka_unit_test(standalone_rules_are_rules_too),
        cmocka_unit_test(a_rule_without_a_source_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
