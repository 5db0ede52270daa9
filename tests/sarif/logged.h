/*
 * A small tool with two rules, and its log read back, for the tests of results and logs.
 */
#ifndef CFNREACH_TESTS_SARIF_LOGGED_H
#define CFNREACH_TESTS_SARIF_LOGGED_H

#include <cjson/cJSON.h>

#include "sarif/sarif.h"

struct sarif_tool logged_tool(void);
/* Ends the log and parses it; the caller deletes the result. */
cJSON *logged(struct sarif_log *log, int exit_code);
struct sarif_location logged_place(uint32_t line);

#endif
