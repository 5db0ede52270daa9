/*
 * The loop around the pipeline:
 *
 *     paths -discover-> files -load-> units -analyse-> reports -> outputs
 *
 * Each unit has its own arena, dropped once its reports have taken what they need. Units are
 * analysed on several threads; reports take them in the order of the input.
 */
#include "cli/run.h"

#include <stdarg.h>
#include <unistd.h>

#include "base/file.h"
#include "base/in_order.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "cli/assumptions.h"
#include "cli/cmd_diff.h"
#include "cli/cmd_fix.h"
#include "cli/config.h"
#include "cli/known.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/parameter_file.h"
#include "cli/progress.h"
#include "cli/stats.h"
#include "cli/surroundings.h"
#include "doc/dump.h"

/* A unit between its analysis and its report. */
struct unit_result {
    struct arena arena;
    struct analysis *analysis; /* NULL: a file could not be read */
    const struct fixes *fixes; /* NULL: not looked for */
    uint64_t fix_time;
};

struct run {
    struct cli_options *o;
    struct arena *arena;
    struct diags diags; /* of no template */
    struct source_set sources;
    struct settings *settings;
    struct analysis_options analysis;
    struct assumptions assume;
    struct report_options reporting;
    struct baseline *baseline; /* NULL: none */
    struct load load;
    struct unit_result *units;    /* beside load.plan.units */
    VEC(struct report *) reports; /* beside o->outputs */
    VEC(struct str) parameters;   /* names that templates declare, for suggestions */
    struct stats stats;
    struct progress progress;
    uint64_t began;
    size_t first; /* unit; of --shard */
    struct buf dump;
    bool *ids_seen;        /* beside o->only */
    struct cmd_diff *diff; /* of `diff` */
    size_t templates;
    size_t at_gate; /* findings at or above it */
    size_t errors;
};

int run_fail(const char *fmt, ...)
{
    va_list ap;
    fputs("cfnreach: ", stderr);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    return STATUS_ERROR;
}

int run_print(struct cli_options *o, struct str bytes)
{
    struct file_result r = file_write(o->arena, STDOUT_FILENO, bytes);
    if (r.status != FILE_OK) {
        return run_fail("standard output cannot be written: %.*s", STR_ARG(r.why));
    }
    return STATUS_CLEAN;
}

static void count(struct run *run, const struct analysis *a)
{
    run->errors += a->diags.errors;
    for (size_t i = 0; a->findings && i < a->findings->all.n; i++) {
        const struct finding *f = &a->findings->all.at[i];
        bool known = f->baseline == BASELINE_UNCHANGED && !run->o->fail_on_all;
        run->at_gate += !f->suppressed && !known && (unsigned)f->severity >= run->o->gate;
    }
    for (size_t i = 0; a->unit && i < a->unit->templates.n; i++) {
        const struct cfn_template *t = a->unit->templates.at[i];
        for (size_t k = 0; t->stack == NULL && k < t->parameters.n; k++) {
            *VEC_ADD(run->arena, &run->parameters) =
                str_copy(run->arena, t->parameters.at[k]->name);
        }
    }
}

static void dump(struct run *run, const struct analysis *a)
{
    switch ((enum cli_dump)run->o->dump) {
    case DUMP_DOC:
        for (size_t i = 0; i < a->file_n; i++) {
            doc_dump(a->files[i].doc, &run->dump);
        }
        break;
    case DUMP_CFN:
        if (a->unit) {
            cfn_dump(a->unit, &run->dump);
        }
        break;
    case DUMP_WORLD:
        if (a->topology) {
            world_dump(a->topology->world, &run->dump);
        }
        break;
    case DUMP_NOTHING:
    case DUMP_FLOWS:
        break;
    }
}

/* A unit is read, analysed and looked through for fixes on any thread. */
static void work(void *context, size_t i)
{
    struct run *run = context;
    struct unit_result *u = &run->units[i];
    struct analysis_unit unit;
    if (!load_unit(&run->load, &u->arena, run->first + i, &unit)) {
        return;
    }
    u->analysis = analysis_run_unit(&u->arena, &unit, &run->analysis);
    bool fixes = run->o->command != COMMAND_FIX && !run->o->no_fixes && !run->o->unknowns;
    if (fixes && run->reports.n > 0) {
        struct fix_options options = {.analysis = &run->analysis, .proofs = LIMIT_PROOFS_LINT};
        uint64_t begin = surroundings_clock();
        u->fixes = fix_find(&u->arena, u->analysis, &options);
        u->fix_time = surroundings_clock() - begin;
    }
}

static void report(struct run *run, struct analysis *a, const struct fixes *fixes)
{
    run->templates += a->file_n;
    assumptions_note(&run->assume, a);
    if (run->o->command == COMMAND_FIX) {
        const struct analysis *after =
            cmd_fix_one(run->o, run->ids_seen, a, &run->analysis, &run->dump, &run->diags);
        count(run, after);
        return;
    }
    if (run->diff != NULL) {
        cmd_diff_take(run->diff, a);
    }
    known_mark(run->baseline, &run->reporting, a);
    for (size_t i = 0; i < run->reports.n; i++) {
        report_add(run->reports.at[i], a, fixes);
    }
    dump(run, a);
    count(run, a);
}

/* Nothing that goes wrong with it matters. */
static void show_progress(struct run *run, size_t done, uint64_t now)
{
    struct buf line;
    buf_init(&line);
    if (done < run->progress.total) {
        progress_step(&run->progress, done, now, &line);
    } else {
        progress_end(&run->progress, &line);
    }
    fwrite(line.p, 1, line.n, stderr);
    buf_release(&line);
}

/* In the order of the input, on one thread. */
static void take(void *context, size_t i)
{
    struct run *run = context;
    struct unit_result *u = &run->units[i];
    uint64_t begin = surroundings_clock();
    show_progress(run, i, begin);
    if (u->analysis) {
        stats_add(&run->stats, u->analysis);
        run->stats.fixes += u->fix_time;
        report(run, u->analysis, u->fixes);
    }
    run->stats.reports += surroundings_clock() - begin;
    arena_release(&u->arena);
}

static void each_unit(struct run *run)
{
    size_t all = run->load.plan.units.n, n = all;
    if (run->o->shard) {
        run->first = all * (run->o->shard - 1) / run->o->shard_of;
        n = all * run->o->shard / run->o->shard_of - run->first;
    }
    run->units = ARENA_ARRAY(run->arena, n, struct unit_result);
    run->progress = progress_of(n, !run->o->quiet && surroundings_terminal(true));
    in_order(n, surroundings_threads(run->o->jobs, n), run, work, take);
    show_progress(run, n, 0);
}

static void show_stats(const struct run *run)
{
    struct buf out;
    buf_init(&out);
    stats_write(&run->stats, surroundings_clock() - run->began, &out);
    fwrite(out.p, 1, out.n, stderr);
    buf_release(&out);
}

/* A name that no template declares is a mistake in the call (DESIGN.md, "Parameters"). */
static void check_given(struct run *run)
{
    for (size_t i = 0; i < run->o->given.n; i++) {
        const struct cfn_given *g = &run->o->given.at[i];
        if (g->used || run->load.plan.units.n == 0) {
            continue;
        }
        struct str best = suggest(g->name, run->parameters.at, run->parameters.n);
        diag_add(&run->diags, DIAG_ARGUMENT, SPAN_NONE,
                 "No template declares the parameter '%.*s' of --parameters%s%.*s%s",
                 STR_ARG(g->name), best.n ? "; did you mean '" : "", STR_ARG(best),
                 best.n ? "'?" : ".");
    }
}

static int status_of(const struct run *run)
{
    if (run->errors || run->diags.errors) {
        return STATUS_ERROR;
    }
    /* A list of what is left open is no gate. */
    return run->at_gate && !run->o->unknowns ? STATUS_FINDINGS : STATUS_CLEAN;
}

static struct report_options report_options(const struct run *run)
{
    const struct cli_options *o = run->o;
    struct str cwd = surroundings_folder(run->arena);
    struct str root = surroundings_root(run->arena, cwd);
    if (o->root.n) {
        root = o->root.p[0] == '/'
                   ? o->root
                   : str_format(run->arena, "%.*s/%.*s", STR_ARG(cwd), STR_ARG(o->root));
    }
    return (struct report_options){
        .color = surroundings_color((enum cli_color)o->color),
        .links = surroundings_color((enum cli_color)o->color) && surroundings_terminal(false),
        .quiet = o->quiet,
        .verbose = o->verbose,
        .omit_suppressed = o->sarif_suppressed == SUPPRESSED_OMIT,
        .gate = o->gate,
        .region = o->region.n ? o->region : STR("unknown"),
        .event_time = o->event_time.n ? o->event_time : STR("1970-01-01T00:00:00Z"),
        .sns = o->sns,
        .shard = o->shard,
        .shard_of = o->shard_of,
        .root = root,
        .cwd = cwd,
        .unknowns = o->unknowns,
        .all_witnesses = o->all_witnesses,
        .flows = o->command == COMMAND_FLOWS || o->dump == DUMP_FLOWS,
        .settings = run->settings,
        .baseline = run->baseline,
        .show_unchanged = o->fail_on_all,
    };
}

/* What --write-baseline writes is a log of its own, without the states of this run. False: a wrong
 * call. */
static bool begin_baseline(struct run *run)
{
    struct cli_options *o = run->o;
    if (!o->write_baseline || o->dump != DUMP_NOTHING) {
        return true;
    }
    struct str file = known_target(o);
    if (file.n == 0) {
        run_fail("--write-baseline names no file, and there is no --baseline");
        return false;
    }
    struct report_options options = run->reporting;
    options.baseline = NULL;
    options.omit_suppressed = false;
    const struct report_format *sarif = report_format_find(STR("sarif"));
    *VEC_ADD(run->arena, &o->outputs) = (struct cli_output){sarif, file};
    *VEC_ADD(run->arena, &run->reports) = report_begin(run->arena, sarif, options);
    return true;
}

static bool shows_flows(const struct report_format *f)
{
    return f->flows;
}

static bool shows_findings(const struct report_format *f)
{
    return f->lint;
}

/* One report per -f. False: a wrong call. */
static bool begin_reports(struct run *run)
{
    struct cli_options *o = run->o;
    if (o->command == COMMAND_FIX || o->command == COMMAND_DIFF) {
        return true;
    }
    if (o->dump != DUMP_NOTHING) {
        o->outputs.n = 0;
        if (o->dump != DUMP_FLOWS) {
            return true;
        }
        *VEC_ADD(run->arena, &o->outputs) =
            (struct cli_output){report_format_find(STR("json")), {0}};
    }
    if (!output_begin(o, run->reporting.flows ? shows_flows : shows_findings)) {
        return false;
    }
    for (size_t i = 0; i < o->outputs.n; i++) {
        const struct cli_output *output = &o->outputs.at[i];
        struct report_options own = run->reporting;
        own.color = own.color && output->file.n == 0;
        own.links = own.links && output->file.n == 0;
        *VEC_ADD(run->arena, &run->reports) = report_begin(run->arena, output->format, own);
    }
    return begin_baseline(run);
}

static int end_reports(struct run *run)
{
    int status = status_of(run);
    for (size_t i = 0; i < run->reports.n; i++) {
        struct report *r = run->reports.at[i];
        struct str file = run->o->outputs.at[i].file;
        report_end(r, &run->diags, &run->sources, status);
        if (run->o->write_baseline && i + 1 == run->reports.n && status == STATUS_ERROR) {
            /* What was not looked at must not become known. */
            run_fail("'%.*s' is not written: the run is not complete", STR_ARG(file));
        } else if (output_write(run->o, file, buf_str(&r->out)) != STATUS_CLEAN) {
            status = STATUS_ERROR;
        }
        report_release(r);
    }
    return status;
}

/* Without a text report on a terminal, errors would be seen by nobody but a parser. */
static void errors_to_stderr(struct run *run)
{
    bool shown = false;
    for (size_t i = 0; run->diff == NULL && i < run->o->outputs.n; i++) {
        const struct cli_output *output = &run->o->outputs.at[i];
        shown |= output->file.n == 0 && str_is(str_from(output->format->name), "text");
    }
    for (size_t i = 0; !shown && i < run->diags.all.n; i++) {
        const struct diag *g = &run->diags.all.at[i];
        if (diag_kind(g->id)->level == DIAG_ERROR && !g->is_pending) {
            output_say(STR(""), (struct position){0}, g->message);
        }
    }
}

static bool prepare(struct run *run)
{
    struct cli_options *o = run->o;
    diags_init(&run->diags, run->arena);
    source_set_init(&run->sources, run->arena);
    bool configured = config_take(o, &run->sources, &run->diags);
    run->ids_seen = ARENA_ARRAY(run->arena, o->only.n, bool);
    if (o->command != COMMAND_FLOWS) {
        struct str policy = o->policy.n ? o->policy : STR("default");
        size_t from = run->diags.all.n;
        run->settings = settings_load(run->arena, policy, &run->sources, &run->diags);
        config_place_policy(o, &run->diags, from);
        if (run->settings && o->config->ignores) {
            configured &= settings_ignores(run->settings, o->config->ignores, o->config->folder,
                                           o->config->below, &run->diags);
        }
        for (size_t i = 0; run->settings && i < o->targets.n; i++) {
            if (!settings_target(run->settings, o->targets.at[i], SPAN_NONE)) {
                BUG("a target tag without '='");
            }
        }
    }
    if (run->settings) {
        settings_select(run->settings, o->select, o->select_named, o->ignore);
    }
    parameter_files_take(o, &run->sources, &run->diags);
    config_parameters(o);
    run->baseline = known_read(o, &run->diags);
    if (run->baseline) {
        baseline_settings(run->baseline, run->settings);
    }
    run->analysis = (struct analysis_options){
        .cfn = {.given = o->given.at, .given_n = o->given.n, .region = o->region},
        .settings = run->settings,
        .today = o->today.n ? o->today : surroundings_today(run->arena),
        .ticks = o->stats ? surroundings_clock : NULL,
    };
    assumptions_init(&run->assume, o, run->settings);
    assumptions_give(&run->assume, &run->analysis);
    bool known = o->baseline.n == 0 || run->baseline;
    return configured && known && (o->command == COMMAND_FLOWS || run->settings);
}

/* What one part of the templates says of the call, the others may know better: no error of this
 * run, but what a merge decides. */
static void leave_pending(struct run *run, size_t from, size_t errors)
{
    for (size_t i = from; run->o->shard && i < run->diags.all.n; i++) {
        run->diags.all.at[i].is_pending = true;
        run->diags.errors = errors;
    }
}

/* What the paths stand for, unit by unit. */
static void read_all(struct run *run, const struct str *paths, size_t n)
{
    struct cli_options *o = run->o;
    struct found found = {0};
    load_init(&run->load, o, &run->sources, &run->diags);
    for (size_t i = 0; i < n; i++) {
        if (run->diff != NULL) {
            run->load.is_git = cmd_diff_discover(run->diff, paths[i], &found, &run->diags);
        } else {
            discover(run->arena, paths[i], &found, &run->diags);
        }
    }
    discover_once(&found, run->reporting.cwd);
    known_files(run->baseline, o, &run->reporting, &found);
    load_plan(&run->load, &found, &run->analysis.cfn);
    each_unit(run);
    load_release(&run->load);
    size_t from = run->diags.all.n, errors = run->diags.errors;
    load_check_given(&run->load);
    leave_pending(run, from, errors);
    if (o->verbose && run->load.skipped) {
        fprintf(stderr, "cfnreach: %zu file%s skipped: no CloudFormation template\n",
                run->load.skipped, run->load.skipped == 1 ? "" : "s");
    }
}

/* All together; of `diff` each of the two sides by itself. */
static void read_paths(struct run *run)
{
    const struct cli_options *o = run->o;
    size_t step = run->diff != NULL ? 1 : o->paths.n;
    for (size_t i = 0; i < o->paths.n; i += step) {
        read_all(run, &o->paths.at[i], step);
    }
}

/* After all units: what is wrong with the call. */
static void check_call(struct run *run)
{
    struct cli_options *o = run->o;
    known_end(run->baseline, &run->reporting);
    size_t from = run->diags.all.n, errors = run->diags.errors;
    check_given(run);
    assumptions_check(&run->assume, &run->diags);
    if (run->settings && run->load.plan.units.n && o->command == COMMAND_LINT) {
        settings_unused(run->settings, &run->diags);
    }
    cmd_fix_ids(o, run->ids_seen, &run->diags);
    leave_pending(run, from, errors);
    diags_sort(&run->diags);
    errors_to_stderr(run);
}

static int finish(struct run *run)
{
    if (run->diff != NULL) {
        run->at_gate = cmd_diff_compare(run->diff);
        return cmd_diff_write(run->diff, status_of(run));
    }
    int status = end_reports(run);
    if (run->dump.n && run_print(run->o, buf_str(&run->dump)) != STATUS_CLEAN) {
        status = STATUS_ERROR;
    }
    return status;
}

int run_lint(struct cli_options *o)
{
    struct run run = {.o = o, .arena = o->arena, .began = surroundings_clock()};
    buf_init(&run.dump);
    if (o->command == COMMAND_DIFF && (run.diff = cmd_diff_begin(o)) == NULL) {
        return STATUS_ERROR;
    }
    bool ready = prepare(&run);
    if (o->paths.n == 0 && ready) {
        settings_release(run.settings);
        return run_fail("nothing to read: name templates, folders, or '-' for standard input");
    }
    if (o->shard && (o->baseline.n || o->write_baseline)) {
        settings_release(run.settings);
        return run_fail("--shard does not go with --baseline: a part does not know what is absent");
    }
    run.reporting = report_options(&run);
    if (!begin_reports(&run)) {
        settings_release(run.settings);
        return STATUS_ERROR;
    }
    run.analysis.cfn.patterns = regex_shelf_new();
    if (ready) {
        read_paths(&run);
    } else {
        read_all(&run, NULL, 0);
    }
    check_call(&run);
    int status = finish(&run);
    if (o->stats) {
        show_stats(&run);
    }
    buf_release(&run.dump);
    regex_shelf_release(run.analysis.cfn.patterns);
    settings_release(run.settings);
    return status;
}
