#include "report/markdown_text.h"

#include "tests/check.h"

static void nothing_in_a_text_becomes_markup(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    markdown_text(&b, STR("a|b <img> *x* _y_ `z` @team & #1"));
    assert_str(buf_str(&b), "a\\|b &lt;img> \\*x\\* \\_y\\_ \\`z\\` &#64;team &amp; \\#1");
    buf_clear(&b);
    markdown_code(&b, STR("plain|x"));
    assert_str(buf_str(&b), "`plain\\|x`");
    buf_clear(&b);
    markdown_code(&b, STR("a``b"));
    assert_str(buf_str(&b), "``` a``b ```");
    buf_clear(&b);
    markdown_code(&b, STR(""));
    assert_int_equal(b.n, 0);
    markdown_label(&b, STR("a\"]; <b>#"));
    assert_str(buf_str(&b), "a#34;]#59; #60;b#62;#35;");
    buf_release(&b);
}

static void a_fence_is_longer_than_those_inside(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    markdown_fenced(&b, "diff", STR("+a\r\n+````\n"));
    assert_str(buf_str(&b), "`````diff\n+a\n+````\n`````\n\n");
    buf_clear(&b);
    markdown_fenced(&b, "", STR("x\033y"));
    assert_str(buf_str(&b), "```\nx\xEF\xBF\xBDy\n```\n\n");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_in_a_text_becomes_markup),
        cmocka_unit_test(a_fence_is_longer_than_those_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
