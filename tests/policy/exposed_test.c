#include "tests/policy/network.h"

static struct network from(struct arena *a, const char *source)
{
    struct str ingress = str_format(
        a, "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: %s}\n", source);
    return (struct network){.ingress = str_to_c(a, ingress)};
}

static const char *parameter(struct arena *a, const char *declaration)
{
    return str_to_c(a, str_format(a, "Parameters:\n  P: %s\n", declaration));
}

/* SEMANTICS 8, T10 to T13, under both policies. */
static void sources_decide_exposure_and_the_cap(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        const char *policy;
        const char *summary;
        enum exposure exposure;
    } rows[] = {
        {"198.41.0.4/32", "inspector", "CFNR102 medium reachable, CFNR190 informational reachable",
         EXPOSURE_NARROW},
        {"198.41.0.4/32", "default", "CFNR102 low reachable", EXPOSURE_NARROW},
        {"8.0.0.0/12", "default", "CFNR102 low reachable", EXPOSURE_LIMITED},
        {"0.0.0.0/2", "default", "CFNR102 medium reachable", EXPOSURE_BROAD},
        {"10.0.0.0/8", "default", "", EXPOSURE_NONE},
        {"203.0.113.0/24", "default", "", EXPOSURE_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct outcome o;
        outcome_network(&o, rows[i].policy, from(&a, rows[i].source));
        assert_str(outcome_summary(&o), rows[i].summary);
        if (rows[i].exposure != EXPOSURE_NONE) {
            assert_int_equal(the_finding(&o, "CFNR102")->exposure, rows[i].exposure);
        }
        outcome_close(&o);
        arena_release(&a);
    }
}

/* T12: two halves of the world in two groups. Each opens the port by itself, so each is a
 * finding on its own rule; half of the addresses is broad. */
static void every_opening_rule_has_a_finding_of_its_own(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){
            .ingress = "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/1}\n",
            .instance = "      SubnetId: !Ref Subnet\n"
                        "      SecurityGroupIds: [!Ref Sg, !Ref Other]\n",
            .more =
                "  Other:\n"
                "    Type: AWS::EC2::SecurityGroup\n"
                "    Properties:\n"
                "      GroupDescription: other\n"
                "      VpcId: !Ref Vpc\n"
                "      SecurityGroupIngress:\n"
                "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 128.0.0.0/1}\n"});
    assert_str(outcome_summary(&o), "CFNR102 medium reachable, CFNR102 medium reachable");
    assert_str(o.findings->all.at[0].resource, "Sg");
    assert_str(o.findings->all.at[1].resource, "Other");
    assert_int_equal(o.findings->all.at[0].exposure, EXPOSURE_BROAD);
    assert_int_equal(o.answer.flow_n, 1);
    assert_int_equal(o.answer.flows[0].exposure, EXPOSURE_WORLD);
    /* each path shows the finding's own group */
    assert_str(path_text(&o.arena, &o.findings->all.at[1].endpoints.at[0]),
               "Igw > Vpc.DefaultNetworkAcl > Other > Web/NetworkInterfaces/0 > Web");
    outcome_close(&o);
}

/* T14: ports mean nothing with protocol -1. tcp of `default`: 101, 102, 103, 104, 105 and one
 * range; udp: 105 and the same range's second endpoint. */
static void an_all_traffic_rule_gives_the_five_and_one_range(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default",
                    (struct network){.ingress = "        - {IpProtocol: -1, FromPort: 443, ToPort: "
                                                "443, CidrIp: 0.0.0.0/0}\n"});
    assert_str(outcome_summary(&o),
               "CFNR103 high reachable, CFNR101 high reachable, CFNR104 high reachable, "
               "CFNR180 medium reachable, CFNR102 medium reachable, CFNR105 medium reachable");
    assert_int_equal(the_finding(&o, "CFNR105")->endpoints.n, 2); /* tcp and udp */
    assert_int_equal(the_finding(&o, "CFNR180")->endpoints.n, 2);
    assert_int_equal(the_finding(&o, "CFNR180")->ports.begin, 0);
    assert_int_equal(the_finding(&o, "CFNR180")->ports.end, 65535);
    outcome_close(&o);
}

/* Other rules cut the range of one rule into several flows; its finding has it whole. */
static void a_range_that_other_rules_cut_is_put_together_again(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "inspector",
        (struct network){
            .ingress =
                "        - {IpProtocol: tcp, FromPort: 8000, ToPort: 8100, CidrIp: 0.0.0.0/0}\n"
                "        - {IpProtocol: tcp, FromPort: 8050, ToPort: 8050, CidrIp: 8.8.8.8/32}\n"});
    assert_str(outcome_summary(&o),
               "CFNR181 informational reachable, CFNR181 informational reachable, "
               "CFNR190 informational reachable");
    assert_int_equal(o.answer.flow_n, 3);
    const struct finding *wide = &o.findings->all.at[0];
    assert_int_equal(wide->endpoints.n, 1);
    assert_int_equal(wide->ports.begin, 8000);
    assert_int_equal(wide->ports.end, 8100);
    assert_str(wide->endpoints.at[0].kind, "UnrecognizedPort");
    const struct finding *aggregate = the_finding(&o, "CFNR190");
    assert_int_equal(aggregate->endpoints.at[0].tcp_n, 1);
    assert_int_equal(aggregate->endpoints.at[0].tcp[0].begin, 8000);
    assert_int_equal(aggregate->endpoints.at[0].tcp[0].end, 8100);
    assert_int_equal(aggregate->endpoints.at[0].udp_n, 0);
    outcome_close(&o);
}

/* SEMANTICS 4.4 and T36: a source by parameter. */
static void a_source_by_parameter_is_judged_by_what_it_may_be(void **state)
{
    (void)state;
    static const struct {
        const char *parameter;
        const char *summary;
        const char *witness;
    } rows[] = {
        {"{Type: String, Default: 0.0.0.0/0}", "CFNR102 medium reachable-by-default",
         "P=0.0.0.0/0"},
        {"{Type: String}", "CFNR202 informational possible", "P=0.0.0.0/0"},
        {"{Type: String, AllowedPattern: '10\\.\\d+\\.\\d+\\.\\d+/\\d+'}", "", NULL},
        {"{Type: 'AWS::SSM::Parameter::Value<String>', Default: /my/cidr}",
         "CFNR202 informational possible", NULL},
        {"{Type: String, Default: 10.0.0.0/8}", "CFNR202 informational possible", "P=0.0.0.0/0"},
        {"{Type: String, AllowedValues: [10.0.0.0/8, 0.0.0.0/0]}", "CFNR102 medium possible",
         "P=0.0.0.0/0"},
        {"{Type: String, AllowedValues: [0.0.0.0/0]}", "CFNR102 medium reachable", ""},
        {"{Type: String, AllowedValues: [10.0.0.0/8, 0.0.0.0/0], Default: 10.0.0.0/8}",
         "CFNR102 medium possible", "P=0.0.0.0/0"},
        {"{Type: String, AllowedPattern: '\\d+\\.\\d+\\.\\d+\\.\\d+/32'}",
         "CFNR202 informational possible", "P=8.8.8.8/32"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct network n = from(&a, "!Ref P");
        n.head = parameter(&a, rows[i].parameter);
        struct outcome o;
        outcome_network(&o, "default", n);
        assert_str(outcome_summary(&o), rows[i].summary);
        if (rows[i].witness != NULL) {
            assert_str(witness_text(&a, &o.findings->all.at[0]), rows[i].witness);
        }
        outcome_close(&o);
        arena_release(&a);
    }
}

/* Two levels below the table, from telnet's high: low; but informational where one address is
 * all that the pattern admits. */
static void a_free_text_source_is_two_levels_lower(void **state)
{
    (void)state;
    static const struct {
        const char *parameter;
        const char *summary;
    } rows[] = {
        {"{Type: String}", "CFNR202 low possible"},
        {"{Type: String, AllowedPattern: '\\d+\\.\\d+\\.\\d+\\.\\d+/32'}",
         "CFNR202 informational possible"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct network n = {
            .head = parameter(&a, rows[i].parameter),
            .ingress = "        - {IpProtocol: tcp, FromPort: 23, ToPort: 23, CidrIp: !Ref P}\n"};
        struct outcome o;
        outcome_network(&o, "inspector", n);
        assert_int_equal(o.findings->all.n, 2); /* and the aggregate */
        const struct finding *f = the_finding(&o, "CFNR202");
        assert_int_equal(f->severity, i == 0 ? SEVERITY_LOW : SEVERITY_INFORMATIONAL);
        assert_int_equal(f->doubt, GUARD_LOW);
        assert_true(str_starts(f->message,
                               STR("Telnet (tcp port 23) of 'Web' can be reached from the internet "
                                   "if a public source is given at deployment.")));
        assert_true(str_find(f->advice, STR("'P'"), 0) != STR_NPOS);
        assert_str(f->settle, "To settle it: give --parameters 'P=VALUE'.");
        outcome_close(&o);
        arena_release(&a);
    }
}

/* T37: the rule is there in one of two stages. */
static void a_conditional_rule_is_possible_with_its_witness(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){
            .head = "Parameters:\n  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                    "Conditions:\n  IsDev: !Equals [!Ref Env, dev]\n",
            .ingress = "        - !If [IsDev, {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: "
                       "0.0.0.0/0}, !Ref 'AWS::NoValue']\n"});
    assert_str(outcome_summary(&o), "CFNR102 medium possible");
    const struct finding *f = &o.findings->all.at[0];
    assert_str(witness_text(&o.arena, f), "Env=dev");
    assert_int_equal(f->doubt, GUARD_HIGH);
    assert_str(f->property, "Properties/SecurityGroupIngress/0/Fn::If/1/CidrIp");
    assert_str(f->settle, "To settle it: give --parameters 'Env=VALUE'.");
    outcome_close(&o);
}

/* T35: everything around the instance is given from outside; the rule is not in doubt. */
static void unknown_surroundings_keep_the_severity(void **state)
{
    (void)state;
    struct outcome o;
    outcome_text(&o, "default",
                 STR("Parameters:\n"
                     "  SubnetId: {Type: 'AWS::EC2::Subnet::Id'}\n"
                     "  VpcId: {Type: 'AWS::EC2::VPC::Id'}\n"
                     "Resources:\n"
                     "  Sg:\n"
                     "    Type: AWS::EC2::SecurityGroup\n"
                     "    Properties:\n"
                     "      GroupDescription: x\n"
                     "      VpcId: !Ref VpcId\n"
                     "      SecurityGroupIngress:\n"
                     "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
                     "  Web:\n"
                     "    Type: AWS::EC2::Instance\n"
                     "    Properties:\n"
                     "      ImageId: ami-1\n"
                     "      NetworkInterfaces:\n"
                     "        - DeviceIndex: '0'\n"
                     "          SubnetId: !Ref SubnetId\n"
                     "          AssociatePublicIpAddress: true\n"
                     "          GroupSet: [!Ref Sg]\n"));
    assert_str(outcome_summary(&o), "CFNR102 medium possible");
    const struct finding *f = &o.findings->all.at[0];
    assert_str(witness_text(&o.arena, f), "A-SUBROUTE(SubnetId)=yes A-NACL(SubnetId)=yes");
    assert_int_equal(f->doubt, GUARD_HIGH);
    assert_int_equal(o.findings->facts, 2);
    assert_str(f->endpoints.at[0].edge_component, ""); /* the gateway is outside */
    assert_str(
        f->settle,
        "To settle it: find out whether the subnet that is passed as SubnetId has a route to "
        "an internet gateway and the network ACL of the subnet that is passed as SubnetId "
        "lets the traffic pass; if not so, --assume 'A-SUBROUTE(SubnetId)=no' or --assume "
        "'A-NACL(SubnetId)=no'.");
    assert_str(f->witness[0].text,
               "the subnet that is passed as SubnetId has a route to an internet gateway");
    outcome_close(&o);
}

/* A Default that is public stays at full severity when the surroundings are unknown: nobody
 * has to type anything for it. */
static void a_public_default_is_no_doubt_about_the_rule(void **state)
{
    (void)state;
    struct arena a = {0};
    struct network n = from(&a, "!Ref P");
    n.head = "Parameters:\n"
             "  P: {Type: String, Default: 0.0.0.0/0}\n"
             "  S: {Type: 'AWS::EC2::Subnet::Id'}\n";
    n.instance = "      SubnetId: !Ref S\n"
                 "      SecurityGroupIds: [!Ref Sg]\n";
    struct outcome o;
    outcome_network(&o, "default", n);
    assert_str(outcome_summary(&o), "CFNR102 medium possible");
    assert_int_equal(the_finding(&o, "CFNR102")->doubt, GUARD_MEDIUM); /* A-SUBPUBIP(S) */
    outcome_close(&o);
    arena_release(&a);
}

/* The rules of a group outside are unknown: one finding, low, where the group is named. */
static void a_group_outside_is_one_low_finding(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){.head = "Parameters:\n  Outer: {Type: 'AWS::EC2::SecurityGroup::Id'}\n",
                         .instance = "      SubnetId: !Ref Subnet\n"
                                     "      SecurityGroupIds: [!Ref Sg, !Ref Outer]\n",
                         .more = "  Second:\n"
                                 "    Type: AWS::EC2::Instance\n"
                                 "    Properties: {ImageId: ami-1, SubnetId: !Ref Subnet, "
                                 "SecurityGroupIds: [!Ref Outer]}\n"});
    assert_str(outcome_summary(&o), "CFNR102 medium reachable, CFNR180 low possible");
    const struct finding *f = the_finding(&o, "CFNR180");
    assert_int_equal(f->endpoints.n, 4); /* two instances, tcp and udp */
    assert_str(f->endpoints.at[0].kind, "PortRange");
    assert_int_equal(f->endpoints.at[0].ports.begin, 0);
    assert_int_equal(f->endpoints.at[0].ports.end, 65535);
    assert_str(source_text(&o.sources, f->at), "!Ref Outer");
    assert_str(f->resource, "Web");
    assert_str(f->property, "Properties/SecurityGroupIds/1");
    assert_str(witness_text(&o.arena, f), "A-SG(Outer)=yes");
    outcome_close(&o);
}

/* 22 stays open whatever Env is, but by different rules: none of them does it alone. */
static void rules_that_open_a_port_together_are_one_finding(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){
            .head = "Parameters:\n  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                    "Conditions:\n  IsDev: !Equals [!Ref Env, dev]\n",
            .ingress = "        - !If [IsDev, {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: "
                       "0.0.0.0/0}, !Ref 'AWS::NoValue']\n"
                       "        - !If [IsDev, !Ref 'AWS::NoValue', {IpProtocol: tcp, FromPort: 22, "
                       "ToPort: 22, CidrIp: 8.0.0.0/8}]\n"});
    assert_str(outcome_summary(&o), "CFNR102 medium reachable");
    const struct finding *f = &o.findings->all.at[0];
    assert_str(f->property, "Properties/SecurityGroupIngress/0/Fn::If/1/CidrIp");
    bool named = false;
    for (size_t i = 0; i < f->related.n; i++) {
        named = named || str_is(source_text(&o.sources, f->related.at[i].at), "8.0.0.0/8");
    }
    assert_true(named);
    outcome_close(&o);
}

/* The entries of a prefix list are one source: half and half are the world. */
static void the_entries_of_a_prefix_list_count_together(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){
            .ingress = "        - {IpProtocol: tcp, FromPort: 23, ToPort: 23, SourcePrefixListId: "
                       "!Ref List}\n",
            .more = "  List:\n"
                    "    Type: AWS::EC2::PrefixList\n"
                    "    Properties:\n"
                    "      PrefixListName: halves\n"
                    "      AddressFamily: IPv4\n"
                    "      MaxEntries: 2\n"
                    "      Entries: [{Cidr: 0.0.0.0/1}, {Cidr: 128.0.0.0/1}]\n"});
    assert_str(outcome_summary(&o), "CFNR101 high reachable");
    const struct finding *f = &o.findings->all.at[0];
    assert_int_equal(f->exposure, EXPOSURE_WORLD);
    assert_true(str_find(f->message, STR("admits tcp port 23 from any IPv4 address."), 0) !=
                STR_NPOS);
    assert_str(f->property, "Properties/SecurityGroupIngress/0/SourcePrefixListId");
    outcome_close(&o);
}

/* The default VPC is as AWS makes it unless somebody changed it. */
static void an_instance_in_the_default_vpc_is_reachable_by_default(void **state)
{
    (void)state;
    struct outcome o;
    outcome_text(&o, "default", STR(NETWORK_IN_DEFAULT_VPC));
    assert_str(outcome_summary(&o), "CFNR102 medium reachable-by-default");
    const struct finding *f = &o.findings->all.at[0];
    assert_str(f->endpoints.at[0].edge_component, "");
    assert_int_equal(f->witness_n, 1);
    assert_true(f->witness[0].is_fact);
    assert_true(str_ends(f->message, STR("This holds if the default VPC is as AWS makes it.")));
    outcome_close(&o);
}

static void ports_of_one_service_are_one_finding_with_an_endpoint_each(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default",
                    (struct network){.ingress =
                                         "        - {IpProtocol: tcp, FromPort: 3268, ToPort: "
                                         "3269, CidrIp: 0.0.0.0/0}\n"});
    assert_str(outcome_summary(&o), "CFNR109 medium reachable");
    assert_int_equal(o.findings->all.at[0].endpoints.n, 2);
    assert_int_equal(o.findings->all.at[0].endpoints.at[1].ports.begin, 3269);
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_decide_exposure_and_the_cap),
        cmocka_unit_test(every_opening_rule_has_a_finding_of_its_own),
        cmocka_unit_test(an_all_traffic_rule_gives_the_five_and_one_range),
        cmocka_unit_test(a_range_that_other_rules_cut_is_put_together_again),
        cmocka_unit_test(a_source_by_parameter_is_judged_by_what_it_may_be),
        cmocka_unit_test(a_free_text_source_is_two_levels_lower),
        cmocka_unit_test(a_conditional_rule_is_possible_with_its_witness),
        cmocka_unit_test(unknown_surroundings_keep_the_severity),
        cmocka_unit_test(a_public_default_is_no_doubt_about_the_rule),
        cmocka_unit_test(a_group_outside_is_one_low_finding),
        cmocka_unit_test(rules_that_open_a_port_together_are_one_finding),
        cmocka_unit_test(the_entries_of_a_prefix_list_count_together),
        cmocka_unit_test(an_instance_in_the_default_vpc_is_reachable_by_default),
        cmocka_unit_test(ports_of_one_service_are_one_finding_with_an_endpoint_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
