/*
 * Services that never have a public address: caches, document and graph databases, file systems
 * and their like (SEMANTICS 2.9). They can be reached through private edges, so they are rows of
 * one table: where a type keeps its subnets, its groups and its port.
 */
#include "topology/kinds.h"
#include "topology/managed.h"
#include "topology/plan.h"
#include "topology/resolve.h"

/* Ports where a property has a text that begins so; NULL: everywhere else. */
struct listens {
    const char *key;
    const char *begins;
    struct port_list ports;
};

struct store {
    const char *type;
    const char *subnets;    /* of the resource; or, where `group` is not NULL, of the group */
    const char *group;      /* property that names a group of subnets */
    const char *group_type; /* its type */
    const char *security;   /* property: security groups */
    const char *port;       /* property, or NULL */
    bool each;              /* it is in every subnet; else in one of them */
    struct listens listens[4];
};

/* clang-format off */
#define PORT(n) {{{(n), (n)}}, 1}
static const struct store STORES[] = {
    {"AWS::DocDB::DBCluster", "SubnetIds", "DBSubnetGroupName", "AWS::DocDB::DBSubnetGroup",
     "VpcSecurityGroupIds", "Port", false, {{NULL, NULL, PORT(27017)}}},
    {"AWS::Neptune::DBCluster", "SubnetIds", "DBSubnetGroupName", "AWS::Neptune::DBSubnetGroup",
     "VpcSecurityGroupIds", "DBPort", false, {{NULL, NULL, PORT(8182)}}},
    {"AWS::ElastiCache::CacheCluster", "SubnetIds", "CacheSubnetGroupName",
     "AWS::ElastiCache::SubnetGroup", "VpcSecurityGroupIds", "Port", false,
     {{"Engine", "memcached", PORT(11211)}, {NULL, NULL, PORT(6379)}}},
    {"AWS::ElastiCache::ReplicationGroup", "SubnetIds", "CacheSubnetGroupName",
     "AWS::ElastiCache::SubnetGroup", "SecurityGroupIds", "Port", false,
     {{NULL, NULL, PORT(6379)}}},
    /* The second port reads from replicas ("Deploying ElastiCache serverless"). */
    {"AWS::ElastiCache::ServerlessCache", "SubnetIds", NULL, NULL, "SecurityGroupIds", NULL, true,
     {{"Engine", "memcached", {{{11211, 11212}}, 1}}, {NULL, NULL, {{{6379, 6380}}, 1}}}},
    {"AWS::MemoryDB::Cluster", "SubnetIds", "SubnetGroupName", "AWS::MemoryDB::SubnetGroup",
     "SecurityGroupIds", "Port", false, {{NULL, NULL, PORT(6379)}}},
    {"AWS::DAX::Cluster", "SubnetIds", "SubnetGroupName", "AWS::DAX::SubnetGroup",
     "SecurityGroupIds", NULL, false,
     {{"ClusterEndpointEncryptionType", "TLS", PORT(9111)}, {NULL, NULL, PORT(8111)}}},
    {"AWS::EFS::MountTarget", "SubnetId", NULL, NULL, "SecurityGroups", NULL, true,
     {{NULL, NULL, PORT(2049)}}},
    {"AWS::FSx::FileSystem", "SubnetIds", NULL, NULL, "SecurityGroupIds", NULL, true,
     {{"FileSystemType", "LUSTRE", PORT(988)},
      {"FileSystemType", "ONTAP", {{{22, 22}, {111, 111}, {443, 443}, {445, 445}, {2049, 2049},
                                    {3260, 3260}}, 6}},
      {"FileSystemType", "OPENZFS", {{{111, 111}, {2049, 2049}}, 2}},
      {NULL, NULL, PORT(445)}}},
    {"AWS::RDS::DBProxy", "VpcSubnetIds", NULL, NULL, "VpcSecurityGroupIds", NULL, true,
     {{"EngineFamily", "POSTGRESQL", PORT(5432)}, {"EngineFamily", "SQLSERVER", PORT(1433)},
      {NULL, NULL, PORT(3306)}}},
};
#undef PORT
/* clang-format on */

static const struct store *store_of(struct str type)
{
    for (size_t i = 0; i < sizeof STORES / sizeof *STORES; i++) {
        if (str_is(type, STORES[i].type)) {
            return &STORES[i];
        }
    }
    BUG("no such store");
}

static void listen(struct builder *b, uint32_t interface, const struct store *store,
                   const struct cfn_resource *r, struct guard when)
{
    struct guard left = when;
    if (store->port) {
        left = managed_listen_port(b, interface, r, cfn_property(r, store->port), when);
    }
    struct guard others = left;
    for (size_t i = 0; i < sizeof store->listens / sizeof *store->listens; i++) {
        const struct listens *l = &store->listens[i];
        if (l->ports.n == 0) {
            break;
        }
        struct guard here = others;
        if (l->key) {
            here = both(b, left, managed_begins(b, cfn_property(r, l->key), l->begins));
            others = without(b, others, here);
        }
        managed_listen_list(b, interface, here, &l->ports);
    }
    managed_listen_close(b, interface);
}

void store_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    const struct store *store = store_of(r->type);
    if (s->elements.n == 0) {
        return;
    }
    struct cfn_value subnets = store->group
                                   ? managed_group_subnets(b, cfn_property(r, store->group),
                                                           store->group_type, store->subnets)
                                   : cfn_property(r, store->subnets);
    struct managed m = {
        .slot = s,
        .when = r->when,
        .places = managed_subnets(b, r, subnets, r->when),
        .groups = resolve_group(b, cfn_items(cfn_property(r, store->security))),
        .public_by = builder_new_id(b, origin_resource(b, r)),
        .has6 = either(b, managed_is(b, cfn_property(r, "NetworkType"), "dual_stack"),
                       managed_is(b, cfn_property(r, "NetworkType"), "ipv6")),
    };
    uint32_t first;
    if (store->each) {
        first = managed_each(b, m);
    } else {
        managed_any(b, &m.places, r);
        first = managed_make(b, &m);
    }
    for (uint32_t i = first; i < b->world->interfaces.n; i++) {
        listen(b, i, store, r, r->when);
        /* Not even the IPv6 address of one can be reached from the internet. */
        if (!guard_is_false(m.has6)) {
            b->world->interfaces.at[i].no_internet = GUARD_TRUE;
        }
    }
}
