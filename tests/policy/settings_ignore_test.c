#include "policy/settings_ignore.h"

#include "tests/check.h"

static void days_are_those_of_the_calendar(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_day;
    } rows[] = {
        {"2031-12-31", true},   {"2032-02-29", true},  {"2031-02-29", false}, {"2000-02-29", true},
        {"1900-02-29", false},  {"2031-04-31", false}, {"2031-00-10", false}, {"2031-13-10", false},
        {"2031-10-00", false},  {"2031-1-1", false},   {"31-12-2031", false}, {"2031/12/31", false},
        {"2031-12-31 ", false}, {"", false},           {"yyyy-mm-dd", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (settings_is_date(str_from(rows[i].text)) != rows[i].is_day) {
            fail_msg("%s", rows[i].text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
