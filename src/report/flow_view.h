/*
 * A flow as reports show it: ids turned into names, labels and places of the template.
 */
#ifndef CFNREACH_REPORT_FLOW_VIEW_H
#define CFNREACH_REPORT_FLOW_VIEW_H

#include "reach/assume.h"
#include "report/report.h"

/* Flows that touch and differ only in the rules that open them are one view: port ranges are
 * maximal for readers (DESIGN.md, Output contract). */
struct flow_view {
    const struct analysis *analysis;
    const struct reach_flow *flow; /* the first of them */
    size_t flow_n;                 /* how many follow one another */
    struct ports ports;            /* of all of them */
    struct str resource;           /* "" : attached to nothing */
    struct str interface;
    struct str component; /* of the edge; "" : outside the templates */
    const struct finding_choice *witness;
    size_t witness_n;
    const struct finding_step *path; /* without texts */
    size_t path_n;
};

/* The view that begins at the index-th flow of the answer. */
struct flow_view flow_view(struct arena *a, const struct analysis *analysis, size_t index);

/* The name of an interface and of what it belongs to. */
struct str flow_view_interface(const struct analysis *analysis, uint32_t interface,
                               struct str *resource);

/* The choices of a witness, each name once; *n of them. */
const struct finding_choice *flow_view_choices(struct arena *a, const struct topology *t,
                                               const struct guard_witness *witness, size_t *n);

/* What keeps an interface unreached only because of --assume; `known` is made on first use. */
struct assumed flow_view_assumed(struct arena *a, const struct analysis *analysis,
                                 const struct reach_unreached *u, struct assume_answers **known);

/* The component of a blocker: "PrivateTable". */
struct str flow_view_component(const struct analysis *analysis, uint32_t element);

#endif
