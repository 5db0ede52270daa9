/*
 * The base topology of SEMANTICS section 8, as a world: a VPC 10.0.0.0/16 with an attached
 * internet gateway, a subnet with a table 0/0 -> gateway and the VPC's default ACL, one
 * instance with a public IPv4 address, one group, still without rules. Tests change it.
 */
#ifndef CFNREACH_TESTS_REACH_BASE_WORLD_H
#define CFNREACH_TESTS_REACH_BASE_WORLD_H

#include "reach/reach.h"
#include "tests/check.h"

struct base_world {
    struct arena a;
    struct guard_space *space;
    struct world *w;
    uint32_t vpc, gateway, table, acl, subnet, group, owner, interface; /* indexes */
    uint32_t attachment, route, rule_v4;                                /* ids */
};

static inline struct prefix prefix_from(const char *text)
{
    struct prefix p = {0};
    if (!prefix_parse(str_from(text), &p, NULL)) {
        fail_msg("not a prefix: %s", text);
    }
    return p;
}

static inline uint32_t base_route(struct base_world *b, const char *destination, uint32_t gateway,
                                  struct guard when)
{
    return world_add_route(b->w, b->table,
                           (struct world_route){.when = when,
                                                .destination = prefix_from(destination),
                                                .precedence = ROUTE_STATIC,
                                                .gateway = gateway});
}

static inline uint32_t base_rule_in(struct base_world *b, uint32_t group, int protocol,
                                    struct ports ports, const char *remote, struct guard when)
{
    return world_add_rule(b->w, group,
                          (struct world_rule){.when = when,
                                              .protocol = protocol,
                                              .ports = ports,
                                              .group = WORLD_NONE,
                                              .remote = ipset_of(&b->a, prefix_from(remote))});
}

static inline uint32_t base_rule(struct base_world *b, int protocol, struct ports ports,
                                 const char *remote)
{
    return base_rule_in(b, b->group, protocol, ports, remote, GUARD_TRUE);
}

static inline uint32_t base_entry(struct base_world *b, uint32_t acl, int32_t number, bool egress,
                                  bool allow, int protocol, struct ports ports, const char *remote)
{
    return world_add_entry(b->w, acl,
                           (struct world_entry){.when = GUARD_TRUE,
                                                .number = number,
                                                .egress = egress,
                                                .allow = allow,
                                                .protocol = protocol,
                                                .ports = ports,
                                                .prefix = prefix_from(remote)});
}

/* Another instance in the base subnet, without a group. Returns its interface's index. */
static inline uint32_t base_instance(struct base_world *b)
{
    uint32_t owner = world_add_owner(b->w, STR("Other"), STR("AWS::EC2::Instance"));
    uint32_t n = world_add_interface(b->w, STR("Other/NetworkInterfaces/0"), owner);
    world_place(b->w, n,
                (struct world_placement){.when = GUARD_TRUE,
                                         .subnet = b->subnet,
                                         .public4 = GUARD_TRUE,
                                         .public4_id = WORLD_NONE,
                                         .has4 = GUARD_TRUE,
                                         .has6 = GUARD_FALSE});
    return n;
}

static inline struct world_placement *base_placement(struct base_world *b)
{
    return &b->w->interfaces.at[b->interface].placements.at[0];
}

/* Without the ACL's entries and without routes. */
static inline void base_bare(struct base_world *b)
{
    memset(b, 0, sizeof *b);
    b->space = guard_space_new(&b->a);
    b->w = world_new(&b->a, b->space);
    b->vpc = world_add_vpc(b->w, STR("Vpc"));
    world_add_cidr(b->w, b->vpc, GUARD_TRUE, prefix_from("10.0.0.0/16"));
    b->gateway = world_add_gateway(b->w, STR("Igw"), GATEWAY_INTERNET);
    b->attachment = world_add_attachment(b->w, b->gateway, GUARD_TRUE, b->vpc);
    b->table = world_add_table(b->w, STR("Table"), b->vpc);
    b->acl = world_add_acl(b->w, STR("Vpc.DefaultNetworkAcl"));
    b->subnet = world_add_subnet(b->w, STR("Subnet"), b->vpc);
    world_add_subnet_cidr(b->w, b->subnet, GUARD_TRUE, prefix_from("10.0.1.0/24"));
    world_choose_table(b->w, b->subnet, GUARD_TRUE, b->table);
    world_choose_acl(b->w, b->subnet, GUARD_TRUE, b->acl);
    b->group = world_add_group(b->w, STR("Group"), b->vpc);
    b->owner = world_add_owner(b->w, STR("Server"), STR("AWS::EC2::Instance"));
    b->interface = world_add_interface(b->w, STR("Server/NetworkInterfaces/0"), b->owner);
    world_place(b->w, b->interface,
                (struct world_placement){.when = GUARD_TRUE,
                                         .subnet = b->subnet,
                                         .public4 = GUARD_TRUE,
                                         .public4_id = 4711,
                                         .has4 = GUARD_TRUE,
                                         .has6 = GUARD_FALSE});
    world_join(b->w, b->interface, GUARD_TRUE, b->group);
}

static inline void base_world(struct base_world *b)
{
    base_bare(b);
    world_add_default_entries(b->w, b->acl, GUARD_TRUE);
    b->route = base_route(b, "0.0.0.0/0", b->gateway, GUARD_TRUE);
}

/* The base world B itself: tcp 22 from 0.0.0.0/0. */
static inline void base_ssh(struct base_world *b)
{
    base_world(b);
    b->rule_v4 = base_rule(b, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
}

/* IPv6 as well: an address and a route. */
static inline void base_dual(struct base_world *b)
{
    world_add_cidr(b->w, b->vpc, GUARD_TRUE, prefix_from("2600:1f00::/56"));
    base_placement(b)->has6 = GUARD_TRUE;
    base_route(b, "::/0", b->gateway, GUARD_TRUE);
}

static inline void base_release(struct base_world *b)
{
    arena_release(&b->a);
}

/* A yes/no variable like those of conditions and parameters. */
static inline uint32_t base_variable(struct base_world *b, const char *name, uint32_t standard)
{
    return guard_add(b->space, (struct guard_variable){.name = str_from(name),
                                                       .outcomes = 2,
                                                       .standard = standard,
                                                       .rank = RANK_CONDITION});
}

static inline struct reach_answer base_solve(struct base_world *b)
{
    return reach_solve(reach_new(&b->a, b->w));
}

/* The flows as text, one a line: "0 v4 tcp 22-22 reachable world". */
static inline struct str base_flows(struct base_world *b)
{
    static const char *const FAMILIES[] = {"none", "v4", "v6", "v4+v6"};
    struct reach_answer answer = base_solve(b);
    struct str all = STR("");
    for (size_t i = 0; i < answer.flow_n; i++) {
        const struct reach_flow *f = &answer.flows[i];
        all = str_format(&b->a, "%.*s%u %s %s %u-%u %s %s\n", STR_ARG(all), f->interface,
                         FAMILIES[f->families], protocol_name(f->protocol),
                         (unsigned)f->ports.begin, (unsigned)f->ports.end,
                         reach_verdict_name(reach_flow_verdict(f)), exposure_name(f->exposure));
    }
    return all;
}

/* Blockers as text: "route alone, acl-in joint". */
static inline struct str base_blockers(struct base_world *b, struct reach_blockers blockers)
{
    struct str all = STR("");
    for (size_t i = 0; i < blockers.n; i++) {
        const struct reach_blocker *x = &blockers.at[i];
        all = str_format(&b->a, "%.*s%s%s%s%s", STR_ARG(all), i > 0 ? ", " : "",
                         reach_conjunct_name(x->conjunct), x->alone ? " alone" : "",
                         x->joint ? " joint" : "");
    }
    return all;
}

static inline struct reach_question base_question(const struct base_world *b, struct ports ports)
{
    return (struct reach_question){.interface = b->interface,
                                   .edge = EDGE_INTERNET,
                                   .protocol = PROTOCOL_TCP,
                                   .ports = ports,
                                   .group = WORLD_NONE};
}

#endif
