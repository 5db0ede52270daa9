/*
 * The base world for hops: a sender in a subnet 10.0.2.0/24 of its own, with its own ACL and
 * a group; the target is the base interface in 10.0.1.0/24.
 */
#ifndef CFNREACH_TESTS_REACH_HOP_WORLD_H
#define CFNREACH_TESTS_REACH_HOP_WORLD_H

#include "reach/hop.h"
#include "tests/reach/base_world.h"

struct hop_world {
    struct base_world b;
    uint32_t acl, subnet, group; /* the sender's */
    struct world_membership carried;
    struct reach *r;
    struct hop hop;
};

static inline void hop_world(struct hop_world *h)
{
    struct base_world *b = &h->b;
    memset(h, 0, sizeof *h);
    base_world(b);
    h->acl = world_add_acl(b->w, STR("SenderAcl"));
    world_add_default_entries(b->w, h->acl, GUARD_TRUE);
    h->subnet = world_add_subnet(b->w, STR("SenderSubnet"), b->vpc);
    world_add_subnet_cidr(b->w, h->subnet, GUARD_TRUE, prefix_from("10.0.2.0/24"));
    world_choose_acl(b->w, h->subnet, GUARD_TRUE, h->acl);
    h->group = world_add_group(b->w, STR("SenderGroup"), b->vpc);
    h->carried = (struct world_membership){.when = GUARD_TRUE, .group = h->group};
}

/* Solver and question, after the world is done. */
static inline void hop_ready(struct hop_world *h)
{
    h->r = reach_new(&h->b.a, h->b.w);
    h->hop = (struct hop){
        .sender = {.name = STR("Sender"), .subnet = h->subnet, .groups = &h->carried, .group_n = 1},
        .target = profile_of(h->r, h->b.interface),
        .family = NET_V4,
        .protocol = PROTOCOL_TCP,
    };
}

static inline uint32_t hop_reference(struct hop_world *h, struct ports ports)
{
    return world_add_rule(
        h->b.w, h->b.group,
        (struct world_rule){
            .when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = ports, .group = h->group});
}

/* "22-22 true; 80-90 A-ADDR(Sender) together": the contributions. */
static inline struct str hop_text(struct hop_world *h)
{
    struct arena *a = &h->b.a;
    struct contributions all = hop_open(h->r, a, &h->hop);
    struct str text = STR("");
    for (size_t i = 0; i < all.n; i++) {
        const struct contribution *c = &all.at[i];
        struct buf guard;
        buf_init(&guard);
        guard_print(h->b.space, c->when, &guard);
        text = str_format(a, "%.*s%s%u-%u %.*s%s", STR_ARG(text), i > 0 ? "; " : "",
                          (unsigned)c->ports.begin, (unsigned)c->ports.end, (int)guard.n, guard.p,
                          c->rule == WORLD_NONE ? " together" : "");
        buf_release(&guard);
    }
    return text;
}

#endif
