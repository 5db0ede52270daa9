/*
 * The intrinsic functions: one row each, and how a node is recognised as a call of one.
 * ("Intrinsic function reference", AWS CloudFormation User Guide; the functions of Rules are
 * in "Rule-specific intrinsic functions".)
 */
#include "base/suggest.h"
#include "cfn/eval.h"

static const struct cfn_function functions[] = {
    {"Ref", "!Ref", CFN_FORM_REF, 1, 1, cfn_fn_ref},
    {"Fn::GetAtt", "!GetAtt", CFN_FORM_GETATT, 1, 2, cfn_fn_getatt},
    {"Fn::Sub", "!Sub", CFN_FORM_SUB, 1, 2, cfn_fn_sub},
    {"Fn::If", "!If", CFN_FORM_IF, 3, 3, cfn_fn_if},
    {"Fn::Join", "!Join", CFN_FORM_LIST, 2, 2, cfn_fn_join},
    {"Fn::Select", "!Select", CFN_FORM_LIST, 2, 2, cfn_fn_select},
    {"Fn::Split", "!Split", CFN_FORM_LIST, 2, 2, cfn_fn_split},
    {"Fn::FindInMap", "!FindInMap", CFN_FORM_LIST, 3, 4, cfn_fn_find_in_map},
    {"Fn::Cidr", "!Cidr", CFN_FORM_LIST, 2, 3, cfn_fn_cidr},
    {"Fn::GetAZs", "!GetAZs", CFN_FORM_VALUE, 1, 1, cfn_fn_get_azs},
    {"Fn::Base64", "!Base64", CFN_FORM_VALUE, 1, 1, cfn_fn_base64},
    {"Fn::ImportValue", "!ImportValue", CFN_FORM_VALUE, 1, 1, cfn_fn_import},
    {"Fn::GetStackOutput", "!GetStackOutput", CFN_FORM_VALUE, 1, 1, cfn_fn_stack_output},
    {"Fn::Length", "!Length", CFN_FORM_VALUE, 1, 1, cfn_fn_length},
    {"Fn::ToJsonString", "!ToJsonString", CFN_FORM_VALUE, 1, 1, cfn_fn_to_json},
    {"Fn::Transform", "!Transform", CFN_FORM_MACRO, 1, 1, cfn_fn_macro},
    {"Fn::Equals", "!Equals", CFN_FORM_CONDITION, 2, 2, NULL},
    {"Fn::And", "!And", CFN_FORM_CONDITION, 2, 10, NULL},
    {"Fn::Or", "!Or", CFN_FORM_CONDITION, 2, 10, NULL},
    {"Fn::Not", "!Not", CFN_FORM_CONDITION, 1, 1, NULL},
    {"Fn::Contains", "!Contains", CFN_FORM_CONDITION, 2, 2, NULL},
    {"Fn::EachMemberEquals", "!EachMemberEquals", CFN_FORM_CONDITION, 2, 2, NULL},
    {"Fn::EachMemberIn", "!EachMemberIn", CFN_FORM_CONDITION, 2, 2, NULL},
    {"Fn::RefAll", "!RefAll", CFN_FORM_CONDITION, 1, 1, NULL},
    {"Fn::ValueOf", "!ValueOf", CFN_FORM_CONDITION, 2, 2, NULL},
    {"Fn::ValueOfAll", "!ValueOfAll", CFN_FORM_CONDITION, 2, 2, NULL},
};
enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

static const struct cfn_function for_each = {"Fn::ForEach", "!ForEach", CFN_FORM_MACRO, 0, 0,
                                             cfn_fn_macro};
static const struct cfn_function condition = {"Condition", "!Condition", CFN_FORM_CONDITION, 0,
                                              0,           NULL};

static bool is_long_name(struct str key)
{
    return key.n > 4 && key.p[0] == 'F' && key.p[1] == 'n' && key.p[2] == ':' && key.p[3] == ':';
}

bool cfn_is_macro_key(struct str key)
{
    return is_long_name(key) &&
           (str_is(key, "Fn::Transform") || str_starts(key, STR("Fn::ForEach::")) ||
            str_is(key, "Fn::ForEach"));
}

/* Both look at the first letter of a row's own name before they compare all of it. */
static const struct cfn_function *by_tag(struct str tag)
{
    for (size_t i = 0; tag.n > 1 && i < FUNCTIONS; i++) {
        if (functions[i].tag[1] == tag.p[1] && str_is(tag, functions[i].tag)) {
            return &functions[i];
        }
    }
    return str_is(tag, condition.tag) ? &condition : NULL;
}

static const struct cfn_function *by_name(struct str name)
{
    if (!is_long_name(name)) {
        return str_is(name, functions[0].name) ? &functions[0] : NULL;
    }
    for (size_t i = 1; i < FUNCTIONS; i++) { /* all but Ref */
        if (functions[i].name[4] == name.p[4] && str_is(name, functions[i].name)) {
            return &functions[i];
        }
    }
    return cfn_is_macro_key(name) ? &for_each : NULL;
}

/* Rain's directives: `!Rain::Embed file`, {"Rain::Embed": "file"}. */
static bool is_directive(struct str name)
{
    return str_starts(name, STR("Rain::")) || str_starts(name, STR("!Rain::"));
}

/* "Fn::Sub": {"Fn::Transform": ...}, "Fn::Sub": {"Rain::Embed": ...}: who writes the arguments? */
static bool is_written_by_macro(const struct doc_node *args)
{
    if (args->kind != DOC_MAP || args->n != 1) {
        return false;
    }
    struct str key = args->entries[0].key->text;
    return cfn_is_macro_key(key) || is_directive(key);
}

static bool long_call_of(const struct doc_node *node, struct cfn_call *out)
{
    if (node->kind != DOC_MAP || node->n != 1) {
        return false;
    }
    const struct doc_entry *only = &node->entries[0];
    struct str key = only->key->text;
    bool is_macro = is_directive(key);
    if (!is_macro && !is_long_name(key) && !str_is(key, "Ref")) {
        return false;
    }
    is_macro = is_macro || is_written_by_macro(only->value) || is_directive(only->value->tag);
    const struct cfn_function *fn = is_macro ? &for_each : by_name(key);
    *out = (struct cfn_call){fn, node, only->value, false};
    return true;
}

bool cfn_call_of(const struct doc_node *node, struct cfn_call *out)
{
    if (node->tag.n > 0) {
        bool is_macro = is_written_by_macro(node) || is_directive(node->tag);
        const struct cfn_function *fn = is_macro ? &for_each : by_tag(node->tag);
        *out = (struct cfn_call){fn, node, node, true};
        return true;
    }
    return long_call_of(node, out);
}

bool cfn_inner_call_of(const struct cfn_call *c, struct cfn_call *out)
{
    return c->tagged && long_call_of(c->args, out);
}

bool cfn_condition_call_of(const struct doc_node *node, struct cfn_call *out)
{
    if (node->tag.n == 0 && node->kind == DOC_MAP && node->n == 1 &&
        doc_is(node->entries[0].key, condition.name)) {
        *out = (struct cfn_call){&condition, node, node->entries[0].value, false};
        return true;
    }
    return cfn_call_of(node, out);
}

const struct doc_node *cfn_arg(const struct cfn_call *c, size_t i)
{
    return c->args->kind == DOC_SEQ && i < c->args->n ? c->args->items[i] : NULL;
}

static bool is_plain_text(const struct doc_node *node)
{
    return node->kind == DOC_SCALAR && node->tag.n == 0;
}

/* What was written where a function was expected: "did you mean". */
static struct str nearest_function(const struct cfn_call *c)
{
    struct str names[FUNCTIONS];
    for (size_t i = 0; i < FUNCTIONS; i++) {
        names[i] = str_from(c->tagged ? functions[i].tag : functions[i].name);
    }
    return suggest(c->tagged ? c->node->tag : c->node->entries[0].key->text, names, FUNCTIONS);
}

/* A tag or "Fn::" name that is no function. Tags belong to preprocessors (!Rain::Embed), so
 * they are notes; a "Fn::" name that nothing expands is an error. */
static bool check_name(const struct cfn_template *t, const struct cfn_call *c)
{
    struct str near = nearest_function(c);
    struct str written = c->tagged ? c->node->tag : c->node->entries[0].key->text;
    bool is_macro = c->tagged ? near.n == 0 : t->has_macro;
    const char *open = near.n > 0 ? "; did you mean '" : "";
    const char *close = near.n > 0 ? "'?" : ".";
    CFN_FAULT(t, is_macro ? DIAG_MACRO : DIAG_ARGUMENT, c->node,
              "'%.*s' is not an intrinsic function%s%.*s%s", STR_ARG(written), open, STR_ARG(near),
              close);
    return false;
}

static bool check_list(const struct cfn_template *t, const struct cfn_call *c)
{
    const struct cfn_function *fn = c->fn;
    if (c->args->kind != DOC_SEQ || (!c->tagged && c->args->tag.n > 0)) {
        CFN_FAULT(t, DIAG_ARGUMENT, c->node, "'%s' takes a list of arguments.", fn->name);
        return false;
    }
    if (c->args->n < fn->min || c->args->n > fn->max) {
        if (fn->min == fn->max) {
            CFN_FAULT(t, DIAG_ARGUMENT, c->node, "'%s' takes %u arguments, not %u.", fn->name,
                      fn->min, c->args->n);
        } else {
            CFN_FAULT(t, DIAG_ARGUMENT, c->node, "'%s' takes %u to %u arguments, not %u.", fn->name,
                      fn->min, fn->max, c->args->n);
        }
        return false;
    }
    return true;
}

static bool check_sub(const struct cfn_template *t, const struct cfn_call *c)
{
    const struct doc_node *args = c->args;
    if (args->kind == DOC_SCALAR && (c->tagged || args->tag.n == 0)) {
        return true;
    }
    if (args->kind != DOC_SEQ) {
        CFN_FAULT(t, DIAG_ARGUMENT, c->node,
                  "'Fn::Sub' takes a text, or a list of a text and a map.");
        return false;
    }
    if (args->n == 0 || args->n > 2 || !is_plain_text(args->items[0]) ||
        (args->n == 2 && args->items[1]->kind != DOC_MAP)) {
        CFN_FAULT(t, DIAG_ARGUMENT, c->node, "'Fn::Sub' takes a list of a text and a map.");
        return false;
    }
    return true;
}

static bool check_getatt(const struct cfn_template *t, const struct cfn_call *c)
{
    const struct doc_node *args = c->args;
    bool good = false;
    if (args->kind == DOC_SCALAR) {
        size_t dot = str_find_byte(args->text, '.', 0);
        good = dot != STR_NPOS && dot > 0 && dot + 1 < args->text.n;
    } else if (args->kind == DOC_SEQ) {
        /* The attribute may be a Ref ("Fn::GetAtt": "you can use the Ref function"). */
        good = args->n >= 2 && args->items[0]->kind == DOC_SCALAR;
        for (uint32_t i = 2; good && i < args->n; i++) {
            good = args->items[i]->kind == DOC_SCALAR; /* [Stack, Outputs, Name] is accepted */
        }
    }
    if (!good) {
        CFN_FAULT(t, DIAG_ARGUMENT, c->node,
                  "'Fn::GetAtt' takes a resource and the name of an attribute.");
    }
    return good;
}

static bool check_if(const struct cfn_template *t, const struct cfn_call *c)
{
    if (!check_list(t, c)) {
        return false;
    }
    if (!is_plain_text(c->args->items[0])) {
        CFN_FAULT(t, DIAG_ARGUMENT, c->args->items[0],
                  "The first argument of 'Fn::If' is the name of a condition.");
        return false;
    }
    return true;
}

bool cfn_call_check(const struct cfn_template *t, const struct cfn_call *c)
{
    if (c->fn == NULL) {
        return check_name(t, c);
    }
    switch (c->fn->form) {
    case CFN_FORM_REF:
        if (c->args->kind != DOC_SCALAR || (!c->tagged && c->args->tag.n > 0)) {
            CFN_FAULT(t, DIAG_ARGUMENT, c->node,
                      "'Ref' takes the name of a parameter or resource.");
            return false;
        }
        return true;
    case CFN_FORM_GETATT:
        return check_getatt(t, c);
    case CFN_FORM_SUB:
        return check_sub(t, c);
    case CFN_FORM_IF:
        return check_if(t, c);
    case CFN_FORM_LIST:
        return check_list(t, c);
    case CFN_FORM_CONDITION:
        if (c->fn == &condition || str_is(str_from(c->fn->name), "Fn::RefAll")) {
            if (c->args->kind != DOC_SCALAR) {
                CFN_FAULT(t, DIAG_ARGUMENT, c->node, "'%s' takes a name.", c->fn->name);
                return false;
            }
            return true;
        }
        return check_list(t, c);
    case CFN_FORM_VALUE:
    case CFN_FORM_MACRO:
        return true;
    }
    return true;
}
