/*
 * The lines of the tables and of the ACLs that a subnet may have are laid over each other:
 *
 *     source space  |-- 1 --| 0 |------ 1 ------|
 *     route back    |------ g1 -----|--- g2 ----|      one for each table, and more for
 *                                                      those that lead through a middlebox
 *     ACL in        |---- map 1 ----|-- map 7 --|      one for each ACL
 *     ACL out       |-- g3 ---------------------|
 *
 * and equal combinations become one region. Choices of a subnet are disjoint, so that
 * (choice /\ in /\ out) over all choices is (choice /\ in) /\ (choice /\ out).
 */
#include "reach/transit.h"

#include "reach/acl.h"
#include "reach/beyond.h"
#include "reach/middlebox.h"
#include "reach/route.h"

/* The VPCs in which it matters which subnet something is in, not only what the subnet does:
 * what hops to it, or sends to it from another VPC of the world, asks for its CIDR. */
static bool *told_apart(const struct world *w, struct arena *a)
{
    bool *apart = ARENA_ARRAY(a, w->vpcs.n, bool);
    for (size_t i = 0; i < w->entrances.n; i++) {
        uint32_t vpc = w->subnets.at[w->entrances.at[i].subnet].vpc;
        if (vpc != WORLD_NONE) {
            apart[vpc] = true;
        }
    }
    for (size_t g = 0; g < w->gateways.n; g++) {
        for (size_t i = 0; i < w->gateways.at[g].attachments.n; i++) {
            const struct world_attachment *attachment = &w->gateways.at[g].attachments.at[i];
            apart[attachment->vpc] |= attachment->remote_vpc != WORLD_NONE;
        }
    }
    return apart;
}

/* The ingress of all gateways, by subnet. */
struct ingress_list {
    VEC(struct place_ingress) all;
};

static struct ingress_list *ingress_by_subnet(const struct reach *r)
{
    const struct world *w = r->world;
    struct ingress_list *list = ARENA_ARRAY(r->arena, w->subnets.n, struct ingress_list);
    for (uint32_t g = 0; g < w->gateways.n; g++) {
        for (size_t i = 0; i < w->gateways.at[g].ingress.n; i++) {
            const struct world_ingress *in = &w->gateways.at[g].ingress.at[i];
            *VEC_ADD(r->arena, &list[in->subnet].all) = (struct place_ingress){
                .gateway = g, .middlebox = in->middlebox, .when = in->when, .id = in->id};
        }
    }
    return list;
}

struct place_key {
    struct arena *arena;
    VEC(uint32_t) words;
};

static void put(struct place_key *key, uint32_t word)
{
    *VEC_ADD(key->arena, &key->words) = word;
}

static void put_subnet(struct place_key *key, const struct world *w, uint32_t subnet,
                       const struct ingress_list *ingress, const bool *apart)
{
    const struct world_subnet *s = &w->subnets.at[subnet];
    bool own = s->vpc < w->vpcs.n ? apart[s->vpc] : w->entrances.n > 0;
    put(key, CACHE_PLACE);
    put(key, s->vpc);
    put(key, own ? subnet : WORLD_NONE);
    put(key, (uint32_t)s->tables.n);
    put(key, (uint32_t)s->acls.n);
    for (size_t k = 0; k < s->tables.n; k++) {
        put(key, s->tables.at[k].index);
        put(key, s->tables.at[k].when.node);
    }
    for (size_t k = 0; k < s->acls.n; k++) {
        put(key, s->acls.at[k].index);
        put(key, s->acls.at[k].when.node);
    }
    for (size_t k = 0; k < ingress->all.n; k++) {
        put(key, ingress->all.at[k].gateway);
        put(key, ingress->all.at[k].middlebox);
        put(key, ingress->all.at[k].when.node);
    }
}

void transit_places(struct reach *r)
{
    const struct world *w = r->world;
    struct ingress_list *ingress = ingress_by_subnet(r);
    const bool *apart = told_apart(w, r->arena);
    r->places = arena_array(r->arena, w->subnets.n, sizeof *r->places);
    for (uint32_t i = 0; i < w->subnets.n; i++) {
        struct arena scratch = {0};
        struct place_key key = {.arena = &scratch};
        put_subnet(&key, w, i, &ingress[i], apart);
        struct place *place = cache_get(r, key.words.at, key.words.n);
        if (!place) {
            place = ARENA_NEW(r->arena, struct place);
            *place = (struct place){
                .number = r->place_n++,
                .vpc = w->subnets.at[i].vpc,
                .sample = &w->subnets.at[i],
                .ingress = ingress[i].all.at,
                .ingress_n = ingress[i].all.n,
            };
            cache_put(r, key.words.at, key.words.n, place);
        }
        r->places[i] = place;
        arena_release(&scratch);
    }
}

/* The routes back of one table: to the gateway, or to a middlebox; under its choice, and, if
 * it is a table of another VPC, that the gateway is attached there. */
struct way_back {
    size_t line;
    struct guard when;
};

/* The lines, in this order: space, ways back, ACLs in, ACLs out. */
struct overlay {
    struct reach *r;
    struct transit_key key;
    const struct middleboxes *boxes;
    VEC(struct line) lines;
    VEC(struct way_back) direct; /* of the subnet, to the gateway */
    VEC(struct way_back) to_box; /* of the subnet, to a middlebox; box by box */
    VEC(struct way_back) on;     /* of the middlebox's subnet, to the gateway; box by box */
    size_t *on_n;                /* of each middlebox */
    size_t acl_in;
    size_t acl_out;
    struct map known; /* values -> result, since few combinations differ */
    struct arena *arena;
};

static struct guard some_way(const struct overlay *o, const struct way_back *way, size_t n,
                             const uint32_t *values)
{
    struct guard_space *space = o->r->space;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < n; i++) {
        struct guard hit = guard_and(space, way[i].when, (struct guard){values[way[i].line]});
        when = guard_or(space, when, hit);
    }
    return when;
}

/* The way back, together with the way in if that counts. */
static struct guard route_back(const struct overlay *o, const uint32_t *values)
{
    struct guard_space *space = o->r->space;
    struct guard direct = some_way(o, o->direct.at, o->direct.n, values);
    struct guard *back = ARENA_ARRAY(o->arena, o->boxes->at.n, struct guard);
    size_t on = 0;
    for (size_t i = 0; i < o->boxes->at.n; i++) {
        size_t tables = o->key.place->sample->tables.n;
        struct guard to_box = some_way(o, o->to_box.at + i * tables, tables, values);
        back[i] = guard_and(space, to_box, some_way(o, o->on.at + on, o->on_n[i], values));
        on += o->on_n[i];
    }
    bool entry = o->key.conjuncts & TRANSIT_ENTRY;
    if (o->key.plain) {
        return entry ? guard_and(space, direct, o->boxes->direct) : direct;
    }
    return entry ? middlebox_round_trip(o->r, o->boxes, direct, back)
                 : middlebox_return(o->r, o->boxes, direct, back);
}

static struct guard way_in_and_back(const struct overlay *o, const uint32_t *values)
{
    if (o->key.conjuncts & TRANSIT_ROUTE) {
        struct guard beyond = {values[0]};
        return reach_live(o->r, beyond) ? guard_and(o->r->space, beyond, route_back(o, values))
                                        : GUARD_FALSE;
    }
    if (o->key.conjuncts & TRANSIT_ENTRY) {
        return o->key.plain ? o->boxes->direct : middlebox_entry(o->r, o->boxes);
    }
    return GUARD_TRUE;
}

static struct guard way_out(const struct overlay *o, const uint32_t *values)
{
    const struct world_subnet *s = o->key.place->sample;
    struct guard_space *space = o->r->space;
    struct guard when = GUARD_FALSE;
    for (size_t i = 0; i < s->acls.n; i++) {
        struct guard out = {values[o->acl_out + i]};
        when = guard_or(space, when, guard_and(space, s->acls.at[i].when, out));
    }
    return when;
}

static uint32_t way_in(const struct overlay *o, const uint32_t *values)
{
    const struct world_subnet *s = o->key.place->sample;
    struct portmaps *maps = &o->r->ports;
    uint32_t all = PORTMAP_NOTHING;
    for (size_t i = 0; i < s->acls.n; i++) {
        uint32_t in = values[o->acl_in + i];
        all = portmap_or(maps, all, portmap_and(maps, in, s->acls.at[i].when));
    }
    return all;
}

static uint32_t combined(const struct overlay *o, const uint32_t *values)
{
    unsigned conjuncts = o->key.conjuncts;
    struct guard when = way_in_and_back(o, values);
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
    struct str key = {.p = (const char *)values, .n = o->lines.n * sizeof *values};
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
static struct guard table_guard(const struct overlay *o, const struct world_choice *choice)
{
    uint32_t vpc = o->r->world->tables.at[choice->index].vpc;
    if (vpc == o->key.place->vpc || vpc == WORLD_NONE) {
        return choice->when;
    }
    return guard_and(o->r->space, choice->when, edge_entry(o->r, o->key.gateway, vpc));
}

static void lay(struct overlay *o, struct line line)
{
    *VEC_ADD(o->arena, &o->lines) = line;
}

static void lay_ways_back(struct overlay *o)
{
    struct reach *r = o->r;
    enum net_family f = o->key.family;
    const struct world_subnet *s = o->key.place->sample;
    for (size_t i = 0; i < s->tables.n; i++) {
        *VEC_ADD(o->arena, &o->direct) =
            (struct way_back){.line = o->lines.n, .when = table_guard(o, &s->tables.at[i])};
        lay(o, route_line(r, s->tables.at[i].index, f, o->key.gateway));
    }
    o->on_n = ARENA_ARRAY(o->arena, o->boxes->at.n, size_t);
    for (size_t k = 0; k < o->boxes->at.n; k++) {
        const struct middlebox *box = &o->boxes->at.at[k];
        const struct world_subnet *there = &r->world->subnets.at[box->subnet];
        for (size_t i = 0; i < s->tables.n; i++) {
            *VEC_ADD(o->arena, &o->to_box) =
                (struct way_back){.line = o->lines.n, .when = s->tables.at[i].when};
            lay(o, route_line(r, s->tables.at[i].index, f, box->gateway));
        }
        o->on_n[k] = there->tables.n;
        for (size_t i = 0; i < there->tables.n; i++) {
            *VEC_ADD(o->arena, &o->on) =
                (struct way_back){.line = o->lines.n, .when = table_guard(o, &there->tables.at[i])};
            lay(o, route_line(r, there->tables.at[i].index, f, o->key.gateway));
        }
    }
}

/* What does not count has no lines: its values are not looked at. */
static void lay_lines(struct overlay *o)
{
    struct reach *r = o->r;
    const struct transit_key *key = &o->key;
    const struct world_subnet *s = key->place->sample;
    if (!(key->conjuncts & TRANSIT_ROUTE) || key->gateway == WORLD_NONE) {
        lay(o, line_constant(o->arena, GUARD_FALSE.node));
    } else {
        lay(o, beyond_line(r, o->arena, key->row, key->gateway, key->place->vpc, key->family));
        lay_ways_back(o);
    }
    o->acl_in = o->lines.n;
    for (size_t i = 0; key->conjuncts & TRANSIT_ACL_IN && i < s->acls.n; i++) {
        lay(o, acl_line_map(r, s->acls.at[i].index, false, key->family, key->protocol));
    }
    o->acl_out = o->lines.n;
    for (size_t i = 0; key->conjuncts & TRANSIT_ACL_OUT && i < s->acls.n; i++) {
        lay(o, acl_line_out(r, s->acls.at[i].index, key->family, key->protocol));
    }
}

static struct line overlaid(struct reach *r, struct arena *a, struct transit_key key)
{
    struct overlay o = {
        .r = r,
        .key = key,
        .boxes = middleboxes_of(r, key.place, key.gateway),
        .arena = a,
    };
    map_init(&o.known, a);
    lay_lines(&o);
    return line_overlay(a, o.lines.at, o.lines.n, remembered, &o);
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
    if (!key->row->exposure) {
        return ipset_empty(key->family);
    }
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

static void put_set(struct place_key *key, struct ipset s)
{
    put(key, (uint32_t)s.n);
    for (size_t i = 0; i < s.n; i++) {
        const uint64_t words[] = {s.at[i].first.hi, s.at[i].first.lo, s.at[i].last.hi,
                                  s.at[i].last.lo};
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
            put(key, (uint32_t)(words[k] >> 32));
            put(key, (uint32_t)words[k]);
        }
    }
}

static uint32_t shape_of(struct reach *r, const struct transit *t)
{
    struct arena scratch = {0};
    struct place_key key = {.arena = &scratch};
    put(&key, CACHE_SHAPE);
    put(&key, t->row->edge);
    put(&key, t->family);
    put(&key, (uint32_t)t->protocol);
    put_set(&key, t->excused);
    for (size_t i = 0; i < t->n; i++) {
        struct portmap map = portmap_of(&r->ports, t->at[i].ports);
        put_set(&key, t->at[i].sources);
        put(&key, (uint32_t)map.n);
        for (size_t k = 0; k < map.n; k++) {
            put(&key, map.at[k].ports.begin);
            put(&key, map.at[k].ports.end);
        }
    }
    uint32_t *shape = cache_get(r, key.words.at, key.words.n);
    if (!shape) {
        shape = ARENA_NEW(r->arena, uint32_t);
        *shape = r->shape_n++;
        cache_put(r, key.words.at, key.words.n, shape);
    }
    arena_release(&scratch);
    return *shape;
}

const struct transit *transit_of(struct reach *r, struct transit_key key)
{
    const uint32_t words[] = {
        CACHE_TRANSIT, key.row->edge,          key.place->number, key.gateway,
        key.family,    (uint32_t)key.protocol, key.conjuncts,     key.plain,
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
        .place = key.place,
        .gateway = key.gateway,
        .family = key.family,
        .protocol = key.protocol,
        .at = regions,
        .n = parts.n,
        .excused = excused(r, &key),
    };
    t->shape = shape_of(r, t);
    if (key.row->may_refer && !key.plain && key.gateway != WORLD_NONE) {
        key.plain = true;
        t->plain = transit_of(r, key);
    }
    cache_put(r, words, WORDS, t);
    return t;
}
