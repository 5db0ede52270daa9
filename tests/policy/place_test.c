#include "tests/policy/network.h"

#define RULE_22 "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
#define RULE_80 "        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}\n"

static struct str fingerprint(struct arena *a, struct network n, const char *id)
{
    struct outcome o;
    outcome_network(&o, "default", n);
    struct str s = str_copy(a, the_finding(&o, id)->fingerprint);
    outcome_close(&o);
    return s;
}

/* Frozen by definition, but not by this test: what matters is what it survives. */
static void a_fingerprint_survives_what_changes_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str base = fingerprint(&a, (struct network){.ingress = RULE_22 RULE_80}, "CFNR102");
    assert_int_equal(base.n, 16);
    static const struct network same[] = {
        {.ingress = RULE_80 RULE_22},
        {.ingress = "        # a comment\n\n" RULE_80 "        - IpProtocol: TCP\n"
                    "          FromPort: '22'\n"
                    "          CidrIp: \"0.0.0.0/0\"\n"
                    "          ToPort: 22\n"},
        {.ingress = RULE_22,
         .more = "  Second:\n"
                 "    Type: AWS::EC2::Instance\n"
                 "    Properties: {ImageId: ami-1, SubnetId: !Ref Subnet, "
                 "SecurityGroupIds: [!Ref Sg]}\n"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct str other = fingerprint(&a, same[i], "CFNR102");
        assert_true(str_eq(base, other));
    }
    arena_release(&a);
}

static void a_fingerprint_changes_with_what_the_rule_says(void **state)
{
    (void)state;
    struct arena a = {0};
    static const struct network all[] = {
        {.ingress = RULE_22},
        {.ingress = "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/1}\n"},
        {.ingress = "        - {IpProtocol: tcp, FromPort: 20, ToPort: 22, CidrIp: 0.0.0.0/0}\n"},
        {.ingress = "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref P}\n",
         .head = "Parameters:\n  P: {Type: String, Default: 0.0.0.0/0}\n"},
        {.ingress = "        - !If [C, {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: "
                    "0.0.0.0/0}, !Ref 'AWS::NoValue']\n",
         .head = "Conditions:\n  C: !Equals [!Ref 'AWS::Region', eu-west-1]\n"},
    };
    struct str seen[sizeof all / sizeof *all];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        seen[i] = fingerprint(&a, all[i], "CFNR102");
        for (size_t k = 0; k < i; k++) {
            assert_false(str_eq(seen[i], seen[k]));
        }
    }
    arena_release(&a);
}

/* Two rules that say the same have names of their own nevertheless. */
static void identical_duplicates_are_numbered(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default", (struct network){.ingress = RULE_22 RULE_22});
    assert_str(outcome_summary(&o), "CFNR102 medium reachable, CFNR102 medium reachable");
    struct str first = o.findings->all.at[0].fingerprint;
    struct str second = o.findings->all.at[1].fingerprint;
    assert_str(o.findings->all.at[0].property, "Properties/SecurityGroupIngress/0/CidrIp");
    assert_int_equal(first.n, 16);
    assert_true(str_starts(second, first));
    assert_str(str_sub(second, 16, second.n), ":2");
    outcome_close(&o);
}

static void a_standalone_rule_is_found_in_its_own_resource(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){.ingress = RULE_80,
                         .more = "  Rule:\n"
                                 "    Type: AWS::EC2::SecurityGroupIngress\n"
                                 "    Properties: {GroupId: !GetAtt Sg.GroupId, IpProtocol: tcp, "
                                 "FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"});
    const struct finding *f = the_finding(&o, "CFNR102");
    assert_str(f->resource, "Rule");
    assert_str(f->property, "Properties/CidrIp");
    assert_str(f->pointer, "/Resources/Rule/Properties/CidrIp");
    outcome_close(&o);
}

/* A rule shared through an alias: two groups, two findings, each with its own group. */
static void a_rule_shared_by_an_alias_is_one_opening_per_group(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){.ingress =
                             "        - &open {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: "
                             "0.0.0.0/0}\n",
                         .more = "  Other:\n"
                                 "    Type: AWS::EC2::SecurityGroup\n"
                                 "    Properties:\n"
                                 "      GroupDescription: other\n"
                                 "      VpcId: !Ref Vpc\n"
                                 "      SecurityGroupIngress: [*open]\n"
                                 "  Second:\n"
                                 "    Type: AWS::EC2::Instance\n"
                                 "    Properties: {ImageId: ami-1, SubnetId: !Ref Subnet, "
                                 "SecurityGroupIds: [!Ref Other]}\n"});
    assert_str(outcome_summary(&o), "CFNR102 medium reachable, CFNR102 medium reachable");
    assert_str(o.findings->all.at[0].endpoints.at[0].resource, "Second");
    assert_str(o.findings->all.at[1].endpoints.at[0].resource, "Web");
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fingerprint_survives_what_changes_nothing),
        cmocka_unit_test(a_fingerprint_changes_with_what_the_rule_says),
        cmocka_unit_test(identical_duplicates_are_numbered),
        cmocka_unit_test(a_standalone_rule_is_found_in_its_own_resource),
        cmocka_unit_test(a_rule_shared_by_an_alias_is_one_opening_per_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
