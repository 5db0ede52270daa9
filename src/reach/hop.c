/*
 * The addresses that the sender and the target may have are cut into stretches on which all
 * that looks at them is constant. A pair of stretches has one map of open ports; what is open
 * wherever the sender is, and wherever the target is, is settled over the stretches of each.
 */
#include "reach/hop.h"

#include <stdlib.h>

#include "reach/acl.h"
#include "reach/hop_cross.h"
#include "reach/hop_side.h"
#include "reach/listen.h"
#include "reach/whereabouts.h"

/* The target's rules that the sender may use, in order. */
struct opening {
    uint32_t group;
    uint32_t index;
    const struct world_rule *rule;
    struct guard when; /* the rule, the target's membership, the sender's for a reference */
    size_t part;       /* of a rule that admits a part of the sources: its value in a stretch */
};
#define WHOLE SIZE_MAX

struct hopping {
    struct reach *r;
    const struct hop *h;
    struct arena *arena; /* scratch */
    struct arena *out;
    struct hop_side near; /* the sender's address, as the target's subnet sees it */
    struct hop_side far;  /* the target's, as the sender's subnet sees it */
    uint32_t *pair;       /* map of each (near, far) */
    struct guard there;   /* the target, and a way to it */
    struct guard refers;  /* its rules may refer to the sender's groups */
    VEC(struct opening) openings;
    VEC(struct contribution) all;
};

static const struct world_interface *target_of(const struct hop *h)
{
    return h->target->sample;
}

static const struct world_placement *placement_of(const struct hop *h)
{
    return &target_of(h)->placements.at[h->placement];
}

static struct guard target_there(const struct reach *r, const struct hop *h)
{
    const struct world_placement *p = placement_of(h);
    struct guard when = p->when;
    if (!(h->permissive & HOP_THERE)) {
        when = guard_and(r->space, when, h->target->exists);
    }
    if (!(h->permissive & HOP_ADDRESS)) {
        when = guard_and(r->space, when, h->family == NET_V4 ? p->has4 : p->has6);
    }
    return when;
}

/* Where no group filters the target. */
static struct guard unfiltered(struct reach *r, const struct hop *h)
{
    return h->permissive & HOP_RULES ? GUARD_TRUE : listen_open(r, target_of(h));
}

/* Replies go to one of the ports that balancers, NAT and tunnels take (SEMANTICS 1.6). */
static uint32_t pair_map(struct hopping *x, const struct hop_view *near, const struct hop_view *far)
{
    static const struct ports EPHEMERAL = {1024, 65535};
    struct portmaps *maps = &x->r->ports;
    uint32_t sent = portmap_both(maps, near->forth, far->forth);
    uint32_t reply = portmap_both(maps, near->back, far->back);
    return portmap_and(maps, sent, portmap_some(maps, reply, EPHEMERAL));
}

static void pair_up(struct hopping *x)
{
    x->pair = ARENA_ARRAY(x->arena, x->near.n * x->far.n, uint32_t);
    for (size_t i = 0; i < x->near.n; i++) {
        for (size_t k = 0; k < x->far.n; k++) {
            x->pair[i * x->far.n + k] = pair_map(x, &x->near.at[i], &x->far.at[k]);
        }
    }
}

/* What is open over all stretches of a side; maps beside them. */
static uint32_t settled(struct hopping *x, const struct hop_side *side, const uint32_t *map,
                        struct str subject)
{
    struct guard *possible = ARENA_ARRAY(x->arena, side->n, struct guard);
    for (size_t i = 0; i < side->n; i++) {
        possible[i] = side->at[i].possible;
    }
    return whereabouts_settle(x->r, possible, map, side->n, subject);
}

/* Over the target's addresses, for one stretch of sources. */
static uint32_t settled_far(struct hopping *x, size_t near)
{
    return settled(x, &x->far, x->pair + near * x->far.n, target_of(x->h)->name);
}

/* Over both sides, with what is admitted from each stretch of sources. */
static uint32_t settled_both(struct hopping *x, const uint32_t *admitted)
{
    uint32_t *far = ARENA_ARRAY(x->arena, x->far.n, uint32_t);
    uint32_t *near = ARENA_ARRAY(x->arena, x->near.n, uint32_t);
    for (size_t k = 0; k < x->far.n; k++) {
        for (size_t i = 0; i < x->near.n; i++) {
            uint32_t pair = x->pair[i * x->far.n + k];
            near[i] = portmap_both(&x->r->ports, pair, admitted[i]);
        }
        far[k] = settled(x, &x->near, near, x->h->sender.name);
    }
    return settled(x, &x->far, far, target_of(x->h)->name);
}

/* Set operations may give back what they were given, which is scratch here. */
static struct ipset kept_set(struct arena *a, struct ipset s)
{
    struct ip_range *at = ARENA_ARRAY(a, s.n, struct ip_range);
    for (size_t i = 0; i < s.n; i++) {
        at[i] = s.at[i];
    }
    return (struct ipset){.family = s.family, .at = at, .n = s.n};
}

static void contribute(struct hopping *x, const struct opening *o, uint32_t map, struct ports ports,
                       struct ipset sources)
{
    struct reach *r = x->r;
    struct guard when = o ? guard_and(r->space, x->there, o->when) : x->there;
    struct portmap pieces = portmap_of(&r->ports, map);
    sources = kept_set(x->out, sources);
    for (size_t i = 0; i < pieces.n; i++) {
        struct ports both = ports_both(ports, pieces.at[i].ports);
        struct guard open = guard_and(r->space, when, pieces.at[i].when);
        if (!ports_is_empty(both) && reach_live(r, open)) {
            *VEC_ADD(x->out, &x->all) = (struct contribution){
                .ports = both,
                .when = open,
                .group = o ? o->group : WORLD_NONE,
                .rule = o ? o->index : WORLD_NONE,
                .rule_id = o ? o->rule->id : WORLD_NONE,
                .sources = sources,
                .passing = sources,
                .somewhere = x->h->sender.keeps_client ? STR("") : x->h->sender.name,
                .exposure = EXPOSURE_NONE,
            };
        }
    }
}

/* When the sender carries the group that a rule refers to. */
static struct guard sender_carries(const struct hopping *x, uint32_t group)
{
    const struct hop_sender *s = &x->h->sender;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < s->group_n; i++) {
        if (s->groups[i].group == group) {
            when = guard_or(x->r->space, when, s->groups[i].when);
        }
    }
    return when;
}

static bool speaks(const struct hop *h, const struct world_rule *rule)
{
    return !rule->egress && (rule->protocol == PROTOCOL_ALL || rule->protocol == h->protocol) &&
           (rule->group != WORLD_NONE || rule->remote.family == h->family);
}

static void list_openings(struct hopping *x)
{
    struct reach *r = x->r;
    const struct world_interface *n = target_of(x->h);
    for (size_t i = 0; i < n->groups.n; i++) {
        const struct world_membership *m = &n->groups.at[i];
        const struct world_group *g = &r->world->groups.at[m->group];
        for (uint32_t k = 0; k < g->rules.n; k++) {
            const struct world_rule *rule = &g->rules.at[k];
            if (!speaks(x->h, rule)) {
                continue;
            }
            struct guard when = guard_and(r->space, m->when, rule->when);
            if (rule->group != WORLD_NONE) {
                when = guard_and(r->space, when, sender_carries(x, rule->group));
                when = guard_and(r->space, when, x->refers);
            }
            if (reach_live(r, guard_and(r->space, when, x->there))) {
                *VEC_ADD(x->arena, &x->openings) = (struct opening){
                    .group = m->group, .index = k, .rule = rule, .when = when, .part = WHOLE};
            }
        }
    }
}

/* Rules by address, as to the addresses that the sender may have: those that admit none are
 * dropped, those that admit a part become lines that the sender's side is cut by. */
static size_t sort_out(struct hopping *x, struct ipset possible, struct ipset *parts)
{
    size_t kept = 0;
    size_t n = 0;
    for (size_t i = 0; i < x->openings.n; i++) {
        struct opening o = x->openings.at[i];
        if (o.rule->group == WORLD_NONE && !ipset_covers(o.rule->remote, possible)) {
            if (!ipset_meets(o.rule->remote, possible)) {
                continue;
            }
            o.part = n;
            parts[n++] = o.rule->remote;
        }
        x->openings.at[kept++] = o;
    }
    x->openings.n = kept;
    return n;
}

/* What a rule admits of the k-th stretch of sources, its own guard left aside. */
static uint32_t admitted_of(const struct opening *o, const struct hop_view *near)
{
    bool all = o->part == WHOLE || near->parts[o->part] != 0;
    return all ? PORTMAP_EVERYTHING : PORTMAP_NOTHING;
}

static void open_together(struct hopping *x, struct ipset sources)
{
    struct portmaps *maps = &x->r->ports;
    uint32_t *admitted = ARENA_ARRAY(x->arena, x->near.n, uint32_t);
    for (size_t i = 0; i < x->near.n; i++) {
        for (size_t k = 0; k < x->openings.n; k++) {
            const struct opening *o = &x->openings.at[k];
            if (admitted_of(o, &x->near.at[i]) == PORTMAP_EVERYTHING) {
                struct port_piece piece = {.ports = admit_ports(o->rule), .when = o->when};
                admitted[i] = portmap_or(maps, admitted[i], portmap_number(maps, &piece, 1));
            }
        }
    }
    contribute(x, NULL, settled_both(x, admitted), PORTS_ALL, sources);
}

/* The sender's own address is seen. */
static void open_for_sender(struct hopping *x, struct ipset possible, size_t parts)
{
    struct reach *r = x->r;
    uint32_t *admitted = ARENA_ARRAY(x->arena, x->near.n, uint32_t);
    for (size_t i = 0; i < x->near.n; i++) {
        admitted[i] = PORTMAP_EVERYTHING;
    }
    uint32_t whole = settled_both(x, admitted);
    for (size_t k = 0; k < x->openings.n; k++) {
        const struct opening *o = &x->openings.at[k];
        uint32_t map = whole;
        if (o->part != WHOLE) {
            for (size_t i = 0; i < x->near.n; i++) {
                admitted[i] = admitted_of(o, &x->near.at[i]);
            }
            map = settled_both(x, admitted);
        }
        struct ipset sources =
            o->part == WHOLE ? possible : ipset_both(x->out, o->rule->remote, possible);
        contribute(x, o, map, admit_ports(o->rule), sources);
    }
    if (parts > 0 && x->openings.n > 1) {
        open_together(x, possible);
    }
    whole = portmap_and(&r->ports, whole, unfiltered(r, x->h));
    contribute(x, NULL, whole, PORTS_ALL, possible);
}

/* The client's address is seen: each stretch of clients by itself. */
static void open_for_clients(struct hopping *x)
{
    struct reach *r = x->r;
    for (size_t i = 0; i < x->near.n; i++) {
        uint32_t map = settled_far(x, i);
        struct ipset where = x->near.at[i].where;
        for (size_t k = 0; k < x->openings.n && map != PORTMAP_NOTHING; k++) {
            const struct opening *o = &x->openings.at[k];
            struct ipset clients = o->rule->group == WORLD_NONE
                                       ? admit_both(x->out, o->rule->remote, where)
                                       : ipset_union(x->out, where, ipset_empty(x->h->family));
            if (!ipset_is_empty(clients)) {
                contribute(x, o, map, admit_ports(o->rule), clients);
            }
        }
        struct ipset all = ipset_union(x->out, where, ipset_empty(x->h->family));
        contribute(x, NULL, portmap_and(&r->ports, map, unfiltered(r, x->h)), PORTS_ALL, all);
    }
}

static bool same_vpc(const struct reach *r, uint32_t from, uint32_t to)
{
    uint32_t vpc = r->world->subnets.at[from].vpc;
    return from == to || (vpc != WORLD_NONE && vpc == r->world->subnets.at[to].vpc);
}

static int in_order(const void *x, const void *y)
{
    const struct contribution *a = x;
    const struct contribution *b = y;
    if (a->rule_id != b->rule_id) {
        return a->rule_id < b->rule_id ? -1 : 1;
    }
    return (a->ports.begin > b->ports.begin) - (a->ports.begin < b->ports.begin);
}

struct contributions hop_open(struct reach *r, struct arena *a, const struct hop *h)
{
    struct arena scratch = {0};
    struct hopping x = {.r = r, .h = h, .arena = &scratch, .out = a};
    struct hop_cross way = {GUARD_FALSE, GUARD_FALSE};
    if (same_vpc(r, h->sender.subnet, placement_of(h)->subnet)) {
        way = (struct hop_cross){GUARD_TRUE, GUARD_TRUE};
    } else if (h->sender.leaves) {
        way = hop_cross(r, h);
    }
    x.there = guard_and(r->space, target_there(r, h), way.open);
    x.refers = way.refers;
    if (!reach_live(r, x.there)) {
        return (struct contributions){0};
    }
    list_openings(&x);
    struct ipset possible = ipset_all(h->family);
    size_t parts = 0;
    struct ipset *part = ARENA_ARRAY(&scratch, x.openings.n, struct ipset);
    if (!h->sender.keeps_client) {
        possible = whereabouts_set(r, a, h->sender.subnet, h->family);
        parts = sort_out(&x, possible, part);
    }
    x.near = hop_near(r, &scratch, h, part, parts);
    x.far = hop_far(r, &scratch, h);
    pair_up(&x);
    if (h->sender.keeps_client) {
        open_for_clients(&x);
    } else {
        open_for_sender(&x, possible, parts);
    }
    if (x.all.n > 0) {
        qsort(x.all.at, x.all.n, sizeof *x.all.at, in_order);
    }
    arena_release(&scratch);
    return (struct contributions){.at = x.all.at, .n = x.all.n};
}
