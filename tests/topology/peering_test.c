#include "tests/topology/edges_of.h"

#define TWO                                                                                        \
    "  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"                           \
    "  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n"
#define PEER(more)                                                                                 \
    "  Peer:\n"                                                                                    \
    "    Type: AWS::EC2::VPCPeeringConnection\n"                                                   \
    "    Properties: {VpcId: !Ref A, PeerVpcId: !Ref B" more "}\n"

static void each_side_sees_the_blocks_of_the_other(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" TWO PEER(""));
    assert_block(b, "edge Peer",
                 "edge Peer\n"
                 "  at A beyond B groups\n    from 10.1.0.0/16\n"
                 "  at B beyond A groups\n    from 10.0.0.0/16\n");
    const struct world_gateway *g = &b->w->gateways.at[0];
    edges_check_origin(b, g->attachments.at[0].id, "AWS::EC2::VPCPeeringConnection");
    assert_str(built_text(b, topology_origin(b->t, g->attachments.at[0].id)->at), "Peer");
    assert_str(built_text(b, topology_origin(b->t, g->attachments.at[0].sources.at[0].id)->at),
               "10.1.0.0/16");
    built_free(b);
}

static void further_blocks_count_where_they_are(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {More: {Type: String, AllowedValues: ['yes', 'no']}}\n"
                 "Conditions: {HasMore: !Equals [!Ref More, 'yes']}\n"
                 "Resources:\n" TWO PEER(
                     "") "  Second:\n"
                         "    Type: AWS::EC2::VPCCidrBlock\n"
                         "    Condition: HasMore\n"
                         "    Properties: {VpcId: !Ref B, CidrBlock: 10.2.0.0/16}\n"
                         "  Six:\n"
                         "    Type: AWS::EC2::VPCCidrBlock\n"
                         "    Properties: {VpcId: !Ref A, AmazonProvidedIpv6CidrBlock: true}\n");
    /* The block that AWS gives is known only after deployment: what is routed back decides. */
    assert_block(b, "edge Peer",
                 "edge Peer\n"
                 "  at A beyond B groups\n    from 10.1.0.0/16\n"
                 "    from 10.2.0.0/16 when More=yes\n"
                 "  at B beyond A groups\n    from 10.0.0.0/16\n    from ::/0\n");
    built_free(b);
}

static void a_peer_outside_may_be_any_address(void **state)
{
    (void)state;
    struct built *b = edges_of("Parameters: {Other: {Type: 'AWS::EC2::VPC::Id'}}\n"
                               "Resources:\n" TWO "  Peer:\n"
                               "    Type: AWS::EC2::VPCPeeringConnection\n"
                               "    Properties: {VpcId: !Ref A, PeerVpcId: !Ref Other}\n");
    assert_block(b, "edge Peer",
                 "edge Peer\n"
                 "  at A any\n"
                 "  at Other beyond A groups\n    from 10.0.0.0/16\n");
    built_free(b);
}

static void a_block_by_parameter_is_any_address(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {Cidr: {Type: String}}\n"
                 "Resources:\n"
                 "  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}\n"
                 "  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n" PEER(""));
    assert_block(b, "edge Peer",
                 "edge Peer\n"
                 "  at A beyond B groups\n    from 10.1.0.0/16\n"
                 "  at B beyond A any groups\n");
    built_free(b);
}

static void overlapping_blocks_make_no_edge(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Resources:\n"
                 "  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/8}}\n"
                 "  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n" PEER(""));
    assert_block(b, "edge Peer", "edge Peer\n");
    assert_int_equal(built_said(b, DIAG_CONFIG, "overlap"), 1);
    built_free(b);
}

static void blocks_that_overlap_under_a_condition_cut_that_condition_off(void **state)
{
    (void)state;
    struct built *b =
        edges_of("Parameters: {Same: {Type: String, AllowedValues: ['yes', 'no']}}\n"
                 "Conditions: {IsSame: !Equals [!Ref Same, 'yes']}\n"
                 "Resources:\n"
                 "  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n"
                 "  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !If [IsSame, 10.1.0.0/16, "
                 "10.2.0.0/16]}}\n" PEER(""));
    assert_line(b, "  at A beyond B groups when Same=no");
    assert_line(b, "  at B beyond A groups when Same=no");
    assert_int_equal(built_said(b, DIAG_CONFIG, "overlap"), 1);
    built_free(b);
}

/* SEMANTICS 1.3, 10.5; the standard outcome of the fact is what "by default" rests on. */
static void another_account_has_to_accept(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        const char *line;
        uint32_t standard; /* of A-ACCEPT(Peer); 2: there is no such fact */
    } ROWS[] = {
        {", PeerOwnerId: !Ref AWS::AccountId", "  at A beyond B groups", 2},
        {", PeerOwnerId: '111122223333'", "  at A beyond B groups when A-ACCEPT(Peer)",
         GUARD_NO_OUTCOME},
        {", PeerOwnerId: '111122223333', PeerRoleArn: 'arn:aws:iam::1:role/r'",
         "  at A beyond B groups", 2},
        {", PeerRegion: !Ref AWS::Region", "  at A beyond B groups", 2},
        {", PeerRegion: eu-west-1", "  at A beyond B when A-ACCEPT(Peer)", 1},
        {", PeerRegion: eu-west-1, PeerOwnerId: '111122223333'",
         "  at A beyond B when A-ACCEPT(Peer)", GUARD_NO_OUTCOME},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Resources:\n" TWO "  Peer:\n"
                 "    Type: AWS::EC2::VPCPeeringConnection\n"
                 "    Properties: {VpcId: !Ref A, PeerVpcId: !Ref B%s}\n",
                 ROWS[i].more);
        struct built *b = edges_of(text.p);
        assert_line(b, ROWS[i].line);
        uint32_t standard = 2;
        for (uint32_t v = 0; v < guard_count(b->w->space); v++) {
            const struct guard_variable *var = guard_variable(b->w->space, v);
            if (str_is(var->name, "A-ACCEPT(Peer)")) {
                standard = var->standard;
                assert_int_equal(var->doubt, GUARD_HIGH);
            }
        }
        assert_int_equal(standard, ROWS[i].standard);
        built_free(b);
        buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_side_sees_the_blocks_of_the_other),
        cmocka_unit_test(further_blocks_count_where_they_are),
        cmocka_unit_test(a_peer_outside_may_be_any_address),
        cmocka_unit_test(a_block_by_parameter_is_any_address),
        cmocka_unit_test(overlapping_blocks_make_no_edge),
        cmocka_unit_test(blocks_that_overlap_under_a_condition_cut_that_condition_off),
        cmocka_unit_test(another_account_has_to_accept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
