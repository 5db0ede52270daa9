#include "tests/policy/network.h"

static bool has(struct str text, const char *words)
{
    return str_find(text, str_from(words), 0) != STR_NPOS;
}

static void advice_fits_the_service_and_the_parameter(void **state)
{
    (void)state;
    static const struct {
        const char *port;
        const char *id;
        const char *says;
    } rows[] = {
        {"22", "CFNR102", "Session Manager"}, {"23", "CFNR101", "Session Manager"},
        {"3389", "CFNR105", "Fleet Manager"}, {"3306", "CFNR117", "SourceSecurityGroupId"},
        {"80", "CFNR106", "load balancer"},   {"445", "CFNR107", "Delete the rule"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct str rule = str_format(
            &a, "        - {IpProtocol: tcp, FromPort: %s, ToPort: %s, CidrIp: !Ref P}\n",
            rows[i].port, rows[i].port);
        struct outcome o;
        outcome_network(
            &o, "default",
            (struct network){.head = "Parameters:\n  P: {Type: String, Default: 0.0.0.0/0}\n",
                             .ingress = str_to_c(&a, rule)});
        const struct finding *f = the_finding(&o, rows[i].id);
        assert_true(has(f->advice, rows[i].says));
        assert_true(has(f->advice, "parameter 'P'"));
        outcome_close(&o);
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(advice_fits_the_service_and_the_parameter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
