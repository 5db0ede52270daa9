/*
 * Interfaces: where they are, which groups they carry, which addresses they have.
 *
 *     public IPv4 =  an EIP is bound                                    (1.1.2 a)
 *                    or it may be assigned (b, c)  and
 *                       AssociatePublicIpAddress, where given           (d)
 *                       else what the subnet says                       (e to h)
 *
 * A network interface that is a resource becomes one interface of the world for each owner that
 * it is attached to (under conditions there may be several), or one that is attached to nothing.
 */
#include "topology/interface.h"

#include "topology/kinds.h"
#include "topology/outside.h"
#include "topology/resolve.h"

struct addressing {
    struct guard bound; /* an EIP */
    uint32_t bound_id;
    struct guard yes; /* AssociatePublicIpAddress */
    struct guard no;
    uint32_t said_id;
};

static struct addressing read_addressing(struct builder *b, const struct draft *d)
{
    struct addressing a = {.bound_id = WORLD_NONE, .said_id = WORLD_NONE};
    if (d->is_public) {
        a.yes = *d->is_public;
        a.no = without(b, GUARD_TRUE, a.yes);
        a.said_id = d->public_by;
        return a;
    }
    for (size_t i = 0; i < sizeof d->addresses / sizeof *d->addresses; i++) {
        const struct slot *s = d->addresses[i];
        for (size_t k = 0; s && k < s->addresses.n; k++) {
            struct guard here = both(b, s->addresses.at[k].when, d->when);
            if (!guard_is_false(here) && a.bound_id == WORLD_NONE) {
                a.bound_id = s->addresses.at[k].id;
            }
            a.bound = either(b, a.bound, here);
        }
    }
    FOREACH_TERM (term, d->associate) {
        struct cfn_truth truth = cfn_truth(d->resource->home, (struct cfn_value){term, 1});
        struct guard yes = truth.yes;
        if (!guard_is_false(truth.unknown)) {
            struct str text = cfn_text_of(b->arena, term);
            struct guard fact = builder_fact(b, FACT_SUBPUBIP, text);
            builder_unknown(b, "flag", term, text, "a public address is open (A-SUBPUBIP)");
            yes = both(b, truth.unknown, fact);
        }
        a.yes = either(b, a.yes, yes);
        a.no = either(b, a.no, either(b, truth.no, without(b, truth.unknown, yes)));
        if (term->kind != CFN_NONE && a.said_id == WORLD_NONE) {
            a.said_id = builder_new_id(b, origin_value(b, d->resource, term));
        }
    }
    return a;
}

static void add_placement(struct builder *b, const struct draft *d, uint32_t interface,
                          const struct addressing *a, const struct hit *place)
{
    const struct subnet_site *subnet = &b->subnets.at[place->index];
    uint32_t vpc = builder_vpc_root(b, b->world->subnets.at[place->index].vpc);
    struct guard silent = without(b, without(b, subnet->public4, a->yes), a->no);
    struct guard assigned = both(b, d->may_assign, either(b, a->yes, silent));
    struct guard wants6 = either(b, d->wants6, subnet->assign6);
    wants6 = either(b, wants6, subnet->native6);
    struct world_placement p = {
        .when = both(b, place->when, d->when),
        .subnet = place->index,
        .public4 = either(b, a->bound, assigned),
        .public4_id = subnet->public4_id,
        .has4 = without(b, GUARD_TRUE, subnet->native6),
        .has6 = both(b, wants6, both(b, subnet->has6, b->vpcs.at[vpc].has6)),
    };
    p.public4 = both(b, p.public4, p.when);
    p.has6 = both(b, p.has6, p.when);
    p.has4 = both(b, p.has4, p.when);
    if (a->bound_id != WORLD_NONE) {
        p.public4_id = a->bound_id;
    } else if (guard_is_false(d->may_assign)) {
        p.public4_id = b->world->interfaces.at[interface].id;
    } else if (a->said_id != WORLD_NONE) {
        p.public4_id = a->said_id;
    }
    if (!guard_is_false(p.when)) {
        world_place(b->world, interface, p);
    }
}

/* A group works only in its own VPC, so a subnet given by id is in the VPC of its interfaces'
 * groups. Two VPCs of the templates: EC2 refuses (SEMANTICS 2.1.10). */
static void check_vpc(struct builder *b, const struct draft *d, const struct hit *place,
                      const struct hit *group)
{
    uint32_t here = b->world->subnets.at[place->index].vpc;
    uint32_t there = b->world->groups.at[group->index].vpc;
    if (there == WORLD_NONE ||
        guard_disjoint(b->space, both(b, place->when, d->when), group->when)) {
        return;
    }
    builder_unite(b, here, there);
    here = builder_vpc_root(b, here);
    there = builder_vpc_root(b, there);
    if (here == there || b->vpcs.at[here].standing != STANDS_INSIDE ||
        b->vpcs.at[there].standing != STANDS_INSIDE) {
        return;
    }
    struct str key = str_format(b->arena, "shared %u %u", (unsigned)group->index, (unsigned)here);
    if (!map_get(&b->said, key)) {
        const struct doc_node *at = group->term ? group->term->node : NULL;
        builder_warn(b, d->resource, at,
                     str_format(b->arena,
                                "The group '%.*s' is not in the VPC of the subnet '%.*s'; its "
                                "rules are evaluated as given.",
                                STR_ARG(b->world->groups.at[group->index].name),
                                STR_ARG(b->world->subnets.at[place->index].name)));
    }
}

static void join_groups(struct builder *b, const struct draft *d, uint32_t interface,
                        const struct hits *places, struct hits *groups)
{
    hits_merge(b, groups);
    struct guard any = d->open;
    for (size_t i = 0; i < groups->n; i++) {
        struct guard when = both(b, groups->at[i].when, d->when);
        any = either(b, any, when);
        if (!guard_is_false(when)) {
            outside_admit(b, groups->at[i].index);
            world_join(b->world, interface, when, groups->at[i].index);
            for (size_t k = 0; k < places->n; k++) {
                check_vpc(b, d, &places->at[k], &groups->at[i]);
            }
        }
    }
    for (size_t i = 0; i < places->n; i++) {
        struct guard left = without(b, both(b, places->at[i].when, d->when), any);
        if (!guard_is_false(left)) {
            uint32_t vpc = builder_vpc_root(b, b->world->subnets.at[places->at[i].index].vpc);
            world_join(b->world, interface, left, outside_default_group(b, vpc));
        }
    }
}

static struct hits read_places(struct builder *b, const struct draft *d)
{
    struct hits places = resolve_subnet(b, d->subnet);
    struct guard left = without(b, d->when, hits_any(b, &places));
    if (!guard_is_false(left)) {
        hits_add(b, &places, left, outside_default_subnet(b), NULL);
    }
    hits_merge(b, &places);
    return places;
}

static uint32_t make_or_extend(struct builder *b, const struct draft *d)
{
    bool is_new = !d->same_as || *d->same_as == WORLD_NONE;
    uint32_t interface =
        is_new ? builder_add_interface(b, d->name, d->owner, d->origin) : *d->same_as;
    struct world_interface *n = &b->world->interfaces.at[interface];
    n->number = d->number;
    n->when = is_new ? d->when : either(b, n->when, d->when);
    struct guard open = both(b, d->open, d->when);
    n->open = is_new ? open : either(b, n->open, open);
    if (d->same_as) {
        *d->same_as = interface;
    }
    return interface;
}

uint32_t interface_make(struct builder *b, const struct draft *d)
{
    uint32_t interface = make_or_extend(b, d);
    struct hits places = d->places ? *d->places : read_places(b, d);
    struct addressing a = read_addressing(b, d);
    for (size_t i = 0; i < places.n; i++) {
        add_placement(b, d, interface, &a, &places.at[i]);
    }
    struct hits groups = d->groups;
    join_groups(b, d, interface, &places, &groups);
    return interface;
}

/* A count above 0, or a list with an element; one that is not known counts by a choice. */
struct guard interface_wants6(struct builder *b, struct cfn_value map)
{
    static const char *const COUNTS[] = {"Ipv6AddressCount", "Ipv6PrefixCount"};
    static const char *const LISTS[] = {"Ipv6Addresses", "Ipv6Prefixes"};
    struct guard wants = GUARD_FALSE;
    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++) {
        struct cfn_value v = cfn_get(map, COUNTS[i]);
        FOREACH_TERM (term, v) {
            int64_t count;
            if (cfn_integer(term, &count)) {
                wants = count > 0 ? either(b, wants, term->when) : wants;
            } else if (term->kind == CFN_UNKNOWN || term->kind == CFN_JOINED) {
                wants = either(b, wants, both(b, term->when, builder_choice(b, term)));
            }
        }
    }
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        struct cfn_value v = cfn_items(cfn_get(map, LISTS[i]));
        FOREACH_TERM (term, v) {
            if (term->kind == CFN_UNKNOWN) {
                wants = either(b, wants, both(b, term->when, builder_choice(b, term)));
            } else if (term->kind != CFN_NONE) {
                wants = either(b, wants, term->when);
            }
        }
    }
    return wants;
}

/* ---- AWS::EC2::NetworkInterface and what attaches it ------------------------------------- */

/* An instance outside the templates that carries an interface of theirs. */
static uint32_t outside_owner(struct builder *b, const struct cfn_term *term)
{
    struct str text = cfn_text_of(b->arena, term);
    void **place = map_at(&b->outside, str_format(b->arena, "owner %.*s", STR_ARG(text)));
    if (!*place) {
        struct topology_origin origin = origin_outside(term, "AWS::EC2::Instance");
        origin.name = text;
        uint32_t *index = ARENA_NEW(b->arena, uint32_t);
        *index = world_add_owner(b->world, text, STR("AWS::EC2::Instance"));
        builder_origin(b, b->world->owners.at[*index].id, origin);
        *place = index;
    }
    return *(const uint32_t *)*place;
}

void interface_attach(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct cfn_value instances = cfn_property(r, "InstanceId");
    struct cfn_value interfaces = cfn_property(r, "NetworkInterfaceId");
    struct cfn_value index = cfn_property(r, "DeviceIndex");
    int64_t number = 1;
    bool known = index.n == 1 && cfn_integer(&index.at[0], &number);
    FOREACH_TERM (interface, interfaces) {
        struct slot *target = resolve_slot(b, interface, SLOT_INTERFACE);
        FOREACH_TERM (instance, instances) {
            struct guard when = both(b, interface->when, instance->when);
            if (!target || instance->kind == CFN_NONE || guard_is_false(when)) {
                continue;
            }
            const struct slot *by = resolve_slot(b, instance, SLOT_OWNER);
            if (by && by->elements.n == 0) {
                continue;
            }
            uint32_t owner = by ? by->elements.at[0].index : outside_owner(b, instance);
            *VEC_ADD(b->arena, &target->holders) = (struct holder){
                .when = when,
                .owner = owner,
                .number = known && number >= 0 && number < 256 ? (uint32_t)number : 1,
                .by = by,
            };
        }
    }
}

void interface_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct cfn_value properties = cfn_eval(r->home, r->properties, r->when);
    struct hits owners = {0};
    for (size_t i = 0; i < s->holders.n; i++) {
        hits_add(b, &owners, both(b, s->holders.at[i].when, r->when), s->holders.at[i].owner, NULL);
    }
    hits_merge(b, &owners);
    if (owners.n == 0) {
        hits_add(b, &owners, r->when, WORLD_NONE, NULL);
    }
    for (size_t i = 0; i < owners.n; i++) {
        struct draft d = {
            .resource = r,
            .origin = origin_resource(b, r),
            .name = cfn_resource_name(r),
            .owner = owners.at[i].index,
            .when = owners.at[i].when,
            .subnet = cfn_get(properties, "SubnetId"),
            .groups = resolve_group(b, cfn_items(cfn_get(properties, "GroupSet"))),
            .may_assign = GUARD_FALSE,
            .wants6 = interface_wants6(b, properties),
            .addresses = {s, NULL},
        };
        for (size_t k = 0; k < s->holders.n; k++) {
            if (s->holders.at[k].owner == d.owner) {
                d.number = s->holders.at[k].number;
                d.addresses[1] = d.number == 0 ? s->holders.at[k].by : NULL;
                break;
            }
        }
        interface_make(b, &d);
    }
}

/* ---- AWS::EC2::EIP, AWS::EC2::EIPAssociation ---------------------------------------------- */

/* InstanceId means the primary interface; PrivateIpAddress one of its addresses, which share
 * its groups. */
void address_connect(struct builder *b, struct slot *s)
{
    static const char *const KEYS[] = {"InstanceId", "NetworkInterfaceId"};
    const struct cfn_resource *r = s->resource;
    uint32_t id = WORLD_NONE;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        struct cfn_value v = cfn_property(r, KEYS[i]);
        FOREACH_TERM (term, v) {
            struct slot *target = resolve_slot(b, term, SLOT_OWNER);
            if (!target) {
                target = resolve_slot(b, term, SLOT_INTERFACE);
            }
            if (target) {
                id = id == WORLD_NONE ? builder_new_id(b, origin_resource(b, r)) : id;
                *VEC_ADD(b->arena, &target->addresses) = (struct binding){term->when, id};
            }
        }
    }
}
