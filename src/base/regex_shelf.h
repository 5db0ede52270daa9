/*
 * Patterns that were compiled before. Templates of one team have the same few AllowedPatterns, and
 * compiling one costs as much as twenty matches.
 *
 * All threads of a run share one shelf, without a lock: what is put on it stays, and is never
 * written again. Whoever asks gets what compiling would give, so nothing depends on who was first.
 */
#ifndef CFNREACH_BASE_REGEX_SHELF_H
#define CFNREACH_BASE_REGEX_SHELF_H

#include "base/regex.h"

struct regex_shelf;

struct regex_shelf *regex_shelf_new(void);
/* With all patterns on it; NULL does no harm. */
void regex_shelf_release(struct regex_shelf *shelf);

/* As regex_init_in. What comes from the shelf lives as long as it; a pattern for which there is
 * no room (any, where `shelf` is NULL) is compiled into the arena. NULL: it cannot be compiled,
 * and *error says why. */
MUST_CHECK const struct regex *regex_shelf_get(struct regex_shelf *shelf, struct arena *a,
                                               struct str pattern, struct regex_error *error);

#endif
