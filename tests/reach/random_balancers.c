/*
 * Rules, entries and forwards name a few prefixes only: the internet, parts of it, the VPC, a
 * subnet, half a subnet.
 */
#include "tests/reach/random_balancers.h"

#include "tests/check.h"

enum { SUBNETS = 3, GROUPS = 4, TARGET_GROUPS = 3 };

struct dice {
    struct arena *a;
    struct world *w;
    struct check_random r;
    bool is_private; /* with edges and addresses that are not the internet's */
};

static const char *const prefixes_v4[] = {
    "0.0.0.0/0",   "0.0.0.0/0",   "0.0.0.0/0",   "8.0.0.0/8",   "8.8.8.0/24",
    "10.0.0.0/16", "10.0.0.0/16", "10.0.0.0/30", "10.0.1.0/30", "10.0.2.0/30",
    "10.0.0.0/31", "10.0.0.2/31", "10.0.1.2/31", "10.0.2.0/31", "128.0.0.0/1",
};
static const char *const prefixes_v6[] = {
    "::/0",
    "::/0",
    "::/0",
    "2600::/16",
    "2600:1f00::/56",
    "2600:1f00::/126",
    "2600:1f00:0:1::/126",
    "2600:1f00:0:2::/127",
};
static const char *const clients_v4[] = {"8.8.8.8", "8.1.1.1", "52.0.0.1", "150.1.1.1"};
static const char *const clients_v6[] = {"2600:ffff::1", "2a00::1"};
static const char *const subnets_v4[SUBNETS] = {"10.0.0.0/30", "10.0.1.0/30", "10.0.2.0/30"};
static const char *const subnets_v6[SUBNETS] = {"2600:1f00::/126", "2600:1f00:0:1::/126",
                                                "2600:1f00:0:2::/126"};
/* Beyond the private edges: a VPC of four addresses, a larger one, something else. */
static const char *const private_v4[] = {
    "10.1.0.0/30", "10.1.0.0/31", "10.1.0.0/16", "10.0.0.0/8", "192.168.0.0/16",
};
static const char *const private_v6[] = {"2600:1f01::/126", "2600:1f01::/127", "fd00::/8"};
static const char *const private_clients_v4[] = {
    "8.8.8.8",   "8.1.1.1",  "52.0.0.1",    "150.1.1.1", "10.1.0.0", "10.1.0.2",
    "10.1.0.99", "10.9.0.1", "192.168.0.1", "10.0.0.0",  "10.0.0.2", "10.0.2.1",
};
static const char *const private_clients_v6[] = {
    "2600:ffff::1", "2a00::1", "2600:1f01::", "2600:1f01::2", "2600:1f00::1", "fd00::1",
};
static const uint16_t ports[] = {80, 443, 8080};

#define PICK(d, list) ((list)[below((d), sizeof(list) / sizeof *(list))])

struct random_clients random_clients(enum net_family f)
{
    return f == NET_V4 ? (struct random_clients){clients_v4, 4}
                       : (struct random_clients){clients_v6, 2};
}

struct random_clients random_private_clients(enum net_family f)
{
    return f == NET_V4 ? (struct random_clients){private_clients_v4, 12}
                       : (struct random_clients){private_clients_v6, 6};
}

static uint32_t below(struct dice *d, size_t n)
{
    return check_random_below(&d->r, (uint32_t)n);
}

static bool once_in(struct dice *d, uint32_t n)
{
    return below(d, n) == 0;
}

static struct prefix prefix_of(const char *text)
{
    struct prefix p = {NET_V4, 0, {0, 0}};
    assert_true(prefix_parse(str_from(text), &p, NULL));
    return p;
}

static struct prefix private_prefix(struct dice *d)
{
    return prefix_of(once_in(d, 3) ? PICK(d, private_v6) : PICK(d, private_v4));
}

static struct prefix random_prefix(struct dice *d)
{
    if (d->is_private && once_in(d, 2)) {
        return private_prefix(d);
    }
    return prefix_of(once_in(d, 4) ? PICK(d, prefixes_v6) : PICK(d, prefixes_v4));
}

static struct guard random_guard(struct dice *d)
{
    uint32_t var = below(d, guard_count(d->w->space));
    switch (below(d, 10)) {
    case 0:
        return guard_is(d->w->space, var, 0);
    case 1:
        return guard_is(d->w->space, var, 1);
    default:
        return once_in(d, 30) ? GUARD_FALSE : GUARD_TRUE;
    }
}

static struct guard either(struct dice *d)
{
    return once_in(d, 3) ? random_guard(d) : once_in(d, 2) ? GUARD_TRUE : GUARD_FALSE;
}

static struct ports random_ports(struct dice *d)
{
    uint16_t p = PICK(d, ports);
    return !once_in(d, 3) ? PORTS_ALL : (struct ports){p, p};
}

static int random_protocol(struct dice *d)
{
    static const int list[] = {PROTOCOL_TCP, PROTOCOL_TCP, PROTOCOL_TCP, PROTOCOL_ALL,
                               PROTOCOL_UDP};
    return PICK(d, list);
}

static struct str numbered(struct dice *d, const char *kind, size_t n)
{
    return str_format(d->a, "%s%u", kind, (unsigned)n);
}

static void add_variables(struct dice *d)
{
    static const char *const names[] = {"A", "B", "C"};
    for (size_t i = 0; i < 3; i++) {
        guard_add(d->w->space, (struct guard_variable){.name = str_from(names[i]),
                                                       .outcomes = 2,
                                                       .standard = GUARD_NO_OUTCOME});
    }
}

static void add_entries(struct dice *d, uint32_t acl)
{
    for (uint32_t n = below(d, 4); n > 0; n--) {
        struct world_entry e = {.when = random_guard(d),
                                .number = (int32_t)(90 + 5 * below(d, 4)),
                                .egress = once_in(d, 2),
                                .allow = once_in(d, 3),
                                .protocol = random_protocol(d),
                                .ports = random_ports(d),
                                .prefix = random_prefix(d)};
        if (once_in(d, 3)) {
            e.ports = (struct ports){1024, 65535};
        }
        world_add_entry(d->w, acl, e);
    }
}

static void add_subnets(struct dice *d)
{
    struct world *w = d->w;
    uint32_t vpc = world_add_vpc(w, STR("Vpc"));
    world_add_cidr(w, vpc, GUARD_TRUE, prefix_of("10.0.0.0/16"));
    world_add_cidr(w, vpc, GUARD_TRUE, prefix_of("2600:1f00::/56"));
    uint32_t g = world_add_gateway(w, STR("Igw"), GATEWAY_INTERNET);
    world_add_attachment(w, g, random_guard(d), vpc);
    for (uint32_t i = 0; i < SUBNETS; i++) {
        uint32_t s = world_add_subnet(w, numbered(d, "Subnet", i), vpc);
        uint32_t table = world_add_table(w, numbered(d, "Table", i), vpc);
        uint32_t acl = world_add_acl(w, numbered(d, "Acl", i));
        world_add_subnet_cidr(w, s, GUARD_TRUE, prefix_of(subnets_v4[i]));
        world_add_subnet_cidr(w, s, GUARD_TRUE, prefix_of(subnets_v6[i]));
        world_choose_table(w, s, GUARD_TRUE, table);
        world_choose_acl(w, s, GUARD_TRUE, once_in(d, 3) ? 0 : acl);
        world_add_default_entries(w, acl, random_guard(d));
        add_entries(d, acl);
        struct world_route r = {.when = random_guard(d), .destination = prefix_of("0.0.0.0/0")};
        if (i < 2) {
            world_add_route(w, table, r);
            r.destination = prefix_of("::/0");
            world_add_route(w, table, r);
        }
    }
}

static void add_rule(struct dice *d, uint32_t group, bool egress)
{
    struct prefix p = random_prefix(d);
    struct world_rule r = {.when = random_guard(d),
                           .egress = egress,
                           .protocol = random_protocol(d),
                           .ports = random_ports(d),
                           .group = once_in(d, 3) ? below(d, GROUPS) : WORLD_NONE,
                           .remote = ipset_of(d->a, p)};
    world_add_rule(d->w, group, r);
}

static void add_groups(struct dice *d)
{
    for (uint32_t i = 0; i < GROUPS; i++) {
        world_add_group(d->w, numbered(d, "Group", i), 0);
    }
    for (uint32_t i = 0; i < GROUPS; i++) {
        for (uint32_t n = 1 + below(d, 4); n > 0; n--) {
            add_rule(d, i, false);
        }
        for (uint32_t n = below(d, 3); n > 0; n--) {
            add_rule(d, i, true);
        }
        struct world_rule all = {.when = random_guard(d),
                                 .egress = true,
                                 .protocol = PROTOCOL_ALL,
                                 .ports = PORTS_ALL,
                                 .group = WORLD_NONE,
                                 .remote = ipset_all(NET_V4)};
        if (!once_in(d, 3)) {
            world_add_rule(d->w, i, all);
        }
    }
}

static uint32_t add_interface(struct dice *d, const char *kind, uint32_t owner, uint32_t subnet)
{
    uint32_t n = world_add_interface(d->w, numbered(d, kind, d->w->interfaces.n), owner);
    world_place(d->w, n,
                (struct world_placement){.when = GUARD_TRUE,
                                         .subnet = subnet,
                                         .public4 = random_guard(d),
                                         .public4_id = WORLD_NONE,
                                         .has4 = once_in(d, 6) ? random_guard(d) : GUARD_TRUE,
                                         .has6 = either(d)});
    d->w->interfaces.at[n].when = random_guard(d);
    for (uint32_t g = 1 + below(d, 3); g > 0; g--) {
        world_join(d->w, n, random_guard(d), below(d, GROUPS));
    }
    return n;
}

static void add_hosts(struct dice *d)
{
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t owner = world_add_owner(d->w, numbered(d, "Host", i), STR("Host"));
        uint32_t n = add_interface(d, "Host", owner, below(d, SUBNETS));
        struct world_interface *host = &d->w->interfaces.at[n];
        host->open = once_in(d, 6) ? random_guard(d) : GUARD_FALSE;
        if (once_in(d, 6)) {
            *VEC_ADD(d->a, &host->listens) = (struct world_listening){
                .when = random_guard(d), .protocol = PROTOCOL_TCP, .ports = random_ports(d)};
        }
    }
}

static void add_target_groups(struct dice *d)
{
    for (uint32_t i = 0; i < TARGET_GROUPS; i++) {
        uint32_t g = world_add_target_group(d->w, numbered(d, "Targets", i));
        d->w->target_groups.at[g].preserves = either(d);
        d->w->target_groups.at[g].protocol = random_protocol(d);
        for (uint32_t n = once_in(d, 6) ? 0 : 1 + below(d, 3); n > 0; n--) {
            struct world_target t = {.when = random_guard(d),
                                     .interface = below(d, 3),
                                     .balancer = WORLD_NONE,
                                     .ports = random_ports(d)};
            world_add_target(d->w, g, t);
        }
    }
}

static void add_listeners(struct dice *d, uint32_t balancer)
{
    for (uint32_t n = 1 + below(d, 2); n > 0; n--) {
        uint16_t port = ports[n];
        uint32_t l = world_add_listener(d->w, balancer,
                                        (struct world_listener){.name = STR("Listener"),
                                                                .when = random_guard(d),
                                                                .protocol = random_protocol(d),
                                                                .ports = {port, port}});
        for (uint32_t k = once_in(d, 6) ? 0 : 1 + below(d, 2); k > 0; k--) {
            struct world_forward f = {.when = random_guard(d),
                                      .target_group = below(d, TARGET_GROUPS),
                                      .restricted = once_in(d, 5),
                                      .clients4 = ipset_of(d->a, prefix_of("8.0.0.0/8")),
                                      .clients6 = ipset_of(d->a, prefix_of("2600::/16"))};
            if (d->is_private && once_in(d, 2)) {
                f.clients4 = ipset_of(d->a, prefix_of(PICK(d, private_v4)));
                f.clients6 = ipset_of(d->a, prefix_of(PICK(d, private_v6)));
            }
            world_add_forward(d->w, balancer, l, f);
        }
    }
}

static void add_balancer(struct dice *d)
{
    static const enum world_balancer_kind kinds[] = {BALANCER_CLASSIC, BALANCER_APPLICATION,
                                                     BALANCER_NETWORK, BALANCER_NETWORK};
    struct world *w = d->w;
    size_t i = w->balancers.n;
    uint32_t owner = world_add_owner(w, numbered(d, "Lb", i), STR("LoadBalancer"));
    uint32_t b =
        world_add_balancer(w, numbered(d, "Lb", i),
                           i == 1 && once_in(d, 2) ? BALANCER_NETWORK : PICK(d, kinds), owner);
    uint32_t first = below(d, SUBNETS);
    for (uint32_t k = 0; k < 1 + below(d, 2); k++) {
        uint32_t n = add_interface(d, "LbInterface", owner, (first + k) % SUBNETS);
        w->interfaces.at[n].balancer = b;
        *VEC_ADD(d->a, &w->balancers.at[b].interfaces) = n;
    }
    w->balancers.at[b].filters =
        w->balancers.at[b].kind == BALANCER_NETWORK ? either(d) : GUARD_TRUE;
    for (uint32_t from = 0; from < SUBNETS; from++) {
        for (uint32_t to = 0; to < SUBNETS; to++) {
            if (!once_in(d, 4)) {
                *VEC_ADD(d->a, &w->balancers.at[b].services) =
                    (struct world_service){.when = random_guard(d), .from = from, .to = to};
            }
        }
    }
    add_listeners(d, b);
}

/* What is not written of an attachment is not known; what is not routed does not come in. */
static void add_private_gateway(struct dice *d)
{
    static const enum world_gateway_kind kinds[] = {GATEWAY_PEERING, GATEWAY_VPN, GATEWAY_TRANSIT,
                                                    GATEWAY_PEERING, GATEWAY_LOCAL};
    struct world *w = d->w;
    uint32_t g = world_add_gateway(w, numbered(d, "Private", w->gateways.n), PICK(d, kinds));
    world_add_attachment(w, g, random_guard(d), 0);
    struct world_attachment *at = &w->gateways.at[g].attachments.at[0];
    at->any_source = either(d);
    at->remote_vpc = WORLD_NONE;
    at->group_references = GUARD_FALSE;
    for (uint32_t n = 1 + below(d, 3); n > 0; n--) {
        world_add_source(w, g, random_guard(d), private_prefix(d));
    }
    for (uint32_t t = 0; t < w->tables.n; t++) {
        for (uint32_t n = 1 + below(d, 3); n > 0; n--) {
            world_add_route(w, t,
                            (struct world_route){.when = random_guard(d),
                                                 .destination = private_prefix(d),
                                                 .precedence = ROUTE_STATIC,
                                                 .gateway = once_in(d, 6) ? WORLD_NONE : g,
                                                 .unknown = once_in(d, 8)});
        }
    }
}

/* Whoever is let in by the service comes to a network balancer as nobody in particular. */
static void add_service(struct dice *d)
{
    struct world *w = d->w;
    uint32_t g = world_add_gateway(w, STR("Service"), GATEWAY_SERVICE);
    for (uint32_t b = 0; b < w->balancers.n; b++) {
        if (w->balancers.at[b].kind == BALANCER_NETWORK) {
            world_add_shortcut(w, (struct world_shortcut){.edge = EDGE_PRIVATELINK,
                                                          .gateway = g,
                                                          .when = random_guard(d),
                                                          .balancer = b,
                                                          .interface = WORLD_NONE,
                                                          .protocol = PROTOCOL_ALL,
                                                          .ports = PORTS_ALL,
                                                          .target = PORTS_ALL});
        }
    }
}

static struct world *make(struct arena *a, uint32_t number, bool is_private)
{
    struct guard_space *space = guard_space_new(a);
    struct dice d = {
        a, world_new(a, space), {UINT64_C(0x9E3779B97F4A7C15) * (number + 1)}, is_private};
    for (int i = 0; i < 8; i++) { /* near seeds start alike */
        below(&d, 2);
    }
    add_variables(&d);
    if (once_in(&d, 4)) {
        d.w->family = guard_is(space, 0, 0);
    }
    add_subnets(&d);
    for (uint32_t n = is_private ? 1 + below(&d, 2) : 0; n > 0; n--) {
        add_private_gateway(&d);
    }
    add_groups(&d);
    add_hosts(&d);
    add_target_groups(&d);
    add_balancer(&d);
    add_balancer(&d);
    if (d.w->balancers.at[1].kind == BALANCER_NETWORK && once_in(&d, 2)) {
        uint16_t port = PICK(&d, ports);
        world_add_target(d.w, below(&d, TARGET_GROUPS),
                         (struct world_target){.when = random_guard(&d),
                                               .interface = WORLD_NONE,
                                               .balancer = 0,
                                               .ports = {port, port}});
    }
    if (is_private) {
        add_service(&d);
    }
    return d.w;
}

struct world *random_balancers(struct arena *a, uint32_t number)
{
    return make(a, number, false);
}

struct world *random_private_balancers(struct arena *a, uint32_t number)
{
    return make(a, number, true);
}
