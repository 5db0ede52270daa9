/*
 * Network ACLs: the first entry that matches decides (SEMANTICS 2.4), with guards.
 */
#ifndef CFNREACH_REACH_ACL_H
#define CFNREACH_REACH_ACL_H

#include "reach/line.h"
#include "reach/solver.h"

/* For each remote address the map (its number) of destination ports that one direction lets
 * through. tcp or udp. Kept. */
struct line acl_line_map(struct reach *r, uint32_t acl, bool egress, enum net_family f,
                         int protocol);

/* For each remote address the guard (its node) under which a reply can get out: to some
 * client port from 1024, or, if A-LOWPORT holds, to one below (SEMANTICS 0.5). Kept. */
struct line acl_line_out(struct reach *r, uint32_t acl, enum net_family f, int protocol);

/* Ids of the entries that decide for a packet under an assignment: on the way in, and for
 * the reply to it; on the way out to p.source, where a hop begins. WORLD_NONE: the implicit
 * deny. */
uint32_t acl_entry_in(struct reach *r, uint32_t acl, struct packet p, const uint32_t *outcome);
uint32_t acl_entry_sent(struct reach *r, uint32_t acl, struct packet p, const uint32_t *outcome);
uint32_t acl_entry_out(struct reach *r, uint32_t acl, struct packet p, const uint32_t *outcome);

/* Id of the first entry that denies some of these packets; ports are destination ports. */
uint32_t acl_entry_denying(struct reach *r, uint32_t acl, bool egress, struct ipset remote,
                           int protocol, struct ports ports);

#endif
