/*
 * Groups only allow, so a group is the union of rectangles: rule by region by port range.
 * They are worked out once for each pair of group and shape of transit; where several subnets may
 * be the interface's, those of one shape are joined before the rules are asked.
 */
#include "reach/admit.h"

#include "reach/reference.h"

/* References to groups match private addresses on private routes, never what comes through
 * a gateway (SEMANTICS 2.1.6). */
bool admit_speaks(const struct world_rule *rule, enum net_family f, int protocol)
{
    return !rule->egress && rule->group == WORLD_NONE && rule->remote.family == f &&
           !ipset_is_empty(rule->remote) &&
           (rule->protocol == PROTOCOL_ALL || rule->protocol == protocol);
}

struct ports admit_ports(const struct world_rule *rule)
{
    return rule->protocol == PROTOCOL_ALL ? PORTS_ALL : rule->ports;
}

/* The first range of s that ends at a or behind it. */
static size_t first_reaching(struct ipset s, struct address a)
{
    size_t low = 0;
    size_t high = s.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (address_cmp(s.at[middle].last, a) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct ipset admit_both(struct arena *a, struct ipset small, struct ipset large)
{
    if (small.n == 0 || large.n == 0) {
        return ipset_empty(large.family);
    }
    size_t begin = first_reaching(large, small.at[0].first);
    size_t end = first_reaching(large, small.at[small.n - 1].last);
    end += end < large.n;
    struct ipset window = {.family = large.family, .at = large.at + begin, .n = end - begin};
    return ipset_both(a, small, window);
}

struct collector {
    struct reach *r;
    const struct transit *t;
    uint32_t group;
    VEC(struct rectangle) all;
};

/* first: how many pieces the maps of earlier regions have. */
static void collect_region(struct collector *c, uint32_t index, size_t k, size_t first)
{
    struct reach *r = c->r;
    const struct world_rule *rule = &r->world->groups.at[c->group].rules.at[index];
    const struct region *region = &c->t->at[k];
    struct ipset passing = admit_both(r->arena, rule->remote, region->sources);
    struct ipset sources = passing;
    if (ipset_is_empty(passing)) {
        return;
    }
    if (!ipset_is_empty(c->t->excused)) {
        sources = ipset_union(r->arena, sources, admit_both(r->arena, rule->remote, c->t->excused));
    }
    struct arena scratch = {0};
    enum exposure exposure =
        c->t->row->exposure ? c->t->row->exposure(&scratch, sources) : EXPOSURE_NONE;
    arena_release(&scratch);
    struct portmap map = portmap_of(&r->ports, region->ports);
    for (size_t i = 0; i < map.n; i++) {
        struct ports ports = ports_both(admit_ports(rule), map.at[i].ports);
        if (!ports_is_empty(ports)) {
            *VEC_ADD(r->arena, &c->all) = (struct rectangle){
                .open = {.ports = ports,
                         .when = rule->when,
                         .group = c->group,
                         .rule = index,
                         .rule_id = rule->id,
                         .sources = sources,
                         .passing = passing,
                         .exposure = exposure},
                .region = k,
                .piece = i,
                .number = first + i,
            };
        }
    }
}

struct rectangles admit_rectangles(struct reach *r, uint32_t group, const struct transit *t)
{
    const uint32_t key[] = {CACHE_RECTANGLES, group, t->shape};
    struct rectangles *known = cache_get(r, key, 3);
    if (known) {
        return *known;
    }
    struct collector c = {.r = r, .t = t, .group = group};
    const struct world_group *g = &r->world->groups.at[group];
    for (uint32_t i = 0; i < g->rules.n; i++) {
        const struct world_rule *rule = &g->rules.at[i];
        size_t first = 0;
        if (!admit_speaks(rule, t->family, t->protocol) || !reach_live(r, rule->when)) {
            continue;
        }
        for (size_t k = 0; k < t->n; k++) {
            collect_region(&c, i, k, first);
            first += portmap_of(&r->ports, t->at[k].ports).n;
        }
    }
    known = ARENA_NEW(r->arena, struct rectangles);
    *known = (struct rectangles){.at = c.all.at, .n = c.all.n};
    cache_put(r, key, 3, known);
    return *known;
}

struct guard admit_passage(const struct reach *r, const struct transit *t,
                           const struct rectangle *rectangle)
{
    return portmap_of(&r->ports, t->at[rectangle->region].ports).at[rectangle->piece].when;
}

struct contributions admit_of(struct reach *r, uint32_t group, const struct transit *t)
{
    const uint32_t key[] = {CACHE_ADMIT, group, t->number};
    struct contributions *known = cache_get(r, key, 3);
    if (known) {
        return *known;
    }
    struct contribution_heap heap = {.arena = r->arena};
    const struct world_group *g = &r->world->groups.at[group];
    struct rectangles all = admit_rectangles(r, group, t);
    size_t next = 0;
    for (uint32_t i = 0; i < g->rules.n; i++) {
        if (g->rules.at[i].group != WORLD_NONE && t->plain) {
            reference_open(r, t->plain, group, i, &heap);
        }
        for (; next < all.n && all.at[next].open.rule == i; next++) {
            struct contribution c = all.at[next].open;
            c.when = guard_and(r->space, c.when, admit_passage(r, t, &all.at[next]));
            if (reach_live(r, c.when)) {
                *VEC_ADD(r->arena, &heap.all) = c;
            }
        }
    }
    known = ARENA_NEW(r->arena, struct contributions);
    *known = (struct contributions){.at = heap.all.at, .n = heap.all.n};
    cache_put(r, key, 3, known);
    return *known;
}
