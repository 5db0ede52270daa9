#include "policy/check.h"

#include "tests/policy/network.h"

static void every_private_edge_has_a_rule_of_its_own_and_the_internet_none(void **state)
{
    (void)state;
    static const char *const ids[EDGE_COUNT] = {
        [EDGE_PEERING] = "CFNR301",    [EDGE_VPN] = "CFNR302",         [EDGE_TRANSIT] = "CFNR303",
        [EDGE_CLIENT_VPN] = "CFNR304", [EDGE_PRIVATELINK] = "CFNR305", [EDGE_CARRIER] = "CFNR306",
        [EDGE_MANAGED] = "CFNR307",
    };
    for (int e = 0; e < EDGE_COUNT; e++) {
        bool internet = e == EDGE_INTERNET || e == EDGE_ACCELERATOR;
        assert_int_equal(world_edge_is_internet((enum world_edge)e), internet);
        assert_true(strlen(edge_noun((enum world_edge)e)) > 0);
        if (!internet) {
            assert_string_equal(edge_rule((enum world_edge)e)->id, ids[e]);
        }
    }
}

static void a_balancer_is_named_with_its_listener(void **state)
{
    (void)state;
    struct arena a = {0};
    struct finding_endpoint e = {.listener = PORTS_EMPTY};
    assert_str(edge_via(&a, &e), "");
    e.via = STR("Lb");
    assert_str(edge_via(&a, &e), " through load balancer 'Lb'");
    e.listener = (struct ports){443, 443};
    assert_str(edge_via(&a, &e), " through load balancer 'Lb' (listener port 443)");
    e.listener = (struct ports){80, 90};
    assert_str(edge_via(&a, &e), " through load balancer 'Lb' (listener ports 80-90)");
    arena_release(&a);
}

/* A peer with a CIDR of its own, and a route back to it. */
static const char peer[] =
    "  Peer:\n"
    "    Type: AWS::EC2::VPC\n"
    "    Properties: {CidrBlock: 10.9.0.0/16}\n"
    "  Pcx:\n"
    "    Type: AWS::EC2::VPCPeeringConnection\n"
    "    Properties: {VpcId: !Ref Vpc, PeerVpcId: !Ref Peer}\n"
    "  Back:\n"
    "    Type: AWS::EC2::Route\n"
    "    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 10.9.0.0/16, "
    "VpcPeeringConnectionId: !Ref Pcx}\n";

static const char from_peer[] =
    "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.9.0.0/16}\n";

/* SSH from private paths is low, and no host stands in the peer. */
static void a_peer_is_an_edge_with_the_private_severity(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default", (struct network){.ingress = from_peer, .more = peer});
    assert_int_equal(o.findings->all.n, 1);
    const struct finding *f = the_finding(&o, "CFNR301");
    assert_int_equal(f->severity, SEVERITY_LOW);
    assert_int_equal(f->edge, EDGE_PEERING);
    assert_str(f->endpoints.at[0].edge_component, "Pcx");
    assert_str(f->endpoints.at[0].end_to_end, "none");
    assert_true(str_starts(
        f->message,
        STR("SSH (tcp port 22) of 'Web' can be reached from a VPC peering connection.")));
    outcome_close(&o);
}

static void the_aggregate_of_a_private_edge_belongs_to_the_inspector_policy(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "inspector", (struct network){.ingress = from_peer, .more = peer});
    assert_int_equal(o.findings->all.n, 2);
    const struct finding *f = the_finding(&o, "CFNR390");
    assert_int_equal(f->severity, SEVERITY_INFORMATIONAL);
    assert_int_equal(f->endpoints.at[0].tcp_n, 1);
    assert_int_equal(f->endpoints.at[0].tcp[0].begin, 22);
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_private_edge_has_a_rule_of_its_own_and_the_internet_none),
        cmocka_unit_test(a_balancer_is_named_with_its_listener),
        cmocka_unit_test(a_peer_is_an_edge_with_the_private_severity),
        cmocka_unit_test(the_aggregate_of_a_private_edge_belongs_to_the_inspector_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
