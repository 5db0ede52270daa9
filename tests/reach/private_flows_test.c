/*
 * Private edges in worlds made by hand: the cases of SEMANTICS section 8 that concern them,
 * and what 1.1.4, 1.3 to 1.5 and 1.7 say besides.
 */
#include "tests/reach/base_world.h"

static const struct ports SSH = {22, 22};

/* The base subnet without a public address, and a second VPC 10.1.0.0/16 beyond a gateway. */
struct private_world {
    struct base_world b;
    uint32_t peer, gateway; /* indexes */
    uint32_t table, acl, subnet, group, owner, interface;
};

static struct world_attachment *last_attachment(struct world *w, uint32_t gateway)
{
    struct world_gateway *g = &w->gateways.at[gateway];
    return &g->attachments.at[g->attachments.n - 1];
}

static uint32_t route_in(struct base_world *b, uint32_t table, const char *destination,
                         uint32_t gateway)
{
    return world_add_route(b->w, table,
                           (struct world_route){.when = GUARD_TRUE,
                                                .destination = prefix_from(destination),
                                                .gateway = gateway});
}

static void begin(struct private_world *p, enum world_gateway_kind kind)
{
    struct base_world *b = &p->b;
    base_bare(b);
    world_add_default_entries(b->w, b->acl, GUARD_TRUE);
    base_placement(b)->public4 = GUARD_FALSE;
    p->peer = world_add_vpc(b->w, STR("Peer"));
    world_add_cidr(b->w, p->peer, GUARD_TRUE, prefix_from("10.1.0.0/16"));
    p->gateway = world_add_gateway(b->w, STR("Link"), kind);
    world_add_attachment(b->w, p->gateway, GUARD_TRUE, b->vpc);
    world_add_source(b->w, p->gateway, GUARD_TRUE, prefix_from("10.1.0.0/16"));
    last_attachment(b->w, p->gateway)->remote_vpc = p->peer;
}

/* A host in the other VPC, with a table of its own and default rules out. */
static void add_remote(struct private_world *p)
{
    struct base_world *b = &p->b;
    p->table = world_add_table(b->w, STR("PeerTable"), p->peer);
    p->acl = world_add_acl(b->w, STR("PeerAcl"));
    world_add_default_entries(b->w, p->acl, GUARD_TRUE);
    p->subnet = world_add_subnet(b->w, STR("PeerSubnet"), p->peer);
    world_add_subnet_cidr(b->w, p->subnet, GUARD_TRUE, prefix_from("10.1.1.0/24"));
    world_choose_table(b->w, p->subnet, GUARD_TRUE, p->table);
    world_choose_acl(b->w, p->subnet, GUARD_TRUE, p->acl);
    p->group = world_add_group(b->w, STR("PeerGroup"), p->peer);
    world_add_rule(b->w, p->group,
                   (struct world_rule){.when = GUARD_TRUE,
                                       .egress = true,
                                       .protocol = PROTOCOL_ALL,
                                       .group = WORLD_NONE,
                                       .remote = ipset_all(NET_V4)});
    p->owner = world_add_owner(b->w, STR("Bastion"), STR("AWS::EC2::Instance"));
    p->interface = world_add_interface(b->w, STR("Bastion/NetworkInterfaces/0"), p->owner);
    world_place(
        b->w, p->interface,
        (struct world_placement){
            .when = GUARD_TRUE, .subnet = p->subnet, .public4_id = WORLD_NONE, .has4 = GUARD_TRUE});
    world_join(b->w, p->interface, GUARD_TRUE, p->group);
    world_add_attachment(b->w, p->gateway, GUARD_TRUE, p->peer);
}

/* "peering 0 v4 tcp 22-22 reachable confirmed", a line each, of the private edges. */
static struct str flows(struct base_world *b)
{
    static const char *const FAMILIES[] = {"none", "v4", "v6", "v4+v6"};
    static const char *const ENDS[] = {"n/a", "unknown", "none", "confirmed"};
    struct reach_answer answer = base_solve(b);
    struct str all = STR("");
    for (size_t i = 0; i < answer.flow_n; i++) {
        const struct reach_flow *f = &answer.flows[i];
        assert_int_equal(f->exposure, f->edge == EDGE_INTERNET ? f->exposure : EXPOSURE_NONE);
        all =
            str_format(&b->a, "%.*s%s %u %s %s %u-%u %s %s\n", STR_ARG(all),
                       world_edge_name(f->edge), f->interface, FAMILIES[f->families],
                       protocol_name(f->protocol), (unsigned)f->ports.begin, (unsigned)f->ports.end,
                       reach_verdict_name(reach_flow_verdict(f)), ENDS[f->end_to_end]);
    }
    return all;
}

static struct str when_text(struct base_world *b, struct guard g)
{
    struct buf out;
    buf_init(&out);
    guard_print(b->space, g, &out);
    struct str text = str_format(&b->a, "%.*s", (int)out.n, out.p);
    buf_release(&out);
    return text;
}

static void t31_a_peering_edge_needs_the_local_route_only(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_PEERING);
    base_rule(&p.b, PROTOCOL_TCP, SSH, "10.1.0.0/16");
    assert_str(flows(&p.b), ""); /* no way back */
    base_route(&p.b, "10.1.0.0/16", p.gateway, GUARD_TRUE);
    assert_str(flows(&p.b), "peering 0 v4 tcp 22-22 reachable none\n");
    add_remote(&p);
    assert_str(flows(&p.b), "peering 0 v4 tcp 22-22 reachable none\n"); /* no route from there */
    route_in(&p.b, p.table, "10.0.0.0/16", p.gateway);
    struct reach_answer answer = base_solve(&p.b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].end_to_end, END_TO_END_CONFIRMED);
    assert_int_equal(answer.flows[0].confirmed_n, 1);
    assert_int_equal(answer.flows[0].confirmed_by[0], p.owner);
    base_release(&p.b);
}

static void t32_there_is_no_transit_through_a_peer(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_PEERING); /* B is 10.1/16; A, 10.2/16, is beyond it */
    base_rule(&p.b, PROTOCOL_TCP, SSH, "10.2.0.0/16");
    base_route(&p.b, "10.2.0.0/16", p.gateway, GUARD_TRUE);
    base_route(&p.b, "10.1.0.0/16", p.gateway, GUARD_TRUE);
    assert_str(flows(&p.b), "");
    base_rule(&p.b, PROTOCOL_TCP, SSH, "10.0.0.0/14");
    assert_str(flows(&p.b), "peering 0 v4 tcp 22-22 reachable none\n");
    base_release(&p.b);
}

static uint32_t refer(struct private_world *p, uint32_t group)
{
    return world_add_rule(
        p->b.w, p->b.group,
        (struct world_rule){
            .when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = SSH, .group = group});
}

static void t33_a_reference_to_a_group_of_no_peer_matches_nothing(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_PEERING);
    add_remote(&p);
    base_route(&p.b, "10.1.0.0/16", p.gateway, GUARD_TRUE);
    uint32_t elsewhere = world_add_vpc(p.b.w, STR("Elsewhere"));
    uint32_t stale = world_add_group(p.b.w, STR("Stale"), elsewhere);
    refer(&p, stale);
    p.b.w->gateways.at[p.gateway].attachments.at[0].group_references = GUARD_TRUE;
    assert_str(flows(&p.b), "");
    world_join(p.b.w, p.interface, GUARD_TRUE, stale); /* not a group of that VPC */
    assert_str(flows(&p.b), "");
    refer(&p, p.group);
    assert_str(flows(&p.b), "peering 0 v4 tcp 22-22 reachable none\n");
    route_in(&p.b, p.table, "10.0.1.0/24", p.gateway);
    assert_str(flows(&p.b), "peering 0 v4 tcp 22-22 reachable confirmed\n");
    p.b.w->gateways.at[p.gateway].attachments.at[0].group_references = GUARD_FALSE;
    assert_str(flows(&p.b), "");
    base_release(&p.b);
}

static void a_reference_matches_what_carries_the_group_only(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_PEERING);
    add_remote(&p);
    base_route(&p.b, "10.1.0.0/16", p.gateway, GUARD_TRUE);
    p.b.w->gateways.at[p.gateway].attachments.at[0].group_references = GUARD_TRUE;
    uint32_t unused = world_add_group(p.b.w, STR("Unused"), WORLD_NONE);
    refer(&p, unused);
    assert_str(flows(&p.b), "");
    struct guard x = guard_is(p.b.space, base_variable(&p.b, "x", GUARD_NO_OUTCOME), 1);
    world_join(p.b.w, p.interface, x, unused);
    struct reach_answer answer = base_solve(&p.b);
    assert_int_equal(answer.flow_n, 1);
    assert_true(guard_same(reach_guard(answer.flows[0].when), x));
    base_release(&p.b);
}

static void a_part_of_the_carriers_subnet_rests_on_its_address(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_PEERING);
    add_remote(&p);
    p.b.w->gateways.at[p.gateway].attachments.at[0].group_references = GUARD_TRUE;
    refer(&p, p.group);
    base_route(&p.b, "10.1.1.0/25", p.gateway, GUARD_TRUE); /* half of 10.1.1.0/24 */
    struct reach_answer answer = base_solve(&p.b);
    assert_int_equal(answer.flow_n, 1);
    assert_str(when_text(&p.b, reach_guard(answer.flows[0].when)), "A-ADDR(PeerSubnet)");
    assert_int_equal(reach_example(&answer.flows[0])->judgement.doubt, GUARD_HIGH);
    base_release(&p.b);
}

static void t34_propagated_routes_of_unknown_destination_are_possible(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b); /* 0/0 goes to the internet gateway */
    uint32_t vgw = world_add_gateway(b.w, STR("Vgw"), GATEWAY_VPN);
    world_add_attachment(b.w, vgw, GUARD_TRUE, b.vpc);
    last_attachment(b.w, vgw)->any_source = GUARD_TRUE;
    base_rule(&b, PROTOCOL_TCP, SSH, "10.0.0.0/8");
    assert_str(flows(&b), "");
    uint32_t route =
        world_add_route(b.w, b.table,
                        (struct world_route){.when = world_fact(b.w, FACT_BGP, STR("Vgw")),
                                             .precedence = ROUTE_PROPAGATED,
                                             .gateway = vgw,
                                             .unknown = true});
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    assert_int_equal(f->edge, EDGE_VPN);
    assert_int_equal(reach_flow_verdict(f), REACH_POSSIBLE);
    assert_int_equal(e->judgement.doubt, GUARD_MEDIUM);
    assert_false(e->judgement.doubts_rule);
    assert_str(when_text(&b, reach_guard(f->when)), "A-BGP(Vgw)");
    assert_int_equal(e->route, route);
    assert_false(f->remote_unmodelled);
    assert_int_equal(f->end_to_end, END_TO_END_UNKNOWN);
    base_release(&b);
}

static void a_route_of_unknown_destination_takes_nothing_from_others(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t vgw = world_add_gateway(b.w, STR("Vgw"), GATEWAY_VPN);
    world_add_attachment(b.w, vgw, GUARD_TRUE, b.vpc);
    last_attachment(b.w, vgw)->any_source = GUARD_TRUE;
    world_add_route(b.w, b.table,
                    (struct world_route){.when = GUARD_TRUE, .gateway = vgw, .unknown = true});
    assert_str(flows(&b), "internet 0 v4 tcp 22-22 reachable n/a\n"
                          "vgw 0 v4 tcp 22-22 reachable unknown\n");
    base_release(&b);
}

static void a_vpn_takes_what_is_routed_back_to_it(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    world_add_default_entries(b.w, b.acl, GUARD_TRUE);
    uint32_t vgw = world_add_gateway(b.w, STR("Vgw"), GATEWAY_VPN);
    world_add_attachment(b.w, vgw, GUARD_TRUE, b.vpc);
    last_attachment(b.w, vgw)->any_source = GUARD_TRUE;
    base_route(&b, "192.168.0.0/16", vgw, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, SSH, "172.16.0.0/12");
    assert_str(flows(&b), "");
    base_rule(&b, PROTOCOL_TCP, SSH, "192.168.7.0/24");
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_true(answer.flows[0].remote_unmodelled); /* no connection anywhere */
    world_add_source(b.w, vgw, GUARD_TRUE, prefix_from("192.168.0.0/16"));
    assert_false(base_solve(&b).flows[0].remote_unmodelled);
    base_placement(&b)->has4 = GUARD_FALSE;
    base_placement(&b)->has6 = GUARD_TRUE; /* a VPN carries IPv4 only */
    base_route(&b, "::/0", vgw, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, SSH, "::/0");
    assert_str(flows(&b), "");
    base_release(&b);
}

static void addresses_of_the_vpc_never_come_from_outside(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_PEERING);
    world_add_source(p.b.w, p.gateway, GUARD_TRUE, prefix_from("10.0.0.0/8"));
    base_route(&p.b, "10.0.0.0/8", p.gateway, GUARD_TRUE);
    base_rule(&p.b, PROTOCOL_TCP, SSH, "10.0.0.0/16"); /* our own */
    assert_str(flows(&p.b), "");
    base_release(&p.b);
}

static void a_transit_gateway_knows_what_is_not_in_the_world(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_TRANSIT);
    base_rule(&p.b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    base_route(&p.b, "0.0.0.0/0", p.gateway, GUARD_TRUE);
    assert_str(flows(&p.b), "tgw 0 v4 tcp 22-22 reachable none\n");
    world_add_attachment(p.b.w, p.gateway, GUARD_TRUE, p.b.vpc);
    last_attachment(p.b.w, p.gateway)->any_source = world_fact(p.b.w, FACT_TGW, STR("Link"));
    assert_str(flows(&p.b), "tgw 0 v4 tcp 22-22 reachable unknown\n");
    add_remote(&p);
    route_in(&p.b, p.table, "10.0.0.0/16", p.gateway);
    assert_str(flows(&p.b), "tgw 0 v4 tcp 22-22 reachable confirmed\n");
    base_release(&p.b);
}

/* The base world behind a firewall: the gateway's table leads to it, so does the subnet's, and
 * the firewall's subnet leads on (T40). */
struct guarded_world {
    struct base_world b;
    uint32_t box, box_table; /* indexes */
    uint32_t ingress;        /* id */
};

static void begin_guarded(struct guarded_world *g)
{
    struct base_world *b = &g->b;
    base_bare(b);
    world_add_default_entries(b->w, b->acl, GUARD_TRUE);
    base_rule(b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    g->box_table = world_add_table(b->w, STR("FirewallTable"), b->vpc);
    uint32_t subnet = world_add_subnet(b->w, STR("FirewallSubnet"), b->vpc);
    world_choose_table(b->w, subnet, GUARD_TRUE, g->box_table);
    world_choose_acl(b->w, subnet, GUARD_TRUE, b->acl);
    g->box = world_add_gateway(b->w, STR("Firewall"), GATEWAY_INTERFACE);
    b->w->gateways.at[g->box].subnet = subnet;
    b->w->gateways.at[g->box].passes = world_fact(b->w, FACT_MB, STR("Firewall"));
    g->ingress = world_add_ingress(
        b->w, b->gateway,
        (struct world_ingress){.when = GUARD_TRUE, .subnet = b->subnet, .middlebox = g->box});
    base_route(b, "0.0.0.0/0", g->box, GUARD_TRUE);
    route_in(b, g->box_table, "0.0.0.0/0", b->gateway);
}

static void t40_a_middlebox_may_let_packets_through(void **state)
{
    (void)state;
    struct guarded_world g;
    begin_guarded(&g);
    struct reach_answer answer = base_solve(&g.b);
    assert_int_equal(answer.flow_n, 1);
    const struct reach_flow *f = &answer.flows[0];
    const struct reach_example *e = reach_example(f);
    assert_int_equal(reach_flow_verdict(f), REACH_POSSIBLE);
    assert_int_equal(e->judgement.doubt, GUARD_LOW);
    assert_str(when_text(&g.b, reach_guard(f->when)), "A-MB(Firewall)");
    assert_int_equal(f->exposure, EXPOSURE_WORLD);
    assert_int_equal(e->path_n, 6);
    assert_int_equal(e->path[0].kind, STEP_EDGE);
    assert_int_equal(e->path[1].kind, STEP_MIDDLEBOX);
    assert_int_equal(e->path[1].element, g.b.w->gateways.at[g.box].id);
    assert_int_equal(e->path[1].entry, g.ingress);
    assert_int_equal(e->path[2].kind, STEP_ACL);
    base_release(&g.b);
}

static void an_asymmetric_way_is_mostly_dropped(void **state)
{
    (void)state;
    struct guarded_world g;
    begin_guarded(&g);
    g.b.w->gateways.at[g.b.gateway].ingress.n = 0; /* direct, but the reply passes it */
    struct reach_answer answer = base_solve(&g.b);
    assert_int_equal(answer.flow_n, 1);
    assert_str(when_text(&g.b, reach_guard(answer.flows[0].when)),
               "A-MB(Firewall) & A-ASYM(Firewall)");
    assert_int_equal(reach_example(&answer.flows[0])->path[1].kind, STEP_MIDDLEBOX);
    base_release(&g.b);
    begin_guarded(&g);
    g.b.w->tables.at[g.b.table].routes.n = 0; /* through it, but the reply does not pass */
    base_route(&g.b, "0.0.0.0/0", g.b.gateway, GUARD_TRUE);
    answer = base_solve(&g.b);
    assert_int_equal(answer.flow_n, 1);
    assert_str(when_text(&g.b, reach_guard(answer.flows[0].when)),
               "A-MB(Firewall) & A-ASYM(Firewall)");
    base_release(&g.b);
}

static void a_middlebox_whose_subnet_leads_nowhere_is_a_dead_end(void **state)
{
    (void)state;
    struct guarded_world g;
    begin_guarded(&g);
    g.b.w->tables.at[g.box_table].routes.n = 0;
    struct reach_answer answer = base_solve(&g.b);
    assert_int_equal(answer.flow_n, 0);
    assert_str(base_blockers(&g.b, answer.unreached[0].blockers), "route alone");
    base_release(&g.b);
}

static void blocked_public_access_is_no_entry(void **state)
{
    (void)state;
    struct base_world b;
    base_ssh(&b);
    uint32_t other = world_add_subnet(b.w, STR("Excluded"), b.vpc);
    world_choose_table(b.w, other, GUARD_TRUE, b.table);
    world_choose_acl(b.w, other, GUARD_TRUE, b.acl);
    uint32_t second = base_instance(&b);
    world_join(b.w, second, GUARD_TRUE, b.group);
    b.w->interfaces.at[second].placements.at[0].subnet = other;
    uint32_t id = world_add_ingress(
        b.w, b.gateway,
        (struct world_ingress){.when = GUARD_TRUE, .subnet = b.subnet, .middlebox = WORLD_NONE});
    struct reach_answer answer = base_solve(&b);
    assert_int_equal(answer.flow_n, 1);
    assert_int_equal(answer.flows[0].interface, second);
    assert_int_equal(answer.unreached_n, 1);
    struct reach_blockers blockers = answer.unreached[0].blockers;
    assert_str(base_blockers(&b, blockers), "entry alone");
    assert_int_equal(blockers.at[0].element, b.w->gateways.at[b.gateway].id);
    assert_int_equal(blockers.at[0].entry, id);
    base_release(&b);
}

static void edges_that_are_not_there_are_not_unreached(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_PEERING);
    struct reach_answer answer = base_solve(&p.b);
    assert_int_equal(answer.unreached_n, 2); /* one interface: internet and peering */
    assert_int_equal(answer.unreached[0].edge, EDGE_INTERNET);
    assert_int_equal(answer.unreached[1].edge, EDGE_PEERING);
    assert_str(base_blockers(&p.b, answer.unreached[1].blockers), "group, route");
    base_release(&p.b);
}

static void a_carrier_gateway_is_an_edge_of_its_own(void **state)
{
    (void)state;
    struct private_world p;
    begin(&p, GATEWAY_CARRIER);
    struct world_attachment *a = last_attachment(p.b.w, p.gateway);
    a->when = world_fact(p.b.w, FACT_CARRIER, STR("Link"));
    a->any_source = GUARD_TRUE;
    base_rule(&p.b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    base_route(&p.b, "0.0.0.0/0", p.gateway, GUARD_TRUE);
    assert_str(flows(&p.b), "carrier 0 v4 tcp 22-22 possible n/a\n");
    base_release(&p.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t31_a_peering_edge_needs_the_local_route_only),
        cmocka_unit_test(t32_there_is_no_transit_through_a_peer),
        cmocka_unit_test(t33_a_reference_to_a_group_of_no_peer_matches_nothing),
        cmocka_unit_test(a_reference_matches_what_carries_the_group_only),
        cmocka_unit_test(a_part_of_the_carriers_subnet_rests_on_its_address),
        cmocka_unit_test(t34_propagated_routes_of_unknown_destination_are_possible),
        cmocka_unit_test(a_route_of_unknown_destination_takes_nothing_from_others),
        cmocka_unit_test(a_vpn_takes_what_is_routed_back_to_it),
        cmocka_unit_test(addresses_of_the_vpc_never_come_from_outside),
        cmocka_unit_test(a_transit_gateway_knows_what_is_not_in_the_world),
        cmocka_unit_test(t40_a_middlebox_may_let_packets_through),
        cmocka_unit_test(an_asymmetric_way_is_mostly_dropped),
        cmocka_unit_test(a_middlebox_whose_subnet_leads_nowhere_is_a_dead_end),
        cmocka_unit_test(blocked_public_access_is_no_entry),
        cmocka_unit_test(edges_that_are_not_there_are_not_unreached),
        cmocka_unit_test(a_carrier_gateway_is_an_edge_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
