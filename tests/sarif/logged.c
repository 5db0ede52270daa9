#include "tests/sarif/logged.h"

#include "tests/check.h"

static const char *const tags[] = {"security", NULL};
static const struct sarif_rule rules_of_test[] = {
    {"T001", "FirstRule", "First.", "First rule.", "# First", "First rule.", NULL, "error", "8.0",
     "very-high", tags, NULL, 0},
    {"T002", "SecondRule", "Second.", "Second rule.", "# Second", "Second rule.", NULL, "note",
     "1.0", "very-high", tags, NULL, 0},
};

struct sarif_tool logged_tool(void)
{
    return (struct sarif_tool){
        .name = "tool",
        .version = "1.2.3",
        .category = STR("tool/"),
        .rules = rules_of_test,
        .rule_n = 2,
        .notifications = rules_of_test,
        .notification_n = 1,
    };
}

cJSON *logged(struct sarif_log *log, int exit_code)
{
    struct buf out;
    buf_init(&out);
    sarif_end(log, exit_code, exit_code < 2, &out);
    cJSON *parsed = cJSON_ParseWithLength(out.p, out.n);
    assert_non_null(parsed);
    buf_release(&out);
    return parsed;
}

struct sarif_location logged_place(uint32_t line)
{
    return (struct sarif_location){
        .uri = STR("a.yaml"),
        .region = {line, 3, line, 9, STR("0.0.0.0")},
        .message = STR("Here."),
    };
}
