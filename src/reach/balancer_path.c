/*
 * The front is an interface like any other: its part of the path is that of a row of its own,
 * opened by the one rule that the way came in by. Then three steps for each balancer, and what
 * its packets meet on their hop.
 */
#include "reach/balancer_path.h"

#include "reach/acl.h"

/* The edge, an ACL, a group; then, for two balancers, up to six more each. */
enum { MOST_STEPS = 24 };

struct stepper {
    struct reach *r;
    const uint32_t *outcome;
    struct balancer_row *row;
    struct reach_step *steps;
    size_t n;
};

static void step(struct stepper *s, enum reach_step_kind kind, uint32_t element, uint32_t entry)
{
    if (s->n == MOST_STEPS) {
        BUG("a path of more than %d steps", (int)MOST_STEPS);
    }
    s->steps[s->n++] = (struct reach_step){kind, element, entry};
}

static void step_group(struct stepper *s, uint32_t group, uint32_t rule)
{
    if (group != WORLD_NONE) {
        step(s, STEP_GROUP, s->r->world->groups.at[group].id, rule);
    }
}

/* The port at which the way's next balancer takes it; the row's, if there is none. */
static uint16_t port_at(const struct stepper *s, const struct way *w, const struct way *next)
{
    if (!next) {
        return s->row->piece.ports.begin;
    }
    const struct world_balancer *b = &s->r->world->balancers.at[next->by->balancer];
    return ports_both(w->ports, b->listeners.at[next->by->listener].ports).begin;
}

/* Through the edge, to the first interface. */
static void step_edge(struct stepper *s, const struct way *root, const struct way *next)
{
    struct balancer_row *row = s->row;
    uint16_t port = port_at(s, root, next);
    const struct reach_opener opener = {
        .rule = root->rule_id, .group = root->group, .when = reach_known(root->when)};
    const struct ipset clients = next ? next->clients : root->clients;
    struct row front = {
        .gateway = root->origin.gateway,
        .families = root->family == NET_V4 ? FAMILY_V4 : FAMILY_V6,
        .protocol = row->protocol,
        .piece = {.ports = {port, port},
                  .when = row->piece.when,
                  .openers = &opener,
                  .rules = &root->rule,
                  .opener_n = root->group != WORLD_NONE},
        .only = &clients,
    };
    struct path_plan plan = path_plan(s->r, root->at, root->origin.row, &front);
    size_t n = 0;
    const struct reach_step *steps = path_steps(s->r, root->at->sample, front.gateway, &plan, &n);
    for (size_t i = 0; i < n && steps[i].kind != STEP_INTERFACE; i++) {
        step(s, steps[i].kind, steps[i].element, steps[i].entry);
    }
    row->table = plan.table;
    row->route = plan.route;
    row->acl_out_entry = plan.acl_out_entry;
    if (root->family == NET_V4) {
        row->public_by = root->at->sample->placements.at[root->placement].public4_id;
    }
}

static void step_acl(struct stepper *s, const struct way *w, struct packet packet)
{
    struct reach *r = s->r;
    const struct world_subnet *subnet = w->at->places[w->placement]->sample;
    for (size_t i = 0; i < subnet->acls.n; i++) {
        const struct world_choice *choice = &subnet->acls.at[i];
        if (guard_holds(r->space, choice->when, s->outcome)) {
            step(s, STEP_ACL, r->world->acls.at[choice->index].id,
                 acl_entry_in(r, choice->index, packet, s->outcome));
            s->row->acl_out_entry = acl_entry_out(r, choice->index, packet, s->outcome);
            return;
        }
    }
}

static void step_shortcut(struct stepper *s, const struct way *root, const struct way *next)
{
    const struct world *world = s->r->world;
    const struct way *cut = next ? next : root;
    step(s, STEP_EDGE, world->gateways.at[root->origin.gateway].id,
         world->shortcuts.at[root->origin.shortcut].id);
    if (root->origin.row->edge == EDGE_PRIVATELINK) {
        return;
    }
    step_acl(s, root,
             (struct packet){.family = root->family,
                             .source = cut->clients.at[0].first,
                             .protocol = root->protocol,
                             .port = port_at(s, root, next)});
    step_group(s, root->group, root->rule_id);
}

/* Through the balancer at w->before, to w. */
static void step_hop(struct stepper *s, const struct way *w, const struct way *next)
{
    struct reach *r = s->r;
    const struct world *world = r->world;
    const struct world_interface *from = w->before->at->sample;
    const struct chain *chain = w->by;
    const struct world_balancer *b = &world->balancers.at[chain->balancer];
    const struct world_listener *listener = &b->listeners.at[chain->listener];
    const struct world_target_group *group = &world->target_groups.at[chain->target_group];
    step(s, STEP_BALANCER, b->id, from->id);
    step(s, STEP_LISTENER, listener->id, listener->forwards.at[chain->forward].id);
    s->row->target_step = s->n;
    step(s, STEP_TARGET_GROUP, group->id, group->targets.at[chain->target].id);
    const struct packet packet = {
        .family = w->hop->family,
        .source = w->hop->sender.keeps_client ? w->clients.at[0].first : (struct address){0},
        .protocol = w->protocol,
        .port = port_at(s, w, next),
    };
    struct hop_trace t = hop_trace(r, w->hop, packet, s->outcome);
    if (t.acl_to != WORLD_NONE) {
        step(s, STEP_ACL, t.acl_to, t.in_entry);
    }
    if (w->group != WORLD_NONE) {
        step_group(s, w->group, w->rule_id);
    } else if (!next && s->row->piece.opener_n > 0) {
        /* Several rules open it together: the first stands for all. */
        const struct reach_opener *first = &s->row->piece.openers[0];
        step_group(s, first->group, first->rule);
    }
}

void balancer_path(struct reach *r, const struct way *way, const uint32_t *outcome,
                   struct balancer_row *row)
{
    struct stepper s = {.r = r, .outcome = outcome, .row = row};
    const struct way *ways[3] = {way};
    size_t n = 1;
    for (const struct way *w = way->before; w; w = w->before) {
        n++;
    }
    size_t i = n;
    for (const struct way *w = way; w; w = w->before) {
        ways[--i] = w;
    }
    s.steps = ARENA_ARRAY(r->arena, MOST_STEPS, struct reach_step);
    row->target_step = SIZE_MAX;
    row->table = WORLD_NONE;
    row->route = WORLD_NONE;
    row->acl_out_entry = WORLD_NONE;
    row->public_by = WORLD_NONE;
    if (ways[0]->origin.shortcut != WORLD_NONE) {
        step_shortcut(&s, ways[0], n > 1 ? ways[1] : NULL);
    } else {
        step_edge(&s, ways[0], n > 1 ? ways[1] : NULL);
    }
    for (size_t k = 1; k < n; k++) {
        step_hop(&s, ways[k], k + 1 < n ? ways[k + 1] : NULL);
    }
    row->steps = s.steps;
    row->step_n = s.n;
    row->chain = way->number;
    row->placement = way->placement;
}
