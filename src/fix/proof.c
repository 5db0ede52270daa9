/*
 * Running the analysis on edited bytes. The same edits are analysed once, however many
 * findings they are meant to close, unless all that was analysed takes too much memory: then
 * the oldest is forgotten.
 */
#include "fix/proof.h"

#include "base/limits.h"

static struct str key_of(struct arena *a, const struct edit *edits, size_t n)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < n; i++) {
        buf_addf(&b, "%u %u %u %zu ", edits[i].at.source, edits[i].at.begin, edits[i].at.end,
                 edits[i].text.n);
        buf_add(&b, edits[i].text);
    }
    struct str key = str_copy(a, buf_str(&b));
    buf_release(&b);
    return key;
}

/* What an analysis notes in its options is none of the proofs' business: they get copies. */
static struct analysis_options own_options(struct arena *a, const struct analysis_options *o)
{
    struct analysis_options own = *o;
    own.cfn.given = ARENA_ARRAY(a, o->cfn.given_n, struct cfn_given);
    if (o->cfn.given_n > 0) {
        memcpy(own.cfn.given, o->cfn.given, o->cfn.given_n * sizeof *own.cfn.given);
    }
    own.brief = true;
    own.settings = ARENA_NEW(a, struct settings);
    *own.settings = *o->settings;
    own.settings->ignores.at = ARENA_ARRAY(a, o->settings->ignores.n, struct ignore);
    own.settings->ignores.cap = o->settings->ignores.n;
    if (o->settings->ignores.n > 0) {
        memcpy(own.settings->ignores.at, o->settings->ignores.at,
               o->settings->ignores.n * sizeof(struct ignore));
    }
    return own;
}

static void give_back(struct fix_job *job, size_t most)
{
    while (job->kept_bytes > most && job->kept_from < job->kept.n) {
        struct kept_proof *oldest = job->kept.at[job->kept_from++];
        job->kept_bytes -= oldest->arena.total;
        oldest->result = NULL;
        arena_release(&oldest->arena);
    }
}

void job_close(struct fix_job *job)
{
    give_back(job, 0);
}

static const struct analysis *analyse(struct fix_job *job, struct arena *a,
                                      const struct edit *edits, size_t n)
{
    const struct source *src = job->file->source;
    struct buf b;
    buf_init(&b);
    edits_apply(src, edits, n, &b);
    struct str bytes = str_copy(a, buf_str(&b));
    buf_release(&b);
    struct analysis_options options = own_options(a, job->options->analysis);
    return analysis_run_edited(a, job->analysis, src, bytes, &options);
}

const struct analysis *proof_analyse(struct fix_job *job, const struct edit *edits, size_t n)
{
    void **place = map_at(&job->proofs, key_of(job->arena, edits, n));
    struct kept_proof *kept = *place;
    if (kept != NULL && kept->result != NULL) {
        return kept->result;
    }
    if (job->proven >= job->options->proofs) {
        return NULL;
    }
    job->proven++;
    if (kept == NULL) {
        kept = ARENA_NEW(job->arena, struct kept_proof);
        *place = kept;
    }
    give_back(job, LIMIT_PROOF_BYTES);
    kept->result = analyse(job, &kept->arena, edits, n);
    job->kept_bytes += kept->arena.total;
    job->took += kept->arena.total;
    *VEC_ADD(job->arena, &job->kept) = kept;
    return kept->result;
}

/* Errors and warnings: what EC2 would reject or ignore is no fix. */
static size_t faults(const struct analysis *a)
{
    size_t n = a->diags.dropped;
    for (size_t i = 0; i < a->diags.all.n; i++) {
        n += diag_kind(a->diags.all.at[i].id)->level != DIAG_NOTE;
    }
    return n;
}

static size_t count(const struct analysis *a, const struct diag *g)
{
    size_t n = 0;
    for (size_t i = 0; i < a->diags.all.n; i++) {
        n += a->diags.all.at[i].id == g->id && str_eq(a->diags.all.at[i].message, g->message);
    }
    return n;
}

bool proof_blames_alike(const struct analysis *before, const struct analysis *after)
{
    bool alike = after->diags.dropped == 0;
    for (size_t i = 0; i < after->diags.all.n && alike; i++) {
        const struct diag *g = &after->diags.all.at[i];
        alike = diag_kind(g->id)->level == DIAG_NOTE || count(after, g) <= count(before, g);
    }
    return alike;
}

bool proof_reads(struct fix_job *job, const struct analysis *after, const struct edit *edits,
                 size_t n)
{
    const struct analysis *before = job->analysis;
    const struct doc *old = job->file->doc;
    const struct doc *fresh = after->files[job->file - before->files].doc;
    if (after->findings == NULL || after->diags.errors > before->diags.errors ||
        faults(after) > faults(before) || fresh->is_json != old->is_json) {
        return false;
    }
    if (job->leaves == NULL) {
        job->leaves = leaves_of(job->arena, old);
    }
    struct arena scratch = {0};
    bool same = same_values(&scratch, job->leaves, fresh, edits, n);
    arena_release(&scratch);
    return same;
}

enum proof_result proof_of(struct fix_job *job, const struct site *site, const struct edit *edits,
                           size_t n, struct texts *collateral)
{
    const struct analysis *before = job->analysis;
    const struct analysis *after = proof_analyse(job, edits, n);
    if (after == NULL) {
        return PROOF_NO_BUDGET;
    }
    bool holds = proof_reads(job, after, edits, n) &&
                 findings_closed(before->findings, site->index, after->findings) &&
                 flows_only_close(job->arena, before, after, site->finding, collateral);
    return holds ? PROOF_HOLDS : PROOF_FAILS;
}
