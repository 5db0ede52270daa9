#include "tests/topology/managed_of.h"

#define NETWORK                                                                                    \
    B_VPC "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, MapPublicIpOnLaunch: "      \
          "true}}\n"                                                                               \
          "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n" B_GROUP
#define SERVICE(more, awsvpc)                                                                      \
    "  Svc:\n"                                                                                     \
    "    Type: AWS::ECS::Service\n"                                                                \
    "    Properties:\n"                                                                            \
    "      NetworkConfiguration: {AwsvpcConfiguration: {" awsvpc "}}\n" more
#define SVC "Svc/NetworkInterfaces/0"

static void a_task_is_in_one_of_the_subnets(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK SERVICE(
        "", "Subnets: [!Ref A, !Ref B], SecurityGroups: [!Ref Group]"));
    const struct world_interface *n = built_interface(b, SVC);
    assert_string_equal(built_guard(b, n->placements.at[0].when), "A-PLACE(Svc)=A");
    assert_string_equal(built_guard(b, n->placements.at[1].when), "A-PLACE(Svc)=B");
    assert_string_equal(managed_groups(b, SVC), "Group ");
    assert_string_equal(managed_listens(b, SVC), "anything");
    built_free(b);
}

static void without_groups_a_task_carries_the_default_one(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK SERVICE("", "Subnets: [!Ref A]"));
    assert_string_equal(managed_groups(b, SVC), "Vpc.DefaultSecurityGroup ");
    built_free(b);
}

/* The subnet A hands out addresses to instances; that does not matter. */
static void only_the_property_gives_a_public_address(void **state)
{
    (void)state;
    static const struct {
        const char *assign;
        const char *launch;
        const char *is_public;
    } rows[] = {
        {"ENABLED", "FARGATE", "true"},
        {"ENABLED", "!Ref 'AWS::NoValue'", "true"},
        {"DISABLED", "FARGATE", "false"},
        {"!Ref 'AWS::NoValue'", "FARGATE", "false"},
        {"ENABLED", "EC2", "false"},
        {"!Ref Assign", "FARGATE", "A-SUBPUBIP(Assign)"},
        {"!If [IsDev, ENABLED, DISABLED]", "FARGATE", "Env=dev"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters:\n"
                 "  Assign: {Type: String}\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" NETWORK SERVICE("      LaunchType: %s\n",
                                                "AssignPublicIp: %s, Subnets: [!Ref A]"),
                 rows[i].assign, rows[i].launch);
        struct built *b = built_of(text);
        assert_string_equal(managed_public4(b, SVC), rows[i].is_public);
        built_free(b);
    }
}

static void task_sets_spell_it_differently(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n" NETWORK "  Svc:\n"
                 "    Type: AWS::ECS::TaskSet\n"
                 "    Properties:\n"
                 "      NetworkConfiguration:\n"
                 "        AwsVpcConfiguration: {AssignPublicIp: ENABLED, Subnets: [!Ref A]}\n");
    assert_string_equal(managed_public4(b, SVC), "true");
    built_free(b);
}

static void tasks_without_an_interface_are_noted(void **state)
{
    (void)state;
    static const struct {
        const char *properties;
        size_t notes;
    } rows[] = {
        {"TaskDefinition: !Ref Bridge", 1},
        {"TaskDefinition: family:1", 1},
        {"TaskDefinition: !Ref Own", 0}, /* refused: it needs NetworkConfiguration */
        {"DeploymentController: {Type: EXTERNAL}", 0},
        {"NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-1]}}", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "Resources:\n"
                 "  Bridge: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: bridge}}\n"
                 "  Own: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: awsvpc}}\n"
                 "  Svc: {Type: AWS::ECS::Service, Properties: {%s}}\n",
                 rows[i].properties);
        struct built *b = built_of(text);
        assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "no interface of their own"),
                         rows[i].notes);
        built_free(b);
    }
}

static void tasks_are_targets_at_their_containers_port(void **state)
{
    (void)state;
    static const struct {
        const char *item;
        unsigned begin;
        unsigned end;
    } rows[] = {
        {"{TargetGroupArn: !Ref Targets, ContainerName: web, ContainerPort: 8080}", 8080, 8080},
        {"{TargetGroupArn: !Ref Targets, ContainerName: web, ContainerPort: '8080'}", 8080, 8080},
        {"{TargetGroupArn: !Ref Targets}", 80, 80}, /* as the target group says */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(
            text, sizeof text,
            "Resources:\n" NETWORK "  Targets:\n"
            "    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n"
            "    Properties: {VpcId: !Ref Vpc, Port: 80, Protocol: HTTP, TargetType: ip}\n" SERVICE(
                "      LoadBalancers: [%s]\n", "Subnets: [!Ref A, !Ref B]"),
            rows[i].item);
        struct built *b = built_of(text);
        const struct world_target_group *g = &b->w->target_groups.at[0];
        assert_int_equal(g->targets.n, 1);
        assert_str(b->w->interfaces.at[g->targets.at[0].interface].name, SVC);
        assert_int_equal(g->targets.at[0].ports.begin, rows[i].begin);
        assert_int_equal(g->targets.at[0].ports.end, rows[i].end);
        built_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_is_in_one_of_the_subnets),
        cmocka_unit_test(without_groups_a_task_carries_the_default_one),
        cmocka_unit_test(only_the_property_gives_a_public_address),
        cmocka_unit_test(task_sets_spell_it_differently),
        cmocka_unit_test(tasks_without_an_interface_are_noted),
        cmocka_unit_test(tasks_are_targets_at_their_containers_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
