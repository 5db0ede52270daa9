#include "tests/topology/world_of.h"

#include <stdlib.h>

static void the_base_topology_becomes_a_world(void **state)
{
    (void)state; /* T01 */
    struct built *b = built_of("Resources:\n" B_ALL);
    assert_block(b, "vpc Vpc", "vpc Vpc\n  cidr 10.0.0.0/16\n");
    assert_block(b, "gateway Igw", "gateway Igw internet\n  attachment vpc=Vpc\n");
    assert_block(b, "table Table", "table Table vpc=Vpc\n  route 0.0.0.0/0 static to=Igw\n");
    assert_block(b, "subnet Subnet",
                 "subnet Subnet vpc=Vpc\n"
                 "  cidr 10.0.1.0/24\n"
                 "  association table=Table\n"
                 "  association acl=Vpc.DefaultNetworkAcl\n");
    assert_block(b, "group Group",
                 "group Group vpc=Vpc\n"
                 "  rule in tcp 22-22 0.0.0.0/0\n"
                 "  rule out all 0.0.0.0/0\n"
                 "  rule out all ::/0\n");
    assert_block(b, "acl Vpc.DefaultNetworkAcl",
                 "acl Vpc.DefaultNetworkAcl\n"
                 "  entry 100 in allow all 0.0.0.0/0\n"
                 "  entry 101 in allow all ::/0\n"
                 "  entry 100 out allow all 0.0.0.0/0\n"
                 "  entry 101 out allow all ::/0\n");
    assert_block(b, "owner Web", "owner Web AWS::EC2::Instance\n");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_int_equal(n->placements.n, 1);
    assert_true(guard_is_true(n->placements.at[0].public4));
    assert_true(guard_is_true(n->placements.at[0].has4));
    assert_true(guard_is_false(n->placements.at[0].has6));
    assert_int_equal(n->groups.n, 1);
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "Group");
    assert_int_equal(b->diags.all.n, 0);
    assert_int_equal(b->t->analysed, 9);
    built_free(b);
}

static void ipv6_needs_a_route_and_addresses_of_its_own(void **state)
{
    (void)state; /* T23, T24 */
    struct built *b = built_of(
        "Resources:\n" B_VPC B_IGW B_ATTACHMENT B_TABLE B_ASSOCIATION B_INSTANCE "  Six:\n"
        "    Type: AWS::EC2::VPCCidrBlock\n"
        "    Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}\n"
        "  Subnet:\n"
        "    Type: AWS::EC2::Subnet\n"
        "    Properties:\n"
        "      VpcId: !Ref Vpc\n"
        "      Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 1, 64]]\n"
        "      AssignIpv6AddressOnCreation: true\n"
        "  Route6:\n"
        "    Type: AWS::EC2::Route\n"
        "    Properties: {RouteTableId: !Ref Table, DestinationIpv6CidrBlock: '::/0',\n"
        "                 GatewayId: !Ref Igw}\n"
        "  Group:\n"
        "    Type: AWS::EC2::SecurityGroup\n"
        "    Properties:\n"
        "      VpcId: !Ref Vpc\n"
        "      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22,\n"
        "                              CidrIpv6: '::/0'}]\n");
    assert_line(b, "  route ::/0 static to=Igw");
    assert_line(b, "  rule in tcp 22-22 ::/0");
    const struct world_placement *p =
        &built_interface(b, "Web/NetworkInterfaces/0")->placements.at[0];
    assert_true(guard_is_true(p->has6));
    assert_true(guard_is_false(p->public4));
    built_free(b);
}

static int by_text(const void *x, const void *y)
{
    return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* The dump as its blocks, sorted, the lines of a block sorted too. */
static const char *sorted(struct built *b)
{
    struct str all = buf_str(&b->dump);
    struct str *lines = ARENA_ARRAY(&b->arena, all.n, struct str);
    size_t n = 0;
    struct str head = {0};
    for (size_t at = 0; at < all.n;) {
        size_t end = str_find_byte(all, '\n', at);
        struct str line = str_sub(all, at, end);
        head = line.p[0] == ' ' ? head : line;
        lines[n++] = str_format(&b->arena, "%.*s |%.*s\n", STR_ARG(head), STR_ARG(line));
        at = end + 1;
    }
    qsort(lines, n, sizeof *lines, by_text);
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < n; i++) {
        buf_add(&out, lines[i]);
    }
    const char *text = str_to_c(&b->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static void the_order_of_resources_changes_nothing(void **state)
{
    (void)state;
    static const char *const parts[] = {
        B_VPC,
        B_IGW,
        B_ATTACHMENT,
        B_SUBNET,
        B_TABLE,
        B_ROUTE,
        B_ASSOCIATION,
        B_GROUP,
        B_INSTANCE,
        "  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}\n",
        "  Entry:\n"
        "    Type: AWS::EC2::NetworkAclEntry\n"
        "    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 10, Protocol: -1, RuleAction: "
        "allow,\n"
        "                 CidrBlock: !Ref Source}\n",
        "  AclAssociation:\n"
        "    Type: AWS::EC2::SubnetNetworkAclAssociation\n"
        "    Properties: {SubnetId: !Ref Subnet, NetworkAclId: !Ref Acl}\n",
        "  Eni:\n"
        "    Type: AWS::EC2::NetworkInterface\n"
        "    Properties: {SubnetId: !Ref Other, GroupSet: [!Ref Group]}\n",
        "  Attach:\n"
        "    Type: AWS::EC2::NetworkInterfaceAttachment\n"
        "    Properties: {InstanceId: !Ref Web, NetworkInterfaceId: !Ref Eni, DeviceIndex: 1}\n",
        "  Ip: {Type: AWS::EC2::EIPAssociation, Properties: {NetworkInterfaceId: !Ref Eni}}\n",
        "  More:\n"
        "    Type: AWS::EC2::SecurityGroupIngress\n"
        "    Properties: {GroupId: !Ref Group, IpProtocol: -1, CidrIp: !Ref Source}\n",
        "  Lt:\n"
        "    Type: AWS::EC2::LaunchTemplate\n"
        "    Properties: {LaunchTemplateName: n, LaunchTemplateData: {SecurityGroupIds: [!Ref "
        "Group]}}\n",
        "  Asg:\n"
        "    Type: AWS::AutoScaling::AutoScalingGroup\n"
        "    Properties: {VPCZoneIdentifier: [!Ref Subnet, !Ref Other],\n"
        "                 LaunchTemplate: {LaunchTemplateName: n, Version: 1}}\n",
    };
    enum { N = sizeof parts / sizeof *parts };
    struct buf text[2];
    struct built *b[2];
    for (size_t turn = 0; turn < 2; turn++) {
        buf_init(&text[turn]);
        buf_adds(&text[turn], "Parameters:\n"
                              "  Other: {Type: 'AWS::EC2::Subnet::Id'}\n"
                              "  Source: {Type: String, Default: 10.0.0.0/8}\n"
                              "Resources:\n");
        for (size_t i = 0; i < N; i++) {
            buf_adds(&text[turn], parts[turn == 0 ? i : N - 1 - i]);
        }
        b[turn] = built_of(text[turn].p);
    }
    assert_string_equal(sorted(b[0]), sorted(b[1]));
    assert_true(b[0]->w->interfaces.n >= 3);
    for (size_t turn = 0; turn < 2; turn++) {
        built_free(b[turn]);
        buf_release(&text[turn]);
    }
}

static void every_id_has_an_origin(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters: {S: {Type: 'AWS::EC2::Subnet::Id'}}\n"
        "Resources:\n" B_ALL
        "  Far: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref S, SecurityGroupIds: "
        "[sg-1]}}\n"
        "  Def: {Type: AWS::EC2::Instance}\n");
    for (uint32_t id = 0; id < b->w->next_id; id++) {
        const struct topology_origin *o = topology_origin(b->t, id);
        assert_true(o->type[0] != '\0');
        assert_true(o->name.n > 0 || o->outside || o->implicit);
        assert_true(o->resource || o->outside || o->implicit);
        if (o->resource) {
            assert_false(span_is_none(o->at));
        }
    }
    assert_string_equal(topology_origin(b->t, b->w->next_id + 5)->type, "");
    built_free(b);
}

/* What ../shared/expected/inspector-workshop.json says of the instances. */
static void the_inspector_workshop(void **state)
{
    (void)state;
    static const struct {
        const char *instance;
        const char *subnet;
        const char *table;
        const char *acl;
        const char *group;
        bool public4;
    } rows[] = {
        {"WebAppServerAZ1", "WebAppWebSubnetAZ1", "WebAppPrivateRouteTable",
         "WebAppVPC.DefaultNetworkAcl", "WebAppWebServerSecurityGroup", true},
        {"WebAppServerAZ2", "WebAppWebSubnetAZ2", "WebAppPrivateRouteTable",
         "WebAppVPC.DefaultNetworkAcl", "WebAppWebServerSecurityGroup", true},
        {"DbServerAZ1", "WebAppDbSubnetAZ1", "WebAppPublicRouteTable",
         "WebAppVPC.DefaultNetworkAcl", "WebAppDbServerSecurityGroup", true},
        {"DbServerAZ2", "WebAppDbSubnetAZ2", "WebAppPublicRouteTable",
         "WebAppVPC.DefaultNetworkAcl", "WebAppDbServerSecurityGroup", true},
        {"BastionAZ1", "BastionSubnetAZ1", "BastionPrivateRouteTable",
         "BastionVPC.DefaultNetworkAcl", "BastionServerSecurityGroup", false},
        {"BastionAZ2", "BastionSubnetAZ2", "BastionPrivateRouteTable",
         "BastionVPC.DefaultNetworkAcl", "BastionServerSecurityGroup", false},
        {"PoCServerAZ1", "PoCPublicSubnetAZ1", "PoCPublicRouteTable", "PoCVPC.DefaultNetworkAcl",
         "PoCServerAZ1SecurityGroup", true},
        {"PoCServerAZ2", "PoCPublicSubnetAZ2", "PoCPublicRouteTable", "PoCVPC.DefaultNetworkAcl",
         "PoCServerAZ2SecurityGroup", true},
    };
    struct arena arena = {0};
    char *text = NULL;
    FILE *f = fopen("../shared/corpus/samples/2571-EnvironmentBuild.json", "rb");
    if (f) {
        text = ARENA_ARRAY(&arena, 1024 * 1024, char);
        size_t n = fread(text, 1, 1024 * 1024 - 1, f);
        text[n] = '\0';
        fclose(f);
    }
    if (!text) {
        print_message("SKIPPED: the corpus is not here\n");
        skip();
    }
    struct built *b = built_of(text);
    size_t of_instances = 0;
    for (size_t i = 0; i < b->w->interfaces.n; i++) {
        const struct world_owner *owner = &b->w->owners.at[b->w->interfaces.at[i].owner];
        of_instances += str_is(owner->type, "AWS::EC2::Instance");
    }
    assert_int_equal(of_instances, sizeof rows / sizeof *rows);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s/NetworkInterfaces/0", rows[i].instance);
        const struct world_interface *n = built_interface(b, name);
        assert_int_equal(n->placements.n, 1);
        const struct world_subnet *s = &b->w->subnets.at[n->placements.at[0].subnet];
        assert_str(s->name, rows[i].subnet);
        assert_int_equal(s->tables.n, 1);
        assert_str(b->w->tables.at[s->tables.at[0].index].name, rows[i].table);
        assert_int_equal(s->acls.n, 1);
        assert_str(b->w->acls.at[s->acls.at[0].index].name, rows[i].acl);
        assert_int_equal(guard_is_true(n->placements.at[0].public4), rows[i].public4);
        assert_true(guard_is_false(n->placements.at[0].has6));
        assert_int_equal(n->groups.n, 1);
        assert_str(b->w->groups.at[n->groups.at[0].group].name, rows[i].group);
        assert_str(b->w->owners.at[n->owner].name, rows[i].instance);
    }
    for (size_t i = 0; i < b->t->groups.n; i++) {
        const struct topology_group *g = &b->t->groups.at[i];
        bool balancer = str_is(b->w->groups.at[i].name, "WebAppLoadBalancerSecurityGroup");
        assert_true(g->referenced);
        assert_true(g->has_interface || (balancer && g->referenced_by.n > 0));
    }
    assert_line(b, "  rule out tcp 80-80 group=WebAppWebServerSecurityGroup");
    built_free(b);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_topology_becomes_a_world),
        cmocka_unit_test(ipv6_needs_a_route_and_addresses_of_its_own),
        cmocka_unit_test(the_order_of_resources_changes_nothing),
        cmocka_unit_test(every_id_has_an_origin),
        cmocka_unit_test(the_inspector_workshop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
