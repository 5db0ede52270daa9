/*
 * A template's sections ("Template anatomy", AWS CloudFormation User Guide), read in the order in
 * which they depend on each other: declarations, then the domains of parameters, then their
 * variables, then conditions, then what conditions guard. Whatever has the wrong shape is
 * diagnosed where it stands and left out; the rest is kept.
 */
#include "base/suggest.h"
#include "cfn/eval.h"
#include "cfn/loops.h"
#include "cfn/nested.h"
#include "cfn/parameters.h"
#include "cfn/serverless.h"

static const struct str sections[] = {
    {"AWSTemplateFormatVersion", 24},
    {"Description", 11},
    {"Metadata", 8},
    {"Parameters", 10},
    {"Rules", 5},
    {"Mappings", 8},
    {"Conditions", 10},
    {"Transform", 9},
    {"Resources", 9},
    {"Outputs", 7},
    {"Hooks", 5},
    {"Globals", 7},
};
enum { SECTIONS = sizeof sections / sizeof sections[0] };

static const struct str resource_keys[] = {
    {"Type", 4},           {"Properties", 10},     {"Condition", 9},
    {"DependsOn", 9},      {"Metadata", 8},        {"DeletionPolicy", 14},
    {"UpdatePolicy", 12},  {"CreationPolicy", 14}, {"UpdateReplacePolicy", 19},
    {"Description", 11},   {"Version", 7},         {"Connectors", 10},
    {"IgnoreGlobals", 13},
};
enum { RESOURCE_KEYS = sizeof resource_keys / sizeof resource_keys[0] };

static bool is_null(const struct doc_node *n)
{
    return n == NULL || (n->kind == DOC_SCALAR && n->type == DOC_NULL);
}

static bool is_name(const struct doc_node *n)
{
    return n != NULL && n->kind == DOC_SCALAR && n->type != DOC_NULL && n->tag.n == 0;
}

/* A key that is none of the known ones: near one of them it is a typing error that hides what
 * stands below it; else CloudFormation rejects it, but nothing is lost. */
static void unknown_key(struct cfn_template *t, const struct doc_node *key, const char *where,
                        const struct str *known, size_t n)
{
    struct str near = suggest(key->text, known, n);
    CFN_FAULT(t, near.n > 0 ? DIAG_ARGUMENT : DIAG_CONFIG, key,
              "'%.*s' is not a key of a %s%s%.*s%s", STR_ARG(key->text), where,
              near.n ? "; did you mean '" : "", STR_ARG(near), near.n ? "'?" : ".");
}

static bool is_among(struct str s, const struct str *known, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(s, known[i])) {
            return true;
        }
    }
    return false;
}

static void note_macro(struct cfn_template *t, const struct doc_node *at, struct str name)
{
    t->has_macro = true;
    CFN_FAULT(t, DIAG_MACRO, at, "'%.*s' rewrites the template; what it changes is not known.",
              STR_ARG(name));
}

/* Transforms that add nothing which the rest of the template could refer to. */
static bool is_harmless_transform(struct str name)
{
    return str_is(name, "AWS::LanguageExtensions") ||
           str_is(name, "AWS::SecretsManager-2020-07-23") ||
           str_is(name, "AWS::SecretsManager-2024-09-16") ||
           str_is(name, "AWS::CodeDeployBlueGreen");
}

static void read_transform(struct cfn_template *t)
{
    const struct doc_node *n = doc_get(t->doc->root, "Transform");
    if (is_null(n)) {
        return;
    }
    size_t count = n->kind == DOC_SEQ ? n->n : 1;
    for (size_t i = 0; i < count; i++) {
        const struct doc_node *one = n->kind == DOC_SEQ ? n->items[i] : n;
        const struct doc_node *name = one->kind == DOC_MAP ? doc_get(one, "Name") : one;
        if (!is_name(name)) {
            CFN_FAULT(t, DIAG_ARGUMENT, one, "A transform is the name of a macro.");
        } else if (cfn_is_serverless_transform(name->text)) {
            t->is_serverless = true;
        } else if (!is_harmless_transform(name->text)) {
            note_macro(t, one, name->text);
        }
    }
}

/* Modules that are put into the template before it is deployed (Rain; "aws cloudformation
 * package"): what they define has names that nobody knows here. */
static bool is_module_section(struct str key)
{
    return str_is(key, "Modules") || str_is(key, "Rain");
}

static void read_top(struct cfn_template *t)
{
    const struct doc_node *root = t->doc->root;
    for (uint32_t i = 0; i < root->n; i++) {
        const struct doc_node *key = root->entries[i].key;
        if (cfn_is_macro_key(key->text) || is_module_section(key->text)) {
            note_macro(t, key, key->text);
        } else if (!is_among(key->text, sections, SECTIONS)) {
            unknown_key(t, key, "template", sections, SECTIONS);
        }
    }
    read_transform(t);
}

/* The entries of a section that is a map of names. */
struct entries {
    const struct doc_entry **at;
    size_t n;
};

/* Entry by entry, in order: loops and transforms are noted, a name that came before is left
 * out (doc has diagnosed the duplicate), and so is what is no map, where it has to be one. */
static struct entries entries_of(struct cfn_template *t, const char *section, bool need_maps)
{
    struct entries out = {0};
    const struct doc_node *map = doc_get(t->doc->root, section);
    if (is_null(map)) {
        return out;
    }
    if (map->kind != DOC_MAP || map->tag.n > 0) {
        CFN_FAULT(t, map->tag.n > 0 ? DIAG_MACRO : DIAG_ARGUMENT, map, "'%s' is not a map.",
                  section);
        t->has_macro = t->has_macro || map->tag.n > 0;
        return out;
    }
    struct map seen;
    map_init(&seen, t->unit->arena);
    out.at = ARENA_ARRAY(t->unit->arena, map->n, const struct doc_entry *);
    for (uint32_t i = 0; i < map->n; i++) {
        const struct doc_entry *e = &map->entries[i];
        if (cfn_is_macro_key(e->key->text)) {
            note_macro(t, e->key, e->key->text);
            continue;
        }
        void **cell = map_at(&seen, e->key->text);
        if (*cell != NULL) {
            continue;
        }
        *cell = t;
        if (need_maps && (e->value->kind != DOC_MAP || e->value->tag.n > 0)) {
            bool is_tag = e->value->tag.n > 0;
            CFN_FAULT(t, is_tag ? DIAG_MACRO : DIAG_ARGUMENT, e->value,
                      "'%.*s' in '%s' is not a map.", STR_ARG(e->key->text), section);
            t->has_macro = t->has_macro || is_tag;
            continue;
        }
        out.at[out.n++] = e;
    }
    return out;
}

static void read_parameters(struct cfn_template *t)
{
    struct entries entries = entries_of(t, "Parameters", true);
    for (size_t i = 0; i < entries.n; i++) {
        struct cfn_parameter *p = cfn_parameter_read(t, entries.at[i]);
        *map_at(&t->parameter_by_name, p->name) = p;
        *VEC_ADD(t->unit->arena, &t->parameters) = p;
    }
}

static void read_mappings(struct cfn_template *t)
{
    struct entries entries = entries_of(t, "Mappings", true);
    for (size_t i = 0; i < entries.n; i++) {
        struct cfn_mapping *m = ARENA_NEW(t->unit->arena, struct cfn_mapping);
        *m = (struct cfn_mapping){entries.at[i]->key->text, entries.at[i]->value};
        *map_at(&t->mapping_by_name, m->name) = m;
    }
}

static void read_conditions(struct cfn_template *t)
{
    struct entries entries = entries_of(t, "Conditions", false);
    for (size_t i = 0; i < entries.n; i++) {
        struct cfn_condition *c = ARENA_NEW(t->unit->arena, struct cfn_condition);
        *c = (struct cfn_condition){.name = entries.at[i]->key->text,
                                    .key = entries.at[i]->key,
                                    .node = entries.at[i]->value};
        *map_at(&t->condition_by_name, c->name) = c;
    }
}

static void check_resource_keys(struct cfn_template *t, const struct cfn_resource *r)
{
    for (uint32_t i = 0; i < r->node->n; i++) {
        const struct doc_node *key = r->node->entries[i].key;
        if (cfn_is_macro_key(key->text)) {
            note_macro(t, key, key->text);
        } else if (t->has_macro &&
                   (str_is(key->text, "Overrides") || str_is(key->text, "Source"))) {
            continue; /* of a module */
        } else if (!is_among(key->text, resource_keys, RESOURCE_KEYS)) {
            unknown_key(t, key, "resource", resource_keys, RESOURCE_KEYS);
        }
    }
}

static void read_properties(struct cfn_template *t, struct cfn_resource *r)
{
    const struct doc_node *properties = doc_get(r->node, "Properties");
    if (is_null(properties)) {
        return;
    }
    if (properties->kind != DOC_MAP && properties->tag.n == 0) {
        CFN_FAULT(t, DIAG_ARGUMENT, properties, "'Properties' of resource '%.*s' is not a map.",
                  STR_ARG(r->id));
        return;
    }
    r->properties = properties;
}

/* `Type: !Rain::Module vpc.yml`, or {"Rain::Module": "vpc.yml"}: several resources. */
static bool is_module_type(const struct doc_node *type)
{
    struct cfn_call c;
    return type != NULL && cfn_call_of(type, &c) && c.fn != NULL && c.fn->form == CFN_FORM_MACRO;
}

static void read_resource(struct cfn_template *t, const struct doc_entry *e)
{
    struct cfn_resource *r = ARENA_NEW(t->unit->arena, struct cfn_resource);
    *r = (struct cfn_resource){.home = t,
                               .id = e->key->text,
                               .key = e->key,
                               .node = e->value,
                               .when = GUARD_TRUE,
                               .unsure = GUARD_FALSE,
                               .index = (uint32_t)t->resources.n};
    *map_at(&t->resource_by_id, r->id) = r;
    *VEC_ADD(t->unit->arena, &t->resources) = r;
    if (map_get(&t->parameter_by_name, r->id) != NULL) {
        CFN_FAULT(t, DIAG_ARGUMENT, e->key, "'%.*s' is the name of a parameter as well.",
                  STR_ARG(r->id));
    }
    const struct doc_node *type = doc_get(r->node, "Type");
    if (is_name(type)) {
        r->type = type->text;
    } else if (is_module_type(type)) {
        note_macro(t, type, type->tag.n > 0 ? type->tag : type->entries[0].key->text);
    } else if (!t->has_macro || type != NULL) {
        CFN_FAULT(t, DIAG_ARGUMENT, type ? type : e->key, "Resource '%.*s' has no 'Type'.",
                  STR_ARG(r->id));
    }
    if (str_ends(r->type, STR("::MODULE"))) { /* its resources are named after it */
        note_macro(t, type, r->type);
    }
    check_resource_keys(t, r);
    read_properties(t, r);
}

static void read_resources(struct cfn_template *t)
{
    struct entries entries = entries_of(t, "Resources", true);
    for (size_t i = 0; i < entries.n; i++) {
        read_resource(t, entries.at[i]);
    }
    const struct doc_node *section = doc_get(t->doc->root, "Resources");
    if (section == NULL || (is_null(section) || section->n == 0)) {
        if (!t->has_macro) {
            CFN_FAULT(t, DIAG_ARGUMENT, section ? section : t->doc->root,
                      "The template has no resources.");
        }
    }
}

/* The guard of a resource's or output's Condition, inside that of the template. */
static struct guard condition_of(struct cfn_template *t, const struct doc_node *n)
{
    if (n == NULL) {
        return t->when;
    }
    if (!is_name(n)) {
        CFN_FAULT(t, DIAG_ARGUMENT, n, "'Condition' is the name of a condition.");
        return t->when;
    }
    struct cfn_scope s = cfn_scope_of(t);
    return guard_and(t->unit->space, t->when, cfn_condition_named(&s, n->text, n));
}

static void read_outputs(struct cfn_template *t)
{
    struct entries entries = entries_of(t, "Outputs", true);
    for (size_t i = 0; i < entries.n; i++) {
        const struct doc_node *node = entries.at[i]->value;
        struct cfn_output *o = VEC_ADD(t->unit->arena, &t->outputs);
        o->name = entries.at[i]->key->text;
        o->value = doc_get(node, "Value");
        o->export_name = doc_get(doc_get(node, "Export"), "Name");
        o->condition = doc_get(node, "Condition");
        o->when = GUARD_FALSE;
        if (o->value == NULL && !t->has_macro) {
            CFN_FAULT(t, DIAG_ARGUMENT, entries.at[i]->key, "Output '%.*s' has no 'Value'.",
                      STR_ARG(o->name));
        }
    }
}

static void settle_parameters(struct cfn_template *t)
{
    const struct cfn_domains *domains = cfn_domains_of(t);
    for (size_t i = 0; i < t->parameters.n; i++) {
        struct cfn_parameter *p = t->parameters.at[i];
        if (t->stack != NULL) {
            cfn_parameter_bind(t, p);
        } else {
            cfn_parameter_settle(t, p, cfn_domain_of(domains, p->name));
        }
    }
    const struct str *pseudos;
    size_t n = cfn_pseudo_names(&pseudos);
    for (size_t i = 0; i < n; i++) {
        struct cfn_parameter *p = cfn_pseudo(t, pseudos[i]);
        bool is_own = map_get(&t->pseudos, pseudos[i]) != NULL;
        const struct cfn_domain *domain =
            is_own ? cfn_domain_of(domains, pseudos[i]) : cfn_domain_of_all(t->unit, pseudos[i]);
        if (domain != NULL && !p->is_given && !p->is_list && p->var == GUARD_NO_OUTCOME) {
            cfn_parameter_settle(t, p, domain);
        }
    }
}

static void settle_conditions(struct cfn_template *t)
{
    struct cfn_scope s = cfn_scope_of(t);
    for (size_t i = 0; i < t->condition_by_name.n; i++) {
        const struct cfn_condition *c = t->condition_by_name.entries[i].value;
        (void)cfn_condition_named(&s, c->name, c->key);
    }
    for (size_t i = 0; i < t->resources.n; i++) {
        struct cfn_resource *r = t->resources.at[i];
        struct guard when = condition_of(t, doc_get(r->node, "Condition"));
        r->unsure = guard_and(t->unit->space, when, cfn_loop_unsure(t, "Resources", r->id));
        r->when = guard_minus(t->unit->space, when, r->unsure);
    }
    for (size_t i = 0; i < t->outputs.n; i++) {
        struct cfn_output *o = &t->outputs.at[i];
        o->when = guard_minus(t->unit->space, condition_of(t, o->condition),
                              cfn_loop_unsure(t, "Outputs", o->name));
    }
}

struct cfn_template *cfn_declare(struct cfn_unit *u, const struct cfn_input *input)
{
    return cfn_declare_nested(u, input, NULL);
}

struct cfn_template *cfn_declare_nested(struct cfn_unit *u, const struct cfn_input *input,
                                        struct cfn_resource *stack)
{
    const struct doc *doc = input->doc;
    struct cfn_template *t = ARENA_NEW(u->arena, struct cfn_template);
    *t = (struct cfn_template){.unit = u,
                               .doc = doc,
                               .name = input->name,
                               .index = (uint32_t)u->templates.n,
                               .stack = stack,
                               .when = GUARD_TRUE,
                               .input = *input};
    if (doc->root == NULL) {
        return NULL; /* the reader has said why */
    }
    if (doc->root->kind != DOC_MAP) {
        diag_add(u->diags, DIAG_ARGUMENT, doc->root->span, "A template is a map of sections.");
        return NULL;
    }
    map_init(&t->parameter_by_name, u->arena);
    map_init(&t->resource_by_id, u->arena);
    map_init(&t->condition_by_name, u->arena);
    map_init(&t->mapping_by_name, u->arena);
    *VEC_ADD(u->arena, &u->templates) = t;
    cfn_pseudos_own(t);
    read_top(t);
    read_parameters(t);
    cfn_nested_give(t);
    read_mappings(t);
    cfn_loops_expand(t);
    cfn_serverless_merge(t);
    read_conditions(t);
    read_resources(t);
    read_outputs(t);
    cfn_nested_declare(t);
    return t;
}

void cfn_settle(struct cfn_template *t)
{
    if (t->state != CFN_DECLARED) {
        return; /* or it is about to be: what asks for it meanwhile finds identities */
    }
    t->state = CFN_SETTLING;
    if (t->stack != NULL) {
        cfn_settle(t->stack->home);
        t->when = t->stack->when;
    }
    settle_parameters(t);
    settle_conditions(t);
    t->state = CFN_SETTLED;
}

struct cfn_template *cfn_add(struct cfn_unit *u, const struct doc *doc, struct str name)
{
    struct cfn_template *t = cfn_declare(u, &(struct cfn_input){.doc = doc, .name = name});
    if (t != NULL) {
        cfn_settle(t);
    }
    return t;
}
