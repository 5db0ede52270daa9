/*
 * Internal to topology: what an instance or a group of instances launches. Its own properties
 * and the launch data of a template or configuration are merged: an own property wins, lists
 * replace (SEMANTICS 2.7).
 */
#ifndef CFNREACH_TOPOLOGY_PLAN_H
#define CFNREACH_TOPOLOGY_PLAN_H

#include "topology/builder.h"

/* An element of NetworkInterfaces. */
struct plan_item {
    const struct cfn_term *term;
    struct guard others; /* where another element is there as well */
    uint32_t number;     /* DeviceIndex, else its position */
};

struct plan {
    struct guard when;     /* where the launch happens */
    struct cfn_value own;  /* maps of properties; may be empty */
    struct cfn_value data; /* launch data: maps, or unknown */
    struct plan_item *items;
    size_t item_n;
    struct guard plain; /* no NetworkInterfaces: one primary interface */
};

/* own and data filled in by the caller; reads the rest. */
void plan_read(struct builder *b, struct plan *p);

/* A property: the own one, else that of the launch data. */
struct cfn_value plan_property(struct builder *b, const struct plan *p, const char *key);

/* Who launches. */
struct launcher {
    const struct slot *slot;
    uint32_t owner;
    struct str name;             /* before "/NetworkInterfaces/0" */
    const struct hits *places;   /* disjoint; NULL: as SubnetId says */
    const struct hits *fallback; /* groups where none are given; NULL: the default one of the VPC */
    uint32_t *primary; /* not NULL: primary interfaces of all plans of one launcher are one; its
                          index, WORLD_NONE at first. Their guards must be disjoint */
};

/* Makes the interfaces of a plan, those apart that exist as resources of their own. */
void plan_make(struct builder *b, const struct plan *p, const struct launcher *by);

/* Launch data behind a LaunchTemplate property and a LaunchConfigurationName; absent parts
 * stay absent, unknown ones unknown. */
struct cfn_value plan_launch_template(struct builder *b, struct cfn_value specification);
struct cfn_value plan_launch_configuration(struct builder *b, struct cfn_value name);

/* The first in order wins: terms of x, and those of y where x has none. */
struct cfn_value plan_else(struct builder *b, struct cfn_value x, struct cfn_value y);
/* A value within a guard. */
struct cfn_value plan_within(struct builder *b, struct cfn_value v, struct guard when);
/* Where a value is given. */
struct guard plan_given(const struct builder *b, struct cfn_value v);

#endif
