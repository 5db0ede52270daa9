/*
 * Units of several templates in tests. A template without a name is that of nested stacks; which
 * ones, `of` says: "0.Network" is the stack Network of template 0.
 */
#ifndef CFNREACH_TESTS_CFN_SEVERAL_H
#define CFNREACH_TESTS_CFN_SEVERAL_H

#include "cfn/unit.h"
#include "tests/cfn/eval_cases.h"

struct several {
    const char *name; /* NULL: nested */
    const char *text;
    const char *of; /* "0.A 0.B" */
    const char *stack_name;
};

static inline void several_nest(struct fixture *f, const struct doc *const *docs, const char *of,
                                const struct doc *child)
{
    struct str all = str_from(of);
    for (size_t at = 0; at < all.n;) {
        size_t end = str_find_byte(all, ' ', at);
        end = end == STR_NPOS ? all.n : end;
        *VEC_ADD(&f->arena, &f->unit->nestings) =
            (struct cfn_nesting){docs[all.p[at] - '0'], str_sub(all, at + 2, end), child};
        at = end + 1;
    }
}

/* The first template is f->t. */
static inline void several_open(struct fixture *f, const struct several *all, size_t n)
{
    const struct doc *docs[8];
    arena_init(&f->arena);
    source_set_init(&f->sources, &f->arena);
    diags_init(&f->diags, &f->arena);
    f->unit = cfn_unit_new(&f->arena, &f->sources, &f->diags, f->options);
    for (size_t i = 0; i < n; i++) {
        struct source *s = source_add(&f->sources, STR("t.yaml"), str_from(all[i].text));
        docs[i] = doc_read(&f->arena, s, LIMIT_TEMPLATE_BYTES, &f->diags);
    }
    for (size_t i = 0; i < n; i++) {
        if (all[i].of != NULL) {
            several_nest(f, docs, all[i].of, docs[i]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (all[i].name != NULL) {
            struct cfn_input input = {.doc = docs[i],
                                      .name = str_from(all[i].name),
                                      .stack_name = str_from(all[i].stack_name)};
            struct cfn_template *t = cfn_declare(f->unit, &input);
            f->t = f->t ? f->t : t;
        }
    }
    cfn_seal(f->unit);
}

#endif
