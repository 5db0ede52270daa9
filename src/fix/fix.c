/*
 * The loop: for each finding its remedies in order of rank, for each remedy its candidates,
 * for each candidate the proof. Only what is proven gets out.
 *
 * Proofs are rationed, so they go round: first every finding gets the best fix that holds,
 * then the next one, until all are tried or the budget is used up.
 */
#include "fix/fix.h"

#include "fix/proof.h"

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
                     edits_order(job->analysis->source, k->edits.all.at, k->edits.all.n);
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

/* Proves until one more fix holds. False: the budget is used up. */
static bool advance(struct fix_job *job, struct patient *p)
{
    while (p->next < p->trials.n) {
        struct trial *t = &p->trials.at[p->next];
        if (t->state != PENDING) {
            p->next++;
            continue;
        }
        struct texts collateral = {0};
        enum proof_result result =
            proof_of(job, &p->site, t->fix.edits, t->fix.edit_n, &collateral);
        if (result == PROOF_NO_BUDGET) {
            return false;
        }
        p->next++;
        t->state = result == PROOF_HOLDS ? HOLDS : FAILS;
        t->fix.collateral = collateral.at.at;
        t->fix.collateral_n = collateral.at.n;
        if (collateral.at.n > 0) {
            t->fix.safety = FIX_UNSAFE;
        }
        if (t->state == HOLDS) {
            return true;
        }
    }
    return true;
}

static bool is_pending(const struct patient *p)
{
    for (size_t i = p->next; i < p->trials.n; i++) {
        if (p->trials.at[i].state == PENDING) {
            return true;
        }
    }
    return false;
}

static void treat(struct fix_job *job, struct patient *p, size_t n)
{
    bool more = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < n; i++) {
            if (!advance(job, &p[i])) {
                return;
            }
            more = more || is_pending(&p[i]);
        }
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
    return analysis->findings != NULL && analysis->findings->all.n > 0 && analysis->doc != NULL &&
           analysis->doc->root != NULL && analysis->unit->templates.n > 0;
}

struct fixes *fix_find(struct arena *a, const struct analysis *analysis,
                       const struct fix_options *options)
{
    struct fixes *out = ARENA_NEW(a, struct fixes);
    if (!is_fixable(analysis)) {
        return out;
    }
    /* So that the time for fixes stays near that of the analysis itself. */
    enum { LEAST_PROOFS = 2 };
    size_t n = analysis->findings->all.n;
    size_t proofs = n > LEAST_PROOFS ? n : LEAST_PROOFS;
    struct fix_options own = *options;
    own.proofs = proofs < own.proofs ? proofs : own.proofs;
    struct fix_job job;
    job_open(&job, a, analysis, &own);
    out->n = analysis->findings->all.n;
    struct patient *patients = ARENA_ARRAY(a, out->n, struct patient);
    struct fix_list *lists = ARENA_ARRAY(a, out->n, struct fix_list);
    for (size_t i = 0; i < out->n; i++) {
        if (!analysis->findings->all.at[i].suppressed) {
            admit(&job, &patients[i], i, i + 1);
        }
    }
    treat(&job, patients, out->n);
    for (size_t i = 0; i < out->n; i++) {
        lists[i] = list_of(&job, &patients[i]);
    }
    out->of = lists;
    out->proofs = job.proven;
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
    struct patient p;
    admit(&job, &p, index, number);
    treat(&job, &p, 1);
    return list_of(&job, &p);
}
