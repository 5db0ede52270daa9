/*
 * Two templates into the changes between them. The network is always the same: instance Web in a
 * public subnet; what differs is what its group admits.
 */
#ifndef CFNREACH_TESTS_COMPARING_H
#define CFNREACH_TESTS_COMPARING_H

#include "analysis/flow_diff.h"
#include "tests/check.h"
#include "tests/public_subnet.h"

#define COMPARING_RULE(ports, source)                                                              \
    "        - {IpProtocol: tcp, " ports ", CidrIp: '" source "'}\n"
#define COMPARING_PORT(port) "FromPort: " port ", ToPort: " port

static const char comparing_head[] =
    "Parameters:\n"
    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
    "  Source: {Type: String}\n"
    "Conditions:\n"
    "  IsDev: !Equals [!Ref Env, dev]\n"
    "  IsProd: !Equals [!Ref Env, prod]\n"
    "  IsWorld: !Equals [!Ref Source, 0.0.0.0/0]\n" PUBLIC_SUBNET "  Route:\n"
    "    Type: AWS::EC2::Route\n"
    "    Properties:\n"
    "      {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw}\n"
    "  Association:\n"
    "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
    "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n"
    "  Web:\n"
    "    Type: AWS::EC2::Instance\n"
    "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group], ImageId: ami-1}\n"
    "  Group:\n"
    "    Type: AWS::EC2::SecurityGroup\n"
    "    Properties:\n"
    "      GroupDescription: a\n"
    "      VpcId: !Ref Vpc\n"
    "      SecurityGroupIngress:\n";

struct comparing {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct settings *settings;
    struct flow_guards guards;
    struct flow_list side[2];
    struct flow_changes *changes;
};

static void comparing_take(struct comparing *c, struct flow_list *l, const char *path,
                           const char *written)
{
    struct analysis_options options = {.settings = c->settings, .today = STR("2030-06-15")};
    struct arena *own = ARENA_NEW(&c->arena, struct arena); /* the list outlives the analysis */
    struct str bytes = str_format(own, "%s%s", comparing_head, written);
    flow_list_add(l, analysis_run(own, str_from(path), bytes, &options));
    arena_release(own);
}

static void comparing_begin(struct comparing *c)
{
    *c = (struct comparing){.settings = NULL};
    source_set_init(&c->sources, &c->arena);
    diags_init(&c->diags, &c->arena);
    c->settings = settings_load(&c->arena, STR("default"), &c->sources, &c->diags);
    assert_non_null(c->settings);
    flow_guards_init(&c->guards, &c->arena);
    for (size_t i = 0; i < 2; i++) {
        flow_list_init(&c->side[i], &c->arena, &c->guards);
        c->side[i].one_file = true;
    }
}

static void comparing_end(struct comparing *c)
{
    settings_release(c->settings);
    arena_release(&c->arena);
}

/* Lists of rules of the group, "[]" for none. */
static inline void comparing_run(struct comparing *c, const char *before, const char *after)
{
    comparing_begin(c);
    comparing_take(c, &c->side[0], "old.yaml", before);
    comparing_take(c, &c->side[1], "new.yaml", after);
    c->changes = flow_diff(&c->side[0], &c->side[1]);
}

#endif
