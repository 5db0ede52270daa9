/*
 * For the tests of services: where an interface is, what it carries and what listens there, as
 * texts.
 */
#ifndef CFNREACH_TESTS_TOPOLOGY_MANAGED_OF_H
#define CFNREACH_TESTS_TOPOLOGY_MANAGED_OF_H

#include "tests/topology/world_of.h"

static inline const char *managed_text(struct built *b, struct buf *out)
{
    const char *text = str_to_c(&b->arena, buf_str(out));
    buf_release(out);
    return text;
}

/* Names of the subnets, each with a blank behind. */
static inline const char *managed_places(struct built *b, const char *interface)
{
    const struct world_interface *n = built_interface(b, interface);
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < n->placements.n; i++) {
        buf_add(&out, b->w->subnets.at[n->placements.at[i].subnet].name);
        buf_addc(&out, ' ');
    }
    return managed_text(b, &out);
}

static inline const char *managed_groups(struct built *b, const char *interface)
{
    const struct world_interface *n = built_interface(b, interface);
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < n->groups.n; i++) {
        buf_add(&out, b->w->groups.at[n->groups.at[i].group].name);
        buf_addc(&out, ' ');
    }
    return managed_text(b, &out);
}

/* "tcp 22-22 GUARD", a line each; "anything" if there is no list. */
static inline const char *managed_listens(struct built *b, const char *interface)
{
    const struct world_interface *n = built_interface(b, interface);
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < n->listens.n; i++) {
        const struct world_listening *l = &n->listens.at[i];
        if (ports_is_empty(l->ports) || guard_is_false(l->when)) {
            continue;
        }
        buf_addf(&out, "%s %u-%u %s\n", protocol_name(l->protocol), (unsigned)l->ports.begin,
                 (unsigned)l->ports.end, built_guard(b, l->when));
    }
    if (n->listens.n == 0) {
        buf_addf(&out, "anything");
    }
    return managed_text(b, &out);
}

/* Where the first placement has a public address. */
static inline const char *managed_public4(struct built *b, const char *interface)
{
    const struct world_interface *n = built_interface(b, interface);
    return n->placements.n == 0 ? "nowhere" : built_guard(b, n->placements.at[0].public4);
}

static inline bool managed_exists(const struct built *b, const char *interface)
{
    for (size_t i = 0; i < b->w->interfaces.n; i++) {
        if (str_is(b->w->interfaces.at[i].name, interface)) {
            return true;
        }
    }
    return false;
}

/* Ingress rules of a group: "tcp 22-22 v4 AT" (the text that decides), a line each. */
static inline const char *managed_rules(struct built *b, const char *group)
{
    const struct world_group *g = built_group(b, group);
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < g->rules.n; i++) {
        const struct world_rule *r = &g->rules.at[i];
        if (r->egress) {
            continue;
        }
        const char *from = r->remote.family == NET_V4 ? "v4" : "v6";
        if (r->group != WORLD_NONE) {
            from = str_to_c(&b->arena, b->w->groups.at[r->group].name);
        }
        struct str at = built_text(b, topology_origin(b->t, r->id)->at);
        buf_addf(&out, "%s %u-%u %s %.*s\n", protocol_name(r->protocol), (unsigned)r->ports.begin,
                 (unsigned)r->ports.end, from, STR_ARG(at));
    }
    return managed_text(b, &out);
}

#endif
