/*
 * Kubernetes (SEMANTICS 2.8, 2.9).
 *
 *     EKS::Cluster     a public endpoint of AWS at 443, for PublicAccessCidrs; with private
 *                      access an interface in each subnet that answers at 443, too
 *     its own group    made by EKS, admits its members; the cluster's interfaces and the nodes
 *                      carry it ("Cluster.ClusterSecurityGroupId")
 *     EKS::Nodegroup   nodes in its subnets (A-PLACE), with the groups of the launch template,
 *                      else with the cluster's own group
 *     RemoteAccess     without a launch template: a group made by EKS that opens 22 (3389 on
 *                      Windows) for SourceSecurityGroups, or for everybody if there are none
 *
 * What controllers inside a cluster add to these groups is not known to any template.
 */
#include "topology/kubernetes.h"

#include "topology/aside.h"
#include "topology/kinds.h"
#include "topology/outside.h"
#include "topology/plan.h"
#include "topology/resolve.h"

static const char CLUSTER[] = "AWS::EKS::Cluster";

/* ---- the group of a cluster -------------------------------------------------------------- */

/* Its members, on every port. */
static uint32_t own_group(struct builder *b, const struct cfn_resource *r, struct str key,
                          uint32_t vpc)
{
    void **place = map_at(&b->outside, key);
    if (*place) {
        return *(const uint32_t *)*place;
    }
    uint32_t group = aside_group(b, r, ".ClusterSecurityGroup", vpc);
    struct hits self = {0};
    hits_add(b, &self, GUARD_TRUE, group, NULL);
    struct aside_rule rule = {.resource = r,
                              .group = group,
                              .when = GUARD_TRUE,
                              .protocol = PROTOCOL_ALL,
                              .ports = PORTS_ALL};
    aside_admit_groups(b, &rule, &self);
    uint32_t *kept = ARENA_NEW(b->arena, uint32_t);
    *kept = group;
    *place = kept;
    return group;
}

static struct cfn_value cluster_subnets(const struct cfn_resource *r)
{
    return cfn_property(r, "ResourcesVpcConfig/SubnetIds");
}

/* The VPC of the first of some subnets. */
static uint32_t vpc_of(struct builder *b, const struct hits *places)
{
    return places->n == 0 ? outside_default_vpc(b) : b->world->subnets.at[places->at[0].index].vpc;
}

uint32_t kubernetes_group(struct builder *b, const struct cfn_resource *r)
{
    struct str key = str_format(b->arena, "cluster group %.*s", STR_ARG(cfn_resource_name(r)));
    struct hits places = managed_subnets(b, r, cluster_subnets(r), r->when);
    return own_group(b, r, key, vpc_of(b, &places));
}

/* ---- AWS::EKS::Cluster ------------------------------------------------------------------- */

/* Sources of the endpoint: PublicAccessCidrs, else everybody, which then rests on the property
 * that makes it public, or on the resource. */
static void open_endpoint(struct builder *b, const struct slot *s, struct guard when)
{
    const struct cfn_resource *r = s->resource;
    struct aside_rule rule = {.resource = r,
                              .group = aside_group(b, r, ".PublicEndpoint", WORLD_NONE),
                              .when = when,
                              .protocol = PROTOCOL_TCP,
                              .ports = port_one(443)};
    struct cfn_value blocks = cfn_property(r, "ResourcesVpcConfig/PublicAccessCidrs");
    struct guard given = aside_admit_blocks(b, &rule, blocks, NET_V4, NULL);
    rule.when = without(b, when, given);
    aside_admit_all(
        b, &rule, true, false,
        aside_origin(b, r, doc_get(r->properties, "ResourcesVpcConfig"), "EndpointPublicAccess"));
    uint32_t interface = aside_make(b, s, "Endpoint", when, rule.group, WORLD_NONE);
    managed_listen(b, interface, when, PROTOCOL_TCP, port_one(443));
    b->world->interfaces.at[interface].answers = ANSWERS_IDENTIFIED;
}

void kubernetes_cluster_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct publicity p = managed_public(b, r, "ResourcesVpcConfig/EndpointPublicAccess");
    struct guard is_public = both(b, r->when, either(b, p.yes, p.absent));
    if (!guard_is_false(is_public)) {
        open_endpoint(b, s, is_public);
    }
    struct cfn_truth inside =
        cfn_truth(r->home, cfn_property(r, "ResourcesVpcConfig/EndpointPrivateAccess"));
    struct managed m = {
        .slot = s,
        .when = r->when,
        .places = managed_subnets(b, r, cluster_subnets(r), r->when),
        .groups =
            resolve_group(b, cfn_items(cfn_property(r, "ResourcesVpcConfig/SecurityGroupIds"))),
        .public_by = p.by,
    };
    hits_add(b, &m.groups, r->when, kubernetes_group(b, r), NULL);
    uint32_t first = managed_each(b, m);
    for (uint32_t i = first; i < b->world->interfaces.n; i++) {
        managed_listen(b, i, either(b, inside.yes, inside.unknown), PROTOCOL_TCP, port_one(443));
        managed_listen_close(b, i);
        b->world->interfaces.at[i].answers = ANSWERS_IDENTIFIED;
    }
}

/* ---- AWS::EKS::Nodegroup ----------------------------------------------------------------- */

/* The group for remote access, where there is one. */
static void add_remote_access(struct builder *b, const struct cfn_resource *r, uint32_t vpc,
                              struct guard when, struct hits *groups)
{
    struct cfn_value key = cfn_property(r, "RemoteAccess/Ec2SshKey");
    when = both(b, when, plan_given(b, key));
    if (guard_is_false(when)) {
        return;
    }
    uint32_t group = aside_group(b, r, ".RemoteAccess", vpc);
    struct guard windows = managed_begins(b, cfn_property(r, "AmiType"), "WINDOWS");
    struct cfn_value listed = cfn_items(cfn_property(r, "RemoteAccess/SourceSecurityGroups"));
    struct hits sources = resolve_group(b, listed);
    struct topology_origin origin = aside_origin(b, r, r->properties, "RemoteAccess");
    for (int i = 0; i < 2; i++) {
        struct aside_rule rule = {.resource = r,
                                  .group = group,
                                  .when =
                                      i == 0 ? without(b, when, windows) : both(b, when, windows),
                                  .protocol = PROTOCOL_TCP,
                                  .ports = port_one(i == 0 ? 22 : 3389)};
        aside_admit_groups(b, &rule, &sources);
        rule.when = without(b, rule.when, plan_given(b, listed));
        aside_admit_all(b, &rule, true, false, origin);
    }
    hits_add(b, groups, when, group, NULL);
}

/* The own groups of the clusters that ClusterName names. */
static void add_cluster_groups(struct builder *b, const struct cfn_resource *r, uint32_t vpc,
                               struct hits *groups)
{
    struct cfn_value names = cfn_property(r, "ClusterName");
    FOREACH_TERM (term, names) {
        if (term->kind == CFN_OBJECT && str_is(term->resource->type, CLUSTER)) {
            hits_add(b, groups, term->when, kubernetes_group(b, term->resource), term);
            continue;
        }
        struct str text = cfn_text_of(b->arena, term);
        struct str key = str_format(b->arena, "cluster group outside %.*s", STR_ARG(text));
        hits_add(b, groups, term->when, own_group(b, r, key, vpc), term);
        if (term->kind != CFN_NONE) {
            builder_unknown(b, "cluster", term, text,
                            "its own group is taken to admit its members only");
        }
    }
}

void kubernetes_nodes_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct hits places = managed_subnets(b, r, cfn_property(r, "Subnets"), r->when);
    uint32_t vpc = vpc_of(b, &places);
    managed_any(b, &places, r);
    struct cfn_value launch = cfn_property(r, "LaunchTemplate");
    struct hits groups = {0};
    add_cluster_groups(b, r, vpc, &groups);
    add_remote_access(b, r, vpc, without(b, r->when, plan_given(b, launch)), &groups);
    struct plan p = {.when = r->when, .data = plan_launch_template(b, launch)};
    plan_read(b, &p);
    plan_make(b, &p,
              &(struct launcher){.slot = s,
                                 .owner = s->elements.at[0].index,
                                 .name = cfn_resource_name(r),
                                 .places = &places,
                                 .fallback = &groups});
}
