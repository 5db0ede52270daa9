/*
 * Fn::FindInMap. A key with several outcomes gives one alternative for each key of the map that
 * it may be; a key that is not known enumerates the keys under a variable of its own, so that
 * the same expression finds the same row everywhere (SEMANTICS 4.4).
 */
#include "cfn/find_in_map.h"

#include "base/limits.h"
#include "base/suggest.h"
#include "cfn/compare.h"
#include "cfn/terms.h"

struct lookup {
    const struct cfn_scope *s;
    const struct cfn_call *c;
    const struct cfn_mapping *mapping;
    const struct cfn_term *name; /* where the name of the map is not known */
    struct cfn_terms *out;       /* NULL: only what is missing is asked for */
    struct guard missing;
    bool missing_named; /* some missing key is a text */
    const struct cfn_term *missing_key;
    const struct doc_node *missing_in;
};

/* One row that a key may choose: its value, or NULL for no row. */
struct choice {
    struct guard when;
    const struct doc_node *value;
};

struct choices {
    struct choice *at;
    size_t n;
};

static struct choices one_choice(struct arena *a, struct guard when, const struct doc_node *value)
{
    struct choice *c = ARENA_NEW(a, struct choice);
    *c = (struct choice){when, value};
    return (struct choices){c, 1};
}

/* A variable with an outcome for each key of the map that the unknown key may be. */
static struct choices enumerate(const struct lookup *l, const struct cfn_term *key,
                                const struct doc_node *map)
{
    struct cfn_unit *u = l->s->t->unit;
    struct choice *out = ARENA_ARRAY(u->arena, (size_t)map->n + 1, struct choice);
    struct str *labels = ARENA_ARRAY(u->arena, (size_t)map->n + 1, struct str);
    size_t n = 0;
    for (uint32_t i = 0; i < map->n && n + 2 < LIMIT_OUTCOMES; i++) {
        struct cfn_term text = cfn_text_term(l->s->t, GUARD_TRUE, NULL, map->entries[i].key->text);
        if (cfn_compare_keys(key, &text) != CFN_DIFFERENT) {
            out[n].value = map->entries[i].value;
            labels[n++] = text.text;
        }
    }
    if (n == 0) {
        return one_choice(u->arena, key->when, NULL);
    }
    labels[n++] = STR("(any other value)");
    struct str name = cfn_text_of(u->arena, key);
    struct str id = str_format(u->arena, "key %.*s of line %u", STR_ARG(name),
                               source_position(l->s->t->doc->source, map->span.begin).line);
    uint32_t var = cfn_choice(u, id,
                              (struct guard_variable){.name = name,
                                                      .labels = labels,
                                                      .outcomes = (uint32_t)n,
                                                      .standard = GUARD_NO_OUTCOME,
                                                      .doubt = GUARD_HIGH,
                                                      .rank = CFN_RANK_CONDITION});
    for (size_t i = 0; i < n; i++) {
        out[i].when = guard_and(u->space, key->when, guard_is(u->space, var, (uint32_t)i));
    }
    return (struct choices){out, n};
}

static struct choices choose(const struct lookup *l, const struct cfn_term *key,
                             const struct doc_node *map)
{
    if (key->kind == CFN_TEXT) {
        return one_choice(l->s->t->unit->arena, key->when, doc_get_str(map, key->text));
    }
    if (key->kind == CFN_UNKNOWN || key->kind == CFN_JOINED) {
        return enumerate(l, key, map);
    }
    CFN_FAULT(l->s->t, DIAG_ARGUMENT, l->c->node, "A key of 'Fn::FindInMap' is not a text.");
    return one_choice(l->s->t->unit->arena, key->when, NULL);
}

static void miss(struct lookup *l, const struct cfn_term *key, const struct doc_node *map,
                 struct guard when)
{
    l->missing = guard_or(l->s->t->unit->space, l->missing, when);
    /* Worth a word only where the template itself writes the value: a literal, a Default, one
     * of AllowedValues. That a map leaves out a region is no mistake. */
    if (key->kind == CFN_TEXT && key->literal != NULL) {
        l->missing_named = true;
        l->missing_key = key;
        l->missing_in = map;
    }
}

static void found(struct lookup *l, const struct doc_node *value, struct guard when)
{
    if (l->out != NULL) {
        struct cfn_value v = cfn_eval_in(l->s, value, when);
        cfn_terms_add_under(l->out, cfn_restrict(l->s->t, v, when, l->c->node), when);
    }
}

static void look_second(struct lookup *l, const struct doc_node *row, struct cfn_value seconds,
                        struct guard when)
{
    struct guard_space *space = l->s->t->unit->space;
    FOREACH_TERM (key, seconds) {
        if (guard_disjoint(space, key->when, when)) {
            continue;
        }
        struct choices choices = choose(l, key, row);
        for (size_t i = 0; i < choices.n; i++) {
            struct guard both = guard_and(space, choices.at[i].when, when);
            if (guard_is_false(both)) {
                continue;
            }
            if (choices.at[i].value == NULL) {
                miss(l, key, row, both);
            } else {
                found(l, choices.at[i].value, both);
            }
        }
    }
}

static void look(struct lookup *l, struct cfn_value firsts, struct cfn_value seconds,
                 struct guard when)
{
    struct guard_space *space = l->s->t->unit->space;
    FOREACH_TERM (key, firsts) {
        struct choices choices = choose(l, key, l->mapping->node);
        for (size_t i = 0; i < choices.n; i++) {
            struct guard both = guard_and(space, choices.at[i].when, when);
            const struct doc_node *row = choices.at[i].value;
            if (guard_is_false(both)) {
                continue;
            }
            if (row == NULL || row->kind != DOC_MAP) {
                miss(l, key, l->mapping->node, both);
            } else {
                look_second(l, row, seconds, both);
            }
        }
    }
}

static void unknown_map(struct lookup *l, const struct cfn_term *name)
{
    if (l->out == NULL) {
        return;
    }
    struct arena *a = l->s->t->unit->arena;
    struct position at = source_position(l->s->t->doc->source, doc_full_span(l->c->node).begin);
    struct str text = str_format(a, "FindInMap at line %u, column %u", at.line, at.column);
    enum cfn_why why = l->s->t->has_macro ? CFN_WHY_MACRO : CFN_WHY_COMPUTED;
    cfn_terms_add(l->out, cfn_unknown_term(l->s->t, name->when, l->c->node,
                                           cfn_unknown_named(l->s->t, why, text)));
}

static void undefined_map(struct lookup *l, const struct cfn_term *name)
{
    const struct cfn_template *t = l->s->t;
    if (t->has_macro) {
        unknown_map(l, name);
        return;
    }
    struct str *names = ARENA_ARRAY(t->unit->arena, t->mapping_by_name.n, struct str);
    for (size_t i = 0; i < t->mapping_by_name.n; i++) {
        names[i] = t->mapping_by_name.entries[i].key;
    }
    struct str near = suggest(name->text, names, t->mapping_by_name.n);
    CFN_FAULT(t, DIAG_UNDEFINED, l->c->node, "There is no mapping '%.*s'%s%.*s%s",
              STR_ARG(name->text), near.n ? "; did you mean '" : "", STR_ARG(near),
              near.n ? "'?" : ".");
    if (l->out != NULL) {
        cfn_terms_add_under(l->out, cfn_faulty(t, l->c->node, name->when), name->when);
    }
}

static void look_everywhere(struct lookup *l, struct guard when)
{
    struct cfn_scope keys = *l->s;
    keys.as_key = true;
    struct cfn_value names = cfn_eval_in(&keys, cfn_arg(l->c, 0), when);
    struct cfn_value firsts = cfn_eval_in(&keys, cfn_arg(l->c, 1), when);
    struct cfn_value seconds = cfn_eval_in(&keys, cfn_arg(l->c, 2), when);
    FOREACH_TERM (name, names) {
        l->mapping = name->kind == CFN_TEXT ? map_get(&l->s->t->mapping_by_name, name->text) : NULL;
        if (l->mapping != NULL) {
            look(l, firsts, seconds, name->when);
        } else if (name->kind == CFN_TEXT) {
            undefined_map(l, name);
        } else {
            unknown_map(l, name);
        }
    }
}

/* The fourth argument's DefaultValue, or NULL. */
static const struct doc_node *default_of(const struct cfn_scope *s, const struct cfn_call *c)
{
    const struct doc_node *options = cfn_arg(c, 3);
    const struct doc_node *value = doc_get(options, "DefaultValue");
    if (options != NULL && value == NULL) {
        CFN_FAULT(s->t, DIAG_ARGUMENT, options,
                  "The fourth argument of 'Fn::FindInMap' is a map with 'DefaultValue'.");
    }
    return value;
}

static void report_missing(struct lookup *l, struct guard when)
{
    if (!l->missing_named || !guard_same(l->missing, when) || l->s->t->has_macro) {
        return;
    }
    const struct doc_node *map = l->missing_in;
    struct arena *a = l->s->t->unit->arena;
    struct str *names = ARENA_ARRAY(a, map->n, struct str);
    uint32_t n = map->kind == DOC_MAP ? map->n : 0;
    for (uint32_t i = 0; i < n; i++) {
        names[i] = map->entries[i].key->text;
    }
    struct str key = cfn_text_of(a, l->missing_key);
    struct str near = suggest(key, names, n);
    CFN_FAULT(l->s->t, DIAG_UNDEFINED, l->c->node, "Mapping '%.*s' has no key '%.*s'%s%.*s%s",
              STR_ARG(l->mapping->name), STR_ARG(key), near.n ? "; did you mean '" : "",
              STR_ARG(near), near.n ? "'?" : ".");
}

struct cfn_value cfn_fn_find_in_map(const struct cfn_scope *s, const struct cfn_call *c,
                                    struct guard when)
{
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    struct lookup l = {.s = s, .c = c, .out = &out, .missing = GUARD_FALSE};
    look_everywhere(&l, when);
    if (guard_is_false(l.missing)) {
        return cfn_terms_value(&out);
    }
    const struct doc_node *fallback = default_of(s, c);
    if (fallback != NULL) {
        struct cfn_value v = cfn_eval_in(s, fallback, l.missing);
        FOREACH_TERM (term, v) {
            cfn_terms_add(&out, *term);
        }
    } else {
        report_missing(&l, when);
        cfn_terms_add_under(&out, cfn_faulty(s->t, c->node, l.missing), l.missing);
    }
    return cfn_terms_value(&out);
}

struct guard cfn_missing_keys(const struct cfn_scope *s, const struct cfn_call *c,
                              struct guard when, bool *is_named)
{
    *is_named = false;
    if (default_of(s, c) != NULL) {
        return GUARD_FALSE;
    }
    struct lookup l = {.s = s, .c = c, .missing = GUARD_FALSE};
    look_everywhere(&l, when);
    report_missing(&l, when);
    *is_named = l.missing_named;
    return l.missing;
}
