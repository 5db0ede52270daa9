#include "analysis/flow_diff.h"

#include <stdlib.h>

struct cell { /* neighbouring ports that are the same on either side */
    struct ports ports;
    const struct flow_state *side[2];
};

enum { BEFORE, AFTER };

struct differ {
    struct arena *arena;
    struct flow_guards *guards;
    struct flow_changes *out;
    VEC(struct cell) cells; /* of the way that is looked at */
};

const char *flow_change_name(enum flow_change_kind k)
{
    static const char *const names[FLOW_KINDS] = {"opened", "widened", "narrowed", "closed"};
    return names[k];
}

bool flow_change_counts(const struct flow_change *c, unsigned gate)
{
    return (c->kind == FLOW_OPENED || c->kind == FLOW_WIDENED) && c->grade != NULL &&
           !c->grade->suppressed && (unsigned)c->grade->severity >= gate;
}

/* ---- states ------------------------------------------------------------------------------- */

static bool same_groups(const struct flow_state *x, const struct flow_state *y)
{
    bool same = x->groups.n == y->groups.n;
    for (size_t i = 0; same && i < x->groups.n; i++) {
        same = str_eq(x->groups.at[i], y->groups.at[i]);
    }
    return same;
}

/* Of one side, whose guards have one form. */
static bool same_state(const struct flow_state *x, const struct flow_state *y)
{
    if (x == NULL || y == NULL || x == y) {
        return x == y;
    }
    return x->verdict == y->verdict && x->exposure == y->exposure && guard_same(x->when, y->when) &&
           x->is_sourced == y->is_sourced && ipset_equal(x->sources, y->sources) &&
           same_groups(x, y);
}

/* Two of one side that are open at once: what holds of both together. */
static const struct flow_state *joined(struct differ *d, const struct flow_state *x,
                                       const struct flow_state *y)
{
    if (x == NULL || y == NULL) {
        return x == NULL ? y : x;
    }
    const struct flow_state *best = y->verdict > x->verdict ? y : x;
    struct flow_state *s = ARENA_NEW(d->arena, struct flow_state);
    *s = *best;
    s->exposure = x->exposure > y->exposure ? x->exposure : y->exposure;
    s->when = guard_or(d->guards->space, x->when, y->when);
    s->is_sourced = x->is_sourced && y->is_sourced;
    s->is_everybody = x->is_everybody || y->is_everybody;
    s->sources = ipset_union(d->arena, x->sources, y->sources);
    const struct flow_state *other = best == x ? y : x;
    s->groups.cap = s->groups.n; /* the array is shared: adding makes a new one */
    for (size_t i = 0; i < other->groups.n; i++) {
        *VEC_ADD(d->arena, &s->groups) = other->groups.at[i];
    }
    return s;
}

struct added {
    VEC(struct str) all;
};

/* Groups of y that x has not; both are sorted. */
static struct added more_groups(struct arena *a, const struct flow_state *x,
                                const struct flow_state *y)
{
    struct added more = {0};
    for (size_t i = 0; i < y->groups.n; i++) {
        bool known = false;
        for (size_t k = 0; k < x->groups.n && !known; k++) {
            known = str_eq(x->groups.at[k], y->groups.at[i]);
        }
        if (!known) {
            *VEC_ADD(a, &more.all) = y->groups.at[i];
        }
    }
    return more;
}

/* In what y is open further than x. */
static unsigned grown(struct differ *d, const struct flow_state *x, const struct flow_state *y)
{
    unsigned bits = 0;
    if (y->verdict != x->verdict) {
        bits |= y->verdict > x->verdict ? FLOW_VERDICT : 0U;
    } else if (!flow_guards_cover(d->guards, x->when, y->when)) {
        bits |= FLOW_CHOICES;
    }
    bits |= y->exposure > x->exposure ? FLOW_EXPOSURE : 0U;
    if (!x->is_sourced || !y->is_sourced) {
        return bits | (x->is_sourced && !y->is_sourced ? FLOW_SOURCES : 0U);
    }
    struct arena scratch = {0};
    bool more = !ipset_covers(x->sources, y->sources) || more_groups(&scratch, x, y).all.n > 0;
    arena_release(&scratch);
    return bits | (more ? FLOW_SOURCES : 0U);
}

/* ---- cells -------------------------------------------------------------------------------- */

static int by_begin(const void *x, const void *y)
{
    const struct flow_range *a = x;
    const struct flow_range *b = y;
    if (a->ports.begin != b->ports.begin) {
        return a->ports.begin < b->ports.begin ? -1 : 1;
    }
    return (a->ports.end > b->ports.end) - (a->ports.end < b->ports.end);
}

static int ascending(const void *x, const void *y)
{
    const uint32_t *a = x;
    const uint32_t *b = y;
    return (*a > *b) - (*a < *b);
}

static void sort_ranges(struct flow_way *way)
{
    if (way != NULL && way->ranges.n > 1) {
        qsort(way->ranges.at, way->ranges.n, sizeof *way->ranges.at, by_begin);
    }
}

/* Ranges of one way hardly ever overlap, so few are looked at twice. */
static const struct flow_state *state_at(struct differ *d, const struct flow_way *way,
                                         size_t *first, uint32_t port)
{
    const struct flow_state *s = NULL;
    if (way == NULL) {
        return NULL;
    }
    while (*first < way->ranges.n && way->ranges.at[*first].ports.end < port) {
        (*first)++;
    }
    for (size_t i = *first; i < way->ranges.n && way->ranges.at[i].ports.begin <= port; i++) {
        if (way->ranges.at[i].ports.end >= port) {
            s = joined(d, s, way->ranges.at[i].state);
        }
    }
    return s;
}

static void cut(struct differ *d, struct flow_way *const way[2])
{
    struct arena scratch = {0};
    VEC(uint32_t) cuts = {0};
    for (size_t side = 0; side < 2; side++) {
        sort_ranges(way[side]);
        for (size_t i = 0; way[side] != NULL && i < way[side]->ranges.n; i++) {
            struct ports p = way[side]->ranges.at[i].ports;
            *VEC_ADD(&scratch, &cuts) = p.begin;
            *VEC_ADD(&scratch, &cuts) = (uint32_t)p.end + 1;
        }
    }
    if (cuts.n > 1) {
        qsort(cuts.at, cuts.n, sizeof *cuts.at, ascending);
    }
    d->cells.n = 0;
    size_t first[2] = {0, 0};
    for (size_t i = 0; i + 1 < cuts.n; i++) {
        if (cuts.at[i] == cuts.at[i + 1]) {
            continue;
        }
        struct cell c = {{(uint16_t)cuts.at[i], (uint16_t)(cuts.at[i + 1] - 1)}, {NULL, NULL}};
        c.side[BEFORE] = state_at(d, way[BEFORE], &first[BEFORE], cuts.at[i]);
        c.side[AFTER] = state_at(d, way[AFTER], &first[AFTER], cuts.at[i]);
        *VEC_ADD(d->arena, &d->cells) = c;
    }
    arena_release(&scratch);
}

/* ---- what the policy says ----------------------------------------------------------------- */

static bool is_worse(const struct flow_grade *x, const struct flow_grade *y)
{
    if (y == NULL || x->suppressed != y->suppressed) {
        return y == NULL || y->suppressed;
    }
    if (x->severity != y->severity) {
        return x->severity > y->severity;
    }
    if (x->rule != y->rule) {
        return strcmp(x->rule->id, y->rule->id) < 0;
    }
    return x->place.line != y->place.line ? x->place.line < y->place.line
                                          : x->place.column < y->place.column;
}

static const struct flow_grade *worst(const struct flow_way *way, const struct port_set *ports)
{
    const struct flow_grade *found = NULL;
    for (size_t i = 0; i < way->grades.n; i++) {
        const struct flow_grade *g = &way->grades.at[i];
        bool meets = false;
        for (size_t k = 0; k < ports->at.n && !meets; k++) {
            meets = !ports_is_empty(ports_both(g->ports, ports->at.at[k]));
        }
        if (meets && is_worse(g, found)) {
            found = g;
        }
    }
    return found;
}

/* ---- changes ------------------------------------------------------------------------------ */

static void add_change(struct differ *d, struct flow_change c)
{
    struct arena scratch = {0};
    struct port_set whole = {0};
    *VEC_ADD(&scratch, &whole.at) = c.ports;
    struct port_set changed = port_set_minus(&scratch, &whole, &c.rest);
    c.grade = worst(c.way, &changed);
    c.families = c.way->family;
    arena_release(&scratch);
    *VEC_ADD(d->arena, &d->out->all) = c;
}

/* Runs of ports that are alike on one side: what of them is not open on the other? */
static void compare_ports(struct differ *d, const struct flow_way *way, size_t side)
{
    size_t other = 1 - side;
    for (size_t i = 0, end; i < d->cells.n; i = end) {
        const struct cell *c = &d->cells.at[i];
        struct flow_change change = {.way = way, .shown = c->side[side], .ports = c->ports};
        bool is_new = false;
        const struct flow_state *old = NULL;
        for (end = i; end < d->cells.n; end++) {
            const struct cell *next = &d->cells.at[end];
            bool touches = end == i || next->ports.begin == d->cells.at[end - 1].ports.end + 1U;
            if (!touches || !same_state(c->side[side], next->side[side])) {
                break;
            }
            change.ports.end = next->ports.end;
            is_new |= next->side[other] == NULL;
            if (next->side[other] != NULL) {
                old = old == NULL ? next->side[other] : old;
                *VEC_ADD(d->arena, &change.rest.at) = next->ports;
            }
        }
        if (c->side[side] == NULL || !is_new) {
            continue;
        }
        change.rest = port_set_unite(d->arena, change.rest);
        change.differs = old != NULL ? FLOW_PORTS : 0U;
        change.before = side == BEFORE ? change.shown : old;
        change.after = side == AFTER ? change.shown : old;
        change.kind = side == AFTER ? (old != NULL ? FLOW_WIDENED : FLOW_OPENED)
                                    : (old != NULL ? FLOW_NARROWED : FLOW_CLOSED);
        add_change(d, change);
    }
}

/* The same rule on the same ports, and worse: what the choices are has not changed, but which of
 * them is the default, a narrow source before and the world now. */
static bool is_graver(const struct flow_way *less, const struct flow_way *more, struct ports ports)
{
    struct arena scratch = {0};
    struct port_set set = {0};
    *VEC_ADD(&scratch, &set.at) = ports;
    const struct flow_grade *x = worst(less, &set);
    const struct flow_grade *y = worst(more, &set);
    arena_release(&scratch);
    return x != NULL && y != NULL && !x->suppressed && !y->suppressed && x->rule == y->rule &&
           x->ports.begin == y->ports.begin && x->ports.end == y->ports.end &&
           y->severity > x->severity;
}

static void compare_states(struct differ *d, struct flow_way *const ways[2], const struct cell *c,
                           struct ports ports, size_t side)
{
    const struct flow_way *way = ways[side];
    const struct flow_state *less = c->side[1 - side];
    const struct flow_state *more = c->side[side];
    struct flow_change change = {.kind = side == AFTER ? FLOW_WIDENED : FLOW_NARROWED,
                                 .differs = grown(d, less, more),
                                 .way = way,
                                 .ports = ports,
                                 .before = c->side[BEFORE],
                                 .after = c->side[AFTER],
                                 .shown = more};
    if (change.differs == 0 && is_graver(ways[1 - side], way, ports)) {
        change.differs = FLOW_SEVERITY;
    }
    if (change.differs == 0) {
        return;
    }
    if ((change.differs & FLOW_SOURCES) && more->is_sourced) {
        change.sources = ipset_minus(d->arena, more->sources, less->sources);
        struct added groups = more_groups(d->arena, less, more);
        for (size_t i = 0; i < groups.all.n; i++) {
            *VEC_ADD(d->arena, &change.groups) = groups.all.at[i];
        }
    }
    add_change(d, change);
}

static void compare_way(struct differ *d, struct flow_way *before, struct flow_way *after)
{
    struct flow_way *const way[2] = {before, after};
    cut(d, way);
    for (size_t side = 0; side < 2; side++) {
        if (way[side] != NULL) {
            compare_ports(d, way[side], side);
        }
    }
    for (size_t i = 0, end; i < d->cells.n; i = end) {
        const struct cell *c = &d->cells.at[i];
        struct ports ports = c->ports;
        for (end = i + 1; end < d->cells.n; end++) {
            const struct cell *next = &d->cells.at[end];
            if (next->ports.begin != ports.end + 1U || !same_state(c->side[0], next->side[0]) ||
                !same_state(c->side[1], next->side[1])) {
                break;
            }
            ports.end = next->ports.end;
        }
        if (c->side[BEFORE] != NULL && c->side[AFTER] != NULL) {
            compare_states(d, way, c, ports, BEFORE);
            compare_states(d, way, c, ports, AFTER);
        }
    }
}

/* ---- order -------------------------------------------------------------------------------- */

static unsigned weight(const struct flow_change *c)
{
    return c->grade == NULL || c->grade->suppressed ? 0U : (unsigned)c->grade->severity;
}

static int up(uint32_t x, uint32_t y)
{
    return (x > y) - (x < y);
}

static struct str without_family(const struct flow_way *w)
{
    return str_sub(w->name, 0, w->name.n - 1);
}

static int by_place(const void *x, const void *y)
{
    const struct flow_change *a = x;
    const struct flow_change *b = y;
    int order = up((uint32_t)a->kind, (uint32_t)b->kind);
    order = order != 0 ? order : up(weight(b), weight(a));
    order = order != 0 ? order : str_cmp(a->way->file, b->way->file);
    order = order != 0 ? order : str_cmp(without_family(a->way), without_family(b->way));
    order = order != 0 ? order : up(a->ports.begin, b->ports.begin);
    order = order != 0 ? order : up(a->ports.end, b->ports.end);
    order = order != 0 ? order : up(a->differs, b->differs);
    return order != 0 ? order : up(a->families, b->families);
}

static bool same_look(const struct flow_state *x, const struct flow_state *y)
{
    if (x == NULL || y == NULL) {
        return x == y;
    }
    bool same = x->verdict == y->verdict && x->exposure == y->exposure && x->doubt == y->doubt &&
                str_eq(x->witness, y->witness) && x->path_n == y->path_n;
    for (size_t i = 0; same && i < x->path_n; i++) {
        same = str_eq(x->path[i].component, y->path[i].component);
    }
    return same;
}

/* Is y what x is, for the other family? */
static bool is_twin(const struct flow_change *x, const struct flow_change *y)
{
    const struct flow_grade *g = x->grade;
    const struct flow_grade *h = y->grade;
    bool same_grade = (g == NULL) == (h == NULL);
    if (same_grade && g != NULL) {
        same_grade =
            g->rule == h->rule && g->severity == h->severity && g->suppressed == h->suppressed;
    }
    return same_grade && x->kind == y->kind && x->differs == y->differs &&
           (x->differs & FLOW_SOURCES) == 0 && (x->families & y->families) == 0 &&
           str_eq(x->way->file, y->way->file) &&
           str_eq(without_family(x->way), without_family(y->way)) &&
           x->ports.begin == y->ports.begin && x->ports.end == y->ports.end &&
           port_set_same(&x->rest, &y->rest) && same_look(x->before, y->before) &&
           same_look(x->after, y->after);
}

static void finish(struct flow_changes *out)
{
    if (out->all.n > 1) {
        qsort(out->all.at, out->all.n, sizeof *out->all.at, by_place);
    }
    size_t n = 0;
    for (size_t i = 0; i < out->all.n; i++) {
        if (n > 0 && is_twin(&out->all.at[n - 1], &out->all.at[i])) {
            out->all.at[n - 1].families |= out->all.at[i].families;
        } else {
            out->all.at[n++] = out->all.at[i];
        }
    }
    out->all.n = n;
    for (size_t i = 0; i < n; i++) {
        out->count[out->all.at[i].kind]++;
    }
}

/* ---- files -------------------------------------------------------------------------------- */

static void know_files(struct map *known, struct arena *a, const struct flow_list *l)
{
    map_init(known, a);
    for (size_t i = 0; i < l->files.n; i++) {
        *map_at(known, l->files.at[i]) = &l->files.at[i];
    }
}

/* Files that only `l` has, by name without ending; "" where several have one. */
static void lone_files(struct map *lone, struct arena *a, const struct flow_list *l,
                       const struct map *others)
{
    map_init(lone, a);
    for (size_t i = 0; i < l->files.n; i++) {
        struct str file = l->files.at[i];
        if (map_get(others, file) == NULL) {
            void **place = map_at(lone, flow_file_stem(file));
            const struct str *other = *place;
            bool is_lone = other == NULL || str_eq(*other, file);
            *place = is_lone ? &l->files.at[i] : ARENA_NEW(a, struct str);
        }
    }
}

/* Files of `before` by name -> their name in `after`, where only the ending is another. */
static void match_files(struct map *renamed, struct arena *a, const struct flow_list *before,
                        const struct flow_list *after)
{
    struct map files[2];
    struct map lone[2];
    know_files(&files[BEFORE], a, before);
    know_files(&files[AFTER], a, after);
    lone_files(&lone[BEFORE], a, before, &files[AFTER]);
    lone_files(&lone[AFTER], a, after, &files[BEFORE]);
    map_init(renamed, a);
    for (size_t i = 0; i < lone[BEFORE].n; i++) {
        const struct str *old = lone[BEFORE].entries[i].value;
        struct str *now = map_get(&lone[AFTER], lone[BEFORE].entries[i].key);
        if (old->n > 0 && now != NULL && now->n > 0) {
            *map_at(renamed, *old) = now;
        }
    }
}

struct flow_changes *flow_diff(struct flow_list *before, struct flow_list *after)
{
    struct arena *a = after->arena;
    struct differ d = {.arena = a, .guards = after->guards};
    d.out = ARENA_NEW(a, struct flow_changes);
    struct map renamed;
    struct map seen;   /* keys of `after` that `before` has */
    struct map unread; /* files of `before`, by their names in `after` */
    match_files(&renamed, a, before, after);
    map_init(&seen, a);
    map_init(&unread, a);
    for (size_t i = 0; i < before->unread.n; i++) {
        const struct str *file = map_get(&renamed, before->unread.entries[i].key);
        *map_at(&unread, file != NULL ? *file : before->unread.entries[i].key) = d.out;
    }
    for (size_t i = 0; i < before->by_key.n; i++) {
        struct flow_way *old = before->by_key.entries[i].value;
        const struct str *file = map_get(&renamed, old->file);
        struct str now = file != NULL ? *file : old->file;
        struct str key = flow_way_key(a, now, old->name);
        *map_at(&seen, key) = old;
        if (map_get(&after->unread, now) == NULL) {
            compare_way(&d, old, map_get(&after->by_key, key));
        }
    }
    for (size_t i = 0; i < after->by_key.n; i++) {
        struct flow_way *way = after->by_key.entries[i].value;
        bool known = map_get(&seen, after->by_key.entries[i].key) != NULL;
        if (!known && map_get(&unread, way->file) == NULL) {
            compare_way(&d, NULL, way);
        }
    }
    finish(d.out);
    return d.out;
}
