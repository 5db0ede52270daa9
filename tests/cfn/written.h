/*
 * A template that a test writes piece by piece, and a line that it shows of it:
 *
 *     written_begin(&w);
 *     buf_addf(&w.text, ...);            the template
 *     written_open(&w, said);            what tells this case from the others, printed
 *     guard_print(..., &w.shown);        the line
 *     written_end(&w, expected, diags);
 */
#ifndef CFNREACH_TESTS_CFN_WRITTEN_H
#define CFNREACH_TESTS_CFN_WRITTEN_H

#include "tests/cfn/eval_cases.h"

struct written {
    struct fixture f;
    struct buf text;
    struct buf shown;
};

static inline void written_begin(struct written *w)
{
    *w = (struct written){.text = {0}};
    buf_init(&w->text);
    buf_init(&w->shown);
}

static inline void written_open(struct written *w, const char *said)
{
    print_message("        %s\n", said);
    fixture_open(&w->f, w->text.p);
}

/* diags NULL: they are of no interest. */
#define written_end(w, expected, diags) check_written((w), (expected), (diags), __FILE__, __LINE__)
static inline void check_written(struct written *w, const char *expected, const char *diags,
                                 const char *file, int line)
{
    check_str(buf_str(&w->shown), expected, file, line);
    if (diags != NULL) {
        check_diags(&w->f, diags, file, line);
    }
    buf_release(&w->text);
    buf_release(&w->shown);
    fixture_close(&w->f);
}

#endif
