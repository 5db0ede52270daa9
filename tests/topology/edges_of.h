/*
 * For the tests of edges and balancers: adds to the dump of a built world (world_of.h) a block
 * for each gateway ("edge G"), balancer ("balance B"), target group ("targets T"), entrance and
 * shortcut, so that assert_block and assert_line see them.
 */
#ifndef CFNREACH_TESTS_TOPOLOGY_EDGES_OF_H
#define CFNREACH_TESTS_TOPOLOGY_EDGES_OF_H

#include "tests/topology/world_of.h"

static inline void edges_name(struct buf *out, struct str name)
{
    buf_addc(out, ' ');
    buf_add(out, name);
}

/* " what" where it is TRUE, " what=guard" else; nothing where it is FALSE. */
static inline void edges_guard(const struct built *b, struct buf *out, const char *what,
                               struct guard g)
{
    if (guard_is_false(g)) {
        return;
    }
    buf_addf(out, " %s", what);
    if (!guard_is_true(g)) {
        buf_addc(out, '=');
        guard_print(b->w->space, g, out);
    }
}

static inline void edges_end(const struct built *b, struct buf *out, struct guard when)
{
    if (!guard_is_true(when)) {
        buf_adds(out, " when ");
        guard_print(b->w->space, when, out);
    }
    buf_addc(out, '\n');
}

static inline void edges_ports(struct buf *out, int protocol, struct ports ports)
{
    buf_addf(out, " %s %u-%u", protocol_name(protocol), (unsigned)ports.begin, (unsigned)ports.end);
}

static inline void edges_sources(const struct built *b, struct buf *out, const char *what,
                                 const struct world_source *at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_addf(out, "    %s ", what);
        prefix_print(at[i].prefix, out);
        edges_end(b, out, at[i].when);
    }
}

static inline void edges_gateway(const struct built *b, struct buf *out,
                                 const struct world_gateway *g)
{
    buf_adds(out, "edge");
    edges_name(out, g->name);
    if (g->subnet != WORLD_NONE) {
        buf_adds(out, " in");
        edges_name(out, b->w->subnets.at[g->subnet].name);
    }
    edges_guard(b, out, "passes", g->passes);
    buf_addc(out, '\n');
    for (size_t i = 0; i < g->attachments.n; i++) {
        const struct world_attachment *at = &g->attachments.at[i];
        buf_adds(out, "  at");
        edges_name(out, b->w->vpcs.at[at->vpc].name);
        if (at->remote_vpc != WORLD_NONE) {
            buf_adds(out, " beyond");
            edges_name(out, b->w->vpcs.at[at->remote_vpc].name);
        }
        edges_guard(b, out, "any", at->any_source);
        edges_guard(b, out, "groups", at->group_references);
        edges_end(b, out, at->when);
        edges_sources(b, out, "from", at->sources.at, at->sources.n);
    }
    for (size_t i = 0; i < g->ingress.n; i++) {
        const struct world_ingress *in = &g->ingress.at[i];
        buf_adds(out, "  into");
        edges_name(out, b->w->subnets.at[in->subnet].name);
        buf_adds(out, " by");
        edges_name(out, in->middlebox == WORLD_NONE ? STR("nothing")
                                                    : b->w->gateways.at[in->middlebox].name);
        edges_end(b, out, in->when);
    }
}

static inline void edges_forward(const struct built *b, struct buf *out,
                                 const struct world_forward *f)
{
    buf_adds(out, "    to");
    edges_name(out, b->w->target_groups.at[f->target_group].name);
    if (f->restricted) {
        buf_adds(out, " for ");
        ipset_print(f->clients4, out);
        if (!ipset_is_empty(f->clients6)) {
            buf_adds(out, " and ");
            ipset_print(f->clients6, out);
        }
    }
    edges_end(b, out, f->when);
}

static inline void edges_balancer(const struct built *b, struct buf *out,
                                  const struct world_balancer *l)
{
    static const char *const KINDS[] = {"classic", "application", "network"};
    buf_adds(out, "balance");
    edges_name(out, l->name);
    buf_addf(out, " %s", KINDS[l->kind]);
    edges_guard(b, out, "filters", l->filters);
    buf_addc(out, '\n');
    for (size_t i = 0; i < l->interfaces.n; i++) {
        const struct world_interface *n = &b->w->interfaces.at[l->interfaces.at[i]];
        buf_adds(out, "  interface");
        edges_name(out, n->name);
        assert_int_equal(n->placements.n, 1);
        edges_name(out, b->w->subnets.at[n->placements.at[0].subnet].name);
        edges_guard(b, out, "public4", n->placements.at[0].public4);
        edges_guard(b, out, "has6", n->placements.at[0].has6);
        edges_guard(b, out, "open", n->open);
        edges_guard(b, out, "hidden", n->no_internet);
        edges_end(b, out, n->when);
    }
    for (size_t i = 0; i < l->listeners.n; i++) {
        buf_adds(out, "  listens");
        edges_name(out, l->listeners.at[i].name);
        edges_ports(out, l->listeners.at[i].protocol, l->listeners.at[i].ports);
        edges_end(b, out, l->listeners.at[i].when);
        for (size_t k = 0; k < l->listeners.at[i].forwards.n; k++) {
            edges_forward(b, out, &l->listeners.at[i].forwards.at[k]);
        }
    }
    for (size_t i = 0; i < l->services.n; i++) {
        buf_adds(out, "  serves");
        edges_name(out, b->w->subnets.at[l->services.at[i].from].name);
        edges_name(out, b->w->subnets.at[l->services.at[i].to].name);
        edges_end(b, out, l->services.at[i].when);
    }
}

static inline void edges_targets(const struct built *b, struct buf *out,
                                 const struct world_target_group *g)
{
    buf_adds(out, "targets");
    edges_name(out, g->name);
    buf_addf(out, " %s", protocol_name(g->protocol));
    edges_guard(b, out, "preserves", g->preserves);
    buf_addc(out, '\n');
    for (size_t i = 0; i < g->targets.n; i++) {
        const struct world_target *t = &g->targets.at[i];
        buf_adds(out, "  to");
        edges_name(out, t->interface != WORLD_NONE ? b->w->interfaces.at[t->interface].name
                                                   : b->w->balancers.at[t->balancer].name);
        buf_addf(out, " %u-%u", (unsigned)t->ports.begin, (unsigned)t->ports.end);
        edges_end(b, out, t->when);
    }
}

static inline void edges_entrance(const struct built *b, struct buf *out,
                                  const struct world_entrance *e)
{
    buf_addf(out, "entrance %s", world_edge_name(e->edge));
    edges_name(out, b->w->gateways.at[e->gateway].name);
    edges_name(out, b->w->subnets.at[e->subnet].name);
    edges_end(b, out, e->when);
    for (size_t i = 0; i < e->groups.n; i++) {
        buf_adds(out, "    carries");
        edges_name(out, b->w->groups.at[e->groups.at[i].group].name);
        edges_end(b, out, e->groups.at[i].when);
    }
    edges_sources(b, out, "towards", e->destinations.at, e->destinations.n);
}

static inline void edges_shortcut(const struct built *b, struct buf *out,
                                  const struct world_shortcut *s)
{
    buf_addf(out, "shortcut %s", world_edge_name(s->edge));
    edges_name(out, b->w->gateways.at[s->gateway].name);
    buf_adds(out, " to");
    edges_name(out, s->interface != WORLD_NONE ? b->w->interfaces.at[s->interface].name
                                               : b->w->balancers.at[s->balancer].name);
    edges_ports(out, s->protocol, s->ports);
    buf_addf(out, " at %u-%u", (unsigned)s->target.begin, (unsigned)s->target.end);
    edges_guard(b, out, "preserves", s->preserves);
    edges_end(b, out, s->when);
}

static inline struct built *edges_of(const char *text)
{
    struct built *b = built_of(text);
    struct buf *out = &b->dump;
    for (size_t i = 0; i < b->w->gateways.n; i++) {
        edges_gateway(b, out, &b->w->gateways.at[i]);
    }
    for (size_t i = 0; i < b->w->tables.n; i++) {
        const struct world_table *t = &b->w->tables.at[i];
        for (size_t k = 0; k < t->routes.n; k++) {
            if (t->routes.at[k].unknown) {
                buf_adds(out, "anywhere");
                edges_name(out, t->name);
                edges_name(out, b->w->gateways.at[t->routes.at[k].gateway].name);
                edges_end(b, out, t->routes.at[k].when);
            }
        }
    }
    for (size_t i = 0; i < b->w->balancers.n; i++) {
        edges_balancer(b, out, &b->w->balancers.at[i]);
    }
    for (size_t i = 0; i < b->w->target_groups.n; i++) {
        edges_targets(b, out, &b->w->target_groups.at[i]);
    }
    for (size_t i = 0; i < b->w->entrances.n; i++) {
        edges_entrance(b, out, &b->w->entrances.at[i]);
    }
    for (size_t i = 0; i < b->w->shortcuts.n; i++) {
        edges_shortcut(b, out, &b->w->shortcuts.at[i]);
    }
    return b;
}

/* Every id that these elements have says where it came from. */
static inline void edges_check_origin(const struct built *b, uint32_t id, const char *type)
{
    const struct topology_origin *o = topology_origin(b->t, id);
    if (!str_is(str_from(o->type), type)) {
        fail_msg("id %u is of type %s, not %s", (unsigned)id, o->type, type);
    }
}

#endif
