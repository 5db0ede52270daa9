#include "tests/cfn/written.h"

/* The outcomes of parameter P that Ref yields as text. */
static void check_outcomes(const char *declaration, const char *rest, const char *expected)
{
    struct written w;
    written_begin(&w);
    buf_addf(&w.text,
             "Parameters:\n  P: %s\n  Q: {Type: String, AllowedValues: [q, r]}\n%s"
             "Mappings:\n  M: {k1: {a: 1, b: 2}, k2: {a: 3, c: 4}}\n"
             "Resources:\n  R: {Type: T, Properties: {V: !FindInMap [M, k1, a]}}\n",
             declaration, rest);
    written_open(&w, rest);
    const struct cfn_parameter *p = w.f.t->parameters.at[0];
    for (uint32_t i = 0; i < p->known; i++) {
        buf_addf(&w.shown, "%s%.*s", i > 0 ? "," : "", STR_ARG(p->outcomes[i]));
    }
    buf_adds(&w.shown, p->other != GUARD_NO_OUTCOME ? "+" : "");
    written_end(&w, expected, NULL);
}

static void outcomes_are_the_values_that_make_a_difference(void **state)
{
    (void)state;
    static const struct {
        const char *declaration;
        const char *rest;
        const char *expected; /* '+': any other value */
    } cases[] = {
        {"{Type: String}", "", "+"},
        {"{Type: String, Default: d}", "", "d+"},
        {"{Type: String, Default: d}", "Conditions: {C: !Equals [!Ref P, a]}\n", "d,a+"},
        {"{Type: String}", "Conditions: {C: !Equals [a, !Ref P]}\n", "a+"},
        {"{Type: String}", "Conditions: {C: {'Fn::Equals': [{Ref: P}, a]}}\n", "a+"},
        {"{Type: String}",
         "Conditions: {C: !Or [!Equals [!Ref P, a], !Not [!Equals [!Ref P, b]], "
         "!Equals [!Ref P, a]]}\n",
         "a,b+"},
        {"{Type: String, AllowedValues: [x, y]}", "Conditions: {C: !Equals [!Ref P, a]}\n", "x,y"},
        {"{Type: String, AllowedValues: [x, y], Default: z}", "", "x,y,z"}, /* SEMANTICS 4.4 */
        {"{Type: String, AllowedPattern: 'a+'}",
         "Conditions: {C: !Equals [!Ref P, aa], D: !Equals [!Ref P, b]}\n", "aa+"},
        {"{Type: String}", "Conditions: {C: !Equals [!Ref P, !Ref Q]}\n", "q,r+"},
        {"{Type: String}", "Conditions: {C: !Equals [!FindInMap [M, !Ref P, a], 1]}\n", "k1,k2+"},
        {"{Type: String}", "Conditions: {C: !Equals [!FindInMap [M, k2, !Ref P], 1]}\n", "a,c+"},
        {"{Type: String}", "Conditions: {C: !Equals [!FindInMap [M, !Ref Q, !Ref P], 1]}\n",
         "a,b,c+"},
        {"{Type: String}", "Outputs: {O: {Value: !FindInMap [M, !Ref P, a]}}\n", "k1,k2+"},
        {"{Type: String}", "Rules: {X: {Assertions: [{Assert: !Contains [[a, b], !Ref P]}]}}\n",
         "a,b+"},
        {"{Type: Number, Default: 1}", "Conditions: {C: !Equals [!Ref P, 22]}\n", "1,22+"},
        {"{Type: Number, MaxValue: 10}", "Conditions: {C: !Equals [!Ref P, 22]}\n", ""},
        {"{Type: 'AWS::EC2::VPC::Id', Default: vpc-1}", "", ""}, /* an identity */
        {"{Type: 'AWS::EC2::VPC::Id', Default: vpc-1}", "Conditions: {C: !Equals [!Ref P, '']}\n",
         "vpc-1,+"},
        {"{Type: 'AWS::EC2::AvailabilityZone::Name', Default: eu-west-1a}", "", "eu-west-1a+"},
        {"{Type: 'AWS::SSM::Parameter::Value<String>', Default: /n}",
         "Conditions: {C: !Equals [!Ref P, a]}\n", "a+"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_outcomes(cases[i].declaration, cases[i].rest, cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_are_the_values_that_make_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
