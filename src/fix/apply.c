/*
 * Two lists of edits become one through the text as a row of segments, each either a stretch
 * of the original bytes or new text:
 *
 *     original   aaaa[bb]cccc          segments  aaaa | XX | cccc
 *     second           ^^^ over XXc    cut       aaaa | X' | ccc
 */
#include "fix/apply.h"

#include "fix/proof.h"

struct segment {
    bool original;
    uint32_t begin; /* of original bytes */
    struct str text;
};

struct row {
    struct arena *arena;
    VEC(struct segment) at;
};

static void add(struct row *row, struct segment s)
{
    if (s.text.n > 0) {
        *VEC_ADD(row->arena, &row->at) = s;
    }
}

static void row_of(struct row *row, struct str bytes, const struct edit *edits, size_t n)
{
    uint32_t done = 0;
    for (size_t i = 0; i < n; i++) {
        add(row, (struct segment){true, done, str_sub(bytes, done, edits[i].at.begin)});
        add(row, (struct segment){false, 0, edits[i].text});
        done = edits[i].at.end;
    }
    add(row, (struct segment){true, done, str_sub(bytes, done, bytes.n)});
}

/* The part [begin, end) of the text that a row stands for, whose bytes begin at `at`. */
static struct segment cut(const struct segment *s, size_t at, size_t begin, size_t end)
{
    size_t from = begin > at ? begin - at : 0;
    size_t to = end > at ? end - at : 0;
    struct segment part = *s;
    part.text = str_sub(s->text, from, to);
    part.begin += (uint32_t)(from < s->text.n ? from : s->text.n);
    return part;
}

static void row_edit(struct row *out, const struct row *in, const struct edit *edits, size_t n)
{
    size_t at = 0; /* of the segment, in the text */
    size_t k = 0;
    size_t done = 0;
    for (size_t i = 0; i < in->at.n; i++) {
        const struct segment *s = &in->at.at[i];
        size_t end = at + s->text.n;
        while (k < n && edits[k].at.begin < end) {
            if (done <= edits[k].at.begin) {
                add(out, cut(s, at, done, edits[k].at.begin));
                add(out, (struct segment){false, 0, edits[k].text});
                done = edits[k].at.end;
            }
            if (edits[k].at.end > end) {
                break; /* it goes on in the next segment */
            }
            done = edits[k].at.end;
            k++;
        }
        if (done < end) {
            add(out, cut(s, at, done, end));
            done = end;
        }
        at = end;
    }
    for (; k < n; k++) {
        if (done <= edits[k].at.begin) {
            add(out, (struct segment){false, 0, edits[k].text});
        }
    }
}

struct edit_sum edits_sum(struct arena *a, const struct source *src, const struct edit *first,
                          size_t first_n, const struct edit *second, size_t second_n)
{
    struct row before = {.arena = a};
    struct row after = {.arena = a};
    row_of(&before, src->bytes, first, first_n);
    row_edit(&after, &before, second, second_n);
    struct edit_sum sum = {0};
    uint32_t done = 0;
    struct str text = STR("");
    for (size_t i = 0; i <= after.at.n; i++) {
        bool last = i == after.at.n;
        if (!last && !after.at.at[i].original) {
            text = str_join2(a, text, after.at.at[i].text);
            continue;
        }
        uint32_t begin = last ? (uint32_t)src->bytes.n : after.at.at[i].begin;
        if (begin > done || text.n > 0) {
            *VEC_ADD(a, &sum.at) = (struct edit){{src->id, done, begin}, text};
        }
        text = STR("");
        done = last ? begin : begin + (uint32_t)after.at.at[i].text.n;
    }
    return sum;
}

/* ---- one after another -------------------------------------------------------------------- */

/* A template of a thousand findings is analysed some thousand times: what one finding needs is
 * given back before the next, and of the results in between only the last is kept. */
struct work {
    struct arena *arena;
    const struct analysis *first;
    const struct fix_options *options;
    const struct fix_wish *wish;
    struct fixed *out;
    struct arena *last;  /* of the analysis of what has been applied so far, if anything has */
    struct arena *spare; /* for the next one */
    uint64_t took;       /* bytes of memory, in turn, of all analyses: a measure of their time */
};

static bool is_spent(const struct work *w)
{
    return w->took >= w->options->memory;
}

static struct fix copied(struct arena *a, const struct fix *fix)
{
    struct edit *edits = ARENA_ARRAY(a, fix->edit_n, struct edit);
    for (size_t i = 0; i < fix->edit_n; i++) {
        edits[i] = (struct edit){fix->edits[i].at, str_copy(a, fix->edits[i].text)};
    }
    struct str *collateral = ARENA_ARRAY(a, fix->collateral_n, struct str);
    for (size_t i = 0; i < fix->collateral_n; i++) {
        collateral[i] = str_copy(a, fix->collateral[i]);
    }
    return (struct fix){.id = str_copy(a, fix->id),
                        .title = str_copy(a, fix->title),
                        .safety = fix->safety,
                        .edits = edits,
                        .edit_n = fix->edit_n,
                        .collateral = collateral,
                        .collateral_n = fix->collateral_n};
}

static bool same_fingerprint(const struct finding *f, struct str fingerprint)
{
    return !f->suppressed && str_eq(f->fingerprint, fingerprint);
}

static size_t by_fingerprint(const struct findings *findings, struct str fingerprint)
{
    size_t i = 0;
    while (i < findings->all.n && !same_fingerprint(&findings->all.at[i], fingerprint)) {
        i++;
    }
    return i;
}

/* The finding as it is now. An earlier fix may have changed its rule, and with it the
 * fingerprint: then it is the one that tells the same and was not there before. */
static size_t index_now(const struct work *w, const struct finding *f)
{
    const struct findings *now = w->out->analysis->findings;
    size_t i = by_fingerprint(now, f->fingerprint);
    if (i < now->all.n) {
        return i;
    }
    for (i = 0; i < now->all.n; i++) {
        const struct finding *g = &now->all.at[i];
        if (!g->suppressed && str_eq(f->resource, g->resource) && findings_same(f, g) &&
            by_fingerprint(w->first->findings, g->fingerprint) == w->first->findings->all.n) {
            break;
        }
    }
    return i;
}

static bool is_wished(const struct fix_wish *wish, struct str id)
{
    bool found = wish->only_n == 0;
    for (size_t i = 0; i < wish->only_n; i++) {
        if (str_eq(wish->only[i], id)) {
            wish->only_seen[i] = true;
            found = true;
        }
    }
    return found;
}

static void choose(struct work *w, const struct fix_list *list, struct fix_step *step)
{
    step->outcome = FIX_NONE;
    step->hindrance = str_copy(w->arena, list->hindrance);
    for (size_t i = 0; i < list->n; i++) {
        const struct fix *f = &list->at[i];
        if (!is_wished(w->wish, f->id)) {
            continue;
        }
        if (w->wish->only_n > 0 && step->outcome == FIX_APPLIED) {
            *VEC_ADD(w->arena, &step->passed) = str_copy(w->arena, f->id);
            continue;
        }
        enum fix_outcome outcome =
            f->safety == FIX_SAFE || w->wish->unsafe ? FIX_APPLIED : FIX_ONLY_UNSAFE;
        outcome = f->safety == FIX_ADVICE ? FIX_ONLY_ADVICE : outcome;
        if (outcome < step->outcome) {
            step->outcome = outcome;
            step->fix = copied(w->arena, f);
        }
        if (outcome == FIX_APPLIED && w->wish->only_n == 0) {
            break;
        }
    }
    step->cut_short = step->outcome != FIX_APPLIED && list->unproven_n > 0 && is_spent(w);
}

static void apply(struct work *w, const struct fix *fix)
{
    struct arena *a = w->arena;
    const struct analysis_file *file = analysis_file_of(w->first, fix->edits[0].at);
    struct fixed_file *out = &w->out->files[file - w->first->files];
    struct edit_sum sum =
        edits_sum(a, file->source, out->edits, out->edit_n, fix->edits, fix->edit_n);
    out->edits = sum.at.at;
    out->edit_n = sum.at.n;
    struct buf b;
    buf_init(&b);
    edits_apply(analysis_file_of(w->out->analysis, fix->edits[0].at)->source, fix->edits,
                fix->edit_n, &b);
    out->bytes = str_copy(a, buf_str(&b));
    buf_release(&b);
    struct arena *next = w->spare;
    w->out->analysis =
        analysis_run_edited(next, w->out->analysis, file->source, out->bytes, w->options->analysis);
    w->took += next->total;
    arena_release(w->last);
    w->spare = w->last;
    w->last = next;
}

/* The fixes of a finding, as far as the limit goes. */
static struct fix_list find_fixes(struct work *w, struct arena *scratch, const struct analysis *of,
                                  size_t index, size_t number)
{
    struct fix_options own = *w->options;
    own.proofs = is_spent(w) ? 0 : own.proofs;
    struct fix_list list = fix_find_one(scratch, of, index, number, &own);
    w->took += list.took;
    return list;
}

/* Ids that a finding had before anything was applied: who asked for one learns what became of
 * it. */
static void recall(struct work *w, size_t index, struct fix_step *step)
{
    bool closed = step->outcome == FIX_CLOSED_BEFORE;
    struct arena scratch = {0};
    struct fix_list list = find_fixes(w, &scratch, w->first, index, index + 1);
    for (size_t i = 0; i < list.n; i++) {
        if (is_wished(w->wish, list.at[i].id) && step->fix.id.n == 0) {
            step->fix = copied(w->arena, &list.at[i]);
            step->outcome = closed ? FIX_CLOSED_BEFORE : FIX_OVERTAKEN;
        }
    }
    arena_release(&scratch);
}

static void one_finding(struct work *w, size_t index)
{
    const struct finding *f = &w->first->findings->all.at[index];
    size_t now = index_now(w, f);
    struct fix_step step = {.finding = f, .outcome = FIX_CLOSED_BEFORE};
    if (now < w->out->analysis->findings->all.n) {
        struct arena scratch = {0};
        struct fix_list list = find_fixes(w, &scratch, w->out->analysis, now, index + 1);
        choose(w, &list, &step);
        arena_release(&scratch);
        if (step.outcome == FIX_APPLIED) {
            apply(w, &step.fix);
        }
    }
    bool missed = step.outcome == FIX_NONE || step.outcome == FIX_CLOSED_BEFORE;
    if (w->wish->only_n > 0 && missed && w->out->analysis != w->first) {
        recall(w, index, &step);
    }
    if (w->wish->only_n == 0 || step.fix.id.n > 0) {
        *VEC_ADD(w->arena, &w->out->steps) = step;
    }
}

/* Some finding could have a fix of the wished ids: they end in its number. */
static bool may_be_wished(const struct work *w, size_t index)
{
    const struct finding *f = &w->first->findings->all.at[index];
    if (f->suppressed) {
        return false;
    }
    if (w->wish->only_n == 0) {
        return (unsigned)f->severity >= w->wish->gate;
    }
    struct str number = str_format(w->arena, "-%zu", index + 1);
    for (size_t i = 0; i < w->wish->only_n; i++) {
        if (str_find(w->wish->only[i], number, 0) != STR_NPOS) {
            return true;
        }
    }
    return false;
}

struct fixed *fix_apply(struct arena *a, const struct analysis *analysis,
                        const struct fix_options *options, const struct fix_wish *wish)
{
    struct fixed *out = ARENA_NEW(a, struct fixed);
    out->files = ARENA_ARRAY(a, analysis->file_n, struct fixed_file);
    for (size_t i = 0; i < analysis->file_n; i++) {
        out->files[i].bytes = analysis->files[i].source->bytes;
    }
    out->analysis = analysis;
    struct work w = {.arena = a,
                     .first = analysis,
                     .options = options,
                     .wish = wish,
                     .out = out,
                     .last = ARENA_NEW(a, struct arena),
                     .spare = ARENA_NEW(a, struct arena)};
    size_t n = analysis->findings != NULL ? analysis->findings->all.n : 0;
    for (size_t i = 0; i < n; i++) {
        if (out->analysis->findings != NULL && may_be_wished(&w, i)) {
            one_finding(&w, i);
        }
    }
    arena_adopt(a, w.last);
    return out;
}
