/*
 * A template of tests/report/reported.h, analysed, and a question about it answered.
 */
#ifndef CFNREACH_TESTS_REPORT_ASKED_H
#define CFNREACH_TESTS_REPORT_ASKED_H

#include "report/path_view.h"
#include "tests/check.h"
#include "tests/report/reported.h"

struct asked {
    struct arena a;
    struct analysis *n;
    struct path_view view;
    uint32_t target;
};

static inline void asked(struct asked *x, const char *yaml, int protocol, struct ports ports)
{
    memset(x, 0, sizeof *x);
    struct analysis_options how = {.today = STR("2026-01-01")};
    x->n = analysis_run(&x->a, STR("t.yaml"), str_from(yaml), &how);
    assert_non_null(x->n->reach);
    struct path_question q = {.from = STR("internet"),
                              .to = STR("Web"),
                              .edge = EDGE_INTERNET,
                              .gateway = WORLD_NONE,
                              .targets = &x->target,
                              .target_n = 1,
                              .protocol = protocol,
                              .ports = ports};
    x->view = path_view(&x->a, x->n, &q);
}

#endif
