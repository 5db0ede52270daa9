/*
 * Listeners: the port in front, and the target groups behind it.
 *
 *     Listener.DefaultActions, ListenerRule.Actions   --Type: forward-->   target group
 *         TargetGroupArn, or ForwardConfig.TargetGroups[] whose Weight is not 0
 *     ListenerRule.Conditions[Field: source-ip]       narrows the clients
 *
 * Other conditions (host, path, header) are the client's choice; redirects and fixed responses
 * reach no target; authentication comes before a forward (SEMANTICS 1.6).
 */
#include "topology/balancer.h"
#include "topology/block.h"
#include "topology/kinds.h"
#include "topology/resolve.h"
#include "topology/service.h"

static bool is_of(const struct slot *s, const char *type)
{
    return str_is(s->resource->type, type);
}

/* ---- protocols --------------------------------------------------------------------------- */

int balancer_protocol(struct str text)
{
    static const struct {
        const char *text;
        int protocol;
    } NAMES[] = {{"UDP", PROTOCOL_UDP},
                 {"QUIC", PROTOCOL_UDP},
                 {"TCP_UDP", PROTOCOL_ALL},
                 {"TCP_QUIC", PROTOCOL_ALL}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (str_eq_nocase(text, str_from(NAMES[i].text))) {
            return NAMES[i].protocol;
        }
    }
    return PROTOCOL_TCP; /* HTTP, HTTPS, TCP, TLS, SSL */
}

/* ---- listeners --------------------------------------------------------------------------- */

static void add_listener(struct builder *b, const struct slot *s, uint32_t balancer,
                         struct world_listener listener, struct topology_origin origin)
{
    if (guard_is_false(listener.when)) {
        return;
    }
    listener.name = origin.name;
    uint32_t index = world_add_listener(b->world, balancer, listener);
    builder_origin(b, b->world->balancers.at[balancer].listeners.at[index].id, origin);
    *VEC_ADD(b->arena, &balancer_state(b)->listenings) =
        (struct listening){listener.when, s, balancer, index};
}

static void add_protocols(struct builder *b, const struct slot *s, const struct hit *balancer,
                          const struct services *ports)
{
    struct cfn_value protocols = cfn_property(s->resource, "Protocol");
    struct topology_origin origin = origin_resource(b, s->resource);
    origin.name = cfn_resource_name(s->resource);
    for (size_t i = 0; i < ports->n; i++) {
        FOREACH_TERM (term, protocols) {
            struct guard when = both(b, balancer->when, ports->at[i].when);
            bool known = term->kind == CFN_TEXT || term->kind == CFN_NONE;
            when = both(b, when, known ? term->when : both(b, term->when, builder_choice(b, term)));
            struct world_listener listener = {
                .when = when,
                .protocol = known ? balancer_protocol(term->text) : PROTOCOL_ALL,
                .ports = ports->at[i].ports,
            };
            add_listener(b, s, balancer->index, listener, origin);
        }
    }
}

static void read_listener(struct builder *b, const struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct services ports = balancer_ports(b, r, NULL, r->when, cfn_property(r, "Port"));
    struct cfn_value arns = cfn_property(r, "LoadBalancerArn");
    FOREACH_TERM (term, arns) {
        const struct slot *to = resolve_slot(b, term, SLOT_BALANCER);
        if (!to) {
            balancer_outside(b, "load balancer", term,
                             "what it passes on to targets of the templates is not in the result");
        }
        for (size_t i = 0; to && i < to->elements.n; i++) {
            struct hit balancer = to->elements.at[i];
            balancer.when = both(b, balancer.when, term->when);
            add_protocols(b, s, &balancer, &ports);
        }
    }
}

/* ---- actions ----------------------------------------------------------------------------- */

/* Who may come: everybody, or the union of these. */
struct clients {
    bool restricted;
    struct blocks blocks;
};

struct action {
    const struct slot *owner; /* of the action: a listener or a rule */
    const struct listening *listening;
    const struct clients *clients;
};

static void add_forward(struct builder *b, const struct action *a, struct world_forward forward,
                        const struct cfn_term *at)
{
    forward.when = both(b, forward.when, a->listening->when);
    if (!guard_is_false(forward.when)) {
        uint32_t id =
            world_add_forward(b->world, a->listening->balancer, a->listening->listener, forward);
        builder_origin(b, id, origin_value(b, a->owner->resource, at));
    }
}

static struct ipset clients_of(struct builder *b, const struct blocks *blocks, struct guard when,
                               enum net_family family)
{
    struct prefix *all = ARENA_ARRAY(b->arena, blocks->n, struct prefix);
    size_t n = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        if (guard_same(blocks->at[i].when, when)) {
            all[n++] = blocks->at[i].prefix;
        }
    }
    return ipset_of_prefixes(b->arena, family, all, n);
}

/* A forward for each guard that some of the clients have. */
static void add_clients(struct builder *b, const struct action *a, struct world_forward forward,
                        const struct cfn_term *at)
{
    const struct blocks *blocks = &a->clients->blocks;
    struct guard when = forward.when;
    forward.restricted = true;
    for (size_t i = 0; i < blocks->n; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++) {
            seen = guard_same(blocks->at[k].when, blocks->at[i].when);
        }
        if (!seen) {
            struct guard here = blocks->at[i].when;
            forward.when = both(b, when, here);
            forward.clients4 = clients_of(b, blocks, here, NET_V4);
            forward.clients6 = clients_of(b, blocks, here, NET_V6);
            add_forward(b, a, forward, at);
        }
    }
}

static void forward_to(struct builder *b, const struct action *a, struct cfn_value arns,
                       struct guard when)
{
    FOREACH_TERM (arn, arns) {
        const struct slot *to = resolve_slot(b, arn, SLOT_TARGETS);
        if (!to) {
            balancer_outside(b, "target group", arn,
                             "what is passed on to it is not in the result");
        }
        for (size_t i = 0; to && i < to->elements.n; i++) {
            struct world_forward forward = {
                .when = both(b, both(b, arn->when, when), to->elements.at[i].when),
                .target_group = to->elements.at[i].index,
                .clients4 = ipset_empty(NET_V4),
                .clients6 = ipset_empty(NET_V6),
            };
            if (a->clients->restricted) {
                add_clients(b, a, forward, arn);
            } else {
                add_forward(b, a, forward, arn);
            }
        }
    }
}

/* Where the type of an action is "forward". */
static struct guard forwards(struct builder *b, const struct cfn_term *action)
{
    struct guard when = GUARD_FALSE;
    struct cfn_value types = cfn_get_term(action, "Type");
    FOREACH_TERM (term, types) {
        if (term->kind == CFN_TEXT && str_eq_nocase(str_trim(term->text), STR("forward"))) {
            when = either(b, when, term->when);
        } else if (term->kind == CFN_UNKNOWN || term->kind == CFN_JOINED) {
            when = either(b, when, both(b, term->when, builder_choice(b, term)));
        }
    }
    return when;
}

static void read_actions(struct builder *b, const struct action *a, struct cfn_value actions)
{
    FOREACH_TERM (action, actions) {
        struct guard when = forwards(b, action);
        if (guard_is_false(when)) {
            continue;
        }
        struct cfn_value groups = cfn_items(cfn_get_term(action, "ForwardConfig/TargetGroups"));
        struct guard listed = GUARD_FALSE;
        FOREACH_TERM (item, groups) {
            if (item->kind == CFN_MAP) {
                listed = either(b, listed, item->when);
                forward_to(
                    b, a, cfn_get_term(item, "TargetGroupArn"),
                    both(b, when, builder_nonzero(b, cfn_get_term(item, "Weight"), item->when)));
            }
        }
        /* Both forms together must name the same group; the list has the weights. */
        forward_to(b, a, cfn_get_term(action, "TargetGroupArn"), without(b, when, listed));
    }
}

/* ---- rules ------------------------------------------------------------------------------- */

static void add_values(struct builder *b, const struct cfn_resource *r, struct clients *clients,
                       struct cfn_value values)
{
    FOREACH_TERM (value, values) {
        bool is6 = value->kind == CFN_TEXT && str_find_byte(value->text, ':', 0) != STR_NPOS;
        struct cfn_value one = {value, 1};
        struct blocks blocks = block_read(b, r, one, is6 ? NET_V6 : NET_V4);
        for (size_t i = 0; i < blocks.n; i++) {
            *VEC_ADD(b->arena, &clients->blocks) = blocks.at[i];
        }
    }
}

static struct clients read_conditions(struct builder *b, const struct cfn_resource *r)
{
    struct clients clients = {0};
    struct cfn_value conditions = cfn_items(cfn_property(r, "Conditions"));
    FOREACH_TERM (condition, conditions) {
        struct cfn_value fields = cfn_get_term(condition, "Field");
        bool by_source = fields.n == 1 && fields.at[0].kind == CFN_TEXT &&
                         str_eq_nocase(fields.at[0].text, STR("source-ip"));
        if (by_source) {
            clients.restricted = true;
            add_values(b, r, &clients, cfn_items(cfn_get_term(condition, "Values")));
            add_values(b, r, &clients, cfn_items(cfn_get_term(condition, "SourceIpConfig/Values")));
        }
    }
    return clients;
}

static void read_rule(struct builder *b, const struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct clients clients = read_conditions(b, r);
    struct cfn_value actions = cfn_items(cfn_property(r, "Actions"));
    struct cfn_value arns = cfn_property(r, "ListenerArn");
    struct balancing *g = balancer_state(b);
    FOREACH_TERM (arn, arns) {
        const struct slot *to = resolve_slot(b, arn, SLOT_LISTENER);
        if (!to) {
            balancer_outside(b, "listener", arn,
                             "what it passes on to targets of the templates is not in the result");
        }
        for (size_t i = 0; to && i < g->listenings.n; i++) {
            if (g->listenings.at[i].slot == to) {
                struct listening here = g->listenings.at[i];
                here.when = both(b, here.when, arn->when);
                struct action action = {s, &here, &clients};
                read_actions(b, &action, actions);
            }
        }
    }
}

/* ---- Classic ----------------------------------------------------------------------------- */

/* A listener and its target group: its targets are those of the balancer at InstancePort. */
static void add_classic(struct builder *b, const struct slot *s, const struct hit *balancer,
                        const struct cfn_term *item, size_t position)
{
    const struct cfn_resource *r = s->resource;
    struct guard when = both(b, item->when, balancer->when);
    struct services front =
        balancer_ports(b, r, item->node, when, cfn_get_term(item, "LoadBalancerPort"));
    struct services back =
        balancer_ports(b, r, item->node, when, cfn_get_term(item, "InstancePort"));
    struct topology_origin origin = origin_value(b, r, item);
    origin.name = str_format(b->arena, "%.*s/Listeners/%zu",
                             STR_ARG(b->world->balancers.at[balancer->index].name), position);
    origin.item = item->tree;
    struct balancing *g = balancer_state(b);
    for (size_t k = 0; k < back.n; k++) {
        uint32_t group = world_add_target_group(b->world, origin.name);
        builder_origin(b, b->world->target_groups.at[group].id, origin);
        *VEC_ADD(b->arena, &g->classics) =
            (struct classic_group){s, group, back.at[k].when, back.at[k].ports};
    }
    for (size_t i = 0; i < front.n; i++) {
        struct world_listener listener = {
            .when = front.at[i].when, .protocol = PROTOCOL_TCP, .ports = front.at[i].ports};
        add_listener(b, s, balancer->index, listener, origin);
        uint32_t index = (uint32_t)b->world->balancers.at[balancer->index].listeners.n - 1;
        for (size_t k = 0; k < back.n; k++) {
            struct world_forward forward = {
                .when = both(b, front.at[i].when, back.at[k].when),
                .target_group = g->classics.at[g->classics.n - back.n + k].target_group,
                .clients4 = ipset_empty(NET_V4),
                .clients6 = ipset_empty(NET_V6),
            };
            if (!guard_is_false(forward.when)) {
                uint32_t id = world_add_forward(b->world, balancer->index, index, forward);
                builder_origin(b, id, origin);
            }
        }
    }
}

static void read_classic(struct builder *b, const struct slot *s)
{
    struct cfn_value items = cfn_items(cfn_property(s->resource, "Listeners"));
    for (size_t i = 0; i < s->elements.n; i++) {
        for (size_t k = 0; k < items.n; k++) {
            if (items.at[k].kind == CFN_MAP) {
                add_classic(b, s, &s->elements.at[i], &items.at[k], k);
            }
        }
    }
}

void listener_finish(struct builder *b)
{
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::ElasticLoadBalancingV2::Listener")) {
            read_listener(b, &b->slots[i]);
        } else if (is_of(&b->slots[i], "AWS::ElasticLoadBalancing::LoadBalancer")) {
            read_classic(b, &b->slots[i]);
        }
    }
    struct balancing *g = balancer_state(b);
    static const struct clients ALL = {0};
    for (size_t i = 0; i < g->listenings.n; i++) {
        const struct slot *s = g->listenings.at[i].slot;
        if (is_of(s, "AWS::ElasticLoadBalancingV2::Listener")) {
            struct action action = {s, &g->listenings.at[i], &ALL};
            read_actions(b, &action, cfn_items(cfn_property(s->resource, "DefaultActions")));
        }
    }
    for (size_t i = 0; i < b->slot_n; i++) {
        if (is_of(&b->slots[i], "AWS::ElasticLoadBalancingV2::ListenerRule")) {
            read_rule(b, &b->slots[i]);
        }
    }
}
