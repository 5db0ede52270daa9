#include "tests/fix/fixing.h"

/* The proof of one edit: the first `old` becomes `fresh`. */
static enum proof_result prove(struct fixing *f, const char *old, const char *fresh)
{
    const struct source *src = f->analysis->source;
    uint32_t at = (uint32_t)str_find(src->bytes, str_from(old), 0);
    struct edit edit = {{src->id, at, at + (uint32_t)strlen(old)}, str_from(fresh)};
    struct site site;
    struct texts lost = {0};
    assert_true(site_of(&f->job, 0, &site));
    return proof_of(&f->job, &site, &edit, 1, &lost);
}

static void edits_are_believed_only_if_they_help(void **state UNUSED)
{
    static const struct {
        const char *old, *fresh;
        enum proof_result expected;
    } rows[] = {
        {"0.0.0.0/0\n  End", "10.0.0.0/8\n  End", PROOF_HOLDS},
        {"0.0.0.0/0\n  End", "0.0.0.0/0 # safe\n  End", PROOF_FAILS}, /* nothing changes */
        {"0.0.0.0/0\n  End", "!Ref Nobody\n  End", PROOF_FAILS},      /* undefined */
        {"0.0.0.0/0\n  End", "[\n  End", PROOF_FAILS},                /* unreadable */
        {"FromPort: 23", "FromPort: 21", PROOF_FAILS},                /* worse */
        {"MapPublicIpOnLaunch: true", "MapPublicIpOnLaunch: false", PROOF_HOLDS},
        {"10.0.1.0/24", "10.0.2.0/24", PROOF_FAILS}, /* does not help */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixing *f =
            fixing_of(NETWORK RULE(23, 23, WORLD) "  End:\n    Type: AWS::S3::Bucket\n");
        assert_int_equal(prove(f, rows[i].old, rows[i].fresh), rows[i].expected);
        fixing_free(f);
    }
}

static void the_same_edits_are_analysed_once(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD));
    assert_int_equal(prove(f, WORLD, "CidrIp: 10.0.0.0/8"), PROOF_HOLDS);
    assert_int_equal(prove(f, WORLD, "CidrIp: 10.0.0.0/8"), PROOF_HOLDS);
    assert_int_equal(f->job.proven, 1);
    fixing_free(f);
}

static void without_budget_nothing_is_analysed(void **state UNUSED)
{
    struct fixing *f = fixing_of(NETWORK RULE(23, 23, WORLD));
    f->options.proofs = 0;
    assert_int_equal(prove(f, WORLD, "CidrIp: 10.0.0.0/8"), PROOF_NO_BUDGET);
    fixing_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_believed_only_if_they_help),
        cmocka_unit_test(the_same_edits_are_analysed_once),
        cmocka_unit_test(without_budget_nothing_is_analysed),
    };
    return RUN_TESTS(tests);
}
