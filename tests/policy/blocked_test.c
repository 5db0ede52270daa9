#include "tests/policy/network.h"

/* Open, carried, and blocked: low, with what blocks. */
static void a_blocked_rule_is_low_and_says_what_blocks(void **state)
{
    (void)state;
    static const struct {
        struct network network;
        const char *conjunct;
        const char *says;
    } rows[] = {
        {{.associate = ""}, "route", "'Vpc.MainRouteTable' has no route to an internet gateway."},
        {{.subnet = ""}, "address", "'Web/NetworkInterfaces/0' has no public address."},
        {{.route = "NatGatewayId: !Ref Nat",
          .more = "  Nat:\n"
                  "    Type: AWS::EC2::NatGateway\n"
                  "    Properties: {SubnetId: !Ref Subnet, ConnectivityType: private}\n"},
         "route",
         "'Table' routes replies to 'Nat', not to an internet gateway."},
        {{.more = "  Acl:\n"
                  "    Type: AWS::EC2::NetworkAcl\n"
                  "    Properties: {VpcId: !Ref Vpc}\n"
                  "  Deny:\n"
                  "    Type: AWS::EC2::NetworkAclEntry\n"
                  "    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 90, Protocol: 6, "
                  "RuleAction: deny, CidrBlock: 0.0.0.0/0, PortRange: {From: 22, To: 22}}\n"
                  "  In:\n"
                  "    Type: AWS::EC2::NetworkAclEntry\n"
                  "    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: -1, "
                  "RuleAction: allow, CidrBlock: 0.0.0.0/0}\n"
                  "  Out:\n"
                  "    Type: AWS::EC2::NetworkAclEntry\n"
                  "    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: -1, "
                  "RuleAction: allow, Egress: true, CidrBlock: 0.0.0.0/0}\n"
                  "  AclAssociation:\n"
                  "    Type: AWS::EC2::SubnetNetworkAclAssociation\n"
                  "    Properties: {SubnetId: !Ref Subnet, NetworkAclId: !Ref Acl}\n"},
         "acl-in",
         "Rule 90 of network ACL 'Acl' denies it."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome o;
        outcome_network(&o, "default", rows[i].network);
        assert_str(outcome_summary(&o), "CFNR201 low blocked");
        const struct finding *f = &o.findings->all.at[0];
        assert_int_equal(f->blockers.n, 1);
        const struct finding_blocker *b = &f->blockers.at[0];
        assert_string_equal(b->conjunct, rows[i].conjunct);
        assert_str(b->text, rows[i].says);
        assert_str(b->interface, "Web/NetworkInterfaces/0");
        assert_true(b->alone);
        assert_true(str_ends(f->message, str_from(rows[i].says)));
        outcome_close(&o);
    }
}

/* Of many carriers the first are asked; the others are counted. */
static void carriers_that_are_not_listed_are_counted(void **state)
{
    (void)state;
    static const struct {
        unsigned carriers;
        const char *says; /* NULL: nothing more */
    } rows[] = {{8, NULL}, {9, "the way to 1 more is blocked as well."}, {20, "to 12 more is"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome o;
        struct arena a = {0};
        struct str more = STR("");
        for (unsigned k = 1; k < rows[i].carriers; k++) {
            more = str_format(&a,
                              "%.*s  More%u:\n"
                              "    Type: AWS::EC2::Instance\n"
                              "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref "
                              "Sg]}\n",
                              STR_ARG(more), k);
        }
        outcome_network(&o, "default", (struct network){.associate = "", .more = more.p});
        const struct finding *f = the_finding(&o, "CFNR201");
        bool says = str_find(f->message, STR("more is blocked"), 0) != STR_NPOS;
        assert_int_equal(says, rows[i].says != NULL);
        assert_true(!rows[i].says || str_find(f->message, str_from(rows[i].says), 0) != STR_NPOS);
        arena_release(&a);
        outcome_close(&o);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_blocked_rule_is_low_and_says_what_blocks),
        cmocka_unit_test(carriers_that_are_not_listed_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
