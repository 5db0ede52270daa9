#include "report/text_flows.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "policy/facts.h"
#include "report/flow_view.h"
#include "report/witnesses.h"
#include "report/words.h"

static void add_clean(struct buf *out, struct str text)
{
    utf8_sanitise(out, text);
}

/* "  Web/NetworkInterfaces/0  tcp/22  reachable  internet through Igw  (v4, world)"; of one that
 * passes a balancer "internet through Igw and Lb at tcp/443", the port at the edge. */
static void write_flow(struct report *r, struct arena *a, const struct flow_view *v)
{
    struct buf *out = &r->out;
    const struct reach_flow *f = v->flow;
    buf_adds(out, "  ");
    add_clean(out, v->interface);
    buf_addf(out, "  %.*s  %s", STR_ARG(words_ports(a, f->protocol, v->ports)),
             reach_verdict_name(reach_flow_verdict(f)));
    buf_addf(out, "  %s", world_edge_name(f->edge));
    if (v->component.n) {
        buf_adds(out, " through ");
        add_clean(out, v->component);
    }
    if (f->via != WORLD_NONE) {
        buf_adds(out, v->component.n ? " and " : " through ");
        add_clean(out, v->analysis->topology->world->balancers.at[f->via].name);
    }
    if (!ports_is_empty(f->listener)) {
        buf_addf(out, " at %.*s", STR_ARG(words_ports(a, f->protocol, f->listener)));
    }
    buf_addf(out, "  (%s%s%s", f->families & FAMILY_V4 ? "v4" : "",
             f->families == (FAMILY_V4 | FAMILY_V6) ? "+" : "",
             f->families & FAMILY_V6 ? "v6" : "");
    if (f->exposure != EXPOSURE_NONE) {
        buf_addf(out, ", %s", exposure_name(f->exposure));
    }
    if (reach_flow_verdict(f) == REACH_POSSIBLE) {
        buf_addf(out, ", %s confidence", words_confidence(reach_example(f)->judgement.doubt));
    }
    buf_addc(out, ')');
    if (v->witness_n) {
        buf_adds(out, "  if ");
        add_clean(out, words_witness(a, v->witness, v->witness_n));
    }
    buf_addc(out, '\n');
}

/* --all-witnesses: each choice below the flow. */
static void write_witnesses(struct report *r, struct witnesses_known *known,
                            const struct flow_view *v)
{
    const struct witnesses *all =
        v->witness_n > 0 ? witnesses_of(known, reach_guard(v->flow->when)) : NULL;
    for (size_t i = 0; all != NULL && i < all->n; i++) {
        buf_addf(&r->out, "      %s ", i == 0 ? "if" : "or if");
        add_clean(&r->out, witnesses_text(known->arena, &all->at[i], false));
        buf_addc(&r->out, '\n');
    }
    if (all != NULL && all->more) {
        buf_addf(&r->out, "      or if more than these %d, the limit\n", LIMIT_WITNESSES);
    }
}

static void write_unreached(struct report *r, struct arena *scratch, const struct analysis *a,
                            const struct reach_unreached *u, struct assume_answers **known)
{
    struct buf *out = &r->out;
    struct str resource;
    buf_adds(out, "  ");
    add_clean(out, flow_view_interface(a, u->interface, &resource));
    buf_addf(out, "  not reachable from %s:", world_edge_name(u->edge));
    for (size_t i = 0; i < u->blockers.n; i++) {
        const struct reach_blocker *b = &u->blockers.at[i];
        struct str component = flow_view_component(a, b->element);
        buf_addf(out, "%s %s", i ? "," : "", reach_conjunct_name(b->conjunct));
        if (component.n) {
            buf_adds(out, " (");
            add_clean(out, component);
            buf_addc(out, ')');
        }
        if (b->alone) {
            buf_adds(out, " alone");
        } else if (b->joint) {
            buf_adds(out, " jointly");
        }
    }
    add_clean(out, fact_assumed(scratch, flow_view_assumed(scratch, a, u, known)));
    buf_addc(out, '\n');
}

static void explain(struct report *r, struct map *told, struct str name, struct str text)
{
    if (map_get(told, name) == NULL) {
        *map_at(told, name) = told;
        buf_adds(&r->out, "    ");
        add_clean(&r->out, name);
        buf_adds(&r->out, ": ");
        add_clean(&r->out, text);
        buf_addc(&r->out, '\n');
    }
}

/* What the facts of the witnesses mean, each once. */
static void write_legend(struct report *r, struct witnesses_known *known, const struct flow_view *v,
                         struct map *told)
{
    struct arena *a = known->arena;
    for (size_t i = 0; i < v->witness_n; i++) {
        const struct finding_choice *w = &v->witness[i];
        if (w->is_fact) {
            explain(r, told, words_witness(a, w, 1), w->text);
        }
    }
    const struct witnesses *all =
        v->witness_n > 0 ? witnesses_of(known, reach_guard(v->flow->when)) : NULL;
    for (size_t i = 0; all != NULL && i < all->n; i++) {
        for (size_t p = 0; p < all->at[i].n; p++) {
            const struct witnesses_cube one = {&all->at[i].at[p], 1};
            if (one.at->is_fact) {
                explain(r, told, witnesses_text(a, &one, false), one.at->text);
            }
        }
    }
}

void text_flows_add(struct report *r, const struct analysis *a)
{
    struct arena scratch = {0};
    struct assume_answers *known = NULL;
    struct map told;
    map_init(&told, &scratch);
    struct witnesses_known witnesses;
    witnesses_init(&witnesses, r, &scratch, a);
    for (size_t i = 0; i < a->file_n; i++) {
        buf_adds(&r->out, i > 0 ? ", " : "");
        add_clean(&r->out, a->files[i].source->path);
    }
    buf_adds(&r->out, ":\n");
    for (size_t i = 0; i < a->answer.flow_n;) {
        struct flow_view v = flow_view(&scratch, a, i);
        i += v.flow_n;
        write_flow(r, &scratch, &v);
        write_witnesses(r, &witnesses, &v);
    }
    for (size_t i = 0; i < a->answer.flow_n;) {
        struct flow_view v = flow_view(&scratch, a, i);
        i += v.flow_n;
        write_legend(r, &witnesses, &v, &told);
    }
    for (size_t i = 0; i < a->answer.unreached_n; i++) {
        write_unreached(r, &scratch, a, &a->answer.unreached[i], &known);
    }
    if (a->answer.flow_n + a->answer.unreached_n == 0) {
        buf_adds(&r->out, "  no interface\n");
    }
    arena_release(&scratch);
}

void text_flows_end(struct report *r)
{
    if (r->totals.templates == 0 && !r->options.quiet && r->totals.errors == 0) {
        buf_adds(&r->out, "Nothing to analyse: no CloudFormation template found.\n");
    }
}
