/*
 * Flows into drafts: one for each (rule, opening, edge), with every endpoint.
 *
 *     flows of one interface, gateway, family, protocol --> shares, one per flow and opening
 *     shares of one opening that touch and do not differ --> one range
 *     range --split.h--> pieces --> endpoints of drafts
 *
 * Flows are looked at together because other rules may cut an opening's own range into
 * several of them.
 */
#include <stdlib.h>

#include "policy/check.h"
#include "policy/split.h"

/* What one opening lets through of one flow. */
struct share {
    uint32_t opening;
    size_t order; /* as found: by flow, then by rule */
    const struct reach_flow *flow;
    struct ports ports;
    struct guard when;
    enum reach_verdict verdict;
    enum exposure exposure;
    unsigned families;
    uint32_t rule; /* id of the rule that the path shows */
    bool several;  /* more than one rule of the opening */
    bool free_text;
    bool one_address;       /* free text, and only a candidate of one address gets in */
    const uint32_t *others; /* openings without which this one does not open it */
    size_t other_n;
};

/* Several rules of one opening that hold together (the entries of a prefix list) expose what
 * all of them let in, but never more than the flow. */
static enum exposure exposure_together(struct checker *c, const struct share *s)
{
    if (!s->several || s->exposure >= s->flow->exposure) {
        return s->exposure;
    }
    const struct entry_place *place = &c->entries[s->rule];
    struct arena scratch = {0};
    struct ipset remote =
        opening_remote(c, &scratch, &c->world->groups.at[place->element].rules.at[place->index]);
    enum exposure e = exposure_of(&scratch, remote);
    arena_release(&scratch);
    e = e < s->flow->exposure ? e : s->flow->exposure;
    return e > s->exposure ? e : s->exposure;
}

/* The rules of one opening that open a flow, those whose source the template gives (a Default,
 * an AllowedValue) apart from those whose source is free text. */
struct pair {
    struct share given;
    struct share free_text;
};

static void add_opener(struct checker *c, const struct reach_flow *f, const struct reach_opener *o,
                       struct pair *pair)
{
    const struct entry_place *place = &c->entries[o->rule];
    const struct topology_origin *origin = check_origin(c, o->rule);
    const struct world_rule *rule = &c->world->groups.at[place->element].rules.at[place->index];
    const struct ipset *remote = &rule->remote;
    bool free_text = origin != NULL && origin->free_text;
    struct share *s = free_text ? &pair->free_text : &pair->given;
    bool first = s->flow == NULL;
    s->flow = f;
    s->opening = place->opening;
    s->ports = f->ports;
    s->rule = first ? o->rule : s->rule;
    s->several = !first;
    s->when =
        first ? reach_guard(o->when) : guard_or(c->world->space, s->when, reach_guard(o->when));
    s->exposure = o->exposure > s->exposure ? o->exposure : s->exposure;
    s->families |= f->families & (remote->family == NET_V4 ? FAMILY_V4 : FAMILY_V6);
    if (rule->group != WORLD_NONE) {
        s->families |= f->families;
    }
    s->free_text = free_text;
    s->one_address = free_text && ipset_count(*remote) == 1 && (first || s->one_address);
}

/* What opens the flow to the edge: with a balancer, what opens that one, if groups filter it. */
static const struct reach_opener *openers_of(const struct reach_flow *f, size_t *n)
{
    bool front = f->via != WORLD_NONE && f->front_opener_n > 0;
    *n = front ? f->front_opener_n : f->opener_n;
    return front ? f->front_openers : f->openers;
}

/* No group filters the interface: the flow is open by itself. */
static size_t share_of_open(struct checker *c, const struct reach_flow *f, struct arena *scratch,
                            struct share **out)
{
    struct share *s = ARENA_NEW(scratch, struct share);
    *s = (struct share){.opening = WORLD_NONE,
                        .flow = f,
                        .ports = f->ports,
                        .when = reach_guard(f->when),
                        .verdict = reach_verdict_of(c->world, reach_guard(f->when)),
                        .exposure = f->exposure,
                        .families = f->families,
                        .rule = WORLD_NONE};
    *out = s;
    return s->verdict == REACH_BLOCKED ? 0 : 1;
}

/* One share for each opening. What the template gives goes before free text: the other
 * outcomes of the same parameter then add nothing (SEMANTICS 4.4). */
static size_t shares_of(struct checker *c, const struct reach_flow *f, struct arena *scratch,
                        struct share **out)
{
    size_t opener_n;
    const struct reach_opener *openers = openers_of(f, &opener_n);
    if (opener_n == 0) {
        return share_of_open(c, f, scratch, out);
    }
    struct pair *pairs = ARENA_ARRAY(scratch, opener_n, struct pair);
    struct share *found = ARENA_ARRAY(scratch, opener_n, struct share);
    size_t pair_n = 0;
    for (size_t i = 0; i < opener_n; i++) {
        uint32_t opening = c->entries[openers[i].rule].opening;
        if (opening == WORLD_NONE) {
            continue;
        }
        struct opening *o = &c->openings.at[opening];
        if (o->seen_in != f) {
            o->seen_in = f;
            o->seen_at = pair_n++;
        }
        add_opener(c, f, &openers[i], &pairs[o->seen_at]);
    }
    size_t n = 0;
    for (size_t i = 0; i < pair_n; i++) {
        struct share s = pairs[i].given.flow != NULL ? pairs[i].given : pairs[i].free_text;
        s.verdict = reach_verdict_of(c->world, s.when);
        if (s.verdict == REACH_BLOCKED && pairs[i].free_text.flow != NULL) {
            s = pairs[i].free_text;
            s.verdict = reach_verdict_of(c->world, s.when);
        }
        if (s.verdict != REACH_BLOCKED) {
            s.exposure = exposure_together(c, &s);
            found[n++] = s;
        }
    }
    *out = found;
    return n;
}

/* Where none of several openings opens the flow to the degree that they do together, the first
 * in template order stands for all of them. */
static size_t unite_shares(struct checker *c, const struct reach_flow *f, struct share *s, size_t n)
{
    enum reach_verdict best = REACH_BLOCKED;
    for (size_t i = 0; i < n; i++) {
        best = s[i].verdict > best ? s[i].verdict : best;
    }
    if (n < 2 || best >= reach_flow_verdict(f)) {
        return n;
    }
    uint32_t *others = ARENA_ARRAY(c->arena, n - 1, uint32_t);
    for (size_t i = 1; i < n; i++) {
        others[i - 1] = s[i].opening;
        s[0].exposure = s[i].exposure > s[0].exposure ? s[i].exposure : s[0].exposure;
        s[0].families |= s[i].families;
    }
    s[0].others = others;
    s[0].other_n = n - 1;
    s[0].when = reach_guard(f->when);
    s[0].verdict = reach_verdict_of(c->world, reach_guard(f->when));
    return 1;
}

static int by_opening(const void *x, const void *y)
{
    const struct share *a = x;
    const struct share *b = y;
    if (a->opening != b->opening) {
        return a->opening < b->opening ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

static bool continues(const struct share *a, struct ports so_far, const struct share *b)
{
    return a->opening == b->opening && so_far.end + 1U == b->ports.begin &&
           guard_same(a->when, b->when) && a->exposure == b->exposure &&
           a->families == b->families && a->free_text == b->free_text &&
           a->one_address == b->one_address && a->other_n == 0 && b->other_n == 0;
}

static const struct rule *named(const char *name)
{
    const struct rule *r = rule_find(str_from(name));
    if (r == NULL) {
        BUG("no rule %s", name);
    }
    return r;
}

/* The rule that speaks of a piece; NULL: none does under this policy. */
static const struct rule *rule_of(const struct checker *c, const struct piece *p,
                                  enum world_edge edge)
{
    if (!world_edge_is_internet(edge)) {
        size_t other = rule_index(c->of_unrecognized);
        bool off = c->settings->rule_severity[other] == SEVERITY_OFF;
        return p->kind == PIECE_UNRECOGNIZED && off ? NULL : edge_rule(edge);
    }
    switch (p->kind) {
    case PIECE_RECOGNIZED:
        return &rules[p->at[0].service->rule];
    case PIECE_RANGE:
        return c->of_range;
    case PIECE_UNRECOGNIZED:
        return c->of_unrecognized;
    }
    BUG("no piece %d", (int)p->kind);
}

static const char *kind_of(const struct piece *p)
{
    switch (p->kind) {
    case PIECE_RECOGNIZED:
        return "RecognizedPort";
    case PIECE_RANGE:
        return "PortRange";
    case PIECE_UNRECOGNIZED:
        return "UnrecognizedPort";
    }
    BUG("no piece %d", (int)p->kind);
}

/* "SSH", or "FTP, Telnet, DHCP and 30 more" of a range. */
static struct str service_of(struct arena *a, const struct piece *p)
{
    enum { SHOWN = 3 };
    struct str text = STR("");
    for (size_t i = 0; i < p->n && i < SHOWN; i++) {
        struct str label = service_label(p->at[i].service, p->at[i].ports.begin);
        text = i == 0 ? label : str_format(a, "%.*s, %.*s", STR_ARG(text), STR_ARG(label));
    }
    return p->n > SHOWN ? str_format(a, "%.*s and %zu more", STR_ARG(text), p->n - SHOWN) : text;
}

static bool doubts(struct checker *c, const struct share *s)
{
    struct reach_judgement j = check_judge(c, s->when);
    bool found = check_doubts(c, &j, s->opening);
    for (size_t i = 0; !found && i < s->other_n; i++) {
        found = check_doubts(c, &j, s->others[i]);
    }
    return found;
}

/* The rule under which a piece is reported, and how severe it is there; NULL: not at all. A
 * source that an operator types in has a rule of its own, which never reports what would not
 * be reported otherwise. */
static const struct rule *judge_piece(struct checker *c, const struct share *s,
                                      const struct piece *p, enum severity *severity)
{
    struct grade_case as = {.edge = s->flow->edge,
                            .verdict = s->verdict,
                            .one_address = s->one_address,
                            .exposure = s->exposure,
                            .answers = c->world->interfaces.at[s->flow->interface].answers};
    const struct rule *rule = rule_of(c, p, as.edge);
    if (rule == NULL) {
        return NULL;
    }
    if (grade(c->settings, rule, p, &as) == SEVERITY_OFF) { /* doubts only lower it */
        return NULL;
    }
    as.doubts_rule = doubts(c, s);
    *severity = grade(c->settings, rule, p, &as);
    if (s->free_text) {
        rule = c->of_operator;
        /* A severity that the policy names for this rule is meant as it stands. */
        as.doubts_rule = !c->settings->rule_has_severity[rule_index(rule)];
        *severity = grade(c->settings, rule, p, &as);
    }
    return *severity == SEVERITY_OFF ? NULL : rule;
}

static void add_piece(struct checker *c, const struct share *s, struct ports range,
                      const struct piece *p)
{
    enum severity severity;
    const struct rule *rule = judge_piece(c, s, p, &severity);
    if (rule == NULL) {
        return;
    }
    struct draft *d = check_draft_of(c, rule, s->opening, s->flow);
    struct finding_endpoint e = endpoint_of(c, s->flow, range, check_judge(c, s->when), s->rule);
    e.kind = str_from(kind_of(p));
    e.when = s->when;
    e.families = s->families;
    e.ports = p->ports;
    e.service = service_of(c->arena, p);
    e.severity = severity;
    e.exposure = s->exposure;
    *VEC_ADD(c->arena, &d->finding.endpoints) = e;
    for (size_t i = 0; i < s->other_n; i++) {
        bool known = false;
        for (size_t k = 0; k < d->others.n; k++) {
            known = known || d->others.at[k] == s->others[i];
        }
        if (!known) {
            *VEC_ADD(c->arena, &d->others) = s->others[i];
        }
    }
}

/* Many flows have the same range. */
static const struct pieces *pieces_of(struct checker *c, int protocol, struct ports range)
{
    const uint32_t numbers[] = {(uint32_t)protocol, range.begin, range.end};
    struct str key = {(const char *)numbers, sizeof numbers};
    const struct pieces *known = map_get(&c->pieces, key);
    if (known == NULL) {
        struct pieces *made = ARENA_NEW(c->arena, struct pieces);
        *made = split_range(c->arena, c->settings, protocol, range);
        *map_at(&c->pieces, str_copy(c->arena, key)) = made;
        known = made;
    }
    return known;
}

/* The rules of a group outside the templates are not known. Taken literally, every port is
 * possible, and each carrier would have a dozen findings that say one thing: "look at that
 * group". So the whole range is one piece, and with its two levels of doubt (SEMANTICS 4.3) it
 * is low, whatever the ports. */
static void add_range(struct checker *c, const struct share *s, struct ports range)
{
    int protocol = s->flow->protocol;
    if (opening_is_unknown(c, s->opening)) {
        struct piece whole = split_whole(c->arena, c->settings, protocol, range);
        add_piece(c, s, range, &whole);
        return;
    }
    const struct pieces *pieces = pieces_of(c, protocol, range);
    for (size_t i = 0; i < pieces->n; i++) {
        add_piece(c, s, range, &pieces->at[i]);
    }
}

static bool same_block(const struct reach_flow *a, const struct reach_flow *b)
{
    return a->interface == b->interface && a->edge == b->edge && a->gateway == b->gateway &&
           a->via == b->via && a->listener.begin == b->listener.begin &&
           a->listener.end == b->listener.end && a->families == b->families &&
           a->protocol == b->protocol;
}

/* Is there nothing to report of these flows, which touch, whatever they are open under? No port of
 * them is watched, and their rules are known. Then nobody need ask for their guards. */
static bool is_silent(struct checker *c, const struct reach_flow *f, size_t n)
{
    const struct pieces *pieces =
        pieces_of(c, f->protocol, (struct ports){f->ports.begin, f[n - 1].ports.end});
    if (c->settings->rule_severity[rule_index(c->of_unrecognized)] != SEVERITY_OFF ||
        pieces->n != 1 || pieces->at[0].kind != PIECE_UNRECOGNIZED) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        size_t opener_n;
        const struct reach_opener *openers = openers_of(&f[i], &opener_n);
        for (size_t k = 0; k < opener_n; k++) {
            if (opening_is_unknown(c, c->entries[openers[k].rule].opening)) {
                return false;
            }
        }
    }
    return true;
}

/* How many of n flows touch, from the first on. */
static size_t touching(const struct reach_flow *f, size_t n)
{
    size_t i = 1;
    while (i < n && f[i - 1].ports.end + 1U == f[i].ports.begin) {
        i++;
    }
    return i;
}

static void check_block(struct checker *c, const struct reach_flow *flows, size_t n)
{
    struct arena scratch = {0};
    VEC(struct share) all = {0};
    size_t known = 0; /* before this one, it is known whether they are silent */
    for (size_t i = 0; i < n; i++) {
        struct share *found;
        if (i >= known) {
            size_t run = touching(flows + i, n - i);
            known = i + run;
            if (is_silent(c, flows + i, run)) {
                i = known - 1;
                continue;
            }
        }
        size_t found_n = shares_of(c, &flows[i], &scratch, &found);
        found_n = unite_shares(c, &flows[i], found, found_n);
        for (size_t k = 0; k < found_n; k++) {
            found[k].order = all.n;
            *VEC_ADD(&scratch, &all) = found[k];
        }
    }
    if (all.n > 1) {
        qsort(all.at, all.n, sizeof *all.at, by_opening);
    }
    for (size_t i = 0; i < all.n;) {
        struct ports range = all.at[i].ports;
        size_t end = i + 1;
        while (end < all.n && continues(&all.at[i], range, &all.at[end])) {
            range.end = all.at[end++].ports.end;
        }
        add_range(c, &all.at[i], range);
        i = end;
    }
    arena_release(&scratch);
}

void check_exposed(struct checker *c)
{
    const struct reach_flow *flows = c->answer->flows;
    c->of_range = named("internet-port-range");
    c->of_unrecognized = named("internet-unrecognized-port");
    c->of_operator = named("operator-supplied-source");
    for (size_t i = 0; i < c->answer->flow_n;) {
        size_t end = i + 1;
        while (end < c->answer->flow_n && same_block(&flows[i], &flows[end])) {
            end++;
        }
        check_block(c, flows + i, end - i);
        i = end;
    }
}
