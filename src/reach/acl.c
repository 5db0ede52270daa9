/*
 * The prefixes of an ACL's entries nest, so each region of the remote address is decided
 * by the entries on one way up the tree, sorted by number. For such a list the ports are
 * swept once: in each segment the first entries that match share out the assignments.
 */
#include "reach/acl.h"

#include <stdlib.h>

#include "reach/nest.h"
#include "reach/port_sweep.h"

/* A client takes one of these ports (SEMANTICS 0.5). */
static const struct ports EPHEMERAL = {1024, 65535};
static const struct ports LOW_CLIENT = {1, 1023};

/* The entries of one direction, in order of evaluation. */
struct acl_order {
    const struct world_entry **at;
    size_t n;
};

static int by_number(const void *x, const void *y)
{
    const struct world_entry *a = *(const struct world_entry *const *)x;
    const struct world_entry *b = *(const struct world_entry *const *)y;
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return (a->id > b->id) - (a->id < b->id);
}

static const struct acl_order *ordered(struct reach *r, uint32_t acl, bool egress)
{
    const uint32_t key[] = {CACHE_ACL_ORDER, acl, egress};
    struct acl_order *order = cache_get(r, key, 3);
    if (order) {
        return order;
    }
    const struct world_acl *a = &r->world->acls.at[acl];
    order = ARENA_NEW(r->arena, struct acl_order);
    order->at = arena_array(r->arena, a->entries.n, sizeof *order->at);
    for (size_t i = 0; i < a->entries.n; i++) {
        if (a->entries.at[i].egress == egress) {
            order->at[order->n++] = &a->entries.at[i];
        }
    }
    qsort(order->at, order->n, sizeof(const struct world_entry *), by_number);
    cache_put(r, key, 3, order);
    return order;
}

static bool speaks(const struct world_entry *e, int protocol)
{
    return e->protocol == PROTOCOL_ALL || e->protocol == protocol;
}

static struct ports ports_of_entry(const struct world_entry *e)
{
    return e->protocol == PROTOCOL_ALL ? PORTS_ALL : e->ports;
}

/* The entries that can match packets of one family and protocol. */
struct selection {
    const struct world_entry **entry;
    struct prefix *prefix;
    size_t n;
};

static struct selection selected(struct reach *r, struct arena *a, uint32_t acl, bool egress,
                                 enum net_family f, int protocol)
{
    const struct acl_order *order = ordered(r, acl, egress);
    struct selection s = {.entry = arena_array(a, order->n, sizeof *s.entry),
                          .prefix = ARENA_ARRAY(a, order->n, struct prefix)};
    for (size_t i = 0; i < order->n; i++) {
        if (order->at[i]->prefix.family == f && speaks(order->at[i], protocol)) {
            s.entry[s.n] = order->at[i];
            s.prefix[s.n++] = order->at[i]->prefix;
        }
    }
    return s;
}

static int ascending(const void *x, const void *y)
{
    const uint32_t *a = x;
    const uint32_t *b = y;
    return (*a > *b) - (*a < *b);
}

/* The entries on the way from a node to the root, in order of evaluation; nothing behind an
 * entry that takes all. Returns how many. */
static size_t way_up(struct arena *a, const struct selection *s, const struct nest *nest,
                     uint32_t node, uint32_t **out)
{
    const struct nest_node *at = nest->node;
    size_t all = at[0].end - at[0].begin;
    for (uint32_t i = node; i != 0; i = at[i].parent) {
        all += at[i].end - at[i].begin;
    }
    uint32_t *way = ARENA_ARRAY(a, all, uint32_t);
    size_t n = 0;
    for (uint32_t i = node; n < all; i = at[i].parent) {
        for (uint32_t k = at[i].begin; k < at[i].end; k++) {
            way[n++] = nest->order[k];
        }
    }
    qsort(way, n, sizeof *way, ascending);
    for (size_t i = 0; i < n; i++) {
        const struct world_entry *e = s->entry[way[i]];
        struct ports ports = ports_of_entry(e);
        if (guard_is_true(e->when) && ports.begin == 0 && ports.end == UINT16_MAX) {
            n = i + 1;
        }
    }
    *out = way;
    return n;
}

/* The map of what these entries allow. */
static uint32_t allowed(struct reach *r, struct arena *a, const struct selection *s,
                        const uint32_t *way, size_t n)
{
    struct ports *ranges = ARENA_ARRAY(a, n, struct ports);
    for (size_t i = 0; i < n; i++) {
        ranges[i] = ports_of_entry(s->entry[way[i]]);
    }
    VEC(struct port_piece) pieces = {0};
    struct port_sweep sweep = port_sweep_over(a, ranges, n);
    while (port_sweep_next(&sweep)) {
        struct guard when = GUARD_FALSE;
        struct guard rest = GUARD_TRUE;
        for (size_t i = 0; i < sweep.active_n && !guard_is_false(rest); i++) {
            const struct world_entry *e = s->entry[way[sweep.active[i]]];
            if (e->allow) {
                when = guard_or(r->space, when, guard_and(r->space, rest, e->when));
            }
            rest = guard_minus(r->space, rest, e->when);
        }
        *VEC_ADD(a, &pieces) = (struct port_piece){.ports = sweep.segment, .when = when};
    }
    return portmap_number(&r->ports, pieces.at, pieces.n);
}

/* The maps of one direction along the remote address. */
static struct line map_line(struct reach *r, struct arena *a, uint32_t acl, bool egress,
                            enum net_family f, int protocol)
{
    struct arena scratch = {0};
    struct selection s = selected(r, &scratch, acl, egress, f, protocol);
    struct nest nest = nest_of(&scratch, f, s.prefix, s.n);
    uint32_t *value = ARENA_ARRAY(&scratch, nest.n, uint32_t);
    for (uint32_t i = 0; i < nest.n; i++) {
        struct arena once = {0};
        uint32_t *way = NULL;
        size_t n = way_up(&once, &s, &nest, i, &way);
        value[i] = allowed(r, &once, &s, way, n);
        arena_release(&once);
    }
    struct line made = nest_line(a, &nest, value);
    arena_release(&scratch);
    return made;
}

static void keep_line(struct reach *r, const uint32_t *key, size_t n, struct line line)
{
    struct line *kept = ARENA_NEW(r->arena, struct line);
    *kept = line;
    cache_put(r, key, n, kept);
}

struct line acl_line_map(struct reach *r, uint32_t acl, bool egress, enum net_family f,
                         int protocol)
{
    const uint32_t key[] = {CACHE_ACL_MAP, acl, egress, f, (uint32_t)protocol};
    const struct line *known = cache_get(r, key, 5);
    if (known) {
        return *known;
    }
    struct line made = map_line(r, r->arena, acl, egress, f, protocol);
    keep_line(r, key, 5, made);
    return made;
}

struct reply {
    struct reach *r;
    uint32_t acl;
};

/* From the map of what may leave to the guard under which some reply does. */
static uint32_t reply_guard(void *ctx, const uint32_t *values)
{
    const struct reply *reply = ctx;
    struct reach *r = reply->r;
    struct guard high = portmap_some(&r->ports, values[0], EPHEMERAL);
    struct guard low = guard_minus(r->space, portmap_some(&r->ports, values[0], LOW_CLIENT), high);
    if (!reach_live(r, low)) {
        return high.node;
    }
    struct guard fact = world_fact(r->world, FACT_LOWPORT, r->world->acls.at[reply->acl].name);
    return guard_or(r->space, high, guard_and(r->space, low, fact)).node;
}

struct line acl_line_out(struct reach *r, uint32_t acl, enum net_family f, int protocol)
{
    const uint32_t key[] = {CACHE_ACL_OUT, acl, f, (uint32_t)protocol};
    const struct line *known = cache_get(r, key, 4);
    if (known) {
        return *known;
    }
    struct line maps = acl_line_map(r, acl, true, f, protocol);
    struct line made =
        line_overlay(r->arena, &maps, 1, reply_guard, &(struct reply){.r = r, .acl = acl});
    keep_line(r, key, 4, made);
    return made;
}

static bool matches(const struct reach *r, const struct world_entry *e, struct packet p,
                    const uint32_t *outcome)
{
    struct prefix source = {
        .family = p.family, .length = p.family == NET_V4 ? 32 : 128, .first = p.source};
    return speaks(e, p.protocol) && prefix_covers(e->prefix, source) &&
           guard_holds(r->space, e->when, outcome);
}

static uint32_t deciding(struct reach *r, uint32_t acl, bool egress, struct packet p,
                         const uint32_t *outcome)
{
    const struct acl_order *order = ordered(r, acl, egress);
    for (size_t i = 0; i < order->n; i++) {
        const struct world_entry *e = order->at[i];
        if (ports_has(ports_of_entry(e), p.port) && matches(r, e, p, outcome)) {
            return e->id;
        }
    }
    return WORLD_NONE;
}

uint32_t acl_entry_in(struct reach *r, uint32_t acl, struct packet p, const uint32_t *outcome)
{
    return deciding(r, acl, false, p, outcome);
}

uint32_t acl_entry_sent(struct reach *r, uint32_t acl, struct packet p, const uint32_t *outcome)
{
    return deciding(r, acl, true, p, outcome);
}

/* Ports that no entry has decided yet, as disjoint ranges. */
struct undecided {
    struct arena *arena;
    VEC(struct ports) ranges;
};

static void take_out(struct undecided *u, struct ports taken)
{
    size_t n = u->ranges.n;
    for (size_t i = 0; i < n; i++) {
        struct ports range = u->ranges.at[i];
        if (ports_is_empty(ports_both(range, taken))) {
            continue;
        }
        u->ranges.at[i] = PORTS_EMPTY;
        if (range.begin < taken.begin) {
            *VEC_ADD(u->arena, &u->ranges) =
                (struct ports){range.begin, (uint16_t)(taken.begin - 1)};
        }
        if (taken.end < range.end) {
            *VEC_ADD(u->arena, &u->ranges) = (struct ports){(uint16_t)(taken.end + 1), range.end};
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < u->ranges.n; i++) {
        if (!ports_is_empty(u->ranges.at[i])) {
            u->ranges.at[kept++] = u->ranges.at[i];
        }
    }
    u->ranges.n = kept;
}

static bool some_undecided(const struct undecided *u, struct ports ports)
{
    for (size_t i = 0; i < u->ranges.n; i++) {
        if (!ports_is_empty(ports_both(u->ranges.at[i], ports))) {
            return true;
        }
    }
    return false;
}

/* The first entry that lets a packet out to one of these client ports. */
static uint32_t letting_out(struct reach *r, uint32_t acl, struct packet p, struct ports client,
                            const uint32_t *outcome)
{
    const struct acl_order *order = ordered(r, acl, true);
    struct arena scratch = {0};
    struct undecided u = {.arena = &scratch};
    *VEC_ADD(&scratch, &u.ranges) = client;
    uint32_t id = WORLD_NONE;
    for (size_t i = 0; i < order->n && id == WORLD_NONE && u.ranges.n > 0; i++) {
        const struct world_entry *e = order->at[i];
        struct ports ports = ports_of_entry(e);
        if (!some_undecided(&u, ports) || !matches(r, e, p, outcome)) {
            continue;
        }
        if (e->allow) {
            id = e->id;
        } else {
            take_out(&u, ports);
        }
    }
    arena_release(&scratch);
    return id;
}

uint32_t acl_entry_out(struct reach *r, uint32_t acl, struct packet p, const uint32_t *outcome)
{
    uint32_t id = letting_out(r, acl, p, EPHEMERAL, outcome);
    return id != WORLD_NONE ? id : letting_out(r, acl, p, LOW_CLIENT, outcome);
}

uint32_t acl_entry_denying(struct reach *r, uint32_t acl, bool egress, struct ipset remote,
                           int protocol, struct ports ports)
{
    const struct acl_order *order = ordered(r, acl, egress);
    struct arena scratch = {0};
    uint32_t id = WORLD_NONE;
    for (size_t i = 0; i < order->n && id == WORLD_NONE; i++) {
        const struct world_entry *e = order->at[i];
        bool asked = protocol == PROTOCOL_ALL ? speaks(e, PROTOCOL_TCP) || speaks(e, PROTOCOL_UDP)
                                              : speaks(e, protocol);
        if (!e->allow && asked && e->prefix.family == remote.family &&
            !ports_is_empty(ports_both(ports_of_entry(e), ports)) && reach_live(r, e->when) &&
            ipset_meets(ipset_of(&scratch, e->prefix), remote)) {
            id = e->id;
        }
    }
    arena_release(&scratch);
    return id;
}
