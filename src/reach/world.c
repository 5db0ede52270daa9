/*
 * Building a world: each function appends one element or entry and numbers it. Ids are
 * handed out in order, so the order of ids is the order in which things were added.
 * A fact is one variable of the guard space for each (kind, subject), found again by name.
 */
#include "reach/assume.h"

static const char *const EDGE_NAMES[EDGE_COUNT] = {
    "internet",  "globalaccelerator", "peering", "vgw",     "tgw",
    "clientvpn", "privatelink",       "carrier", "managed",
};

const char *world_edge_name(enum world_edge e)
{
    if ((unsigned)e >= EDGE_COUNT) {
        BUG("no edge %u", (unsigned)e);
    }
    return EDGE_NAMES[e];
}

bool world_edge_is_internet(enum world_edge e)
{
    return e == EDGE_INTERNET || e == EDGE_ACCELERATOR;
}

struct fact_row {
    const char *name;
    enum guard_doubt doubt;
    bool doubts_rule;
    uint32_t standard;
};

#define WORLD_FACT_ROW(symbol, name, doubt, lowers, standard) {name, doubt, lowers, standard},
static const struct fact_row FACTS[FACT_COUNT] = {WORLD_FACTS(WORLD_FACT_ROW)};
#undef WORLD_FACT_ROW

const char *world_fact_name(enum world_fact fact)
{
    if ((unsigned)fact >= FACT_COUNT) {
        BUG("no fact %u", (unsigned)fact);
    }
    return FACTS[fact].name;
}

struct world *world_new(struct arena *a, struct guard_space *space)
{
    struct world *w = ARENA_NEW(a, struct world);
    w->arena = a;
    w->space = space;
    w->family = GUARD_TRUE;
    w->unpinned = GUARD_TRUE;
    map_init(&w->facts, a);
    return w;
}

uint32_t world_next_id(struct world *w)
{
    if (w->next_id == WORLD_NONE) {
        BUG("out of ids");
    }
    return w->next_id++;
}

/* A reference to an element that is not there is a mistake of whoever builds the world. */
static void check_index(uint32_t index, size_t n, const char *what)
{
    if (index >= n) {
        BUG("no %s %u of %zu", what, (unsigned)index, n);
    }
}

static void check_optional(uint32_t index, size_t n, const char *what)
{
    if (index != WORLD_NONE) {
        check_index(index, n, what);
    }
}

uint32_t world_add_vpc(struct world *w, struct str name)
{
    uint32_t index = (uint32_t)w->vpcs.n;
    *VEC_ADD(w->arena, &w->vpcs) = (struct world_vpc){.id = world_next_id(w), .name = name};
    return index;
}

uint32_t world_add_gateway(struct world *w, struct str name, enum world_gateway_kind kind)
{
    uint32_t index = (uint32_t)w->gateways.n;
    *VEC_ADD(w->arena, &w->gateways) = (struct world_gateway){
        .id = world_next_id(w), .name = name, .kind = kind, .subnet = WORLD_NONE};
    return index;
}

uint32_t world_add_table(struct world *w, struct str name, uint32_t vpc)
{
    check_optional(vpc, w->vpcs.n, "VPC");
    uint32_t index = (uint32_t)w->tables.n;
    *VEC_ADD(w->arena, &w->tables) =
        (struct world_table){.id = world_next_id(w), .name = name, .vpc = vpc};
    return index;
}

uint32_t world_add_acl(struct world *w, struct str name)
{
    uint32_t index = (uint32_t)w->acls.n;
    *VEC_ADD(w->arena, &w->acls) = (struct world_acl){.id = world_next_id(w), .name = name};
    return index;
}

uint32_t world_add_group(struct world *w, struct str name, uint32_t vpc)
{
    check_optional(vpc, w->vpcs.n, "VPC");
    uint32_t index = (uint32_t)w->groups.n;
    *VEC_ADD(w->arena, &w->groups) =
        (struct world_group){.id = world_next_id(w), .name = name, .vpc = vpc};
    return index;
}

uint32_t world_add_subnet(struct world *w, struct str name, uint32_t vpc)
{
    check_optional(vpc, w->vpcs.n, "VPC");
    uint32_t index = (uint32_t)w->subnets.n;
    *VEC_ADD(w->arena, &w->subnets) =
        (struct world_subnet){.id = world_next_id(w), .name = name, .vpc = vpc};
    return index;
}

uint32_t world_add_owner(struct world *w, struct str name, struct str type)
{
    uint32_t index = (uint32_t)w->owners.n;
    *VEC_ADD(w->arena, &w->owners) =
        (struct world_owner){.id = world_next_id(w), .name = name, .type = type};
    return index;
}

uint32_t world_add_interface(struct world *w, struct str name, uint32_t owner)
{
    check_optional(owner, w->owners.n, "owner");
    uint32_t index = (uint32_t)w->interfaces.n;
    *VEC_ADD(w->arena, &w->interfaces) = (struct world_interface){.id = world_next_id(w),
                                                                  .name = name,
                                                                  .owner = owner,
                                                                  .when = GUARD_TRUE,
                                                                  .balancer = WORLD_NONE};
    return index;
}

uint32_t world_add_cidr(struct world *w, uint32_t vpc, struct guard when, struct prefix p)
{
    check_index(vpc, w->vpcs.n, "VPC");
    uint32_t id = world_next_id(w);
    *VEC_ADD(w->arena, &w->vpcs.at[vpc].cidrs) =
        (struct world_cidr){.id = id, .when = when, .prefix = p};
    return id;
}

uint32_t world_add_subnet_cidr(struct world *w, uint32_t subnet, struct guard when, struct prefix p)
{
    check_index(subnet, w->subnets.n, "subnet");
    uint32_t id = world_next_id(w);
    *VEC_ADD(w->arena, &w->subnets.at[subnet].cidrs) =
        (struct world_cidr){.id = id, .when = when, .prefix = p};
    return id;
}

uint32_t world_add_attachment(struct world *w, uint32_t gateway, struct guard when, uint32_t vpc)
{
    check_index(gateway, w->gateways.n, "gateway");
    check_index(vpc, w->vpcs.n, "VPC");
    uint32_t id = world_next_id(w);
    *VEC_ADD(w->arena, &w->gateways.at[gateway].attachments) =
        (struct world_attachment){.id = id, .when = when, .vpc = vpc, .remote_vpc = WORLD_NONE};
    return id;
}

uint32_t world_add_route(struct world *w, uint32_t table, struct world_route route)
{
    check_index(table, w->tables.n, "table");
    check_optional(route.gateway, w->gateways.n, "gateway");
    route.id = world_next_id(w);
    *VEC_ADD(w->arena, &w->tables.at[table].routes) = route;
    return route.id;
}

uint32_t world_add_entry(struct world *w, uint32_t acl, struct world_entry entry)
{
    check_index(acl, w->acls.n, "ACL");
    entry.id = world_next_id(w);
    *VEC_ADD(w->arena, &w->acls.at[acl].entries) = entry;
    return entry.id;
}

uint32_t world_add_rule(struct world *w, uint32_t group, struct world_rule rule)
{
    check_index(group, w->groups.n, "group");
    check_optional(rule.group, w->groups.n, "group");
    rule.id = world_next_id(w);
    *VEC_ADD(w->arena, &w->groups.at[group].rules) = rule;
    return rule.id;
}

uint32_t world_choose_table(struct world *w, uint32_t subnet, struct guard when, uint32_t table)
{
    check_index(subnet, w->subnets.n, "subnet");
    check_index(table, w->tables.n, "table");
    uint32_t id = world_next_id(w);
    *VEC_ADD(w->arena, &w->subnets.at[subnet].tables) =
        (struct world_choice){.id = id, .when = when, .index = table};
    return id;
}

uint32_t world_choose_acl(struct world *w, uint32_t subnet, struct guard when, uint32_t acl)
{
    check_index(subnet, w->subnets.n, "subnet");
    check_index(acl, w->acls.n, "ACL");
    uint32_t id = world_next_id(w);
    *VEC_ADD(w->arena, &w->subnets.at[subnet].acls) =
        (struct world_choice){.id = id, .when = when, .index = acl};
    return id;
}

void world_place(struct world *w, uint32_t interface, struct world_placement p)
{
    check_index(interface, w->interfaces.n, "interface");
    check_index(p.subnet, w->subnets.n, "subnet");
    *VEC_ADD(w->arena, &w->interfaces.at[interface].placements) = p;
}

void world_join(struct world *w, uint32_t interface, struct guard when, uint32_t group)
{
    check_index(interface, w->interfaces.n, "interface");
    check_index(group, w->groups.n, "group");
    *VEC_ADD(w->arena, &w->interfaces.at[interface].groups) =
        (struct world_membership){.when = when, .group = group};
}

/* "Default network ACL" in the VPC user guide: 100 and, with IPv6, 101; 32767 denies. */
void world_add_default_entries(struct world *w, uint32_t acl, struct guard when)
{
    for (int egress = 0; egress < 2; egress++) {
        for (int family = NET_V4; family <= NET_V6; family++) {
            world_add_entry(w, acl,
                            (struct world_entry){
                                .when = when,
                                .number = family == NET_V4 ? 100 : 101,
                                .egress = egress == 1,
                                .allow = true,
                                .protocol = PROTOCOL_ALL,
                                .ports = PORTS_ALL,
                                .prefix = {.family = family == NET_V4 ? NET_V4 : NET_V6},
                            });
        }
    }
}

static struct str fact_text(const struct world *w, enum world_fact fact, struct str subject)
{
    const char *kind = world_fact_name(fact);
    return subject.n ? str_format(w->arena, "%s(%.*s)", kind, STR_ARG(subject)) : str_from(kind);
}

bool world_has_fact(const struct world *w, enum world_fact fact, struct str subject)
{
    return map_get(&w->facts, fact_text(w, fact, subject)) != NULL;
}

/* The variable of a fact, added when it is asked for the first time. `standard` is its outcome
 * by default; of a pinned one that is what it is pinned to. */
static uint32_t fact_variable(struct world *w, enum world_fact fact, struct str subject,
                              const struct guard_variable *as)
{
    struct str name = fact_text(w, fact, subject);
    void *known = map_get(&w->facts, name);
    if (known) {
        uint32_t var = *(const uint32_t *)known;
        if (guard_variable(w->space, var)->outcomes != as->outcomes) {
            BUG("the outcomes of %.*s changed", STR_ARG(name));
        }
        return var;
    }
    uint32_t outcome;
    struct world_pin *pin = assume_pin_of(w, name, as->labels, as->outcomes, &outcome);
    uint32_t *var = ARENA_NEW(w->arena, uint32_t);
    *var = guard_add(w->space, (struct guard_variable){
                                   .name = name,
                                   .labels = as->labels,
                                   .outcomes = as->outcomes,
                                   .standard = outcome == GUARD_NO_OUTCOME ? as->standard : outcome,
                                   .doubt = FACTS[fact].doubt,
                                   .rank = (uint8_t)(RANK_FIRST_FACT + (int)fact),
                                   .doubts_rule = FACTS[fact].doubts_rule,
                               });
    *map_at(&w->facts, name) = var;
    if (pin) {
        pin->var = *var;
    }
    if (outcome != GUARD_NO_OUTCOME) {
        w->family = guard_and(w->space, w->family, guard_is(w->space, *var, outcome));
    }
    return *var;
}

struct guard world_fact(struct world *w, enum world_fact fact, struct str subject)
{
    struct guard_variable as = {.outcomes = 2, .standard = FACTS[fact].standard};
    return guard_is(w->space, fact_variable(w, fact, subject, &as), 1);
}

struct guard world_fact_by_default(struct world *w, enum world_fact fact, struct str subject)
{
    struct guard_variable as = {.outcomes = 2, .standard = 1};
    return guard_is(w->space, fact_variable(w, fact, subject, &as), 1);
}

uint32_t world_choice_fact(struct world *w, enum world_fact fact, struct str subject,
                           const struct str *labels, uint32_t n)
{
    struct guard_variable as = {.labels = labels, .outcomes = n, .standard = FACTS[fact].standard};
    return fact_variable(w, fact, subject, &as);
}

void world_set_family(struct world *w, struct guard family)
{
    w->family = family;
    w->unpinned = family;
}
