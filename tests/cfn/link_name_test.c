#include "cfn/link_name.h"

#include "tests/check.h"

/* A gap is written '*' here. */
static struct str name_of(struct arena *a, const char *text)
{
    char *copy = str_to_c(a, str_from(text));
    for (char *p = copy; *p != '\0'; p++) {
        *p = *p == '*' ? CFN_GAP : *p;
    }
    return str_from(copy);
}

static void names_fit_as_far_as_they_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        const char *b;
        enum cfn_fit fit;
    } cases[] = {
        {"net-Vpc", "net-Vpc", CFN_FIT_EQUAL},
        {"net-Vpc", "net-vpc", CFN_FIT_NEVER},
        {"*-Vpc", "*-Vpc", CFN_FIT_SHAPE},
        {"net-Vpc", "*-Vpc", CFN_FIT_MAYBE},
        {"net-Vpc", "*-Subnet", CFN_FIT_NEVER},
        {"a-*-b-*-c1", "a-x-b-b-y-c1", CFN_FIT_MAYBE},
        {"a-*-b-*-c1", "a-x-c-y-c1", CFN_FIT_NEVER},
        {"a-*-b-*-c1", "a-x-b-y-c1", CFN_FIT_MAYBE},
        {"*-Vpc", "net-*", CFN_FIT_MAYBE},
        {"*-Vpc", "*-PublicVpc", CFN_FIT_NEVER},
        {"*", "net-Vpc", CFN_FIT_NEVER}, /* it says nothing */
        {"*-", "net-", CFN_FIT_NEVER},
        {"", "", CFN_FIT_NEVER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a = {0};
        struct str x = name_of(&a, cases[i].a);
        struct str y = name_of(&a, cases[i].b);
        assert_int_equal(cfn_link_fit(x, y), cases[i].fit);
        assert_int_equal(cfn_link_fit(y, x), cases[i].fit);
        arena_release(&a);
    }
}

static void a_gap_is_filled_by_what_is_left(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out;
    assert_true(cfn_link_fill(name_of(&a, "*-Vpc"), STR("net-Vpc"), &out));
    assert_str(out, "net");
    assert_false(cfn_link_fill(name_of(&a, "*-Vpc"), STR("net-Subnet"), &out));
    assert_false(cfn_link_fill(name_of(&a, "*-*"), STR("a-b"), &out));
    assert_false(cfn_link_fill(STR("net"), STR("net"), &out));
    assert_false(cfn_link_fill(name_of(&a, "aa*aa"), STR("aaa"), &out));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_fit_as_far_as_they_are_known),
        cmocka_unit_test(a_gap_is_filled_by_what_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
