/*
 * The walk of a packet and of its answer. Every step scans the plain arrays of the world from
 * front to back; what is absent under the assignment is passed over.
 */
#include "tests/reach/simulator.h"

#include "net/internet.h"

struct walk {
    const struct world *w;
    const uint32_t *outcome;
    const struct sim_packet *packet;
};

static bool is_live(const struct walk *k, struct guard when)
{
    return guard_holds(k->w->space, when, k->outcome);
}

static bool is_within(struct prefix p, enum net_family f, struct address a)
{
    return p.family == f && address_cmp(p.first, a) <= 0 && address_cmp(a, prefix_last(p)) <= 0;
}

static bool is_inside(const struct walk *k, struct prefix p)
{
    return is_within(p, k->packet->family, k->packet->source);
}

/* Ports are looked at for tcp and udp only; "all protocols" means all ports (2.1.5, 2.4.3). */
static bool is_meant(int protocol, struct ports ports, int packet_protocol, uint16_t port)
{
    if (protocol == PROTOCOL_ALL) {
        return true;
    }
    if (protocol != packet_protocol) {
        return false;
    }
    return !protocol_has_ports(protocol) || (ports.begin <= port && port <= ports.end);
}

/* Does entry a come before entry b? (2.4.2: by number; equal numbers in template order) */
static bool is_earlier(const struct world_entry *a, const struct world_entry *b)
{
    return a->number < b->number || (a->number == b->number && a->id < b->id);
}

/* The lowest entry of one direction that matches decides; none: deny (2.4.2). */
static bool acl_allows(const struct walk *k, const struct world_acl *acl, bool egress,
                       uint16_t port)
{
    const struct world_entry *decides = NULL;
    for (size_t i = 0; i < acl->entries.n; i++) {
        const struct world_entry *e = &acl->entries.at[i];
        if (e->egress == egress && is_live(k, e->when) && is_inside(k, e->prefix) &&
            is_meant(e->protocol, e->ports, k->packet->protocol, port) &&
            (decides == NULL || is_earlier(e, decides))) {
            decides = e;
        }
    }
    return decides != NULL && decides->allow;
}

/* Some client port in [begin, end] to which the answer may go (0.5). Between the bounds of the
 * entries nothing changes, so `begin` and the first port at and after each entry will do. */
static bool answer_passes(const struct walk *k, const struct world_acl *acl, uint16_t begin,
                          uint16_t end)
{
    if (acl_allows(k, acl, true, begin)) {
        return true;
    }
    for (size_t i = 0; i < acl->entries.n; i++) {
        struct ports p = acl->entries.at[i].ports;
        if (begin <= p.begin && p.begin <= end && acl_allows(k, acl, true, p.begin)) {
            return true;
        }
        if (begin <= p.end && p.end < end && acl_allows(k, acl, true, (uint16_t)(p.end + 1))) {
            return true;
        }
    }
    return false;
}

bool sim_may_be_at(const struct world *w, const uint32_t *outcome, uint32_t subnet,
                   enum net_family f, struct address a)
{
    const struct world_subnet *s = &w->subnets.at[subnet];
    bool known = false;
    for (size_t i = 0; i < s->cidrs.n; i++) {
        if (s->cidrs.at[i].prefix.family == f &&
            guard_holds(w->space, s->cidrs.at[i].when, outcome)) {
            known = true;
            if (is_within(s->cidrs.at[i].prefix, f, a)) {
                return true;
            }
        }
    }
    return !known;
}

/* Does something in the subnet beyond the gateway carry the group, and does the attachment let
 * rules refer to it? (2.1.6) */
static bool is_carried_beyond(const struct walk *k, uint32_t group, uint32_t vpc)
{
    uint32_t there = k->w->subnets.at[k->packet->from].vpc;
    uint32_t home = k->w->groups.at[group].vpc;
    const struct world_gateway *g = &k->w->gateways.at[k->packet->gateway];
    bool crosses = g->kind == GATEWAY_PEERING || g->kind == GATEWAY_TRANSIT;
    bool referable = false;
    for (size_t i = 0; i < g->attachments.n; i++) {
        const struct world_attachment *a = &g->attachments.at[i];
        referable = referable || (a->vpc == vpc && a->remote_vpc == there && is_live(k, a->when) &&
                                  is_live(k, a->group_references));
    }
    if (!crosses || !referable || (home != WORLD_NONE && home != there)) {
        return false;
    }
    for (size_t i = 0; i < k->w->interfaces.n; i++) {
        const struct world_interface *n = &k->w->interfaces.at[i];
        for (size_t p = 0; n->owner != WORLD_NONE && p < n->placements.n; p++) {
            const struct world_placement *place = &n->placements.at[p];
            if (place->subnet != k->packet->from || !is_live(k, n->when) ||
                !is_live(k, place->when) ||
                !is_live(k, k->packet->family == NET_V4 ? place->has4 : place->has6)) {
                continue;
            }
            for (size_t m = 0; m < n->groups.n; m++) {
                if (n->groups.at[m].group == group && is_live(k, n->groups.at[m].when)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* A rule that names a group is for private sources and never matches one from the internet
 * (2.1.6). */
static bool rule_knows_source(const struct walk *k, const struct world_rule *r, uint32_t vpc)
{
    if (k->packet->refers) {
        return r->group != WORLD_NONE && is_carried_beyond(k, r->group, vpc);
    }
    return r->group == WORLD_NONE && r->remote.family == k->packet->family &&
           ipset_has(r->remote, k->packet->source);
}

/* Rules only allow; one rule of one group is enough (2.1.1). */
static bool groups_admit(const struct walk *k, const struct world_interface *n, uint32_t vpc)
{
    for (size_t g = 0; g < n->groups.n; g++) {
        const struct world_group *group = &k->w->groups.at[n->groups.at[g].group];
        for (size_t i = 0; is_live(k, n->groups.at[g].when) && i < group->rules.n; i++) {
            const struct world_rule *r = &group->rules.at[i];
            bool in_force = k->packet->rule == WORLD_NONE || k->packet->rule == r->id;
            if (in_force && !r->egress && is_live(k, r->when) && rule_knows_source(k, r, vpc) &&
                is_meant(r->protocol, r->ports, k->packet->protocol, k->packet->port)) {
                return true;
            }
        }
    }
    return false;
}

/* Where an answer to the source leaves by this table: the longest prefix, then the lowest
 * precedence, then the first that was written (2.5.2). An address of the VPC itself stays
 * inside: only NAT, interfaces and balancer endpoints may take such traffic over. */
static bool answer_leaves_by(const struct walk *k, const struct world_table *table,
                             uint32_t gateway, uint32_t vpc)
{
    const struct world_route *best = NULL;
    bool unknown = false;
    for (size_t i = 0; i < k->w->vpcs.at[vpc].cidrs.n; i++) {
        const struct world_cidr *c = &k->w->vpcs.at[vpc].cidrs.at[i];
        if (is_live(k, c->when) && is_inside(k, c->prefix)) {
            return false;
        }
    }
    for (size_t i = 0; i < table->routes.n; i++) {
        const struct world_route *r = &table->routes.at[i];
        if (r->unknown) { /* 10.8: anything, for its own gateway; nothing to others */
            unknown = unknown || (r->gateway == gateway && is_live(k, r->when) &&
                                  r->destination.family == k->packet->family);
            continue;
        }
        if (!is_live(k, r->when) || !is_inside(k, r->destination)) {
            continue;
        }
        if (best == NULL || r->destination.length > best->destination.length ||
            (r->destination.length == best->destination.length &&
             (r->precedence < best->precedence ||
              (r->precedence == best->precedence && r->id < best->id)))) {
            best = r;
        }
    }
    /* A blackhole has no gateway. */
    return unknown || (best != NULL && best->gateway == gateway);
}

static bool is_attached(const struct walk *k, const struct world_gateway *g, uint32_t vpc)
{
    for (size_t i = 0; i < g->attachments.n; i++) {
        if (g->attachments.at[i].vpc == vpc && is_live(k, g->attachments.at[i].when)) {
            return true;
        }
    }
    return false;
}

/* The one alternative that is there, or WORLD_NONE. */
static uint32_t chosen(const struct walk *k, const struct world_choice *choices, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (is_live(k, choices[i].when)) {
            return choices[i].index;
        }
    }
    return WORLD_NONE;
}

static bool is_waived(const struct walk *k, enum sim_conjunct c)
{
    return (k->packet->waived >> c & 1) != 0;
}

static bool has_address(const struct walk *k, const struct world_placement *place)
{
    enum world_gateway_kind kind = k->w->gateways.at[k->packet->gateway].kind;
    if (k->packet->family == NET_V6) {
        return kind != GATEWAY_VPN && is_live(k, place->has6);
    }
    return is_live(k, place->has4) && (kind != GATEWAY_INTERNET || is_live(k, place->public4));
}

/* Can the packet come to the subnet's border at all? */
static bool arrives(const struct walk *k, const struct world_placement *place, uint32_t vpc)
{
    bool entry = is_attached(k, &k->w->gateways.at[k->packet->gateway], vpc);
    return (has_address(k, place) || is_waived(k, SIM_ADDRESS)) &&
           (entry || is_waived(k, SIM_ENTRY));
}

/* Is the source beyond the gateway, as seen from the VPC? (1.3 to 1.5) */
static bool is_beyond(const struct walk *k, uint32_t vpc)
{
    const struct world_gateway *g = &k->w->gateways.at[k->packet->gateway];
    if (g->kind == GATEWAY_INTERNET || !is_attached(k, g, vpc)) {
        return true;
    }
    for (size_t i = 0; i < g->attachments.n; i++) {
        const struct world_attachment *a = &g->attachments.at[i];
        if (a->vpc != vpc || !is_live(k, a->when)) {
            continue;
        }
        if (is_live(k, a->any_source)) {
            return true;
        }
        for (size_t n = 0; n < a->sources.n; n++) {
            if (is_live(k, a->sources.at[n].when) && is_inside(k, a->sources.at[n].prefix)) {
                return true;
            }
        }
    }
    return false;
}

/* A route leads to a middlebox of the same VPC only. */
static bool lets_pass(const struct walk *k, uint32_t gateway, uint32_t subnet)
{
    const struct world_gateway *g = &k->w->gateways.at[gateway];
    return g->kind == GATEWAY_INTERFACE && g->subnet != WORLD_NONE && is_live(k, g->passes) &&
           k->w->subnets.at[g->subnet].vpc == k->w->subnets.at[subnet].vpc;
}

#define DIRECTLY   WORLD_NONE
#define NOT_AT_ALL (WORLD_NONE - 1)

/* By which middlebox the gateway's table sends what is for the subnet (1.1.4). */
static uint32_t way_there(const struct walk *k, uint32_t subnet)
{
    const struct world_gateway *g = &k->w->gateways.at[k->packet->gateway];
    for (size_t i = 0; i < g->ingress.n; i++) {
        const struct world_ingress *in = &g->ingress.at[i];
        if (in->subnet == subnet && is_live(k, in->when)) {
            return in->middlebox != WORLD_NONE && lets_pass(k, in->middlebox, subnet)
                       ? in->middlebox
                       : NOT_AT_ALL;
        }
    }
    return DIRECTLY;
}

static bool subnet_sends_to(const struct walk *k, uint32_t subnet, uint32_t gateway)
{
    const struct world_subnet *s = &k->w->subnets.at[subnet];
    uint32_t table = chosen(k, s->tables.at, s->tables.n);
    return table != WORLD_NONE && answer_leaves_by(k, &k->w->tables.at[table], gateway, s->vpc);
}

/* Could the answer come back this way: directly, or by this middlebox? */
static bool comes_back(const struct walk *k, uint32_t subnet, uint32_t way)
{
    uint32_t gateway = k->packet->gateway;
    if (way == DIRECTLY) {
        return subnet_sends_to(k, subnet, gateway);
    }
    return lets_pass(k, way, subnet) && subnet_sends_to(k, subnet, way) &&
           subnet_sends_to(k, k->w->gateways.at[way].subnet, gateway);
}

/* There and back: a middlebox that sees one half only drops it, unless it is said not to. */
static bool goes_and_comes(const struct walk *k, uint32_t subnet)
{
    uint32_t there = way_there(k, subnet);
    bool any_way_there = is_waived(k, SIM_ENTRY);
    if (!any_way_there && (there == NOT_AT_ALL || (k->packet->refers && there != DIRECTLY))) {
        return false;
    }
    if (is_waived(k, SIM_ROUTE)) {
        return true;
    }
    bool any_way_back = any_way_there || k->packet->asymmetric;
    for (uint32_t way = 0; !k->packet->refers && way < k->w->gateways.n; way++) {
        if ((any_way_back || way == there) && comes_back(k, subnet, way)) {
            return true;
        }
    }
    return (any_way_back || there == DIRECTLY) && comes_back(k, subnet, DIRECTLY);
}

static enum sim_result through_subnet(const struct walk *k, const struct world_interface *n,
                                      const struct world_placement *place)
{
    const struct world_subnet *s = &k->w->subnets.at[place->subnet];
    uint32_t acl = chosen(k, s->acls.at, s->acls.n);
    const struct world_acl *filter = acl == WORLD_NONE ? NULL : &k->w->acls.at[acl];
    if (!arrives(k, place, s->vpc)) {
        return SIM_CLOSED;
    }
    if (!is_waived(k, SIM_ACL_IN) &&
        (filter == NULL || !acl_allows(k, filter, false, k->packet->port))) {
        return SIM_CLOSED;
    }
    if (!is_waived(k, SIM_GROUP) && !groups_admit(k, n, s->vpc)) {
        return SIM_CLOSED;
    }
    if (!goes_and_comes(k, place->subnet) || (!is_waived(k, SIM_ROUTE) && !is_beyond(k, s->vpc))) {
        return SIM_CLOSED;
    }
    if (is_waived(k, SIM_ACL_OUT) || (filter != NULL && answer_passes(k, filter, 1024, 65535))) {
        return SIM_OPEN;
    }
    return filter != NULL && answer_passes(k, filter, 1, 1023) ? SIM_LOW_CLIENT_PORT : SIM_CLOSED;
}

enum world_edge sim_edge(enum world_gateway_kind kind)
{
    switch (kind) {
    case GATEWAY_INTERNET:
        return EDGE_INTERNET;
    case GATEWAY_PEERING:
        return EDGE_PEERING;
    case GATEWAY_VPN:
        return EDGE_VPN;
    case GATEWAY_TRANSIT:
        return EDGE_TRANSIT;
    case GATEWAY_CARRIER:
    case GATEWAY_LOCAL:
        return EDGE_CARRIER;
    case GATEWAY_CLIENT_VPN:
        return EDGE_CLIENT_VPN;
    case GATEWAY_CONNECT:
        return EDGE_MANAGED;
    case GATEWAY_SERVICE:
        return EDGE_PRIVATELINK;
    case GATEWAY_ACCELERATOR:
        return EDGE_ACCELERATOR;
    case GATEWAY_EGRESS_ONLY:
    case GATEWAY_NAT:
    case GATEWAY_ENDPOINT:
    case GATEWAY_INTERFACE:
    case GATEWAY_OTHER:
        break;
    }
    return EDGE_COUNT;
}

static bool is_edge(const struct world_gateway *g)
{
    return g->kind == GATEWAY_INTERNET || g->kind == GATEWAY_PEERING || g->kind == GATEWAY_VPN ||
           g->kind == GATEWAY_TRANSIT || g->kind == GATEWAY_CARRIER || g->kind == GATEWAY_LOCAL;
}

enum sim_result simulate(const struct world *w, const uint32_t *outcome,
                         const struct sim_packet *packet)
{
    const struct walk k = {w, outcome, packet};
    const struct world_interface *n = &w->interfaces.at[packet->interface];
    const struct world_gateway *g = &w->gateways.at[packet->gateway];
    bool exists = n->owner != WORLD_NONE && is_live(&k, n->when);
    if (!is_edge(g) || (!exists && !is_waived(&k, SIM_EXISTS)) ||
        (g->kind == GATEWAY_INTERNET &&
         !ipset_has(internet_space(packet->family), packet->source))) {
        return SIM_CLOSED;
    }
    for (size_t i = 0; i < n->placements.n; i++) {
        if (is_live(&k, n->placements.at[i].when)) {
            return through_subnet(&k, n, &n->placements.at[i]);
        }
    }
    return SIM_CLOSED;
}

/* What the hop's own checks need; ACLs and the like see it as a packet. */
struct leap {
    struct walk near; /* as the target's subnet sees it: the remote end is the source */
    struct walk far;  /* as the entrance's subnet sees it: the remote end is the target */
    const struct world_entrance *e;
    const struct world_interface *n;
};

static bool entrance_carries(const struct leap *l, uint32_t group)
{
    for (size_t i = 0; i < l->e->groups.n; i++) {
        if (l->e->groups.at[i].group == group && is_live(&l->near, l->e->groups.at[i].when)) {
            return true;
        }
    }
    return false;
}

static bool target_admits(const struct leap *l)
{
    const struct walk *k = &l->near;
    for (size_t g = 0; g < l->n->groups.n; g++) {
        const struct world_group *group = &k->w->groups.at[l->n->groups.at[g].group];
        for (size_t i = 0; is_live(k, l->n->groups.at[g].when) && i < group->rules.n; i++) {
            const struct world_rule *r = &group->rules.at[i];
            bool source = r->group != WORLD_NONE ? entrance_carries(l, r->group)
                                                 : r->remote.family == k->packet->family &&
                                                       ipset_has(r->remote, k->packet->source);
            if (source && !r->egress && is_live(k, r->when) &&
                is_meant(r->protocol, r->ports, k->packet->protocol, k->packet->port)) {
                return true;
            }
        }
    }
    return false;
}

static const struct world_acl *acl_of(const struct walk *k, uint32_t subnet)
{
    const struct world_subnet *s = &k->w->subnets.at[subnet];
    uint32_t acl = chosen(k, s->acls.at, s->acls.n);
    return acl == WORLD_NONE ? NULL : &k->w->acls.at[acl];
}

/* Some client port from 1024 on that both ACLs let the answer through to. */
static bool answer_hops_back(const struct leap *l, const struct world_acl *to,
                             const struct world_acl *from)
{
    const struct world_acl *both[] = {to, from};
    if (acl_allows(&l->near, to, true, 1024) && acl_allows(&l->far, from, false, 1024)) {
        return true;
    }
    for (size_t a = 0; a < 2; a++) {
        for (size_t i = 0; i < both[a]->entries.n; i++) {
            struct ports p = both[a]->entries.at[i].ports;
            const uint32_t turns[] = {p.begin, p.end + 1U};
            for (size_t n = 0; n < 2; n++) {
                uint16_t port = (uint16_t)turns[n];
                if (turns[n] >= 1024 && turns[n] <= 65535 && acl_allows(&l->near, to, true, port) &&
                    acl_allows(&l->far, from, false, port)) {
                    return true;
                }
            }
        }
    }
    return false;
}

static bool passes_acls(const struct leap *l, uint32_t to)
{
    uint16_t port = l->near.packet->port;
    if (to == l->e->subnet) {
        return true;
    }
    const struct world_acl *near = acl_of(&l->near, to);
    const struct world_acl *far = acl_of(&l->near, l->e->subnet);
    bool both = near != NULL && far != NULL;
    bool forth =
        both && acl_allows(&l->far, far, true, port) && acl_allows(&l->near, near, false, port);
    return (forth || is_waived(&l->near, SIM_ACL_IN)) &&
           (is_waived(&l->near, SIM_ACL_OUT) || (both && answer_hops_back(l, near, far)));
}

static bool is_authorised(const struct leap *l)
{
    bool any = l->e->destinations.n == 0;
    for (size_t i = 0; i < l->e->destinations.n; i++) {
        any = any || (is_live(&l->far, l->e->destinations.at[i].when) &&
                      is_inside(&l->far, l->e->destinations.at[i].prefix));
    }
    return any;
}

enum sim_result simulate_hop(const struct world *w, const uint32_t *outcome,
                             const struct sim_hop *hop)
{
    const struct world_entrance *e = &w->entrances.at[hop->entrance];
    const struct world_interface *n = &w->interfaces.at[hop->interface];
    const struct sim_packet near = {.family = hop->family,
                                    .source = hop->source,
                                    .protocol = hop->protocol,
                                    .port = hop->port,
                                    .rule = WORLD_NONE,
                                    .waived = hop->waived};
    struct sim_packet far = near;
    far.source = hop->target;
    const struct leap l = {{w, outcome, &near}, {w, outcome, &far}, e, n};
    const struct walk *k = &l.near;
    bool exists = n->owner != WORLD_NONE && is_live(k, n->when);
    bool entry = is_live(k, e->when) && (hop->family == NET_V4 || is_live(k, e->carries6)) &&
                 is_authorised(&l);
    if ((!exists && !is_waived(k, SIM_EXISTS)) || (!entry && !is_waived(k, SIM_ENTRY))) {
        return SIM_CLOSED;
    }
    for (size_t i = 0; i < n->placements.n; i++) {
        const struct world_placement *p = &n->placements.at[i];
        if (is_live(k, p->when)) {
            bool near_by = w->subnets.at[p->subnet].vpc == w->subnets.at[e->subnet].vpc;
            bool address = is_live(k, hop->family == NET_V4 ? p->has4 : p->has6);
            bool open = near_by && (address || is_waived(k, SIM_ADDRESS)) &&
                        passes_acls(&l, p->subnet) &&
                        (is_waived(k, SIM_GROUP) || target_admits(&l));
            return open ? SIM_OPEN : SIM_CLOSED;
        }
    }
    return SIM_CLOSED;
}
