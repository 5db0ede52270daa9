/*
 * Globs over paths: `*` is any text without a slash, `**` any text at all, a leading `**` and
 * slash any folders or none, `?` one byte that is no slash; everything else is itself.
 */
#ifndef CFNREACH_POLICY_GLOB_H
#define CFNREACH_POLICY_GLOB_H

#include "base/str.h"

/* Does the whole path match? A pattern without a slash is compared with the last part of the
 * path alone, so that "legacy-*.yaml" means these files in any folder. A leading "./" of the
 * path is ignored; a pattern over LIMIT_GLOB_BYTES matches nothing. Takes time in the product of
 * both lengths. */
bool glob_match(struct str pattern, struct str path);

#endif
