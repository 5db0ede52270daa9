/*
 * Copying a tree for one item of a loop. Identifiers are replaced in keys and texts; `!Ref X` of
 * an identifier becomes its item; and names that are written as an expression in Ref, Fn::GetAtt
 * and Condition, which the transform allows too, become plain names.
 */
#include "base/limits.h"
#include "cfn/loops.h"

bool loop_is_key(struct str key)
{
    return str_starts(key, STR("Fn::ForEach::")) || str_is(key, "Fn::ForEach");
}

static const struct doc_node *child_of(const struct doc_node *node, uint32_t i)
{
    return node->kind == DOC_SEQ ? node->items[i] : node->entries[i].value;
}

/* {"Ref": {"Fn::Sub": ...}}, !GetAtt [!Sub ..., Arn]: is the argument a name by expression? */
static bool is_computed(const struct doc_node *name)
{
    return name->kind == DOC_MAP || name->tag.n > 0;
}

static bool has_computed_name(const struct doc_node *node)
{
    struct cfn_call c;
    if (node->kind == DOC_SCALAR || !cfn_call_of(node, &c) || c.fn == NULL) {
        return false;
    }
    if (c.fn->form == CFN_FORM_REF) {
        return c.tagged || is_computed(c.args);
    }
    return c.fn->form == CFN_FORM_GETATT && c.args->kind == DOC_SEQ && c.args->n > 0 &&
           is_computed(c.args->items[0]);
}

static bool is_computed_condition(const struct doc_node *owner, const struct doc_entry *e)
{
    return str_is(e->key->text, "Condition") && is_computed(e->value) &&
           (doc_get(owner, "Type") != NULL || doc_get(owner, "Value") != NULL);
}

bool loop_is_needed(const struct doc_node *node, uint32_t depth)
{
    if (node->kind == DOC_SCALAR || depth > LIMIT_DEPTH) {
        return false;
    }
    if (has_computed_name(node)) {
        return true;
    }
    for (uint32_t i = 0; i < node->n; i++) {
        bool is_loop = node->kind == DOC_MAP && (loop_is_key(node->entries[i].key->text) ||
                                                 is_computed_condition(node, &node->entries[i]));
        if (is_loop || loop_is_needed(child_of(node, i), depth + 1)) {
            return true;
        }
    }
    return false;
}

struct doc_node *loop_copy_node(struct loop_work *w, const struct doc_node *node)
{
    struct doc_node *copy = ARENA_NEW(w->t->unit->arena, struct doc_node);
    *copy = *node;
    copy->is_alias = false;
    struct doc_rare *rare = doc_own_rare(w->t->unit->arena, copy);
    rare->target = doc_copies(node) > 0 ? doc_target(node) : node;
    rare->copies = w->copies;
    w->spent++;
    return copy;
}

static struct doc_node *place(struct doc_node *copy, const struct doc_node *parent, uint32_t index)
{
    copy->parent = parent;
    copy->index = index;
    return copy;
}

static struct doc_node *scalar(struct loop_work *w, const struct doc_node *node, struct str text,
                               struct str tag)
{
    struct doc_node *copy = loop_copy_node(w, node);
    copy->kind = DOC_SCALAR;
    copy->type = DOC_STRING;
    copy->style = node->kind == DOC_SCALAR ? node->style : DOC_PLAIN;
    copy->n = 0;
    copy->entries = NULL;
    copy->text = text;
    copy->tag = tag;
    return copy;
}

static struct doc_node *copy_scalar(struct loop_work *w, const struct doc_node *node)
{
    struct str text = loop_substitute(w, node->text);
    if (str_eq(text, node->text)) {
        return loop_copy_node(w, node);
    }
    return scalar(w, node, text, node->tag);
}

/* The name that an expression gives; false if it is not known or AWS::NoValue. */
static bool name_of(struct loop_work *w, const struct doc_node *node, struct str *out)
{
    bool is_none;
    const struct loop_need *before = w->needs;
    bool is_known = loop_text_of(w, node, out, &is_none) && !is_none;
    if (is_known) {
        loop_say_needs(w, before, node, STR("This name"));
    }
    w->needs = before;
    return is_known;
}

static struct doc_node *copy_name(struct loop_work *w, const struct doc_node *node, uint32_t depth)
{
    struct str text;
    if (is_computed(node) && name_of(w, node, &text)) {
        return scalar(w, node, text, (struct str){0});
    }
    return loop_copy(w, node, depth);
}

/* `!Ref {"Fn::Sub": ...}`: the tag belongs to the outer call, the map is the inner one. */
static struct doc_node *copy_tagged_ref(struct loop_work *w, const struct doc_node *node)
{
    struct doc_node inner = *node;
    struct str text;
    inner.tag = (struct str){0};
    return name_of(w, &inner, &text) ? scalar(w, node, text, node->tag) : NULL;
}

static struct doc_node *copy_list(struct loop_work *w, const struct doc_node *node, uint32_t depth)
{
    struct cfn_call c;
    struct doc_node *copy = loop_copy_node(w, node);
    const struct doc_node **items =
        ARENA_ARRAY(w->t->unit->arena, node->n, const struct doc_node *);
    bool is_getatt = str_is(node->tag, "!GetAtt") ||
                     (node->parent != NULL && cfn_call_of(node->parent, &c) && c.args == node &&
                      c.fn != NULL && c.fn->form == CFN_FORM_GETATT);
    for (uint32_t i = 0; i < node->n; i++) {
        struct doc_node *item = is_getatt ? copy_name(w, node->items[i], depth + 1)
                                          : loop_copy(w, node->items[i], depth + 1);
        items[i] = place(item, copy, i);
    }
    copy->items = items;
    return copy;
}

static struct doc_node *copy_value(struct loop_work *w, const struct doc_node *map,
                                   const struct doc_entry *e, uint32_t depth)
{
    bool is_name = (map->n == 1 && str_is(e->key->text, "Ref")) || is_computed_condition(map, e);
    return is_name ? copy_name(w, e->value, depth) : loop_copy(w, e->value, depth);
}

/* `Condition: !FindInMap [..., DefaultValue: !Ref AWS::NoValue]`: no condition at all. */
static bool is_left_out(struct loop_work *w, const struct doc_node *map, const struct doc_entry *e)
{
    struct str text;
    bool is_none = false;
    const struct loop_need *needs = w->needs;
    bool is_known = is_computed_condition(map, e) && loop_text_of(w, e->value, &text, &is_none);
    w->needs = needs;
    return is_known && is_none;
}

static const struct doc_node *key_of(const struct loop_entry *e)
{
    return e->kept != NULL ? e->kept->key : e->key;
}

/* RFC 0009, constraint 4. */
static void check_twice(struct loop_work *w, const struct loop_entries *entries)
{
    struct map seen;
    map_init(&seen, w->t->unit->arena);
    for (size_t i = 0; i < entries->at.n; i++) {
        const struct loop_entry *e = &entries->at.at[i];
        void **cell = map_at(&seen, key_of(e)->text);
        if (*cell == NULL) {
            *cell = &entries->at.at[i];
            continue;
        }
        const struct loop_entry *first = *cell;
        if (e->kept == NULL || first->kept == NULL) {
            struct diag *g =
                CFN_FAULT(w->t, DIAG_DUPLICATE_KEY, key_of(e),
                          "A loop makes '%.*s', which is there already.", STR_ARG(key_of(e)->text));
            diag_relate(w->t->unit->diags, g, cfn_span(key_of(first)), "The first '%.*s'.",
                        STR_ARG(key_of(e)->text));
        }
    }
}

void loop_adopt(struct loop_work *w, struct doc_node *map, const struct loop_entries *entries)
{
    struct doc_entry *own = ARENA_ARRAY(w->t->unit->arena, entries->at.n, struct doc_entry);
    for (size_t i = 0; i < entries->at.n; i++) {
        const struct loop_entry *e = &entries->at.at[i];
        if (e->kept != NULL) {
            own[i] = *e->kept;
        } else {
            own[i] = (struct doc_entry){place(e->key, map, (uint32_t)i),
                                        place(e->value, map, (uint32_t)i)};
        }
    }
    map->entries = own;
    map->n = (uint32_t)entries->at.n;
    if (entries->has_loop) {
        check_twice(w, entries);
    }
}

void loop_copy_entries(struct loop_work *w, const struct doc_node *map, struct loop_entries *out,
                       uint32_t depth)
{
    for (uint32_t i = 0; i < map->n; i++) {
        const struct doc_entry *e = &map->entries[i];
        bool is_loop = loop_is_key(e->key->text);
        if (is_left_out(w, map, e) || (is_loop && loop_expand(w, e, out, depth + 1))) {
            continue;
        }
        struct loop_entry made = {copy_scalar(w, e->key), copy_value(w, map, e, depth + 1), NULL};
        *VEC_ADD(w->t->unit->arena, &out->at) = made;
    }
}

static struct doc_node *copy_map(struct loop_work *w, const struct doc_node *node, uint32_t depth)
{
    struct loop_entries entries = {0};
    struct doc_node *copy = loop_copy_node(w, node);
    loop_copy_entries(w, node, &entries, depth);
    loop_adopt(w, copy, &entries);
    return copy;
}

struct doc_node *loop_copy(struct loop_work *w, const struct doc_node *node, uint32_t depth)
{
    if (depth > LIMIT_DEPTH) {
        CFN_FAULT(w->t, DIAG_LIMIT, node, "More than %d maps and lists stand inside one another.",
                  LIMIT_DEPTH);
        return scalar(w, node, (struct str){0}, (struct str){0});
    }
    struct str referred = loop_referred(node);
    const struct loop_bound *b = referred.n > 0 ? loop_bound_of(w, referred) : NULL;
    if (b != NULL) {
        return scalar(w, node, b->text, (struct str){0});
    }
    if (node->kind == DOC_SCALAR) {
        return copy_scalar(w, node);
    }
    if (node->kind == DOC_SEQ) {
        return copy_list(w, node, depth);
    }
    struct doc_node *ref = str_is(node->tag, "!Ref") ? copy_tagged_ref(w, node) : NULL;
    return ref != NULL ? ref : copy_map(w, node, depth);
}

void loop_replace_section(struct loop_work *w, const struct doc_node *old, struct doc_node *made)
{
    struct cfn_template *t = w->t;
    const struct doc_node *root = t->doc->root;
    struct loop_entries entries = {0};
    for (uint32_t i = 0; i < root->n; i++) {
        const struct doc_entry *e = &root->entries[i];
        struct loop_entry entry = {.kept = e};
        if (e->value == old) {
            entry = (struct loop_entry){loop_copy_node(w, e->key), made, NULL};
        }
        *VEC_ADD(t->unit->arena, &entries.at) = entry;
    }
    struct doc *doc = ARENA_NEW(t->unit->arena, struct doc);
    struct doc_node *copy = loop_copy_node(w, root);
    loop_adopt(w, copy, &entries);
    *doc = *t->doc;
    doc->root = copy;
    t->doc = doc;
}
