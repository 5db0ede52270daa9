/*
 * R5: take the public address away. It comes from the subnet (MapPublicIpOnLaunch), from the
 * interface (AssociatePublicIpAddress) or from an elastic address; what gives it is what goes.
 * IPv6 stays reachable: then the proof fails and nothing is offered.
 */
#include "fix/job.h"

static bool is_scalar(const struct doc_node *node)
{
    return node != NULL && node->kind == DOC_SCALAR && node->tag.n == 0;
}

static bool take_away(struct candidates *c, struct candidate *k, const struct topology_origin *o)
{
    const struct cfn_resource *r = o->resource;
    if (r == NULL || r->home != c->job->t) {
        return edits_fail(&k->edits, "the address is given outside of the template");
    }
    if (o->node != NULL && o->node != r->key) {
        return is_scalar(o->node) ? edit_replace_text(&k->edits, o->node, STR("false"))
                                  : edits_fail(&k->edits, "a function decides on the address");
    }
    if (str_is(r->type, "AWS::EC2::EIPAssociation")) {
        return job_remove_resource(c->job, &k->edits, r);
    }
    const struct doc_node *instance = doc_get(r->properties, "InstanceId");
    if (str_is(r->type, "AWS::EC2::EIP") && instance != NULL) {
        return edit_remove(&k->edits, instance);
    }
    return edits_fail(&k->edits, "the template does not say where the address comes from");
}

static void propose(struct candidates *c)
{
    const struct finding *f = c->site->finding;
    struct candidate k = candidate_new(c);
    bool ok = c->site->internet && f->endpoints.n > 0;
    for (size_t i = 0; i < f->endpoints.n && ok; i++) {
        const struct reach_example *e = reach_example(f->endpoints.at[i].flow);
        ok = e->public_by != WORLD_NONE;
        if (ok && !take_away(c, &k, topology_origin(c->job->analysis->topology, e->public_by))) {
            candidate_fail(c, &k);
            return;
        }
    }
    if (ok) {
        k.safety = FIX_UNSAFE;
        k.title = str_format(c->job->arena, "Take the public address from '%.*s'%s.",
                             STR_ARG(f->endpoints.at[0].resource),
                             f->endpoints.n > 1 ? " and the others that the rule exposes" : "");
        candidate_add(c, &k);
    }
}

const struct remedy remedy_address = {"R5", propose};
