/*
 * `lint --unknowns`: what is left open, in text and JSON.
 */
#ifndef CFNREACH_REPORT_UNKNOWNS_H
#define CFNREACH_REPORT_UNKNOWNS_H

#include "report/report.h"

/* "  A-NACL(S)  fact  2 flows, 1 finding   the network ACL of subnet 'S' lets the traffic pass" */
void unknowns_write_text(const struct analysis *a, struct buf *out);
/* Appends members of the array "unknowns", each on a line of its own. */
void unknowns_write_json(const struct analysis *a, struct buf *array);

#endif
