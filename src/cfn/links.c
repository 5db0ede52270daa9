/*
 * Looking for links. Names are evaluated like any value, so defaults, mappings and conditions
 * count; imports are looked for everywhere below Resources and Outputs.
 */
#include "cfn/links.h"

#include "base/limits.h"
#include "cfn/eval.h"
#include "cfn/link_name.h"
#include "cfn/terms.h"

struct walk {
    const struct cfn_template *t;
    struct cfn_links links;
};

static void add(struct walk *w, enum cfn_link_kind kind, struct cfn_value names,
                struct str resource)
{
    struct arena *a = w->t->unit->arena;
    FOREACH_TERM (term, names) {
        struct str name = cfn_link_name(a, term);
        if (name.n > 0) {
            *VEC_ADD(a, &w->links.all) = (struct cfn_link){kind, name, resource};
        }
    }
}

static void walk(struct walk *w, const struct doc_node *node, uint32_t depth)
{
    struct cfn_call c;
    if (depth > LIMIT_DEPTH) {
        return;
    }
    if (cfn_call_of(node, &c) && c.fn != NULL && c.fn->eval == cfn_fn_import) {
        struct cfn_scope s = cfn_scope_of(w->t);
        add(w, CFN_LINK_IMPORT, cfn_eval_argument(&s, &c, GUARD_TRUE), (struct str){0});
    }
    for (uint32_t i = 0; node->kind != DOC_SCALAR && i < node->n; i++) {
        walk(w, node->kind == DOC_SEQ ? node->items[i] : node->entries[i].value, depth + 1);
    }
}

struct cfn_links cfn_links_of(const struct cfn_template *t)
{
    struct walk w = {.t = t};
    static const char *const sections[] = {"Resources", "Outputs"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const struct doc_node *section = doc_get(t->doc->root, sections[i]);
        if (section != NULL) {
            walk(&w, section, 0);
        }
    }
    for (size_t i = 0; i < t->outputs.n; i++) {
        const struct cfn_output *o = &t->outputs.at[i];
        if (o->export_name != NULL) {
            add(&w, CFN_LINK_EXPORT, cfn_eval(t, o->export_name, o->when), (struct str){0});
        }
    }
    for (size_t i = 0; i < t->resources.n; i++) {
        const struct cfn_resource *r = t->resources.at[i];
        if (str_is(r->type, "AWS::CloudFormation::Stack")) {
            /* Of a stack that the CDK made the URL is that of an uploaded asset. */
            const struct doc_node *asset = doc_get(doc_get(r->node, "Metadata"), "aws:asset:path");
            add(&w, CFN_LINK_STACK, asset != NULL ? cfn_eval(t, asset, r->when) : CFN_NO_VALUE,
                r->id);
            add(&w, CFN_LINK_STACK, cfn_property(r, "TemplateURL"), r->id);
        }
    }
    return w.links;
}
