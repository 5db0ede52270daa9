#include "report/formats.h"

const struct report_format *const report_formats[] = {
    &report_text,   &report_json,     &report_sarif,      &report_junit,
    &report_github, &report_markdown, &report_inspector2, &report_inspector_classic};
const size_t report_format_count = sizeof report_formats / sizeof *report_formats;

const struct report_format *report_format_find(struct str name)
{
    for (size_t i = 0; i < report_format_count; i++) {
        if (str_is(name, report_formats[i]->name)) {
            return report_formats[i];
        }
    }
    return NULL;
}
