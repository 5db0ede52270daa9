/*
 * Candidate sources of what is not known (SEMANTICS 4.4): could it be "0.0.0.0/0"? A text that
 * is known in part ("${OfficeIp}/32") can be a candidate only if its known ends fit, and only if
 * what is left over is admitted by the parameter that fills it; where none fits, a public block
 * is made that does ("${OfficeIp}/24").
 */
#include "cfn/cidr_block.h"
#include "cfn/example.h"
#include "cfn/parameters.h"
#include "cfn/terms.h"
#include "cfn/value.h"

/* prefix + one unknown part + suffix. */
struct gap {
    struct str prefix;
    struct str suffix;
    const struct cfn_term *part;
};

static bool gap_of(const struct cfn_term *term, struct gap *out)
{
    *out = (struct gap){.part = term};
    if (term->kind != CFN_JOINED) {
        return term->kind == CFN_UNKNOWN || term->kind == CFN_OBJECT;
    }
    const struct cfn_term *parts = term->parts;
    size_t n = term->part_n;
    if (n > 0 && parts[0].kind == CFN_TEXT) {
        out->prefix = parts[0].text;
        parts++;
        n--;
    }
    if (n > 0 && parts[n - 1].kind == CFN_TEXT) {
        out->suffix = parts[n - 1].text;
        n--;
    }
    out->part = n == 1 ? parts : NULL; /* NULL: several, about which nothing is said */
    return n > 0;
}

static bool is_address(struct str text)
{
    struct buf block;
    struct cidr_block parsed;
    buf_init(&block);
    buf_addf(&block, "%.*s/32", STR_ARG(text));
    bool is_block = cidr_block_parse(buf_str(&block), &parsed);
    buf_release(&block);
    return is_block && !parsed.is_v6;
}

/* May the unknown part be this text at all? */
static bool part_admits(const struct cfn_term *part, struct str text)
{
    if (part == NULL) {
        return true;
    }
    if (part->kind == CFN_OBJECT) {
        struct str type = part->resource->type;
        if (str_is(type, "AWS::EC2::EIP")) {
            return is_address(text); /* Ref gives the public address ("AWS::EC2::EIP") */
        }
        return part->attribute.n > 0 || str_starts(type, STR("Custom::")) ||
               str_starts(type, STR("AWS::CloudFormation::"));
    }
    if (part->kind != CFN_UNKNOWN || part->unknown->why == CFN_WHY_PSEUDO) {
        return false;
    }
    const struct cfn_parameter *p = part->unknown->parameter;
    if (p == NULL || p->is_ssm) {
        return true;
    }
    if (p->is_opaque || str_is(p->type, "AWS::SSM::Parameter::Name")) {
        return false;
    }
    for (uint32_t i = 0; i < p->known && part->unknown->list == NULL; i++) {
        if (str_eq(p->outcomes[i], text)) {
            return false; /* then it would be known */
        }
    }
    return cfn_parameter_accepts(p, text);
}

static bool admits(const struct gap *gap, struct str candidate)
{
    if (candidate.n < gap->prefix.n + gap->suffix.n || !str_starts(candidate, gap->prefix) ||
        !str_ends(candidate, gap->suffix)) {
        return false;
    }
    return part_admits(gap->part, str_sub(candidate, gap->prefix.n, candidate.n - gap->suffix.n));
}

/* The candidates that fit, and for each family without one a block made to fit. */
static size_t texts_of(const struct cfn_term *term, const struct gap *gap, struct str *texts)
{
    size_t n = 0;
    bool has_v4 = false;
    bool has_v6 = false;
    for (size_t i = 0; i < CFN_CANDIDATES; i++) {
        if (admits(gap, cfn_candidate_texts[i])) {
            bool is_v6 = str_find_byte(cfn_candidate_texts[i], ':', 0) != STR_NPOS;
            has_v4 = has_v4 || !is_v6;
            has_v6 = has_v6 || is_v6;
            texts[n++] = cfn_candidate_texts[i];
        }
    }
    if (term->kind == CFN_JOINED) {
        n += !has_v4 && cfn_example(term, false, part_admits, &texts[n]);
        n += !has_v6 && cfn_example(term, true, part_admits, &texts[n]);
    }
    return n;
}

/* The parameter whose own variable has the candidates, or NULL. */
static const struct cfn_parameter *owner(const struct cfn_term *term)
{
    const struct cfn_parameter *p =
        term->kind == CFN_UNKNOWN && term->unknown->list == NULL ? term->unknown->parameter : NULL;
    return p != NULL && p->candidates > 0 ? p : NULL;
}

static uint32_t own_variable(struct cfn_unit *u, const struct cfn_term *term,
                             const struct str *texts, size_t n)
{
    const struct cfn_parameter *p =
        term->kind == CFN_UNKNOWN && term->unknown->list == NULL ? term->unknown->parameter : NULL;
    struct str *labels = ARENA_ARRAY(u->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++) {
        labels[i] = texts[i];
    }
    labels[n] = STR(CFN_ANY_OTHER);
    struct str text = cfn_text_of(u->arena, term);
    struct str key = str_join2(u->arena, STR("candidates of "), text);
    return cfn_choice(u, key,
                      (struct guard_variable){.name = p ? p->unknown->text : text,
                                              .labels = labels,
                                              .outcomes = (uint32_t)n + 1,
                                              .standard = GUARD_NO_OUTCOME,
                                              .doubt = GUARD_LOW,
                                              .rank = CFN_RANK_PARAMETER,
                                              .doubts_rule = true});
}

static struct cfn_term candidate(const struct cfn_term *term, struct str text, struct guard when)
{
    struct cfn_term found = cfn_text_term(term->home, when, term->node, text);
    found.parameter = term->kind == CFN_UNKNOWN ? term->unknown->parameter : NULL;
    return found;
}

struct cfn_value cfn_candidates(const struct cfn_term *term)
{
    struct gap gap;
    if (!gap_of(term, &gap)) {
        return CFN_NO_VALUE;
    }
    struct cfn_unit *u = term->home->unit;
    struct cfn_terms out;
    cfn_terms_init(&out, term->home);
    const struct cfn_parameter *p = owner(term);
    if (p != NULL) {
        for (uint32_t i = p->known; i < p->known + p->candidates; i++) {
            struct guard g = guard_and(u->space, term->when, guard_is(u->space, p->var, i));
            cfn_terms_add(&out, candidate(term, p->outcomes[i], g));
        }
        return cfn_terms_value(&out);
    }
    struct str texts[CFN_CANDIDATES + 2];
    size_t n = texts_of(term, &gap, texts);
    if (n == 0) {
        return CFN_NO_VALUE;
    }
    uint32_t var = own_variable(u, term, texts, n);
    for (size_t i = 0; i < n; i++) {
        struct guard g = guard_and(u->space, term->when, guard_is(u->space, var, (uint32_t)i));
        cfn_terms_add(&out, candidate(term, texts[i], g));
    }
    return cfn_terms_value(&out);
}
