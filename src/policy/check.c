/*
 * From flows to findings, in the order of the steps.
 */
#include "policy/check.h"

/* A free-text parameter that keeps its Default is no doubt about the rule: that is what gets
 * deployed when nobody types anything. So of a witness only the other literals count. */
static void leave_defaults_out(const struct checker *c, struct reach_judgement *j)
{
    if (j->verdict != REACH_POSSIBLE) {
        return;
    }
    j->doubt = GUARD_HIGH;
    for (size_t i = 0; i < j->witness.n; i++) {
        const struct guard_literal *l = &j->witness.at[i];
        const struct guard_variable *v = guard_variable(c->world->space, l->var);
        if (v->rank == RANK_PARAMETER && v->standard == l->outcome) {
            continue;
        }
        j->doubt = v->doubt > j->doubt ? v->doubt : j->doubt;
    }
    j->doubts_rule = false;
}

static bool opening_mentions(const struct checker *c, uint32_t opening, uint32_t var)
{
    if (opening == WORLD_NONE) {
        return false;
    }
    const struct opening *o = &c->openings.at[opening];
    for (size_t i = 0; i < o->rules.n; i++) {
        if (guard_mentions(c->world->space, check_rule(c, o, i)->when, var)) {
            return true;
        }
    }
    return false;
}

bool check_doubts(const struct checker *c, const struct reach_judgement *j, uint32_t opening)
{
    struct guard_space *space = c->world->space;
    if (j->verdict != REACH_POSSIBLE) {
        return false;
    }
    for (size_t i = 0; i < j->witness.n; i++) {
        const struct guard_literal *l = &j->witness.at[i];
        const struct guard_variable *v = guard_variable(space, l->var);
        if (!v->doubts_rule || (v->rank == RANK_PARAMETER && v->standard == l->outcome)) {
            continue;
        }
        if (opening_mentions(c, opening, l->var) ||
            (guard_exceeded(space) && guard_mentions(space, guard_budget(space), l->var))) {
            return true;
        }
    }
    return false;
}

struct reach_judgement check_judge(struct checker *c, struct guard when)
{
    if (!c->judged) {
        c->judged = ARENA_ARRAY(c->arena, JUDGED_COUNT, struct judged);
    }
    struct judged *slot = &c->judged[when.node % JUDGED_COUNT];
    if (!slot->known || !guard_same(slot->when, when)) {
        *slot = (struct judged){when, true, reach_judge(c->world, when, c->arena)};
        leave_defaults_out(c, &slot->judgement);
    }
    return slot->judgement;
}

struct draft *check_draft(struct checker *c, const struct rule *rule, uint32_t opening,
                          enum world_edge edge)
{
    struct draft *d = VEC_ADD(c->arena, &c->drafts);
    d->opening = opening;
    d->finding.rule = rule;
    d->finding.edge = edge;
    d->finding.at = SPAN_NONE;
    d->finding.suppression_at = SPAN_NONE;
    d->finding.protocol = PROTOCOL_ALL;
    d->finding.ports = PORTS_ALL;
    return d;
}

struct draft *check_draft_of(struct checker *c, const struct rule *rule, uint32_t opening,
                             const struct reach_flow *f)
{
    enum world_edge edge = f->edge;
    uint32_t alone = opening == WORLD_NONE ? f->interface : WORLD_NONE;
    uint32_t numbers[] = {(uint32_t)rule_index(rule), opening, (uint32_t)edge, alone};
    struct str key = {(const char *)numbers, sizeof numbers};
    if (map_get(&c->draft_by_key, key) == NULL) {
        void **place = map_at(&c->draft_by_key, str_copy(c->arena, key));
        size_t *number = ARENA_NEW(c->arena, size_t);
        *number = c->drafts.n;
        *place = number;
        return check_draft(c, rule, opening, edge);
    }
    return &c->drafts.at[*(const size_t *)map_get(&c->draft_by_key, key)];
}

/* A finding says what its worst endpoint says. */
static void take_worst(struct finding *f)
{
    if (f->endpoints.n == 0) {
        return;
    }
    order_endpoints(f);
    const struct finding_endpoint *e = &f->endpoints.at[0];
    f->severity = e->severity;
    f->verdict = e->verdict;
    f->doubt = e->doubt;
    f->exposure = e->exposure;
    f->protocol = e->protocol;
    f->ports = e->ports;
    f->service = e->service;
    f->witness = e->witness;
    f->witness_n = e->witness_n;
}

static struct findings *check(struct checker *c)
{
    struct arena *a = c->arena;
    map_init(&c->draft_by_key, a);
    map_init(&c->fact_texts, a);
    map_init(&c->step_texts, a);
    map_init(&c->pieces, a);
    check_index(c);
    if (!c->brief) {
        suppress_read(a, c->topology->unit, &c->suppressions);
    }
    check_exposed(c);
    check_aggregates(c);
    check_unused(c);
    scope_warn(c);
    size_t kept = 0;
    for (size_t i = 0; i < c->drafts.n; i++) {
        if (scope_keeps(c, &c->drafts.at[i])) {
            c->drafts.at[kept++] = c->drafts.at[i];
        }
    }
    c->drafts.n = kept;
    struct findings *out = ARENA_NEW(a, struct findings);
    out->arena = a;
    for (size_t i = 0; i < c->drafts.n; i++) {
        suppress_endpoints(c, &c->drafts.at[i]);
        take_worst(&c->drafts.at[i].finding);
        place_draft(c, &c->drafts.at[i]);
    }
    place_number(c);
    for (size_t i = 0; i < c->drafts.n; i++) {
        struct draft *d = &c->drafts.at[i];
        if (!c->brief) {
            related_draft(c, d);
            words_draft(c, d);
            related_constructs(c, d);
            suppress_draft(c, d);
            ignore_draft(c, d);
        }
        *VEC_ADD(a, &out->all) = d->finding;
    }
    suppress_unused(c);
    order_findings(out);
    out->interfaces = c->world->interfaces.n;
    out->facts = c->facts;
    return out;
}

static struct checker *checker_of(struct arena *a, struct settings *settings,
                                  const struct topology *topology, struct reach *reach,
                                  const struct reach_answer *answer)
{
    struct checker *c = ARENA_NEW(a, struct checker);
    *c = (struct checker){.arena = a,
                          .settings = settings,
                          .topology = topology,
                          .world = topology->world,
                          .reach = reach,
                          .answer = answer};
    return c;
}

struct findings *policy_check(struct arena *a, struct settings *settings,
                              const struct topology *topology, struct reach *reach,
                              const struct reach_answer *answer, struct str today)
{
    struct checker *c = checker_of(a, settings, topology, reach, answer);
    c->today = today;
    return check(c);
}

struct findings *policy_check_brief(struct arena *a, struct settings *settings,
                                    const struct topology *topology, struct reach *reach,
                                    const struct reach_answer *answer)
{
    struct checker *c = checker_of(a, settings, topology, reach, answer);
    c->brief = true;
    return check(c);
}
