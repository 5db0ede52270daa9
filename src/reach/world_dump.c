/*
 * `--dump=world`: one line for each element, two spaces deeper one for each of its entries,
 * in order of index, with ids. A guard is printed only where it is not TRUE.
 */
#include "reach/world.h"

static void begin(struct buf *out, const char *indent, const char *kind, uint32_t id)
{
    buf_addf(out, "%s%s #%u", indent, kind, (unsigned)id);
}

static void add_name(struct buf *out, struct str name)
{
    buf_addc(out, ' ');
    buf_add(out, name);
}

static void end(const struct world *w, struct buf *out, struct guard when)
{
    if (!guard_is_true(when)) {
        buf_adds(out, " when ");
        guard_print(w->space, when, out);
    }
    buf_addc(out, '\n');
}

static void add_guard(const struct world *w, struct buf *out, const char *what, struct guard g)
{
    if (!guard_is_false(g)) {
        buf_addf(out, " %s=", what);
        guard_print(w->space, g, out);
    }
}

/* " vpc=Name", " vpc=-" for none. */
#define ADD_REFERENCE(out, what, list, index)                                                      \
    add_reference((out), (what), (index) == WORLD_NONE ? STR("-") : (list).at[index].name)

static void add_reference(struct buf *out, const char *what, struct str name)
{
    buf_addf(out, " %s=", what);
    buf_add(out, name);
}

static const char *gateway_kind_name(enum world_gateway_kind kind)
{
    switch (kind) {
    case GATEWAY_INTERNET:
        return "internet";
    case GATEWAY_EGRESS_ONLY:
        return "egress-only";
    case GATEWAY_NAT:
        return "nat";
    case GATEWAY_VPN:
        return "vpn";
    case GATEWAY_PEERING:
        return "peering";
    case GATEWAY_TRANSIT:
        return "transit";
    case GATEWAY_ENDPOINT:
        return "endpoint";
    case GATEWAY_INTERFACE:
        return "interface";
    case GATEWAY_CLIENT_VPN:
        return "client-vpn";
    case GATEWAY_SERVICE:
        return "service";
    case GATEWAY_ACCELERATOR:
        return "accelerator";
    case GATEWAY_CONNECT:
        return "connect";
    case GATEWAY_CARRIER:
        return "carrier";
    case GATEWAY_LOCAL:
        return "local";
    case GATEWAY_OTHER:
        return "other";
    }
    BUG("no kind %u", (unsigned)kind);
}

static const char *precedence_name(enum world_precedence p)
{
    switch (p) {
    case ROUTE_STATIC:
        return "static";
    case ROUTE_PREFIX_LIST:
        return "prefix-list";
    case ROUTE_PROPAGATED:
        return "propagated";
    }
    BUG("no precedence %u", (unsigned)p);
}

static void add_protocol(struct buf *out, int protocol, struct ports ports)
{
    buf_addf(out, " %s", protocol_name(protocol));
    if (protocol_has_ports(protocol)) {
        buf_addf(out, " %u-%u", (unsigned)ports.begin, (unsigned)ports.end);
    }
}

static void dump_vpcs(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->vpcs.n; i++) {
        const struct world_vpc *v = &w->vpcs.at[i];
        begin(out, "", "vpc", v->id);
        add_name(out, v->name);
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < v->cidrs.n; k++) {
            begin(out, "  ", "cidr", v->cidrs.at[k].id);
            buf_addc(out, ' ');
            prefix_print(v->cidrs.at[k].prefix, out);
            end(w, out, v->cidrs.at[k].when);
        }
    }
}

static void dump_source(const struct world *w, struct buf *out, const char *indent,
                        const char *kind, const struct world_source *s)
{
    begin(out, indent, kind, s->id);
    buf_addc(out, ' ');
    prefix_print(s->prefix, out);
    end(w, out, s->when);
}

static void dump_attachment(const struct world *w, struct buf *out,
                            const struct world_attachment *a)
{
    begin(out, "  ", "attachment", a->id);
    ADD_REFERENCE(out, "vpc", w->vpcs, a->vpc);
    if (a->remote_vpc != WORLD_NONE) {
        ADD_REFERENCE(out, "remote", w->vpcs, a->remote_vpc);
    }
    add_guard(w, out, "any-source", a->any_source);
    add_guard(w, out, "references", a->group_references);
    end(w, out, a->when);
    for (size_t i = 0; i < a->sources.n; i++) {
        dump_source(w, out, "    ", "source", &a->sources.at[i]);
    }
}

static void dump_gateways(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->gateways.n; i++) {
        const struct world_gateway *g = &w->gateways.at[i];
        begin(out, "", "gateway", g->id);
        add_name(out, g->name);
        buf_addf(out, " %s%s", gateway_kind_name(g->kind), g->outside ? " outside" : "");
        if (g->subnet != WORLD_NONE) {
            ADD_REFERENCE(out, "subnet", w->subnets, g->subnet);
        }
        add_guard(w, out, "passes", g->passes);
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < g->attachments.n; k++) {
            dump_attachment(w, out, &g->attachments.at[k]);
        }
        for (size_t k = 0; k < g->ingress.n; k++) {
            begin(out, "  ", "ingress", g->ingress.at[k].id);
            ADD_REFERENCE(out, "subnet", w->subnets, g->ingress.at[k].subnet);
            ADD_REFERENCE(out, "to", w->gateways, g->ingress.at[k].middlebox);
            end(w, out, g->ingress.at[k].when);
        }
    }
}

static void dump_tables(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->tables.n; i++) {
        const struct world_table *t = &w->tables.at[i];
        begin(out, "", "table", t->id);
        add_name(out, t->name);
        ADD_REFERENCE(out, "vpc", w->vpcs, t->vpc);
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < t->routes.n; k++) {
            const struct world_route *r = &t->routes.at[k];
            begin(out, "  ", "route", r->id);
            buf_addc(out, ' ');
            prefix_print(r->destination, out);
            buf_addf(out, " %s%s", precedence_name(r->precedence), r->unknown ? " unknown" : "");
            ADD_REFERENCE(out, "to", w->gateways, r->gateway);
            end(w, out, r->when);
        }
    }
}

static void dump_acls(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->acls.n; i++) {
        const struct world_acl *a = &w->acls.at[i];
        begin(out, "", "acl", a->id);
        add_name(out, a->name);
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < a->entries.n; k++) {
            const struct world_entry *e = &a->entries.at[k];
            begin(out, "  ", "entry", e->id);
            buf_addf(out, " %d %s %s", (int)e->number, e->egress ? "out" : "in",
                     e->allow ? "allow" : "deny");
            add_protocol(out, e->protocol, e->ports);
            buf_addc(out, ' ');
            prefix_print(e->prefix, out);
            end(w, out, e->when);
        }
    }
}

static void dump_groups(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->groups.n; i++) {
        const struct world_group *g = &w->groups.at[i];
        begin(out, "", "group", g->id);
        add_name(out, g->name);
        ADD_REFERENCE(out, "vpc", w->vpcs, g->vpc);
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < g->rules.n; k++) {
            const struct world_rule *r = &g->rules.at[k];
            begin(out, "  ", "rule", r->id);
            buf_adds(out, r->egress ? " out" : " in");
            add_protocol(out, r->protocol, r->ports);
            if (r->group != WORLD_NONE) {
                ADD_REFERENCE(out, "group", w->groups, r->group);
            } else {
                buf_addc(out, ' ');
                ipset_print(r->remote, out);
            }
            end(w, out, r->when);
        }
    }
}

static void dump_subnets(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->subnets.n; i++) {
        const struct world_subnet *s = &w->subnets.at[i];
        begin(out, "", "subnet", s->id);
        add_name(out, s->name);
        ADD_REFERENCE(out, "vpc", w->vpcs, s->vpc);
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < s->cidrs.n; k++) {
            begin(out, "  ", "cidr", s->cidrs.at[k].id);
            buf_addc(out, ' ');
            prefix_print(s->cidrs.at[k].prefix, out);
            end(w, out, s->cidrs.at[k].when);
        }
        for (size_t k = 0; k < s->tables.n; k++) {
            begin(out, "  ", "association", s->tables.at[k].id);
            ADD_REFERENCE(out, "table", w->tables, s->tables.at[k].index);
            end(w, out, s->tables.at[k].when);
        }
        for (size_t k = 0; k < s->acls.n; k++) {
            begin(out, "  ", "association", s->acls.at[k].id);
            ADD_REFERENCE(out, "acl", w->acls, s->acls.at[k].index);
            end(w, out, s->acls.at[k].when);
        }
    }
}

static void dump_owners(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->owners.n; i++) {
        begin(out, "", "owner", w->owners.at[i].id);
        add_name(out, w->owners.at[i].name);
        add_name(out, w->owners.at[i].type);
        end(w, out, GUARD_TRUE);
    }
}

static void dump_interfaces(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->interfaces.n; i++) {
        const struct world_interface *n = &w->interfaces.at[i];
        begin(out, "", "interface", n->id);
        add_name(out, n->name);
        buf_addf(out, " number=%u", (unsigned)n->number);
        ADD_REFERENCE(out, "owner", w->owners, n->owner);
        if (n->balancer != WORLD_NONE) {
            ADD_REFERENCE(out, "balancer", w->balancers, n->balancer);
        }
        add_guard(w, out, "open", n->open);
        add_guard(w, out, "no-internet", n->no_internet);
        end(w, out, n->when);
        for (size_t k = 0; k < n->placements.n; k++) {
            const struct world_placement *p = &n->placements.at[k];
            buf_adds(out, "  placed");
            ADD_REFERENCE(out, "subnet", w->subnets, p->subnet);
            add_guard(w, out, "has4", p->has4);
            add_guard(w, out, "public4", p->public4);
            if (p->public4_id != WORLD_NONE) {
                buf_addf(out, " by=#%u", (unsigned)p->public4_id);
            }
            add_guard(w, out, "has6", p->has6);
            end(w, out, p->when);
        }
        for (size_t k = 0; k < n->groups.n; k++) {
            buf_adds(out, "  carries");
            ADD_REFERENCE(out, "group", w->groups, n->groups.at[k].group);
            end(w, out, n->groups.at[k].when);
        }
        for (size_t k = 0; k < n->listens.n; k++) {
            buf_adds(out, "  listens");
            add_protocol(out, n->listens.at[k].protocol, n->listens.at[k].ports);
            end(w, out, n->listens.at[k].when);
        }
        if (n->answers != ANSWERS_ANYBODY) {
            buf_addf(out, "  answers %s\n",
                     n->answers == ANSWERS_NOBODY ? "nobody" : "the identified");
        }
    }
}

static const char *balancer_kind_name(enum world_balancer_kind kind)
{
    switch (kind) {
    case BALANCER_CLASSIC:
        return "classic";
    case BALANCER_APPLICATION:
        return "application";
    case BALANCER_NETWORK:
        return "network";
    }
    BUG("no kind %u", (unsigned)kind);
}

/* A listener's and a target's protocol may be "both"; its ports always count. */
static void add_ports(struct buf *out, const char *what, struct ports ports)
{
    buf_addf(out, " %s%u-%u", what, (unsigned)ports.begin, (unsigned)ports.end);
}

static void dump_forward(const struct world *w, struct buf *out, const struct world_forward *f)
{
    begin(out, "    ", "forward", f->id);
    ADD_REFERENCE(out, "to", w->target_groups, f->target_group);
    if (f->restricted) {
        buf_adds(out, " from ");
        ipset_print(f->clients4, out);
        buf_addc(out, ' ');
        ipset_print(f->clients6, out);
    }
    end(w, out, f->when);
}

static void dump_balancers(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->balancers.n; i++) {
        const struct world_balancer *b = &w->balancers.at[i];
        begin(out, "", "balancer", b->id);
        add_name(out, b->name);
        buf_addf(out, " %s", balancer_kind_name(b->kind));
        ADD_REFERENCE(out, "owner", w->owners, b->owner);
        add_guard(w, out, "filters", b->filters);
        for (size_t k = 0; k < b->interfaces.n; k++) {
            ADD_REFERENCE(out, "interface", w->interfaces, b->interfaces.at[k]);
        }
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < b->listeners.n; k++) {
            const struct world_listener *l = &b->listeners.at[k];
            begin(out, "  ", "listener", l->id);
            add_name(out, l->name);
            buf_addf(out, " %s", protocol_name(l->protocol));
            add_ports(out, "", l->ports);
            end(w, out, l->when);
            for (size_t n = 0; n < l->forwards.n; n++) {
                dump_forward(w, out, &l->forwards.at[n]);
            }
        }
        for (size_t k = 0; k < b->services.n; k++) {
            buf_adds(out, "  serves");
            ADD_REFERENCE(out, "from", w->subnets, b->services.at[k].from);
            ADD_REFERENCE(out, "to", w->subnets, b->services.at[k].to);
            end(w, out, b->services.at[k].when);
        }
    }
}

static void dump_target_groups(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->target_groups.n; i++) {
        const struct world_target_group *g = &w->target_groups.at[i];
        begin(out, "", "target-group", g->id);
        add_name(out, g->name);
        buf_addf(out, " %s", protocol_name(g->protocol));
        add_guard(w, out, "preserves", g->preserves);
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < g->targets.n; k++) {
            const struct world_target *t = &g->targets.at[k];
            begin(out, "  ", "target", t->id);
            if (t->interface != WORLD_NONE) {
                ADD_REFERENCE(out, "interface", w->interfaces, t->interface);
            }
            if (t->balancer != WORLD_NONE) {
                ADD_REFERENCE(out, "balancer", w->balancers, t->balancer);
            }
            add_ports(out, "", t->ports);
            end(w, out, t->when);
        }
    }
}

static void dump_entrances(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->entrances.n; i++) {
        const struct world_entrance *e = &w->entrances.at[i];
        begin(out, "", "entrance", e->id);
        buf_addf(out, " %s", world_edge_name(e->edge));
        ADD_REFERENCE(out, "gateway", w->gateways, e->gateway);
        ADD_REFERENCE(out, "subnet", w->subnets, e->subnet);
        add_guard(w, out, "ipv6", e->carries6);
        add_guard(w, out, "preserves", e->preserves);
        add_guard(w, out, "filters", e->filters);
        end(w, out, e->when);
        for (size_t k = 0; k < e->groups.n; k++) {
            buf_adds(out, "  carries");
            ADD_REFERENCE(out, "group", w->groups, e->groups.at[k].group);
            end(w, out, e->groups.at[k].when);
        }
        for (size_t k = 0; k < e->destinations.n; k++) {
            dump_source(w, out, "  ", "destination", &e->destinations.at[k]);
        }
    }
}

static void dump_shortcuts(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->shortcuts.n; i++) {
        const struct world_shortcut *s = &w->shortcuts.at[i];
        begin(out, "", "shortcut", s->id);
        buf_addf(out, " %s", world_edge_name(s->edge));
        ADD_REFERENCE(out, "gateway", w->gateways, s->gateway);
        if (s->balancer != WORLD_NONE) {
            ADD_REFERENCE(out, "balancer", w->balancers, s->balancer);
        }
        if (s->interface != WORLD_NONE) {
            ADD_REFERENCE(out, "interface", w->interfaces, s->interface);
        }
        buf_addf(out, " %s", protocol_name(s->protocol));
        add_ports(out, "", s->ports);
        add_ports(out, "target=", s->target);
        add_guard(w, out, "preserves", s->preserves);
        add_guard(w, out, "ipv6", s->carries6);
        end(w, out, s->when);
    }
}

void world_dump(const struct world *w, struct buf *out)
{
    if (!guard_is_true(w->family)) {
        buf_adds(out, "family ");
        guard_print(w->space, w->family, out);
        buf_addc(out, '\n');
    }
    dump_vpcs(w, out);
    dump_gateways(w, out);
    dump_tables(w, out);
    dump_acls(w, out);
    dump_groups(w, out);
    dump_subnets(w, out);
    dump_owners(w, out);
    dump_interfaces(w, out);
    dump_balancers(w, out);
    dump_target_groups(w, out);
    dump_entrances(w, out);
    dump_shortcuts(w, out);
}
