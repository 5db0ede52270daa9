#include "cli/load.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/in_order.h"
#include "base/limits.h"
#include "cli/config.h"
#include "cli/git_show.h"
#include "cli/parameter_file.h"
#include "cli/surroundings.h"

void load_init(struct load *l, struct cli_options *o, struct source_set *sources,
               struct diags *diags)
{
    *l = (struct load){
        .o = o, .arena = o->arena, .sources = sources, .diags = diags, .plan = {.arena = o->arena}};
    pthread_mutex_init(&l->saying, NULL);
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

/* What has been read of a file that is a template. */
static struct load_file keep_bytes(struct load *l, struct arena *scratch, struct str path,
                                   struct str bytes)
{
    struct load_file file = {.path = path, .is_kept = l->is_git || !is_lasting(scratch, path)};
    if (file.is_kept) {
        file.bytes = str_copy(l->arena, bytes);
    }
    return file;
}

static void add(struct load *l, const struct found_file *file, struct str shown,
                struct load_file kept, unsigned words)
{
    *VEC_ADD(l->arena, &l->files) = kept;
    struct plan_template t = {.path = shown,
                              .stack_name = file->stack_name,
                              .given = file->given,
                              .given_n = file->given_n,
                              .words = words};
    if (file->parameters.n > 0) {
        struct parameter_values values = {0};
        parameter_file_read(l->arena, l->sources, file->parameters, &values, l->diags);
        t.given = values.all.at;
        t.given_n = values.all.n;
    }
    add_configured(l, shown, &t);
    (void)plan_add(&l->plan, t);
}

/* ---- what is a template -------------------------------------------------------------------- */

/* Files are looked at by several threads, some at a time: one alone is done sooner than handed
 * over. Each thread holds the bytes of one file. */
enum { LOOK_AT_ONCE = 16 };

struct look {
    struct load *load;
    const struct found *found;
    struct verdict {
        enum { NOT_LOOKED_AT, A_TEMPLATE, NO_TEMPLATE } kind;
        unsigned words; /* of plan_scan */
        struct str bytes;
        struct arena own; /* holds the bytes if they are kept, else empty */
    } * verdicts;         /* beside found->files */
};

/* What can be read once, and what cannot be read, is left to the thread that says so. Of many
 * files the bytes are read again when their turn comes, of a single one they are kept. */
static struct verdict verdict_of(const struct look *look, struct str path)
{
    const struct load *l = look->load;
    struct verdict v = {.kind = NOT_LOOKED_AT};
    struct arena scratch = {0};
    struct str bytes = {0};
    if (!l->is_git && is_lasting(&scratch, path) &&
        read_file(l, &scratch, path, &bytes).status == FILE_OK) {
        v.kind = doc_looks_like_template(bytes) ? A_TEMPLATE : NO_TEMPLATE;
        v.words = v.kind == A_TEMPLATE ? plan_scan(bytes) : 0;
    }
    if (v.kind == A_TEMPLATE && look->found->files.n == 1) {
        v.bytes = bytes;
        v.own = scratch;
    } else {
        arena_release(&scratch);
    }
    return v;
}

static void no_template(struct load *l, const struct found_file *file, struct str shown)
{
    if (l->o->skip_non_templates || !file->by_hand) {
        l->skipped++;
        return;
    }
    diag_add(l->diags, DIAG_NOT_TEMPLATE, SPAN_NONE,
             "'%.*s' is not a CloudFormation template: it has neither "
             "'AWSTemplateFormatVersion' nor 'Resources' with an AWS type.",
             STR_ARG(shown))
        ->path = shown;
}

static void look_here(struct load *l, const struct found_file *file)
{
    struct arena scratch = {0};
    struct str shown = file->path;
    if (file->by_hand && is_stdin(file->path)) {
        shown = l->o->stdin_filename.n ? l->o->stdin_filename : STR("<stdin>");
    }
    struct str bytes;
    struct file_result r = read_file(l, &scratch, file->path, &bytes);
    if (r.status == FILE_TOO_LARGE && !file->by_hand) {
        l->skipped++;
    } else if (r.status != FILE_OK) {
        diag_unreadable(l->diags, SPAN_NONE, "", shown, &r);
    } else if (doc_looks_like_template(bytes)) {
        add(l, file, shown, keep_bytes(l, &scratch, file->path, bytes), plan_scan(bytes));
    } else {
        no_template(l, file, shown);
    }
    arena_release(&scratch);
}

static void look_at(void *context, size_t i)
{
    const struct look *look = context;
    size_t end = (i + 1) * LOOK_AT_ONCE;
    for (size_t k = i * LOOK_AT_ONCE; k < end && k < look->found->files.n; k++) {
        look->verdicts[k] = verdict_of(look, look->found->files.at[k].path);
    }
}

static void look_taken(void *context, size_t i)
{
    const struct look *look = context;
    size_t end = (i + 1) * LOOK_AT_ONCE;
    for (size_t k = i * LOOK_AT_ONCE; k < end && k < look->found->files.n; k++) {
        const struct found_file *file = &look->found->files.at[k];
        const struct verdict *v = &look->verdicts[k];
        if (v->kind == A_TEMPLATE) {
            add(look->load, file, file->path,
                (struct load_file){.path = file->path, .bytes = v->bytes, .tree = v->own},
                v->words);
        } else if (v->kind == NO_TEMPLATE) {
            no_template(look->load, file, file->path);
        } else {
            look_here(look->load, file);
        }
    }
}

/* The bytes of template i, which may be unreadable by now. Several threads may ask for the bytes of
 * different templates. */
static struct file_result bytes_of(struct load *l, struct arena *a, size_t i, struct str *bytes)
{
    struct load_file *file = &l->files.at[i];
    if (file->is_kept) {
        *bytes = file->bytes;
        return (struct file_result){.status = FILE_OK};
    }
    if (file->tree.head != NULL) {
        *bytes = file->bytes;
        arena_adopt(a, &file->tree);
        return (struct file_result){.status = FILE_OK};
    }
    return read_file(l, a, file->path, bytes);
}

/* ---- links --------------------------------------------------------------------------------- */

/* What is read of a template for its links, between the thread that reads and the plan. */
struct noting {
    struct arena own;
    struct file_result r;
    struct str bytes;
    struct plan_notes notes;
};

struct note_jobs {
    struct load *load;
    const struct cfn_options *cfn;
    VEC(size_t) which;     /* templates */
    struct noting *noting; /* beside them */
};

static void note_read(void *context, size_t i)
{
    const struct note_jobs *jobs = context;
    struct noting *n = &jobs->noting[i];
    size_t template = jobs->which.at[i];
    n->r = bytes_of(jobs->load, &n->own, template, &n->bytes);
    if (n->r.status == FILE_OK) {
        n->notes = plan_notes_of(&jobs->load->plan, template, &n->own, n->bytes, jobs->cfn);
    }
}

static void note_taken(void *context, size_t i)
{
    const struct note_jobs *jobs = context;
    struct load *l = jobs->load;
    struct noting *n = &jobs->noting[i];
    size_t template = jobs->which.at[i];
    bool ok = n->r.status == FILE_OK;
    plan_note(&l->plan, template, ok ? &n->notes : NULL);
    if (!ok) {
        diag_unreadable(l->diags, SPAN_NONE, "", l->files.at[template].path, &n->r);
    }
    if (!ok || n->notes.doc == NULL || l->tree_bytes + n->own.total > LIMIT_KEPT_TREES) {
        arena_release(&n->own);
        return;
    }
    l->tree_bytes += n->own.total;
    l->plan.all.at[template].doc = n->notes.doc;
    l->files.at[template].bytes = n->bytes;
    l->files.at[template].tree = n->own;
}

/* Of all templates whose links matter, as far as they are known now. */
static void note_all(struct load *l, const struct cfn_options *cfn)
{
    struct note_jobs jobs = {.load = l, .cfn = cfn};
    for (size_t i = 0; i < l->plan.all.n; i++) {
        if (plan_needs_notes(&l->plan, i)) {
            *VEC_ADD(l->arena, &jobs.which) = i;
        }
    }
    size_t n = jobs.which.n;
    jobs.noting = ARENA_ARRAY(l->arena, n, struct noting);
    in_order(n, surroundings_threads(l->o->jobs, n), &jobs, note_read, note_taken);
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
            diag_unreadable(l->diags, SPAN_NONE, "", path, &r);
        }
    } else if (may_be && doc_looks_like_template(bytes)) {
        add(l, &(struct found_file){.path = path}, path, keep_bytes(l, &scratch, path, bytes),
            plan_scan(bytes));
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
    struct look look = {l, found, ARENA_ARRAY(l->arena, found->files.n, struct verdict)};
    size_t parts = (found->files.n + LOOK_AT_ONCE - 1) / LOOK_AT_ONCE;
    in_order(parts, surroundings_threads(l->o->jobs, parts), &look, look_at, look_taken);
    struct str path;
    bool is_more = true;
    while (is_more) { /* what a stack names may have stacks, and imports, of its own */
        note_all(l, cfn);
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
        struct file_result r = bytes_of(l, a, u->members.at[i], &bytes[i]);
        if (r.status != FILE_OK) {
            pthread_mutex_lock(&l->saying);
            diag_unreadable(l->diags, SPAN_NONE, "", l->files.at[u->members.at[i]].path, &r);
            pthread_mutex_unlock(&l->saying);
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
    pthread_mutex_destroy(&l->saying);
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
