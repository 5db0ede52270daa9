/*
 * What decides on a path, and what blocks one, in sentences; and the explanation codes that
 * AWS's Reachability Analyzer uses for the same
 * (docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html).
 */
#ifndef CFNREACH_REPORT_PATH_WORDS_H
#define CFNREACH_REPORT_PATH_WORDS_H

#include "reach/inside.h"
#include "report/report.h"

/* Each looks up an entry by id; NULL: there is none. `home` (may be NULL): whose it is. */
const struct world_rule *path_rule(const struct world *w, uint32_t id,
                                   const struct world_group **home);
const struct world_entry *path_entry(const struct world *w, uint32_t id);
const struct world_route *path_route(const struct world *w, uint32_t id,
                                     const struct world_table **home);

/* "tcp port 22", "tcp or udp ports 20-21", "any tcp or udp port". */
struct str path_ports(struct arena *a, int protocol, struct ports ports);

/* A sentence on the rule, the ACL entry, the route of this id. */
struct str path_rule_text(struct arena *a, const struct analysis *n, uint32_t id, struct str name);
struct str path_acl_text(struct arena *a, const struct analysis *n, uint32_t id, struct str name,
                         bool outside);
struct str path_route_text(struct arena *a, const struct analysis *n, uint32_t id,
                           uint32_t gateway);

/* One blocker in words. */
struct path_reason {
    struct str text;   /* one sentence */
    struct str change; /* what would make it permissive, one sentence */
    const char *code;  /* "SUBNET_ACL_RESTRICTION", or "" where none fits */
};

struct path_reason path_edge_reason(struct arena *a, const struct analysis *n,
                                    const struct reach_blocker *b, const struct reach_question *q);
struct path_reason path_inside_reason(struct arena *a, const struct analysis *n,
                                      const struct inside_blocker *b,
                                      const struct inside_question *q);

#endif
