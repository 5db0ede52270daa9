/*
 * Probes are collected by brute force; what goes wrong is shown whole, since a world that is
 * judged in two ways has to be settled by reading.
 */
#include "tests/reach/trial.h"

#include <stdio.h>

#include "net/internet.h"
#include "tests/reach/random_worlds.h"

/* The lists are a few dozen long: duplicates are looked for one by one. */
static void add_port(struct probes *p, struct arena *a, int port)
{
    if (port < 0 || port > 65535) {
        return;
    }
    for (size_t i = 0; i < p->ports.n; i++) {
        if (p->ports.at[i] == port) {
            return;
        }
    }
    *VEC_ADD(a, &p->ports) = (uint16_t)port;
}

static void add_bounds(struct probes *p, struct arena *a, struct ports ports)
{
    for (int step = -1; step <= 1; step++) {
        add_port(p, a, ports.begin + step);
        add_port(p, a, ports.end + step);
    }
}

static void add_edge(struct probes *p, struct arena *a, enum net_family f, struct address x)
{
    if (address_cmp(x, address_last(f)) > 0) {
        return;
    }
    for (size_t i = 0; i < p->edges[f].n; i++) {
        if (address_cmp(p->edges[f].at[i], x) == 0) {
            return;
        }
    }
    *VEC_ADD(a, &p->edges[f]) = x;
}

/* The first internet address at or behind x stands for the stretch that begins at x. */
static void add_internet(struct probes *p, struct arena *a, enum net_family f, struct address x)
{
    struct ipset space = internet_space(f);
    size_t k = 0;
    while (k < space.n && address_cmp(space.at[k].last, x) < 0) {
        k++;
    }
    if (k == space.n) {
        return;
    }
    if (address_cmp(x, space.at[k].first) < 0) {
        x = space.at[k].first;
    }
    for (size_t i = 0; i < p->internet[f].n; i++) {
        if (address_cmp(p->internet[f].at[i], x) == 0) {
            return;
        }
    }
    *VEC_ADD(a, &p->internet[f]) = x;
}

static void add_anywhere(struct probes *p, struct arena *a, enum net_family f, struct address x)
{
    for (size_t i = 0; i < p->anywhere[f].n; i++) {
        if (address_cmp(p->anywhere[f].at[i], x) == 0) {
            return;
        }
    }
    *VEC_ADD(a, &p->anywhere[f]) = x;
}

static void add_range(struct probes *p, struct arena *a, enum net_family f, struct ip_range r)
{
    add_anywhere(p, a, f, r.first);
    const struct address ends[] = {r.first, r.last};
    for (size_t i = 0; i < 2; i++) {
        add_edge(p, a, f, address_previous(ends[i]));
        add_edge(p, a, f, ends[i]);
        add_edge(p, a, f, address_next(ends[i]));
    }
    add_internet(p, a, f, r.first);
    if (address_cmp(r.last, address_last(f)) < 0) {
        add_anywhere(p, a, f, address_next(r.last));
        add_internet(p, a, f, address_next(r.last));
    }
}

static void add_prefix(struct probes *p, struct arena *a, struct prefix x)
{
    add_range(p, a, x.family, (struct ip_range){x.first, prefix_last(x)});
}

static void collect_private(struct probes *p, struct arena *a, const struct world *w)
{
    for (size_t i = 0; i < w->subnets.n; i++) {
        for (size_t k = 0; k < w->subnets.at[i].cidrs.n; k++) {
            add_prefix(p, a, w->subnets.at[i].cidrs.at[k].prefix);
        }
    }
    for (size_t i = 0; i < w->gateways.n; i++) {
        for (size_t k = 0; k < w->gateways.at[i].attachments.n; k++) {
            const struct world_attachment *at = &w->gateways.at[i].attachments.at[k];
            for (size_t n = 0; n < at->sources.n; n++) {
                add_prefix(p, a, at->sources.at[n].prefix);
            }
        }
    }
    for (size_t i = 0; i < w->entrances.n; i++) {
        for (size_t k = 0; k < w->entrances.at[i].destinations.n; k++) {
            add_prefix(p, a, w->entrances.at[i].destinations.at[k].prefix);
        }
    }
}

static void collect_probes(struct probes *p, struct arena *a, const struct world *w,
                           const struct reach_answer *answer)
{
    add_range(p, a, NET_V4, ipset_all(NET_V4).at[0]);
    add_range(p, a, NET_V6, ipset_all(NET_V6).at[0]);
    add_bounds(p, a, PORTS_ALL);
    for (size_t i = 0; i < w->vpcs.n; i++) {
        for (size_t k = 0; k < w->vpcs.at[i].cidrs.n; k++) {
            add_prefix(p, a, w->vpcs.at[i].cidrs.at[k].prefix);
        }
    }
    for (size_t i = 0; i < w->tables.n; i++) {
        for (size_t k = 0; k < w->tables.at[i].routes.n; k++) {
            add_prefix(p, a, w->tables.at[i].routes.at[k].destination);
        }
    }
    for (size_t i = 0; i < w->acls.n; i++) {
        for (size_t k = 0; k < w->acls.at[i].entries.n; k++) {
            add_prefix(p, a, w->acls.at[i].entries.at[k].prefix);
            add_bounds(p, a, w->acls.at[i].entries.at[k].ports);
        }
    }
    for (size_t i = 0; i < w->groups.n; i++) {
        for (size_t k = 0; k < w->groups.at[i].rules.n; k++) {
            const struct world_rule *rule = &w->groups.at[i].rules.at[k];
            add_bounds(p, a, rule->ports);
            for (size_t n = 0; n < rule->remote.n; n++) {
                add_range(p, a, rule->remote.family, rule->remote.at[n]);
            }
        }
    }
    collect_private(p, a, w);
    for (size_t i = 0; i < answer->flow_n; i++) {
        add_bounds(p, a, answer->flows[i].ports);
    }
}

static void print_flow(const struct trial *t, const struct reach_flow *f, struct buf *b)
{
    buf_addf(b, "flow: interface %u gateway %u families %u %s %u-%u %s: ", f->interface, f->gateway,
             f->families, protocol_name(f->protocol), (unsigned)f->ports.begin,
             (unsigned)f->ports.end, reach_verdict_name(reach_flow_verdict(f)));
    guard_print(t->w->space, reach_guard(f->when), b);
    for (size_t i = 0; i < f->opener_n; i++) {
        buf_addf(b, "\n    rule #%u: ", f->openers[i].rule);
        guard_print(t->w->space, reach_guard(f->openers[i].when), b);
    }
    buf_addc(b, '\n');
}

void trial_disagree(const struct trial *t, const char *what)
{
    struct buf b;
    buf_init(&b);
    buf_addf(&b, "world %u\n", t->number);
    world_dump(t->w, &b);
    buf_adds(&b, "family: ");
    guard_print(t->w->space, t->w->family, &b);
    buf_addc(&b, '\n');
    for (size_t i = 0; i < t->answer.flow_n; i++) {
        print_flow(t, &t->answer.flows[i], &b);
    }
    buf_adds(&b, "assignment:");
    for (uint32_t v = 0; v < t->variables; v++) {
        buf_addf(&b, " %.*s=%u", STR_ARG(guard_variable(t->w->space, v)->name), t->outcome[v]);
    }
    buf_addf(&b, "\n%s\n", what);
    fwrite(b.p, 1, b.n, stderr); /* cmocka cuts long messages */
    buf_release(&b);
    fail();
}

static void begin(struct trial *t, uint32_t number, struct world *(*make)(struct arena *, uint32_t))
{
    static const char *const KINDS[] = {"A-LOWPORT", "A-ASYM", "A-ADDR"};
    memset(t, 0, sizeof *t);
    t->number = number;
    t->w = make(&t->arena, number);
    t->own_variables = guard_count(t->w->space);
    t->solver = reach_new(&t->arena, t->w);
    t->answer = reach_solve(t->solver);
    t->variables = guard_count(t->w->space);
    assert_true(t->variables <= MAX_VARIABLES);
    for (uint32_t v = t->own_variables; v < t->variables; v++) {
        struct str name = guard_variable(t->w->space, v)->name;
        bool known = false;
        for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) {
            known = known || str_starts(name, str_from(KINDS[k]));
        }
        assert_true(known);
    }
    collect_probes(&t->probes, &t->arena, t->w, &t->answer);
    t->random.state = number + 1;
    t->assignments = 1;
    for (uint32_t v = 0; v < t->own_variables; v++) {
        t->assignments *= guard_variable(t->w->space, v)->outcomes;
    }
}

void trial_begin(struct trial *t, uint32_t number)
{
    begin(t, number, random_world);
}

void trial_begin_private(struct trial *t, uint32_t number)
{
    begin(t, number, random_private_world);
}

void trial_set_facts(struct trial *t, const char *kind, uint32_t outcome)
{
    for (uint32_t v = t->own_variables; v < t->variables; v++) {
        if (str_starts(guard_variable(t->w->space, v)->name, str_from(kind))) {
            t->outcome[v] = outcome;
        }
    }
}

void trial_end(struct trial *t)
{
    arena_release(&t->arena);
}

bool trial_is_deployable(const struct trial *t)
{
    return guard_holds(t->w->space, t->w->family, t->outcome);
}

static bool next_assignment(struct trial *t, uint32_t variables)
{
    for (uint32_t var = 0; var < variables; var++) {
        if (++t->outcome[var] < guard_variable(t->w->space, var)->outcomes) {
            return true;
        }
        t->outcome[var] = 0;
    }
    return false;
}

bool trial_next_own(struct trial *t)
{
    return next_assignment(t, t->own_variables);
}

bool trial_next(struct trial *t)
{
    return next_assignment(t, t->variables);
}

bool trial_is_drawn(struct trial *t, uint32_t some)
{
    return check_random_below(&t->random, t->assignments) < some;
}

uint32_t trial_below(struct trial *t, size_t n)
{
    return check_random_below(&t->random, (uint32_t)n);
}
