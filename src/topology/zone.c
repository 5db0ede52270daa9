/*
 * Which subnets of a balancer serve which subnets of targets (SEMANTICS 1.6, 10.1).
 *
 *     one zone:    the subnets are in the same one
 *     cross-zone:  some subnet of the balancer is in the target's zone
 *
 * Zones are compared as they are written. Where that decides nothing, A-AZ of the two subnets
 * says that they are in one zone. A target in another VPC is registered for all zones
 * ("AvailabilityZone" of a TargetDescription: `all` outside the VPC of the target group).
 */
#include "topology/zone.h"
#include "topology/balancer.h"
#include "topology/kinds.h"

static struct guard same_zone_fact(struct builder *b, uint32_t x, uint32_t y)
{
    const struct world_subnet *subnets = b->world->subnets.at;
    uint32_t first = x < y ? x : y;
    uint32_t second = x < y ? y : x;
    return builder_fact(b, FACT_AZ,
                        str_format(b->arena, "%.*s, %.*s", STR_ARG(subnets[first].name),
                                   STR_ARG(subnets[second].name)));
}

/* AvailabilityZone, else AvailabilityZoneId, which compares with its like only. */
static const char *zone_key(const struct cfn_resource *x, const struct cfn_resource *y)
{
    static const char *const KEYS[] = {"AvailabilityZone", "AvailabilityZoneId"};
    for (int i = 0; i < 2; i++) {
        if (doc_get(x->properties, KEYS[i]) && doc_get(y->properties, KEYS[i])) {
            return KEYS[i];
        }
    }
    return NULL;
}

struct guard zone_same(struct builder *b, uint32_t x, uint32_t y)
{
    if (x == y) {
        return GUARD_TRUE;
    }
    const struct cfn_resource *r = b->subnets.at[x].resource;
    const struct cfn_resource *s = b->subnets.at[y].resource;
    const char *key = r && s ? zone_key(r, s) : NULL;
    if (!key) {
        return same_zone_fact(b, x, y);
    }
    struct guard same = GUARD_FALSE;
    struct guard open = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, key);
    struct cfn_value w = cfn_property(s, key);
    FOREACH_TERM (one, v) {
        FOREACH_TERM (other, w) {
            struct guard when = both(b, one->when, other->when);
            if (one->kind == CFN_NONE || other->kind == CFN_NONE) {
                open = either(b, open, when);
                continue;
            }
            enum cfn_sameness found = cfn_compare(one, other);
            if (found == CFN_SAME) {
                same = either(b, same, when);
            } else if (found == CFN_UNDECIDED) {
                open = either(b, open, when);
            }
        }
    }
    return guard_is_false(open) ? same : either(b, same, both(b, open, same_zone_fact(b, x, y)));
}

/* ---- cross-zone -------------------------------------------------------------------------- */

/* A target group may say otherwise than its balancer. */
static struct guard by_groups(struct builder *b, const struct world_balancer *balancer,
                              struct guard cross)
{
    struct guard any = GUARD_FALSE;
    bool found = false;
    for (size_t i = 0; i < balancer->listeners.n; i++) {
        const struct world_listener *l = &balancer->listeners.at[i];
        for (size_t k = 0; k < l->forwards.n; k++) {
            uint32_t id = b->world->target_groups.at[l->forwards.at[k].target_group].id;
            const struct cfn_resource *r = b->t->origins.at[id].resource;
            struct attribute said = balancer_attribute(b, r, "TargetGroupAttributes",
                                                       "load_balancing.cross_zone.enabled");
            any = either(b, any, without(b, either(b, cross, said.on), said.off));
            found = true;
        }
    }
    return found ? any : cross;
}

static struct guard is_cross_zone(struct builder *b, const struct world_balancer *balancer)
{
    const struct cfn_resource *r = b->t->origins.at[balancer->id].resource;
    switch (balancer->kind) {
    case BALANCER_CLASSIC: {
        struct cfn_truth truth = cfn_truth(r->home, cfn_property(r, "CrossZone"));
        return either(b, truth.yes, truth.unknown);
    }
    case BALANCER_NETWORK:
        return by_groups(
            b, balancer,
            balancer_attribute(b, r, "LoadBalancerAttributes", "load_balancing.cross_zone.enabled")
                .on);
    case BALANCER_APPLICATION:
        return by_groups(b, balancer, GUARD_TRUE);
    }
    return GUARD_TRUE;
}

/* ---- services ---------------------------------------------------------------------------- */

static void add_subnet_of(struct builder *b, struct hits *out, bool *seen, uint32_t interface)
{
    const struct world_interface *n = &b->world->interfaces.at[interface];
    for (size_t i = 0; i < n->placements.n; i++) {
        uint32_t subnet = n->placements.at[i].subnet;
        if (!seen[subnet]) {
            seen[subnet] = true;
            hits_add(b, out, GUARD_TRUE, subnet, NULL);
        }
    }
}

/* The subnets of everything that the balancer forwards to. */
static struct hits backs_of(struct builder *b, const struct world_balancer *balancer, bool *seen)
{
    struct hits out = {0};
    for (size_t i = 0; i < balancer->listeners.n; i++) {
        const struct world_listener *l = &balancer->listeners.at[i];
        for (size_t k = 0; k < l->forwards.n; k++) {
            const struct world_target_group *g =
                &b->world->target_groups.at[l->forwards.at[k].target_group];
            for (size_t t = 0; t < g->targets.n; t++) {
                if (g->targets.at[t].interface != WORLD_NONE) {
                    add_subnet_of(b, &out, seen, g->targets.at[t].interface);
                    continue;
                }
                const struct world_balancer *next =
                    &b->world->balancers.at[g->targets.at[t].balancer];
                for (size_t n = 0; n < next->interfaces.n; n++) {
                    add_subnet_of(b, &out, seen, next->interfaces.at[n]);
                }
            }
        }
    }
    for (size_t i = 0; i < out.n; i++) {
        seen[out.at[i].index] = false; /* for the next balancer */
    }
    return out;
}

static void add_services(struct builder *b, struct world_balancer *balancer,
                         const struct hits *fronts, uint32_t back, struct guard cross)
{
    struct guard *same = ARENA_ARRAY(b->arena, fronts->n, struct guard);
    struct guard any = GUARD_FALSE;
    uint32_t there = builder_vpc_root(b, b->world->subnets.at[back].vpc);
    for (size_t i = 0; i < fronts->n; i++) {
        uint32_t home = builder_vpc_root(b, b->world->subnets.at[fronts->at[i].index].vpc);
        same[i] = home == there ? zone_same(b, fronts->at[i].index, back) : GUARD_TRUE;
        any = either(b, any, both(b, same[i], fronts->at[i].when));
    }
    for (size_t i = 0; i < fronts->n; i++) {
        struct guard when = either(b, both(b, cross, any), without(b, same[i], cross));
        when = both(b, when, fronts->at[i].when);
        if (!guard_is_false(when)) {
            *VEC_ADD(b->arena, &balancer->services) =
                (struct world_service){.when = when, .from = fronts->at[i].index, .to = back};
        }
    }
}

void zone_finish(struct builder *b)
{
    bool *seen = ARENA_ARRAY(b->arena, b->world->subnets.n + 1, bool);
    for (size_t i = 0; i < b->world->balancers.n; i++) {
        struct world_balancer *balancer = &b->world->balancers.at[i];
        struct hits fronts = {0};
        for (size_t k = 0; k < balancer->interfaces.n; k++) {
            const struct world_interface *n = &b->world->interfaces.at[balancer->interfaces.at[k]];
            for (size_t p = 0; p < n->placements.n; p++) {
                hits_add(b, &fronts, n->placements.at[p].when, n->placements.at[p].subnet, NULL);
            }
        }
        hits_merge(b, &fronts);
        struct hits backs = backs_of(b, balancer, seen);
        struct guard cross = is_cross_zone(b, balancer);
        for (size_t k = 0; k < backs.n; k++) {
            add_services(b, balancer, &fronts, backs.at[k].index, cross);
        }
    }
}
