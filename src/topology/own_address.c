/*
 * AWS takes the address from the subnet unless the template writes one, so it is known to be
 * inside the subnet's CIDR (SEMANTICS 0.7), and never in the internet. Of a subnet whose CIDR is
 * not known it is any private address (RFC 1918, RFC 6598), by the fact A-ADDR.
 *
 *     instance --primary interface--> address, else subnet --CidrBlock--> block
 *                   `-- an interface resource: the same of that
 */
#include "topology/own_address.h"

#include "topology/plan.h"
#include "topology/resolve.h"

struct looking {
    const struct cfn_term *term; /* as written */
    const struct cfn_term *part; /* of it: the attribute */
    uint8_t length;              /* of the block that is written */
    struct blocks *out;
};

bool own_address_of(const struct builder *b, const struct cfn_term *term, enum slot_kind kind)
{
    if (term->kind != CFN_OBJECT) {
        return false;
    }
    const struct slot *s =
        map_get(&b->by_resource, (struct str){(const char *)&term->resource, sizeof(void *)});
    bool address = str_is(term->attribute, "PrivateIp") ||
                   str_is(term->attribute, "PrivateIpAddress") ||
                   str_is(term->attribute, "PrimaryPrivateIpAddress");
    return address && s && s->family && s->family->kind == kind;
}

static void add(struct builder *b, const struct looking *l, struct guard when, struct prefix in)
{
    bool part = in.length < l->length;
    if (!part) {
        in.length = l->length; /* "${Server.PrivateIp}/16": the network around it */
        in.first.lo &= in.length == 0 ? 0 : ~UINT64_C(0) << (32 - in.length);
    }
    if (!guard_is_false(when)) {
        *VEC_ADD(b->arena, l->out) =
            (struct block){.when = when, .prefix = in, .term = l->term, .is_part = part};
    }
}

static void add_private(struct builder *b, const struct looking *l, struct guard when)
{
    static const char *const PRIVATE[] = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
                                          "100.64.0.0/10"};
    struct guard fact = builder_fact(b, FACT_ADDR, cfn_text_of(b->arena, l->part));
    fact = both(b, when, fact);
    for (size_t i = 0; i < sizeof PRIVATE / sizeof *PRIVATE; i++) {
        struct prefix p;
        if (prefix_parse(str_from(PRIVATE[i]), &p, NULL)) {
            add(b, l, fact, p);
        }
    }
}

/* The blocks of the subnets of a value; returns where there is one. */
static struct guard add_subnets(struct builder *b, const struct looking *l, struct cfn_value v,
                                struct guard when)
{
    struct guard found = GUARD_FALSE;
    FOREACH_TERM (term, v) {
        const struct slot *s = resolve_slot(b, term, SLOT_SUBNET);
        if (!s) {
            continue;
        }
        struct cfn_value blocks = cfn_property(s->resource, "CidrBlock");
        FOREACH_TERM (block, blocks) {
            struct prefix p;
            struct guard here = both(b, both(b, term->when, block->when), when);
            if (block->kind == CFN_TEXT && prefix_parse(block->text, &p, NULL) &&
                p.family == NET_V4) {
                add(b, l, here, p);
                found = either(b, found, here);
            }
        }
    }
    return found;
}

/* As written, else inside the subnet, else private. */
static void look(struct builder *b, const struct looking *l, struct guard when,
                 struct cfn_value address, struct cfn_value subnet)
{
    struct guard left = when;
    FOREACH_TERM (term, address) {
        struct prefix p;
        struct guard here = both(b, term->when, when);
        if (term->kind == CFN_TEXT && prefix_parse(term->text, &p, NULL) && p.family == NET_V4) {
            add(b, l, here, p);
            left = without(b, left, here);
        }
    }
    left = without(b, left, add_subnets(b, l, subnet, left));
    if (!guard_is_false(left)) {
        add_private(b, l, left);
    }
}

static void look_interface(struct builder *b, const struct looking *l, const struct cfn_resource *r,
                           struct guard when)
{
    look(b, l, both(b, r->when, when), cfn_property(r, "PrivateIpAddress"),
         cfn_property(r, "SubnetId"));
}

static void look_item(struct builder *b, const struct looking *l, const struct plan *p,
                      const struct plan_item *item)
{
    struct cfn_value map = {item->term, 1};
    struct guard left = item->term->when;
    struct cfn_value ids = cfn_get(map, "NetworkInterfaceId");
    FOREACH_TERM (id, ids) {
        const struct slot *s = resolve_slot(b, id, SLOT_INTERFACE);
        if (s) {
            look_interface(b, l, s->resource, id->when);
            left = without(b, left, id->when);
        }
    }
    look(b, l, left, cfn_get(map, "PrivateIpAddress"),
         plan_else(b, cfn_get(map, "SubnetId"), plan_property(b, p, "SubnetId")));
}

/* Reads the plan by itself: the instance may not have been connected yet. */
static void look_owner(struct builder *b, const struct looking *l, const struct cfn_resource *r,
                       struct guard when)
{
    struct plan p = {.when = both(b, r->when, when)};
    p.own = cfn_eval(r->home, r->properties, p.when);
    p.data = plan_launch_template(b, cfn_get(p.own, "LaunchTemplate"));
    plan_read(b, &p);
    for (size_t i = 0; i < p.item_n; i++) {
        if (p.items[i].number == 0) {
            look_item(b, l, &p, &p.items[i]);
        }
    }
    look(b, l, p.plain, plan_property(b, &p, "PrivateIpAddress"), plan_property(b, &p, "SubnetId"));
}

/* "/32" behind the address; a bare one is one address (SEMANTICS 3.4). */
static const struct cfn_term *address_part(const struct cfn_term *term, uint8_t *length)
{
    *length = 32;
    if (term->kind != CFN_JOINED) {
        return term;
    }
    int64_t n;
    if (term->part_n != 2 || term->parts[1].kind != CFN_TEXT ||
        !str_starts(term->parts[1].text, STR("/")) ||
        !str_to_int(str_sub(term->parts[1].text, 1, term->parts[1].text.n), &n) || n < 0 ||
        n > 32) {
        return NULL;
    }
    *length = (uint8_t)n;
    return &term->parts[0];
}

bool own_address_read(struct builder *b, const struct cfn_term *term, struct blocks *out)
{
    struct looking l = {.term = term, .out = out};
    l.part = address_part(term, &l.length);
    bool interface = l.part && own_address_of(b, l.part, SLOT_INTERFACE);
    bool owner = l.part && own_address_of(b, l.part, SLOT_OWNER);
    if (interface) {
        look_interface(b, &l, l.part->resource, term->when);
    } else if (owner) {
        look_owner(b, &l, l.part->resource, term->when);
    }
    return interface || owner;
}
