#include "tests/policy/network.h"

#define RULE(protocol, from, to, source)                                                           \
    "        - {IpProtocol: " protocol ", FromPort: " from ", ToPort: " to ", " source "}\n"

static struct str ranges(struct arena *a, const struct ports *at, size_t n)
{
    struct str text = STR("");
    for (size_t i = 0; i < n; i++) {
        text =
            str_format(a, "%.*s%s%u-%u", STR_ARG(text), i == 0 ? "" : " ", at[i].begin, at[i].end);
    }
    return text;
}

static void ranges_that_touch_or_overlap_are_joined(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "inspector",
                    (struct network){.ingress = RULE("tcp", "22", "22", "CidrIp: 0.0.0.0/0")
                                         RULE("tcp", "23", "25", "CidrIp: 8.8.8.8/32")
                                             RULE("tcp", "25", "30", "CidrIp: 0.0.0.0/0")
                                                 RULE("tcp", "8443", "8443", "CidrIp: 0.0.0.0/0")
                                                     RULE("udp", "53", "53", "CidrIp: 0.0.0.0/0")});
    const struct finding *f = the_finding(&o, "CFNR190");
    assert_int_equal(f->severity, SEVERITY_INFORMATIONAL);
    assert_int_equal(f->endpoints.n, 1);
    const struct finding_endpoint *e = &f->endpoints.at[0];
    assert_str(e->kind, "NetworkExposure");
    assert_int_equal(e->protocol, PROTOCOL_ALL);
    assert_str(ranges(&o.arena, e->tcp, e->tcp_n), "22-30 8443-8443");
    assert_str(ranges(&o.arena, e->udp, e->udp_n), "53-53");
    assert_int_equal(e->ports.begin, 22);
    assert_int_equal(e->ports.end, 8443);
    assert_str(f->resource, "Web");
    assert_str(f->property, "");
    assert_str(f->pointer, "/Resources/Web");
    assert_str(source_text(&o.sources, f->at), "Web");
    assert_true(str_starts(f->message, STR("'Web/NetworkInterfaces/0' exposes tcp ports 22-30, "
                                           "8443 and udp ports 53 to the internet. The path is ")));
    outcome_close(&o);
}

/* One for each interface, for a group that both carry. */
static void every_interface_has_one(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "inspector",
                    (struct network){.more = "  Second:\n"
                                             "    Type: AWS::EC2::Instance\n"
                                             "    Properties: {ImageId: ami-1, SubnetId: !Ref "
                                             "Subnet, SecurityGroupIds: [!Ref Sg]}\n"});
    assert_str(outcome_summary(&o), "CFNR102 medium reachable, CFNR190 informational reachable, "
                                    "CFNR190 informational reachable");
    assert_false(str_eq(o.findings->all.at[1].fingerprint, o.findings->all.at[2].fingerprint));
    outcome_close(&o);
}

static void nothing_reachable_is_no_aggregate(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "inspector",
                    (struct network){.ingress = RULE("tcp", "22", "22", "CidrIp: 10.0.0.0/8")});
    assert_str(outcome_summary(&o), "");
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_that_touch_or_overlap_are_joined),
        cmocka_unit_test(every_interface_has_one),
        cmocka_unit_test(nothing_reachable_is_no_aggregate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
