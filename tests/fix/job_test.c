#include "tests/fix/fixing.h"

static void names_are_fresh(void **state UNUSED)
{
    struct fixing *f =
        fixing_of("Parameters:\n  Web2:\n    Type: String\n" NETWORK RULE(22, 22, WORLD));
    assert_str(job_fresh_name(&f->job, "New"), "New");
    assert_str(job_fresh_name(&f->job, "New"), "New2");
    assert_str(job_fresh_name(&f->job, "Web"), "Web3");
    fixing_free(f);
}

static void references_name_their_target(void **state UNUSED)
{
    static const struct {
        const char *value;
        const char *target;
    } rows[] = {{"!Ref Web", "Web"},
                {"{Ref: Web}", "Web"},
                {"!GetAtt Web.PrivateIp", "Web"},
                {"!GetAtt [Web, PrivateIp]", "Web"},
                {"{'Fn::GetAtt': [Web, PrivateIp]}", "Web"},
                {"!Sub '${Web}'", NULL},
                {"Web", NULL},
                {"!Ref AWS::Region", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        snprintf(text, sizeof text, "%s%s",
                 NETWORK RULE(22, 22, WORLD) "Outputs:\n  O:\n    Value: ", rows[i].value);
        struct fixing *f = fixing_of(text);
        const struct cfn_resource *r =
            job_target(&f->job, doc_at(f->analysis->doc->root, "Outputs/O/Value"));
        assert_true((r != NULL) == (rows[i].target != NULL));
        if (r != NULL) {
            assert_str(r->id, rows[i].target);
        }
        fixing_free(f);
    }
}

static void safety_has_names(void **state UNUSED)
{
    assert_string_equal(fix_safety_name(FIX_SAFE), "safe");
    assert_string_equal(fix_safety_name(FIX_UNSAFE), "unsafe");
    assert_string_equal(fix_safety_name(FIX_ADVICE), "advice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_fresh),
        cmocka_unit_test(references_name_their_target),
        cmocka_unit_test(safety_has_names),
    };
    return RUN_TESTS(tests);
}
