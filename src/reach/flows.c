/*
 * The answer: for each interface the rows of its profile, with its own ids.
 */
#include "reach/blockers.h"
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

static struct reach_flow flow_of(const struct reach *r, uint32_t interface, enum world_edge edge,
                                 const struct row *row)
{
    const struct world_interface *n = &r->world->interfaces.at[interface];
    const struct world_placement *p = &n->placements.at[row->plan.placement];
    return (struct reach_flow){
        .interface = interface,
        .edge = edge,
        .gateway = row->gateway,
        .families = row->families,
        .protocol = row->protocol,
        .ports = row->piece.ports,
        .when = row->piece.when,
        .judgement = row->judgement,
        .exposure = row->piece.exposure,
        .path = path_steps(r, n, row),
        .path_n = PATH_STEPS,
        .openers = row->piece.openers,
        .opener_n = row->piece.opener_n,
        .subnet = r->world->subnets.at[p->subnet].id,
        .table = row->plan.table,
        .route = row->plan.route,
        .acl_out_entry = row->plan.acl_out_entry,
        .public_by = row->plan.family == NET_V4 ? p->public4_id : WORLD_NONE,
    };
}

struct reach_answer reach_solve(struct reach *r)
{
    size_t interfaces = r->world->interfaces.n;
    struct arena scratch = {0};
    struct profile **profiles = arena_array(&scratch, interfaces, sizeof *profiles);
    struct reach_answer n = {0};
    for (uint32_t i = 0; i < interfaces; i++) {
        profiles[i] = profile_of(r, i);
        for (size_t e = 0; e < EDGE_ROWS; e++) {
            n.flow_n += profiles[i]->rows[e].n;
            n.unreached_n += profiles[i]->rows[e].n == 0;
        }
    }
    struct reach_flow *flow = ARENA_ARRAY(r->arena, n.flow_n, struct reach_flow);
    struct reach_unreached *none = ARENA_ARRAY(r->arena, n.unreached_n, struct reach_unreached);
    n.flows = flow;
    n.unreached = none;
    for (uint32_t i = 0; i < interfaces; i++) {
        for (size_t e = 0; e < EDGE_ROWS; e++) {
            const struct row_list *rows = &profiles[i]->rows[e];
            for (size_t k = 0; k < rows->n; k++) {
                *flow++ = flow_of(r, i, EDGES[e].edge, &rows->at[k]);
            }
            if (rows->n == 0) {
                *none++ = (struct reach_unreached){
                    .interface = i,
                    .edge = EDGES[e].edge,
                    .blockers = blockers_of_all(r, profiles[i], &r->world->interfaces.at[i], e),
                };
            }
        }
    }
    arena_release(&scratch);
    return n;
}

struct reach_blockers reach_why_not(struct reach *r, struct reach_question q)
{
    if (q.interface >= r->world->interfaces.n) {
        BUG("no interface %u", (unsigned)q.interface);
    }
    return blockers_of(r, profile_of(r, q.interface), &r->world->interfaces.at[q.interface], q);
}
