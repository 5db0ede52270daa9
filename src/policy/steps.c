/*
 * A path in sentences. Each says what decided at that step, so that a reader can follow the
 * packet without opening the template.
 */
#include "policy/check.h"

/* The text of what many paths have in common; made by the caller where its p is NULL. */
enum text_kind { TEXT_ROUTE, TEXT_EDGE, TEXT_ACL, TEXT_GROUP, TEXT_INTERFACE };
static struct str *text_at(struct checker *c, enum text_kind kind, uint32_t x, uint32_t y,
                           uint32_t z)
{
    const uint32_t numbers[] = {(uint32_t)kind, x, y, z};
    struct str key = {(const char *)numbers, sizeof numbers};
    struct str *text = map_get(&c->step_texts, key);
    if (text == NULL) {
        text = ARENA_NEW(c->arena, struct str);
        *map_at(&c->step_texts, str_copy(c->arena, key)) = text;
    }
    return text;
}

struct str step_ports(struct arena *a, int protocol, struct ports ports)
{
    const char *name = protocol_name(protocol);
    if (protocol == PROTOCOL_ALL) {
        return STR("all traffic");
    }
    struct str protocol_text = str_from(name);
    if (!protocol_has_ports(protocol)) {
        return STR_CAT(a, STR("protocol "), protocol_text);
    }
    if (ports.begin == 0 && ports.end == UINT16_MAX) {
        return STR_CAT(a, STR("all "), protocol_text, STR(" ports"));
    }
    char begin[STR_DIGITS];
    char end[STR_DIGITS];
    if (ports.begin == ports.end) {
        return STR_CAT(a, protocol_text, STR(" port "), str_digits(begin, ports.begin));
    }
    return STR_CAT(a, protocol_text, STR(" ports "), str_digits(begin, ports.begin), STR("-"),
                   str_digits(end, ports.end));
}

static struct str prefix_text(struct checker *c, struct prefix p)
{
    struct buf b;
    buf_init(&b);
    prefix_print(p, &b);
    return buf_keep(&b, c->arena);
}

static struct str set_text(struct checker *c, struct ipset s)
{
    struct buf b;
    buf_init(&b);
    ipset_print(s, &b);
    enum { LONG = 60 };
    struct str text = buf_keep(&b, c->arena);
    return text.n <= LONG ? text : str_format(c->arena, "%zu address ranges", s.n);
}

struct str step_source(struct checker *c, const struct world_rule *r)
{
    const struct topology_origin *origin = check_origin(c, r->id);
    if (origin != NULL && origin->parameter != NULL && origin->parameter->no_echo) {
        return str_format(c->arena, "what '%.*s' says (NoEcho)", STR_ARG(origin->parameter->name));
    }
    if (r->group != WORLD_NONE) {
        return str_format(c->arena, "members of security group '%.*s'",
                          STR_ARG(c->world->groups.at[r->group].name));
    }
    struct ipset remote = opening_remote(c, c->arena, r);
    if (ipset_covers(remote, ipset_all(remote.family))) {
        return remote.family == NET_V4 ? STR("any IPv4 address") : STR("any IPv6 address");
    }
    return set_text(c, remote);
}

/* What AWS makes with every account's default VPC is known as well as if it were written. */
static bool is_default_vpc(struct str name)
{
    return str_starts(name, STR("DefaultVPC."));
}

static const char *gateway_noun(enum world_edge e)
{
    return world_edge_is_internet(e) ? "an internet gateway" : edge_noun(e);
}

/* Of the network in which AWS runs endpoints (aside.c): nothing there is assumed, and nothing of
 * it is the user's. */
static bool is_of_service(struct str name)
{
    return str_starts(name, STR("ServiceNetwork."));
}

static struct str route_text(struct checker *c, const struct reach_flow *f)
{
    uint32_t id = reach_example(f)->route;
    if (id == WORLD_NONE) {
        return STR("");
    }
    const struct entry_place *place = &c->entries[id];
    if (place->kind != ENTRY_ROUTE) {
        return STR("");
    }
    const struct world_table *table = &c->world->tables.at[place->element];
    const struct world_route *route = &table->routes.at[place->index];
    const struct world_gateway *gateway = &c->world->gateways.at[f->gateway];
    const struct topology_origin *origin = check_origin(c, table->id);
    struct str destination = prefix_text(c, route->destination);
    if (route->unknown) {
        return str_format(c->arena, "A propagated route of '%.*s' leads back to '%.*s'.",
                          STR_ARG(table->name), STR_ARG(gateway->name));
    }
    if (is_default_vpc(table->name)) {
        return STR("The main route table of the default VPC leads to its internet gateway.");
    }
    if (origin != NULL && origin->outside && is_of_service(table->name)) {
        return STR("");
    }
    if (origin != NULL && origin->outside) {
        struct str to = str_from(gateway_noun(f->edge));
        if (!gateway->outside) {
            to = str_format(c->arena, "'%.*s'", STR_ARG(gateway->name));
        }
        return str_format(c->arena,
                          "The route table of the subnet stands outside the templates; a route "
                          "'%.*s' to %.*s is assumed.",
                          STR_ARG(destination), STR_ARG(to));
    }
    if (gateway->outside) {
        return str_format(c->arena, "Route '%.*s' of '%.*s' leads back to %s.",
                          STR_ARG(destination), STR_ARG(table->name), gateway_noun(f->edge));
    }
    return str_format(c->arena, "Route '%.*s' of '%.*s' leads back to '%.*s'.",
                      STR_ARG(destination), STR_ARG(table->name), STR_ARG(gateway->name));
}

struct str step_route(struct checker *c, const struct reach_flow *f)
{
    struct str *text =
        text_at(c, TEXT_ROUTE, reach_example(f)->route, f->gateway, (uint32_t)f->edge);
    if (text->p == NULL) {
        *text = route_text(c, f);
    }
    return *text;
}

static struct str edge_text(struct checker *c, const struct reach_flow *f)
{
    struct str route = step_route(c, f);
    const struct world_gateway *gateway = &c->world->gateways.at[f->gateway];
    if (gateway->outside && !world_edge_is_internet(f->edge)) {
        return str_format(c->arena, "Traffic enters through %s outside the templates.%s%.*s",
                          edge_noun(f->edge), route.n > 0 ? " " : "", STR_ARG(route));
    }
    if (gateway->outside && is_of_service(gateway->name)) {
        return STR("Traffic enters the network in which AWS runs this endpoint.");
    }
    if (gateway->outside) {
        return str_format(c->arena, "Traffic enters through the internet gateway of the VPC.%s%.*s",
                          route.n > 0 ? " " : "", STR_ARG(route));
    }
    return str_format(c->arena, "Traffic enters through '%.*s'.%s%.*s", STR_ARG(gateway->name),
                      route.n > 0 ? " " : "", STR_ARG(route));
}

static struct str acl_text(struct checker *c, uint32_t id, struct str name, bool outside)
{
    if (id == WORLD_NONE || c->entries[id].kind != ENTRY_ACL) {
        return str_format(c->arena, "Network ACL '%.*s' lets it pass.", STR_ARG(name));
    }
    if (outside && is_of_service(name)) {
        return STR("That network lets it pass.");
    }
    if (outside && !is_default_vpc(name)) {
        return STR("The subnet's network ACL stands outside the templates; it is assumed to let "
                   "this pass.");
    }
    const struct entry_place *place = &c->entries[id];
    const struct world_entry *e = &c->world->acls.at[place->element].entries.at[place->index];
    struct str what = step_ports(c->arena, e->protocol, e->ports);
    struct str from = prefix_text(c, e->prefix);
    return str_format(c->arena, "Rule %d of network ACL '%.*s' allows %.*s from '%.*s'.",
                      (int)e->number, STR_ARG(name), STR_ARG(what), STR_ARG(from));
}

static struct str group_text(struct checker *c, uint32_t rule, struct str name)
{
    if (rule == WORLD_NONE || c->entries[rule].kind != ENTRY_RULE) {
        return str_format(c->arena, "Security group '%.*s' lets it pass.", STR_ARG(name));
    }
    const struct entry_place *place = &c->entries[rule];
    const struct world_rule *r = &c->world->groups.at[place->element].rules.at[place->index];
    const struct topology_origin *origin = check_origin(c, rule);
    bool written = origin != NULL && origin->item != NULL;
    if (!written && r->group == WORLD_NONE && c->topology->groups.at[place->element].outside) {
        return str_format(c->arena,
                          "Security group '%.*s' stands outside the templates; its rules are not "
                          "known.",
                          STR_ARG(name));
    }
    struct str what = step_ports(c->arena, r->protocol, r->ports);
    struct str from = step_source(c, r);
    if (written && origin->free_text) {
        return str_format(c->arena,
                          "Security group '%.*s' admits %.*s from whatever source is given at "
                          "deployment, for example '%.*s'.",
                          STR_ARG(name), STR_ARG(what), STR_ARG(from));
    }
    return STR_CAT(c->arena, STR("Security group '"), name, STR("' admits "), what, STR(" from "),
                   from, STR("."));
}

static struct str interface_text(struct checker *c, const struct reach_flow *f)
{
    if (f->via != WORLD_NONE) {
        return STR("The load balancer sends it to the private address of the interface.");
    }
    if (!world_edge_is_internet(f->edge)) {
        return STR("The private address of the interface suffices.");
    }
    if (!(f->families & FAMILY_V4)) {
        return STR("The interface has an IPv6 address.");
    }
    const struct topology_origin *by = check_origin(c, reach_example(f)->public_by);
    if (by == NULL || by->name.n == 0) {
        return STR("The interface has a public IPv4 address.");
    }
    if (by->outside) {
        return str_format(c->arena,
                          "The interface has a public IPv4 address if '%.*s' assigns one.",
                          STR_ARG(by->name));
    }
    return str_format(c->arena, "The interface has a public IPv4 address, by '%.*s'.",
                      STR_ARG(by->name));
}

/* The port at the edge is that of the first listener; a balancer behind it has its own. */
static struct str listener_text(struct checker *c, const struct reach_flow *f,
                                const struct reach_step *s, struct str name)
{
    const struct reach_example *e = reach_example(f);
    size_t i = 0;
    while (i < e->path_n && e->path[i].kind != STEP_LISTENER) {
        i++;
    }
    if (i == e->path_n || e->path[i].element != s->element || ports_is_empty(f->listener)) {
        return str_format(c->arena, "Listener '%.*s' passes it on.", STR_ARG(name));
    }
    return str_format(c->arena, "Listener '%.*s' takes it on %.*s.", STR_ARG(name),
                      STR_ARG(step_ports(c->arena, f->protocol, f->listener)));
}

/* Where the text of a step is kept, by all that it depends on; NULL: nowhere, it is about one
 * flow alone. */
static struct str *kept_text(struct checker *c, const struct reach_flow *f,
                             const struct reach_step *s)
{
    switch (s->kind) {
    case STEP_EDGE:
        return text_at(c, TEXT_EDGE, reach_example(f)->route, f->gateway, (uint32_t)f->edge);
    case STEP_ACL:
        return text_at(c, TEXT_ACL, s->element, s->entry, 0);
    case STEP_GROUP:
        return text_at(c, TEXT_GROUP, s->element, s->entry, 0);
    case STEP_INTERFACE:
        return text_at(c, TEXT_INTERFACE, reach_example(f)->public_by, f->families,
                       f->via != WORLD_NONE ? UINT32_MAX : (uint32_t)f->edge);
    case STEP_MIDDLEBOX:
    case STEP_BALANCER:
    case STEP_LISTENER:
    case STEP_TARGET_GROUP:
    case STEP_OWNER:
        break;
    }
    return NULL;
}

static struct str step_text(struct checker *c, const struct reach_flow *f, struct ports ports,
                            const struct reach_step *s, const struct finding_step *out)
{
    switch (s->kind) {
    case STEP_EDGE:
        return edge_text(c, f);
    case STEP_ACL:
        return acl_text(c, s->entry, out->component, out->outside);
    case STEP_GROUP:
        return group_text(c, s->entry, out->component);
    case STEP_INTERFACE:
        return interface_text(c, f);
    case STEP_MIDDLEBOX:
        return str_format(c->arena, "'%.*s' stands in the way and is taken to let it pass.",
                          STR_ARG(out->component));
    case STEP_BALANCER:
        return str_format(c->arena, "Load balancer '%.*s' takes it.", STR_ARG(out->component));
    case STEP_LISTENER:
        return listener_text(c, f, s, out->component);
    case STEP_TARGET_GROUP:
        return str_format(c->arena, "Target group '%.*s' sends it on to %.*s of its targets.",
                          STR_ARG(out->component),
                          STR_ARG(step_ports(c->arena, f->protocol, ports)));
    case STEP_OWNER:
        return STR_CAT(c->arena, STR("'"), out->component, STR("' is reached on "),
                       step_ports(c->arena, f->protocol, ports), STR("."));
    }
    BUG("no step %d", (int)s->kind);
}

static struct finding_step step_of(struct checker *c, const struct reach_flow *f,
                                   struct ports ports, struct reach_step s)
{
    const struct topology_origin *element = check_origin(c, s.element);
    const struct topology_origin *entry = check_origin(c, s.entry);
    struct finding_step out = {.at = SPAN_NONE};
    if (element != NULL) {
        out.component = element->name;
        out.type = str_from(element->type);
        out.implicit = element->implicit;
        out.outside = element->outside;
        out.at = element->at;
    }
    if (entry != NULL && !span_is_none(entry->at)) {
        out.at = entry->at;
    }
    struct str *kept = kept_text(c, f, &s);
    if (kept == NULL) {
        out.text = step_text(c, f, ports, &s, &out);
        return out;
    }
    if (kept->p == NULL) {
        *kept = step_text(c, f, ports, &s, &out);
    }
    out.text = *kept;
    return out;
}

/* Where the opening rule stands in the path: at the balancer if its groups filter, else last. */
static size_t opening_step(const struct reach_flow *f)
{
    const struct reach_example *e = reach_example(f);
    bool front = f->via != WORLD_NONE && f->front_opener_n > 0;
    size_t found = e->path_n;
    for (size_t i = 0; i < e->path_n; i++) {
        if (e->path[i].kind == STEP_GROUP) {
            found = i;
            if (front) {
                break;
            }
        }
    }
    return found;
}

void steps_of(struct checker *c, const struct reach_flow *f, uint32_t rule,
              struct finding_endpoint *out)
{
    const struct reach_example *e = reach_example(f);
    out->path_n = e->path_n;
    if (c->path_flow == f && c->path_rule == rule && c->path_ports.begin == out->ports.begin &&
        c->path_ports.end == out->ports.end) {
        out->path = c->path;
        return;
    }
    struct finding_step *path = ARENA_ARRAY(c->arena, e->path_n, struct finding_step);
    size_t shown = rule == WORLD_NONE ? e->path_n : opening_step(f);
    for (size_t i = 0; i < e->path_n; i++) {
        struct reach_step s = e->path[i];
        if (i == shown) {
            s.element = c->world->groups.at[c->entries[rule].element].id;
            s.entry = rule;
        }
        path[i] = step_of(c, f, out->ports, s);
    }
    out->path = path;
    c->path_flow = f;
    c->path_rule = rule;
    c->path_ports = out->ports;
    c->path = path;
}
