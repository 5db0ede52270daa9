/*
 * OPEN is a union, over placements, families, gateways and protocols, of intersections of
 * conjuncts. With a set of conjuncts that count, the others being permissive, it is asked
 * whether anything is left:
 *
 *     none left with one conjunct alone        it blocks
 *     something left with all but that one     it is the only one in the way
 *     each alone leaves something              some minimal set blocks jointly
 */
#include "reach/blockers.h"

#include "reach/acl.h"
#include "reach/beyond.h"
#include "reach/entrance.h"
#include "reach/listen.h"
#include "reach/reference.h"
#include "reach/route.h"

enum { ALL_CONJUNCTS = (1 << CONJUNCT_COUNT) - 1 };

const char *reach_conjunct_name(enum reach_conjunct c)
{
    static const char *const NAMES[CONJUNCT_COUNT] = {
        "exists", "address", "entry", "acl-in", "group", "route", "acl-out",
    };
    if ((unsigned)c >= CONJUNCT_COUNT) {
        BUG("no conjunct %u", (unsigned)c);
    }
    return NAMES[c];
}

static unsigned bit(enum reach_conjunct c)
{
    return 1U << (unsigned)c;
}

struct inquiry {
    struct reach *r;
    const struct profile *profile;
    const struct edge_row *row;
    struct reach_question q;
    struct guard listens; /* where something listens on the ports in question */
};

static struct ipset everything(const struct edge_row *row, enum net_family f)
{
    return row->space ? row->space(f) : ipset_all(f);
}

static struct ipset sources_of(const struct inquiry *in, enum net_family f)
{
    return in->q.sources ? *in->q.sources : everything(in->row, f);
}

/* Some of these ports, for some of these sources, under when? */
static bool passes(const struct inquiry *in, struct arena *a, const struct transit *t,
                   struct ipset sources, struct ports ports, struct guard when)
{
    struct reach *r = in->r;
    for (size_t i = 0; i < t->n; i++) {
        struct guard some = portmap_some(&r->ports, t->at[i].ports, ports);
        if (reach_live(r, guard_and(r->space, some, when)) &&
            !ipset_is_empty(admit_both(a, sources, t->at[i].sources))) {
            return true;
        }
    }
    return false;
}

static bool group_passes(const struct inquiry *in, struct arena *a, const struct transit *t,
                         const struct world_membership *m, struct guard when)
{
    struct reach *r = in->r;
    const struct world_group *g = &r->world->groups.at[m->group];
    struct guard both = guard_and(r->space, when, m->when);
    if (!reach_live(r, both)) {
        return false;
    }
    struct ipset sources = sources_of(in, t->family);
    for (size_t i = 0; i < g->rules.n; i++) {
        const struct world_rule *rule = &g->rules.at[i];
        struct ports ports = ports_both(admit_ports(rule), in->q.ports);
        if (rule->group != WORLD_NONE && t->plain &&
            reference_some(r, t->plain, m->group, (uint32_t)i, sources, in->q.ports, both)) {
            return true;
        }
        if (!admit_speaks(rule, t->family, t->protocol) || ports_is_empty(ports)) {
            continue;
        }
        struct ipset remote = admit_both(a, rule->remote, sources);
        if (passes(in, a, t, remote, ports, guard_and(r->space, both, rule->when))) {
            return true;
        }
    }
    return false;
}

static bool transit_passes(const struct inquiry *in, const struct transit *t, struct guard when,
                           bool with_groups)
{
    struct arena scratch = {0};
    bool found = false;
    if (!with_groups) {
        found = passes(in, &scratch, t, sources_of(in, t->family), in->q.ports, when);
    } else {
        const struct world_interface *n = in->profile->sample;
        struct guard open = guard_and(in->r->space, when, listen_open(in->r, n));
        found = in->q.group == WORLD_NONE && reach_live(in->r, open) &&
                passes(in, &scratch, t, sources_of(in, t->family), in->q.ports, open);
        for (size_t i = 0; i < n->groups.n && !found; i++) {
            if (in->q.group == WORLD_NONE || in->q.group == n->groups.at[i].group) {
                found = group_passes(in, &scratch, t, &n->groups.at[i], when);
            }
        }
    }
    arena_release(&scratch);
    return found;
}

static bool gateway_passes(const struct inquiry *in, size_t k, enum net_family f, uint32_t gateway,
                           struct guard when, unsigned counted)
{
    static const int PROTOCOLS[] = {PROTOCOL_TCP, PROTOCOL_UDP};
    unsigned conjuncts = 0;
    conjuncts |= counted & bit(CONJUNCT_ACL_IN) ? (unsigned)TRANSIT_ACL_IN : 0U;
    conjuncts |= counted & bit(CONJUNCT_ROUTE) ? (unsigned)TRANSIT_ROUTE : 0U;
    conjuncts |= counted & bit(CONJUNCT_ACL_OUT) ? (unsigned)TRANSIT_ACL_OUT : 0U;
    conjuncts |= counted & bit(CONJUNCT_ENTRY) ? (unsigned)TRANSIT_ENTRY : 0U;
    for (size_t i = 0; i < sizeof PROTOCOLS / sizeof PROTOCOLS[0]; i++) {
        if (in->q.protocol != PROTOCOL_ALL && in->q.protocol != PROTOCOLS[i]) {
            continue;
        }
        const struct transit *t = transit_of(in->r, (struct transit_key){
                                                        .row = in->row,
                                                        .place = in->profile->places[k],
                                                        .gateway = gateway,
                                                        .family = f,
                                                        .protocol = PROTOCOLS[i],
                                                        .conjuncts = conjuncts,
                                                    });
        if (transit_passes(in, t, when, counted & bit(CONJUNCT_GROUP))) {
            return true;
        }
    }
    return false;
}

/* Is anything left at one placement in one family? A place without any gateway of the edge
 * is asked with none, which has no entry and no way back. */
static bool placement_open(const struct inquiry *in, size_t k, enum net_family f, unsigned counted)
{
    struct reach *r = in->r;
    const struct world_placement *p = &in->profile->sample->placements.at[k];
    struct guard when = guard_and(r->space, p->when, in->listens);
    if (in->row->way == EDGE_BY_ENTRANCE) {
        return entrance_passes(r, in->profile, in->row, k, f, &in->q, in->listens, counted);
    }
    if (counted & bit(CONJUNCT_EXISTS)) {
        when = guard_and(r->space, when, in->profile->exists);
    }
    if (counted & bit(CONJUNCT_ADDRESS)) {
        when = guard_and(r->space, when, profile_address(r, in->profile, k, in->row, f));
    }
    const struct place *place = in->profile->places[k];
    const struct gateway_list *list = edge_gateways(r, in->row, place);
    size_t n = list->at.n > 0 ? list->at.n : 1;
    for (size_t i = 0; i < n; i++) {
        uint32_t gateway = list->at.n > 0 ? list->at.at[i] : WORLD_NONE;
        struct guard here = when;
        if (counted & bit(CONJUNCT_ENTRY)) {
            here = guard_and(r->space, here, edge_entry(r, gateway, place->vpc));
        }
        if (reach_live(r, here) && gateway_passes(in, k, f, gateway, here, counted)) {
            return true;
        }
    }
    return false;
}

static bool ports_open_with(const struct inquiry *in, unsigned counted)
{
    for (size_t k = 0; k < in->profile->sample->placements.n; k++) {
        for (int i = 0; i < 2; i++) {
            enum net_family f = i == 0 ? NET_V4 : NET_V6;
            bool asked = !in->q.sources || in->q.sources->family == f;
            if (asked && placement_open(in, k, f, counted)) {
                return true;
            }
        }
    }
    return false;
}

/* The n-th ports that listen, of those in question; false: none. */
static bool listening(const struct inquiry *in, struct listen_list list, size_t n,
                      struct inquiry *out)
{
    const struct world_listening *l = &list.at[n];
    *out = *in;
    out->q.protocol = l->protocol;
    out->q.ports = ports_both(in->q.ports, l->ports);
    out->listens = l->when;
    return (in->q.protocol == PROTOCOL_ALL || in->q.protocol == l->protocol) &&
           !ports_is_empty(out->q.ports) && reach_live(in->r, l->when);
}

static bool open_with(const struct inquiry *in, unsigned counted)
{
    struct listen_list list = listen_ports(in->r, in->profile->sample);
    struct inquiry part;
    if (list.all) {
        return ports_open_with(in, counted);
    }
    for (size_t i = 0; i < list.n; i++) {
        if (listening(in, list, i, &part) && ports_open_with(&part, counted)) {
            return true;
        }
    }
    return false;
}

static bool nothing_listens(const struct inquiry *in)
{
    struct listen_list list = listen_ports(in->r, in->profile->sample);
    struct inquiry part;
    for (size_t i = 0; i < list.n; i++) {
        if (listening(in, list, i, &part)) {
            return false;
        }
    }
    return !list.all;
}

/* The placement that details are taken from: the first that is possible. */
static size_t some_placement(const struct inquiry *in)
{
    const struct world_interface *n = in->profile->sample;
    for (size_t k = 0; k < n->placements.n; k++) {
        if (reach_live(in->r, n->placements.at[k].when)) {
            return k;
        }
    }
    return SIZE_MAX;
}

/* The first choice that is possible at a placement, or WORLD_NONE. */
static uint32_t some_choice(const struct inquiry *in, size_t k, const struct world_choice *at,
                            size_t n)
{
    struct reach *r = in->r;
    struct guard placed = in->profile->sample->placements.at[k].when;
    for (size_t i = 0; i < n; i++) {
        if (reach_live(r, guard_and(r->space, placed, at[i].when))) {
            return at[i].index;
        }
    }
    return WORLD_NONE;
}

/* The sources that matter to details: those that may come in through the first gateway. */
static struct ipset beyond_of(const struct inquiry *in, struct arena *a, size_t k,
                              enum net_family f)
{
    const struct place *place = in->profile->places[k];
    const struct gateway_list *list = edge_gateways(in->r, in->row, place);
    uint32_t gateway = list->at.n > 0 ? list->at.at[0] : WORLD_NONE;
    if (in->q.sources) {
        return in->q.sources->family == f ? *in->q.sources : ipset_empty(f);
    }
    return in->row->way == EDGE_BY_GATEWAY ? beyond_set(in->r, a, in->row, gateway, place->vpc, f)
                                           : everything(in->row, f);
}

static void detail_acl(const struct inquiry *in, size_t k, bool egress, struct reach_blocker *b)
{
    static const struct ports CLIENT = {1, 65535};
    struct reach *r = in->r;
    const struct world_subnet *s = in->profile->places[k]->sample;
    uint32_t acl = some_choice(in, k, s->acls.at, s->acls.n);
    if (acl == WORLD_NONE) {
        return;
    }
    b->element = r->world->acls.at[acl].id;
    struct arena scratch = {0};
    for (int i = 0; i < 2 && b->entry == WORLD_NONE; i++) {
        struct ipset sources = beyond_of(in, &scratch, k, i == 0 ? NET_V4 : NET_V6);
        b->entry = acl_entry_denying(r, acl, egress, sources, in->q.protocol,
                                     egress ? CLIENT : in->q.ports);
    }
    arena_release(&scratch);
}

static void detail_route(const struct inquiry *in, size_t k, struct reach_blocker *b)
{
    struct reach *r = in->r;
    const struct world_subnet *s = in->profile->places[k]->sample;
    uint32_t table = some_choice(in, k, s->tables.at, s->tables.n);
    if (table == WORLD_NONE) {
        return;
    }
    b->element = r->world->tables.at[table].id;
    struct arena scratch = {0};
    for (int i = 0; i < 2 && b->entry == WORLD_NONE; i++) {
        struct ipset sources = beyond_of(in, &scratch, k, i == 0 ? NET_V4 : NET_V6);
        const struct world_route *route = route_elsewhere(r, table, sources, in->row);
        b->entry = route ? route->id : WORLD_NONE;
    }
    arena_release(&scratch);
}

/* The gateway; where it is attached, what its own table says of the subnet. */
static void detail_gateway(const struct inquiry *in, size_t k, struct reach_blocker *b)
{
    struct reach *r = in->r;
    const struct place *place = in->profile->places[k];
    const struct gateway_list *list = edge_gateways(r, in->row, place);
    if (list->at.n == 0) {
        return;
    }
    uint32_t gateway = list->at.at[0];
    b->element = r->world->gateways.at[gateway].id;
    for (size_t i = 0; i < place->ingress_n && b->entry == WORLD_NONE; i++) {
        const struct place_ingress *ingress = &place->ingress[i];
        bool attached = reach_live(r, edge_entry(r, gateway, place->vpc));
        if (attached && ingress->gateway == gateway && reach_live(r, ingress->when)) {
            b->entry = ingress->id;
        }
    }
}

static void detail_group(const struct inquiry *in, struct reach_blocker *b)
{
    const struct world_interface *n = in->profile->sample;
    uint32_t group = in->q.group;
    if (group == WORLD_NONE && n->groups.n > 0) {
        group = n->groups.at[0].group;
    }
    if (group != WORLD_NONE) {
        b->element = in->r->world->groups.at[group].id;
    }
}

/* What in the world stands for the conjunct. The interface's own ids come later. */
static struct reach_blocker detailed(const struct inquiry *in, enum reach_conjunct c)
{
    struct reach_blocker b = {.conjunct = c, .element = WORLD_NONE, .entry = WORLD_NONE};
    size_t k = some_placement(in);
    if (k == SIZE_MAX) {
        return b;
    }
    switch (c) {
    case CONJUNCT_ENTRY:
        detail_gateway(in, k, &b);
        break;
    case CONJUNCT_ACL_IN:
        detail_acl(in, k, false, &b);
        break;
    case CONJUNCT_GROUP:
        detail_group(in, &b);
        break;
    case CONJUNCT_ROUTE:
        detail_route(in, k, &b);
        break;
    case CONJUNCT_ACL_OUT:
        detail_acl(in, k, true, &b);
        break;
    case CONJUNCT_EXISTS:
    case CONJUNCT_ADDRESS:
    case CONJUNCT_COUNT:
        break;
    }
    return b;
}

/* A minimal set that leaves nothing: conjuncts are given up as long as that stays so. */
static unsigned joint_set(const struct inquiry *in)
{
    unsigned set = ALL_CONJUNCTS;
    for (unsigned c = 0; c < CONJUNCT_COUNT; c++) {
        unsigned without = set & ~(1U << c);
        if (!open_with(in, without)) {
            set = without;
        }
    }
    return set;
}

static struct reach_blockers listed(const struct inquiry *in, unsigned set, bool alone, bool joint)
{
    struct reach *r = in->r;
    struct reach_blocker *at = ARENA_ARRAY(r->arena, CONJUNCT_COUNT, struct reach_blocker);
    size_t n = 0;
    for (int c = CONJUNCT_EXISTS; c < CONJUNCT_COUNT; c++) {
        if (set & (1U << (unsigned)c)) {
            at[n] = detailed(in, (enum reach_conjunct)c);
            at[n].alone = alone;
            at[n++].joint = joint;
        }
    }
    return (struct reach_blockers){.at = at, .n = n};
}

static struct reach_blockers found(const struct inquiry *in)
{
    if (some_placement(in) == SIZE_MAX) {
        return listed(in, bit(CONJUNCT_EXISTS), false, false); /* it is nowhere */
    }
    if (nothing_listens(in)) {
        return listed(in, bit(CONJUNCT_EXISTS), true, false); /* it is not on these ports */
    }
    if (open_with(in, ALL_CONJUNCTS)) {
        return (struct reach_blockers){0};
    }
    unsigned set = 0;
    unsigned count = 0;
    for (unsigned c = 0; c < CONJUNCT_COUNT; c++) {
        if (!open_with(in, 1U << c)) {
            set |= 1U << c;
            count++;
        }
    }
    if (count == 0) {
        return listed(in, joint_set(in), false, true);
    }
    bool alone = count == 1 && open_with(in, ALL_CONJUNCTS & ~set);
    return listed(in, set, alone, false);
}

/* The interface's own ids; and the property that decides about its address. */
static struct reach_blockers named(const struct inquiry *in, struct reach_blockers shared,
                                   const struct world_interface *n)
{
    struct reach_blocker *at = ARENA_ARRAY(in->r->arena, shared.n, struct reach_blocker);
    size_t k = some_placement(in);
    for (size_t i = 0; i < shared.n; i++) {
        at[i] = shared.at[i];
        if (at[i].conjunct == CONJUNCT_EXISTS || at[i].conjunct == CONJUNCT_ADDRESS) {
            at[i].element = n->id;
        }
        if (at[i].conjunct == CONJUNCT_ADDRESS && k != SIZE_MAX) {
            at[i].entry = n->placements.at[k].public4_id;
        }
    }
    return (struct reach_blockers){.at = at, .n = shared.n};
}

struct reach_blockers blockers_of(struct reach *r, const struct profile *p,
                                  const struct world_interface *n, struct reach_question q)
{
    struct inquiry in = {
        .r = r, .profile = p, .row = edge_row(q.edge), .q = q, .listens = GUARD_TRUE};
    if (!in.row || in.row->way == EDGE_BY_SHORTCUT) {
        struct reach_blocker *none = ARENA_NEW(r->arena, struct reach_blocker);
        *none = (struct reach_blocker){
            .conjunct = CONJUNCT_ENTRY, .element = WORLD_NONE, .entry = WORLD_NONE};
        return (struct reach_blockers){.at = none, .n = 1};
    }
    return named(&in, found(&in), n);
}

static bool has_address(const struct inquiry *in, enum net_family f)
{
    const struct world_interface *n = in->profile->sample;
    for (size_t k = 0; k < n->placements.n; k++) {
        const struct world_placement *p = &n->placements.at[k];
        struct guard address = profile_address(in->r, in->profile, k, in->row, f);
        if (reach_live(in->r, guard_and(in->r->space, p->when, address))) {
            return true;
        }
    }
    return false;
}

/* An interface with an address in one family only is asked in that family: that the subnet
 * lets the other one in must not hide what blocks. */
struct reach_blockers blockers_of_all(struct reach *r, struct profile *p,
                                      const struct world_interface *n, size_t row)
{
    struct inquiry in = {
        .r = r,
        .profile = p,
        .row = &EDGES[row],
        .q = {.protocol = PROTOCOL_ALL, .ports = PORTS_ALL, .group = WORLD_NONE},
        .listens = GUARD_TRUE,
    };
    if (!p->why[row]) {
        bool four = has_address(&in, NET_V4);
        struct ipset *only = ARENA_NEW(r->arena, struct ipset);
        *only = everything(in.row, four ? NET_V4 : NET_V6);
        in.q.sources = four != has_address(&in, NET_V6) ? only : NULL;
        p->why[row] = ARENA_NEW(r->arena, struct reach_blockers);
        *p->why[row] = found(&in);
    }
    return named(&in, *p->why[row], n);
}
