/*
 * Why one analysis is enough. Let A be the template, J the template with the edits of all
 * members, and A+i the one with those of member i alone.
 *
 * Flows. All that a member does to the network is to take from one rule (`takes`, job.h), and
 * rules only ever allow: with fewer of them nothing opens. Whether a packet gets through
 * depends on the ingress rules that admit it, and reach names them with each flow (its openers,
 * and those of the balancer before it). Here no flow of A has openers that two members take
 * from, nor do two such flows of one interface share a port. So what member i can change is as
 * it is in J, all else as it is in A: from these two, flows and findings of A+i are read off.
 * Appliances on the way have rules that no flow names: then nothing is proven together.
 *
 * Values. J was read, and outside of the edits each leaf of A is there, under the same keys.
 * So behind each edit the reader was where it is without it, whatever stood in the edits
 * before: they can be put in or left out one by one.
 *
 * Faults. What J is blamed for A is blamed for, too, word for word; so no edit brings one in,
 * unless another takes the very same away.
 *
 * If J shows anything else (a flow that is open further, or lost without one of the rules), no
 * member is blamed, and each is proven alone.
 */
#include "fix/batch.h"

void batch_open(struct batch *b, struct fix_job *job)
{
    *b = (struct batch){.job = job};
    b->cause_of = ARENA_ARRAY(job->arena, job->analysis->answer.flow_n, uint32_t);
    b->tried = ARENA_ARRAY(job->arena, job->analysis->answer.flow_n, uint32_t);
}

static bool same_edits(const struct edit *x, size_t x_n, const struct edit *y, size_t y_n)
{
    bool same = x_n == y_n;
    for (size_t i = 0; i < x_n && same; i++) {
        same = x[i].at.begin == y[i].at.begin && x[i].at.end == y[i].at.end &&
               str_eq(x[i].text, y[i].text);
    }
    return same;
}

static bool has_edit(const struct edit *edits, size_t n, const struct edit *e)
{
    size_t i = 0;
    while (i < n && !same_edits(&edits[i], 1, e, 1)) {
        i++;
    }
    return i < n;
}

/* ---- flows -------------------------------------------------------------------------------- */

static bool opens(const struct batch *b, const struct reach_opener *openers, size_t n,
                  const struct doc_node *item)
{
    bool found = false;
    for (size_t i = 0; i < n && !found; i++) {
        const struct topology_origin *o =
            topology_origin(b->job->analysis->topology, openers[i].rule);
        found = o != NULL && o->item == item;
    }
    return found;
}

static bool passes_appliance(const struct reach_flow *f)
{
    const struct reach_example *e = reach_example(f);
    bool found = false;
    for (size_t i = 0; i < e->path_n; i++) {
        found = found || e->path[i].kind == STEP_MIDDLEBOX;
    }
    return found;
}

/* Flows stand in order of interface. Is there one beside flow i, of another cause, with which
 * it has a port in common? */
static bool is_mixed(const struct reach_answer *answer, const uint32_t *cause_of, size_t i)
{
    const struct reach_flow *f = &answer->flows[i];
    bool mixed = false;
    for (size_t k = i; k-- > 0 && answer->flows[k].interface == f->interface && !mixed;) {
        const struct reach_flow *g = &answer->flows[k];
        mixed = cause_of[k] != 0 && cause_of[k] != cause_of[i] && g->protocol == f->protocol &&
                !ports_is_empty(ports_both(g->ports, f->ports));
    }
    return mixed;
}

/* Marks the flows that the rule of a site opens. False: another member may change one of them. */
static bool mark(struct batch *b, const struct site *site, uint32_t cause)
{
    const struct reach_answer *answer = &b->job->analysis->answer;
    uint32_t *marks = b->tried;
    bool ok = true;
    for (size_t i = 0; i < answer->flow_n && ok; i++) {
        const struct reach_flow *f = &answer->flows[i];
        bool own = opens(b, f->openers, f->opener_n, site->item) ||
                   opens(b, f->front_openers, f->front_opener_n, site->item);
        ok = !(own && b->cause_of[i] != 0) && !passes_appliance(f);
        marks[i] = own ? cause : b->cause_of[i];
    }
    for (size_t i = 0; i < answer->flow_n && ok; i++) {
        ok = marks[i] == 0 || !is_mixed(answer, marks, i);
    }
    if (ok) {
        b->tried = b->cause_of;
        b->cause_of = marks;
    }
    return ok;
}

/* ---- members ------------------------------------------------------------------------------ */

static bool is_gone(const struct edit *edits, size_t n, const struct doc_node *node)
{
    bool gone = false;
    for (size_t i = 0; i < n && !gone; i++) {
        gone = edits[i].at.begin <= node->span.begin && node->span.end <= edits[i].at.end;
    }
    return gone;
}

/* The last item of a list takes the list with it; where several members take the others, none
 * of them knows that it is the last. */
static bool empties(const struct edit *edits, size_t n, const struct doc_node *item)
{
    const struct doc_node *list = item->parent;
    if (list == NULL || list->kind != DOC_SEQ || is_gone(edits, n, list)) {
        return false;
    }
    uint32_t gone = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        gone += is_gone(edits, n, list->items[i]);
    }
    return gone == list->n;
}

/* All edits together; what two members want alike (one new parameter) stands there once. */
static bool join(struct batch *b, const struct doc_node *item, const struct edit *edits, size_t n)
{
    VEC(struct edit) all = {0};
    for (size_t i = 0; i < b->n; i++) {
        *VEC_ADD(b->job->arena, &all) = b->edits[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (!has_edit(b->edits, b->n, &edits[i])) {
            *VEC_ADD(b->job->arena, &all) = edits[i];
        }
    }
    bool ok = !empties(all.at, all.n, item) && edits_order(b->job->file->source, all.at, all.n);
    if (ok) {
        b->edits = all.at;
        b->n = all.n;
    }
    return ok;
}

bool batch_add(struct batch *b, const struct site *site, const struct edit *edits, size_t n)
{
    uint32_t cause = 0;
    for (size_t i = 0; i < b->members.n; i++) {
        const struct batch_member *m = &b->members.at[i];
        if (m->site->item == site->item) {
            cause = same_edits(m->edits, m->n, edits, n) ? m->cause : UINT32_MAX;
            break;
        }
    }
    if (cause == UINT32_MAX) {
        return false;
    }
    if (cause == 0) {
        cause = b->causes + 1;
        if (!mark(b, site, cause) || !join(b, site->item, edits, n)) {
            return false;
        }
        b->causes = cause;
    }
    *VEC_ADD(b->job->arena, &b->members) =
        (struct batch_member){.site = site, .edits = edits, .n = n, .cause = cause};
    return true;
}

/* ---- the proof ---------------------------------------------------------------------------- */

enum proof_result batch_prove(struct batch *b)
{
    const struct analysis *before = b->job->analysis;
    const struct analysis *after = proof_analyse(b->job, b->edits, b->n);
    if (after == NULL) {
        return PROOF_NO_BUDGET;
    }
    if (!proof_reads(b->job, after, b->edits, b->n) || !proof_blames_alike(before, after)) {
        return PROOF_FAILS;
    }
    struct flow_share *shares = ARENA_ARRAY(b->job->arena, b->members.n, struct flow_share);
    for (size_t i = 0; i < b->members.n; i++) {
        struct batch_member *m = &b->members.at[i];
        shares[i] = (struct flow_share){m->site->finding, m->cause, &m->collateral};
    }
    if (!flows_shared(b->job->arena, before, after, b->cause_of, shares, b->members.n)) {
        return PROOF_FAILS;
    }
    for (size_t i = 0; i < b->members.n; i++) {
        struct batch_member *m = &b->members.at[i];
        m->result = findings_closed(before->findings, m->site->index, after->findings)
                        ? PROOF_HOLDS
                        : PROOF_FAILS;
    }
    return PROOF_HOLDS;
}
