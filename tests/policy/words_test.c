#include "tests/policy/network.h"

static bool has(struct str text, const char *words)
{
    return str_find(text, str_from(words), 0) != STR_NPOS;
}

/* What SARIF viewers ask for (ECOSYSTEM 1.4): full sentences, the first of them short. */
static void check_form(const struct finding *f)
{
    assert_true(str_ends(f->message, STR(".")));
    assert_true(str_ends(f->advice, STR(".")));
    assert_true(f->settle.n == 0 || str_ends(f->settle, STR(".")));
    assert_false(has(f->message, ".."));
    assert_false(has(f->message, "''"));
    assert_false(has(f->message, "  "));
    assert_false(has(f->message, "(null)"));
    for (size_t i = 0; i < f->related.n; i++) {
        assert_true(str_ends(f->related.at[i].text, STR(".")));
    }
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        for (size_t k = 0; k < e->path_n; k++) {
            assert_true(str_ends(e->path[k].text, STR(".")));
            assert_true(e->path[k].component.n > 0);
            assert_true(str_starts(e->path[k].type, STR("AWS::")));
        }
    }
}

static void every_text_is_a_sentence(void **state)
{
    (void)state;
    static const struct network networks[] = {
        {.ingress = "        - {IpProtocol: -1, CidrIp: 0.0.0.0/0}\n"},
        {.ingress = "        - {IpProtocol: -1, CidrIp: !Ref P}\n",
         .head = "Parameters:\n  P: {Type: String}\n"},
        {.instance = "      SecurityGroupIds: [!Ref Sg, sg-0123456789abcdef0]\n"
                     "      SubnetId: !ImportValue net-Subnet\n"},
        {.associate = ""},
        {.instance = "      SubnetId: !Ref Subnet\n"},
        {.instance = "      SecurityGroups: [default]\n",
         .ingress = "        - {IpProtocol: udp, FromPort: 0, ToPort: 65535, CidrIp: 4.0.0.0/8}\n"},
    };
    static const char *const policies[] = {"default", "inspector"};
    for (size_t i = 0; i < sizeof networks / sizeof *networks; i++) {
        for (size_t k = 0; k < 2; k++) {
            struct outcome o;
            outcome_network(&o, policies[k], networks[i]);
            for (size_t n = 0; n < o.findings->all.n; n++) {
                check_form(&o.findings->all.at[n]);
            }
            outcome_close(&o);
        }
    }
}

/* NoEcho values are never printed (SEMANTICS 4.4). */
static void a_secret_source_is_not_printed(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "inspector",
        (struct network){
            .head = "Parameters:\n  P: {Type: String, NoEcho: true, Default: 198.41.0.77/32}\n",
            .ingress = "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref P}\n"});
    const struct finding *f = the_finding(&o, "CFNR102");
    assert_int_equal(f->verdict, REACH_BY_DEFAULT);
    assert_false(has(f->message, "198.41"));
    assert_false(has(f->advice, "198.41"));
    for (size_t i = 0; i < f->witness_n; i++) {
        assert_false(has(f->witness[i].value, "198.41"));
    }
    for (size_t i = 0; i < f->endpoints.at[0].path_n; i++) {
        assert_false(has(f->endpoints.at[0].path[i].text, "198.41"));
    }
    outcome_close(&o);
}

static void a_message_says_where_nobody_unknown_gets_an_answer(void **state)
{
    (void)state; /* SEMANTICS 2.9 */
    struct outcome o;
    outcome_text(&o, "default",
                 STR("Resources:\n"
                     "  K:\n"
                     "    Type: AWS::EKS::Cluster\n"
                     "    Properties: {ResourcesVpcConfig: {SubnetIds: [subnet-1]}}\n"));
    const struct finding *f = the_finding(&o, "CFNR106");
    assert_int_equal(f->severity, SEVERITY_INFORMATIONAL);
    assert_true(has(f->message, " Every caller is asked for an identity of AWS first."));
    check_form(f);
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_a_sentence),
        cmocka_unit_test(a_secret_source_is_not_printed),
        cmocka_unit_test(a_message_says_where_nobody_unknown_gets_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
