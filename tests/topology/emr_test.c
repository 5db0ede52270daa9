#include "tests/topology/managed_of.h"

#define CLUSTER(instances)                                                                         \
    "  Emr:\n"                                                                                     \
    "    Type: AWS::EMR::Cluster\n"                                                                \
    "    Properties: {Instances: {" instances "}}\n"
#define MASTER "Emr/Master/NetworkInterfaces/0"
#define CORE   "Emr/Core/NetworkInterfaces/0"

static void nodes_have_the_groups_of_their_role(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC B_SUBNET B_GROUP CLUSTER(
        "Ec2SubnetId: !Ref Subnet, EmrManagedMasterSecurityGroup: !Ref Group,\n"
        "      EmrManagedSlaveSecurityGroup: sg-1, AdditionalMasterSecurityGroups: [sg-2, sg-3],\n"
        "      AdditionalSlaveSecurityGroups: [sg-4], ServiceAccessSecurityGroup: sg-5"));
    assert_int_equal(b->w->interfaces.n, 2);
    assert_string_equal(managed_groups(b, MASTER), "Group sg-2 sg-3 ");
    assert_string_equal(managed_groups(b, CORE), "sg-1 sg-4 ");
    assert_string_equal(managed_places(b, CORE), "Subnet ");
    assert_string_equal(managed_public4(b, MASTER), "true"); /* as the subnet says */
    assert_string_equal(managed_listens(b, MASTER), "anything");
    built_free(b);
}

static void groups_that_emr_makes_are_not_known(void **state)
{
    (void)state; /* 2.9: A-SG(EMR) */
    struct built *b = built_of("Resources:\n" B_VPC B_SUBNET CLUSTER("Ec2SubnetId: !Ref Subnet"));
    assert_string_equal(managed_groups(b, MASTER), "EMR ");
    assert_string_equal(managed_groups(b, CORE), "EMR ");
    assert_string_equal(built_guard(b, built_group(b, "EMR")->rules.at[0].when), "A-SG(EMR)");
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "'EMR'"), 1);
    built_free(b);
}

static void a_cluster_is_in_one_of_its_subnets(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n" B_VPC B_SUBNET CLUSTER("Ec2SubnetIds: [!Ref Subnet, subnet-2]"));
    const struct world_interface *n = built_interface(b, MASTER);
    assert_string_equal(built_guard(b, n->placements.at[0].when), "A-PLACE(Emr)=Subnet");
    n = built_interface(b, CORE); /* all nodes are in the same one */
    assert_string_equal(built_guard(b, n->placements.at[0].when), "A-PLACE(Emr)=Subnet");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_have_the_groups_of_their_role),
        cmocka_unit_test(groups_that_emr_makes_are_not_known),
        cmocka_unit_test(a_cluster_is_in_one_of_its_subnets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
