#include "tests/policy/network.h"

/* Facts are counted once, parameters are none; both are in the witness, parameters first. */
static void a_witness_has_choices_and_facts(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){
            .head = "Parameters:\n"
                    "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                    "  S: {Type: 'AWS::EC2::Subnet::Id'}\n"
                    "Conditions:\n  IsDev: !Equals [!Ref Env, dev]\n",
            .ingress = "        - !If [IsDev, {IpProtocol: tcp, FromPort: 22, ToPort: 23, CidrIp: "
                       "0.0.0.0/0}, !Ref 'AWS::NoValue']\n",
            .instance = "      SubnetId: !Ref S\n      SecurityGroupIds: [!Ref Sg]\n"});
    assert_str(outcome_summary(&o), "CFNR101 high possible, CFNR102 medium possible");
    const struct finding_endpoint *e = &o.findings->all.at[0].endpoints.at[0];
    assert_str(witness_text(&o.arena, &o.findings->all.at[0]),
               "Env=dev A-SUBROUTE(S)=yes A-SUBPUBIP(S)=yes A-NACL(S)=yes");
    assert_false(e->witness[0].is_fact);
    assert_true(e->witness[1].is_fact);
    assert_int_equal(o.findings->facts, 3); /* of both findings together */
    assert_int_equal(e->doubt, GUARD_MEDIUM);
    /* the group ties the subnet to the VPC, so the gateway is known; the subnet's ACL is not */
    assert_str(e->edge_component, "Igw");
    assert_false(e->path[0].outside);
    assert_true(e->path[1].outside);
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_witness_has_choices_and_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
