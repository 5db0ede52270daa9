#include "tests/topology/managed_of.h"

#define NETWORK                                                                                    \
    B_VPC "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, MapPublicIpOnLaunch: "      \
          "true}}\n"                                                                               \
          "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n" B_GROUP
#define SPOT(specifications)                                                                       \
    "  Fleet:\n"                                                                                   \
    "    Type: AWS::EC2::SpotFleet\n"                                                              \
    "    Properties: {SpotFleetRequestConfigData: {" specifications "}}\n"
#define NAME "Fleet/NetworkInterfaces/0"

static void each_pair_of_specification_and_subnet_is_an_outcome(void **state)
{
    (void)state; /* 2.8 */
    struct built *b = built_of("Resources:\n" NETWORK SPOT(
        "LaunchSpecifications: [{SubnetId: !Ref A, SecurityGroups: [{GroupId: !Ref Group}]},\n"
        "      {SubnetId: !Ref B}]"));
    const struct world_interface *n = built_interface(b, NAME);
    assert_int_equal(b->w->interfaces.n, 1);
    assert_int_equal(n->placements.n, 2);
    assert_true(guard_is_true(n->when));
    assert_string_equal(built_guard(b, n->placements.at[0].when), "A-PLACE(Fleet)=A");
    assert_string_equal(built_guard(b, n->placements.at[1].when), "A-PLACE(Fleet)=B #2");
    assert_string_equal(built_guard(b, n->placements.at[0].public4), "A-PLACE(Fleet)=A");
    assert_string_equal(managed_groups(b, NAME), "Group Vpc.DefaultSecurityGroup ");
    assert_string_equal(built_guard(b, n->groups.at[0].when), "A-PLACE(Fleet)=A");
    assert_string_equal(built_guard(b, n->groups.at[1].when), "A-PLACE(Fleet)=B #2");
    built_free(b);
}

static void subnets_of_a_specification(void **state)
{
    (void)state;
    static const struct {
        const char *specification;
        const char *places;
    } rows[] = {
        {"SubnetId: !Ref A", "A "},
        {"SubnetId: 'subnet-1, subnet-2'", "subnet-1 subnet-2 "},
        {"SubnetId: !Join [',', [!Ref A, !Ref B]]", "A B "},
        {"ImageId: ami-1", "DefaultVPC.DefaultSubnet "},
        {"NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref B}]", "B "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text, "Resources:\n" NETWORK SPOT("LaunchSpecifications: [{%s}]"),
                 rows[i].specification);
        struct built *b = built_of(text);
        assert_string_equal(managed_places(b, NAME), rows[i].places);
        built_free(b);
    }
}

static void interfaces_of_a_specification_decide_for_themselves(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK SPOT(
        "LaunchSpecifications: [{NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref B,\n"
        "      AssociatePublicIpAddress: true, Groups: [!Ref Group]}]}]"));
    assert_string_equal(managed_public4(b, NAME), "true");
    assert_string_equal(managed_groups(b, NAME), "Group ");
    built_free(b);
}

#define LAUNCH(data)                                                                               \
    "  Lt:\n"                                                                                      \
    "    Type: AWS::EC2::LaunchTemplate\n"                                                         \
    "    Properties: {LaunchTemplateData: {" data "}}\n"
#define CONFIGS(overrides)                                                                         \
    "LaunchTemplateConfigs: [{LaunchTemplateSpecification: {LaunchTemplateId: !Ref Lt, "           \
    "Version: '1'}" overrides "}]"

static void overrides_replace_the_subnet_of_the_template(void **state)
{
    (void)state;
    static const struct {
        const char *overrides;
        const char *places;
    } rows[] = {
        {"", "A "},
        {", Overrides: [{SubnetId: !Ref B}]", "B "},
        {", Overrides: [{SubnetId: !Ref B}, {InstanceType: t3.micro}]", "B A "},
        {", Overrides: [{SubnetId: 'subnet-1,subnet-2'}]", "subnet-1 subnet-2 "},
    };
    for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
        char config[512];
        snprintf(config, sizeof config, CONFIGS("%s"), rows[i / 2].overrides);
        char fleet[1024];
        snprintf(fleet, sizeof fleet,
                 i % 2 == 0 ? "  Fleet:\n    Type: AWS::EC2::EC2Fleet\n    Properties: {%s}\n"
                            : SPOT("%s"),
                 config);
        char text[2048];
        snprintf(
            text, sizeof text,
            "Resources:\n" NETWORK LAUNCH("SubnetId: !Ref A, SecurityGroupIds: [!Ref Group]") "%s",
            fleet);
        struct built *b = built_of(text);
        assert_string_equal(managed_places(b, NAME), rows[i / 2].places);
        assert_string_equal(managed_groups(b, NAME), "Group ");
        built_free(b);
    }
}

static void an_empty_fleet_launches_nothing(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "  Fleet: {Type: AWS::EC2::EC2Fleet}\n",
        "  Fleet: {Type: AWS::EC2::SpotFleet}\n",
        "  Fleet: {Type: AWS::EC2::EC2Fleet, Properties: {LaunchTemplateConfigs: []}}\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        snprintf(text, sizeof text, "Resources:\n%s", rows[i]);
        struct built *b = built_of(text);
        assert_int_equal(b->w->interfaces.n, 0);
        built_free(b);
    }
}

static void members_register_with_target_groups(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Resources:\n" NETWORK "  Targets:\n"
        "    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n"
        "    Properties: {VpcId: !Ref Vpc, Port: 80, Protocol: HTTP}\n" SPOT(
            "LaunchSpecifications: [{SubnetId: !Ref A}], LoadBalancersConfig: {TargetGroupsConfig: "
            "{TargetGroups: [{Arn: !Ref Targets}]}}"));
    assert_int_equal(b->w->target_groups.at[0].targets.n, 1);
    assert_int_equal(b->w->target_groups.at[0].targets.at[0].ports.begin, 80);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_pair_of_specification_and_subnet_is_an_outcome),
        cmocka_unit_test(subnets_of_a_specification),
        cmocka_unit_test(interfaces_of_a_specification_decide_for_themselves),
        cmocka_unit_test(overrides_replace_the_subnet_of_the_template),
        cmocka_unit_test(an_empty_fleet_launches_nothing),
        cmocka_unit_test(members_register_with_target_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
