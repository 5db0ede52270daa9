#include "policy/check.h"
#include "tests/policy/network.h"

static bool has(struct str text, const char *words)
{
    return str_find(text, str_from(words), 0) != STR_NPOS;
}

static void advice_fits_the_service_and_the_parameter(void **state)
{
    (void)state;
    static const struct {
        const char *port;
        const char *id;
        const char *says;
    } rows[] = {
        {"22", "CFNR102", "Session Manager"}, {"23", "CFNR101", "Session Manager"},
        {"3389", "CFNR105", "Fleet Manager"}, {"3306", "CFNR117", "SourceSecurityGroupId"},
        {"80", "CFNR106", "load balancer"},   {"445", "CFNR107", "Delete the rule"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct str rule = str_format(
            &a, "        - {IpProtocol: tcp, FromPort: %s, ToPort: %s, CidrIp: !Ref P}\n",
            rows[i].port, rows[i].port);
        struct outcome o;
        outcome_network(
            &o, "default",
            (struct network){.head = "Parameters:\n  P: {Type: String, Default: 0.0.0.0/0}\n",
                             .ingress = str_to_c(&a, rule)});
        const struct finding *f = the_finding(&o, rows[i].id);
        assert_true(has(f->advice, rows[i].says));
        assert_true(has(f->advice, "parameter 'P'"));
        outcome_close(&o);
        arena_release(&a);
    }
}

static void a_load_balancer_is_not_told_to_stand_behind_one(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){.ingress = "        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: "
                                    "0.0.0.0/0}\n",
                         .instance = "      SubnetId: !Ref Subnet\n",
                         .more = "  Front:\n"
                                 "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n"
                                 "    Properties: {Subnets: [!Ref Subnet], SecurityGroups: [!Ref "
                                 "Sg]}\n"
                                 "  Listener:\n"
                                 "    Type: AWS::ElasticLoadBalancingV2::Listener\n"
                                 "    Properties:\n"
                                 "      LoadBalancerArn: !Ref Front\n"
                                 "      Port: 80\n"
                                 "      Protocol: HTTP\n"
                                 "      DefaultActions: [{Type: fixed-response}]\n"});
    const struct finding *f = the_finding(&o, "CFNR106");
    assert_str(f->advice, "If the site is meant to be public, nothing needs a change; otherwise "
                          "narrow the source, or make the load balancer internal.");
    outcome_close(&o);
}

/* What settles a possible finding that rests on these, outside of any template. */
static struct str settled(struct arena *a, const struct finding_choice *witness, size_t n)
{
    struct topology t = {0};
    struct checker c = {.arena = a, .topology = &t};
    struct draft d = {.finding = {.verdict = REACH_POSSIBLE, .witness = witness, .witness_n = n}};
    return settle_of(&c, &d);
}

static void what_no_parameter_decides_is_settled_elsewhere(void **state)
{
    (void)state;
    struct arena a = {0};
    static const struct {
        struct finding_choice witness;
        const char *says;
    } rows[] = {
        {{.name = {"ImportValue net-Admin", 21}, .value = {"0.0.0.0/0", 9}},
         "To settle it: analyse the template that exports 'net-Admin' together with this."},
        {{.name = {"AWS::Region", 11}, .value = {"us-east-1", 9}},
         "To settle it: give --region REGION."},
        {{.name = {"app/AWS::StackName", 18}, .value = {"net", 3}},
         "To settle it: give the stack its name (NAME=TEMPLATE)."},
        {{.name = {"{{resolve:ssm:/cidr}}", 21}, .value = {"0.0.0.0/0", 9}},
         "To settle it: find out whether '{{resolve:ssm:/cidr}}' is '0.0.0.0/0'."},
        {{.name = {"budget", 6}, .value = {"yes", 3}, .is_fact = true},
         "To settle it: give parameters their values (--parameters), so that fewer choices are "
         "left for the analysis."},
        {{.name = {"A-SUBROUTE(S)", 13}, .value = {"no", 2}, .is_fact = true},
         "To settle it: find out whether subnet 'S' has no route to an internet gateway; if not "
         "so, --assume 'A-SUBROUTE(S)=yes'."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_str(settled(&a, &rows[i].witness, 1), rows[i].says);
    }
    const struct finding_choice both[] = {rows[0].witness, rows[4].witness, rows[5].witness};
    assert_str(settled(&a, both, 3),
               "To settle it: analyse the template that exports 'net-Admin' together with this, "
               "and give parameters their values (--parameters), so that fewer choices are left "
               "for the analysis, and find out whether subnet 'S' has no route to an internet "
               "gateway; if not so, --assume 'A-SUBROUTE(S)=yes'.");
    assert_str(settled(&a, both, 0), "");
    arena_release(&a);
}

/* A list is given as a whole, and so once. */
static void the_elements_of_a_list_are_given_together(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default", (struct network){.head = "Parameters:\n  P: {Type: String}\n"});
    struct checker c = {.arena = &o.arena, .topology = o.topology};
    const struct finding_choice both[] = {{.name = STR("P[0]"), .value = STR("x")},
                                          {.name = STR("P[1]"), .value = STR("y")}};
    struct draft d = {.finding = {.verdict = REACH_POSSIBLE, .witness = both, .witness_n = 2}};
    assert_str(settle_of(&c, &d), "To settle it: give --parameters 'P=VALUE'.");
    outcome_close(&o);
}

static void the_api_of_a_cluster_is_closed_by_its_own_settings(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default",
                    (struct network){.more = "  Cluster:\n"
                                             "    Type: AWS::EKS::Cluster\n"
                                             "    Properties:\n"
                                             "      RoleArn: arn:aws:iam::111122223333:role/eks\n"
                                             "      ResourcesVpcConfig:\n"
                                             "        SubnetIds: [!Ref Subnet]\n"});
    const struct finding *f = the_finding(&o, "CFNR106");
    assert_true(has(f->advice, "PublicAccessCidrs"));
    assert_true(has(f->advice, "EndpointPublicAccess"));
    assert_false(has(f->advice, "balancer"));
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_load_balancer_is_not_told_to_stand_behind_one),
        cmocka_unit_test(advice_fits_the_service_and_the_parameter),
        cmocka_unit_test(what_no_parameter_decides_is_settled_elsewhere),
        cmocka_unit_test(the_elements_of_a_list_are_given_together),
        cmocka_unit_test(the_api_of_a_cluster_is_closed_by_its_own_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
