/*
 * R4: give the subnet a route table without a way to the internet gateway. One that leads to a
 * NAT gateway is taken first, so that the subnet keeps its way out. Not where a NAT gateway or
 * an internet-facing balancer stands in the subnet: those need the route.
 */
#include "fix/job.h"

static const struct world *world_of(const struct candidates *c)
{
    return c->job->analysis->topology->world;
}

/* 0: leads to an internet gateway; 1: leads nowhere outside; 2: leads to a NAT gateway. */
static int rate_table(const struct world *w, const struct world_table *t)
{
    int rate = 1;
    for (size_t i = 0; i < t->routes.n; i++) {
        uint32_t g = t->routes.at[i].gateway;
        if (g != WORLD_NONE && w->gateways.at[g].kind == GATEWAY_INTERNET) {
            return 0;
        }
        if (g != WORLD_NONE && w->gateways.at[g].kind == GATEWAY_NAT) {
            rate = 2;
        }
    }
    return rate;
}

static const struct cfn_resource *private_table(const struct candidates *c, uint32_t old_id)
{
    const struct topology *t = c->job->analysis->topology;
    const struct world *w = world_of(c);
    uint32_t vpc = WORLD_NONE;
    for (size_t i = 0; i < w->tables.n; i++) {
        vpc = w->tables.at[i].id == old_id ? w->tables.at[i].vpc : vpc;
    }
    const struct cfn_resource *best = NULL;
    int best_rate = 0;
    for (size_t i = 0; i < w->tables.n; i++) {
        const struct topology_origin *o = topology_origin(t, w->tables.at[i].id);
        bool usable = o->resource != NULL && !o->implicit && !o->outside &&
                      w->tables.at[i].vpc == vpc && guard_is_true(o->resource->when);
        int rate = usable ? rate_table(w, &w->tables.at[i]) : 0;
        if (rate > best_rate) {
            best = o->resource;
            best_rate = rate;
        }
    }
    return best;
}

static bool is_internal(const struct cfn_resource *r)
{
    return doc_is(doc_get(r->properties, "Scheme"), "internal");
}

/* Something in the subnet that needs the route to the gateway; NULL if there is nothing. */
static const struct cfn_resource *needs_route(const struct fix_job *job,
                                              const struct cfn_resource *subnet)
{
    for (size_t i = 0; i < job->t->references.n; i++) {
        const struct cfn_reference *ref = &job->t->references.at[i];
        if (ref->to != subnet || ref->from == NULL || ref->depends_on) {
            continue;
        }
        struct str type = ref->from->type;
        bool balancer = str_is(type, "AWS::ElasticLoadBalancingV2::LoadBalancer") ||
                        str_is(type, "AWS::ElasticLoadBalancing::LoadBalancer");
        if (str_is(type, "AWS::EC2::NatGateway") || (balancer && !is_internal(ref->from))) {
            return ref->from;
        }
    }
    return NULL;
}

/* The one association of a subnet; NULL if there is none, or several. */
static const struct cfn_resource *association(const struct fix_job *job,
                                              const struct cfn_resource *subnet)
{
    const struct cfn_resource *found = NULL;
    for (size_t i = 0; i < job->t->references.n; i++) {
        const struct cfn_reference *ref = &job->t->references.at[i];
        if (ref->to == subnet && ref->from != NULL && !ref->depends_on &&
            str_is(ref->from->type, "AWS::EC2::SubnetRouteTableAssociation")) {
            if (found != NULL && found != ref->from) {
                return NULL;
            }
            found = ref->from;
        }
    }
    return found;
}

/* The DependsOn entry of the association for the table; NULL if there is none. */
static const struct doc_node *depends_on(const struct fix_job *job, const struct cfn_resource *from,
                                         const struct cfn_resource *to)
{
    for (size_t i = 0; i < job->t->references.n; i++) {
        const struct cfn_reference *ref = &job->t->references.at[i];
        if (ref->from == from && ref->to == to && ref->depends_on) {
            return ref->node;
        }
    }
    return NULL;
}

static bool move(struct candidates *c, struct candidate *k, const struct cfn_resource *subnet,
                 const struct cfn_resource *old, const struct cfn_resource *table)
{
    struct fix_job *job = c->job;
    const struct cfn_resource *blocker = needs_route(job, subnet);
    if (blocker != NULL) {
        return edits_fail(&k->edits, "'%.*s' in the subnet needs the route to the internet gateway",
                          STR_ARG(blocker->id));
    }
    const struct cfn_resource *a = association(job, subnet);
    const struct doc_node *value = a != NULL ? doc_get(a->properties, "RouteTableId") : NULL;
    const struct doc_node *name = job_target_name(value);
    if (name == NULL || job_target(job, value) != old) {
        return edits_fail(&k->edits, "the association of '%.*s' is not written plainly",
                          STR_ARG(subnet->id));
    }
    const struct doc_node *order = depends_on(job, a, old);
    bool ordered = depends_on(job, a, table) != NULL;
    if (order != NULL && !(ordered ? edit_remove(&k->edits, order)
                                   : edit_replace_text(&k->edits, order, table->id))) {
        return false;
    }
    return edit_replace_text(&k->edits, name, table->id);
}

static void propose(struct candidates *c)
{
    const struct finding *f = c->site->finding;
    const struct topology *t = c->job->analysis->topology;
    struct candidate k = candidate_new(c);
    if (!c->site->internet || f->endpoints.n == 0) {
        return;
    }
    const struct cfn_resource *table = NULL;
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct reach_example *e = reach_example(f->endpoints.at[i].flow);
        const struct cfn_resource *subnet = topology_origin(t, e->subnet)->resource;
        const struct topology_origin *old = topology_origin(t, e->table);
        table = private_table(c, e->table);
        if (subnet == NULL || old->resource == NULL || old->implicit || table == NULL ||
            subnet->home != c->job->t) {
            return;
        }
        if (!move(c, &k, subnet, old->resource, table)) {
            candidate_fail(c, &k);
            return;
        }
    }
    k.safety = FIX_UNSAFE;
    k.title = str_format(c->job->arena,
                         "Associate the subnet%s with '%.*s', which has no route to the internet "
                         "gateway.",
                         f->endpoints.n > 1 ? "s" : "", STR_ARG(table->id));
    candidate_add(c, &k);
}

const struct remedy remedy_subnet = {"R4", propose};
