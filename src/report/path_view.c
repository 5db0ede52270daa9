/*
 * From beyond an edge the flows are there already; inside a VPC a hop is asked; between two
 * VPCs a flow counts that the sender is known to be able to use (SEMANTICS 0.6).
 */
#include "report/path_view.h"

#include "report/flow_view.h"

struct viewing {
    struct arena *arena;
    const struct analysis *analysis;
    const struct world *world;
    struct path_view *view;
    struct assume_answers *assumed;
};

enum world_edge path_edge_of(enum world_gateway_kind kind)
{
    switch (kind) {
    case GATEWAY_INTERNET:
        return EDGE_INTERNET;
    case GATEWAY_VPN:
        return EDGE_VPN;
    case GATEWAY_PEERING:
        return EDGE_PEERING;
    case GATEWAY_TRANSIT:
        return EDGE_TRANSIT;
    case GATEWAY_CLIENT_VPN:
        return EDGE_CLIENT_VPN;
    case GATEWAY_SERVICE:
        return EDGE_PRIVATELINK;
    case GATEWAY_ACCELERATOR:
        return EDGE_ACCELERATOR;
    case GATEWAY_CONNECT:
        return EDGE_MANAGED;
    case GATEWAY_CARRIER:
    case GATEWAY_LOCAL:
        return EDGE_CARRIER;
    case GATEWAY_EGRESS_ONLY:
    case GATEWAY_NAT:
    case GATEWAY_ENDPOINT:
    case GATEWAY_INTERFACE:
    case GATEWAY_OTHER:
        break;
    }
    return EDGE_COUNT;
}

/* ---- steps ---- */

/* A step at an element; where an entry decides, its place. */
static struct finding_step step_at(const struct viewing *v, uint32_t element, uint32_t entry)
{
    struct finding_step s = {.at = SPAN_NONE};
    if (element != WORLD_NONE) {
        const struct topology_origin *o = topology_origin(v->analysis->topology, element);
        s.component = o->name;
        s.type = str_from(o->type);
        s.implicit = o->implicit;
        s.outside = o->outside;
        s.at = o->at;
    }
    if (entry != WORLD_NONE) {
        const struct topology_origin *o = topology_origin(v->analysis->topology, entry);
        s.at = span_is_none(o->at) ? s.at : o->at;
    }
    return s;
}

static struct finding_step acl_step(const struct viewing *v, uint32_t acl, uint32_t entry)
{
    struct finding_step s = step_at(v, acl, entry);
    s.text = path_acl_text(v->arena, v->analysis, entry, s.component, s.outside);
    return s;
}

static struct finding_step group_step(const struct viewing *v, uint32_t group, uint32_t rule)
{
    struct finding_step s = step_at(v, group, rule);
    s.text = path_rule_text(v->arena, v->analysis, rule, s.component);
    return s;
}

static struct str address_text(const struct viewing *v, const struct reach_flow *f)
{
    uint32_t id = reach_example(f)->public_by;
    if (!(f->families & FAMILY_V4)) {
        return STR("The interface has an IPv6 address.");
    }
    if (f->edge != EDGE_INTERNET || f->via != WORLD_NONE) {
        return STR("The interface is reached by its private address.");
    }
    struct str by = id == WORLD_NONE ? STR("") : topology_origin(v->analysis->topology, id)->name;
    return by.n ? str_format(v->arena, "The interface has a public IPv4 address, by '%.*s'.",
                             STR_ARG(by))
                : STR("The interface has a public IPv4 address.");
}

static struct finding_step flow_step(const struct viewing *v, const struct reach_flow *f,
                                     struct reach_step step, struct ports ports)
{
    struct finding_step s = step_at(v, step.element, step.entry);
    switch (step.kind) {
    case STEP_EDGE:
        s.text = str_format(v->arena, "Traffic enters through '%.*s'.", STR_ARG(s.component));
        break;
    case STEP_ACL:
        s = acl_step(v, step.element, step.entry);
        break;
    case STEP_GROUP:
        s = group_step(v, step.element, step.entry);
        break;
    case STEP_INTERFACE:
        s = step_at(v, step.element, reach_example(f)->public_by);
        s.text = address_text(v, f);
        break;
    case STEP_MIDDLEBOX:
    case STEP_BALANCER:
    case STEP_LISTENER:
    case STEP_TARGET_GROUP:
        s.text = str_format(v->arena, "'%.*s' passes it on.", STR_ARG(s.component));
        break;
    case STEP_OWNER:
        s.text = str_format(v->arena, "'%.*s' is reached on %.*s.", STR_ARG(s.component),
                            STR_ARG(path_ports(v->arena, f->protocol, ports)));
        break;
    }
    return s;
}

/* ---- ways from beyond an edge ---- */

static void raise(struct path_view *view, enum reach_verdict verdict)
{
    view->verdict = verdict > view->verdict ? verdict : view->verdict;
}

static void flow_back(const struct viewing *v, const struct reach_flow *f, struct path_way *way)
{
    const struct reach_example *e = reach_example(f);
    struct finding_step *back = ARENA_ARRAY(v->arena, 2, struct finding_step);
    struct str route = path_route_text(v->arena, v->analysis, e->route, f->gateway);
    if (route.n) {
        back[way->back_n] = step_at(v, e->table, e->route);
        back[way->back_n++].text = route;
    }
    if (path_entry(v->world, e->acl_out_entry)) {
        struct str name = topology_origin(v->analysis->topology, e->acl_out_entry)->name;
        for (size_t i = 0; i < v->world->acls.n; i++) {
            const struct world_acl *acl = &v->world->acls.at[i];
            for (size_t k = 0; k < acl->entries.n; k++) {
                name = acl->entries.at[k].id == e->acl_out_entry ? acl->name : name;
            }
        }
        struct finding_step s = step_at(v, e->acl_out_entry, e->acl_out_entry);
        s.component = name;
        s.text = path_acl_text(v->arena, v->analysis, e->acl_out_entry, name, s.outside);
        back[way->back_n++] = s;
    }
    way->back = back;
}

static void add_flow(const struct viewing *v, const struct flow_view *f, struct str sender,
                     struct ports ports)
{
    const struct reach_flow *flow = f->flow;
    const struct reach_example *e = reach_example(flow);
    struct path_way way = {
        .edge = world_edge_name(flow->edge),
        .component = f->component,
        .sender = sender,
        .interface = f->interface,
        .families = flow->families,
        .protocol = flow->protocol,
        .ports = ports,
        .judgement = e->judgement,
        .exposure = flow->exposure == EXPOSURE_NONE ? "" : exposure_name(flow->exposure),
        .witness = f->witness,
        .witness_n = f->witness_n,
        .step_n = e->path_n,
    };
    struct finding_step *steps = ARENA_ARRAY(v->arena, e->path_n, struct finding_step);
    for (size_t i = 0; i < e->path_n; i++) {
        steps[i] = flow_step(v, flow, e->path[i], ports);
    }
    way.steps = steps;
    flow_back(v, flow, &way);
    raise(v->view, reach_flow_verdict(flow));
    *VEC_ADD(v->arena, &v->view->ways) = way;
}

/* A balancer is reached where it can be passed: its own interfaces have no flows (5.4). */
static bool leads_to(const struct viewing *v, const struct reach_flow *f, uint32_t target)
{
    uint32_t balancer = v->world->interfaces.at[target].balancer;
    return f->interface == target || (balancer != WORLD_NONE && f->via == balancer);
}

static bool confirms(const struct reach_flow *f, uint32_t owner)
{
    for (size_t i = 0; i < f->confirmed_n; i++) {
        if (f->confirmed_by[i] == owner) {
            return true;
        }
    }
    return false;
}

/* Which flows count. */
struct wanted {
    unsigned edges; /* bits */
    uint32_t gateway;
    uint32_t target;
    uint32_t sender; /* interface that must be able to use it; WORLD_NONE */
};

static bool add_flows(const struct viewing *v, const struct wanted *want)
{
    const struct path_question *q = &v->view->question;
    const struct reach_answer *answer = &v->analysis->answer;
    bool found = false;
    for (size_t i = 0; i < answer->flow_n;) {
        const struct reach_flow *f = &answer->flows[i];
        struct flow_view one = flow_view(v->arena, v->analysis, i);
        bool passes = !ports_is_empty(f->listener) && f->interface != want->target;
        struct ports ports = passes ? one.ports : ports_both(one.ports, q->ports);
        bool asked =
            passes ? !ports_is_empty(ports_both(f->listener, q->ports)) : !ports_is_empty(ports);
        i += one.flow_n;
        if (!(want->edges & (1U << (unsigned)f->edge)) || !asked || !leads_to(v, f, want->target) ||
            (q->protocol != PROTOCOL_ALL && q->protocol != f->protocol) ||
            (want->gateway != WORLD_NONE && want->gateway != f->gateway)) {
            continue;
        }
        struct str sender = STR("");
        if (want->sender != WORLD_NONE) {
            const struct world_interface *n = &v->world->interfaces.at[want->sender];
            if (!confirms(f, n->owner)) {
                continue;
            }
            sender = n->name;
        }
        add_flow(v, &one, sender, ports);
        found = true;
    }
    return found;
}

/* ---- blockers ---- */

static struct path_blocked *blocked_pair(const struct viewing *v, uint32_t sender, uint32_t target)
{
    struct path_blocked *b = VEC_ADD(v->arena, &v->view->blocked);
    b->sender = sender == WORLD_NONE ? STR("") : v->world->interfaces.at[sender].name;
    b->interface = v->world->interfaces.at[target].name;
    return b;
}

static struct path_blocker *add_blocker(const struct viewing *v, struct path_blocked *b,
                                        const char *conjunct, uint32_t element, uint32_t entry)
{
    struct finding_step s = step_at(v, element, entry);
    struct path_blocker *one = VEC_ADD(v->arena, &b->blockers);
    one->conjunct = conjunct;
    one->component = s.component;
    one->type = s.type;
    one->at = s.at;
    return one;
}

static bool is_in(const struct world *w, uint32_t interface, uint32_t vpc)
{
    const struct world_interface *n = &w->interfaces.at[interface];
    for (size_t i = 0; i < n->placements.n; i++) {
        if (vpc != WORLD_NONE && w->subnets.at[n->placements.at[i].subnet].vpc == vpc) {
            return true;
        }
    }
    return false;
}

/* Is the gateway attached to a VPC of the target, and (sender given) leads to the sender's? */
static bool joins(const struct world *w, uint32_t gateway, uint32_t target, uint32_t sender)
{
    const struct world_gateway *g = &w->gateways.at[gateway];
    for (size_t i = 0; i < g->attachments.n; i++) {
        const struct world_attachment *at = &g->attachments.at[i];
        if (is_in(w, target, at->vpc) &&
            (sender == WORLD_NONE || is_in(w, sender, at->remote_vpc))) {
            return true;
        }
    }
    return false;
}

static bool by_attachment(enum world_edge e)
{
    return e == EDGE_INTERNET || e == EDGE_PEERING || e == EDGE_VPN || e == EDGE_TRANSIT;
}

static void not_joined(const struct viewing *v, struct path_blocked *b, uint32_t gateway)
{
    uint32_t id = v->world->gateways.at[gateway].id;
    struct path_blocker *one = add_blocker(v, b, "entry", id, WORLD_NONE);
    one->reason.text = str_format(v->arena, "'%.*s' does not lead into the VPC of '%.*s'.",
                                  STR_ARG(one->component), STR_ARG(b->interface));
    one->reason.change = str_format(v->arena, "Attach '%.*s' to the VPC.", STR_ARG(one->component));
    one->reason.code = "UNASSOCIATED_COMPONENT";
}

static void edge_blockers(const struct viewing *v, struct path_blocked *b,
                          const struct reach_question *q)
{
    struct reach_blockers all = reach_why_not(v->analysis->reach, *q);
    b->assumed = assume_why_not(v->assumed, *q);
    for (size_t i = 0; i < all.n; i++) {
        const struct reach_blocker *x = &all.at[i];
        struct path_blocker *one =
            add_blocker(v, b, reach_conjunct_name(x->conjunct), x->element, x->entry);
        one->reason = path_edge_reason(v->arena, v->analysis, x, q);
        one->alone = x->alone;
        one->joint = x->joint;
    }
    if (all.n == 0) {
        struct path_blocker *one = add_blocker(v, b, "entry", WORLD_NONE, WORLD_NONE);
        one->reason =
            (struct path_reason){STR("It is open by another way than the one that was asked for."),
                                 STR("Ask without naming the component."), ""};
    }
}

static struct reach_question edge_question(const struct viewing *v, uint32_t target,
                                           enum world_edge edge)
{
    return (struct reach_question){.interface = target,
                                   .edge = edge,
                                   .protocol = v->view->question.protocol,
                                   .ports = v->view->question.ports,
                                   .group = WORLD_NONE};
}

static void from_edge(const struct viewing *v, uint32_t target)
{
    const struct path_question *q = &v->view->question;
    struct wanted want = {1U << (unsigned)q->edge, q->gateway, target, WORLD_NONE};
    if (q->edge == EDGE_INTERNET && q->gateway == WORLD_NONE) {
        want.edges |= 1U << (unsigned)EDGE_ACCELERATOR;
    }
    if (add_flows(v, &want)) {
        return;
    }
    struct path_blocked *b = blocked_pair(v, WORLD_NONE, target);
    if (q->gateway != WORLD_NONE && by_attachment(q->edge) &&
        !joins(v->world, q->gateway, target, WORLD_NONE)) {
        not_joined(v, b, q->gateway);
        return;
    }
    struct reach_question asked = edge_question(v, target, q->edge);
    edge_blockers(v, b, &asked);
}

/* ---- from an interface ---- */

static void inside_steps(const struct viewing *v, const struct inside_question *q,
                         const struct inside_way *w, struct path_way *way)
{
    enum { MOST = 8 };
    struct finding_step *steps = ARENA_ARRAY(v->arena, MOST, struct finding_step);
    struct finding_step *back = ARENA_ARRAY(v->arena, 1, struct finding_step);
    const struct world_interface *from = &v->world->interfaces.at[q->from];
    const struct world_interface *to = &v->world->interfaces.at[q->to];
    steps[0] = step_at(v, from->id, WORLD_NONE);
    steps[0].text =
        str_format(v->arena, "'%.*s' sends by the local route of the VPC.", STR_ARG(from->name));
    size_t n = 1;
    if (w->sent_rule != WORLD_NONE) {
        steps[n++] = group_step(v, w->sent_group, w->sent_rule);
    }
    if (w->acl_from != WORLD_NONE) {
        steps[n++] = acl_step(v, w->acl_from, w->out_entry);
    }
    if (w->acl_to != WORLD_NONE) {
        steps[n++] = acl_step(v, w->acl_to, w->in_entry);
        back[0] = acl_step(v, w->acl_to, w->reply_entry);
        way->back_n = 1;
    }
    if (w->group != WORLD_NONE) {
        steps[n++] = group_step(v, w->group, w->rule);
    }
    steps[n] = step_at(v, to->id, WORLD_NONE);
    steps[n++].text = str_format(v->arena, "'%.*s' is reached on %.*s.", STR_ARG(to->name),
                                 STR_ARG(path_ports(v->arena, w->protocol, w->ports)));
    way->steps = steps;
    way->step_n = n;
    way->back = back;
}

static void add_inside(const struct viewing *v, const struct inside_question *q,
                       const struct inside_way *w)
{
    struct path_way way = {
        .edge = "local",
        .sender = v->world->interfaces.at[q->from].name,
        .interface = v->world->interfaces.at[q->to].name,
        .families = w->family == NET_V4 ? FAMILY_V4 : FAMILY_V6,
        .protocol = w->protocol,
        .ports = w->ports,
        .judgement = w->judgement,
        .exposure = "",
    };
    way.witness =
        flow_view_choices(v->arena, v->analysis->topology, &w->judgement.witness, &way.witness_n);
    inside_steps(v, q, w, &way);
    raise(v->view, w->judgement.verdict);
    *VEC_ADD(v->arena, &v->view->ways) = way;
}

/* The addresses of the sender's subnet, where they are known. */
static const struct ipset *addresses_of(const struct viewing *v, uint32_t sender)
{
    const struct world_interface *n = &v->world->interfaces.at[sender];
    for (size_t i = 0; i < n->placements.n; i++) {
        const struct world_subnet *s = &v->world->subnets.at[n->placements.at[i].subnet];
        for (size_t k = 0; k < s->cidrs.n; k++) {
            if (s->cidrs.at[k].prefix.family == NET_V4) {
                struct ipset *set = ARENA_NEW(v->arena, struct ipset);
                *set = ipset_of(v->arena, s->cidrs.at[k].prefix);
                return set;
            }
        }
    }
    return NULL;
}

static void far_side(const struct viewing *v, struct path_blocked *b, uint32_t gateway)
{
    struct path_blocker *one =
        add_blocker(v, b, "far-end", v->world->gateways.at[gateway].id, WORLD_NONE);
    one->reason = (struct path_reason){
        str_format(v->arena,
                   "'%.*s' cannot use '%.*s': its route table, its groups' egress rules or its "
                   "network ACL do not lead there.",
                   STR_ARG(b->sender), STR_ARG(one->component)),
        str_format(v->arena, "Route the other VPC's addresses to '%.*s' from the sender's subnet.",
                   STR_ARG(one->component)),
        "NO_ROUTE_TO_DESTINATION"};
}

static void between_vpcs(const struct viewing *v, uint32_t sender, uint32_t target)
{
    struct wanted want = {(1U << (unsigned)EDGE_PEERING) | (1U << (unsigned)EDGE_TRANSIT),
                          WORLD_NONE, target, sender};
    if (add_flows(v, &want)) {
        return;
    }
    struct path_blocked *b = blocked_pair(v, sender, target);
    for (uint32_t g = 0; g < v->world->gateways.n; g++) {
        enum world_edge edge = path_edge_of(v->world->gateways.at[g].kind);
        if ((edge != EDGE_PEERING && edge != EDGE_TRANSIT) || !joins(v->world, g, target, sender)) {
            continue;
        }
        struct reach_question q = edge_question(v, target, edge);
        q.sources = addresses_of(v, sender);
        if (reach_why_not(v->analysis->reach, q).n == 0) {
            far_side(v, b, g);
        } else {
            edge_blockers(v, b, &q);
        }
    }
    if (b->blockers.n == 0) {
        struct path_blocker *one = add_blocker(v, b, "entry", WORLD_NONE, WORLD_NONE);
        one->reason = (struct path_reason){
            STR("The two are in different VPCs, and nothing joins these."),
            STR("Join them by a peering connection and route both ways."), "DISCONNECTED_VPCS"};
    }
}

static void from_interface(const struct viewing *v, uint32_t sender, uint32_t target)
{
    const struct path_question *asked = &v->view->question;
    struct inside_question q = {sender, target, asked->protocol, asked->ports};
    struct inside_answer answer = reach_inside(v->analysis->reach, q);
    if (!answer.same_vpc) {
        between_vpcs(v, sender, target);
        return;
    }
    for (size_t i = 0; i < answer.way_n; i++) {
        add_inside(v, &q, &answer.ways[i]);
    }
    if (answer.way_n > 0) {
        return;
    }
    struct path_blocked *b = blocked_pair(v, sender, target);
    b->assumed = assume_why_not_inside(v->assumed, q);
    for (size_t i = 0; i < answer.blocker_n; i++) {
        const struct inside_blocker *x = &answer.blockers[i];
        struct path_blocker *one =
            add_blocker(v, b, inside_part_name(x->part), x->element, x->entry);
        one->reason = path_inside_reason(v->arena, v->analysis, x, &q);
        one->alone = x->alone;
        one->joint = x->joint;
    }
}

/* From beyond an edge, all interfaces of one balancer have the same ways. */
static bool told_before(const struct viewing *v, size_t target)
{
    const struct path_question *q = &v->view->question;
    uint32_t balancer = v->world->interfaces.at[q->targets[target]].balancer;
    for (size_t i = 0; i < target && balancer != WORLD_NONE && v->view->ways.n > 0; i++) {
        if (v->world->interfaces.at[q->targets[i]].balancer == balancer && q->sender_n == 0) {
            return true;
        }
    }
    return false;
}

struct path_view path_view(struct arena *a, const struct analysis *n, const struct path_question *q)
{
    struct path_view view = {.analysis = n, .question = *q, .verdict = REACH_BLOCKED};
    struct viewing v = {a, n, n->topology->world, &view, assume_answers_new(a, n->topology->world)};
    for (size_t i = 0; i < q->target_n; i++) {
        if (told_before(&v, i)) {
            continue;
        }
        for (size_t k = 0; k < q->sender_n; k++) {
            if (q->senders[k] != q->targets[i]) {
                from_interface(&v, q->senders[k], q->targets[i]);
            }
        }
        if (q->sender_n == 0) {
            from_edge(&v, q->targets[i]);
        }
    }
    return view;
}
