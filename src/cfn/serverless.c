/*
 * Globals, and names. Maps are merged key by key, lists are put one behind the other, and for
 * anything else the resource's own value wins.
 */
#include "cfn/serverless.h"

#include "base/limits.h"
#include "cfn/loops.h"

static const struct str PREFIX = STR_INIT("AWS::Serverless::");

bool cfn_is_serverless_transform(struct str name)
{
    return str_is(name, "AWS::Serverless-2016-10-31");
}

/* ---- Globals ------------------------------------------------------------------------------ */

static struct doc_node *merge(struct loop_work *w, const struct doc_node *global,
                              const struct doc_node *own, uint32_t depth);

static bool is_plain(const struct doc_node *n, enum doc_kind kind)
{
    struct cfn_call c;
    return n->kind == kind && n->tag.n == 0 && !cfn_call_of(n, &c);
}

static struct doc_node *merge_lists(struct loop_work *w, const struct doc_node *global,
                                    const struct doc_node *own, uint32_t depth)
{
    struct doc_node *copy = loop_copy_node(w, own);
    const struct doc_node **items =
        ARENA_ARRAY(w->t->unit->arena, (size_t)global->n + own->n, const struct doc_node *);
    copy->n = 0;
    for (uint32_t i = 0; i < global->n + own->n; i++) {
        const struct doc_node *from = i < global->n ? global->items[i] : own->items[i - global->n];
        struct doc_node *item = loop_copy(w, from, depth + 1);
        item->parent = copy;
        item->index = copy->n;
        items[copy->n++] = item;
    }
    copy->items = items;
    return copy;
}

static struct doc_node *merge_maps(struct loop_work *w, const struct doc_node *global,
                                   const struct doc_node *own, uint32_t depth)
{
    struct arena *a = w->t->unit->arena;
    struct doc_node *copy = loop_copy_node(w, own);
    struct loop_entries entries = {0};
    for (uint32_t i = 0; i < own->n; i++) {
        const struct doc_entry *e = &own->entries[i];
        const struct doc_node *other = doc_get_str(global, e->key->text);
        struct doc_node *value = other != NULL ? merge(w, other, e->value, depth + 1)
                                               : loop_copy(w, e->value, depth + 1);
        *VEC_ADD(a, &entries.at) = (struct loop_entry){loop_copy(w, e->key, depth), value, NULL};
    }
    for (uint32_t i = 0; i < global->n; i++) {
        const struct doc_entry *e = &global->entries[i];
        if (doc_entry_of(own, e->key->text) == NULL) {
            *VEC_ADD(a, &entries.at) = (struct loop_entry){loop_copy(w, e->key, depth),
                                                           loop_copy(w, e->value, depth + 1), NULL};
        }
    }
    loop_adopt(w, copy, &entries);
    return copy;
}

static struct doc_node *merge(struct loop_work *w, const struct doc_node *global,
                              const struct doc_node *own, uint32_t depth)
{
    if (depth < LIMIT_DEPTH && is_plain(global, DOC_MAP) && is_plain(own, DOC_MAP)) {
        return merge_maps(w, global, own, depth);
    }
    if (depth < LIMIT_DEPTH && is_plain(global, DOC_SEQ) && is_plain(own, DOC_SEQ)) {
        return merge_lists(w, global, own, depth);
    }
    return loop_copy(w, own, depth);
}

/* Globals of the resource's kind; NULL if there are none for it. IgnoreGlobals is '*' or a list
 * of properties; of a list, nothing is left out here, as only references are looked at. */
static const struct doc_node *globals_of(const struct doc_node *globals,
                                         const struct doc_node *resource)
{
    const struct doc_node *type = doc_get(resource, "Type");
    if (type == NULL || type->kind != DOC_SCALAR || !str_starts(type->text, PREFIX) ||
        doc_is(doc_get(resource, "IgnoreGlobals"), "*")) {
        return NULL;
    }
    struct str kind = str_sub(type->text, PREFIX.n, type->text.n);
    const struct doc_node *own = doc_get_str(globals, kind);
    return own != NULL && is_plain(own, DOC_MAP) ? own : NULL;
}

static struct doc_node *with_globals(struct loop_work *w, const struct doc_node *resource,
                                     const struct doc_node *global)
{
    struct arena *a = w->t->unit->arena;
    struct doc_node *copy = loop_copy_node(w, resource);
    struct loop_entries entries = {0};
    for (uint32_t i = 0; i < resource->n; i++) {
        const struct doc_entry *e = &resource->entries[i];
        struct doc_node *value = str_is(e->key->text, "Properties") ? merge(w, global, e->value, 3)
                                                                    : loop_copy(w, e->value, 3);
        *VEC_ADD(a, &entries.at) = (struct loop_entry){loop_copy(w, e->key, 3), value, NULL};
    }
    loop_adopt(w, copy, &entries);
    return copy;
}

static struct doc_node *merge_section(struct loop_work *w, const struct doc_node *globals,
                                      const struct doc_node *section)
{
    struct arena *a = w->t->unit->arena;
    struct doc_node *copy = loop_copy_node(w, section);
    struct loop_entries entries = {0};
    for (uint32_t i = 0; i < section->n; i++) {
        const struct doc_entry *e = &section->entries[i];
        const struct doc_node *global = globals_of(globals, e->value);
        struct loop_entry entry = {.kept = e};
        if (global != NULL && w->spent <= LIMIT_LOOP_NODES) {
            entry = (struct loop_entry){loop_copy(w, e->key, 2), with_globals(w, e->value, global),
                                        NULL};
        } else if (global != NULL) {
            CFN_FAULT(w->t, DIAG_BUDGET, e->key,
                      "Merging 'Globals' makes more than %d nodes; '%.*s' is followed without.",
                      LIMIT_LOOP_NODES, STR_ARG(e->key->text));
        }
        *VEC_ADD(a, &entries.at) = entry;
    }
    loop_adopt(w, copy, &entries);
    return copy;
}

void cfn_serverless_merge(struct cfn_template *t)
{
    const struct doc_node *root = t->doc->root;
    const struct doc_node *globals = doc_get(root, "Globals");
    const struct doc_node *section = doc_get(root, "Resources");
    if (!t->is_serverless || globals == NULL || section == NULL || !is_plain(section, DOC_MAP)) {
        return;
    }
    struct loop_work w = {.t = t, .copies = 1};
    map_init(&w.names, t->unit->arena);
    loop_replace_section(&w, section, merge_section(&w, globals, section));
}

/* ---- names -------------------------------------------------------------------------------- */

bool cfn_serverless_makes(const struct cfn_template *t, struct str name)
{
    if (!t->is_serverless) {
        return false;
    }
    bool found = str_starts(name, STR("Serverless")) || str_is(name, "CodeDeployServiceRole");
    for (size_t i = 0; i < t->resources.n && !found; i++) {
        const struct cfn_resource *r = t->resources.at[i];
        found = str_starts(r->type, PREFIX) && str_starts(name, r->id);
    }
    return found;
}
