/*
 * The passes of topology.h, over all resources of the unit. What stands alone is declared
 * before what stands in it, so that the order of writing never matters; entries are added in
 * the order of writing, so that ids of rules, routes and ACL entries follow the template.
 */
#include "topology/topology.h"

#include "topology/builder.h"
#include "topology/kinds.h"

enum { RANKS = 3 };

/* A template has few types, so the table is searched once for each. */
static const struct family *family_of(struct builder *b, struct str type)
{
    void **cell = map_at(&b->families, type);
    if (*cell == NULL) {
        const struct family **found = ARENA_NEW(b->arena, const struct family *);
        *found = families_find(type);
        *cell = found;
    }
    const struct family *const *found = *cell;
    return *found;
}

static void index_resources(struct builder *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->unit->templates.n; i++) {
        n += b->unit->templates.at[i]->resources.n;
    }
    b->slots = ARENA_ARRAY(b->arena, n, struct slot);
    for (size_t i = 0; i < b->unit->templates.n; i++) {
        struct cfn_template *t = b->unit->templates.at[i];
        for (size_t k = 0; k < t->resources.n; k++) {
            struct slot *s = &b->slots[b->slot_n++];
            s->resource = t->resources.at[k];
            s->family = family_of(b, s->resource->type);
            struct str key = {(const char *)&s->resource, sizeof s->resource};
            *map_at(&b->by_resource, key) = s;
            b->t->analysed += s->family ? 1 : 0;
        }
    }
}

static void declare(struct builder *b)
{
    for (int rank = 0; rank < RANKS; rank++) {
        for (size_t i = 0; i < b->slot_n; i++) {
            const struct family *f = b->slots[i].family;
            if (f && f->rank == rank && f->declare) {
                f->declare(b, &b->slots[i]);
            }
        }
    }
}

static void connect(struct builder *b)
{
    for (size_t i = 0; i < b->slot_n; i++) {
        const struct family *f = b->slots[i].family;
        if (f && f->connect) {
            f->connect(b, &b->slots[i]);
        }
    }
    for (size_t i = 0; i < b->slot_n; i++) {
        const struct family *f = b->slots[i].family;
        if (f && f->place) {
            f->place(b, &b->slots[i]);
        }
    }
}

/* VPCs that turned out to be one get one index everywhere. */
static void unite(struct builder *b)
{
    struct world *w = b->world;
    for (size_t i = 0; i < w->subnets.n; i++) {
        w->subnets.at[i].vpc = builder_vpc_root(b, w->subnets.at[i].vpc);
    }
    for (size_t i = 0; i < w->tables.n; i++) {
        w->tables.at[i].vpc = builder_vpc_root(b, w->tables.at[i].vpc);
    }
    for (size_t i = 0; i < w->groups.n; i++) {
        w->groups.at[i].vpc = builder_vpc_root(b, w->groups.at[i].vpc);
    }
    for (size_t i = 0; i < w->gateways.n; i++) {
        for (size_t k = 0; k < w->gateways.at[i].attachments.n; k++) {
            struct world_attachment *at = &w->gateways.at[i].attachments.at[k];
            at->vpc = builder_vpc_root(b, at->vpc);
            at->remote_vpc = builder_vpc_root(b, at->remote_vpc);
        }
    }
}

static void init(struct builder *b, struct cfn_unit *u)
{
    b->unit = u;
    b->arena = u->arena;
    b->space = u->space;
    b->world = world_new(u->arena, u->space);
    world_set_family(b->world, u->family);
    b->t = ARENA_NEW(u->arena, struct topology);
    b->t->unit = u;
    b->t->world = b->world;
    b->default_vpc = WORLD_NONE;
    b->default_subnet = WORLD_NONE;
    struct map *maps[] = {&b->families,    &b->by_resource,  &b->outside,
                          &b->group_names, &b->launch_names, &b->choices,
                          &b->subjects,    &b->said,         &b->subnet_groups};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        map_init(maps[i], u->arena);
    }
}

struct topology *topology_build(struct cfn_unit *u)
{
    return topology_build_assuming(u, NULL, 0);
}

struct topology *topology_build_assuming(struct cfn_unit *u, const struct topology_assumption *at,
                                         size_t n)
{
    struct builder b = {0};
    init(&b, u);
    for (size_t i = 0; i < n; i++) {
        world_assume(b.world, at[i].fact, at[i].value);
    }
    index_resources(&b);
    declare(&b);
    connect(&b);
    vpn_finish(&b);
    transit_finish(&b);
    balancer_finish(&b); /* behind those: targets may stand in VPCs that they lead to */
    carrier_finish(&b);
    middlebox_finish(&b);
    entrance_finish(&b);
    shortcut_finish(&b);
    route_finish(&b);
    subnet_finish(&b);
    acl_finish(&b);
    group_finish(&b);
    unite(&b);
    usage_collect(&b);
    families_note(&b);
    return b.t;
}

const struct topology_origin *topology_origin(const struct topology *t, uint32_t id)
{
    static const struct topology_origin NOTHING = {
        .type = "", .at = {SPAN_NO_SOURCE, 0, 0}, .block = {SPAN_NO_SOURCE, 0, 0}};
    return id < t->origins.n ? &t->origins.at[id] : &NOTHING;
}
