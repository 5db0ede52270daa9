/*
 * Puts the tree together from events, the same for both readers: nodes come from
 * the arena in chunks, children wait on one scratch stack until their collection
 * closes and are then copied once.
 *
 *     frames:    [ map Resources ][ map Web ][ seq ]          open collections
 *     children:  k v k | k v k | v v v                        of each frame in turn
 *
 * Here live what YAML says about maps as a whole: keys are scalars and differ,
 * '<<' merges, aliases share nodes.
 */
#ifndef CFNREACH_DOC_BUILD_H
#define CFNREACH_DOC_BUILD_H

#include "base/map.h"
#include "doc/read.h"

struct build_frame;
struct build_anchor;

struct build {
    struct read_job *job;
    struct build_frame *frames; /* LIMIT_DEPTH of them */
    size_t depth;               /* how many are open */
    VEC(struct doc_node *) children;
    struct map anchors; /* name -> struct build_anchor */
    struct doc_node *chunk;
    size_t chunk_left;
    struct doc_node *root;
    uint32_t nodes;
    uint64_t alias_nodes; /* what expanding all aliases would add */
};

void build_init(struct build *b, struct read_job *job);

/* True if the next node is a key of the innermost open map. */
bool build_wants_key(const struct build *b);

/* The innermost open collection, or NULL. */
const struct doc_node *build_innermost(const struct build *b);

/* A new node with its span, placed under the innermost open collection (or as
 * the root). The caller fills type, text and tag. NULL if the job failed: too
 * many nodes, or a key that is no scalar. */
struct doc_node *build_node(struct build *b, enum doc_kind kind, enum doc_style style,
                            struct span span);

/* Opens a collection that build_node made: what comes next is in it. */
MUST_CHECK bool build_open(struct build *b, struct doc_node *node);

/* Closes the innermost collection, whose span then ends at `end`; for a block
 * collection pass 0: it ends with its last child. */
MUST_CHECK bool build_close(struct build *b, uint32_t end);

/* Gives the node that was made last (a scalar, or a collection just opened) a
 * name; a second use of a name takes it over, as YAML says. */
void build_anchor(struct build *b, struct doc_node *node, struct str name);

/* A node for `*name`. False if there is no such anchor above, if it is still
 * open (a value inside itself), or if the expansion budget is spent. */
MUST_CHECK bool build_alias(struct build *b, struct str name, struct span span);

#endif
