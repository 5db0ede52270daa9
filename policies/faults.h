/*
 * What the generators of this folder find wrong with their input.
 */
#ifndef CFNREACH_POLICIES_FAULTS_H
#define CFNREACH_POLICIES_FAULTS_H

#include "doc/doc.h"

/* "path:line:column: message" of each on standard error. */
void faults_print(struct arena *a, const struct source_set *sources, const struct diags *d);

#endif
