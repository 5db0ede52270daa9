#include "report/path_words.h"

#include "report/words.h"

const struct world_rule *path_rule(const struct world *w, uint32_t id,
                                   const struct world_group **home)
{
    for (size_t i = 0; i < w->groups.n && id != WORLD_NONE; i++) {
        for (size_t k = 0; k < w->groups.at[i].rules.n; k++) {
            if (w->groups.at[i].rules.at[k].id == id) {
                if (home) {
                    *home = &w->groups.at[i];
                }
                return &w->groups.at[i].rules.at[k];
            }
        }
    }
    return NULL;
}

const struct world_entry *path_entry(const struct world *w, uint32_t id)
{
    for (size_t i = 0; i < w->acls.n && id != WORLD_NONE; i++) {
        for (size_t k = 0; k < w->acls.at[i].entries.n; k++) {
            if (w->acls.at[i].entries.at[k].id == id) {
                return &w->acls.at[i].entries.at[k];
            }
        }
    }
    return NULL;
}

const struct world_route *path_route(const struct world *w, uint32_t id,
                                     const struct world_table **home)
{
    for (size_t i = 0; i < w->tables.n && id != WORLD_NONE; i++) {
        for (size_t k = 0; k < w->tables.at[i].routes.n; k++) {
            if (w->tables.at[i].routes.at[k].id == id) {
                if (home) {
                    *home = &w->tables.at[i];
                }
                return &w->tables.at[i].routes.at[k];
            }
        }
    }
    return NULL;
}

struct str path_ports(struct arena *a, int protocol, struct ports ports)
{
    const char *name = protocol == PROTOCOL_ALL ? "tcp or udp" : protocol_name(protocol);
    if (ports.begin == 0 && ports.end == UINT16_MAX) {
        return str_format(a, "any %s port", name);
    }
    if (ports.begin == ports.end) {
        return str_format(a, "%s port %u", name, ports.begin);
    }
    return str_format(a, "%s ports %u-%u", name, ports.begin, ports.end);
}

/* Of a rule or an entry, where "all" means every protocol. */
static struct str traffic(struct arena *a, int protocol, struct ports ports)
{
    if (protocol == PROTOCOL_ALL) {
        return STR("all traffic");
    }
    return protocol_has_ports(protocol) ? path_ports(a, protocol, ports)
                                        : str_format(a, "protocol %s", protocol_name(protocol));
}

static struct str prefix_text(struct arena *a, struct prefix p)
{
    struct buf b;
    buf_init(&b);
    prefix_print(p, &b);
    return buf_keep(&b, a);
}

static struct str set_text(struct arena *a, struct ipset s)
{
    enum { LONG = 60 };
    if (ipset_covers(s, ipset_all(s.family))) {
        return s.family == NET_V4 ? STR("any IPv4 address") : STR("any IPv6 address");
    }
    struct buf b;
    buf_init(&b);
    ipset_print(s, &b);
    struct str text = buf_keep(&b, a);
    return text.n <= LONG ? text : str_format(a, "%zu address ranges", s.n);
}

/* The other side of a rule. NoEcho values are never printed (SEMANTICS 4.4). */
static struct str remote_text(struct arena *a, const struct analysis *n, const struct world_rule *r,
                              const struct topology_origin *o)
{
    if (r->group != WORLD_NONE) {
        return str_format(a, "members of '%.*s'",
                          STR_ARG(n->topology->world->groups.at[r->group].name));
    }
    if (o->parameter != NULL && o->parameter->no_echo) {
        return str_format(a, "what '%.*s' says (NoEcho)", STR_ARG(o->parameter->name));
    }
    struct str set = set_text(a, r->remote);
    return o->free_text
               ? str_format(a, "whatever is given at deployment, such as %.*s", STR_ARG(set))
               : set;
}

struct str path_rule_text(struct arena *a, const struct analysis *n, uint32_t id, struct str name)
{
    const struct world_rule *r = path_rule(n->topology->world, id, NULL);
    if (!r) {
        return STR("Several rules together decide, or no group does.");
    }
    const struct topology_origin *o = topology_origin(n->topology, id);
    if (o->outside) {
        return str_format(a,
                          "Security group '%.*s' stands outside the templates; its rules are "
                          "not known.",
                          STR_ARG(name));
    }
    struct str what = traffic(a, r->protocol, r->ports);
    struct str who = remote_text(a, n, r, o);
    return str_format(a, "Security group '%.*s' %s %.*s %s %.*s.", STR_ARG(name),
                      r->egress ? "lets out" : "admits", STR_ARG(what), r->egress ? "to" : "from",
                      STR_ARG(who));
}

struct str path_acl_text(struct arena *a, const struct analysis *n, uint32_t id, struct str name,
                         bool outside)
{
    const struct world_entry *e = path_entry(n->topology->world, id);
    if (outside) {
        return str_format(a,
                          "Network ACL '%.*s' stands outside the templates; it is assumed to "
                          "let this pass.",
                          STR_ARG(name));
    }
    if (!e) {
        return str_format(a, "Network ACL '%.*s' lets it pass.", STR_ARG(name));
    }
    struct str what = traffic(a, e->protocol, e->ports);
    struct str who = prefix_text(a, e->prefix);
    return str_format(a, "Rule %d of network ACL '%.*s' allows %.*s %s '%.*s'.", (int)e->number,
                      STR_ARG(name), STR_ARG(what), e->egress ? "to" : "from", STR_ARG(who));
}

struct str path_route_text(struct arena *a, const struct analysis *n, uint32_t id, uint32_t gateway)
{
    const struct world *w = n->topology->world;
    const struct world_table *table = NULL;
    const struct world_route *r = path_route(w, id, &table);
    if (!r) {
        return STR("");
    }
    struct str to = w->gateways.at[gateway].name;
    if (topology_origin(n->topology, table->id)->outside) {
        return str_format(a, "The route table of the subnet stands outside the templates; a route "
                             "back is assumed.");
    }
    struct str destination = prefix_text(a, r->destination);
    return str_format(a, "Route '%.*s' of '%.*s' leads back to '%.*s'.", STR_ARG(destination),
                      STR_ARG(table->name), STR_ARG(to));
}

/* ---- blockers ---- */

static struct str name_of(const struct analysis *n, uint32_t id)
{
    return id == WORLD_NONE ? STR("") : topology_origin(n->topology, id)->name;
}

static const char *edge_noun(enum world_edge e)
{
    static const char *const NOUNS[EDGE_COUNT] = {
        "an internet gateway", "an accelerator",    "a peering connection",
        "a VPN gateway",       "a transit gateway", "a Client VPN endpoint",
        "an endpoint service", "a carrier gateway", "a managed connection",
    };
    return NOUNS[e];
}

static const char *address_code(enum world_edge e)
{
    return e == EDGE_INTERNET ? "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"
           : e == EDGE_VPN    ? "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"
                              : "";
}

static const char *entry_code(const struct analysis *n, uint32_t entry)
{
    if (entry == WORLD_NONE) {
        return "UNASSOCIATED_COMPONENT";
    }
    const char *type = topology_origin(n->topology, entry)->type;
    bool bpa = type && str_find(str_from(type), STR("BlockPublicAccess"), 0) != STR_NPOS;
    return bpa ? "VPC_BLOCK_PUBLIC_ACCESS_ENABLED" : "";
}

static const struct world_group *group_of(const struct world *w, uint32_t id)
{
    for (size_t i = 0; i < w->groups.n && id != WORLD_NONE; i++) {
        if (w->groups.at[i].id == id) {
            return &w->groups.at[i];
        }
    }
    return NULL;
}

static bool has_rules(const struct world_group *g, bool egress)
{
    for (size_t i = 0; g && i < g->rules.n; i++) {
        if (g->rules.at[i].egress == egress) {
            return true;
        }
    }
    return false;
}

static struct path_reason group_reason(struct arena *a, const struct analysis *n, uint32_t element,
                                       bool egress, struct str ports)
{
    const struct world_group *g = group_of(n->topology->world, element);
    struct str name = name_of(n, element);
    if (!g) {
        return (struct path_reason){STR("No security group is there to let this pass."),
                                    STR("Give it a security group that does."),
                                    "ENI_SG_RULES_MISMATCH"};
    }
    return (struct path_reason){
        .text = str_format(a, "No rule of security group '%.*s' %s %.*s.", STR_ARG(name),
                           egress ? "lets out" : "admits from there", STR_ARG(ports)),
        .change = str_format(a, "Add a rule for %.*s to '%.*s'.", STR_ARG(ports), STR_ARG(name)),
        .code = has_rules(g, egress) ? "ENI_SG_RULES_MISMATCH" : "SG_HAS_NO_RULES",
    };
}

static struct path_reason acl_reason(struct arena *a, const struct analysis *n, uint32_t element,
                                     uint32_t entry, bool back)
{
    const struct world_entry *e = path_entry(n->topology->world, entry);
    struct str name = name_of(n, element);
    const char *what = back ? "the replies" : "this";
    struct path_reason reason = {.code = "SUBNET_ACL_RESTRICTION"};
    if (element == WORLD_NONE) {
        reason.text =
            str_format(a, "The network ACLs of the two subnets do not let %s pass.", what);
        reason.change = STR("Allow it in both.");
        return reason;
    }
    reason.text =
        e ? str_format(a, "Rule %d of network ACL '%.*s' denies %s.", (int)e->number, STR_ARG(name),
                       what)
          : str_format(a, "No rule of network ACL '%.*s' allows %s.", STR_ARG(name), what);
    reason.change = e ? str_format(a, "Allow it in '%.*s' by an entry before rule %d.",
                                   STR_ARG(name), (int)e->number)
                      : str_format(a, "Allow it in '%.*s'.", STR_ARG(name));
    return reason;
}

static struct path_reason route_reason(struct arena *a, const struct analysis *n,
                                       const struct reach_blocker *b, enum world_edge edge)
{
    const struct world *w = n->topology->world;
    const struct world_route *r = path_route(w, b->entry, NULL);
    struct str table = name_of(n, b->element);
    struct path_reason reason = {.code = "NO_ROUTE_TO_DESTINATION"};
    reason.change =
        str_format(a, "Route replies to %s in '%.*s'.", edge_noun(edge), STR_ARG(table));
    if (!r) {
        reason.text = str_format(a, "'%.*s' has no route to %s.", STR_ARG(table), edge_noun(edge));
    } else if (r->gateway == WORLD_NONE) {
        reason.text =
            str_format(a, "The route of '%.*s' for replies leads nowhere.", STR_ARG(table));
    } else {
        reason.text = str_format(a, "'%.*s' routes replies to '%.*s'.", STR_ARG(table),
                                 STR_ARG(w->gateways.at[r->gateway].name));
    }
    return reason;
}

static struct path_reason address_reason(struct arena *a, struct str interface,
                                         enum world_edge edge)
{
    if (edge != EDGE_INTERNET) {
        return (struct path_reason){
            str_format(a, "'%.*s' has no address that can be reached this way.",
                       STR_ARG(interface)),
            STR("Give it one."), address_code(edge)};
    }
    return (struct path_reason){str_format(a, "'%.*s' has no public address.", STR_ARG(interface)),
                                str_format(a, "Give '%.*s' a public address.", STR_ARG(interface)),
                                address_code(edge)};
}

struct path_reason path_edge_reason(struct arena *a, const struct analysis *n,
                                    const struct reach_blocker *b, const struct reach_question *q)
{
    struct str interface = n->topology->world->interfaces.at[q->interface].name;
    struct str ports = path_ports(a, q->protocol, q->ports);
    switch (b->conjunct) {
    case CONJUNCT_EXISTS:
        return (struct path_reason){
            str_format(a, "'%.*s' belongs to nothing that is deployed, or nothing listens there.",
                       STR_ARG(interface)),
            str_format(a, "Attach '%.*s', or ask for a port that is listened on.",
                       STR_ARG(interface)),
            "UNASSOCIATED_COMPONENT"};
    case CONJUNCT_ADDRESS:
        return address_reason(a, interface, q->edge);
    case CONJUNCT_ENTRY:
        return (struct path_reason){
            b->entry == WORLD_NONE
                ? str_format(a, "%s leads into the VPC of '%.*s'.",
                             q->edge == EDGE_INTERNET ? "No internet gateway"
                                                      : "Nothing of this kind",
                             STR_ARG(interface))
                : str_format(a, "'%.*s' keeps traffic from entering the subnet of '%.*s'.",
                             STR_ARG(name_of(n, b->entry)), STR_ARG(interface)),
            str_format(a, "Attach %s to the VPC.", edge_noun(q->edge)), entry_code(n, b->entry)};
    case CONJUNCT_ACL_IN:
    case CONJUNCT_ACL_OUT:
        return acl_reason(a, n, b->element, b->entry, b->conjunct == CONJUNCT_ACL_OUT);
    case CONJUNCT_GROUP:
        return group_reason(a, n, b->element, false, ports);
    case CONJUNCT_ROUTE:
        return route_reason(a, n, b, q->edge);
    case CONJUNCT_COUNT:
        break;
    }
    BUG("no conjunct %d", (int)b->conjunct);
}

struct path_reason path_inside_reason(struct arena *a, const struct analysis *n,
                                      const struct inside_blocker *b,
                                      const struct inside_question *q)
{
    const struct world *w = n->topology->world;
    struct str from = w->interfaces.at[q->from].name;
    struct str to = w->interfaces.at[q->to].name;
    struct str ports = path_ports(a, q->protocol, q->ports);
    switch (b->part) {
    case INSIDE_THERE:
        return (struct path_reason){str_format(a, "'%.*s' and '%.*s' are never deployed together.",
                                               STR_ARG(from), STR_ARG(to)),
                                    STR("Deploy both under one choice."), "UNASSOCIATED_COMPONENT"};
    case INSIDE_ADDRESS:
        return (struct path_reason){str_format(a,
                                               "'%.*s' and '%.*s' have no address of one family.",
                                               STR_ARG(from), STR_ARG(to)),
                                    STR("Give both an address of one family."), ""};
    case INSIDE_SENT:
        return group_reason(a, n, b->element, true, ports);
    case INSIDE_ADMITTED:
        return group_reason(a, n, b->element, false, ports);
    case INSIDE_ACL_FORTH:
    case INSIDE_ACL_BACK:
        return acl_reason(a, n, b->element, b->entry, b->part == INSIDE_ACL_BACK);
    case INSIDE_LISTENS:
        return (struct path_reason){
            str_format(a, "Nothing of '%.*s' listens on %.*s.", STR_ARG(to), STR_ARG(ports)),
            STR("Ask for a port that it listens on."), ""};
    case INSIDE_PARTS:
        break;
    }
    BUG("no part %d", (int)b->part);
}
