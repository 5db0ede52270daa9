/*
 * Random templates over parameters with few values: in every scenario the guarded values must
 * say what the naive evaluator says, and the family must be the scenarios that deploy.
 */
#include "tests/cfn/eval_cases.h"
#include "tests/cfn/naive.h"

enum { SEED = 20260101 };
enum { PARAMETERS = 4, CONDITIONS = 5, PROPERTIES = 6, TEMPLATES = 400 };

static const char *const words[] = {"a", "b", "c", "a-b", "1", ""};
enum { WORDS = sizeof words / sizeof words[0] };

struct maker {
    struct check_random random;
    struct buf out;
};

static uint32_t below(struct maker *m, uint32_t n)
{
    return check_random_below(&m->random, n);
}

/* `!Name args` or {"Fn::Name": args}. */
static bool open_call(struct maker *m, const char *name)
{
    bool is_short = below(m, 2) == 0;
    buf_addf(&m->out, is_short ? "!%s " : "{\"Fn::%s\": ", name);
    return is_short;
}

static void close_call(struct maker *m, bool is_short)
{
    buf_adds(&m->out, is_short ? "" : "}");
}

static void add_word(struct maker *m)
{
    buf_addf(&m->out, "'%s'", words[below(m, WORDS)]);
}

static void add_ref(struct maker *m)
{
    bool is_short = below(m, 2) == 0;
    buf_addf(&m->out, is_short ? "!Ref P%u" : "{Ref: P%u}", below(m, PARAMETERS));
}

static void add_key(struct maker *m)
{
    if (below(m, 3) == 0) {
        buf_addf(&m->out, "%s", below(m, 2) ? "a" : "b");
    } else if (below(m, 3) == 0) {
        buf_addf(&m->out, "!If [C%u, a, ", below(m, CONDITIONS));
        add_ref(m);
        buf_addc(&m->out, ']');
    } else {
        add_ref(m);
    }
}

static void add_condition(struct maker *m, uint32_t depth, uint32_t earlier)
{
    uint32_t pick = below(m, depth > 0 ? 6 : 2);
    if (pick == 5 && earlier > 0) {
        bool is_long = below(m, 2) == 0;
        buf_addf(&m->out, is_long ? "{Condition: C%u}" : "!Condition C%u", below(m, earlier));
        return;
    }
    const char *name = pick == 2 ? "And" : pick == 3 ? "Or" : pick == 4 ? "Not" : "Equals";
    bool is_short = open_call(m, name);
    buf_addc(&m->out, '[');
    if (str_is(str_from(name), "Equals")) {
        add_ref(m);
        buf_adds(&m->out, ", ");
        if (below(m, 4) == 0) {
            add_ref(m);
        } else {
            add_word(m);
        }
    } else {
        uint32_t n = pick == 4 ? 1 : 2 + below(m, 2);
        for (uint32_t i = 0; i < n; i++) {
            buf_adds(&m->out, i > 0 ? ", " : "");
            add_condition(m, depth - 1, earlier);
        }
    }
    buf_addc(&m->out, ']');
    close_call(m, is_short);
}

static void add_text(struct maker *m, uint32_t depth);

static void add_list(struct maker *m, uint32_t depth)
{
    uint32_t pick = below(m, depth > 0 ? 5 : 1);
    if (pick == 3) {
        bool is_short = open_call(m, "Split");
        buf_adds(&m->out, "['-', ");
        add_text(m, depth - 1);
        buf_addc(&m->out, ']');
        close_call(m, is_short);
        return;
    }
    if (pick == 4) {
        bool is_short = open_call(m, "If");
        buf_addf(&m->out, "[C%u, ", below(m, CONDITIONS));
        add_list(m, depth - 1);
        buf_adds(&m->out, ", ");
        add_list(m, depth - 1);
        buf_addc(&m->out, ']');
        close_call(m, is_short);
        return;
    }
    buf_addc(&m->out, '[');
    uint32_t n = 1 + below(m, 3);
    for (uint32_t i = 0; i < n; i++) {
        buf_adds(&m->out, i > 0 ? ", " : "");
        if (below(m, 3) == 0) {
            buf_addf(&m->out, "!If [C%u, ", below(m, CONDITIONS));
            add_text(m, 0);
            buf_adds(&m->out, ", !Ref 'AWS::NoValue']");
        } else {
            add_text(m, depth > 0 ? depth - 1 : 0);
        }
    }
    buf_addc(&m->out, ']');
}

static void add_sub(struct maker *m, uint32_t depth)
{
    bool is_short = open_call(m, "Sub");
    if (below(m, 2) == 0) {
        buf_addf(&m->out, "'x${P%u}", below(m, PARAMETERS));
        buf_addf(&m->out, "-${P%u}'", below(m, PARAMETERS));
    } else {
        buf_addf(&m->out, "['${Own}${P%u}', {Own: ", below(m, PARAMETERS));
        add_text(m, depth - 1);
        buf_adds(&m->out, "}]");
    }
    close_call(m, is_short);
}

static void add_find(struct maker *m)
{
    bool is_short = open_call(m, "FindInMap");
    buf_adds(&m->out, "[M, ");
    add_key(m);
    buf_adds(&m->out, ", ");
    add_key(m);
    if (below(m, 2) == 0) {
        buf_adds(&m->out, ", {DefaultValue: !Ref P0}");
    }
    buf_addc(&m->out, ']');
    close_call(m, is_short);
}

/* (Arguments of one call are evaluated in any order, so no call asks for two random numbers:
 * every compiler must make the same templates.)
 * An expression whose value is a text (or a fault). */
static void add_text(struct maker *m, uint32_t depth)
{
    bool is_short;
    switch (depth > 0 ? below(m, 9) : below(m, 2)) {
    case 0:
        add_word(m);
        break;
    case 1:
    case 2:
        add_ref(m);
        break;
    case 3:
        is_short = open_call(m, "If");
        buf_addf(&m->out, "[C%u, ", below(m, CONDITIONS));
        add_text(m, depth - 1);
        buf_adds(&m->out, ", ");
        add_text(m, depth - 1);
        buf_addc(&m->out, ']');
        close_call(m, is_short);
        break;
    case 4:
        add_sub(m, depth);
        break;
    case 5:
        is_short = open_call(m, "Join");
        buf_adds(&m->out, "['+', ");
        add_list(m, depth - 1);
        buf_addc(&m->out, ']');
        close_call(m, is_short);
        break;
    case 6:
        is_short = open_call(m, "Select");
        if (below(m, 4) > 0) {
            buf_addf(&m->out, "[%u, ", below(m, 3));
        } else {
            buf_addf(&m->out, "[!If [C%u, 0, 1], ", below(m, 3));
        }
        add_list(m, depth - 1);
        buf_addc(&m->out, ']');
        close_call(m, is_short);
        break;
    case 7:
        add_find(m);
        break;
    default:
        buf_adds(&m->out, "{\"Fn::Length\": ");
        add_list(m, depth - 1);
        buf_addc(&m->out, '}');
        break;
    }
}

static void make_template(struct maker *m)
{
    buf_clear(&m->out);
    buf_adds(&m->out, "Parameters:\n");
    for (uint32_t i = 0; i < PARAMETERS; i++) {
        uint32_t first = below(m, WORDS);
        buf_addf(&m->out, "  P%u: {Type: String, AllowedValues: ['%s', '%s'", i, words[first],
                 words[(first + 1) % WORDS]);
        buf_addf(&m->out, below(m, 2) ? "]}\n" : ", '%s']}\n", words[(first + 2) % WORDS]);
    }
    buf_adds(&m->out,
             "Mappings:\n  M:\n    a: {a: 10, b: x-y}\n    b: {a: z, c: q}\nConditions:\n");
    for (uint32_t i = 0; i < CONDITIONS; i++) {
        buf_addf(&m->out, "  C%u: ", i);
        add_condition(m, 2, i);
        buf_addc(&m->out, '\n');
    }
    buf_addf(&m->out, "Resources:\n  Other: {Type: T, Condition: C%u}\n  R:\n    Type: T\n",
             below(m, CONDITIONS));
    if (below(m, 2) == 0) {
        buf_addf(&m->out, "    Condition: C%u\n", below(m, CONDITIONS));
    }
    buf_adds(&m->out, "    Properties:\n");
    for (uint32_t i = 0; i < PROPERTIES; i++) {
        buf_addf(&m->out, "      V%u: ", i);
        if (i % 3 == 2) {
            add_list(m, 3);
        } else {
            add_text(m, 3);
        }
        buf_addc(&m->out, '\n');
    }
    buf_addf(&m->out, "      O: !If [C%u, !Ref Other, none]\n", below(m, CONDITIONS));
}

/* ---- the guarded values in one scenario ----------------------------------------------------- */

struct scenario {
    struct fixture *f;
    const uint32_t *outcomes;
};

static const struct cfn_term *chosen(const struct scenario *s, struct cfn_value v)
{
    const struct cfn_term *found = NULL;
    FOREACH_TERM (term, v) {
        if (guard_holds(s->f->unit->space, term->when, s->outcomes)) {
            assert_null(found);
            found = term;
        }
    }
    return found;
}

static void show_chosen(const struct scenario *s, const struct cfn_term *term, struct buf *out)
{
    if (term->kind == CFN_TEXT) {
        buf_addf(out, "\"%.*s\"", STR_ARG(term->text));
    } else if (term->kind == CFN_NONE) {
        buf_adds(out, "none");
    } else if (term->kind == CFN_LIST) {
        struct cfn_scope scope = {.t = term->home};
        struct cfn_slots slots = cfn_slots_of(&scope, term);
        bool is_first = true;
        buf_addc(out, '[');
        for (size_t i = 0; i < slots.n; i++) {
            const struct cfn_term *item = chosen(s, slots.at[i]);
            if (item != NULL) {
                buf_adds(out, is_first ? "" : ", ");
                is_first = false;
                show_chosen(s, item, out);
            }
        }
        buf_addc(out, ']');
    } else { /* nothing is unknown here but what is wrong */
        buf_adds(out, "fault");
    }
}

static void compare_scenario(struct fixture *f, const struct naive_world *w,
                             const uint32_t *outcomes, bool check_family, const char *template)
{
    const struct cfn_resource *r = cfn_resource(f->t, STR("R"));
    const struct doc_node *condition = doc_get(r->node, "Condition");
    bool is_live = condition == NULL || naive_condition(w, condition);
    struct scenario s = {f, outcomes};
    assert_int_equal(guard_holds(f->unit->space, r->when, outcomes), is_live);
    if (check_family) {
        bool deploys = !is_live || naive_deploys(w, r->properties);
        if (guard_holds(f->unit->space, f->unit->family, outcomes) != deploys) {
            fail_msg("family: %d expected in\n%s", deploys, template);
        }
    }
    for (uint32_t i = 0; is_live && i < PROPERTIES; i++) {
        struct buf expected;
        struct buf actual;
        buf_init(&expected);
        buf_init(&actual);
        struct str key = r->properties->entries[i].key->text;
        struct naive n = naive_eval(w, r->properties->entries[i].value);
        naive_show(&n, &expected);
        const struct cfn_term *term = chosen(&s, cfn_property(r, str_to_c(&f->arena, key)));
        assert_non_null(term);
        show_chosen(&s, term, &actual);
        if (!str_eq(buf_str(&expected), buf_str(&actual))) {
            print_error("%.*s: %.*s\n", STR_ARG(key),
                        STR_ARG(source_text(&f->sources, r->properties->entries[i].value->span)));
            fail_msg("%.*s is %s, expected %s in\n%s", STR_ARG(key), actual.p, expected.p,
                     template);
        }
        buf_release(&expected);
        buf_release(&actual);
    }
}

/* What cannot work in any scenario is an error and stays in the family. */
static bool has_errors(const struct fixture *f)
{
    for (size_t i = 0; i < f->diags.all.n; i++) {
        if (f->diags.all.at[i].id == DIAG_UNDEFINED) {
            return true;
        }
    }
    return false;
}

static size_t all_scenarios(struct fixture *f, const char *template)
{
    struct guard_space *space = f->unit->space;
    uint32_t vars = guard_count(space);
    uint32_t outcomes[64] = {0};
    struct str values[PARAMETERS];
    uint32_t at[PARAMETERS] = {0};
    size_t scenarios = 0;
    assert_true(vars <= 64);
    for (;;) {
        for (uint32_t i = 0; i < PARAMETERS; i++) {
            const struct cfn_parameter *p = f->t->parameters.at[i];
            values[i] = p->outcomes[at[i]];
            outcomes[p->var] = at[i];
        }
        struct naive_world w = {&f->arena, f->t->doc->root, values};
        compare_scenario(f, &w, outcomes, !has_errors(f), template);
        scenarios++;
        uint32_t i = 0;
        while (i < PARAMETERS && ++at[i] == f->t->parameters.at[i]->known) {
            at[i++] = 0;
        }
        if (i == PARAMETERS) {
            return scenarios;
        }
    }
}

static void guarded_values_agree_with_every_scenario(void **state)
{
    (void)state;
    struct maker m = {.random = {SEED}};
    size_t scenarios = 0;
    size_t families = 0;
    buf_init(&m.out);
    for (uint32_t i = 0; i < TEMPLATES; i++) {
        struct fixture f = {0};
        make_template(&m);
        fixture_open(&f, m.out.p);
        assert_non_null(f.t);
        /* Nothing is left open but the parameters. */
        uint32_t before = guard_count(f.unit->space);
        assert_int_equal(before, PARAMETERS);
        scenarios += all_scenarios(&f, m.out.p);
        families += !guard_is_true(f.unit->family);
        assert_int_equal(guard_count(f.unit->space), before);
        fixture_close(&f);
    }
    buf_release(&m.out);
    assert_true(scenarios > 10000);
    assert_true(families > TEMPLATES / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guarded_values_agree_with_every_scenario),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
