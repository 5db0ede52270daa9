/*
 * Templates of a few lines in tests, and values in a compact notation, one term after another in
 * the order in which they are written:
 *
 *     Env=dev -> "10.0.0.0/8"; Env=prod -> ?Office        (a guard that is `true` is left out)
 *     "a"  text    ?X  unknown    none  nothing    Web.Arn  resource    ~"${X}a"  joined
 *     ["a", Env=dev -> "b"]  list of slots    {k}  map with these keys
 *
 * Diagnostics are "CFNR910 !Ref Vpcc": the id and what stands at the place, up to a line break.
 */
#ifndef CFNREACH_TESTS_CFN_EVAL_CASES_H
#define CFNREACH_TESTS_CFN_EVAL_CASES_H

#include "base/limits.h"
#include "cfn/list.h"
#include "cfn/value.h"
#include "tests/check.h"

struct fixture {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct cfn_given given[4];
    struct cfn_options options;
    struct cfn_unit *unit;
    struct cfn_template *t;
};

/* Before fixture_open: --parameters name=value. */
static inline void fixture_give(struct fixture *f, const char *name, const char *value)
{
    f->given[f->options.given_n++] =
        (struct cfn_given){.name = str_from(name), .value = str_from(value)};
    f->options.given = f->given;
}

/* *f must be zeroed (but for options). The template's text is copied. */
static inline void fixture_open(struct fixture *f, const char *text)
{
    arena_init(&f->arena);
    source_set_init(&f->sources, &f->arena);
    diags_init(&f->diags, &f->arena);
    struct str bytes = str_copy(&f->arena, str_from(text));
    struct source *source = source_add(&f->sources, STR("t.yaml"), bytes);
    struct doc *doc = doc_read(&f->arena, source, LIMIT_TEMPLATE_BYTES, &f->diags);
    f->unit = cfn_unit_new(&f->arena, &f->sources, &f->diags, f->options);
    f->t = cfn_add(f->unit, doc, (struct str){0});
    cfn_seal(f->unit);
}

static inline void fixture_close(struct fixture *f)
{
    arena_release(&f->arena);
    *f = (struct fixture){0};
}

static inline void show_value(struct fixture *f, struct cfn_value v, struct guard within,
                              struct buf *out);

static inline void show_list(struct fixture *f, const struct cfn_term *list, struct buf *out)
{
    struct cfn_scope s = {.t = list->home};
    struct cfn_slots slots = cfn_slots_of(&s, list);
    buf_addc(out, '[');
    for (size_t i = 0; i < slots.n; i++) {
        buf_adds(out, i > 0 ? ", " : "");
        show_value(f, slots.at[i], list->when, out);
    }
    buf_addc(out, ']');
}

static inline void show_term(struct fixture *f, const struct cfn_term *term, struct buf *out)
{
    struct str text = cfn_text_of(&f->arena, term);
    switch (term->kind) {
    case CFN_NONE:
        buf_adds(out, "none");
        break;
    case CFN_TEXT:
        buf_addf(out, "\"%.*s\"", STR_ARG(text));
        break;
    case CFN_OBJECT:
        buf_add(out, text);
        break;
    case CFN_JOINED:
        buf_addf(out, "~\"%.*s\"", STR_ARG(text));
        break;
    case CFN_UNKNOWN:
        buf_addf(out, "?%.*s", STR_ARG(text));
        break;
    case CFN_LIST:
        show_list(f, term, out);
        break;
    case CFN_MAP:
        buf_addc(out, '{');
        for (uint32_t i = 0; i < term->tree->n; i++) {
            buf_addf(out, "%s%.*s", i > 0 ? ", " : "", STR_ARG(term->tree->entries[i].key->text));
        }
        buf_addc(out, '}');
        break;
    }
}

/* Guards are shown where they say more than `within`, the guard of what is around. */
static inline void show_value(struct fixture *f, struct cfn_value v, struct guard within,
                              struct buf *out)
{
    for (size_t i = 0; i < v.n; i++) {
        buf_adds(out, i > 0 ? "; " : "");
        if (!guard_same(v.at[i].when, within)) {
            guard_print(f->unit->space, v.at[i].when, out);
            buf_adds(out, " -> ");
        }
        show_term(f, &v.at[i], out);
    }
}

/* The alternatives of a value are disjoint, none is FALSE, and they cover `when`. */
static inline void assert_partition(struct fixture *f, struct cfn_value v, struct guard when)
{
    struct guard_space *space = f->unit->space;
    struct guard covered = GUARD_FALSE;
    for (size_t i = 0; i < v.n; i++) {
        assert_false(guard_is_false(v.at[i].when));
        assert_true(guard_disjoint(space, covered, v.at[i].when));
        covered = guard_or(space, covered, v.at[i].when);
    }
    assert_true(guard_same(covered, when));
}

static inline struct str show_diags(struct fixture *f, struct buf *out)
{
    diags_sort(&f->diags);
    for (size_t i = 0; i < f->diags.all.n; i++) {
        const struct diag *g = &f->diags.all.at[i];
        struct str at = source_text(&f->sources, g->at);
        size_t end = str_find_byte(at, '\n', 0);
        buf_addf(out, "%s%s %.*s", i > 0 ? "; " : "", diag_kind(g->id)->id,
                 STR_ARG(str_sub(at, 0, end)));
    }
    return buf_str(out);
}

#define assert_diags(f, expected) check_diags((f), (expected), __FILE__, __LINE__)
static inline void check_diags(struct fixture *f, const char *expected, const char *file, int line)
{
    struct buf shown;
    buf_init(&shown);
    check_str(show_diags(f, &shown), expected, file, line);
    buf_release(&shown);
}

/* Property X of the resource R, whatever else the template says. */
#define assert_value(f, property, expected)                                                        \
    check_value((f), (property), (expected), __FILE__, __LINE__)
static inline void check_value(struct fixture *f, const char *property, const char *expected,
                               const char *file, int line)
{
    const struct cfn_resource *r = cfn_resource(f->t, STR("R"));
    assert_non_null(r);
    struct cfn_value v = cfn_property(r, property);
    struct buf shown;
    buf_init(&shown);
    show_value(f, v, GUARD_TRUE, &shown);
    check_str(buf_str(&shown), expected, file, line);
    buf_release(&shown);
    assert_partition(f, v, r->when);
}

struct eval_case {
    const char *expression; /* one YAML flow value, or a block value that begins with "\n" and
                               is indented by 8 */
    const char *value;
    const char *diags; /* NULL: none */
};

/* Evaluates each expression in a template that begins with `head` (other sections, then
 * "Resources:\n" and resources of its own). */
static inline void check_cases(const char *head, const struct eval_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct fixture f = {0};
        struct buf text;
        buf_init(&text);
        buf_addf(&text, "%s  R:\n    Type: Test::R\n    Properties:\n      V: %s\n", head,
                 cases[i].expression);
        fixture_open(&f, text.p);
        print_message("        %s\n", cases[i].expression);
        assert_non_null(f.t);
        assert_value(&f, "V", cases[i].value);
        assert_diags(&f, cases[i].diags ? cases[i].diags : "");
        fixture_close(&f);
        buf_release(&text);
    }
}

#define CASES(head, table) check_cases((head), (table), sizeof(table) / sizeof((table)[0]))

#endif
