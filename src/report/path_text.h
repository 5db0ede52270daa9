/*
 * The answer of `cfnreach path` for people: the path step by step, or every blocker.
 */
#ifndef CFNREACH_REPORT_PATH_TEXT_H
#define CFNREACH_REPORT_PATH_TEXT_H

#include "report/path_view.h"

/* Appends the answer. color: escape sequences. */
void path_text_write(const struct path_view *v, struct source_set *sources, bool color,
                     struct buf *out);

#endif
