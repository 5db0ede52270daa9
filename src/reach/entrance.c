/*
 * Each entrance of the gateway in the interface's VPC is one sender.
 */
#include "reach/entrance.h"

#include "net/internet.h"

/* A way through an entrance: to the k-th placement, with the client's address or without. */
struct passage {
    const struct world_entrance *entrance;
    const struct profile *target;
    size_t placement;
    int protocol;
    enum net_family family;
    bool keeps_client;
};

static struct hop hop_from(const struct reach *r, const struct passage *w)
{
    const struct world_entrance *e = w->entrance;
    return (struct hop){
        .sender =
            {
                .name = r->world->gateways.at[e->gateway].name,
                .subnet = e->subnet,
                .groups = e->groups.at,
                .group_n = e->groups.n,
                .filters = e->filters,
                .destinations = e->destinations.at,
                .destination_n = e->destinations.n,
                .keeps_client = w->keeps_client,
            },
        .target = w->target,
        .placement = w->placement,
        .family = w->family,
        .protocol = w->protocol,
    };
}

/* A client whose address is kept comes from the internet. */
static struct contributions open_through(struct reach *r, struct arena *a, const struct hop *h)
{
    struct contributions all = hop_open(r, a, h);
    if (!h->sender.keeps_client) {
        return all;
    }
    struct ipset internet = internet_space(h->family);
    struct contribution *kept = ARENA_ARRAY(a, all.n, struct contribution);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        struct contribution c = all.at[i];
        c.passing = admit_both(a, c.passing, internet);
        c.sources = c.passing;
        if (!ipset_is_empty(c.passing)) {
            kept[n++] = c;
        }
    }
    return (struct contributions){.at = kept, .n = n};
}

/* When the entrance takes packets of the passage's family and keeps the address as it says;
 * FALSE: it is not one of the gateway's. */
static struct guard entrance_when(const struct reach *r, const struct passage *w,
                                  const struct edge_row *row, uint32_t gateway)
{
    const struct world_entrance *e = w->entrance;
    if (e->edge != row->edge || e->gateway != gateway) {
        return GUARD_FALSE;
    }
    struct guard when = w->family == NET_V4 ? e->when : guard_and(r->space, e->when, e->carries6);
    return w->keeps_client ? guard_and(r->space, when, e->preserves)
                           : guard_minus(r->space, when, e->preserves);
}

void entrance_admit(struct reach *r, const struct profile *p, const struct edge_row *row,
                    uint32_t gateway, int protocol, enum net_family f,
                    struct contribution_heap *heap)
{
    for (size_t i = 0; i < 2 * r->world->entrances.n; i++) {
        struct passage w = {.entrance = &r->world->entrances.at[i / 2],
                            .target = p,
                            .protocol = protocol,
                            .family = f,
                            .keeps_client = i % 2 == 1};
        struct guard when = entrance_when(r, &w, row, gateway);
        for (size_t k = 0; reach_live(r, when) && k < p->sample->placements.n; k++) {
            w.placement = k;
            struct hop hop = hop_from(r, &w);
            struct contributions all = open_through(r, r->arena, &hop);
            for (size_t n = 0; n < all.n; n++) {
                struct contribution c = all.at[n];
                c.when = guard_and(r->space, c.when, when);
                if (reach_live(r, c.when)) {
                    *VEC_ADD(heap->arena, &heap->all) = c;
                }
            }
        }
    }
}

static unsigned waived(unsigned counted)
{
    static const unsigned AS_HOP[CONJUNCT_COUNT] = {
        [CONJUNCT_EXISTS] = HOP_THERE,     [CONJUNCT_ADDRESS] = HOP_ADDRESS,
        [CONJUNCT_ENTRY] = HOP_LIMITS,     [CONJUNCT_GROUP] = HOP_RULES,
        [CONJUNCT_ACL_IN] = HOP_ACL_FORTH, [CONJUNCT_ACL_OUT] = HOP_ACL_BACK,
    };
    unsigned permissive = 0;
    for (unsigned c = 0; c < CONJUNCT_COUNT; c++) {
        permissive |= counted & (1U << c) ? 0 : AS_HOP[c];
    }
    return permissive;
}

/* Does what the hop opens meet the question, under when? */
static bool answers(struct reach *r, struct contributions all, const struct reach_question *q,
                    struct guard when)
{
    for (size_t i = 0; i < all.n; i++) {
        const struct contribution *c = &all.at[i];
        bool asked = q->group == WORLD_NONE || c->group == WORLD_NONE || c->group == q->group;
        if (asked && !ports_is_empty(ports_both(c->ports, q->ports)) &&
            (!q->sources || ipset_meets(c->passing, *q->sources)) &&
            reach_live(r, guard_and(r->space, c->when, when))) {
            return true;
        }
    }
    return false;
}

bool entrance_passes(struct reach *r, const struct profile *p, const struct edge_row *row, size_t k,
                     enum net_family f, const struct reach_question *q, struct guard when,
                     unsigned counted)
{
    static const int PROTOCOLS[] = {PROTOCOL_TCP, PROTOCOL_UDP};
    bool entry = counted & (1U << (unsigned)CONJUNCT_ENTRY);
    bool any = false;
    struct arena scratch = {0};
    bool found = false;
    for (size_t i = 0; i < 4 * r->world->entrances.n && !found; i++) {
        const struct world_entrance *e = &r->world->entrances.at[i / 4];
        int protocol = PROTOCOLS[i % 2];
        const struct passage w = {e, p, k, protocol, f, i / 2 % 2 == 1};
        if (e->edge != row->edge || r->world->subnets.at[e->subnet].vpc != p->places[k]->vpc) {
            continue;
        }
        any = true;
        struct guard in = w.keeps_client ? e->preserves : guard_not(r->space, e->preserves);
        in = entry ? entrance_when(r, &w, row, e->gateway) : in;
        in = guard_and(r->space, in, when);
        if ((q->protocol == PROTOCOL_ALL || q->protocol == protocol) && reach_live(r, in)) {
            struct hop hop = hop_from(r, &w);
            hop.permissive = waived(counted);
            found = answers(r, open_through(r, &scratch, &hop), q, in);
        }
    }
    arena_release(&scratch);
    return any ? found : !entry;
}

struct search {
    struct reach *r;
    const struct profile *profile;
    const struct edge_row *edge;
    const struct row *row;
    const uint32_t *outcome;
    struct path_plan plan;
};

/* Does the contribution open the row's first port under the assignment? */
static bool opens(const struct search *s, const struct contribution *c)
{
    return ports_has(c->ports, s->row->piece.ports.begin) &&
           guard_holds(s->r->space, c->when, s->outcome);
}

static bool find_in_hop(struct search *s, const struct passage *w)
{
    struct reach *r = s->r;
    struct hop hop = hop_from(r, w);
    struct contributions all = open_through(r, r->arena, &hop);
    for (size_t i = 0; i < all.n; i++) {
        const struct contribution *c = &all.at[i];
        if (!opens(s, c)) {
            continue;
        }
        struct packet packet = {w->family, c->passing.at[0].first, s->row->protocol,
                                s->row->piece.ports.begin};
        struct hop_trace t = hop_trace(r, &hop, packet, s->outcome);
        s->plan.placement = w->placement;
        s->plan.family = w->family;
        s->plan.attachment = w->entrance->id;
        s->plan.acl = t.acl_to;
        s->plan.acl_in_entry = t.in_entry;
        s->plan.acl_out_entry = t.reply_entry;
        if (c->group != WORLD_NONE) {
            s->plan.group = r->world->groups.at[c->group].id;
            s->plan.rule = c->rule_id;
        }
        return true;
    }
    return false;
}

static bool find(struct search *s)
{
    struct reach *r = s->r;
    for (size_t i = 0; i < 4 * r->world->entrances.n; i++) {
        struct passage w = {.entrance = &r->world->entrances.at[i / 4],
                            .target = s->profile,
                            .protocol = s->row->protocol,
                            .family = i / 2 % 2 == 0 ? NET_V4 : NET_V6,
                            .keeps_client = i % 2 == 1};
        struct guard when = entrance_when(r, &w, s->edge, s->row->gateway);
        if (!guard_holds(r->space, when, s->outcome)) {
            continue;
        }
        for (size_t k = 0; k < s->profile->sample->placements.n; k++) {
            w.placement = k;
            if (find_in_hop(s, &w)) {
                return true;
            }
        }
    }
    return false;
}

struct path_plan entrance_plan(struct reach *r, const struct profile *p,
                               const struct edge_row *edge, const struct row *row,
                               const uint32_t *outcome)
{
    struct search s = {
        .r = r, .profile = p, .edge = edge, .row = row, .outcome = outcome, .plan = PATH_NOTHING};
    if (!find(&s) || (s.plan.group == WORLD_NONE && row->piece.opener_n > 0)) {
        /* Several rules together, or beyond the budget: the first stands for all. */
        const struct reach_opener *first = &row->piece.openers[0];
        s.plan.group = row->piece.opener_n > 0 ? r->world->groups.at[first->group].id : WORLD_NONE;
        s.plan.rule = row->piece.opener_n > 0 ? first->rule : WORLD_NONE;
    }
    return s.plan;
}
