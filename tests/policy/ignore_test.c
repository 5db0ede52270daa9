#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/policy/network.h"

/* The base topology under a policy with one ignore entry; today is 2030-06-15. */
static void with_entry(struct outcome *o, const char *entry, struct network n)
{
    char path[] = "/tmp/cfnreach-ignore-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    outcome_open(o);
    struct str text = str_format(&o->arena, "extends: default\nignore:\n  - %s\n", entry);
    assert_int_equal(file_replace(&o->arena, str_from(path), text).status, FILE_OK);
    struct settings *s = outcome_policy(o, path);
    assert_int_equal(unlink(path), 0);
    struct arena a = {0};
    outcome_of(o, s, "stacks/web/t.yaml", network_text(&a, n));
    arena_release(&a);
}

static void entries_match_by_all_their_selectors(void **state)
{
    (void)state;
    static const struct {
        const char *entry;
        bool matches;
    } rows[] = {
        {"{rule: CFNR102}", true},
        {"{rule: internet-ssh}", true},
        {"{rule: CFNR101}", false},
        {"{resource: Sg}", true},    /* holds the rule */
        {"{resource: Web}", true},   /* all that is exposed */
        {"{resource: 'W.*'}", true}, /* a regular expression */
        {"{resource: W}", false},    /* for the whole id */
        {"{rule: CFNR102, resource: Db}", false},
        {"{tag: {Stage: dev}}", true},
        {"{tag: {Stage: 'dev|test'}}", true},
        {"{tag: {Stage: prod}}", false},
        {"{tag: {Owner: dev}}", false},
        {"{resource: Sg, tag: {Stage: dev}}", false}, /* the tag is the instance's */
        {"{path: 'stacks/**'}", true},
        {"{path: t.yaml}", true},
        {"{path: 'other/**'}", false},
        {"{rule: CFNR102, until: 2030-06-15}", true}, /* its last day */
        {"{rule: CFNR102, until: 2030-06-14}", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome o;
        with_entry(&o, rows[i].entry,
                   (struct network){.instance = "      SubnetId: !Ref Subnet\n"
                                                "      SecurityGroupIds: [!Ref Sg]\n"
                                                "      Tags: [{Key: Stage, Value: dev}]\n"});
        const struct finding *f = the_finding(&o, "CFNR102");
        if (f->suppressed != rows[i].matches) {
            fail_msg("%s", rows[i].entry);
        }
        bool ended = has_diag(&o, DIAG_SUPPRESSION, "ended on"); /* meant, but no longer valid */
        assert_int_equal(o.settings->ignores.at[0].used, rows[i].matches || ended);
        outcome_close(&o);
    }
}

static void the_reason_is_kept_and_an_ended_entry_is_said(void **state)
{
    (void)state;
    struct outcome o;
    with_entry(&o, "{rule: CFNR102, reason: reviewed}", (struct network){0});
    assert_str(the_finding(&o, "CFNR102")->suppression_reason, "reviewed");
    outcome_close(&o);
    with_entry(&o, "{rule: CFNR102, until: 2029-12-31}", (struct network){0});
    assert_false(the_finding(&o, "CFNR102")->suppressed);
    assert_true(has_diag(&o, DIAG_SUPPRESSION, "ended on '2029-12-31'"));
    outcome_close(&o);
}

/* An endpoint that the entry does not mean keeps the finding alive. */
static void one_endpoint_that_is_not_meant_keeps_the_finding(void **state)
{
    (void)state;
    struct outcome o;
    with_entry(&o, "{resource: Web}",
               (struct network){.more = "  Other:\n"
                                        "    Type: AWS::EC2::Instance\n"
                                        "    Properties: {ImageId: ami-1, SubnetId: !Ref Subnet, "
                                        "SecurityGroupIds: [!Ref Sg]}\n"});
    assert_false(the_finding(&o, "CFNR102")->suppressed);
    outcome_close(&o);
}

/* A tag that only some deployments have accepts nothing. */
static void a_conditional_tag_does_not_match(void **state)
{
    (void)state;
    struct outcome o;
    with_entry(
        &o, "{tag: {Stage: dev}}",
        (struct network){.head = "Parameters:\n  Env: {Type: String, AllowedValues: [dev, prod]}\n",
                         .instance = "      SubnetId: !Ref Subnet\n"
                                     "      SecurityGroupIds: [!Ref Sg]\n"
                                     "      Tags: [{Key: Stage, Value: !Ref Env}]\n"});
    assert_false(the_finding(&o, "CFNR102")->suppressed);
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_match_by_all_their_selectors),
        cmocka_unit_test(the_reason_is_kept_and_an_ended_entry_is_said),
        cmocka_unit_test(one_endpoint_that_is_not_meant_keeps_the_finding),
        cmocka_unit_test(a_conditional_tag_does_not_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
