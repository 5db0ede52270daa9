/*
 * Fn::Cidr ("Fn::Cidr", AWS CloudFormation User Guide): `count` blocks (1 to 256) with
 * `cidrBits` host bits each, cut from the front of a block. Of a block that is not known it is
 * a list of that many unknown blocks, each an identity of its own.
 */
#include "cfn/cidr_block.h"
#include "cfn/eval.h"
#include "cfn/terms.h"

enum { MAX_COUNT = 256 };

struct cut {
    const struct cfn_scope *s;
    const struct cfn_call *c;
    const struct cfn_term *block;
    const struct cfn_term *count;
    const struct cfn_term *bits; /* NULL if left out */
    struct guard when;
};

static struct cfn_value list_of(const struct cut *k, const struct cfn_term *parts, size_t n)
{
    return cfn_value_of(k->s->t, (struct cfn_term){.when = k->when,
                                                   .kind = CFN_LIST,
                                                   .parts = parts,
                                                   .part_n = (uint32_t)n,
                                                   .home = k->s->t,
                                                   .node = k->c->node});
}

static struct cfn_value wrong(const struct cut *k, const char *what)
{
    CFN_FAULT(k->s->t, DIAG_ARGUMENT, k->c->node, "%s", what);
    return cfn_faulty(k->s->t, k->c->node, k->when);
}

static struct cfn_value known(const struct cut *k, size_t count, uint8_t bits)
{
    struct arena *a = k->s->t->unit->arena;
    struct cidr_block whole;
    if (!cidr_block_parse(str_trim(k->block->text), &whole)) {
        return wrong(k, "The first argument of 'Fn::Cidr' is not an address block.");
    }
    struct cfn_term *parts = ARENA_ARRAY(a, count, struct cfn_term);
    struct buf text;
    buf_init(&text);
    bool fits = true;
    for (uint32_t i = 0; fits && i < count; i++) {
        struct cidr_block block;
        fits = cidr_block_cut(&whole, bits, i, &block);
        if (fits) {
            buf_clear(&text);
            cidr_block_print(&block, &text);
            parts[i] = cfn_text_term(k->s->t, k->when, k->c->node, str_copy(a, buf_str(&text)));
            parts[i].parameter = k->block->parameter;
        }
    }
    buf_release(&text);
    return fits ? list_of(k, parts, count)
                : wrong(k, "'Fn::Cidr' asks for more or larger blocks than its first argument "
                           "holds.");
}

static struct cfn_value unknown(const struct cut *k, size_t count)
{
    struct cfn_unit *u = k->s->t->unit;
    struct str block = cfn_text_of(u->arena, k->block);
    struct str number = cfn_text_of(u->arena, k->count);
    struct str bits = k->bits ? cfn_text_of(u->arena, k->bits) : (struct str){0};
    struct str text = str_format(u->arena, "Cidr(%.*s, %.*s, %.*s)", STR_ARG(block),
                                 STR_ARG(number), STR_ARG(bits));
    const struct cfn_unknown *list = cfn_unknown_list_of(u, CFN_WHY_COMPUTED, text);
    if (count == 0) {
        return cfn_unknown_value(k->s->t, list, k->c->node, k->when);
    }
    struct cfn_term *parts = ARENA_ARRAY(u->arena, count, struct cfn_term);
    for (uint32_t i = 0; i < count; i++) {
        parts[i] =
            cfn_unknown_term(k->s->t, k->when, k->c->node, cfn_unknown_element(k->s->t, list, i));
    }
    return list_of(k, parts, count);
}

/* An argument that is a number within [1, max]; 0 if it is not known. False: diagnosed. */
static bool number_of(const struct cfn_term *term, int64_t max, int64_t *out)
{
    *out = 0;
    if (term->kind != CFN_TEXT) {
        return term->kind == CFN_UNKNOWN || term->kind == CFN_JOINED || term->kind == CFN_OBJECT;
    }
    return cfn_integer(term, out) && *out >= 1 && *out <= max;
}

static struct cfn_value cut(const struct cut *k)
{
    int64_t count;
    int64_t bits = 0;
    if (!number_of(k->count, MAX_COUNT, &count)) {
        return wrong(k, "The second argument of 'Fn::Cidr' is not a number from 1 to 256.");
    }
    if (k->bits != NULL && !number_of(k->bits, 128, &bits)) {
        return wrong(k, "The third argument of 'Fn::Cidr' is not a number of bits.");
    }
    if (k->block->kind == CFN_TEXT && count > 0 && bits > 0) {
        return known(k, (size_t)count, (uint8_t)bits);
    }
    if (k->block->kind == CFN_NONE || k->block->kind == CFN_LIST || k->block->kind == CFN_MAP) {
        return wrong(k, "The first argument of 'Fn::Cidr' is not an address block.");
    }
    return unknown(k, (size_t)count);
}

struct cfn_value cfn_fn_cidr(const struct cfn_scope *s, const struct cfn_call *c, struct guard when)
{
    struct guard_space *space = s->t->unit->space;
    struct cfn_value blocks = cfn_eval_in(s, cfn_arg(c, 0), when);
    struct cfn_value counts = cfn_eval_in(s, cfn_arg(c, 1), when);
    struct cfn_value bits = cfn_eval_in(s, cfn_arg(c, 2), when); /* left out: CFN_NONE */
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (block, blocks) {
        FOREACH_TERM (count, counts) {
            struct guard both = guard_and(space, block->when, count->when);
            for (size_t i = 0; i < bits.n && !guard_is_false(both); i++) {
                const struct cfn_term *b = &bits.at[i];
                struct cut k = {s,
                                c,
                                block,
                                count,
                                b->kind == CFN_NONE ? NULL : b,
                                guard_and(space, both, b->when)};
                if (!guard_is_false(k.when)) {
                    cfn_terms_add_under(&out, cut(&k), k.when);
                }
            }
        }
    }
    return cfn_terms_value(&out);
}
