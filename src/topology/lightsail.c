/*
 * Servers with a firewall of their own outside any VPC: Lightsail instances and GameLift fleets
 * (SEMANTICS 2.9). Each port that their properties open is a rule of a group that exists only
 * for them.
 */
#include "topology/aside.h"
#include "topology/kinds.h"
#include "topology/plan.h"
#include "topology/service.h"

static struct services read_ports(struct builder *b, const struct cfn_resource *r,
                                  const struct cfn_term *item)
{
    return service_read(b, &(struct service_text){
                               .resource = r,
                               .place = item->node,
                               .when = item->when,
                               .protocol = cfn_get_term(item, "Protocol"),
                               .from = cfn_get_term(item, "FromPort"),
                               .to = cfn_get_term(item, "ToPort"),
                           });
}

/* ---- Lightsail --------------------------------------------------------------------------- */

static struct topology_origin origin_item(struct builder *b, const struct cfn_resource *r,
                                          const struct cfn_term *item)
{
    struct topology_origin o = origin_value(b, r, item);
    if (item->tree) {
        o.item = item->tree;
        o.block = doc_full_span(item->tree);
    }
    return o;
}

/* Cidrs, Ipv6Cidrs; with neither, nor an alias, everybody. The one alias, lightsail-connect, is
 * the console's own way in, which nobody else can use. */
static void open_item(struct builder *b, const struct cfn_resource *r, uint32_t group,
                      const struct cfn_term *item)
{
    struct services services = read_ports(b, r, item);
    struct guard aliased = plan_given(b, cfn_items(cfn_get_term(item, "CidrListAliases")));
    for (size_t i = 0; i < services.n; i++) {
        struct aside_rule rule = {.resource = r,
                                  .group = group,
                                  .when = services.at[i].when,
                                  .protocol = services.at[i].protocol,
                                  .ports = services.at[i].ports};
        struct guard given =
            aside_admit_blocks(b, &rule, cfn_get_term(item, "Cidrs"), NET_V4, item->tree);
        struct guard given6 =
            aside_admit_blocks(b, &rule, cfn_get_term(item, "Ipv6Cidrs"), NET_V6, item->tree);
        given = either(b, either(b, given, given6), aliased);
        rule.when = without(b, rule.when, given);
        aside_admit_all(b, &rule, true, true, origin_item(b, r, item));
    }
}

/* What a new instance has open: 22 and 80; 3389 and 80 if it runs Windows. */
static void open_default(struct builder *b, const struct cfn_resource *r, uint32_t group,
                         struct guard when)
{
    struct guard windows = managed_begins(b, cfn_property(r, "BlueprintId"), "windows");
    struct guard others = without(b, when, windows);
    const struct {
        uint16_t port;
        struct guard when;
    } rows[] = {{22, others}, {80, when}, {3389, both(b, when, windows)}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct aside_rule rule = {.resource = r,
                                  .group = group,
                                  .when = rows[i].when,
                                  .protocol = PROTOCOL_TCP,
                                  .ports = port_one(rows[i].port)};
        aside_admit_all(b, &rule, true, true, origin_resource(b, r));
    }
}

void lightsail_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    uint32_t group = aside_group(b, r, ".Ports", WORLD_NONE);
    struct cfn_value ports = cfn_property(r, "Networking/Ports");
    struct cfn_value items = cfn_items(ports);
    FOREACH_TERM (item, items) {
        open_item(b, r, group, item);
    }
    open_default(b, r, group, without(b, r->when, plan_given(b, ports)));
    uint32_t interface = aside_make(b, s, NULL, r->when, group, WORLD_NONE);
    /* Dual-stack unless it is told otherwise, which a template cannot. */
    struct world_interface *n = &b->world->interfaces.at[interface];
    for (size_t i = 0; i < n->placements.n; i++) {
        n->placements.at[i].has6 = n->placements.at[i].when;
    }
}

/* ---- GameLift ---------------------------------------------------------------------------- */

/* Fleets of computers of the user's own (ANYWHERE) have no interface here. */
void gamelift_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct guard anywhere = managed_is(b, cfn_property(r, "ComputeType"), "ANYWHERE");
    struct guard when = without(b, r->when, anywhere);
    if (s->elements.n == 0 || guard_is_false(when)) {
        return;
    }
    uint32_t group = aside_group(b, r, ".Ports", WORLD_NONE);
    struct cfn_value items = cfn_items(cfn_property(r, "EC2InboundPermissions"));
    FOREACH_TERM (item, items) {
        struct services services = read_ports(b, r, item);
        for (size_t i = 0; i < services.n; i++) {
            struct aside_rule rule = {.resource = r,
                                      .group = group,
                                      .when = both(b, services.at[i].when, when),
                                      .protocol = services.at[i].protocol,
                                      .ports = services.at[i].ports};
            aside_admit_blocks(b, &rule, cfn_get_term(item, "IpRange"), NET_V4, item->tree);
        }
    }
    aside_make(b, s, NULL, when, group, WORLD_NONE);
}
