/*
 * "Did you mean": the candidate that a misspelt name was probably meant to be.
 */
#ifndef CFNREACH_BASE_SUGGEST_H
#define CFNREACH_BASE_SUGGEST_H

#include "base/str.h"

/* The candidate nearest to name, or the empty slice if none is near enough. An
 * edit inserts, deletes or replaces a letter (case does not count) or swaps two
 * neighbours; near is one edit for every three letters of the longer name, one
 * for two letters. A name that differs in nothing but case wins over all others;
 * of equally near ones the first does. */
struct str suggest(struct str name, const struct str *candidates, size_t n);

#endif
