/*
 * Why not? The blockers that the solver names against the simulator with conjuncts waived: what
 * stays shut when everything but one conjunct is waived is blocked by that one.
 */
#include "tests/check.h"

#include "net/internet.h"
#include "tests/reach/simulator.h"
#include "tests/reach/trial.h"

enum { WORLDS = 1000, QUESTIONS = 3, PRIVATE_AT = 20000, PRIVATE_WORLDS = 300 };

/* One question, asked of both: `sources` are those that the simulator tries, by family. */
struct inquiry {
    struct reach_question question;
    enum world_gateway_kind kind; /* of the edge */
    bool by_hop;                  /* through an entrance */
    struct ipset one;
    struct ip_range range;
    const struct address *sources[2];
    size_t source_n[2];
};

enum { ALL_CONJUNCTS = (1 << SIM_CONJUNCTS) - 1 };

static bool is_open(const struct trial *t, struct sim_packet packet)
{
    if (simulate(t->w, t->outcome, &packet) != SIM_CLOSED) {
        return true;
    }
    packet.refers = true; /* perhaps it is from something that carries a group */
    for (uint32_t s = 0; s < t->w->subnets.n; s++) {
        packet.from = s;
        if (sim_may_be_at(t->w, t->outcome, s, packet.family, packet.source) &&
            simulate(t->w, t->outcome, &packet) != SIM_CLOSED) {
            return true;
        }
    }
    return false;
}

static bool gets_through_now(const struct trial *t, const struct inquiry *q, unsigned waived)
{
    for (uint32_t g = 0; g < t->w->gateways.n; g++) {
        for (int f = NET_V4; t->w->gateways.at[g].kind == q->kind && f <= NET_V6; f++) {
            for (size_t i = 0; i < q->source_n[f]; i++) {
                struct sim_packet packet = {.interface = q->question.interface,
                                            .gateway = g,
                                            .family = (enum net_family)f,
                                            .source = q->sources[f][i],
                                            .protocol = q->question.protocol,
                                            .port = q->question.ports.begin,
                                            .rule = WORLD_NONE,
                                            .waived = waived,
                                            .asymmetric = true};
                if (is_open(t, packet)) {
                    return true;
                }
            }
        }
    }
    return false;
}

static uint32_t subnet_now(const struct trial *t, uint32_t interface)
{
    const struct world_interface *n = &t->w->interfaces.at[interface];
    for (size_t i = 0; i < n->placements.n; i++) {
        if (guard_holds(t->w->space, n->placements.at[i].when, t->outcome)) {
            return n->placements.at[i].subnet;
        }
    }
    return WORLD_NONE;
}

static bool hops_over(const struct trial *t, struct sim_hop hop, uint32_t to)
{
    uint32_t from = t->w->entrances.at[hop.entrance].subnet;
    size_t n = t->probes.anywhere[hop.family].n;
    for (size_t i = 0; i < n * n; i++) {
        hop.source = t->probes.anywhere[hop.family].at[i / n];
        hop.target = t->probes.anywhere[hop.family].at[i % n];
        if (sim_may_be_at(t->w, t->outcome, from, hop.family, hop.source) &&
            sim_may_be_at(t->w, t->outcome, to, hop.family, hop.target) &&
            simulate_hop(t->w, t->outcome, &hop) == SIM_OPEN) {
            return true;
        }
    }
    return false;
}

/* Where the VPC has no entrance of the edge, only the entry is missing. */
static bool hops_in_now(const struct trial *t, const struct inquiry *q, unsigned waived)
{
    uint32_t to = subnet_now(t, q->question.interface);
    bool any = false;
    for (uint32_t e = 0; to != WORLD_NONE && e < t->w->entrances.n; e++) {
        const struct world_entrance *entrance = &t->w->entrances.at[e];
        if (entrance->edge != q->question.edge ||
            t->w->subnets.at[entrance->subnet].vpc != t->w->subnets.at[to].vpc) {
            continue;
        }
        any = true;
        for (int f = NET_V4; f <= NET_V6; f++) {
            struct sim_hop hop = {.interface = q->question.interface,
                                  .entrance = e,
                                  .family = (enum net_family)f,
                                  .protocol = q->question.protocol,
                                  .port = q->question.ports.begin,
                                  .waived = waived};
            if (hops_over(t, hop, to)) {
                return true;
            }
        }
    }
    return to != WORLD_NONE && !any && (waived & 1U << SIM_ENTRY) != 0;
}

/* Does one of the packets get through under some assignment, if these conjuncts are waived? */
static bool gets_through(struct trial *t, const struct inquiry *q, unsigned waived)
{
    bool open = false;
    do {
        open = open || (trial_is_deployable(t) &&
                        (q->by_hop ? hops_in_now(t, q, waived) : gets_through_now(t, q, waived)));
    } while (trial_next_own(t));
    return open;
}

static void dispute(struct trial *t, const struct inquiry *q, struct reach_blockers blockers,
                    const char *what)
{
    struct buf b;
    buf_init(&b);
    buf_addf(&b, "%s interface %u %s port %u from ", world_edge_name(q->question.edge),
             q->question.interface, protocol_name(q->question.protocol),
             (unsigned)q->question.ports.begin);
    if (q->question.sources == NULL) {
        buf_adds(&b, "anywhere");
    } else {
        ipset_print(q->one, &b);
    }
    for (size_t i = 0; i < blockers.n; i++) {
        buf_addf(&b, "\n    %s #%u%s%s", reach_conjunct_name(blockers.at[i].conjunct),
                 blockers.at[i].element, blockers.at[i].alone ? " alone" : "",
                 blockers.at[i].joint ? " joint" : "");
    }
    buf_addf(&b, "\n%s", what);
    trial_disagree(t, b.p);
}

/* Conjuncts that nothing fulfils are the blockers; if there is none, a smallest set that
 * nothing fulfils together (DESIGN.md, Blockers). */
static void check_conjuncts(struct trial *t, const struct inquiry *q,
                            struct reach_blockers blockers)
{
    unsigned named = 0;
    unsigned empty = 0;
    for (size_t i = 0; i < blockers.n; i++) {
        named |= 1U << blockers.at[i].conjunct;
    }
    for (unsigned c = 0; c < SIM_CONJUNCTS; c++) {
        empty |= gets_through(t, q, ALL_CONJUNCTS & ~(1U << c)) ? 0 : 1U << c;
    }
    for (size_t i = 0; i < blockers.n; i++) {
        const struct reach_blocker *b = &blockers.at[i];
        if (b->joint == (empty != 0)) {
            dispute(t, q, blockers, "joint if and only if no conjunct is empty");
        }
        if (b->alone && !gets_through(t, q, 1U << b->conjunct)) {
            dispute(t, q, blockers, "waiving what blocks alone opens nothing");
        }
    }
    if (empty != 0 && named != empty) {
        dispute(t, q, blockers, str_format(&t->arena, "empty are %#x", empty).p);
    }
    for (unsigned c = 0; empty == 0 && c < SIM_CONJUNCTS; c++) {
        unsigned without = ALL_CONJUNCTS & ~(named & ~(1U << c));
        if ((named >> c & 1) != 0 && !gets_through(t, q, without)) {
            dispute(t, q, blockers, "not the smallest joint set");
        }
    }
    if (gets_through(t, q, ALL_CONJUNCTS & ~named)) {
        dispute(t, q, blockers, "these together do not block");
    }
}

static void ask_why_not(struct trial *t)
{
    struct inquiry q = {
        .question = {.interface = trial_below(t, t->w->interfaces.n),
                     .edge = EDGE_INTERNET,
                     .protocol = trial_below(t, 2) == 0 ? PROTOCOL_TCP : PROTOCOL_UDP,
                     .group = WORLD_NONE},
        .kind = GATEWAY_INTERNET};
    uint32_t ports = (uint32_t)t->probes.ports.n;
    uint16_t port = t->probes.ports.at[trial_below(t, ports)];
    q.question.ports = (struct ports){port, port};
    if (trial_below(t, 3) == 0) { /* everything beyond the edge */
        for (int f = NET_V4; f <= NET_V6; f++) {
            q.sources[f] = t->probes.internet[f].at;
            q.source_n[f] = t->probes.internet[f].n;
        }
    } else {
        enum net_family f = trial_below(t, 3) == 0 ? NET_V6 : NET_V4;
        uint32_t n = (uint32_t)t->probes.edges[f].n;
        struct address source = t->probes.edges[f].at[trial_below(t, n)];
        if (!ipset_has(internet_space(f), source)) {
            return;
        }
        q.range = (struct ip_range){source, source};
        q.one = (struct ipset){f, &q.range, 1};
        q.question.sources = &q.one;
        q.sources[f] = &q.range.first;
        q.source_n[f] = 1;
    }
    struct reach_blockers blockers = reach_why_not(t->solver, q.question);
    if ((blockers.n == 0) != gets_through(t, &q, 0)) {
        dispute(t, &q, blockers, blockers.n == 0 ? "is blocked" : "is open");
    }
    if (blockers.n > 0 && gets_through(t, &q, ALL_CONJUNCTS)) {
        check_conjuncts(t, &q, blockers);
    }
}

/* About an edge of a private world; a few sources, since there are many addresses. */
static void ask_privately(struct trial *t)
{
    static const struct {
        enum world_edge edge;
        enum world_gateway_kind kind;
        bool by_hop;
    } EDGES_ASKED[] = {
        {EDGE_INTERNET, GATEWAY_INTERNET, false},
        {EDGE_PEERING, GATEWAY_PEERING, false},
        {EDGE_VPN, GATEWAY_VPN, false},
        {EDGE_TRANSIT, GATEWAY_TRANSIT, false},
        {EDGE_CLIENT_VPN, GATEWAY_CLIENT_VPN, true},
        {EDGE_MANAGED, GATEWAY_CONNECT, true},
    };
    size_t which = trial_below(t, sizeof EDGES_ASKED / sizeof *EDGES_ASKED);
    struct inquiry q = {
        .question = {.interface = trial_below(t, t->w->interfaces.n),
                     .edge = EDGES_ASKED[which].edge,
                     .protocol = trial_below(t, 2) == 0 ? PROTOCOL_TCP : PROTOCOL_UDP,
                     .group = WORLD_NONE},
        .kind = EDGES_ASKED[which].kind,
        .by_hop = EDGES_ASKED[which].by_hop,
    };
    bool there = q.by_hop;
    for (size_t g = 0; g < t->w->gateways.n; g++) {
        there = there || t->w->gateways.at[g].kind == q.kind;
    }
    if (!there) {
        return;
    }
    uint16_t port = t->probes.ports.at[trial_below(t, t->probes.ports.n)];
    q.question.ports = (struct ports){port, port};
    for (int f = NET_V4; f <= NET_V6; f++) {
        bool internet = q.kind == GATEWAY_INTERNET;
        q.sources[f] = internet ? t->probes.internet[f].at : t->probes.anywhere[f].at;
        q.source_n[f] = internet ? t->probes.internet[f].n : t->probes.anywhere[f].n;
    }
    struct reach_blockers blockers = reach_why_not(t->solver, q.question);
    if ((blockers.n == 0) != gets_through(t, &q, 0)) {
        dispute(t, &q, blockers, blockers.n == 0 ? "is blocked" : "is open");
    }
    if (blockers.n > 0 && gets_through(t, &q, ALL_CONJUNCTS)) {
        check_conjuncts(t, &q, blockers);
    }
}

static void so_are_those_of_private_edges(void **state)
{
    (void)state;
    for (uint32_t number = PRIVATE_AT; number < PRIVATE_AT + PRIVATE_WORLDS; number++) {
        struct trial t;
        trial_begin_private(&t, number);
        for (int i = 0; i < QUESTIONS; i++) {
            ask_privately(&t);
        }
        trial_end(&t);
    }
}

static void blockers_are_what_waiving_them_shows(void **state)
{
    (void)state;
    for (uint32_t number = 0; number < WORLDS; number++) {
        struct trial t;
        trial_begin(&t, number);
        for (int i = 0; i < QUESTIONS; i++) {
            ask_why_not(&t);
        }
        trial_end(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blockers_are_what_waiving_them_shows),
        cmocka_unit_test(so_are_those_of_private_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
