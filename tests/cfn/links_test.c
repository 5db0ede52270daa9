#include "cfn/links.h"

#include "tests/cfn/eval_cases.h"

static void links_are_named_as_far_as_they_are_known(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(
        &f, "Parameters: {Net: {Type: String, Default: net}, Bucket: {Type: String}}\n"
            "Resources:\n"
            "  R: {Type: T, Properties: {V: !ImportValue {'Fn::Sub': '${Net}-Vpc'}}}\n"
            "  A: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: a.yaml}}\n"
            "  B: {Type: 'AWS::CloudFormation::Stack',\n"
            "      Properties: {TemplateURL: !Sub 'https://${Bucket}.s3.amazonaws.com/x/b.yaml'}}\n"
            "Outputs: {O: {Value: x, Export: {Name: !Sub '${AWS::StackName}-O'}},\n"
            "          P: {Value: !ImportValue plain}}\n");
    static const struct {
        enum cfn_link_kind kind;
        const char *name;
        const char *resource;
    } expected[] = {
        {CFN_LINK_IMPORT, "net-Vpc", ""},
        {CFN_LINK_IMPORT, "\1-Vpc", ""},
        {CFN_LINK_IMPORT, "plain", ""},
        {CFN_LINK_EXPORT, "\1-O", ""},
        {CFN_LINK_STACK, "a.yaml", "A"},
        {CFN_LINK_STACK, "https://\1.s3.amazonaws.com/x/b.yaml", "B"},
    };
    struct cfn_links links = cfn_links_of(f.t);
    assert_int_equal(links.all.n, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < links.all.n; i++) {
        assert_int_equal(links.all.at[i].kind, expected[i].kind);
        assert_str(links.all.at[i].name, expected[i].name);
        assert_str(links.all.at[i].resource, expected[i].resource);
    }
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_are_named_as_far_as_they_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
