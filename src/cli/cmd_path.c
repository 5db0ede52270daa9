/*
 * Names of the command line into elements of the world; the answer is report/path_view.h.
 */
#include "cli/cmd_path.h"

#include "base/limits.h"
#include "base/suggest.h"
#include "cli/assumptions.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/parameter_file.h"
#include "cli/run.h"
#include "cli/surroundings.h"
#include "report/path_json.h"
#include "report/path_text.h"

struct interfaces {
    VEC(uint32_t) all;
};

/* Those of an owner, or the one of this name. */
static struct interfaces find_interfaces(struct arena *a, const struct world *w, struct str name)
{
    struct interfaces found = {0};
    for (uint32_t i = 0; i < w->interfaces.n; i++) {
        const struct world_interface *n = &w->interfaces.at[i];
        bool owned = n->owner != WORLD_NONE && str_eq(w->owners.at[n->owner].name, name);
        if (owned || str_eq(n->name, name)) {
            *VEC_ADD(a, &found.all) = i;
        }
    }
    return found;
}

static uint32_t find_gateway(const struct world *w, struct str name)
{
    for (uint32_t i = 0; i < w->gateways.n; i++) {
        if (str_eq(w->gateways.at[i].name, name)) {
            return i;
        }
    }
    return WORLD_NONE;
}

/* The message about a name that is neither; with gateways: --from. */
static int no_such_end(struct arena *a, const struct analysis *n, const char *option,
                       struct str name, bool gateways)
{
    const struct world *w = n->topology->world;
    const struct cfn_resource *r = cfn_resource_called(n->unit, name);
    if (r) {
        return run_fail("--%s: '%.*s' is of type '%.*s', which has no network interface%s", option,
                        STR_ARG(name), STR_ARG(r->type), gateways ? " and is no way in" : "");
    }
    VEC(struct str) words = {0};
    if (gateways) {
        *VEC_ADD(a, &words) = STR("internet");
    }
    for (size_t i = 0; i < w->owners.n; i++) {
        *VEC_ADD(a, &words) = w->owners.at[i].name;
    }
    for (size_t i = 0; gateways && i < w->gateways.n; i++) {
        *VEC_ADD(a, &words) = w->gateways.at[i].name;
    }
    struct str best = suggest(name, words.at, words.n);
    return run_fail("--%s: the template defines no '%.*s'%s%.*s%s", option, STR_ARG(name),
                    best.n ? "; did you mean '" : "", STR_ARG(best), best.n ? "'?" : "");
}

/* False after a message. */
static bool resolve(struct cli_options *o, const struct analysis *n, struct path_question *q)
{
    const struct world *w = n->topology->world;
    struct interfaces targets = find_interfaces(o->arena, w, o->to);
    if (targets.all.n == 0) {
        no_such_end(o->arena, n, "to", o->to, false);
        return false;
    }
    q->targets = targets.all.at;
    q->target_n = targets.all.n;
    q->gateway = WORLD_NONE;
    if (str_is(o->from, "internet")) {
        q->edge = EDGE_INTERNET;
        return true;
    }
    struct interfaces senders = find_interfaces(o->arena, w, o->from);
    q->senders = senders.all.at;
    q->sender_n = senders.all.n;
    if (q->sender_n > 0) {
        return true;
    }
    q->gateway = find_gateway(w, o->from);
    if (q->gateway == WORLD_NONE) {
        no_such_end(o->arena, n, "from", o->from, true);
        return false;
    }
    q->edge = path_edge_of(w->gateways.at[q->gateway].kind);
    if (q->edge == EDGE_COUNT) {
        run_fail("--from: '%.*s' lets nothing in that did not go out before", STR_ARG(o->from));
        return false;
    }
    return true;
}

/* Errors of a template, or of the files of parameters, on stderr; how many. */
static size_t say_faults(const struct analysis *n, const struct diags *d)
{
    for (size_t i = 0; i < d->all.n; i++) {
        const struct diag *g = &d->all.at[i];
        if (diag_kind(g->id)->level != DIAG_ERROR) {
            continue;
        }
        struct str path = n ? analysis_file_of(n, g->at)->source->path : STR("--parameter-file");
        output_say(g->path.n ? g->path : path, (struct position){0}, g->message);
    }
    return d->errors;
}

/* The values of --parameter-file, beside those of --parameters; how many errors. */
static size_t take_parameters(struct cli_options *o)
{
    struct diags d;
    struct source_set sources;
    diags_init(&d, o->arena);
    source_set_init(&sources, o->arena);
    parameter_files_take(o, &sources, &d);
    return say_faults(NULL, &d);
}

static int write_answers(struct cli_options *o, const struct path_view *view,
                         struct source_set *sources)
{
    int status = STATUS_CLEAN;
    for (size_t i = 0; i < o->outputs.n; i++) {
        struct buf out;
        buf_init(&out);
        struct str file = o->outputs.at[i].file;
        if (str_is(str_from(o->outputs.at[i].format->name), "json")) {
            path_json_write(view, sources, &out);
        } else {
            path_text_write(view, sources,
                            file.n == 0 && surroundings_color((enum cli_color)o->color), &out);
        }
        status = output_write(o, file, buf_str(&out)) == STATUS_CLEAN ? status : STATUS_ERROR;
        buf_release(&out);
    }
    return status;
}

static bool shows_a_path(const struct report_format *f)
{
    return str_is(str_from(f->name), "text") || str_is(str_from(f->name), "json");
}

static int wrong_call(struct cli_options *o)
{
    if (o->paths.n == 0) {
        return run_fail("`path` takes one template, or several that form one network");
    }
    if (o->from.n == 0 || o->to.n == 0) {
        return run_fail("`path` needs --from (internet, or a logical id) and --to (a logical id)");
    }
    return output_begin(o, shows_a_path) ? STATUS_CLEAN : STATUS_ERROR;
}

/* What cannot be read, on stderr; the only unit of the named templates. */
static int read_unit(struct cli_options *o, const struct cfn_options *cfn,
                     struct analysis_unit *unit)
{
    struct diags diags;
    struct source_set sources;
    struct found found = {0};
    struct load load;
    diags_init(&diags, o->arena);
    source_set_init(&sources, o->arena);
    load_init(&load, o, &sources, &diags);
    for (size_t i = 0; i < o->paths.n; i++) {
        discover(o->arena, o->paths.at[i], &found, &diags);
    }
    discover_once(&found, surroundings_folder(o->arena));
    load_plan(&load, &found, cfn);
    bool is_one = load.plan.units.n == 1 && load_unit(&load, o->arena, 0, unit);
    load_release(&load);
    if (load.plan.units.n > 1) {
        run_fail("the templates are not linked by exports or nested stacks; `path` takes one "
                 "template, or several that form one network");
    }
    for (size_t i = 0; i < diags.all.n; i++) {
        output_say(STR(""), (struct position){0}, diags.all.at[i].message);
    }
    return is_one && diags.errors == 0 ? STATUS_CLEAN : STATUS_ERROR;
}

static int undeclared(const struct cli_options *o)
{
    int status = STATUS_CLEAN;
    for (size_t i = 0; i < o->given.n; i++) {
        if (!o->given.at[i].used) {
            status =
                run_fail("the template declares no parameter '%.*s'", STR_ARG(o->given.at[i].name));
        }
    }
    return status;
}

int run_path(struct cli_options *o)
{
    if (wrong_call(o) != STATUS_CLEAN) {
        return STATUS_ERROR;
    }
    bool incomplete = take_parameters(o) > 0;
    struct analysis_options options = {
        .cfn = {.given = o->given.at, .given_n = o->given.n, .region = o->region},
        .today = surroundings_today(o->arena),
    };
    struct analysis_unit unit;
    if (read_unit(o, &options.cfn, &unit) != STATUS_CLEAN) {
        return STATUS_ERROR;
    }
    struct assumptions assume;
    assumptions_init(&assume, o, NULL);
    assumptions_give(&assume, &options);
    struct analysis *n = analysis_run_unit(o->arena, &unit, &options);
    assumptions_note(&assume, n);
    assumptions_check(&assume, &n->diags);
    incomplete |= say_faults(n, &n->diags) > 0;
    if (!n->reach) {
        return STATUS_ERROR;
    }
    incomplete |= undeclared(o) != STATUS_CLEAN;
    static const int protocols[] = {PROTOCOL_ALL, PROTOCOL_TCP, PROTOCOL_UDP};
    struct path_question q = {.from = o->from,
                              .to = o->to,
                              .protocol = protocols[o->protocol],
                              .ports = o->port_given ? o->port : PORTS_ALL};
    if (!resolve(o, n, &q)) {
        return STATUS_ERROR;
    }
    struct path_view view = path_view(o->arena, n, &q);
    if (n->answer.left_out > 0 && view.verdict == REACH_BLOCKED) {
        return run_fail("whether '%.*s' can be reached is not decided: the limit left flows out",
                        STR_ARG(o->to));
    }
    if (write_answers(o, &view, &n->sources) != STATUS_CLEAN || incomplete) {
        return STATUS_ERROR;
    }
    return view.verdict == REACH_BLOCKED ? STATUS_FINDINGS : STATUS_CLEAN;
}
