#include "tests/topology/world_of.h"

#define NETWORK "Resources:\n" B_NETWORK B_GROUP
#define ENI                                                                                        \
    "  Eni:\n"                                                                                     \
    "    Type: AWS::EC2::NetworkInterface\n"                                                       \
    "    Properties: {SubnetId: !Ref Subnet, GroupSet: [!Ref Group]}\n"

/* Guard of the public address of an interface in its first placement. */
static const char *public4(struct built *b, const char *name)
{
    return built_guard(b, built_interface(b, name)->placements.at[0].public4);
}

static void an_elastic_address_makes_an_interface_public(void **state)
{
    (void)state; /* T04, T05; 1.1.2 a */
    static const struct {
        const char *address;
        const char *public4;
    } rows[] = {
        {"", "false"},
        {"  Ip: {Type: AWS::EC2::EIP, Properties: {InstanceId: !Ref Web}}\n", "true"},
        {"  Ip: {Type: AWS::EC2::EIPAssociation, Properties: {InstanceId: !Ref Web, EIP: "
         "1.2.3.4}}\n",
         "true"},
        {"  Ip: {Type: AWS::EC2::EIPAssociation, Condition: IsDev,\n"
         "       Properties: {InstanceId: !Ref Web, AllocationId: eipalloc-1}}\n",
         "Env=dev"},
        {"  Ip: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}\n", "false"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        snprintf(text, sizeof text,
                 "Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n%s%s"
                 "  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n%s%s",
                 B_VPC, B_GROUP, B_INSTANCE, rows[i].address);
        struct built *b = built_of(text);
        assert_string_equal(public4(b, "Web/NetworkInterfaces/0"), rows[i].public4);
        const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
        const struct topology_origin *o = topology_origin(b->t, n->placements.at[0].public4_id);
        assert_str(o->resource->id, str_is(str_from(rows[i].public4), "false") ? "Subnet" : "Ip");
        built_free(b);
    }
}

static void an_existing_interface_is_never_given_an_address(void **state)
{
    (void)state; /* T08; 1.1.2 b */
    struct built *b =
        built_of(NETWORK ENI "  Web:\n"
                             "    Type: AWS::EC2::Instance\n"
                             "    Properties:\n"
                             "      NetworkInterfaces: [{DeviceIndex: 0, NetworkInterfaceId: "
                             "!Ref Eni}]\n");
    assert_int_equal(b->w->interfaces.n, 1);
    const struct world_interface *n = built_interface(b, "Eni");
    assert_str(b->w->owners.at[n->owner].name, "Web");
    assert_int_equal(n->number, 0);
    assert_string_equal(public4(b, "Eni"), "false");
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "Group");
    const struct topology_origin *o = topology_origin(b->t, n->id);
    assert_false(o->implicit);
    assert_string_equal(o->type, "AWS::EC2::NetworkInterface");
    built_free(b);
}

static void the_address_of_an_instance_is_its_primary_interfaces(void **state)
{
    (void)state;
    struct built *b =
        built_of(NETWORK ENI "  Web:\n"
                             "    Type: AWS::EC2::Instance\n"
                             "    Properties:\n"
                             "      NetworkInterfaces:\n"
                             "        - {DeviceIndex: 0, NetworkInterfaceId: !Ref Eni}\n"
                             "        - {DeviceIndex: 1, SubnetId: !Ref Subnet}\n"
                             "  Ip: {Type: AWS::EC2::EIP, Properties: {InstanceId: !Ref Web}}\n");
    assert_string_equal(public4(b, "Eni"), "true");
    assert_string_equal(public4(b, "Web/NetworkInterfaces/1"), "false");
    built_free(b);
}

static void an_interface_that_nothing_attaches_has_no_owner(void **state)
{
    (void)state; /* 2.7 */
    struct built *b = built_of(NETWORK ENI);
    assert_int_equal(built_interface(b, "Eni")->owner, WORLD_NONE);
    assert_false(b->t->groups.at[0].has_interface);
    built_free(b);
}

static void an_attachment_gives_it_an_owner(void **state)
{
    (void)state;
    struct built *b =
        built_of(NETWORK ENI B_INSTANCE "  Attach:\n"
                                        "    Type: AWS::EC2::NetworkInterfaceAttachment\n"
                                        "    Properties: {InstanceId: !Ref Web, DeviceIndex: '1',\n"
                                        "                 NetworkInterfaceId: !Ref Eni}\n"
                                        "  Ip:\n"
                                        "    Type: AWS::EC2::EIPAssociation\n"
                                        "    Properties: {NetworkInterfaceId: !Ref Eni,\n"
                                        "                 AllocationId: eipalloc-1}\n");
    const struct world_interface *n = built_interface(b, "Eni");
    assert_str(b->w->owners.at[n->owner].name, "Web");
    assert_int_equal(n->number, 1);
    assert_string_equal(public4(b, "Eni"), "true");
    /* 10.9: the first interface keeps what it was given at launch. */
    assert_string_equal(public4(b, "Web/NetworkInterfaces/0"), "true");
    built_free(b);
}

static void conditions_may_attach_it_to_one_of_two(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters:\n"
        "  Env: {Type: String, AllowedValues: [dev, prod, test]}\n"
        "Conditions:\n"
        "  IsDev: !Equals [!Ref Env, dev]\n"
        "  IsProd: !Equals [!Ref Env, prod]\n" NETWORK ENI B_INSTANCE
        "  Other: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet}}\n"
        "  A:\n"
        "    Type: AWS::EC2::NetworkInterfaceAttachment\n"
        "    Condition: IsDev\n"
        "    Properties: {InstanceId: !Ref Web, NetworkInterfaceId: !Ref Eni, DeviceIndex: 1}\n"
        "  B:\n"
        "    Type: AWS::EC2::NetworkInterfaceAttachment\n"
        "    Condition: IsProd\n"
        "    Properties: {InstanceId: !Ref Other, NetworkInterfaceId: !Ref Eni, DeviceIndex: 2}\n");
    assert_line(b, "interface Eni number=1 owner=Web when Env=dev");
    assert_line(b, "interface Eni number=2 owner=Other when Env=prod");
    built_free(b);
}

static void an_interface_on_an_instance_outside_is_attached(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters: {Box: {Type: 'AWS::EC2::Instance::Id'}}\n" NETWORK ENI "  Attach:\n"
                 "    Type: AWS::EC2::NetworkInterfaceAttachment\n"
                 "    Properties: {InstanceId: !Ref Box, DeviceIndex: 1,\n"
                 "                 NetworkInterfaceId: !Ref Eni}\n");
    assert_line(b, "interface Eni number=1 owner=Box");
    assert_line(b, "owner Box AWS::EC2::Instance");
    assert_true(topology_origin(b->t, b->w->owners.at[0].id)->outside);
    built_free(b);
}

static void ipv6_is_given_to_those_who_ask(void **state)
{
    (void)state; /* 1.1.2; 10.10 for a subnet that is not known */
    static const struct {
        const char *property;
        const char *has6;
    } rows[] = {
        {"", "false"},
        {"Ipv6AddressCount: 0", "false"},
        {"Ipv6AddressCount: 1", "true"},
        {"Ipv6Addresses: []", "false"},
        {"Ipv6Addresses: [{Ipv6Address: '2600:1f16::1'}]", "true"},
        {"Ipv6PrefixCount: 1", "true"},
        {"Ipv6Prefixes: [{Ipv6Prefix: '2600:1f16::/80'}]", "true"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters: {SubnetId: {Type: 'AWS::EC2::Subnet::Id'}}\n"
                 "Resources:\n"
                 "  Web:\n"
                 "    Type: AWS::EC2::Instance\n"
                 "    Properties:\n"
                 "      NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref SubnetId, %s}]\n",
                 rows[i].property);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
        assert_string_equal(built_guard(b, n->placements.at[0].has6), rows[i].has6);
        built_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_elastic_address_makes_an_interface_public),
        cmocka_unit_test(an_existing_interface_is_never_given_an_address),
        cmocka_unit_test(the_address_of_an_instance_is_its_primary_interfaces),
        cmocka_unit_test(an_interface_that_nothing_attaches_has_no_owner),
        cmocka_unit_test(an_attachment_gives_it_an_owner),
        cmocka_unit_test(conditions_may_attach_it_to_one_of_two),
        cmocka_unit_test(an_interface_on_an_instance_outside_is_attached),
        cmocka_unit_test(ipv6_is_given_to_those_who_ask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
