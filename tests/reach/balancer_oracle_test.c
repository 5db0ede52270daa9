/*
 * The solver against the simulator on random worlds of balancers: a flow through a balancer is
 * there exactly where some client's packet gets through one hop after the other.
 */
#include <stdio.h>

#include "reach/reach.h"
#include "tests/check.h"
#include "tests/reach/random_balancers.h"
#include "tests/reach/simulator.h"
#include "tests/reach/simulator_balancer.h"

enum { WORLDS = 500, PRIVATE_AT = 10000, DRAWN = 4, MOST_VARIABLES = 64, BALANCERS = 2 };

struct trial {
    struct arena arena;
    struct world *w;
    uint32_t number;
    struct reach_answer answer;
    bool is_private; /* clients are anywhere */
    bool resolves[BALANCERS];
    uint32_t outcome[MOST_VARIABLES];
    struct check_random random;
};

static void print_flow(const struct trial *t, const struct reach_flow *f, struct buf *b)
{
    buf_addf(b, "flow: gateway %u interface %u via %u :%u families %u %s %u-%u: ", f->gateway,
             f->interface, f->via, (unsigned)f->listener.begin, f->families,
             protocol_name(f->protocol), (unsigned)f->ports.begin, (unsigned)f->ports.end);
    guard_print(t->w->space, reach_guard(f->when), b);
    buf_addc(b, '\n');
}

static void disagree(const struct trial *t, const struct sim_connection *c, bool solver)
{
    struct buf b;
    buf_init(&b);
    buf_addf(&b, "world %u\n", t->number);
    world_dump(t->w, &b);
    for (size_t i = 0; i < t->answer.flow_n; i++) {
        print_flow(t, &t->answer.flows[i], &b);
    }
    buf_adds(&b, "assignment:");
    for (uint32_t v = 0; v < guard_count(t->w->space); v++) {
        buf_addf(&b, " %.*s=%u", STR_ARG(guard_variable(t->w->space, v)->name), t->outcome[v]);
    }
    buf_addf(&b, "\ngateway %u interface %u port %u via %u :%u %s v%d: the solver says %s\n",
             c->gateway, c->interface, (unsigned)c->port, c->via, (unsigned)c->listener,
             protocol_name(c->protocol), c->family == NET_V4 ? 4 : 6, solver ? "open" : "closed");
    fwrite(b.p, 1, b.n, stderr);
    buf_release(&b);
    fail();
}

static bool solver_says(const struct trial *t, const struct sim_connection *c)
{
    for (size_t i = 0; i < t->answer.flow_n; i++) {
        const struct reach_flow *f = &t->answer.flows[i];
        if (f->interface == c->interface && f->gateway == c->gateway &&
            f->edge == sim_edge(t->w->gateways.at[c->gateway].kind) && f->via == c->via &&
            f->protocol == c->protocol && f->listener.begin == c->listener &&
            ports_has(f->ports, c->port) &&
            (f->families & (c->family == NET_V4 ? FAMILY_V4 : FAMILY_V6)) != 0 &&
            guard_holds(t->w->space, reach_guard(f->when), t->outcome)) {
            return true;
        }
    }
    return false;
}

static bool simulator_says(const struct trial *t, struct sim_connection c)
{
    struct random_clients clients =
        t->is_private ? random_private_clients(c.family) : random_clients(c.family);
    for (size_t i = 0; i < clients.n; i++) {
        struct prefix p = {0};
        assert_true(prefix_parse(str_from(clients.at[i]), &p, NULL));
        c.client = p.first;
        if (simulate_balancer(t->w, t->outcome, &c)) {
            return true;
        }
    }
    return false;
}

static void check_interface(const struct trial *t, uint32_t interface, uint32_t gateway,
                            size_t *open)
{
    static const uint16_t ports[] = {79, 80, 443, 8080};
    static const uint16_t listeners[] = {443, 8080};
    for (size_t i = 0; i < 2 * 2 * 2 * 2 * 4; i++) {
        struct sim_connection c = {
            .gateway = gateway,
            .via = i & 1,
            .listener = listeners[i >> 1 & 1],
            .family = i >> 2 & 1 ? NET_V6 : NET_V4,
            .protocol = i >> 3 & 1 ? PROTOCOL_UDP : PROTOCOL_TCP,
            .interface = interface,
            .port = ports[i >> 4],
            .resolves = t->resolves,
        };
        bool says = solver_says(t, &c);
        *open += says;
        if (says != simulator_says(t, c)) {
            disagree(t, &c, says);
        }
    }
}

/* The world's own three variables and the facts; false: not deployable. */
static bool draw(struct trial *t)
{
    for (uint32_t v = 0; v < guard_count(t->w->space); v++) {
        t->outcome[v] = check_random_below(&t->random, 2);
    }
    return guard_holds(t->w->space, t->w->family, t->outcome);
}

/* Facts that only the simulator asks for would come after the outcomes were drawn. */
static void ask_for_all_facts(struct world *w)
{
    for (size_t i = 0; i < w->interfaces.n; i++) {
        world_fact(w, FACT_ADDR, w->interfaces.at[i].name);
    }
    for (size_t i = 0; i < w->acls.n; i++) {
        world_fact(w, FACT_LOWPORT, w->acls.at[i].name);
    }
    assert_true(guard_count(w->space) <= MOST_VARIABLES);
}

/* Each of them must be seen open. */
enum { BY_INTERNET, BY_PRIVATE_EDGE, BY_SERVICE, CLASSES };

static size_t class_of(const struct world *w, uint32_t gateway)
{
    if (w->gateways.at[gateway].kind == GATEWAY_SERVICE) {
        return BY_SERVICE;
    }
    return w->gateways.at[gateway].kind == GATEWAY_INTERNET ? BY_INTERNET : BY_PRIVATE_EDGE;
}

static void compare(uint32_t number, bool is_private, size_t *open)
{
    struct trial t = {.number = number, .is_private = is_private, .random = {.state = number + 1}};
    t.w = is_private ? random_private_balancers(&t.arena, number)
                     : random_balancers(&t.arena, number);
    t.answer = reach_solve(reach_new(&t.arena, t.w));
    ask_for_all_facts(t.w);
    for (uint32_t b = 0; b < BALANCERS; b++) {
        t.resolves[b] = simulate_resolves(t.w, b, 3);
    }
    for (int i = 0; i < DRAWN; i++) {
        for (uint32_t n = 0; draw(&t) && n < t.w->interfaces.n; n++) {
            for (uint32_t g = 0; g < t.w->gateways.n; g++) {
                check_interface(&t, n, g, &open[class_of(t.w, g)]);
            }
        }
    }
    arena_release(&t.arena);
}

static void flows_are_open_exactly_where_packets_are_relayed(void **state)
{
    (void)state;
    size_t open[CLASSES] = {0};
    for (uint32_t number = 0; number < WORLDS; number++) {
        compare(number, false, open);
    }
    assert_true(open[BY_INTERNET] > WORLDS); /* worlds in which nothing is open prove nothing */
}

static void flows_from_private_edges_are_where_packets_are_relayed(void **state)
{
    (void)state;
    size_t open[CLASSES] = {0};
    for (uint32_t number = PRIVATE_AT; number < PRIVATE_AT + WORLDS / 2; number++) {
        compare(number, true, open);
    }
    assert_true(open[BY_INTERNET] > WORLDS / 4 && open[BY_PRIVATE_EDGE] > WORLDS / 2 &&
                open[BY_SERVICE] > WORLDS / 4);
}

static void a_balancer_has_flows_of_its_own_only_without_targets(void **state)
{
    (void)state;
    size_t own = 0;
    for (uint32_t number = WORLDS; number < 2 * WORLDS; number++) {
        struct arena a = {0};
        struct world *w = random_balancers(&a, number);
        struct reach_answer answer = reach_solve(reach_new(&a, w));
        for (size_t i = 0; i < answer.flow_n; i++) {
            uint32_t balancer = w->interfaces.at[answer.flows[i].interface].balancer;
            assert_true(balancer == WORLD_NONE || !simulate_resolves(w, balancer, 3));
            own += balancer != WORLD_NONE;
        }
        arena_release(&a);
    }
    assert_true(own > 100);
}

static const struct world_entry *entry_of(const struct world *w, uint32_t id)
{
    for (size_t i = 0; i < w->acls.n; i++) {
        for (size_t k = 0; k < w->acls.at[i].entries.n; k++) {
            if (w->acls.at[i].entries.at[k].id == id) {
                return &w->acls.at[i].entries.at[k];
            }
        }
    }
    return NULL;
}

static const struct world_rule *rule_of(const struct world *w, uint32_t group, uint32_t id)
{
    for (size_t i = 0; i < w->groups.n; i++) {
        for (size_t k = 0; k < w->groups.at[i].rules.n; k++) {
            if (w->groups.at[i].id == group && w->groups.at[i].rules.at[k].id == id) {
                return &w->groups.at[i].rules.at[k];
            }
        }
    }
    return NULL;
}

/* Whatever a step names lets things in. */
static void check_step(const struct world *w, const struct reach_flow *f, size_t i)
{
    const struct reach_step *s = &reach_example(f)->path[i];
    if (s->kind == STEP_ACL) {
        const struct world_entry *e = entry_of(w, s->entry);
        assert_non_null(e);
        assert_true(e->allow && !e->egress);
    }
    if (s->kind == STEP_GROUP) {
        const struct world_rule *r = rule_of(w, s->element, s->entry);
        assert_non_null(r);
        assert_true(!r->egress);
    }
    if (s->kind == STEP_BALANCER) {
        assert_int_equal(s[1].kind, STEP_LISTENER);
        assert_int_equal(s[2].kind, STEP_TARGET_GROUP);
    }
}

static void check_openers(struct world *w, const struct reach_flow *f,
                          const struct reach_opener *openers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_true(guard_implies(w->space, reach_guard(openers[i].when), reach_guard(f->when)));
        assert_true(!guard_disjoint(w->space, reach_guard(openers[i].when), w->family));
        assert_non_null(rule_of(w, w->groups.at[openers[i].group].id, openers[i].rule));
        assert_true(i == 0 || openers[i - 1].rule < openers[i].rule);
    }
}

static void what_a_flow_says_of_itself_is_so(void **state)
{
    (void)state;
    size_t through = 0;
    for (uint32_t number = 2 * WORLDS; number < 3 * WORLDS; number++) {
        struct arena a = {0};
        struct world *w = random_balancers(&a, number);
        struct reach_answer answer = reach_solve(reach_new(&a, w));
        for (size_t i = 0; i < answer.flow_n; i++) {
            const struct reach_flow *f = &answer.flows[i];
            const struct reach_example *e = reach_example(f);
            const struct world_interface *n = &w->interfaces.at[f->interface];
            if (f->via == WORLD_NONE) {
                continue;
            }
            through++;
            assert_int_equal(e->path[0].kind, STEP_EDGE);
            assert_int_equal(e->path[e->path_n - 2].element, n->id);
            assert_int_equal(e->path[e->path_n - 1].element, w->owners.at[n->owner].id);
            assert_false(ports_is_empty(f->listener));
            assert_true(f->exposure != EXPOSURE_NONE);
            assert_true(f->opener_n > 0 || !guard_is_false(n->open) || n->balancer != WORLD_NONE);
            for (size_t k = 0; k + 2 < e->path_n; k++) {
                check_step(w, f, k);
            }
            check_openers(w, f, f->openers, f->opener_n);
            check_openers(w, f, f->front_openers, f->front_opener_n);
        }
        arena_release(&a);
    }
    assert_true(through > WORLDS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_flow_says_of_itself_is_so),
        cmocka_unit_test(flows_are_open_exactly_where_packets_are_relayed),
        cmocka_unit_test(flows_from_private_edges_are_where_packets_are_relayed),
        cmocka_unit_test(a_balancer_has_flows_of_its_own_only_without_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
