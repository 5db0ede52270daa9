#include "cfn/example.h"

#include "tests/cfn/eval_cases.h"

static bool anything(const struct cfn_term *part, struct str text)
{
    (void)part;
    return text.n > 0;
}

/* A block of public addresses is made where the known pieces allow one (SEMANTICS 3.1, 4.4). */
static void a_public_block_is_fitted_to_what_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        bool is_v6;
        const char *block; /* NULL: none */
    } rows[] = {
        {"!Sub '${P}/24'", false, "8.8.8.0/24"},   {"!Sub '${P}.${Q}.0.0/16'", false, "8.8.0.0/16"},
        {"!Sub '10.${P}.0.0/16'", false, NULL}, /* RFC 1918, whatever P is */
        {"!Sub '192.168.${P}.0/24'", false, NULL}, {"!Sub '${P}/24'", true, "2600::/24"},
        {"!Sub 'fd00:${P}::/32'", true, NULL}, /* unique local */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = {0};
        struct buf text;
        buf_init(&text);
        buf_addf(&text,
                 "Parameters: {P: {Type: String}, Q: {Type: String}}\n"
                 "Resources:\n  R: {Type: T, Properties: {V: %s}}\n",
                 rows[i].expression);
        fixture_open(&f, text.p);
        struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
        assert_int_equal(v.n, 1);
        assert_int_equal(v.at[0].kind, CFN_JOINED);
        struct str block;
        bool found = cfn_example(&v.at[0], rows[i].is_v6, anything, &block);
        assert_int_equal(found, rows[i].block != NULL);
        if (found) {
            assert_str(block, rows[i].block);
        }
        buf_release(&text);
        fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_public_block_is_fitted_to_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
