#include "tests/cfn/eval_cases.h"

#define HEAD                                                                                       \
    "Parameters:\n"                                                                                \
    "  Block: {Type: String, AllowedValues: [10.0.0.0/16, 10.1.0.0/16]}\n"                         \
    "  Free: {Type: String}\n"                                                                     \
    "  Count: {Type: Number, AllowedValues: [1, 2]}\n"                                             \
    "Resources:\n"                                                                                 \
    "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.2.0.0/16}}\n"                       \
    "  Ipam: {Type: 'AWS::EC2::VPC', Properties: {Ipv4IpamPoolId: p}}\n"
#define FAULT "?fault at /Resources/R/Properties/V"

static void a_block_is_cut_into_blocks(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Cidr [10.0.0.0/16, 3, 8]", "[\"10.0.0.0/24\", \"10.0.1.0/24\", \"10.0.2.0/24\"]", NULL},
        {"{'Fn::Cidr': [192.168.0.0/24, '2', '5']}", "[\"192.168.0.0/27\", \"192.168.0.32/27\"]",
         NULL},
        {"!Cidr ['2001:db8::/56', 2, 64]", "[\"2001:db8::/64\", \"2001:db8:0:1::/64\"]", NULL},
        {"!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]]", "\"10.2.1.0/24\"", NULL},
        {"!Select [1, !Cidr [!Ref Block, 2, 8]]",
         "Block=10.0.0.0/16 -> \"10.0.1.0/24\"; Block=10.1.0.0/16 -> \"10.1.1.0/24\"", NULL},
        {"!Cidr [10.0.0.0/16, !Ref Count, 8]",
         "Count=1 -> [\"10.0.0.0/24\"]; Count=2 -> [\"10.0.0.0/24\", \"10.0.1.0/24\"]", NULL},
    };
    CASES(HEAD, cases);
}

static void blocks_of_what_is_not_known_are_identities(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Cidr [!Ref Free, 2, 8]", "[?Cidr(Free, 2, 8)[0], ?Cidr(Free, 2, 8)[1]]", NULL},
        {"!Select [1, !Cidr [!GetAtt Ipam.CidrBlock, 2, 8]]", "?Cidr(Ipam.CidrBlock, 2, 8)[1]",
         NULL},
        {"!Cidr [10.0.0.0/16, !Ref Free, 8]", "?Cidr(10.0.0.0/16, Free, 8)", NULL},
        {"!Cidr [10.0.0.0/16, 2]", "[?Cidr(10.0.0.0/16, 2, )[0], ?Cidr(10.0.0.0/16, 2, )[1]]",
         NULL},
    };
    CASES(HEAD, cases);
}

static void wrong_arguments_are_diagnosed(void **state)
{
    (void)state;
    static const struct eval_case cases[] = {
        {"!Cidr [10.0.0.0/16]", FAULT, "CFNR912 !Cidr [10.0.0.0/16]"},
        {"!Cidr 10.0.0.0/16", FAULT, "CFNR912 !Cidr 10.0.0.0/16"},
        {"!Cidr [10.0.0.0/16, 0, 8]", FAULT, "CFNR912 !Cidr [10.0.0.0/16, 0, 8]"},
        {"!Cidr [10.0.0.0/16, 257, 8]", FAULT, "CFNR912 !Cidr [10.0.0.0/16, 257, 8]"},
        {"!Cidr [10.0.0.0/16, x, 8]", FAULT, "CFNR912 !Cidr [10.0.0.0/16, x, 8]"},
        {"!Cidr [10.0.0.0/16, 2, 16]", FAULT, "CFNR912 !Cidr [10.0.0.0/16, 2, 16]"},
        {"!Cidr [10.0.0.0/16, 1, 200]", FAULT, "CFNR912 !Cidr [10.0.0.0/16, 1, 200]"},
        {"!Cidr [here, 2, 8]", FAULT, "CFNR912 !Cidr [here, 2, 8]"},
        {"!Cidr [[a], 2, 8]", FAULT, "CFNR912 !Cidr [[a], 2, 8]"},
    };
    CASES(HEAD, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_cut_into_blocks),
        cmocka_unit_test(blocks_of_what_is_not_known_are_identities),
        cmocka_unit_test(wrong_arguments_are_diagnosed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
