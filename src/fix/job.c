/*
 * What remedies ask of a template: free names, what a reference names, numbers, and how a
 * whole resource is taken out.
 */
#include "fix/job.h"

const char *fix_safety_name(enum fix_safety s)
{
    switch (s) {
    case FIX_SAFE:
        return "safe";
    case FIX_UNSAFE:
        return "unsafe";
    case FIX_ADVICE:
        return "advice";
    }
    BUG("no safety %d", (int)s);
}

/* A template that two stacks are made from has each place twice. */
static struct str key_of(struct arena *a, struct span at, struct str resource)
{
    return str_format(a, "%u %u %u %.*s", at.source, at.begin, at.end, STR_ARG(resource));
}

/* Ingress rules by the place of their source, in the order of the world: the first of a place
 * is the first of its opening. */
static void index_openings(struct fix_job *job)
{
    const struct topology *t = job->analysis->topology;
    for (size_t i = 0; i < t->world->groups.n; i++) {
        const struct world_group *g = &t->world->groups.at[i];
        for (size_t k = 0; k < g->rules.n; k++) {
            const struct topology_origin *o = topology_origin(t, g->rules.at[k].id);
            if (g->rules.at[k].egress || span_is_none(o->at) || o->item == NULL) {
                continue;
            }
            struct str holder = {0};
            if (o->resource != NULL) {
                holder = cfn_resource_name(o->resource);
            }
            void **place = map_at(&job->openings, key_of(job->arena, o->at, holder));
            if (*place == NULL) {
                struct known_rule *known = ARENA_NEW(job->arena, struct known_rule);
                *known = (struct known_rule){(uint32_t)i, (uint32_t)k};
                *place = known;
            }
        }
    }
}

void job_open(struct fix_job *job, struct arena *a, const struct analysis *analysis,
              const struct fix_options *options)
{
    *job = (struct fix_job){.arena = a,
                            .analysis = analysis,
                            .options = options,
                            .alternatives = SIZE_MAX,
                            .together = SIZE_MAX};
    map_init(&job->openings, a);
    map_init(&job->names, a);
    map_init(&job->proofs, a);
    if (analysis->unit->templates.n > 0) {
        job_enter(job, analysis->unit->templates.at[0]);
    }
    if (job->t != NULL && analysis->topology != NULL) {
        index_openings(job);
    }
}

void job_enter(struct fix_job *job, const struct cfn_template *t)
{
    job->t = t;
    job->file = &job->analysis->files[t->input.doc->source->id];
    job->style = style_of(job->file->doc);
    job->leaves = NULL;
}

const struct cfn_template *job_home(const struct fix_job *job, size_t finding)
{
    const struct analysis *n = job->analysis;
    struct span at = n->findings->all.at[finding].at;
    const struct known_rule *known = job_opening(job, &n->findings->all.at[finding]);
    if (known != NULL) {
        const struct world_group *g = &n->topology->world->groups.at[known->group];
        const struct topology_origin *o = topology_origin(n->topology, g->rules.at[known->rule].id);
        return o->resource != NULL ? o->resource->home : n->unit->templates.at[0];
    }
    const struct analysis_file *file = analysis_file_of(n, at);
    for (size_t i = 0; i < n->unit->templates.n; i++) {
        if (n->unit->templates.at[i]->input.doc == file->doc) {
            return n->unit->templates.at[i];
        }
    }
    return n->unit->templates.at[0];
}

const struct known_rule *job_opening(const struct fix_job *job, const struct finding *f)
{
    struct arena scratch = {0};
    const struct known_rule *known = map_get(&job->openings, key_of(&scratch, f->at, f->resource));
    arena_release(&scratch);
    return known;
}

struct candidate candidate_new(const struct candidates *c)
{
    struct fix_job *job = c->job;
    map_init(&job->names, job->arena);
    return (struct candidate){
        .edits = {.arena = job->arena, .doc = job->file->doc, .style = &job->style}};
}

void candidate_add(struct candidates *c, const struct candidate *candidate)
{
    *VEC_ADD(c->job->arena, &c->all) = *candidate;
}

void candidate_fail(struct candidates *c, const struct candidate *candidate)
{
    if (c->hindrance.n == 0) {
        c->hindrance = candidate->edits.why;
    }
}

struct str job_fresh_name(struct fix_job *job, const char *wish)
{
    struct str name = str_from(wish);
    for (unsigned i = 2;; i++) {
        bool taken = map_get(&job->t->resource_by_id, name) != NULL ||
                     map_get(&job->t->parameter_by_name, name) != NULL ||
                     map_get(&job->names, name) != NULL;
        if (!taken) {
            break;
        }
        name = str_format(job->arena, "%s%u", wish, i);
    }
    *map_at(&job->names, name) = job;
    return name;
}

bool job_number(const struct doc_node *node, int64_t *out)
{
    return node != NULL && node->kind == DOC_SCALAR && node->tag.n == 0 && !node->is_alias &&
           str_to_int(node->text, out);
}

const struct doc_node *job_target_name(const struct doc_node *node)
{
    if (node == NULL) {
        return NULL;
    }
    if (node->kind == DOC_SCALAR) {
        return str_is(node->tag, "!Ref") ? node : NULL;
    }
    const struct doc_node *ref = node->n == 1 ? doc_get(node, "Ref") : NULL;
    return ref != NULL && ref->kind == DOC_SCALAR ? ref : NULL;
}

const struct cfn_resource *job_target(const struct fix_job *job, const struct doc_node *node)
{
    const struct doc_node *name = job_target_name(node);
    if (name != NULL) {
        return cfn_resource(job->t, name->text);
    }
    const struct doc_node *get = node;
    if (node != NULL && node->tag.n == 0) {
        get = node->n == 1 ? doc_get(node, "Fn::GetAtt") : NULL;
    } else if (node != NULL && !str_is(node->tag, "!GetAtt")) {
        get = NULL;
    }
    if (get != NULL && get->kind == DOC_SEQ && get->n > 0) {
        get = get->items[0];
    }
    if (get == NULL || get->kind != DOC_SCALAR) {
        return NULL;
    }
    return cfn_resource(job->t, str_sub(get->text, 0, str_find_byte(get->text, '.', 0)));
}

bool job_remove_resource(struct fix_job *job, struct edits *e, const struct cfn_resource *r)
{
    for (size_t i = 0; i < job->t->references.n; i++) {
        const struct cfn_reference *ref = &job->t->references.at[i];
        if (ref->to != r || ref->from == r) {
            continue;
        }
        if (!ref->depends_on) {
            struct str who = ref->from != NULL ? ref->from->id : ref->output;
            return edits_fail(e, "'%.*s' refers to it", STR_ARG(who));
        }
        if (!edit_remove(e, ref->node)) {
            return false;
        }
    }
    return edit_remove(e, r->node);
}
