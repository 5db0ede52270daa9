/*
 * Sources nest, so they are one tree for all attachments of a gateway to a VPC:
 *
 *     from anywhere   not attached, or attached where any source may come in
 *     from a node     that, or attached and one of the prefixes from here to the root
 */
#include "reach/beyond.h"

#include "reach/nest.h"

/* The prefixes of a gateway's attachments to a VPC. */
struct sources {
    struct arena *arena;
    VEC(struct prefix) prefixes;
    VEC(struct guard) whens; /* beside them */
    struct guard anywhere;
};

static void add_attachment(const struct reach *r, struct sources *s,
                           const struct world_attachment *attachment, enum net_family f)
{
    struct guard any = guard_and(r->space, attachment->when, attachment->any_source);
    s->anywhere = guard_or(r->space, s->anywhere, any);
    for (size_t i = 0; i < attachment->sources.n; i++) {
        const struct world_source *source = &attachment->sources.at[i];
        if (source->prefix.family == f) {
            *VEC_ADD(s->arena, &s->prefixes) = source->prefix;
            *VEC_ADD(s->arena, &s->whens) = guard_and(r->space, attachment->when, source->when);
        }
    }
}

static struct sources sources_of(const struct reach *r, struct arena *a, uint32_t gateway,
                                 uint32_t vpc, enum net_family f)
{
    struct sources s = {.arena = a};
    s.anywhere = guard_not(r->space, edge_entry(r, gateway, vpc));
    if (gateway != WORLD_NONE) {
        const struct world_gateway *g = &r->world->gateways.at[gateway];
        for (size_t i = 0; i < g->attachments.n; i++) {
            if (g->attachments.at[i].vpc == vpc) {
                add_attachment(r, &s, &g->attachments.at[i], f);
            }
        }
    }
    return s;
}

struct line beyond_line(struct reach *r, struct arena *a, const struct edge_row *row,
                        uint32_t gateway, uint32_t vpc, enum net_family f)
{
    if (row->space) {
        return line_of_set(a, row->space(f), GUARD_TRUE.node, GUARD_FALSE.node);
    }
    struct sources s = sources_of(r, a, gateway, vpc, f);
    struct nest nest = nest_of(a, f, s.prefixes.at, s.prefixes.n);
    uint32_t *value = ARENA_ARRAY(a, nest.n, uint32_t);
    for (uint32_t i = 0; i < nest.n; i++) {
        struct guard here = s.anywhere;
        if (i > 0) {
            here.node = value[nest.node[i].parent];
        }
        for (uint32_t k = nest.node[i].begin; k < nest.node[i].end; k++) {
            here = guard_or(r->space, here, s.whens.at[nest.order[k]]);
        }
        value[i] = here.node;
    }
    return nest_line(a, &nest, value);
}

struct possible {
    const struct reach *r;
};

static uint32_t possible(void *ctx, const uint32_t *values)
{
    const struct possible *p = ctx;
    return reach_live(p->r, (struct guard){values[0]}) ? 1 : 0;
}

struct ipset beyond_set(struct reach *r, struct arena *a, const struct edge_row *row,
                        uint32_t gateway, uint32_t vpc, enum net_family f)
{
    if (row->space) {
        return row->space(f);
    }
    struct arena scratch = {0};
    struct line guards = beyond_line(r, &scratch, row, gateway, vpc, f);
    struct line some = line_overlay(&scratch, &guards, 1, possible, &(struct possible){r});
    struct line_parts parts = line_split(a, some, f, 0);
    arena_release(&scratch);
    return parts.n > 0 ? parts.at[0].where : ipset_empty(f);
}

bool beyond_modelled(const struct reach *r, uint32_t gateway, uint32_t vpc)
{
    const struct world *w = r->world;
    const struct world_gateway *g = &w->gateways.at[gateway];
    for (size_t i = 0; i < g->attachments.n; i++) {
        const struct world_attachment *attachment = &g->attachments.at[i];
        for (size_t k = 0; attachment->vpc == vpc && k < attachment->sources.n; k++) {
            if (reach_live(r, attachment->sources.at[k].when)) {
                return true;
            }
        }
    }
    for (size_t t = 0; t < w->tables.n; t++) {
        for (size_t i = 0; w->tables.at[t].vpc == vpc && i < w->tables.at[t].routes.n; i++) {
            const struct world_route *route = &w->tables.at[t].routes.at[i];
            if (route->unknown && route->gateway == gateway && reach_live(r, route->when)) {
                return true;
            }
        }
    }
    return false;
}
