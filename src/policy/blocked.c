/*
 * Blockers in sentences.
 */
#include "policy/blocked.h"

#include "policy/facts.h"

struct carriers blocked_carriers(struct checker *c, uint32_t group)
{
    const struct world *w = c->world;
    struct carriers out = {0};
    for (size_t i = 0; i < w->interfaces.n; i++) {
        const struct world_interface *n = &w->interfaces.at[i];
        for (size_t k = 0; k < n->groups.n && n->owner != WORLD_NONE; k++) {
            if (n->groups.at[k].group != group) {
                continue;
            }
            struct guard when = guard_and(w->space, n->when, n->groups.at[k].when);
            if (guard_disjoint(w->space, when, w->family)) {
                continue;
            }
            if (out.n == out.cap) {
                out.at = vec_grown(c->arena, out.at, sizeof *out.at, &out.cap);
            }
            out.at[out.n++] = (uint32_t)i;
            break;
        }
    }
    return out;
}

static struct str route_text(struct checker *c, const struct reach_blocker *b, struct str table)
{
    if (b->entry == WORLD_NONE || c->entries[b->entry].kind != ENTRY_ROUTE) {
        return str_format(c->arena, "'%.*s' has no route to an internet gateway.", STR_ARG(table));
    }
    const struct entry_place *place = &c->entries[b->entry];
    const struct world_route *r = &c->world->tables.at[place->element].routes.at[place->index];
    if (r->gateway == WORLD_NONE) {
        return str_format(c->arena, "The route of '%.*s' for replies leads nowhere.",
                          STR_ARG(table));
    }
    const struct world_gateway *g = &c->world->gateways.at[r->gateway];
    if (g->kind == GATEWAY_INTERNET) {
        return str_format(c->arena,
                          "'%.*s' routes replies to '%.*s', which is not attached to its VPC.",
                          STR_ARG(table), STR_ARG(g->name));
    }
    return str_format(c->arena, "'%.*s' routes replies to '%.*s', not to an internet gateway.",
                      STR_ARG(table), STR_ARG(g->name));
}

static struct str acl_text(struct checker *c, const struct reach_blocker *b, struct str acl)
{
    const char *what = b->conjunct == CONJUNCT_ACL_IN ? "lets it in" : "lets the replies out";
    if (b->entry == WORLD_NONE || c->entries[b->entry].kind != ENTRY_ACL) {
        return str_format(c->arena, "No rule of network ACL '%.*s' %s.", STR_ARG(acl), what);
    }
    const struct entry_place *place = &c->entries[b->entry];
    const struct world_entry *e = &c->world->acls.at[place->element].entries.at[place->index];
    return str_format(c->arena, "Rule %d of network ACL '%.*s' denies it.", (int)e->number,
                      STR_ARG(acl));
}

static struct str blocker_text(struct checker *c, const struct reach_blocker *b, struct str name,
                               struct str interface)
{
    switch (b->conjunct) {
    case CONJUNCT_EXISTS:
        return str_format(c->arena, "'%.*s' belongs to nothing that is deployed.",
                          STR_ARG(interface));
    case CONJUNCT_ADDRESS:
        return str_format(c->arena, "'%.*s' has no public address.", STR_ARG(interface));
    case CONJUNCT_ENTRY:
        return str_format(c->arena, "No internet gateway is attached to the VPC of '%.*s'.",
                          STR_ARG(interface));
    case CONJUNCT_ACL_IN:
    case CONJUNCT_ACL_OUT:
        return acl_text(c, b, name);
    case CONJUNCT_GROUP:
        return str_format(c->arena, "'%.*s' admits none of these addresses.", STR_ARG(name));
    case CONJUNCT_ROUTE:
        return route_text(c, b, name);
    case CONJUNCT_COUNT:
        break;
    }
    BUG("no conjunct %d", (int)b->conjunct);
}

static void add_blocker(struct checker *c, const struct reach_blocker *b, struct str interface,
                        struct str assumed, struct blocker_list *out)
{
    const struct topology_origin *element = check_origin(c, b->element);
    const struct topology_origin *entry = check_origin(c, b->entry);
    struct str name = element == NULL ? STR("") : element->name;
    struct finding_blocker one = {.interface = interface,
                                  .conjunct = reach_conjunct_name(b->conjunct),
                                  .component = name,
                                  .at = SPAN_NONE,
                                  .alone = b->alone,
                                  .joint = b->joint};
    if (element != NULL) {
        one.at = element->at;
    }
    if (entry != NULL && !span_is_none(entry->at)) {
        one.at = entry->at;
    }
    struct str text = blocker_text(c, b, name, interface);
    one.text = text;
    if (assumed.n > 0) { /* before the period */
        text = str_sub(text, 0, text.n - 1);
        one.text = str_format(c->arena, "%.*s%.*s.", STR_ARG(text), STR_ARG(assumed));
    }
    if (out->n == out->cap) {
        out->at = vec_grown(c->arena, out->at, sizeof *out->at, &out->cap);
    }
    out->at[out->n++] = one;
}

/* What the answer owes to --assume. */
static struct str assumed_for(struct checker *c, struct reach_question q)
{
    if (c->world->pins.n == 0 || c->brief) {
        return STR("");
    }
    if (c->assumed == NULL) {
        c->assumed = assume_answers_new(c->arena, c->world);
    }
    return fact_assumed(c->arena, assume_why_not(c->assumed, q));
}

bool blocked_why(struct checker *c, struct carriers carriers, uint32_t group,
                 const struct world_rule *rule, struct blocker_list *out)
{
    for (size_t i = 0; i < carriers.n && i < BLOCKED_ASKED; i++) {
        struct reach_question q = {.interface = carriers.at[i],
                                   .edge = EDGE_INTERNET,
                                   .protocol = rule->protocol,
                                   .ports =
                                       rule->protocol == PROTOCOL_ALL ? PORTS_ALL : rule->ports,
                                   .sources = &rule->remote,
                                   .group = group};
        struct reach_blockers blockers = reach_why_not(c->reach, q);
        if (blockers.n == 0) {
            return false;
        }
        struct str interface = c->world->interfaces.at[carriers.at[i]].name;
        struct str assumed = assumed_for(c, q);
        for (size_t k = 0; k < blockers.n; k++) {
            add_blocker(c, &blockers.at[k], interface, assumed, out);
        }
    }
    return true;
}
