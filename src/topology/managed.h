/*
 * Internal to topology: what the families of managed services share (SEMANTICS 2.9). A service
 * has interfaces in subnets of the user's, with groups of the user's; it listens on few ports,
 * and a property says whether it has a public address.
 *
 *     subnet group, list of subnets --managed_subnets--> hits
 *         --managed_any-->  one interface, somewhere in them (A-PLACE)
 *         --managed_each--> an interface in each of them
 */
#ifndef CFNREACH_TOPOLOGY_MANAGED_H
#define CFNREACH_TOPOLOGY_MANAGED_H

#include "topology/builder.h"

/* An interface of a service. */
struct managed {
    const struct slot *slot;
    const char *part;       /* NULL: "NetworkInterfaces" */
    unsigned number;        /* in its name; its device number is always 0 */
    struct guard when;      /* it exists */
    struct hits places;     /* disjoint */
    struct hits groups;     /* absent: the default group of the VPC */
    struct guard is_public; /* it has a public IPv4 address */
    uint32_t public_by;     /* what decides; an id */
    struct guard has6;      /* it has an IPv6 address, if its subnet has any */
};

/* Is a resource reachable from public addresses, as one property says? */
struct publicity {
    struct guard yes;
    struct guard absent; /* the property is; `yes` is disjoint from it */
    uint32_t by;         /* the property's value, else the resource */
};

/* The ports of something: text -> ports of all protocols that are tcp. n is at most 6. */
struct port_list {
    struct ports at[6];
    size_t n;
};

/* The alternatives of `key` of the resources of this type that a value names. Other terms stand
 * for something outside the templates: they become unknowns with their own text, or (managed_of)
 * are left out. */
struct cfn_value managed_through(struct builder *b, struct cfn_value v, const char *type,
                                 const char *key);
struct cfn_value managed_of(struct builder *b, struct cfn_value v, const char *type,
                            const char *key);
/* The lists of subnets (property `list`) of the groups of subnets that a value names, by Ref or
 * by name; the group `default` has none. */
struct cfn_value managed_group_subnets(struct builder *b, struct cfn_value v, const char *type,
                                       const char *list);

/* The subnets of a value under `when`: lists, texts with commas; what is left over is a subnet of
 * the default VPC. Not disjoint. */
struct hits managed_subnets(struct builder *b, const struct cfn_resource *r, struct cfn_value v,
                            struct guard when);
/* Makes them disjoint by A-PLACE(subject). */
void managed_any(struct builder *b, struct hits *places, const struct cfn_resource *r);

struct publicity managed_public(struct builder *b, const struct cfn_resource *r, const char *key);
/* Where the VPCs of the places have an internet gateway. Of one outside the templates A-SUBROUTE
 * says so anyway. */
struct guard managed_has_gateway(struct builder *b, const struct hits *places);

/* The texts of a property that stand for a yes; one that is not known by a choice. */
struct guard managed_is(struct builder *b, struct cfn_value v, const char *text);
/* The same for texts that begin so. */
struct guard managed_begins(struct builder *b, struct cfn_value v, const char *text);

/* Makes the interface; returns its index. */
uint32_t managed_make(struct builder *b, const struct managed *m);
/* One in each of m->places, with numbers from m->number on; the index of the first. */
uint32_t managed_each(struct builder *b, struct managed m);

/* It listens there (nothing if `when` is FALSE). */
void managed_listen(struct builder *b, uint32_t interface, struct guard when, int protocol,
                    struct ports ports);
void managed_listen_list(struct builder *b, uint32_t interface, struct guard when,
                         const struct port_list *list);
/* A tcp port that a property gives, where it does; returns where it does not. */
struct guard managed_listen_port(struct builder *b, uint32_t interface,
                                 const struct cfn_resource *r, struct cfn_value port,
                                 struct guard when);
/* Nothing listens, unless something was said to: an empty list would mean anything. */
void managed_listen_close(struct builder *b, uint32_t interface);

/* A note that part of a resource is not analysed (CFNR932). */
void managed_note(struct builder *b, const struct cfn_resource *r, const struct doc_node *at,
                  struct str message);

static inline struct ports port_one(uint16_t port)
{
    return (struct ports){port, port};
}

#endif
