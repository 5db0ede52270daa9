/*
 * For each gateway, protocol and family all contributions of all placements are put on one
 * heap and swept together; then both families are joined where they agree.
 */
#include "reach/profile.h"

#include <stdlib.h>

#include "reach/entrance.h"
#include "reach/families.h"
#include "reach/listen.h"
#include "reach/pending.h"

struct guard profile_address(const struct reach *r, const struct profile *p, size_t k,
                             const struct edge_row *row, enum net_family f)
{
    struct guard when = row->address(r->space, &p->sample->placements.at[k], f);
    return row->edge == EDGE_INTERNET ? guard_minus(r->space, when, p->sample->no_internet) : when;
}

struct guard profile_guard(const struct reach *r, const struct profile *p, size_t k,
                           const struct edge_row *row, uint32_t gateway, enum net_family f)
{
    const struct world_placement *placement = &p->sample->placements.at[k];
    struct guard when = guard_and(r->space, p->exists, placement->when);
    when = guard_and(r->space, when, profile_address(r, p, k, row, f));
    return guard_and(r->space, when, edge_entry(r, gateway, p->places[k]->vpc));
}

bool profile_has_edge(struct reach *r, const struct profile *p, const struct edge_row *row)
{
    for (size_t k = 0; k < p->sample->placements.n; k++) {
        if (edge_gateways(r, row, p->places[k])->at.n > 0) {
            return true;
        }
    }
    return row->always_there;
}

/* Adds what is open under both guards, if anything is. */
static void add_open(const struct reach *r, struct contribution_heap *heap,
                     const struct contribution *c, struct guard one, struct guard other)
{
    bool apart = heap->pending && !guard_is_true(one) && !guard_is_true(other);
    struct guard when = apart ? one : guard_and(r->space, one, other);
    if (apart ? pending_live(r, one, other) : reach_live(r, when)) {
        struct contribution *added = VEC_ADD(heap->arena, &heap->all);
        *added = *c;
        added->when = when;
        added->apart = apart;
        added->also = other;
    }
}

static void add_group(struct reach *r, struct contribution_heap *heap,
                      const struct world_membership *m, const struct transit *t, struct guard when)
{
    struct guard both = guard_and(r->space, when, m->when);
    if (!reach_live(r, both)) {
        return;
    }
    struct contributions c = admit_of(r, m->group, t);
    for (size_t i = 0; i < c.n; i++) {
        add_open(r, heap, &c.at[i], both, c.at[i].when);
    }
}

void profile_filter(struct reach *r, const struct profile *p, const struct transit *t,
                    struct guard when, struct contribution_heap *heap)
{
    for (size_t i = 0; i < p->sample->groups.n; i++) {
        add_group(r, heap, &p->sample->groups.at[i], t, when);
    }
    listen_unfiltered(r, p->sample, t, when, heap);
}

/* A placement at which the packet finds the interface, and what its subnet lets through. */
struct passage {
    const struct transit *t;
    struct guard when;
    bool joined; /* with an earlier one */
};
struct passages {
    struct arena *arena;
    VEC(struct passage) all;
};

static struct passages passages_of(struct reach *r, struct arena *a, const struct profile *p,
                                   const struct edge_row *row, uint32_t gateway, int protocol,
                                   enum net_family f)
{
    struct passages list = {.arena = a};
    for (size_t k = 0; k < p->sample->placements.n; k++) {
        struct guard when = profile_guard(r, p, k, row, gateway, f);
        if (!reach_live(r, when)) {
            continue;
        }
        const struct transit *t = transit_of(r, (struct transit_key){
                                                    .row = row,
                                                    .place = p->places[k],
                                                    .gateway = gateway,
                                                    .family = f,
                                                    .protocol = protocol,
                                                    .conjuncts = TRANSIT_ALL,
                                                });
        *VEC_ADD(a, &list.all) = (struct passage){.t = t, .when = when};
    }
    return list;
}

void profile_admit(struct reach *r, const struct profile *p, const struct edge_row *row,
                   uint32_t gateway, int protocol, enum net_family f,
                   struct contribution_heap *heap)
{
    if (row->way == EDGE_BY_ENTRANCE) {
        entrance_admit(r, p, row, gateway, protocol, f, heap);
        return;
    }
    struct arena scratch = {0};
    struct passages list = passages_of(r, &scratch, p, row, gateway, protocol, f);
    for (size_t i = 0; i < list.all.n; i++) {
        profile_filter(r, p, list.all.at[i].t, list.all.at[i].when, heap);
    }
    arena_release(&scratch);
}

/* Passages of one shape: the first, and those that were joined with it. */
struct joint {
    struct passages *list;
    size_t first;
    struct guard *open; /* by number of the piece: when something gets through one of them;
                           FALSE where it was not asked yet */
};

static struct guard joint_open(const struct reach *r, const struct joint *j,
                               const struct rectangle *c)
{
    uint32_t shape = j->list->all.at[j->first].t->shape;
    struct guard open = j->open[c->number];
    for (size_t i = j->first; guard_is_false(j->open[c->number]) && i < j->list->all.n; i++) {
        const struct passage *p = &j->list->all.at[i];
        if (p->t->shape == shape) {
            struct guard when = guard_and(r->space, p->when, admit_passage(r, p->t, c));
            open = guard_or(r->space, open, when);
        }
    }
    j->open[c->number] = open;
    return open;
}

static void join_group(struct reach *r, const struct joint *j, const struct world_membership *m,
                       struct contribution_heap *heap)
{
    struct rectangles all = admit_rectangles(r, m->group, j->list->all.at[j->first].t);
    struct guard open = GUARD_FALSE;
    struct guard member = GUARD_FALSE;
    for (size_t i = 0; i < all.n; i++) {
        struct guard now = joint_open(r, j, &all.at[i]);
        if (i == 0 || !guard_same(now, open)) {
            open = now;
            member = guard_and(r->space, open, m->when);
        }
        add_open(r, heap, &all.at[i].open, member, all.at[i].open.when);
    }
}

/* Marks the passages that can be joined with this one: those of its shape. References are asked
 * on each alone. */
static bool join(struct passages *list, size_t first)
{
    const struct transit *t = list->all.at[first].t;
    bool joined = false;
    for (size_t i = first + 1; !t->plain && i < list->all.n; i++) {
        if (list->all.at[i].t->shape == t->shape) {
            list->all.at[i].joined = true;
            joined = true;
        }
    }
    return joined;
}

/* Like profile_admit, but with one contribution for all placements whose subnets let the same
 * through, only under other guards. */
static void admit_joined(struct reach *r, const struct profile *p, struct passages *list,
                         struct contribution_heap *heap)
{
    for (size_t i = 0; i < list->all.n; i++) {
        const struct passage *passage = &list->all.at[i];
        if (passage->joined) {
            listen_unfiltered(r, p->sample, passage->t, passage->when, heap);
            continue;
        }
        if (!join(list, i)) {
            profile_filter(r, p, passage->t, passage->when, heap);
            continue;
        }
        size_t pieces = 0;
        for (size_t k = 0; k < passage->t->n; k++) {
            pieces += portmap_of(&r->ports, passage->t->at[k].ports).n;
        }
        struct joint j = {list, i, ARENA_ARRAY(list->arena, pieces, struct guard)};
        for (size_t k = 0; k < p->sample->groups.n; k++) {
            join_group(r, &j, &p->sample->groups.at[k], heap);
        }
        listen_unfiltered(r, p->sample, passage->t, passage->when, heap);
    }
}

static struct pieces pieces_of(struct reach *r, const struct profile *p, const struct edge_row *row,
                               uint32_t gateway, int protocol, enum net_family f)
{
    struct arena scratch = {0};
    struct contribution_heap heap = {.arena = &scratch, .pending = listen_ports(r, p->sample).all};
    if (row->way == EDGE_BY_ENTRANCE) {
        profile_admit(r, p, row, gateway, protocol, f, &heap);
    } else {
        struct passages list = passages_of(r, &scratch, p, row, gateway, protocol, f);
        admit_joined(r, p, &list, &heap);
    }
    listen_cut(r, p->sample, protocol, &heap);
    struct pieces pieces = sweep_pieces(r, row, heap.all.at, heap.all.n);
    arena_release(&scratch);
    return pieces;
}

struct table {
    struct reach *r;
    const struct profile *profile;
    const struct edge_row *edge;
    VEC(struct row) rows;
};

static void add_rows(struct table *t, uint32_t gateway, int protocol, unsigned families,
                     struct pieces pieces)
{
    for (size_t i = 0; i < pieces.n; i++) {
        *VEC_ADD(t->r->arena, &t->rows) = (struct row){
            .gateway = gateway,
            .families = families,
            .protocol = protocol,
            .piece = pieces.at[i],
        };
    }
}

static void add_gateway(struct table *t, uint32_t gateway)
{
    static const int PROTOCOLS[] = {PROTOCOL_TCP, PROTOCOL_UDP};
    for (size_t i = 0; i < sizeof PROTOCOLS / sizeof PROTOCOLS[0]; i++) {
        int protocol = PROTOCOLS[i];
        struct pieces v4 = pieces_of(t->r, t->profile, t->edge, gateway, protocol, NET_V4);
        struct pieces v6 = pieces_of(t->r, t->profile, t->edge, gateway, protocol, NET_V6);
        struct pieces both = families_joined(t->r, v4, v6);
        if (both.n > 0) {
            add_rows(t, gateway, protocol, FAMILY_V4 | FAMILY_V6, both);
        } else {
            add_rows(t, gateway, protocol, FAMILY_V4, v4);
            add_rows(t, gateway, protocol, FAMILY_V6, v6);
        }
    }
}

static int in_order(const void *x, const void *y)
{
    const struct row *a = x;
    const struct row *b = y;
    if (a->gateway != b->gateway) {
        return a->gateway < b->gateway ? -1 : 1;
    }
    if (a->families != b->families) {
        return a->families < b->families ? -1 : 1;
    }
    if (a->protocol != b->protocol) {
        return a->protocol < b->protocol ? -1 : 1;
    }
    return (a->piece.ports.begin > b->piece.ports.begin) -
           (a->piece.ports.begin < b->piece.ports.begin);
}

static int ascending(const void *x, const void *y)
{
    const uint32_t *a = x;
    const uint32_t *b = y;
    return (*a > *b) - (*a < *b);
}

static struct row_list rows_of(struct reach *r, const struct profile *p,
                               const struct edge_row *edge)
{
    struct arena scratch = {0};
    struct gateway_list all = {0};
    for (size_t k = 0; k < p->sample->placements.n; k++) {
        const struct gateway_list *list = edge_gateways(r, edge, p->places[k]);
        for (size_t i = 0; i < list->at.n; i++) {
            *VEC_ADD(&scratch, &all.at) = list->at.at[i];
        }
    }
    if (all.at.n > 0) {
        qsort(all.at.at, all.at.n, sizeof *all.at.at, ascending);
    }
    struct table t = {.r = r, .profile = p, .edge = edge};
    for (size_t i = 0; i < all.at.n; i++) {
        if (i == 0 || all.at.at[i] != all.at.at[i - 1]) {
            add_gateway(&t, all.at.at[i]);
        }
    }
    arena_release(&scratch);
    if (t.rows.n > 0) {
        qsort(t.rows.at, t.rows.n, sizeof *t.rows.at, in_order);
    }
    return (struct row_list){.at = t.rows.at, .n = t.rows.n};
}

struct key {
    struct arena *arena;
    VEC(uint32_t) words;
};

static void put(struct key *key, uint32_t word)
{
    *VEC_ADD(key->arena, &key->words) = word;
}

static void put_interface(struct key *key, const struct reach *r, const struct world_interface *n,
                          struct guard exists)
{
    put(key, CACHE_PROFILE);
    put(key, exists.node);
    put(key, (uint32_t)n->placements.n);
    put(key, (uint32_t)n->groups.n);
    for (size_t i = 0; i < n->placements.n; i++) {
        const struct world_placement *p = &n->placements.at[i];
        put(key, r->places[p->subnet]->number);
        put(key, p->when.node);
        put(key, p->public4.node);
        put(key, p->has4.node);
        put(key, p->has6.node);
    }
    for (size_t i = 0; i < n->groups.n; i++) {
        put(key, n->groups.at[i].group);
        put(key, n->groups.at[i].when.node);
    }
    put(key, n->open.node);
    put(key, n->no_internet.node);
    put(key, n->balancer);
    for (size_t i = 0; i < n->listens.n; i++) {
        put(key, n->listens.at[i].when.node);
        put(key, (uint32_t)n->listens.at[i].protocol);
        put(key, n->listens.at[i].ports.begin);
        put(key, n->listens.at[i].ports.end);
    }
}

static struct profile *new_profile(struct reach *r, const struct world_interface *n,
                                   struct guard exists)
{
    struct profile *p = ARENA_NEW(r->arena, struct profile);
    p->sample = n;
    p->exists = exists;
    p->places = arena_array(r->arena, n->placements.n, sizeof *p->places);
    for (size_t i = 0; i < n->placements.n; i++) {
        p->places[i] = r->places[n->placements.at[i].subnet];
    }
    p->rows = ARENA_ARRAY(r->arena, EDGE_ROWS, struct row_list);
    p->why = arena_array(r->arena, EDGE_ROWS, sizeof *p->why);
    for (size_t i = 0; i < EDGE_ROWS && !listen_elsewhere(r, n); i++) {
        p->rows[i] = rows_of(r, p, &EDGES[i]);
    }
    p->personal = world_has_fact(r->world, FACT_ADDR, n->name);
    return p;
}

struct profile *profile_of(struct reach *r, uint32_t interface)
{
    const struct world_interface *n = &r->world->interfaces.at[interface];
    /* What is attached to nothing never answers (SEMANTICS 2.7). */
    struct guard exists = n->owner == WORLD_NONE ? GUARD_FALSE : n->when;
    struct arena scratch = {0};
    struct key key = {.arena = &scratch};
    put_interface(&key, r, n, exists);
    struct profile *p = cache_get(r, key.words.at, key.words.n);
    if (p && p->personal && p->sample != n) {
        put(&key, interface);
        p = cache_get(r, key.words.at, key.words.n);
    }
    if (!p) {
        p = new_profile(r, n, exists);
        cache_put(r, key.words.at, key.words.n, p);
    }
    arena_release(&scratch);
    return p;
}
