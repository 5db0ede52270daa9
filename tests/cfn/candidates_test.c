#include "tests/cfn/eval_cases.h"

/* The terms that are not known, and their candidates. */
static void check_candidates(const char *declaration, const char *expression, const char *expected)
{
    struct fixture f = {0};
    struct buf text;
    struct buf shown;
    buf_init(&text);
    buf_init(&shown);
    buf_addf(&text, "Parameters:\n  P: %s\n  Q: {Type: String, AllowedValues: [a, b]}\n",
             declaration);
    buf_addf(&text, "Conditions:\n  A: !Equals [!Ref Q, a]\n");
    buf_addf(&text,
             "Resources:\n  Eip: {Type: 'AWS::EC2::EIP'}\n  Fn: {Type: 'Custom::X'}\n"
             "  R: {Type: T, Properties: {V: %s}}\n",
             expression);
    fixture_open(&f, text.p);
    print_message("        %s %s\n", declaration, expression);
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    FOREACH_TERM (term, v) {
        struct cfn_value candidates = cfn_candidates(term);
        FOREACH_TERM (candidate, candidates) {
            assert_true(guard_implies(f.unit->space, candidate->when, term->when));
            assert_ptr_equal(candidate->node, term->node);
        }
        buf_adds(&shown, shown.n > 0 && candidates.n > 0 ? "; " : "");
        show_value(&f, candidates, GUARD_TRUE, &shown);
        /* Asked again, they are the same. */
        struct cfn_value again = cfn_candidates(term);
        for (size_t i = 0; i < again.n; i++) {
            assert_true(guard_same(again.at[i].when, candidates.at[i].when));
        }
    }
    assert_str(buf_str(&shown), expected);
    buf_release(&text);
    buf_release(&shown);
    fixture_close(&f);
}

#define ALL(name)                                                                                  \
    name "=0.0.0.0/0 -> \"0.0.0.0/0\"; " name "=::/0 -> \"::/0\"; " name                           \
         "=8.8.8.8/32 -> \"8.8.8.8/32\""

/* SEMANTICS 4.4, T36. */
static void a_parameter_admits_what_its_constraints_admit(void **state)
{
    (void)state;
    static const struct {
        const char *declaration;
        const char *expected;
    } cases[] = {
        {"{Type: String}", ALL("P")},
        {"{Type: String, Default: 0.0.0.0/0}",
         "P=::/0 -> \"::/0\"; P=8.8.8.8/32 -> \"8.8.8.8/32\""}, /* the first is known */
        {"{Type: String, AllowedPattern: '10\\..*'}", ""},
        {"{Type: String, AllowedPattern: '[0-9.]+/[0-9]+'}",
         "P=0.0.0.0/0 -> \"0.0.0.0/0\"; P=8.8.8.8/32 -> \"8.8.8.8/32\""},
        {"{Type: String, AllowedPattern: '[0-9.]+/32'}", "P=8.8.8.8/32 -> \"8.8.8.8/32\""},
        {"{Type: String, AllowedPattern: '0'}", ""}, /* the whole value must match */
        {"{Type: String, MinLength: 9}",
         "P=0.0.0.0/0 -> \"0.0.0.0/0\"; P=8.8.8.8/32 -> \"8.8.8.8/32\""},
        {"{Type: String, MaxLength: '9'}", "P=0.0.0.0/0 -> \"0.0.0.0/0\"; P=::/0 -> \"::/0\""},
        {"{Type: String, AllowedValues: [10.0.0.0/8]}", ""},
        {"{Type: Number}", ""},
        {"{Type: 'AWS::EC2::VPC::Id'}", ""},
        {"{Type: 'AWS::SSM::Parameter::Value<String>', Default: /net/cidr}", ALL("P")},
        {"{Type: CommaDelimitedList}", ALL("P")},
        {"{Type: CommaDelimitedList, AllowedValues: ['0.0.0.0/0', 10.0.0.0/8]}",
         "P=0.0.0.0/0 -> \"0.0.0.0/0\""},
        {"{Type: String, NoEcho: true}",
         "P=(hidden) -> \"${P}\"; P=(hidden) -> \"${P}\"; P=(hidden) -> \"${P}\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_candidates(cases[i].declaration, "!Ref P", cases[i].expected);
    }
}

static void other_unknowns_have_a_variable_of_their_own(void **state)
{
    (void)state;
    check_candidates("{Type: String}", "!ImportValue x", ALL("ImportValue x"));
    check_candidates("{Type: String}", "'{{resolve:ssm:/c}}'", ALL("{{resolve:ssm:/c}}"));
    check_candidates("{Type: String}", "!GetAtt Fn.Cidr", ALL("Fn.Cidr"));
    check_candidates("{Type: String}", "!Ref Fn", ALL("Fn"));
    check_candidates("{Type: String}", "!Ref Eip", "");
    check_candidates("{Type: String}", "!Ref AWS::AccountId", "");
    check_candidates("{Type: String}", "known", "");
    check_candidates("{Type: CommaDelimitedList}", "!Select [1, !Ref P]", ALL("P[1]"));
}

#define ONE(name, text)   name "=" text " -> \"" text "\""
#define TWO(name, v4, v6) ONE(name, v4) "; " ONE(name, v6)

static void known_ends_must_fit(void **state)
{
    (void)state;
    check_candidates("{Type: String}", "!Sub '0.0.0.0/${P}'", ONE("0.0.0.0/${P}", "0.0.0.0/0"));
    check_candidates("{Type: String, AllowedValues: ['1', '2']}", "!Sub '0.0.0.0/${P}'", "");
    check_candidates("{Type: String, AllowedPattern: '10[.].*'}", "!Sub '${P}/32'", "");
    check_candidates("{Type: String}", "!Sub '${Eip.PublicIp}/32'",
                     ONE("${Eip.PublicIp}/32", "8.8.8.8/32"));
    check_candidates("{Type: String}", "!Sub '${Eip}/32'", ONE("${Eip}/32", "8.8.8.8/32"));
    check_candidates("{Type: String}", "!Sub '${P}.${P}/32'", ONE("${P}.${P}/32", "8.8.8.8/32"));
}

/* What is not known is never clean: where no candidate fits, a block is made that does. */
static void a_public_block_is_made_to_fit(void **state)
{
    (void)state;
    check_candidates("{Type: String}", "!Sub '${P}/32'", TWO("${P}/32", "8.8.8.8/32", "2600::/32"));
    check_candidates("{Type: String}", "!Sub '${P}/24'", TWO("${P}/24", "8.8.8.0/24", "2600::/24"));
    check_candidates("{Type: String}", "!Sub '${P}/64'", ONE("${P}/64", "2600::/64"));
    check_candidates("{Type: String}", "!Sub '${P}.0.0/16'", ONE("${P}.0.0/16", "8.8.0.0/16"));
    check_candidates("{Type: String}", "!Sub '${P}.${P}.0.0/16'",
                     ONE("${P}.${P}.0.0/16", "8.8.0.0/16"));
    check_candidates("{Type: String}", "!Sub '${P}.${P}.${P}.${P}/20'",
                     ONE("${P}.${P}.${P}.${P}/20", "8.8.8.8/20"));
    check_candidates("{Type: String}", "!Sub '${P}.20.${P}.0/24'",
                     ONE("${P}.20.${P}.0/24", "8.20.8.0/24"));
    check_candidates("{Type: String}", "!Sub '52.${P}'", ONE("52.${P}", "52.8.8.8/32"));
    check_candidates("{Type: String}", "!Sub '2a01:4f8:${P}::/64'",
                     ONE("2a01:4f8:${P}::/64", "2a01:4f8:2600::/64"));
    check_candidates("{Type: String}", "!Sub '${Eip}/28'", ONE("${Eip}/28", "8.8.8.0/28"));
    check_candidates("{Type: String, MaxLength: '2'}", "!Sub '52.${P}.0.0/16'",
                     ONE("52.${P}.0.0/16", "52.8.0.0/16"));
}

static void what_is_private_whatever_the_rest_is_has_no_block(void **state)
{
    (void)state;
    static const char *const expressions[] = {
        "!Sub '10.${P}.0.0/16'",      "!Sub '172.16.${P}.0/24'",  "!Sub '192.168.${P}'",
        "!Sub '100.64.${P}.${P}/30'", "!Sub '169.254.${P}.0/24'", "!Sub 'fd00:${P}::/64'",
        "!Sub '2001:db8:${P}::/48'",  "!Sub '224.0.0.${P}/32'",   "!Sub '0.0.${P}.0/24'",
        "!Sub '${AWS::Region}/24'",   "!Sub 'x${P}/24'",          "!Sub '${P}/129'",
    };
    for (size_t i = 0; i < sizeof expressions / sizeof expressions[0]; i++) {
        check_candidates("{Type: String}", expressions[i], "");
    }
    check_candidates("{Type: String, AllowedPattern: '10[.].*'}", "!Sub '${P}.0/24'", "");
    check_candidates("{Type: String, MaxLength: '2'}", "!Sub '${P}/24'", "");
    check_candidates("{Type: String, AllowedValues: [10.0.0.0]}", "!Sub '${P}/24'", "");
}

/* A choice between known values is certain, a free text is not: two variables. */
static void a_parameter_that_is_compared_as_well_keeps_its_certain_variable(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {P: {Type: String, Default: ''}}\n"
                     "Conditions: {Has: !Not [!Equals [!Ref P, '']]}\n"
                     "Resources: {R: {Type: T, Properties: {V: !If [Has, !Ref P, shut]}}}\n");
    assert_value(&f, "V", "P=(any other value) -> ?P; P= -> \"shut\"");
    struct cfn_value v = cfn_property(cfn_resource(f.t, STR("R")), "V");
    struct cfn_value candidates = cfn_candidates(&v.at[0]);
    assert_int_equal(candidates.n, 3);
    const struct guard_variable *own = guard_variable(f.unit->space, f.t->parameters.at[0]->var);
    assert_int_equal(own->doubt, GUARD_HIGH);
    assert_false(own->doubts_rule);
    struct guard_witness w =
        guard_witness(f.unit->space, candidates.at[0].when, GUARD_TRUE, &f.arena);
    assert_int_equal(w.doubt, GUARD_LOW);
    assert_true(w.doubts_rule);
    fixture_close(&f);
}

static void a_free_text_doubts_the_rule(void **state)
{
    (void)state;
    struct fixture f = {0};
    fixture_open(&f, "Parameters: {P: {Type: String}, Q: {Type: String, AllowedValues: [a, b]}}\n"
                     "Resources: {R: {Type: T}}\n");
    const struct guard_variable *p = guard_variable(f.unit->space, f.t->parameters.at[0]->var);
    const struct guard_variable *q = guard_variable(f.unit->space, f.t->parameters.at[1]->var);
    assert_int_equal(p->doubt, GUARD_LOW);
    assert_true(p->doubts_rule);
    assert_int_equal(q->doubt, GUARD_HIGH);
    assert_false(q->doubts_rule);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parameter_admits_what_its_constraints_admit),
        cmocka_unit_test(other_unknowns_have_a_variable_of_their_own),
        cmocka_unit_test(known_ends_must_fit),
        cmocka_unit_test(a_public_block_is_made_to_fit),
        cmocka_unit_test(what_is_private_whatever_the_rest_is_has_no_block),
        cmocka_unit_test(a_parameter_that_is_compared_as_well_keeps_its_certain_variable),
        cmocka_unit_test(a_free_text_doubts_the_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
