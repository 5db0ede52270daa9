#include "analysis/flow_guards.h"

enum { MOST_CUBES = 512 };

void flow_guards_init(struct flow_guards *f, struct arena *a)
{
    *f = (struct flow_guards){.arena = a, .space = guard_space_new(a)};
    map_init(&f->variables, a);
    map_init(&f->outcomes, a);
}

/* ---- names -------------------------------------------------------------------------------- */

/* "Rain::Embed at line 62, column 80" is another name as soon as a line is added above. All such
 * of one kind then are one variable: what they stand for is unknown in any case. */
static struct str without_line(struct str name)
{
    size_t at = str_find(name, STR(" at line "), 0);
    return at == STR_NPOS ? name : str_sub(name, 0, at);
}

/* A fact about two subnets names them in the order of the template: "A-AZ(A, B)". */
static struct str in_order(struct arena *a, struct str name)
{
    size_t open = str_find_byte(name, '(', 0);
    size_t comma = str_find(name, STR(", "), 0);
    if (!str_starts(name, STR("A-AZ(")) || comma == STR_NPOS || !str_ends(name, STR(")"))) {
        return name;
    }
    struct str x = str_sub(name, open + 1, comma);
    struct str y = str_sub(name, comma + 2, name.n - 1);
    return str_cmp(x, y) <= 0
               ? name
               : str_format(a, "%.*s%.*s, %.*s)", STR_ARG(str_sub(name, 0, open + 1)), STR_ARG(y),
                            STR_ARG(x));
}

/* Without "first/", wherever a name in it begins. */
static struct str without_stack(struct arena *a, struct str name, struct str stack)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < name.n; i++) {
        bool begins = i == 0 || name.p[i - 1] == '(' || name.p[i - 1] == ' ';
        struct str rest = str_sub(name, i, name.n);
        if (begins && stack.n > 0 && rest.n > stack.n && str_starts(rest, stack) &&
            rest.p[stack.n] == '/') {
            i += stack.n;
        } else {
            buf_addc(&b, name.p[i]);
        }
    }
    struct str out = str_copy(a, buf_str(&b));
    buf_release(&b);
    return out;
}

struct str flow_variable_name(struct arena *a, struct str name, struct str stack)
{
    struct str own = stack.n > 0 ? without_stack(a, name, stack) : name;
    return in_order(a, without_line(own));
}

/* ---- variables ---------------------------------------------------------------------------- */

static uint32_t variable_called(struct flow_guards *f, struct str name, bool *is_new)
{
    const uint32_t *known = map_get(&f->outcomes, name);
    *is_new = known == NULL;
    if (known != NULL) {
        return *known;
    }
    struct str kept = str_copy(f->arena, name);
    uint32_t *number = ARENA_NEW(f->arena, uint32_t);
    *number = guard_add(f->space, (struct guard_variable){
                                      .name = kept, .outcomes = 2, .standard = GUARD_NO_OUTCOME});
    *map_at(&f->outcomes, kept) = number;
    return *number;
}

/* "Env is dev" as a guard. */
static struct guard outcome_of(struct flow_guards *f, const struct guard_variable *v,
                               struct str name, uint32_t outcome)
{
    struct arena scratch = {0};
    bool is_new;
    uint32_t var = variable_called(
        f, str_format(&scratch, "%.*s=%.*s", STR_ARG(name), STR_ARG(v->labels[outcome])), &is_new);
    arena_release(&scratch);
    if (is_new) {
        struct flow_variable *of = map_get(&f->variables, name);
        if (of == NULL) {
            of = ARENA_NEW(f->arena, struct flow_variable);
            *map_at(&f->variables, str_copy(f->arena, name)) = of;
        }
        *VEC_ADD(f->arena, &of->outcomes) = var;
    }
    return guard_is(f->space, var, 1);
}

struct taking {
    struct flow_guards *f;
    const struct guard_space *from;
    struct str stack;
    struct str scope;
    struct guard result;
    size_t cubes;
};

static struct guard part_of(const struct taking *t, const struct guard_cube_part *part)
{
    struct flow_guards *f = t->f;
    const struct guard_variable *v = guard_variable(t->from, part->var);
    struct arena scratch = {0};
    struct str name = flow_variable_name(&scratch, v->name, t->stack);
    name = str_format(&scratch, "%.*s:%.*s", STR_ARG(t->scope), STR_ARG(name));
    struct guard any = GUARD_FALSE;
    if (v->labels == NULL) {
        bool is_new;
        uint32_t var = variable_called(f, name, &is_new);
        any = guard_among(f->space, var, part->outcomes, part->n);
    }
    for (uint32_t i = 0; v->labels != NULL && i < v->outcomes; i++) { /* all: one_of needs them */
        (void)outcome_of(f, v, name, i);
    }
    for (size_t i = 0; v->labels != NULL && i < part->n; i++) {
        any = guard_or(f->space, any, outcome_of(f, v, name, part->outcomes[i]));
    }
    arena_release(&scratch);
    return any;
}

static bool take_cube(void *ctx, const struct guard_cube_part *parts, size_t n)
{
    struct taking *t = ctx;
    if (++t->cubes > MOST_CUBES) {
        t->result = guard_budget(t->f->space);
        return false;
    }
    struct guard all = GUARD_TRUE;
    for (size_t i = 0; i < n; i++) {
        all = guard_and(t->f->space, all, part_of(t, &parts[i]));
    }
    t->result = guard_or(t->f->space, t->result, all);
    return true;
}

struct guard flow_guards_take(struct flow_guards *f, struct guard_space *from, struct str stack,
                              struct str scope, struct guard g)
{
    if (guard_is_true(g)) {
        return GUARD_TRUE;
    }
    struct taking t = {.f = f, .from = from, .stack = stack, .scope = scope, .result = GUARD_FALSE};
    guard_cubes(from, g, take_cube, &t);
    return t.result;
}

/* Exactly one of its outcomes. */
static struct guard one_of(struct flow_guards *f, const struct flow_variable *v)
{
    struct guard none = GUARD_TRUE;
    struct guard one = GUARD_FALSE;
    for (size_t i = v->outcomes.n; i-- > 0;) {
        struct guard yes = guard_is(f->space, v->outcomes.at[i], 1);
        struct guard no = guard_is(f->space, v->outcomes.at[i], 0);
        one = guard_or(f->space, guard_and(f->space, yes, none), guard_and(f->space, no, one));
        none = guard_and(f->space, none, no);
    }
    return one;
}

bool flow_guards_cover(struct flow_guards *f, struct guard x, struct guard y)
{
    if (guard_same(x, y)) {
        return true;
    }
    struct guard rest = guard_minus(f->space, y, x);
    struct guard_vars vars = {0};
    struct arena scratch = {0};
    guard_support(f->space, rest, &scratch, &vars);
    for (size_t i = 0; i < f->variables.n && !guard_is_false(rest); i++) {
        const struct flow_variable *v = f->variables.entries[i].value;
        bool is_in = false;
        for (size_t k = 0; k < vars.n && !is_in; k++) {
            for (size_t m = 0; m < v->outcomes.n && !is_in; m++) {
                is_in = vars.at[k] == v->outcomes.at[m];
            }
        }
        if (is_in) {
            rest = guard_and(f->space, rest, one_of(f, v));
        }
    }
    arena_release(&scratch);
    return guard_is_false(rest);
}
