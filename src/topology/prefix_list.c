/*
 * A list of the templates is kept with its slot: its entries as blocks, and the same grouped by
 * guard and family as sets, so that a rule that refers to a thousand entries is one rule.
 */
#include "topology/prefix_list.h"

#include "topology/resolve.h"

struct group {
    struct guard when;
    enum net_family family;
    bool free_text;
    const struct block *widest;
    VEC(struct prefix) prefixes;
};

struct prefix_list {
    struct blocks blocks;
    struct address_sets sets; /* `term` is the widest entry's */
};

static enum net_family family_of(const struct cfn_resource *r)
{
    struct cfn_value v = cfn_property(r, "AddressFamily");
    bool six = v.n > 0 && v.at[0].kind == CFN_TEXT && str_eq_nocase(v.at[0].text, STR("IPv6"));
    return six ? NET_V6 : NET_V4;
}

static struct blocks read_entries(struct builder *b, const struct cfn_resource *r)
{
    struct blocks out = {0};
    enum net_family family = family_of(r);
    struct cfn_value entries = cfn_items(cfn_property(r, "Entries"));
    FOREACH_TERM (entry, entries) {
        struct blocks more = block_read(b, r, cfn_get_term(entry, "Cidr"), family);
        for (size_t i = 0; i < more.n; i++) {
            *VEC_ADD(b->arena, &out) = more.at[i];
        }
    }
    return out;
}

static struct address_sets group_entries(struct builder *b, const struct blocks *blocks)
{
    struct map known; /* guard, family, free_text -> struct group */
    map_init(&known, b->arena);
    for (size_t i = 0; i < blocks->n; i++) {
        const struct block *block = &blocks->at[i];
        struct str key = str_format(b->arena, "%u %d %d", (unsigned)block->when.node,
                                    (int)block->prefix.family, (int)block->free_text);
        struct group *g = map_get(&known, key);
        if (!g) {
            g = ARENA_NEW(b->arena, struct group);
            g->when = block->when;
            g->family = block->prefix.family;
            g->free_text = block->free_text;
            g->widest = block;
            *map_at(&known, key) = g;
        }
        if (block->prefix.length < g->widest->prefix.length) {
            g->widest = block;
        }
        *VEC_ADD(b->arena, &g->prefixes) = block->prefix;
    }
    struct address_sets sets = {0};
    for (size_t i = 0; i < known.n; i++) {
        const struct group *g = known.entries[i].value;
        *VEC_ADD(b->arena, &sets) = (struct address_set){
            .when = g->when,
            .addresses = ipset_of_prefixes(b->arena, g->family, g->prefixes.at, g->prefixes.n),
            .term = g->widest->term,
            .free_text = g->free_text,
        };
    }
    return sets;
}

static const struct prefix_list *read_list(struct builder *b, struct slot *s)
{
    if (!s->list) {
        struct prefix_list *list = ARENA_NEW(b->arena, struct prefix_list);
        list->blocks = read_entries(b, s->resource);
        list->sets = group_entries(b, &list->blocks);
        s->list = list;
    }
    return s->list;
}

/* A list outside the templates: every address, under A-PL. */
static const struct prefix_list *unknown_list(struct builder *b, const struct cfn_term *term)
{
    struct str text = cfn_text_of(b->arena, term);
    builder_unknown(b, "prefix list", term, text, "its entries are open (A-PL)");
    struct guard when = builder_fact(b, FACT_PL, text);
    struct prefix_list *list = ARENA_NEW(b->arena, struct prefix_list);
    for (enum net_family f = NET_V4; f <= NET_V6; f++) {
        *VEC_ADD(b->arena, &list->blocks) = (struct block){.when = when, .prefix = {.family = f}};
        *VEC_ADD(b->arena, &list->sets) =
            (struct address_set){.when = when, .addresses = ipset_all(f)};
    }
    return list;
}

/* The list that a term refers to; NULL: it is no reference. */
static const struct prefix_list *list_of(struct builder *b, const struct cfn_term *term)
{
    if (term->kind == CFN_NONE || term->kind == CFN_LIST || term->kind == CFN_MAP) {
        return NULL;
    }
    struct slot *s = resolve_slot(b, term, SLOT_LIST);
    return s ? read_list(b, s) : unknown_list(b, term);
}

/* The reference, with the entry as the literal behind it if that is known. */
static const struct cfn_term *seen_from(struct builder *b, const struct cfn_term *use,
                                        const struct cfn_term *entry)
{
    if (!entry) {
        return use;
    }
    struct cfn_term *term = ARENA_NEW(b->arena, struct cfn_term);
    *term = *use;
    term->literal = entry->literal ? entry->literal : entry->node;
    term->parameter = entry->parameter;
    return term;
}

struct address_sets prefix_list_sets(struct builder *b, struct cfn_value v)
{
    struct address_sets out = {0};
    FOREACH_TERM (term, v) {
        const struct prefix_list *list = list_of(b, term);
        for (size_t i = 0; list && i < list->sets.n; i++) {
            struct address_set set = list->sets.at[i];
            set.when = both(b, set.when, term->when);
            set.term = seen_from(b, term, set.term);
            if (!guard_is_false(set.when)) {
                *VEC_ADD(b->arena, &out) = set;
            }
        }
    }
    return out;
}

struct blocks prefix_list_blocks(struct builder *b, struct cfn_value v)
{
    struct blocks out = {0};
    FOREACH_TERM (term, v) {
        const struct prefix_list *list = list_of(b, term);
        for (size_t i = 0; list && i < list->blocks.n; i++) {
            struct block block = list->blocks.at[i];
            block.when = both(b, block.when, term->when);
            block.term = term;
            if (!guard_is_false(block.when)) {
                *VEC_ADD(b->arena, &out) = block;
            }
        }
    }
    return out;
}
