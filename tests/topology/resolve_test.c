#include "tests/topology/world_of.h"

static void ref_and_getatt_denote_one_element(void **state)
{
    (void)state; /* 2.1.2 */
    struct built *b = built_of("Resources:\n" B_VPC B_SUBNET B_GROUP "  Web:\n"
                               "    Type: AWS::EC2::Instance\n"
                               "    Properties:\n"
                               "      SubnetId: !GetAtt Subnet.SubnetId\n"
                               "      SecurityGroupIds: [!GetAtt Group.GroupId, !Ref Group]\n");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_str(b->w->subnets.at[n->placements.at[0].subnet].name, "Subnet");
    assert_int_equal(n->groups.n, 1);
    assert_int_equal(b->w->subnets.n, 1);
    built_free(b);
}

static void the_vpc_of_a_subnet_is_followed(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n" B_VPC B_SUBNET
                 "  G: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !GetAtt Subnet.VpcId}}\n"
                 "  H: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: h}}\n"
                 "  I: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !GetAtt H.VpcId}}\n");
    assert_line(b, "group G vpc=Vpc");
    assert_line(b, "group H vpc=DefaultVPC");
    assert_line(b, "group I vpc=DefaultVPC");
    built_free(b);
}

static void what_is_no_such_element_stands_outside(void **state)
{
    (void)state; /* 2.9: an attribute of a custom resource is an external id */
    struct built *b = built_of(
        "Resources:\n" B_VPC "  Finder: {Type: 'Custom::Finder'}\n"
        "  A: {Type: AWS::EC2::Instance, Properties: {SubnetId: !GetAtt Finder.SubnetId}}\n"
        "  B: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Vpc}}\n"
        "  C: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Sub 'subnet-${AWS::Region}'}}\n");
    assert_line(b, "subnet Finder.SubnetId vpc=Finder.SubnetId.VPC");
    assert_line(b, "subnet Vpc vpc=Vpc.VPC");
    assert_line(b, "subnet subnet-${AWS::Region} vpc=subnet-${AWS::Region}.VPC");
    built_free(b);
}

static void an_empty_text_is_no_id(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n  A: {Type: AWS::EC2::Instance, Properties: {SubnetId: ''}}\n");
    assert_int_equal(b->w->subnets.n, 1);
    assert_str(b->w->subnets.at[0].name, "DefaultVPC.DefaultSubnet");
    built_free(b);
}

static void a_list_where_one_id_belongs_is_looked_into(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC B_SUBNET
                               "  A: {Type: AWS::EC2::Instance, Properties: {SubnetId: [[!Ref "
                               "Subnet]]}}\n");
    const struct world_interface *n = built_interface(b, "A/NetworkInterfaces/0");
    assert_str(b->w->subnets.at[n->placements.at[0].subnet].name, "Subnet");
    built_free(b);
}

static void a_group_whose_vpc_depends_has_none(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters:\n"
                               "  VpcId: {Type: 'AWS::EC2::VPC::Id'}\n"
                               "  Make: {Type: String, AllowedValues: [a, b]}\n"
                               "Conditions: {Create: !Equals [!Ref Make, a]}\n"
                               "Resources:\n" B_VPC "  G:\n"
                               "    Type: AWS::EC2::SecurityGroup\n"
                               "    Properties: {VpcId: !If [Create, !Ref Vpc, !Ref VpcId]}\n");
    assert_line(b, "group G vpc=-");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ref_and_getatt_denote_one_element),
        cmocka_unit_test(the_vpc_of_a_subnet_is_followed),
        cmocka_unit_test(what_is_no_such_element_stands_outside),
        cmocka_unit_test(an_empty_text_is_no_id),
        cmocka_unit_test(a_list_where_one_id_belongs_is_looked_into),
        cmocka_unit_test(a_group_whose_vpc_depends_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
