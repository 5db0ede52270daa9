#include "tests/topology/world_of.h"

#define SUBNETS                                                                                    \
    "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, MapPublicIpOnLaunch: true}}\n"    \
    "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n"
#define CONFIGURATION                                                                              \
    "  Lc:\n"                                                                                      \
    "    Type: AWS::AutoScaling::LaunchConfiguration\n"                                            \
    "    Properties: {SecurityGroups: [!Ref Group]}\n"
#define TEMPLATE                                                                                   \
    "  Lt:\n"                                                                                      \
    "    Type: AWS::EC2::LaunchTemplate\n"                                                         \
    "    Properties: {LaunchTemplateData: {SecurityGroupIds: [!Ref Group]}}\n"
#define ASG(properties)                                                                            \
    "  Asg:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: {" properties "}\n"
#define NAME "Asg/NetworkInterfaces/0"

static void a_member_is_in_one_of_the_subnets(void **state)
{
    (void)state; /* 2.8: A-PLACE */
    struct built *b = built_of("Resources:\n" B_VPC B_GROUP SUBNETS CONFIGURATION ASG(
        "VPCZoneIdentifier: [!Ref A, !Ref B], LaunchConfigurationName: !Ref Lc"));
    const struct world_interface *n = built_interface(b, NAME);
    assert_str(b->w->owners.at[n->owner].type, "AWS::AutoScaling::AutoScalingGroup");
    assert_int_equal(n->placements.n, 2);
    assert_string_equal(built_guard(b, n->placements.at[0].when), "A-PLACE(Asg)=A");
    assert_string_equal(built_guard(b, n->placements.at[1].when), "A-PLACE(Asg)=B");
    assert_string_equal(built_guard(b, n->placements.at[0].public4), "A-PLACE(Asg)=A");
    assert_true(guard_is_false(n->placements.at[1].public4));
    assert_int_equal(n->groups.n, 1);
    assert_true(guard_is_true(n->groups.at[0].when));
    built_free(b);
}

static void subnets_are_read_from_lists_and_texts(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        const char *subnets; /* names of the placements, each with a space behind */
    } rows[] = {
        {"[!Ref A]", "A "},
        {"[!Ref A, !Ref A]", "A "},
        {"['subnet-1, subnet-2']", "subnet-1 subnet-2 "},
        {"!Join [',', [!Ref A, !Ref B]]", "A B "},
        {"!Ref SubnetIds", "SubnetIds "},
        {"!Sub '${A},${B}'", "A B "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        snprintf(text, sizeof text,
                 "Parameters: {SubnetIds: {Type: 'List<AWS::EC2::Subnet::Id>'}}\n"
                 "Resources:\n" B_VPC B_GROUP SUBNETS CONFIGURATION ASG(
                     "VPCZoneIdentifier: %s, LaunchConfigurationName: !Ref Lc"),
                 rows[i].zone);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, NAME);
        struct buf names;
        buf_init(&names);
        for (size_t k = 0; k < n->placements.n; k++) {
            buf_add(&names, b->w->subnets.at[n->placements.at[k].subnet].name);
            buf_addc(&names, ' ');
        }
        assert_str(buf_str(&names), rows[i].subnets);
        buf_release(&names);
        built_free(b);
    }
}

static void a_conditional_subnet_falls_to_those_that_are_there(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" B_VPC B_GROUP SUBNETS CONFIGURATION ASG(
                     "VPCZoneIdentifier: [!If [IsDev, !Ref A, !Ref 'AWS::NoValue'], !Ref B], "
                     "LaunchConfigurationName: !Ref Lc"));
    const struct world_interface *n = built_interface(b, NAME);
    /* In prod only B is there, whatever the choice says. */
    assert_string_equal(built_guard(b, n->placements.at[0].when), "Env=dev & A-PLACE(Asg)=A");
    assert_string_equal(built_guard(b, n->placements.at[1].when),
                        "Env=dev & A-PLACE(Asg)=B | Env=prod");
    built_free(b);
}

static void without_subnets_it_is_in_the_default_vpc(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" ASG("AvailabilityZones: !GetAZs ''"));
    const struct world_interface *n = built_interface(b, NAME);
    assert_str(b->w->subnets.at[n->placements.at[0].subnet].name, "DefaultVPC.DefaultSubnet");
    built_free(b);
}

static void every_way_to_say_what_is_launched(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "LaunchConfigurationName: !Ref Lc",
        "LaunchTemplate: {LaunchTemplateId: !Ref Lt, Version: 1}",
        ("MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification:"
         " {LaunchTemplateId: !Ref Lt, Version: 1}}}"),
        "InstanceId: !Ref Web",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        snprintf(text, sizeof text,
                 "Resources:\n" B_VPC B_GROUP SUBNETS CONFIGURATION TEMPLATE "  Web:\n"
                 "    Type: AWS::EC2::Instance\n"
                 "    Properties: {SubnetId: !Ref A, SecurityGroupIds: [!Ref Group]}\n" ASG(
                     "VPCZoneIdentifier: [!Ref A], %s"),
                 rows[i]);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, NAME);
        assert_int_equal(n->groups.n, 1);
        assert_str(b->w->groups.at[n->groups.at[0].group].name, "Group");
        built_free(b);
    }
}

static void overrides_are_further_kinds_of_members(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Resources:\n" B_VPC B_GROUP SUBNETS TEMPLATE
        "  Other: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {}}}\n" ASG(
            "VPCZoneIdentifier: [!Ref A], MixedInstancesPolicy: {LaunchTemplate: {"
            "LaunchTemplateSpecification: {LaunchTemplateId: !Ref Lt, Version: 1}, "
            "Overrides: [{InstanceType: t3.micro}, {LaunchTemplateSpecification: "
            "{LaunchTemplateId: !Ref Other, Version: 1}}]}}"));
    assert_int_equal(b->w->interfaces.n, 2);
    const struct world_interface *n = built_interface(b, "Asg/Overrides/1/NetworkInterfaces/0");
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "Vpc.DefaultSecurityGroup");
    built_free(b);
}

static void the_configuration_decides_about_addresses(void **state)
{
    (void)state; /* 1.1.2 d; a subnet in launch data is ignored (2.8) */
    struct built *b =
        built_of("Resources:\n" B_VPC B_GROUP SUBNETS "  Lt:\n"
                 "    Type: AWS::EC2::LaunchTemplate\n"
                 "    Properties:\n"
                 "      LaunchTemplateData:\n"
                 "        NetworkInterfaces:\n"
                 "          - {DeviceIndex: 0, SubnetId: !Ref A, AssociatePublicIpAddress: true,\n"
                 "             Groups: [!Ref Group]}\n" ASG(
                     "VPCZoneIdentifier: [!Ref B], LaunchTemplate: {LaunchTemplateId: !Ref Lt, "
                     "Version: 1}") "  Lc:\n"
                                    "    Type: AWS::AutoScaling::LaunchConfiguration\n"
                                    "    Properties: {AssociatePublicIpAddress: false}\n"
                                    "  Two:\n"
                                    "    Type: AWS::AutoScaling::AutoScalingGroup\n"
                                    "    Properties: {VPCZoneIdentifier: [!Ref A], "
                                    "LaunchConfigurationName: !Ref Lc}\n");
    const struct world_interface *n = built_interface(b, NAME);
    assert_int_equal(n->placements.n, 1);
    assert_str(b->w->subnets.at[n->placements.at[0].subnet].name, "B");
    assert_true(guard_is_true(n->placements.at[0].public4));
    n = built_interface(b, "Two/NetworkInterfaces/0");
    assert_true(guard_is_false(n->placements.at[0].public4));
    built_free(b);
}

static void a_group_that_never_has_members_is_not_attached(void **state)
{
    (void)state;
    static const struct {
        const char *size;
        bool attached;
    } rows[] = {{"0", false}, {"'0'", false}, {"1", true}, {"!Ref Size", true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters: {Size: {Type: Number}}\n"
                 "Resources:\n" B_VPC B_GROUP SUBNETS CONFIGURATION ASG(
                     "MaxSize: %s, VPCZoneIdentifier: [!Ref A], LaunchConfigurationName: !Ref Lc"),
                 rows[i].size);
        struct built *b = built_of(text);
        assert_int_equal(built_interface(b, NAME)->owner != WORLD_NONE, rows[i].attached);
        assert_int_equal(b->t->groups.at[0].has_interface, rows[i].attached);
        built_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_is_in_one_of_the_subnets),
        cmocka_unit_test(subnets_are_read_from_lists_and_texts),
        cmocka_unit_test(a_conditional_subnet_falls_to_those_that_are_there),
        cmocka_unit_test(without_subnets_it_is_in_the_default_vpc),
        cmocka_unit_test(every_way_to_say_what_is_launched),
        cmocka_unit_test(overrides_are_further_kinds_of_members),
        cmocka_unit_test(the_configuration_decides_about_addresses),
        cmocka_unit_test(a_group_that_never_has_members_is_not_attached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
