/*
 * What JSON (RFC 8259) has between its brackets: blanks, texts, numbers and words. Each is held
 * against the grammar where it stands, so that messages can say where and what.
 */
#ifndef CFNREACH_DOC_JSON_SCAN_H
#define CFNREACH_DOC_JSON_SCAN_H

#include "doc/read.h"

/* The first byte at or behind `at` that is no blank of JSON, or the end. */
uint32_t json_scan_blanks(const struct read_job *job, uint32_t at);

/* The text whose opening quote stands at *at, which moves behind the closing one. A raw control
 * byte, a NUL, an unknown escape and half of a surrogate pair fail the job: then false.
 * *escapes: the text has some. */
MUST_CHECK bool json_scan_text(struct read_job *job, uint32_t *at, bool *escapes);

/* The number that begins at *at with a digit or '-'; *at moves behind it. *type becomes DOC_INT
 * or, with a fraction or an exponent, DOC_FLOAT. False if it is none, or longer than its limit. */
MUST_CHECK bool json_scan_number(struct read_job *job, uint32_t *at, enum doc_type *type);

/* true, false or null; *at moves behind it. False, without failing the job, if it is none. */
MUST_CHECK bool json_scan_word(const struct read_job *job, uint32_t *at, enum doc_type *type);

#endif
