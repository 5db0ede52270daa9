/*
 * The base topology of SEMANTICS section 8 as text, with holes: a VPC with a gateway, a public
 * subnet with a route, one instance whose group admits tcp 22 from everywhere. And the
 * stages from such a text to findings.
 */
#ifndef CFNREACH_TESTS_POLICY_NETWORK_H
#define CFNREACH_TESTS_POLICY_NETWORK_H

#include "base/limits.h"
#include "policy/finding.h"
#include "tests/check.h"

/* Without a network of its own: an instance in the default VPC whose group admits tcp 22. */
#define NETWORK_IN_DEFAULT_VPC                                                                     \
    "Resources:\n"                                                                                 \
    "  Sg:\n"                                                                                      \
    "    Type: AWS::EC2::SecurityGroup\n"                                                          \
    "    Properties:\n"                                                                            \
    "      GroupDescription: x\n"                                                                  \
    "      SecurityGroupIngress:\n"                                                                \
    "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"                   \
    "  Web:\n"                                                                                     \
    "    Type: AWS::EC2::Instance\n"                                                               \
    "    Properties: {ImageId: ami-1, SecurityGroups: [!Ref Sg]}\n"

/* Every member may be NULL: then it is as in the base topology. */
struct network {
    const char *head;      /* Parameters, Conditions: whole sections */
    const char *subnet;    /* the subnet's last properties; base: MapPublicIpOnLaunch: true */
    const char *route;     /* target of the default route; base: GatewayId: !Ref Igw */
    const char *associate; /* the association of subnet and table; "" for none */
    const char *ingress;   /* items of the group's SecurityGroupIngress */
    const char *instance;  /* properties of the instance besides ImageId */
    const char *more;      /* more resources, and sections behind them */
};

static inline const char *or_else(const char *text, const char *base)
{
    return text == NULL ? base : text;
}

static inline struct str network_text(struct arena *a, struct network n)
{
    return str_format(
        a,
        "%s"
        "Resources:\n"
        "  Vpc:\n"
        "    Type: AWS::EC2::VPC\n"
        "    Properties: {CidrBlock: 10.0.0.0/16}\n"
        "  Igw:\n"
        "    Type: AWS::EC2::InternetGateway\n"
        "  Attachment:\n"
        "    Type: AWS::EC2::VPCGatewayAttachment\n"
        "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}\n"
        "  Subnet:\n"
        "    Type: AWS::EC2::Subnet\n"
        "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24%s}\n"
        "  Table:\n"
        "    Type: AWS::EC2::RouteTable\n"
        "    Properties: {VpcId: !Ref Vpc}\n"
        "  Route:\n"
        "    Type: AWS::EC2::Route\n"
        "    DependsOn: Attachment\n"
        "    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, %s}\n"
        "%s"
        "  Sg:\n"
        "    Type: AWS::EC2::SecurityGroup\n"
        "    Properties:\n"
        "      GroupDescription: test\n"
        "      VpcId: !Ref Vpc\n"
        "      SecurityGroupIngress:\n"
        "%s"
        "  Web:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties:\n"
        "      ImageId: ami-0123456789abcdef0\n"
        "%s"
        "%s",
        or_else(n.head, ""), or_else(n.subnet, ", MapPublicIpOnLaunch: true"),
        or_else(n.route, "GatewayId: !Ref Igw"),
        or_else(n.associate, "  Association:\n"
                             "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
                             "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n"),
        or_else(n.ingress, "        - IpProtocol: tcp\n"
                           "          FromPort: 22\n"
                           "          ToPort: 22\n"
                           "          CidrIp: 0.0.0.0/0\n"),
        or_else(n.instance, "      SubnetId: !Ref Subnet\n"
                            "      SecurityGroupIds: [!Ref Sg]\n"),
        or_else(n.more, ""));
}

/* What the stages make of a text. */
struct outcome {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct settings *settings;
    struct topology *topology;
    struct reach *reach;
    struct reach_answer answer;
    struct findings *findings;
};

static inline void outcome_of(struct outcome *o, struct settings *settings, const char *path,
                              struct str text)
{
    struct source *src = source_add(&o->sources, str_from(path), str_copy(&o->arena, text));
    struct doc *doc = doc_read(&o->arena, src, LIMIT_TEMPLATE_BYTES, &o->diags);
    struct cfn_unit *unit =
        cfn_unit_new(&o->arena, &o->sources, &o->diags, (struct cfn_options){0});
    assert_non_null(cfn_add(unit, doc, STR("")));
    cfn_seal(unit);
    o->topology = topology_build(unit);
    o->reach = reach_new(&o->arena, o->topology->world);
    o->answer = reach_solve(o->reach);
    o->settings = settings;
    o->findings =
        policy_check(&o->arena, settings, o->topology, o->reach, &o->answer, STR("2030-06-15"));
    if (o->diags.errors > 0) {
        print_error("%.*s\n", STR_ARG(o->diags.all.at[0].message));
        fail();
    }
}

static inline void outcome_open(struct outcome *o)
{
    *o = (struct outcome){.settings = NULL};
    source_set_init(&o->sources, &o->arena);
    diags_init(&o->diags, &o->arena);
}

static inline struct settings *outcome_policy(struct outcome *o, const char *name)
{
    struct settings *s = settings_load(&o->arena, str_from(name), &o->sources, &o->diags);
    assert_non_null(s);
    return s;
}

static inline void outcome_text(struct outcome *o, const char *policy, struct str text)
{
    outcome_open(o);
    outcome_of(o, outcome_policy(o, policy), "t.yaml", text);
}

static inline void outcome_network(struct outcome *o, const char *policy, struct network n)
{
    struct arena a = {0};
    outcome_text(o, policy, network_text(&a, n));
    arena_release(&a);
}

static inline void outcome_close(struct outcome *o)
{
    settings_release(o->settings);
    arena_release(&o->arena);
}

/* The one finding of a rule; fails if there are none or several. */
static inline const struct finding *the_finding(const struct outcome *o, const char *id)
{
    const struct finding *found = NULL;
    for (size_t i = 0; i < o->findings->all.n; i++) {
        const struct finding *f = &o->findings->all.at[i];
        if (str_is(str_from(id), f->rule->id)) {
            if (found != NULL) {
                fail_msg("several findings of %s", id);
            }
            found = f;
        }
    }
    if (found == NULL) {
        fail_msg("no finding of %s", id);
    }
    return found;
}

/* "CFNR102 medium possible, CFNR106 low reachable" */
static inline struct str outcome_summary(struct outcome *o)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < o->findings->all.n; i++) {
        const struct finding *f = &o->findings->all.at[i];
        buf_addf(&b, "%s%s %s %s", i == 0 ? "" : ", ", f->rule->id, severity_name(f->severity),
                 reach_verdict_name(f->verdict));
    }
    struct str s = str_copy(&o->arena, buf_str(&b));
    buf_release(&b);
    return s;
}

/* "Env=dev A-SUBROUTE(S)=yes" */
static inline struct str witness_text(struct arena *a, const struct finding *f)
{
    struct str text = STR("");
    for (size_t i = 0; i < f->witness_n; i++) {
        text = str_format(a, "%.*s%s%.*s=%.*s", STR_ARG(text), i == 0 ? "" : " ",
                          STR_ARG(f->witness[i].name), STR_ARG(f->witness[i].value));
    }
    return text;
}

static inline struct str path_text(struct arena *a, const struct finding_endpoint *e)
{
    struct str text = STR("");
    for (size_t i = 0; i < e->path_n; i++) {
        text = str_format(a, "%.*s%s%.*s", STR_ARG(text), i == 0 ? "" : " > ",
                          STR_ARG(e->path[i].component));
    }
    return text;
}

static inline bool has_diag(const struct outcome *o, enum diag_id id, const char *words)
{
    for (size_t i = 0; i < o->diags.all.n; i++) {
        const struct diag *d = &o->diags.all.at[i];
        if (d->id == id && str_find(d->message, str_from(words), 0) != STR_NPOS) {
            return true;
        }
    }
    return false;
}

#endif
