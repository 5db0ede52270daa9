#include "cli/cmd_diff.h"

#include <sys/stat.h>

#include "base/path.h"
#include "cli/git_show.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/surroundings.h"
#include "report/diff_view.h"

struct side {
    struct flow_list flows;
    bool is_folder;
};

struct cmd_diff {
    struct cli_options *o;
    struct flow_guards guards;
    struct side side[2];
    size_t begun; /* sides */
    struct diff_view view;
    bool is_mixed; /* a file against a folder */
};

static const struct diff_format *writer_of(const struct report_format *f)
{
    return diff_format_find(str_from(f->name));
}

static bool shows_changes(const struct report_format *f)
{
    return writer_of(f) != NULL;
}

struct cmd_diff *cmd_diff_begin(struct cli_options *o)
{
    if (o->paths.n != 2) {
        run_fail("`diff` takes two paths: OLD and NEW");
        return NULL;
    }
    if (!output_begin(o, shows_changes)) {
        return NULL;
    }
    struct cmd_diff *d = ARENA_NEW(o->arena, struct cmd_diff);
    *d = (struct cmd_diff){.o = o, .view = {.gate = o->gate, .quiet = o->quiet}};
    flow_guards_init(&d->guards, o->arena);
    flow_list_init(&d->side[0].flows, o->arena, &d->guards);
    flow_list_init(&d->side[1].flows, o->arena, &d->guards);
    d->view.before = o->paths.at[0];
    d->view.after = o->paths.at[1];
    return d;
}

static bool is_folder(struct arena *a, struct str path)
{
    struct stat st;
    return stat(str_to_c(a, path), &st) == 0 && S_ISDIR(st.st_mode);
}

/* Up to the last slash, or the whole of a folder's path with one. */
static struct str base_of(struct arena *a, struct str path, bool folder)
{
    if (folder) {
        return str_ends(path, STR("/")) ? path : str_join2(a, path, STR("/"));
    }
    return path_folder(path);
}

bool cmd_diff_discover(struct cmd_diff *d, struct str path, struct found *found,
                       struct diags *diags)
{
    struct arena *a = d->o->arena;
    struct side *s = &d->side[d->begun++];
    bool git = git_is_path(path);
    bool is_read = true;
    if (git) {
        is_read = git_discover(a, &path, found, &s->is_folder, diags);
    } else {
        s->is_folder = is_folder(a, path);
        discover(a, path, found, diags);
    }
    s->flows.one_file = !s->is_folder;
    s->flows.base = base_of(a, path, s->is_folder);
    bool both_read = is_read && diags->errors == 0;
    if (d->begun == 2 && both_read && d->side[0].is_folder != s->is_folder) {
        diag_add(diags, DIAG_ARGUMENT, SPAN_NONE,
                 "OLD and NEW must be two files, or two folders: of '%.*s' and '%.*s', one is a "
                 "folder.",
                 STR_ARG(d->view.before), STR_ARG(d->view.after));
        d->is_mixed = true;
        found->files.n = 0;
    }
    return git;
}

static void keep_fault(struct cmd_diff *d, const struct analysis *a, const struct diag *g)
{
    struct arena *arena = d->o->arena;
    struct diff_fault *f = VEC_ADD(arena, &d->view.faults);
    *f = (struct diff_fault){.kind = diag_kind(g->id), .message = str_copy(arena, g->message)};
    struct source *src = analysis_file_of(a, g->at)->source;
    f->place.file = str_copy(arena, src->path);
    if (!span_is_none(g->at)) {
        struct position p = source_position(src, g->at.begin);
        f->place.line = p.line;
        f->place.column = p.column;
    }
}

void cmd_diff_take(struct cmd_diff *d, const struct analysis *a)
{
    flow_list_add(&d->side[d->begun - 1].flows, a);
    for (size_t i = 0; i < a->diags.all.n; i++) {
        const struct diag *g = &a->diags.all.at[i];
        if (diag_kind(g->id)->level != DIAG_NOTE) {
            keep_fault(d, a, g);
        }
        if (diag_kind(g->id)->level == DIAG_ERROR) {
            const struct diff_fault *f = &d->view.faults.at[d->view.faults.n - 1];
            struct position at = {.line = f->place.line, .column = f->place.column};
            output_say(f->place.file, at, f->message);
        }
    }
}

size_t cmd_diff_compare(struct cmd_diff *d)
{
    for (size_t i = 0; i < 2; i++) { /* a file that is not there is no empty template */
        if (d->is_mixed || (!d->side[i].is_folder && d->side[i].flows.files.n == 0)) {
            return 0;
        }
    }
    struct flow_changes *changes = flow_diff(&d->side[0].flows, &d->side[1].flows);
    d->view.changes = changes;
    d->view.templates[0] = d->side[0].flows.files.n;
    d->view.templates[1] = d->side[1].flows.files.n;
    d->view.counting = 0;
    for (size_t i = 0; i < changes->all.n; i++) {
        d->view.counting += flow_change_counts(&changes->all.at[i], d->o->gate);
    }
    return d->view.counting;
}

int cmd_diff_write(struct cmd_diff *d, int status)
{
    struct cli_options *o = d->o;
    if (d->view.changes == NULL) {
        return STATUS_ERROR;
    }
    d->view.incomplete = status == STATUS_ERROR;
    for (size_t i = 0; i < o->outputs.n; i++) {
        struct str file = o->outputs.at[i].file;
        struct buf out;
        buf_init(&out);
        d->view.color = file.n == 0 && surroundings_color((enum cli_color)o->color);
        writer_of(o->outputs.at[i].format)->write(&d->view, &out);
        status = output_write(o, file, buf_str(&out)) == STATUS_CLEAN ? status : STATUS_ERROR;
        buf_release(&out);
    }
    return status;
}
