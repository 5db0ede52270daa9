/*
 * `--dump=cfn`: what the evaluator makes of a template, in lines that a test can hold against
 * expected ones.
 *
 *     parameter Env String: dev, prod
 *     condition IsDev: Env=dev
 *     resource Web AWS::EC2::Instance
 *       Properties/SubnetId: Subnet
 *       Properties/ImageId: Env=dev -> "ami-1" | Env=prod -> ?AmiId
 */
#include "base/limits.h"
#include "cfn/eval.h"
#include "cfn/value.h"

static void dump_parameter(const struct cfn_parameter *p, struct buf *out)
{
    buf_addf(out, "parameter %.*s %.*s", STR_ARG(p->name), STR_ARG(p->type));
    uint32_t n = p->known + p->candidates;
    for (uint32_t i = 0; i < n; i++) {
        buf_adds(out, i == 0 ? ": " : ", ");
        buf_add(out, p->no_echo ? STR("(hidden)") : p->outcomes[i]);
    }
    if (p->other != GUARD_NO_OUTCOME) {
        buf_adds(out, ", (other)");
    }
    buf_adds(out, n > 0 ? "\n" : p->is_bound ? ": (of the parent)\n" : ": (unknown)\n");
}

static void dump_term(const struct cfn_template *t, const struct cfn_term *term, struct buf *out)
{
    struct str text = cfn_text_of(t->unit->arena, term);
    switch (term->kind) {
    case CFN_NONE:
        buf_adds(out, "none");
        break;
    case CFN_TEXT:
        buf_addf(out, "\"%.*s\"", STR_ARG(text));
        break;
    case CFN_LIST:
    case CFN_MAP:
        buf_add(out, text);
        break;
    case CFN_OBJECT:
        buf_add(out, text);
        break;
    case CFN_JOINED:
        buf_addf(out, "~\"%.*s\"", STR_ARG(text));
        break;
    case CFN_UNKNOWN:
        buf_addf(out, "?%.*s", STR_ARG(text));
        break;
    }
}

struct dump {
    const struct cfn_template *t;
    struct buf *out;
    struct buf path;
};

static void dump_value(struct dump *d, struct cfn_value v, struct guard when, uint32_t depth);

static void dump_children(struct dump *d, const struct cfn_term *term, uint32_t depth)
{
    size_t length = d->path.n;
    const struct doc_node *tree = term->tree;
    for (uint32_t i = 0; i < tree->n; i++) {
        const struct doc_node *child;
        if (tree->kind == DOC_MAP) {
            buf_addf(&d->path, "/%.*s", STR_ARG(tree->entries[i].key->text));
            child = tree->entries[i].value;
        } else {
            buf_addf(&d->path, "/%u", i);
            child = tree->items[i];
        }
        dump_value(d, cfn_eval(d->t, child, term->when), term->when, depth + 1);
        d->path.n = length;
    }
}

/* One line for the scalars of a value; lists and maps go on below it. */
static void dump_value(struct dump *d, struct cfn_value v, struct guard when, uint32_t depth)
{
    if (depth > LIMIT_DEPTH) {
        return;
    }
    bool is_first = true;
    FOREACH_TERM (term, v) {
        if ((term->kind == CFN_LIST || term->kind == CFN_MAP) && term->tree != NULL) {
            continue;
        }
        if (is_first) {
            buf_addf(d->out, "  %.*s: ", (int)d->path.n, d->path.p);
        } else {
            buf_adds(d->out, " | ");
        }
        is_first = false;
        if (!guard_same(term->when, when)) {
            guard_print(d->t->unit->space, term->when, d->out);
            buf_adds(d->out, " -> ");
        }
        dump_term(d->t, term, d->out);
    }
    if (!is_first) {
        buf_addc(d->out, '\n');
    }
    FOREACH_TERM (term, v) {
        if ((term->kind == CFN_LIST || term->kind == CFN_MAP) && term->tree != NULL) {
            dump_children(d, term, depth);
        }
    }
}

static void dump_guard(const struct cfn_template *t, const char *before, struct guard g,
                       struct buf *out)
{
    if (!guard_is_true(g)) {
        buf_adds(out, before);
        guard_print(t->unit->space, g, out);
    }
}

static void dump_template(const struct cfn_template *t, struct buf *out)
{
    for (size_t i = 0; i < t->parameters.n; i++) {
        dump_parameter(t->parameters.at[i], out);
    }
    for (size_t i = 0; i < t->condition_by_name.n; i++) {
        const struct cfn_condition *c = t->condition_by_name.entries[i].value;
        buf_addf(out, "condition %.*s: ", STR_ARG(c->name));
        guard_print(t->unit->space, c->guard, out);
        buf_addc(out, '\n');
    }
    struct dump d = {.t = t, .out = out};
    buf_init(&d.path);
    for (size_t i = 0; i < t->resources.n; i++) {
        const struct cfn_resource *r = t->resources.at[i];
        buf_addf(out, "resource %.*s %.*s", STR_ARG(r->id), STR_ARG(r->type));
        dump_guard(t, " if ", r->when, out);
        buf_addc(out, '\n');
        buf_clear(&d.path);
        buf_adds(&d.path, "Properties");
        if (r->properties != NULL) {
            dump_value(&d, cfn_eval(t, r->properties, r->when), r->when, 0);
        }
    }
    for (size_t i = 0; i < t->outputs.n; i++) {
        const struct cfn_output *o = &t->outputs.at[i];
        buf_clear(&d.path);
        buf_addf(&d.path, "output %.*s", STR_ARG(o->name));
        dump_value(&d, cfn_eval(t, o->value, o->when), o->when, 0);
    }
    buf_release(&d.path);
}

void cfn_dump(struct cfn_unit *u, struct buf *out)
{
    for (size_t i = 0; i < u->templates.n; i++) {
        if (u->templates.at[i]->name.n > 0) {
            buf_addf(out, "template %.*s\n", STR_ARG(u->templates.at[i]->name));
        }
        dump_template(u->templates.at[i], out);
    }
    if (u->templates.n > 0) {
        dump_guard(u->templates.at[0], "family: ", u->family, out);
        buf_adds(out, guard_is_true(u->family) ? "" : "\n");
    }
}
