#include "policy/check.h"

#include "tests/policy/network.h"

/* The base topology: one finding, on the CidrIp, with the whole path. */
static void an_open_ssh_port_is_one_finding_with_its_path(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default", (struct network){0});
    assert_str(outcome_summary(&o), "CFNR102 medium reachable");
    const struct finding *f = &o.findings->all.at[0];
    assert_int_equal(f->exposure, EXPOSURE_WORLD);
    assert_int_equal(f->doubt, GUARD_HIGH);
    assert_str(f->resource, "Sg");
    assert_str(f->property, "Properties/SecurityGroupIngress/0/CidrIp");
    assert_str(f->pointer, "/Resources/Sg/Properties/SecurityGroupIngress/0/CidrIp");
    assert_str(source_text(&o.sources, f->at), "0.0.0.0/0");
    assert_int_equal(f->edge, EDGE_INTERNET);
    assert_int_equal(f->protocol, PROTOCOL_TCP);
    assert_int_equal(f->ports.begin, 22);
    assert_int_equal(f->ports.end, 22);
    assert_str(f->service, "SSH");
    assert_int_equal(f->witness_n, 0);
    assert_int_equal(f->fingerprint.n, 16);
    assert_int_equal(f->endpoints.n, 1);
    const struct finding_endpoint *e = &f->endpoints.at[0];
    assert_str(e->kind, "RecognizedPort");
    assert_str(e->resource, "Web");
    assert_str(e->resource_type, "AWS::EC2::Instance");
    assert_str(e->interface, "Web/NetworkInterfaces/0");
    assert_str(e->edge_component, "Igw");
    assert_int_equal(e->families, FAMILY_V4);
    assert_str(path_text(&o.arena, e),
               "Igw > Vpc.DefaultNetworkAcl > Sg > Web/NetworkInterfaces/0 > Web");
    assert_str(e->path[1].type, "AWS::EC2::NetworkAcl");
    assert_true(e->path[1].implicit);
    assert_str(source_text(&o.sources, e->path[2].at), "0.0.0.0/0");
    assert_int_equal(o.findings->interfaces, 1);
    assert_int_equal(o.findings->facts, 0);
    outcome_close(&o);
}

/* The three lines that a reader sees, written down as they should read. */
static void a_finding_reads_well(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default", (struct network){0});
    const struct finding *f = &o.findings->all.at[0];
    assert_str(f->message,
               "SSH (tcp port 22) of 'Web' can be reached from the internet. Security group 'Sg' "
               "admits tcp port 22 from any IPv4 address. The path is 'Igw', "
               "'Vpc.DefaultNetworkAcl', 'Sg', 'Web/NetworkInterfaces/0', 'Web'.");
    assert_str(f->endpoints.at[0].path[0].text,
               "Traffic enters through 'Igw'. Route '0.0.0.0/0' of 'Table' leads back to 'Igw'.");
    assert_str(f->endpoints.at[0].path[1].text,
               "Rule 100 of network ACL 'Vpc.DefaultNetworkAcl' allows all traffic from "
               "'0.0.0.0/0'.");
    assert_str(f->settle, "");
    assert_true(str_find(f->advice, STR("Session Manager"), 0) != STR_NPOS);
    outcome_close(&o);
}

/* A shared group with many instances is one finding with many endpoints. */
static void a_group_that_many_carry_is_one_finding(void **state)
{
    (void)state;
    struct buf more;
    buf_init(&more);
    for (int i = 0; i < 40; i++) {
        buf_addf(&more,
                 "  Host%02d:\n"
                 "    Type: AWS::EC2::Instance\n"
                 "    Properties: {ImageId: ami-1, SubnetId: !Ref Subnet, "
                 "SecurityGroupIds: [!Ref Sg]}\n",
                 i);
    }
    struct outcome o;
    outcome_network(&o, "default", (struct network){.more = more.p});
    buf_release(&more);
    assert_str(outcome_summary(&o), "CFNR102 medium reachable");
    const struct finding *f = &o.findings->all.at[0];
    assert_int_equal(f->endpoints.n, 41);
    assert_str(f->endpoints.at[0].resource, "Host00");
    assert_str(f->endpoints.at[40].resource, "Web");
    assert_true(str_starts(f->message, STR("SSH (tcp port 22) of 'Host00', 'Host01', 'Host02' and "
                                           "38 more can be reached from the internet.")));
    outcome_close(&o);
}

static void findings_are_ordered_by_severity_then_verdict_then_name(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){.ingress =
                             "        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: "
                             "0.0.0.0/0}\n"
                             "        - {IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIp: "
                             "0.0.0.0/0}\n"
                             "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: "
                             "0.0.0.0/0}\n"
                             "        - {IpProtocol: tcp, FromPort: 23, ToPort: 23, CidrIp: "
                             "0.0.0.0/0}\n"});
    assert_str(outcome_summary(&o), "CFNR101 high reachable, CFNR102 medium reachable, "
                                    "CFNR117 medium reachable, CFNR106 low reachable");
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_ssh_port_is_one_finding_with_its_path),
        cmocka_unit_test(a_finding_reads_well),
        cmocka_unit_test(a_group_that_many_carry_is_one_finding),
        cmocka_unit_test(findings_are_ordered_by_severity_then_verdict_then_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
