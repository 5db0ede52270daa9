/*
 * One tree for YAML and JSON. Nodes carry byte spans into the source; nothing
 * to the right of this module knows which syntax it was, but scalar style, tags
 * and block/flow are kept, because edits must match their neighbourhood.
 *
 *     Ingress:            map (block)
 *       - CidrIp: !Ref P    key, value: scalar, tag "!Ref", text "P"
 *         ^span^  ^tag^ ^span^
 *
 * The tree is const once doc_read returns, and lives in the arena it was given.
 */
#ifndef CFNREACH_DOC_DOC_H
#define CFNREACH_DOC_DOC_H

#include "text/diag.h"
#include "text/source.h"

enum doc_kind { DOC_SCALAR, DOC_SEQ, DOC_MAP };

/* What a scalar is to CloudFormation: YAML 1.1 rules for plain scalars (yes/no/
 * on/off are booleans, 022 is octal 18, 0x16 is 22, 1:30 is 90; dates stay strings; the
 * rest in doc/scalar.h); JSON's own types. Keys are strings, and so are scalars
 * with a tag of CloudFormation (`!Ref 022`); both keep what was written. */
enum doc_type { DOC_STRING, DOC_INT, DOC_FLOAT, DOC_BOOL, DOC_NULL };

enum doc_style { DOC_PLAIN, DOC_SINGLE, DOC_DOUBLE, DOC_LITERAL, DOC_FOLDED, DOC_BLOCK, DOC_FLOW };

struct doc_node;

struct doc_entry {
    const struct doc_node *key; /* always a scalar */
    const struct doc_node *value;
};

/* What few nodes have. */
struct doc_rare {
    struct span tag_span; /* SPAN_NONE if there is no tag */
    uint16_t copies;   /* 0: as written. Else cfn made this node from `target`, whose place it has,
                          and this many from the same one (a loop; cfn/loops.h) */
    struct str anchor; /* "" if none */
    const struct doc_node *target; /* of an alias: the anchored node; of a copy: the original (see
                                      `copies`); else NULL */
};

/* A large template has some fifty thousand of these, so they are small: fields share bytes, and
 * what is seldom there is in a record beside. */
struct doc_node {
    uint8_t kind;      /* enum doc_kind */
    uint8_t type;      /* enum doc_type, scalars only */
    uint8_t style;     /* enum doc_style */
    bool is_alias : 1; /* written as *name here: the content is the anchor's and is shared */
    bool is_key : 1;   /* this node is a key of its parent */
    uint32_t n;        /* items or entries */
    /* The value alone, without tag and anchor; quotes and brackets belong to it. A block
     * collection ends with its last child, a block scalar with its last non-blank line.
     * Of an alias: the `*name`. */
    struct span span;
    uint32_t index;                /* position in the parent */
    const struct doc_node *parent; /* NULL at the root; children of an alias: their anchor */
    struct str
        tag; /* "!GetAtt", "" if none; tags of the YAML core ("!!str") are applied and dropped */
    const struct doc_rare *rare; /* NULL: nothing of it; read it by the functions below */
    union {
        struct str text; /* scalars: decoded; for DOC_INT canonical decimal ("18" for 022);
                            for DOC_BOOL "true"/"false"; else as written. Of a collection: empty */
        const struct doc_node *const *items; /* DOC_SEQ */
        const struct doc_entry *entries;     /* DOC_MAP, in order of writing */
    };
};

static inline struct span doc_tag_span(const struct doc_node *n)
{
    return n->rare ? n->rare->tag_span : SPAN_NONE;
}

static inline struct str doc_anchor(const struct doc_node *n)
{
    return n->rare ? n->rare->anchor : (struct str){0};
}

static inline const struct doc_node *doc_target(const struct doc_node *n)
{
    return n->rare ? n->rare->target : NULL;
}

static inline unsigned doc_copies(const struct doc_node *n)
{
    return n->rare ? n->rare->copies : 0;
}

/* A record of the node's own to write to, in the arena; it begins as a copy of what the node has,
 * which it may share with the node that it was copied from. */
struct doc_rare *doc_own_rare(struct arena *a, struct doc_node *n);

struct doc {
    struct source *source;
    const struct doc_node *root; /* NULL: nothing could be read; diagnostics say why */
    bool is_json;
    uint32_t nodes; /* how many, aliases not expanded */
};

/* Reads a whole source. First byte (after BOM and blanks) '{' or '[' means JSON; if
 * JSON fails and the path does not end in ".json", YAML is tried, and the reader that
 * got further reports. Bad input: diagnostics (CFNR90x, with the place) in diags, and
 * the best partial tree: root is NULL on syntax errors, non-UTF-8, multi-document
 * files and limits; a duplicate key is diagnosed at the second one (the first is
 * related), both entries stay in the tree, lookup finds the first.
 * A merge key (`<<`, plain) is applied: the entry itself goes, and the merged entries
 * whose keys are not there follow the own ones, in order, key and value as aliases
 * whose span is that of the merged map (`*name`) and whose target is the original.
 * `max_bytes` is the caller's size limit and is named in the diagnostic.
 * The result, never NULL, lives in arena. */
struct doc *doc_read(struct arena *a, struct source *src, size_t max_bytes, struct diags *d);

/* The value under key of a map; NULL if map is NULL, not a map, or has no such key. */
const struct doc_node *doc_get_str(const struct doc_node *map, struct str key);
static inline const struct doc_node *doc_get(const struct doc_node *map, const char *key)
{
    return doc_get_str(map, str_from(key));
}
const struct doc_entry *doc_entry_of(const struct doc_node *map, struct str key);

/* True for a scalar whose text is this (any tag). NULL is false. */
bool doc_is(const struct doc_node *n, const char *text);

/* Tag and value together: what an edit of the value replaces. */
struct span doc_full_span(const struct doc_node *n);

/* Bytes that a template has: "AWSTemplateFormatVersion", or "Resources" together with
 * "AWS::" or "Custom::" (DESIGN.md, Settled). Looks at raw bytes, before any limit. */
bool doc_looks_like_template(struct str bytes);

#endif
