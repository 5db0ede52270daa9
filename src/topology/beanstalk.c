/*
 * Elastic Beanstalk environments (SEMANTICS 2.9). Most of what they make is not known to a
 * template; what is: instances in the option Subnets, and SSH to them, which SSHSourceRestriction
 * opens ("tcp, 22, 22, 0.0.0.0/0"; for everybody where only a key pair is named).
 *
 * Options are those of the environment, then those of the configuration template that it names.
 */
#include "topology/aside.h"
#include "topology/interface.h"
#include "topology/kinds.h"
#include "topology/plan.h"
#include "topology/resolve.h"
#include "topology/service.h"

static const char LAUNCH[] = "aws:autoscaling:launchconfiguration";
static const char VPC[] = "aws:ec2:vpc";
static const char KIND[] = "aws:elasticbeanstalk:environment";

struct options {
    struct cfn_value own;
    struct cfn_value template;
};

static bool is_text(struct cfn_value v, const char *text)
{
    return v.n == 1 && v.at[0].kind == CFN_TEXT && str_is(str_trim(v.at[0].text), text);
}

static struct cfn_value among(struct builder *b, struct cfn_value items, const char *space,
                              const char *name)
{
    VEC(struct cfn_term) out = {0};
    FOREACH_TERM (item, items) {
        if (is_text(cfn_get_term(item, "Namespace"), space) &&
            is_text(cfn_get_term(item, "OptionName"), name)) {
            struct cfn_value v = cfn_get_term(item, "Value");
            FOREACH_TERM (term, v) {
                if (term->kind != CFN_NONE) {
                    *VEC_ADD(b->arena, &out) = *term;
                }
            }
        }
    }
    return (struct cfn_value){out.at, out.n};
}

static struct cfn_value option(struct builder *b, const struct options *o, const char *space,
                               const char *name)
{
    return plan_else(b, among(b, o->own, space, name), among(b, o->template, space, name));
}

/* Protocol, ports, source. */
enum { PART_N = 4 };

/* Splits "tcp,22,22,10.0.0.0/8", and "tcp,22,22,${Office}" although what stands for Office might
 * hold a comma itself. False: it cannot be told what the parts are. */
static bool split_parts(const struct cfn_resource *r, const struct cfn_term *text,
                        struct cfn_term out[PART_N])
{
    bool joined = text->kind == CFN_JOINED && text->part_n == 2 &&
                  text->parts[0].kind == CFN_TEXT && text->parts[1].kind != CFN_TEXT;
    struct cfn_term whole = *text;
    if (joined) {
        whole.kind = CFN_TEXT;
        whole.text = text->parts[0].text;
    }
    struct cfn_value parts = cfn_items(cfn_split(r->home, (struct cfn_value){&whole, 1}, ','));
    if (whole.kind != CFN_TEXT || parts.n != PART_N) {
        return false;
    }
    for (size_t i = 0; i < PART_N; i++) {
        out[i] = parts.at[i];
    }
    struct cfn_term *source = &out[PART_N - 1];
    if (!joined) {
        return true;
    }
    bool is_last =
        source->kind == CFN_NONE || (source->kind == CFN_TEXT && str_trim(source->text).n == 0);
    *source = text->parts[1];
    source->when = text->when;
    source->node = text->node;
    return is_last;
}

static void admit_source(struct builder *b, const struct aside_rule *rule, struct cfn_value source)
{
    struct prefix block;
    bool is_group = source.at->kind == CFN_OBJECT ||
                    (source.at->kind == CFN_TEXT && !prefix_parse(source.at->text, &block, NULL));
    if (is_group) {
        struct hits from = resolve_group_name(b, source);
        aside_admit_groups(b, rule, &from);
    } else {
        aside_admit_blocks(b, rule, source, NET_V4, NULL);
    }
}

/* One restriction. What is not known may admit anybody to 22. */
static void restrict_to(struct builder *b, const struct cfn_resource *r, uint32_t group,
                        const struct cfn_term *text)
{
    struct aside_rule rule = {.resource = r,
                              .group = group,
                              .when = text->when,
                              .protocol = PROTOCOL_TCP,
                              .ports = port_one(22)};
    struct cfn_term parts[PART_N];
    if (!split_parts(r, text, parts)) {
        if (text->kind == CFN_TEXT) {
            builder_warn(b, r, text->node,
                         STR("This is not \"protocol, from, to, source\"; it opens nothing."));
            return;
        }
        struct topology_origin origin = origin_value(b, r, text);
        origin.free_text = true;
        builder_unknown(b, "restriction", text, cfn_text_of(b->arena, text),
                        "it may admit any source");
        rule.when = both(b, rule.when, builder_choice(b, text));
        aside_admit_all(b, &rule, true, false, origin);
        return;
    }
    struct services services = service_read(b, &(struct service_text){
                                                   .resource = r,
                                                   .place = text->node,
                                                   .when = text->when,
                                                   .protocol = {&parts[0], 1},
                                                   .from = {&parts[1], 1},
                                                   .to = {&parts[2], 1},
                                               });
    for (size_t i = 0; i < services.n; i++) {
        rule.when = services.at[i].when;
        rule.protocol = services.at[i].protocol;
        rule.ports = services.at[i].ports;
        admit_source(b, &rule, (struct cfn_value){&parts[PART_N - 1], 1});
    }
}

static void open_ssh(struct builder *b, const struct cfn_resource *r, uint32_t group,
                     const struct options *o)
{
    struct cfn_value restriction = option(b, o, LAUNCH, "SSHSourceRestriction");
    FOREACH_TERM (term, restriction) {
        restrict_to(b, r, group, term);
    }
    struct guard left = without(b, r->when, plan_given(b, restriction));
    struct cfn_value keys = option(b, o, LAUNCH, "EC2KeyName");
    FOREACH_TERM (key, keys) {
        struct aside_rule rule = {.resource = r,
                                  .group = group,
                                  .when = both(b, left, key->when),
                                  .protocol = PROTOCOL_TCP,
                                  .ports = port_one(22)};
        aside_admit_all(b, &rule, true, false, origin_value(b, r, key));
    }
}

/* Groups of the option, by id or name, separated by commas. */
static struct hits read_groups(struct builder *b, const struct cfn_resource *r,
                               const struct options *o)
{
    struct hits groups = {0};
    struct cfn_value v = option(b, o, LAUNCH, "SecurityGroups");
    FOREACH_TERM (term, v) {
        struct cfn_value one = {term, 1};
        if (term->kind == CFN_TEXT || term->kind == CFN_JOINED) {
            one = cfn_items(cfn_split(r->home, one, ','));
        }
        struct hits more = resolve_group_name(b, cfn_items(one));
        for (size_t i = 0; i < more.n; i++) {
            hits_add(b, &groups, more.at[i].when, more.at[i].index, more.at[i].term);
        }
    }
    return groups;
}

void beanstalk_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct cfn_value template =
        managed_of(b, cfn_property(r, "TemplateName"),
                   "AWS::ElasticBeanstalk::ConfigurationTemplate", "OptionSettings");
    struct options o = {cfn_items(cfn_property(r, "OptionSettings")), cfn_items(template)};
    struct hits places = managed_subnets(b, r, option(b, &o, VPC, "Subnets"), r->when);
    struct hits groups = read_groups(b, r, &o);
    uint32_t own =
        aside_group(b, r, ".InstanceSecurityGroup", b->world->subnets.at[places.at[0].index].vpc);
    hits_add(b, &groups, r->when, own, NULL);
    open_ssh(b, r, own, &o);
    managed_any(b, &places, r);
    struct draft d = {
        .resource = r,
        .origin = origin_implicit(b, r, "AWS::EC2::NetworkInterface"),
        .name = builder_name(b, cfn_resource_name(r), "/NetworkInterfaces/0"),
        .owner = s->elements.at[0].index,
        .when = r->when,
        .places = &places,
        .groups = groups,
        .associate = option(b, &o, VPC, "AssociatePublicIpAddress"),
        .may_assign = r->when,
    };
    uint32_t interface = interface_make(b, &d);
    /* The only instance of an environment without a balancer has an Elastic IP address. */
    struct guard single = managed_is(b, option(b, &o, KIND, "EnvironmentType"), "SingleInstance");
    struct world_interface *n = &b->world->interfaces.at[interface];
    for (size_t i = 0; i < n->placements.n; i++) {
        struct world_placement *p = &n->placements.at[i];
        p->public4 = either(b, p->public4, both(b, p->when, single));
    }
}
