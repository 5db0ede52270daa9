#include "tests/topology/edges_of.h"

#define CLIENTS(more)                                                                              \
    "  Vpn:\n"                                                                                     \
    "    Type: AWS::EC2::ClientVpnEndpoint\n"                                                      \
    "    Properties: {ClientCidrBlock: 10.99.0.0/16, ServerCertificateArn: arn" more "}\n"         \
    "  VpnSubnet:\n"                                                                               \
    "    Type: AWS::EC2::ClientVpnTargetNetworkAssociation\n"                                      \
    "    Properties: {ClientVpnEndpointId: !Ref Vpn, SubnetId: !Ref Subnet}\n"
#define ALLOW(id, cidr)                                                                            \
    "  " id ":\n"                                                                                  \
    "    Type: AWS::EC2::ClientVpnAuthorizationRule\n"                                             \
    "    Properties: {ClientVpnEndpointId: !Ref Vpn, TargetNetworkCidr: " cidr ",\n"               \
    "                 AuthorizeAllGroups: true}\n"

static void vpn_clients_enter_at_the_associated_subnet(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" B_NETWORK B_GROUP CLIENTS(", SecurityGroupIds: [!Ref Group]")
                     ALLOW("One", "10.0.1.0/24") ALLOW("Two", "10.0.2.0/24"));
    assert_block(b, "entrance clientvpn Vpn",
                 "entrance clientvpn Vpn Subnet\n"
                 "    carries Group\n"
                 "    towards 10.0.1.0/24\n"
                 "    towards 10.0.2.0/24\n");
    edges_check_origin(b, b->w->entrances.at[0].id, "AWS::EC2::ClientVpnTargetNetworkAssociation");
    edges_check_origin(b, b->w->gateways.at[b->w->entrances.at[0].gateway].id,
                       "AWS::EC2::ClientVpnEndpoint");
    assert_int_equal(b->t->not_analysed, 0);
    built_free(b);
}

static void without_an_authorisation_nobody_enters(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK CLIENTS(""));
    assert_int_equal(b->w->entrances.n, 0);
    built_free(b);
}

static void without_groups_vpn_clients_carry_the_default_one(void **state)
{
    (void)state;
    struct built *b = edges_of("Parameters: {On: {Type: String, AllowedValues: ['yes', 'no']}}\n"
                               "Conditions: {IsOn: !Equals [!Ref On, 'yes']}\n"
                               "Resources:\n" B_NETWORK CLIENTS("")
                                   ALLOW("One", "!If [IsOn, 0.0.0.0/0, !Ref AWS::NoValue]"));
    assert_block(b, "entrance clientvpn Vpn",
                 "entrance clientvpn Vpn Subnet when On=yes\n"
                 "    carries Vpc.DefaultSecurityGroup when On=yes\n"
                 "    towards 0.0.0.0/0 when On=yes\n");
    built_free(b);
}

static void a_connect_endpoint_is_an_entrance_of_its_own(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" B_NETWORK B_GROUP "  Eice:\n"
                 "    Type: AWS::EC2::InstanceConnectEndpoint\n"
                 "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]}\n");
    assert_block(b, "entrance managed Eice", "entrance managed Eice Subnet\n    carries Group\n");
    edges_check_origin(b, b->w->entrances.at[0].id, "AWS::EC2::InstanceConnectEndpoint");
    assert_int_equal(b->t->not_analysed, 0);
    built_free(b);
}

static void a_connect_endpoint_may_keep_the_clients_address(void **state)
{
    (void)state; /* SEMANTICS 1.7 */
    static const struct {
        const char *property;
        bool keeps;
    } rows[] = {
        {"", false}, {", PreserveClientIp: false", false}, {", PreserveClientIp: 'true'", true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Resources:\n" B_NETWORK B_GROUP "  Eice:\n"
                 "    Type: AWS::EC2::InstanceConnectEndpoint\n"
                 "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]%s}\n",
                 rows[i].property);
        struct built *b = edges_of(text);
        const struct world_entrance *e = &b->w->entrances.at[0];
        assert_int_equal(guard_is_false(e->preserves), !rows[i].keeps);
        assert_true(guard_is_true(e->filters));
        built_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vpn_clients_enter_at_the_associated_subnet),
        cmocka_unit_test(without_an_authorisation_nobody_enters),
        cmocka_unit_test(without_groups_vpn_clients_carry_the_default_one),
        cmocka_unit_test(a_connect_endpoint_is_an_entrance_of_its_own),
        cmocka_unit_test(a_connect_endpoint_may_keep_the_clients_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
