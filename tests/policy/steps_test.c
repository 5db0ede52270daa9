#include "policy/check.h"
#include "tests/policy/network.h"

static void ports_read_as_words(void **state)
{
    (void)state;
    static const struct {
        int protocol;
        struct ports ports;
        const char *text;
    } rows[] = {
        {PROTOCOL_TCP, {22, 22}, "tcp port 22"},
        {PROTOCOL_UDP, {0, 0}, "udp port 0"},
        {PROTOCOL_TCP, {8000, 8100}, "tcp ports 8000-8100"},
        {PROTOCOL_TCP, {0, 65535}, "all tcp ports"},
        {PROTOCOL_ALL, {0, 65535}, "all traffic"},
        {PROTOCOL_ICMP, {0, 65535}, "protocol icmp"},
        {50, {0, 65535}, "protocol 50"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_str(step_ports(&a, rows[i].protocol, rows[i].ports), rows[i].text);
    }
    arena_release(&a);
}

/* Each step of a path that leaves the templates says what is assumed. */
static void steps_outside_say_what_is_assumed(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default",
                    (struct network){
                        .head = "Parameters:\n  S: {Type: 'AWS::EC2::Subnet::Id'}\n",
                        .instance = "      SubnetId: !Ref S\n      SecurityGroupIds: [!Ref Sg]\n"});
    const struct finding_endpoint *e = &the_finding(&o, "CFNR102")->endpoints.at[0];
    static const char assumed[] =
        "Traffic enters through 'Igw'. The route table of the subnet stands outside the "
        "templates; a route '0.0.0.0/0' to 'Igw' is assumed.";
    static const char *const texts[] = {
        assumed,
        "The subnet's network ACL stands outside the templates; it is assumed to let this pass.",
        "Security group 'Sg' admits tcp port 22 from any IPv4 address.",
        "The interface has a public IPv4 address if 'S' assigns one.",
        "'Web' is reached on tcp port 22."};
    assert_int_equal(e->path_n, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_str(e->path[i].text, texts[i]);
    }
    outcome_close(&o);
}

/* AWS runs the API of a cluster in a network of its own: that it can be reached is no assumption.
 */
static void a_network_of_aws_needs_no_assumption(void **state)
{
    (void)state;
    struct outcome o;
    outcome_text(&o, "default",
                 STR("Parameters: {S: {Type: 'List<AWS::EC2::Subnet::Id>'}}\n"
                     "Resources:\n"
                     "  Api: {Type: 'AWS::EKS::Cluster', Properties: {RoleArn: r, "
                     "ResourcesVpcConfig: {SubnetIds: !Ref S}}}\n"));
    const struct finding_endpoint *e = &the_finding(&o, "CFNR106")->endpoints.at[0];
    assert_str(e->path[0].text, "Traffic enters the network in which AWS runs this endpoint.");
    assert_str(e->path[1].text, "That network lets it pass.");
    outcome_close(&o);
}

/* Another rule cuts the flows of the first one at 22; what is said of Telnet is not that it
 * can be reached on ports 0-21. */
static void the_last_step_names_all_ports_that_its_rule_lets_through(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){.head = "Parameters:\n  P: {Type: String, AllowedValues: [a, b]}\n"
                                 "Conditions:\n  A: !Equals [!Ref P, a]\n",
                         .ingress = "        - !If [A, {IpProtocol: tcp, FromPort: 0, ToPort: 100, "
                                    "CidrIp: 0.0.0.0/0}, !Ref AWS::NoValue]\n"
                                    "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, "
                                    "CidrIp: 0.0.0.0/0}\n"});
    const struct finding_endpoint *e = &the_finding(&o, "CFNR101")->endpoints.at[0];
    assert_str(e->path[e->path_n - 1].text, "'Web' is reached on tcp ports 0-100.");
    outcome_close(&o);
}

static void the_default_vpc_needs_no_assumption_step_by_step(void **state)
{
    (void)state;
    struct outcome o;
    outcome_text(&o, "default", STR(NETWORK_IN_DEFAULT_VPC));
    const struct finding_endpoint *e = &the_finding(&o, "CFNR102")->endpoints.at[0];
    assert_str(e->path[0].text, "Traffic enters through the internet gateway of the VPC. The main "
                                "route table of the default VPC leads to its internet gateway.");
    assert_str(e->path[1].text, "Rule 100 of network ACL 'DefaultVPC.DefaultNetworkAcl' allows all "
                                "traffic from '0.0.0.0/0'.");
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_read_as_words),
        cmocka_unit_test(steps_outside_say_what_is_assumed),
        cmocka_unit_test(a_network_of_aws_needs_no_assumption),
        cmocka_unit_test(the_last_step_names_all_ports_that_its_rule_lets_through),
        cmocka_unit_test(the_default_vpc_needs_no_assumption_step_by_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
