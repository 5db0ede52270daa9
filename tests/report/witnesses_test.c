#include "report/witnesses.h"

#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

/* Port 22 is open where Env is dev or test, and in prod with Ssh. */
static const char *const open_twice =
    "AWSTemplateFormatVersion: '2010-09-09'\n"
    "Parameters:\n"
    "  SubnetId: {Type: 'AWS::EC2::Subnet::Id'}\n"
    "  Env: {Type: String, AllowedValues: [dev, test, prod]}\n"
    "  Ssh: {Type: String, AllowedValues: ['yes', 'no']}\n"
    "Conditions:\n"
    "  Open: !Or [!Equals [!Ref Env, dev], !Equals [!Ref Env, test], !Equals [!Ref Ssh, 'yes']]\n"
    "Resources:\n"
    "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  Igw: {Type: 'AWS::EC2::InternetGateway'}\n"
    "  Attached:\n"
    "    Type: AWS::EC2::VPCGatewayAttachment\n"
    "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}\n"
    "  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n"
    "  Route:\n"
    "    Type: AWS::EC2::Route\n"
    "    Properties:\n"
    "      {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw}\n"
    "  Subnet:\n"
    "    Type: AWS::EC2::Subnet\n"
    "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true}\n"
    "  Association:\n"
    "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
    "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n"
    "  Group:\n"
    "    Type: AWS::EC2::SecurityGroup\n"
    "    Properties: {GroupDescription: x, VpcId: !Ref Vpc}\n"
    "  Rule:\n"
    "    Type: AWS::EC2::SecurityGroupIngress\n"
    "    Condition: Open\n"
    "    Properties:\n"
    "      {GroupId: !Ref Group, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
    "  Web:\n"
    "    Type: AWS::EC2::Instance\n"
    "    Properties: {ImageId: ami-1, SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]}\n"
    "  Far:\n"
    "    Type: AWS::EC2::Instance\n"
    "    Properties: {ImageId: ami-1, SubnetId: !Ref SubnetId, SecurityGroupIds: [!Ref Group]}\n";

/* What Source is compared with, and what it may be as a source, are two variables of one name. */
static const char *const open_as_given =
    "AWSTemplateFormatVersion: '2010-09-09'\n"
    "Parameters:\n"
    "  Source: {Type: String}\n"
    "Conditions:\n"
    "  Home: !Equals [!Ref Source, 10.0.0.0/8]\n"
    "Resources:\n"
    "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  Igw: {Type: 'AWS::EC2::InternetGateway'}\n"
    "  Attached:\n"
    "    Type: AWS::EC2::VPCGatewayAttachment\n"
    "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}\n"
    "  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n"
    "  Route:\n"
    "    Type: AWS::EC2::Route\n"
    "    Properties:\n"
    "      {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw}\n"
    "  Subnet:\n"
    "    Type: AWS::EC2::Subnet\n"
    "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true}\n"
    "  Association:\n"
    "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
    "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n"
    "  Group:\n"
    "    Type: AWS::EC2::SecurityGroup\n"
    "    Properties:\n"
    "      GroupDescription: x\n"
    "      VpcId: !Ref Vpc\n"
    "      SecurityGroupIngress:\n"
    "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Source}\n"
    "  Web:\n"
    "    Type: AWS::EC2::Instance\n"
    "    Properties: {ImageId: ami-1, SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]}\n";

static const struct report_options all = {.all_witnesses = true, .root = {"/", 1}, .cwd = {"/", 1}};

static bool contains(struct str text, const char *part)
{
    return str_find(text, str_from(part), 0) != STR_NPOS;
}

static void two_choices(const cJSON *o)
{
    assert_int_equal(cJSON_GetArraySize(parsed_at(o, "witnesses")), 2);
    assert_int_equal(cJSON_GetArraySize(parsed_at(o, "witnesses/0/choices")), 1);
    assert_string_equal(parsed_text(o, "witnesses/0/choices/Env/0"), "dev");
    assert_string_equal(parsed_text(o, "witnesses/0/choices/Env/1"), "test");
    assert_int_equal(cJSON_GetArraySize(parsed_at(o, "witnesses/1/choices")), 2);
    assert_int_equal(cJSON_GetArraySize(parsed_at(o, "witnesses/1/choices/Env")), 1);
    assert_string_equal(parsed_text(o, "witnesses/1/choices/Env/0"), "prod");
    assert_string_equal(parsed_text(o, "witnesses/1/choices/Ssh/0"), "yes");
    assert_true(cJSON_IsFalse(parsed_at(o, "moreWitnesses")));
}

static void json_lists_the_choices_of_findings_and_their_endpoints(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *log = parsed(reported(&a, "json", &open_twice, 1, &all));
    two_choices(parsed_at(log, "findings/0"));
    two_choices(parsed_at(log, "findings/0/endpoints/0"));
    assert_string_equal(parsed_text(log, "findings/0/endpoints/1/resource"), "Far");
    /* In a subnet outside the templates each choice rests on the facts, too. */
    const cJSON *far = parsed_at(log, "findings/0/endpoints/1/witnesses/0");
    assert_string_equal(parsed_text(far, "choices/A-SUBROUTE(SubnetId)/0"), "yes");
    assert_string_equal(parsed_text(far, "factTexts/A-SUBROUTE(SubnetId)"),
                        "the subnet that is passed as SubnetId has a route to an internet gateway");
    cJSON_Delete(log);
    arena_release(&a);
}

static void json_lists_the_choices_of_flows(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options o = all;
    o.flows = true;
    cJSON *log = parsed(reported(&a, "json", &open_twice, 1, &o));
    assert_string_equal(parsed_text(log, "flows/0/resource"), "Web");
    two_choices(parsed_at(log, "flows/0"));
    cJSON_Delete(log);
    log = parsed(reported(&a, "json", &reported_open, 1, &o));
    assert_string_equal(parsed_text(log, "flows/0/verdict"), "reachable");
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "flows/0/witnesses")), 1);
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "flows/0/witnesses/0/choices")), 0);
    cJSON_Delete(log);
    arena_release(&a);
}

static void sarif_has_them_as_properties(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *log = parsed(reported(&a, "sarif", &open_twice, 1, &all));
    two_choices(parsed_at(log, "runs/0/results/0/properties"));
    cJSON_Delete(log);
    arena_release(&a);
}

static void text_lists_them_in_place_of_the_one(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str text = reported(&a, "text", &open_twice, 1, &all);
    assert_true(contains(text, "\n  holds if   Env=dev|test\n  or if      Env=prod, Ssh=yes\n"));
    assert_false(contains(text, "only if"));
    struct report_options o = all;
    o.flows = true;
    text = reported(&a, "text", &open_twice, 1, &o);
    assert_true(contains(text, "\n      if Env=dev|test\n      or if Env=prod, Ssh=yes\n"));
    arena_release(&a);
}

static void two_variables_of_one_name_are_one_choice(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *log = parsed(reported(&a, "json", &open_as_given, 1, &all));
    const cJSON *f = parsed_at(log, "findings/0");
    assert_string_equal(parsed_text(f, "ruleId"), "CFNR202");
    assert_int_equal(cJSON_GetArraySize(parsed_at(f, "witness")), 1);
    assert_string_equal(parsed_text(f, "witness/Source"), "0.0.0.0/0");
    assert_int_equal(cJSON_GetArraySize(parsed_at(f, "witnesses/0/choices")), 1);
    assert_int_equal(cJSON_GetArraySize(parsed_at(f, "witnesses/0/choices/Source")), 2);
    assert_string_equal(parsed_text(f, "witnesses/0/choices/Source/0"), "0.0.0.0/0");
    assert_string_equal(parsed_text(f, "witnesses/0/choices/Source/1"), "8.8.8.8/32");
    cJSON_Delete(log);
    struct str text = reported(&a, "text", &open_as_given, 1, &all);
    assert_true(contains(text, "\n  holds if   Source=0.0.0.0/0|8.8.8.8/32\n"));
    struct report_options o = all;
    o.flows = true;
    log = parsed(reported(&a, "json", &open_as_given, 1, &o));
    assert_int_equal(cJSON_GetArraySize(parsed_at(log, "flows/0/witness")), 1);
    cJSON_Delete(log);
    arena_release(&a);
}

static void without_the_option_there_is_one_witness(void **state)
{
    (void)state;
    struct arena a = {0};
    struct report_options o = all;
    o.all_witnesses = false;
    cJSON *log = parsed(reported(&a, "json", &open_twice, 1, &o));
    assert_null(parsed_at(log, "findings/0/witnesses"));
    assert_null(parsed_at(log, "findings/0/moreWitnesses"));
    assert_string_equal(parsed_text(log, "findings/0/witness/Env"), "dev");
    cJSON_Delete(log);
    struct str text = reported(&a, "text", &open_twice, 1, &o);
    assert_true(contains(text, "\n  only if    Env=dev\n"));
    assert_false(contains(text, "holds if"));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_lists_the_choices_of_findings_and_their_endpoints),
        cmocka_unit_test(json_lists_the_choices_of_flows),
        cmocka_unit_test(sarif_has_them_as_properties),
        cmocka_unit_test(text_lists_them_in_place_of_the_one),
        cmocka_unit_test(two_variables_of_one_name_are_one_choice),
        cmocka_unit_test(without_the_option_there_is_one_witness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
