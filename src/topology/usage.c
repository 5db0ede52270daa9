/*
 * Who refers to which group: what "nothing carries this group" may be said of. A rule that
 * names a group, a DependsOn and an association use nothing. A launch template uses its groups
 * only if something launches it, and hands on that its user is of a type not analysed.
 */
#include "topology/kinds.h"

static bool is_live(const struct builder *b, const struct cfn_resource *r)
{
    return !guard_disjoint(b->space, r->when, b->world->family);
}

static enum usage usage_of(const struct slot *s)
{
    return s->family ? s->family->usage : USAGE_OPAQUE;
}

/* First what uses launch templates and interfaces. */
static void mark_forward(struct builder *b, const struct cfn_reference *ref)
{
    struct slot *to = builder_slot(b, ref->to);
    if (!ref->from || ref->depends_on || usage_of(to) != USAGE_FORWARD || !is_live(b, ref->from)) {
        return;
    }
    switch (usage_of(builder_slot(b, ref->from))) {
    case USAGE_CARRIER:
        to->is_used = true;
        break;
    case USAGE_OPAQUE:
        to->is_used = true;
        to->opaque_user = to->opaque_user ? to->opaque_user : ref->from;
        break;
    case USAGE_NONE:
    case USAGE_FORWARD:
        break;
    }
}

static void refer(struct topology_group *g, const struct cfn_resource *opaque)
{
    g->referenced = true;
    if (opaque && g->referenced_type.n == 0) {
        g->referenced_by = opaque->id;
        g->referenced_type = opaque->type.n > 0 ? opaque->type : STR("a resource without Type");
    }
}

static void mark_group(struct builder *b, const struct cfn_reference *ref)
{
    const struct slot *to = builder_slot(b, ref->to);
    if (!to->family || to->family->kind != SLOT_GROUP || to->elements.n == 0 || ref->depends_on) {
        return;
    }
    struct topology_group *g = &b->t->groups.at[to->elements.at[0].index];
    if (!ref->from) {
        g->output = g->output.n > 0 ? g->output : ref->output;
        return;
    }
    if (!is_live(b, ref->from) || ref->from->nested != NULL) {
        return; /* what is passed to a nested stack counts where its template uses it */
    }
    const struct slot *from = builder_slot(b, ref->from);
    switch (usage_of(from)) {
    case USAGE_NONE:
        break;
    case USAGE_CARRIER:
        refer(g, NULL);
        break;
    case USAGE_FORWARD:
        if (from->is_used) {
            refer(g, from->opaque_user);
        }
        break;
    case USAGE_OPAQUE:
        refer(g, ref->from);
        break;
    }
}

static void mark_interfaces(struct builder *b)
{
    const struct world *w = b->world;
    for (size_t i = 0; i < w->interfaces.n; i++) {
        const struct world_interface *n = &w->interfaces.at[i];
        for (size_t k = 0; k < n->groups.n && n->owner != WORLD_NONE; k++) {
            struct guard when = both(b, n->when, n->groups.at[k].when);
            if (!guard_disjoint(b->space, when, w->family)) {
                b->t->groups.at[n->groups.at[k].group].has_interface = true;
            }
        }
    }
}

void usage_collect(struct builder *b)
{
    for (uint32_t i = 0; i < b->groups.n; i++) {
        const struct group_site *site = &b->groups.at[i];
        *VEC_ADD(b->arena, &b->t->groups) = (struct topology_group){
            .group = i, .resource = site->resource, .outside = site->outside};
    }
    for (size_t i = 0; i < b->unit->templates.n; i++) {
        const struct cfn_template *t = b->unit->templates.at[i];
        for (size_t k = 0; k < t->references.n; k++) {
            mark_forward(b, &t->references.at[k]);
        }
    }
    for (size_t i = 0; i < b->unit->templates.n; i++) {
        const struct cfn_template *t = b->unit->templates.at[i];
        for (size_t k = 0; k < t->references.n; k++) {
            mark_group(b, &t->references.at[k]);
        }
    }
    mark_interfaces(b);
}
