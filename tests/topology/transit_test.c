#include "tests/topology/edges_of.h"

#define VPC(id, cidr)                                                                              \
    "  " id ": {Type: AWS::EC2::VPC, Properties: {CidrBlock: " cidr "}}\n"                         \
    "  Sub" id ":\n"                                                                               \
    "    Type: AWS::EC2::Subnet\n"                                                                 \
    "    Properties: {VpcId: !Ref " id ", CidrBlock: " cidr ", AvailabilityZone: a}\n"             \
    "  At" id ":\n"                                                                                \
    "    Type: AWS::EC2::TransitGatewayVpcAttachment\n"                                            \
    "    Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref " id ", SubnetIds: [!Ref Sub" id     \
    "]}\n"
#define HUB(more)                                                                                  \
    "  Hub:\n    Type: AWS::EC2::TransitGateway\n    Properties: {Description: h" more "}\n"
#define AB         VPC("A", "10.0.0.0/24") VPC("B", "10.1.0.0/24")
#define OWN_TABLES ", DefaultRouteTableAssociation: disable, DefaultRouteTablePropagation: disable"
#define TABLE(id)                                                                                  \
    "  " id ":\n"                                                                                  \
    "    Type: AWS::EC2::TransitGatewayRouteTable\n"                                               \
    "    Properties: {TransitGatewayId: !Ref Hub}\n"
#define TIE(kind, id, table, attachment)                                                           \
    "  " id ":\n"                                                                                  \
    "    Type: AWS::EC2::TransitGatewayRouteTable" kind "\n"                                       \
    "    Properties: {TransitGatewayAttachmentId: !Ref " attachment                                \
    ", TransitGatewayRouteTableId: !Ref " table "}\n"
#define ROUTE(id, table, cidr, target)                                                             \
    "  " id ":\n"                                                                                  \
    "    Type: AWS::EC2::TransitGatewayRoute\n"                                                    \
    "    Properties: {TransitGatewayRouteTableId: !Ref " table ", DestinationCidrBlock: " cidr     \
    ", " target "}\n"

static void the_default_table_knows_all_vpcs(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" HUB("") AB);
    assert_block(b, "edge Hub",
                 "edge Hub\n"
                 "  at A\n"
                 "  at A beyond B\n    from 10.1.0.0/24\n"
                 "  at B\n"
                 "  at B beyond A\n    from 10.0.0.0/24\n");
    const struct world_gateway *g = &b->w->gateways.at[0];
    edges_check_origin(b, g->attachments.at[1].id, "AWS::EC2::TransitGatewayVpcAttachment");
    edges_check_origin(b, g->attachments.at[1].sources.at[0].id, "AWS::EC2::VPC");
    assert_int_equal(b->t->not_analysed, 0);
    built_free(b);
}

static void without_tables_nothing_comes_in(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" HUB(OWN_TABLES) AB);
    assert_block(b, "edge Hub", "edge Hub\n  at A\n  at B\n");
    built_free(b);
}

/* B's table has no way to A: B gets nothing to A, and A's packets get no answer. */
static void both_tables_have_to_lead_there_and_back(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" HUB(OWN_TABLES) AB TABLE("Ta") TABLE("Tb")
                     TIE("Association", "X1", "Ta", "AtA") TIE("Association", "X2", "Tb", "AtB")
                         TIE("Propagation", "X3", "Ta", "AtB"));
    assert_block(b, "edge Hub", "edge Hub\n  at A\n  at B\n  at B beyond A\n");
    built_free(b);
}

static void propagation_into_both_tables_joins_them(void **state)
{
    (void)state;
    struct built *b = edges_of(
        "Resources:\n" HUB(OWN_TABLES) AB TABLE("Ta") TABLE("Tb")
            TIE("Association", "X1", "Ta", "AtA") TIE("Association", "X2", "Tb", "AtB")
                TIE("Propagation", "X3", "Ta", "AtB") TIE("Propagation", "X4", "Tb", "AtA"));
    assert_line(b, "  at A beyond B");
    assert_line(b, "    from 10.1.0.0/24");
    assert_line(b, "  at B beyond A");
    assert_line(b, "    from 10.0.0.0/24");
    built_free(b);
}

/* A static blackhole beats the propagated route of the same length; a longer one takes a half
 * out of what comes back. */
static void blackholes_win(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" HUB("") AB TABLE("T") TIE("Association", "X1", "T", "AtA")
                     TIE("Association", "X2", "T", "AtB") TIE("Propagation", "X3", "T", "AtA")
                         TIE("Propagation", "X4", "T", "AtB")
                             ROUTE("Hole", "T", "10.1.0.0/24", "Blackhole: true"));
    assert_block(b, "edge Hub", "edge Hub\n  at A\n  at A beyond B\n  at B\n");
    built_free(b);
    b = edges_of("Resources:\n" HUB("") AB TABLE("T") TIE("Association", "X1", "T", "AtA")
                     TIE("Association", "X2", "T", "AtB") TIE("Propagation", "X3", "T", "AtA")
                         TIE("Propagation", "X4", "T", "AtB")
                             ROUTE("Hole", "T", "10.1.0.64/26", "Blackhole: true"));
    /* 10.1.0.0/24 without its second quarter */
    assert_block(b, "edge Hub",
                 "edge Hub\n"
                 "  at A\n"
                 "  at A beyond B\n    from 10.1.0.128/25\n    from 10.1.0.0/26\n"
                 "  at B\n"
                 "  at B beyond A\n    from 10.0.0.0/24\n");
    built_free(b);
}

static void a_static_route_brings_what_it_names(void **state)
{
    (void)state;
    struct built *b = edges_of(
        "Resources:\n" HUB(OWN_TABLES) AB TABLE("Ta") TABLE("Tb")
            TIE("Association", "X1", "Ta", "AtA") TIE("Association", "X2", "Tb", "AtB")
                ROUTE("R1", "Ta", "0.0.0.0/0", "TransitGatewayAttachmentId: !Ref AtB")
                    ROUTE("R2", "Tb", "10.0.0.0/8", "TransitGatewayAttachmentId: !Ref AtA"));
    assert_block(b, "edge Hub",
                 "edge Hub\n"
                 "  at A\n"
                 "  at A beyond B\n    from 10.1.0.0/24\n"
                 "  at B\n"
                 "  at B beyond A\n    from 10.0.0.0/24\n");
    built_free(b);
}

static void what_is_attached_from_outside_has_unknown_prefixes(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" HUB("")
                     VPC("A", "10.0.0.0/24") "  Line:\n"
                                             "    Type: AWS::EC2::VPNConnection\n"
                                             "    Properties: {Type: ipsec.1, CustomerGatewayId: "
                                             "cgw-1, TransitGatewayId: !Ref Hub}\n");
    assert_block(b, "edge Hub", "edge Hub\n  at A any=A-TGW(Hub)\n");
    built_free(b);
    b = edges_of("Parameters: {Hub: {Type: String}}\nResources:\n" VPC("A", "10.0.0.0/24"));
    assert_block(b, "edge Hub", "edge Hub\n  at A any=A-TGW(Hub)\n");
    built_free(b);
    b = edges_of("Parameters: {Far: {Type: String}}\nResources:\n" HUB(OWN_TABLES)
                     VPC("A", "10.0.0.0/24") TABLE("Ta") TIE("Association", "X1", "Ta", "AtA")
                         ROUTE("R1", "Ta", "0.0.0.0/0", "TransitGatewayAttachmentId: !Ref Far"));
    assert_block(b, "edge Hub", "edge Hub\n  at A any=A-TGW(Hub)\n");
    built_free(b);
}

static void groups_may_be_named_where_all_support_it(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" HUB(", SecurityGroupReferencingSupport: enable") AB);
    assert_line(b, "  at A beyond B groups");
    built_free(b);
}

static void a_zone_without_an_attachment_gets_nothing(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n" HUB("") AB
                 "  Near:\n"
                 "    Type: AWS::EC2::Subnet\n"
                 "    Properties: {VpcId: !Ref A, CidrBlock: 10.0.0.0/26, AvailabilityZone: a}\n"
                 "  Far:\n"
                 "    Type: AWS::EC2::Subnet\n"
                 "    Properties: {VpcId: !Ref A, CidrBlock: 10.0.0.64/26, AvailabilityZone: b}\n"
                 "  Open:\n"
                 "    Type: AWS::EC2::Subnet\n"
                 "    Properties: {VpcId: !Ref A, CidrBlock: 10.0.0.128/26}\n");
    assert_line(b, "  into Far by nothing");
    assert_line(b, "  into Open by nothing when !A-AZ(SubA, Open)");
    assert_no_line(b, "  into Near by nothing");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_table_knows_all_vpcs),
        cmocka_unit_test(without_tables_nothing_comes_in),
        cmocka_unit_test(both_tables_have_to_lead_there_and_back),
        cmocka_unit_test(propagation_into_both_tables_joins_them),
        cmocka_unit_test(blackholes_win),
        cmocka_unit_test(a_static_route_brings_what_it_names),
        cmocka_unit_test(what_is_attached_from_outside_has_unknown_prefixes),
        cmocka_unit_test(groups_may_be_named_where_all_support_it),
        cmocka_unit_test(a_zone_without_an_attachment_gets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
