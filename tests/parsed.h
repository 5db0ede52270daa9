/*
 * Walking parsed JSON by paths like "runs/0/results".
 */
#ifndef CFNREACH_TESTS_PARSED_H
#define CFNREACH_TESTS_PARSED_H

#include <cjson/cJSON.h>

#include "base/str.h"

/* Parses, or fails the test. */
cJSON *parsed(struct str json);
/* The item at a path of keys and one-digit indexes; NULL if absent. */
const cJSON *parsed_at(const cJSON *o, const char *path);
/* Its text; fails the test if it is none. */
const char *parsed_text(const cJSON *o, const char *path);
double parsed_number(const cJSON *o, const char *path);

#endif
