#include "policy/settings_assume.h"

#include "base/limits.h"
#include "tests/check.h"

struct room {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct settings settings;
    struct settings_reader reader;
};

static void read_map(struct room *r, const char *text)
{
    *r = (struct room){0};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
    r->settings.arena = &r->arena;
    r->reader = (struct settings_reader){.settings = &r->settings, .diags = &r->diags};
    struct source *src = source_add(&r->sources, STR("p.yaml"), str_from(text));
    struct doc *doc = doc_read(&r->arena, src, LIMIT_POLICY_BYTES, &r->diags);
    settings_read_assumptions(&r->reader, doc->root);
}

static void plain_and_quoted_words_mean_the_same(void **state)
{
    (void)state;
    struct room r;
    read_map(&r, "A-SUBROUTE(S): no\nA-NACL(S): 'yes'\n'A-PLACE(Asg)': SubnetA\nA-DEFVPC: true\n");
    assert_int_equal(r.diags.all.n, 0);
    static const char *const want[] = {"no", "yes", "SubnetA", "yes"};
    assert_int_equal(r.settings.assumptions.n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_str(r.settings.assumptions.at[i].value, want[i]);
    }
    assert_str(r.settings.assumptions.at[0].fact, "A-SUBROUTE(S)");
    assert_int_equal(r.settings.assumptions.at[1].at.begin, 18);
    arena_release(&r.arena);
}

static void what_is_no_fact_or_no_value_is_refused_at_its_place(void **state)
{
    (void)state;
    static const char *const bad[] = {"SubnetId: no\n", "A-NACL(S): [no]\n", "A-NACL(S): ''\n",
                                      "[A-NACL(S)]\n", "A-NACL(S: no\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct room r;
        read_map(&r, bad[i]);
        assert_int_equal(r.diags.errors, 1);
        assert_int_equal(r.diags.all.at[0].at.begin, 0);
        assert_int_equal(r.settings.assumptions.n, 0);
        arena_release(&r.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_quoted_words_mean_the_same),
        cmocka_unit_test(what_is_no_fact_or_no_value_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
