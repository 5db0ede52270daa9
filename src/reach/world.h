/*
 * A world: the network that a family of deployments would have, as plain arrays.
 *
 *     owner --has--> interface --placed in--> subnet --in--> vpc <--attached-- gateway
 *                        |                      |  \                              ^
 *                      groups                 table  acl                          |
 *                      (rules)               (routes)(entries)       route target-+
 *
 * Every element and every entry (rule, route, ACL entry, attachment, CIDR) has an id that
 * is unique in the world, so that whoever built it can say where it came from. Between
 * elements, references are indexes into the arrays below.
 *
 * Anything that is there only under some choices carries a guard `when`. What is not known
 * is a fact (a yes/no variable) in such a guard; this module knows no other unknown.
 * Names are labels for people; nothing here depends on them.
 *
 * Build a world with the functions below, then treat it as const.
 */
#ifndef CFNREACH_REACH_WORLD_H
#define CFNREACH_REACH_WORLD_H

#include "base/map.h"
#include "base/vec.h"
#include "guard/guard.h"
#include "net/ipset.h"
#include "net/protocol.h"

#define WORLD_NONE UINT32_MAX /* no index, no id */

/* Ways in, in the order of all output (SEMANTICS 1). */
enum world_edge {
    EDGE_INTERNET,
    EDGE_ACCELERATOR,
    EDGE_PEERING,
    EDGE_VPN,
    EDGE_TRANSIT,
    EDGE_CLIENT_VPN,
    EDGE_PRIVATELINK,
    EDGE_CARRIER, /* carrier and local gateways */
    EDGE_MANAGED,
    EDGE_COUNT
};
/* "internet", "globalaccelerator", "peering", "vgw", "tgw", "clientvpn", "privatelink",
 * "carrier", "managed". */
const char *world_edge_name(enum world_edge e);
/* From anywhere on earth: an accelerator counts, too. */
bool world_edge_is_internet(enum world_edge e);

/* Facts about the surroundings (SEMANTICS 4.2, 4.3), in the order of 4.2.
 * X(symbol, name, doubt, lowers the severity of a rule, standard outcome) */
#define WORLD_FACTS(X)                                                                             \
    X(FACT_SUBROUTE, "A-SUBROUTE", GUARD_HIGH, false, GUARD_NO_OUTCOME)                            \
    X(FACT_SUBPUBIP, "A-SUBPUBIP", GUARD_MEDIUM, false, GUARD_NO_OUTCOME)                          \
    X(FACT_NACL, "A-NACL", GUARD_HIGH, false, GUARD_NO_OUTCOME)                                    \
    X(FACT_DEFVPC, "A-DEFVPC", GUARD_HIGH, false, 1)                                               \
    X(FACT_SG, "A-SG", GUARD_LOW, true, GUARD_NO_OUTCOME)                                          \
    X(FACT_PL, "A-PL", GUARD_LOW, true, GUARD_NO_OUTCOME)                                          \
    X(FACT_MB, "A-MB", GUARD_LOW, false, GUARD_NO_OUTCOME)                                         \
    X(FACT_ASYM, "A-ASYM", GUARD_LOW, false, GUARD_NO_OUTCOME)                                     \
    X(FACT_ACCEPT, "A-ACCEPT", GUARD_HIGH, false, GUARD_NO_OUTCOME)                                \
    X(FACT_BGP, "A-BGP", GUARD_MEDIUM, false, GUARD_NO_OUTCOME)                                    \
    X(FACT_TGW, "A-TGW", GUARD_MEDIUM, false, GUARD_NO_OUTCOME)                                    \
    X(FACT_PLACE, "A-PLACE", GUARD_HIGH, false, GUARD_NO_OUTCOME)                                  \
    X(FACT_AZ, "A-AZ", GUARD_HIGH, false, GUARD_NO_OUTCOME)                                        \
    X(FACT_ADDR, "A-ADDR", GUARD_HIGH, false, GUARD_NO_OUTCOME)                                    \
    X(FACT_LOWPORT, "A-LOWPORT", GUARD_MEDIUM, false, GUARD_NO_OUTCOME)                            \
    X(FACT_ROUTE, "A-ROUTE", GUARD_MEDIUM, false, GUARD_NO_OUTCOME)                                \
    X(FACT_EGRESSORDER, "A-EGRESSORDER", GUARD_LOW, false, GUARD_NO_OUTCOME)                       \
    X(FACT_LTVERSION, "A-LTVERSION", GUARD_MEDIUM, false, GUARD_NO_OUTCOME)                        \
    X(FACT_CONSUMER, "A-CONSUMER", GUARD_LOW, false, GUARD_NO_OUTCOME)                             \
    X(FACT_CARRIER, "A-CARRIER", GUARD_LOW, false, GUARD_NO_OUTCOME)

#define WORLD_FACT_ENUM(symbol, name, doubt, lowers, standard) symbol,
enum world_fact { WORLD_FACTS(WORLD_FACT_ENUM) FACT_COUNT };
#undef WORLD_FACT_ENUM

/* Rank of parameters and conditions is below every fact's (SEMANTICS 4.2). */
enum { RANK_PARAMETER = 0, RANK_CONDITION = 1, RANK_FIRST_FACT = 2 };

struct world_cidr {
    uint32_t id;
    struct guard when;
    struct prefix prefix;
};

struct world_vpc {
    uint32_t id;
    struct str name;
    VEC(struct world_cidr) cidrs; /* both families; may be empty when unknown */
};

enum world_gateway_kind {
    GATEWAY_INTERNET,
    GATEWAY_EGRESS_ONLY,
    GATEWAY_NAT,
    GATEWAY_VPN,
    GATEWAY_PEERING,
    GATEWAY_TRANSIT,
    GATEWAY_ENDPOINT,  /* gateway VPC endpoint */
    GATEWAY_INTERFACE, /* an interface, instance, firewall or balancer endpoint */
    GATEWAY_CLIENT_VPN,
    GATEWAY_SERVICE,     /* a VPC endpoint service (PrivateLink) */
    GATEWAY_ACCELERATOR, /* a listener of a Global Accelerator */
    GATEWAY_CONNECT,     /* an EC2 Instance Connect Endpoint */
    GATEWAY_CARRIER,
    GATEWAY_LOCAL,
    GATEWAY_OTHER /* known to admit no new inbound flow, or not modelled */
};

/* Addresses beyond a private edge that may come in through an attachment. */
struct world_source {
    uint32_t id;
    struct guard when;
    struct prefix prefix;
};

/* What is told of an attachment besides `when` and `vpc` concerns private edges only; the
 * internet gateway's space is the internet. */
struct world_attachment {
    uint32_t id;
    struct guard when;
    uint32_t vpc;
    VEC(struct world_source) sources; /* the other side's prefixes (SEMANTICS 1.3, 1.5) */
    struct guard any_source; /* where whatever is routed back to the gateway may come in: a VPN,
                                a peer that is not modelled (1.3, 1.4) */
    uint32_t remote_vpc;     /* of peering and transit: the VPC on the other side if it is in the
                                world (group references, end-to-end); else WORLD_NONE */
    struct guard group_references; /* rules may refer to groups of remote_vpc */
};

/* A gateway (edge) route table, or VPC Block Public Access, for one subnet: where it says
 * nothing of a subnet, packets enter directly (SEMANTICS 1.1.4, 1.1.5). */
struct world_ingress {
    uint32_t id;
    struct guard when; /* disjoint for one subnet */
    uint32_t subnet;
    uint32_t middlebox; /* gateway of kind GATEWAY_INTERFACE, or WORLD_NONE: nothing enters */
};

struct world_gateway {
    uint32_t id;
    struct str name;
    enum world_gateway_kind kind;
    bool outside; /* not in the templates: output shows no component */
    VEC(struct world_attachment) attachments;
    VEC(struct world_ingress) ingress;
    uint32_t subnet;     /* of a middlebox: where it stands; WORLD_NONE */
    struct guard passes; /* of a middlebox: it lets traffic through (A-MB) */
};

/* Ties of equal length: lower wins (SEMANTICS 2.5.2). The implicit local routes of the
 * VPC's CIDRs are not listed in a table. */
enum world_precedence { ROUTE_STATIC, ROUTE_PREFIX_LIST, ROUTE_PROPAGATED };

struct world_route {
    uint32_t id;
    struct guard when;
    struct prefix destination;
    enum world_precedence precedence;
    uint32_t gateway; /* WORLD_NONE: a blackhole */
    bool unknown;     /* a propagated route of unknown destination (BGP): any address that is not
                         local, for its own gateway's edge alone; it takes nothing from others
                         (SEMANTICS 10.8) */
};

struct world_table {
    uint32_t id;
    struct str name;
    uint32_t vpc;
    VEC(struct world_route) routes;
};

/* Evaluated by number, then by id; the first that matches decides; then deny. */
struct world_entry {
    uint32_t id;
    struct guard when;
    int32_t number;
    bool egress;
    bool allow;
    int protocol;         /* PROTOCOL_ALL or 0..255 */
    struct ports ports;   /* tcp and udp: destination port of the packet; else ignored */
    struct prefix prefix; /* of the remote side */
};

struct world_acl {
    uint32_t id;
    struct str name;
    VEC(struct world_entry) entries;
};

struct world_rule {
    uint32_t id;
    struct guard when;
    bool egress;
    int protocol;
    struct ports ports;
    uint32_t group; /* WORLD_NONE, or: the remote side carries this group; remote is then unused */
    struct ipset remote; /* addresses of the remote side, one family a rule */
};

struct world_group {
    uint32_t id;
    struct str name;
    uint32_t vpc;                 /* WORLD_NONE if unknown */
    VEC(struct world_rule) rules; /* what is not admitted is refused */
};

/* One of several disjoint alternatives. */
struct world_choice {
    uint32_t id; /* of the association */
    struct guard when;
    uint32_t index; /* of a table, an ACL */
};

struct world_subnet {
    uint32_t id;
    struct str name;
    uint32_t vpc;
    VEC(struct world_cidr) cidrs;
    VEC(struct world_choice) tables; /* disjoint; together they cover whenever the subnet is used */
    VEC(struct world_choice) acls;
};

/* Where an interface is, under `when`. Placements of one interface have disjoint guards. */
struct world_placement {
    struct guard when;
    uint32_t subnet;
    struct guard public4; /* it has a public IPv4 address (SEMANTICS 1.1.2) */
    uint32_t public4_id;  /* the element or property that decides, for messages; WORLD_NONE */
    struct guard has4;    /* it has an IPv4 address at all (not in an IPv6-only subnet) */
    struct guard has6;    /* it has an IPv6 address */
};

struct world_membership {
    struct guard when;
    uint32_t group;
};

/* A port that something listens on. */
struct world_listening {
    struct guard when;
    int protocol; /* PROTOCOL_TCP or PROTOCOL_UDP */
    struct ports ports;
};

/* Who gets an answer from what listens. Where nobody unknown does, a way in is worth knowing and
 * no more (SEMANTICS 2.9). */
enum world_answer {
    ANSWERS_ANYBODY,
    ANSWERS_IDENTIFIED, /* every caller is asked for an identity of AWS first: an EKS API */
    ANSWERS_NOBODY      /* nothing listens, though its groups may admit: a replication instance */
};

struct world_interface {
    uint32_t id;
    struct str name;   /* "PoCServerAZ2/NetworkInterfaces/0" */
    uint32_t owner;    /* WORLD_NONE: attached to nothing, never reachable */
    uint32_t number;   /* 0 for the primary one */
    struct guard when; /* it exists and is attached */
    VEC(struct world_placement) placements;
    VEC(struct world_membership) groups;
    VEC(struct world_listening) listens; /* empty: anything may listen (an instance); else only
                                            these ports can be reached (a database) */
    enum world_answer answers;           /* whatever the ports */
    struct guard open; /* where groups do not filter it at all (no group, public broker) */
    uint32_t balancer; /* its own interfaces: index; WORLD_NONE. They have no flows of their own
                          while one of the balancer's targets is known (SEMANTICS 5.4, 10.4) */
    struct guard no_internet; /* where the internet edge is out of the question whatever its
                                 address: an interface endpoint */
};

/* What has interfaces: an instance, a group of instances, a database ... */
struct world_owner {
    uint32_t id;
    struct str name; /* logical id */
    struct str type; /* "AWS::EC2::Instance" */
};

enum world_balancer_kind { BALANCER_CLASSIC, BALANCER_APPLICATION, BALANCER_NETWORK };

/* One target: an interface at a port, or (TargetType alb) another balancer. */
struct world_target {
    uint32_t id;
    struct guard when;
    uint32_t interface; /* index, or WORLD_NONE */
    uint32_t balancer;  /* index, or WORLD_NONE */
    struct ports ports; /* on the target; more than one port when it is not known */
};

struct world_target_group {
    uint32_t id;
    struct str name;
    VEC(struct world_target) targets;
    struct guard preserves; /* the target sees the client's address */
    int protocol;           /* PROTOCOL_TCP, PROTOCOL_UDP; PROTOCOL_ALL: both */
};

/* An action that forwards (of a listener, or of one of its rules). */
struct world_forward {
    uint32_t id;
    struct guard when;
    uint32_t target_group; /* index */
    bool restricted;       /* source-ip conditions: only these clients */
    struct ipset clients4;
    struct ipset clients6;
};

struct world_listener {
    uint32_t id;
    struct str name;
    struct guard when;
    int protocol; /* PROTOCOL_TCP, PROTOCOL_UDP; PROTOCOL_ALL: both (TCP_UDP) */
    struct ports ports;
    VEC(struct world_forward) forwards;
};

/* A subnet of the balancer reaches targets of a subnet: same zone, or cross-zone (1.6). */
struct world_service {
    struct guard when;
    uint32_t from; /* index of the balancer's subnet */
    uint32_t to;   /* index of the target's subnet */
};

struct world_balancer {
    uint32_t id;
    struct str name;
    uint32_t owner; /* index: the balancer as a resource */
    enum world_balancer_kind kind;
    VEC(uint32_t) interfaces; /* its own, one a subnet; each has one placement */
    VEC(struct world_listener) listeners;
    VEC(struct world_service) services; /* what is not listed is not served */
    struct guard filters; /* it has groups: they filter what it takes in and sends on */
};

/* A way in that begins at a subnet inside the VPC, as a tunnel's end does: clients appear as
 * addresses of that subnet and carry these groups (Client VPN, Instance Connect Endpoint;
 * SEMANTICS 1.7). */
struct world_entrance {
    uint32_t id;
    enum world_edge edge;
    uint32_t gateway; /* index: the component */
    struct guard when;
    uint32_t subnet;
    VEC(struct world_membership) groups;
    VEC(struct world_source) destinations; /* authorised destinations; empty: all */
    struct guard carries6;                 /* IPv6, besides IPv4 */
    struct guard preserves; /* the target sees the client's address, which is in the internet */
    struct guard filters;   /* the groups' egress rules limit what goes on */
};

/* A way in that leads to a balancer's listeners or to an interface, past addresses and routes:
 * an accelerator's endpoint, an endpoint service (SEMANTICS 1.7). */
struct world_shortcut {
    uint32_t id;
    enum world_edge edge; /* EDGE_ACCELERATOR or EDGE_PRIVATELINK */
    uint32_t gateway;     /* index: the component */
    struct guard when;  /* includes A-CONSUMER, and for an accelerator the VPC's internet gateway */
    uint32_t balancer;  /* index, or WORLD_NONE */
    uint32_t interface; /* index, or WORLD_NONE */
    int protocol;
    struct ports ports;     /* at the edge; PORTS_ALL for PrivateLink: the balancer's listeners */
    struct ports target;    /* the port there (a PortOverride); equal to ports if not overridden */
    struct guard preserves; /* groups and ACLs see the client's address */
    struct guard carries6;  /* an accelerator: IPv6, besides IPv4 */
};

/* What the user says of a fact; under the family it is as if it were known (assume.h). */
struct world_pin {
    struct str name;  /* "A-SUBROUTE(SubnetId)" */
    struct str value; /* "yes", "no", or the label of a fact with several outcomes */
    uint32_t var;     /* WORLD_NONE: nothing asked for such a fact */
    bool misfit;      /* the fact cannot have this value: it is left open */
};

struct world_pins {
    struct world_pin *at;
    size_t n;
    size_t cap;
};

struct world {
    struct arena *arena;
    struct guard_space *space;
    struct guard family;    /* the assignments that can be deployed; verdicts are within it */
    struct guard unpinned;  /* the family without the pins: what the elements are built from */
    struct world_pins pins; /* assume.h */
    uint32_t next_id;
    VEC(struct world_vpc) vpcs;
    VEC(struct world_gateway) gateways;
    VEC(struct world_table) tables;
    VEC(struct world_acl) acls;
    VEC(struct world_group) groups;
    VEC(struct world_subnet) subnets;
    VEC(struct world_interface) interfaces;
    VEC(struct world_owner) owners;
    VEC(struct world_balancer) balancers;
    VEC(struct world_target_group) target_groups;
    VEC(struct world_entrance) entrances;
    VEC(struct world_shortcut) shortcuts;
    struct map facts; /* "A-NACL(S)" -> variable + 1; internal */
};

/* An empty world in the arena; family is TRUE. Labels are not copied. */
struct world *world_new(struct arena *a, struct guard_space *space);

/* A fresh id, for entries filled in by hand. */
uint32_t world_next_id(struct world *w);

/* Each adds an element and returns its index. */
uint32_t world_add_vpc(struct world *w, struct str name);
uint32_t world_add_gateway(struct world *w, struct str name, enum world_gateway_kind kind);
uint32_t world_add_table(struct world *w, struct str name, uint32_t vpc);
uint32_t world_add_acl(struct world *w, struct str name);
uint32_t world_add_group(struct world *w, struct str name, uint32_t vpc);
uint32_t world_add_subnet(struct world *w, struct str name, uint32_t vpc);
uint32_t world_add_owner(struct world *w, struct str name, struct str type);
uint32_t world_add_interface(struct world *w, struct str name, uint32_t owner);

uint32_t world_add_balancer(struct world *w, struct str name, enum world_balancer_kind kind,
                            uint32_t owner);
uint32_t world_add_target_group(struct world *w, struct str name);
/* These give an id to, and append, what is passed; they return the index. */
uint32_t world_add_listener(struct world *w, uint32_t balancer, struct world_listener listener);
uint32_t world_add_entrance(struct world *w, struct world_entrance entrance);
uint32_t world_add_shortcut(struct world *w, struct world_shortcut shortcut);

/* Each adds an entry, gives it an id (the `id` passed in is ignored), and returns that id. */
uint32_t world_add_cidr(struct world *w, uint32_t vpc, struct guard when, struct prefix p);
uint32_t world_add_subnet_cidr(struct world *w, uint32_t subnet, struct guard when,
                               struct prefix p);
uint32_t world_add_attachment(struct world *w, uint32_t gateway, struct guard when, uint32_t vpc);
/* Of the attachment that was added last to the gateway. */
uint32_t world_add_source(struct world *w, uint32_t gateway, struct guard when, struct prefix p);
uint32_t world_add_ingress(struct world *w, uint32_t gateway, struct world_ingress ingress);
uint32_t world_add_forward(struct world *w, uint32_t balancer, uint32_t listener,
                           struct world_forward forward);
uint32_t world_add_target(struct world *w, uint32_t target_group, struct world_target target);
uint32_t world_add_route(struct world *w, uint32_t table, struct world_route route);
uint32_t world_add_entry(struct world *w, uint32_t acl, struct world_entry entry);
uint32_t world_add_rule(struct world *w, uint32_t group, struct world_rule rule);
uint32_t world_choose_table(struct world *w, uint32_t subnet, struct guard when, uint32_t table);
uint32_t world_choose_acl(struct world *w, uint32_t subnet, struct guard when, uint32_t acl);
void world_place(struct world *w, uint32_t interface, struct world_placement p);
void world_join(struct world *w, uint32_t interface, struct guard when, uint32_t group);

/* The ACL that AWS makes with a VPC: 100 allow all IPv4, 101 allow all IPv6, both directions
 * (each entry `when`). Adds the entries to acl. */
void world_add_default_entries(struct world *w, uint32_t acl, struct guard when);

/* Pins a fact by name; of one name the last call counts. Before the fact is asked for the first
 * time. Texts are not copied. A value that the fact cannot have pins nothing. */
void world_assume(struct world *w, struct str name, struct str value);

/* Sets the family, to which pinned facts (assume.h) add what they say. Before the first fact. */
void world_set_family(struct world *w, struct guard family);

/* The guard "this fact holds", one variable for each (fact, subject). */
struct guard world_fact(struct world *w, enum world_fact fact, struct str subject);
/* The same of a fact that holds by default (A-ACCEPT within one account). */
struct guard world_fact_by_default(struct world *w, enum world_fact fact, struct str subject);
/* A fact with several outcomes (A-PLACE: which subnet); returns the variable. Labels are not
 * copied. n is at least 2. */
uint32_t world_choice_fact(struct world *w, enum world_fact fact, struct str subject,
                           const struct str *labels, uint32_t n);
/* Has it been asked for before? */
bool world_has_fact(const struct world *w, enum world_fact fact, struct str subject);
const char *world_fact_name(enum world_fact fact);

/* `--dump=world`: every element and entry, a line each, in order of index. */
void world_dump(const struct world *w, struct buf *out);

#endif
