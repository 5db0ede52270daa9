/*
 * Each entrance of the gateway in the interface's VPC is one sender.
 */
#include "reach/entrance.h"

static struct hop hop_from(const struct reach *r, const struct world_entrance *e,
                           const struct profile *p, size_t k, int protocol, enum net_family f)
{
    return (struct hop){
        .sender =
            {
                .name = r->world->gateways.at[e->gateway].name,
                .subnet = e->subnet,
                .groups = e->groups.at,
                .group_n = e->groups.n,
                .destinations = e->destinations.at,
                .destination_n = e->destinations.n,
            },
        .target = p,
        .placement = k,
        .family = f,
        .protocol = protocol,
    };
}

/* When the entrance takes packets of the family; FALSE: it is not one of the gateway's. */
static struct guard entrance_when(const struct reach *r, const struct world_entrance *e,
                                  const struct edge_row *row, uint32_t gateway, enum net_family f)
{
    if (e->edge != row->edge || e->gateway != gateway) {
        return GUARD_FALSE;
    }
    return f == NET_V4 ? e->when : guard_and(r->space, e->when, e->carries6);
}

void entrance_admit(struct reach *r, const struct profile *p, const struct edge_row *row,
                    uint32_t gateway, int protocol, enum net_family f,
                    struct contribution_heap *heap)
{
    for (size_t i = 0; i < r->world->entrances.n; i++) {
        const struct world_entrance *e = &r->world->entrances.at[i];
        struct guard when = entrance_when(r, e, row, gateway, f);
        for (size_t k = 0; reach_live(r, when) && k < p->sample->placements.n; k++) {
            struct hop hop = hop_from(r, e, p, k, protocol, f);
            struct contributions all = hop_open(r, r->arena, &hop);
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
    for (size_t i = 0; i < 2 * r->world->entrances.n && !found; i++) {
        const struct world_entrance *e = &r->world->entrances.at[i / 2];
        int protocol = PROTOCOLS[i % 2];
        if (e->edge != row->edge || r->world->subnets.at[e->subnet].vpc != p->places[k]->vpc) {
            continue;
        }
        any = true;
        struct guard in = entry ? entrance_when(r, e, row, e->gateway, f) : GUARD_TRUE;
        in = guard_and(r->space, in, when);
        if ((q->protocol == PROTOCOL_ALL || q->protocol == protocol) && reach_live(r, in)) {
            struct hop hop = hop_from(r, e, p, k, protocol, f);
            hop.permissive = waived(counted);
            found = answers(r, hop_open(r, &scratch, &hop), q, in);
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

static bool find_in_hop(struct search *s, const struct world_entrance *e, size_t k,
                        enum net_family f)
{
    struct reach *r = s->r;
    struct hop hop = hop_from(r, e, s->profile, k, s->row->protocol, f);
    struct contributions all = hop_open(r, r->arena, &hop);
    for (size_t i = 0; i < all.n; i++) {
        const struct contribution *c = &all.at[i];
        if (!opens(s, c)) {
            continue;
        }
        struct packet packet = {f, c->passing.at[0].first, s->row->protocol,
                                s->row->piece.ports.begin};
        struct hop_trace t = hop_trace(r, &hop, packet, s->outcome);
        s->plan.placement = k;
        s->plan.family = f;
        s->plan.attachment = e->id;
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
    for (size_t i = 0; i < r->world->entrances.n; i++) {
        const struct world_entrance *e = &r->world->entrances.at[i];
        for (int f = NET_V4; f <= NET_V6; f++) {
            enum net_family family = f == NET_V4 ? NET_V4 : NET_V6;
            struct guard when = entrance_when(r, e, s->edge, s->row->gateway, family);
            if (!guard_holds(r->space, when, s->outcome)) {
                continue;
            }
            for (size_t k = 0; k < s->profile->sample->placements.n; k++) {
                if (find_in_hop(s, e, k, family)) {
                    return true;
                }
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
