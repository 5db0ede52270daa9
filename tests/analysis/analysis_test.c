#include "analysis/analysis.h"

#include "tests/check.h"
#include "tests/public_subnet.h"

struct run {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct settings *settings;
    struct analysis *a;
};

static void run_text(struct run *r, const char *policy, const char *path, const char *text)
{
    *r = (struct run){.settings = NULL};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
    struct analysis_options options = {.today = STR("2030-06-15")};
    if (policy != NULL) {
        r->settings = settings_load(&r->arena, str_from(policy), &r->sources, &r->diags);
        assert_non_null(r->settings);
        options.settings = r->settings;
    }
    r->a = analysis_run(&r->arena, str_from(path), str_from(text), &options);
}

static void run_close(struct run *r)
{
    settings_release(r->settings);
    arena_release(&r->arena);
}

static struct str summary(struct run *r)
{
    struct str s = STR("");
    assert_non_null(r->a->findings);
    for (size_t i = 0; i < r->a->findings->all.n; i++) {
        const struct finding *f = &r->a->findings->all.at[i];
        s = str_format(&r->arena, "%.*s%s%s %s %s", STR_ARG(s), i == 0 ? "" : ", ", f->rule->id,
                       severity_name(f->severity), reach_verdict_name(f->verdict));
    }
    return s;
}

/* The same network twice. Plain YAML with short tags, block style ... */
static const char BASE_YAML[] =
    PUBLIC_SUBNET "  Route:\n"
                  "    Type: AWS::EC2::Route\n"
                  "    Properties:\n"
                  "      RouteTableId: !Ref Table\n"
                  "      DestinationCidrBlock: 0.0.0.0/0\n"
                  "      GatewayId: !Ref Igw\n"
                  "  Association:\n"
                  "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
                  "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n"
                  "  Sg:\n"
                  "    Type: AWS::EC2::SecurityGroup\n"
                  "    Properties:\n"
                  "      GroupDescription: test\n"
                  "      VpcId: !Ref Vpc\n"
                  "      SecurityGroupIngress:\n"
                  "        - IpProtocol: tcp\n"
                  "          FromPort: 3306\n"
                  "          ToPort: 3306\n"
                  "          CidrIp: 10.0.0.0/8\n"
                  "        - IpProtocol: tcp\n"
                  "          FromPort: 22\n"
                  "          ToPort: 22\n"
                  "          CidrIp: 0.0.0.0/0\n"
                  "  Web:\n"
                  "    Type: AWS::EC2::Instance\n"
                  "    Properties:\n"
                  "      ImageId: ami-1\n"
                  "      SubnetId: !Ref Subnet\n"
                  "      SecurityGroupIds: [!GetAtt Sg.GroupId]\n";

/* ... and JSON with long functions, the resources in another order, the rules reversed. */
static const char BASE_JSON[] =
    "{\"Resources\": {\n"
    " \"Web\": {\"Type\": \"AWS::EC2::Instance\", \"Properties\": {\"ImageId\": \"ami-1\",\n"
    "  \"SubnetId\": {\"Ref\": \"Subnet\"},\n"
    "  \"SecurityGroupIds\": [{\"Fn::GetAtt\": [\"Sg\", \"GroupId\"]}]}},\n"
    " \"Sg\": {\"Type\": \"AWS::EC2::SecurityGroup\", \"Properties\": {\n"
    "  \"GroupDescription\": \"test\", \"VpcId\": {\"Ref\": \"Vpc\"},\n"
    "  \"SecurityGroupIngress\": [\n"
    "   {\"IpProtocol\": \"tcp\", \"FromPort\": \"22\", \"ToPort\": 22, \"CidrIp\": "
    "\"0.0.0.0/0\"},\n"
    "   {\"IpProtocol\": \"tcp\", \"FromPort\": 3306, \"ToPort\": 3306, \"CidrIp\": "
    "\"10.0.0.0/8\"}]}},\n"
    " \"Association\": {\"Type\": \"AWS::EC2::SubnetRouteTableAssociation\", \"Properties\": {\n"
    "  \"SubnetId\": {\"Ref\": \"Subnet\"}, \"RouteTableId\": {\"Ref\": \"Table\"}}},\n"
    " \"Route\": {\"Type\": \"AWS::EC2::Route\", \"Properties\": {\"RouteTableId\": {\"Ref\": "
    "\"Table\"},\n"
    "  \"DestinationCidrBlock\": \"0.0.0.0/0\", \"GatewayId\": {\"Ref\": \"Igw\"}}},\n"
    " \"Table\": {\"Type\": \"AWS::EC2::RouteTable\", \"Properties\": {\"VpcId\": {\"Ref\": "
    "\"Vpc\"}}},\n"
    " \"Subnet\": {\"Type\": \"AWS::EC2::Subnet\", \"Properties\": {\"VpcId\": {\"Ref\": "
    "\"Vpc\"},\n"
    "  \"CidrBlock\": \"10.0.1.0/24\", \"MapPublicIpOnLaunch\": \"true\"}},\n"
    " \"Attachment\": {\"Type\": \"AWS::EC2::VPCGatewayAttachment\", \"Properties\": {\n"
    "  \"VpcId\": {\"Ref\": \"Vpc\"}, \"InternetGatewayId\": {\"Ref\": \"Igw\"}}},\n"
    " \"Igw\": {\"Type\": \"AWS::EC2::InternetGateway\"},\n"
    " \"Vpc\": {\"Type\": \"AWS::EC2::VPC\", \"Properties\": {\"CidrBlock\": \"10.0.0.0/16\"}}\n"
    "}}\n";

static void yaml_and_json_of_one_network_give_one_answer(void **state)
{
    (void)state;
    struct run y;
    struct run j;
    run_text(&y, "default", "b.yaml", BASE_YAML);
    run_text(&j, "default", "b.json", BASE_JSON);
    assert_str(summary(&y), "CFNR102 medium reachable");
    assert_str(summary(&j), "CFNR102 medium reachable");
    const struct finding *a = &y.a->findings->all.at[0];
    const struct finding *b = &j.a->findings->all.at[0];
    assert_true(str_eq(a->fingerprint, b->fingerprint));
    assert_true(str_eq(a->message, b->message));
    assert_str(a->property, "Properties/SecurityGroupIngress/1/CidrIp");
    assert_str(b->property, "Properties/SecurityGroupIngress/0/CidrIp");
    assert_true(j.a->doc->is_json);
    run_close(&y);
    run_close(&j);
}

static void all_stages_are_kept_for_whoever_prints_them(void **state)
{
    (void)state;
    struct run r;
    run_text(&r, "default", "b.yaml", BASE_YAML);
    const struct analysis *a = r.a;
    assert_ptr_equal(a->arena, &r.arena);
    assert_str(a->source->path, "b.yaml");
    assert_non_null(a->doc->root);
    assert_non_null(a->unit);
    assert_non_null(a->topology);
    assert_non_null(a->reach);
    assert_int_equal(a->answer.flow_n, 1);
    assert_int_equal(a->diags.all.n, 0);
    run_close(&r);
}

static void without_a_policy_it_stops_after_the_flows(void **state)
{
    (void)state;
    struct run r;
    run_text(&r, NULL, "b.yaml", BASE_YAML);
    assert_null(r.a->findings);
    assert_int_equal(r.a->answer.flow_n, 1);
    run_close(&r);
}

static void bad_input_ends_early_with_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *text;
        bool has_unit;
    } rows[] = {
        {"a.yaml", "Resources: [", false}, {"a.json", "{\"Resources\": {", false},
        {"a.yaml", "\xff\xfe", false},     {"a.yaml", "", false},
        {"a.yaml", "- a\n- b\n", true}, /* no map: no template, so no topology */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct run r;
        run_text(&r, "default", rows[i].path, rows[i].text);
        assert_true(r.a->diags.errors > 0);
        assert_null(r.a->topology);
        assert_null(r.a->findings);
        assert_int_equal(r.a->unit != NULL, rows[i].has_unit);
        run_close(&r);
    }
}

/* One faulty resource does not hide the others. */
static void what_can_be_read_is_analysed_beside_an_error(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str text = str_format(&a,
                                 "%s  Bad: {Type: 'AWS::EC2::EIP', Properties: {InstanceId: "
                                 "!Ref Wbe}}\n",
                                 BASE_YAML);
    struct run r;
    run_text(&r, "default", "b.yaml", str_to_c(&a, text));
    assert_int_equal(r.a->diags.errors, 1);
    assert_str(summary(&r), "CFNR102 medium reachable");
    run_close(&r);
    arena_release(&a);
}

static void a_template_without_a_network_has_no_findings(void **state)
{
    (void)state;
    struct run r;
    run_text(&r, "default", "b.yaml",
             "Resources:\n  Bucket: {Type: 'AWS::S3::Bucket'}\n  Key: {Type: 'AWS::KMS::Key'}\n");
    assert_str(summary(&r), "");
    assert_int_equal(r.a->findings->interfaces, 0);
    run_close(&r);
}

/* The hardening lab (SEMANTICS 7): a bastion with SSH and Telnet for everybody, an application
 * server in the private subnet. Its rules are the hole. */
static const char *lab(struct arena *a, const char *ingress)
{
    struct str text = str_format(
        a,
        "Resources:\n"
        "  LabVpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"
        "  LabGateway: {Type: 'AWS::EC2::InternetGateway'}\n"
        "  LabAttachment:\n"
        "    Type: AWS::EC2::VPCGatewayAttachment\n"
        "    Properties: {VpcId: !Ref LabVpc, InternetGatewayId: !Ref LabGateway}\n"
        "  PublicSubnet:\n"
        "    Type: AWS::EC2::Subnet\n"
        "    Properties: {VpcId: !Ref LabVpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true}\n"
        "  PrivateSubnet:\n"
        "    Type: AWS::EC2::Subnet\n"
        "    Properties: {VpcId: !Ref LabVpc, CidrBlock: 10.0.1.0/24}\n"
        "  PublicTable: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref LabVpc}}\n"
        "  PublicRoute:\n"
        "    Type: AWS::EC2::Route\n"
        "    Properties:\n"
        "      RouteTableId: !Ref PublicTable\n"
        "      DestinationCidrBlock: 0.0.0.0/0\n"
        "      GatewayId: !Ref LabGateway\n"
        "  PublicAssociation:\n"
        "    Type: AWS::EC2::SubnetRouteTableAssociation\n"
        "    Properties: {SubnetId: !Ref PublicSubnet, RouteTableId: !Ref PublicTable}\n"
        "  BastionServerSG:\n"
        "    Type: AWS::EC2::SecurityGroup\n"
        "    Properties:\n"
        "      GroupDescription: bastion\n"
        "      VpcId: !Ref LabVpc\n"
        "%s"
        "  AppServerSG:\n"
        "    Type: AWS::EC2::SecurityGroup\n"
        "    Properties:\n"
        "      GroupDescription: application\n"
        "      VpcId: !Ref LabVpc\n"
        "      SecurityGroupIngress:\n"
        "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, SourceSecurityGroupId: !Ref "
        "BastionServerSG}\n"
        "  BastionServer:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties: {ImageId: ami-1, SubnetId: !Ref PublicSubnet, SecurityGroupIds: [!Ref "
        "BastionServerSG]}\n"
        "  AppServer:\n"
        "    Type: AWS::EC2::Instance\n"
        "    Properties: {ImageId: ami-1, SubnetId: !Ref PrivateSubnet, SecurityGroupIds: [!Ref "
        "AppServerSG]}\n",
        ingress);
    return str_to_c(a, text);
}

static void the_hardening_lab_ends_with_no_findings(void **state)
{
    (void)state;
    static const struct {
        const char *ingress;
        const char *by_default;
        const char *by_inspector;
    } stages[] = {
        {"      SecurityGroupIngress:\n"
         "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
         "        - {IpProtocol: tcp, FromPort: 23, ToPort: 23, CidrIp: 0.0.0.0/0}\n",
         "CFNR101 high reachable, CFNR102 medium reachable",
         "CFNR101 high reachable, CFNR102 medium reachable, CFNR190 informational reachable"},
        {"      SecurityGroupIngress:\n"
         "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 198.41.0.4/32}\n",
         "CFNR102 low reachable", "CFNR102 medium reachable, CFNR190 informational reachable"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        struct arena a = {0};
        const char *text = lab(&a, stages[i].ingress);
        struct run r;
        run_text(&r, "default", "lab.yaml", text);
        assert_str(summary(&r), stages[i].by_default);
        run_close(&r);
        run_text(&r, "inspector", "lab.yaml", text);
        assert_str(summary(&r), stages[i].by_inspector);
        run_close(&r);
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_and_json_of_one_network_give_one_answer),
        cmocka_unit_test(all_stages_are_kept_for_whoever_prints_them),
        cmocka_unit_test(without_a_policy_it_stops_after_the_flows),
        cmocka_unit_test(bad_input_ends_early_with_an_error),
        cmocka_unit_test(what_can_be_read_is_analysed_beside_an_error),
        cmocka_unit_test(a_template_without_a_network_has_no_findings),
        cmocka_unit_test(the_hardening_lab_ends_with_no_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
