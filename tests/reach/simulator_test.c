/*
 * The simulator on worlds whose answer is known: the base topology of SEMANTICS section 8 and
 * the changes to it that T02 to T23 make, each named by its row.
 */
#include "tests/check.h"

#include "tests/reach/simulator.h"

/* Base topology B: one of everything, tcp 22 from everywhere. */
struct base {
    struct arena arena;
    struct guard_space *space;
    struct world *w;
    uint32_t vpc, gateway, table, acl, group, subnet, interface;
    uint32_t route; /* id */
    uint32_t rule;  /* id */
    uint32_t outcome[4];
    uint32_t var; /* one free variable, for guards */
};

static struct prefix prefix_of(const char *text)
{
    struct prefix p = {NET_V4, 0, {0, 0}};
    assert_true(prefix_parse(str_from(text), &p, NULL));
    return p;
}

static struct ipset set_of(struct base *b, const char *text)
{
    return ipset_of(&b->arena, prefix_of(text));
}

static uint32_t add_rule(struct base *b, int protocol, uint16_t begin, uint16_t end,
                         const char *from)
{
    struct world_rule r = {.when = GUARD_TRUE,
                           .protocol = protocol,
                           .ports = {begin, end},
                           .group = WORLD_NONE,
                           .remote = set_of(b, from)};
    return world_add_rule(b->w, b->group, r);
}

static uint32_t add_route(struct base *b, const char *to, uint32_t gateway)
{
    struct world_route r = {.when = GUARD_TRUE, .destination = prefix_of(to), .gateway = gateway};
    return world_add_route(b->w, b->table, r);
}

static void add_entry(struct base *b, int32_t number, bool egress, bool allow, int protocol,
                      struct ports ports)
{
    struct world_entry e = {.when = GUARD_TRUE,
                            .number = number,
                            .egress = egress,
                            .allow = allow,
                            .protocol = protocol,
                            .ports = ports,
                            .prefix = prefix_of("0.0.0.0/0")};
    world_add_entry(b->w, b->acl, e);
}

/* has_default_acl: else the ACL is left empty. */
static void begin(struct base *b, bool has_default_acl)
{
    memset(b, 0, sizeof *b);
    b->space = guard_space_new(&b->arena);
    b->w = world_new(&b->arena, b->space);
    b->var = guard_add(
        b->space,
        (struct guard_variable){.name = STR("Env"), .outcomes = 2, .standard = GUARD_NO_OUTCOME});
    b->vpc = world_add_vpc(b->w, STR("Vpc"));
    world_add_cidr(b->w, b->vpc, GUARD_TRUE, prefix_of("10.0.0.0/16"));
    b->gateway = world_add_gateway(b->w, STR("Igw"), GATEWAY_INTERNET);
    world_add_attachment(b->w, b->gateway, GUARD_TRUE, b->vpc);
    b->table = world_add_table(b->w, STR("Table"), b->vpc);
    b->route = add_route(b, "0.0.0.0/0", b->gateway);
    b->acl = world_add_acl(b->w, STR("Acl"));
    if (has_default_acl) {
        world_add_default_entries(b->w, b->acl, GUARD_TRUE);
    }
    b->group = world_add_group(b->w, STR("Group"), b->vpc);
    b->rule = add_rule(b, PROTOCOL_TCP, 22, 22, "0.0.0.0/0");
    b->subnet = world_add_subnet(b->w, STR("Subnet"), b->vpc);
    world_choose_table(b->w, b->subnet, GUARD_TRUE, b->table);
    world_choose_acl(b->w, b->subnet, GUARD_TRUE, b->acl);
    uint32_t owner = world_add_owner(b->w, STR("Server"), STR("AWS::EC2::Instance"));
    b->interface = world_add_interface(b->w, STR("Server/0"), owner);
    b->w->interfaces.at[b->interface].when = GUARD_TRUE;
    struct world_placement p = {.when = GUARD_TRUE,
                                .subnet = b->subnet,
                                .public4 = GUARD_TRUE,
                                .public4_id = WORLD_NONE,
                                .has4 = GUARD_TRUE,
                                .has6 = GUARD_FALSE};
    world_place(b->w, b->interface, p);
    world_join(b->w, b->interface, GUARD_TRUE, b->group);
}

static struct world_placement *placement(struct base *b)
{
    return &b->w->interfaces.at[b->interface].placements.at[0];
}

static enum sim_result send_rule(struct base *b, const char *source, int protocol, uint16_t port,
                                 uint32_t rule)
{
    struct prefix from = prefix_of(source);
    struct sim_packet packet = {.interface = b->interface,
                                .gateway = b->gateway,
                                .family = from.family,
                                .source = from.first,
                                .protocol = protocol,
                                .port = port,
                                .rule = rule};
    return simulate(b->w, b->outcome, &packet);
}

static enum sim_result send(struct base *b, const char *source, int protocol, uint16_t port)
{
    return send_rule(b, source, protocol, port, WORLD_NONE);
}

static enum sim_result ssh(struct base *b)
{
    return send(b, "198.41.0.4", PROTOCOL_TCP, 22);
}

static void the_base_topology_is_open_for_ssh_from_the_internet(void **state)
{
    (void)state;
    struct base b;
    begin(&b, true);
    assert_int_equal(ssh(&b), SIM_OPEN);
    assert_int_equal(send(&b, "198.41.0.4", PROTOCOL_TCP, 21), SIM_CLOSED);
    assert_int_equal(send(&b, "198.41.0.4", PROTOCOL_TCP, 23), SIM_CLOSED);
    assert_int_equal(send(&b, "198.41.0.4", PROTOCOL_UDP, 22), SIM_CLOSED);
    assert_int_equal(send(&b, "10.0.0.9", PROTOCOL_TCP, 22), SIM_CLOSED);
    assert_int_equal(send(&b, "203.0.113.1", PROTOCOL_TCP, 22), SIM_CLOSED);
    assert_int_equal(send(&b, "2606:4700::1", PROTOCOL_TCP, 22), SIM_CLOSED);
    assert_int_equal(send_rule(&b, "198.41.0.4", PROTOCOL_TCP, 22, b.rule), SIM_OPEN);
    assert_int_equal(send_rule(&b, "198.41.0.4", PROTOCOL_TCP, 22, b.route), SIM_CLOSED);
    arena_release(&b.arena);
}

static void each_missing_part_closes_it(void **state)
{
    (void)state;
    for (int row = 0; row < 9; row++) {
        struct base b;
        begin(&b, row != 8);
        struct world_route *route = &b.w->tables.at[b.table].routes.at[0];
        switch (row) {
        case 0: /* T02: local routes only */
            route->when = GUARD_FALSE;
            break;
        case 1: /* T03: the answer leaves by another gateway */
            route->gateway = world_add_gateway(b.w, STR("Nat"), GATEWAY_NAT);
            break;
        case 2: /* T04 */
            placement(&b)->public4 = GUARD_FALSE;
            break;
        case 3: /* T09 */
            b.w->gateways.at[b.gateway].attachments.n = 0;
            break;
        case 4: /* a blackhole */
            route->gateway = WORLD_NONE;
            break;
        case 5: /* belongs to nothing */
            b.w->interfaces.at[b.interface].owner = WORLD_NONE;
            break;
        case 6: /* carries no group */
            b.w->interfaces.at[b.interface].groups.n = 0;
            break;
        case 7: /* an egress-only gateway lets nothing in (1.2) */
            b.w->gateways.at[b.gateway].kind = GATEWAY_EGRESS_ONLY;
            break;
        default: /* T22: an ACL without entries */
            break;
        }
        assert_int_equal(ssh(&b), SIM_CLOSED);
        arena_release(&b.arena);
    }
}

static void the_longest_route_decides(void **state)
{
    (void)state;
    struct base b;
    begin(&b, true);
    uint32_t nat = world_add_gateway(b.w, STR("Nat"), GATEWAY_NAT);
    add_route(&b, "198.41.0.0/24", nat);
    add_route(&b, "198.41.0.0/30", b.gateway);
    add_route(&b, "9.9.9.0/24", WORLD_NONE); /* a blackhole wins, too (2.5.3) */
    add_route(&b, "10.0.0.0/24", b.gateway); /* local stays local (2.5.2) */
    assert_int_equal(send(&b, "198.41.0.3", PROTOCOL_TCP, 22), SIM_OPEN);
    assert_int_equal(send(&b, "198.41.0.4", PROTOCOL_TCP, 22), SIM_CLOSED);
    assert_int_equal(send(&b, "198.41.1.0", PROTOCOL_TCP, 22), SIM_OPEN);
    assert_int_equal(send(&b, "9.9.9.9", PROTOCOL_TCP, 22), SIM_CLOSED);
    assert_int_equal(send(&b, "9.9.8.9", PROTOCOL_TCP, 22), SIM_OPEN);
    /* equal destinations: static before prefix list before propagated */
    struct world_route tie = {.when = GUARD_TRUE,
                              .destination = prefix_of("8.0.0.0/8"),
                              .precedence = ROUTE_PROPAGATED,
                              .gateway = nat};
    world_add_route(b.w, b.table, tie);
    assert_int_equal(send(&b, "8.8.8.8", PROTOCOL_TCP, 22), SIM_CLOSED);
    tie.precedence = ROUTE_PREFIX_LIST;
    tie.gateway = b.gateway;
    world_add_route(b.w, b.table, tie);
    assert_int_equal(send(&b, "8.8.8.8", PROTOCOL_TCP, 22), SIM_OPEN);
    tie.precedence = ROUTE_STATIC;
    tie.gateway = WORLD_NONE;
    world_add_route(b.w, b.table, tie);
    assert_int_equal(send(&b, "8.8.8.8", PROTOCOL_TCP, 22), SIM_CLOSED);
    arena_release(&b.arena);
}

static void the_lowest_matching_entry_decides(void **state)
{
    (void)state;
    struct base b;
    begin(&b, true); /* 100 allows all */
    add_rule(&b, PROTOCOL_TCP, 80, 80, "0.0.0.0/0");
    add_entry(&b, 110, false, false, PROTOCOL_TCP, (struct ports){22, 22}); /* T19 */
    assert_int_equal(ssh(&b), SIM_OPEN);
    add_entry(&b, 90, false, false, PROTOCOL_TCP, (struct ports){22, 22}); /* T18 */
    assert_int_equal(ssh(&b), SIM_CLOSED);
    assert_int_equal(send(&b, "198.41.0.4", PROTOCOL_TCP, 80), SIM_OPEN);
    add_entry(&b, 80, false, true, PROTOCOL_UDP, PORTS_ALL);
    assert_int_equal(ssh(&b), SIM_CLOSED);
    add_entry(&b, 80, false, true, PROTOCOL_ALL, (struct ports){9, 9}); /* ports are ignored */
    assert_int_equal(ssh(&b), SIM_OPEN);
    arena_release(&b.arena);
}

static void the_answer_needs_one_client_port(void **state)
{
    (void)state;
    static const struct {
        struct ports out;
        enum sim_result result;
    } rows[] = {
        {{80, 80}, SIM_LOW_CLIENT_PORT}, /* T20 */
        {{32768, 61000}, SIM_OPEN},      /* T21 */
        {{1024, 1024}, SIM_OPEN},
        {{1023, 1023}, SIM_LOW_CLIENT_PORT},
        {{65535, 65535}, SIM_OPEN},
        {{1, 1}, SIM_LOW_CLIENT_PORT},
        {{0, 0}, SIM_CLOSED},
        {{0, 65535}, SIM_OPEN},
        {{1, 0}, SIM_CLOSED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct base b;
        begin(&b, false);
        add_entry(&b, 100, false, true, PROTOCOL_ALL, PORTS_ALL);
        add_entry(&b, 100, true, true, PROTOCOL_TCP, rows[i].out);
        assert_int_equal(ssh(&b), rows[i].result);
        arena_release(&b.arena);
    }
    /* all but one high port denied, before everything is allowed */
    struct base b;
    begin(&b, true);
    add_entry(&b, 10, true, false, PROTOCOL_ALL, PORTS_ALL);
    assert_int_equal(ssh(&b), SIM_CLOSED);
    add_entry(&b, 5, true, true, PROTOCOL_TCP, (struct ports){50000, 50000});
    assert_int_equal(ssh(&b), SIM_OPEN);
    add_entry(&b, 4, true, false, PROTOCOL_TCP, (struct ports){1024, 65535});
    assert_int_equal(ssh(&b), SIM_CLOSED);
    arena_release(&b.arena);
}

static void rules_of_all_groups_add_up(void **state)
{
    (void)state;
    struct base b;
    begin(&b, true);
    b.w->groups.at[b.group].rules.n = 0;
    assert_int_equal(ssh(&b), SIM_CLOSED);
    add_rule(&b, 50, 0, 65535, "0.0.0.0/0"); /* T15 */
    add_rule(&b, PROTOCOL_ICMP, 0, 65535, "0.0.0.0/0");
    assert_int_equal(ssh(&b), SIM_CLOSED);
    uint32_t first = b.group;
    b.group = world_add_group(b.w, STR("Second"), b.vpc); /* T12 */
    add_rule(&b, PROTOCOL_TCP, 22, 22, "128.0.0.0/1");
    assert_int_equal(ssh(&b), SIM_CLOSED); /* not worn */
    world_join(b.w, b.interface, GUARD_TRUE, b.group);
    assert_int_equal(ssh(&b), SIM_OPEN);
    assert_int_equal(send(&b, "8.8.8.8", PROTOCOL_TCP, 22), SIM_CLOSED);
    b.group = first;
    add_rule(&b, PROTOCOL_ALL, 443, 443, "0.0.0.0/1"); /* T14: ports are ignored */
    assert_int_equal(send(&b, "8.8.8.8", PROTOCOL_TCP, 22), SIM_OPEN);
    assert_int_equal(send(&b, "8.8.8.8", PROTOCOL_UDP, 65535), SIM_OPEN);

    arena_release(&b.arena);

    /* egress rules and group references say nothing about the internet */
    begin(&b, true);
    b.w->groups.at[b.group].rules.at[0].egress = true;
    assert_int_equal(ssh(&b), SIM_CLOSED);
    b.w->groups.at[b.group].rules.at[0].egress = false;
    b.w->groups.at[b.group].rules.at[0].group = b.group;
    assert_int_equal(ssh(&b), SIM_CLOSED);
    arena_release(&b.arena);
}

static void ipv6_goes_its_own_way(void **state)
{
    (void)state;
    struct base b;
    begin(&b, true);
    world_add_cidr(b.w, b.vpc, GUARD_TRUE, prefix_of("2600:1f00::/56"));
    placement(&b)->has6 = GUARD_TRUE;
    placement(&b)->public4 = GUARD_FALSE;
    add_route(&b, "::/0", b.gateway);
    assert_int_equal(send(&b, "2606:4700::1", PROTOCOL_TCP, 22), SIM_CLOSED);
    add_rule(&b, PROTOCOL_TCP, 22, 22, "::/0"); /* T23 */
    assert_int_equal(send(&b, "2606:4700::1", PROTOCOL_TCP, 22), SIM_OPEN);
    assert_int_equal(send(&b, "2600:1f00::1", PROTOCOL_TCP, 22), SIM_CLOSED); /* local */
    assert_int_equal(send(&b, "fd00::1", PROTOCOL_TCP, 22), SIM_CLOSED);
    assert_int_equal(ssh(&b), SIM_CLOSED);
    placement(&b)->public4 = GUARD_TRUE;
    placement(&b)->has4 = GUARD_FALSE; /* an IPv6-only subnet */
    assert_int_equal(ssh(&b), SIM_CLOSED);
    arena_release(&b.arena);
}

static void guards_choose_what_is_there(void **state)
{
    (void)state;
    for (int part = 0; part < 9; part++) {
        struct base b;
        begin(&b, true);
        struct guard yes = guard_is(b.space, b.var, 1);
        struct world_interface *n = &b.w->interfaces.at[b.interface];
        struct guard *places[] = {
            &n->when,
            &n->groups.at[0].when,
            &placement(&b)->when,
            &placement(&b)->public4,
            &b.w->groups.at[b.group].rules.at[0].when,
            &b.w->tables.at[b.table].routes.at[0].when,
            &b.w->gateways.at[b.gateway].attachments.at[0].when,
            &b.w->subnets.at[b.subnet].tables.at[0].when,
            &b.w->subnets.at[b.subnet].acls.at[0].when,
        };
        *places[part] = yes;
        b.outcome[b.var] = 1;
        assert_int_equal(ssh(&b), SIM_OPEN);
        b.outcome[b.var] = 0;
        assert_int_equal(ssh(&b), SIM_CLOSED);
        arena_release(&b.arena);
    }
}

/* Whatever closes it is one conjunct: waiving that one opens it again, waiving the others not. */
static void waiving_the_missing_conjunct_opens_it(void **state)
{
    (void)state;
    for (unsigned missing = 0; missing < SIM_CONJUNCTS; missing++) {
        struct base b;
        begin(&b, true);
        struct guard *const conjuncts[] = {
            [SIM_EXISTS] = &b.w->interfaces.at[b.interface].when,
            [SIM_ADDRESS] = &placement(&b)->public4,
            [SIM_ENTRY] = &b.w->gateways.at[b.gateway].attachments.at[0].when,
            [SIM_ACL_IN] = NULL,
            [SIM_GROUP] = &b.w->groups.at[b.group].rules.at[0].when,
            [SIM_ROUTE] = &b.w->tables.at[b.table].routes.at[0].when,
            [SIM_ACL_OUT] = NULL,
        };
        if (conjuncts[missing] != NULL) {
            *conjuncts[missing] = GUARD_FALSE;
        } else {
            add_entry(&b, 1, missing == SIM_ACL_OUT, false, PROTOCOL_ALL, PORTS_ALL);
        }
        for (unsigned waived = 0; waived < SIM_CONJUNCTS; waived++) {
            struct sim_packet packet = {.interface = b.interface,
                                        .gateway = b.gateway,
                                        .family = NET_V4,
                                        .source = prefix_of("198.41.0.4").first,
                                        .protocol = PROTOCOL_TCP,
                                        .port = 22,
                                        .rule = WORLD_NONE,
                                        .waived = 1U << waived};
            assert_int_equal(simulate(b.w, b.outcome, &packet) == SIM_OPEN, waived == missing);
        }
        arena_release(&b.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_topology_is_open_for_ssh_from_the_internet),
        cmocka_unit_test(each_missing_part_closes_it),
        cmocka_unit_test(the_longest_route_decides),
        cmocka_unit_test(the_lowest_matching_entry_decides),
        cmocka_unit_test(the_answer_needs_one_client_port),
        cmocka_unit_test(rules_of_all_groups_add_up),
        cmocka_unit_test(ipv6_goes_its_own_way),
        cmocka_unit_test(guards_choose_what_is_there),
        cmocka_unit_test(waiving_the_missing_conjunct_opens_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
