#include "tests/topology/managed_of.h"

#define NETWORK                                                                                    \
    B_VPC "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, MapPublicIpOnLaunch: "      \
          "true}}\n"                                                                               \
          "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n" B_GROUP
#define CLUSTER(properties)                                                                        \
    "  K:\n"                                                                                       \
    "    Type: AWS::EKS::Cluster\n"                                                                \
    "    Properties: {ResourcesVpcConfig: {SubnetIds: [!Ref A, !Ref B]" properties "}}\n"
#define NODES(properties)                                                                          \
    "  Nodes:\n"                                                                                   \
    "    Type: AWS::EKS::Nodegroup\n"                                                              \
    "    Properties: {ClusterName: !Ref K, Subnets: [!Ref A]" properties "}\n"
#define NODE "Nodes/NetworkInterfaces/0"

static void who_may_use_the_public_endpoint(void **state)
{
    (void)state; /* 2.9 */
    static const struct {
        const char *properties;
        const char *rules; /* NULL: there is none */
    } rows[] = {
        {"", "tcp 443-443 v4 K\n"},
        {", EndpointPublicAccess: true", "tcp 443-443 v4 EndpointPublicAccess\n"},
        {", EndpointPublicAccess: false", NULL},
        {", PublicAccessCidrs: [1.0.0.0/8, 2.0.0.0/8]",
         "tcp 443-443 v4 1.0.0.0/8\ntcp 443-443 v4 2.0.0.0/8\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text, "Resources:\n" NETWORK CLUSTER("%s"), rows[i].properties);
        struct built *b = built_of(text);
        assert_int_equal(managed_exists(b, "K/Endpoint/0"), rows[i].rules != NULL);
        if (rows[i].rules) {
            assert_string_equal(managed_rules(b, "K.PublicEndpoint"), rows[i].rules);
            assert_string_equal(managed_listens(b, "K/Endpoint/0"), "tcp 443-443 true\n");
        }
        built_free(b);
    }
}

static void inside_it_answers_with_private_access_only(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK CLUSTER(
        ", EndpointPrivateAccess: true, SecurityGroupIds: [!Ref Group]"));
    assert_string_equal(managed_places(b, "K/NetworkInterfaces/0"), "A ");
    assert_string_equal(managed_places(b, "K/NetworkInterfaces/1"), "B ");
    assert_string_equal(managed_groups(b, "K/NetworkInterfaces/1"),
                        "Group K.ClusterSecurityGroup ");
    assert_string_equal(managed_listens(b, "K/NetworkInterfaces/0"), "tcp 443-443 true\n");
    assert_string_equal(managed_public4(b, "K/NetworkInterfaces/0"), "false");
    built_free(b);
    b = built_of("Resources:\n" NETWORK CLUSTER(""));
    assert_string_equal(managed_listens(b, "K/NetworkInterfaces/0"), "");
    built_free(b);
}

static void the_api_asks_every_caller_for_an_identity(void **state)
{
    (void)state; /* 2.9: informational */
    struct built *b =
        built_of("Resources:\n" NETWORK CLUSTER(", EndpointPrivateAccess: true") NODES(""));
    for (size_t i = 0; i < b->w->interfaces.n; i++) {
        const struct world_interface *n = &b->w->interfaces.at[i];
        bool node = str_starts(n->name, STR("Nodes"));
        assert_int_equal(n->answers, node ? ANSWERS_ANYBODY : ANSWERS_IDENTIFIED);
    }
    built_free(b);
}

static void a_node_carries_the_group_of_its_cluster(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK CLUSTER("") NODES(""));
    assert_string_equal(managed_groups(b, NODE), "K.ClusterSecurityGroup ");
    assert_string_equal(managed_rules(b, "K.ClusterSecurityGroup"),
                        "all 0-65535 K.ClusterSecurityGroup K\n");
    assert_string_equal(managed_public4(b, NODE), "true"); /* as the subnet says */
    built_free(b);
}

/* Rules that are added to the cluster's own group by its attribute are rules of the nodes. */
static void its_attribute_names_that_group(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK CLUSTER("") NODES(
        "") "  Rule:\n"
            "    Type: AWS::EC2::SecurityGroupIngress\n"
            "    Properties: {GroupId: !GetAtt K.ClusterSecurityGroupId, IpProtocol: tcp,\n"
            "                 FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n");
    assert_string_equal(managed_rules(b, "K.ClusterSecurityGroup"),
                        "all 0-65535 K.ClusterSecurityGroup K\ntcp 22-22 v4 0.0.0.0/0\n");
    built_free(b);
}

static void remote_access_is_a_group_of_its_own(void **state)
{
    (void)state; /* 2.8 */
    static const struct {
        const char *properties;
        const char *rules; /* NULL: no such group */
    } rows[] = {
        {"", NULL},
        {", RemoteAccess: {Ec2SshKey: key}", "tcp 22-22 v4 RemoteAccess\n"},
        {", RemoteAccess: {Ec2SshKey: key, SourceSecurityGroups: []}",
         "tcp 22-22 v4 RemoteAccess\n"},
        {", RemoteAccess: {Ec2SshKey: key}, AmiType: WINDOWS_FULL_2022_x86_64",
         "tcp 3389-3389 v4 RemoteAccess\n"},
        {", RemoteAccess: {Ec2SshKey: key}, AmiType: AL2_x86_64", "tcp 22-22 v4 RemoteAccess\n"},
        {", RemoteAccess: {Ec2SshKey: key, SourceSecurityGroups: [!Ref Group]}",
         "tcp 22-22 Group !Ref Group\n"},
        {", RemoteAccess: {SourceSecurityGroups: [!Ref Group]}", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text, "Resources:\n" NETWORK CLUSTER("") NODES("%s"),
                 rows[i].properties);
        struct built *b = built_of(text);
        assert_string_equal(managed_groups(b, NODE),
                            rows[i].rules ? "K.ClusterSecurityGroup Nodes.RemoteAccess "
                                          : "K.ClusterSecurityGroup ");
        if (rows[i].rules) {
            assert_string_equal(managed_rules(b, "Nodes.RemoteAccess"), rows[i].rules);
        }
        built_free(b);
    }
}

static void a_launch_template_with_groups_replaces_all_others(void **state)
{
    (void)state;
    static const struct {
        const char *data;
        const char *groups;
    } rows[] = {
        {"SecurityGroupIds: [!Ref Group]", "Group "},
        {"NetworkInterfaces: [{DeviceIndex: 0, Groups: [!Ref Group]}]", "Group "},
        {"ImageId: ami-1", "K.ClusterSecurityGroup "},
    };
    for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Resources:\n" NETWORK CLUSTER("")
                     NODES(", LaunchTemplate: {%s}") "  Lt:\n"
                                                     "    Type: AWS::EC2::LaunchTemplate\n"
                                                     "    Properties: {LaunchTemplateName: nodes, "
                                                     "LaunchTemplateData: {%s}}\n",
                 i % 2 == 0 ? "Id: !Ref Lt" : "Name: nodes", rows[i / 2].data);
        struct built *b = built_of(text);
        assert_string_equal(managed_groups(b, NODE), rows[i / 2].groups);
        built_free(b);
    }
}

static void a_cluster_outside_is_said_to_be_unknown(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters: {Name: {Type: String}}\n"
                 "Resources:\n" NETWORK "  Nodes:\n"
                 "    Type: AWS::EKS::Nodegroup\n"
                 "    Properties: {ClusterName: !Ref Name, Subnets: [!Ref A, !Ref B]}\n"
                 "  More:\n"
                 "    Type: AWS::EKS::Nodegroup\n"
                 "    Properties: {ClusterName: !Ref Name, Subnets: [!Ref A]}\n");
    assert_string_equal(managed_places(b, NODE), "A B ");
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "The cluster 'Name'"), 1);
    assert_string_equal(managed_groups(b, NODE), managed_groups(b, "More/NetworkInterfaces/0"));
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_use_the_public_endpoint),
        cmocka_unit_test(inside_it_answers_with_private_access_only),
        cmocka_unit_test(the_api_asks_every_caller_for_an_identity),
        cmocka_unit_test(a_node_carries_the_group_of_its_cluster),
        cmocka_unit_test(its_attribute_names_that_group),
        cmocka_unit_test(remote_access_is_a_group_of_its_own),
        cmocka_unit_test(a_launch_template_with_groups_replaces_all_others),
        cmocka_unit_test(a_cluster_outside_is_said_to_be_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
