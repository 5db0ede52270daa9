/*
 * Circles of resources. Tarjan's strongly connected components, without recursion; in each
 * component with more than one resource one circle is looked for and reported, if its
 * references can all be made at once.
 */
#include "cfn/references.h"

struct vertex {
    uint32_t first; /* its edges: [first, first + count) of the sorted ones */
    uint32_t count;
    uint32_t order; /* 0: not visited */
    uint32_t low;
    uint32_t component; /* 0: none yet */
    uint32_t next;      /* edge to look at next */
    bool on_stack;
};

struct graph {
    const struct cfn_template *t;
    struct arena *scratch;
    struct vertex *v;
    size_t n;
    const struct cfn_edge **edges; /* by origin, in order of writing */
    uint32_t *stack;
    size_t stack_n;
    uint32_t *path;
    size_t path_n;
    const struct cfn_edge **by; /* scratch: which edge led to each vertex */
    uint32_t visited;
    uint32_t components;
};

static void build(struct graph *g, const struct cfn_edge *edges, size_t n)
{
    struct arena *a = g->scratch;
    g->n = g->t->resources.n;
    g->v = ARENA_ARRAY(a, g->n, struct vertex);
    g->stack = ARENA_ARRAY(a, g->n, uint32_t);
    g->path = ARENA_ARRAY(a, g->n, uint32_t);
    g->by = ARENA_ARRAY(a, g->n, const struct cfn_edge *);
    g->edges = ARENA_ARRAY(a, n, const struct cfn_edge *);
    for (size_t i = 0; i < n; i++) {
        g->v[edges[i].from->index].count++;
    }
    uint32_t first = 0;
    for (size_t i = 0; i < g->n; i++) {
        g->v[i].first = first;
        first += g->v[i].count;
        g->v[i].count = 0;
    }
    for (size_t i = 0; i < n; i++) {
        struct vertex *v = &g->v[edges[i].from->index];
        g->edges[v->first + v->count++] = &edges[i];
    }
}

static void enter(struct graph *g, uint32_t i)
{
    struct vertex *v = &g->v[i];
    v->order = v->low = ++g->visited;
    v->on_stack = true;
    g->stack[g->stack_n++] = i;
    g->path[g->path_n++] = i;
}

/* All edges of the last vertex of the path are seen: closes its component, steps back. */
static void leave(struct graph *g)
{
    uint32_t i = g->path[--g->path_n];
    struct vertex *v = &g->v[i];
    if (v->low == v->order) {
        g->components++;
        uint32_t member;
        do {
            member = g->stack[--g->stack_n];
            g->v[member].on_stack = false;
            g->v[member].component = g->components;
        } while (member != i);
    }
    if (g->path_n > 0) {
        struct vertex *before = &g->v[g->path[g->path_n - 1]];
        before->low = v->low < before->low ? v->low : before->low;
    }
}

static void find_components(struct graph *g, uint32_t root)
{
    enter(g, root);
    while (g->path_n > 0) {
        struct vertex *v = &g->v[g->path[g->path_n - 1]];
        if (v->next == v->count) {
            leave(g);
            continue;
        }
        uint32_t to = g->edges[v->first + v->next++]->to->index;
        if (g->v[to].order == 0) {
            enter(g, to);
        } else if (g->v[to].on_stack && g->v[to].order < v->low) {
            v->low = g->v[to].order;
        }
    }
}

/* The shortest circle through `root` inside its component, breadth first: which edge led to
 * each vertex. A vertex belongs to one
 * component, so what was noted for another one does not disturb. */
static const struct cfn_edge *close_circle(struct graph *g, uint32_t root)
{
    size_t head = 0;
    size_t tail = 0;
    g->path[tail++] = root;
    g->by[root] = NULL;
    while (head < tail) {
        const struct vertex *v = &g->v[g->path[head++]];
        for (uint32_t i = 0; i < v->count; i++) {
            const struct cfn_edge *e = g->edges[v->first + i];
            uint32_t to = e->to->index;
            if (to == root) {
                return e;
            }
            if (g->v[to].component == g->v[root].component && g->by[to] == NULL) {
                g->by[to] = e;
                g->path[tail++] = to;
            }
        }
    }
    return NULL;
}

static void report(struct graph *g, uint32_t root)
{
    struct cfn_unit *u = g->t->unit;
    const struct cfn_edge *last = close_circle(g, root);
    VEC(const struct cfn_edge *) circle = {0};
    struct guard when = u->family;
    for (const struct cfn_edge *e = last; e != NULL; e = g->by[e->from->index]) {
        *VEC_ADD(g->scratch, &circle) = e;
        when = guard_and(u->space, when, e->when);
        if (e->from->index == root) {
            break;
        }
    }
    if (circle.n == 0 || guard_is_false(when)) {
        return;
    }
    struct buf names;
    buf_init(&names);
    buf_adds(&names, "Resources depend on each other in a circle: ");
    for (size_t i = circle.n; i-- > 0;) {
        buf_addf(&names, "'%.*s' -> ", STR_ARG(circle.at[i]->from->id));
    }
    buf_addf(&names, "'%.*s'.", STR_ARG(g->t->resources.at[root]->id));
    struct diag *d = CFN_FAULT(g->t, DIAG_CYCLE, circle.at[circle.n - 1]->node, "%.*s",
                               STR_ARG(buf_str(&names)));
    for (size_t i = circle.n - 1; i-- > 0;) {
        diag_relate(u->diags, d, cfn_span(circle.at[i]->node), "'%.*s' refers to '%.*s' here.",
                    STR_ARG(circle.at[i]->from->id), STR_ARG(circle.at[i]->to->id));
    }
    buf_release(&names);
}

void cfn_cycles_report(const struct cfn_template *t, struct arena *scratch,
                       const struct cfn_edge *edges, size_t n)
{
    struct graph g = {.t = t, .scratch = scratch};
    build(&g, edges, n);
    for (uint32_t i = 0; i < g.n; i++) {
        if (g.v[i].order == 0) {
            find_components(&g, i);
        }
    }
    /* Sizes of components: one circle for each with two members or an edge to itself. */
    uint32_t *size = ARENA_ARRAY(scratch, (size_t)g.components + 1, uint32_t);
    for (size_t i = 0; i < g.n; i++) {
        size[g.v[i].component]++;
    }
    for (uint32_t i = 0; i < g.n; i++) {
        bool to_itself = false;
        for (uint32_t k = 0; k < g.v[i].count; k++) {
            to_itself = to_itself || g.edges[g.v[i].first + k]->to->index == i;
        }
        if (to_itself || size[g.v[i].component] > 1) {
            report(&g, i);
            size[g.v[i].component] = 0; /* once for each component */
        }
    }
}
