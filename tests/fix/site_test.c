#include "tests/fix/fixing.h"

static void the_opening_rule_is_found(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(443, 443, "CidrIp: 10.0.0.0/8") RULE(22, 23, WORLD));
    struct site site;
    assert_true(site_of(&f->job, 0, &site));
    assert_true(doc_is(doc_get(site.item, "FromPort"), "22"));
    assert_str(site.holder->id, "Sg");
    assert_false(site.standalone);
    assert_true(site.internet);
    assert_str(site_source_key(&site), "CidrIp");
    assert_str(site_words(&f->arena, &site), "tcp/22-23 from 0.0.0.0/0");
    assert_true(site_has_port(&site, 23)); /* Telnet is the first finding */
    assert_false(site_has_port(&site, 22));
    fixing_free(f);
}

static void a_twin_for_ipv6_is_found(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(22, 22, WORLD) RULE(23, 23, "CidrIpv6: '::/0'")
                                     RULE(22, 22, "CidrIpv6: '::/0'"));
    struct site site;
    for (size_t i = 0; i < f->analysis->findings->all.n; i++) {
        if (site_of(&f->job, i, &site) && site.rule->remote.family == NET_V4) {
            const struct topology_origin *twin = site_twin(&f->job, &site);
            assert_non_null(twin);
            assert_true(doc_is(doc_get(twin->item, "FromPort"), "22"));
        }
    }
    fixing_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_opening_rule_is_found),
        cmocka_unit_test(a_twin_for_ipv6_is_found),
    };
    return RUN_TESTS(tests);
}
