/*
 * A view of the changes between two states of the template of tests/comparing.h.
 */
#ifndef CFNREACH_TESTS_REPORT_DIFFED_H
#define CFNREACH_TESTS_REPORT_DIFFED_H

#include "report/diff_view.h"
#include "tests/comparing.h"

#define DIFFED_CLOSED COMPARING_RULE(COMPARING_PORT("22"), "10.0.0.0/8")
#define DIFFED_SSH    COMPARING_RULE(COMPARING_PORT("22"), "0.0.0.0/0")
#define DIFFED_NARROW COMPARING_RULE(COMPARING_PORT("22"), "198.41.0.0/24")
#define DIFFED_RANGE  COMPARING_RULE("FromPort: 20, ToPort: 23", "0.0.0.0/0")

static inline struct diff_view diffed_view(struct comparing *c, const char *before,
                                           const char *after)
{
    comparing_run(c, before, after);
    struct diff_view v = {.before = STR("old.yaml"),
                          .after = STR("new.yaml"),
                          .templates = {1, 1},
                          .changes = c->changes,
                          .gate = SEVERITY_MEDIUM};
    for (size_t i = 0; i < c->changes->all.n; i++) {
        v.counting += flow_change_counts(&c->changes->all.at[i], v.gate);
    }
    return v;
}

/* What a format writes, in the arena of c. */
static inline struct str diffed(struct comparing *c, const struct diff_view *v, const char *format)
{
    struct buf out;
    buf_init(&out);
    diff_format_find(str_from(format))->write(v, &out);
    struct str text = str_copy(&c->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static inline void diffed_has(struct str text, const char *what)
{
    if (str_find(text, str_from(what), 0) == STR_NPOS) {
        fail_msg("'%s' is not in: %.*s", what, STR_ARG(text));
    }
}

#endif
