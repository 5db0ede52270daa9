/*
 * Writing pieces. Functions and empty collections always stay on the line of their key; maps
 * and lists open a level where the layout has lines.
 */
#include "fix/piece.h"

static struct piece *scalar(struct arena *a, enum piece_kind kind, struct str text)
{
    struct piece *p = ARENA_NEW(a, struct piece);
    p->kind = kind;
    p->text = text;
    return p;
}

struct piece *piece_text(struct arena *a, struct str text)
{
    return scalar(a, PIECE_TEXT, text);
}

struct piece *piece_plain(struct arena *a, struct str text)
{
    return scalar(a, PIECE_PLAIN, text);
}

struct piece *piece_number(struct arena *a, int64_t n)
{
    return scalar(a, PIECE_PLAIN, str_format(a, "%lld", (long long)n));
}

struct piece *piece_ref(struct arena *a, struct str id)
{
    return scalar(a, PIECE_REF, id);
}

struct piece *piece_getatt(struct arena *a, struct str id, const char *attribute)
{
    struct piece *p = scalar(a, PIECE_GETATT, id);
    p->attribute = str_from(attribute);
    return p;
}

struct piece *piece_sub(struct arena *a, const char *text)
{
    return scalar(a, PIECE_SUB, str_from(text));
}

struct piece *piece_list(struct arena *a)
{
    return scalar(a, PIECE_LIST, STR(""));
}

struct piece *piece_map(struct arena *a)
{
    return scalar(a, PIECE_MAP, STR(""));
}

struct piece *piece_put(struct arena *a, struct piece *map, const char *key,
                        const struct piece *value)
{
    *VEC_ADD(a, &map->entries) = (struct piece_entry){key, value};
    return map;
}

struct piece *piece_add(struct arena *a, struct piece *list, const struct piece *value)
{
    *VEC_ADD(a, &list->entries) = (struct piece_entry){NULL, value};
    return list;
}

/* ---- scalars ------------------------------------------------------------------------------ */

static void double_quoted(struct str text, struct buf *out)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"' || text.p[i] == '\\') {
            buf_addc(out, '\\');
        }
        buf_addc(out, text.p[i]);
    }
    buf_addc(out, '"');
}

static void single_quoted(struct str text, struct buf *out)
{
    buf_addc(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        buf_adds(out, text.p[i] == '\'' ? "'" : "");
        buf_addc(out, text.p[i]);
    }
    buf_addc(out, '\'');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Can it stand without quotes, as text? Words and prefixes only: nothing that YAML could read
 * as a number, a date or a boolean gets here without a letter or a '/'. */
static bool is_plain(struct str text, bool flow)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null"};
    bool word = text.n > 0 && is_letter(text.p[0]);
    bool prefix = text.n > 0 && is_digit(text.p[0]) && str_find_byte(text, '/', 0) != STR_NPOS;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        word = word && !str_eq_nocase(text, str_from(words[i]));
    }
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        char next = i + 1 < text.n ? text.p[i + 1] : ' ';
        bool colon = c == ':' && !flow && next != ' ';
        bool blank = c == ' ' && next != '#' && next != ' ';
        bool mark = strchr("./_-()", c) != NULL;
        if (!(is_letter(c) || is_digit(c) || colon || blank || mark)) {
            return false;
        }
    }
    return word || prefix;
}

static void write_text(const struct layout_rules *r, struct str text, struct buf *out)
{
    if (r->style->is_json) {
        double_quoted(text, out);
    } else if (is_plain(text, r->layout != LAYOUT_BLOCK)) {
        buf_add(out, text);
    } else {
        single_quoted(text, out);
    }
}

static void write_key(const struct layout_rules *r, struct str key, struct buf *out)
{
    if (r->style->is_json || r->key == DOC_DOUBLE) {
        double_quoted(key, out);
    } else if (r->key == DOC_SINGLE) {
        single_quoted(key, out);
    } else {
        buf_add(out, key);
    }
}

/* {"Ref": "X"}, {"Fn::GetAtt": ["X", "Arn"]}, {"Fn::Sub": "..."}. */
static void write_long(const struct layout_rules *r, const struct piece *p, struct buf *out)
{
    struct layout_rules flow = *r;
    flow.layout = LAYOUT_FLOW;
    const char *name = p->kind == PIECE_REF      ? "Ref"
                       : p->kind == PIECE_GETATT ? "Fn::GetAtt"
                                                 : "Fn::Sub";
    struct str colon = r->style->is_json ? r->colon : STR(": ");
    buf_addc(out, '{');
    if (r->style->is_json) {
        double_quoted(str_from(name), out);
    } else if (p->kind == PIECE_REF) {
        buf_adds(out, name);
    } else {
        single_quoted(str_from(name), out);
    }
    buf_add(out, colon);
    if (p->kind == PIECE_GETATT) {
        buf_addc(out, '[');
        write_text(&flow, p->text, out);
        buf_add(out, r->style->is_json ? r->comma : STR(", "));
        write_text(&flow, p->attribute, out);
        buf_addc(out, ']');
    } else {
        write_text(&flow, p->text, out);
    }
    buf_addc(out, '}');
}

static void write_function(const struct layout_rules *r, const struct piece *p, struct buf *out)
{
    if (r->style->is_json || r->style->long_names) {
        write_long(r, p, out);
    } else if (p->kind == PIECE_REF) {
        buf_addf(out, "!Ref %.*s", STR_ARG(p->text));
    } else if (p->kind == PIECE_GETATT) {
        buf_addf(out, "!GetAtt %.*s.%.*s", STR_ARG(p->text), STR_ARG(p->attribute));
    } else {
        buf_adds(out, "!Sub ");
        single_quoted(p->text, out);
    }
}

/* ---- collections -------------------------------------------------------------------------- */

enum { DEEPEST = 16 }; /* pieces are made here, never read */

static void write_value(const struct layout_rules *r, const struct piece *p, struct buf *out,
                        int depth);

static void write_entry(const struct layout_rules *r, const struct piece_entry *e, struct buf *out,
                        int depth)
{
    if (e->key != NULL) {
        write_key(r, str_from(e->key), out);
        buf_add(out, r->layout == LAYOUT_BLOCK ? STR(":") : r->colon);
    } else if (r->layout == LAYOUT_BLOCK) {
        buf_addc(out, '-');
    }
    write_value(r, e->value, out, depth + 1);
}

static void write_bracketed(const struct layout_rules *r, const struct piece *p, struct buf *out,
                            int depth)
{
    bool lines = r->layout == LAYOUT_LINES;
    struct buf deeper;
    buf_init(&deeper);
    buf_add(&deeper, r->indent);
    buf_add(&deeper, r->unit);
    struct layout_rules inner = *r;
    inner.indent = buf_str(&deeper);
    buf_addc(out, p->kind == PIECE_MAP ? '{' : '[');
    for (size_t i = 0; i < p->entries.n; i++) {
        if (lines) {
            buf_adds(out, i > 0 ? "," : "");
            buf_add(out, r->style->newline);
            buf_add(out, inner.indent);
        } else if (i > 0) {
            buf_add(out, r->comma);
        }
        write_entry(&inner, &p->entries.at[i], out, depth);
    }
    if (lines) {
        buf_add(out, r->style->newline);
        buf_add(out, r->indent);
    }
    buf_addc(out, p->kind == PIECE_MAP ? '}' : ']');
    buf_release(&deeper);
}

static void write_block(const struct layout_rules *r, const struct piece *p, struct buf *out,
                        int depth)
{
    bool deeper = p->kind == PIECE_MAP || r->style->dash_indented;
    struct buf indent;
    buf_init(&indent);
    buf_add(&indent, r->indent);
    buf_add(&indent, deeper ? r->unit : STR(""));
    struct layout_rules inner = *r;
    inner.indent = buf_str(&indent);
    for (size_t i = 0; i < p->entries.n; i++) {
        buf_add(out, r->style->newline);
        buf_add(out, inner.indent);
        write_entry(&inner, &p->entries.at[i], out, depth);
    }
    buf_release(&indent);
}

/* A map as an item: its first key stands behind the dash, the others below that key. */
static void write_item_map(const struct layout_rules *r, const struct piece *p, struct buf *out,
                           int depth)
{
    struct buf indent;
    buf_init(&indent);
    buf_add(&indent, r->indent);
    buf_adds(&indent, "  ");
    struct layout_rules inner = *r;
    inner.indent = buf_str(&indent);
    for (size_t i = 0; i < p->entries.n; i++) {
        if (i > 0) {
            buf_add(out, r->style->newline);
            buf_add(out, inner.indent);
        } else {
            buf_addc(out, ' ');
        }
        write_entry(&inner, &p->entries.at[i], out, depth);
    }
    buf_release(&indent);
}

static void write_value(const struct layout_rules *r, const struct piece *p, struct buf *out,
                        int depth)
{
    if (depth > DEEPEST) {
        BUG("a piece nested %d deep", depth);
    }
    struct layout_rules flat = *r;
    if (r->flat && r->layout == LAYOUT_LINES) {
        flat.layout = LAYOUT_FLOW;
        r = &flat;
    }
    bool block = r->layout == LAYOUT_BLOCK;
    bool collection = p->kind == PIECE_MAP || p->kind == PIECE_LIST;
    if (collection && block) {
        if (out->n > 0 && out->p[out->n - 1] == '-' && p->kind == PIECE_MAP) {
            write_item_map(r, p, out, depth);
        } else {
            write_block(r, p, out, depth);
        }
        return;
    }
    buf_adds(out, block ? " " : "");
    switch (p->kind) {
    case PIECE_TEXT:
        write_text(r, p->text, out);
        break;
    case PIECE_PLAIN:
        buf_add(out, p->text);
        break;
    case PIECE_REF:
    case PIECE_GETATT:
    case PIECE_SUB:
        write_function(r, p, out);
        break;
    case PIECE_LIST:
    case PIECE_MAP:
        write_bracketed(r, p, out, depth);
        break;
    }
}

void piece_write(const struct layout_rules *rules, const struct piece *p, struct buf *out)
{
    write_value(rules, p, out, 0);
}

void piece_write_entry(const struct layout_rules *rules, struct str key, const struct piece *p,
                       struct buf *out)
{
    write_key(rules, key, out);
    buf_add(out, rules->layout == LAYOUT_BLOCK ? STR(":") : rules->colon);
    write_value(rules, p, out, 0);
}
