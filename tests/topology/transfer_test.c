#include "tests/topology/managed_of.h"

static void a_public_server_admits_everybody_to_its_protocols(void **state)
{
    (void)state; /* 2.9 */
    static const struct {
        const char *properties;
        const char *rules;
    } rows[] = {
        {"", "tcp 22-22 v4 Files\n"},
        {"EndpointType: PUBLIC", "tcp 22-22 v4 PUBLIC\n"},
        {"EndpointType: PUBLIC, Protocols: [SFTP]", "tcp 22-22 v4 PUBLIC\n"},
        {"Protocols: [AS2]", "tcp 443-443 v4 Files\ntcp 5080-5080 v4 Files\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "Resources:\n  Files: {Type: AWS::Transfer::Server, Properties: {%s}}\n",
                 rows[i].properties);
        struct built *b = built_of(text);
        assert_string_equal(managed_places(b, "Files/Endpoint/0"), "ServiceNetwork.Subnet ");
        assert_string_equal(managed_rules(b, "Files.Endpoint"), rows[i].rules);
        built_free(b);
    }
}

#define SERVER(more)                                                                               \
    "  Files:\n"                                                                                   \
    "    Type: AWS::Transfer::Server\n"                                                            \
    "    Properties:\n"                                                                            \
    "      EndpointType: VPC\n"                                                                    \
    "      Protocols: [SFTP, FTPS]\n"                                                              \
    "      EndpointDetails:\n"                                                                     \
    "        VpcId: !Ref Vpc\n"                                                                    \
    "        SubnetIds: [!Ref Subnet, subnet-2]\n" more

static void in_a_vpc_it_is_in_every_subnet(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Resources:\n" B_VPC B_SUBNET B_GROUP SERVER("        SecurityGroupIds: [!Ref Group]\n"));
    assert_int_equal(b->w->interfaces.n, 2);
    assert_string_equal(managed_places(b, "Files/NetworkInterfaces/0"), "Subnet ");
    assert_string_equal(managed_places(b, "Files/NetworkInterfaces/1"), "subnet-2 ");
    assert_string_equal(managed_groups(b, "Files/NetworkInterfaces/0"), "Group ");
    assert_string_equal(managed_listens(b, "Files/NetworkInterfaces/0"),
                        "tcp 22-22 true\ntcp 21-21 true\ntcp 8192-8200 true\n");
    assert_string_equal(managed_public4(b, "Files/NetworkInterfaces/0"), "false");
    built_free(b);
}

static void an_allocation_gives_it_a_public_address(void **state)
{
    (void)state;
    static const struct {
        const char *ids;
        const char *is_public;
    } rows[] = {
        {"[eipalloc-1, eipalloc-2]", "true"},
        {"[!If [IsDev, eipalloc-1, !Ref 'AWS::NoValue']]", "Env=dev"},
        {"[]", "false"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" B_VPC B_SUBNET SERVER("        AddressAllocationIds: %s\n"),
                 rows[i].ids);
        struct built *b = built_of(text);
        assert_string_equal(managed_public4(b, "Files/NetworkInterfaces/0"), rows[i].is_public);
        built_free(b);
    }
}

static void an_interface_endpoint_is_a_resource_of_its_own(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n"
                               "  Files:\n"
                               "    Type: AWS::Transfer::Server\n"
                               "    Properties: {EndpointType: VPC_ENDPOINT,\n"
                               "                 EndpointDetails: {VpcEndpointId: vpce-1}}\n");
    assert_int_equal(b->w->interfaces.n, 0);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_public_server_admits_everybody_to_its_protocols),
        cmocka_unit_test(in_a_vpc_it_is_in_every_subnet),
        cmocka_unit_test(an_allocation_gives_it_a_public_address),
        cmocka_unit_test(an_interface_endpoint_is_a_resource_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
