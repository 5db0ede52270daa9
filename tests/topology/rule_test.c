#include "tests/topology/world_of.h"

/* A group with one rule, written in flow style. */
#define GROUP_WITH(rule)                                                                           \
    "  Group:\n"                                                                                   \
    "    Type: AWS::EC2::SecurityGroup\n"                                                          \
    "    Properties:\n"                                                                            \
    "      GroupDescription: g\n"                                                                  \
    "      VpcId: !Ref Vpc\n"                                                                      \
    "      SecurityGroupIngress:\n"                                                                \
    "        - {" rule "}\n"
#define END "  rule out all 0.0.0.0/0\n  rule out all ::/0\n"

static void the_shapes_of_a_rule(void **state)
{
    (void)state; /* T10 to T17, SEMANTICS 2.1.3, 2.1.5, 3.3, 3.4 */
    static const struct {
        const char *rule;
        const char *entries;
        const char *warning; /* NULL: none */
    } rows[] = {
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 198.41.0.4/32",
         "  rule in tcp 22-22 198.41.0.4/32\n", NULL},
        {"IpProtocol: '-1', FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0",
         "  rule in all 0.0.0.0/0\n", NULL},
        {"IpProtocol: 50, CidrIp: 0.0.0.0/0", "  rule in 50 0.0.0.0/0\n", NULL},
        {"IpProtocol: 6, FromPort: '22', ToPort: ' 22 ', CidrIp: 0.0.0.0/0",
         "  rule in tcp 22-22 0.0.0.0/0\n", NULL},
        {"IpProtocol: TCP, FromPort: 0x16, ToPort: 026, CidrIp: 0.0.0.0/0",
         "  rule in tcp 22-22 0.0.0.0/0\n", NULL}, /* YAML 1.1: 0x16 = 026 = 22 */
        {"IpProtocol: icmp, FromPort: 8, ToPort: -1, CidrIp: 0.0.0.0/0",
         "  rule in icmp 0.0.0.0/0\n", NULL},
        {"IpProtocol: tcp, CidrIp: 0.0.0.0/0", "  rule in tcp 0-65535 0.0.0.0/0\n",
         "A port is missing"},
        {"IpProtocol: udp, FromPort: -1, ToPort: 53, CidrIp: 0.0.0.0/0",
         "  rule in udp 0-53 0.0.0.0/0\n", "A port is missing"},
        {"IpProtocol: tcp, FromPort: 90, ToPort: 80, CidrIp: 0.0.0.0/0", "", "first port is above"},
        {"IpProtocol: tcp, FromPort: 65000, ToPort: 70000, CidrIp: 0.0.0.0/0",
         "  rule in tcp 65000-65535 0.0.0.0/0\n", "above 65535"},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22", "", "has no source"},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref 'AWS::NoValue'", "",
         "has no source"},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 8.0.0.0/8, CidrIpv6: '::/0'",
         "  rule in tcp 22-22 8.0.0.0/8\n  rule in tcp 22-22 ::/0\n", "several sources"},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 8.8.8.8",
         "  rule in tcp 22-22 8.8.8.8/32\n", "no prefix length"},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: '::/0'", "  rule in tcp 22-22 ::/0\n",
         "other address family"},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIpv6: 0.0.0.0/0",
         "  rule in tcp 22-22 0.0.0.0/0\n", "other address family"},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 100.68.0.18/18",
         "  rule in tcp 22-22 100.68.0.0/18\n", NULL},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: my house",
         "  rule in tcp 22-22 0.0.0.0/0 when my house=a value that admits it\n", "is not a CIDR"},
        {"IpProtocol: tcp, FromPort: 22-23, ToPort: 80, CidrIp: 0.0.0.0/0",
         "  rule in tcp 0-80 0.0.0.0/0 when 22-23=a value that admits it\n", "is no port"},
        {"IpProtocol: smtp, FromPort: 25, ToPort: 25, CidrIp: 0.0.0.0/0",
         "  rule in tcp 25-25 0.0.0.0/0 when smtp=a value that admits it\n"
         "  rule in udp 25-25 0.0.0.0/0 when smtp=a value that admits it\n",
         "is no protocol"},
        {"FromPort: 25, ToPort: 25, CidrIp: 0.0.0.0/0", "  rule in tcp 25-25 0.0.0.0/0\n",
         "no IpProtocol"},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, SourceSecurityGroupId: !Ref Group",
         "  rule in tcp 22-22 group=Group\n", NULL},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !GetAtt Vpc.CidrBlock",
         "  rule in tcp 22-22 10.0.0.0/16\n", NULL},
        {"IpProtocol: tcp, FromPort: 22, ToPort: 22, SourcePrefixListId: pl-63a5400a",
         "  rule in tcp 22-22 0.0.0.0/0 when A-PL(pl-63a5400a)\n"
         "  rule in tcp 22-22 ::/0 when A-PL(pl-63a5400a)\n",
         NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        char expected[1024];
        snprintf(text, sizeof text, "Resources:\n%s" GROUP_WITH("%s"), B_VPC, rows[i].rule);
        snprintf(expected, sizeof expected, "group Group vpc=Vpc\n%s" END, rows[i].entries);
        struct built *b = built_of(text);
        assert_block(b, "group Group", expected);
        assert_int_equal(built_said(b, DIAG_CONFIG, ""), rows[i].warning ? 1 : 0);
        if (rows[i].warning) {
            assert_int_equal(built_said(b, DIAG_CONFIG, rows[i].warning), 1);
        }
        built_free(b);
    }
}

static void a_source_by_parameter(void **state)
{
    (void)state; /* T36; 4.4 */
    static const struct {
        const char *parameter;
        const char *entries;
    } rows[] = {
        {"Type: String, Default: 0.0.0.0/0", "  rule in tcp 22-22 0.0.0.0/0 when P=0.0.0.0/0\n"
                                             "  rule in tcp 22-22 8.8.8.8/32 when P=8.8.8.8/32\n"},
        {"Type: String, Default: 10.0.0.0/8", "  rule in tcp 22-22 10.0.0.0/8 when P=10.0.0.0/8\n"
                                              "  rule in tcp 22-22 0.0.0.0/0 when P=0.0.0.0/0\n"
                                              "  rule in tcp 22-22 8.8.8.8/32 when P=8.8.8.8/32\n"},
        {"Type: String", "  rule in tcp 22-22 0.0.0.0/0 when P=0.0.0.0/0\n"
                         "  rule in tcp 22-22 8.8.8.8/32 when P=8.8.8.8/32\n"},
        {"Type: String, AllowedPattern: '10\\..*'", ""},
        {"Type: String, AllowedValues: [0.0.0.0/0, 10.0.0.0/8]",
         "  rule in tcp 22-22 0.0.0.0/0 when P=0.0.0.0/0\n"
         "  rule in tcp 22-22 10.0.0.0/8 when P=10.0.0.0/8\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        char expected[1024];
        snprintf(text, sizeof text,
                 "Parameters: {P: {%s}}\nResources:\n%s" GROUP_WITH(
                     "IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref P"),
                 rows[i].parameter, B_VPC);
        snprintf(expected, sizeof expected, "group Group vpc=Vpc\n%s" END, rows[i].entries);
        struct built *b = built_of(text);
        assert_block(b, "group Group", expected);
        built_free(b);
    }
}

static void a_port_by_parameter(void **state)
{
    (void)state; /* 4.4: bounds of a Number; its own outcome, or a choice, carries the doubt */
    static const struct {
        const char *parameter;
        const char *entries;
    } rows[] = {
        {"Type: Number, Default: 22", "  rule in tcp 22-22 0.0.0.0/0 when P=22\n"
                                      "  rule in tcp 0-65535 0.0.0.0/0 when P!=22\n"},
        {"Type: Number, MinValue: 1024, MaxValue: 2000",
         "  rule in tcp 1024-2000 0.0.0.0/0 when P=a value that admits it\n"},
        {"Type: Number, AllowedValues: [80, 443]", "  rule in tcp 80-80 0.0.0.0/0 when P=80\n"
                                                   "  rule in tcp 443-443 0.0.0.0/0 when P=443\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        char expected[1024];
        snprintf(text, sizeof text,
                 "Parameters: {P: {%s}}\nResources:\n%s" GROUP_WITH(
                     "IpProtocol: tcp, FromPort: !Ref P, ToPort: !Ref P, CidrIp: 0.0.0.0/0"),
                 rows[i].parameter, B_VPC);
        snprintf(expected, sizeof expected, "group Group vpc=Vpc\n%s" END, rows[i].entries);
        struct built *b = built_of(text);
        if (i == 0) { /* the outcome that is not 22 is printed by its label */
            assert_line(b, "  rule in tcp 22-22 0.0.0.0/0 when P=22");
            assert_int_equal(built_group(b, "Group")->rules.at[1].ports.end, 65535);
        } else {
            assert_block(b, "group Group", expected);
        }
        built_free(b);
    }
}

static void the_origin_is_the_source_as_written(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters: {P: {Type: String, Default: 0.0.0.0/0}}\n"
                               "Resources:\n" B_VPC GROUP_WITH(
                                   "IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref P"));
    const struct world_group *g = built_group(b, "Group");
    const struct topology_origin *o = topology_origin(b->t, g->rules.at[0].id);
    assert_str(built_text(b, o->at), "!Ref P");
    assert_str(built_text(b, o->block),
               "{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref P}");
    assert_str(built_text(b, doc_full_span(o->literal)), "0.0.0.0/0");
    assert_str(o->parameter->name, "P");
    assert_str(o->resource->id, "Group");
    assert_int_equal(o->item->kind, DOC_MAP);
    assert_false(o->free_text);
    o = topology_origin(b->t, g->rules.at[1].id); /* the candidate 8.8.8.8/32 */
    assert_str(built_text(b, o->at), "!Ref P");
    assert_null(o->literal);
    assert_str(o->parameter->name, "P");
    assert_true(o->free_text);
    built_free(b);
}

static void a_plain_literal_is_its_own_place(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC B_GROUP);
    const struct topology_origin *o =
        topology_origin(b->t, built_group(b, "Group")->rules.at[0].id);
    assert_str(built_text(b, o->at), "0.0.0.0/0");
    assert_null(o->literal);
    assert_null(o->parameter);
    built_free(b);
}

static void branches_inside_a_source_are_entries_of_their_own(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters:\n"
        "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
        "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
        "Resources:\n" B_VPC GROUP_WITH("IpProtocol: tcp, FromPort: 22, ToPort: !If [IsDev, 23, "
                                        "22], CidrIp: !If [IsDev, 0.0.0.0/0, 10.0.0.0/8]"));
    assert_block(b, "group Group",
                 "group Group vpc=Vpc\n"
                 "  rule in tcp 22-23 0.0.0.0/0 when Env=dev\n"
                 "  rule in tcp 22-22 10.0.0.0/8 when Env=prod\n" END);
    const struct topology_origin *o =
        topology_origin(b->t, built_group(b, "Group")->rules.at[0].id);
    assert_str(built_text(b, o->at), "0.0.0.0/0");
    assert_int_equal(built_said(b, DIAG_CONFIG, ""), 0);
    built_free(b);
}

/* Three independent parameters with so many AllowedValues each. */
static struct built *built_with_choices(int from, int to, int sources)
{
    struct buf text;
    buf_init(&text);
    buf_adds(&text, "Parameters:\n  A: {Type: String, AllowedValues: [");
    for (int k = 0; k < from; k++) {
        buf_addf(&text, "'%d', ", k + 1);
    }
    buf_adds(&text, "]}\n  B: {Type: String, AllowedValues: [");
    for (int k = 0; k < to; k++) {
        buf_addf(&text, "'%d', ", k + 1001);
    }
    buf_adds(&text, "]}\n  C: {Type: String, AllowedValues: [");
    for (int k = 0; k < sources; k++) {
        buf_addf(&text, "%d.0.0.0/8, ", k + 1);
    }
    buf_adds(&text, "]}\nResources:\n" B_VPC GROUP_WITH(
                        "IpProtocol: tcp, FromPort: !Ref A, ToPort: !Ref B, CidrIp: !Ref C"));
    struct built *b = built_of(text.p);
    buf_release(&text);
    return b;
}

static void more_combinations_than_the_limit_count_as_open(void **state)
{
    (void)state; /* LIMIT_ALTERNATIVES is 1024: 40 * 40 pairs of ports, 2 * 20 * 40 entries */
    struct built *b = built_with_choices(40, 40, 2);
    assert_int_equal(built_said(b, DIAG_BUDGET, "more than 1024 alternatives, the limit"), 1);
    assert_line(b, "  rule in all 1.0.0.0/8 when C=1.0.0.0/8 & budget");
    built_free(b);
    b = built_with_choices(2, 20, 40);
    assert_int_equal(built_said(b, DIAG_BUDGET, "more than 1024 alternatives"), 1);
    assert_line(b, "  rule in all ::/0 when budget");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shapes_of_a_rule),
        cmocka_unit_test(a_source_by_parameter),
        cmocka_unit_test(a_port_by_parameter),
        cmocka_unit_test(the_origin_is_the_source_as_written),
        cmocka_unit_test(a_plain_literal_is_its_own_place),
        cmocka_unit_test(branches_inside_a_source_are_entries_of_their_own),
        cmocka_unit_test(more_combinations_than_the_limit_count_as_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
