/*
 * All ways to an interface are sorted by what tells one flow from another. Those of one kind
 * are swept like the rules of an interface without a balancer; the rules at the front, which
 * say nothing about ports here, are listed beside.
 */
#include <stdlib.h>

#include "reach/balancer_path.h"
#include "reach/families.h"
#include "reach/judge.h"
#include "reach/listen.h"
#include "reach/shortcut.h"

static const int PROTOCOLS[] = {PROTOCOL_TCP, PROTOCOL_UDP};
enum { PROTOCOL_N = sizeof PROTOCOLS / sizeof PROTOCOLS[0] };

static uint32_t listener_at(const struct way *w)
{
    return (uint32_t)w->front.begin << 16 | w->front.end;
}

/* Negative, 0, positive; 0: ways of one row. The family comes last. */
static int compare(const struct way *a, const struct way *b)
{
    const uint32_t keys[][2] = {
        {a->origin.row->edge, b->origin.row->edge},
        {a->origin.gateway, b->origin.gateway},
        {a->via + 1, b->via + 1}, /* none comes first */
        {(uint32_t)a->protocol, (uint32_t)b->protocol},
        {listener_at(a), listener_at(b)},
    };
    return reach_compare(keys, sizeof keys / sizeof keys[0]);
}

static int in_order(const void *x, const void *y)
{
    const struct way *a = *(const struct way *const *)x;
    const struct way *b = *(const struct way *const *)y;
    int order = compare(a, b);
    if (order != 0) {
        return order;
    }
    if (a->family != b->family) {
        return a->family < b->family ? -1 : 1;
    }
    if (a->rule_id != b->rule_id) {
        return a->rule_id < b->rule_id ? -1 : 1;
    }
    return (a > b) - (a < b); /* they are elements of one array */
}

struct row_heap {
    VEC(struct balancer_row) all;
};

/* Ways of one row, in both families. */
struct bunch {
    struct reach *r;
    const struct way *const *at;
    size_t n;
    struct row_heap *rows;
};

static struct pieces pieces_of(const struct bunch *b, enum net_family f)
{
    struct arena scratch = {0};
    struct contribution *all = ARENA_ARRAY(&scratch, b->n, struct contribution);
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct way *w = b->at[i];
        if (w->family == f) {
            all[n++] = (struct contribution){
                .ports = w->ports,
                .when = w->when,
                .group = w->group,
                .rule = w->rule,
                .rule_id = w->rule_id,
                .sources = w->sources,
                .passing = w->clients,
                .exposure = w->exposure,
            };
        }
    }
    struct pieces pieces = sweep_pieces(b->r, b->at[0]->origin.row, all, n);
    arena_release(&scratch);
    return pieces;
}

static bool in_families(const struct way *w, unsigned families)
{
    return (families & (w->family == NET_V4 ? FAMILY_V4 : FAMILY_V6)) != 0;
}

static bool leads_to(const struct way *w, const struct balancer_row *row)
{
    return in_families(w, row->families) && !ports_is_empty(ports_both(w->ports, row->piece.ports));
}

static int by_rule(const void *x, const void *y)
{
    const struct reach_opener *a = x;
    const struct reach_opener *b = y;
    return (a->rule > b->rule) - (a->rule < b->rule);
}

/* The rules at the front by which some of the row's ways came in, one family. */
static struct pieces front_of(const struct bunch *b, const struct balancer_row *row,
                              enum net_family f)
{
    struct arena scratch = {0};
    struct contribution *all = ARENA_ARRAY(&scratch, b->n, struct contribution);
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct way *w = b->at[i];
        const struct way *root = way_root(w);
        if (w->family == f && root != w && leads_to(w, row)) {
            all[n++] = (struct contribution){
                .ports = row->piece.ports,
                .when = w->when,
                .group = root->group,
                .rule = root->rule,
                .rule_id = root->rule_id,
                .sources = w->sources,
                .passing = w->clients,
                .exposure = w->exposure,
            };
        }
    }
    struct pieces pieces = sweep_pieces(b->r, row->edge, all, n);
    arena_release(&scratch);
    return pieces;
}

static void list_front(const struct bunch *b, struct balancer_row *row)
{
    const struct pieces front[] = {front_of(b, row, NET_V4), front_of(b, row, NET_V6)};
    size_t n = 0;
    for (size_t f = 0; f < 2; f++) {
        n += front[f].n > 0 ? front[f].at[0].opener_n : 0;
    }
    struct reach_opener *all = ARENA_ARRAY(b->r->arena, n, struct reach_opener);
    n = 0;
    for (size_t f = 0; f < 2; f++) {
        for (size_t i = 0; front[f].n > 0 && i < front[f].at[0].opener_n; i++) {
            all[n++] = front[f].at[0].openers[i];
        }
    }
    qsort(all, n, sizeof *all, by_rule);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct reach_opener *last = kept > 0 ? &all[kept - 1] : NULL;
        if (last && last->rule == all[i].rule) { /* in both families: it names a group */
            last->when = reach_known(
                guard_or(b->r->space, reach_guard(last->when), reach_guard(all[i].when)));
        } else {
            all[kept++] = all[i];
        }
    }
    row->front_openers = all;
    row->front_opener_n = kept;
}

static void add_front(struct reach *r, struct balancer_front *all, size_t *n, const struct way *w)
{
    const struct profile *at = way_root(w)->at;
    size_t i = 0;
    while (i < *n && all[i].at != at) {
        i++;
    }
    if (i == *n) {
        all[(*n)++] = (struct balancer_front){.at = at, .when = GUARD_FALSE};
    }
    all[i].when = guard_or(r->space, all[i].when, w->when);
}

static void list_fronts(const struct bunch *b, struct balancer_row *row)
{
    struct arena scratch = {0};
    struct balancer_front *all = ARENA_ARRAY(&scratch, b->n, struct balancer_front);
    size_t n = 0;
    for (size_t i = 0; b->at[0]->origin.shortcut == WORLD_NONE && i < b->n; i++) {
        if (leads_to(b->at[i], row)) {
            add_front(b->r, all, &n, b->at[i]);
        }
    }
    struct balancer_front *fronts = ARENA_ARRAY(b->r->arena, n, struct balancer_front);
    for (size_t i = 0; i < n; i++) {
        fronts[i] = all[i];
    }
    row->fronts = fronts;
    row->front_n = n;
    arena_release(&scratch);
}

const struct far_end *balancer_far_end(struct reach *r, struct balancer_row *row)
{
    if (row->far) {
        return row->far;
    }
    struct far_end all = {.value = END_TO_END_NA};
    for (size_t i = 0; i < row->front_n; i++) {
        struct far_end one = far_end_of(r, &(struct far_question){
                                               .front = row->fronts[i].at,
                                               .edge = row->edge,
                                               .gateway = row->gateway,
                                               .families = row->families,
                                               .protocol = row->protocol,
                                               .ports = row->listener,
                                               .when = reach_known(row->fronts[i].when),
                                           });
        all = i == 0 ? one : far_end_both(r, all, one);
    }
    row->far = ARENA_NEW(r->arena, struct far_end);
    *row->far = all;
    return row->far;
}

/* A way that leads to the row's first port under the assignment; rather one by a rule. Where
 * the budget of guards was exceeded there need not be any: then the first stands for all. */
static const struct way *way_of(const struct bunch *b, const struct balancer_row *row,
                                const uint32_t *outcome)
{
    const struct way *best = NULL;
    const struct way *any = NULL;
    for (size_t i = 0; i < b->n; i++) {
        const struct way *w = b->at[i];
        if (!in_families(w, row->families) || !ports_has(w->ports, row->piece.ports.begin)) {
            continue;
        }
        any = any ? any : w;
        if (guard_holds(b->r->space, w->when, outcome) &&
            (!best || (best->group == WORLD_NONE && w->group != WORLD_NONE))) {
            best = w;
        }
    }
    if (!any) {
        BUG("a row without a way");
    }
    return best ? best : any;
}

static void add_rows(const struct bunch *b, unsigned families, struct pieces pieces)
{
    const struct way *first = b->at[0];
    for (size_t i = 0; i < pieces.n; i++) {
        const struct piece *piece = &pieces.at[i];
        struct balancer_row row = {
            .edge = first->origin.row,
            .gateway = first->origin.gateway,
            .via = first->via,
            .listener = ports_is_empty(first->front) ? piece->ports : first->front,
            .families = families,
            .protocol = first->protocol,
            .piece = *piece,
        };
        const uint32_t *outcome = judge_assignment(b->r, reach_guard(piece->when));
        list_front(b, &row);
        list_fronts(b, &row);
        balancer_path(b->r, way_of(b, &row, outcome), outcome, &row);
        *VEC_ADD(b->r->arena, &b->rows->all) = row;
    }
}

static void add_bunch(const struct bunch *b)
{
    struct pieces v4 = pieces_of(b, NET_V4);
    struct pieces v6 = pieces_of(b, NET_V6);
    struct pieces both = families_joined(b->r, v4, v6);
    if (both.n > 0) {
        add_rows(b, FAMILY_V4 | FAMILY_V6, both);
    } else {
        add_rows(b, FAMILY_V4, v4);
        add_rows(b, FAMILY_V6, v6);
    }
}

static struct balancer_rows rows_from(struct reach *r, const struct way_list *list)
{
    struct arena scratch = {0};
    struct row_heap rows = {0};
    const struct way **sorted = arena_array(&scratch, list->all.n, sizeof *sorted);
    for (size_t i = 0; i < list->all.n; i++) {
        sorted[i] = &list->all.at[i];
    }
    qsort(sorted, list->all.n, sizeof *sorted, in_order);
    for (size_t i = 0; i < list->all.n;) {
        size_t end = i + 1;
        while (end < list->all.n && compare(sorted[i], sorted[end]) == 0) {
            end++;
        }
        const struct bunch b = {.r = r, .at = sorted + i, .n = end - i, .rows = &rows};
        add_bunch(&b);
        i = end;
    }
    arena_release(&scratch);
    return (struct balancer_rows){.at = rows.all.at, .n = rows.all.n};
}

/* Along one chain: from what comes to its balancer itself, and through others before it. */
static void collect_chain(struct reach *r, const struct chain *chain, size_t number,
                          const struct profile *target, struct way_list *out)
{
    for (int fed = 0; fed < 2; fed++) {
        const struct origin_list *origins = way_origins(r, chain->balancer, fed == 1);
        for (size_t i = 0; i < origins->at.n; i++) {
            struct origin o = origins->at.at[i];
            for (size_t k = 0; k < 2 * PROTOCOL_N; k++) {
                enum net_family f = k % 2 == 0 ? NET_V4 : NET_V6;
                int protocol = PROTOCOLS[k / 2];
                const struct way_list *from =
                    fed ? way_fed(r, o, chain->balancer, protocol, f)
                        : way_arrivals(r, o, chain->balancer, protocol, f);
                way_forward(r, from, chain, number, target, out);
            }
        }
    }
}

/* Ways that end without a balancer's hop are cut to what listens. */
static void add_listening(struct reach *r, const struct way *w, const struct world_interface *n,
                          struct way_list *out)
{
    struct listen_list listens = listen_ports(r, n);
    if (listens.all) {
        *VEC_ADD(out->arena, &out->all) = *w;
    }
    for (size_t i = 0; i < listens.n; i++) {
        struct way cut = *w;
        cut.ports = ports_both(w->ports, listens.at[i].ports);
        cut.when = guard_and(r->space, w->when, listens.at[i].when);
        if (listens.at[i].protocol == w->protocol && !ports_is_empty(cut.ports) &&
            reach_live(r, cut.when)) {
            *VEC_ADD(out->arena, &out->all) = cut;
        }
    }
}

static void collect_shortcuts(struct reach *r, uint32_t interface,
                              const struct shortcut_list *shortcuts, struct way_list *out)
{
    const struct world_interface *n = &r->world->interfaces.at[interface];
    for (size_t i = 0; i < shortcuts->at.n; i++) {
        struct way_list ways = {.arena = out->arena};
        struct origin o = shortcut_origin(r, shortcuts->at.at[i]);
        for (size_t k = 0; k < 2 * PROTOCOL_N; k++) {
            enum net_family f = k % 2 == 0 ? NET_V4 : NET_V6;
            shortcut_arrivals(r, o, interface, PROTOCOLS[k / 2], f, &ways);
        }
        for (size_t k = 0; k < ways.all.n; k++) {
            struct way *w = &ways.all.at[k];
            struct ports front = shortcut_front(r, o.shortcut, w->ports);
            bool same = front.begin == w->ports.begin && front.end == w->ports.end;
            w->front = same ? PORTS_EMPTY : front;
            add_listening(r, w, n, out);
        }
    }
}

/* A balancer without targets is reached itself: beside what comes in directly, by shortcuts
 * and through balancers before it. */
static void collect_balancer(struct reach *r, uint32_t interface, struct way_list *out)
{
    uint32_t balancer = r->world->interfaces.at[interface].balancer;
    const struct profile *here = way_profile(r, interface);
    collect_shortcuts(r, interface, shortcut_to_balancer(r, balancer), out);
    const struct origin_list *origins = way_origins(r, balancer, true);
    for (size_t i = 0; i < origins->at.n; i++) {
        for (size_t k = 0; k < 2 * PROTOCOL_N; k++) {
            enum net_family f = k % 2 == 0 ? NET_V4 : NET_V6;
            const struct way_list *fed =
                way_fed(r, origins->at.at[i], balancer, PROTOCOLS[k / 2], f);
            for (size_t m = 0; m < fed->all.n; m++) {
                if (fed->all.at[m].at == here) {
                    *VEC_ADD(out->arena, &out->all) = fed->all.at[m];
                }
            }
        }
    }
}

static struct balancer_rows collect(struct reach *r, uint32_t interface)
{
    struct arena scratch = {0};
    struct way_list ways = {.arena = &scratch};
    const struct world_interface *n = &r->world->interfaces.at[interface];
    const struct chain_list *chains = balancer_chains_to(r, interface);
    for (size_t i = 0; i < chains->at.n; i++) {
        collect_chain(r, &chains->at.at[i], i, way_profile(r, interface), &ways);
    }
    collect_shortcuts(r, interface, shortcut_to_interface(r, interface), &ways);
    if (n->balancer != WORLD_NONE && !listen_elsewhere(r, n)) {
        collect_balancer(r, interface, &ways);
    }
    struct balancer_rows rows = rows_from(r, &ways);
    arena_release(&scratch);
    return rows;
}

struct key {
    struct arena *arena;
    VEC(uint32_t) words;
};

static void put(struct key *key, uint32_t word)
{
    *VEC_ADD(key->arena, &key->words) = word;
}

/* Interfaces of one profile in the same subnets, with the same targets but for their ids. */
static void put_interface(struct key *key, struct reach *r, uint32_t interface)
{
    const struct chain_list *chains = balancer_chains_to(r, interface);
    const struct shortcut_list *shortcuts = shortcut_to_interface(r, interface);
    const struct world_interface *sample = way_profile(r, interface)->sample;
    put(key, CACHE_BALANCER_ROWS);
    put(key, (uint32_t)(sample - r->world->interfaces.at));
    put(key, (uint32_t)shortcuts->at.n);
    for (size_t i = 0; i < shortcuts->at.n; i++) {
        put(key, shortcuts->at.at[i]);
    }
    for (size_t i = 0; i < chains->at.n; i++) {
        const struct chain *c = &chains->at.at[i];
        const struct world_target *t =
            &r->world->target_groups.at[c->target_group].targets.at[c->target];
        put(key, c->balancer);
        put(key, c->listener);
        put(key, c->forward);
        put(key, t->when.node);
        put(key, t->ports.begin);
        put(key, t->ports.end);
    }
}

const struct balancer_rows *balancer_rows_of(struct reach *r, uint32_t interface)
{
    static const struct balancer_rows NONE = {0};
    const struct world_interface *n = &r->world->interfaces.at[interface];
    if (balancer_chains_to(r, interface)->at.n == 0 && n->balancer == WORLD_NONE &&
        shortcut_to_interface(r, interface)->at.n == 0) {
        return &NONE;
    }
    struct arena scratch = {0};
    struct key key = {.arena = &scratch};
    put_interface(&key, r, interface);
    struct balancer_rows *rows = cache_get(r, key.words.at, key.words.n);
    if (!rows) {
        rows = ARENA_NEW(r->arena, struct balancer_rows);
        cache_put(r, key.words.at, key.words.n, rows);
        *rows = collect(r, interface);
    }
    arena_release(&scratch);
    return rows;
}

const struct reach_step *balancer_steps(struct reach *r, const struct balancer_row *row,
                                        uint32_t interface)
{
    const struct world *w = r->world;
    const struct world_interface *n = &w->interfaces.at[interface];
    struct reach_step *steps = ARENA_ARRAY(r->arena, row->step_n + 2, struct reach_step);
    for (size_t i = 0; i < row->step_n; i++) {
        steps[i] = row->steps[i];
    }
    if (row->target_step != SIZE_MAX && n->balancer == WORLD_NONE) {
        const struct chain *c = &balancer_chains_to(r, interface)->at.at[row->chain];
        steps[row->target_step].entry =
            w->target_groups.at[c->target_group].targets.at[c->target].id;
    }
    steps[row->step_n] = (struct reach_step){STEP_INTERFACE, n->id, WORLD_NONE};
    steps[row->step_n + 1] = (struct reach_step){STEP_OWNER, w->owners.at[n->owner].id, WORLD_NONE};
    return steps;
}
