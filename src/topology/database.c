/*
 * Relational databases and warehouses: the services whose public address a property decides
 * (SEMANTICS 2.9).
 *
 *     PubliclyAccessible absent   RDS: where the VPC of the subnet group has an internet gateway
 *                                 Redshift: no; DMS: yes
 *     DBInstance of a cluster     subnet group, groups and port are those of the cluster; the
 *                                 public address is the instance's own (Aurora)
 *     DBCluster                   has interfaces of its own only as a Multi-AZ cluster, which
 *                                 has a DBClusterInstanceClass, or as Aurora Serverless v1
 *
 * RDS is IPv4 unless NetworkType is DUAL (10.10). Members stand in one of the subnets (A-PLACE).
 */
#include "topology/kinds.h"
#include "topology/managed.h"
#include "topology/plan.h"
#include "topology/resolve.h"

static const char DB_CLUSTER[] = "AWS::RDS::DBCluster";
static const char DB_INSTANCE[] = "AWS::RDS::DBInstance";

/* What the properties say, whosever they are. */
struct database {
    const struct slot *slot;
    struct guard when;
    struct cfn_value subnets; /* lists */
    struct cfn_value groups;
    struct cfn_value port;
    struct cfn_value engine;
    struct cfn_value network;
    struct publicity is_public;
    bool by_gateway; /* where the property is absent, the VPC decides */
    uint16_t other_port;
};

/* Default ports by engine ("Default port" of CreateDBInstance, RDS API reference). */
static const struct {
    const char *engine; /* how its name begins */
    uint16_t port;
} ENGINES[] = {
    {"mysql", 3306},
    {"mariadb", 3306},
    {"aurora-mysql", 3306},
    {"aurora-postgres", 5432},
    {"postgres", 5432},
    {"oracle", 1521},
    {"custom-oracle", 1521},
    {"sqlserver", 1433},
    {"custom-sqlserver", 1433},
    {"db2", 50000},
};

/* Without an engine (a copy of a snapshot) it may be any of them. */
static void listen_by_engine(struct builder *b, uint32_t interface, const struct database *d,
                             struct guard when)
{
    struct guard named = both(b, when, plan_given(b, d->engine));
    struct guard aurora = both(b, when, managed_is(b, d->engine, "aurora"));
    managed_listen(b, interface, aurora, PROTOCOL_TCP, port_one(3306));
    for (size_t i = 0; i < sizeof ENGINES / sizeof *ENGINES; i++) {
        struct guard here = both(b, when, managed_begins(b, d->engine, ENGINES[i].engine));
        managed_listen(b, interface, here, PROTOCOL_TCP, port_one(ENGINES[i].port));
    }
    static const uint16_t ANY[] = {3306, 5432, 1521, 1433, 50000};
    for (size_t i = 0; i < sizeof ANY / sizeof *ANY; i++) {
        managed_listen(b, interface, without(b, when, named), PROTOCOL_TCP, port_one(ANY[i]));
    }
}

static void make(struct builder *b, const struct database *d)
{
    const struct cfn_resource *r = d->slot->resource;
    if (guard_is_false(d->when) || d->slot->elements.n == 0) {
        return;
    }
    struct managed m = {
        .slot = d->slot,
        .when = d->when,
        .places = managed_subnets(b, r, d->subnets, d->when),
        .groups = resolve_group(b, cfn_items(d->groups)),
        .public_by = d->is_public.by,
        .has6 = managed_is(b, d->network, "DUAL"),
    };
    managed_any(b, &m.places, r);
    struct guard by_gateway = d->by_gateway ? managed_has_gateway(b, &m.places) : GUARD_FALSE;
    m.is_public = either(b, d->is_public.yes, both(b, d->is_public.absent, by_gateway));
    uint32_t interface = managed_make(b, &m);
    /* The IPv6 address of a private database is refused by the internet gateway, too ("Working
     * with a DB instance in a VPC", RDS user guide). */
    if (!guard_is_false(m.has6)) {
        b->world->interfaces.at[interface].no_internet = without(b, GUARD_TRUE, m.is_public);
    }
    struct guard left = managed_listen_port(b, interface, r, d->port, d->when);
    if (d->other_port) {
        managed_listen(b, interface, left, PROTOCOL_TCP, port_one(d->other_port));
    } else if (!guard_is_false(left)) {
        listen_by_engine(b, interface, d, left);
    }
    managed_listen_close(b, interface);
}

static struct cfn_value group_subnets(struct builder *b, struct cfn_value groups)
{
    return managed_group_subnets(b, groups, "AWS::RDS::DBSubnetGroup", "SubnetIds");
}

/* Own properties, then those of the cluster that it is in or of the instance that it copies. */
void database_instance_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct cfn_value cluster = cfn_property(r, "DBClusterIdentifier");
    struct cfn_value source = cfn_property(r, "SourceDBInstanceIdentifier");
    struct cfn_value names =
        plan_else(b, cfn_property(r, "DBSubnetGroupName"),
                  plan_else(b, managed_through(b, cluster, DB_CLUSTER, "DBSubnetGroupName"),
                            managed_through(b, source, DB_INSTANCE, "DBSubnetGroupName")));
    struct database d = {
        .slot = s,
        .when = r->when,
        .subnets = group_subnets(b, names),
        .groups = plan_else(b, managed_through(b, cluster, DB_CLUSTER, "VpcSecurityGroupIds"),
                            cfn_property(r, "VPCSecurityGroups")),
        .port = plan_else(b, managed_of(b, cluster, DB_CLUSTER, "Port"), cfn_property(r, "Port")),
        .engine = plan_else(b, cfn_property(r, "Engine"),
                            plan_else(b, managed_of(b, cluster, DB_CLUSTER, "Engine"),
                                      managed_of(b, source, DB_INSTANCE, "Engine"))),
        .network = plan_else(b, managed_of(b, cluster, DB_CLUSTER, "NetworkType"),
                             cfn_property(r, "NetworkType")),
        .is_public = managed_public(b, r, "PubliclyAccessible"),
        .by_gateway = true,
    };
    make(b, &d);
}

void database_cluster_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct guard multi = builder_given(b, r, "DBClusterInstanceClass");
    struct guard serverless = managed_is(b, cfn_property(r, "EngineMode"), "serverless");
    struct database d = {
        .slot = s,
        .when = both(b, r->when, either(b, multi, serverless)),
        .subnets = group_subnets(b, cfn_property(r, "DBSubnetGroupName")),
        .groups = cfn_property(r, "VpcSecurityGroupIds"),
        .port = cfn_property(r, "Port"),
        .engine = cfn_property(r, "Engine"),
        .network = cfn_property(r, "NetworkType"),
        .is_public = managed_public(b, r, "PubliclyAccessible"),
        .by_gateway = true,
    };
    d.is_public.yes = both(b, d.is_public.yes, multi);
    d.is_public.absent = both(b, d.is_public.absent, multi);
    make(b, &d);
}

void database_redshift_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct database d = {
        .slot = s,
        .when = r->when,
        .subnets = managed_group_subnets(b, cfn_property(r, "ClusterSubnetGroupName"),
                                         "AWS::Redshift::ClusterSubnetGroup", "SubnetIds"),
        .groups = cfn_property(r, "VpcSecurityGroupIds"),
        .port = cfn_property(r, "Port"),
        .is_public = managed_public(b, r, "PubliclyAccessible"),
        .other_port = 5439,
    };
    make(b, &d);
}

void database_workgroup_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct database d = {
        .slot = s,
        .when = r->when,
        .subnets = cfn_property(r, "SubnetIds"),
        .groups = cfn_property(r, "SecurityGroupIds"),
        .port = cfn_property(r, "Port"),
        .is_public = managed_public(b, r, "PubliclyAccessible"),
        .other_port = 5439,
    };
    make(b, &d);
}

/* A replication instance opens connections and takes none. What its groups admit gets as far as
 * its interface, which is worth knowing and no more. */
void database_replication_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct publicity p = managed_public(b, r, "PubliclyAccessible");
    struct managed m = {
        .slot = s,
        .when = r->when,
        .places = managed_subnets(
            b, r,
            managed_group_subnets(b, cfn_property(r, "ReplicationSubnetGroupIdentifier"),
                                  "AWS::DMS::ReplicationSubnetGroup", "SubnetIds"),
            r->when),
        .groups = resolve_group(b, cfn_items(cfn_property(r, "VpcSecurityGroupIds"))),
        .is_public = either(b, p.yes, p.absent),
        .public_by = p.by,
        .has6 = managed_is(b, cfn_property(r, "NetworkType"), "DUAL"),
    };
    managed_any(b, &m.places, r);
    uint32_t interface = managed_make(b, &m);
    b->world->interfaces.at[interface].answers = ANSWERS_NOBODY;
}
