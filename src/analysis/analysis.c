/*
 * A unit through all the stages.
 */
#include "analysis/analysis.h"

#include "base/limits.h"

static struct findings *findings_of(struct analysis *r, const struct analysis_options *options)
{
    if (options->settings == NULL) {
        return NULL;
    }
    if (options->brief) {
        return policy_check_brief(r->arena, options->settings, r->topology, r->reach, &r->answer);
    }
    return policy_check(r->arena, options->settings, r->topology, r->reach, &r->answer,
                        options->today);
}

static void copy_unit(struct analysis *r, const struct analysis_unit *unit)
{
    struct analysis_input *inputs = ARENA_ARRAY(r->arena, unit->input_n, struct analysis_input);
    for (size_t i = 0; i < unit->input_n; i++) {
        inputs[i] = unit->inputs[i];
    }
    r->made_of = *unit;
    r->made_of.inputs = inputs;
    if (unit->nesting_n > 0) {
        struct analysis_nesting *nestings =
            ARENA_ARRAY(r->arena, unit->nesting_n, struct analysis_nesting);
        memcpy(nestings, unit->nestings, unit->nesting_n * sizeof *nestings);
        r->made_of.nestings = nestings;
    }
}

static void read_files(struct analysis *r)
{
    r->file_n = r->made_of.input_n;
    r->files = ARENA_ARRAY(r->arena, r->file_n, struct analysis_file);
    for (size_t i = 0; i < r->file_n; i++) {
        const struct analysis_input *input = &r->made_of.inputs[i];
        struct analysis_file *file = &r->files[i];
        if (input->doc != NULL) {
            file->doc = input->doc;
            file->source = input->doc->source;
            source_take(&r->sources, file->source);
            continue;
        }
        file->source = source_add(&r->sources, input->path, input->bytes);
        file->source->has_nul = input->has_nul;
        file->doc = doc_read(r->arena, file->source, LIMIT_TEMPLATE_BYTES, &r->diags);
    }
    r->source = r->files[0].source;
    r->doc = r->files[0].doc;
}

/* The templates that are stacks of their own; those of nested stacks come with them. */
static void declare(struct analysis *r)
{
    for (size_t i = 0; i < r->made_of.nesting_n; i++) {
        const struct analysis_nesting *n = &r->made_of.nestings[i];
        *VEC_ADD(r->arena, &r->unit->nestings) =
            (struct cfn_nesting){r->files[n->parent].doc, n->resource, r->files[n->child].doc};
    }
    for (size_t i = 0; i < r->file_n; i++) {
        const struct analysis_input *input = &r->made_of.inputs[i];
        if (!input->is_nested) {
            (void)cfn_declare(r->unit, &(struct cfn_input){.doc = r->files[i].doc,
                                                           .name = input->name,
                                                           .stack_name = input->stack_name,
                                                           .given = input->given,
                                                           .given_n = input->given_n});
        }
    }
}

static bool has_tree(const struct analysis *r)
{
    for (size_t i = 0; i < r->file_n; i++) {
        if (r->files[i].doc->root != NULL) {
            return true;
        }
    }
    return false;
}

/* Verdicts are as they are; what is missing are rules to which a finding could be tied. */
static void say_cut(struct analysis *r)
{
    if (r->answer.cut) {
        struct span rule = topology_origin(r->topology, r->answer.first_cut)->block;
        diag_add(&r->diags, DIAG_BUDGET,
                 span_is_none(rule) ? (struct span){r->source->id, 0, 0} : rule,
                 "Port ranges of rules overlap more than %d times, the limit; from this rule on "
                 "only %d of each range are looked at.",
                 LIMIT_OPENERS, LIMIT_OPENERS_BEYOND);
    }
}

/* What is reachable on the interfaces left out is not known: the answer is incomplete. */
static void say_left_out(struct analysis *r)
{
    if (r->answer.left_out == 0) {
        return;
    }
    const struct world_interface *i = &r->topology->world->interfaces.at[r->answer.first_left_out];
    const struct topology_origin *origin = topology_origin(r->topology, i->id);
    bool known = origin != NULL && origin->resource != NULL;
    struct diag *d = diag_add(
        &r->diags, DIAG_BUDGET,
        known ? doc_full_span(origin->resource->key) : (struct span){r->source->id, 0, 0},
        "The rules of all interfaces together open more than %d flows, the limit; %zu interface%s "
        "left out, from here on, where others see the same.",
        LIMIT_FLOWS, r->answer.left_out, r->answer.left_out == 1 ? " is" : "s are");
    d->resource = known ? origin->resource->id : STR("");
}

static void lap(struct analysis *r, const struct analysis_options *options, enum analysis_stage s)
{
    if (options->ticks != NULL) {
        uint64_t now = options->ticks();
        r->spent[s] = now - r->since;
        r->since = now;
    }
}

struct analysis *analysis_run_unit(struct arena *a, const struct analysis_unit *unit,
                                   const struct analysis_options *options)
{
    struct analysis *r = ARENA_NEW(a, struct analysis);
    r->arena = a;
    source_set_init(&r->sources, a);
    diags_init(&r->diags, a);
    r->since = options->ticks != NULL ? options->ticks() : 0;
    copy_unit(r, unit);
    read_files(r);
    lap(r, options, ANALYSIS_READ);
    if (has_tree(r)) {
        r->unit = cfn_unit_new(a, &r->sources, &r->diags, options->cfn);
        declare(r);
    }
    if (r->unit != NULL && r->unit->templates.n > 0) {
        cfn_seal(r->unit);
        lap(r, options, ANALYSIS_EVALUATE);
        r->topology = topology_build_assuming(r->unit, options->assume, options->assume_n);
        lap(r, options, ANALYSIS_BUILD);
        r->reach = reach_new(a, r->topology->world);
        reach_limit(r->reach, LIMIT_FLOWS);
        r->answer = options->brief ? reach_solve_flows(r->reach) : reach_solve(r->reach);
        lap(r, options, ANALYSIS_REACH);
        say_cut(r);
        say_left_out(r);
        r->findings = findings_of(r, options);
        lap(r, options, ANALYSIS_JUDGE);
    }
    diags_sort(&r->diags);
    return r;
}

struct analysis *analysis_run(struct arena *a, struct str path, struct str bytes,
                              const struct analysis_options *options)
{
    struct analysis_input input = {.path = path, .bytes = bytes};
    struct analysis_unit unit = {.inputs = &input, .input_n = 1};
    return analysis_run_unit(a, &unit, options);
}

struct analysis *analysis_run_edited(struct arena *a, const struct analysis *before,
                                     const struct source *source, struct str bytes,
                                     const struct analysis_options *options)
{
    struct analysis_unit unit = before->made_of;
    struct analysis_input *inputs = ARENA_ARRAY(a, unit.input_n, struct analysis_input);
    memcpy(inputs, unit.inputs, unit.input_n * sizeof *inputs);
    inputs[source->id].bytes = bytes;
    inputs[source->id].has_nul = false;
    inputs[source->id].doc = NULL;
    unit.inputs = inputs;
    return analysis_run_unit(a, &unit, options);
}

const struct analysis_file *analysis_file_of(const struct analysis *n, struct span at)
{
    return &n->files[span_is_none(at) || at.source >= n->file_n ? 0 : at.source];
}
