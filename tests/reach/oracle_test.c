/*
 * The solver against the simulator on random worlds: for assignments of the variables, every
 * interface, gateway, family and protocol, and the ports at which anything may change, a flow
 * must be open exactly when the simulator finds a source that gets an answer. Besides, what a
 * flow says about itself (order, verdict, witness, openers) is counted out.
 */
#include "tests/check.h"

#include "tests/reach/simulator.h"
#include "tests/reach/trial.h"

/* Each test has worlds of its own; these are the numbers of the first. */
enum {
    OPEN_AT = 0,
    ORDER_AT = 2000,
    VERDICTS_AT = 2500,
    OPENERS_AT = 3000,
    BLOCKED_AT = 3500,
    END = 4000,
    DRAWN = 3 /* assignments tried in each */
};

/* The best that any source on the internet gets. Where even a packet that no ACL, group or
 * route looks at does not arrive, sources and ports do not matter. */
static enum sim_result best_of_sources(const struct trial *t, struct sim_packet packet)
{
    struct sim_packet unseen = packet;
    unseen.source = t->probes.internet[packet.family].at[0];
    unseen.waived = 1U << SIM_ACL_IN | 1U << SIM_GROUP | 1U << SIM_ROUTE | 1U << SIM_ACL_OUT;
    if (simulate(t->w, t->outcome, &unseen) == SIM_CLOSED) {
        return SIM_CLOSED;
    }
    enum sim_result best = SIM_CLOSED;
    for (size_t i = 0; best != SIM_OPEN && i < t->probes.internet[packet.family].n; i++) {
        packet.source = t->probes.internet[packet.family].at[i];
        enum sim_result result = simulate(t->w, t->outcome, &packet);
        best = result > best ? result : best;
    }
    return best;
}

static bool is_flow_of(const struct reach_flow *f, const struct sim_packet *packet)
{
    unsigned family = packet->family == NET_V4 ? FAMILY_V4 : FAMILY_V6;
    return f->interface == packet->interface && f->gateway == packet->gateway &&
           f->edge == EDGE_INTERNET && (f->families & family) != 0 &&
           f->protocol == packet->protocol && ports_has(f->ports, packet->port);
}

static bool is_in_a_flow(const struct trial *t, const struct sim_packet *packet)
{
    for (size_t i = 0; i < t->answer.flow_n; i++) {
        if (is_flow_of(&t->answer.flows[i], packet) &&
            guard_holds(t->w->space, reach_guard(t->answer.flows[i].when), t->outcome)) {
            return true;
        }
    }
    return false;
}

static void set_low_port_facts(struct trial *t, uint32_t outcome)
{
    for (uint32_t v = t->own_variables; v < t->variables; v++) {
        t->outcome[v] = outcome;
    }
}

static void check_packet(struct trial *t, const struct sim_packet *packet)
{
    enum sim_result expected = best_of_sources(t, *packet);
    for (uint32_t low = 0; low < 2; low++) {
        set_low_port_facts(t, low);
        bool open = expected == SIM_OPEN || (expected == SIM_LOW_CLIENT_PORT && low == 1);
        if (is_in_a_flow(t, packet) != open) {
            struct str s = str_format(
                &t->arena, "interface %u gateway %u %s %s port %u: the simulator says %s",
                packet->interface, packet->gateway, packet->family == NET_V4 ? "v4" : "v6",
                protocol_name(packet->protocol), (unsigned)packet->port, open ? "open" : "closed");
            trial_disagree(t, s.p);
        }
    }
    set_low_port_facts(t, 0);
}

static void check_interface(struct trial *t, uint32_t interface)
{
    static const int protocols[] = {PROTOCOL_TCP, PROTOCOL_UDP};
    for (uint32_t g = 0; g < t->w->gateways.n; g++) {
        for (int f = NET_V4; f <= NET_V6; f++) {
            for (size_t i = 0; i < 2 * t->probes.ports.n; i++) {
                struct sim_packet packet = {.interface = interface,
                                            .gateway = g,
                                            .family = (enum net_family)f,
                                            .protocol = protocols[i % 2],
                                            .port = t->probes.ports.at[i / 2],
                                            .rule = WORLD_NONE};
                check_packet(t, &packet);
            }
        }
    }
}

static void flows_are_open_exactly_where_packets_get_through(void **state)
{
    (void)state;
    for (uint32_t number = OPEN_AT; number < ORDER_AT; number++) {
        struct trial t;
        trial_begin(&t, number);
        do {
            bool checked = trial_is_deployable(&t) && trial_is_drawn(&t, DRAWN);
            for (uint32_t i = 0; checked && i < t.w->interfaces.n; i++) {
                check_interface(&t, i);
            }
        } while (trial_next_own(&t));
        trial_end(&t);
    }
}

/* Negative, 0, positive: the order of reach_answer. */
static int compare_flows(const struct reach_flow *x, const struct reach_flow *y)
{
    const uint32_t keys[][2] = {
        {x->interface, y->interface},
        {(uint32_t)x->edge, (uint32_t)y->edge},
        {x->gateway, y->gateway},
        {x->families, y->families},
        {(uint32_t)x->protocol, (uint32_t)y->protocol},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

/* Do they differ in their ports only? A range is cut where other rules open it, too. */
static bool is_alike(const struct reach_flow *x, const struct reach_flow *y)
{
    bool alike = guard_same(reach_guard(x->when), reach_guard(y->when)) &&
                 x->exposure == y->exposure && x->opener_n == y->opener_n;
    for (size_t i = 0; alike && i < x->opener_n; i++) {
        alike = x->openers[i].rule == y->openers[i].rule &&
                x->openers[i].exposure == y->openers[i].exposure &&
                guard_same(reach_guard(x->openers[i].when), reach_guard(y->openers[i].when));
    }
    return alike;
}

static void flows_are_sorted_disjoint_and_maximal(void **state)
{
    (void)state;
    for (uint32_t number = ORDER_AT; number < VERDICTS_AT; number++) {
        struct trial t;
        trial_begin(&t, number);
        for (size_t i = 0; i < t.answer.flow_n; i++) {
            const struct reach_flow *f = &t.answer.flows[i];
            const struct reach_flow *before = i == 0 ? NULL : f - 1;
            int order = before == NULL ? -1 : compare_flows(before, f);
            if (ports_is_empty(f->ports) || guard_is_false(reach_guard(f->when)) ||
                f->opener_n == 0) {
                trial_disagree(&t, "a flow says nothing");
            }
            if (order > 0 || (order == 0 && before->ports.end >= f->ports.begin)) {
                trial_disagree(&t, "flows are out of order");
            }
            if (order == 0 && before->ports.end + 1 == f->ports.begin && is_alike(before, f)) {
                trial_disagree(&t, "two flows are one");
            }
        }
        trial_end(&t);
    }
}

/* What holds of one flow over all assignments of the family. */
struct tally {
    bool always;
    bool ever;
    bool standard_always; /* ... over those with every standard outcome */
    bool standard_ever;
    bool witness_always; /* ... over those that agree with the witness */
    bool witness_ever;
};

static bool is_standard(const struct trial *t)
{
    for (uint32_t v = 0; v < t->variables; v++) {
        uint32_t standard = guard_variable(t->w->space, v)->standard;
        if (standard != GUARD_NO_OUTCOME && standard != t->outcome[v]) {
            return false;
        }
    }
    return true;
}

static bool agrees(const struct trial *t, const struct guard_witness *witness)
{
    for (size_t i = 0; i < witness->n; i++) {
        if (t->outcome[witness->at[i].var] != witness->at[i].outcome) {
            return false;
        }
    }
    return true;
}

static struct tally count_out(struct trial *t, const struct reach_flow *f)
{
    struct tally n = {true, false, true, false, true, false};
    do {
        bool holds = guard_holds(t->w->space, reach_guard(f->when), t->outcome);
        if (!trial_is_deployable(t)) {
            continue;
        }
        n.always = n.always && holds;
        n.ever = n.ever || holds;
        if (is_standard(t)) {
            n.standard_ever = true;
            n.standard_always = n.standard_always && holds;
        }
        if (agrees(t, &reach_example(f)->judgement.witness)) {
            n.witness_ever = true;
            n.witness_always = n.witness_always && holds;
        }
    } while (trial_next(t));
    return n;
}

static void verdicts_are_what_counting_gives(void **state)
{
    (void)state;
    for (uint32_t number = VERDICTS_AT; number < OPENERS_AT; number++) {
        struct trial t;
        trial_begin(&t, number);
        for (size_t i = 0; i < t.answer.flow_n; i++) {
            const struct reach_flow *f = &t.answer.flows[i];
            struct tally n = count_out(&t, f);
            enum reach_verdict expected = REACH_BLOCKED;
            if (n.always) {
                expected = REACH_REACHABLE;
            } else if (n.standard_ever && n.standard_always) {
                expected = REACH_BY_DEFAULT;
            } else if (n.ever) {
                expected = REACH_POSSIBLE;
            }
            if (reach_flow_verdict(f) != expected || expected == REACH_BLOCKED) {
                struct str s = str_format(&t.arena, "flow %zu: counting gives %s", i,
                                          reach_verdict_name(expected));
                trial_disagree(&t, s.p);
            }
            if (!n.witness_ever || !n.witness_always) {
                struct str s = str_format(&t.arena, "flow %zu: its witness does not open it", i);
                trial_disagree(&t, s.p);
            }
        }
        trial_end(&t);
    }
}

/* Does this rule alone open every port of the flow, in one of its families? */
static bool opens_alone(const struct trial *t, const struct reach_flow *f, uint32_t rule)
{
    for (int family = NET_V4; family <= NET_V6; family++) {
        bool all = true;
        for (size_t i = 0; all && i < t->probes.ports.n; i++) {
            struct sim_packet packet = {.interface = f->interface,
                                        .gateway = f->gateway,
                                        .family = (enum net_family)family,
                                        .protocol = f->protocol,
                                        .port = t->probes.ports.at[i],
                                        .rule = rule};
            all = !ports_has(f->ports, packet.port) || !is_flow_of(f, &packet) ||
                  best_of_sources(t, packet) != SIM_CLOSED;
        }
        if (all && (f->families & (family == NET_V4 ? FAMILY_V4 : FAMILY_V6)) != 0) {
            return true;
        }
    }
    return false;
}

static void check_openers(struct trial *t, const struct reach_flow *f)
{
    for (size_t g = 0; g < t->w->groups.n; g++) {
        for (size_t i = 0; i < t->w->groups.at[g].rules.n; i++) {
            uint32_t rule = t->w->groups.at[g].rules.at[i].id;
            bool named = false;
            for (size_t k = 0; k < f->opener_n; k++) {
                named = named ||
                        (f->openers[k].rule == rule && f->openers[k].group == g &&
                         guard_holds(t->w->space, reach_guard(f->openers[k].when), t->outcome));
            }
            if (named != opens_alone(t, f, rule)) {
                struct str s = str_format(&t->arena, "rule #%u opens %s alone: %s", rule,
                                          protocol_name(f->protocol), named ? "no" : "yes");
                trial_disagree(t, s.p);
            }
        }
    }
}

static void openers_open_alone(void **state)
{
    (void)state;
    for (uint32_t number = OPENERS_AT; number < BLOCKED_AT; number++) {
        struct trial t;
        trial_begin(&t, number);
        set_low_port_facts(&t, 1);
        do {
            bool checked = trial_is_deployable(&t) && trial_is_drawn(&t, 1);
            for (size_t i = 0; checked && i < t.answer.flow_n; i++) {
                if (guard_holds(t.w->space, reach_guard(t.answer.flows[i].when), t.outcome)) {
                    check_openers(&t, &t.answer.flows[i]);
                }
            }
        } while (trial_next_own(&t));
        trial_end(&t);
    }
}

static void an_interface_has_flows_or_blockers(void **state)
{
    (void)state;
    for (uint32_t number = BLOCKED_AT; number < END; number++) {
        struct trial t;
        trial_begin(&t, number);
        for (uint32_t i = 0; i < t.w->interfaces.n; i++) {
            int places = 0;
            for (size_t k = 0; k < t.answer.unreached_n; k++) {
                const struct reach_unreached *u = &t.answer.unreached[k];
                if (u->interface == i && u->edge == EDGE_INTERNET) {
                    places += u->blockers.n > 0 ? 1 : 100;
                }
            }
            bool has_flow = false;
            for (size_t k = 0; k < t.answer.flow_n; k++) {
                has_flow = has_flow || t.answer.flows[k].interface == i;
            }
            if (places + (has_flow ? 1 : 0) != 1) {
                struct str s = str_format(&t.arena, "interface %u", i);
                trial_disagree(&t, s.p);
            }
        }
        trial_end(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_are_open_exactly_where_packets_get_through),
        cmocka_unit_test(flows_are_sorted_disjoint_and_maximal),
        cmocka_unit_test(verdicts_are_what_counting_gives),
        cmocka_unit_test(openers_open_alone),
        cmocka_unit_test(an_interface_has_flows_or_blockers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
