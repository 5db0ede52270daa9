/*
 * The lines of the tables and of the ACLs that a subnet may have are laid over each other:
 *
 *     source space  |-- 1 --| 0 |------ 1 ------|
 *     route back    |------ g1 -----|--- g2 ----|      one for each table
 *     ACL in        |---- map 1 ----|-- map 7 --|      one for each ACL
 *     ACL out       |-- g3 ---------------------|
 *
 * and equal combinations become one region. Choices of a subnet are disjoint, so that
 * (choice /\ in /\ out) over all choices is (choice /\ in) /\ (choice /\ out).
 */
#include "reach/transit.h"

#include "reach/acl.h"
#include "reach/route.h"

void transit_places(struct reach *r)
{
    const struct world *w = r->world;
    r->places = arena_array(r->arena, w->subnets.n, sizeof *r->places);
    for (size_t i = 0; i < w->subnets.n; i++) {
        const struct world_subnet *s = &w->subnets.at[i];
        struct arena scratch = {0};
        VEC(uint32_t) key = {0};
        *VEC_ADD(&scratch, &key) = CACHE_PLACE;
        *VEC_ADD(&scratch, &key) = s->vpc;
        *VEC_ADD(&scratch, &key) = (uint32_t)s->tables.n;
        for (size_t k = 0; k < s->tables.n; k++) {
            *VEC_ADD(&scratch, &key) = s->tables.at[k].index;
            *VEC_ADD(&scratch, &key) = s->tables.at[k].when.node;
        }
        for (size_t k = 0; k < s->acls.n; k++) {
            *VEC_ADD(&scratch, &key) = s->acls.at[k].index;
            *VEC_ADD(&scratch, &key) = s->acls.at[k].when.node;
        }
        struct place *place = cache_get(r, key.at, key.n);
        if (!place) {
            place = ARENA_NEW(r->arena, struct place);
            *place = (struct place){.number = r->place_n++, .vpc = s->vpc, .sample = s};
            cache_put(r, key.at, key.n, place);
        }
        r->places[i] = place;
        arena_release(&scratch);
    }
}

/* The lines, in this order: space, tables, ACLs in, ACLs out. */
struct overlay {
    struct reach *r;
    struct transit_key key;
    struct line *lines;
    size_t tables;
    size_t acls;
    struct guard *table_when; /* of the choice, and that the gateway is attached to its VPC */
    struct map known;         /* values -> result, since few combinations differ */
    struct arena *arena;
};

static struct guard route_back(const struct overlay *o, const uint32_t *values)
{
    struct guard_space *space = o->r->space;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < o->tables; i++) {
        struct guard hit = guard_and(space, o->table_when[i], (struct guard){values[1 + i]});
        when = guard_or(space, when, hit);
    }
    return when;
}

static struct guard way_out(const struct overlay *o, const uint32_t *values)
{
    const struct world_subnet *s = o->key.place->sample;
    struct guard_space *space = o->r->space;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < o->acls; i++) {
        struct guard out = {values[1 + o->tables + o->acls + i]};
        when = guard_or(space, when, guard_and(space, s->acls.at[i].when, out));
    }
    return when;
}

static uint32_t way_in(const struct overlay *o, const uint32_t *values)
{
    const struct world_subnet *s = o->key.place->sample;
    struct portmaps *maps = &o->r->ports;
    uint32_t all = PORTMAP_NOTHING;
    for (size_t i = 0; i < o->acls; i++) {
        uint32_t in = values[1 + o->tables + i];
        all = portmap_or(maps, all, portmap_and(maps, in, s->acls.at[i].when));
    }
    return all;
}

static uint32_t combined(const struct overlay *o, const uint32_t *values)
{
    unsigned conjuncts = o->key.conjuncts;
    struct guard when = GUARD_TRUE;
    if (conjuncts & TRANSIT_ROUTE) {
        when = values[0] ? route_back(o, values) : GUARD_FALSE;
    }
    if (conjuncts & TRANSIT_ACL_OUT && !guard_is_false(when)) {
        when = guard_and(o->r->space, when, way_out(o, values));
    }
    if (!reach_live(o->r, when)) {
        return PORTMAP_NOTHING;
    }
    uint32_t in = conjuncts & TRANSIT_ACL_IN ? way_in(o, values) : PORTMAP_EVERYTHING;
    return portmap_and(&o->r->ports, in, when);
}

static uint32_t remembered(void *ctx, const uint32_t *values)
{
    struct overlay *o = ctx;
    size_t n = 1 + o->tables + 2 * o->acls;
    struct str key = {.p = (const char *)values, .n = n * sizeof *values};
    uint32_t *known = map_get(&o->known, key);
    if (!known) {
        known = ARENA_NEW(o->arena, uint32_t);
        *known = combined(o, values);
        *map_at(&o->known, str_copy(o->arena, key)) = known;
    }
    return *known;
}

/* The gateway must be attached to the VPC of the table, too, or the route leads nowhere;
 * for the subnet's own VPC that is the conjunct "entry". */
static struct guard table_guard(const struct reach *r, const struct transit_key *key,
                                const struct world_choice *choice)
{
    uint32_t vpc = r->world->tables.at[choice->index].vpc;
    if (vpc == key->place->vpc || vpc == WORLD_NONE) {
        return choice->when;
    }
    return guard_and(r->space, choice->when, edge_entry(r, key->gateway, vpc));
}

/* A conjunct that does not count gets a constant line: its values are not looked at. */
static void lay_lines(struct overlay *o)
{
    struct reach *r = o->r;
    const struct transit_key *key = &o->key;
    const struct world_subnet *s = key->place->sample;
    struct line none = line_constant(o->arena, 0);
    struct line *next = o->lines;
    bool route = key->conjuncts & TRANSIT_ROUTE && key->gateway != WORLD_NONE;
    *next++ = route ? line_of_set(o->arena, key->row->space(key->family), 1, 0) : none;
    for (size_t i = 0; i < o->tables; i++) {
        o->table_when[i] = table_guard(r, key, &s->tables.at[i]);
        *next++ = route ? route_line(r, s->tables.at[i].index, key->family, key->gateway) : none;
    }
    for (size_t i = 0; i < o->acls; i++) {
        *next++ = key->conjuncts & TRANSIT_ACL_IN
                      ? acl_line_in(r, s->acls.at[i].index, key->family, key->protocol)
                      : none;
    }
    for (size_t i = 0; i < o->acls; i++) {
        *next++ = key->conjuncts & TRANSIT_ACL_OUT
                      ? acl_line_out(r, s->acls.at[i].index, key->family, key->protocol)
                      : none;
    }
}

static struct line overlaid(struct reach *r, struct arena *a, struct transit_key key)
{
    size_t tables = key.place->sample->tables.n;
    size_t acls = key.place->sample->acls.n;
    struct overlay o = {
        .r = r,
        .key = key,
        .lines = ARENA_ARRAY(a, 1 + tables + 2 * acls, struct line),
        .tables = tables,
        .acls = acls,
        .table_when = ARENA_ARRAY(a, tables, struct guard),
        .arena = a,
    };
    map_init(&o.known, a);
    lay_lines(&o);
    return line_overlay(a, o.lines, 1 + tables + 2 * acls, remembered, &o);
}

struct prefixes {
    struct arena *arena;
    VEC(struct prefix) all;
};

static void add_prefix(const struct reach *r, struct prefixes *list, struct guard when,
                       struct prefix prefix)
{
    if (reach_live(r, when)) {
        *VEC_ADD(list->arena, &list->all) = prefix;
    }
}

static struct ipset excused(const struct reach *r, const struct transit_key *key)
{
    const struct world *w = r->world;
    const struct world_subnet *s = key->place->sample;
    struct arena scratch = {0};
    struct prefixes list = {.arena = &scratch};
    for (size_t i = 0; i < s->tables.n; i++) {
        const struct world_table *table = &w->tables.at[s->tables.at[i].index];
        for (size_t k = 0; table->vpc < w->vpcs.n && k < w->vpcs.at[table->vpc].cidrs.n; k++) {
            const struct world_cidr *cidr = &w->vpcs.at[table->vpc].cidrs.at[k];
            add_prefix(r, &list, cidr->when, cidr->prefix);
        }
        for (size_t k = 0; k < table->routes.n; k++) {
            const struct world_route *route = &table->routes.at[k];
            if (route->gateway != WORLD_NONE &&
                w->gateways.at[route->gateway].kind == GATEWAY_ENDPOINT) {
                add_prefix(r, &list, route->when, route->destination);
            }
        }
    }
    struct ipset all = ipset_of_prefixes(&scratch, key->family, list.all.at, list.all.n);
    struct ipset beyond = ipset_both(r->arena, all, key->row->space(key->family));
    arena_release(&scratch);
    return beyond;
}

const struct transit *transit_of(struct reach *r, struct transit_key key)
{
    const uint32_t words[] = {
        CACHE_TRANSIT, key.row->edge,          key.place->number, key.gateway,
        key.family,    (uint32_t)key.protocol, key.conjuncts,
    };
    enum { WORDS = sizeof words / sizeof words[0] };
    struct transit *t = cache_get(r, words, WORDS);
    if (t) {
        return t;
    }
    struct arena scratch = {0};
    struct line line = overlaid(r, &scratch, key);
    struct line_parts parts = line_split(r->arena, line, key.family, PORTMAP_NOTHING);
    struct region *regions = ARENA_ARRAY(r->arena, parts.n, struct region);
    for (size_t i = 0; i < parts.n; i++) {
        regions[i] = (struct region){.sources = parts.at[i].where, .ports = parts.at[i].value};
    }
    arena_release(&scratch);
    t = ARENA_NEW(r->arena, struct transit);
    *t = (struct transit){
        .number = r->transit_n++,
        .row = key.row,
        .family = key.family,
        .protocol = key.protocol,
        .at = regions,
        .n = parts.n,
        .excused = excused(r, &key),
    };
    cache_put(r, words, WORDS, t);
    return t;
}
