#include "sarif/sarif.h"
#include "tests/check.h"

static void bytes_outside_the_unreserved_set_are_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *uri;
    } rows[] = {
        {"a/b-c_d.e~f/0.yaml", "a/b-c_d.e~f/0.yaml"}, {"././a", "a"}, {"a b%c", "a%20b%25c"},
        {"\xc3\xa9?#[]", "%C3%A9%3F%23%5B%5D"},       {"", ""},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_str(sarif_uri(&a, str_from(rows[i].path)), rows[i].uri);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_outside_the_unreserved_set_are_escaped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
