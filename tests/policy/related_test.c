#include "tests/policy/network.h"

/* The Default is the literal that must change: the first related location. */
static void the_default_behind_a_source_is_related(void **state)
{
    (void)state;
    struct arena a = {0};
    struct network n = {
        .ingress = "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref P}\n"};
    n.head = "Parameters:\n  P: {Type: String, Default: 0.0.0.0/0}\n";
    struct outcome o;
    outcome_network(&o, "default", n);
    const struct finding *f = the_finding(&o, "CFNR102");
    assert_str(source_text(&o.sources, f->at), "!Ref P");
    assert_true(f->related.n > 0);
    assert_str(source_text(&o.sources, f->related.at[0].at), "0.0.0.0/0");
    assert_str(f->related.at[0].text, "Default of parameter 'P'.");
    assert_true(str_find(f->message, STR("This holds if 'P' keeps its default '0.0.0.0/0'."), 0) !=
                STR_NPOS);
    outcome_close(&o);
    arena_release(&a);
}

/* What routes back and what gives the address, each at its own place. */
static void the_way_is_related_in_order(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default", (struct network){0});
    const struct finding *f = the_finding(&o, "CFNR102");
    static const char *const texts[] = {
        "The whole rule.", "Route '0.0.0.0/0' of 'Table' leads back to 'Igw'.",
        "Route table 'Table'.", "The public address comes from 'Subnet'.", "Subnet 'Subnet'."};
    assert_int_equal(f->related.n, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_str(f->related.at[i].text, texts[i]);
        assert_false(span_is_none(f->related.at[i].at));
    }
    assert_true(str_starts(source_text(&o.sources, f->related.at[0].at), STR("IpProtocol: tcp")));
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_behind_a_source_is_related),
        cmocka_unit_test(the_way_is_related_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
