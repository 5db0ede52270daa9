/*
 * An accelerator that keeps the client's address is asked like the internet, without route
 * and public address. One that does not sends from public addresses that nobody wrote down
 * (AWS Global Accelerator developer guide, "Preserve client IP addresses"): what is open to
 * the whole internet is open to them, what is open to a part rests on A-PL.
 */
#include "reach/shortcut.h"

#include "net/internet.h"
#include "reach/stretch.h"

struct ends {
    struct shortcut_list *balancer;
    struct shortcut_list *interface;
};

static const struct ends *ends_of(struct reach *r)
{
    const uint32_t key[] = {CACHE_SHORTCUTS};
    const struct world *w = r->world;
    struct ends *ends = cache_get(r, key, 1);
    if (ends) {
        return ends;
    }
    ends = ARENA_NEW(r->arena, struct ends);
    ends->balancer = ARENA_ARRAY(r->arena, w->balancers.n, struct shortcut_list);
    ends->interface = ARENA_ARRAY(r->arena, w->interfaces.n, struct shortcut_list);
    for (uint32_t i = 0; i < w->shortcuts.n; i++) {
        const struct world_shortcut *s = &w->shortcuts.at[i];
        if (s->balancer != WORLD_NONE) {
            *VEC_ADD(r->arena, &ends->balancer[s->balancer].at) = i;
        } else if (s->interface != WORLD_NONE) {
            *VEC_ADD(r->arena, &ends->interface[s->interface].at) = i;
        }
    }
    cache_put(r, key, 1, ends);
    return ends;
}

const struct shortcut_list *shortcut_to_balancer(struct reach *r, uint32_t balancer)
{
    return &ends_of(r)->balancer[balancer];
}

const struct shortcut_list *shortcut_to_interface(struct reach *r, uint32_t interface)
{
    return &ends_of(r)->interface[interface];
}

struct origin shortcut_origin(const struct reach *r, uint32_t shortcut)
{
    const struct world_shortcut *s = &r->world->shortcuts.at[shortcut];
    return (struct origin){.row = edge_row(s->edge), .gateway = s->gateway, .shortcut = shortcut};
}

static bool overridden(const struct world_shortcut *s)
{
    return s->ports.begin != s->target.begin || s->ports.end != s->target.end;
}

struct ports shortcut_front(const struct reach *r, uint32_t shortcut, struct ports behind)
{
    const struct world_shortcut *s = &r->world->shortcuts.at[shortcut];
    return overridden(s) ? s->ports : ports_both(s->ports, behind);
}

struct arrival {
    struct reach *r;
    const struct world_shortcut *shortcut;
    struct way way; /* what is common to all */
    struct way_list *out;
};

static void arrive(const struct arrival *a, const struct contribution *c, struct guard when)
{
    struct way w = a->way;
    w.ports = ports_both(c->ports, a->shortcut->target);
    w.when = guard_and(a->r->space, c->when, when);
    if (ports_is_empty(w.ports) || !reach_live(a->r, w.when)) {
        return;
    }
    w.clients = c->passing;
    w.sources = c->sources;
    w.exposure = c->exposure;
    w.group = c->group;
    w.rule = c->rule;
    w.rule_id = c->rule_id;
    *VEC_ADD(a->out->arena, &a->out->all) = w;
}

/* What is open to the whole internet by all contributions together, as such without a rule. */
static void arrive_together(const struct arrival *a, const struct contribution_heap *heap,
                            struct guard when)
{
    struct reach *r = a->r;
    struct ipset internet = internet_space(a->way.family);
    struct arena scratch = {0};
    size_t n = heap->all.n;
    struct line *lines = ARENA_ARRAY(&scratch, n + 1, struct line);
    for (size_t i = 0; i < n; i++) {
        lines[i] = line_of_set(&scratch, heap->all.at[i].passing, 1, 0);
    }
    lines[n] = line_of_set(&scratch, internet, 1, 0);
    struct stretches all = stretches_of(&scratch, lines, n + 1, a->way.family);
    uint32_t every = PORTMAP_EVERYTHING;
    for (size_t i = 0; i < all.n; i++) {
        uint32_t here = PORTMAP_NOTHING;
        for (size_t k = 0; k < n; k++) {
            const struct contribution *c = &heap->all.at[k];
            if (all.at[i].values[k]) {
                const struct port_piece piece = {.ports = c->ports, .when = c->when};
                here = portmap_or(&r->ports, here, portmap_number(&r->ports, &piece, 1));
            }
        }
        every = all.at[i].values[n] ? portmap_both(&r->ports, every, here) : every;
    }
    arena_release(&scratch);
    struct portmap map = portmap_of(&r->ports, every);
    for (size_t i = 0; i < map.n; i++) {
        const struct contribution c = {.ports = map.at[i].ports,
                                       .when = map.at[i].when,
                                       .group = WORLD_NONE,
                                       .rule = WORLD_NONE,
                                       .rule_id = WORLD_NONE,
                                       .sources = internet,
                                       .passing = internet,
                                       .exposure = EXPOSURE_WORLD};
        arrive(a, &c, when);
    }
}

/* The groups are asked about the client, or about the accelerator's own addresses. */
static void arrive_filtered(const struct arrival *a, const struct contribution_heap *heap)
{
    struct reach *r = a->r;
    struct ipset internet = internet_space(a->way.family);
    struct guard keeps = a->shortcut->preserves;
    struct guard hides = guard_not(r->space, keeps);
    struct arrival hidden = *a;
    bool parts = false;
    if (reach_live(r, hides)) {
        struct str name = r->world->gateways.at[a->way.origin.gateway].name;
        hidden.way.doubt = world_fact(r->world, FACT_PL, name);
    }
    for (size_t i = 0; i < heap->all.n; i++) {
        struct contribution c = heap->all.at[i];
        c.passing = admit_both(r->arena, c.passing, internet);
        if (ipset_is_empty(c.passing)) {
            continue;
        }
        bool all = ipset_covers(c.passing, internet);
        parts = parts || !all;
        arrive(a, &c, keeps);
        arrive(&hidden, &c, all ? hides : guard_and(r->space, hides, hidden.way.doubt));
    }
    if (parts && heap->all.n > 1 && reach_live(r, hides)) {
        arrive_together(&hidden, heap, hides);
    }
}

static void arrive_unasked(const struct arrival *a, struct guard when)
{
    const struct contribution c = {.ports = PORTS_ALL,
                                   .when = when,
                                   .group = WORLD_NONE,
                                   .rule = WORLD_NONE,
                                   .rule_id = WORLD_NONE,
                                   .sources = ipset_empty(NET_V4),
                                   .passing = ipset_all(NET_V4),
                                   .exposure = EXPOSURE_NONE};
    arrive(a, &c, GUARD_TRUE);
}

static void arrive_at(struct arrival *a, const struct profile *p, size_t k)
{
    struct reach *r = a->r;
    const struct world_placement *placement = &p->sample->placements.at[k];
    struct guard when = guard_and(r->space, p->exists, a->shortcut->when);
    struct guard speaks = a->way.family == NET_V4
                              ? placement->has4
                              : guard_and(r->space, placement->has6, a->shortcut->carries6);
    when = guard_and(r->space, when, guard_and(r->space, placement->when, speaks));
    if (!reach_live(r, when)) {
        return;
    }
    a->way.placement = k;
    if (a->shortcut->edge == EDGE_PRIVATELINK) { /* IPv4 alone: carries6 is FALSE */
        arrive_unasked(a, when);
        return;
    }
    struct arena scratch = {0};
    struct contribution_heap heap = {.arena = &scratch};
    const struct transit *t = transit_of(r, (struct transit_key){
                                                .row = a->way.origin.row,
                                                .place = p->places[k],
                                                .gateway = a->way.origin.gateway,
                                                .family = a->way.family,
                                                .protocol = a->way.protocol,
                                                .conjuncts = TRANSIT_ACL_IN | TRANSIT_ACL_OUT,
                                            });
    profile_filter(r, p, t, when, &heap);
    arrive_filtered(a, &heap);
    arena_release(&scratch);
}

void shortcut_arrivals(struct reach *r, struct origin origin, uint32_t interface, int protocol,
                       enum net_family f, struct way_list *out)
{
    const struct world_shortcut *s = &r->world->shortcuts.at[origin.shortcut];
    bool carried = f == NET_V4 || reach_live(r, s->carries6);
    if (!carried || (s->protocol != PROTOCOL_ALL && s->protocol != protocol)) {
        return;
    }
    const struct profile *p = way_profile(r, interface);
    struct arrival a = {
        .r = r,
        .shortcut = s,
        .way = {.origin = origin,
                .via = WORLD_NONE,
                .at = p,
                .family = f,
                .protocol = protocol,
                .front = PORTS_EMPTY,
                .doubt = GUARD_TRUE},
        .out = out,
    };
    for (size_t k = 0; k < p->sample->placements.n; k++) {
        arrive_at(&a, p, k);
    }
}
