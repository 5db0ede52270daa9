/*
 * Small steps, each of which only ever lowers a severity.
 */
#include "policy/grade.h"

enum { DOUBT_LEVELS = 2 };

enum severity grade_table(const struct piece *p, enum world_edge edge)
{
    if (p->n == 0 || edge == EDGE_MANAGED || edge == EDGE_CARRIER) { /* SEMANTICS 1.7, 5.5 */
        return SEVERITY_INFORMATIONAL;
    }
    enum severity max = SEVERITY_OFF;
    for (size_t i = 0; i < p->n; i++) {
        const struct service *service = p->at[i].service;
        enum severity one =
            world_edge_is_internet(edge) ? service->internet : service->private_paths;
        max = one > max ? one : max;
    }
    return max;
}

enum severity grade_lowered(enum severity s, unsigned levels)
{
    if (s == SEVERITY_OFF) {
        return s;
    }
    unsigned above = (unsigned)s - (unsigned)SEVERITY_INFORMATIONAL;
    return levels >= above ? SEVERITY_INFORMATIONAL : (enum severity)((unsigned)s - levels);
}

enum severity grade_capped(const struct settings *s, enum severity severity, enum world_edge edge,
                           enum exposure exposure)
{
    enum severity cap = SEVERITY_HIGH;
    if (world_edge_is_internet(edge) && exposure == EXPOSURE_NARROW) {
        cap = s->cap_narrow;
    } else if (world_edge_is_internet(edge) && exposure == EXPOSURE_LIMITED) {
        cap = s->cap_limited;
    }
    return severity < cap ? severity : cap;
}

enum severity grade(const struct settings *s, const struct rule *r, const struct piece *p,
                    const struct grade_case *c)
{
    size_t index = rule_index(r);
    enum severity severity = grade_table(p, c->edge);
    if (s->rule_severity[index] == SEVERITY_OFF || severity == SEVERITY_OFF) {
        return SEVERITY_OFF;
    }
    if (s->rule_has_severity[index]) {
        severity = s->rule_severity[index];
    }
    if (c->verdict == REACH_POSSIBLE && c->doubts_rule && !s->keep_doubtful) {
        severity = grade_lowered(severity, DOUBT_LEVELS);
    }
    severity = grade_capped(s, severity, c->edge, c->exposure);
    bool one_address = c->one_address && !s->keep_doubtful;
    bool harmless = one_address || c->answers != ANSWERS_ANYBODY; /* SEMANTICS 2.9 */
    return harmless ? grade_lowered(severity, SEVERITY_HIGH) : severity;
}
