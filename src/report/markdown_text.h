/*
 * Text of templates inside Markdown: nothing in it may become markup.
 */
#ifndef CFNREACH_REPORT_MARKDOWN_TEXT_H
#define CFNREACH_REPORT_MARKDOWN_TEXT_H

#include "base/buf.h"

/* As running text or a table cell: control characters as utf8_sanitise shows them, everything
 * that Markdown or HTML would read escaped. */
void markdown_text(struct buf *out, struct str text);

/* As code in a line, fit for a table cell too. Nothing for "". */
void markdown_code(struct buf *out, struct str text);

/* Inside a Mermaid label in double quotes. */
void markdown_label(struct buf *out, struct str text);

/* Lines as a fenced block of a language; the fence is longer than any in them. */
void markdown_fenced(struct buf *out, const char *language, struct str lines);

#endif
