/*
 * One walk over the terms of a value serves all kinds. A term that names a resource of the kind
 * gives its elements; what AWS makes with a VPC is found through the VPC; anything else that
 * can be an id (a parameter, an import, a literal, an attribute of another resource) stands for
 * something outside the templates.
 */
#include "topology/resolve.h"

#include "topology/kubernetes.h"
#include "topology/outside.h"

enum { MAX_NESTING = 8 }; /* a list where one value belongs */

struct wanted {
    enum slot_kind kind;
    uint32_t vpc;                 /* SLOT_TABLE */
    enum world_gateway_kind gate; /* SLOT_GATEWAY */
};

/* Attributes that denote the resource itself (Ref is ""). */
static bool is_identity(struct str attribute)
{
    static const char *const NAMES[] = {
        "",
        "Id",
        "VpcId",
        "SubnetId",
        "GroupId",
        "RouteTableId",
        "InstanceId",
        "NetworkAclId",
        "InternetGatewayId",
        "AliasArn",
        "PrefixListId",
        "LaunchTemplateId",
        "Arn",
        "AllocationId",
        "NatGatewayId",
        "VpnConnectionId",
        "VPNGatewayId",
        "LoadBalancerArn",
        "TargetGroupArn",
        "ListenerArn",
        "TransitGatewayRouteTableId",
        "AttachmentId",
        "CarrierGatewayId",
        "ServiceId",
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (str_is(attribute, NAMES[i])) {
            return true;
        }
    }
    return false;
}

struct slot *resolve_slot(struct builder *b, const struct cfn_term *term, enum slot_kind kind)
{
    if (term->kind != CFN_OBJECT || !term->resource) {
        return NULL;
    }
    struct slot *s = builder_slot(b, term->resource);
    bool found = s->family && s->family->kind == kind && is_identity(term->attribute);
    return found ? s : NULL;
}

static uint32_t outside(struct builder *b, const struct cfn_term *term, const struct wanted *w)
{
    switch (w->kind) {
    case SLOT_VPC:
        return outside_vpc(b, term);
    case SLOT_SUBNET:
        return outside_subnet(b, term);
    case SLOT_GROUP:
        return outside_group(b, term);
    case SLOT_ACL:
        return outside_acl(b, term);
    case SLOT_TABLE:
        return outside_table(b, term, w->vpc);
    case SLOT_GATEWAY:
        return outside_gateway(b, term, w->gate);
    case SLOT_NONE:
    case SLOT_INTERFACE:
    case SLOT_OWNER:
    case SLOT_LIST:
    case SLOT_LAUNCH:
    case SLOT_CONNECTION:
    case SLOT_BALANCER:
    case SLOT_TARGETS:
    case SLOT_LISTENER:
    case SLOT_ATTACHMENT:
    case SLOT_HUB:
        break;
    }
    return WORLD_NONE;
}

static void walk(struct builder *b, struct cfn_value v, const struct wanted *w, struct hits *out,
                 int depth);

/* The groups of a Classic balancer, which its attribute stands for. */
static void walk_groups(struct builder *b, struct cfn_value groups, const struct cfn_term *term,
                        struct hits *out)
{
    struct hits all = {0};
    walk(b, groups, &(struct wanted){.kind = SLOT_GROUP}, &all, 0);
    for (size_t i = 0; i < all.n; i++) {
        hits_add(b, out, both(b, all.at[i].when, term->when), all.at[i].index, term);
    }
}

/* Attributes of VPCs and of what stands in them that lead to an element of another kind. */
static bool follow(struct builder *b, const struct cfn_term *term, const struct wanted *w,
                   struct hits *out)
{
    struct slot *s = builder_slot(b, term->resource);
    if (!s->family) {
        return false;
    }
    bool is_vpc = s->family->kind == SLOT_VPC;
    if (is_vpc && w->kind == SLOT_ACL && str_is(term->attribute, "DefaultNetworkAcl")) {
        for (size_t i = 0; i < s->elements.n; i++) {
            hits_add(b, out, both(b, term->when, s->elements.at[i].when),
                     outside_default_acl(b, s->elements.at[i].index), term);
        }
        return true;
    }
    if (is_vpc && w->kind == SLOT_GROUP && str_is(term->attribute, "DefaultSecurityGroup")) {
        for (size_t i = 0; i < s->elements.n; i++) {
            hits_add(b, out, both(b, term->when, s->elements.at[i].when),
                     outside_default_group(b, s->elements.at[i].index), term);
        }
        return true;
    }
    if (s->family->kind == SLOT_BALANCER && w->kind == SLOT_GROUP &&
        str_starts(term->attribute, STR("SourceSecurityGroup.GroupName"))) {
        struct cfn_value groups = cfn_items(cfn_property(term->resource, "SecurityGroups"));
        walk_groups(b, groups, term, out);
        return true;
    }
    if (w->kind == SLOT_GROUP && str_is(term->attribute, "ClusterSecurityGroupId") &&
        str_is(term->resource->type, "AWS::EKS::Cluster")) {
        hits_add(b, out, term->when, kubernetes_group(b, term->resource), term);
        return true;
    }
    if (!is_vpc && w->kind == SLOT_VPC && str_is(term->attribute, "VpcId")) {
        /* Of a subnet or group that names none; a named one is seen through by GetAtt. */
        hits_add(b, out, term->when, outside_default_vpc(b), term);
        return true;
    }
    return false;
}

static void walk_term(struct builder *b, const struct cfn_term *term, const struct wanted *w,
                      struct hits *out)
{
    struct slot *s = resolve_slot(b, term, w->kind);
    if (s) {
        for (size_t i = 0; i < s->elements.n; i++) {
            hits_add(b, out, both(b, term->when, s->elements.at[i].when), s->elements.at[i].index,
                     term);
        }
        return;
    }
    if (term->kind == CFN_OBJECT && follow(b, term, w, out)) {
        return;
    }
    uint32_t index = outside(b, term, w);
    if (index != WORLD_NONE) {
        hits_add(b, out, term->when, index, term);
    }
}

static void walk(struct builder *b, struct cfn_value v, const struct wanted *w, struct hits *out,
                 int depth)
{
    FOREACH_TERM (term, v) {
        switch (term->kind) {
        case CFN_NONE:
        case CFN_MAP:
            break;
        case CFN_LIST:
            if (depth < MAX_NESTING) {
                walk(b, cfn_items((struct cfn_value){term, 1}), w, out, depth + 1);
            }
            break;
        case CFN_TEXT:
            if (str_trim(term->text).n > 0) {
                walk_term(b, term, w, out);
            }
            break;
        case CFN_OBJECT:
        case CFN_JOINED:
        case CFN_UNKNOWN:
            walk_term(b, term, w, out);
            break;
        }
    }
}

static struct hits resolve(struct builder *b, struct cfn_value v, struct wanted w)
{
    struct hits out = {0};
    walk(b, v, &w, &out, 0);
    return out;
}

struct hits resolve_vpc(struct builder *b, struct cfn_value v)
{
    return resolve(b, v, (struct wanted){.kind = SLOT_VPC});
}

struct hits resolve_subnet(struct builder *b, struct cfn_value v)
{
    return resolve(b, v, (struct wanted){.kind = SLOT_SUBNET});
}

struct hits resolve_group(struct builder *b, struct cfn_value v)
{
    return resolve(b, v, (struct wanted){.kind = SLOT_GROUP});
}

struct hits resolve_acl(struct builder *b, struct cfn_value v)
{
    return resolve(b, v, (struct wanted){.kind = SLOT_ACL});
}

struct hits resolve_table(struct builder *b, struct cfn_value v, uint32_t vpc)
{
    return resolve(b, v, (struct wanted){.kind = SLOT_TABLE, .vpc = vpc});
}

struct hits resolve_gateway(struct builder *b, struct cfn_value v, enum world_gateway_kind kind)
{
    return resolve(b, v, (struct wanted){.kind = SLOT_GATEWAY, .gate = kind});
}

/* A name that a group of the templates has denotes that group (SEMANTICS 2.1.6); `default` is
 * the default group of the default VPC; a Ref of a group gives its name there. */
struct hits resolve_group_name(struct builder *b, struct cfn_value v)
{
    struct hits out = {0};
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_NONE || term->kind == CFN_MAP) {
            continue;
        }
        struct slot *s =
            term->kind == CFN_OBJECT ? NULL : map_get(&b->group_names, cfn_text_of(b->arena, term));
        if (term->kind == CFN_TEXT && str_eq_nocase(term->text, STR("default"))) {
            hits_add(b, &out, term->when, outside_default_group(b, outside_default_vpc(b)), term);
        } else if (s && s->elements.n > 0) {
            hits_add(b, &out, term->when, s->elements.at[0].index, term);
        } else {
            struct hits more = resolve_group(b, (struct cfn_value){term, 1});
            for (size_t i = 0; i < more.n; i++) {
                hits_add(b, &out, more.at[i].when, more.at[i].index, term);
            }
        }
    }
    return out;
}

struct hits resolve_home(struct builder *b, const struct cfn_resource *r)
{
    struct hits homes = resolve_vpc(b, cfn_property(r, "VpcId"));
    struct guard left = without(b, r->when, hits_any(b, &homes));
    if (!guard_is_false(left)) {
        hits_add(b, &homes, left, outside_default_vpc(b), NULL);
    }
    hits_merge(b, &homes);
    return homes;
}

void resolve_declare(struct builder *b, struct slot *s, const char *what,
                     uint32_t (*add)(struct builder *b, struct str name, uint32_t vpc,
                                     struct topology_origin origin))
{
    const struct cfn_resource *r = s->resource;
    if (!doc_get(r->properties, "VpcId")) {
        builder_warn(
            b, r, NULL,
            str_format(b->arena, "The %s has no VpcId; the default VPC is assumed.", what));
    }
    struct hits homes = resolve_home(b, r);
    struct str name = cfn_resource_name(r);
    for (size_t i = 0; i < homes.n; i++) {
        uint32_t index = add(b, name, homes.at[i].index, origin_resource(b, r));
        hits_add(b, &s->elements, homes.at[i].when, index, NULL);
    }
}

void resolve_index_name(struct builder *b, struct map *names, struct slot *s, const char *key)
{
    struct cfn_value v = cfn_property(s->resource, key);
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_NONE || term->kind == CFN_LIST || term->kind == CFN_MAP) {
            continue;
        }
        struct str text = cfn_text_of(b->arena, term);
        void **known = map_at(names, text);
        if (text.n > 0 && !*known) {
            *known = s;
        }
    }
}
