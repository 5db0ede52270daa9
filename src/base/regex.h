/*
 * Regular expressions for selectors and AllowedPattern: PCRE2 in UTF mode, always
 * within the limits of base/limits.h. The only user of pcre2.h.
 */
#ifndef CFNREACH_BASE_REGEX_H
#define CFNREACH_BASE_REGEX_H

#include "base/str.h"

enum regex_result {
    REGEX_NO_MATCH,
    REGEX_MATCH,
    REGEX_LIMIT /* given up: a limit was reached, or the subject is not UTF-8 */
};

struct regex_error {
    char text[128]; /* what is wrong with the pattern; no final period */
    size_t offset;  /* byte of the pattern where it was noticed */
    bool too_long;  /* over LIMIT_REGEX_PATTERN_BYTES, as the text says */
};

/* A compiled pattern; may be used from several threads at once. */
struct regex {
    void *code; /* internal */
};

/* Compiles. On failure *r is empty (releasing it does no harm) and *error, which
 * may be NULL, says why. */
MUST_CHECK bool regex_init(struct regex *r, struct str pattern, struct regex_error *error);
void regex_release(struct regex *r);

/* Compiles into an arena, with which it goes: never to be released by regex_release. */
MUST_CHECK bool regex_init_in(struct arena *a, struct regex *r, struct str pattern,
                              struct regex_error *error);

/* Whether the whole subject matches. */
MUST_CHECK enum regex_result regex_full(const struct regex *r, struct str subject);

/* Whether some part of the subject matches. */
MUST_CHECK enum regex_result regex_search(const struct regex *r, struct str subject);

#endif
