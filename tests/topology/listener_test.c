#include "tests/topology/edges_of.h"

#define LB                                                                                         \
    B_NETWORK                                                                                      \
    "  Lb:\n"                                                                                      \
    "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"                                        \
    "    Properties: {Subnets: [!Ref Subnet]}\n"                                                   \
    "  Tg:\n"                                                                                      \
    "    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n"                                         \
    "    Properties: {Port: 8080, Protocol: HTTP, VpcId: !Ref Vpc}\n"                              \
    "  Tg2:\n"                                                                                     \
    "    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n"                                         \
    "    Properties: {Port: 8081, Protocol: HTTP, VpcId: !Ref Vpc}\n"
#define LISTENER(port, actions)                                                                    \
    "  Front:\n"                                                                                   \
    "    Type: AWS::ElasticLoadBalancingV2::Listener\n"                                            \
    "    Properties:\n"                                                                            \
    "      LoadBalancerArn: !Ref Lb\n"                                                             \
    "      Protocol: HTTPS\n"                                                                      \
    "      Port: " port "\n"                                                                       \
    "      DefaultActions:\n" actions
#define TO_TG    "        - {Type: forward, TargetGroupArn: !Ref Tg}\n"
#define REDIRECT "        - {Type: redirect, RedirectConfig: {StatusCode: HTTP_301}}\n"
#define TOP                                                                                        \
    "balance Lb application filters\n"                                                             \
    "  interface Lb/NetworkInterfaces/0 Subnet public4\n"

static void a_listener_forwards_to_its_target_group(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" LISTENER("443", TO_TG) LB);
    assert_block(b, "balance Lb", TOP "  listens Front tcp 443-443\n    to Tg\n");
    const struct world_listener *l = &b->w->balancers.at[0].listeners.at[0];
    edges_check_origin(b, l->id, "AWS::ElasticLoadBalancingV2::Listener");
    edges_check_origin(b, l->forwards.at[0].id, "AWS::ElasticLoadBalancingV2::Listener");
    assert_str(topology_origin(b->t, l->id)->name, "Front");
    assert_str(built_text(b, topology_origin(b->t, l->forwards.at[0].id)->at), "!Ref Tg");
    edges_check_origin(b, b->w->target_groups.at[0].id, "AWS::ElasticLoadBalancingV2::TargetGroup");
    built_free(b);
}

static void only_actions_that_forward_count(void **state)
{
    (void)state; /* T27 */
    static const struct {
        const char *actions;
        const char *expected;
    } ROWS[] = {
        {REDIRECT, ""},
        {"        - {Type: fixed-response, FixedResponseConfig: {StatusCode: '404'}}\n", ""},
        {"        - {Type: authenticate-oidc, Order: 1}\n" TO_TG, "    to Tg\n"},
        {"        - Type: forward\n"
         "          ForwardConfig:\n"
         "            TargetGroups: [{TargetGroupArn: !Ref Tg, Weight: 0},\n"
         "                           {TargetGroupArn: !Ref Tg2, Weight: 1}]\n",
         "    to Tg2\n"},
        {"        - Type: forward\n"
         "          ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref Tg}]}\n",
         "    to Tg\n"},
        {"        - {Type: forward, TargetGroupArn: 'arn:aws:elasticloadbalancing:x'}\n", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct buf text;
        buf_init(&text);
        buf_addf(&text, "Resources:\n%s", LB LISTENER("443", ""));
        buf_adds(&text, ROWS[i].actions);
        struct buf wanted;
        buf_init(&wanted);
        buf_addf(&wanted, "%s%s", TOP "  listens Front tcp 443-443\n", ROWS[i].expected);
        struct built *b = edges_of(text.p);
        assert_block(b, "balance Lb", wanted.p);
        built_free(b);
        buf_release(&text);
        buf_release(&wanted);
    }
}

static void rules_forward_beside_the_default_action(void **state)
{
    (void)state;
    struct built *b = edges_of(
        "Resources:\n"
        "  Rule:\n"
        "    Type: AWS::ElasticLoadBalancingV2::ListenerRule\n"
        "    Properties:\n"
        "      ListenerArn: !Ref Front\n"
        "      Priority: 1\n"
        "      Conditions: [{Field: path-pattern, Values: [/api/*]}]\n"
        "      Actions: [{Type: forward, TargetGroupArn: !Ref Tg2}]\n" LB LISTENER("443", TO_TG));
    assert_block(b, "balance Lb", TOP "  listens Front tcp 443-443\n    to Tg\n    to Tg2\n");
    const struct world_listener *l = &b->w->balancers.at[0].listeners.at[0];
    edges_check_origin(b, l->forwards.at[1].id, "AWS::ElasticLoadBalancingV2::ListenerRule");
    built_free(b);
}

static void a_source_condition_narrows_the_clients(void **state)
{
    (void)state; /* T27 */
    struct built *b = edges_of(
        "Parameters: {Dev: {Type: String, AllowedValues: ['yes', 'no']}}\n"
        "Conditions: {IsDev: !Equals [!Ref Dev, 'yes']}\n"
        "Resources:\n" LB LISTENER(
            "443",
            REDIRECT) "  Rule:\n"
                      "    Type: AWS::ElasticLoadBalancingV2::ListenerRule\n"
                      "    Properties:\n"
                      "      ListenerArn: !Ref Front\n"
                      "      Priority: 1\n"
                      "      Conditions:\n"
                      "        - Field: host-header\n"
                      "          Values: [example.com]\n"
                      "        - Field: source-ip\n"
                      "          SourceIpConfig: {Values: [10.0.0.0/8, 'fd00::/8', "
                      "192.168.0.0/16,\n"
                      "                           !If [IsDev, 0.0.0.0/0, !Ref AWS::NoValue]]}\n"
                      "      Actions: [{Type: forward, TargetGroupArn: !Ref Tg}]\n");
    assert_block(b, "balance Lb",
                 TOP "  listens Front tcp 443-443\n"
                     "    to Tg for 10.0.0.0/8, 192.168.0.0/16 and fd00::/8\n"
                     "    to Tg for 0.0.0.0/0 when Dev=yes\n");
    built_free(b);
}

static void protocols_of_network_balancers(void **state)
{
    (void)state;
    static const struct {
        const char *protocol;
        const char *line;
    } ROWS[] = {
        {"TCP", "  listens Front tcp 53-53"},
        {"TLS", "  listens Front tcp 53-53"},
        {"UDP", "  listens Front udp 53-53"},
        {"TCP_UDP", "  listens Front all 53-53"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Resources:\n" B_NETWORK "  Lb:\n"
                 "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"
                 "    Properties: {Subnets: [!Ref Subnet], Type: network}\n"
                 "  Front:\n"
                 "    Type: AWS::ElasticLoadBalancingV2::Listener\n"
                 "    Properties: {LoadBalancerArn: !Ref Lb, Port: '53', Protocol: %s,\n"
                 "                 DefaultActions: []}\n",
                 ROWS[i].protocol);
        struct built *b = edges_of(text.p);
        assert_line(b, ROWS[i].line);
        built_free(b);
        buf_release(&text);
    }
}

static void a_port_by_parameter_has_its_values(void **state)
{
    (void)state;
    struct built *b = edges_of("Parameters:\n"
                               "  Port: {Type: Number, AllowedValues: [80, 443]}\n"
                               "Resources:\n" LB LISTENER("!Ref Port", TO_TG));
    assert_block(b, "balance Lb",
                 TOP "  listens Front tcp 80-80 when Port=80\n    to Tg when Port=80\n"
                     "  listens Front tcp 443-443 when Port=443\n    to Tg when Port=443\n");
    built_free(b);
}

static void each_listener_of_a_classic_balancer_has_its_targets(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK B_GROUP B_INSTANCE "  Lb:\n"
                               "    Type: AWS::ElasticLoadBalancing::LoadBalancer\n"
                               "    Properties:\n"
                               "      Subnets: [!Ref Subnet]\n"
                               "      Instances: [!Ref Web]\n"
                               "      Listeners:\n"
                               "        - {LoadBalancerPort: '443', InstancePort: '8443',\n"
                               "           Protocol: HTTPS}\n"
                               "        - {LoadBalancerPort: '80', InstancePort: '8080',\n"
                               "           Protocol: HTTP}\n");
    assert_block(b, "balance Lb",
                 "balance Lb classic filters\n"
                 "  interface Lb/NetworkInterfaces/0 Subnet public4\n"
                 "  listens Lb/Listeners/0 tcp 443-443\n    to Lb/Listeners/0\n"
                 "  listens Lb/Listeners/1 tcp 80-80\n    to Lb/Listeners/1\n"
                 "  serves Subnet Subnet\n");
    assert_block(b, "targets Lb/Listeners/0",
                 "targets Lb/Listeners/0 tcp\n  to Web/NetworkInterfaces/0 8443-8443\n");
    assert_block(b, "targets Lb/Listeners/1",
                 "targets Lb/Listeners/1 tcp\n  to Web/NetworkInterfaces/0 8080-8080\n");
    built_free(b);
}

static void a_listener_of_a_balancer_outside_is_said(void **state)
{
    (void)state;
    struct built *b = edges_of("Parameters: {Lb: {Type: String}}\n"
                               "Resources:\n" LISTENER("443", REDIRECT));
    assert_int_equal(b->w->balancers.n, 0);
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "The load balancer 'Lb' stands outside"), 1);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listener_forwards_to_its_target_group),
        cmocka_unit_test(only_actions_that_forward_count),
        cmocka_unit_test(rules_forward_beside_the_default_action),
        cmocka_unit_test(a_source_condition_narrows_the_clients),
        cmocka_unit_test(protocols_of_network_balancers),
        cmocka_unit_test(a_port_by_parameter_has_its_values),
        cmocka_unit_test(each_listener_of_a_classic_balancer_has_its_targets),
        cmocka_unit_test(a_listener_of_a_balancer_outside_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
