/*
 * The solver against the simulator on random worlds with private edges, middleboxes and
 * entrances. An address that is not written down is tried everywhere that it may be: what gets
 * through from everywhere is open, what gets through from somewhere is open under A-ADDR.
 */
#include "tests/check.h"

#include "tests/reach/simulator.h"
#include "tests/reach/trial.h"

enum { GATEWAYS_AT = 0, ENTRANCES_AT = 10000, WORLDS = 400, DRAWN = 3, PORTS = 10 };

/* The outcomes of the solver's facts, all of a kind alike. */
struct facts {
    bool low;  /* A-LOWPORT */
    bool asym; /* A-ASYM */
    bool addr; /* A-ADDR */
};

static struct facts draw_facts(struct trial *t)
{
    struct facts f = {trial_below(t, 2) == 1, trial_below(t, 2) == 1, trial_below(t, 2) == 1};
    trial_set_facts(t, "A-LOWPORT", f.low);
    trial_set_facts(t, "A-ASYM", f.asym);
    trial_set_facts(t, "A-ADDR", f.addr);
    return f;
}

static void forget_facts(struct trial *t)
{
    trial_set_facts(t, "A-", 0);
}

static bool is_in_a_flow(const struct trial *t, uint32_t interface, uint32_t gateway,
                         enum net_family family, int protocol, uint16_t port)
{
    unsigned families = family == NET_V4 ? FAMILY_V4 : FAMILY_V6;
    for (size_t i = 0; i < t->answer.flow_n; i++) {
        const struct reach_flow *f = &t->answer.flows[i];
        if (f->interface == interface && f->gateway == gateway &&
            f->edge == sim_edge(t->w->gateways.at[gateway].kind) && (f->families & families) != 0 &&
            f->protocol == protocol && ports_has(f->ports, port) &&
            guard_holds(t->w->space, reach_guard(f->when), t->outcome)) {
            return true;
        }
    }
    return false;
}

static bool gets_through(const struct trial *t, const struct sim_packet *packet, struct facts facts)
{
    enum sim_result result = simulate(t->w, t->outcome, packet);
    return result == SIM_OPEN || (result == SIM_LOW_CLIENT_PORT && facts.low);
}

/* From a subnet beyond the gateway, by what its interfaces carry. */
static bool refers_through(const struct trial *t, struct sim_packet packet, uint32_t from,
                           struct facts facts)
{
    bool some = false;
    bool every = true;
    packet.refers = true;
    packet.from = from;
    for (size_t i = 0; i < t->probes.anywhere[packet.family].n; i++) {
        packet.source = t->probes.anywhere[packet.family].at[i];
        if (sim_may_be_at(t->w, t->outcome, from, packet.family, packet.source)) {
            bool open = gets_through(t, &packet, facts);
            some = some || open;
            every = every && open;
        }
    }
    return some && (every || facts.addr);
}

static bool is_expected(const struct trial *t, struct sim_packet packet, struct facts facts)
{
    bool internet = t->w->gateways.at[packet.gateway].kind == GATEWAY_INTERNET;
    packet.asymmetric = facts.asym;
    size_t n = internet ? t->probes.internet[packet.family].n : t->probes.anywhere[packet.family].n;
    for (size_t i = 0; i < n; i++) {
        packet.source = internet ? t->probes.internet[packet.family].at[i]
                                 : t->probes.anywhere[packet.family].at[i];
        if (gets_through(t, &packet, facts)) {
            return true;
        }
    }
    for (uint32_t s = 0; s < t->w->subnets.n; s++) {
        if (refers_through(t, packet, s, facts)) {
            return true;
        }
    }
    return false;
}

static void disagree(struct trial *t, uint32_t interface, uint32_t gateway, enum net_family family,
                     int protocol, uint16_t port, bool open)
{
    struct str s = str_format(&t->arena, "interface %u gateway %u %s %s port %u: simulator: %s",
                              interface, gateway, family == NET_V4 ? "v4" : "v6",
                              protocol_name(protocol), (unsigned)port, open ? "open" : "closed");
    trial_disagree(t, s.p);
}

static void check_gateway(struct trial *t, uint32_t interface, uint32_t gateway)
{
    for (size_t i = 0; i < PORTS; i++) {
        struct sim_packet packet = {
            .interface = interface,
            .gateway = gateway,
            .family = trial_below(t, 3) == 0 ? NET_V6 : NET_V4,
            .protocol = trial_below(t, 3) == 0 ? PROTOCOL_UDP : PROTOCOL_TCP,
            .port = t->probes.ports.at[trial_below(t, t->probes.ports.n)],
            .rule = WORLD_NONE,
        };
        bool expected = is_expected(t, packet, draw_facts(t));
        if (is_in_a_flow(t, interface, gateway, packet.family, packet.protocol, packet.port) !=
            expected) {
            disagree(t, interface, gateway, packet.family, packet.protocol, packet.port, expected);
        }
    }
    forget_facts(t);
}

static bool is_entrance(enum world_gateway_kind kind)
{
    return kind == GATEWAY_CLIENT_VPN || kind == GATEWAY_CONNECT;
}

static void flows_of_gateways_are_where_packets_get_through(void **state)
{
    (void)state;
    for (uint32_t number = GATEWAYS_AT; number < GATEWAYS_AT + WORLDS; number++) {
        struct trial t;
        trial_begin_private(&t, number);
        do {
            bool checked = trial_is_deployable(&t) && trial_is_drawn(&t, DRAWN);
            for (uint32_t i = 0; checked && i < t.w->interfaces.n; i++) {
                for (uint32_t g = 0; g < t.w->gateways.n; g++) {
                    if (!is_entrance(t.w->gateways.at[g].kind)) {
                        check_gateway(&t, i, g);
                    }
                }
            }
        } while (trial_next_own(&t));
        trial_end(&t);
    }
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

/* From wherever the tunnel's end is, to wherever the interface is. */
static bool hops_through(const struct trial *t, struct sim_hop hop, bool some_is_enough)
{
    uint32_t from = t->w->entrances.at[hop.entrance].subnet;
    uint32_t to = subnet_now(t, hop.interface);
    bool some = false;
    bool every = true;
    size_t n = t->probes.anywhere[hop.family].n;
    for (size_t i = 0; to != WORLD_NONE && i < n * n; i++) {
        hop.source = t->probes.anywhere[hop.family].at[i / n];
        hop.target = t->probes.anywhere[hop.family].at[i % n];
        if (sim_may_be_at(t->w, t->outcome, from, hop.family, hop.source) &&
            sim_may_be_at(t->w, t->outcome, to, hop.family, hop.target)) {
            bool open = simulate_hop(t->w, t->outcome, &hop) == SIM_OPEN;
            some = some || open;
            every = every && open;
        }
    }
    return some && (every || some_is_enough);
}

static void check_entrances(struct trial *t, uint32_t interface, uint32_t gateway)
{
    for (size_t i = 0; i < PORTS; i++) {
        struct sim_hop hop = {
            .interface = interface,
            .family = trial_below(t, 3) == 0 ? NET_V6 : NET_V4,
            .protocol = trial_below(t, 3) == 0 ? PROTOCOL_UDP : PROTOCOL_TCP,
            .port = t->probes.ports.at[trial_below(t, t->probes.ports.n)],
        };
        struct facts facts = draw_facts(t);
        bool expected = false;
        for (uint32_t e = 0; e < t->w->entrances.n; e++) {
            hop.entrance = e;
            expected = expected || (t->w->entrances.at[e].gateway == gateway &&
                                    hops_through(t, hop, facts.addr));
        }
        if (is_in_a_flow(t, interface, gateway, hop.family, hop.protocol, hop.port) != expected) {
            disagree(t, interface, gateway, hop.family, hop.protocol, hop.port, expected);
        }
    }
    forget_facts(t);
}

static void flows_of_entrances_are_where_packets_get_through(void **state)
{
    (void)state;
    for (uint32_t number = ENTRANCES_AT; number < ENTRANCES_AT + WORLDS; number++) {
        struct trial t;
        trial_begin_private(&t, number);
        do {
            bool checked = trial_is_deployable(&t) && trial_is_drawn(&t, DRAWN);
            for (uint32_t i = 0; checked && i < t.w->interfaces.n; i++) {
                for (uint32_t g = 0; g < t.w->gateways.n; g++) {
                    if (is_entrance(t.w->gateways.at[g].kind)) {
                        check_entrances(&t, i, g);
                    }
                }
            }
        } while (trial_next_own(&t));
        trial_end(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_of_gateways_are_where_packets_get_through),
        cmocka_unit_test(flows_of_entrances_are_where_packets_get_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
