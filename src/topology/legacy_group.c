/*
 * Groups of EC2-Classic: DBSecurityGroup of RDS and ClusterSecurityGroup of Redshift. Nothing in
 * a VPC carries them, so an open rule is one of a group that is attached to nothing (SEMANTICS
 * 2.9). A group that a standalone ingress names is not looked for: it would be attached no more.
 */
#include "topology/aside.h"
#include "topology/kinds.h"

static uint32_t add_group(struct builder *b, const struct cfn_resource *r)
{
    uint32_t group = builder_add_group(b, cfn_resource_name(r), WORLD_NONE, origin_resource(b, r));
    return group;
}

/* What they admit is the port of whatever database carries them. */
static void admit(struct builder *b, const struct cfn_resource *r, uint32_t group,
                  const struct cfn_term *rule, const struct doc_node *item)
{
    static const uint16_t RDS[] = {3306, 5432, 1521, 1433};
    static const uint16_t REDSHIFT[] = {5439};
    bool is_rds = str_starts(r->type, STR("AWS::RDS::"));
    const uint16_t *ports = is_rds ? RDS : REDSHIFT;
    size_t n = is_rds ? sizeof RDS / sizeof *RDS : sizeof REDSHIFT / sizeof *REDSHIFT;
    for (size_t i = 0; i < n; i++) {
        struct aside_rule to = {.resource = r,
                                .group = group,
                                .when = rule->when,
                                .protocol = PROTOCOL_TCP,
                                .ports = port_one(ports[i])};
        aside_admit_blocks(b, &to, cfn_get_term(rule, "CIDRIP"), NET_V4, item);
    }
}

void legacy_group_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    uint32_t group = add_group(b, r);
    struct cfn_value items = cfn_items(cfn_property(r, "DBSecurityGroupIngress"));
    FOREACH_TERM (item, items) {
        admit(b, r, group, item, item->tree);
    }
}

void legacy_ingress_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    uint32_t group = add_group(b, r);
    struct cfn_value properties = cfn_eval(r->home, r->properties, r->when);
    FOREACH_TERM (rule, properties) {
        admit(b, r, group, rule, r->properties);
    }
}
