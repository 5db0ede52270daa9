/*
 * The grammar of JSON (RFC 8259), checked before the two libraries run: both are
 * lenient, and neither says where and what.
 */
#ifndef CFNREACH_DOC_JSON_CHECK_H
#define CFNREACH_DOC_JSON_CHECK_H

#include "doc/read.h"

/* Checks everything from job->begin to the end of the source: the grammar, that
 * strings hold no raw control byte, no NUL and no half of a surrogate pair, and
 * the nesting depth. *tokens becomes the number of strings, numbers, words, maps
 * and lists; *end the end of the value. False: see job->fault. */
MUST_CHECK bool json_check(struct read_job *job, uint32_t *tokens, uint32_t *end);

#endif
