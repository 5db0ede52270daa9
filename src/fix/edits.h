/*
 * Edits in the making: what a remedy wants, in terms of the tree, as exact bytes of the file.
 *
 *     remove item 1 of a list   ->  block: its lines; flow, JSON: it and one comma
 *     remove the last item      ->  the key of the list goes, too
 *     append an entry to a map  ->  block: lines behind the last entry; flow, JSON: ", key: value"
 *
 * Comments stay, unless they stand behind or inside what goes. An edit begins at the end of a
 * line or at a character that is no blank, as editors need it (ECOSYSTEM 1.3).
 *
 * Every function returns false, with the reason in `why`, if the place cannot be edited:
 * a macro writes it, other places share it through an anchor, its shape is not understood.
 */
#ifndef CFNREACH_FIX_EDITS_H
#define CFNREACH_FIX_EDITS_H

#include "fix/piece.h"
#include "text/edit.h"

/* A part of what is inserted at one point. */
struct edit_part {
    uint32_t at;
    unsigned depth;
    struct str text;
};

struct edits {
    struct arena *arena;
    const struct doc *doc;
    const struct style *style;
    VEC(struct edit) all;
    VEC(struct edit_part) parts;
    struct str why; /* after a failure: "it is shared through the anchor 'x'" */
};

/* Adds one. The same edit twice is one. False: it overlaps with another. */
MUST_CHECK bool edits_add(struct edits *e, uint32_t begin, uint32_t end, struct str text);

/* Adds an insertion for a collection at this depth of the tree. Where several end at one point,
 * the deepest comes first; of those of one depth, the first. */
MUST_CHECK bool edits_insert(struct edits *e, uint32_t at, unsigned depth, struct str text);

/* Records the reason; always false. */
bool edits_fail(struct edits *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Is what stands here used elsewhere, too, through an anchor? Then records the reason. */
bool edits_is_shared(struct edits *e, const struct doc_node *node);

/* ---- edit_remove.c ---- */
/* A list item, or a value together with its key. What would be left empty goes, too; a branch
 * of Fn::If becomes NoValue, or the whole function goes if the other branch is NoValue. */
MUST_CHECK bool edit_remove(struct edits *e, const struct doc_node *node);

/* ---- edit_replace.c ---- */
/* A whole value, its tag included. */
MUST_CHECK bool edit_replace(struct edits *e, const struct doc_node *node, const struct piece *p);
/* Key and value of a map. */
MUST_CHECK bool edit_replace_entry(struct edits *e, const struct doc_node *map, uint32_t index,
                                   const char *key, const struct piece *p);
/* The text of a scalar: its quotes, or none, stay. */
MUST_CHECK bool edit_replace_text(struct edits *e, const struct doc_node *scalar, struct str text);

/* ---- edit_insert.c ---- */
/* Behind the last entry of a map. */
MUST_CHECK bool edit_append_entry(struct edits *e, const struct doc_node *map, struct str key,
                                  const struct piece *p);
/* Before the entry `index` of a map. */
MUST_CHECK bool edit_insert_before(struct edits *e, const struct doc_node *map, uint32_t index,
                                   struct str key, const struct piece *p);
/* Behind the last item of a list. */
MUST_CHECK bool edit_append_item(struct edits *e, const struct doc_node *list,
                                 const struct piece *p);
/* A new entry of a top-level section, which is made before "Resources" if it is not there. */
MUST_CHECK bool edit_add_to_section(struct edits *e, const char *section, struct str key,
                                    const struct piece *p);
/* A copy of a list item, or of an entry with another key, behind it: with the texts of some
 * scalars below it replaced (NULL: none). new_key is empty for an item. */
struct edit_swap {
    const struct doc_node *scalar;
    struct str text;
};
MUST_CHECK bool edit_copy(struct edits *e, const struct doc_node *node, struct str new_key,
                          const struct edit_swap *swaps, size_t n);

/* The layout of what is added to a collection, with the indent of its entries. */
struct layout_rules edit_layout(const struct edits *e, const struct doc_node *collection,
                                struct arena *a);
/* Where an item's dash stands; UINT32_MAX if it is not where it should be. */
uint32_t edit_dash_of(const struct edits *e, const struct doc_node *item);
/* The last own child, merged ones left out; NULL if there is none. */
const struct doc_node *edit_last_child(const struct doc_node *collection);
/* Key of an entry, or the child itself of a list. */
const struct doc_node *edit_head_of(const struct doc_node *child);
/* The call that has these arguments ({"Fn::If": [...]}, !If [...]); NULL if it is none. */
const struct doc_node *edit_call_of(const struct doc_node *args);

#endif
