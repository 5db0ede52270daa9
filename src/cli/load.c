#include "cli/load.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "cli/config.h"
#include "cli/git_show.h"
#include "cli/parameter_file.h"

void load_init(struct load *l, struct cli_options *o, struct source_set *sources,
               struct diags *diags)
{
    *l = (struct load){
        .o = o, .arena = o->arena, .sources = sources, .diags = diags, .plan = {.arena = o->arena}};
}

static bool is_stdin(struct str path)
{
    return str_is(path, "-");
}

static struct file_result read_file(const struct load *l, struct arena *a, struct str path,
                                    struct str *bytes)
{
    if (l->is_git) {
        return git_read(a, path, LIMIT_FILE_BYTES, bytes);
    }
    return is_stdin(path) ? file_read_open(a, STDIN_FILENO, LIMIT_FILE_BYTES, bytes)
                          : file_read(a, path, LIMIT_FILE_BYTES, bytes);
}

/* Can it be read a second time? */
static bool is_lasting(struct arena *a, struct str path)
{
    struct stat st;
    return !is_stdin(path) && stat(str_to_c(a, path), &st) == 0 && S_ISREG(st.st_mode);
}

static void unreadable(struct load *l, struct str path, struct file_result r)
{
    struct str why = r.status == FILE_TOO_LARGE
                         ? str_format(l->arena, "it is larger than %d bytes", LIMIT_FILE_BYTES)
                         : str_copy(l->arena, r.why);
    struct diag *g =
        diag_add(l->diags, r.status == FILE_TOO_LARGE ? DIAG_LIMIT : DIAG_UNREADABLE, SPAN_NONE,
                 "'%.*s' cannot be read: %.*s.", STR_ARG(path), STR_ARG(why));
    g->path = path;
}

/* What the configuration gives by path stands first: what the call gives wins. */
static void add_configured(struct load *l, struct str shown, struct plan_template *t)
{
    VEC(struct cfn_given) all = {0};
    size_t n;
    const struct cfn_given *own = config_given(l->o, shown, &n);
    for (size_t i = 0; i < n; i++) {
        *VEC_ADD(l->arena, &all) = own[i];
    }
    for (size_t i = 0; n > 0 && i < t->given_n; i++) {
        *VEC_ADD(l->arena, &all) = t->given[i];
    }
    if (n > 0) {
        t->given = all.at;
        t->given_n = all.n;
    }
}

static void add(struct load *l, const struct found_file *file, struct str shown, struct str bytes)
{
    struct arena scratch = {0};
    struct load_file kept = {.path = file->path,
                             .is_kept = l->is_git || !is_lasting(&scratch, file->path)};
    arena_release(&scratch);
    if (kept.is_kept) {
        kept.bytes = str_copy(l->arena, bytes);
    }
    *VEC_ADD(l->arena, &l->files) = kept;
    struct plan_template t = {.path = shown,
                              .stack_name = file->stack_name,
                              .given = file->given,
                              .given_n = file->given_n,
                              .words = plan_scan(bytes)};
    if (file->parameters.n > 0) {
        struct parameter_values values = {0};
        parameter_file_read(l->arena, l->sources, file->parameters, &values, l->diags);
        t.given = values.all.at;
        t.given_n = values.all.n;
    }
    add_configured(l, shown, &t);
    (void)plan_add(&l->plan, t);
}

static void look_at(struct load *l, const struct found_file *file)
{
    struct arena scratch = {0};
    struct str shown = file->path;
    if (file->by_hand && is_stdin(file->path)) {
        shown = l->o->stdin_filename.n ? l->o->stdin_filename : STR("<stdin>");
    }
    struct str bytes;
    struct file_result r = read_file(l, &scratch, file->path, &bytes);
    bool may_skip = l->o->skip_non_templates || !file->by_hand;
    if (r.status == FILE_TOO_LARGE && !file->by_hand) {
        l->skipped++;
    } else if (r.status != FILE_OK) {
        unreadable(l, shown, r);
    } else if (doc_looks_like_template(bytes)) {
        add(l, file, shown, bytes);
    } else if (may_skip) {
        l->skipped++;
    } else {
        diag_add(l->diags, DIAG_NOT_TEMPLATE, SPAN_NONE,
                 "'%.*s' is not a CloudFormation template: it has neither "
                 "'AWSTemplateFormatVersion' nor 'Resources' with an AWS type.",
                 STR_ARG(shown))
            ->path = shown;
    }
    arena_release(&scratch);
}

/* The bytes of template i; false if it cannot be read any more. */
static bool bytes_of(struct load *l, struct arena *a, size_t i, struct str *bytes)
{
    const struct load_file *file = &l->files.at[i];
    if (file->is_kept) {
        *bytes = file->bytes;
        return true;
    }
    if (l->files.at[i].tree.head != NULL) {
        *bytes = file->bytes;
        arena_adopt(a, &l->files.at[i].tree);
        return true;
    }
    struct file_result r = read_file(l, a, file->path, bytes);
    if (r.status != FILE_OK) {
        unreadable(l, file->path, r);
    }
    return r.status == FILE_OK;
}

static void note(struct load *l, size_t i, const struct cfn_options *cfn)
{
    struct arena own = {0};
    struct str bytes;
    if (!bytes_of(l, &own, i, &bytes)) {
        arena_release(&own);
        return;
    }
    struct doc *doc = plan_note(&l->plan, i, &own, bytes, cfn);
    if (doc == NULL || l->tree_bytes + own.total > LIMIT_KEPT_TREES) {
        arena_release(&own);
        return;
    }
    l->tree_bytes += own.total;
    l->plan.all.at[i].doc = doc;
    l->files.at[i].bytes = bytes;
    l->files.at[i].tree = own;
}

/* A file that only a nested stack names: it counts if it is there, and then has to be a
 * template, as one that is named by hand. */
static void look_for(struct load *l, struct str path)
{
    struct arena scratch = {0};
    struct str bytes = {0};
    bool may_be = l->is_git ? git_is_path(path) : is_lasting(&scratch, path);
    struct file_result r = {.status = FILE_OK};
    if (may_be) {
        r = read_file(l, &scratch, path, &bytes);
    }
    if (may_be && r.status != FILE_OK) {
        if (!l->is_git) { /* a revision may be without it, as a folder may be */
            unreadable(l, path, r);
        }
    } else if (may_be && doc_looks_like_template(bytes)) {
        add(l, &(struct found_file){.path = path}, path, bytes);
    } else if (may_be) {
        struct str name = str_copy(l->arena, path);
        diag_add(l->diags, DIAG_NOT_TEMPLATE, SPAN_NONE,
                 "'%.*s', the template of a nested stack, is not a CloudFormation template.",
                 STR_ARG(name))
            ->path = name;
    }
    arena_release(&scratch);
}

void load_plan(struct load *l, const struct found *found, const struct cfn_options *cfn)
{
    for (size_t i = 0; i < found->files.n; i++) {
        look_at(l, &found->files.at[i]);
    }
    struct str path;
    bool is_more = true;
    while (is_more) { /* what a stack names may have stacks, and imports, of its own */
        for (size_t i = 0; i < l->plan.all.n; i++) {
            if (plan_needs_notes(&l->plan, i)) {
                note(l, i, cfn);
            }
        }
        is_more = plan_wanted(&l->plan, &path);
        if (is_more) {
            look_for(l, path);
        }
    }
    plan_join(&l->plan);
    plan_warn(&l->plan, l->diags);
}

bool load_unit(struct load *l, struct arena *a, size_t unit, struct analysis_unit *out)
{
    const struct plan_unit *u = &l->plan.units.at[unit];
    struct str *bytes = ARENA_ARRAY(a, u->members.n, struct str);
    for (size_t i = 0; i < u->members.n; i++) {
        if (!bytes_of(l, a, u->members.at[i], &bytes[i])) {
            return false;
        }
    }
    *out = plan_unit_of(a, &l->plan, unit, bytes);
    for (size_t i = 0; i < u->members.n; i++) {
        l->plan.all.at[u->members.at[i]].doc = NULL; /* it has gone with the unit */
    }
    return true;
}

void load_release(struct load *l)
{
    for (size_t i = 0; i < l->files.n; i++) {
        arena_release(&l->files.at[i].tree);
        l->plan.all.at[i].doc = NULL;
    }
}

void load_check_given(struct load *l)
{
    for (size_t i = 0; i < l->plan.all.n; i++) {
        const struct plan_template *t = &l->plan.all.at[i];
        for (size_t k = 0; k < t->given_n; k++) {
            if (!t->given[k].used) {
                diag_add(l->diags, DIAG_ARGUMENT, SPAN_NONE,
                         "'%.*s' declares no parameter '%.*s', for which a value was given.",
                         STR_ARG(t->path), STR_ARG(t->given[k].name))
                    ->path = t->path;
            }
        }
    }
}
