/*
 * The loop: for each finding its remedies in order of rank, for each remedy its candidates,
 * for each candidate the proof. Only what is proven gets out.
 */
#include "fix/fix.h"

#include "fix/proof.h"

struct found {
    VEC(struct fix) fixes;
    VEC(struct str) unproven;
    struct str hindrance;
};

static void add_advice(struct fix_job *job, struct found *found, const struct candidate *k,
                       struct str id)
{
    *VEC_ADD(job->arena, &found->fixes) =
        (struct fix){.id = id, .title = k->title, .safety = FIX_ADVICE};
}

/* False: there is no budget left. */
static void add_proven(struct fix_job *job, const struct site *site, struct found *found,
                       struct candidate *k, struct str id)
{
    struct edit *edits = k->edits.all.at;
    size_t n = k->edits.all.n;
    if (n == 0 || !edits_order(job->analysis->source, edits, n)) {
        return;
    }
    struct texts collateral = {0};
    enum proof_result result = proof_of(job, site, edits, n, &collateral);
    if (result == PROOF_NO_BUDGET) {
        *VEC_ADD(job->arena, &found->unproven) = k->title;
        return;
    }
    if (result == PROOF_FAILS) {
        return;
    }
    bool safe = k->safety == FIX_SAFE && collateral.at.n == 0;
    *VEC_ADD(job->arena, &found->fixes) = (struct fix){
        .id = id,
        .title = k->title,
        .safety = safe ? FIX_SAFE : FIX_UNSAFE,
        .edits = edits,
        .edit_n = n,
        .collateral = collateral.at.at,
        .collateral_n = collateral.at.n,
    };
}

/* "R2-1", the second of a remedy "R2-1b". */
static struct str id_of(struct arena *a, const struct remedy *remedy, size_t number, size_t nth)
{
    char letter[2] = {nth > 0 && nth < 26 ? (char)('a' + nth) : '\0', '\0'};
    return str_format(a, "%s-%zu%s", remedy->id, number, letter);
}

static void try_remedy(struct fix_job *job, const struct site *site, const struct remedy *remedy,
                       size_t number, struct found *found)
{
    struct candidates c = {.job = job, .site = site};
    remedy->propose(&c);
    if (found->hindrance.n == 0) {
        found->hindrance = c.hindrance;
    }
    for (size_t i = 0; i < c.all.n; i++) {
        struct str id = id_of(job->arena, remedy, number, i);
        if (c.all.at[i].safety == FIX_ADVICE) {
            add_advice(job, found, &c.all.at[i], id);
        } else {
            add_proven(job, site, found, &c.all.at[i], id);
        }
    }
}

static struct fix_list fixes_of(struct fix_job *job, size_t index, size_t number)
{
    struct site site;
    struct found found = {0};
    if (!site_of(job, index, &site)) {
        return (struct fix_list){0};
    }
    const struct remedy *remedies[MOST_REMEDIES + 1];
    rank_remedies(&site, remedies);
    for (size_t i = 0; remedies[i] != NULL; i++) {
        try_remedy(job, &site, remedies[i], number, &found);
    }
    bool edits = false;
    for (size_t i = 0; i < found.fixes.n; i++) {
        edits = edits || found.fixes.at[i].edit_n > 0;
    }
    return (struct fix_list){
        .at = found.fixes.at,
        .n = found.fixes.n,
        .unproven = found.unproven.at,
        .unproven_n = found.unproven.n,
        .hindrance = edits ? STR("") : found.hindrance,
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
    struct fix_job job;
    job_open(&job, a, analysis, options);
    out->n = analysis->findings->all.n;
    struct fix_list *lists = ARENA_ARRAY(a, out->n, struct fix_list);
    for (size_t i = 0; i < out->n; i++) {
        if (!analysis->findings->all.at[i].suppressed) {
            lists[i] = fixes_of(&job, i, i + 1);
        }
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
    return fixes_of(&job, index, number);
}
