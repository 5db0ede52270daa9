#include "tests/topology/world_of.h"

#define NETWORK "Resources:\n" B_NETWORK B_GROUP
#define INSTANCE(properties)                                                                       \
    "  Web:\n    Type: AWS::EC2::Instance\n    Properties: {" properties "}\n"

static void the_shapes_of_an_instance(void **state)
{
    (void)
        state; /* SEMANTICS 2.7; T06, T07. public4, then the group of the interface of number 0. */
    static const struct {
        const char *properties;
        size_t interfaces;
        const char *public4;
        const char *group;
    } rows[] = {
        {"SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]", 1, "true", "Group"},
        {"SubnetId: !Ref Subnet, SecurityGroupIds: [!GetAtt Group.GroupId]", 1, "true", "Group"},
        {"SubnetId: !Ref Subnet", 1, "true", "Vpc.DefaultSecurityGroup"},
        {"SubnetId: !Ref Subnet, SecurityGroupIds: []", 1, "true", "Vpc.DefaultSecurityGroup"},
        {"SubnetId: !Ref Subnet, SecurityGroupIds: [sg-1]", 1, "true", "sg-1"},
        {"NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Subnet, GroupSet: [!Ref Group]}]", 1,
         "true", "Group"},
        {"NetworkInterfaces: [{DeviceIndex: '0', SubnetId: !Ref Subnet}]", 1, "true",
         "Vpc.DefaultSecurityGroup"},
        {"NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Subnet, GroupSet: [!Ref Group],"
         " AssociatePublicIpAddress: false}]",
         1, "false", "Group"},
        {"NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Subnet, GroupSet: [!Ref Group]},"
         " {DeviceIndex: 1, SubnetId: !Ref Subnet, GroupSet: [!Ref Group]}]",
         2, "false", "Group"},
        {"NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Private, GroupSet: [!Ref Group],"
         " AssociatePublicIpAddress: true}]",
         1, "true", "Group"},
        {"NetworkInterfaces: [], SubnetId: !Ref Private", 1, "false", "Vpc.DefaultSecurityGroup"},
        {"SecurityGroups: [default]", 1, "A-DEFVPC", "DefaultVPC.DefaultSecurityGroup"},
        {"ImageId: ami-1", 1, "A-DEFVPC", "DefaultVPC.DefaultSecurityGroup"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        snprintf(
            text, sizeof text,
            NETWORK
            "  Private: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n" INSTANCE("%s"),
            rows[i].properties);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
        assert_int_equal(b->w->interfaces.n, rows[i].interfaces);
        assert_int_equal(n->placements.n, 1);
        assert_string_equal(built_guard(b, n->placements.at[0].public4), rows[i].public4);
        assert_int_equal(n->groups.n, 1);
        assert_str(b->w->groups.at[n->groups.at[0].group].name, rows[i].group);
        built_free(b);
    }
}

static void the_second_interface_is_never_public_by_itself(void **state)
{
    (void)state;
    struct built *b = built_of(NETWORK INSTANCE(
        "NetworkInterfaces: [{DeviceIndex: 1, SubnetId: !Ref Subnet, GroupSet: [!Ref Group]}]"));
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/1");
    assert_int_equal(n->number, 1);
    assert_true(guard_is_false(n->placements.at[0].public4));
    built_free(b);
}

static void branches_of_one_interface_do_not_count_as_two(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters:\n"
        "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
        "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n" NETWORK "  Web:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties:\n"
        "      NetworkInterfaces:\n"
        "        - !If\n"
        "          - IsDev\n"
        "          - {DeviceIndex: 0, SubnetId: !Ref Subnet, AssociatePublicIpAddress: true}\n"
        "          - {DeviceIndex: 0, SubnetId: !Ref Subnet, AssociatePublicIpAddress: false}\n");
    assert_int_equal(b->w->interfaces.n, 2);
    const struct world_interface *dev = &b->w->interfaces.at[0];
    const struct world_interface *prod = &b->w->interfaces.at[1];
    assert_str(dev->name, "Web/NetworkInterfaces/0");
    assert_str(prod->name, "Web/NetworkInterfaces/0");
    assert_string_equal(built_guard(b, dev->when), "Env=dev");
    assert_string_equal(built_guard(b, prod->when), "Env=prod");
    assert_string_equal(built_guard(b, dev->placements.at[0].public4), "Env=dev");
    assert_true(guard_is_false(prod->placements.at[0].public4));
    built_free(b);
}

static void a_second_interface_under_a_condition_takes_the_address_there(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters:\n"
        "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
        "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n" NETWORK "  Web:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties:\n"
        "      NetworkInterfaces:\n"
        "        - {DeviceIndex: 0, SubnetId: !Ref Subnet}\n"
        "        - !If [IsDev, {DeviceIndex: 1, SubnetId: !Ref Subnet}, !Ref 'AWS::NoValue']\n");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_string_equal(built_guard(b, n->placements.at[0].public4), "Env=prod");
    built_free(b);
}

static void a_subnet_by_condition_gives_two_placements(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n" NETWORK
                 "  Private: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n" INSTANCE(
                     "SubnetId: !If [IsDev, !Ref Subnet, !Ref Private]"));
    assert_line(b, "  carries group=Vpc.DefaultSecurityGroup when Env=dev");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_int_equal(n->placements.n, 2);
    assert_string_equal(built_guard(b, n->placements.at[0].public4), "Env=dev");
    assert_string_equal(built_guard(b, n->placements.at[1].when), "Env=prod");
    assert_true(guard_is_false(n->placements.at[1].public4));
    built_free(b);
}

static void an_instance_under_a_condition_is_there_only_then(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n" NETWORK "  Web:\n"
                 "    Type: AWS::EC2::Instance\n"
                 "    Condition: IsDev\n"
                 "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]}\n");
    assert_string_equal(built_guard(b, built_interface(b, "Web/NetworkInterfaces/0")->when),
                        "Env=dev");
    built_free(b);
}

static void a_flag_that_is_not_known_is_a_fact(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters: {Flag: {Type: 'AWS::SSM::Parameter::Value<String>'}}\n" NETWORK INSTANCE(
            "NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Subnet, "
            "AssociatePublicIpAddress: !Ref Flag}]"));
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_string_equal(built_guard(b, n->placements.at[0].public4), "A-SUBPUBIP(Flag)");
    built_free(b);
}

static void an_interface_by_parameter_is_unknown_as_a_whole(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters: {Eni: {Type: String}}\nResources:\n" INSTANCE(
        "NetworkInterfaces: [{DeviceIndex: 0, NetworkInterfaceId: !Ref Eni}]"));
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_str(b->w->subnets.at[n->placements.at[0].subnet].name, "Eni");
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "Eni");
    assert_string_equal(built_guard(b, n->placements.at[0].public4), "A-SUBPUBIP(Eni)");
    built_free(b);
}

static void names_and_places_of_interfaces(void **state)
{
    (void)state;
    struct built *b =
        built_of(NETWORK "  Web:\n"
                         "    Type: AWS::EC2::Instance\n"
                         "    Properties:\n"
                         "      NetworkInterfaces:\n"
                         "        - {DeviceIndex: 0, SubnetId: !Ref Subnet}\n"
                         "  Plain: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref "
                         "Subnet}}\n");
    const struct topology_origin *o =
        topology_origin(b->t, built_interface(b, "Web/NetworkInterfaces/0")->id);
    assert_false(o->implicit);
    assert_str(built_text(b, o->at), "{DeviceIndex: 0, SubnetId: !Ref Subnet}");
    assert_string_equal(o->type, "AWS::EC2::NetworkInterface");
    o = topology_origin(b->t, built_interface(b, "Plain/NetworkInterfaces/0")->id);
    assert_true(o->implicit);
    assert_str(built_text(b, o->at), "Plain");
    o = topology_origin(b->t, b->w->owners.at[0].id);
    assert_str(o->name, "Web");
    assert_string_equal(o->type, "AWS::EC2::Instance");
    assert_str(built_text(b, o->at), "Web");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shapes_of_an_instance),
        cmocka_unit_test(the_second_interface_is_never_public_by_itself),
        cmocka_unit_test(branches_of_one_interface_do_not_count_as_two),
        cmocka_unit_test(a_second_interface_under_a_condition_takes_the_address_there),
        cmocka_unit_test(a_subnet_by_condition_gives_two_placements),
        cmocka_unit_test(an_instance_under_a_condition_is_there_only_then),
        cmocka_unit_test(a_flag_that_is_not_known_is_a_fact),
        cmocka_unit_test(an_interface_by_parameter_is_unknown_as_a_whole),
        cmocka_unit_test(names_and_places_of_interfaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
