#include "cli/assumptions.h"

#include <stdlib.h>

#include "base/file.h"
#include "tests/check.h"
#include "tests/cli/captured.h"

/* A public address in a subnet that is passed: A-SUBROUTE(SubnetId) and A-NACL(SubnetId). */
static const char template_text[] =
    "AWSTemplateFormatVersion: '2010-09-09'\n"
    "Parameters:\n"
    "  SubnetId: {Type: 'AWS::EC2::Subnet::Id'}\n"
    "  VpcId: {Type: 'AWS::EC2::VPC::Id'}\n"
    "Resources:\n"
    "  Sg:\n"
    "    Type: AWS::EC2::SecurityGroup\n"
    "    Properties:\n"
    "      VpcId: !Ref VpcId\n"
    "      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]\n"
    "  Web:\n"
    "    Type: AWS::EC2::Instance\n"
    "    Properties:\n"
    "      NetworkInterfaces:\n"
    "        - {DeviceIndex: '0', SubnetId: !Ref SubnetId, GroupSet: [!Ref Sg],\n"
    "           AssociatePublicIpAddress: true}\n";
static const char policy_text[] = "version: 1\nextends: default\n"
                                  "assume: {'A-SUBROUTE(SubnetId)': no}\n";
static const char wrong_policy_text[] = "version: 1\nassume: {'A-NACL(Subnet)': no}\n";

static char folder[] = "/tmp/cfnreach-assume-XXXXXX";

static void put(struct arena *a, const char *name, const char *text)
{
    struct file_result r = file_replace(a, str_format(a, "%s/%s", folder, name), str_from(text));
    assert_int_equal(r.status, FILE_OK);
}

static int make_folder(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_non_null(mkdtemp(folder));
    put(&a, "t.yaml", template_text);
    put(&a, "policy.yml", policy_text);
    put(&a, "wrong.yml", wrong_policy_text);
    arena_release(&a);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    struct arena a = {0};
    int status = system(str_format(&a, "rm -rf %s", folder).p);
    arena_release(&a);
    return status;
}

static void expect(const char *options, int status, const char *says)
{
    struct arena a = {0};
    struct captured c =
        captured(&a, run_lint, str_format(&a, "lint --no-fixes %s %s/t.yaml", options, folder).p);
    if (c.status != status || str_find(c.out, str_from(says), 0) == STR_NPOS) {
        fail_msg("%s: status %d\n%.*s", options, c.status, STR_ARG(c.out));
    }
    arena_release(&a);
}

static void what_is_said_of_facts_decides(void **state)
{
    (void)state;
    expect("--color never", 1,
           "only if    A-SUBROUTE(SubnetId) (the subnet that is passed as SubnetId has a ");
    expect("--assume A-SUBROUTE(SubnetId)=yes", 1, "only if    A-NACL(SubnetId) (");
    expect("--assume A-SUBROUTE(SubnetId)=yes --assume A-NACL(SubnetId)=yes", 1,
           "SSH (tcp port 22) of 'Web' can be reached from the internet");
    expect("--assume A-SUBROUTE(SubnetId)=no", 0, "(assuming A-SUBROUTE(SubnetId)=no)");
}

static void a_fact_that_nothing_uses_is_an_error(void **state)
{
    (void)state;
    expect("--assume A-SUBROUTE(Subnet)=no", 2,
           "Nothing rests on the fact 'A-SUBROUTE(Subnet)' that is assumed; did you mean "
           "'A-SUBROUTE(SubnetId)'?");
    expect("--assume A-BGP(X)=no", 2, "Nothing rests on the fact 'A-BGP(X)' that is assumed.");
    expect("--assume A-NACL(SubnetId)=maybe", 2,
           "The fact 'A-NACL(SubnetId)' is yes or no, not 'maybe'.");
}

/* Over several templates one that uses it is enough. */
static void one_template_that_uses_it_is_enough(void **state)
{
    (void)state;
    struct arena a = {0};
    put(&a, "closed.yaml",
        "Resources: {V: {Type: 'AWS::EC2::VPC', "
        "Properties: {CidrBlock: 10.0.0.0/16}}}\n");
    struct captured c = captured(
        &a, run_lint,
        str_format(&a, "lint --no-fixes --assume A-NACL(SubnetId)=no %s/closed.yaml %s/t.yaml",
                   folder, folder)
            .p);
    assert_int_equal(c.status, 0);
    c = captured(&a, run_lint,
                 str_format(&a, "lint --assume A-NACL(SubnetId)=no %s/closed.yaml", folder).p);
    assert_int_equal(c.status, 2);
    arena_release(&a);
}

static void a_policy_file_assumes_and_flags_win(void **state)
{
    (void)state;
    struct arena a = {0};
    const char *policy = str_format(&a, "--policy %s/policy.yml", folder).p;
    expect(policy, 0, "(assuming A-SUBROUTE(SubnetId)=no)");
    expect(str_format(&a, "%s --assume A-SUBROUTE(SubnetId)=yes", policy).p, 1,
           "only if    A-NACL(SubnetId) (");
    expect(str_format(&a, "--policy %s/wrong.yml", folder).p, 2,
           "wrong.yml:2:10: error: Nothing rests on the fact 'A-NACL(Subnet)'");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_of_facts_decides),
        cmocka_unit_test(a_fact_that_nothing_uses_is_an_error),
        cmocka_unit_test(one_template_that_uses_it_is_enough),
        cmocka_unit_test(a_policy_file_assumes_and_flags_win),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
