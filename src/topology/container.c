/*
 * Services of containers: ECS::Service and ECS::TaskSet (SEMANTICS 2.9).
 *
 *     awsvpc       each task has an interface: Subnets (A-PLACE), SecurityGroups, and a public
 *                  address exactly where AssignPublicIp is ENABLED; what the subnet hands out to
 *                  instances does not matter. Tasks on instances (launch type EC2) have none.
 *     bridge, host the container instance's interface is used: nothing of the service's own
 *
 * What a container listens on is its image's business, so any port that the groups admit counts.
 * With target groups or Classic balancers the tasks are their targets, at ContainerPort.
 */
#include "topology/balancer.h"
#include "topology/kinds.h"
#include "topology/managed.h"
#include "topology/plan.h"
#include "topology/resolve.h"
#include "topology/service.h"

static const char DEFINITION[] = "AWS::ECS::TaskDefinition";

/* The two types spell it differently. */
static struct cfn_value configuration(struct builder *b, const struct cfn_resource *r,
                                      const char *key)
{
    struct cfn_value network = cfn_property(r, "NetworkConfiguration");
    return plan_else(b, cfn_get(cfn_get(network, "AwsvpcConfiguration"), key),
                     cfn_get(cfn_get(network, "AwsVpcConfiguration"), key));
}

/* Where the tasks are on container instances of the user's. */
static struct guard on_instances(struct builder *b, const struct cfn_resource *r)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, "LaunchType");
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_TEXT && str_is(term->text, "EC2")) {
            when = either(b, when, term->when);
        }
    }
    return when;
}

/* AssignPublicIp: ENABLED; absent is DISABLED. */
static struct publicity read_public(struct builder *b, const struct cfn_resource *r)
{
    struct publicity p = {.by = WORLD_NONE};
    struct cfn_value v = configuration(b, r, "AssignPublicIp");
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_NONE) {
            continue;
        }
        if (p.by == WORLD_NONE) {
            p.by = builder_new_id(b, origin_value(b, r, term));
        }
        if (term->kind == CFN_TEXT && str_eq_nocase(term->text, STR("ENABLED"))) {
            p.yes = either(b, p.yes, term->when);
        } else if (term->kind == CFN_UNKNOWN || term->kind == CFN_JOINED) {
            struct str text = cfn_text_of(b->arena, term);
            builder_unknown(b, "flag", term, text, "a public address is open (A-SUBPUBIP)");
            struct guard fact = builder_fact(b, FACT_SUBPUBIP, text);
            p.yes = either(b, p.yes, both(b, term->when, fact));
        }
    }
    if (p.by == WORLD_NONE) {
        p.by = builder_new_id(b, origin_resource(b, r));
    }
    p.yes = without(b, p.yes, on_instances(b, r));
    return p;
}

static void register_item(struct builder *b, const struct slot *s, const struct cfn_term *item)
{
    const struct cfn_value with[] = {cfn_get_term(item, "TargetGroupArn"),
                                     cfn_get_term(item, "LoadBalancerName")};
    struct cfn_value port = cfn_get_term(item, "ContainerPort");
    struct registration r = {.owner = s->elements.at[0].index, .by = s->resource};
    struct guard given = both(b, item->when, plan_given(b, port));
    struct services ports = {0};
    if (!guard_is_false(given)) {
        ports = balancer_ports(b, s->resource, item->node, given, port);
    }
    for (size_t i = 0; i < 2; i++) {
        r.with = with[i];
        r.when = without(b, item->when, given);
        r.ports = PORTS_EMPTY;
        if (!guard_is_false(r.when)) {
            balancer_register(b, r);
        }
        for (size_t k = 0; k < ports.n; k++) {
            r.when = ports.at[k].when;
            r.ports = ports.at[k].ports;
            balancer_register(b, r);
        }
    }
}

/* Where a definition of the templates says awsvpc. */
static struct guard wants_own(struct builder *b, const struct cfn_resource *r)
{
    struct cfn_value definition = cfn_property(r, "TaskDefinition");
    return managed_is(b, managed_of(b, definition, DEFINITION, "NetworkMode"), "awsvpc");
}

static void note_shared(struct builder *b, const struct cfn_resource *r)
{
    managed_note(b, r, NULL,
                 str_format(b->arena,
                            "The tasks of '%.*s' have no interface of their own: what can be "
                            "reached of them is what the groups of their container instances "
                            "admit.",
                            STR_ARG(r->id)));
}

/* A service whose tasks are made by task sets, or by CodeDeploy, says nothing itself. */
static bool is_external(const struct cfn_resource *r)
{
    struct cfn_value v = cfn_property(r, "DeploymentController/Type");
    return v.n == 1 && v.at[0].kind == CFN_TEXT && str_is(v.at[0].text, "EXTERNAL");
}

void container_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct cfn_value subnets = configuration(b, r, "Subnets");
    struct guard own = both(b, r->when, plan_given(b, subnets));
    struct guard shared = without(b, r->when, either(b, own, wants_own(b, r)));
    if (!guard_disjoint(b->space, shared, b->world->family) && !is_external(r)) {
        note_shared(b, r);
    }
    if (s->elements.n == 0 || guard_is_false(own)) {
        return;
    }
    struct publicity p = read_public(b, r);
    struct managed m = {
        .slot = s,
        .when = own,
        .places = managed_subnets(b, r, subnets, own),
        .groups = resolve_group(b, cfn_items(configuration(b, r, "SecurityGroups"))),
        .is_public = p.yes,
        .public_by = p.by,
    };
    for (size_t i = 0; i < m.places.n; i++) {
        /* A dual-stack subnet gives a task an IPv6 address as it gives one to an instance. */
        m.has6 = either(b, m.has6, b->subnets.at[m.places.at[i].index].assign6);
    }
    managed_any(b, &m.places, r);
    managed_make(b, &m);
    struct cfn_value balancers = cfn_items(cfn_property(r, "LoadBalancers"));
    FOREACH_TERM (item, balancers) {
        register_item(b, s, item);
    }
}
