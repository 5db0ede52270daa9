#include "base/limits.h"
#include "policy/glob.h"

#include "tests/check.h"

static void patterns_match_as_documented(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        const char *path;
        bool matches;
    } rows[] = {
        {"a.yaml", "a.yaml", true},
        {"a.yaml", "b/a.yaml", true}, /* no slash: the last part alone */
        {"a.yaml", "a.yaml/b", false},
        {"*.yaml", "x/y/z.yaml", true},
        {"*.yaml", "x.yml", false},
        {"a?.yaml", "ab.yaml", true},
        {"a?.yaml", "a.yaml", false},
        {"x/*.yaml", "x/a.yaml", true},
        {"x/*.yaml", "x/y/a.yaml", false}, /* a star takes no slash */
        {"x/?/a", "x///a", false},
        {"x/**", "x/a", true},
        {"x/**", "x/a/b/c", true},
        {"x/**", "y/a", false},
        {"x/**/a", "x/a", true}, /* any folders, none too */
        {"x/**/a", "x/b/c/a", true},
        {"x/**/a", "x/ba", false},
        {"**/a", "a", true},
        {"**/a", "x/y/a", true},
        {"**/a", "ba", false},
        {"**/a", "x/ba", false},
        {"**/x/**/a.*", "p/x/q/r/a.json", true},
        {"x**y/z", "x/1/2y/z", true},
        {"x/a", "./x/a", true},
        {"./x/a", "x/a", false}, /* the path's own is dropped, the pattern's is not */
        {"", "", true},
        {"", "a", false},
        {"*", "", true},
        {"/**", "/tmp/a", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (glob_match(str_from(rows[i].pattern), str_from(rows[i].path)) != rows[i].matches) {
            fail_msg("%s against %s", rows[i].pattern, rows[i].path);
        }
    }
}

static void a_pattern_full_of_stars_costs_little_and_too_long_ones_match_nothing(void **state)
{
    (void)state;
    char path[4096];
    memset(path, 'a', sizeof path);
    char pattern[LIMIT_GLOB_BYTES + 1];
    for (size_t i = 0; i < sizeof pattern; i++) {
        pattern[i] = i % 2 == 0 ? '*' : 'a';
    }
    /* 256 times "*a": enough letters are there, but no final b. */
    pattern[LIMIT_GLOB_BYTES - 1] = 'b';
    assert_false(
        glob_match((struct str){pattern, LIMIT_GLOB_BYTES}, (struct str){path, sizeof path}));
    memset(pattern, 'a', sizeof pattern);
    assert_false(glob_match((struct str){pattern, LIMIT_GLOB_BYTES + 1},
                            (struct str){path, LIMIT_GLOB_BYTES + 1}));
    assert_true(
        glob_match((struct str){pattern, LIMIT_GLOB_BYTES}, (struct str){path, LIMIT_GLOB_BYTES}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_as_documented),
        cmocka_unit_test(a_pattern_full_of_stars_costs_little_and_too_long_ones_match_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
