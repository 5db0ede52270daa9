/*
 * Words for the ways in, and the rule that speaks of each private one.
 */
#include "policy/check.h"

static const struct edge_words {
    enum world_edge edge;
    const char *noun;
    const char *rule; /* NULL: the rules of the internet, one for each service */
} edge_words[] = {
    {EDGE_INTERNET, "the internet", NULL},
    {EDGE_ACCELERATOR, "the internet", NULL},
    {EDGE_PEERING, "a VPC peering connection", "peering-port"},
    {EDGE_VPN, "a virtual private gateway", "vpn-port"},
    {EDGE_TRANSIT, "a transit gateway", "transit-port"},
    {EDGE_CLIENT_VPN, "a Client VPN endpoint", "client-vpn-port"},
    {EDGE_PRIVATELINK, "a VPC endpoint service", "privatelink-port"},
    {EDGE_CARRIER, "a carrier or local gateway", "carrier-port"},
    {EDGE_MANAGED, "an EC2 Instance Connect Endpoint", "managed-port"},
};

static const struct edge_words *words_of(enum world_edge e)
{
    for (size_t i = 0; i < sizeof edge_words / sizeof *edge_words; i++) {
        if (edge_words[i].edge == e) {
            return &edge_words[i];
        }
    }
    BUG("no edge %d", (int)e);
}

const char *edge_noun(enum world_edge e)
{
    return words_of(e)->noun;
}

const struct rule *edge_rule(enum world_edge e)
{
    const char *name = words_of(e)->rule;
    const struct rule *r = name == NULL ? NULL : rule_find(str_from(name));
    if (r == NULL) {
        BUG("no rule of edge %d", (int)e);
    }
    return r;
}

struct str edge_via(struct arena *a, const struct finding_endpoint *e)
{
    if (e->via.n == 0) {
        return STR("");
    }
    if (ports_is_empty(e->listener)) {
        return str_format(a, " through load balancer '%.*s'", STR_ARG(e->via));
    }
    if (e->listener.begin == e->listener.end) {
        return str_format(a, " through load balancer '%.*s' (listener port %u)", STR_ARG(e->via),
                          (unsigned)e->listener.begin);
    }
    return str_format(a, " through load balancer '%.*s' (listener ports %u-%u)", STR_ARG(e->via),
                      (unsigned)e->listener.begin, (unsigned)e->listener.end);
}

struct str finding_end_to_end(struct arena *a, const struct world *w, const struct reach_flow *f)
{
    switch (f->end_to_end) {
    case END_TO_END_NA:
        return STR("n/a");
    case END_TO_END_NONE:
        return STR("none");
    case END_TO_END_UNKNOWN:
        return f->remote_unmodelled ? STR("unknown (no VPNConnection in the template)")
                                    : STR("unknown");
    case END_TO_END_CONFIRMED:
        break;
    }
    struct buf b;
    buf_init(&b);
    buf_adds(&b, "confirmed: ");
    for (size_t i = 0; i < f->confirmed_n; i++) {
        buf_adds(&b, i == 0 ? "" : ",");
        buf_add(&b, w->owners.at[f->confirmed_by[i]].name);
    }
    return buf_keep(&b, a);
}
