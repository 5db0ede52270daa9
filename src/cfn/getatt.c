/*
 * Fn::GetAtt: an attribute that repeats a property of its resource has that property's value;
 * any other one is the identity (resource, attribute).
 */
#include "cfn/names.h"
#include "cfn/nested.h"
#include "cfn/terms.h"

/* Attributes that say what the template itself says ("Resource and property types reference",
 * return values). */
static const struct {
    const char *type;
    const char *attribute;
    const char *property;
} mirrors[] = {
    {"AWS::EC2::VPC", "CidrBlock", "CidrBlock"},
    {"AWS::EC2::Subnet", "CidrBlock", "CidrBlock"},
    {"AWS::EC2::Subnet", "AvailabilityZone", "AvailabilityZone"},
    {"AWS::EC2::Subnet", "AvailabilityZoneId", "AvailabilityZoneId"},
    {"AWS::EC2::Subnet", "VpcId", "VpcId"},
    {"AWS::EC2::Subnet", "OutpostArn", "OutpostArn"},
    {"AWS::EC2::SecurityGroup", "VpcId", "VpcId"},
    {"AWS::EC2::Instance", "AvailabilityZone", "AvailabilityZone"},
    {"AWS::RDS::DBInstance", "Endpoint.Port", "Port"},
    {"AWS::RDS::DBCluster", "Endpoint.Port", "Port"},
    {"AWS::Redshift::Cluster", "Endpoint.Port", "Port"},
    {"AWS::ElastiCache::CacheCluster", "RedisEndpoint.Port", "Port"},
    {"AWS::ElastiCache::ReplicationGroup", "PrimaryEndPoint.Port", "Port"},
};

static const char *mirrored(const struct cfn_resource *r, struct str attribute)
{
    for (size_t i = 0; i < sizeof mirrors / sizeof mirrors[0]; i++) {
        if (str_is(attribute, mirrors[i].attribute) && str_is(r->type, mirrors[i].type)) {
            return mirrors[i].property;
        }
    }
    return NULL;
}

static struct cfn_value identity(const struct cfn_template *t, const struct cfn_resource *r,
                                 struct str attribute, const struct doc_node *node,
                                 struct guard when)
{
    return cfn_value_of(t, (struct cfn_term){.when = when,
                                             .kind = CFN_OBJECT,
                                             .resource = r,
                                             .attribute = attribute,
                                             .home = t,
                                             .node = node});
}

/* The property's value under the resource's own Condition, evaluated once. */
static struct cfn_value property_once(const struct cfn_scope *s, const struct cfn_resource *r,
                                      struct str attribute, const char *property)
{
    struct arena *a = s->t->unit->arena;
    struct str key = str_format(a, "%.*s.%.*s", STR_ARG(r->id), STR_ARG(attribute));
    /* Evaluation is otherwise const; what it has found out about attributes it keeps. */
    struct map *known = &r->home->unit->attributes;
    if (r->home->name.n > 0) {
        key = str_format(a, "%.*s/%.*s", STR_ARG(r->home->name), STR_ARG(key));
    }
    struct cfn_value *kept = map_get(known, key);
    if (kept == NULL) {
        struct cfn_frame frame = {r, attribute, s->frames};
        struct cfn_scope inner = {.t = r->home, .frames = &frame, .depth = s->depth + 1};
        const struct doc_node *node = doc_get(r->properties, property);
        struct cfn_value v = cfn_eval_in(&inner, node, r->when);
        kept = ARENA_NEW(a, struct cfn_value);
        *kept = v;
        *map_at(known, key) = kept;
    }
    return *kept;
}

static bool is_circle(const struct cfn_scope *s, const struct cfn_resource *r, struct str attribute)
{
    for (const struct cfn_frame *f = s->frames; f != NULL; f = f->outer) {
        if (f->resource == r && str_eq(f->attribute, attribute)) {
            return true;
        }
    }
    return false;
}

struct cfn_value cfn_attribute(const struct cfn_scope *s, const struct doc_node *node,
                               const char *what, struct str name, struct str attribute,
                               struct guard when)
{
    const struct cfn_template *t = s->t;
    const struct cfn_resource *r = cfn_resource(t, name);
    if (r == NULL) {
        cfn_undefined(t, node, what, name, true);
        return cfn_may_be_made(t, name)
                   ? cfn_unknown_value(t, cfn_unknown_named(t, CFN_WHY_MACRO, name), node, when)
                   : cfn_faulty(t, node, when);
    }
    if (s->in_condition) {
        CFN_FAULT(t, DIAG_ARGUMENT, node,
                  "A condition cannot depend on resource '%.*s': resources do not exist yet when "
                  "conditions are decided.",
                  STR_ARG(name));
        return cfn_faulty(t, node, when);
    }
    struct cfn_value given;
    if (cfn_nested_attribute(s, node, r, attribute, when, &given)) {
        return given;
    }
    const char *property = attribute.n > 0 ? mirrored(r, attribute) : NULL;
    if (property == NULL) {
        return identity(t, r, attribute, node, when);
    }
    if (is_circle(s, r, attribute)) {
        CFN_FAULT(t, DIAG_CYCLE, node, "'%.*s.%.*s' depends on itself.", STR_ARG(name),
                  STR_ARG(attribute));
        return cfn_faulty(t, node, when);
    }
    struct cfn_value v = property_once(s, r, attribute, property);
    struct cfn_terms out;
    cfn_terms_init(&out, t);
    struct guard rest = when; /* where the template does not say, it is the identity */
    FOREACH_TERM (term, v) {
        struct cfn_term seen = *term;
        seen.when = guard_and(t->unit->space, term->when, when);
        seen.node = node;
        if (term->kind != CFN_NONE) {
            rest = guard_minus(t->unit->space, rest, seen.when);
            cfn_terms_add(&out, seen);
        }
    }
    if (!guard_is_false(rest)) {
        cfn_terms_add(&out, *identity(t, r, attribute, node, rest).at);
    }
    return cfn_terms_value(&out);
}

bool cfn_getatt_parts(struct arena *a, const struct cfn_call *c, struct str *resource,
                      struct str *attribute)
{
    const struct doc_node *args = c->args;
    if (args->kind == DOC_SCALAR) {
        size_t dot = str_find_byte(args->text, '.', 0);
        *resource = str_sub(args->text, 0, dot);
        *attribute = str_sub(args->text, dot + 1, args->text.n);
        return true;
    }
    *resource = args->items[0]->text;
    const struct doc_node *second = args->items[1];
    if (second->kind != DOC_SCALAR || second->tag.n > 0) {
        *attribute = (struct str){0};
        return false;
    }
    *attribute = second->text;
    for (uint32_t i = 2; i < args->n; i++) {
        *attribute = str_format(a, "%.*s.%.*s", STR_ARG(*attribute), STR_ARG(args->items[i]->text));
    }
    return true;
}

struct cfn_value cfn_fn_getatt(const struct cfn_scope *s, const struct cfn_call *c,
                               struct guard when)
{
    struct str resource;
    struct str attribute;
    if (cfn_getatt_parts(s->t->unit->arena, c, &resource, &attribute)) {
        return cfn_attribute(s, c->node, "Fn::GetAtt", resource, attribute, when);
    }
    struct cfn_value names = cfn_eval_in(s, c->args->items[1], when);
    struct cfn_terms out;
    cfn_terms_init(&out, s->t);
    FOREACH_TERM (name, names) {
        struct str text = cfn_text_of(s->t->unit->arena, name);
        struct cfn_value v = cfn_attribute(s, c->node, "Fn::GetAtt", resource, text, name->when);
        cfn_terms_add_under(&out, v, name->when);
    }
    return cfn_terms_value(&out);
}
