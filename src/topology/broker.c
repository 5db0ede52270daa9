/*
 * Brokers: Kafka and MQ (SEMANTICS 2.9).
 *
 * A Kafka cluster has a broker in each of its subnets. Public access gives each a second way in,
 * with ports of its own, which are the only ones at its public address.
 *
 * A public RabbitMQ broker is not in a VPC of the user's and ignores groups: every source may
 * reach it. All other MQ brokers stand in the user's subnets.
 */
#include "topology/aside.h"
#include "topology/kinds.h"
#include "topology/resolve.h"

/* ---- Kafka ------------------------------------------------------------------------------- */

static void listen_all(struct builder *b, uint32_t first, struct guard when,
                       const struct port_list *ports)
{
    for (uint32_t i = first; i < b->world->interfaces.n; i++) {
        managed_listen_list(b, i, when, ports);
    }
}

/* "Port information", Amazon MSK developer guide. */
void broker_kafka_place(struct builder *b, struct slot *s)
{
    static const struct port_list INSIDE = {
        {{9092, 9092}, {9094, 9094}, {9096, 9096}, {9098, 9098}}, 4};
    static const struct port_list PUBLIC = {{{9194, 9194}, {9196, 9196}, {9198, 9198}}, 3};
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct cfn_value access =
        cfn_property(r, "BrokerNodeGroupInfo/ConnectivityInfo/PublicAccess/Type");
    struct managed m = {
        .slot = s,
        .when = r->when,
        .places =
            managed_subnets(b, r, cfn_property(r, "BrokerNodeGroupInfo/ClientSubnets"), r->when),
        .groups =
            resolve_group(b, cfn_items(cfn_property(r, "BrokerNodeGroupInfo/SecurityGroups"))),
        .public_by = builder_new_id(b, access.n > 0 ? origin_value(b, r, &access.at[0])
                                                    : origin_resource(b, r)),
    };
    listen_all(b, managed_each(b, m), r->when, &INSIDE);
    m.when = both(b, r->when, managed_is(b, access, "SERVICE_PROVIDED_EIPS"));
    if (!guard_is_false(m.when)) {
        m.part = "PublicAccess";
        m.is_public = m.when;
        listen_all(b, managed_each(b, m), m.when, &PUBLIC);
    }
}

void broker_serverless_place(struct builder *b, struct slot *s)
{
    static const struct port_list PORTS = {{{9098, 9098}}, 1};
    const struct cfn_resource *r = s->resource;
    struct cfn_value configs = cfn_items(cfn_property(r, "VpcConfigs"));
    struct managed m = {.slot = s, .public_by = WORLD_NONE};
    FOREACH_TERM (config, configs) {
        if (s->elements.n == 0 || guard_is_false(config->when)) {
            continue;
        }
        m.when = config->when;
        m.places = managed_subnets(b, r, cfn_get_term(config, "SubnetIds"), config->when);
        m.groups = resolve_group(b, cfn_items(cfn_get_term(config, "SecurityGroups")));
        m.public_by =
            m.public_by == WORLD_NONE ? builder_new_id(b, origin_resource(b, r)) : m.public_by;
        listen_all(b, managed_each(b, m), m.when, &PORTS);
        m.number += (unsigned)m.places.n;
    }
}

/* ---- MQ ---------------------------------------------------------------------------------- */

struct broker {
    const struct slot *slot;
    struct guard active;
    struct guard rabbit;
    struct guard is_public;
    uint32_t public_by;
};

/* Web console, OpenWire, AMQP, STOMP, MQTT, WSS; AMQP and web console of RabbitMQ. */
static const struct port_list ACTIVE = {
    {{8162, 8162}, {61617, 61617}, {5671, 5671}, {61614, 61614}, {8883, 8883}, {61619, 61619}}, 6};
static const struct port_list RABBIT = {{{5671, 5671}, {443, 443}}, 2};

static void make_inside(struct builder *b, const struct broker *broker, struct guard when)
{
    const struct cfn_resource *r = broker->slot->resource;
    struct managed m = {
        .slot = broker->slot,
        .when = when,
        .places = managed_subnets(b, r, cfn_property(r, "SubnetIds"), when),
        .groups = resolve_group(b, cfn_items(cfn_property(r, "SecurityGroups"))),
        .is_public = both(b, broker->is_public, broker->active),
        .public_by = broker->public_by,
    };
    uint32_t first = managed_each(b, m);
    for (uint32_t i = first; i < b->world->interfaces.n; i++) {
        managed_listen_list(b, i, both(b, when, broker->active), &ACTIVE);
        managed_listen_list(b, i, both(b, when, broker->rabbit), &RABBIT);
        managed_listen_close(b, i);
    }
}

/* The property that makes it public is what admits everybody. */
static void make_outside(struct builder *b, const struct broker *broker, struct guard when)
{
    const struct cfn_resource *r = broker->slot->resource;
    uint32_t group = aside_group(b, r, ".PublicAccess", WORLD_NONE);
    struct topology_origin origin = b->t->origins.at[broker->public_by];
    for (size_t i = 0; i < RABBIT.n; i++) {
        struct aside_rule rule = {.resource = r,
                                  .group = group,
                                  .when = when,
                                  .protocol = PROTOCOL_TCP,
                                  .ports = RABBIT.at[i]};
        aside_admit_all(b, &rule, true, false, origin);
    }
    uint32_t interface =
        aside_make(b, broker->slot, "PublicAccess", when, group, broker->public_by);
    managed_listen_list(b, interface, when, &RABBIT);
}

void broker_mq_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct cfn_value engine = cfn_property(r, "EngineType");
    struct publicity p = managed_public(b, r, "PubliclyAccessible");
    struct broker broker = {
        .slot = s,
        .rabbit = managed_is(b, engine, "RABBITMQ"),
        .is_public = both(b, p.yes, r->when),
        .public_by = p.by,
    };
    broker.active =
        either(b, managed_is(b, engine, "ACTIVEMQ"), without(b, r->when, broker.rabbit));
    struct guard outside = both(b, broker.is_public, broker.rabbit);
    struct guard inside = without(b, r->when, outside);
    if (!guard_is_false(inside)) {
        make_inside(b, &broker, inside);
    }
    if (!guard_is_false(outside)) {
        make_outside(b, &broker, outside);
    }
}
