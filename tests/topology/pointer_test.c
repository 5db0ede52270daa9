#include "topology/topology.h"

#include "tests/check.h"

/* The fault of a rule is the value of its CidrIp: RFC 6901 pointer from the root of the file. */
static void a_rule_points_at_its_source(void **state)
{
    (void)state;
    static const char yaml[] = "AWSTemplateFormatVersion: '2010-09-09'\n"
                               "Resources:\n"
                               "  G:\n"
                               "    Type: AWS::EC2::SecurityGroup\n"
                               "    Properties:\n"
                               "      SecurityGroupIngress:\n"
                               "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: "
                               "0.0.0.0/0}\n";
    struct arena a = {0};
    struct source_set sources;
    struct diags d;
    source_set_init(&sources, &a);
    diags_init(&d, &a);
    struct doc *doc = doc_read(&a, source_add(&sources, STR("t.yaml"), str_from(yaml)), 4096, &d);
    struct cfn_unit *u = cfn_unit_new(&a, &sources, &d, (struct cfn_options){0});
    assert_non_null(cfn_add(u, doc, STR("")));
    cfn_seal(u);
    struct topology *t = topology_build(u);
    const struct world_group *g = &t->world->groups.at[0];
    size_t seen = 0;
    for (size_t i = 0; i < g->rules.n; i++) {
        if (!g->rules.at[i].egress) {
            assert_str(topology_pointer(&a, t, g->rules.at[i].id),
                       "/Resources/G/Properties/SecurityGroupIngress/0/CidrIp");
            seen++;
        }
    }
    assert_int_equal(seen, 1);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_rule_points_at_its_source)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
