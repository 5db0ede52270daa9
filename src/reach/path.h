/*
 * One packet that shows that a row is open: what decides about it at each step, under the
 * witness. Everything but the interface's own ids.
 */
#ifndef CFNREACH_REACH_PATH_H
#define CFNREACH_REACH_PATH_H

#include "reach/edge.h"

struct row;
struct profile;

/* Ids, or WORLD_NONE. */
struct path_plan {
    size_t placement; /* index of the interface's placement */
    enum net_family family;
    uint32_t attachment;
    uint32_t acl;
    uint32_t acl_in_entry;
    uint32_t acl_out_entry;
    uint32_t group;
    uint32_t rule;
    uint32_t table;
    uint32_t route;
    uint32_t middlebox;       /* on the way there, or else back */
    uint32_t middlebox_entry; /* what leads to it: of the gateway's table, or the route back */
};
#define PATH_NOTHING                                                                               \
    ((struct path_plan){                                                                           \
        .attachment = WORLD_NONE,                                                                  \
        .acl = WORLD_NONE,                                                                         \
        .acl_in_entry = WORLD_NONE,                                                                \
        .acl_out_entry = WORLD_NONE,                                                               \
        .group = WORLD_NONE,                                                                       \
        .rule = WORLD_NONE,                                                                        \
        .table = WORLD_NONE,                                                                       \
        .route = WORLD_NONE,                                                                       \
        .middlebox = WORLD_NONE,                                                                   \
        .middlebox_entry = WORLD_NONE,                                                             \
    })

struct path_plan path_plan(struct reach *r, const struct profile *p, const struct edge_row *edge,
                           const struct row *row);

/* The steps of SEMANTICS 5.7 from a gateway to one interface of the profile; no group where none
 * filters, no ACL where none is passed. */
enum { PATH_STEPS = 6 };
const struct reach_step *path_steps(const struct reach *r, const struct world_interface *n,
                                    uint32_t gateway, const struct path_plan *plan, size_t *count);

#endif
