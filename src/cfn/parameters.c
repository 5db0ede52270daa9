/*
 * Parameters: their types, their outcomes, and what Ref yields for each (SEMANTICS 4.4;
 * "Parameters", AWS CloudFormation User Guide). A value that is an identity (a VPC's id) is one
 * unknown thing whatever its Default; only comparisons look at its text.
 */
#include "cfn/parameters.h"

#include "base/limits.h"
#include "cfn/eval.h"
#include "cfn/list.h"
#include "cfn/terms.h"

const struct str cfn_candidate_texts[CFN_CANDIDATES] = {
    {"0.0.0.0/0", 9},
    {"::/0", 4},
    {"8.8.8.8/32", 10},
};

static bool is_candidate_type(const struct cfn_parameter *p)
{
    return str_is(p->type, "String") || str_is(p->type, "CommaDelimitedList") || p->is_ssm;
}

static bool length_accepts(const struct cfn_constraints *c, struct str text)
{
    int64_t n = (int64_t)text.n;
    return n >= c->min_length && n <= c->max_length;
}

static bool pattern_accepts(const struct cfn_constraints *c, struct str text)
{
    if (c->pattern == NULL || *c->gave_up) {
        return true;
    }
    enum regex_result result = regex_full(c->pattern, text);
    *c->gave_up = result == REGEX_LIMIT;
    return result != REGEX_NO_MATCH; /* a pattern that gives up may match */
}

/* "22", "-1", "0.5": a fraction has digits alone on both sides of one point. */
static bool is_fraction(struct str text)
{
    size_t dot = str_find_byte(text, '.', 0);
    int64_t ignored;
    return dot != STR_NPOS && str_to_int(str_sub(text, 0, dot), &ignored) &&
           str_to_int(str_sub(text, dot + 1, text.n), &ignored) && text.p[dot + 1] != '-';
}

static bool number_accepts(const struct cfn_parameter *p, struct str text)
{
    int64_t number;
    text = str_trim(text);
    if (!str_to_int(text, &number)) {
        return is_fraction(text);
    }
    return number >= p->min_value && number <= p->max_value;
}

static bool is_allowed(const struct cfn_parameter *p, struct str text)
{
    const struct doc_node *allowed = doc_get(p->node, "AllowedValues");
    if (allowed == NULL || allowed->kind != DOC_SEQ || allowed->n == 0) {
        return true;
    }
    for (uint32_t i = 0; i < allowed->n; i++) {
        if (allowed->items[i]->kind == DOC_SCALAR && str_eq(allowed->items[i]->text, text)) {
            return true;
        }
    }
    return false;
}

bool cfn_parameter_accepts(const struct cfn_parameter *p, struct str text)
{
    if (p->constraints == NULL || p->is_ssm) {
        return true; /* constraints on an SSM type speak of the name, not of the value */
    }
    if (p->is_list && !is_allowed(p, text)) {
        return false; /* of a list, AllowedValues restrict each element */
    }
    bool is_number = str_is(p->type, "Number") || str_is(p->type, "List<Number>");
    return (!is_number || number_accepts(p, text)) && length_accepts(p->constraints, text) &&
           pattern_accepts(p->constraints, text);
}

/* ---- outcomes and terms -------------------------------------------------------------------- */

/* Few are looked through, more have a map. */
enum { FEW_OUTCOMES = 8 };

struct outcomes {
    const struct cfn_template *t;
    VEC(struct str) texts;
    VEC(const struct doc_node *) nodes;
    struct map seen; /* those behind the first few */
    bool is_cut;     /* there were too many */
};

static bool is_new(struct outcomes *o, struct str text)
{
    size_t n = o->texts.n;
    for (size_t i = 0; i < n && i < FEW_OUTCOMES; i++) {
        if (str_eq(o->texts.at[i], text)) {
            return false;
        }
    }
    if (n < FEW_OUTCOMES) {
        return true;
    }
    void **cell = map_at(&o->seen, text);
    bool is = *cell == NULL;
    *cell = o;
    return is;
}

static void add_outcome(struct outcomes *o, struct str text, const struct doc_node *node)
{
    struct arena *a = o->t->unit->arena;
    /* Further values count as "any other" (then there is such an outcome, AllowedValues or not);
     * comparing with them stays undecided. */
    if (o->texts.n + CFN_CANDIDATES + 1 >= LIMIT_ALTERNATIVES) {
        o->is_cut = true;
        return;
    }
    if (is_new(o, text)) {
        *VEC_ADD(a, &o->texts) = text;
        *VEC_ADD(a, &o->nodes) = node;
    }
}

/* A number whose bounds leave one value has that value. */
static bool is_single(const struct cfn_parameter *p)
{
    return str_is(p->type, "Number") && !p->has_allowed && p->min_value == p->max_value;
}

static void add_known(struct outcomes *o, const struct cfn_parameter *p,
                      const struct cfn_domain *domain)
{
    const struct doc_node *allowed = p->has_allowed ? doc_get(p->node, "AllowedValues") : NULL;
    for (uint32_t i = 0; allowed != NULL && i < allowed->n; i++) {
        if (allowed->items[i]->kind == DOC_SCALAR) {
            add_outcome(o, allowed->items[i]->text, allowed->items[i]);
        }
    }
    if (p->default_node != NULL) {
        add_outcome(o, p->default_node->text, p->default_node);
    }
    if (is_single(p)) {
        add_outcome(o, str_format(o->t->unit->arena, "%lld", (long long)p->min_value), NULL);
        return;
    }
    for (size_t i = 0; domain != NULL && !p->has_allowed && i < domain->texts.n; i++) {
        if (cfn_parameter_accepts(p, domain->texts.at[i])) {
            add_outcome(o, domain->texts.at[i], NULL);
        }
    }
}

static void add_variable(struct cfn_unit *u, struct cfn_parameter *p, const struct outcomes *o,
                         bool is_compared)
{
    size_t n = o->texts.n + (p->other != GUARD_NO_OUTCOME);
    if (n < 2) {
        return;
    }
    struct str *labels = ARENA_ARRAY(u->arena, n, struct str);
    uint32_t standard = GUARD_NO_OUTCOME;
    for (size_t i = 0; i < o->texts.n; i++) {
        labels[i] = p->no_echo ? STR("(hidden)") : o->texts.at[i];
        if (p->default_node != NULL && str_eq(o->texts.at[i], p->default_node->text)) {
            standard = (uint32_t)i;
        }
    }
    if (p->other != GUARD_NO_OUTCOME) {
        labels[p->other] = STR(CFN_ANY_OTHER);
    }
    bool is_sure = p->has_allowed || is_compared || p->is_pseudo;
    p->var = guard_add(u->space, (struct guard_variable){.name = p->unknown->text,
                                                         .labels = labels,
                                                         .outcomes = (uint32_t)n,
                                                         .standard = standard,
                                                         .doubt = is_sure ? GUARD_HIGH : GUARD_LOW,
                                                         .rank = CFN_RANK_PARAMETER,
                                                         .doubts_rule = !is_sure});
}

static struct cfn_term known_term(const struct cfn_template *t, const struct cfn_parameter *p,
                                  struct str text, const struct doc_node *literal,
                                  struct guard when)
{
    struct cfn_term term = cfn_text_term(t, when, NULL, text);
    term.literal = literal;
    term.parameter = p;
    return p->is_list ? cfn_split_text(t, term, STR(","), true) : term;
}

/* One term for each of the first n outcomes, and one unknown for the rest. */
static const struct cfn_term *terms_of(struct cfn_template *t, const struct cfn_parameter *p,
                                       uint32_t n, size_t *count)
{
    struct cfn_unit *u = t->unit;
    struct cfn_term *terms = ARENA_ARRAY(u->arena, (size_t)n + 1, struct cfn_term);
    *count = 0;
    bool is_fixed = p->var == GUARD_NO_OUTCOME;
    for (uint32_t i = 0; i < n; i++) {
        struct guard when = is_fixed ? GUARD_TRUE : guard_is(u->space, p->var, i);
        terms[(*count)++] = known_term(t, p, p->outcomes[i], p->outcome_nodes[i], when);
    }
    struct guard rest = n == 0 ? GUARD_TRUE : GUARD_FALSE;
    if (!is_fixed && n > 0) {
        uint32_t total = guard_variable(u->space, p->var)->outcomes;
        uint32_t *others = ARENA_ARRAY(u->arena, total, uint32_t);
        for (uint32_t i = n; i < total; i++) {
            others[i - n] = i;
        }
        rest = guard_among(u->space, p->var, others, total - n);
    }
    if (!guard_is_false(rest)) {
        terms[(*count)++] = cfn_unknown_term(t, rest, NULL, p->unknown);
    }
    return terms;
}

struct cfn_value cfn_parameter_terms(struct cfn_parameter *p, bool as_key)
{
    uint32_t readable = p->is_ssm || (p->is_opaque && !p->is_given) ? 0 : p->known;
    /* Where the name of an SSM parameter was given, the value stays unknown. */
    bool is_same = readable == p->known + p->candidates || (p->is_ssm && p->is_given);
    bool is_settled = p->settled_in != NULL;
    if (is_settled && is_same) {
        as_key = false;
    }
    if (is_settled && as_key && p->keys == NULL) {
        p->keys = terms_of(p->settled_in, p, p->known + p->candidates, &p->key_n);
    }
    if (is_settled && !as_key && p->terms == NULL) {
        p->terms = terms_of(p->settled_in, p, readable, &p->term_n);
    }
    return as_key ? (struct cfn_value){p->keys, p->key_n} : (struct cfn_value){p->terms, p->term_n};
}

/* What was cut counts as unknown, so the answer is incomplete. */
static void report_limits(struct cfn_template *t, const struct cfn_parameter *p,
                          const struct outcomes *o)
{
    if (o->is_cut) {
        const struct doc_node *allowed = p->has_allowed ? doc_get(p->node, "AllowedValues") : NULL;
        CFN_FAULT(t, DIAG_BUDGET, allowed != NULL ? allowed : p->key,
                  "Parameter '%.*s' has more than %d outcomes, the limit of alternatives; the "
                  "others count as unknown.",
                  STR_ARG(p->name), LIMIT_ALTERNATIVES);
    }
    if (p->constraints != NULL && p->constraints->pattern != NULL && *p->constraints->gave_up) {
        CFN_FAULT(
            t, DIAG_BUDGET, doc_get(p->node, "AllowedPattern"),
            "'AllowedPattern' of parameter '%.*s' needs more than %d steps, %d levels or %d KiB, "
            "the limits of regular expressions; every value is taken as allowed.",
            STR_ARG(p->name), LIMIT_REGEX_STEPS, LIMIT_REGEX_DEPTH, LIMIT_REGEX_HEAP_KIB);
    }
}

void cfn_parameter_settle(struct cfn_template *t, struct cfn_parameter *p,
                          const struct cfn_domain *domain)
{
    struct cfn_unit *u = t->unit;
    struct outcomes o = {.t = t};
    map_init(&o.seen, u->arena);
    bool is_compared = domain != NULL && domain->texts.n > 0 && !p->is_list;
    bool is_identity = p->is_opaque && !p->is_ssm && !p->is_pseudo;
    if (p->is_given) {
        add_outcome(&o, p->given, NULL);
    } else if (!is_identity || is_compared) {
        add_known(&o, p, is_compared ? domain : NULL);
    }
    p->known = (uint32_t)o.texts.n;
    /* What is compared as well has its candidates on a variable of their own (candidates.c):
     * a choice between known values is certain, a free text is not. */
    if (!p->is_given && !p->has_allowed && !is_compared && is_candidate_type(p)) {
        for (size_t i = 0; i < CFN_CANDIDATES; i++) {
            if (cfn_parameter_accepts(p, cfn_candidate_texts[i])) {
                add_outcome(&o, cfn_candidate_texts[i], NULL);
            }
        }
    }
    p->candidates = (uint32_t)o.texts.n - p->known;
    report_limits(t, p, &o);
    bool is_closed = (p->has_allowed && !o.is_cut) || (is_single(p) && o.texts.n == 1);
    bool has_other = !p->is_given && !is_closed && o.texts.n > 0;
    p->other = has_other ? (uint32_t)o.texts.n : GUARD_NO_OUTCOME;
    p->outcomes = o.texts.at;
    p->outcome_nodes = o.nodes.at;
    add_variable(u, p, &o, is_compared);
    p->terms = NULL; /* of a pseudo parameter: what it was before it was compared */
    p->keys = NULL;
    p->settled_in = t;
    if (p->is_list) { /* splitting makes unknown things, whose order is that of declaration */
        (void)cfn_parameter_terms(p, false);
        (void)cfn_parameter_terms(p, true);
    }
}

struct cfn_term cfn_parameter_fixed(const struct cfn_template *t, const struct cfn_parameter *p,
                                    struct str text, const struct doc_node *literal)
{
    return known_term(t, p, text, literal, GUARD_TRUE);
}
