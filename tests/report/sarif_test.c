#include "report/report.h"

#include "base/utf8.h"
#include "tests/check.h"
#include "tests/parsed.h"
#include "tests/report/reported.h"

static void results_carry_what_code_scanning_reads(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *o = parsed(reported(&a, "sarif", &reported_open, 1, NULL));
    const cJSON *r = parsed_at(o, "runs/0/results/0");
    assert_string_equal(parsed_text(r, "ruleId"), "CFNR102");
    assert_string_equal(parsed_text(r, "level"), "warning");
    assert_int_equal(parsed_number(r, "rank"), 55); /* medium, high confidence */
    const cJSON *place = parsed_at(r, "locations/0/physicalLocation");
    assert_string_equal(parsed_text(place, "artifactLocation/uri"), "t0.yaml");
    assert_int_equal(parsed_number(place, "region/startLine"), 21);
    assert_int_equal(parsed_number(place, "region/startColumn"), 63);
    assert_int_equal(parsed_number(place, "region/endColumn"), 72);
    assert_string_equal(parsed_text(place, "region/snippet/text"), "0.0.0.0/0");
    assert_int_equal(parsed_number(place, "contextRegion/startLine"), 18);
    assert_string_equal(parsed_text(r, "locations/0/logicalLocations/0/fullyQualifiedName"),
                        "Resources/Grp/Properties/SecurityGroupIngress/0/CidrIp");
    /* internet gateway, ACL, group, interface, instance */
    const cJSON *steps = parsed_at(r, "codeFlows/0/threadFlows/0/locations");
    assert_int_equal(cJSON_GetArraySize(steps), 5);
    assert_non_null(parsed_at(steps, "1/location/physicalLocation/region"));
    assert_string_equal(parsed_text(steps, "2/importance"), "essential");
    const cJSON *prints = parsed_at(r, "partialFingerprints");
    assert_non_null(cJSON_GetObjectItemCaseSensitive(prints, "cfnreach/v1"));
    assert_non_null(cJSON_GetObjectItemCaseSensitive(prints, "primaryLocationLineHash"));
    assert_int_equal(cJSON_GetArraySize(parsed_at(r, "suppressions")), 0);
    /* low, high confidence */
    assert_int_equal(parsed_number(o, "runs/0/results/1/rank"), 30);
    assert_string_equal(parsed_text(o, "runs/0/results/1/properties/witness"), "Env=dev");
    cJSON_Delete(o);
    arena_release(&a);
}

static void every_rule_is_listed_with_its_severity(void **state)
{
    (void)state;
    struct arena a = {0};
    cJSON *o = parsed(reported(&a, "sarif", &reported_closed, 1, NULL));
    const cJSON *listed = parsed_at(o, "runs/0/tool/driver/rules");
    assert_int_equal((size_t)cJSON_GetArraySize(listed), rule_count);
    assert_string_equal(parsed_text(listed, "0/id"), "CFNR101");
    assert_string_equal(parsed_text(listed, "0/properties/security-severity"), "8.0");
    assert_string_equal(parsed_text(listed, "1/properties/security-severity"), "5.5");
    assert_int_equal(cJSON_GetArraySize(parsed_at(o, "runs/0/results")), 0);
    cJSON_Delete(o);
    arena_release(&a);
}

static void minified_json_does_not_collapse_into_one_alert(void **state)
{
    (void)state;
    static const char *const one_line =
        "{\"AWSTemplateFormatVersion\":\"2010-09-09\",\"Resources\":{\"G\":{\"Type\":"
        "\"AWS::EC2::SecurityGroup\",\"Properties\":{\"GroupDescription\":\"x\","
        "\"SecurityGroupIngress\":["
        "{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"ToPort\":22,\"CidrIp\":\"0.0.0.0/0\"},"
        "{\"IpProtocol\":\"tcp\",\"FromPort\":23,\"ToPort\":23,\"CidrIp\":\"0.0.0.0/0\"}]}},"
        "\"I\":{\"Type\":\"AWS::EC2::Instance\",\"Properties\":{\"SecurityGroups\":"
        "[{\"Ref\":\"G\"}]}}}}";
    struct arena a = {0};
    cJSON *o = parsed(reported(&a, "sarif", &one_line, 1, NULL));
    assert_int_equal(cJSON_GetArraySize(parsed_at(o, "runs/0/results")), 2);
    assert_string_not_equal(
        parsed_text(o, "runs/0/results/0/partialFingerprints/primaryLocationLineHash"),
        parsed_text(o, "runs/0/results/1/partialFingerprints/primaryLocationLineHash"));
    cJSON_Delete(o);
    arena_release(&a);
}

static void bytes_that_are_no_text_stay_out_of_the_log(void **state)
{
    (void)state;
    static const char *const latin1 = "Resources:\n  Caf\xe9: {Type: 'AWS::EC2::VPC'}\n";
    struct arena a = {0};
    struct str log = reported(&a, "sarif", &latin1, 1, NULL);
    assert_true(utf8_bad(log) == STR_NPOS);
    cJSON *o = parsed(log);
    const cJSON *said = parsed_at(o, "runs/0/invocations/0/toolExecutionNotifications/0");
    assert_string_equal(parsed_text(said, "descriptor/id"), "CFNR901");
    const cJSON *region = parsed_at(said, "locations/0/physicalLocation/region");
    assert_int_equal(parsed_number(region, "startLine"), 2);
    assert_null(parsed_at(region, "snippet"));
    cJSON_Delete(o);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_carry_what_code_scanning_reads),
        cmocka_unit_test(every_rule_is_listed_with_its_severity),
        cmocka_unit_test(minified_json_does_not_collapse_into_one_alert),
        cmocka_unit_test(bytes_that_are_no_text_stay_out_of_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
