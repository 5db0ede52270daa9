/*
 * The rows of the table in formats.c.
 */
#ifndef CFNREACH_REPORT_FORMATS_H
#define CFNREACH_REPORT_FORMATS_H

#include "report/report.h"

extern const struct report_format report_text;
extern const struct report_format report_json;
extern const struct report_format report_sarif;
extern const struct report_format report_junit;
extern const struct report_format report_github;
extern const struct report_format report_markdown;
extern const struct report_format report_inspector2;
extern const struct report_format report_inspector_classic;

#endif
