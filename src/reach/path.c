/*
 * An assignment of the witness is fixed, then a packet is looked for that gets through: the
 * first opener in order of id that opens under it, its first source that the subnet lets
 * through. From there on nothing is open any more: the deciding entries can be looked up.
 */
#include "reach/path.h"

#include "reach/acl.h"
#include "reach/admit.h"
#include "reach/judge.h"
#include "reach/profile.h"
#include "reach/route.h"

struct search {
    struct reach *r;
    const struct profile *profile;
    const struct edge_row *edge;
    const struct row *row;
    const uint32_t *outcome;
    struct packet packet;
    size_t placement;
    const struct reach_opener *opener;
};

static bool holds(const struct search *s, struct guard g)
{
    return guard_holds(s->r->space, g, s->outcome);
}

static bool carries(const struct search *s, uint32_t group)
{
    const struct world_interface *n = s->profile->sample;
    for (size_t i = 0; i < n->groups.n; i++) {
        if (n->groups.at[i].group == group && holds(s, n->groups.at[i].when)) {
            return true;
        }
    }
    return false;
}

/* A source of the rule that the subnet of the k-th placement lets through. */
static bool find_source(struct search *s, const struct world_rule *rule, size_t k)
{
    struct reach *r = s->r;
    enum net_family f = rule->remote.family;
    if (!holds(s, profile_guard(r, s->profile, k, s->edge, s->row->gateway, f))) {
        return false;
    }
    const struct transit *t = transit_of(r, (struct transit_key){
                                                .row = s->edge,
                                                .place = s->profile->places[k],
                                                .gateway = s->row->gateway,
                                                .family = f,
                                                .protocol = s->row->protocol,
                                                .conjuncts = TRANSIT_ALL,
                                            });
    uint16_t port = s->row->piece.ports.begin;
    struct arena scratch = {0};
    bool found = false;
    for (size_t i = 0; i < t->n && !found; i++) {
        struct guard when = portmap_some(&r->ports, t->at[i].ports, (struct ports){port, port});
        struct ipset both = admit_both(&scratch, rule->remote, t->at[i].sources);
        found = !ipset_is_empty(both) && holds(s, when);
        if (found) {
            s->packet = (struct packet){f, both.at[0].first, s->row->protocol, port};
            s->placement = k;
        }
    }
    arena_release(&scratch);
    return found;
}

static const struct world_rule *rule_of(const struct search *s, size_t opener)
{
    const struct piece *piece = &s->row->piece;
    return &s->r->world->groups.at[piece->openers[opener].group].rules.at[piece->rules[opener]];
}

/* Where the budget of guards was exceeded, no opener need hold under the assignment; then
 * the first one stands for all. */
static void find_packet(struct search *s)
{
    const struct piece *piece = &s->row->piece;
    for (size_t i = 0; i < piece->opener_n; i++) {
        const struct world_rule *rule = rule_of(s, i);
        s->opener = &piece->openers[i];
        if (!holds(s, s->opener->when) || !holds(s, rule->when) || !carries(s, s->opener->group)) {
            continue;
        }
        for (size_t k = 0; k < s->profile->sample->placements.n; k++) {
            if (find_source(s, rule, k)) {
                return;
            }
        }
    }
    s->opener = &piece->openers[0];
    struct ipset remote = rule_of(s, 0)->remote;
    s->packet =
        (struct packet){remote.family, remote.at[0].first, s->row->protocol, piece->ports.begin};
}

/* The index that a list of choices names under the assignment, or WORLD_NONE. */
static uint32_t chosen(const struct search *s, const struct world_choice *at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (holds(s, at[i].when)) {
            return at[i].index;
        }
    }
    return WORLD_NONE;
}

static uint32_t attachment_of(const struct search *s, uint32_t vpc)
{
    const struct world_gateway *g = &s->r->world->gateways.at[s->row->gateway];
    for (size_t i = 0; i < g->attachments.n; i++) {
        if (g->attachments.at[i].vpc == vpc && holds(s, g->attachments.at[i].when)) {
            return g->attachments.at[i].id;
        }
    }
    return WORLD_NONE;
}

struct path_plan path_plan(struct reach *r, const struct profile *p, const struct edge_row *edge,
                           const struct row *row)
{
    const struct world *w = r->world;
    struct search s = {.r = r, .profile = p, .edge = edge, .row = row};
    s.outcome = judge_assignment(r, row->piece.when);
    find_packet(&s);
    const struct world_subnet *subnet = p->places[s.placement]->sample;
    struct path_plan plan = {
        .placement = s.placement,
        .family = s.packet.family,
        .attachment = attachment_of(&s, subnet->vpc),
        .acl = WORLD_NONE,
        .acl_in_entry = WORLD_NONE,
        .acl_out_entry = WORLD_NONE,
        .group = w->groups.at[s.opener->group].id,
        .rule = s.opener->rule,
        .table = WORLD_NONE,
        .route = WORLD_NONE,
    };
    uint32_t acl = chosen(&s, subnet->acls.at, subnet->acls.n);
    if (acl != WORLD_NONE) {
        plan.acl = w->acls.at[acl].id;
        plan.acl_in_entry = acl_entry_in(r, acl, s.packet, s.outcome);
        plan.acl_out_entry = acl_entry_out(r, acl, s.packet, s.outcome);
    }
    uint32_t table = chosen(&s, subnet->tables.at, subnet->tables.n);
    if (table != WORLD_NONE) {
        const struct world_route *route =
            route_under(r, table, s.packet.family, s.packet.source, s.outcome);
        plan.table = w->tables.at[table].id;
        plan.route = route ? route->id : WORLD_NONE;
    }
    return plan;
}

const struct reach_step *path_steps(const struct reach *r, const struct world_interface *n,
                                    const struct row *row)
{
    const struct world *w = r->world;
    const struct path_plan *plan = &row->plan;
    struct reach_step *steps = ARENA_ARRAY(r->arena, PATH_STEPS, struct reach_step);
    steps[0] = (struct reach_step){STEP_EDGE, w->gateways.at[row->gateway].id, plan->attachment};
    steps[1] = (struct reach_step){STEP_ACL, plan->acl, plan->acl_in_entry};
    steps[2] = (struct reach_step){STEP_GROUP, plan->group, plan->rule};
    steps[3] = (struct reach_step){STEP_INTERFACE, n->id, WORLD_NONE};
    steps[4] = (struct reach_step){STEP_OWNER, w->owners.at[n->owner].id, WORLD_NONE};
    return steps;
}
