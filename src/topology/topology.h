/*
 * The bridge: resources of a unit into a world (reach/world.h), and for every id of that
 * world where it came from. One file per resource family; one table by type name
 * (families.c) says which function declares a type's elements and which one fills them in.
 *
 *     pass 1, declare:  each resource gets its elements         (so that order does not matter)
 *     pass 2, connect:  properties are evaluated, entries added (rules, routes, placements ...)
 *     pass 3, default:  what AWS adds by itself                 (default ACLs, groups, main tables)
 *
 * What a template takes from its surroundings (a subnet by parameter, the default VPC, a
 * group of another stack) becomes an element of its own whose behaviour hangs on facts.
 */
#ifndef CFNREACH_TOPOLOGY_TOPOLOGY_H
#define CFNREACH_TOPOLOGY_TOPOLOGY_H

#include "cfn/value.h"
#include "reach/world.h"

/* Where an id of the world came from. */
struct topology_origin {
    const struct cfn_resource *resource; /* NULL: AWS makes it, or it is outside the templates */
    const char *type; /* "AWS::EC2::NetworkAcl"; static or in the arena; never NULL for elements */
    struct str name;  /* component id: "PoCVPC.DefaultNetworkAcl", "Web/NetworkInterfaces/0" */
    bool implicit;    /* not written in the template */
    bool outside;     /* outside the templates */
    bool free_text;   /* the source was a candidate of a free-text parameter (SEMANTICS 4.4) */
    struct span at; /* the value that decides: the CidrIp scalar, the GatewayId ...; else the key of
                       the resource or item; SPAN_NONE if there is nothing to point at */
    struct span block;           /* the whole rule, entry or resource */
    const struct doc_node *node; /* node of `at`, or NULL */
    const struct doc_node
        *literal; /* where a known source text stands if elsewhere (a Default), or NULL */
    const struct cfn_parameter *parameter; /* that supplied the source, or NULL */
    const struct doc_node *item; /* rule: the map of the rule (inline item or Properties) */
};

/* A group of the templates, for "open but unused" (CFNR201). */
struct topology_group {
    uint32_t group;                      /* index in the world */
    const struct cfn_resource *resource; /* NULL for default and outside groups */
    bool outside;       /* stands outside the templates (parameter, import, literal id) */
    bool has_interface; /* some interface of the world carries it */
    bool referenced;    /* a property of a live resource other than group rules refers to it */
    struct str
        referenced_by; /* logical id of the first such resource of a type that is not analysed */
    struct str referenced_type; /* and its type; "" if all are analysed */
    struct str output;          /* name of the first output that shows it; "" : none does */
};

struct topology {
    struct cfn_unit *unit;
    struct world *world;
    VEC(struct topology_origin) origins; /* by id */
    VEC(struct topology_group) groups;   /* by index of the group in the world */
    size_t analysed;                     /* resources that became elements */
    size_t not_analysed; /* resources of types that could matter and are not analysed */
};

/* Builds the world of a sealed unit. Oddities become CFNR940 warnings, types that would matter
 * and are not analysed CFNR932 notes, unknown values that an element rests on CFNR930 notes, all
 * in the unit's queue. Never fails: what cannot be understood becomes a fact. */
struct topology *topology_build(struct cfn_unit *u);

/* The same, where the user says how facts are: "A-SUBROUTE(SubnetId)", "no". Which of them
 * something asked for stands in world.pins. Texts are not copied. */
struct topology_assumption {
    struct str fact;
    struct str value;
};
struct topology *topology_build_assuming(struct cfn_unit *u, const struct topology_assumption *at,
                                         size_t n);

const struct topology_origin *topology_origin(const struct topology *t, uint32_t id);

/* RFC 6901 pointer to the value that decides (origin.node); "" if there is nothing to point at. */
struct str topology_pointer(struct arena *a, const struct topology *t, uint32_t id);

#endif
