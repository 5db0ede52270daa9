/*
 * Fn::Base64 (RFC 4648, section 4). User data is all that it is used for, so a text that is not
 * known in full is simply unknown.
 */
#include "base/limits.h"
#include "cfn/eval.h"
#include "cfn/terms.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static struct str encode(struct arena *a, struct str s)
{
    size_t n = (s.n + 2) / 3 * 4;
    char *out = arena_alloc(a, n);
    for (size_t i = 0, o = 0; i < s.n; i += 3, o += 4) {
        unsigned group = 0;
        for (size_t k = 0; k < 3; k++) {
            group = group << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0U);
        }
        for (size_t k = 0; k < 4; k++) {
            out[o + k] = i + k > s.n ? '=' : letters[group >> (18 - 6 * k) & 63];
        }
    }
    return (struct str){out, n};
}

struct cfn_value cfn_fn_base64(const struct cfn_scope *s, const struct cfn_call *c,
                               struct guard when)
{
    struct cfn_unit *u = s->t->unit;
    struct cfn_value texts = cfn_eval_argument(s, c, when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (text, texts) {
        if (text->kind == CFN_NONE) {
            cfn_terms_add(&out, *text);
        } else if (text->kind == CFN_TEXT && text->text.n <= LIMIT_VALUE_BYTES / 4 * 3) {
            struct cfn_term term =
                cfn_text_term(s->t, text->when, c->node, encode(u->arena, text->text));
            term.parameter = text->parameter;
            cfn_terms_add(&out, term);
        } else if (text->kind == CFN_TEXT) {
            struct cfn_value over = cfn_over_budget(s->t, c->node, text->when, "bytes");
            cfn_terms_add_under(&out, over, text->when);
        } else {
            struct position at = source_position(s->t->doc->source, doc_full_span(c->node).begin);
            struct str name =
                str_format(u->arena, "Base64 at line %u, column %u", at.line, at.column);
            const struct cfn_unknown *unknown = cfn_unknown_named(s->t, CFN_WHY_COMPUTED, name);
            cfn_terms_add(&out, cfn_unknown_term(s->t, text->when, c->node, unknown));
        }
    }
    return cfn_terms_value(&out);
}
