/*
 * Expanding loops, section by section. What is not a loop and holds none keeps its nodes.
 */
#include "cfn/loops.h"

#include "base/limits.h"
#include "cfn/parameters.h"

static bool is_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!good) {
            return false;
        }
    }
    return s.n > 0;
}

static struct str bare_of(struct arena *a, struct str text)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < text.n; i++) {
        struct str one = str_sub(text, i, i + 1);
        if (is_word(one)) {
            buf_add(&b, one);
        }
    }
    struct str bare = str_copy(a, buf_str(&b));
    buf_release(&b);
    return bare;
}

/* ---- one loop ----------------------------------------------------------------------------- */

static bool is_defined(const struct loop_work *w, struct str name)
{
    const struct cfn_template *t = w->t;
    return map_get(&t->parameter_by_name, name) != NULL ||
           doc_get_str(doc_get(t->doc->root, "Resources"), name) != NULL;
}

static bool check_name(struct loop_work *w, const struct doc_node *key)
{
    struct str name = str_sub(key->text, STR("Fn::ForEach::").n, key->text.n);
    if (!is_word(loop_substitute(w, name))) {
        CFN_FAULT(w->t, DIAG_ARGUMENT, key,
                  "A loop has a name of letters and digits: 'Fn::ForEach::Name'.");
        return false;
    }
    void **cell = map_at(&w->names, name);
    const struct doc_node **first = *cell;
    if (first == NULL) {
        first = ARENA_NEW(w->t->unit->arena, const struct doc_node *);
        *first = key;
        *cell = first;
    }
    if (*first != key || is_defined(w, name)) {
        CFN_FAULT(w->t, DIAG_ARGUMENT, key, "The name of the loop '%.*s' is not the only one.",
                  STR_ARG(name));
    }
    return true;
}

static bool check_identifier(struct loop_work *w, const struct doc_node *node)
{
    if (node->kind != DOC_SCALAR || node->tag.n > 0 || !is_word(node->text)) {
        CFN_FAULT(w->t, DIAG_ARGUMENT, node,
                  "The first argument of 'Fn::ForEach' is an identifier of letters and digits.");
        return false;
    }
    if (loop_bound_of(w, node->text) != NULL || is_defined(w, node->text)) {
        CFN_FAULT(w->t, DIAG_ARGUMENT, node,
                  "The identifier '%.*s' of this loop is the name of something else as well.",
                  STR_ARG(node->text));
        return false;
    }
    return true;
}

static bool check_shape(struct loop_work *w, const struct doc_entry *loop)
{
    const struct doc_node *args = loop->value;
    if (args->kind != DOC_SEQ || args->tag.n > 0 || args->n != 3) {
        CFN_FAULT(w->t, DIAG_ARGUMENT, args,
                  "'Fn::ForEach' takes a list of an identifier, a collection and a map.");
        return false;
    }
    if (args->items[2]->kind != DOC_MAP || args->items[2]->tag.n > 0) {
        CFN_FAULT(w->t, DIAG_ARGUMENT, args->items[2],
                  "The third argument of 'Fn::ForEach' is a map.");
        return false;
    }
    const struct doc_node *items = args->items[1];
    struct cfn_call c;
    if (items->kind == DOC_SCALAR ? items->tag.n == 0
                                  : !cfn_call_of(items, &c) && items->kind == DOC_MAP) {
        CFN_FAULT(w->t, DIAG_ARGUMENT, items,
                  "The second argument of 'Fn::ForEach' is a list, or the Ref of one.");
        return false;
    }
    return check_name(w, loop->key) && check_identifier(w, args->items[0]);
}

void loop_say_needs(struct loop_work *w, const struct loop_need *before, const struct doc_node *at,
                    struct str what)
{
    for (const struct loop_need *n = w->needs; n != before; n = n->outer) {
        CFN_FAULT(w->t, DIAG_MACRO, at,
                  "%.*s is followed for the Default of '%.*s' alone; what other values would add "
                  "is not known.",
                  STR_ARG(what), STR_ARG(n->parameter->name));
    }
}

static bool read_items(struct loop_work *w, const struct doc_entry *loop, struct loop_texts *items)
{
    const struct doc_node *collection = loop->value->items[1];
    const struct loop_need *before = w->needs;
    if (!loop_list_of(w, collection, items)) {
        CFN_FAULT(w->t, DIAG_MACRO, collection,
                  "What '%.*s' goes over is not known, so what it makes is not known.",
                  STR_ARG(loop->key->text));
        return false;
    }
    loop_say_needs(w, before, collection,
                   str_format(w->t->unit->arena, "'%.*s'", STR_ARG(loop->key->text)));
    if (items->at.n == 0) {
        CFN_FAULT(w->t, DIAG_CONFIG, collection, "'%.*s' goes over nothing, so it makes nothing.",
                  STR_ARG(loop->key->text));
    }
    return true;
}

static uint16_t times(uint16_t a, size_t b)
{
    size_t product = (a > 0 ? a : 1) * (b < UINT16_MAX ? b : UINT16_MAX);
    return product < UINT16_MAX ? (uint16_t)product : UINT16_MAX;
}

bool loop_expand(struct loop_work *w, const struct doc_entry *loop, struct loop_entries *out,
                 uint32_t depth)
{
    struct loop_work outer = *w;
    struct loop_texts items = {0};
    size_t before = out->at.n;
    if (!check_shape(w, loop) || w->is_over || !read_items(w, loop, &items)) {
        w->needs = outer.needs;
        return false;
    }
    w->copies = times(outer.copies, items.at.n);
    for (size_t i = 0; i < items.at.n && !w->is_over; i++) {
        struct str text = items.at.at[i];
        struct loop_bound bound = {loop->value->items[0]->text, text,
                                   bare_of(w->t->unit->arena, text), outer.bound};
        w->bound = &bound;
        loop_copy_entries(w, loop->value->items[2], out, depth + 1);
        w->spent++;
        w->is_over = w->is_over || w->spent > LIMIT_LOOP_NODES;
    }
    out->has_loop = true;
    w->bound = outer.bound;
    w->copies = outer.copies;
    if (outer.bound != NULL) {
        return true; /* what the inner loop needs, all around it need as well */
    }
    if (w->is_over) {
        CFN_FAULT(w->t, DIAG_BUDGET, loop->key,
                  "The loops of this template make %smore than %d %s, the limit; what '%.*s' makes "
                  "is not followed.",
                  w->is_long ? "a text of " : "", w->is_long ? LIMIT_VALUE_BYTES : LIMIT_LOOP_NODES,
                  w->is_long ? "bytes" : "nodes", STR_ARG(loop->key->text));
        out->at.n = before;
    }
    return !w->is_over;
}

/* ---- sections ----------------------------------------------------------------------------- */

/* "Resources/Subneta" -> what it needs. */
static struct str need_key(struct arena *a, const char *section, struct str name)
{
    return str_format(a, "%s/%.*s", section, STR_ARG(name));
}

static void note_needs(struct loop_work *w, const char *section, const struct loop_entries *entries,
                       size_t from)
{
    struct arena *a = w->t->unit->arena;
    struct loop_needs *kept = w->needs != NULL ? ARENA_NEW(a, struct loop_needs) : NULL;
    if (kept == NULL) {
        return;
    }
    kept->innermost = w->needs;
    for (size_t i = from; i < entries->at.n; i++) {
        *map_at(&w->t->loop_needs, need_key(a, section, entries->at.at[i].key->text)) = kept;
    }
}

static struct doc_node *expand_section(struct loop_work *w, const char *name,
                                       const struct doc_node *section)
{
    struct arena *a = w->t->unit->arena;
    struct loop_entries entries = {0};
    struct doc_node *copy = loop_copy_node(w, section);
    for (uint32_t i = 0; i < section->n; i++) {
        const struct doc_entry *e = &section->entries[i];
        size_t before = entries.at.n;
        bool is_loop = loop_is_key(e->key->text);
        w->needs = NULL;
        if (is_loop && loop_expand(w, e, &entries, 2)) {
            note_needs(w, name, &entries, before);
        } else if (!is_loop && loop_is_needed(e->value, 0)) {
            struct loop_entry made = {loop_copy(w, e->key, 2), loop_copy(w, e->value, 2), NULL};
            *VEC_ADD(a, &entries.at) = made;
        } else {
            *VEC_ADD(a, &entries.at) = (struct loop_entry){.kept = e};
        }
    }
    loop_adopt(w, copy, &entries);
    return copy;
}

static bool is_extended(const struct cfn_template *t)
{
    const struct doc_node *n = doc_get(t->doc->root, "Transform");
    bool found = doc_is(n, "AWS::LanguageExtensions");
    for (uint32_t i = 0; n != NULL && n->kind == DOC_SEQ && i < n->n; i++) {
        found = found || doc_is(n->items[i], "AWS::LanguageExtensions");
    }
    return found;
}

void cfn_loops_expand(struct cfn_template *t)
{
    static const char *const sections[] = {"Conditions", "Resources", "Outputs"};
    const struct doc_node *root = t->doc->root;
    map_init(&t->loop_needs, t->unit->arena);
    bool has_loop = str_find(t->doc->source->bytes, STR("Fn::ForEach"), 0) != STR_NPOS;
    if ((!has_loop && !is_extended(t)) || !loop_is_needed(root, 0)) {
        return;
    }
    if (!is_extended(t)) {
        CFN_FAULT(
            t, DIAG_CONFIG, root->n > 0 ? root->entries[0].key : root,
            "'Fn::ForEach' needs 'Transform: AWS::LanguageExtensions'; CloudFormation refuses "
            "it without.");
    }
    struct loop_work w = {.t = t, .copies = 1};
    map_init(&w.names, t->unit->arena);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const struct doc_node *section = doc_get(t->doc->root, sections[i]);
        if (section != NULL && section->kind == DOC_MAP && section->tag.n == 0) {
            loop_replace_section(&w, section, expand_section(&w, sections[i], section));
        }
    }
}

/* ---- what rests on a Default -------------------------------------------------------------- */

static struct guard is_value(const struct cfn_template *t, const struct loop_need *need)
{
    const struct cfn_parameter *p = need->parameter;
    struct guard same = GUARD_FALSE;
    for (size_t i = 0; p->is_bound && i < p->term_n; i++) {
        if (p->terms[i].kind == CFN_TEXT && str_eq(p->terms[i].text, need->value)) {
            same = guard_or(t->unit->space, same, p->terms[i].when);
        }
    }
    if (p->is_bound) {
        return same;
    }
    for (uint32_t i = 0; p->var != GUARD_NO_OUTCOME && i < p->known; i++) {
        if (str_eq(p->outcomes[i], need->value)) {
            return guard_is(t->unit->space, p->var, i);
        }
    }
    return GUARD_TRUE;
}

struct guard cfn_loop_unsure(const struct cfn_template *t, const char *section, struct str name)
{
    struct guard sure = GUARD_TRUE;
    if (t->loop_needs.n == 0) {
        return GUARD_FALSE;
    }
    const struct loop_needs *needs =
        map_get(&t->loop_needs, need_key(t->unit->arena, section, name));
    for (const struct loop_need *n = needs ? needs->innermost : NULL; n != NULL; n = n->outer) {
        sure = guard_and(t->unit->space, sure, is_value(t, n));
    }
    return guard_minus(t->unit->space, GUARD_TRUE, sure);
}
