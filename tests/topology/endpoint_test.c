#include "tests/topology/edges_of.h"

#define ENDPOINT(type, more)                                                                       \
    "  Ep:\n"                                                                                      \
    "    Type: AWS::EC2::VPCEndpoint\n"                                                            \
    "    Properties:\n"                                                                            \
    "      VpcId: !Ref Vpc\n"                                                                      \
    "      ServiceName: com.amazonaws.eu-west-1.ssm\n" type more

static void an_interface_endpoint_listens_in_its_subnets(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK B_GROUP ENDPOINT(
        "      VpcEndpointType: Interface\n",
        "      SubnetIds: [!Ref Subnet]\n      SecurityGroupIds: [!Ref Group]\n"));
    const struct world_interface *n = built_interface(b, "Ep/NetworkInterfaces/0");
    assert_int_equal(n->listens.n, 1);
    assert_int_equal(n->listens.at[0].protocol, PROTOCOL_TCP);
    assert_int_equal(n->listens.at[0].ports.begin, 443);
    assert_int_equal(n->listens.at[0].ports.end, 443);
    assert_true(guard_is_true(n->no_internet));
    assert_true(guard_is_false(n->placements.at[0].public4)); /* whatever the subnet gives */
    assert_int_equal(n->groups.n, 1);
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "Group");
    assert_str(b->w->owners.at[n->owner].type, "AWS::EC2::VPCEndpoint");
    assert_int_equal(b->t->not_analysed, 0);
    built_free(b);
}

static void without_groups_it_has_the_default_one(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK ENDPOINT(
        "      VpcEndpointType: Interface\n", "      SubnetIds: [!Ref Subnet]\n"));
    assert_line(b, "  carries group=Vpc.DefaultSecurityGroup");
    built_free(b);
}

static void the_other_types_are_gateways(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK ENDPOINT("", ""));
    assert_block(b, "gateway Ep", "gateway Ep endpoint\n  attachment vpc=Vpc\n");
    assert_int_equal(b->w->interfaces.n, 0);
    built_free(b);
    b = edges_of("Resources:\n" B_NETWORK ENDPOINT("      VpcEndpointType: GatewayLoadBalancer\n",
                                                   "      SubnetIds: [!Ref Subnet]\n"));
    assert_block(b, "edge Ep", "edge Ep in Subnet passes=A-MB(Ep)\n  at Vpc\n");
    assert_int_equal(b->w->interfaces.n, 0);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interface_endpoint_listens_in_its_subnets),
        cmocka_unit_test(without_groups_it_has_the_default_one),
        cmocka_unit_test(the_other_types_are_gateways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
