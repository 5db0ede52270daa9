/*
 * Reading values: members of maps, properties of resources, truth and numbers.
 */
#include "cfn/value.h"

#include "cfn/eval.h"
#include "cfn/terms.h"

/* The member of a map that CloudFormation would see; *macro is a key whose expansion may add
 * members, or NULL. */
static const struct doc_node *member(const struct doc_node *map, struct str key,
                                     const struct doc_node **macro)
{
    *macro = NULL;
    for (uint32_t i = 0; i < map->n; i++) {
        const struct doc_entry *e = &map->entries[i];
        if (str_eq(e->key->text, key)) {
            return e->value;
        }
        if (cfn_is_macro_key(e->key->text)) {
            *macro = e->key;
        }
    }
    return NULL;
}

static struct cfn_value unknown_member(const struct cfn_term *term, struct str key)
{
    const struct cfn_unknown *whole = term->unknown;
    struct cfn_unit *u = term->home->unit;
    const struct cfn_unknown *part = whole;
    if (whole->why != CFN_WHY_FAULT && whole->why != CFN_WHY_BUDGET) {
        struct str text = str_format(u->arena, "%.*s.%.*s", STR_ARG(whole->text), STR_ARG(key));
        part = cfn_unknown_of(u, whole->why, text);
    }
    return cfn_unknown_value(term->home, part, term->node, term->when);
}

static struct cfn_value member_of_map(const struct cfn_template *t, const struct doc_node *map,
                                      struct str key, struct guard when,
                                      const struct doc_node *node)
{
    const struct doc_node *macro;
    const struct doc_node *value = member(map, key, &macro);
    if (value == NULL && macro != NULL) {
        struct cfn_unit *u = t->unit;
        struct str text = str_format(u->arena, "%.*s of %.*s", STR_ARG(key), STR_ARG(macro->text));
        return cfn_unknown_value(t, cfn_unknown_named(t, CFN_WHY_MACRO, text), macro, when);
    }
    if (value == NULL) {
        return cfn_none_value(t, when, node);
    }
    return cfn_eval(t, value, when);
}

static struct cfn_value step_term(const struct cfn_term *term, struct str key)
{
    const struct cfn_template *t = term->home;
    if (term->kind == CFN_MAP) {
        return member_of_map(t, term->tree, key, term->when, term->node);
    }
    if (term->kind == CFN_UNKNOWN) {
        return unknown_member(term, key);
    }
    return cfn_none_value(t, term->when, term->node);
}

static struct cfn_value step(struct cfn_value v, struct str key)
{
    if (v.n == 1) {
        return step_term(&v.at[0], key);
    }
    if (v.n == 0) {
        return v;
    }
    struct cfn_terms out;
    cfn_terms_init(&out, v.at[0].home);
    FOREACH_TERM (term, v) {
        struct cfn_value found = step_term(term, key);
        FOREACH_TERM (part, found) {
            cfn_terms_add(&out, *part);
        }
    }
    return cfn_terms_value(&out);
}

/* Cuts the first key off a path; false at its end. */
static bool next_key(struct str *path, struct str *key)
{
    if (path->n == 0) {
        return false;
    }
    size_t slash = str_find_byte(*path, '/', 0);
    *key = str_sub(*path, 0, slash == STR_NPOS ? path->n : slash);
    *path = str_sub(*path, slash == STR_NPOS ? path->n : slash + 1, path->n);
    return true;
}

struct cfn_value cfn_get(struct cfn_value v, const char *key)
{
    struct str path = str_from(key);
    struct str head;
    while (next_key(&path, &head)) {
        v = step(v, head);
    }
    return v;
}

struct cfn_value cfn_get_term(const struct cfn_term *map, const char *key)
{
    return cfn_get((struct cfn_value){map, 1}, key);
}

struct cfn_value cfn_property(const struct cfn_resource *r, const char *key)
{
    const struct cfn_template *t = r->home;
    struct str path = str_from(key);
    struct str head;
    struct cfn_call c;
    if (!next_key(&path, &head)) {
        return cfn_eval(t, r->properties, r->when);
    }
    struct cfn_value v;
    if (r->properties == NULL) {
        v = cfn_none_value(t, r->when, NULL);
    } else if (r->properties->kind == DOC_MAP && !cfn_call_of(r->properties, &c)) {
        v = member_of_map(t, r->properties, head, r->when, r->properties);
    } else {
        v = step(cfn_eval(t, r->properties, r->when), head);
    }
    while (next_key(&path, &head)) {
        v = step(v, head);
    }
    return v;
}

struct cfn_truth cfn_truth(const struct cfn_template *t, struct cfn_value v)
{
    struct guard_space *space = t->unit->space;
    struct cfn_truth truth = {GUARD_FALSE, GUARD_FALSE, GUARD_FALSE, GUARD_FALSE};
    FOREACH_TERM (term, v) {
        struct guard *g = &truth.unknown;
        if (term->kind == CFN_NONE) {
            g = &truth.absent;
        } else if (term->kind == CFN_TEXT && str_eq_nocase(term->text, STR("true"))) {
            g = &truth.yes;
        } else if (term->kind == CFN_TEXT && str_eq_nocase(term->text, STR("false"))) {
            g = &truth.no;
        }
        *g = guard_or(space, *g, term->when);
    }
    return truth;
}

bool cfn_integer(const struct cfn_term *term, int64_t *out)
{
    return term->kind == CFN_TEXT && str_to_int(str_trim(term->text), out);
}

static void add_name(struct buf *b, const struct cfn_term *term)
{
    if (term->kind == CFN_UNKNOWN) {
        buf_add(b, term->unknown->text);
        return;
    }
    const struct cfn_template *home = term->resource->home;
    if (home->name.n > 0) {
        buf_addf(b, "%.*s/", STR_ARG(home->name));
    }
    buf_add(b, term->resource->id);
    if (term->attribute.n > 0) {
        buf_addf(b, ".%.*s", STR_ARG(term->attribute));
    }
}

/* A part inside a text: what is not text is written "${...}". */
static void add_part(struct buf *b, const struct cfn_term *part)
{
    if (part->kind == CFN_TEXT && part->parameter != NULL && part->parameter->no_echo) {
        buf_addf(b, "${%.*s}", STR_ARG(part->parameter->name));
    } else if (part->kind == CFN_TEXT) {
        buf_add(b, part->text);
    } else if (part->kind == CFN_UNKNOWN || part->kind == CFN_OBJECT) {
        buf_adds(b, "${");
        add_name(b, part);
        buf_addc(b, '}');
    }
}

struct str cfn_text_of(struct arena *a, const struct cfn_term *term)
{
    struct buf b;
    buf_init(&b);
    switch (term->kind) {
    case CFN_NONE:
        break;
    case CFN_TEXT:
        add_part(&b, term);
        break;
    case CFN_UNKNOWN:
    case CFN_OBJECT:
        add_name(&b, term);
        break;
    case CFN_JOINED:
        for (size_t i = 0; i < term->part_n; i++) {
            add_part(&b, &term->parts[i]);
        }
        break;
    case CFN_LIST:
    case CFN_MAP:
        buf_addc(&b, '[');
        for (size_t i = 0; i < term->part_n; i++) {
            if (i > 0) {
                buf_adds(&b, ", ");
            }
            add_part(&b, &term->parts[i]);
        }
        if (term->tree != NULL) {
            struct position at = source_position(term->home->doc->source, term->tree->span.begin);
            buf_addf(&b, "line %u, column %u", at.line, at.column);
        }
        buf_addc(&b, ']');
        break;
    }
    struct str text = str_copy(a, buf_str(&b));
    buf_release(&b);
    return text;
}
