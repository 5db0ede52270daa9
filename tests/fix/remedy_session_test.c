#include "tests/fix/fixing.h"

static void a_new_role_serves_the_instance(void **state UNUSED)
{
    fixing_check(NETWORK RULE(22, 22, WORLD), "R7-1", FIX_UNSAFE,
                 "      SecurityGroupIds: [!Ref Sg]\n"
                 "      IamInstanceProfile: !Ref SessionManagerProfile\n",
                 "SecurityGroupIngress");
}

static void a_profile_of_elsewhere_cannot_be_extended(void **state UNUSED)
{
    fixing_refused(
        "Parameters:\n  P:\n    Type: String\n" NETWORK RULE(
            22, 22,
            WORLD) "  Db:\n    Type: AWS::EC2::Instance\n    Properties: {ImageId: ami-1, "
                   "SubnetId: "
                   "!Ref Subnet, SecurityGroupIds: [!Ref Sg], IamInstanceProfile: !Ref P}\n",
        "R7-1", NULL);
}

static void a_role_that_has_the_policy_is_left_alone(void **state UNUSED)
{
    fixing_check(
        NETWORK RULE(
            22, 22,
            WORLD) "  Db:\n    Type: AWS::EC2::Instance\n    Properties: {ImageId: ami-1, "
                   "SubnetId: "
                   "!Ref Subnet, SecurityGroupIds: [!Ref Sg], IamInstanceProfile: !Ref Profile}\n"
                   "  Profile:\n    Type: AWS::IAM::InstanceProfile\n    Properties: {Roles: [!Ref "
                   "Role]}\n"
                   "  Role:\n    Type: AWS::IAM::Role\n    Properties: {ManagedPolicyArns: "
                   "['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']}\n",
        "R7-1", FIX_UNSAFE,
        "{ManagedPolicyArns: "
        "['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']}\n",
        NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_role_serves_the_instance),
        cmocka_unit_test(a_profile_of_elsewhere_cannot_be_extended),
        cmocka_unit_test(a_role_that_has_the_policy_is_left_alone),
    };
    return RUN_TESTS(tests);
}
