/*
 * Internal to topology: the network of AWS in which services stand that have an address but no
 * place in a VPC of the user's: Lightsail, GameLift, a public SFTP server, the endpoint of a
 * Kubernetes cluster, a public RabbitMQ broker.
 *
 *     ServiceNetwork --attached-- ServiceNetwork.InternetGateway   (outside the templates)
 *        `-- Subnet: 0.0.0.0/0 and ::/0 to the gateway; the default ACL
 *
 * It is a VPC like any other, so that the solver needs no special case. What the properties of
 * such a service admit becomes the rules of a group that exists only for it.
 */
#ifndef CFNREACH_TOPOLOGY_ASIDE_H
#define CFNREACH_TOPOLOGY_ASIDE_H

#include "topology/managed.h"

/* The one place there, under `when`. */
struct hits aside_place(struct builder *b, const struct cfn_resource *r, struct guard when);

/* A group without rules that a service implies: "Box.Ports". In `vpc`, or WORLD_NONE: there. */
uint32_t aside_group(struct builder *b, const struct cfn_resource *r, const char *suffix,
                     uint32_t vpc);

/* An interface there, public, with this group: "Box/NetworkInterfaces/0", or "Box/<part>/0".
 * public_by: see struct managed; WORLD_NONE: the resource. */
uint32_t aside_make(struct builder *b, const struct slot *s, const char *part, struct guard when,
                    uint32_t group, uint32_t public_by);

/* One rule of such a group for each combination of source and ports. */
struct aside_rule {
    const struct cfn_resource *resource;
    uint32_t group;
    struct guard when;
    int protocol;
    struct ports ports;
};
/* From everywhere in these families; `term` decides (NULL: the resource as a whole). */
void aside_admit_all(struct builder *b, const struct aside_rule *rule, bool in4, bool in6,
                     struct topology_origin origin);
/* From the blocks that a value of this family names, each at its own place; `item`: the map in a
 * list to which the rule amounts, or NULL. Returns where there is a source. */
struct guard aside_admit_blocks(struct builder *b, const struct aside_rule *rule,
                                struct cfn_value sources, enum net_family family,
                                const struct doc_node *item);
/* From members of groups. */
void aside_admit_groups(struct builder *b, const struct aside_rule *rule, const struct hits *from);

/* The origin of a rule that a property implies: its key, else that of the resource. */
struct topology_origin aside_origin(struct builder *b, const struct cfn_resource *r,
                                    const struct doc_node *map, const char *key);

#endif
