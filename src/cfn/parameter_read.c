/*
 * Reading the declaration of a parameter, and holding what is given for it against it.
 */
#include "base/suggest.h"
#include "cfn/eval.h"
#include "cfn/parameters.h"
#include "cfn/terms.h"

static const struct str plain_types[] = {
    {"String", 6},        {"Number", 6},        {"CommaDelimitedList", 18},
    {"List<Number>", 12}, {"List<String>", 12},
};
enum { PLAIN_TYPES = sizeof plain_types / sizeof plain_types[0] };

static bool is_scalar(const struct doc_node *n)
{
    return n != NULL && n->kind == DOC_SCALAR && n->type != DOC_NULL && n->tag.n == 0;
}

static bool is_true(const struct doc_node *n)
{
    return is_scalar(n) && str_eq_nocase(n->text, STR("true"));
}

static void read_type(struct cfn_template *t, struct cfn_parameter *p)
{
    const struct doc_node *type = doc_get(p->node, "Type");
    p->type = STR("String");
    if (!is_scalar(type)) {
        CFN_FAULT(t, DIAG_ARGUMENT, p->key, "Parameter '%.*s' has no 'Type'.", STR_ARG(p->name));
        return;
    }
    bool is_known =
        str_starts(type->text, STR("AWS::")) || str_starts(type->text, STR("List<AWS::"));
    for (size_t i = 0; i < PLAIN_TYPES; i++) {
        is_known = is_known || str_eq(type->text, plain_types[i]);
    }
    if (!is_known) {
        struct str near = suggest(type->text, plain_types, PLAIN_TYPES);
        CFN_FAULT(t, DIAG_ARGUMENT, type, "'%.*s' is not a parameter type%s%.*s%s",
                  STR_ARG(type->text), near.n ? "; did you mean '" : "", STR_ARG(near),
                  near.n ? "'?" : ".");
        return;
    }
    p->type = type->text;
    p->is_ssm = str_starts(p->type, STR("AWS::SSM::Parameter::Value<"));
    p->is_list = str_starts(p->type, STR("List<")) || str_is(p->type, "CommaDelimitedList") ||
                 (p->is_ssm && (str_find(p->type, STR("<List<"), 0) != STR_NPOS ||
                                str_find(p->type, STR("<CommaDelimitedList"), 0) != STR_NPOS));
    bool is_text = str_find(p->type, STR("AvailabilityZone::Name"), 0) != STR_NPOS ||
                   str_is(p->type, "AWS::SSM::Parameter::Name");
    p->is_opaque = p->is_ssm || (str_find(p->type, STR("AWS::"), 0) != STR_NPOS && !is_text);
}

/* An integer bound; a fraction is cut towards the wider side. */
static void read_bound(struct cfn_template *t, const struct cfn_parameter *p, const char *key,
                       int64_t *out)
{
    const struct doc_node *n = doc_get(p->node, key);
    if (n == NULL) {
        return;
    }
    struct str text = is_scalar(n) ? str_trim(n->text) : (struct str){0};
    size_t dot = str_find_byte(text, '.', 0);
    int64_t value;
    if (dot != STR_NPOS) {
        text = str_sub(text, 0, dot);
    }
    if (!str_to_int(text, &value)) {
        CFN_FAULT(t, DIAG_ARGUMENT, n, "'%s' of parameter '%.*s' is not a number.", key,
                  STR_ARG(p->name));
        return;
    }
    *out = value;
}

static void read_constraints(struct cfn_template *t, struct cfn_parameter *p)
{
    struct cfn_constraints *c = ARENA_NEW(t->unit->arena, struct cfn_constraints);
    p->constraints = c;
    c->max_length = INT64_MAX;
    read_bound(t, p, "MinLength", &c->min_length);
    read_bound(t, p, "MaxLength", &c->max_length);
    read_bound(t, p, "MinValue", &p->min_value);
    read_bound(t, p, "MaxValue", &p->max_value);
    const struct doc_node *pattern = doc_get(p->node, "AllowedPattern");
    if (pattern != NULL && !is_scalar(pattern)) {
        CFN_FAULT(t, DIAG_ARGUMENT, pattern, "'AllowedPattern' of parameter '%.*s' is not a text.",
                  STR_ARG(p->name));
    } else if (pattern != NULL) {
        struct arena *a = t->unit->arena;
        struct regex_error error;
        c->gave_up = ARENA_NEW(a, bool);
        c->pattern = regex_shelf_get(t->unit->options.patterns, a, pattern->text, &error);
        if (c->pattern == NULL) {
            CFN_FAULT(t, error.too_long ? DIAG_BUDGET : DIAG_CONFIG, pattern,
                      "'AllowedPattern' of parameter '%.*s' cannot be read (%s), so every value "
                      "is taken as allowed.",
                      STR_ARG(p->name), error.text);
        }
    }
}

static void read_allowed(struct cfn_template *t, struct cfn_parameter *p)
{
    const struct doc_node *allowed = doc_get(p->node, "AllowedValues");
    if (allowed == NULL) {
        return;
    }
    bool good = allowed->kind == DOC_SEQ && allowed->n > 0;
    for (uint32_t i = 0; good && i < allowed->n; i++) {
        good = is_scalar(allowed->items[i]);
    }
    if (!good) {
        CFN_FAULT(t, DIAG_ARGUMENT, allowed,
                  "'AllowedValues' of parameter '%.*s' is not a list of values.", STR_ARG(p->name));
        return;
    }
    /* Of a list they restrict each element; of an SSM type they speak of the name. */
    p->has_allowed = !p->is_list && !p->is_ssm;
}

static bool is_among_allowed(const struct cfn_parameter *p, struct str text)
{
    const struct doc_node *allowed = doc_get(p->node, "AllowedValues");
    for (uint32_t i = 0; i < allowed->n; i++) {
        if (str_eq(allowed->items[i]->text, text)) {
            return true;
        }
    }
    return false;
}

bool cfn_parameter_admits(const struct cfn_parameter *p, struct str text)
{
    return p->has_allowed ? is_among_allowed(p, text) : cfn_parameter_accepts(p, text);
}

static void read_default(struct cfn_template *t, struct cfn_parameter *p)
{
    const struct doc_node *n = doc_get(p->node, "Default");
    if (n == NULL || (n->kind == DOC_SCALAR && n->type == DOC_NULL)) {
        return;
    }
    if (!is_scalar(n)) {
        CFN_FAULT(t, DIAG_ARGUMENT, n, "'Default' of parameter '%.*s' is not a single value.",
                  STR_ARG(p->name));
        return;
    }
    if (p->is_ssm) {
        return; /* a name, not a value */
    }
    p->default_node = n;
    if (!p->is_list && !cfn_parameter_admits(p, n->text)) {
        CFN_FAULT(t, DIAG_CONFIG, n,
                  "'Default' of parameter '%.*s' is not a value that the parameter allows.",
                  STR_ARG(p->name));
    }
}

/* Each element of a given list, or the one value. */
static bool given_is_allowed(const struct cfn_parameter *p)
{
    if (p->is_ssm) {
        return true;
    }
    if (!p->is_list) {
        return cfn_parameter_admits(p, p->given);
    }
    for (size_t at = 0; at <= p->given.n;) {
        size_t comma = str_find_byte(p->given, ',', at);
        size_t end = comma == STR_NPOS ? p->given.n : comma;
        if (!cfn_parameter_accepts(p, str_trim(str_sub(p->given, at, end)))) {
            return false;
        }
        at = end + 1;
    }
    return true;
}

static void take_given(struct cfn_parameter *p, struct cfn_given *given, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(given[i].name, p->name)) {
            given[i].used = true;
            p->is_given = true;
            p->given = given[i].value;
        }
    }
}

/* The values of the command line are for the stacks that the user deploys: a nested one gets
 * its values from its parent. */
static void read_given(struct cfn_template *t, struct cfn_parameter *p)
{
    if (t->stack != NULL) {
        return;
    }
    take_given(p, t->unit->options.given, t->unit->options.given_n);
    take_given(p, t->input.given, t->input.given_n);
    if (!p->is_given || given_is_allowed(p)) {
        return;
    }
    if (p->no_echo) {
        CFN_FAULT(t, DIAG_ARGUMENT, p->key,
                  "The given value of parameter '%.*s' is not one that it allows.",
                  STR_ARG(p->name));
    } else {
        CFN_FAULT(t, DIAG_ARGUMENT, p->key,
                  "The given value '%.*s' of parameter '%.*s' is not one that it allows.",
                  STR_ARG(p->given), STR_ARG(p->name));
    }
}

struct cfn_parameter *cfn_parameter_read(struct cfn_template *t, const struct doc_entry *entry)
{
    struct cfn_unit *u = t->unit;
    struct cfn_parameter *p = ARENA_NEW(u->arena, struct cfn_parameter);
    *p = (struct cfn_parameter){.name = entry->key->text,
                                .node = entry->value,
                                .key = entry->key,
                                .var = GUARD_NO_OUTCOME,
                                .other = GUARD_NO_OUTCOME,
                                .min_value = INT64_MIN,
                                .max_value = INT64_MAX};
    read_type(t, p);
    p->no_echo = is_true(doc_get(p->node, "NoEcho"));
    read_constraints(t, p);
    read_allowed(t, p);
    read_default(t, p);
    read_given(t, p);
    struct str text = p->name;
    if (t->name.n > 0) {
        text = str_format(u->arena, "%.*s/%.*s", STR_ARG(t->name), STR_ARG(text));
    }
    struct cfn_unknown *unknown = ARENA_NEW(u->arena, struct cfn_unknown);
    *unknown = (struct cfn_unknown){
        .why = CFN_WHY_PARAMETER, .text = text, .parameter = p, .is_list = p->is_list};
    *map_at(&u->unknowns, text) = unknown;
    p->unknown = unknown;
    return p;
}
