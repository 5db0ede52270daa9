/*
 * What an edit adds, before it is known in which syntax: scalars, functions, lists and maps.
 * piece_write puts one down as block YAML, flow YAML, or JSON on one line or many.
 */
#ifndef CFNREACH_FIX_PIECE_H
#define CFNREACH_FIX_PIECE_H

#include "base/buf.h"
#include "base/vec.h"
#include "fix/style.h"

enum piece_kind {
    PIECE_TEXT,
    PIECE_PLAIN,
    PIECE_REF,
    PIECE_GETATT,
    PIECE_SUB,
    PIECE_LIST,
    PIECE_MAP
};

struct piece;

struct piece_entry {
    const char *key; /* NULL: an item of a list */
    const struct piece *value;
};

struct piece {
    enum piece_kind kind;
    struct str text;      /* of scalars; the logical id of Ref and GetAtt; the text of Sub */
    struct str attribute; /* of GetAtt */
    VEC(struct piece_entry) entries;
};

/* Text is quoted where it has to be; a plain one is a number or a boolean. */
struct piece *piece_text(struct arena *a, struct str text);
struct piece *piece_plain(struct arena *a, struct str text);
struct piece *piece_number(struct arena *a, int64_t n);
struct piece *piece_ref(struct arena *a, struct str id);
struct piece *piece_getatt(struct arena *a, struct str id, const char *attribute);
struct piece *piece_sub(struct arena *a, const char *text);
struct piece *piece_list(struct arena *a);
struct piece *piece_map(struct arena *a);
/* Each returns the collection. */
struct piece *piece_put(struct arena *a, struct piece *map, const char *key,
                        const struct piece *value);
struct piece *piece_add(struct arena *a, struct piece *list, const struct piece *value);

/* How the surroundings of a piece are written. */
enum layout {
    LAYOUT_BLOCK, /* block YAML: behind "key:" or "-" */
    LAYOUT_FLOW,  /* one line */
    LAYOUT_LINES  /* JSON (or flow YAML), an entry a line */
};

struct layout_rules {
    const struct style *style;
    enum layout layout;
    bool flat; /* LAYOUT_LINES: what is in an entry stays on its line, as its neighbours do */
    struct str indent;  /* of the line that the key or dash of the piece stands on */
    struct str unit;    /* one level more */
    struct str colon;   /* between key and value where not block: ": " */
    struct str comma;   /* between entries on one line: ", " */
    enum doc_style key; /* how neighbouring keys are quoted */
};

/* The value; in block layout with what separates it from "key:" or "-" (a blank or a line
 * break). */
void piece_write(const struct layout_rules *rules, const struct piece *p, struct buf *out);
/* "Key: value" / "\"Key\": value". */
void piece_write_entry(const struct layout_rules *rules, struct str key, const struct piece *p,
                       struct buf *out);

#endif
