#include "cli/cmd_fix.h"

#include <sys/stat.h>

#include "base/file.h"
#include "base/limits.h"
#include "cli/output.h"
#include "fix/apply.h"
#include "text/udiff.h"

/* One line on stderr; --quiet silences it. */
static void say(const struct cli_options *o, struct str path, struct str text)
{
    if (!o->quiet) {
        output_say(path, (struct position){0}, text);
    }
}

static struct str what_is_left(struct arena *a, const struct fix_step *s)
{
    if (s->cut_short) {
        return str_format(a,
                          "not fixed: the proofs of what stands above took %d MiB in turn, the "
                          "limit; choose among fixes with --only.",
                          (int)LIMIT_FIX_MIB);
    }
    switch (s->outcome) {
    case FIX_APPLIED:
        return str_format(a, "%.*s: %.*s", STR_ARG(s->fix.id), STR_ARG(s->fix.title));
    case FIX_CLOSED_BEFORE:
        return s->fix.id.n > 0 ? str_format(a, "%.*s is not applied: closed by another fix.",
                                            STR_ARG(s->fix.id))
                               : STR("closed by another fix.");
    case FIX_OVERTAKEN:
        return str_format(a, "%.*s is not applied: an earlier fix has changed its place.",
                          STR_ARG(s->fix.id));
    case FIX_ONLY_UNSAFE:
        return str_format(a, "not fixed; with --unsafe: %.*s: %.*s", STR_ARG(s->fix.id),
                          STR_ARG(s->fix.title));
    case FIX_ONLY_ADVICE:
        return str_format(a, "not fixed; %.*s", STR_ARG(s->fix.title));
    case FIX_NONE:
        return s->hindrance.n > 0 ? str_format(a, "not fixed: the place cannot be edited, %.*s.",
                                               STR_ARG(s->hindrance))
                                  : STR("not fixed: no edit could be proven.");
    }
    BUG("no outcome %d", (int)s->outcome);
}

static void say_steps(const struct cli_options *o, struct arena *a, const struct fixed *fixed,
                      const struct analysis *analysis)
{
    for (size_t i = 0; i < fixed->steps.n; i++) {
        const struct fix_step *s = &fixed->steps.at[i];
        struct source *src = analysis_file_of(analysis, s->finding->at)->source;
        struct position p = {0};
        if (!span_is_none(s->finding->at)) {
            p = source_position(src, s->finding->at.begin);
        }
        struct str what = what_is_left(a, s);
        say(o, src->path,
            str_format(a, "%u:%u: %s: %.*s", p.line, p.column, s->finding->rule->id,
                       STR_ARG(what)));
        for (size_t k = 0; k < s->passed.n; k++) {
            say(o, src->path,
                str_format(a, "%u:%u: %s: %.*s is not applied: %.*s comes first.", p.line, p.column,
                           s->finding->rule->id, STR_ARG(s->passed.at[k]), STR_ARG(s->fix.id)));
        }
    }
}

static void cannot_write(struct diags *diags, struct str path, struct str why)
{
    struct diag *g = diag_add(diags, DIAG_UNREADABLE, SPAN_NONE, "'%.*s' was not written: %.*s.",
                              STR_ARG(path), STR_ARG(why));
    g->path = str_copy(diags->arena, path);
}

/* A file that somebody protected, or changed since it was read, is left alone; so is one with
 * several names: the new file takes one of them, and the others would keep the old contents. */
static bool may_replace(struct arena *a, struct str path, struct str bytes, struct diags *diags)
{
    struct stat st;
    bool there = stat(str_to_c(a, path), &st) == 0;
    if (there && (st.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) {
        cannot_write(diags, path, STR("it is read-only"));
        return false;
    }
    if (there && S_ISREG(st.st_mode) && st.st_nlink > 1) {
        cannot_write(diags, path, STR("it has several names (hard links), which would part"));
        return false;
    }
    struct str now;
    struct file_result r = file_read(a, path, LIMIT_FILE_BYTES, &now);
    if (r.status != FILE_OK || !str_eq(now, bytes)) {
        cannot_write(diags, path, r.status != FILE_OK ? r.why : STR("it has changed meanwhile"));
        return false;
    }
    return true;
}

static bool write_file(struct arena *a, const struct source *src, struct str bytes,
                       struct diags *diags)
{
    if (!may_replace(a, src->path, src->bytes, diags)) {
        return false;
    }
    struct file_result r = file_replace(a, src->path, bytes);
    if (r.status != FILE_OK) {
        cannot_write(diags, src->path, r.why);
    }
    return r.status == FILE_OK;
}

/* Faults of the template are said here: there is no report to hold them. */
static void say_faults(const struct cli_options *o, const struct analysis *analysis)
{
    for (size_t i = 0; i < analysis->diags.all.n; i++) {
        const struct diag *g = &analysis->diags.all.at[i];
        if (diag_kind(g->id)->level == DIAG_ERROR) {
            say(o, analysis_file_of(analysis, g->at)->source->path, g->message);
        }
    }
}

const struct analysis *cmd_fix_one(struct cli_options *o, bool *ids_seen,
                                   const struct analysis *analysis,
                                   const struct analysis_options *options, struct buf *out,
                                   struct diags *diags)
{
    struct arena *a = analysis->arena;
    struct fix_options fix_options = {options, LIMIT_PROOFS, (uint64_t)LIMIT_FIX_MIB << 20};
    struct fix_wish wish = {
        .unsafe = o->unsafe, .gate = o->gate, .only = o->only.at, .only_n = o->only.n};
    wish.only_seen = ids_seen;
    say_faults(o, analysis);
    struct fixed *fixed = fix_apply(a, analysis, &fix_options, &wish);
    say_steps(o, a, fixed, analysis);
    bool is_done = true;
    for (size_t i = 0; i < analysis->file_n; i++) {
        struct fixed_file *file = &fixed->files[i];
        if (file->edit_n > 0 && o->fix_mode == FIX_DIFF) {
            udiff_write(analysis->files[i].source, file->edits, file->edit_n, out);
        } else if (file->edit_n > 0) {
            is_done &= write_file(a, analysis->files[i].source, file->bytes, diags);
        }
    }
    return is_done ? fixed->analysis : analysis;
}

void cmd_fix_ids(const struct cli_options *o, const bool *ids_seen, struct diags *diags)
{
    for (size_t i = 0; i < o->only.n; i++) {
        if (!ids_seen[i]) {
            diag_add(diags, DIAG_ARGUMENT, SPAN_NONE, "No finding offers the fix '%.*s' of --only.",
                     STR_ARG(o->only.at[i]));
        }
    }
}
