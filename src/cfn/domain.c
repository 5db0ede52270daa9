/*
 * Collecting what parameters are compared with: `Fn::Equals: [!Ref Env, prod]` adds "prod" to
 * Env, `Fn::FindInMap: [Sizes, !Ref Env, x]` adds the keys of Sizes. Two parameters that are
 * compared with each other get each other's values too, one step far.
 */
#include "cfn/domain.h"

#include "base/limits.h"
#include "cfn/eval.h"

static struct cfn_domain *domain_at(struct cfn_domains *d, struct str name)
{
    struct arena *a = d->t->unit->arena;
    void **cell = map_at(&d->by_name, name);
    if (*cell == NULL) {
        struct cfn_domain *domain = ARENA_NEW(a, struct cfn_domain);
        map_init(&domain->seen, a);
        *cell = domain;
    }
    return *cell;
}

static void add(struct cfn_domains *d, struct str name, struct str text)
{
    struct cfn_domain *domain = domain_at(d, name);
    void **cell = map_at(&domain->seen, text);
    if (*cell == NULL) {
        *cell = domain;
        *VEC_ADD(d->t->unit->arena, &domain->texts) = text;
    }
}

/* The name in `!Ref name` (or a Sub or Join of nothing else is not looked into), or empty. */
static struct str referred(const struct doc_node *node)
{
    struct cfn_call c;
    if (node != NULL && cfn_call_of(node, &c) && c.fn != NULL && c.fn->form == CFN_FORM_REF &&
        c.args->kind == DOC_SCALAR) {
        return c.args->text;
    }
    return (struct str){0};
}

static bool is_literal(const struct doc_node *node)
{
    return node != NULL && node->kind == DOC_SCALAR && node->tag.n == 0;
}

/* Default and AllowedValues of a parameter: what may be compared through another one. */
static void add_values_of(struct cfn_domains *d, struct str to, struct str from)
{
    const struct cfn_parameter *p = map_get(&d->t->parameter_by_name, from);
    if (p == NULL) {
        return;
    }
    if (is_literal(p->default_node)) {
        add(d, to, p->default_node->text);
    }
    const struct doc_node *allowed = doc_get(p->node, "AllowedValues");
    for (uint32_t i = 0; allowed != NULL && allowed->kind == DOC_SEQ && i < allowed->n; i++) {
        if (is_literal(allowed->items[i])) {
            add(d, to, allowed->items[i]->text);
        }
    }
}

static void compare(struct cfn_domains *d, const struct doc_node *a, const struct doc_node *b)
{
    struct str name = referred(a);
    if (name.n == 0 || b == NULL) {
        return;
    }
    struct str other = referred(b);
    if (is_literal(b)) {
        add(d, name, b->text);
    } else if (other.n > 0) {
        add_values_of(d, name, other);
    } else if (b->kind == DOC_SEQ && b->tag.n == 0) { /* Fn::Contains: [[a, b], !Ref P] */
        for (uint32_t i = 0; i < b->n; i++) {
            if (is_literal(b->items[i])) {
                add(d, name, b->items[i]->text);
            }
        }
    }
}

/* The keys of a map, once for each parameter that it is looked up with. Larger maps are not
 * enumerated by lookups either (find_in_map.c). */
static void add_keys(struct cfn_domains *d, struct str name, const struct doc_node *map)
{
    if (map == NULL || map->kind != DOC_MAP || map->n > LIMIT_ALTERNATIVES) {
        return;
    }
    struct arena *a = d->t->unit->arena;
    struct buf id;
    buf_init(&id);
    buf_addf(&id, "%u %.*s", map->span.begin, STR_ARG(name));
    bool is_done = map_get(&d->done, buf_str(&id)) != NULL;
    if (!is_done) {
        *map_at(&d->done, str_copy(a, buf_str(&id))) = d;
    }
    buf_release(&id);
    for (uint32_t i = 0; !is_done && i < map->n; i++) {
        if (!cfn_is_macro_key(map->entries[i].key->text)) {
            add(d, name, map->entries[i].key->text);
        }
    }
}

static void look_up(struct cfn_domains *d, const struct cfn_call *c)
{
    const struct doc_node *name = cfn_arg(c, 0);
    const struct cfn_mapping *mapping =
        is_literal(name) ? map_get(&d->t->mapping_by_name, name->text) : NULL;
    if (mapping == NULL || mapping->node->kind != DOC_MAP) {
        return;
    }
    const struct doc_node *map = mapping->node;
    struct str first = referred(cfn_arg(c, 1));
    struct str second = referred(cfn_arg(c, 2));
    if (first.n > 0) {
        add_keys(d, first, map);
    }
    if (second.n > 0 && is_literal(cfn_arg(c, 1))) {
        add_keys(d, second, doc_get_str(map, cfn_arg(c, 1)->text));
    } else if (second.n > 0) {
        for (uint32_t i = 0; i < map->n && map->n <= LIMIT_ALTERNATIVES; i++) {
            add_keys(d, second, map->entries[i].value);
        }
    }
}

static void visit_call(struct cfn_domains *d, const struct cfn_call *c)
{
    if (c->fn == NULL) {
        return;
    }
    if (c->fn->eval == cfn_fn_find_in_map) {
        look_up(d, c);
    } else if (c->fn->form == CFN_FORM_CONDITION && c->args->kind == DOC_SEQ && c->args->n == 2) {
        compare(d, c->args->items[0], c->args->items[1]);
        compare(d, c->args->items[1], c->args->items[0]);
    }
}

static void walk(struct cfn_domains *d, const struct doc_node *node, uint32_t depth)
{
    struct cfn_call c;
    if (node->kind == DOC_SCALAR || depth > LIMIT_DEPTH) {
        return;
    }
    if (cfn_call_of(node, &c)) {
        visit_call(d, &c);
    }
    for (uint32_t i = 0; i < node->n; i++) {
        walk(d, node->kind == DOC_SEQ ? node->items[i] : node->entries[i].value, depth + 1);
    }
}

static void add_all(struct cfn_domains *d, struct str name, const struct cfn_domain *from)
{
    for (size_t i = 0; from != NULL && i < from->texts.n; i++) {
        add(d, name, from->texts.at[i]);
    }
}

/* `Parameters: {Env: !Ref Stage}` of a nested stack: what its template compares Env with. */
static void collect_nested(struct cfn_domains *d, const struct cfn_resource *stack)
{
    const struct cfn_domains *inner = cfn_domains_of(stack->nested);
    const struct doc_node *passed = doc_get(stack->properties, "Parameters");
    for (uint32_t i = 0; passed != NULL && passed->kind == DOC_MAP && i < passed->n; i++) {
        struct str name = referred(passed->entries[i].value);
        if (name.n > 0) {
            add_all(d, name, cfn_domain_of(inner, passed->entries[i].key->text));
        }
    }
}

static void collect(struct cfn_domains *d, const struct cfn_template *t)
{
    *d = (struct cfn_domains){.t = t};
    map_init(&d->by_name, t->unit->arena);
    map_init(&d->done, t->unit->arena);
    static const char *const always[] = {"Conditions", "Rules"};
    static const char *const lookups[] = {"Resources", "Outputs"};
    for (size_t i = 0; i < 2; i++) {
        const struct doc_node *section = doc_get(t->doc->root, always[i]);
        if (section != NULL) {
            walk(d, section, 0);
        }
    }
    for (size_t i = 0; i < 2 && t->mapping_by_name.n > 0; i++) {
        const struct doc_node *section = doc_get(t->doc->root, lookups[i]);
        if (section != NULL) {
            walk(d, section, 0);
        }
    }
    for (size_t i = 0; i < t->resources.n; i++) {
        if (t->resources.at[i]->nested != NULL) {
            collect_nested(d, t->resources.at[i]);
        }
    }
}

const struct cfn_domains *cfn_domains_of(struct cfn_template *t)
{
    if (t->domains == NULL) {
        t->domains = ARENA_NEW(t->unit->arena, struct cfn_domains);
        collect(t->domains, t);
    }
    return t->domains;
}

const struct cfn_domain *cfn_domain_of(const struct cfn_domains *d, struct str name)
{
    return map_get(&d->by_name, name);
}

const struct cfn_domain *cfn_domain_of_all(struct cfn_unit *u, struct str name)
{
    if (u->templates.n == 1) {
        return cfn_domain_of(cfn_domains_of(u->templates.at[0]), name);
    }
    struct cfn_domains all = {.t = u->templates.at[0]};
    map_init(&all.by_name, u->arena);
    for (size_t i = 0; i < u->templates.n; i++) {
        add_all(&all, name, cfn_domain_of(cfn_domains_of(u->templates.at[i]), name));
    }
    return cfn_domain_of(&all, name);
}
