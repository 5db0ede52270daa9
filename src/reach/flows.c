/*
 * The answer: for each interface the rows of its profile and those through balancers, with its
 * own ids.
 */
#include <stdlib.h>

#include "reach/balancer.h"
#include "reach/blockers.h"
#include "reach/far_end.h"
#include "reach/judge.h"
#include "reach/listen.h"
#include "reach/profile.h"

struct reach *reach_new(struct arena *a, struct world *w)
{
    struct reach *r = ARENA_NEW(a, struct reach);
    *r = (struct reach){.arena = a, .world = w, .space = w->space};
    map_init(&r->cache, a);
    portmaps_init(&r->ports, a, w->space);
    edge_attach(r);
    transit_places(r);
    return r;
}

void reach_limit(struct reach *r, size_t most)
{
    r->most = most;
}

/* Worked out once for all interfaces of the profile. */
static const struct far_end *far_end_kept(struct reach *r, const struct profile *p,
                                          const struct edge_row *edge, struct row *row)
{
    if (!row->far) {
        row->far = ARENA_NEW(r->arena, struct far_end);
        *row->far = far_end_of(r, &(struct far_question){
                                      .front = p,
                                      .edge = edge,
                                      .gateway = row->gateway,
                                      .families = row->families,
                                      .protocol = row->protocol,
                                      .ports = row->piece.ports,
                                      .when = row->piece.when,
                                  });
    }
    return row->far;
}

/* Where reach_example finds what it is asked for. */
struct reach_shown {
    struct reach *solver;
    const struct profile *profile; /* of a direct flow */
    const struct edge_row *edge;
    struct row *row;
    const struct balancer_row *through; /* of one through a balancer, or by a shortcut */
    bool judged;
    enum reach_verdict verdict;
    struct reach_example *example; /* NULL until asked */
};

static struct reach_shown *shown_by(struct reach *r, struct reach_shown shown)
{
    struct reach_shown *kept = ARENA_NEW(r->arena, struct reach_shown);
    *kept = shown;
    kept->solver = r;
    return kept;
}

static struct reach_flow flow_of(struct reach *r, uint32_t interface, const struct profile *profile,
                                 const struct edge_row *edge, struct row *row)
{
    const struct far_end *far = far_end_kept(r, profile, edge, row);
    return (struct reach_flow){
        .interface = interface,
        .edge = edge->edge,
        .gateway = row->gateway,
        .via = WORLD_NONE,
        .listener = PORTS_EMPTY,
        .families = row->families,
        .protocol = row->protocol,
        .ports = row->piece.ports,
        .when = row->piece.when,
        .exposure = row->piece.exposure,
        .shown = shown_by(r, (struct reach_shown){.profile = profile, .edge = edge, .row = row}),
        .openers = row->piece.openers,
        .opener_n = row->piece.opener_n,
        .end_to_end = far->value,
        .confirmed_by = far->owners,
        .confirmed_n = far->owner_n,
        .remote_unmodelled = far->unmodelled,
    };
}

static struct reach_flow flow_through(struct reach *r, uint32_t interface, struct balancer_row *row)
{
    const struct far_end *far = balancer_far_end(r, row);
    return (struct reach_flow){
        .interface = interface,
        .edge = row->edge->edge,
        .gateway = row->gateway,
        .via = row->via,
        .listener = row->listener,
        .families = row->families,
        .protocol = row->protocol,
        .ports = row->piece.ports,
        .when = row->piece.when,
        .exposure = row->piece.exposure,
        .shown = shown_by(r, (struct reach_shown){.through = row}),
        .openers = row->piece.openers,
        .opener_n = row->piece.opener_n,
        .front_openers = row->front_openers,
        .front_opener_n = row->front_opener_n,
        .end_to_end = far->value,
        .confirmed_by = far->owners,
        .confirmed_n = far->owner_n,
        .remote_unmodelled = far->unmodelled,
    };
}

/* One plan for all interfaces of the profile. */
static const struct path_plan *plan_kept(const struct reach_shown *s)
{
    if (!s->row->plan) {
        s->row->plan = ARENA_NEW(s->solver->arena, struct path_plan);
        *s->row->plan = path_plan(s->solver, s->profile, s->edge, s->row);
    }
    return s->row->plan;
}

static void show_direct(const struct reach_shown *s, const struct world_interface *n,
                        struct reach_example *e)
{
    const struct path_plan *plan = plan_kept(s);
    const struct world_placement *p = &n->placements.at[plan->placement];
    e->path = path_steps(s->solver, n, s->row->gateway, plan, &e->path_n);
    e->subnet = s->solver->world->subnets.at[p->subnet].id;
    e->table = plan->table;
    e->route = plan->route;
    e->acl_out_entry = plan->acl_out_entry;
    e->public_by = plan->family == NET_V4 ? p->public4_id : WORLD_NONE;
}

static void show_through(const struct reach_shown *s, uint32_t interface, struct reach_example *e)
{
    const struct world *w = s->solver->world;
    const struct balancer_row *row = s->through;
    e->path = balancer_steps(s->solver, row, interface);
    e->path_n = row->step_n + 2;
    e->subnet = w->subnets.at[w->interfaces.at[interface].placements.at[row->placement].subnet].id;
    e->table = row->table;
    e->route = row->route;
    e->acl_out_entry = row->acl_out_entry;
    e->public_by = row->public_by;
}

enum reach_verdict reach_flow_verdict(const struct reach_flow *f)
{
    struct reach_shown *s = f->shown;
    if (!s->judged) {
        s->verdict = reach_verdict_of(s->solver->world, reach_guard(f->when));
        s->judged = true;
    }
    return s->verdict;
}

const struct reach_example *reach_example(const struct reach_flow *f)
{
    struct reach_shown *s = f->shown;
    if (s->example) {
        return s->example;
    }
    s->example = ARENA_NEW(s->solver->arena, struct reach_example);
    s->example->judgement = judge_kept(s->solver, reach_guard(f->when));
    if (s->through) {
        show_through(s, f->interface, s->example);
    } else {
        show_direct(s, &s->solver->world->interfaces.at[f->interface], s->example);
    }
    return s->example;
}

static int in_order(const void *x, const void *y)
{
    const struct reach_flow *a = x;
    const struct reach_flow *b = y;
    const uint32_t keys[][2] = {
        {a->edge, b->edge},
        {a->gateway, b->gateway},
        {a->via + 1, b->via + 1}, /* none comes first */
        {a->families, b->families},
        {(uint32_t)a->protocol, (uint32_t)b->protocol},
        {a->ports.begin, b->ports.begin},
        {a->listener.begin, b->listener.begin},
        {a->listener.end, b->listener.end},
    };
    return reach_compare(keys, sizeof keys / sizeof keys[0]);
}

/* Adds the flows through balancers behind the n direct ones; returns how many there are. */
static size_t add_through(struct reach *r, uint32_t interface, struct reach_flow *flows, size_t n)
{
    const struct balancer_rows *rows = balancer_rows_of(r, interface);
    for (size_t k = 0; k < rows->n; k++) {
        flows[n + k] = flow_through(r, interface, &rows->at[k]);
    }
    if (rows->n > 0) {
        qsort(flows, n + rows->n, sizeof *flows, in_order);
    }
    return n + rows->n;
}

/* A balancer that passes everything on is not reached itself. */
static bool is_unreached(struct reach *r, uint32_t interface, const struct profile *p, size_t edge)
{
    if (p->rows[edge].n > 0 || !profile_has_edge(r, p, &EDGES[edge]) ||
        listen_elsewhere(r, &r->world->interfaces.at[interface])) {
        return false;
    }
    const struct balancer_rows *rows = balancer_rows_of(r, interface);
    for (size_t k = 0; k < rows->n; k++) {
        if (rows->at[k].edge->edge == EDGES[edge].edge) {
            return false;
        }
    }
    return true;
}

/* What the flows of an interface cost those who come after: each, and each rule that opens it. */
static size_t weight_of(struct reach *r, uint32_t interface, const struct profile *p)
{
    size_t weight = 0;
    for (size_t e = 0; e < EDGE_ROWS; e++) {
        for (size_t k = 0; k < p->rows[e].n; k++) {
            weight += 1 + p->rows[e].at[k].piece.opener_n;
        }
    }
    const struct balancer_rows *rows = balancer_rows_of(r, interface);
    for (size_t k = 0; k < rows->n; k++) {
        weight += 1 + rows->at[k].piece.opener_n + rows->at[k].front_opener_n;
    }
    return weight;
}

/* Which interfaces are left out, beside the profiles: first all that are the first of their
 * profile get room, then the others, in order. */
static bool *leave_out(struct reach *r, struct arena *scratch, struct profile *const *profiles,
                       struct reach_answer *n)
{
    uint32_t interfaces = (uint32_t)r->world->interfaces.n;
    bool *out = ARENA_ARRAY(scratch, interfaces, bool);
    size_t left = r->most > 0 ? r->most : SIZE_MAX;
    for (int others = 0; others < 2; others++) {
        for (uint32_t i = 0; i < interfaces; i++) {
            bool is_other = profiles[i]->sample != &r->world->interfaces.at[i];
            if (is_other != (others == 1)) {
                continue;
            }
            size_t weight = weight_of(r, i, profiles[i]);
            /* One profile may have more than there is room for: something must be said. */
            out[i] = is_other ? weight > left : left == 0 && weight > 0;
            left -= out[i] ? 0 : weight < left ? weight : left;
        }
    }
    for (uint32_t i = interfaces; i-- > 0;) {
        n->left_out += out[i];
        n->first_left_out = out[i] ? i : n->first_left_out;
    }
    return out;
}

static struct reach_answer solve(struct reach *r, bool unreached)
{
    size_t interfaces = r->world->interfaces.n;
    struct arena scratch = {0};
    struct profile **profiles = arena_array(&scratch, interfaces, sizeof *profiles);
    struct reach_answer n = {0};
    for (uint32_t i = 0; i < interfaces; i++) {
        profiles[i] = profile_of(r, i);
    }
    const bool *out = leave_out(r, &scratch, profiles, &n);
    for (uint32_t i = 0; i < interfaces; i++) {
        for (size_t e = 0; e < EDGE_ROWS; e++) {
            n.flow_n += out[i] ? 0 : profiles[i]->rows[e].n;
            n.unreached_n += unreached && is_unreached(r, i, profiles[i], e);
        }
        n.flow_n += out[i] ? 0 : balancer_rows_of(r, i)->n;
    }
    struct reach_flow *flow = ARENA_ARRAY(r->arena, n.flow_n, struct reach_flow);
    struct reach_unreached *none = ARENA_ARRAY(r->arena, n.unreached_n, struct reach_unreached);
    n.flows = flow;
    n.unreached = none;
    for (uint32_t i = 0; i < interfaces; i++) {
        size_t direct = 0;
        for (size_t e = 0; e < EDGE_ROWS; e++) {
            const struct row_list *rows = &profiles[i]->rows[e];
            for (size_t k = 0; k < rows->n && !out[i]; k++) {
                flow[direct++] = flow_of(r, i, profiles[i], &EDGES[e], &rows->at[k]);
            }
            if (unreached && is_unreached(r, i, profiles[i], e)) {
                *none++ = (struct reach_unreached){
                    .interface = i,
                    .edge = EDGES[e].edge,
                    .blockers = blockers_of_all(r, profiles[i], &r->world->interfaces.at[i], e),
                };
            }
        }
        flow += out[i] ? 0 : add_through(r, i, flow, direct);
    }
    arena_release(&scratch);
    n.cut = r->cut;
    n.first_cut = r->first_cut;
    return n;
}

struct reach_answer reach_solve(struct reach *r)
{
    return solve(r, true);
}

struct reach_answer reach_solve_flows(struct reach *r)
{
    return solve(r, false);
}

struct reach_blockers reach_why_not(struct reach *r, struct reach_question q)
{
    if (q.interface >= r->world->interfaces.n) {
        BUG("no interface %u", (unsigned)q.interface);
    }
    return blockers_of(r, profile_of(r, q.interface), &r->world->interfaces.at[q.interface], q);
}
