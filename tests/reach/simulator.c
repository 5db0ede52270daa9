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

static bool is_inside(const struct walk *k, struct prefix p)
{
    return p.family == k->packet->family && address_cmp(p.first, k->packet->source) <= 0 &&
           address_cmp(k->packet->source, prefix_last(p)) <= 0;
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

/* Rules only allow; one rule of one group is enough (2.1.1). A rule that names a group is for
 * private sources and never matches one from the internet (2.1.6). */
static bool groups_admit(const struct walk *k, const struct world_interface *n)
{
    for (size_t g = 0; g < n->groups.n; g++) {
        const struct world_group *group = &k->w->groups.at[n->groups.at[g].group];
        for (size_t i = 0; is_live(k, n->groups.at[g].when) && i < group->rules.n; i++) {
            const struct world_rule *r = &group->rules.at[i];
            bool in_force = k->packet->rule == WORLD_NONE || k->packet->rule == r->id;
            if (in_force && !r->egress && is_live(k, r->when) && r->group == WORLD_NONE &&
                r->remote.family == k->packet->family && ipset_has(r->remote, k->packet->source) &&
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
    for (size_t i = 0; i < k->w->vpcs.at[vpc].cidrs.n; i++) {
        const struct world_cidr *c = &k->w->vpcs.at[vpc].cidrs.at[i];
        if (is_live(k, c->when) && is_inside(k, c->prefix)) {
            return false;
        }
    }
    for (size_t i = 0; i < table->routes.n; i++) {
        const struct world_route *r = &table->routes.at[i];
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
    return best != NULL && best->gateway == gateway; /* a blackhole has no gateway */
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

/* Can the packet come to the subnet's border at all? */
static bool arrives(const struct walk *k, const struct world_placement *place, uint32_t vpc)
{
    bool address = k->packet->family == NET_V4
                       ? is_live(k, place->has4) && is_live(k, place->public4)
                       : is_live(k, place->has6);
    bool entry = is_attached(k, &k->w->gateways.at[k->packet->gateway], vpc);
    return (address || is_waived(k, SIM_ADDRESS)) && (entry || is_waived(k, SIM_ENTRY));
}

static enum sim_result through_subnet(const struct walk *k, const struct world_interface *n,
                                      const struct world_placement *place)
{
    const struct world_subnet *s = &k->w->subnets.at[place->subnet];
    uint32_t table = chosen(k, s->tables.at, s->tables.n);
    uint32_t acl = chosen(k, s->acls.at, s->acls.n);
    const struct world_acl *filter = acl == WORLD_NONE ? NULL : &k->w->acls.at[acl];
    if (!arrives(k, place, s->vpc)) {
        return SIM_CLOSED;
    }
    if (!is_waived(k, SIM_ACL_IN) &&
        (filter == NULL || !acl_allows(k, filter, false, k->packet->port))) {
        return SIM_CLOSED;
    }
    if (!is_waived(k, SIM_GROUP) && !groups_admit(k, n)) {
        return SIM_CLOSED;
    }
    if (!is_waived(k, SIM_ROUTE) &&
        (table == WORLD_NONE ||
         !answer_leaves_by(k, &k->w->tables.at[table], k->packet->gateway, s->vpc))) {
        return SIM_CLOSED;
    }
    if (is_waived(k, SIM_ACL_OUT) || (filter != NULL && answer_passes(k, filter, 1024, 65535))) {
        return SIM_OPEN;
    }
    return filter != NULL && answer_passes(k, filter, 1, 1023) ? SIM_LOW_CLIENT_PORT : SIM_CLOSED;
}

enum sim_result simulate(const struct world *w, const uint32_t *outcome,
                         const struct sim_packet *packet)
{
    const struct walk k = {w, outcome, packet};
    const struct world_interface *n = &w->interfaces.at[packet->interface];
    bool exists = n->owner != WORLD_NONE && is_live(&k, n->when);
    if (w->gateways.at[packet->gateway].kind != GATEWAY_INTERNET ||
        !ipset_has(internet_space(packet->family), packet->source) ||
        (!exists && !is_waived(&k, SIM_EXISTS))) {
        return SIM_CLOSED;
    }
    for (size_t i = 0; i < n->placements.n; i++) {
        if (is_live(&k, n->placements.at[i].when)) {
            return through_subnet(&k, n, &n->placements.at[i]);
        }
    }
    return SIM_CLOSED;
}
