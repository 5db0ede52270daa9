/*
 * One function for each kind of element. Guards come from a space of 3 to 6 variables with two
 * or three outcomes; placements and the choices of tables and ACLs have disjoint guards.
 */
#include "tests/reach/random_worlds.h"

struct dice {
    struct arena *a;
    struct world *w;
    struct guard_space *space;
    struct check_random r;
};

static const char *const prefixes_v4[] = {
    "0.0.0.0/0",     "0.0.0.0/0",          "0.0.0.0/1",        "128.0.0.0/1",
    "8.0.0.0/8",     "8.8.8.0/24",         "8.8.8.8/32",       "8.8.8.0/25",
    "10.0.0.0/16",   "10.0.0.0/7",         "203.0.113.0/24",   "52.0.0.0/16",
    "52.0.128.0/17", "255.255.255.255/32", "223.255.255.0/24", "192.0.0.0/4",
};
static const char *const prefixes_v6[] = {
    "::/0",           "::/0",      "2000::/3",         "8000::/1",      "::/1",     "2600::/16",
    "2600:1f00::/24", "3ffe::/15", "2600:1f00::1/128", "2001:db8::/32", "fd00::/8", "2000::/4",
};
static const char *const blocks_v4[] = {"10.0.0.0/16", "52.0.0.0/16", "8.8.8.0/24"};
static const char *const blocks_v6[] = {"2600:1f00::/56", "fd00::/56", "2600:1f00::/24"};
static const uint16_t bounds[] = {0, 1, 21, 22, 23, 80, 443, 1023, 1024, 1025, 32768, 61000, 65535};

#define PICK(d, list) ((list)[below((d), sizeof(list) / sizeof *(list))])

static uint32_t below(struct dice *d, size_t n)
{
    return check_random_below(&d->r, (uint32_t)n);
}

/* True once in n. */
static bool once_in(struct dice *d, uint32_t n)
{
    return below(d, n) == 0;
}

/* Dumps of worlds are read by people, and A-LOWPORT facts go by the ACL's name. */
static struct str numbered(struct dice *d, const char *kind, size_t n)
{
    return str_format(d->a, "%s%u", kind, (unsigned)n);
}

static struct prefix prefix_of(const char *text)
{
    struct prefix p = {NET_V4, 0, {0, 0}};
    assert_true(prefix_parse(str_from(text), &p, NULL));
    return p;
}

static enum net_family random_family(struct dice *d)
{
    return once_in(d, 3) ? NET_V6 : NET_V4;
}

static struct prefix random_prefix(struct dice *d, enum net_family f)
{
    return prefix_of(f == NET_V4 ? PICK(d, prefixes_v4) : PICK(d, prefixes_v6));
}

static struct ports random_ports(struct dice *d)
{
    uint16_t a = PICK(d, bounds);
    uint16_t b = PICK(d, bounds);
    switch (below(d, 8)) {
    case 0:
    case 1:
    case 2:
        return PORTS_ALL;
    case 3:
    case 4:
        return (struct ports){a, a};
    case 5:
        return once_in(d, 4) ? PORTS_EMPTY : (struct ports){22, 22};
    default:
        return a < b ? (struct ports){a, b} : (struct ports){b, a};
    }
}

static int random_protocol(struct dice *d)
{
    static const int list[] = {PROTOCOL_TCP,  PROTOCOL_TCP,  PROTOCOL_TCP, PROTOCOL_TCP,
                               PROTOCOL_TCP,  PROTOCOL_TCP,  PROTOCOL_UDP, PROTOCOL_ALL,
                               PROTOCOL_ALL,  PROTOCOL_ICMP, 50,           PROTOCOL_UDP,
                               PROTOCOL_ICMP6};
    return PICK(d, list);
}

static struct guard literal(struct dice *d)
{
    uint32_t var = below(d, guard_count(d->space));
    return guard_is(d->space, var, below(d, guard_variable(d->space, var)->outcomes));
}

/* Mostly TRUE, so that worlds with many parts still let something through. */
static struct guard random_guard(struct dice *d)
{
    switch (below(d, 20)) {
    case 0:
    case 1:
        return literal(d);
    case 2:
    case 3:
        return guard_not(d->space, literal(d));
    case 4:
        return guard_and(d->space, literal(d), guard_not(d->space, literal(d)));
    case 5:
        return guard_or(d->space, literal(d), guard_and(d->space, literal(d), literal(d)));
    case 6:
        return once_in(d, 3) ? GUARD_FALSE : GUARD_TRUE;
    default:
        return GUARD_TRUE;
    }
}

static void add_variables(struct dice *d)
{
    static const char *const names[] = {"A", "B", "C", "D", "E", "F"};
    static const struct str labels[] = {{"x", 1}, {"y", 1}, {"z", 1}};
    uint32_t n = 3 + below(d, once_in(d, 4) ? 4 : 2);
    for (uint32_t i = 0; i < n; i++) {
        struct guard_variable v = {.name = str_from(names[i]),
                                   .labels = labels,
                                   .outcomes = i < 2 && once_in(d, 2) ? 3 : 2,
                                   .standard = GUARD_NO_OUTCOME,
                                   .doubt = (enum guard_doubt)below(d, 3),
                                   .rank = (uint8_t)below(d, 4),
                                   .doubts_rule = once_in(d, 4)};
        if (once_in(d, 2)) {
            v.standard = below(d, v.outcomes);
        }
        guard_add(d->space, v);
    }
    if (once_in(d, 4)) {
        d->w->family = guard_or(d->space, literal(d), literal(d));
    }
}

static void add_vpcs(struct dice *d)
{
    for (uint32_t n = 1 + below(d, 3); n > 0; n--) {
        uint32_t vpc = world_add_vpc(d->w, numbered(d, "Vpc", d->w->vpcs.n));
        for (uint32_t i = below(d, 3); i > 0; i--) {
            world_add_cidr(d->w, vpc, random_guard(d), prefix_of(PICK(d, blocks_v4)));
        }
        if (once_in(d, 2)) {
            world_add_cidr(d->w, vpc, random_guard(d), prefix_of(PICK(d, blocks_v6)));
        }
    }
}

static uint32_t random_vpc(struct dice *d)
{
    return below(d, d->w->vpcs.n);
}

static void add_gateways(struct dice *d)
{
    static const enum world_gateway_kind others[] = {
        GATEWAY_NAT, GATEWAY_EGRESS_ONLY, GATEWAY_PEERING, GATEWAY_VPN, GATEWAY_INTERFACE};
    for (uint32_t n = 1 + below(d, 2); n > 0; n--) {
        uint32_t g =
            world_add_gateway(d->w, numbered(d, "Igw", d->w->gateways.n), GATEWAY_INTERNET);
        for (uint32_t i = 0; i < d->w->vpcs.n; i++) {
            if (!once_in(d, 6)) {
                world_add_attachment(d->w, g, random_guard(d), i);
            }
        }
        if (once_in(d, 4)) { /* the same one twice, under another guard */
            world_add_attachment(d->w, g, random_guard(d), random_vpc(d));
        }
    }
    for (uint32_t n = below(d, 3); n > 0; n--) {
        uint32_t g =
            world_add_gateway(d->w, numbered(d, "Other", d->w->gateways.n), PICK(d, others));
        world_add_attachment(d->w, g, random_guard(d), random_vpc(d));
    }
}

static struct world_route random_route(struct dice *d)
{
    static const enum world_precedence order[] = {ROUTE_STATIC, ROUTE_STATIC, ROUTE_PREFIX_LIST,
                                                  ROUTE_PROPAGATED};
    struct world_route r = {.when = random_guard(d),
                            .destination = random_prefix(d, random_family(d)),
                            .precedence = PICK(d, order),
                            .gateway = below(d, d->w->gateways.n)};
    if (once_in(d, 2)) {
        r.gateway = 0; /* an internet gateway */
    } else if (once_in(d, 5)) {
        r.gateway = WORLD_NONE;
    }
    return r;
}

static void add_table(struct dice *d, uint32_t vpc)
{
    uint32_t t = world_add_table(d->w, numbered(d, "Table", d->w->tables.n), vpc);
    if (!once_in(d, 6)) {
        struct world_route all = {.when = random_guard(d), .destination = prefix_of("0.0.0.0/0")};
        world_add_route(d->w, t, all);
        all.destination = prefix_of("::/0");
        world_add_route(d->w, t, all);
    }
    for (uint32_t n = below(d, 4); n > 0; n--) {
        world_add_route(d->w, t, random_route(d));
    }
}

static void add_random_entry(struct dice *d, uint32_t acl, bool egress)
{
    struct world_entry e = {.when = random_guard(d),
                            .number = (int32_t)(90 + 5 * below(d, 5)),
                            .egress = egress,
                            .allow = !once_in(d, 3),
                            .protocol = random_protocol(d),
                            .ports = random_ports(d),
                            .prefix = random_prefix(d, random_family(d))};
    world_add_entry(d->w, acl, e);
}

/* Answers only to some ports, often low ones: what A-LOWPORT is for. */
static void add_narrow_answers(struct dice *d, uint32_t acl)
{
    for (uint32_t f = NET_V4; f <= NET_V6; f++) {
        struct world_entry e = {.when = random_guard(d),
                                .number = 100,
                                .allow = true,
                                .protocol = PROTOCOL_ALL,
                                .prefix = prefix_of(f == NET_V4 ? "0.0.0.0/0" : "::/0")};
        world_add_entry(d->w, acl, e);
        e.egress = true;
        e.protocol = once_in(d, 4) ? PROTOCOL_UDP : PROTOCOL_TCP;
        e.ports = once_in(d, 2) ? random_ports(d) : (struct ports){80, 80};
        world_add_entry(d->w, acl, e);
    }
}

static void add_acl(struct dice *d)
{
    uint32_t acl = world_add_acl(d->w, numbered(d, "Acl", d->w->acls.n));
    uint32_t style = below(d, 4);
    if (style < 2) {
        world_add_default_entries(d->w, acl, random_guard(d));
    } else if (style == 2) {
        add_narrow_answers(d, acl);
    }
    for (uint32_t n = below(d, style == 3 ? 8 : 4); n > 0; n--) {
        add_random_entry(d, acl, once_in(d, 2));
    }
}

static struct ipset random_remote(struct dice *d)
{
    struct prefix list[3];
    enum net_family f = random_family(d);
    if (!once_in(d, 3)) {
        return ipset_all(f);
    }
    size_t n = once_in(d, 10) ? 0 : 1 + below(d, 3);
    for (size_t i = 0; i < n; i++) {
        list[i] = random_prefix(d, f);
    }
    return ipset_of_prefixes(d->a, f, list, n);
}

static void add_groups(struct dice *d)
{
    uint32_t count = 1 + below(d, 4);
    for (uint32_t g = 0; g < count; g++) {
        world_add_group(d->w, numbered(d, "Group", g), once_in(d, 8) ? WORLD_NONE : random_vpc(d));
    }
    for (uint32_t g = 0; g < count; g++) {
        for (uint32_t n = once_in(d, 8) ? 0 : 1 + below(d, 5); n > 0; n--) {
            struct world_rule r = {.when = random_guard(d),
                                   .egress = once_in(d, 10),
                                   .protocol = random_protocol(d),
                                   .ports = random_ports(d),
                                   .group = once_in(d, 8) ? below(d, count) : WORLD_NONE,
                                   .remote = random_remote(d)};
            world_add_rule(d->w, g, r);
        }
    }
}

/* One alternative always, or two that split on a literal, or one that is not always there. */
static void choose(struct dice *d, uint32_t subnet, uint32_t first, uint32_t second,
                   uint32_t (*add)(struct world *, uint32_t, struct guard, uint32_t))
{
    struct guard g = literal(d);
    if (!once_in(d, 3)) {
        add(d->w, subnet, once_in(d, 12) ? g : GUARD_TRUE, first);
        return;
    }
    add(d->w, subnet, g, first);
    add(d->w, subnet, guard_not(d->space, g), second);
}

static void add_subnets(struct dice *d)
{
    uint32_t first_table = 0;
    for (uint32_t v = 0; v < d->w->vpcs.n; v++) {
        add_table(d, v);
        add_table(d, v);
        for (uint32_t n = 1 + below(d, 2); n > 0 && d->w->subnets.n < 4; n--) {
            uint32_t s = world_add_subnet(d->w, numbered(d, "Subnet", d->w->subnets.n), v);
            uint32_t other_table = first_table + below(d, 2);
            choose(d, s, first_table, other_table, world_choose_table);
            choose(d, s, below(d, d->w->acls.n), below(d, d->w->acls.n), world_choose_acl);
        }
        first_table += 2;
    }
}

static void place(struct dice *d, uint32_t interface, struct guard when)
{
    struct world_placement p = {.when = when,
                                .subnet = below(d, d->w->subnets.n),
                                .public4 = random_guard(d),
                                .public4_id = WORLD_NONE,
                                .has4 = once_in(d, 6) ? random_guard(d) : GUARD_TRUE,
                                .has6 = once_in(d, 4) ? GUARD_FALSE : random_guard(d)};
    world_place(d->w, interface, p);
}

static void add_interfaces(struct dice *d)
{
    for (uint32_t n = 1 + below(d, 3); n > 0; n--) {
        uint32_t owner =
            world_add_owner(d->w, numbered(d, "Server", d->w->owners.n), STR("AWS::EC2::Instance"));
        uint32_t i = world_add_interface(d->w, numbered(d, "Interface", d->w->interfaces.n),
                                         once_in(d, 12) ? WORLD_NONE : owner);
        d->w->interfaces.at[i].when = random_guard(d);
        uint32_t var = below(d, guard_count(d->space));
        if (once_in(d, 3)) { /* somewhere else for each outcome, perhaps nowhere for one */
            for (uint32_t o = 0; o < guard_variable(d->space, var)->outcomes; o++) {
                if (!once_in(d, 6)) {
                    place(d, i, guard_is(d->space, var, o));
                }
            }
        } else {
            place(d, i, GUARD_TRUE);
        }
        for (uint32_t g = once_in(d, 10) ? 0 : 1 + below(d, 3); g > 0; g--) {
            world_join(d->w, i, random_guard(d), below(d, d->w->groups.n));
        }
    }
}

static struct world *public_world(struct dice *d)
{
    for (int i = 0; i < 8; i++) { /* near seeds start alike */
        below(d, 2);
    }
    add_variables(d);
    add_vpcs(d);
    add_gateways(d);
    for (uint32_t n = 1 + below(d, 3); n > 0; n--) {
        add_acl(d);
    }
    add_groups(d);
    add_subnets(d);
    add_interfaces(d);
    return d->w;
}

static struct dice new_dice(struct arena *a, uint32_t number)
{
    struct guard_space *space = guard_space_new(a);
    return (struct dice){
        a, world_new(a, space), space, {UINT64_C(0x9E3779B97F4A7C15) * (number + 1)}};
}

struct world *random_world(struct arena *a, uint32_t number)
{
    struct dice d = new_dice(a, number);
    return public_world(&d);
}

static const char *const private_v4[] = {
    "10.0.0.0/8",  "10.1.0.0/16", "10.1.2.0/24", "10.0.1.0/24",    "10.0.1.128/25",
    "10.0.0.0/16", "0.0.0.0/0",   "52.0.0.0/17", "192.168.0.0/16",
};
static const char *const private_v6[] = {
    "fd00::/8", "fd00:0:0:1::/64", "2600:1f00:0:1::/64", "::/0", "2600:1f00::/56",
};

static struct prefix private_prefix(struct dice *d, enum net_family f)
{
    return prefix_of(f == NET_V4 ? PICK(d, private_v4) : PICK(d, private_v6));
}

static void add_subnet_cidrs(struct dice *d)
{
    static const char *const v4[] = {"10.0.1.0/24", "10.0.0.0/23", "52.0.0.0/24", "10.1.2.0/25"};
    static const char *const v6[] = {"2600:1f00:0:1::/64", "fd00:0:0:1::/64"};
    for (uint32_t s = 0; s < d->w->subnets.n; s++) {
        if (!once_in(d, 6)) {
            world_add_subnet_cidr(d->w, s, random_guard(d), prefix_of(PICK(d, v4)));
        }
        if (once_in(d, 2)) {
            world_add_subnet_cidr(d->w, s, random_guard(d), prefix_of(PICK(d, v6)));
        }
    }
}

static uint32_t random_subnet(struct dice *d)
{
    return below(d, d->w->subnets.n);
}

static void attach_private(struct dice *d, uint32_t gateway, uint32_t vpc)
{
    world_add_attachment(d->w, gateway, once_in(d, 2) ? GUARD_TRUE : random_guard(d), vpc);
    struct world_gateway *g = &d->w->gateways.at[gateway];
    struct world_attachment *a = &g->attachments.at[g->attachments.n - 1];
    a->any_source = once_in(d, 3) ? random_guard(d) : GUARD_FALSE;
    a->remote_vpc = once_in(d, 4) ? WORLD_NONE : random_vpc(d);
    a->group_references = once_in(d, 4) ? GUARD_FALSE : random_guard(d);
    for (uint32_t n = below(d, 4); n > 0; n--) {
        world_add_source(d->w, gateway, random_guard(d), private_prefix(d, random_family(d)));
    }
}

static void add_private_gateways(struct dice *d)
{
    static const enum world_gateway_kind kinds[] = {GATEWAY_PEERING, GATEWAY_VPN, GATEWAY_TRANSIT,
                                                    GATEWAY_PEERING, GATEWAY_LOCAL};
    for (uint32_t n = 1 + below(d, 2); n > 0; n--) {
        uint32_t g =
            world_add_gateway(d->w, numbered(d, "Private", d->w->gateways.n), PICK(d, kinds));
        for (uint32_t v = 0; v < d->w->vpcs.n; v++) {
            for (uint32_t times = once_in(d, 5) ? below(d, 3) : 1; times > 0; times--) {
                attach_private(d, g, v);
            }
        }
        for (uint32_t t = 0; t < d->w->tables.n; t++) {
            for (uint32_t routes = once_in(d, 4) ? 0 : 1 + below(d, 2); routes > 0; routes--) {
                struct world_route r = random_route(d);
                r.gateway = g;
                r.unknown = once_in(d, 5);
                if (!once_in(d, 4)) {
                    r.destination = private_prefix(d, random_family(d));
                }
                world_add_route(d->w, t, r);
            }
        }
    }
}

static void add_middlebox(struct dice *d)
{
    uint32_t box = world_add_gateway(d->w, numbered(d, "Box", d->w->gateways.n), GATEWAY_INTERFACE);
    d->w->gateways.at[box].subnet = random_subnet(d);
    d->w->gateways.at[box].passes = random_guard(d);
    for (uint32_t t = 0; t < d->w->tables.n; t++) {
        struct world_route r = random_route(d);
        r.gateway = box;
        if (once_in(d, 2)) {
            world_add_route(d->w, t, r);
        }
    }
    for (uint32_t g = 0; g < d->w->gateways.n; g++) {
        for (uint32_t s = 0; once_in(d, 2) && s < d->w->subnets.n; s++) {
            struct guard x = literal(d);
            struct world_ingress in = {.when = once_in(d, 3) ? GUARD_TRUE : x, .subnet = s};
            in.middlebox = once_in(d, 3) ? WORLD_NONE : box;
            if (d->w->gateways.at[g].ingress.n > 0) {
                continue; /* guards of one subnet are disjoint */
            }
            world_add_ingress(d->w, g, in);
            if (!guard_is_true(in.when) && once_in(d, 2)) {
                in.when = guard_not(d->space, x);
                in.middlebox = once_in(d, 2) ? WORLD_NONE : box;
                world_add_ingress(d->w, g, in);
            }
        }
    }
}

static void add_private_rules(struct dice *d)
{
    for (uint32_t g = 0; g < d->w->groups.n; g++) {
        for (uint32_t n = below(d, 3); n > 0; n--) {
            struct world_rule r = {.when = random_guard(d),
                                   .protocol = random_protocol(d),
                                   .ports = random_ports(d),
                                   .group = WORLD_NONE};
            enum net_family f = random_family(d);
            if (once_in(d, 2)) {
                r.group = below(d, d->w->groups.n);
            } else {
                r.remote = ipset_of(d->a, private_prefix(d, f));
            }
            world_add_rule(d->w, g, r);
        }
    }
}

static void add_entrances(struct dice *d)
{
    for (uint32_t n = 1 + below(d, 2); n > 0; n--) {
        bool vpn = once_in(d, 2);
        struct world_entrance e = {
            .edge = vpn ? EDGE_CLIENT_VPN : EDGE_MANAGED,
            .gateway = world_add_gateway(d->w, numbered(d, "Tunnel", d->w->gateways.n),
                                         vpn ? GATEWAY_CLIENT_VPN : GATEWAY_CONNECT),
            .when = random_guard(d),
            .subnet = random_subnet(d),
            .carries6 = random_guard(d),
        };
        for (uint32_t g = below(d, 3); g > 0; g--) {
            *VEC_ADD(d->a, &e.groups) = (struct world_membership){
                .when = random_guard(d), .group = below(d, d->w->groups.n)};
        }
        for (uint32_t s = once_in(d, 3) ? 1 + below(d, 2) : 0; s > 0; s--) {
            *VEC_ADD(d->a, &e.destinations) =
                (struct world_source){.id = world_next_id(d->w),
                                      .when = random_guard(d),
                                      .prefix = private_prefix(d, random_family(d))};
        }
        world_add_entrance(d->w, e);
        if (once_in(d, 4)) {
            e.subnet = random_subnet(d);
            world_add_entrance(d->w, e);
        }
    }
}

/* ACLs that let everything through, so that what lies behind them is seen. */
static void open_acls(struct dice *d)
{
    for (uint32_t acl = 0; acl < d->w->acls.n; acl++) {
        for (uint32_t n = 0; n < 4; n++) {
            world_add_entry(
                d->w, acl,
                (struct world_entry){.when = GUARD_TRUE,
                                     .number = 1,
                                     .egress = n % 2 == 1,
                                     .allow = true,
                                     .protocol = PROTOCOL_ALL,
                                     .prefix = prefix_of(n < 2 ? "0.0.0.0/0" : "::/0")});
        }
    }
}

struct world *random_private_world(struct arena *a, uint32_t number)
{
    struct dice d = new_dice(a, number);
    public_world(&d);
    if (once_in(&d, 2)) {
        open_acls(&d);
    }
    add_subnet_cidrs(&d);
    add_private_gateways(&d);
    if (once_in(&d, 2)) {
        add_middlebox(&d);
    }
    add_private_rules(&d);
    if (once_in(&d, 2)) {
        add_entrances(&d);
    }
    return d.w;
}
