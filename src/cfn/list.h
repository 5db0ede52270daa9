/*
 * Inside cfn: lists as slots. A list, written or computed, is a row of slots, and each slot has
 * alternatives of its own (those under which nothing stands there are left out), so optional
 * elements never multiply.
 */
#ifndef CFNREACH_CFN_LIST_H
#define CFNREACH_CFN_LIST_H

#include "cfn/eval.h"

struct cfn_slots {
    struct cfn_value *at;
    size_t n;
};

/* The slots of a CFN_LIST term; any other term is one slot that holds it. */
struct cfn_slots cfn_slots_of(const struct cfn_scope *s, const struct cfn_term *list);

/* The text cut at every `separator` (not empty) into a list whose parts hold under `when`;
 * blanks around parts are dropped if `trim`. */
struct cfn_term cfn_split_text(const struct cfn_template *t, struct cfn_term text,
                               struct str separator, bool trim);

/* The same for any term: a text that is not known is split where the parts that are not known
 * cannot hold the separator, else it is one unknown list. */
struct cfn_term cfn_split_term(const struct cfn_template *t, const struct cfn_term *term,
                               struct str separator, bool trim);

/* Counting elements: at[k], k = 0 .. limit, is the guard under which exactly k of the slots seen
 * so far hold one; what is beyond `limit` is forgotten. Begin with at[0] = when, the rest FALSE. */
void cfn_count_slot(const struct cfn_template *t, struct cfn_value slot, struct guard *at,
                    size_t limit);

#endif
