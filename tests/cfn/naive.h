/*
 * A tiny evaluator of templates in one scenario: every parameter has one value, so a value is a
 * text, a list, nothing, or a fault. It shares no code with src/cfn and is as naive as it can
 * be; scenarios_test.c holds the guarded values against it.
 */
#ifndef CFNREACH_TESTS_CFN_NAIVE_H
#define CFNREACH_TESTS_CFN_NAIVE_H

#include "base/buf.h"
#include "doc/doc.h"
#include "tests/check.h"

enum naive_kind { NAIVE_TEXT, NAIVE_LIST, NAIVE_NONE, NAIVE_FAULT };

struct naive {
    enum naive_kind kind;
    struct str text;
    struct naive *items;
    size_t n;
};

struct naive_world {
    struct arena *arena;
    const struct doc_node *root;
    const struct str *values; /* of the parameters, in order of declaration */
};

static inline struct naive naive_eval(const struct naive_world *w, const struct doc_node *node);
static inline bool naive_condition(const struct naive_world *w, const struct doc_node *node);

/* "Join" of `!Join [..]` and of {"Fn::Join": [..]}; empty if the node is no call. */
static inline struct str naive_call(const struct doc_node *node, const struct doc_node **args)
{
    *args = node;
    if (node->tag.n > 0) {
        return str_sub(node->tag, 1, node->tag.n);
    }
    if (node->kind == DOC_MAP && node->n == 1) {
        struct str key = node->entries[0].key->text;
        *args = node->entries[0].value;
        if (str_starts(key, STR("Fn::"))) {
            return str_sub(key, 4, key.n);
        }
        if (str_is(key, "Ref") || str_is(key, "Condition")) {
            return key;
        }
        *args = node;
    }
    return (struct str){0};
}

static inline struct naive naive_text(struct str text)
{
    return (struct naive){.kind = NAIVE_TEXT, .text = text};
}

static inline struct naive naive_ref(const struct naive_world *w, struct str name)
{
    const struct doc_node *parameters = doc_get(w->root, "Parameters");
    for (uint32_t i = 0; i < parameters->n; i++) {
        if (str_eq(parameters->entries[i].key->text, name)) {
            return naive_text(w->values[i]);
        }
    }
    if (str_is(name, "AWS::NoValue")) {
        return (struct naive){.kind = NAIVE_NONE};
    }
    return (struct naive){.kind = NAIVE_FAULT};
}

static inline struct naive naive_list(const struct naive_world *w, const struct doc_node *node)
{
    struct naive list = {.kind = NAIVE_LIST};
    list.items = ARENA_ARRAY(w->arena, node->n, struct naive);
    for (uint32_t i = 0; i < node->n; i++) {
        struct naive item = naive_eval(w, node->items[i]);
        if (item.kind != NAIVE_NONE) {
            list.items[list.n++] = item;
        }
    }
    return list;
}

static inline struct naive naive_join(const struct naive_world *w, const struct doc_node *args)
{
    struct str separator = args->items[0]->text;
    struct naive list = naive_eval(w, args->items[1]);
    struct naive joined = naive_text((struct str){0});
    if (list.kind != NAIVE_LIST) {
        return (struct naive){.kind = NAIVE_FAULT};
    }
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].kind != NAIVE_TEXT) {
            return (struct naive){.kind = NAIVE_FAULT};
        }
        if (i > 0) {
            joined.text = str_join2(w->arena, joined.text, separator);
        }
        joined.text = str_join2(w->arena, joined.text, list.items[i].text);
    }
    return joined;
}

static inline struct naive naive_split(const struct naive_world *w, const struct doc_node *args)
{
    char separator = args->items[0]->text.p[0];
    struct naive text = naive_eval(w, args->items[1]);
    struct naive list = {.kind = NAIVE_LIST};
    if (text.kind != NAIVE_TEXT) {
        return (struct naive){.kind = NAIVE_FAULT};
    }
    list.items = ARENA_ARRAY(w->arena, text.text.n + 1, struct naive);
    size_t begin = 0;
    for (size_t i = 0; i <= text.text.n; i++) {
        if (i == text.text.n || text.text.p[i] == separator) {
            list.items[list.n++] = naive_text(str_sub(text.text, begin, i));
            begin = i + 1;
        }
    }
    return list;
}

static inline struct naive naive_select(const struct naive_world *w, const struct doc_node *args)
{
    struct naive index = naive_eval(w, args->items[0]);
    struct naive list = naive_eval(w, args->items[1]);
    int64_t i;
    if (index.kind != NAIVE_TEXT || !str_to_int(index.text, &i) || i < 0 ||
        list.kind != NAIVE_LIST || (size_t)i >= list.n) {
        return (struct naive){.kind = NAIVE_FAULT};
    }
    return list.items[i];
}

static inline struct naive naive_sub(const struct naive_world *w, const struct doc_node *args)
{
    const struct doc_node *own = args->kind == DOC_SEQ ? args->items[1] : NULL;
    struct str text = args->kind == DOC_SEQ ? args->items[0]->text : args->text;
    struct naive result = naive_text((struct str){0});
    for (size_t i = 0; i < text.n; i++) {
        struct str piece = str_sub(text, i, i + 1);
        if (text.p[i] == '$' && text.p[i + 1] == '{') {
            size_t end = str_find_byte(text, '}', i);
            struct str name = str_sub(text, i + 2, end);
            const struct doc_node *value = own ? doc_get_str(own, name) : NULL;
            struct naive part = value ? naive_eval(w, value) : naive_ref(w, name);
            if (part.kind == NAIVE_FAULT || part.kind == NAIVE_LIST) {
                return (struct naive){.kind = NAIVE_FAULT};
            }
            piece = part.text;
            i = end;
        }
        result.text = str_join2(w->arena, result.text, piece);
    }
    return result;
}

/* The value in the map; *missing is set if there is no such key and no default. */
static inline struct naive naive_find(const struct naive_world *w, const struct doc_node *args,
                                      bool *missing)
{
    const struct doc_node *map = doc_get_str(doc_get(w->root, "Mappings"), args->items[0]->text);
    struct naive first = naive_eval(w, args->items[1]);
    struct naive second = naive_eval(w, args->items[2]);
    const struct doc_node *value = doc_get_str(doc_get_str(map, first.text), second.text);
    *missing = value == NULL && args->n < 4;
    if (value == NULL && args->n == 4) {
        return naive_eval(w, doc_get(args->items[3], "DefaultValue"));
    }
    return value ? naive_eval(w, value) : (struct naive){.kind = NAIVE_FAULT};
}

static inline struct naive naive_eval(const struct naive_world *w, const struct doc_node *node)
{
    const struct doc_node *args;
    struct str call = naive_call(node, &args);
    bool missing;
    if (call.n == 0) {
        return node->kind == DOC_SEQ ? naive_list(w, node) : naive_text(node->text);
    }
    if (str_is(call, "Ref")) {
        return naive_ref(w, args->text);
    }
    if (str_is(call, "If")) {
        return naive_eval(w, args->items[naive_condition(w, args->items[0]) ? 1 : 2]);
    }
    if (str_is(call, "Join")) {
        return naive_join(w, args);
    }
    if (str_is(call, "Split")) {
        return naive_split(w, args);
    }
    if (str_is(call, "Select")) {
        return naive_select(w, args);
    }
    if (str_is(call, "Sub")) {
        return naive_sub(w, args);
    }
    if (str_is(call, "FindInMap")) {
        return naive_find(w, args, &missing);
    }
    if (str_is(call, "Length")) {
        struct naive list = naive_eval(w, args);
        return list.kind == NAIVE_LIST ? naive_text(str_format(w->arena, "%zu", list.n))
                                       : (struct naive){.kind = NAIVE_FAULT};
    }
    return (struct naive){.kind = NAIVE_FAULT};
}

/* An expression of Conditions, or the name of a condition. */
static inline bool naive_condition(const struct naive_world *w, const struct doc_node *node)
{
    const struct doc_node *args;
    struct str call = naive_call(node, &args);
    if (call.n == 0 || str_is(call, "Condition")) {
        return naive_condition(w, doc_get_str(doc_get(w->root, "Conditions"), args->text));
    }
    if (str_is(call, "Equals")) {
        struct naive a = naive_eval(w, args->items[0]);
        struct naive b = naive_eval(w, args->items[1]);
        return str_eq(a.text, b.text);
    }
    if (str_is(call, "Not")) {
        return !naive_condition(w, args->items[0]);
    }
    bool is_and = str_is(call, "And");
    for (uint32_t i = 0; i < args->n; i++) {
        if (naive_condition(w, args->items[i]) != is_and) {
            return !is_and;
        }
    }
    return is_and;
}

/* Would this part deploy? Every lookup that is reached finds its key, and every resource that is
 * referred to exists. */
static inline bool naive_deploys(const struct naive_world *w, const struct doc_node *node)
{
    const struct doc_node *args;
    struct str call = naive_call(node, &args);
    bool missing = false;
    if (node->kind == DOC_SCALAR && call.n == 0) {
        return true;
    }
    if (str_is(call, "If")) {
        return naive_deploys(w, args->items[naive_condition(w, args->items[0]) ? 1 : 2]);
    }
    if (str_is(call, "Ref")) {
        const struct doc_node *r = doc_get_str(doc_get(w->root, "Resources"), args->text);
        const struct doc_node *condition = doc_get(r, "Condition");
        return condition == NULL || naive_condition(w, condition);
    }
    if (str_is(call, "FindInMap")) {
        (void)naive_find(w, args, &missing);
    }
    bool good = !missing;
    for (uint32_t i = 0; good && args->kind != DOC_SCALAR && i < args->n; i++) {
        good = naive_deploys(w, args->kind == DOC_SEQ ? args->items[i] : args->entries[i].value);
    }
    return good;
}

static inline void naive_show(const struct naive *v, struct buf *out)
{
    switch (v->kind) {
    case NAIVE_TEXT:
        buf_addf(out, "\"%.*s\"", STR_ARG(v->text));
        break;
    case NAIVE_NONE:
        buf_adds(out, "none");
        break;
    case NAIVE_FAULT:
        buf_adds(out, "fault");
        break;
    case NAIVE_LIST:
        buf_addc(out, '[');
        for (size_t i = 0; i < v->n; i++) {
            buf_adds(out, i > 0 ? ", " : "");
            naive_show(&v->items[i], out);
        }
        buf_addc(out, ']');
        break;
    }
}

#endif
