/*
 * Elements without a resource. Each is kept by "kind text" in one map, so asking twice gives
 * the same element; their behaviour is that of AWS where AWS makes them, and hangs on a fact
 * where somebody else does.
 *
 *     SubnetId (parameter)  --in-->  SubnetId.VPC  <--attached--  SubnetId.VPC.InternetGateway
 *        |  \-- SubnetId.NetworkAcl    100, 101 allow all           if A-NACL(SubnetId)
 *        `----- SubnetId.RouteTable    0.0.0.0/0, ::/0 to there     if A-SUBROUTE(SubnetId)
 */
#include "topology/outside.h"

/* The place that keeps the index of an outside element, as pointer to index or NULL. */
static void **place_of(struct builder *b, const char *kind, struct str text)
{
    return map_at(&b->outside, str_format(b->arena, "%s %.*s", kind, STR_ARG(text)));
}

static uint32_t keep(struct builder *b, void **place, uint32_t index)
{
    uint32_t *kept = ARENA_NEW(b->arena, uint32_t);
    *kept = index;
    *place = kept;
    return index;
}

uint32_t outside_vpc(struct builder *b, const struct cfn_term *term)
{
    struct str text = cfn_text_of(b->arena, term);
    void **place = place_of(b, "vpc", text);
    if (*place) {
        return *(const uint32_t *)*place;
    }
    uint32_t vpc = builder_add_vpc(b, text, STANDS_OUTSIDE, origin_outside(term, "AWS::EC2::VPC"));
    builder_unknown(b, "VPC", term, text,
                    "where the template does not say, routes (A-SUBROUTE) and network ACLs "
                    "(A-NACL) of its subnets are open");
    return keep(b, place, vpc);
}

uint32_t outside_subnet(struct builder *b, const struct cfn_term *term)
{
    struct str text = cfn_text_of(b->arena, term);
    void **place = place_of(b, "subnet", text);
    if (*place) {
        return *(const uint32_t *)*place;
    }
    uint32_t vpc = builder_add_vpc(b, builder_name(b, text, ".VPC"), STANDS_PLACEHOLDER,
                                   origin_outside(term, "AWS::EC2::VPC"));
    uint32_t subnet = builder_add_subnet(b, text, vpc, origin_outside(term, "AWS::EC2::Subnet"));
    keep(b, place, subnet);
    struct subnet_site *site = &b->subnets.at[subnet];
    site->public4 = builder_fact(b, FACT_SUBPUBIP, text);
    site->public4_id = b->world->subnets.at[subnet].id;
    /* Only an interface that asks for it has an IPv6 address there (SEMANTICS 10.10). */
    site->assign6 = GUARD_FALSE;
    site->has6 = GUARD_TRUE;
    builder_unknown(b, "subnet", term, text,
                    "its route to the internet (A-SUBROUTE), its network ACL (A-NACL) and its "
                    "public addresses (A-SUBPUBIP) are open");
    return subnet;
}

uint32_t outside_group(struct builder *b, const struct cfn_term *term)
{
    struct str text = cfn_text_of(b->arena, term);
    void **place = place_of(b, "group", text);
    if (*place) {
        return *(const uint32_t *)*place;
    }
    return keep(
        b, place,
        builder_add_group(b, text, WORLD_NONE, origin_outside(term, "AWS::EC2::SecurityGroup")));
}

/* Every source may reach every tcp and udp port where A-SG holds (SEMANTICS 2.1.11). */
static void admit_all(struct builder *b, uint32_t group, struct guard when, int protocol,
                      struct topology_origin origin)
{
    for (int family = NET_V4; family <= NET_V6; family++) {
        struct world_rule rule = {
            .when = when,
            .protocol = protocol,
            .ports = PORTS_ALL,
            .group = WORLD_NONE,
            .remote = ipset_all(family == NET_V4 ? NET_V4 : NET_V6),
        };
        builder_origin(b, world_add_rule(b->world, group, rule), origin);
    }
}

void outside_admit(struct builder *b, uint32_t group)
{
    struct group_site *site = &b->groups.at[group];
    if (!site->outside || site->admits || site->is_default) {
        return;
    }
    site->admits = true;
    const struct world_group *g = &b->world->groups.at[group];
    struct topology_origin origin = b->t->origins.at[g->id];
    struct cfn_term at = {.node = origin.node};
    builder_unknown(b, "security group", &at, g->name, "its rules are open (A-SG)");
    struct guard when = builder_fact(b, FACT_SG, g->name);
    admit_all(b, group, when, PROTOCOL_TCP, origin);
    admit_all(b, group, when, PROTOCOL_UDP, origin);
}

static void default_entries(struct builder *b, uint32_t acl, struct guard when)
{
    world_add_default_entries(b->world, acl, when);
    const struct world_acl *a = &b->world->acls.at[acl];
    struct topology_origin origin = b->t->origins.at[a->id];
    for (size_t i = 0; i < a->entries.n; i++) {
        builder_origin(b, a->entries.at[i].id, origin);
    }
}

uint32_t outside_acl(struct builder *b, const struct cfn_term *term)
{
    struct str text = cfn_text_of(b->arena, term);
    void **place = place_of(b, "acl", text);
    if (*place) {
        return *(const uint32_t *)*place;
    }
    uint32_t acl =
        keep(b, place, builder_add_acl(b, text, origin_outside(term, "AWS::EC2::NetworkAcl")));
    default_entries(b, acl, builder_fact(b, FACT_NACL, text));
    builder_unknown(b, "network ACL", term, text, "its entries are open (A-NACL)");
    return acl;
}

/* Types of the gateways that routes name. */
static const char *gateway_type(enum world_gateway_kind kind)
{
    static const char *const TYPES[] = {
        [GATEWAY_INTERNET] = "AWS::EC2::InternetGateway",
        [GATEWAY_EGRESS_ONLY] = "AWS::EC2::EgressOnlyInternetGateway",
        [GATEWAY_NAT] = "AWS::EC2::NatGateway",
        [GATEWAY_VPN] = "AWS::EC2::VPNGateway",
        [GATEWAY_PEERING] = "AWS::EC2::VPCPeeringConnection",
        [GATEWAY_TRANSIT] = "AWS::EC2::TransitGateway",
        [GATEWAY_ENDPOINT] = "AWS::EC2::VPCEndpoint",
        [GATEWAY_INTERFACE] = "AWS::EC2::NetworkInterface",
        [GATEWAY_CARRIER] = "AWS::EC2::CarrierGateway",
        [GATEWAY_LOCAL] = "AWS::EC2::LocalGateway",
        [GATEWAY_OTHER] = "AWS::NetworkManager::CoreNetwork",
    };
    const char *type = (size_t)kind < sizeof TYPES / sizeof *TYPES ? TYPES[kind] : NULL;
    return type ? type : TYPES[GATEWAY_OTHER];
}

uint32_t outside_gateway(struct builder *b, const struct cfn_term *term,
                         enum world_gateway_kind kind)
{
    struct str text = cfn_text_of(b->arena, term);
    const char *type = gateway_type(kind);
    void **place = place_of(b, type, text);
    if (*place) {
        return *(const uint32_t *)*place;
    }
    /* A target of another kind (an interface, an instance) is in the templates all the same. */
    struct topology_origin origin = origin_outside(term, type);
    if (term->kind == CFN_OBJECT && builder_slot(b, term->resource)->family) {
        origin = origin_resource(b, term->resource);
    }
    return keep(b, place, builder_add_gateway(b, text, kind, origin));
}

void outside_default_route(struct builder *b, uint32_t table, enum net_family family,
                           struct guard when, uint32_t gateway)
{
    struct world_route route = {
        .when = when, .destination = {.family = family}, .gateway = gateway};
    builder_origin(b, world_add_route(b->world, table, route),
                   b->t->origins.at[b->world->tables.at[table].id]);
}

/* A VPC has one internet gateway: the one that the template attaches, if it always does. */
uint32_t outside_internet_gateway(struct builder *b, uint32_t vpc)
{
    vpc = builder_vpc_root(b, vpc);
    struct vpc_site *site = &b->vpcs.at[vpc];
    if (site->gateway == WORLD_NONE) {
        struct topology_origin origin = origin_outside(NULL, gateway_type(GATEWAY_INTERNET));
        struct str name = builder_name(b, b->world->vpcs.at[vpc].name, ".InternetGateway");
        site->gateway = builder_add_gateway(b, name, GATEWAY_INTERNET, origin);
        builder_origin(b, world_add_attachment(b->world, site->gateway, GUARD_TRUE, vpc), origin);
    }
    return site->gateway;
}

uint32_t outside_table(struct builder *b, const struct cfn_term *term, uint32_t vpc)
{
    struct str text = cfn_text_of(b->arena, term);
    void **place = place_of(b, "table", text);
    if (*place) {
        return *(const uint32_t *)*place;
    }
    if (vpc == WORLD_NONE) {
        return WORLD_NONE;
    }
    uint32_t table = builder_add_table(b, text, vpc, origin_outside(term, "AWS::EC2::RouteTable"));
    keep(b, place, table);
    builder_unknown(b, "route table", term, text,
                    "whether it leads to an internet gateway is open (A-SUBROUTE)");
    struct guard when = builder_fact(b, FACT_SUBROUTE, text);
    uint32_t gateway = outside_internet_gateway(b, vpc);
    outside_default_route(b, table, NET_V4, when, gateway);
    outside_default_route(b, table, NET_V6, when, gateway);
    return table;
}

/* ---- what comes with a VPC --------------------------------------------------------------- */

static struct topology_origin with_vpc(struct builder *b, uint32_t vpc, const char *type)
{
    const struct cfn_resource *r = b->vpcs.at[vpc].resource;
    struct topology_origin o = origin_implicit(b, r, type);
    o.outside = r == NULL;
    return o;
}

/* Its entries come when all explicit ones are known, because those replace them (acl.c). */
uint32_t outside_default_acl(struct builder *b, uint32_t vpc)
{
    if (b->vpcs.at[vpc].acl == WORLD_NONE) {
        struct str name = builder_name(b, b->world->vpcs.at[vpc].name, ".DefaultNetworkAcl");
        b->vpcs.at[vpc].acl = builder_add_acl(b, name, with_vpc(b, vpc, "AWS::EC2::NetworkAcl"));
    }
    return b->vpcs.at[vpc].acl;
}

/* Admits its own members, and lets everything out (SEMANTICS 2.1.9). */
uint32_t outside_default_group(struct builder *b, uint32_t vpc)
{
    if (b->vpcs.at[vpc].group != WORLD_NONE) {
        return b->vpcs.at[vpc].group;
    }
    struct topology_origin origin = with_vpc(b, vpc, "AWS::EC2::SecurityGroup");
    struct str name = builder_name(b, b->world->vpcs.at[vpc].name, ".DefaultSecurityGroup");
    uint32_t group = builder_add_group(b, name, vpc, origin);
    b->vpcs.at[vpc].group = group;
    b->groups.at[group].is_default = true;
    b->groups.at[group].resource = NULL;
    struct world_rule own = {.when = GUARD_TRUE,
                             .protocol = PROTOCOL_ALL,
                             .ports = PORTS_ALL,
                             .group = group,
                             .remote = ipset_empty(NET_V4)};
    builder_origin(b, world_add_rule(b->world, group, own), origin);
    return group;
}

/* Local only: CloudFormation cannot name the main table of a VPC that it makes (SEMANTICS
 * 2.5.1). That of the default VPC leads to its internet gateway. */
uint32_t outside_main_table(struct builder *b, uint32_t vpc)
{
    if (b->vpcs.at[vpc].table == WORLD_NONE) {
        struct str name = builder_name(b, b->world->vpcs.at[vpc].name, ".MainRouteTable");
        b->vpcs.at[vpc].table =
            builder_add_table(b, name, vpc, with_vpc(b, vpc, "AWS::EC2::RouteTable"));
        if (vpc == b->default_vpc) {
            outside_default_route(b, b->vpcs.at[vpc].table, NET_V4,
                                  builder_fact(b, FACT_DEFVPC, STR("")),
                                  outside_internet_gateway(b, vpc));
        }
    }
    return b->vpcs.at[vpc].table;
}

/* "Default VPCs", VPC user guide: 172.31.0.0/16, a public subnet in each zone. */
uint32_t outside_default_vpc(struct builder *b)
{
    if (b->default_vpc == WORLD_NONE) {
        uint32_t vpc = builder_add_vpc(b, STR("DefaultVPC"), STANDS_INSIDE,
                                       origin_outside(NULL, "AWS::EC2::VPC"));
        b->default_vpc = vpc;
        struct prefix block;
        if (prefix_parse(STR("172.31.0.0/16"), &block, NULL)) {
            builder_origin(b, world_add_cidr(b->world, vpc, GUARD_TRUE, block),
                           origin_outside(NULL, "AWS::EC2::VPC"));
        }
    }
    return b->default_vpc;
}

uint32_t outside_default_subnet(struct builder *b)
{
    if (b->default_subnet == WORLD_NONE) {
        struct topology_origin origin = origin_outside(NULL, "AWS::EC2::Subnet");
        uint32_t subnet =
            builder_add_subnet(b, STR("DefaultVPC.DefaultSubnet"), outside_default_vpc(b), origin);
        b->default_subnet = subnet;
        b->subnets.at[subnet].outside = false; /* its table and ACL are those of the VPC */
        b->subnets.at[subnet].public4 = builder_fact(b, FACT_DEFVPC, STR(""));
        b->subnets.at[subnet].public4_id = b->world->subnets.at[subnet].id;
    }
    return b->default_subnet;
}

/* ---- a subnet about which nothing is known ------------------------------------------------ */

uint32_t outside_subnet_table(struct builder *b, uint32_t subnet)
{
    struct str subject = b->subnets.at[subnet].subject;
    uint32_t vpc = b->world->subnets.at[subnet].vpc;
    struct topology_origin origin =
        origin_implicit(b, b->subnets.at[subnet].resource, "AWS::EC2::RouteTable");
    origin.outside = true;
    uint32_t table = builder_add_table(b, builder_name(b, subject, ".RouteTable"), vpc, origin);
    struct guard when = builder_fact(b, FACT_SUBROUTE, subject);
    uint32_t gateway = outside_internet_gateway(b, vpc);
    outside_default_route(b, table, NET_V4, when, gateway);
    outside_default_route(b, table, NET_V6, when, gateway);
    return table;
}

uint32_t outside_subnet_acl(struct builder *b, uint32_t subnet)
{
    struct str subject = b->subnets.at[subnet].subject;
    struct topology_origin origin =
        origin_implicit(b, b->subnets.at[subnet].resource, "AWS::EC2::NetworkAcl");
    origin.outside = true;
    uint32_t acl = builder_add_acl(b, builder_name(b, subject, ".NetworkAcl"), origin);
    default_entries(b, acl, builder_fact(b, FACT_NACL, subject));
    return acl;
}
