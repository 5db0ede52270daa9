/*
 * `cfnreach flows` for people: one line a flow, then what is not reached and why.
 */
#ifndef CFNREACH_REPORT_TEXT_FLOWS_H
#define CFNREACH_REPORT_TEXT_FLOWS_H

#include "report/report.h"

void text_flows_add(struct report *r, const struct analysis *a);
void text_flows_end(struct report *r);

#endif
