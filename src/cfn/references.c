/*
 * The walk over everything that is deployed. It carries the guard of the resource and of the
 * branches of Fn::If around it, so that a reference in a branch never taken counts for nothing.
 */
#include "cfn/references.h"

#include "base/limits.h"
#include "cfn/find_in_map.h"
#include "cfn/names.h"
#include "cfn/parameters.h"
#include "cfn/sub_text.h"

struct walk {
    struct cfn_template *t;
    const struct cfn_resource *from; /* NULL: an output */
    const struct cfn_output *output;
    struct arena scratch; /* of the edges */
    VEC(struct cfn_edge) edges;
};

static void walk(struct walk *w, const struct doc_node *node, struct guard when, uint32_t depth);

static void refer(struct walk *w, const struct cfn_resource *to, const struct doc_node *node,
                  struct guard when, bool depends_on)
{
    struct cfn_template *t = w->t;
    struct cfn_unit *u = t->unit;
    *VEC_ADD(u->arena, &t->references) =
        (struct cfn_reference){.from = w->from,
                               .output = w->output ? w->output->name : (struct str){0},
                               .exported = w->output != NULL && w->output->export_name != NULL,
                               .depends_on = depends_on,
                               .to = to,
                               .node = node};
    struct cfn_edge edge = {w->from, to, node, when};
    if (w->from != NULL) {
        *VEC_ADD(&w->scratch, &w->edges) = edge;
    }
    /* A DependsOn on a resource whose condition is false is ignored ("DependsOn attribute"). */
    if (!depends_on && !guard_is_true(to->when)) {
        struct guard there = guard_or(u->space, to->when, to->unsure);
        struct guard bad = guard_minus(u->space, when, there);
        if (!guard_is_false(bad)) {
            struct str output = w->output ? w->output->name : (struct str){0};
            cfn_family_without_dangling(t, &edge, output, bad);
        }
    }
}

/* A value that other templates give: what it refers to there. No edge, for a circle of stacks is
 * none of resources, and nothing that could dangle: its guard is in the value. */
static void refer_across(struct walk *w, const struct doc_node *node, struct guard when)
{
    struct cfn_value v = cfn_items(cfn_eval(w->t, node, when));
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_OBJECT && term->resource->home != w->t) {
            *VEC_ADD(w->t->unit->arena, &w->t->references) =
                (struct cfn_reference){.from = w->from,
                                       .output = w->output ? w->output->name : (struct str){0},
                                       .to = term->resource,
                                       .node = node};
        }
    }
}

static void refer_by_name(struct walk *w, const char *what, struct str name,
                          const struct doc_node *node, struct guard when, bool only_resources)
{
    const struct cfn_template *t = w->t;
    const struct cfn_resource *r = cfn_resource(t, name);
    const struct cfn_parameter *p = map_get(&t->parameter_by_name, name);
    if (!only_resources && (p != NULL || cfn_pseudo(t, name) != NULL)) {
        if (p != NULL && p->is_bound) {
            refer_across(w, node, when);
        }
        return;
    }
    if (r == NULL) {
        cfn_undefined(t, node, what, name, only_resources);
        return;
    }
    refer(w, r, node, when, false);
    if (r->nested != NULL) {
        refer_across(w, node, when);
    }
}

static void walk_sub(struct walk *w, const struct cfn_call *c, struct guard when, uint32_t depth)
{
    bool is_long = c->args->kind == DOC_SEQ;
    const struct doc_node *text = is_long ? c->args->items[0] : c->args;
    const struct doc_node *own = is_long && c->args->n == 2 ? c->args->items[1] : NULL;
    struct cfn_sub_piece piece;
    for (size_t at = 0; cfn_sub_next(text->text, &at, &piece);) {
        if (!piece.is_variable || (own != NULL && doc_entry_of(own, piece.text) != NULL)) {
            continue;
        }
        if (piece.is_wrong) {
            CFN_FAULT(w->t, DIAG_ARGUMENT, c->node, "'${%.*s}' is not a name in 'Fn::Sub'.",
                      STR_ARG(piece.text));
            continue;
        }
        size_t dot = str_find_byte(piece.text, '.', 0);
        struct str name = str_sub(piece.text, 0, dot == STR_NPOS ? piece.text.n : dot);
        refer_by_name(w, "Fn::Sub", name, c->node, when, dot != STR_NPOS);
    }
    for (uint32_t i = 0; own != NULL && i < own->n; i++) {
        walk(w, own->entries[i].value, when, depth + 1);
    }
}

static void walk_getatt(struct walk *w, const struct cfn_call *c, struct guard when, uint32_t depth)
{
    struct str resource;
    struct str attribute;
    if (!cfn_getatt_parts(w->t->unit->arena, c, &resource, &attribute)) {
        walk(w, c->args->items[1], when, depth + 1);
    }
    refer_by_name(w, "Fn::GetAtt", resource, c->node, when, true);
}

static void walk_if(struct walk *w, const struct cfn_call *c, struct guard when, uint32_t depth)
{
    struct guard_space *space = w->t->unit->space;
    struct cfn_scope s = cfn_scope_of(w->t);
    const struct doc_node *name = cfn_arg(c, 0);
    struct guard condition = cfn_condition_named(&s, name->text, name);
    walk(w, cfn_arg(c, 1), guard_and(space, when, condition), depth + 1);
    walk(w, cfn_arg(c, 2), guard_minus(space, when, condition), depth + 1);
}

static void walk_children(struct walk *w, const struct doc_node *node, struct guard when,
                          uint32_t depth)
{
    for (uint32_t i = 0; i < node->n; i++) {
        if (node->kind == DOC_SEQ) {
            walk(w, node->items[i], when, depth + 1);
        } else {
            walk(w, node->entries[i].value, when, depth + 1);
        }
    }
}

static void note_macro(struct walk *w, const struct doc_node *node, struct str name)
{
    CFN_FAULT(w->t, DIAG_MACRO, node, "'%.*s' rewrites this part; what it changes is not known.",
              STR_ARG(name));
}

/* A map is a call only if it has one key. A loop or transform may stand among others. */
static void walk_map(struct walk *w, const struct doc_node *node, struct guard when, uint32_t depth)
{
    for (uint32_t i = 0; i < node->n; i++) {
        const struct doc_node *key = node->entries[i].key;
        if (key->text.n > 4 && key->text.p[0] == 'F' && str_starts(key->text, STR("Fn::"))) {
            if (cfn_is_macro_key(key->text)) {
                note_macro(w, key, key->text);
                continue;
            }
            CFN_FAULT(w->t, DIAG_ARGUMENT, key,
                      "'%.*s' stands beside other keys, so it is no call.", STR_ARG(key->text));
        }
        walk(w, node->entries[i].value, when, depth + 1);
    }
}

static void walk_lookup(struct walk *w, const struct cfn_call *c, struct guard when, uint32_t depth)
{
    struct cfn_scope s = cfn_scope_of(w->t);
    bool is_named;
    struct guard missing = cfn_missing_keys(&s, c, when, &is_named);
    if (!guard_is_false(missing) && !guard_same(missing, when)) {
        cfn_family_without_missing(w->t, c->node, missing, is_named);
    }
    walk_children(w, c->args, when, depth);
}

static void walk_call(struct walk *w, const struct cfn_call *c, struct guard when, uint32_t depth);

static void walk_argument(struct walk *w, const struct cfn_call *c, struct guard when,
                          uint32_t depth)
{
    struct cfn_call inner;
    if (!c->tagged) {
        walk(w, c->args, when, depth + 1);
    } else if (cfn_inner_call_of(c, &inner)) {
        walk_call(w, &inner, when, depth + 1);
    } else {
        walk_children(w, c->args, when, depth);
    }
}

static void walk_call(struct walk *w, const struct cfn_call *c, struct guard when, uint32_t depth)
{
    if (!cfn_call_check(w->t, c)) {
        walk_children(w, c->args, when, depth);
        return;
    }
    switch (c->fn->form) {
    case CFN_FORM_REF:
        refer_by_name(w, "Ref", c->args->text, c->node, when, false);
        break;
    case CFN_FORM_GETATT:
        walk_getatt(w, c, when, depth);
        break;
    case CFN_FORM_SUB:
        walk_sub(w, c, when, depth);
        break;
    case CFN_FORM_IF:
        walk_if(w, c, when, depth);
        break;
    case CFN_FORM_LIST:
        if (c->fn->eval == cfn_fn_find_in_map) {
            walk_lookup(w, c, when, depth);
        } else {
            walk_children(w, c->args, when, depth);
        }
        break;
    case CFN_FORM_VALUE:
        if (c->fn->eval == cfn_fn_import && w->t->unit->templates.n > 1) {
            refer_across(w, c->node, when);
        }
        walk_argument(w, c, when, depth);
        break;
    case CFN_FORM_CONDITION:
        walk_children(w, c->args, when, depth);
        break;
    case CFN_FORM_MACRO:
        note_macro(w, c->node, c->tagged ? c->node->tag : c->node->entries[0].key->text);
        break;
    }
}

static void walk(struct walk *w, const struct doc_node *node, struct guard when, uint32_t depth)
{
    struct cfn_call c;
    if (guard_is_false(when)) {
        return; /* CloudFormation does not look into a branch that is not taken */
    }
    if (node->kind == DOC_SCALAR && node->tag.n == 0) {
        return;
    }
    if (depth > LIMIT_DEPTH) {
        CFN_FAULT(w->t, DIAG_LIMIT, node, "More than %d maps and lists stand inside one another.",
                  LIMIT_DEPTH);
        return;
    }
    if (cfn_call_of(node, &c)) {
        walk_call(w, &c, when, depth);
    } else if (node->kind == DOC_MAP) {
        walk_map(w, node, when, depth);
    } else {
        walk_children(w, node, when, depth);
    }
}

static void walk_depends_on(struct walk *w, const struct doc_node *node)
{
    size_t n = node->kind == DOC_SEQ ? node->n : 1;
    for (size_t i = 0; i < n; i++) {
        const struct doc_node *one = node->kind == DOC_SEQ ? node->items[i] : node;
        if (one->kind != DOC_SCALAR || one->tag.n > 0) {
            CFN_FAULT(w->t, DIAG_ARGUMENT, one, "'DependsOn' is the name of a resource.");
            continue;
        }
        const struct cfn_resource *r = cfn_resource(w->t, one->text);
        if (r == NULL) {
            cfn_undefined(w->t, one, "DependsOn", one->text, true);
        } else {
            refer(w, r, one, w->from->when, true);
        }
    }
}

static void walk_resource(struct walk *w, const struct cfn_resource *r)
{
    w->from = r;
    for (uint32_t i = 0; i < r->node->n; i++) {
        const struct doc_entry *e = &r->node->entries[i];
        if (str_is(e->key->text, "DependsOn")) {
            walk_depends_on(w, e->value);
        } else if (!str_is(e->key->text, "Type") && !str_is(e->key->text, "Condition") &&
                   !cfn_is_macro_key(e->key->text)) {
            walk(w, e->value, r->when, 1);
        }
    }
    w->from = NULL;
}

/* Conditions are decided before anything else, so a lookup that fails in one always fails. */
static void walk_condition(struct walk *w, const struct doc_node *node, uint32_t depth)
{
    struct cfn_call c;
    if (node->kind == DOC_SCALAR || depth > LIMIT_DEPTH) {
        return;
    }
    if (cfn_call_of(node, &c) && c.fn != NULL && c.fn->eval == cfn_fn_find_in_map &&
        cfn_call_check(w->t, &c)) {
        struct cfn_scope s = {.t = w->t, .in_condition = true};
        bool is_named;
        struct guard missing = cfn_missing_keys(&s, &c, w->t->when, &is_named);
        if (!guard_is_false(missing) && !guard_same(missing, w->t->when)) {
            cfn_family_without_missing(w->t, node, missing, is_named);
        }
    }
    for (uint32_t i = 0; i < node->n; i++) {
        const struct doc_node *child =
            node->kind == DOC_SEQ ? node->items[i] : node->entries[i].value;
        walk_condition(w, child, depth + 1);
    }
}

void cfn_references_collect(struct cfn_template *t)
{
    struct walk w = {.t = t};
    for (size_t i = 0; i < t->condition_by_name.n; i++) {
        const struct cfn_condition *c = t->condition_by_name.entries[i].value;
        walk_condition(&w, c->node, 1);
    }
    for (size_t i = 0; i < t->resources.n; i++) {
        walk_resource(&w, t->resources.at[i]);
    }
    for (size_t i = 0; i < t->outputs.n; i++) {
        w.output = &t->outputs.at[i];
        if (w.output->value != NULL) {
            walk(&w, w.output->value, w.output->when, 1);
        }
        if (w.output->export_name != NULL) {
            walk(&w, w.output->export_name, w.output->when, 1);
        }
    }
    cfn_report_budget(t, doc_get(t->doc->root, "Resources"));
    if (!t->has_macro) { /* a macro may turn what looks like a circle into two resources */
        cfn_cycles_report(t, &w.scratch, w.edges.at, w.edges.n);
    }
    arena_release(&w.scratch);
}
