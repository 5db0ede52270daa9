/*
 * Other places that a reader wants to see: where the value really stands, the whole rule, what
 * routes back, what gives the public address.
 */
#include "policy/check.h"

enum { MAX_LITERALS = 4 };

static void relate(struct checker *c, struct finding *f, struct span at, struct str text)
{
    if (span_is_none(at)) {
        return;
    }
    for (size_t i = 0; i < f->related.n; i++) {
        const struct span *s = &f->related.at[i].at;
        if (s->source == at.source && s->begin == at.begin && s->end == at.end) {
            return;
        }
    }
    *VEC_ADD(c->arena, &f->related) = (struct finding_related){at, text};
}

/* The Default or mapping value behind the source: the literal that must change. */
static void relate_literals(struct checker *c, struct finding *f, const struct opening *o)
{
    for (size_t i = 0; i < o->rules.n && f->related.n < MAX_LITERALS; i++) {
        const struct topology_origin *origin = check_origin(c, check_rule(c, o, i)->id);
        if (origin == NULL || origin->literal == NULL) {
            continue;
        }
        struct str text = STR("The value of the source stands here.");
        if (origin->parameter != NULL) {
            bool is_default = origin->literal == origin->parameter->default_node;
            text = str_format(c->arena, "%s of parameter '%.*s'.",
                              is_default ? "Default" : "Allowed value",
                              STR_ARG(origin->parameter->name));
        }
        relate(c, f, origin->literal->span, text);
    }
    const struct topology_origin *origin = opening_origin(c, o);
    if (f->related.n == 0 && origin != NULL && origin->parameter != NULL) {
        relate(c, f, origin->parameter->key->span,
               str_format(c->arena, "Parameter '%.*s' supplies the source.",
                          STR_ARG(origin->parameter->name)));
    }
}

static void relate_origin(struct checker *c, struct finding *f, uint32_t id, struct str what)
{
    const struct topology_origin *o = check_origin(c, id);
    if (o == NULL) {
        return;
    }
    struct str name = o->name;
    if (name.n == 0 && o->resource != NULL) {
        name = cfn_resource_name(o->resource);
    }
    relate(c, f, o->at, STR_CAT(c->arena, what, STR(" '"), name, STR("'.")));
}

static void relate_flow(struct checker *c, struct finding *f, const struct finding_endpoint *e)
{
    const struct reach_flow *flow = e->flow;
    const struct reach_example *shown = reach_example(flow);
    struct str route = step_route(c, flow);
    const struct topology_origin *o = check_origin(c, shown->route);
    if (o != NULL && route.n > 0) {
        relate(c, f, o->at, route);
    }
    relate_origin(c, f, shown->table, STR("Route table"));
    relate_origin(c, f, shown->public_by, STR("The public address comes from"));
    relate_origin(c, f, shown->subnet, STR("Subnet"));
    const struct topology_origin *out = check_origin(c, shown->acl_out_entry);
    if (out != NULL && !out->implicit) {
        relate(c, f, out->at, STR("This network ACL entry lets the replies out."));
    }
}

/* What the CDK made, people know by the path of its construct ("aws:cdk:path"). */
static void relate_construct(struct checker *c, struct finding *f, const struct cfn_resource *r)
{
    const struct doc_node *metadata = r != NULL ? doc_get(r->node, "Metadata") : NULL;
    const struct doc_node *path = doc_get(metadata, "aws:cdk:path");
    if (path == NULL || path->kind != DOC_SCALAR) {
        return;
    }
    struct str text = str_format(c->arena, "The construct '%.*s'.", STR_ARG(path->text));
    relate(c, f, doc_full_span(path), text);
    if (str_find(f->message, text, 0) == STR_NPOS) {
        f->message = str_format(c->arena, "%.*s %.*s", STR_ARG(f->message), STR_ARG(text));
    }
}

void related_draft(struct checker *c, struct draft *d)
{
    struct finding *f = &d->finding;
    if (d->opening != WORLD_NONE) {
        const struct opening *o = &c->openings.at[d->opening];
        relate_literals(c, f, o);
        const struct topology_origin *origin = opening_origin(c, o);
        if (origin != NULL && origin->item != NULL) {
            relate(c, f, origin->block, STR("The whole rule."));
        }
    }
    for (size_t i = 0; i < d->others.n; i++) {
        const struct topology_origin *o = opening_origin(c, &c->openings.at[d->others.at[i]]);
        if (o != NULL) {
            relate(c, f, o->at, STR("This rule is needed as well to keep the port open."));
        }
    }
    if (f->endpoints.n > 0) {
        relate_flow(c, f, &f->endpoints.at[0]);
    }
}

void related_constructs(struct checker *c, struct draft *d)
{
    struct finding *f = &d->finding;
    const struct topology_origin *o = place_origin(c, d);
    relate_construct(c, f, o != NULL ? o->resource : NULL);
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct world_interface *n =
            &c->world->interfaces.at[f->endpoints.at[i].flow->interface];
        uint32_t id = n->owner == WORLD_NONE ? n->id : c->world->owners.at[n->owner].id;
        o = check_origin(c, id);
        relate_construct(c, f, o != NULL ? o->resource : NULL);
    }
}
