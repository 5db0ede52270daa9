/*
 * Fn::FindInMap. A key with several outcomes gives one alternative for each key of the map that
 * it may be; a key that is not known enumerates the keys under a variable of its own, so that
 * the same expression finds the same row everywhere (SEMANTICS 4.4).
 */
#include "cfn/find_in_map.h"

#include "base/limits.h"
#include "cfn/compare.h"
#include "cfn/dynamic.h"
#include "cfn/terms.h"

/* A key that is not there, of those that the template itself writes. */
struct miss {
    struct guard when;
    struct str key;
    const struct doc_node *map;
};

/* A lookup and its result. Every lookup of a template is checked for keys that are missing, but
 * only the few that the network rests on are asked for what they find, which costs more: what is
 * found waits until it is asked for. */
struct lookup {
    const struct cfn_scope *s;
    const struct cfn_call *c;
    struct cfn_value names, firsts, seconds; /* the arguments */
    const struct cfn_mapping *mapping;
    struct cfn_terms out; /* what was found; once has_values */
    struct guard missing; /* where nothing was */
    VEC(struct miss) misses;
    bool has_misses; /* missing and misses are complete */
    bool has_values;
    bool wants_values; /* of the walk that is under way */
    bool needs_values; /* what it found has more to say than its text */
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
static struct choices enumerate(struct lookup *l, const struct cfn_term *key,
                                const struct doc_node *map)
{
    struct cfn_unit *u = l->s->t->unit;
    if (map->n > LIMIT_ALTERNATIVES && !l->wants_values) {
        l->needs_values = true;
        return (struct choices){0};
    }
    if (map->n > LIMIT_ALTERNATIVES) {
        struct cfn_value v = cfn_over_budget(l->s->t, l->c->node, key->when, "alternatives");
        cfn_terms_add_under(&l->out, v, key->when);
        return (struct choices){0};
    }
    struct choice *out = ARENA_ARRAY(u->arena, (size_t)map->n + 1, struct choice);
    struct str *labels = ARENA_ARRAY(u->arena, (size_t)map->n + 1, struct str);
    size_t n = 0;
    for (uint32_t i = 0; i < map->n; i++) {
        struct cfn_term text = cfn_text_term(l->s->t, GUARD_TRUE, NULL, map->entries[i].key->text);
        if (cfn_compare_keys(key, &text) != CFN_DIFFERENT) {
            out[n].value = map->entries[i].value;
            labels[n++] = text.text;
        }
    }
    if (n == 0) {
        return one_choice(u->arena, key->when, NULL);
    }
    labels[n++] = STR(CFN_ANY_OTHER);
    struct str name = cfn_text_of(u->arena, key);
    struct str id =
        str_format(u->arena, "key %.*s of %u:%u", STR_ARG(name), map->span.source, map->span.begin);
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

static struct choices choose(struct lookup *l, const struct cfn_term *key,
                             const struct doc_node *map)
{
    if (key->kind == CFN_TEXT) {
        return one_choice(l->s->t->unit->arena, key->when, doc_get_str(map, key->text));
    }
    if (key->kind == CFN_UNKNOWN || key->kind == CFN_JOINED) {
        return enumerate(l, key, map);
    }
    if (!l->has_misses) {
        CFN_FAULT(l->s->t, DIAG_ARGUMENT, l->c->node, "A key of 'Fn::FindInMap' is not a text.");
    }
    return one_choice(l->s->t->unit->arena, key->when, NULL);
}

static void miss(struct lookup *l, const struct cfn_term *key, const struct doc_node *map,
                 struct guard when)
{
    if (l->has_misses) {
        return;
    }
    l->missing = guard_or(l->s->t->unit->space, l->missing, when);
    /* Worth a word only where the template itself writes the value: a literal, a Default, one
     * of AllowedValues. That a map leaves out a region is no mistake. */
    if (key->kind == CFN_TEXT && key->literal != NULL) {
        struct arena *a = l->s->t->unit->arena;
        *VEC_ADD(a, &l->misses) = (struct miss){when, cfn_text_of(a, key), map};
    }
}

/* A literal: evaluating it cannot fail, and makes nothing but itself. */
static bool is_plain(const struct doc_node *value)
{
    struct cfn_call c;
    return value->tag.n == 0 &&
           (value->kind == DOC_SCALAR ? !cfn_has_dynamic(value->text) : !cfn_call_of(value, &c));
}

static void found(struct lookup *l, const struct doc_node *value, struct guard when)
{
    if (!l->wants_values) {
        l->needs_values |= !is_plain(value);
        return;
    }
    struct cfn_value v = cfn_eval_in(l->s, value, when);
    cfn_terms_add_under(&l->out, cfn_restrict(l->s->t, v, when, l->c->node), when);
}

/* Whatever the guards are: the key is there, and what it finds need not be known. */
static bool is_there(const struct lookup *l, const struct cfn_term *key, const struct doc_node *row)
{
    const struct doc_node *value =
        !l->wants_values && key->kind == CFN_TEXT ? doc_get_str(row, key->text) : NULL;
    return value != NULL && is_plain(value);
}

static void look_second(struct lookup *l, const struct doc_node *row, struct guard when)
{
    struct guard_space *space = l->s->t->unit->space;
    FOREACH_TERM (key, l->seconds) {
        if (is_there(l, key, row) || guard_disjoint(space, key->when, when)) {
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

static bool all_are_there(const struct lookup *l, const struct doc_node *row)
{
    FOREACH_TERM (key, l->seconds) {
        if (!is_there(l, key, row)) {
            return false;
        }
    }
    return true;
}

static void look(struct lookup *l, struct guard when)
{
    struct guard_space *space = l->s->t->unit->space;
    FOREACH_TERM (key, l->firsts) {
        struct choices choices = choose(l, key, l->mapping->node);
        for (size_t i = 0; i < choices.n; i++) {
            const struct doc_node *row = choices.at[i].value;
            bool is_row = row != NULL && row->kind == DOC_MAP;
            if (is_row && all_are_there(l, row)) {
                continue;
            }
            struct guard both = guard_and(space, choices.at[i].when, when);
            if (guard_is_false(both)) {
                continue;
            }
            if (is_row) {
                look_second(l, row, both);
            } else {
                miss(l, key, l->mapping->node, both);
            }
        }
    }
}

static void unknown_map(struct lookup *l, const struct cfn_term *name)
{
    struct arena *a = l->s->t->unit->arena;
    struct position at = source_position(l->s->t->doc->source, doc_full_span(l->c->node).begin);
    struct str text = str_format(a, "FindInMap at line %u, column %u", at.line, at.column);
    enum cfn_why why = l->s->t->has_macro ? CFN_WHY_MACRO : CFN_WHY_COMPUTED;
    cfn_terms_add(&l->out, cfn_unknown_term(l->s->t, name->when, l->c->node,
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
    struct str near = cfn_nearest(t, name->text, names, t->mapping_by_name.n);
    CFN_FAULT(t, DIAG_UNDEFINED, l->c->node, "There is no mapping '%.*s'%s%.*s%s",
              STR_ARG(name->text), near.n ? "; did you mean '" : "", STR_ARG(near),
              near.n ? "'?" : ".");
    cfn_terms_add_under(&l->out, cfn_faulty(t, l->c->node, name->when), name->when);
}

static void look_everywhere(struct lookup *l)
{
    FOREACH_TERM (name, l->names) {
        l->mapping = name->kind == CFN_TEXT ? map_get(&l->s->t->mapping_by_name, name->text) : NULL;
        if (l->mapping != NULL) {
            look(l, name->when);
        } else if (!l->wants_values) {
            l->needs_values = true;
        } else if (name->kind == CFN_TEXT) {
            undefined_map(l, name);
        } else {
            unknown_map(l, name);
        }
    }
}

/* Looks for what is missing if that is not known yet, and for values if they are wanted. */
static void look_for(struct lookup *l, const struct cfn_scope *s, const struct cfn_call *c,
                     bool values)
{
    l->s = s;
    l->c = c;
    for (;;) {
        l->wants_values = values && !l->has_values;
        if (l->has_misses && !l->wants_values) {
            break;
        }
        look_everywhere(l);
        l->has_misses = true;
        l->has_values |= l->wants_values;
        values |= l->needs_values;
    }
    l->s = NULL; /* they belong to this call alone */
    l->c = NULL;
}

static void evaluate_arguments(struct lookup *l, const struct cfn_scope *s,
                               const struct cfn_call *c, struct guard when)
{
    struct cfn_scope keys = *s;
    keys.as_key = true;
    l->names = cfn_eval_in(&keys, cfn_arg(c, 0), when);
    l->firsts = cfn_eval_in(&keys, cfn_arg(c, 1), when);
    l->seconds = cfn_eval_in(&keys, cfn_arg(c, 2), when);
}

/* An argument as a part of a lookup's identity: a literal, or the Ref of something; false for
 * anything else. */
static bool add_identity(const struct doc_node *arg, struct buf *b)
{
    struct cfn_call c;
    if (arg->kind == DOC_SCALAR && arg->tag.n == 0) {
        buf_addf(b, " =%.*s", STR_ARG(arg->text));
        return true;
    }
    if (cfn_call_of(arg, &c) && c.fn != NULL && c.fn->form == CFN_FORM_REF &&
        c.args->kind == DOC_SCALAR) {
        buf_addf(b, " $%.*s", STR_ARG(c.args->text));
        return true;
    }
    return false;
}

/* Templates write the same lookup (a map by region, say) many times: those with simple arguments
 * are looked up once, under TRUE. *is_shared: so it was. */
static const struct lookup *lookup_of(const struct cfn_scope *s, const struct cfn_call *c,
                                      struct guard when, bool values, bool *is_shared)
{
    struct cfn_unit *u = s->t->unit;
    void **cell = NULL;
    struct buf id;
    buf_init(&id);
    buf_addf(&id, "%u", s->t->index);
    const struct doc_node *name = cfn_arg(c, 0);
    *is_shared = name->kind == DOC_SCALAR && map_get(&s->t->mapping_by_name, name->text) != NULL &&
                 add_identity(name, &id) && add_identity(cfn_arg(c, 1), &id) &&
                 add_identity(cfn_arg(c, 2), &id);
    if (*is_shared) {
        struct lookup *kept = map_get(&u->lookups, buf_str(&id));
        if (kept == NULL) {
            cell = map_at(&u->lookups, str_copy(u->arena, buf_str(&id)));
        } else {
            buf_release(&id);
            look_for(kept, s, c, values);
            return kept;
        }
    }
    buf_release(&id);
    struct lookup *l = ARENA_NEW(u->arena, struct lookup);
    *l = (struct lookup){.missing = GUARD_FALSE};
    cfn_terms_init(&l->out, s->t);
    if (cell != NULL) {
        *cell = l; /* no lookup that is kept begins another one: its arguments are simple */
    }
    evaluate_arguments(l, s, c, *is_shared ? GUARD_TRUE : when);
    look_for(l, s, c, values);
    return l;
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

/* The first of the misses that can happen within `when`, or NULL. */
static const struct miss *miss_within(const struct cfn_template *t, const struct lookup *l,
                                      struct guard when)
{
    for (size_t i = 0; i < l->misses.n; i++) {
        if (!guard_disjoint(t->unit->space, l->misses.at[i].when, when)) {
            return &l->misses.at[i];
        }
    }
    return NULL;
}

/* A lookup that always fails is an error. */
static void report_missing(const struct cfn_template *t, const struct cfn_call *c,
                           const struct lookup *l, struct guard missing, struct guard when)
{
    const struct miss *m = guard_same(missing, when) ? miss_within(t, l, when) : NULL;
    if (m == NULL) {
        return;
    }
    struct str *names = ARENA_ARRAY(t->unit->arena, m->map->n, struct str);
    uint32_t n = m->map->kind == DOC_MAP ? m->map->n : 0;
    for (uint32_t i = 0; i < n; i++) {
        names[i] = m->map->entries[i].key->text;
    }
    struct str near = cfn_nearest(t, m->key, names, n);
    CFN_FAULT(t, DIAG_UNDEFINED, c->node, "Mapping '%.*s' has no key '%.*s'%s%.*s%s",
              STR_ARG(l->mapping->name), STR_ARG(m->key), near.n ? "; did you mean '" : "",
              STR_ARG(near), near.n ? "'?" : ".");
}

/* Where nothing is found there is nothing; a macro may have added the key, though. */
static struct cfn_value not_there(const struct cfn_template *t, const struct cfn_call *c,
                                  struct guard missing)
{
    if (!t->has_macro) {
        return cfn_faulty(t, c->node, missing);
    }
    struct position at = source_position(t->doc->source, doc_full_span(c->node).begin);
    struct str text =
        str_format(t->unit->arena, "FindInMap at line %u, column %u", at.line, at.column);
    return cfn_unknown_value(t, cfn_unknown_named(t, CFN_WHY_MACRO, text), c->node, missing);
}

struct cfn_value cfn_fn_find_in_map(const struct cfn_scope *s, const struct cfn_call *c,
                                    struct guard when)
{
    bool is_shared;
    const struct lookup *l = lookup_of(s, c, when, true, &is_shared);
    struct guard missing = guard_and(s->t->unit->space, l->missing, when);
    struct cfn_value found_value = cfn_terms_value(&l->out);
    if (is_shared) {
        found_value = cfn_restrict(s->t, found_value, when, c->node);
    }
    if (guard_is_false(missing)) {
        return found_value;
    }
    const struct doc_node *fallback = default_of(s, c);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    cfn_terms_add_under(&out, found_value, when);
    if (fallback != NULL) {
        cfn_terms_add_under(&out, cfn_eval_in(s, fallback, missing), missing);
    } else {
        if (!s->t->has_macro) {
            report_missing(s->t, c, l, missing, when);
        }
        cfn_terms_add_under(&out, not_there(s->t, c, missing), missing);
    }
    return cfn_terms_value(&out);
}

struct guard cfn_missing_keys(const struct cfn_scope *s, const struct cfn_call *c,
                              struct guard when, bool *is_named)
{
    *is_named = false;
    if (default_of(s, c) != NULL || s->t->has_macro) {
        return GUARD_FALSE;
    }
    bool is_shared;
    const struct lookup *l = lookup_of(s, c, when, false, &is_shared);
    struct guard missing = guard_and(s->t->unit->space, l->missing, when);
    report_missing(s->t, c, l, missing, when);
    *is_named = miss_within(s->t, l, when) != NULL;
    return missing;
}
