#include "policy/unknowns.h"

#include "tests/check.h"
#include "tests/policy/network.h"

static const struct unknown *named(const struct unknowns *all, const char *name)
{
    for (size_t i = 0; i < all->n; i++) {
        if (str_is(all->at[i].name, name)) {
            return &all->at[i];
        }
    }
    return NULL;
}

/* The only flow (tcp 22) hangs on the two facts about the subnet, and so on the parameter. */
static void a_value_carries_the_verdicts_of_its_facts(void **state)
{
    (void)state;
    struct outcome o;
    outcome_text(&o, "default",
                 STR("Parameters:\n"
                     "  SubnetId: {Type: 'AWS::EC2::Subnet::Id'}\n"
                     "  Unused: {Type: String}\n"
                     "Resources:\n"
                     "  Sg:\n"
                     "    Type: AWS::EC2::SecurityGroup\n"
                     "    Properties:\n"
                     "      SecurityGroupIngress:\n"
                     "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
                     "  Web:\n"
                     "    Type: AWS::EC2::Instance\n"
                     "    Properties:\n"
                     "      NetworkInterfaces:\n"
                     "        - DeviceIndex: '0'\n"
                     "          SubnetId: !Ref SubnetId\n"
                     "          AssociatePublicIpAddress: true\n"
                     "          GroupSet: [!Ref Sg]\n"));
    struct unknowns all = unknowns_of(&o.arena, o.topology, &o.answer, o.findings);
    const struct unknown *route = named(&all, "A-SUBROUTE(SubnetId)");
    assert_non_null(route);
    assert_string_equal(route->kind, "fact");
    assert_str(route->text,
               "the subnet that is passed as SubnetId has a route to an internet gateway");
    assert_int_equal(route->flows, 1);
    assert_int_equal(route->findings, 1);
    const struct unknown *parameter = named(&all, "SubnetId");
    assert_non_null(parameter);
    assert_string_equal(parameter->kind, "parameter");
    assert_int_equal(parameter->flows, 1);
    assert_int_equal(parameter->findings, 1);
    outcome_close(&o);
}

static void a_closed_template_leaves_nothing_open(void **state)
{
    (void)state;
    struct outcome o;
    outcome_text(&o, "default",
                 STR("Resources: {V: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}}"
                     "\n"));
    assert_int_equal(unknowns_of(&o.arena, o.topology, &o.answer, NULL).n, 0);
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_carries_the_verdicts_of_its_facts),
        cmocka_unit_test(a_closed_template_leaves_nothing_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
