#include "tests/topology/world_of.h"

#define G "  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g}}\n"

static const struct topology_group *usage_of(const struct built *b, const char *name)
{
    for (size_t i = 0; i < b->t->groups.n; i++) {
        if (str_is(b->w->groups.at[b->t->groups.at[i].group].name, name)) {
            return &b->t->groups.at[i];
        }
    }
    fail_msg("no group %s", name);
    return NULL;
}

static void who_uses_a_group(void **state)
{
    (void)state;
    static const struct {
        const char *rest;
        bool has_interface;
        bool referenced;
        const char *type; /* of the first user that is not analysed */
        bool exported;
    } rows[] = {
        {"", false, false, "", false},
        {"  I: {Type: AWS::EC2::Instance, Properties: {SecurityGroupIds: [!Ref G]}}\n", true, true,
         "", false},
        {"  I: {Type: AWS::EC2::Instance, DependsOn: G}\n", false, false, "", false},
        {"  R: {Type: AWS::EC2::SecurityGroupIngress,\n"
         "      Properties: {GroupId: !Ref G, IpProtocol: -1, SourceSecurityGroupId: !Ref G}}\n",
         false, false, "", false},
        {"  H: {Type: AWS::EC2::SecurityGroup, Properties: {SecurityGroupIngress:\n"
         "      [{IpProtocol: -1, SourceSecurityGroupId: !Ref G}]}}\n",
         false, false, "", false},
        {"  Db: {Type: AWS::Batch::ComputeEnvironment, Properties: {VPCSecurityGroups: [!Ref "
         "G]}}\n",
         false, true, "AWS::Batch::ComputeEnvironment", false},
        {"  F: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SecurityGroupIds: [!Ref "
         "G]}}}\n",
         false, true, "AWS::Lambda::Function", false},
        {"  E: {Type: AWS::EC2::VPCEndpoint, Properties: {SecurityGroupIds: [!Ref G]}}\n", false,
         true, "", false},
        {"  L: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData:\n"
         "      {SecurityGroupIds: [!Ref G]}}}\n",
         false, false, "", false},
        {"  L: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData:\n"
         "      {SecurityGroupIds: [!Ref G]}}}\n"
         "  Fleet: {Type: AWS::Batch::ComputeEnvironment, Properties: {X: !Ref L}}\n",
         false, true, "AWS::Batch::ComputeEnvironment", false},
        {"  L: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData:\n"
         "      {SecurityGroupIds: [!Ref G]}}}\n"
         "  I: {Type: AWS::EC2::Instance, Properties: {LaunchTemplate: {LaunchTemplateId: !Ref L,\n"
         "      Version: 1}}}\n",
         true, true, "", false},
        {"  N: {Type: AWS::EC2::NetworkInterface, Properties: {GroupSet: [!Ref G]}}\n", false,
         false, "", false},
        {"  Db: {Type: AWS::Batch::ComputeEnvironment, Condition: Never,\n"
         "       Properties: {VPCSecurityGroups: [!Ref G]}}\n",
         false, false, "", false},
        {"Outputs: {O: {Value: !Ref G}}\n", false, false, "", true},
        {"Outputs: {O: {Value: !GetAtt G.GroupId, Export: {Name: g}}}\n", false, false, "", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text, "Conditions: {Never: !Equals [a, b]}\nResources:\n" G "%s",
                 rows[i].rest);
        struct built *b = built_of(text);
        const struct topology_group *g = usage_of(b, "G");
        assert_int_equal(g->has_interface, rows[i].has_interface);
        assert_int_equal(g->referenced, rows[i].referenced);
        assert_str(g->referenced_type, rows[i].type);
        assert_str(g->output, rows[i].exported ? "O" : "");
        assert_false(g->outside);
        assert_str(g->resource->id, "G");
        built_free(b);
    }
}

static void the_first_user_that_is_not_analysed_is_named(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Resources:\n" G
        "  Zoo: {Type: AWS::Batch::ComputeEnvironment, Properties: {VPCSecurityGroups: [!Ref G]}}\n"
        "  Ant: {Type: AWS::SageMaker::NotebookInstance, Properties: {SecurityGroupIds: [!Ref "
        "G]}}\n");
    assert_str(usage_of(b, "G")->referenced_by, "Zoo");
    assert_str(usage_of(b, "G")->referenced_type, "AWS::Batch::ComputeEnvironment");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_uses_a_group),
        cmocka_unit_test(the_first_user_that_is_not_analysed_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
