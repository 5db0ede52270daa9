#include "tests/policy/network.h"

#define RULE_22 "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}"

/* Today is 2030-06-15. */
static struct str with_metadata(struct arena *a, const char *entry)
{
    return str_format(a,
                      "      SubnetId: !Ref Subnet\n"
                      "      SecurityGroupIds: [!Ref Sg]\n"
                      "    Metadata: {cfnreach: {ignore: [%s]}}\n",
                      entry);
}

static void a_comment_acts_where_the_rule_is(void **state)
{
    (void)state;
    static const struct {
        const char *ingress;
        bool suppressed;
    } rows[] = {
        {RULE_22 " # cfnreach:ignore CFNR102\n", true},
        {"        # cfnreach:ignore CFNR102\n" RULE_22 "\n", true},
        {"        # cfnreach:ignore CFNR101\n" RULE_22 "\n", false},
        {"        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0} "
         "# cfnreach:ignore CFNR102\n" RULE_22 "\n",
         false},
        {RULE_22 "\n        # cfnreach:ignore CFNR102\n", false},
        {"        - IpProtocol: tcp\n"
         "          FromPort: 22\n"
         "          # cfnreach:ignore CFNR102\n"
         "          ToPort: 22\n"
         "          CidrIp: 0.0.0.0/0\n",
         true},
        {"        # cfnreach:ignore CFNR102\n"
         "        - !If\n"
         "          - C\n"
         "          - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
         "          - !Ref AWS::NoValue\n",
         true},
        {"        - Fn::If: # cfnreach:ignore CFNR102\n"
         "          - C\n"
         "          - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
         "          - !Ref AWS::NoValue\n",
         true},
        {"        - Fn::If:\n"
         "          - C\n"
         "          - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
         "          - !Ref AWS::NoValue # cfnreach:ignore CFNR102\n",
         false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome o;
        outcome_network(&o, "default",
                        (struct network){.head = "Conditions:\n"
                                                 "  C: !Equals [!Ref 'AWS::Region', eu-west-1]\n",
                                         .ingress = rows[i].ingress});
        const struct finding *f = the_finding(&o, "CFNR102");
        if (f->suppressed != rows[i].suppressed || f->suppressed_in_source != f->suppressed ||
            has_diag(&o, DIAG_SUPPRESSION, "suppresses nothing") == rows[i].suppressed) {
            fail_msg("row %zu", i);
        }
        outcome_close(&o);
    }
}

static void metadata_ends_after_its_day(void **state)
{
    (void)state;
    struct arena a = {0};
    struct outcome o;
    struct str entry = with_metadata(&a, "{id: CFNR102, reason: r, until: 2030-06-15}");
    outcome_network(&o, "default", (struct network){.instance = entry.p});
    assert_true(the_finding(&o, "CFNR102")->suppressed);
    assert_str(the_finding(&o, "CFNR102")->suppression_reason, "r");
    outcome_close(&o);
    entry = with_metadata(&a, "{id: CFNR102, until: 2030-06-14}");
    outcome_network(&o, "default", (struct network){.instance = entry.p});
    assert_false(the_finding(&o, "CFNR102")->suppressed);
    assert_true(has_diag(&o, DIAG_SUPPRESSION, "ended on '2030-06-14'"));
    outcome_close(&o);
    arena_release(&a);
}

/* Of two instances one is accepted: the finding speaks of the other. */
static void an_endpoint_is_accepted_alone(void **state)
{
    (void)state;
    struct arena a = {0};
    struct outcome o;
    struct str entry = with_metadata(&a, "{id: CFNR102, reason: r}");
    outcome_network(&o, "default",
                    (struct network){.instance = entry.p,
                                     .more = "  Zoo:\n"
                                             "    Type: AWS::EC2::Instance\n"
                                             "    Properties: {ImageId: ami-1, SubnetId: !Ref "
                                             "Subnet, SecurityGroupIds: [!Ref Sg]}\n"});
    const struct finding *f = the_finding(&o, "CFNR102");
    assert_false(f->suppressed);
    assert_int_equal(f->endpoints.n, 1);
    assert_str(f->endpoints.at[0].resource, "Zoo");
    assert_int_equal(f->accepted.n, 1);
    assert_str(f->accepted.at[0].resource, "Web");
    assert_int_equal(str_find(f->message, STR("'Web'"), 0), STR_NPOS);
    outcome_close(&o);
    arena_release(&a);
}

static void strict_wants_a_reason(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "strict",
                    (struct network){.ingress = RULE_22 " # cfnreach:ignore CFNR102\n"});
    assert_false(the_finding(&o, "CFNR102")->suppressed);
    assert_true(has_diag(&o, DIAG_SUPPRESSION, "gives no reason"));
    outcome_close(&o);
    outcome_network(&o, "strict",
                    (struct network){.ingress = RULE_22 " # cfnreach:ignore CFNR102 -- r\n"});
    assert_true(the_finding(&o, "CFNR102")->suppressed);
    outcome_close(&o);
}

static void an_unused_one_names_what_is_found_there(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default",
                    (struct network){.ingress = RULE_22 " # cfnreach:ignore CFNR105 -- r\n"});
    assert_true(has_diag(&o, DIAG_SUPPRESSION, "did you mean 'CFNR102'?"));
    outcome_close(&o);
    /* Off under this policy: nobody can tell. */
    outcome_network(&o, "default",
                    (struct network){.ingress = RULE_22 " # cfnreach:ignore CFNR181 -- r\n"});
    assert_false(has_diag(&o, DIAG_SUPPRESSION, ""));
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_acts_where_the_rule_is),
        cmocka_unit_test(metadata_ends_after_its_day),
        cmocka_unit_test(an_endpoint_is_accepted_alone),
        cmocka_unit_test(strict_wants_a_reason),
        cmocka_unit_test(an_unused_one_names_what_is_found_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
