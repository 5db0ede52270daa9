/*
 * A template through the whole pipeline into one report, for the tests of the formats.
 */
#ifndef CFNREACH_TESTS_REPORT_REPORTED_H
#define CFNREACH_TESTS_REPORT_REPORTED_H

#include "report/report.h"

/* One instance behind an internet gateway; SSH from the world, and from one address where
 * Env is dev; line numbers are used by the tests. */
extern const char *const reported_open;
/* The same without a rule. */
extern const char *const reported_closed;

/* The report of these templates, named t0.yaml, t1.yaml ...; options may be NULL. */
struct str reported(struct arena *a, const char *format, const char *const *yaml, size_t n,
                    const struct report_options *options);

#endif
