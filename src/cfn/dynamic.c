/*
 * Dynamic references ("Get values stored in other services using dynamic references", AWS
 * CloudFormation User Guide). `{{resolve:ssm:/net/cidr}}` is the same unknown wherever it is
 * written.
 */
#include "cfn/dynamic.h"

#include "cfn/terms.h"

#define OPEN  STR("{{resolve:")
#define CLOSE STR("}}")

bool cfn_has_dynamic(struct str text)
{
    return text.n > OPEN.n && memchr(text.p, '{', text.n) != NULL &&
           str_find(text, OPEN, 0) != STR_NPOS;
}

bool cfn_joined_is_dynamic(const struct cfn_term *joined)
{
    for (size_t i = 0; i < joined->part_n; i++) {
        if (joined->parts[i].kind == CFN_TEXT && cfn_has_dynamic(joined->parts[i].text)) {
            return true;
        }
    }
    return false;
}

struct cfn_value cfn_dynamic_text(const struct cfn_template *t, const struct doc_node *node,
                                  struct str text, struct guard when)
{
    struct arena *a = t->unit->arena;
    VEC(struct cfn_term) parts = {0};
    for (size_t at = 0; at < text.n;) {
        size_t begin = str_find(text, OPEN, at);
        if (begin == STR_NPOS) {
            *VEC_ADD(a, &parts) = cfn_text_term(t, when, node, str_sub(text, at, text.n));
            break;
        }
        if (begin > at) {
            *VEC_ADD(a, &parts) = cfn_text_term(t, when, node, str_sub(text, at, begin));
        }
        size_t close = str_find(text, CLOSE, begin);
        size_t end = close == STR_NPOS ? text.n : close + CLOSE.n;
        const struct cfn_unknown *unknown =
            cfn_unknown_of(t->unit, CFN_WHY_DYNAMIC, str_sub(text, begin, end));
        *VEC_ADD(a, &parts) = cfn_unknown_term(t, when, node, unknown);
        at = end;
    }
    if (parts.n == 1) {
        return cfn_value_of(t, parts.at[0]);
    }
    return cfn_value_of(t, (struct cfn_term){.when = when,
                                             .kind = CFN_JOINED,
                                             .parts = parts.at,
                                             .part_n = (uint32_t)parts.n,
                                             .home = t,
                                             .node = node});
}
