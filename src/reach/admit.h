/*
 * What the rules of a group let in of what a subnet lets through (SEMANTICS 2.1).
 */
#ifndef CFNREACH_REACH_ADMIT_H
#define CFNREACH_REACH_ADMIT_H

#include "reach/transit.h"

/* A rectangle that one rule opens: these sources to these ports. */
struct contribution {
    struct ports ports;
    struct guard when;
    uint32_t group;       /* index; WORLD_NONE where no group filters */
    uint32_t rule;        /* index in the group */
    uint32_t rule_id;     /* the order of all lists; WORLD_NONE where no group filters */
    struct ipset sources; /* for the exposure; the rule's share of what is excused included */
    struct ipset passing; /* the sources that get through */
    struct str somewhere; /* who it is has one address among them, which is not known: the subject
                             of A-ADDR (SEMANTICS 0.7). Empty: they are as many as they may be */
    enum exposure exposure;
    bool apart;        /* it is open where `also` holds, too: the two are not joined */
    struct guard also; /* only where the heap is pending */
};

/* Contributions that are put together for one interface. */
struct contribution_heap {
    struct arena *arena;
    bool pending; /* guards may be kept apart */
    VEC(struct contribution) all;
};

struct contributions {
    const struct contribution *at;
    size_t n;
};

/* Those that are possible within the family, in order of rules. Kept. */
struct contributions admit_of(struct reach *r, uint32_t group, const struct transit *t);

/* What a rule without a reference opens of a transit of some shape: `when` is that of the rule
 * alone. It is open where that piece of that region's map is open as well. */
struct rectangle {
    struct contribution open;
    size_t region;
    size_t piece;
    size_t number; /* of the piece among those of all regions */
};
struct rectangles {
    const struct rectangle *at; /* in order of rules */
    size_t n;
};

/* Worked out once for each shape. Kept. */
struct rectangles admit_rectangles(struct reach *r, uint32_t group, const struct transit *t);

/* Under what a transit of the shape lets through to a rectangle. */
struct guard admit_passage(const struct reach *r, const struct transit *t,
                           const struct rectangle *rectangle);

/* Can this rule admit packets of the protocol from addresses of the family at all? */
bool admit_speaks(const struct world_rule *rule, enum net_family f, int protocol);

/* Of the protocol's ports, those of the rule: all, if it is for all protocols. */
struct ports admit_ports(const struct world_rule *rule);

/* The intersection, for a small set and a large one: only the part of the large set that
 * the small one spans is looked at. */
struct ipset admit_both(struct arena *a, struct ipset small, struct ipset large);

#endif
