/*
 * From ids back to the entries of the world, and from rules to what was written.
 */
#include "base/map.h"
#include "policy/check.h"

static void set(struct checker *c, uint32_t id, enum entry_kind kind, size_t element, size_t index)
{
    c->entries[id] = (struct entry_place){kind, (uint32_t)element, (uint32_t)index, WORLD_NONE};
}

static void index_entries(struct checker *c)
{
    const struct world *w = c->world;
    for (size_t i = 0; i < w->groups.n; i++) {
        for (size_t k = 0; k < w->groups.at[i].rules.n; k++) {
            set(c, w->groups.at[i].rules.at[k].id, ENTRY_RULE, i, k);
        }
    }
    for (size_t i = 0; i < w->acls.n; i++) {
        for (size_t k = 0; k < w->acls.at[i].entries.n; k++) {
            set(c, w->acls.at[i].entries.at[k].id, ENTRY_ACL, i, k);
        }
    }
    for (size_t i = 0; i < w->tables.n; i++) {
        for (size_t k = 0; k < w->tables.at[i].routes.n; k++) {
            set(c, w->tables.at[i].routes.at[k].id, ENTRY_ROUTE, i, k);
        }
    }
    for (size_t i = 0; i < w->gateways.n; i++) {
        for (size_t k = 0; k < w->gateways.at[i].attachments.n; k++) {
            set(c, w->gateways.at[i].attachments.at[k].id, ENTRY_ATTACHMENT, i, k);
        }
    }
}

/* What is written at one place of one group is one opening; what is written nowhere is one by
 * itself. */
struct opening_key {
    uint32_t group;
    uint32_t source; /* UINT32_MAX: nowhere */
    uint32_t begin;  /* there the rule */
    uint32_t end;
};

static struct opening_key opening_key(struct checker *c, size_t group, uint32_t rule)
{
    const struct topology_origin *o = check_origin(c, rule);
    if (o == NULL || span_is_none(o->at)) {
        return (struct opening_key){(uint32_t)group, UINT32_MAX, rule, 0};
    }
    return (struct opening_key){(uint32_t)group, o->at.source, o->at.begin, o->at.end};
}

/* Which opening a rule belongs to; a new one is added. */
static uint32_t opening_of(struct checker *c, struct map *known, size_t group, uint32_t rule)
{
    struct opening_key numbers = opening_key(c, group, rule);
    struct str key = {(const char *)&numbers, sizeof numbers};
    const uint32_t *index = map_get(known, key);
    if (index != NULL) {
        return *index;
    }
    const struct topology_origin *o = check_origin(c, rule);
    struct opening *opening = VEC_ADD(c->arena, &c->openings);
    opening->group = (uint32_t)group;
    opening->written = o != NULL && o->item != NULL;
    uint32_t *number = ARENA_NEW(c->arena, uint32_t);
    *number = (uint32_t)(c->openings.n - 1);
    *map_at(known, str_copy(c->arena, key)) = number;
    return *number;
}

static void use_openers(struct checker *c, const struct reach_opener *at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t opening = c->entries[at[i].rule].opening;
        if (opening != WORLD_NONE) {
            c->openings.at[opening].used = true;
        }
    }
}

static void index_openings(struct checker *c)
{
    const struct world *w = c->world;
    struct map known;
    map_init(&known, c->arena);
    for (size_t i = 0; i < w->groups.n; i++) {
        for (size_t k = 0; k < w->groups.at[i].rules.n; k++) {
            const struct world_rule *r = &w->groups.at[i].rules.at[k];
            if (r->egress) {
                continue;
            }
            uint32_t index = opening_of(c, &known, i, r->id);
            *VEC_ADD(c->arena, &c->openings.at[index].rules) = (uint32_t)k;
            c->entries[r->id].opening = index;
        }
    }
    for (size_t i = 0; i < c->answer->flow_n; i++) {
        const struct reach_flow *f = &c->answer->flows[i];
        use_openers(c, f->openers, f->opener_n);
        use_openers(c, f->front_openers, f->front_opener_n);
    }
}

void check_index(struct checker *c)
{
    c->entries = ARENA_ARRAY(c->arena, c->world->next_id, struct entry_place);
    for (size_t i = 0; i < c->world->next_id; i++) {
        c->entries[i].opening = WORLD_NONE;
    }
    index_entries(c);
    index_openings(c);
}

const struct world_rule *check_rule(const struct checker *c, const struct opening *o, size_t i)
{
    return &c->world->groups.at[o->group].rules.at[o->rules.at[i]];
}

const struct topology_origin *check_origin(const struct checker *c, uint32_t id)
{
    return id == WORLD_NONE ? NULL : topology_origin(c->topology, id);
}

const struct topology_origin *opening_origin(const struct checker *c, const struct opening *o)
{
    return check_origin(c, check_rule(c, o, 0)->id);
}

struct ipset opening_remote(const struct checker *c, struct arena *a, const struct world_rule *r)
{
    uint32_t opening = c->entries[r->id].opening;
    if (opening == WORLD_NONE || c->openings.at[opening].rules.n == 1) {
        return r->remote;
    }
    const struct opening *o = &c->openings.at[opening];
    struct ipset *sets = ARENA_ARRAY(a, o->rules.n, struct ipset);
    size_t n = 0;
    for (size_t i = 0; i < o->rules.n; i++) {
        const struct world_rule *x = check_rule(c, o, i);
        if (guard_same(x->when, r->when) && x->remote.family == r->remote.family &&
            x->protocol == r->protocol && x->ports.begin == r->ports.begin &&
            x->ports.end == r->ports.end) {
            sets[n++] = x->remote;
        }
    }
    return n == 1 ? r->remote : ipset_union_all(a, r->remote.family, sets, n);
}

bool opening_is_unknown(const struct checker *c, uint32_t opening)
{
    if (opening == WORLD_NONE || c->openings.at[opening].written) {
        return false;
    }
    return c->topology->groups.at[c->openings.at[opening].group].outside;
}
