#include "cfn/eval.h"

#include "tests/cfn/eval_cases.h"

/* What the node at Resources/R/Properties/V is a call of: a name, "?" for no function, "" for
 * no call. */
static void check_call(const char *yaml, const char *expected)
{
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_addf(&text, "Resources: {R: {Type: T, Properties: {V: %s}}}\n", yaml);
    fixture_open(&f, text.p);
    const struct doc_node *node = doc_get(cfn_resource(f.t, STR("R"))->properties, "V");
    struct cfn_call c;
    print_message("        %s\n", yaml);
    if (!cfn_call_of(node, &c)) {
        assert_string_equal(expected, "");
    } else {
        assert_string_equal(c.fn ? c.fn->name : "?", expected);
    }
    buf_release(&text);
    fixture_close(&f);
}

static void calls_are_recognised_in_both_forms(void **state)
{
    (void)state;
    static const char *const names[] = {
        "GetAtt",
        "Sub",
        "If",
        "Join",
        "Select",
        "Split",
        "FindInMap",
        "Cidr",
        "GetAZs",
        "Base64",
        "ImportValue",
        "Length",
        "And",
        "Or",
        "Not",
        "Equals",
        "ToJsonString",
        "Transform",
        "Contains",
        "RefAll",
        "ValueOf",
        "ValueOfAll",
        "EachMemberIn",
        "EachMemberEquals",
        "GetStackOutput",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char yaml[64];
        char name[64];
        struct buf b;
        buf_init(&b);
        buf_addf(&b, "Fn::%s", names[i]);
        memcpy(name, b.p, b.n + 1);
        buf_clear(&b);
        buf_addf(&b, "!%s x", names[i]);
        memcpy(yaml, b.p, b.n + 1);
        check_call(yaml, name);
        buf_clear(&b);
        buf_addf(&b, "{'Fn::%s': x}", names[i]);
        memcpy(yaml, b.p, b.n + 1);
        check_call(yaml, name);
        buf_release(&b);
    }
    check_call("!Ref x", "Ref");
    check_call("{Ref: x}", "Ref");
    check_call("!Condition x", "Condition");
}

static void other_nodes_are_no_calls(void **state)
{
    (void)state;
    check_call("x", "");
    check_call("[a]", "");
    check_call("{A: b}", "");
    check_call("{Ref: a, B: c}", "");
    check_call("{}", "");
    check_call("{Condition: x}", "");
    check_call("{'Fn:Sub': x}", "");
    check_call("{'Fn::': x}", "");
    check_call("{'fn::sub': x}", "");
    check_call("{'Fn::sub': x}", "?");
    check_call("!Reff x", "?");
    check_call("!sub x", "?");
    check_call("{'Fn::ForEach::Loop': [A, !Ref R, {}]}", "Fn::ForEach");
    check_call("{'Fn::Sub': {'Fn::Transform': {Name: M}}}", "Fn::ForEach"); /* a macro's */
}

static void macro_keys_are_told_apart(void **state)
{
    (void)state;
    assert_true(cfn_is_macro_key(STR("Fn::Transform")));
    assert_true(cfn_is_macro_key(STR("Fn::ForEach::Subnets")));
    assert_false(cfn_is_macro_key(STR("Fn::Sub")));
    assert_false(cfn_is_macro_key(STR("ForEach")));
    assert_false(cfn_is_macro_key(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_recognised_in_both_forms),
        cmocka_unit_test(other_nodes_are_no_calls),
        cmocka_unit_test(macro_keys_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
