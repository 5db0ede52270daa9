/*
 *     assume: {"A-SUBROUTE(SubnetId)": no, "A-ROUTE(Subnet)": TableB}
 *
 * YAML 1.1 reads a plain `yes` and `no` as booleans; quoted ones are texts. Both are meant.
 */
#include "policy/settings_assume.h"

#include "policy/facts.h"

static struct str value_of(const struct doc_node *n)
{
    if (n->type == DOC_BOOL) {
        return doc_is(n, "true") ? STR("yes") : STR("no");
    }
    return n->text;
}

void settings_read_assumptions(struct settings_reader *r, const struct doc_node *map)
{
    if (map->kind != DOC_MAP) {
        diag_add(r->diags, DIAG_ARGUMENT, map->span, "'assume' is not a map.");
        return;
    }
    for (uint32_t i = 0; i < map->n; i++) {
        const struct doc_entry *e = &map->entries[i];
        if (!fact_is_name(e->key->text) || e->value->kind != DOC_SCALAR ||
            value_of(e->value).n == 0) {
            diag_add(r->diags, DIAG_ARGUMENT, e->key->span,
                     "An entry of 'assume' is a fact such as 'A-SUBROUTE(SubnetId)', and yes or "
                     "no.");
            continue;
        }
        *VEC_ADD(r->settings->arena, &r->settings->assumptions) =
            (struct assumption){e->key->text, value_of(e->value), e->key->span};
    }
}
