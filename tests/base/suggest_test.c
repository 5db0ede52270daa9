/* "Did you mean": what is near enough, what is not, and ties. */
#include "base/suggest.h"

#include "tests/check.h"

static const struct str names[] = {
    STR_INIT("WebSubnet"), STR_INIT("WebSubnet2"), STR_INIT("DbSubnet"), STR_INIT("Vpc"),
    STR_INIT("CidrIp"),    STR_INIT("CidrIpv6"),   STR_INIT("FromPort"), STR_INIT("ToPort"),
};

/* The distances were counted by hand. */
static void the_nearest_candidate_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *name, *expected;
    } rows[] = {
        {"WebSubnets", "WebSubnet"},  /* one letter too many; WebSubnet2 is as near, later */
        {"WebSbunet2", "WebSubnet2"}, /* neighbours swapped: one edit */
        {"DBSubnet", "DbSubnet"},     /* case alone */
        {"websubnet2", "WebSubnet2"}, /* case alone wins over any edit */
        {"CIDRIP", "CidrIp"},
        {"CidrIpv4", "CidrIpv6"},
        {"VPC", "Vpc"},
        {"Vpcs", "Vpc"}, /* 1 of 4 letters */
        {"Fromport", "FromPort"},
        {"Port", "ToPort"}, /* 2 edits of 6 letters; FromPort would be 4 of 8 */
        {"Instance", ""},
        {"V", ""},
        {"", ""},
        {"Xyz", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_str(suggest(str_from(rows[i].name), names, sizeof names / sizeof names[0]),
                   rows[i].expected);
    }
}

static void the_threshold_grows_with_the_length(void **state)
{
    (void)state;
    static const struct {
        const char *name, *candidate;
        bool near;
    } rows[] = {
        {"v4", "v6", true},        /* 1 of 2 */
        {"tcp", "udp", false},     /* 2 of 3 */
        {"tcp", "tpc", true},      /* one swap */
        {"abcde", "abxye", false}, /* 2 of 5 */
        {"abcdef", "abxyef", true}, {"abcdef", "axyzef", false}, {"abcdefghi", "axyzefghi", true},
        {"ca", "abc", false}, /* 3 in the restricted form: nothing is edited twice */
        {"a", "b", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str c = str_from(rows[i].candidate);
        struct str s = str_from(rows[i].name);
        assert_int_equal(suggest(s, &c, 1).n > 0, rows[i].near);
        assert_int_equal(suggest(c, &s, 1).n > 0, rows[i].near); /* it is symmetric */
    }
}

static void a_nearer_one_later_in_the_list_wins(void **state)
{
    (void)state;
    static const struct str list[] = {STR_INIT("subnxy"), STR_INIT("subnex"), STR_INIT("subnez")};
    assert_str(suggest(STR("subnet"), list, 3), "subnex");
}

static void very_long_names_are_compared_for_case_only(void **state)
{
    (void)state;
    struct buf a, b;
    buf_init(&a);
    buf_init(&b);
    buf_pad(&a, 'a', 255);
    buf_pad(&b, 'A', 255);
    struct str candidate = buf_str(&b);
    assert_int_equal(suggest(str_sub(buf_str(&a), 0, 254), &candidate, 1).n, 255);
    buf_addc(&a, 'x');
    buf_addc(&b, 'y');
    candidate = buf_str(&b);
    assert_int_equal(suggest(buf_str(&a), &candidate, 1).n, 0);
    b.p[255] = 'X';
    assert_int_equal(suggest(buf_str(&a), &candidate, 1).n, 256);
    buf_release(&a);
    buf_release(&b);
}

static void no_candidates_give_nothing(void **state)
{
    (void)state;
    static const struct str empty = {0};
    assert_int_equal(suggest(STR("a"), NULL, 0).n, 0);
    assert_int_equal(suggest(STR("ab"), &empty, 1).n, 0);
    assert_int_equal(suggest(empty, &empty, 1).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_candidate_is_found),
        cmocka_unit_test(the_threshold_grows_with_the_length),
        cmocka_unit_test(a_nearer_one_later_in_the_list_wins),
        cmocka_unit_test(very_long_names_are_compared_for_case_only),
        cmocka_unit_test(no_candidates_give_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
