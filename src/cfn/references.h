/*
 * Inside cfn: who refers to whom, and what that makes impossible to deploy.
 */
#ifndef CFNREACH_CFN_REFERENCES_H
#define CFNREACH_CFN_REFERENCES_H

#include "cfn/eval.h"

/* One walk over resources and outputs: fills t->references, checks every call, takes out of the
 * unit's family what cannot be deployed, and looks for circles. */
void cfn_references_collect(struct cfn_template *t);

/* A reference and the guard under which it is really made. */
struct cfn_edge {
    const struct cfn_resource *from;
    const struct cfn_resource *to;
    const struct doc_node *node;
    struct guard when;
};

/* Resources that refer to each other in a circle: CFNR911 (cycles.c). */
void cfn_cycles_report(const struct cfn_template *t, struct arena *scratch,
                       const struct cfn_edge *edges, size_t n);

/* The family without the assignments of `bad`, at a reference of `from` (NULL: an output named
 * `output`) to `to`, whose Condition is false there: CFNR941. */
void cfn_family_without_dangling(struct cfn_template *t, const struct cfn_edge *edge,
                                 struct str output, struct guard bad);
/* The same for a lookup that finds nothing; silent unless `is_named`. */
void cfn_family_without_missing(struct cfn_template *t, const struct doc_node *node,
                                struct guard bad, bool is_named);
/* The same for an assertion of a rule that fails: silent, for that is what it is for, unless it
 * always fails. */
void cfn_family_without_failed(struct cfn_template *t, const struct doc_node *node, struct str rule,
                               struct guard bad);

#endif
