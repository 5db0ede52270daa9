#include "tests/topology/world_of.h"

#define GROUP(source)                                                                              \
    "  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      VpcId: !Ref Vpc\n"            \
    "      SecurityGroupIngress: [{IpProtocol: -1, " source "}]\n"
static void what_aws_assigns_is_no_source_from_outside(void **state)
{
    (void)state; /* 10.7: the identity of a VPC's block covers nothing else's addresses */
    static const char *const rows[] = {
        "CidrIpv6: !Select [0, !GetAtt Vpc.Ipv6CidrBlocks]",
        "CidrIp: !GetAtt Vpc.CidrBlockAssociations",
        "CidrIp: !Sub '${AWS::AccountId}'",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text, "Resources:\n" B_VPC GROUP("%s"), rows[i]);
        struct built *b = built_of(text);
        assert_block(b, "group G",
                     "group G vpc=Vpc\n  rule out all 0.0.0.0/0\n  rule out all ::/0\n");
        built_free(b);
    }
}

static void candidates_keep_to_the_family_of_the_property(void **state)
{
    (void)state; /* 10.7 */
    struct built *b =
        built_of("Parameters: {P: {Type: String}}\nResources:\n" B_VPC GROUP("CidrIpv6: !Ref P"));
    assert_line(b, "  rule in all ::/0 when P=::/0");
    assert_int_equal(built_group(b, "G")->rules.n, 3);
    built_free(b);
}

static void an_import_may_be_any_source(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC GROUP("CidrIp: !ImportValue office"));
    const struct world_group *g = built_group(b, "G");
    assert_int_equal(g->rules.n, 4);
    assert_true(topology_origin(b->t, g->rules.at[0].id)->free_text);
    assert_int_equal(built_said(b, DIAG_UNKNOWN_VALUE, "any source that its constraints"), 1);
    built_free(b);
}

static void a_joined_text_fits_only_what_its_ends_allow(void **state)
{
    (void)state; /* ${Ip}/32 may be 8.8.8.8/32 and never 0.0.0.0/0 */
    struct built *b = built_of(
        "Parameters: {Ip: {Type: String}}\nResources:\n" B_VPC GROUP("CidrIp: !Sub '${Ip}/32'"));
    const struct world_group *g = built_group(b, "G");
    assert_int_equal(g->rules.n, 3);
    struct prefix host;
    assert_true(prefix_parse(STR("8.8.8.8/32"), &host, NULL));
    assert_true(ipset_equal(g->rules.at[0].remote, ipset_of(&b->arena, host)));
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_aws_assigns_is_no_source_from_outside),
        cmocka_unit_test(candidates_keep_to_the_family_of_the_property),
        cmocka_unit_test(an_import_may_be_any_source),
        cmocka_unit_test(a_joined_text_fits_only_what_its_ends_allow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
