/*
 * An assignment of the witness is fixed, then a packet is looked for that gets through: the
 * first opener in order of id that opens under it, its first source that the subnet lets
 * through. From there on nothing is open any more: the deciding entries can be looked up.
 */
#include "reach/path.h"

#include "reach/acl.h"
#include "reach/admit.h"
#include "reach/entrance.h"
#include "reach/judge.h"
#include "reach/listen.h"
#include "reach/profile.h"
#include "reach/reference.h"
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

/* One of these sources that the subnet of the k-th placement lets through. */
static bool find_source(struct search *s, struct ipset remote, size_t k)
{
    struct reach *r = s->r;
    enum net_family f = remote.family;
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
        struct ipset both = admit_both(&scratch, remote, t->at[i].sources);
        if (s->row->only && s->row->only->family == f) {
            both = admit_both(&scratch, *s->row->only, both);
        }
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

static bool find_placement(struct search *s, struct ipset remote)
{
    for (size_t k = 0; k < s->profile->sample->placements.n; k++) {
        if (find_source(s, remote, k)) {
            return true;
        }
    }
    return false;
}

static bool find_unfiltered(struct search *s)
{
    bool open = holds(s, listen_open(s->r, s->profile->sample));
    s->opener = NULL;
    for (int f = NET_V4; open && f <= NET_V6; f++) {
        unsigned family = f == NET_V4 ? FAMILY_V4 : FAMILY_V6;
        if (s->row->families & family && find_placement(s, ipset_all((enum net_family)f))) {
            return true;
        }
    }
    return false;
}

/* The rule names a group of the other side. */
static bool find_reference(struct search *s, size_t opener)
{
    struct reach *r = s->r;
    uint32_t group = s->row->piece.openers[opener].group;
    uint32_t rule = s->row->piece.rules[opener];
    struct arena scratch = {0};
    bool found = false;
    for (size_t i = 0; !found && i < 2 * s->profile->sample->placements.n; i++) {
        struct transit_key key = {
            .row = s->edge,
            .place = s->profile->places[i / 2],
            .gateway = s->row->gateway,
            .family = i % 2 == 0 ? NET_V4 : NET_V6,
            .protocol = s->row->protocol,
            .conjuncts = TRANSIT_ALL,
        };
        struct ipset sources = reference_sources(r, &scratch, transit_of(r, key), group, rule);
        found = !ipset_is_empty(sources) && find_source(s, sources, i / 2);
    }
    arena_release(&scratch);
    return found;
}

/* Where the budget of guards was exceeded, no opener need hold under the assignment; then
 * the first one stands for all. Without any opener, no group filters. */
static void find_packet(struct search *s)
{
    const struct piece *piece = &s->row->piece;
    for (size_t i = 0; i < piece->opener_n; i++) {
        const struct world_rule *rule = rule_of(s, i);
        s->opener = &piece->openers[i];
        if (!holds(s, reach_guard(s->opener->when)) || !holds(s, rule->when) ||
            !carries(s, s->opener->group)) {
            continue;
        }
        if (rule->group == WORLD_NONE ? find_placement(s, rule->remote) : find_reference(s, i)) {
            return;
        }
    }
    if (find_unfiltered(s)) {
        return;
    }
    s->opener = piece->opener_n > 0 ? &piece->openers[0] : NULL;
    struct ipset remote = ipset_all(s->row->families & FAMILY_V4 ? NET_V4 : NET_V6);
    if (s->opener && rule_of(s, 0)->group == WORLD_NONE) {
        remote = rule_of(s, 0)->remote;
    }
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

/* The middlebox that the packet passes, or else the reply by this route. */
static void find_middlebox(const struct search *s, const struct place *place,
                           const struct world_route *route, struct path_plan *plan)
{
    struct reach *r = s->r;
    uint32_t box = route ? route->gateway : WORLD_NONE;
    uint32_t entry = route ? route->id : WORLD_NONE;
    for (size_t i = 0; i < place->ingress_n; i++) {
        const struct place_ingress *in = &place->ingress[i];
        if (in->gateway == s->row->gateway && in->middlebox != WORLD_NONE && holds(s, in->when)) {
            box = in->middlebox;
            entry = in->id;
        }
    }
    if (box != WORLD_NONE && box != s->row->gateway) {
        plan->middlebox = r->world->gateways.at[box].id;
        plan->middlebox_entry = entry;
    }
}

struct path_plan path_plan(struct reach *r, const struct profile *p, const struct edge_row *edge,
                           const struct row *row)
{
    const struct world *w = r->world;
    struct search s = {.r = r, .profile = p, .edge = edge, .row = row};
    s.outcome = judge_assignment(r, reach_guard(row->piece.when));
    if (edge->way == EDGE_BY_ENTRANCE) {
        return entrance_plan(r, p, edge, row, s.outcome);
    }
    find_packet(&s);
    const struct world_subnet *subnet = p->places[s.placement]->sample;
    struct path_plan plan = PATH_NOTHING;
    plan.placement = s.placement;
    plan.family = s.packet.family;
    plan.attachment = attachment_of(&s, subnet->vpc);
    if (s.opener) {
        plan.group = w->groups.at[s.opener->group].id;
        plan.rule = s.opener->rule;
    }
    uint32_t acl = chosen(&s, subnet->acls.at, subnet->acls.n);
    if (acl != WORLD_NONE) {
        plan.acl = w->acls.at[acl].id;
        plan.acl_in_entry = acl_entry_in(r, acl, s.packet, s.outcome);
        plan.acl_out_entry = acl_entry_out(r, acl, s.packet, s.outcome);
    }
    uint32_t table = chosen(&s, subnet->tables.at, subnet->tables.n);
    if (table != WORLD_NONE) {
        const struct world_route *route =
            route_to(r, table, row->gateway, s.packet.family, s.packet.source, s.outcome);
        plan.table = w->tables.at[table].id;
        plan.route = route ? route->id : WORLD_NONE;
        find_middlebox(&s, p->places[s.placement], route, &plan);
    }
    return plan;
}

const struct reach_step *path_steps(const struct reach *r, const struct world_interface *n,
                                    uint32_t gateway, const struct path_plan *plan, size_t *count)
{
    const struct world *w = r->world;
    struct reach_step *steps = ARENA_ARRAY(r->arena, PATH_STEPS, struct reach_step);
    size_t k = 0;
    steps[k++] = (struct reach_step){STEP_EDGE, w->gateways.at[gateway].id, plan->attachment};
    if (plan->middlebox != WORLD_NONE) {
        steps[k++] = (struct reach_step){STEP_MIDDLEBOX, plan->middlebox, plan->middlebox_entry};
    }
    if (plan->acl != WORLD_NONE) {
        steps[k++] = (struct reach_step){STEP_ACL, plan->acl, plan->acl_in_entry};
    }
    if (plan->group != WORLD_NONE) {
        steps[k++] = (struct reach_step){STEP_GROUP, plan->group, plan->rule};
    }
    steps[k++] = (struct reach_step){STEP_INTERFACE, n->id, WORLD_NONE};
    steps[k++] = (struct reach_step){STEP_OWNER, w->owners.at[n->owner].id, WORLD_NONE};
    *count = k;
    return steps;
}
