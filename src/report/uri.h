/*
 * Paths as code scanning wants them: relative to the root of the repository, forward slashes,
 * without "." and ".."; a file outside the root is absolute.
 */
#ifndef CFNREACH_REPORT_URI_H
#define CFNREACH_REPORT_URI_H

#include "report/report.h"

struct report_uri {
    struct str uri; /* percent-encoded; "file:///..." if absolute */
    bool absolute;
};

struct report_uri report_uri(struct arena *a, const struct report_options *o, struct str path);

/* The same without percent encoding, for people and annotations. */
struct str report_path(struct arena *a, const struct report_options *o, struct str path,
                       bool *absolute);

#endif
