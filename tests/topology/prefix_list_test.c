#include "tests/topology/world_of.h"

#define GROUP(source)                                                                              \
    "  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      VpcId: !Ref Vpc\n"            \
    "      SecurityGroupIngress: [{IpProtocol: -1, " source "}]\n"
#define LIST(family, entries)                                                                      \
    "  List:\n    Type: AWS::EC2::PrefixList\n    Properties:\n"                                   \
    "      {AddressFamily: " family ", MaxEntries: 9, Entries: [" entries "]}\n"

static void the_entries_of_a_list_are_one_source(void **state)
{
    (void)state; /* 2.1.8; the place is the reference, the literal the widest entry */
    struct built *b = built_of(
        "Resources:\n" B_VPC LIST("IPv4", "{Cidr: 8.8.0.0/16}, {Cidr: 4.0.0.0/8}, {Cidr: "
                                          "9.9.0.0/16}") GROUP("SourcePrefixListId: !Ref List"));
    assert_line(b, "  rule in all 4.0.0.0/8, 8.8.0.0/16, 9.9.0.0/16");
    const struct topology_origin *o = topology_origin(b->t, built_group(b, "G")->rules.at[0].id);
    assert_str(built_text(b, o->at), "!Ref List");
    assert_str(built_text(b, doc_full_span(o->literal)), "4.0.0.0/8");
    assert_str(o->resource->id, "G");
    built_free(b);
}

static void entries_under_conditions_are_sources_of_their_own(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters:\n"
        "  P: {Type: String}\n"
        "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
        "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
        "Resources:\n" B_VPC LIST(
            "IPv6", "{Cidr: !Ref P}, !If [IsDev, {Cidr: '2600::/16'}, !Ref 'AWS::NoValue'], "
                    "{Cidr: '2a00::/16'}") GROUP("SourcePrefixListId: !GetAtt List.PrefixListId"));
    assert_line(b, "  rule in all ::/0 when P=::/0");
    assert_line(b, "  rule in all 2600::/16 when Env=dev");
    assert_line(b, "  rule in all 2a00::/16");
    assert_int_equal(built_group(b, "G")->rules.n, 5);
    assert_true(topology_origin(b->t, built_group(b, "G")->rules.at[0].id)->free_text);
    built_free(b);
}

static void an_unknown_list_is_everything_under_a_fact(void **state)
{
    (void)state; /* 10.12 */
    struct built *b = built_of("Parameters: {Pl: {Type: String}}\nResources:\n" B_VPC GROUP(
        "SourcePrefixListId: !Ref Pl"));
    assert_line(b, "  rule in all 0.0.0.0/0 when A-PL(Pl)");
    assert_line(b, "  rule in all ::/0 when A-PL(Pl)");
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "A-PL"), 1);
    built_free(b);
}

static void a_list_beyond_the_limit_leaves_the_rest_of_a_route_open(void **state)
{
    (void)state; /* a route needs one entry for each prefix: LIMIT_ALTERNATIVES is 1024 */
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Resources:\n" B_VPC B_SUBNET B_TABLE B_ASSOCIATION B_IGW B_ATTACHMENT "  R:\n"
                    "    Type: AWS::EC2::Route\n"
                    "    Properties: {RouteTableId: !Ref Table, GatewayId: !Ref Igw,\n"
                    "                 DestinationPrefixListId: !Ref List}\n"
                    "  List:\n"
                    "    Type: AWS::EC2::PrefixList\n"
                    "    Properties: {AddressFamily: IPv4, Entries: [");
    for (int i = 0; i < 1100; i++) {
        buf_addf(&text, "{Cidr: 8.%d.%d.0/24}, ", i / 256, i % 256);
    }
    buf_adds(&text, "]}\n");
    struct built *b = built_of(text.p);
    assert_int_equal(built_said(b, DIAG_BUDGET, "more than 1024 alternatives"), 1);
    assert_line(b, "  route 0.0.0.0/0 prefix-list to=Igw when budget");
    assert_int_equal(b->w->tables.at[0].routes.n, 1024 + 2);
    buf_release(&text);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_entries_of_a_list_are_one_source),
        cmocka_unit_test(entries_under_conditions_are_sources_of_their_own),
        cmocka_unit_test(an_unknown_list_is_everything_under_a_fact),
        cmocka_unit_test(a_list_beyond_the_limit_leaves_the_rest_of_a_route_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
