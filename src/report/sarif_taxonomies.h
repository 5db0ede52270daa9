/*
 * The table of what others call the rules, as the SARIF builder takes it.
 */
#ifndef CFNREACH_REPORT_SARIF_TAXONOMIES_H
#define CFNREACH_REPORT_SARIF_TAXONOMIES_H

#include "policy/taxonomy.h"
#include "sarif/sarif.h"

/* taxonomy_count of them, in the order of the table. */
const struct sarif_taxonomy *sarif_taxonomies(struct arena *a);

/* The taxa of a rule, in the order of the table. */
const struct sarif_relation *sarif_relations(struct arena *a, size_t rule, size_t *n);

#endif
