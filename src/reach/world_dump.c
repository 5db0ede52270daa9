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

static void dump_gateways(const struct world *w, struct buf *out)
{
    for (size_t i = 0; i < w->gateways.n; i++) {
        const struct world_gateway *g = &w->gateways.at[i];
        begin(out, "", "gateway", g->id);
        add_name(out, g->name);
        buf_addf(out, " %s%s", gateway_kind_name(g->kind), g->outside ? " outside" : "");
        end(w, out, GUARD_TRUE);
        for (size_t k = 0; k < g->attachments.n; k++) {
            begin(out, "  ", "attachment", g->attachments.at[k].id);
            ADD_REFERENCE(out, "vpc", w->vpcs, g->attachments.at[k].vpc);
            end(w, out, g->attachments.at[k].when);
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
            buf_addf(out, " %s", precedence_name(r->precedence));
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
}
