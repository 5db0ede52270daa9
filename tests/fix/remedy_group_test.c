#include "tests/fix/fixing.h"

#define CLIENT                                                                                     \
    "  App:\n    Type: AWS::EC2::Instance\n    Properties: {ImageId: ami-1, SubnetId: !Ref "       \
    "Subnet, "                                                                                     \
    "SecurityGroupIds: [!Ref AppGroup]}\n"
#define GROUP                                                                                      \
    "  AppGroup:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: a, "       \
    "VpcId: !Ref Vpc}\n"

static void the_only_other_group_is_the_client(void **state UNUSED)
{
    fixing_check(NETWORK RULE(3306, 3306, WORLD) CLIENT GROUP, "R3-1", FIX_UNSAFE,
                 "SourceSecurityGroupId: !GetAtt AppGroup.GroupId", "CidrIp");
}

static void without_a_client_there_is_nothing_to_admit(void **state UNUSED)
{
    fixing_refused(NETWORK RULE(3306, 3306, WORLD) GROUP, "R3-1", NULL);
}

static void a_circle_is_avoided_by_a_rule_of_its_own(void **state UNUSED)
{
    fixing_check(
        NETWORK RULE(3306, 3306, WORLD) CLIENT
        "  AppGroup:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      "
        "GroupDescription: a\n      VpcId: !Ref Vpc\n      SecurityGroupEgress:\n        - "
        "{IpProtocol: -1, DestinationSecurityGroupId: !GetAtt Sg.GroupId}\n",
        "R3-1", FIX_UNSAFE, "  SgFromAppGroup:\n    Type: AWS::EC2::SecurityGroupIngress\n",
        "SecurityGroupIngress:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_only_other_group_is_the_client),
        cmocka_unit_test(without_a_client_there_is_nothing_to_admit),
        cmocka_unit_test(a_circle_is_avoided_by_a_rule_of_its_own),
    };
    return RUN_TESTS(tests);
}
