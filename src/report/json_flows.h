/*
 * The flows of -f json, and the pieces that findings and flows share.
 */
#ifndef CFNREACH_REPORT_JSON_FLOWS_H
#define CFNREACH_REPORT_JSON_FLOWS_H

#include "base/json_writer.h"
#include "reach/assume.h"
#include "report/report.h"

/* Appends the flows and the unreached interfaces of an analysis as array members. */
void json_flows_add(const struct report *r, const struct analysis *a, struct buf *flows,
                    struct buf *unreached);

/* {"A-SUBROUTE(S)": "subnet 'S' has a route to an internet gateway"} */
void json_write_fact_texts(struct json_writer *w, const struct finding_choice *choices, size_t n);
/* "witness", "facts", "factTexts" */
void json_write_witness(struct json_writer *w, const struct finding_choice *choices, size_t n);
void json_write_families(struct json_writer *w, unsigned families);
void json_write_path(struct json_writer *w, const struct finding_step *path, size_t n);
/* "assumed": ["A-SUBROUTE(S)=no"]: what --assume says that an answer rests on. */
void json_write_assumed(struct json_writer *w, struct arena *a, struct assumed assumed);
/* null for edges that have no exposure. */
void json_write_exposure(struct json_writer *w, enum world_edge edge, enum exposure e);

#endif
