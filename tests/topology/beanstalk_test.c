#include "tests/topology/managed_of.h"

#define OPTION(space, name, value)                                                                 \
    "        - {Namespace: '" space "', OptionName: " name ", Value: " value "}\n"
#define SITE(options)                                                                              \
    "  Site:\n"                                                                                    \
    "    Type: AWS::ElasticBeanstalk::Environment\n"                                               \
    "    Properties:\n"                                                                            \
    "      TemplateName: !Ref Settings\n"                                                          \
    "      OptionSettings:\n" options
#define LAUNCH "aws:autoscaling:launchconfiguration"
#define NAME   "Site/NetworkInterfaces/0"

static void ssh_is_open_as_the_options_say(void **state)
{
    (void)state; /* 2.9 */
    static const struct {
        const char *options;
        const char *rules;
    } rows[] = {
        {"        []\n", ""},
        {OPTION(LAUNCH, "EC2KeyName", "key"), "tcp 22-22 v4 key\n"},
        {OPTION(LAUNCH, "EC2KeyName", "key")
             OPTION(LAUNCH, "SSHSourceRestriction", "'tcp, 22, 22, 1.0.0.0/8'"),
         "tcp 22-22 v4 'tcp, 22, 22, 1.0.0.0/8'\n"},
        {OPTION(LAUNCH, "SSHSourceRestriction", "'tcp,22,22,sg-1'"),
         "tcp 22-22 sg-1 'tcp,22,22,sg-1'\n"},
        {OPTION(LAUNCH, "SSHSourceRestriction", "!Sub 'tcp,22,22,${Group.GroupId}'"),
         "tcp 22-22 Group !Sub 'tcp,22,22,${Group.GroupId}'\n"},
        {OPTION(LAUNCH, "SSHSourceRestriction", "text"), ""},
        {OPTION("aws:ec2:vpc", "EC2KeyName", "key"), ""}, /* another name space */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text, "Resources:\n" B_VPC B_GROUP SITE("%s"), rows[i].options);
        struct built *b = built_of(text);
        assert_string_equal(managed_rules(b, "Site.InstanceSecurityGroup"), rows[i].rules);
        built_free(b);
    }
}

static void what_is_not_known_may_admit_anybody(void **state)
{
    (void)state;
    static const char *const values[] = {"!Sub 'tcp,22,22,${Office}'", "!Ref Office"};
    for (size_t i = 0; i < 2; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "Parameters: {Office: {Type: String}}\n"
                 "Resources:\n" SITE(OPTION(LAUNCH, "SSHSourceRestriction", "%s")),
                 values[i]);
        struct built *b = built_of(text);
        const struct world_group *g = built_group(b, "Site.InstanceSecurityGroup");
        assert_true(ipset_equal(g->rules.at[0].remote, ipset_all(NET_V4)));
        assert_false(guard_is_true(g->rules.at[0].when));
        assert_false(guard_is_false(g->rules.at[0].when));
        assert_true(topology_origin(b->t, g->rules.at[0].id)->free_text);
        built_free(b);
    }
}

static void instances_are_where_the_options_say(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC B_SUBNET B_GROUP SITE(
        OPTION("aws:ec2:vpc", "Subnets", "!Join [',', [!Ref Subnet, subnet-2]]")
            OPTION("aws:ec2:vpc", "AssociatePublicIpAddress", "'false'")
                OPTION(LAUNCH, "SecurityGroups", "!Ref Group")));
    assert_string_equal(managed_places(b, NAME), "Subnet subnet-2 ");
    assert_string_equal(managed_groups(b, NAME), "Group Site.InstanceSecurityGroup ");
    assert_string_equal(managed_public4(b, NAME), "false");
    built_free(b);
}

static void options_come_from_the_configuration_template_too(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Resources:\n" B_VPC B_SUBNET "  Settings:\n"
        "    Type: AWS::ElasticBeanstalk::ConfigurationTemplate\n"
        "    Properties:\n"
        "      OptionSettings:\n" OPTION("aws:ec2:vpc", "Subnets", "!Ref Subnet")
            OPTION(LAUNCH, "EC2KeyName", "theirs") SITE(OPTION(LAUNCH, "EC2KeyName", "ours")));
    assert_string_equal(managed_places(b, NAME), "Subnet ");
    assert_string_equal(managed_rules(b, "Site.InstanceSecurityGroup"), "tcp 22-22 v4 ours\n");
    built_free(b);
}

static void a_single_instance_has_an_elastic_address(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC SITE(
        OPTION("aws:elasticbeanstalk:environment", "EnvironmentType", "SingleInstance")
            OPTION("aws:ec2:vpc", "Subnets", "subnet-1")));
    assert_string_equal(managed_public4(b, NAME), "true");
    built_free(b);
}

static void the_rest_of_it_is_noted(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" SITE("        []\n"));
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "besides SSH"), 1);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ssh_is_open_as_the_options_say),
        cmocka_unit_test(what_is_not_known_may_admit_anybody),
        cmocka_unit_test(instances_are_where_the_options_say),
        cmocka_unit_test(options_come_from_the_configuration_template_too),
        cmocka_unit_test(a_single_instance_has_an_elastic_address),
        cmocka_unit_test(the_rest_of_it_is_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
