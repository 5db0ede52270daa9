/*
 * The front is the simulator's own business. Each hop is judged for a pair of addresses; then
 * who may have which address is settled: what holds for all of a subnet holds, what holds for
 * some holds if A-ADDR says so (SEMANTICS 0.7).
 */
#include "tests/reach/simulator_balancer.h"

#include "tests/reach/simulator.h"

struct relay {
    struct world *w;
    const uint32_t *outcome;
    const struct sim_connection *c;
};

/* One packet that a balancer sends. */
struct leg {
    const struct world_balancer *balancer;
    uint32_t from; /* interface */
    uint32_t to;
    enum net_family family;
    uint16_t port;
    bool keeps_client;
    struct address source; /* what the target sees */
    struct address target;
};

static bool is_live(const struct relay *k, struct guard when)
{
    return guard_holds(k->w->space, when, k->outcome);
}

static const struct world_placement *placed(const struct relay *k, uint32_t interface)
{
    return &k->w->interfaces.at[interface].placements.at[0];
}

static bool has(const struct relay *k, uint32_t interface, enum net_family f)
{
    const struct world_placement *p = placed(k, interface);
    return is_live(k, f == NET_V4 ? p->has4 : p->has6);
}

static bool is_meant(const struct relay *k, int protocol, struct ports ports, uint16_t port)
{
    return protocol == PROTOCOL_ALL || (protocol == k->c->protocol && ports_has(ports, port));
}

static bool acl_allows(const struct relay *k, uint32_t subnet, bool egress, enum net_family f,
                       struct address remote, uint16_t port)
{
    const struct world_acl *acl = &k->w->acls.at[k->w->subnets.at[subnet].acls.at[0].index];
    const struct world_entry *decides = NULL;
    struct prefix one = {f, f == NET_V4 ? 32 : 128, remote};
    for (size_t i = 0; i < acl->entries.n; i++) {
        const struct world_entry *e = &acl->entries.at[i];
        if (e->egress == egress && is_live(k, e->when) && prefix_covers(e->prefix, one) &&
            is_meant(k, e->protocol, e->ports, port) &&
            (decides == NULL || e->number < decides->number ||
             (e->number == decides->number && e->id < decides->id))) {
            decides = e;
        }
    }
    return decides != NULL && decides->allow;
}

/* The balancer takes some port from 1024 on; the entries change at these only. */
static bool answer_passes(const struct relay *k, const struct leg *g, uint32_t near, uint32_t far)
{
    static const uint16_t tries[] = {1024, 8079, 8080, 8081, 65535};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        if (acl_allows(k, far, true, g->family, g->source, tries[i]) &&
            acl_allows(k, near, false, g->family, g->target, tries[i])) {
            return true;
        }
    }
    return false;
}

static bool carries(const struct relay *k, uint32_t interface, uint32_t group)
{
    const struct world_interface *n = &k->w->interfaces.at[interface];
    for (size_t i = 0; i < n->groups.n; i++) {
        if (n->groups.at[i].group == group && is_live(k, n->groups.at[i].when)) {
            return true;
        }
    }
    return false;
}

/* Does some rule of the interface's groups match the other end? */
static bool rules_match(const struct relay *k, const struct leg *g, bool egress)
{
    uint32_t here = egress ? g->from : g->to;
    uint32_t there = egress ? g->to : g->from;
    struct address remote = egress ? g->target : g->source;
    const struct world_interface *n = &k->w->interfaces.at[here];
    for (size_t i = 0; i < n->groups.n; i++) {
        const struct world_group *group = &k->w->groups.at[n->groups.at[i].group];
        for (size_t m = 0; is_live(k, n->groups.at[i].when) && m < group->rules.n; m++) {
            const struct world_rule *r = &group->rules.at[m];
            bool other_end = r->group != WORLD_NONE
                                 ? carries(k, there, r->group)
                                 : r->remote.family == g->family && ipset_has(r->remote, remote);
            if (r->egress == egress && is_live(k, r->when) && other_end &&
                is_meant(k, r->protocol, r->ports, g->port)) {
                return true;
            }
        }
    }
    return false;
}

static bool takes_unasked(const struct relay *k, uint32_t interface)
{
    const struct world_interface *n = &k->w->interfaces.at[interface];
    return is_live(k, n->open) ||
           (n->balancer != WORLD_NONE && !is_live(k, k->w->balancers.at[n->balancer].filters));
}

/* One packet from one address to another. */
static bool leg_passes(const struct relay *k, const struct leg *g)
{
    uint32_t near = placed(k, g->from)->subnet;
    uint32_t far = placed(k, g->to)->subnet;
    bool crosses = near != far;
    if (is_live(k, g->balancer->filters) && !rules_match(k, g, true)) {
        return false;
    }
    if ((crosses || g->balancer->kind == BALANCER_CLASSIC) &&
        !acl_allows(k, near, true, g->family, g->target, g->port)) {
        return false;
    }
    if (crosses && (!acl_allows(k, far, false, g->family, g->source, g->port) ||
                    !answer_passes(k, g, near, far))) {
        return false;
    }
    return takes_unasked(k, g->to) || rules_match(k, g, false);
}

/* The addresses of the family that something in the interface's subnet may have: four. */
static struct address address_at(const struct relay *k, uint32_t interface, enum net_family f,
                                 int i)
{
    const struct world_subnet *s = &k->w->subnets.at[placed(k, interface)->subnet];
    struct address a = s->cidrs.at[f == NET_V4 ? 0 : 1].prefix.first;
    while (i-- > 0) {
        a = address_next(a);
    }
    return a;
}

static bool by_service(const struct relay *k)
{
    return k->w->gateways.at[k->c->gateway].kind == GATEWAY_SERVICE;
}

static bool assumed(const struct relay *k, uint32_t interface)
{
    return is_live(k, world_fact(k->w, FACT_ADDR, k->w->interfaces.at[interface].name));
}

/* To one address of the target; whose own address is seen, may be any of four. */
static bool passes_to(const struct relay *k, struct leg g)
{
    int n = 0;
    if (g.keeps_client) {
        g.source = k->c->client;
        return leg_passes(k, &g);
    }
    for (int i = 0; i < 4; i++) {
        g.source = address_at(k, g.from, g.family, i);
        n += leg_passes(k, &g);
    }
    return n == 4 || (n > 0 && assumed(k, g.from));
}

static bool hop_passes(const struct relay *k, struct leg g)
{
    int n = 0;
    if (!has(k, g.to, g.family) || !is_live(k, k->w->interfaces.at[g.to].when)) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        g.target = address_at(k, g.to, g.family, i);
        n += passes_to(k, g);
    }
    return n == 4 || (n > 0 && assumed(k, g.to));
}

/* SEMANTICS 10.3, and where there is no client's address to keep. */
static bool forwarded(const struct relay *k, uint32_t balancer, uint32_t from,
                      const struct world_target_group *group, const struct world_target *t,
                      uint32_t to, uint16_t port)
{
    const struct world_balancer *b = &k->w->balancers.at[balancer];
    bool network = b->kind == BALANCER_NETWORK;
    enum net_family f = network ? k->c->family : NET_V4;
    if (!has(k, to, f)) {
        f = f == NET_V4 ? NET_V6 : NET_V4;
    }
    bool keeps = network && !by_service(k) && f == k->c->family &&
                 (t->balancer != WORLD_NONE || is_live(k, group->preserves));
    return hop_passes(k, (struct leg){.balancer = b,
                                      .from = from,
                                      .to = to,
                                      .family = f,
                                      .port = port,
                                      .keeps_client = keeps});
}

static bool serves(const struct relay *k, uint32_t balancer, uint32_t from, uint32_t to)
{
    const struct world_balancer *b = &k->w->balancers.at[balancer];
    for (size_t i = 0; i < b->services.n; i++) {
        const struct world_service *s = &b->services.at[i];
        if (s->from == placed(k, from)->subnet && s->to == placed(k, to)->subnet &&
            is_live(k, s->when)) {
            return true;
        }
    }
    return false;
}

static bool listens(const struct relay *k, const struct world_interface *n, uint16_t port)
{
    if (n->balancer != WORLD_NONE) {
        const struct world_balancer *b = &k->w->balancers.at[n->balancer];
        for (size_t i = 0; i < b->listeners.n; i++) {
            const struct world_listener *l = &b->listeners.at[i];
            if (is_live(k, l->when) && is_meant(k, l->protocol, PORTS_ALL, port) &&
                ports_has(l->ports, port)) {
                return true;
            }
        }
        return false;
    }
    for (size_t i = 0; i < n->listens.n; i++) {
        const struct world_listening *l = &n->listens.at[i];
        if (is_live(k, l->when) && is_meant(k, l->protocol, l->ports, port)) {
            return true;
        }
    }
    return n->listens.n == 0;
}

static bool relayed(const struct relay *k, uint32_t balancer, uint32_t from, uint16_t port,
                    int depth);

/* To one target, and on if it is a balancer that passes things on. */
static bool target_reached(const struct relay *k, uint32_t balancer, uint32_t from,
                           const struct world_target_group *group, const struct world_target *t,
                           int depth)
{
    const struct world_interface *end = &k->w->interfaces.at[k->c->interface];
    if (t->interface != WORLD_NONE) {
        return t->interface == k->c->interface && ports_has(t->ports, k->c->port) &&
               listens(k, end, k->c->port) && serves(k, balancer, from, t->interface) &&
               forwarded(k, balancer, from, group, t, t->interface, k->c->port);
    }
    const struct world_balancer *next = &k->w->balancers.at[t->balancer];
    uint16_t port = t->ports.begin;
    for (size_t i = 0; depth == 0 && i < next->interfaces.n; i++) {
        uint32_t to = next->interfaces.at[i];
        if (!serves(k, balancer, from, to) || !forwarded(k, balancer, from, group, t, to, port)) {
            continue;
        }
        bool ends = to == k->c->interface && port == k->c->port && listens(k, end, port);
        if (k->c->resolves[t->balancer] ? relayed(k, t->balancer, to, port, 1) : ends) {
            return true;
        }
    }
    return false;
}

static bool speaks(const struct relay *k, int protocol)
{
    return protocol == PROTOCOL_ALL || protocol == k->c->protocol;
}

static bool is_client_of(const struct relay *k, const struct world_forward *f)
{
    return !f->restricted ||
           ipset_has(k->c->family == NET_V4 ? f->clients4 : f->clients6, k->c->client);
}

/* A packet has come to an interface of the balancer at a port: does the next one get there? */
static bool relayed(const struct relay *k, uint32_t balancer, uint32_t from, uint16_t port,
                    int depth)
{
    const struct world_balancer *b = &k->w->balancers.at[balancer];
    for (size_t i = 0; i < b->listeners.n; i++) {
        const struct world_listener *l = &b->listeners.at[i];
        if (!is_live(k, l->when) || !speaks(k, l->protocol) || !ports_has(l->ports, port)) {
            continue;
        }
        for (size_t m = 0; m < l->forwards.n; m++) {
            const struct world_forward *f = &l->forwards.at[m];
            const struct world_target_group *g = &k->w->target_groups.at[f->target_group];
            if (!is_live(k, f->when) || !speaks(k, g->protocol) || !is_client_of(k, f)) {
                continue;
            }
            for (size_t t = 0; t < g->targets.n; t++) {
                if (is_live(k, g->targets.at[t].when) &&
                    target_reached(k, balancer, from, g, &g->targets.at[t], depth)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* Over IPv4, past addresses, routes, ACLs and groups (SEMANTICS 1.7). */
static bool is_served(const struct relay *k, uint32_t interface)
{
    for (size_t i = 0; i < k->w->shortcuts.n; i++) {
        const struct world_shortcut *s = &k->w->shortcuts.at[i];
        if (s->gateway == k->c->gateway && s->balancer == k->c->via && is_live(k, s->when)) {
            return k->c->family == NET_V4 && is_live(k, k->w->interfaces.at[interface].when) &&
                   has(k, interface, NET_V4);
        }
    }
    return false;
}

static bool comes_in(const struct relay *k, uint32_t interface)
{
    if (by_service(k)) {
        return is_served(k, interface);
    }
    struct sim_packet packet = {
        .interface = interface,
        .gateway = k->c->gateway,
        .family = k->c->family,
        .source = k->c->client,
        .protocol = k->c->protocol,
        .port = k->c->listener,
        .rule = WORLD_NONE,
        .waived = takes_unasked(k, interface) ? 1U << SIM_GROUP : 0U,
    };
    enum sim_result result = simulate(k->w, k->outcome, &packet);
    uint32_t acl = k->w->subnets.at[placed(k, interface)->subnet].acls.at[0].index;
    return result == SIM_OPEN ||
           (result == SIM_LOW_CLIENT_PORT &&
            is_live(k, world_fact(k->w, FACT_LOWPORT, k->w->acls.at[acl].name)));
}

bool simulate_balancer(struct world *w, const uint32_t *outcome, const struct sim_connection *c)
{
    const struct relay k = {w, outcome, c};
    const struct world_balancer *b = &w->balancers.at[c->via];
    for (size_t i = 0; i < b->interfaces.n; i++) {
        if (comes_in(&k, b->interfaces.at[i]) &&
            relayed(&k, c->via, b->interfaces.at[i], c->listener, 0)) {
            return true;
        }
    }
    return false;
}

static bool has_target(const struct relay *k, uint32_t balancer)
{
    const struct world_balancer *b = &k->w->balancers.at[balancer];
    for (size_t i = 0; i < b->listeners.n; i++) {
        const struct world_listener *l = &b->listeners.at[i];
        for (size_t m = 0; is_live(k, l->when) && m < l->forwards.n; m++) {
            const struct world_forward *f = &l->forwards.at[m];
            const struct world_target_group *g = &k->w->target_groups.at[f->target_group];
            for (size_t t = 0; is_live(k, f->when) && t < g->targets.n; t++) {
                const struct world_target *target = &g->targets.at[t];
                if (is_live(k, target->when) &&
                    (target->interface == WORLD_NONE ||
                     is_live(k, k->w->interfaces.at[target->interface].when))) {
                    return true;
                }
            }
        }
    }
    return false;
}

bool simulate_resolves(const struct world *w, uint32_t balancer, uint32_t variables)
{
    enum { MOST = 64 };
    uint32_t outcome[MOST] = {0};
    struct world unchanged = *w; /* only read */
    const struct relay k = {&unchanged, outcome, NULL};
    for (uint32_t bits = 0; bits < 1U << variables; bits++) {
        for (uint32_t v = 0; v < variables; v++) {
            outcome[v] = bits >> v & 1;
        }
        if (guard_holds(w->space, w->family, outcome) && has_target(&k, balancer)) {
            return true;
        }
    }
    return false;
}
