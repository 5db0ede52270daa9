/*
 * Comments and Metadata into suppressions. Most templates have none: a look for the two words
 * keeps the walk over their comments away from them.
 */
#include "base/suggest.h"
#include "doc/comment.h"
#include "policy/settings_ignore.h"
#include "policy/suppress.h"

struct reader {
    struct arena *arena;
    const struct cfn_unit *unit;
    struct suppressions *out;
};

#define SHAPE "'# cfnreach:ignore CFNR102 -- reason'"

static void complain(struct reader *r, struct span at, const char *what, struct str text,
                     struct str near)
{
    struct diags *d = r->unit->diags;
    if (near.n > 0) {
        diag_add(d, DIAG_SUPPRESSION, at, "%s '%.*s'; did you mean '%.*s'?", what, STR_ARG(text),
                 STR_ARG(near));
    } else {
        diag_add(d, DIAG_SUPPRESSION, at, "%s '%.*s'.", what, STR_ARG(text));
    }
}

static bool is_diagnostic(struct str id)
{
    for (unsigned i = 0; i < DIAG_ID_COUNT; i++) {
        if (str_eq_nocase(id, str_from(diag_kind((enum diag_id)i)->id))) {
            return true;
        }
    }
    return false;
}

/* The rule of an id or name; NULL after a diagnostic. */
static const struct rule *rule_of(struct reader *r, struct str id, struct span at)
{
    const struct rule *rule = rule_find(id);
    if (rule == NULL && is_diagnostic(id)) {
        diag_add(r->unit->diags, DIAG_SUPPRESSION, at,
                 "'%.*s' is a diagnostic, which cannot be suppressed: it says that something was "
                 "not understood.",
                 STR_ARG(id));
    } else if (rule == NULL) {
        complain(r, at, "There is no rule", id, rule_near(r->arena, id));
    }
    return rule;
}

/* ---- comments ------------------------------------------------------------------------------ */

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static uint32_t end_of_line(struct str s, uint32_t at)
{
    while (at < s.n && !is_break(s.p[at])) {
        at++;
    }
    return at;
}

static struct span line_around(struct str s, struct span comment)
{
    uint32_t begin = comment.begin;
    while (begin > 0 && !is_break(s.p[begin - 1])) {
        begin--;
    }
    return (struct span){comment.source, begin, end_of_line(s, comment.end)};
}

/* The next line with something else than a comment on it; an empty span at the end. */
static struct span line_below(struct str s, struct span comment)
{
    uint32_t at = end_of_line(s, comment.end);
    while (at < s.n) {
        uint32_t begin = at;
        while (at < s.n && (is_blank(s.p[at]) || is_break(s.p[at]))) {
            begin = is_break(s.p[at]) ? at + 1 : begin;
            at++;
        }
        uint32_t end = end_of_line(s, at);
        if (at < s.n && s.p[at] != '#') {
            return (struct span){comment.source, begin, end};
        }
        at = end;
    }
    return (struct span){comment.source, (uint32_t)s.n, (uint32_t)s.n};
}

static struct span part_of(struct str whole, struct span comment, struct str part)
{
    uint32_t begin = comment.begin + (uint32_t)(part.p - whole.p);
    return (struct span){comment.source, begin, begin + (uint32_t)part.n};
}

/* Up to the first blank. */
static struct str first_word(struct str s)
{
    size_t n = 0;
    while (n < s.n && !is_blank(s.p[n])) {
        n++;
    }
    return str_sub(s, 0, n);
}

/* "cfnreach: ignore", "cfn-reach:ignore", "cfnreach:disable": somebody means us. */
static bool means_us(struct str text)
{
    static const struct str tool[] = {STR_INIT("cfnreach")};
    static const struct str verbs[] = {STR_INIT("ignore"), STR_INIT("disable"), STR_INIT("skip"),
                                       STR_INIT("suppress")};
    size_t n = 0;
    while (n < text.n && !is_blank(text.p[n]) && text.p[n] != ':') {
        n++;
    }
    struct str rest = str_trim(str_sub(text, n, text.n));
    if (str_starts(rest, STR(":"))) {
        rest = str_trim(str_sub(rest, 1, rest.n));
    }
    size_t verb = 0;
    while (verb < rest.n && ((rest.p[verb] >= 'a' && rest.p[verb] <= 'z') ||
                             (rest.p[verb] >= 'A' && rest.p[verb] <= 'Z'))) {
        verb++;
    }
    return suggest(str_sub(text, 0, n), tool, 1).n > 0 &&
           suggest(str_sub(rest, 0, verb), verbs, sizeof verbs / sizeof *verbs).n > 0;
}

/* Where "--" begins that stands after a blank (or at once); the length if there is none. */
static size_t reason_at(struct str s)
{
    size_t at = str_find(s, STR("--"), 0);
    while (at != STR_NPOS && at > 0 && !is_blank(s.p[at - 1])) {
        at = str_find(s, STR("--"), at + 1);
    }
    return at == STR_NPOS ? s.n : at;
}

static void read_id(struct reader *r, struct str id, struct suppression s)
{
    struct str word = first_word(id);
    if (word.n == 0) {
        diag_add(r->unit->diags, DIAG_SUPPRESSION, s.at,
                 "This suppression names no rule; it is written " SHAPE ".");
        return;
    }
    s.rule = rule_of(r, word, s.at);
    if (s.rule == NULL) {
        return;
    }
    if (word.n < id.n) {
        diag_add(r->unit->diags, DIAG_SUPPRESSION, s.at,
                 "Behind the id stands something that is neither a comma nor ' -- reason': the "
                 "suppression does not count.");
        return;
    }
    *VEC_ADD(r->arena, &r->out->all) = s;
}

/* `whole` is the comment, which `ids` is a part of. */
static void read_ids(struct reader *r, struct str whole, struct str ids, struct suppression s,
                     struct span comment)
{
    for (size_t begin = 0; begin <= ids.n;) {
        size_t comma = str_find_byte(ids, ',', begin);
        size_t end = comma == STR_NPOS ? ids.n : comma;
        struct str id = str_trim(str_sub(ids, begin, end));
        s.at = id.n > 0 ? part_of(whole, comment, first_word(id)) : comment;
        read_id(r, id, s);
        begin = end + 1;
    }
}

static void read_comment(struct reader *r, struct str bytes, const struct doc_comment *c)
{
    struct str whole = str_sub(bytes, c->span.begin, c->span.end);
    struct str text = str_trim(str_sub(whole, 1, whole.n));
    struct str directive = STR("cfnreach:ignore");
    bool is_ours =
        str_starts(text, directive) && (text.n == directive.n || is_blank(text.p[directive.n]));
    if (!is_ours) {
        if (means_us(text)) {
            diag_add(r->unit->diags, DIAG_SUPPRESSION, c->span,
                     "This comment suppresses nothing; did you mean " SHAPE "?");
        }
        return;
    }
    struct str rest = str_sub(text, directive.n, text.n);
    size_t dashes = reason_at(rest);
    struct suppression s = {.reason = str_trim(str_sub(rest, dashes + 2, rest.n)),
                            .line = c->own_line ? line_below(bytes, c->span)
                                                : line_around(bytes, c->span)};
    read_ids(r, whole, str_trim(str_sub(rest, 0, dashes)), s, c->span);
}

static bool worth_a_look(struct str bytes)
{
    return str_find_byte(bytes, '#', 0) != STR_NPOS &&
           (str_find(bytes, STR("cfnreach"), 0) != STR_NPOS ||
            str_find(bytes, STR("ignore"), 0) != STR_NPOS);
}

static void read_comments(struct reader *r, const struct doc *doc)
{
    struct str bytes = doc->source->bytes;
    if (doc->is_json || !worth_a_look(bytes)) {
        return;
    }
    struct doc_comments comments = doc_comments(r->arena, doc);
    for (size_t i = 0; i < comments.n; i++) {
        read_comment(r, bytes, &comments.at[i]);
    }
}

/* ---- Metadata ------------------------------------------------------------------------------ */

static bool is_text(const struct doc_node *n)
{
    return n->kind == DOC_SCALAR && n->text.n > 0 && n->type != DOC_NULL;
}

static void read_entry(struct reader *r, const struct cfn_resource *owner, const struct doc_node *n)
{
    static const struct str keys[] = {STR_INIT("id"), STR_INIT("reason"), STR_INIT("until")};
    struct suppression s = {.at = n->span, .line = SPAN_NONE, .resource = owner};
    bool counts = n->kind == DOC_MAP;
    bool named = false;
    for (uint32_t i = 0; counts && i < n->n; i++) {
        const struct doc_node *key = n->entries[i].key;
        const struct doc_node *v = n->entries[i].value;
        if (doc_is(key, "id") && is_text(v)) {
            named = true;
            s.at = v->span;
            s.rule = rule_of(r, v->text, v->span);
        } else if (doc_is(key, "reason") && is_text(v)) {
            s.reason = v->text;
        } else if (doc_is(key, "until") && is_text(v) && settings_is_date(v->text)) {
            s.until = v->text;
        } else if (doc_is(key, "id") || doc_is(key, "reason")) {
            diag_add(r->unit->diags, DIAG_SUPPRESSION, v->span, "'%.*s' is not a text.",
                     STR_ARG(key->text));
        } else if (doc_is(key, "until")) {
            /* Not knowing when it ends, it must not count for ever. */
            diag_add(r->unit->diags, DIAG_SUPPRESSION, v->span,
                     "'until' is not a day such as 2031-12-31: the suppression does not count.");
            return;
        } else {
            /* Nor where `until` may be what is misspelt. */
            complain(r, key->span, "Unknown key", key->text, suggest(key->text, keys, 3));
            return;
        }
    }
    if (!named) {
        diag_add(r->unit->diags, DIAG_SUPPRESSION, n->span,
                 "An entry of 'ignore' is a map with the 'id' of a rule.");
    } else if (s.rule != NULL) {
        *VEC_ADD(r->arena, &r->out->all) = s;
    }
}

/* The value of the one key that a map may have; others are named as misspelt. */
static const struct doc_node *only_key(struct reader *r, const struct doc_node *map,
                                       const char *name)
{
    struct str known = str_from(name);
    for (uint32_t i = 0; map->kind == DOC_MAP && i < map->n; i++) {
        const struct doc_node *key = map->entries[i].key;
        if (!str_eq(key->text, known)) {
            complain(r, key->span, "Unknown key", key->text, suggest(key->text, &known, 1));
        }
    }
    return doc_get(map, name);
}

static void read_metadata(struct reader *r, const struct cfn_resource *owner)
{
    const struct doc_node *metadata = doc_get(owner->node, "Metadata");
    struct str known = STR("cfnreach");
    for (uint32_t i = 0; metadata != NULL && metadata->kind == DOC_MAP && i < metadata->n; i++) {
        const struct doc_node *key = metadata->entries[i].key;
        const struct doc_node *value = metadata->entries[i].value;
        if (!str_eq(key->text, known)) {
            if (doc_get(value, "ignore") != NULL && suggest(key->text, &known, 1).n > 0) {
                complain(r, key->span, "Unknown key", key->text, known);
            }
            continue;
        }
        const struct doc_node *list = only_key(r, value, "ignore");
        if (list == NULL || list->kind != DOC_SEQ) {
            diag_add(r->unit->diags, DIAG_SUPPRESSION, list == NULL ? key->span : list->span,
                     "Metadata 'cfnreach' is written {ignore: [{id: CFNR102, reason: TEXT}]}.");
            continue;
        }
        for (uint32_t k = 0; k < list->n; k++) {
            read_entry(r, owner, list->items[k]);
        }
    }
}

void suppress_read(struct arena *a, const struct cfn_unit *u, struct suppressions *out)
{
    struct reader r = {a, u, out};
    for (size_t i = 0; i < u->templates.n; i++) {
        const struct cfn_template *t = u->templates.at[i];
        read_comments(&r, t->doc);
        for (size_t k = 0; k < t->resources.n; k++) {
            read_metadata(&r, t->resources.at[k]);
        }
    }
}
