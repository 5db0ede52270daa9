#include "tests/fix/fixing.h"

/* The remedies of the finding, without numbers: "R1s R1 R2 ". */
static void check(const char *text, const char *expected)
{
    struct fixing *f = fixing_of(text);
    struct site site;
    assert_true(site_of(&f->job, 0, &site));
    const struct remedy *remedies[MOST_REMEDIES + 1];
    rank_remedies(&site, remedies);
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; remedies[i] != NULL; i++) {
        buf_addf(&b, "%s ", remedies[i]->id);
    }
    assert_str(buf_str(&b), expected);
    buf_release(&b);
    fixing_free(f);
}

static void remedies_follow_the_port(void **state UNUSED)
{
    /* SEMANTICS 6, "Ranking shown to the user". */
    check(NETWORK RULE(23, 23, WORLD), "R1s R1 R2 ");
    check(NETWORK RULE(22, 22, WORLD), "R7 R8 R2 R1s R6 R1 ");
    check(NETWORK RULE(3306, 3306, WORLD), "R3 R4 R5 R1s R2 R1 ");
    check(NETWORK RULE(443, 443, WORLD), "R9 R2 ");
    check(NETWORK RULE(1000, 6000, WORLD), "R1s R3 R2 R1 ");
}

static void a_rule_that_nothing_uses_goes_first_of_all(void **state UNUSED)
{
    check("Resources:\n  Sg:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      "
          "GroupDescription: a\n      SecurityGroupIngress:\n" RULE(22, 22, WORLD),
          "R1 R1s R2 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remedies_follow_the_port),
        cmocka_unit_test(a_rule_that_nothing_uses_goes_first_of_all),
    };
    return RUN_TESTS(tests);
}
