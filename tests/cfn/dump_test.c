#include "tests/cfn/eval_cases.h"

static void a_template_is_dumped_line_by_line(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf out;
    buf_init(&out);
    fixture_open(&f, "Parameters:\n"
                     "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                     "  Office: {Type: String, AllowedPattern: '10.*'}\n"
                     "  Secret: {Type: String, NoEcho: true, Default: hush}\n"
                     "Conditions:\n"
                     "  Dev: !Equals [!Ref Env, dev]\n"
                     "Resources:\n"
                     "  Web:\n"
                     "    Type: AWS::EC2::Instance\n"
                     "    Condition: Dev\n"
                     "    Properties:\n"
                     "      SubnetId: !Ref Subnet\n"
                     "      Key: !Ref Secret\n"
                     "      Zone: !Sub '${AWS::Region}a'\n"
                     "      Tags: [{Key: a, Value: !Ref Office}]\n"
                     "  Subnet:\n"
                     "    Type: AWS::EC2::Subnet\n"
                     "    Properties: {CidrBlock: !If [Dev, a, b], X: !Ref 'AWS::NoValue'}\n"
                     "Outputs:\n"
                     "  O: {Value: !GetAtt Subnet.Arn}\n");
    cfn_dump(f.unit, &out);
    assert_str(buf_str(&out),
               "parameter Env String: dev, prod\n"
               "parameter Office String: (unknown)\n"
               "parameter Secret String: (hidden), (hidden), (hidden), (hidden), (other)\n"
               "condition Dev: Env=dev\n"
               "resource Web AWS::EC2::Instance if Env=dev\n"
               "  Properties/SubnetId: Subnet\n"
               "  Properties/Key: Env=dev & Secret=(hidden) -> \"${Secret}\" | "
               "Env=dev & Secret!=(hidden) -> ?Secret\n"
               "  Properties/Zone: ~\"${AWS::Region}a\"\n"
               "  Properties/Tags/0/Key: \"a\"\n"
               "  Properties/Tags/0/Value: ?Office\n"
               "resource Subnet AWS::EC2::Subnet\n"
               "  Properties/CidrBlock: Env=dev -> \"a\" | Env=prod -> \"b\"\n"
               "  Properties/X: none\n"
               "  output O: Subnet.Arn\n");
    buf_release(&out);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_template_is_dumped_line_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
