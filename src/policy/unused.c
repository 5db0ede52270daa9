/*
 * CFNR201: a rule of the template is open to public addresses and no flow uses it.
 *
 *     nothing carries the group         the table's severity: the first instance that does opens
 *                                       it; an output that names it hands it to other stacks
 *     a type not analysed may carry it  no finding (topology notes the type)
 *     interfaces carry it, all blocked  low, with what blocks (SEMANTICS 5.5)
 *
 * A possible flow counts as use. Sources that an operator types in do not count as open.
 */
#include "policy/blocked.h"
#include "policy/check.h"

/* What the rules of an opening let in, taken together. */
struct width {
    const struct world_rule *rule; /* the first that is public; NULL: none */
    enum exposure exposure;
    enum severity severity; /* the table's highest */
    struct str service;     /* label of a single port, else "" */
};

static bool is_live(struct checker *c, const struct world_rule *r)
{
    return !guard_disjoint(c->world->space, r->when, c->world->family);
}

static void widen(struct checker *c, struct width *w, const struct world_rule *r, int protocol)
{
    if (r->protocol != PROTOCOL_ALL && r->protocol != protocol) {
        return;
    }
    struct ports ports = r->protocol == PROTOCOL_ALL ? PORTS_ALL : r->ports;
    if (ports_is_empty(ports)) {
        return;
    }
    enum exposure exposure = exposure_of(c->arena, opening_remote(c, c->arena, r));
    struct piece p = split_whole(c->arena, c->settings, protocol, ports);
    enum severity severity =
        grade_capped(c->settings, grade_table(&p, EDGE_INTERNET), EDGE_INTERNET, exposure);
    if (w->rule == NULL && p.n == 1) {
        w->service = service_label(p.at[0].service, p.at[0].ports.begin);
    }
    w->rule = w->rule == NULL ? r : w->rule;
    w->exposure = exposure > w->exposure ? exposure : w->exposure;
    w->severity = severity > w->severity ? severity : w->severity;
}

static struct width width_of(struct checker *c, const struct opening *o)
{
    struct width w = {.rule = NULL};
    for (size_t i = 0; i < o->rules.n; i++) {
        const struct world_rule *r = check_rule(c, o, i);
        const struct topology_origin *origin = check_origin(c, r->id);
        bool is_public =
            r->group == WORLD_NONE && ipset_meets(r->remote, internet_space(r->remote.family));
        if (!is_public || (origin != NULL && origin->free_text) || !is_live(c, r)) {
            continue;
        }
        widen(c, &w, r, PROTOCOL_TCP);
        widen(c, &w, r, PROTOCOL_UDP);
    }
    return w;
}

/* A documentation address is what somebody meant to replace (SEMANTICS 3.1). */
static void note_placeholder(struct checker *c, const struct opening *o)
{
    for (size_t i = 0; i < o->rules.n; i++) {
        const struct world_rule *r = check_rule(c, o, i);
        const struct topology_origin *origin = check_origin(c, r->id);
        if (r->group != WORLD_NONE || ipset_is_empty(r->remote) || origin == NULL ||
            origin->free_text ||
            !ipset_covers(internet_documentation(r->remote.family), r->remote)) {
            continue;
        }
        struct diag *d = diag_add(c->topology->unit->diags, DIAG_CONFIG, origin->at,
                                  "The source '%.*s' is a documentation range, a placeholder: it "
                                  "admits nobody until it is replaced.",
                                  STR_ARG(step_source(c, r)));
        if (origin->resource != NULL) {
            d->resource = cfn_resource_name(origin->resource);
        }
    }
}

static struct draft *add_draft(struct checker *c, const struct rule *rule, size_t opening,
                               const struct width *w)
{
    struct draft *d = check_draft(c, rule, (uint32_t)opening, EDGE_INTERNET);
    struct finding *f = &d->finding;
    f->severity = w->severity;
    if (c->settings->rule_has_severity[rule_index(rule)]) {
        f->severity = c->settings->rule_severity[rule_index(rule)];
    }
    f->exposure = w->exposure;
    f->protocol = w->rule->protocol;
    f->ports = w->rule->protocol == PROTOCOL_ALL ? PORTS_ALL : w->rule->ports;
    f->service = w->service;
    return d;
}

/* "Security group 'Sg' admits tcp port 22 (SSH) from any IPv4 address" */
static struct str what_is_open(struct checker *c, const struct opening *o, const struct width *w)
{
    struct str name = c->world->groups.at[o->group].name;
    struct str ports = step_ports(c->arena, w->rule->protocol, w->rule->ports);
    struct str source = step_source(c, w->rule);
    return str_format(c->arena, "Security group '%.*s' admits %.*s%s%.*s%s from %.*s",
                      STR_ARG(name), STR_ARG(ports), w->service.n > 0 ? " (" : "",
                      STR_ARG(w->service), w->service.n > 0 ? ")" : "", STR_ARG(source));
}

static void say_unattached(struct checker *c, struct draft *d, const struct opening *o,
                           const struct width *w)
{
    const struct topology_group *g = &c->topology->groups.at[o->group];
    struct str tail = STR(", but nothing carries the group.");
    if (g->outside) {
        tail = STR(", but nothing carries the group. The group stands outside the templates: "
                   "whoever carries it there is open.");
    } else if (g->output.n > 0) {
        tail = STR_CAT(c->arena, STR(", but in the templates only output '"), g->output,
                       STR("' names the group. Another stack may attach it."));
    }
    d->finding.verdict = REACH_NOT_ATTACHED;
    d->finding.message = STR_CAT(c->arena, what_is_open(c, o, w), tail);
}

static void say_blocked(struct checker *c, struct draft *d, const struct opening *o,
                        const struct width *w, size_t carriers)
{
    struct finding *f = &d->finding;
    struct str open = what_is_open(c, o, w);
    struct str why =
        f->blockers.n > 0 ? f->blockers.at[0].text : STR("The network blocks the way.");
    f->verdict = REACH_BLOCKED;
    f->message = str_format(c->arena, "%.*s, but no traffic from the internet can use it. %.*s",
                            STR_ARG(open), STR_ARG(why));
    if (carriers > BLOCKED_ASKED) {
        size_t more = carriers - BLOCKED_ASKED;
        f->message = str_format(c->arena,
                                "%.*s What blocks the way to the first %d interfaces that carry "
                                "the group is listed; the way to %zu more is blocked as well.",
                                STR_ARG(f->message), BLOCKED_ASKED, more);
    }
}

static void check_opening(struct checker *c, const struct rule *rule, size_t opening)
{
    const struct opening *o = &c->openings.at[opening];
    const struct topology_group *g = &c->topology->groups.at[o->group];
    struct width w = width_of(c, o);
    if (w.rule == NULL || w.severity == SEVERITY_OFF) {
        return;
    }
    struct carriers carriers = blocked_carriers(c, o->group);
    if (carriers.n == 0) {
        if (g->referenced_by.n == 0) {
            say_unattached(c, add_draft(c, rule, opening, &w), o, &w);
        }
        return;
    }
    struct blocker_list blockers = {0};
    if (!blocked_why(c, carriers, o->group, w.rule, &blockers)) {
        return; /* open under some choice after all: a possible flow counts as use */
    }
    struct draft *d = add_draft(c, rule, opening, &w);
    if (g->output.n == 0 && !c->settings->rule_has_severity[rule_index(rule)] &&
        d->finding.severity > SEVERITY_LOW) {
        d->finding.severity = SEVERITY_LOW;
    }
    d->finding.blockers.at = blockers.at;
    d->finding.blockers.n = blockers.n;
    d->finding.blockers.cap = blockers.cap;
    say_blocked(c, d, o, &w, carriers.n);
}

void check_unused(struct checker *c)
{
    const struct rule *rule = rule_find(STR("world-open-rule"));
    if (rule == NULL) {
        BUG("no rule world-open-rule");
    }
    bool off = c->settings->rule_severity[rule_index(rule)] == SEVERITY_OFF;
    for (size_t i = 0; i < c->openings.n; i++) {
        if (!c->openings.at[i].written) {
            continue;
        }
        note_placeholder(c, &c->openings.at[i]);
        /* Where not all rules of a flow are named, it is not known which are used. */
        if (!off && !c->openings.at[i].used && !c->answer->cut) {
            check_opening(c, rule, i);
        }
    }
}
