#include "doc/scalar.h"
#include "tests/check.h"

/* Expected values from yaml.org/type (int, float, bool, null of YAML 1.1), worked out by hand. */
static const struct {
    const char *plain;
    enum doc_type type;
    const char *text;
} table[] = {
    {"", DOC_NULL, ""},
    {"~", DOC_NULL, "~"},
    {"null", DOC_NULL, "null"},
    {"NULL", DOC_NULL, "NULL"},
    {"nULL", DOC_STRING, "nULL"},
    {"~x", DOC_STRING, "~x"},
    {"yes", DOC_BOOL, "true"},
    {"Yes", DOC_BOOL, "true"},
    {"YES", DOC_BOOL, "true"},
    {"yEs", DOC_STRING, "yEs"},
    {"no", DOC_BOOL, "false"},
    {"on", DOC_BOOL, "true"},
    {"Off", DOC_BOOL, "false"},
    {"true", DOC_BOOL, "true"},
    {"TRUE", DOC_BOOL, "true"},
    {"False", DOC_BOOL, "false"},
    {"y", DOC_STRING, "y"},
    {"n", DOC_STRING, "n"},
    {"truee", DOC_STRING, "truee"},
    {"falsey", DOC_STRING, "falsey"},
    {"0", DOC_INT, "0"},
    {"-0", DOC_INT, "0"},
    {"+0", DOC_INT, "0"},
    {"22", DOC_INT, "22"},
    {"+22", DOC_INT, "22"},
    {"-22", DOC_INT, "-22"},
    {"022", DOC_INT, "18"},
    {"-022", DOC_INT, "-18"},
    {"00", DOC_INT, "0"},
    {"08", DOC_STRING, "08"},
    {"0o17", DOC_STRING, "0o17"},
    {"0x16", DOC_INT, "22"},
    {"0xFf", DOC_INT, "255"},
    {"-0x10", DOC_INT, "-16"},
    {"0X16", DOC_STRING, "0X16"},
    {"0x", DOC_STRING, "0x"},
    {"0x_", DOC_STRING, "0x_"},
    {"0xfg", DOC_STRING, "0xfg"},
    {"0b1011", DOC_INT, "11"},
    {"0b12", DOC_STRING, "0b12"},
    {"1_000", DOC_INT, "1000"},
    {"-1_0_0", DOC_INT, "-100"},
    {"_1", DOC_STRING, "_1"},
    {"123456789012345678901234567890", DOC_INT, "123456789012345678901234567890"},
    {"0x7fffffffffffffff", DOC_INT, "9223372036854775807"},
    {"0x8000000000000000", DOC_STRING, "0x8000000000000000"},
    {"012345678901", DOC_STRING, "012345678901"}, /* 8 and 9 are no octal digits */
    {"1:30", DOC_INT, "90"},
    {"190:20:30", DOC_INT, "685230"}, /* 190 * 3600 + 20 * 60 + 30 */
    {"-1:00", DOC_INT, "-60"},
    {"1:60", DOC_STRING, "1:60"},
    {"0:30", DOC_STRING, "0:30"},
    {"1:2:", DOC_STRING, "1:2:"},
    {"1:30.5", DOC_FLOAT, "1:30.5"},
    {"22-23", DOC_STRING, "22-23"},
    {"22.", DOC_FLOAT, "22."},
    {"1.5", DOC_FLOAT, "1.5"},
    {"-1.5e3", DOC_FLOAT, "-1.5e3"},
    {"1e3", DOC_FLOAT, "1e3"},
    {"1e+3", DOC_FLOAT, "1e+3"},
    {"1e", DOC_STRING, "1e"},
    {"e3", DOC_STRING, "e3"},
    {".5", DOC_FLOAT, ".5"},
    {".", DOC_STRING, "."},
    {"..", DOC_STRING, ".."},
    {"-", DOC_STRING, "-"},
    {"+", DOC_STRING, "+"},
    {"-.", DOC_STRING, "-."},
    {".inf", DOC_FLOAT, ".inf"},
    {"-.Inf", DOC_FLOAT, "-.Inf"},
    {".NaN", DOC_FLOAT, ".NaN"},
    {"-.nan", DOC_STRING, "-.nan"},
    {"1.2.3", DOC_STRING, "1.2.3"},
    {"10.0.0.0/16", DOC_STRING, "10.0.0.0/16"},
    {"0.0.0.0/0", DOC_STRING, "0.0.0.0/0"},
    {"::/0", DOC_STRING, "::/0"},
    {"2001:db8::1", DOC_STRING, "2001:db8::1"},
    {"2010-09-09", DOC_STRING, "2010-09-09"},
    {"2010-09-09T10:00:00Z", DOC_STRING, "2010-09-09T10:00:00Z"},
    {"tcp", DOC_STRING, "tcp"},
    {"-1", DOC_INT, "-1"},
    {"- 1", DOC_STRING, "- 1"},
    {"1 2", DOC_STRING, "1 2"},
};

static void plain_scalars_have_the_types_of_yaml_1_1(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct str text = str_from(table[i].plain);
        enum doc_type type = scalar_plain(&a, &text);
        if (type != table[i].type) {
            print_error("'%s' is of type %d\n", table[i].plain, (int)type);
        }
        assert_int_equal(type, table[i].type);
        assert_str(text, table[i].text);
    }
    arena_release(&a);
}

static void a_word_cut_out_of_a_longer_text_is_not_read_beyond_its_end(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str all = STR("0x161:30e5");
    static const struct {
        size_t begin, end;
        enum doc_type type;
    } cuts[] = {
        {0, 1, DOC_INT},    /* 0 */
        {0, 2, DOC_STRING}, /* 0x */
        {0, 3, DOC_INT},    /* 0x1 */
        {4, 6, DOC_STRING}, /* 1: */
        {4, 7, DOC_INT},    /* 1:3 */
        {4, 8, DOC_INT},    /* 1:30 */
        {6, 9, DOC_STRING}, /* 30e */
        {7, 10, DOC_FLOAT}, /* 0e5 */
    };
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        struct str text = str_sub(all, cuts[i].begin, cuts[i].end);
        assert_int_equal(scalar_plain(&a, &text), cuts[i].type);
    }
    arena_release(&a);
}

static void a_tag_asks_whether_a_text_is_of_a_type(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str text = STR("022");
    assert_true(scalar_as(&a, DOC_INT, &text));
    assert_str(text, "18");
    text = STR("abc");
    assert_false(scalar_as(&a, DOC_INT, &text));
    assert_str(text, "abc");
    assert_false(scalar_as(&a, DOC_BOOL, &text));
    assert_false(scalar_as(&a, DOC_NULL, &text));
    assert_false(scalar_as(&a, DOC_FLOAT, &text));
    assert_true(scalar_as(&a, DOC_STRING, &text));
    text = STR("3");
    assert_true(scalar_as(&a, DOC_FLOAT, &text));
    text = STR("off");
    assert_true(scalar_as(&a, DOC_BOOL, &text));
    assert_str(text, "false");
    text = STR("");
    assert_true(scalar_as(&a, DOC_NULL, &text));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_scalars_have_the_types_of_yaml_1_1),
        cmocka_unit_test(a_word_cut_out_of_a_longer_text_is_not_read_beyond_its_end),
        cmocka_unit_test(a_tag_asks_whether_a_text_is_of_a_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
