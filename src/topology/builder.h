/*
 * Internal to topology: what is known while a world is being built.
 *
 *     resource --slot--> its elements (one; a subnet or table one for each VPC that it may be in)
 *     term     --resolve.h--> elements, each under a guard ("hits")
 *     element  --site, group_site, ...--> what later passes need to know about it
 *
 * Every element and entry is added through the functions here, so that each id gets its
 * origin at once.
 */
#ifndef CFNREACH_TOPOLOGY_BUILDER_H
#define CFNREACH_TOPOLOGY_BUILDER_H

#include "topology/topology.h"

enum slot_kind {
    SLOT_NONE, /* adds to other elements, is none itself */
    SLOT_VPC,
    SLOT_SUBNET,
    SLOT_GATEWAY,
    SLOT_TABLE,
    SLOT_ACL,
    SLOT_GROUP,
    SLOT_INTERFACE,  /* AWS::EC2::NetworkInterface */
    SLOT_OWNER,      /* an instance, a group of instances */
    SLOT_LIST,       /* a prefix list */
    SLOT_LAUNCH,     /* a launch template or configuration */
    SLOT_CONNECTION, /* a VPN connection */
    SLOT_BALANCER,
    SLOT_TARGETS,    /* a target group */
    SLOT_LISTENER,   /* of a balancer, of an accelerator */
    SLOT_ATTACHMENT, /* of a transit gateway */
    SLOT_HUB         /* a route table of a transit gateway */
};

/* Does a reference from this type to a group mean that the group is used? */
enum usage {
    USAGE_NONE,    /* an association, a rule: no */
    USAGE_CARRIER, /* its interfaces are in the world: the world tells */
    USAGE_FORWARD, /* only if it is used itself: launch templates, interfaces */
    USAGE_OPAQUE   /* it may carry groups in a way that is not analysed */
};

struct builder;
struct slot;
struct plan;
struct prefix_list;
struct balancing;

/* A row of the table in families.c. */
struct family {
    const char *type;
    enum slot_kind kind;
    int detail;   /* SLOT_GATEWAY: enum world_gateway_kind */
    uint8_t rank; /* of declare: what stands alone 0, what is in a VPC 1, what ties them 2 */
    enum usage usage;
    void (*declare)(struct builder *b, struct slot *s); /* may be NULL, as the others */
    void (*connect)(struct builder *b, struct slot *s);
    void (*place)(struct builder *b, struct slot *s); /* after all resources are connected */
};

/* One of several elements, under a guard. */
struct hit {
    struct guard when;
    uint32_t index;              /* in the array of its kind */
    const struct cfn_term *term; /* what led to it; may be NULL */
};
struct hits {
    struct hit *at;
    size_t n;
    size_t cap;
};

/* A public address (EIP) bound to the interface of a slot. */
struct binding {
    struct guard when;
    uint32_t id; /* of the association, for messages */
};

/* An owner that a NetworkInterface is attached to. */
struct holder {
    struct guard when;
    uint32_t owner;
    uint32_t number;       /* DeviceIndex */
    const struct slot *by; /* of the owner; NULL: outside the templates */
};

struct slot {
    const struct cfn_resource *resource;
    const struct family *family; /* NULL: the type is not modelled */
    struct hits elements;        /* disjoint guards; `term` is NULL */
    VEC(struct binding) addresses;
    VEC(struct holder) holders;
    const struct plan *plan;                /* of an instance (plan.h), once connected */
    const struct prefix_list *list;         /* of a prefix list (prefix_list.c), once asked for */
    bool is_used;                           /* a carrier refers to it (usage.c) */
    const struct cfn_resource *opaque_user; /* of a type that is not analysed, the first */
};

/* Where a VPC stands: a placeholder is the unnamed VPC of a subnet given by id. */
enum standing { STANDS_PLACEHOLDER, STANDS_OUTSIDE, STANDS_INSIDE };

struct vpc_site {
    enum standing standing;
    uint32_t same_as;   /* union-find: an outside VPC may turn out to be another one */
    struct guard has6;  /* it has an IPv6 block */
    struct guard open4; /* it has an IPv4 block that is not known */
    uint32_t table;     /* implicit main table, once needed; WORLD_NONE */
    uint32_t acl;       /* default ACL, once needed */
    uint32_t group;     /* default group, once needed */
    uint32_t gateway;   /* internet gateway: always attached by the template, or outside */
    const struct cfn_resource *resource; /* NULL: outside */
};

struct subnet_site {
    struct str subject; /* of facts: the logical id, or the text of the unknown */
    bool outside;
    struct guard public4; /* an address is assigned when the interface does not say (1.1.2 e-h) */
    uint32_t public4_id;
    struct guard assign6; /* AssignIpv6AddressOnCreation */
    struct guard has6;    /* it has an IPv6 block */
    struct guard native6; /* no IPv4 at all */
    struct hits tables;   /* explicit associations, not yet disjoint */
    struct hits acls;
    const struct cfn_resource *resource; /* NULL: outside */
};

struct group_site {
    bool outside;
    struct guard inline_egress;   /* some inline egress entry exists */
    struct guard separate_egress; /* some standalone one */
    uint32_t separate_n;
    bool admits;     /* outside: its unknown rules (A-SG) are added */
    bool is_default; /* the default group of a VPC */
    const struct cfn_resource *resource;
};

struct builder {
    struct topology *t;
    struct cfn_unit *unit;
    struct arena *arena;
    struct world *world;
    struct guard_space *space;
    struct map families;    /* type -> its struct family *, or NULL, once looked for */
    struct map by_resource; /* bytes of the pointer -> struct slot; never walked */
    struct slot *slots;     /* in order of templates and of writing */
    size_t slot_n;
    VEC(struct vpc_site) vpcs; /* these: parallel to the world's arrays */
    VEC(struct subnet_site) subnets;
    VEC(struct group_site) groups;
    struct map outside;       /* "kind text" -> index + 1 of an element outside the templates */
    struct map group_names;   /* GroupName -> struct slot */
    struct map launch_names;  /* LaunchTemplateName -> struct slot */
    struct map subnet_groups; /* type and name of a group of subnets -> struct slot */
    struct map choices;       /* text of an unknown -> its yes/no variable */
    struct map subjects;      /* "A-NACL(S)" -> is it a yes/no fact or a choice */
    struct map said;          /* notes that are said once */
    size_t records;           /* rules, routes and ACL entries so far (builder_room) */
    size_t steps;             /* of combining alternatives so far (builder_step) */
    uint32_t default_vpc;     /* WORLD_NONE until needed */
    uint32_t default_subnet;
    struct balancing *balancing; /* balancer.h */
};

/* The slot of a resource of the unit. */
struct slot *builder_slot(struct builder *b, const struct cfn_resource *r);

/* Where a property of a resource is given at all. */
struct guard builder_given(const struct builder *b, const struct cfn_resource *r, const char *key);

/* The part of `when` where a number is not 0; one that is not known counts. */
struct guard builder_nonzero(const struct builder *b, struct cfn_value v, struct guard when);

/* Guards, short. */
static inline struct guard both(const struct builder *b, struct guard x, struct guard y)
{
    return guard_and(b->space, x, y);
}
static inline struct guard either(const struct builder *b, struct guard x, struct guard y)
{
    return guard_or(b->space, x, y);
}
static inline struct guard without(const struct builder *b, struct guard x, struct guard y)
{
    return guard_minus(b->space, x, y);
}

/* Where any of them is. */
struct guard hits_any(const struct builder *b, const struct hits *hits);
/* Appends a hit unless its guard is false. */
void hits_add(struct builder *b, struct hits *hits, struct guard when, uint32_t index,
              const struct cfn_term *term);

/* Hits on one index become one, where the first of them stood. */
void hits_merge(struct builder *b, struct hits *hits);
/* Makes hits that may overlap disjoint: where several are there, a variable of this fact with
 * one outcome each chooses; one that is not there falls to the first that is. labels: of the
 * outcomes, by position. at: where it is said that they are too many. False: nothing overlapped
 * and nothing was changed. */
bool hits_contend(struct builder *b, struct hits *hits, enum world_fact fact, struct str subject,
                  const struct str *labels, struct span at);

/* world_fact, but no subject that a template can write collides with a choice. */
struct guard builder_fact(struct builder *b, enum world_fact fact, struct str subject);

/* Adds an element with its origin; the resource may be NULL. */
uint32_t builder_add_vpc(struct builder *b, struct str name, enum standing standing,
                         struct topology_origin origin);
uint32_t builder_add_subnet(struct builder *b, struct str name, uint32_t vpc,
                            struct topology_origin origin);
uint32_t builder_add_table(struct builder *b, struct str name, uint32_t vpc,
                           struct topology_origin origin);
uint32_t builder_add_acl(struct builder *b, struct str name, struct topology_origin origin);
uint32_t builder_add_gateway(struct builder *b, struct str name, enum world_gateway_kind kind,
                             struct topology_origin origin);
uint32_t builder_add_group(struct builder *b, struct str name, uint32_t vpc,
                           struct topology_origin origin);
uint32_t builder_add_owner(struct builder *b, const struct cfn_resource *r);
uint32_t builder_add_interface(struct builder *b, struct str name, uint32_t owner,
                               struct topology_origin origin);

/* Says where an id came from. */
void builder_origin(struct builder *b, uint32_t id, struct topology_origin origin);
/* A fresh id with an origin: for what decides without being an entry. */
uint32_t builder_new_id(struct builder *b, struct topology_origin origin);

/* Origins: a resource as a whole; a value of it; something AWS makes; something outside. */
struct topology_origin origin_resource(struct builder *b, const struct cfn_resource *r);
struct topology_origin origin_value(struct builder *b, const struct cfn_resource *r,
                                    const struct cfn_term *term);
struct topology_origin origin_implicit(struct builder *b, const struct cfn_resource *r,
                                       const char *type);
struct topology_origin origin_outside(const struct cfn_term *term, const char *type);

/* VPCs that are one (an association or membership says so). Outside ones unite with each other,
 * placeholders with anything; two of the templates never. */
void builder_unite(struct builder *b, uint32_t x, uint32_t y);
uint32_t builder_vpc_root(const struct builder *b, uint32_t vpc);

/* A yes/no choice for an unknown that is no fact about the surroundings (a port, a protocol, a
 * number): TRUE where its own variable already carries the doubt. */
struct guard builder_choice(struct builder *b, const struct cfn_term *term);

/* "Web.DefaultNetworkAcl". */
struct str builder_name(struct builder *b, struct str owner, const char *suffix);

/* What combining the alternatives of one rule, route or entry has taken: {0} at first. */
struct combining {
    size_t steps;
    size_t records;
    enum combining_limit {
        COMBINING_WITHIN,
        COMBINING_RECORDS,
        COMBINING_RECORDS_TOTAL,
        COMBINING_STEPS,
        COMBINING_STEPS_TOTAL
    } over; /* the limit that was met first */
};

/* One more step of it, or one more record that comes of it? False beyond a limit, its own or the
 * unit's, and from then on: nothing more is to be combined, and builder_gave_up says so. */
bool builder_step(struct builder *b, struct combining *c);
bool builder_room(struct builder *b, struct combining *c);
/* True if a limit was met; a CFNR920 then names it, r and the place (may be NULL). */
bool builder_gave_up(struct builder *b, const struct cfn_resource *r, const struct doc_node *at,
                     const struct combining *c);

/* CFNR940 at a node (NULL: at the key of r), with resource and property filled in. */
void builder_warn(struct builder *b, const struct cfn_resource *r, const struct doc_node *at,
                  struct str message);
/* CFNR930, once for each (what, text): "The subnet 'SubnetId' is not known before deployment;
 * what rests on it is assumed as A-SUBROUTE(SubnetId) ..." */
void builder_unknown(struct builder *b, const char *what, const struct cfn_term *term,
                     struct str text, const char *rests_on);

#endif
