/*
 * The loop: for each finding its remedies in order of rank, for each remedy its candidates,
 * for each candidate the proof. Only what is proven gets out.
 *
 * Proofs are rationed, so they go round: first every finding gets the best fix that holds,
 * then the next one, until all are tried or the budget is used up.
 */
#include "fix/fix.h"

#include "fix/batch.h"

enum state { PENDING, HOLDS, FAILS };

struct trial {
    struct candidate k;
    enum state state;
    struct fix fix; /* once it holds */
};

/* A finding and what might fix it, best first. */
struct patient {
    struct site site;
    VEC(struct trial) trials;
    struct str hindrance;
    size_t next; /* the first trial that is not decided */
};

/* "R2-1", the second of a remedy "R2-1b". */
static struct str id_of(struct arena *a, const struct remedy *remedy, size_t number, size_t nth)
{
    char letter[2] = {nth > 0 && nth < 26 ? (char)('a' + nth) : '\0', '\0'};
    return str_format(a, "%s-%zu%s", remedy->id, number, letter);
}

static void ask(struct fix_job *job, struct patient *p, const struct remedy *remedy, size_t number)
{
    struct candidates c = {.job = job, .site = &p->site};
    remedy->propose(&c);
    if (p->hindrance.n == 0) {
        p->hindrance = c.hindrance;
    }
    for (size_t i = 0; i < c.all.n; i++) {
        struct candidate *k = &c.all.at[i];
        bool advice = k->safety == FIX_ADVICE;
        bool edits = !advice && k->edits.all.n > 0 &&
                     edits_order(job->file->source, k->edits.all.at, k->edits.all.n);
        if (!advice && !edits) {
            continue;
        }
        struct trial *t = VEC_ADD(job->arena, &p->trials);
        t->k = *k;
        t->state = advice ? HOLDS : PENDING;
        t->fix = (struct fix){.id = id_of(job->arena, remedy, number, i),
                              .title = k->title,
                              .safety = k->safety,
                              .edits = k->edits.all.at,
                              .edit_n = k->edits.all.n};
    }
}

static void admit(struct fix_job *job, struct patient *p, size_t index, size_t number)
{
    *p = (struct patient){.next = 0};
    if (!site_of(job, index, &p->site)) {
        return;
    }
    const struct remedy *remedies[MOST_REMEDIES + 1];
    rank_remedies(&p->site, remedies);
    for (size_t i = 0; remedies[i] != NULL; i++) {
        ask(job, p, remedies[i], number);
    }
}

static void settle(struct trial *t, enum proof_result result, struct texts collateral)
{
    t->state = result == PROOF_HOLDS ? HOLDS : FAILS;
    t->fix.collateral = collateral.at.at;
    t->fix.collateral_n = collateral.at.n;
    if (collateral.at.n > 0) {
        t->fix.safety = FIX_UNSAFE;
    }
}

/* The first trial that is not decided; NULL if all are. */
static struct trial *pending(struct patient *p)
{
    while (p->next < p->trials.n && p->trials.at[p->next].state != PENDING) {
        p->next++;
    }
    return p->next < p->trials.n ? &p->trials.at[p->next] : NULL;
}

static enum proof_result prove_alone(struct fix_job *job, struct patient *p)
{
    struct trial *t = pending(p);
    struct texts collateral = {0};
    if (t == NULL) {
        return PROOF_FAILS;
    }
    enum proof_result result = proof_of(job, &p->site, t->fix.edits, t->fix.edit_n, &collateral);
    if (result != PROOF_NO_BUDGET) {
        settle(t, result, collateral);
    }
    return result;
}

/* How many edits hold. */
static size_t held(const struct patient *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->trials.n; i++) {
        n += p->trials.at[i].state == HOLDS && p->trials.at[i].fix.edit_n > 0;
    }
    return n;
}

/* Those who wait for a fix that holds, in order. */
struct queue {
    VEC(struct patient *) at;
};

/* Takes as many of the next trials together as can be told apart, the first in any case, and
 * proves them. False: the budget is used up. */
static bool prove_some(struct fix_job *job, const struct queue *waiting)
{
    struct batch b;
    struct queue taken = {0};
    batch_open(&b, job);
    for (size_t i = 0; i < waiting->at.n && taken.at.n < job->together; i++) {
        struct patient *p = waiting->at.at[i];
        struct trial *t = pending(p);
        if (t != NULL && t->k.takes && batch_add(&b, &p->site, t->fix.edits, t->fix.edit_n)) {
            *VEC_ADD(job->arena, &taken.at) = p;
        } else if (i == 0) {
            break;
        }
    }
    if (taken.at.n < 2) {
        return prove_alone(job, waiting->at.at[0]) != PROOF_NO_BUDGET;
    }
    enum proof_result result = batch_prove(&b);
    for (size_t i = 0; i < taken.at.n && result == PROOF_HOLDS; i++) {
        settle(pending(taken.at.at[i]), b.members.at[i].result, b.members.at[i].collateral);
    }
    if (result == PROOF_FAILS) {
        job->together = taken.at.n / 2;
    }
    return result != PROOF_NO_BUDGET;
}

static bool may_ask(const struct fix_job *job, struct patient *p)
{
    return pending(p) != NULL && (held(p) == 0 || job->proven < job->alternatives);
}

/* One more fix that holds for each who may ask, if there is one. False: nobody has asked, or
 * the budget is used up. */
static bool go_round(struct fix_job *job, struct patient *p, size_t n)
{
    bool asked = false;
    size_t *had = ARENA_ARRAY(job->arena, n, size_t);
    for (size_t i = 0; i < n; i++) {
        had[i] = held(&p[i]);
    }
    for (;; asked = true) {
        struct queue waiting = {0};
        for (size_t i = 0; i < n; i++) {
            if (may_ask(job, &p[i]) && held(&p[i]) == had[i]) {
                *VEC_ADD(job->arena, &waiting.at) = &p[i];
            }
        }
        if (waiting.at.n == 0) {
            return asked;
        }
        if (!prove_some(job, &waiting)) {
            return false;
        }
    }
}

static void treat(struct fix_job *job, struct patient *p, size_t n)
{
    bool more = true;
    while (more) {
        more = go_round(job, p, n);
    }
}

static struct fix_list list_of(struct fix_job *job, const struct patient *p)
{
    VEC(struct fix) fixes = {0};
    VEC(struct str) unproven = {0};
    bool edits = false;
    for (size_t i = 0; i < p->trials.n; i++) {
        const struct trial *t = &p->trials.at[i];
        if (t->state == HOLDS) {
            *VEC_ADD(job->arena, &fixes) = t->fix;
            edits = edits || t->fix.edit_n > 0;
        } else if (t->state == PENDING) {
            *VEC_ADD(job->arena, &unproven) = t->k.title;
        }
    }
    return (struct fix_list){
        .at = fixes.at,
        .n = fixes.n,
        .unproven = unproven.at,
        .unproven_n = unproven.n,
        .hindrance = edits ? STR("") : p->hindrance,
    };
}

/* Is there anything to fix, and the tree to fix it in? */
static bool is_fixable(const struct analysis *analysis)
{
    return analysis->findings != NULL && analysis->findings->all.n > 0 &&
           analysis->unit->templates.n > 0;
}

/* So that fixes take no longer than the analysis itself: one proof for the best of all findings
 * (they mostly go together), one more for alternatives where something is exposed, and a few
 * for what cannot be proven together. Only who has no fix yet may ask for more: as many proofs
 * as there are findings. */
static struct fix_options ration(struct fix_job *job, const struct findings *findings)
{
    enum { FINDINGS_A_PROOF = 4, LEAST_PROOFS = 2 };
    size_t exposed = 0;
    size_t n = 0;
    for (size_t i = 0; i < findings->all.n; i++) {
        n += !findings->all.at[i].suppressed;
        exposed += !findings->all.at[i].suppressed && findings->all.at[i].endpoints.n > 0;
    }
    struct fix_options own = *job->options;
    size_t most = n > LEAST_PROOFS ? n : LEAST_PROOFS;
    own.proofs = most < own.proofs ? most : own.proofs;
    job->alternatives = (exposed > 0 ? 2 : 1) + n / FINDINGS_A_PROOF;
    return own;
}

/* The findings that edits of one template may close: edits never go to several files. */
static void treat_template(struct fix_job *job, const struct cfn_template *t,
                           struct fix_list *lists)
{
    const struct findings *findings = job->analysis->findings;
    struct patient *patients = ARENA_ARRAY(job->arena, findings->all.n, struct patient);
    size_t *index = ARENA_ARRAY(job->arena, findings->all.n, size_t);
    size_t n = 0;
    job_enter(job, t);
    for (size_t i = 0; i < findings->all.n; i++) {
        if (!findings->all.at[i].suppressed && job_home(job, i) == t) {
            index[n] = i;
            admit(job, &patients[n++], i, i + 1);
        }
    }
    treat(job, patients, n);
    for (size_t i = 0; i < n; i++) {
        lists[index[i]] = list_of(job, &patients[i]);
    }
}

struct fixes *fix_find(struct arena *a, const struct analysis *analysis,
                       const struct fix_options *options)
{
    struct fixes *out = ARENA_NEW(a, struct fixes);
    if (!is_fixable(analysis)) {
        return out;
    }
    struct fix_job job;
    job_open(&job, a, analysis, options);
    struct fix_options own = ration(&job, analysis->findings);
    job.options = &own;
    out->n = analysis->findings->all.n;
    struct fix_list *lists = ARENA_ARRAY(a, out->n, struct fix_list);
    for (size_t i = 0; i < analysis->unit->templates.n; i++) {
        treat_template(&job, analysis->unit->templates.at[i], lists);
    }
    out->of = lists;
    out->proofs = job.proven;
    job_close(&job);
    return out;
}

struct fix_list fix_find_one(struct arena *a, const struct analysis *analysis, size_t index,
                             size_t number, const struct fix_options *options)
{
    if (!is_fixable(analysis) || index >= analysis->findings->all.n) {
        return (struct fix_list){0};
    }
    struct fix_job job;
    job_open(&job, a, analysis, options);
    job_enter(&job, job_home(&job, index));
    struct patient p;
    admit(&job, &p, index, number);
    treat(&job, &p, 1);
    job_close(&job);
    struct fix_list list = list_of(&job, &p);
    list.took = job.took;
    return list;
}
