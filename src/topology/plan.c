/*
 * Own properties and launch data are values of maps; a property of the plan is their merge,
 * with a guard for each part. Then every element of NetworkInterfaces, or the one primary
 * interface, becomes a draft.
 */
#include "topology/plan.h"

#include "topology/interface.h"
#include "topology/resolve.h"

/* ---- values ------------------------------------------------------------------------------ */

static struct cfn_value value_of(struct builder *b, struct cfn_term term)
{
    struct cfn_term *t = ARENA_NEW(b->arena, struct cfn_term);
    *t = term;
    return (struct cfn_value){t, 1};
}

struct guard plan_given(const struct builder *b, struct cfn_value v)
{
    struct guard any = GUARD_FALSE;
    FOREACH_TERM (term, v) {
        if (term->kind != CFN_NONE) {
            any = either(b, any, term->when);
        }
    }
    return any;
}

static size_t append(struct builder *b, struct cfn_term *out, size_t n, struct cfn_value v,
                     struct guard when)
{
    FOREACH_TERM (term, v) {
        struct guard here = both(b, term->when, when);
        if (!guard_is_false(here)) {
            out[n] = *term;
            out[n++].when = here;
        }
    }
    return n;
}

struct cfn_value plan_within(struct builder *b, struct cfn_value v, struct guard when)
{
    struct cfn_term *out = ARENA_ARRAY(b->arena, v.n, struct cfn_term);
    return (struct cfn_value){out, append(b, out, 0, v, when)};
}

struct cfn_value plan_else(struct builder *b, struct cfn_value x, struct cfn_value y)
{
    if (y.n == 0) {
        return x;
    }
    struct guard given = plan_given(b, x);
    struct cfn_term *out = ARENA_ARRAY(b->arena, x.n + y.n, struct cfn_term);
    size_t n = append(b, out, 0, x, given);
    n = append(b, out, n, y, without(b, GUARD_TRUE, given));
    return (struct cfn_value){out, n};
}

struct cfn_value plan_property(struct builder *b, const struct plan *p, const char *key)
{
    return plan_else(b, cfn_get(p->own, key), cfn_get(p->data, key));
}

/* ---- launch data ------------------------------------------------------------------------- */

/* Launch data that is not known keeps the name of what it comes from. */
static struct cfn_term unknown_data(struct builder *b, const struct cfn_term *id)
{
    if (id->kind == CFN_UNKNOWN) {
        return *id;
    }
    struct cfn_unknown *unknown = ARENA_NEW(b->arena, struct cfn_unknown);
    unknown->why = CFN_WHY_COMPUTED;
    unknown->text = cfn_text_of(b->arena, id);
    struct cfn_term term = *id;
    term.kind = CFN_UNKNOWN;
    term.unknown = unknown;
    return term;
}

/* The template has one version; another number is another's (A-LTVERSION). */
static struct guard this_version(struct builder *b, const struct slot *s,
                                 const struct cfn_term *specification)
{
    struct guard doubtful = GUARD_FALSE;
    struct cfn_value version = cfn_get_term(specification, "Version");
    FOREACH_TERM (term, version) {
        bool own = term->kind == CFN_OBJECT && term->resource == s->resource;
        bool literal =
            term->kind == CFN_TEXT && (str_is(term->text, "$Latest") ||
                                       str_is(term->text, "$Default") || str_is(term->text, "1"));
        if (term->kind != CFN_NONE && !own && !literal) {
            doubtful = either(b, doubtful, term->when);
        }
    }
    if (guard_is_false(doubtful)) {
        return GUARD_TRUE;
    }
    struct str name = cfn_resource_name(s->resource);
    return either(b, without(b, GUARD_TRUE, doubtful), builder_fact(b, FACT_LTVERSION, name));
}

struct found {
    struct cfn_term *at;
    size_t n;
    size_t cap;
};

static void add_data(struct builder *b, struct found *out, const struct cfn_term *specification,
                     const struct cfn_term *id, const struct slot *s)
{
    if (!s) {
        *VEC_ADD(b->arena, out) = unknown_data(b, id);
        return;
    }
    struct guard when = both(b, id->when, this_version(b, s, specification));
    const struct cfn_resource *r = s->resource;
    struct cfn_value data = cfn_eval(r->home, doc_get(r->properties, "LaunchTemplateData"), when);
    FOREACH_TERM (term, data) {
        *VEC_ADD(b->arena, out) = *term;
    }
}

struct cfn_value plan_launch_template(struct builder *b, struct cfn_value specification)
{
    struct found out = {0};
    FOREACH_TERM (term, specification) {
        if (term->kind == CFN_UNKNOWN) {
            *VEC_ADD(b->arena, &out) = *term;
            continue;
        }
        /* A node group says Id and Name. */
        struct cfn_value ids =
            plan_else(b, cfn_get_term(term, "LaunchTemplateId"), cfn_get_term(term, "Id"));
        FOREACH_TERM (id, ids) {
            if (id->kind != CFN_NONE) {
                add_data(b, &out, term, id, resolve_slot(b, id, SLOT_LAUNCH));
            }
        }
        struct cfn_value names =
            plan_else(b, cfn_get_term(term, "LaunchTemplateName"), cfn_get_term(term, "Name"));
        names = plan_within(b, names, without(b, GUARD_TRUE, plan_given(b, ids)));
        FOREACH_TERM (name, names) {
            if (name->kind != CFN_NONE) {
                const struct slot *s = resolve_slot(b, name, SLOT_LAUNCH);
                add_data(b, &out, term, name,
                         s ? s : map_get(&b->launch_names, cfn_text_of(b->arena, name)));
            }
        }
    }
    return (struct cfn_value){out.at, out.n};
}

struct cfn_value plan_launch_configuration(struct builder *b, struct cfn_value name)
{
    struct found out = {0};
    FOREACH_TERM (term, name) {
        if (term->kind == CFN_NONE) {
            continue;
        }
        const struct slot *s = resolve_slot(b, term, SLOT_LAUNCH);
        if (!s) {
            s = map_get(&b->launch_names, cfn_text_of(b->arena, term));
        }
        if (!s) {
            *VEC_ADD(b->arena, &out) = unknown_data(b, term);
            continue;
        }
        struct cfn_value data = cfn_eval(s->resource->home, s->resource->properties, term->when);
        FOREACH_TERM (found, data) {
            *VEC_ADD(b->arena, &out) = *found;
        }
    }
    return (struct cfn_value){out.at, out.n};
}

/* ---- elements of NetworkInterfaces -------------------------------------------------------- */

/* The maps among launch data. Data that is not known stands only for the subnet, the ids of
 * groups and the public address of one primary interface, not for lists of interfaces. */
static struct cfn_value known_only(struct builder *b, struct cfn_value v)
{
    struct cfn_term *out = ARENA_ARRAY(b->arena, v.n, struct cfn_term);
    size_t n = 0;
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_MAP) {
            out[n++] = *term;
        }
    }
    return (struct cfn_value){out, n};
}

/* Where another element than the i-th is there: unions of those before and those behind. */
static void find_others(struct builder *b, struct plan *p)
{
    struct guard before = GUARD_FALSE;
    for (size_t i = 0; i < p->item_n; i++) {
        p->items[i].others = before;
        before = either(b, before, p->items[i].term->when);
    }
    struct guard behind = GUARD_FALSE;
    for (size_t i = p->item_n; i-- > 0;) {
        struct plan_item *item = &p->items[i];
        item->others = both(b, either(b, item->others, behind), item->term->when);
        behind = either(b, behind, item->term->when);
    }
}

static uint32_t number_of(const struct plan_item *item, size_t position)
{
    struct cfn_value v = cfn_get_term(item->term, "DeviceIndex");
    int64_t number;
    if (v.n == 1 && cfn_integer(&v.at[0], &number) && number >= 0 && number < 256) {
        return (uint32_t)number;
    }
    return guard_is_false(item->others) ? 0 : (uint32_t)position;
}

void plan_read(struct builder *b, struct plan *p)
{
    struct cfn_value own = cfn_get(p->own, "NetworkInterfaces");
    struct cfn_value data = cfn_get(known_only(b, p->data), "NetworkInterfaces");
    struct cfn_value items = cfn_items(plan_within(b, plan_else(b, own, data), p->when));
    p->items = ARENA_ARRAY(b->arena, items.n, struct plan_item);
    struct guard any = GUARD_FALSE;
    FOREACH_TERM (term, items) {
        if (term->kind == CFN_MAP || term->kind == CFN_UNKNOWN) {
            p->items[p->item_n++].term = term;
            any = either(b, any, term->when);
        }
    }
    p->plain = without(b, p->when, any);
    find_others(b, p);
    for (size_t i = 0; i < p->item_n; i++) {
        p->items[i].number = number_of(&p->items[i], i);
    }
}

/* ---- interfaces -------------------------------------------------------------------------- */

static void add_hits(struct builder *b, struct hits *out, const struct hits *more,
                     struct guard when)
{
    for (size_t i = 0; i < more->n; i++) {
        hits_add(b, out, both(b, more->at[i].when, when), more->at[i].index, more->at[i].term);
    }
}

/* Groups of the properties outside NetworkInterfaces: both lists, ids and names. */
static struct hits plain_groups(struct builder *b, const struct plan *p, struct guard when)
{
    struct hits out = {0};
    struct cfn_value own_ids = cfn_get(p->own, "SecurityGroupIds");
    struct cfn_value own_names = cfn_get(p->own, "SecurityGroups");
    struct cfn_value ids = cfn_get(p->data, "SecurityGroupIds");
    struct cfn_value names = cfn_get(known_only(b, p->data), "SecurityGroups");
    struct guard own = either(b, plan_given(b, own_ids), plan_given(b, own_names));
    struct hits hits = resolve_group(b, cfn_items(own_ids));
    add_hits(b, &out, &hits, when);
    hits = resolve_group_name(b, cfn_items(own_names));
    add_hits(b, &out, &hits, when);
    when = without(b, when, own);
    if (!guard_is_false(when)) {
        hits = resolve_group(b, cfn_items(ids));
        add_hits(b, &out, &hits, when);
        hits = resolve_group_name(b, cfn_items(names));
        add_hits(b, &out, &hits, when);
    }
    return out;
}

static struct hits item_groups(struct builder *b, const struct plan *p, struct cfn_value item,
                               struct guard when)
{
    struct cfn_value listed = plan_else(b, cfn_get(item, "GroupSet"), cfn_get(item, "Groups"));
    if (item.at[0].kind == CFN_UNKNOWN) {
        listed = cfn_get(item, "GroupSet");
    }
    struct hits out = resolve_group(b, cfn_items(listed));
    struct guard left = without(b, when, plan_given(b, listed));
    if (!guard_is_false(left)) {
        struct hits plain = plain_groups(b, p, left);
        add_hits(b, &out, &plain, left);
    }
    return out;
}

static struct draft draft_of(struct builder *b, const struct launcher *by, struct guard when,
                             uint32_t number)
{
    struct draft d = {
        .resource = by->slot->resource,
        .origin = origin_implicit(b, by->slot->resource, "AWS::EC2::NetworkInterface"),
        .name =
            str_format(b->arena, "%.*s/NetworkInterfaces/%u", STR_ARG(by->name), (unsigned)number),
        .owner = by->owner,
        .number = number,
        .when = when,
        .places = by->places,
        .may_assign = number == 0 ? when : GUARD_FALSE,
    };
    d.addresses[0] = number == 0 ? by->slot : NULL;
    d.same_as = number == 0 ? by->primary : NULL;
    return d;
}

static void fall_back(struct builder *b, const struct launcher *by, struct draft *d)
{
    if (by->fallback) {
        struct guard left = without(b, d->when, hits_any(b, &d->groups));
        add_hits(b, &d->groups, by->fallback, left);
    }
}

static void make_plain(struct builder *b, const struct plan *p, const struct launcher *by)
{
    struct draft d = draft_of(b, by, p->plain, 0);
    d.subnet = plan_property(b, p, "SubnetId");
    d.groups = plain_groups(b, p, p->plain);
    d.associate = plan_property(b, p, "AssociatePublicIpAddress");
    d.wants6 = either(b, interface_wants6(b, p->own), interface_wants6(b, known_only(b, p->data)));
    fall_back(b, by, &d);
    interface_make(b, &d);
}

/* An interface by parameter: all of it is unknown, under the name of the id. */
static void make_outside(struct builder *b, const struct launcher *by, const struct plan_item *i,
                         const struct cfn_term *id)
{
    struct draft d = draft_of(b, by, id->when, i->number);
    struct cfn_value v = value_of(b, unknown_data(b, id));
    d.subnet = v;
    d.groups = resolve_group(b, v);
    d.may_assign = id->when; /* stands for an address bound elsewhere: A-SUBPUBIP */
    interface_make(b, &d);
}

static void make_item(struct builder *b, const struct plan *p, const struct launcher *by,
                      const struct plan_item *i)
{
    struct cfn_value item = {i->term, 1};
    struct guard left = i->term->when;
    struct cfn_value ids = cfn_get(item, "NetworkInterfaceId");
    FOREACH_TERM (id, ids) {
        if (id->kind == CFN_NONE || i->term->kind == CFN_UNKNOWN) {
            continue;
        }
        left = without(b, left, id->when);
        if (!resolve_slot(b, id, SLOT_INTERFACE)) {
            make_outside(b, by, i, id);
        }
    }
    if (guard_is_false(left)) {
        return;
    }
    struct draft d = draft_of(b, by, left, i->number);
    if (i->term->tree) {
        d.origin.implicit = false;
        d.origin.item = i->term->tree;
        d.origin.at = doc_full_span(i->term->tree);
        d.origin.block = d.origin.at;
        d.origin.node = i->term->tree;
    }
    d.may_assign = without(b, d.may_assign, i->others);
    d.subnet = plan_else(b, cfn_get(item, "SubnetId"), plan_property(b, p, "SubnetId"));
    d.groups = item_groups(b, p, item, left);
    d.associate = cfn_get(item, "AssociatePublicIpAddress");
    d.wants6 = interface_wants6(b, item);
    fall_back(b, by, &d);
    interface_make(b, &d);
}

void plan_make(struct builder *b, const struct plan *p, const struct launcher *by)
{
    if (!guard_is_false(p->plain)) {
        make_plain(b, p, by);
    }
    for (size_t i = 0; i < p->item_n; i++) {
        if (!guard_is_false(p->items[i].term->when)) {
            make_item(b, p, by, &p->items[i]);
        }
    }
}
