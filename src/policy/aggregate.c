/*
 * CFNR190 and CFNR390: for each interface, gateway and balancer, everything that can be reached, as
 * the network exposure findings of Amazon Inspector list it (SEMANTICS 5.2).
 */
#include "policy/check.h"

struct port_lists {
    VEC(struct ports) tcp;
    VEC(struct ports) udp;
};

/* Flows of one protocol ascend within a family; v4 and v6 may repeat each other. */
static size_t add_ports(struct arena *a, struct ports **at, size_t n, size_t *cap, struct ports p)
{
    struct ports_list {
        struct ports *at;
        size_t n;
        size_t cap;
    } list = {*at, n, *cap};
    size_t i = 0;
    while (i < list.n && list.at[i].end + 1U < p.begin) {
        i++;
    }
    size_t end = i;
    while (end < list.n && list.at[end].begin <= p.end + 1U) {
        p.begin = list.at[end].begin < p.begin ? list.at[end].begin : p.begin;
        p.end = list.at[end].end > p.end ? list.at[end].end : p.end;
        end++;
    }
    if (end == i) {
        (void)VEC_ADD(a, &list);
        memmove(list.at + i + 1, list.at + i, (list.n - 1 - i) * sizeof *list.at);
    } else {
        memmove(list.at + i + 1, list.at + end, (list.n - end) * sizeof *list.at);
        list.n -= end - i - 1;
    }
    list.at[i] = p;
    *at = list.at;
    *cap = list.cap;
    return list.n;
}

static bool same_way(const struct reach_flow *a, const struct reach_flow *b)
{
    return a->interface == b->interface && a->edge == b->edge && a->gateway == b->gateway &&
           a->via == b->via;
}

static void add_aggregate(struct checker *c, const struct rule *rule, const struct reach_flow *f,
                          size_t n, enum severity severity)
{
    struct port_lists lists = {{0}, {0}};
    const struct reach_flow *best = f;
    enum exposure exposure = EXPOSURE_NONE;
    unsigned families = 0;
    struct ports hull = f->ports;
    for (size_t i = 0; i < n; i++) {
        if (f[i].protocol == PROTOCOL_TCP) {
            lists.tcp.n =
                add_ports(c->arena, &lists.tcp.at, lists.tcp.n, &lists.tcp.cap, f[i].ports);
        } else {
            lists.udp.n =
                add_ports(c->arena, &lists.udp.at, lists.udp.n, &lists.udp.cap, f[i].ports);
        }
        best = reach_flow_verdict(&f[i]) > reach_flow_verdict(best) ? &f[i] : best;
        exposure = f[i].exposure > exposure ? f[i].exposure : exposure;
        families |= f[i].families;
        hull.begin = f[i].ports.begin < hull.begin ? f[i].ports.begin : hull.begin;
        hull.end = f[i].ports.end > hull.end ? f[i].ports.end : hull.end;
    }
    struct draft *d = check_draft(c, rule, WORLD_NONE, f->edge);
    struct finding_endpoint e =
        endpoint_of(c, best, best->ports, check_judge(c, reach_guard(best->when)), WORLD_NONE);
    e.when = reach_guard(best->when);
    e.kind = STR("NetworkExposure");
    e.severity = severity;
    e.protocol = PROTOCOL_ALL;
    e.ports = hull;
    e.exposure = exposure;
    e.families = families;
    e.tcp = lists.tcp.at;
    e.tcp_n = lists.tcp.n;
    e.udp = lists.udp.at;
    e.udp_n = lists.udp.n;
    *VEC_ADD(c->arena, &d->finding.endpoints) = e;
}

void check_aggregates(struct checker *c)
{
    const struct rule *internet = rule_find(STR("internet-aggregate"));
    const struct rule *private_path = rule_find(STR("private-aggregate"));
    if (internet == NULL || private_path == NULL) {
        BUG("no rule of aggregates");
    }
    const struct reach_flow *flows = c->answer->flows;
    for (size_t i = 0; i < c->answer->flow_n;) {
        size_t end = i + 1;
        while (end < c->answer->flow_n && same_way(&flows[i], &flows[end])) {
            end++;
        }
        const struct rule *rule = world_edge_is_internet(flows[i].edge) ? internet : private_path;
        enum severity severity = c->settings->rule_severity[rule_index(rule)];
        if (severity != SEVERITY_OFF) {
            add_aggregate(c, rule, flows + i, end - i, severity);
        }
        i = end;
    }
}
