#include "tests/topology/world_of.h"

#define TABLES "Resources:\n" B_VPC B_IGW B_ATTACHMENT B_SUBNET B_TABLE B_ASSOCIATION
#define ROUTE(name, properties)                                                                    \
    "  " name ":\n    Type: AWS::EC2::Route\n"                                                     \
    "    Properties: {RouteTableId: !Ref Table, " properties "}\n"

static void every_kind_of_target_is_resolved(void **state)
{
    (void)state; /* T03, T24 among them */
    struct built *b = built_of(
        TABLES
        "  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Subnet}}\n"
        "  Out: {Type: AWS::EC2::EgressOnlyInternetGateway,\n"
        "        Properties: {VpcId: !Ref Vpc}}\n"
        "  Box: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet}}\n" ROUTE(
            "R1", "DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat")
            ROUTE("R2", "DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: !Ref Out")
                ROUTE("R3", "DestinationCidrBlock: 10.2.0.0/16, InstanceId: !Ref Box")
                    ROUTE("R4", "DestinationCidrBlock: 10.3.0.0/16, GatewayId: vgw-1")
                        ROUTE("R5", "DestinationCidrBlock: 10.0.0.0/16, GatewayId: local")
                            ROUTE("R6", "DestinationCidrBlock: 10.4.0.0/16, TransitGatewayId: !Ref "
                                        "Tgw") "  Tgw: {Type: AWS::EC2::TransitGateway}\n");
    assert_block(b, "table Table",
                 "table Table vpc=Vpc\n"
                 "  route 0.0.0.0/0 static to=Nat\n"
                 "  route ::/0 static to=Out\n"
                 "  route 10.2.0.0/16 static to=Box\n"
                 "  route 10.3.0.0/16 static to=vgw-1\n"
                 "  route 10.4.0.0/16 static to=Tgw\n");
    assert_line(b, "gateway Box interface subnet=Subnet passes=A-MB(Box)");
    assert_line(b, "gateway vgw-1 vpn outside");
    built_free(b);
}

static void a_route_without_target_leads_nowhere(void **state)
{
    (void)state;
    struct built *b = built_of(TABLES ROUTE("Bad", "DestinationCidrBlock: 0.0.0.0/0"));
    assert_line(b, "  route 0.0.0.0/0 static to=-");
    assert_int_equal(built_said(b, DIAG_CONFIG, "has no target"), 1);
    built_free(b);
}

static void the_target_is_the_deciding_value(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_ALL);
    const struct world_route *r = &b->w->tables.at[0].routes.at[0];
    const struct topology_origin *o = topology_origin(b->t, r->id);
    assert_str(built_text(b, o->at), "!Ref Igw");
    assert_str(o->name, "Route");
    assert_string_equal(o->type, "AWS::EC2::Route");
    built_free(b);
}

static void branches_of_a_target_are_routes_of_their_own(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters:\n"
                 "  Public: {Type: String, AllowedValues: ['1', '0']}\n"
                 "Conditions: {IsPublic: !Equals [!Ref Public, '1']}\n" TABLES
                 "  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Subnet}}\n"
                 "  Route:\n"
                 "    Type: AWS::EC2::Route\n"
                 "    Properties:\n"
                 "      RouteTableId: !Ref Table\n"
                 "      DestinationCidrBlock: 0.0.0.0/0\n"
                 "      GatewayId: !If [IsPublic, !Ref Igw, !Ref 'AWS::NoValue']\n"
                 "      NatGatewayId: !If [IsPublic, !Ref 'AWS::NoValue', !Ref Nat]\n");
    assert_block(b, "table Table",
                 "table Table vpc=Vpc\n"
                 "  route 0.0.0.0/0 static to=Igw when Public=1\n"
                 "  route 0.0.0.0/0 static to=Nat when Public=0\n");
    assert_int_equal(built_said(b, DIAG_CONFIG, ""), 0);
    built_free(b);
}

static void two_routes_for_one_destination_are_a_choice(void **state)
{
    (void)state; /* SEMANTICS 2.5.2; 10.0.0.1/0 is 0.0.0.0/0 too */
    struct built *b = built_of(
        TABLES "  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Subnet}}\n" ROUTE(
            "One", "DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw")
            ROUTE("Two", "DestinationCidrBlock: 10.0.0.1/0, NatGatewayId: !Ref Nat"));
    assert_line(b, "  route 0.0.0.0/0 static to=Igw when A-ROUTE(Table 0.0.0.0/0)=One");
    assert_line(b, "  route 0.0.0.0/0 static to=Nat when A-ROUTE(Table 0.0.0.0/0)=Two");
    assert_int_equal(built_said(b, DIAG_CONFIG, "two routes for 'Table 0.0.0.0/0'"), 1);
    built_free(b);
}

static void two_routes_to_one_gateway_are_no_choice(void **state)
{
    (void)state;
    struct built *b =
        built_of(TABLES ROUTE("One", "DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw")
                     ROUTE("Two", "DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw"));
    assert_block(b, "table Table",
                 "table Table vpc=Vpc\n"
                 "  route 0.0.0.0/0 static to=Igw\n"
                 "  route 0.0.0.0/0 static to=Igw\n");
    built_free(b);
}

static void a_gateway_by_parameter_is_an_internet_gateway_by_a_fact(void **state)
{
    (void)state; /* the comment at the top of route.c */
    struct built *b = built_of("Parameters:\n"
                               "  IgwId: {Type: String}\n"
                               "Resources:\n" B_VPC B_SUBNET B_TABLE B_ASSOCIATION ROUTE(
                                   "R", "DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref IgwId"));
    assert_block(b, "table Table",
                 "table Table vpc=Vpc\n"
                 "  route 0.0.0.0/0 static to=- when !A-SUBROUTE(IgwId)\n"
                 "  route 0.0.0.0/0 static to=IgwId when A-SUBROUTE(IgwId)\n");
    assert_block(b, "gateway IgwId", "gateway IgwId internet outside\n  attachment vpc=Vpc\n");
    built_free(b);
}

static void an_attached_parameter_and_a_literal_id_are_internet_gateways_for_certain(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters:\n"
                 "  IgwId: {Type: String}\n"
                 "Resources:\n" B_VPC B_SUBNET B_TABLE B_ASSOCIATION "  Attachment:\n"
                 "    Type: AWS::EC2::VPCGatewayAttachment\n"
                 "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref IgwId}\n" ROUTE(
                     "R", "DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref IgwId")
                     ROUTE("S", "DestinationIpv6CidrBlock: '::/0', GatewayId: igw-0123"));
    assert_block(b, "table Table",
                 "table Table vpc=Vpc\n"
                 "  route 0.0.0.0/0 static to=IgwId\n"
                 "  route ::/0 static to=igw-0123\n");
    built_free(b);
}

static void the_destination_may_be_a_prefix_list(void **state)
{
    (void)state;
    struct built *b =
        built_of(TABLES "  List:\n"
                        "    Type: AWS::EC2::PrefixList\n"
                        "    Properties:\n"
                        "      PrefixListName: l\n"
                        "      AddressFamily: IPv4\n"
                        "      MaxEntries: 2\n"
                        "      Entries: [{Cidr: 8.8.8.0/24}, {Cidr: 9.9.9.0/24}]\n" ROUTE(
                            "R", "DestinationPrefixListId: !Ref List, GatewayId: !Ref Igw")
                            ROUTE("S", "DestinationPrefixListId: pl-1234, GatewayId: !Ref Igw"));
    assert_block(b, "table Table",
                 "table Table vpc=Vpc\n"
                 "  route 8.8.8.0/24 prefix-list to=Igw\n"
                 "  route 9.9.9.0/24 prefix-list to=Igw\n"
                 "  route 0.0.0.0/0 prefix-list to=Igw when A-PL(pl-1234)\n"
                 "  route ::/0 prefix-list to=Igw when A-PL(pl-1234)\n");
    built_free(b);
}

static void a_destination_by_parameter_is_each_of_its_candidates(void **state)
{
    (void)state; /* 10.7: ::/0 only for the IPv6 property */
    struct built *b = built_of("Parameters:\n"
                               "  Where: {Type: String}\n" TABLES ROUTE(
                                   "R", "DestinationCidrBlock: !Ref Where, GatewayId: !Ref Igw"));
    assert_line(b, "  route 0.0.0.0/0 static to=Igw when Where=0.0.0.0/0");
    assert_line(b, "  route 8.8.8.8/32 static to=Igw when Where=8.8.8.8/32");
    assert_no_line(b, "  route ::/0 static to=Igw when Where=::/0");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_target_is_resolved),
        cmocka_unit_test(a_route_without_target_leads_nowhere),
        cmocka_unit_test(the_target_is_the_deciding_value),
        cmocka_unit_test(branches_of_a_target_are_routes_of_their_own),
        cmocka_unit_test(two_routes_for_one_destination_are_a_choice),
        cmocka_unit_test(two_routes_to_one_gateway_are_no_choice),
        cmocka_unit_test(a_gateway_by_parameter_is_an_internet_gateway_by_a_fact),
        cmocka_unit_test(an_attached_parameter_and_a_literal_id_are_internet_gateways_for_certain),
        cmocka_unit_test(the_destination_may_be_a_prefix_list),
        cmocka_unit_test(a_destination_by_parameter_is_each_of_its_candidates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
