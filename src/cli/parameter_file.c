/*
 * Every form is a list or map of entries; each entry gives one value. A list as a value is what
 * CommaDelimitedList reads, its items joined by commas.
 */
#include "cli/parameter_file.h"

#include "base/file.h"
#include "base/limits.h"

struct reading {
    struct arena *arena;
    struct parameter_values *out;
    struct diags *diags;
};

static void fault(struct reading *r, const struct doc_node *node, const char *what)
{
    diag_add(r->diags, DIAG_ARGUMENT, doc_full_span(node), "%s", what);
}

static bool is_plain(const struct doc_node *node)
{
    return node != NULL && node->kind == DOC_SCALAR && node->type != DOC_NULL && node->tag.n == 0;
}

bool parameter_value_of(struct arena *a, const struct doc_node *node, struct str *out)
{
    if (is_plain(node)) {
        *out = node->text;
        return true;
    }
    bool is_list = node->kind == DOC_SEQ && node->tag.n == 0;
    struct buf joined;
    buf_init(&joined);
    for (uint32_t i = 0; is_list && i < node->n; i++) {
        is_list = is_plain(node->items[i]);
        buf_adds(&joined, i > 0 ? "," : "");
        buf_add(&joined, is_list ? node->items[i]->text : STR(""));
    }
    *out = str_copy(a, buf_str(&joined));
    buf_release(&joined);
    return is_list;
}

static void give_node(struct reading *r, struct str name, const struct doc_node *value)
{
    struct str text;
    if (parameter_value_of(r->arena, value, &text)) {
        *VEC_ADD(r->arena, &r->out->all) = (struct cfn_given){.name = name, .value = text};
    } else {
        fault(r, value, PARAMETER_VALUE);
    }
}

static void read_item(struct reading *r, const struct doc_node *item)
{
    if (is_plain(item)) {
        size_t equals = str_find_byte(item->text, '=', 0);
        if (equals == STR_NPOS || equals == 0) {
            fault(r, item, "A parameter in a list of texts is written NAME=VALUE.");
            return;
        }
        *VEC_ADD(r->arena, &r->out->all) =
            (struct cfn_given){.name = str_sub(item->text, 0, equals),
                               .value = str_sub(item->text, equals + 1, item->text.n)};
        return;
    }
    const struct doc_node *key = item->kind == DOC_MAP ? doc_get(item, "ParameterKey") : NULL;
    if (!is_plain(key)) {
        fault(r, item, "A parameter in a list has a 'ParameterKey', or is written NAME=VALUE.");
        return;
    }
    const struct doc_node *value = doc_get(item, "ParameterValue");
    const struct doc_node *previous = doc_get(item, "UsePreviousValue");
    if (value != NULL) {
        give_node(r, key->text, value);
    } else if (!is_plain(previous) || !str_is(previous->text, "true")) {
        fault(r, item, "A parameter in a list has a 'ParameterValue'.");
    }
}

static void read_entries(struct reading *r, const struct doc_node *node)
{
    if (node->kind == DOC_SEQ) {
        for (uint32_t i = 0; i < node->n; i++) {
            read_item(r, node->items[i]);
        }
    } else if (node->kind == DOC_MAP) {
        for (uint32_t i = 0; i < node->n; i++) {
            give_node(r, node->entries[i].key->text, node->entries[i].value);
        }
    } else {
        fault(r, node, "Parameters are a list or a map.");
    }
}

void parameter_file_read(struct arena *a, struct source_set *sources, struct str path,
                         struct parameter_values *out, struct diags *d)
{
    struct str bytes;
    struct file_result result = file_read(a, path, LIMIT_TEMPLATE_BYTES, &bytes);
    if (result.status != FILE_OK) {
        diag_unreadable(d, SPAN_NONE, "The parameter file ", path, &result);
        return;
    }
    size_t errors = d->errors;
    struct doc *doc = doc_read(a, source_add(sources, path, bytes), LIMIT_TEMPLATE_BYTES, d);
    if (doc->root == NULL) {
        if (d->errors == errors) {
            diag_add(d, DIAG_ARGUMENT, SPAN_NONE, "The parameter file '%.*s' is empty.",
                     STR_ARG(path))
                ->path = path;
        }
        return;
    }
    struct reading r = {a, out, d};
    const struct doc_node *inner =
        doc->root->kind == DOC_MAP ? doc_get(doc->root, "Parameters") : NULL;
    bool is_wrapped = inner != NULL && inner->kind != DOC_SCALAR;
    read_entries(&r, is_wrapped ? inner : doc->root);
}

void parameter_files_take(struct cli_options *o, struct source_set *sources, struct diags *d)
{
    struct parameter_values values = {0};
    for (size_t i = 0; i < o->parameter_files.n; i++) {
        parameter_file_read(o->arena, sources, o->parameter_files.at[i], &values, d);
    }
    for (size_t i = 0; i < o->given.n; i++) {
        *VEC_ADD(o->arena, &values.all) = o->given.at[i];
    }
    o->given.n = 0;
    for (size_t i = 0; i < values.all.n; i++) {
        *VEC_ADD(o->arena, &o->given) = values.all.at[i];
    }
}
