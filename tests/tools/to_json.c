/*
 * Prints a YAML template as the JSON that means the same to CloudFormation: short tags in
 * long form, scalars by their type. The golden cases run on both.
 */
#include "base/file.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "doc/doc.h"

static void write_node(struct json_writer *w, const struct doc_node *n);

static void write_scalar(struct json_writer *w, const struct doc_node *n)
{
    switch ((enum doc_type)n->type) {
    case DOC_INT:
    case DOC_BOOL:
        json_raw(w, n->text);
        break;
    case DOC_NULL:
        json_null(w);
        break;
    case DOC_STRING:
    case DOC_FLOAT: /* "1.10" must stay what it is: as a string it does */
        json_str(w, n->text);
        break;
    }
}

static void write_bare(struct json_writer *w, const struct doc_node *n)
{
    switch ((enum doc_kind)n->kind) {
    case DOC_SCALAR:
        write_scalar(w, n);
        break;
    case DOC_SEQ:
        json_array_begin(w);
        for (uint32_t i = 0; i < n->n; i++) {
            write_node(w, n->items[i]);
        }
        json_array_end(w);
        break;
    case DOC_MAP:
        json_object_begin(w);
        for (uint32_t i = 0; i < n->n; i++) {
            json_key_str(w, n->entries[i].key->text);
            write_node(w, n->entries[i].value);
        }
        json_object_end(w);
        break;
    }
}

/* !GetAtt Web.Sub.Attr: the logical id ends at the first dot. */
static void write_get_att(struct json_writer *w, const struct doc_node *n)
{
    size_t dot = str_find_byte(n->text, '.', 0);
    json_array_begin(w);
    json_str(w, str_sub(n->text, 0, dot));
    json_str(w, dot == STR_NPOS ? STR("") : str_sub(n->text, dot + 1, n->text.n));
    json_array_end(w);
}

static void write_node(struct json_writer *w, const struct doc_node *n)
{
    if (n->tag.n < 2 || n->tag.p[0] != '!') {
        write_bare(w, n);
        return;
    }
    struct str name = str_sub(n->tag, 1, n->tag.n);
    json_object_begin(w);
    if (str_is(name, "Ref") || str_is(name, "Condition")) {
        json_key_str(w, name);
    } else {
        struct buf key;
        buf_init(&key);
        const char *prefix = str_starts(name, STR("Rain::")) ? "" : "Fn::";
        buf_addf(&key, "%s%.*s", prefix, STR_ARG(name));
        json_key_str(w, buf_str(&key));
        buf_release(&key);
    }
    if (str_is(name, "GetAtt") && n->kind == DOC_SCALAR) {
        write_get_att(w, n);
    } else if (n->kind == DOC_SCALAR) {
        json_str(w, n->text);
    } else {
        write_bare(w, n);
    }
    json_object_end(w);
}

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct str bytes;
    if (argc != 2 || file_read(&a, str_from(argv[1]), LIMIT_FILE_BYTES, &bytes).status != FILE_OK) {
        fprintf(stderr, "usage: to_json TEMPLATE\n");
        return 2;
    }
    struct source_set sources;
    struct diags diags;
    source_set_init(&sources, &a);
    diags_init(&diags, &a);
    struct doc *doc =
        doc_read(&a, source_add(&sources, str_from(argv[1]), bytes), LIMIT_TEMPLATE_BYTES, &diags);
    struct buf out;
    buf_init(&out);
    if (doc->root) {
        struct json_writer w;
        json_begin(&w, &out, 4);
        write_node(&w, doc->root);
        buf_addc(&out, '\n');
    }
    bool ok = doc->root && file_put(&a, stdout, buf_str(&out)).status == FILE_OK;
    buf_release(&out);
    arena_release(&a);
    return ok ? 0 : 2;
}
