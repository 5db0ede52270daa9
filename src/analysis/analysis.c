/*
 * One template through all the stages.
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

struct analysis *analysis_run(struct arena *a, struct str path, struct str bytes,
                              const struct analysis_options *options)
{
    struct analysis *r = ARENA_NEW(a, struct analysis);
    r->arena = a;
    source_set_init(&r->sources, a);
    diags_init(&r->diags, a);
    r->source = source_add(&r->sources, path, bytes);

    r->doc = doc_read(a, r->source, LIMIT_TEMPLATE_BYTES, &r->diags);
    if (r->doc->root != NULL) {
        r->unit = cfn_unit_new(a, &r->sources, &r->diags, options->cfn);
        if (cfn_add(r->unit, r->doc, STR("")) != NULL) {
            cfn_seal(r->unit);
            r->topology = topology_build(r->unit);
            r->reach = reach_new(a, r->topology->world);
            r->answer = options->brief ? reach_solve_flows(r->reach) : reach_solve(r->reach);
            r->findings = findings_of(r, options);
        }
    }
    diags_sort(&r->diags);
    return r;
}
