/*
 * The fixes of a finding for people: the best one as the lines that change, others by title.
 */
#ifndef CFNREACH_REPORT_TEXT_FIXES_H
#define CFNREACH_REPORT_TEXT_FIXES_H

#include "report/report.h"

/* dim and off: escape sequences around the labels, or "". */
void text_fixes_write(struct source_set *sources, struct fix_list fixes, const char *dim,
                      const char *off, struct buf *out);

#endif
