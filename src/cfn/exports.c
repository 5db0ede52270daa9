/*
 * Exports and outputs. A name that is known joins what exports it. A name with gaps
 * (`!Sub "${NetworkStack}-Vpc"`) joins the only export that fits, under a variable that says
 * what fills the gap:
 *
 *     import  <NetworkStack>-Vpc      export  <AWS::StackName>-Vpc of network.yaml
 *     NetworkStack=network  ->  the value of the output;    else unknown
 *
 * Two exports of one name cannot be deployed in one region, and which of them is meant nobody
 * can tell: the value is unknown, and a diagnostic says so.
 */
#include "cfn/exports.h"

#include "cfn/link_name.h"
#include "cfn/parameters.h"
#include "cfn/terms.h"

static struct cfn_value output_once(const struct cfn_scope *s, const struct cfn_template *t,
                                    struct cfn_output *o)
{
    struct cfn_unit *u = t->unit;
    if (o->known == NULL) {
        o->known = ARENA_NEW(u->arena, struct cfn_known);
    }
    struct cfn_known *known = o->known;
    size_t k = s->as_key ? 1 : 0;
    if (known->state[k] == CFN_VALUE_BUSY) {
        CFN_FAULT(t, DIAG_CYCLE, o->value, "Output '%.*s' depends on itself.", STR_ARG(o->name));
        return cfn_faulty(t, o->value, o->when);
    }
    if (known->state[k] == CFN_VALUE_NOT_YET) {
        known->state[k] = CFN_VALUE_BUSY;
        struct cfn_scope inner = {.t = t, .depth = s->depth + 1, .as_key = s->as_key};
        known->value[k] = cfn_eval_in(&inner, o->value, o->when);
        known->state[k] = CFN_VALUE_KNOWN;
        cfn_report_budget(t, o->value);
    }
    return known->value[k];
}

struct cfn_value cfn_output_value(const struct cfn_scope *s, const struct cfn_template *t,
                                  struct cfn_output *o, struct guard when,
                                  const struct doc_node *node)
{
    return cfn_restrict(s->t, output_once(s, t, o), when, node);
}

/* ---- exports ------------------------------------------------------------------------------- */

static void add_exports(struct cfn_template *t)
{
    struct cfn_unit *u = t->unit;
    for (size_t i = 0; i < t->outputs.n; i++) {
        struct cfn_output *o = &t->outputs.at[i];
        if (o->export_name == NULL || o->value == NULL) {
            continue;
        }
        struct cfn_value names = cfn_eval(t, o->export_name, o->when);
        FOREACH_TERM (name, names) {
            struct str pattern = cfn_link_name(u->arena, name);
            if (pattern.n > 0) {
                *VEC_ADD(u->arena, &u->exports) = (struct cfn_export){t, o, *name, pattern};
            }
        }
    }
}

/* False while they are being collected, or before all templates are there. */
static bool exports_of(struct cfn_unit *u)
{
    if (u->exports_state == CFN_EXPORTS_NOT_YET && u->templates.n > 1) {
        u->exports_state = CFN_EXPORTS_BUSY;
        for (size_t i = 0; i < u->templates.n; i++) {
            cfn_settle(u->templates.at[i]);
        }
        for (size_t i = 0; i < u->templates.n; i++) {
            add_exports(u->templates.at[i]);
        }
        u->exports_state = CFN_EXPORTS_READY;
    }
    return u->exports_state == CFN_EXPORTS_READY;
}

/* ---- joining ------------------------------------------------------------------------------- */

/* The one part of a name that is not known; NULL if there is not exactly one. */
static const struct cfn_term *gap_of(const struct cfn_term *name)
{
    const struct cfn_term *gap = NULL;
    if (name->kind != CFN_JOINED) {
        return name->kind == CFN_UNKNOWN ? name : NULL;
    }
    for (size_t i = 0; i < name->part_n; i++) {
        if (name->parts[i].kind != CFN_TEXT) {
            if (gap != NULL || name->parts[i].kind != CFN_UNKNOWN) {
                return NULL;
            }
            gap = &name->parts[i];
        }
    }
    return gap;
}

/* Can the gap hold this text, where its known values have been dealt with before? */
static bool may_hold(const struct cfn_term *gap, struct str text)
{
    const struct cfn_parameter *p = gap->unknown->parameter;
    for (uint32_t i = 0; p != NULL && i < p->known; i++) {
        if (str_eq(p->outcomes[i], text)) {
            return false;
        }
    }
    return p == NULL || p->is_opaque || cfn_parameter_admits(p, text);
}

static enum cfn_fit fit_of(const struct cfn_term *name, struct str pattern,
                           const struct cfn_export *e)
{
    enum cfn_sameness sameness = cfn_compare(name, &e->name);
    if (sameness != CFN_UNDECIDED) {
        return sameness == CFN_SAME ? CFN_FIT_EQUAL : CFN_FIT_NEVER;
    }
    enum cfn_fit fit = cfn_link_fit(pattern, e->pattern);
    const struct cfn_term *gap = gap_of(name);
    struct str text;
    if (fit != CFN_FIT_NEVER && gap != NULL && cfn_link_name_is_known(e->pattern) &&
        cfn_link_fill(pattern, e->pattern, &text) && !may_hold(gap, text)) {
        return CFN_FIT_NEVER;
    }
    return fit;
}

/* What fills the gaps, as a choice: "NetworkStack=network". */
static struct guard filled(const struct cfn_scope *s, const struct cfn_term *name,
                           struct str pattern, const struct cfn_export *e)
{
    struct cfn_unit *u = s->t->unit;
    const struct cfn_term *own = gap_of(name);
    const struct cfn_term *other = gap_of(&e->name);
    struct str what;
    struct str value;
    if (own != NULL && cfn_link_name_is_known(e->pattern) &&
        cfn_link_fill(pattern, e->pattern, &value)) {
        what = own->unknown->text;
    } else if (other != NULL && cfn_link_name_is_known(pattern) &&
               cfn_link_fill(e->pattern, pattern, &value)) {
        what = other->unknown->text;
    } else {
        what = own != NULL ? own->unknown->text : cfn_text_of(u->arena, name);
        value = e->t->input.stack_name.n > 0 ? e->t->input.stack_name : e->t->name;
    }
    struct str *labels = ARENA_ARRAY(u->arena, 2, struct str);
    labels[0] = STR(CFN_ANY_OTHER);
    labels[1] = value;
    struct str key = str_format(u->arena, "link %.*s=%.*s", STR_ARG(what), STR_ARG(value));
    uint32_t var = cfn_choice(
        u, key,
        (struct guard_variable){.name = what,
                                .labels = labels,
                                .outcomes = 2,
                                .standard = name->kind == CFN_TEXT ? 1 : GUARD_NO_OUTCOME,
                                .doubt = GUARD_HIGH,
                                .rank = CFN_RANK_PARAMETER});
    return guard_is(u->space, var, 1);
}

struct candidates {
    VEC(const struct cfn_export *) all; /* of the best fit */
    enum cfn_fit fit;
};

static void find(const struct cfn_scope *s, const struct cfn_term *name, struct str pattern,
                 struct candidates *out)
{
    struct cfn_unit *u = s->t->unit;
    for (size_t i = 0; i < u->exports.n; i++) {
        const struct cfn_export *e = &u->exports.at[i];
        if (e->t == s->t || guard_disjoint(u->space, name->when, e->name.when)) {
            continue;
        }
        enum cfn_fit fit = fit_of(name, pattern, e);
        if (fit > out->fit) {
            out->fit = fit;
            out->all.n = 0;
        }
        if (fit == out->fit && fit != CFN_FIT_NEVER) {
            *VEC_ADD(u->arena, &out->all) = e;
        }
    }
}

/* Where more than one of them holds: nothing is taken. */
static struct guard clash_of(const struct cfn_scope *s, const struct candidates *c)
{
    struct guard_space *space = s->t->unit->space;
    struct guard seen = GUARD_FALSE;
    struct guard clash = GUARD_FALSE;
    for (size_t i = 0; i < c->all.n; i++) {
        struct guard g = c->all.at[i]->name.when;
        clash = guard_or(space, clash, guard_and(space, seen, g));
        seen = guard_or(space, seen, g);
    }
    return clash;
}

static void say_clash(const struct cfn_scope *s, const struct cfn_term *name,
                      const struct doc_node *node, const struct candidates *c)
{
    struct cfn_unit *u = s->t->unit;
    struct str shown = cfn_text_of(u->arena, name);
    struct diag *g =
        CFN_FAULT(s->t, DIAG_CONFIG, node,
                  c->fit == CFN_FIT_EQUAL
                      ? "Several templates export '%.*s'; which of them is meant is not known."
                      : "Several exports could be '%.*s'; which of them is meant is not known.",
                  STR_ARG(shown));
    for (size_t i = 0; i < c->all.n; i++) {
        const struct cfn_export *e = c->all.at[i];
        struct str output = cfn_qualified(e->t, e->output->name);
        diag_relate(u->diags, g, cfn_span(e->output->export_name), "Output '%.*s'.",
                    STR_ARG(output));
    }
}

struct cfn_value cfn_imported(const struct cfn_scope *s, const struct cfn_term *name,
                              const struct doc_node *node, struct guard *rest)
{
    struct cfn_unit *u = s->t->unit;
    *rest = name->when;
    if (!exports_of(u)) {
        return CFN_NO_VALUE;
    }
    struct str pattern = cfn_link_name(u->arena, name);
    struct candidates c = {.fit = CFN_FIT_NEVER};
    find(s, name, pattern, &c);
    struct guard clash = guard_and(u->space, name->when, clash_of(s, &c));
    if (!guard_is_false(clash)) {
        say_clash(s, name, node, &c);
    }
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    for (size_t i = 0; i < c.all.n; i++) {
        const struct cfn_export *e = c.all.at[i];
        struct guard when = guard_and(u->space, name->when, e->name.when);
        when = guard_minus(u->space, when, clash);
        if (c.fit != CFN_FIT_EQUAL && !guard_is_false(when)) {
            when = guard_and(u->space, when, filled(s, name, pattern, e));
        }
        *rest = guard_minus(u->space, *rest, when);
        cfn_terms_add_under(&out, cfn_output_value(s, e->t, e->output, when, node), GUARD_TRUE);
    }
    return cfn_terms_value(&out);
}
