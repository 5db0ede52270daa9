/*
 * Inside cfn: collecting the alternatives of a value. Terms whose guard is FALSE are dropped,
 * and a term equal to an earlier one (same kind, content and literal) widens the earlier one's
 * guard, so that a value never has two alternatives that differ in nothing.
 */
#ifndef CFNREACH_CFN_TERMS_H
#define CFNREACH_CFN_TERMS_H

#include "cfn/value.h"

struct cfn_terms {
    const struct cfn_template *t;
    VEC(struct cfn_term) all;
    struct map by_text; /* of the terms, once there are many: index + 1 of the newest */
    VEC(size_t) older;  /* the term before it with the same text: index + 1, or 0 */
};

void cfn_terms_init(struct cfn_terms *b, const struct cfn_template *t);
void cfn_terms_add(struct cfn_terms *b, struct cfn_term term);
/* All terms of v, each narrowed to `when`. */
void cfn_terms_add_under(struct cfn_terms *b, struct cfn_value v, struct guard when);
struct cfn_value cfn_terms_value(const struct cfn_terms *b);

/* Terms made from scratch. */
struct cfn_term cfn_text_term(const struct cfn_template *t, struct guard when,
                              const struct doc_node *node, struct str text);
struct cfn_term cfn_unknown_term(const struct cfn_template *t, struct guard when,
                                 const struct doc_node *node, const struct cfn_unknown *unknown);

struct cfn_value cfn_value_of(const struct cfn_template *t, struct cfn_term term);
/* Nothing, asked for at `node`. Most properties that are asked for are absent, and a resource is
 * asked for many in a row: these share one term. */
struct cfn_value cfn_none_value(const struct cfn_template *t, struct guard when,
                                const struct doc_node *node);
#define CFN_NO_VALUE ((struct cfn_value){0})

/* v narrowed to `when`, and seen from another place of use (NULL: the places stay). */
struct cfn_value cfn_restrict(const struct cfn_template *t, struct cfn_value v, struct guard when,
                              const struct doc_node *node);

/* The unknown of this canonical text: the same pointer for the same text. `text` must live as
 * long as the unit. */
const struct cfn_unknown *cfn_unknown_of(struct cfn_unit *u, enum cfn_why why, struct str text);
/* The same for a list of unknown length. */
const struct cfn_unknown *cfn_unknown_list_of(struct cfn_unit *u, enum cfn_why why,
                                              struct str text);
/* The same; the template's name stands before the text where it has one. */
const struct cfn_unknown *cfn_unknown_named(const struct cfn_template *t, enum cfn_why why,
                                            struct str text);
/* Element `index` of an unknown list. */
const struct cfn_unknown *cfn_unknown_element(const struct cfn_template *t,
                                              const struct cfn_unknown *list, uint32_t index);

/* A variable for a choice that the template leaves open, one per canonical key. */
uint32_t cfn_choice(struct cfn_unit *u, struct str key, struct guard_variable v);

#endif
