#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

static void findings_follow_the_contract(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *o = parsed(reported(&a, "json", &reported_open, 1, NULL));
    assert_string_equal(parsed_text(o, "schema"), "cfnreach-findings/1");
    const cJSON *f = parsed_at(o, "findings/0");
    assert_string_equal(parsed_text(f, "ruleId"), "CFNR102");
    assert_string_equal(parsed_text(f, "severity"), "medium");
    assert_string_equal(parsed_text(f, "verdict"), "reachable");
    assert_string_equal(parsed_text(f, "confidence"), "high");
    assert_string_equal(parsed_text(f, "exposure"), "world");
    assert_string_equal(parsed_text(f, "file"), "t0.yaml");
    assert_int_equal(parsed_number(f, "line"), 21);
    assert_int_equal(parsed_number(f, "column"), 63);
    assert_int_equal(parsed_number(f, "endColumn"), 72);
    /* offset and length are bytes of the source: the text of the CidrIp. */
    struct str text = str_from(reported_open);
    size_t offset = (size_t)parsed_number(f, "offset");
    assert_str(str_sub(text, offset, offset + (size_t)parsed_number(f, "length")), "0.0.0.0/0");
    assert_string_equal(parsed_text(f, "resource"), "Grp");
    assert_string_equal(parsed_text(f, "property"), "Properties/SecurityGroupIngress/0/CidrIp");
    assert_string_equal(parsed_text(f, "pointer"),
                        "/Resources/Grp/Properties/SecurityGroupIngress/0/CidrIp");
    assert_string_equal(parsed_text(f, "endpoints/0/kind"), "RecognizedPort");
    assert_string_equal(parsed_text(f, "endpoints/0/edgeComponent"), "Igw");
    assert_string_equal(parsed_text(f, "endpoints/0/path/1/componentType"), "AWS::EC2::NetworkAcl");
    assert_true(cJSON_IsTrue(parsed_at(f, "endpoints/0/path/1/implicit")));
    assert_int_equal(strlen(parsed_text(f, "fingerprint")), 16);
    const cJSON *second = parsed_at(o, "findings/1");
    assert_string_equal(parsed_text(second, "verdict"), "possible");
    assert_string_equal(parsed_text(second, "witness/Env"), "dev");
    assert_int_equal(cJSON_GetArraySize(parsed_at(second, "facts")), 0);
    assert_string_equal(parsed_text(second, "property"),
                        "Properties/SecurityGroupIngress/1/Fn::If/1/CidrIp");
    assert_int_equal(parsed_number(o, "summary/findings"), 2);
    assert_int_equal(parsed_number(o, "summary/notAnalysed"), 0);
    assert_int_equal(parsed_number(o, "summary/exitCode"), 1);
    cJSON_Delete(o);
    arena_release(&a);
}

static void several_templates_are_one_document(void **state)
{
    (void)state;
    struct arena a = {0};
    const char *const both[] = {reported_open, reported_closed, reported_open};
    cJSON *o = parsed(reported(&a, "json", both, 3, NULL));
    assert_int_equal(cJSON_GetArraySize(parsed_at(o, "findings")), 4);
    assert_string_equal(parsed_text(o, "findings/2/file"), "t2.yaml");
    assert_int_equal(parsed_number(o, "summary/templates"), 3);
    cJSON_Delete(o);
    arena_release(&a);
}

static void resources_of_unknown_types_are_counted(void **state)
{
    (void)state;
    static const char *const parent =
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
        "  Gone: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: gone.yaml}}\n";
    const char *const both[] = {parent, reported_open};
    struct arena a = {0};
    cJSON *o = parsed(reported(&a, "json", both, 2, NULL));
    assert_int_equal(parsed_number(o, "summary/notAnalysed"), 1);
    cJSON_Delete(o);
    arena_release(&a);
}

static void diagnostics_have_their_place(void **state)
{
    (void)state;
    static const char *const broken = "AWSTemplateFormatVersion: '2010-09-09'\n"
                                      "Resources:\n  A: {Type: 'AWS::EC2::VPC', Properties: "
                                      "{CidrBlock: !Ref Nothing}}\n";
    struct arena a = {0};
    cJSON *o = parsed(reported(&a, "json", &broken, 1, NULL));
    assert_string_equal(parsed_text(o, "diagnostics/0/id"), "CFNR910");
    assert_string_equal(parsed_text(o, "diagnostics/0/level"), "error");
    assert_int_equal(parsed_number(o, "diagnostics/0/line"), 3);
    cJSON_Delete(o);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_follow_the_contract),
        cmocka_unit_test(several_templates_are_one_document),
        cmocka_unit_test(diagnostics_have_their_place),
        cmocka_unit_test(resources_of_unknown_types_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
