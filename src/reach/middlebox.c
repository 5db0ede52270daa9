/*
 * Facts of asymmetry are only asked for where a way forth meets another way back.
 */
#include "reach/middlebox.h"

static bool is_listed(const struct middleboxes *all, uint32_t gateway)
{
    for (size_t i = 0; i < all->at.n; i++) {
        if (all->at.at[i].gateway == gateway) {
            return true;
        }
    }
    return false;
}

/* What leads nowhere further, or lets nothing through, is no middlebox; nor is what is in
 * another VPC, where no route can lead ("Route tables", VPC user guide). */
static void list(struct reach *r, struct middleboxes *all, const struct place *place,
                 uint32_t gateway, uint32_t edge)
{
    if (gateway == WORLD_NONE || is_listed(all, gateway)) {
        return;
    }
    const struct world_gateway *g = &r->world->gateways.at[gateway];
    if (g->kind != GATEWAY_INTERFACE || g->subnet == WORLD_NONE ||
        r->world->subnets.at[g->subnet].vpc != place->vpc || !reach_live(r, g->passes)) {
        return;
    }
    struct middlebox m = {.gateway = gateway, .subnet = g->subnet, .passes = g->passes};
    m.forth = GUARD_FALSE;
    for (size_t i = 0; i < place->ingress_n; i++) {
        const struct place_ingress *in = &place->ingress[i];
        if (in->gateway == edge && in->middlebox == gateway) {
            m.forth = guard_or(r->space, m.forth, in->when);
        }
    }
    *VEC_ADD(r->arena, &all->at) = m;
}

const struct middleboxes *middleboxes_of(struct reach *r, const struct place *place,
                                         uint32_t gateway)
{
    const uint32_t key[] = {CACHE_MIDDLEBOXES, place->number, gateway};
    struct middleboxes *all = cache_get(r, key, 3);
    if (all) {
        return all;
    }
    all = ARENA_NEW(r->arena, struct middleboxes);
    all->direct = GUARD_TRUE;
    for (size_t i = 0; gateway != WORLD_NONE && i < place->ingress_n; i++) {
        const struct place_ingress *in = &place->ingress[i];
        if (in->gateway == gateway) {
            all->direct = guard_minus(r->space, all->direct, in->when);
            list(r, all, place, in->middlebox, gateway);
        }
    }
    for (size_t t = 0; gateway != WORLD_NONE && t < place->sample->tables.n; t++) {
        const struct world_table *table = &r->world->tables.at[place->sample->tables.at[t].index];
        for (size_t i = 0; i < table->routes.n; i++) {
            list(r, all, place, table->routes.at[i].gateway, gateway);
        }
    }
    cache_put(r, key, 3, all);
    return all;
}

struct guard middlebox_entry(const struct reach *r, const struct middleboxes *all)
{
    struct guard when = all->direct;
    for (size_t i = 0; i < all->at.n; i++) {
        const struct middlebox *m = &all->at.at[i];
        when = guard_or(r->space, when, guard_and(r->space, m->forth, m->passes));
    }
    return when;
}

struct guard middlebox_return(const struct reach *r, const struct middleboxes *all,
                              struct guard direct, const struct guard *back)
{
    struct guard when = direct;
    for (size_t i = 0; i < all->at.n; i++) {
        when = guard_or(r->space, when, guard_and(r->space, back[i], all->at.at[i].passes));
    }
    return when;
}

static struct guard dropped_unless(struct reach *r, struct guard when, uint32_t gateway)
{
    if (!reach_live(r, when)) {
        return GUARD_FALSE;
    }
    struct str name = r->world->gateways.at[gateway].name;
    return guard_and(r->space, when, world_fact(r->world, FACT_ASYM, name));
}

/* All ways back for one way forth; `through` is its middlebox, or all->at.n for none. */
static struct guard ways_back(struct reach *r, const struct middleboxes *all, size_t through,
                              struct guard forth, struct guard direct, const struct guard *back)
{
    struct guard when = guard_and(r->space, forth, direct);
    if (through < all->at.n) {
        when = dropped_unless(r, when, all->at.at[through].gateway);
    }
    for (size_t i = 0; i < all->at.n; i++) {
        const struct middlebox *m = &all->at.at[i];
        struct guard one = guard_and(r->space, guard_and(r->space, forth, back[i]), m->passes);
        if (i != through) {
            one = dropped_unless(r, one, m->gateway);
            if (through < all->at.n) {
                one = dropped_unless(r, one, all->at.at[through].gateway);
            }
        }
        when = guard_or(r->space, when, one);
    }
    return when;
}

struct guard middlebox_round_trip(struct reach *r, const struct middleboxes *all,
                                  struct guard direct, const struct guard *back)
{
    struct guard when = ways_back(r, all, all->at.n, all->direct, direct, back);
    for (size_t i = 0; i < all->at.n; i++) {
        const struct middlebox *m = &all->at.at[i];
        struct guard forth = guard_and(r->space, m->forth, m->passes);
        when = guard_or(r->space, when, ways_back(r, all, i, forth, direct, back));
    }
    return when;
}
