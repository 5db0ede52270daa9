#include "tests/topology/edges_of.h"

#define SUBNET(id, zone)                                                                           \
    "  " id ":\n"                                                                                  \
    "    Type: AWS::EC2::Subnet\n"                                                                 \
    "    Properties:\n"                                                                            \
    "      VpcId: !Ref Vpc\n" zone
#define ZONE(zone) "      AvailabilityZone: " zone "\n"

/* A balancer in One and Two, a target in Back. */
struct zones {
    const char *balancer; /* further properties */
    const char *group;    /* further properties of the target group */
    const char *one;
    const char *two;
    const char *back;
    const char *expected;
};

static void check(const struct zones *z)
{
    struct buf text;
    buf_init(&text);
    buf_addf(
        &text,
        "Parameters:\n"
        "  Z1: {Type: 'AWS::EC2::AvailabilityZone::Name'}\n"
        "  Z2: {Type: 'AWS::EC2::AvailabilityZone::Name'}\n"
        "Resources:\n" B_VPC SUBNET("One", "%s") SUBNET("Two", "%s") SUBNET(
            "Back",
            "%s") "  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Back}}\n"
                  "  Lb:\n"
                  "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"
                  "    Properties: {Subnets: [!Ref One, !Ref Two]%s}\n"
                  "  Front:\n"
                  "    Type: AWS::ElasticLoadBalancingV2::Listener\n"
                  "    Properties: {LoadBalancerArn: !Ref Lb, Port: 80, Protocol: TCP,\n"
                  "                 DefaultActions: [{Type: forward, TargetGroupArn: !Ref Tg}]}\n"
                  "  Tg:\n"
                  "    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n"
                  "    Properties: {Port: 80, Protocol: TCP, Targets: [{Id: !Ref Web}]%s}\n",
        z->one, z->two, z->back, z->balancer, z->group);
    struct built *b = edges_of(text.p);
    struct str block = built_block(b, "balance Lb");
    size_t at = str_find(block, STR("  serves"), 0);
    struct str found = at == STR_NPOS ? (struct str){0} : str_sub(block, at, block.n);
    assert_str(found, z->expected);
    built_free(b);
    buf_release(&text);
}

#define ALB ""
#define NLB ", Type: network"
#define CROSS(value)                                                                               \
    ", Type: network, LoadBalancerAttributes: [{Key: load_balancing.cross_zone.enabled, Value: "   \
    "'" value "'}]"
#define GROUP_CROSS(value)                                                                         \
    ", TargetGroupAttributes: [{Key: load_balancing.cross_zone.enabled, Value: '" value "'}]"

/* SEMANTICS 1.6: cross-zone is on for application balancers, off for network ones. */
static void zones_decide_which_subnets_serve(void **state)
{
    (void)state;
    static const struct zones ROWS[] = {
        {ALB, "", ZONE("a"), ZONE("b"), ZONE("a"), "  serves One Back\n  serves Two Back\n"},
        {ALB, "", ZONE("a"), ZONE("b"), ZONE("c"), ""},
        {NLB, "", ZONE("a"), ZONE("b"), ZONE("a"), "  serves One Back\n"},
        {NLB, "", ZONE("a"), ZONE("b"), ZONE("c"), ""},
        {CROSS("true"), "", ZONE("a"), ZONE("b"), ZONE("b"),
         "  serves One Back\n  serves Two Back\n"},
        {CROSS("false"), "", ZONE("a"), ZONE("b"), ZONE("b"), "  serves Two Back\n"},
        {NLB, GROUP_CROSS("true"), ZONE("a"), ZONE("b"), ZONE("b"),
         "  serves One Back\n  serves Two Back\n"},
        {CROSS("true"), GROUP_CROSS("false"), ZONE("a"), ZONE("b"), ZONE("b"),
         "  serves Two Back\n"},
        {ALB, GROUP_CROSS("false"), ZONE("a"), ZONE("b"), ZONE("b"), "  serves Two Back\n"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        check(&ROWS[i]);
    }
}

/* SEMANTICS 10.1. */
static void zones_are_compared_as_they_are_written(void **state)
{
    (void)state;
    static const struct zones ROWS[] = {
        {NLB, "", ZONE("!Ref Z1"), ZONE("!Sub '${AWS::Region}b'"), ZONE("!Ref Z1"),
         "  serves One Back\n  serves Two Back when A-AZ(Two, Back)\n"},
        {NLB, "", ZONE("!Sub '${AWS::Region}a'"), ZONE("!Sub '${AWS::Region}b'"),
         ZONE("!Sub '${AWS::Region}b'"), "  serves Two Back\n"},
        {NLB, "", ZONE("!Select [0, !GetAZs '']"), ZONE("!Select [1, !GetAZs '']"),
         ZONE("!Select [0, !GetAZs {Ref: 'AWS::Region'}]"), "  serves One Back\n"},
        {NLB, "", ZONE("!Ref Z1"), ZONE("!Ref Z2"), ZONE("!Ref Z2"),
         "  serves One Back when A-AZ(One, Back)\n  serves Two Back\n"},
        {NLB, "", "", ZONE("a"), ZONE("a"),
         "  serves One Back when A-AZ(One, Back)\n  serves Two Back\n"},
        {ALB, "", "", "", ZONE("a"),
         "  serves One Back when !A-AZ(One, Back) & A-AZ(Two, Back) | A-AZ(One, Back)\n"
         "  serves Two Back when !A-AZ(One, Back) & A-AZ(Two, Back) | A-AZ(One, Back)\n"},
        {ALB, "", "", ZONE("a"), ZONE("a"), "  serves One Back\n  serves Two Back\n"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        check(&ROWS[i]);
    }
}

static void a_subnet_serves_itself(void **state)
{
    (void)state;
    struct built *b = edges_of("Resources:\n" B_NETWORK B_INSTANCE B_GROUP "  Clb:\n"
                               "    Type: AWS::ElasticLoadBalancing::LoadBalancer\n"
                               "    Properties:\n"
                               "      Subnets: [!Ref Subnet]\n"
                               "      Instances: [!Ref Web]\n"
                               "      Listeners: [{LoadBalancerPort: 80, InstancePort: 80}]\n");
    assert_line(b, "  serves Subnet Subnet");
    built_free(b);
}

static void a_classic_balancer_crosses_zones_if_it_says_so(void **state)
{
    (void)state;
    static const char *const SAYS[] = {"", "      CrossZone: true\n"};
    for (int i = 0; i < 2; i++) {
        struct buf text;
        buf_init(&text);
        buf_addf(
            &text,
            "Resources:\n" B_VPC SUBNET("One", ZONE("a")) SUBNET("Back", ZONE("b")) SUBNET(
                "Two", ZONE("b")) "  Web:\n"
                                  "    Type: AWS::EC2::Instance\n"
                                  "    Properties: {SubnetId: !Ref Back}\n"
                                  "  Lb:\n"
                                  "    Type: AWS::ElasticLoadBalancing::LoadBalancer\n"
                                  "    Properties:\n"
                                  "      Subnets: [!Ref One, !Ref Two]\n"
                                  "      Instances: [!Ref Web]\n"
                                  "%s"
                                  "      Listeners: [{LoadBalancerPort: 80, InstancePort: 80}]\n",
            SAYS[i]);
        struct built *b = edges_of(text.p);
        assert_line(b, "  serves Two Back");
        assert_int_equal(built_has_line(b, "  serves One Back"), i == 1);
        built_free(b);
        buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_decide_which_subnets_serve),
        cmocka_unit_test(zones_are_compared_as_they_are_written),
        cmocka_unit_test(a_subnet_serves_itself),
        cmocka_unit_test(a_classic_balancer_crosses_zones_if_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
