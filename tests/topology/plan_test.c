#include "tests/topology/world_of.h"

#define NETWORK "Resources:\n" B_NETWORK B_GROUP
#define OTHER   "  Other: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}\n"
#define TEMPLATE(data)                                                                             \
    "  Lt:\n    Type: AWS::EC2::LaunchTemplate\n"                                                  \
    "    Properties: {LaunchTemplateName: named, LaunchTemplateData: {" data "}}\n"

static void own_properties_win_over_launch_data(void **state)
{
    (void)state; /* 2.7; group and public4 of the one interface */
    static const struct {
        const char *data;
        const char *own;
        const char *group;
        const char *public4;
    } rows[] = {
        {"SecurityGroupIds: [!Ref Group]", "SubnetId: !Ref Subnet", "Group", "true"},
        {"SecurityGroupIds: [!Ref Group]", "SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Other]",
         "Other", "true"},
        {"SecurityGroups: [web]", "SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Other]", "Other",
         "true"},
        {"NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Subnet, Groups: [!Ref Group]}]", "",
         "Group", "true"},
        {"NetworkInterfaces: [{DeviceIndex: 0, Groups: [!Ref Group],"
         " AssociatePublicIpAddress: false}]",
         "SubnetId: !Ref Subnet", "Group", "false"},
        {"NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Subnet, Groups: [!Ref Group]}]",
         "NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Subnet, GroupSet: [!Ref Other]}]",
         "Other", "true"},
        {"NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: true}], "
         "SecurityGroupIds: [!Ref Group]",
         "SubnetId: !Ref Subnet", "Group", "true"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        snprintf(
            text, sizeof text,
            NETWORK OTHER TEMPLATE(
                "%s") "  Web:\n"
                      "    Type: AWS::EC2::Instance\n"
                      "    Properties:\n"
                      "      {LaunchTemplate: {LaunchTemplateId: !Ref Lt, Version: $Latest}, %s}\n",
            rows[i].data, rows[i].own);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
        assert_int_equal(n->groups.n, 1);
        assert_str(b->w->groups.at[n->groups.at[0].group].name, rows[i].group);
        assert_string_equal(built_guard(b, n->placements.at[0].public4), rows[i].public4);
        built_free(b);
    }
}

static void a_template_is_found_by_id_and_by_name_and_by_version(void **state)
{
    (void)state;
    static const struct {
        const char *specification;
        const char *group; /* guard under which the interface carries Group */
    } rows[] = {
        {"LaunchTemplateId: !Ref Lt", "true"},
        {"LaunchTemplateId: !Ref Lt, Version: 1", "true"},
        {"LaunchTemplateId: !Ref Lt, Version: $Default", "true"},
        {"LaunchTemplateId: !Ref Lt, Version: !GetAtt Lt.LatestVersionNumber", "true"},
        {"LaunchTemplateId: !Ref Lt, Version: 3", "A-LTVERSION(Lt)"},
        {"LaunchTemplateName: named, Version: 1", "true"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        snprintf(
            text, sizeof text,
            NETWORK TEMPLATE("SecurityGroupIds: [!Ref Group]") "  Web:\n"
                                                               "    Type: AWS::EC2::Instance\n"
                                                               "    Properties: {SubnetId: !Ref "
                                                               "Subnet, LaunchTemplate: {%s}}\n",
            rows[i].specification);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
        assert_str(b->w->groups.at[n->groups.at[0].group].name, "Group");
        assert_string_equal(built_guard(b, n->groups.at[0].when), rows[i].group);
        built_free(b);
    }
}

static void a_template_by_parameter_leaves_open_what_is_not_written(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters: {LtId: {Type: String}}\n" NETWORK "  Web:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties: {SubnetId: !Ref Subnet, LaunchTemplate: {LaunchTemplateId: !Ref LtId,\n"
        "                 Version: 1}}\n"
        "  Own:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group],\n"
        "                 LaunchTemplate: {LaunchTemplateId: lt-1, Version: 1}}\n");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_int_equal(n->groups.n, 1);
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "LtId.SecurityGroupIds");
    assert_line(b, "  rule in tcp 0-65535 0.0.0.0/0 when A-SG(LtId.SecurityGroupIds)");
    assert_string_equal(built_guard(b, n->placements.at[0].public4),
                        "A-SUBPUBIP(LtId.AssociatePublicIpAddress)");
    n = built_interface(b, "Own/NetworkInterfaces/0");
    assert_int_equal(n->groups.n, 1);
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "Group");
    built_free(b);
}

static void a_template_alone_has_no_interface(void **state)
{
    (void)state; /* T38 */
    struct built *b = built_of(NETWORK TEMPLATE("SecurityGroupIds: [!Ref Group]"));
    assert_int_equal(b->w->interfaces.n, 0);
    assert_false(b->t->groups.at[0].has_interface);
    assert_false(b->t->groups.at[0].referenced);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_properties_win_over_launch_data),
        cmocka_unit_test(a_template_is_found_by_id_and_by_name_and_by_version),
        cmocka_unit_test(a_template_by_parameter_leaves_open_what_is_not_written),
        cmocka_unit_test(a_template_alone_has_no_interface),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
