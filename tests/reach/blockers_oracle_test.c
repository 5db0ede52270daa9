/*
 * Why not? The blockers that the solver names against the simulator with conjuncts waived: what
 * stays shut when everything but one conjunct is waived is blocked by that one.
 */
#include "tests/check.h"

#include "net/internet.h"
#include "tests/reach/simulator.h"
#include "tests/reach/trial.h"

enum { WORLDS = 1000, QUESTIONS = 3 };

/* One question, asked of both: `sources` are those that the simulator tries, by family. */
struct inquiry {
    struct reach_question question;
    struct ipset one;
    struct ip_range range;
    const struct address *sources[2];
    size_t source_n[2];
};

enum { ALL_CONJUNCTS = (1 << SIM_CONJUNCTS) - 1 };

static bool gets_through_now(const struct trial *t, const struct inquiry *q, unsigned waived)
{
    for (uint32_t g = 0; g < t->w->gateways.n; g++) {
        for (int f = NET_V4; f <= NET_V6; f++) {
            for (size_t i = 0; i < q->source_n[f]; i++) {
                struct sim_packet packet = {.interface = q->question.interface,
                                            .gateway = g,
                                            .family = (enum net_family)f,
                                            .source = q->sources[f][i],
                                            .protocol = q->question.protocol,
                                            .port = q->question.ports.begin,
                                            .rule = WORLD_NONE,
                                            .waived = waived};
                if (simulate(t->w, t->outcome, &packet) != SIM_CLOSED) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* Does one of the packets get through under some assignment, if these conjuncts are waived? */
static bool gets_through(struct trial *t, const struct inquiry *q, unsigned waived)
{
    bool open = false;
    do {
        open = open || (trial_is_deployable(t) && gets_through_now(t, q, waived));
    } while (trial_next_own(t));
    return open;
}

static void dispute(struct trial *t, const struct inquiry *q, struct reach_blockers blockers,
                    const char *what)
{
    struct buf b;
    buf_init(&b);
    buf_addf(&b, "interface %u %s port %u from ", q->question.interface,
             protocol_name(q->question.protocol), (unsigned)q->question.ports.begin);
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
                     .group = WORLD_NONE}};
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
