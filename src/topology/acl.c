/*
 * Network ACLs and their entries. The default ACL of a VPC gets its own two entries last,
 * because an explicit entry with the same number takes their place (SEMANTICS 10.14).
 */
#include "topology/kinds.h"

#include <stdlib.h>

#include "base/limits.h"
#include "topology/block.h"
#include "topology/resolve.h"
#include "topology/service.h"

void acl_declare(struct builder *b, struct slot *s)
{
    uint32_t acl =
        builder_add_acl(b, cfn_resource_name(s->resource), origin_resource(b, s->resource));
    hits_add(b, &s->elements, s->resource->when, acl, NULL);
}

/* An entry with one number, direction and action. */
struct variant {
    struct guard when;
    int32_t number;
    bool egress;
    bool allow;
};

struct draft_entry {
    const struct cfn_resource *resource;
    struct hits acls;
    struct services services;
    struct blocks blocks;
    struct cfn_truth egress;
    struct guard egress_choice; /* for the part where it is not known */
    struct combining combining;
};

enum { FIRST_NUMBER = 1, LAST_NUMBER = 32766 };

/* The entries for one service in one ACL, given as the rest of the entry. */
static void add_service(struct builder *b, struct draft_entry *d, uint32_t acl, struct guard served,
                        struct world_entry entry)
{
    for (size_t k = 0; k < d->blocks.n && !guard_is_false(served); k++) {
        const struct block *block = &d->blocks.at[k];
        if (block->is_part && !entry.allow) {
            continue; /* denies some address of it: no flow disappears (10.7) */
        }
        if (!builder_step(b, &d->combining)) {
            return;
        }
        entry.when = both(b, served, block->when);
        if (guard_is_false(entry.when)) {
            continue;
        }
        if (!builder_room(b, &d->combining)) {
            return;
        }
        entry.prefix = block->prefix;
        struct topology_origin o = origin_value(b, d->resource, block->term);
        o.item = d->resource->properties;
        o.free_text = block->free_text;
        builder_origin(b, world_add_entry(b->world, acl, entry), o);
    }
}

static void add_entries(struct builder *b, struct draft_entry *d, struct variant v)
{
    for (size_t a = 0; a < d->acls.n; a++) {
        struct guard here = both(b, v.when, d->acls.at[a].when);
        for (size_t s = 0; s < d->services.n && !guard_is_false(here); s++) {
            if (!builder_step(b, &d->combining)) {
                return;
            }
            const struct service *service = &d->services.at[s];
            add_service(b, d, d->acls.at[a].index, both(b, here, service->when),
                        (struct world_entry){.number = v.number,
                                             .egress = v.egress,
                                             .allow = v.allow,
                                             .protocol = service->protocol,
                                             .ports = service->ports});
        }
    }
}

/* Both directions of a numbered action; Egress absent is ingress. */
static void add_directions(struct builder *b, struct draft_entry *d, struct variant v)
{
    struct guard when = v.when;
    struct guard out = either(b, d->egress.yes, both(b, d->egress.unknown, d->egress_choice));
    v.egress = true;
    v.when = both(b, when, out);
    add_entries(b, d, v);
    v.egress = false;
    v.when = without(b, when, out);
    add_entries(b, d, v);
}

/* allow, deny; one that is not known is either, by a choice. */
static void add_actions(struct builder *b, struct draft_entry *d, struct variant v)
{
    struct guard when = v.when;
    struct cfn_value action = cfn_property(d->resource, "RuleAction");
    FOREACH_TERM (term, action) {
        struct guard here = both(b, when, term->when);
        if (guard_is_false(here) || d->combining.over != COMBINING_WITHIN) {
            continue;
        }
        struct guard allow = GUARD_FALSE;
        if (term->kind == CFN_TEXT) {
            bool yes = str_eq_nocase(str_trim(term->text), STR("allow"));
            bool no = str_eq_nocase(str_trim(term->text), STR("deny"));
            if (!yes && !no) {
                builder_warn(b, d->resource, term->node,
                             STR("RuleAction is neither allow nor deny; deny is assumed."));
            }
            allow = yes ? GUARD_TRUE : GUARD_FALSE;
        } else if (term->kind != CFN_NONE) {
            allow = builder_choice(b, term);
        }
        v.allow = true;
        v.when = both(b, here, allow);
        add_directions(b, d, v);
        v.allow = false;
        v.when = without(b, here, allow);
        add_directions(b, d, v);
    }
}

/* Is an entry whose number is not known before all others? A choice of its own: a number that is
 * free text leaves both orders open, and says nothing against the rule of a group. */
static struct guard comes_first(struct builder *b, const struct cfn_term *term)
{
    static const struct str labels[2] = {{"last", 4}, {"first", 5}};
    if (term->kind == CFN_NONE) {
        return GUARD_FALSE;
    }
    struct str number = cfn_text_of(b->arena, term);
    struct str name = str_format(b->arena, "order of entry %.*s", STR_ARG(number));
    void **known = map_at(&b->choices, name);
    if (!*known) {
        uint32_t *var = ARENA_NEW(b->arena, uint32_t);
        *var = guard_add(b->space, (struct guard_variable){
                                       .name = name,
                                       .labels = labels,
                                       .outcomes = 2,
                                       .standard = GUARD_NO_OUTCOME,
                                       .doubt = GUARD_LOW,
                                       .rank = RANK_PARAMETER,
                                   });
        *known = var;
    }
    const uint32_t *var = *known;
    return both(b, term->when, guard_is(b->space, *var, 1));
}

static void add_numbers(struct builder *b, struct draft_entry *d)
{
    struct cfn_value numbers = cfn_property(d->resource, "RuleNumber");
    FOREACH_TERM (term, numbers) {
        int64_t number;
        if (cfn_integer(term, &number) && number >= FIRST_NUMBER && number <= LAST_NUMBER) {
            add_actions(b, d, (struct variant){.when = term->when, .number = (int32_t)number});
            continue;
        }
        if (term->kind == CFN_TEXT || term->kind == CFN_NONE) {
            builder_warn(b, d->resource, term->node,
                         STR("RuleNumber is no number from 1 to 32766."));
        }
        struct guard first = comes_first(b, term);
        add_actions(b, d, (struct variant){.when = first, .number = 0});
        add_actions(
            b, d,
            (struct variant){.when = without(b, term->when, first), .number = LAST_NUMBER + 1});
    }
}

/* Too many: where the budget says so everything is allowed, and nothing elsewhere, so that
 * what passes is possible at most (SEMANTICS 4.6). */
static void open_the_rest(struct builder *b, const struct draft_entry *d)
{
    for (size_t i = 0; i < 8 * d->acls.n; i++) {
        const struct hit *acl = &d->acls.at[i / 8];
        bool allow = i % 2 == 0;
        struct guard budget = guard_budget(b->space);
        struct world_entry entry = {
            .when = allow ? both(b, acl->when, budget) : without(b, acl->when, budget),
            .egress = i / 2 % 2 == 0,
            .allow = allow,
            .protocol = PROTOCOL_ALL,
            .ports = PORTS_ALL,
            .prefix = {.family = i / 4 % 2 == 0 ? NET_V4 : NET_V6},
        };
        builder_origin(b, world_add_entry(b->world, acl->index, entry),
                       origin_resource(b, d->resource));
    }
}

void acl_entry_connect(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    struct draft_entry d = {.resource = r};
    d.acls = resolve_acl(b, cfn_property(r, "NetworkAclId"));
    d.services = service_read(b, &(struct service_text){
                                     .resource = r,
                                     .when = r->when,
                                     .protocol = cfn_property(r, "Protocol"),
                                     .from = cfn_property(r, "PortRange/From"),
                                     .to = cfn_property(r, "PortRange/To"),
                                     .is_entry = true,
                                 });
    struct blocks v4 = block_read(b, r, cfn_property(r, "CidrBlock"), NET_V4);
    struct blocks v6 = block_read(b, r, cfn_property(r, "Ipv6CidrBlock"), NET_V6);
    d.blocks = v4;
    for (size_t i = 0; i < v6.n; i++) {
        *VEC_ADD(b->arena, &d.blocks) = v6.at[i];
    }
    struct cfn_value egress = cfn_property(r, "Egress");
    d.egress = cfn_truth(r->home, egress);
    d.egress_choice = GUARD_FALSE;
    FOREACH_TERM (term, egress) {
        if (term->kind == CFN_UNKNOWN || term->kind == CFN_JOINED) {
            d.egress_choice = builder_choice(b, term);
        }
    }
    add_numbers(b, &d);
    if (builder_gave_up(b, r, NULL, &d.combining)) {
        open_the_rest(b, &d);
    }
}

/* ---- the end ---------------------------------------------------------------------------- */

/* The entry that AWS makes, where no explicit one has its number and direction. */
static void add_own(struct builder *b, uint32_t acl, int32_t number, bool egress)
{
    struct guard taken = GUARD_FALSE;
    const struct world_acl *a = &b->world->acls.at[acl];
    for (size_t i = 0; i < a->entries.n; i++) {
        const struct world_entry *e = &a->entries.at[i];
        if (e->number == number && e->egress == egress) {
            taken = either(b, taken, e->when);
            const struct topology_origin *o = &b->t->origins.at[e->id];
            builder_warn(b, o->resource, NULL,
                         str_format(b->arena,
                                    "The default ACL has an entry %d of its own; this one is "
                                    "taken instead.",
                                    (int)number));
        }
    }
    struct world_entry own = {
        .when = without(b, GUARD_TRUE, taken),
        .number = number,
        .egress = egress,
        .allow = true,
        .protocol = PROTOCOL_ALL,
        .ports = PORTS_ALL,
        .prefix = {.family = number == 100 ? NET_V4 : NET_V6},
    };
    if (!guard_is_false(own.when)) {
        builder_origin(b, world_add_entry(b->world, acl, own), b->t->origins.at[a->id]);
    }
}

static int by_number(const void *x, const void *y)
{
    const struct world_entry *a = *(const struct world_entry *const *)x;
    const struct world_entry *b = *(const struct world_entry *const *)y;
    if (a->egress != b->egress) {
        return a->egress ? 1 : -1;
    }
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return (a->id > b->id) - (a->id < b->id);
}

/* One number twice: EC2 refuses it; the order of the template decides here. */
static void warn_doubles(struct builder *b, const struct world_acl *a)
{
    const struct world_entry **order =
        ARENA_ARRAY(b->arena, a->entries.n, const struct world_entry *);
    for (size_t i = 0; i < a->entries.n; i++) {
        order[i] = &a->entries.at[i];
    }
    qsort(order, a->entries.n, sizeof(const struct world_entry *), by_number);
    for (size_t i = 1; i < a->entries.n; i++) {
        const struct world_entry *e = order[i - 1];
        const struct world_entry *f = order[i];
        const struct cfn_resource *first = b->t->origins.at[e->id].resource;
        const struct cfn_resource *second = b->t->origins.at[f->id].resource;
        if (e->number == f->number && e->egress == f->egress && first != second && second &&
            !guard_disjoint(b->space, e->when, f->when)) {
            builder_warn(b, second, NULL,
                         str_format(b->arena, "'%.*s' has two entries with number %d.",
                                    STR_ARG(a->name), (int)f->number));
        }
    }
}

void acl_finish(struct builder *b)
{
    for (size_t i = 0; i < b->vpcs.n; i++) {
        uint32_t acl = b->vpcs.at[i].acl;
        if (acl != WORLD_NONE) {
            add_own(b, acl, 100, false);
            add_own(b, acl, 101, false);
            add_own(b, acl, 100, true);
            add_own(b, acl, 101, true);
        }
    }
    for (size_t i = 0; i < b->world->acls.n; i++) {
        if (!b->t->origins.at[b->world->acls.at[i].id].implicit) {
            warn_doubles(b, &b->world->acls.at[i]);
        }
    }
}
