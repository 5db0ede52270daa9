/*
 * Entries that accept findings. An entry must say what it accepts: one without a selector
 * would accept everything, so it is refused.
 */
#include "policy/settings_ignore.h"

#include "base/limits.h"
#include "policy/glob.h"

const struct rule *settings_rule(struct settings_reader *r, const struct doc_node *n)
{
    const struct rule *rule = n->kind == DOC_SCALAR ? rule_find(n->text) : NULL;
    if (rule != NULL) {
        return rule;
    }
    struct str text = n->kind == DOC_SCALAR ? n->text : STR("");
    struct str near = rule_near(r->settings->arena, text);
    settings_complain(r->diags, n, "There is no rule", text, &near, near.n > 0 ? 1 : 0);
    return NULL;
}

static unsigned number(struct str text, size_t begin, size_t end)
{
    unsigned n = 0;
    for (size_t i = begin; i < end; i++) {
        n = n * 10 + (unsigned)(text.p[i] - '0');
    }
    return n;
}

bool settings_is_date(struct str text)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (text.n != 10) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text.p[i] != '-' : (text.p[i] < '0' || text.p[i] > '9')) {
            return false;
        }
    }
    unsigned year = number(text, 0, 4);
    unsigned month = number(text, 5, 7);
    unsigned day = number(text, 8, 10);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static struct regex *read_regex(struct settings_reader *r, const struct doc_node *n)
{
    struct regex_error error;
    struct regex *regex = ARENA_NEW(r->settings->arena, struct regex);
    if (n->kind != DOC_SCALAR) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "This is not a regular expression.");
        return NULL;
    }
    if (!regex_init(regex, n->text, &error)) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "'%.*s' is not a regular expression: %s.",
                 STR_ARG(n->text), error.text);
        return NULL;
    }
    return regex;
}

static void read_tag(struct settings_reader *r, const struct doc_node *n, struct ignore *out)
{
    if (n->kind != DOC_MAP || n->n != 1) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span,
                 "'tag' is not a map of one key to a regular expression.");
        return;
    }
    out->tag_key = n->entries[0].key->text;
    out->tag_value = read_regex(r, n->entries[0].value);
}

static bool read_text(struct settings_reader *r, const struct doc_node *n, const char *key,
                      struct str *out)
{
    if (n->kind != DOC_SCALAR || n->text.n == 0) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "'%s' is not a text.", key);
        return false;
    }
    *out = n->text;
    return true;
}

static void read_key(struct settings_reader *r, const struct doc_entry *e, struct ignore *out)
{
    static const struct str keys[] = {{"rule", 4}, {"resource", 8}, {"tag", 3},
                                      {"path", 4}, {"reason", 6},   {"until", 5}};
    const struct doc_node *v = e->value;
    if (doc_is(e->key, "rule")) {
        out->rule = settings_rule(r, v);
    } else if (doc_is(e->key, "resource")) {
        out->resource = read_regex(r, v);
    } else if (doc_is(e->key, "tag")) {
        read_tag(r, v, out);
    } else if (doc_is(e->key, "path")) {
        if (read_text(r, v, "path", &out->path) && v->text.n > LIMIT_GLOB_BYTES) {
            diag_add(r->diags, DIAG_ARGUMENT, v->span, "'path' is longer than %d bytes.",
                     LIMIT_GLOB_BYTES);
        }
    } else if (doc_is(e->key, "reason")) {
        (void)read_text(r, v, "reason", &out->reason);
    } else if (doc_is(e->key, "until")) {
        if (v->kind != DOC_SCALAR || !settings_is_date(v->text)) {
            diag_add(r->diags, DIAG_ARGUMENT, v->span, "'until' is not a day such as 2031-12-31.");
            return;
        }
        out->until = v->text;
    } else {
        settings_complain(r->diags, e->key, "Unknown key", e->key->text, keys,
                          sizeof keys / sizeof *keys);
    }
}

void settings_read_ignores(struct settings_reader *r, const struct doc_node *list)
{
    if (list->kind != DOC_SEQ) {
        diag_add(r->diags, DIAG_ARGUMENT, list->span, "'ignore' is not a list.");
        return;
    }
    for (uint32_t i = 0; i < list->n; i++) {
        const struct doc_node *n = list->items[i];
        if (n->kind != DOC_MAP) {
            diag_add(r->diags, DIAG_ARGUMENT, n->span, "An entry of 'ignore' is a map.");
            continue;
        }
        struct ignore *entry = VEC_ADD(r->settings->arena, &r->settings->ignores);
        entry->at = n->span;
        bool selects = false;
        for (uint32_t k = 0; k < n->n; k++) {
            const struct doc_node *key = n->entries[k].key;
            selects = selects || doc_is(key, "rule") || doc_is(key, "resource") ||
                      doc_is(key, "tag") || doc_is(key, "path");
            read_key(r, &n->entries[k], entry);
        }
        if (!selects) {
            diag_add(r->diags, DIAG_ARGUMENT, n->span,
                     "An entry of 'ignore' needs one of 'rule', 'resource', 'tag' and 'path'.");
        }
    }
}
