#include "policy/check.h"

#include "tests/policy/network.h"

static const char tagged[] = "      SubnetId: !Ref Subnet\n"
                             "      SecurityGroupIds: [!Ref Sg]\n"
                             "      Tags: [{Key: Stage, Value: !Sub 'te${Rest}'}]\n";
static const char rest[] = "Parameters:\n  Rest: {Type: String, AllowedValues: [st]}\n";

static void judge(struct outcome *o, const char *target)
{
    struct arena a = {0};
    struct str text = network_text(&a, (struct network){.head = rest, .instance = tagged});
    outcome_open(o);
    struct settings *s = outcome_policy(o, "default");
    assert_true(settings_target(s, str_from(target), SPAN_NONE));
    outcome_of(o, s, "t.yaml", text);
    arena_release(&a);
}

static void findings_are_about_the_resources_with_the_tag(void **state)
{
    (void)state;
    struct outcome o;
    judge(&o, "Stage=test");
    const struct finding *f = the_finding(&o, "CFNR102");
    assert_int_equal(f->endpoints.at[0].tag_n, 1);
    assert_str(f->endpoints.at[0].tags[0].value, "test");
    assert_int_equal(o.diags.all.n, 0);
    outcome_close(&o);
}

/* The tags that the one endpoint has, "Stage=test Team=net". */
static struct str tags_of(struct outcome *o, struct network n)
{
    outcome_network(o, "default", n);
    const struct finding *f = the_finding(o, "CFNR102");
    struct str text = STR("");
    for (size_t i = 0; i < f->endpoints.at[0].tag_n; i++) {
        const struct finding_tag *t = &f->endpoints.at[0].tags[i];
        text = str_format(&o->arena, "%.*s%s%.*s=%.*s", STR_ARG(text), i > 0 ? " " : "",
                          STR_ARG(t->key), STR_ARG(t->value));
    }
    return text;
}

/* Its own tag wins over that of its launch template; tags of volumes are not its own. */
static void an_instance_has_the_tags_of_its_launch_template(void **state)
{
    (void)state;
    struct outcome o;
    assert_str(tags_of(&o,
                       (struct network){
                           .instance = "      SubnetId: !Ref Subnet\n"
                                       "      SecurityGroupIds: [!Ref Sg]\n"
                                       "      LaunchTemplate: {LaunchTemplateId: !Ref Lt, Version: "
                                       "'1'}\n"
                                       "      Tags: [{Key: Stage, Value: test}]\n",
                           .more = "  Lt:\n"
                                   "    Type: AWS::EC2::LaunchTemplate\n"
                                   "    Properties:\n"
                                   "      LaunchTemplateData:\n"
                                   "        TagSpecifications:\n"
                                   "          - ResourceType: volume\n"
                                   "            Tags: [{Key: Disk, Value: big}]\n"
                                   "          - ResourceType: instance\n"
                                   "            Tags: [{Key: Stage, Value: prod}, {Key: Team, "
                                   "Value: net}]\n"}),
               "Stage=test Team=net");
    outcome_close(&o);
}

/* Node groups, brokers and others write a map. */
static void tags_may_be_a_map(void **state)
{
    (void)state;
    struct outcome o;
    assert_str(tags_of(&o, (struct network){.instance = "      SubnetId: !Ref Subnet\n"
                                                        "      SecurityGroupIds: [!Ref Sg]\n"
                                                        "      Tags: {Stage: test, Team: !Ref "
                                                        "'AWS::NoValue', Size: 2}\n"}),
               "Stage=test Size=2");
    outcome_close(&o);
}

static void a_tag_that_nothing_has_is_said_with_the_nearest_key(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        const char *says;
    } rows[] = {
        {"Stgae=test",
         "No resource has the target tag 'Stgae=test'; did you mean the key 'Stage'?"},
        {"Stage=prod", "No resource has the target tag 'Stage=prod'; the key has other values."},
        {"Q=1", "No resource has the target tag 'Q=1'."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct outcome o;
        judge(&o, rows[i].target);
        assert_int_equal(o.findings->all.n, 0);
        assert_int_equal(o.diags.all.n, 1);
        assert_str(o.diags.all.at[0].message, rows[i].says);
        outcome_close(&o);
    }
}

static void a_target_has_a_key_and_a_value(void **state)
{
    (void)state;
    struct arena a = {0};
    struct settings s = {.arena = &a};
    assert_false(settings_target(&s, STR("Stage"), SPAN_NONE));
    assert_false(settings_target(&s, STR("=test"), SPAN_NONE));
    assert_true(settings_target(&s, STR("Stage="), SPAN_NONE));
    assert_str(s.targets.at[0].value, "");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_are_about_the_resources_with_the_tag),
        cmocka_unit_test(an_instance_has_the_tags_of_its_launch_template),
        cmocka_unit_test(tags_may_be_a_map),
        cmocka_unit_test(a_tag_that_nothing_has_is_said_with_the_nearest_key),
        cmocka_unit_test(a_target_has_a_key_and_a_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
