#include "cfn/compare.h"
#include "tests/cfn/eval_cases.h"

/* Two properties, compared: '=' same, '!' different, '?' undecided. */
static char compared(const char *a, const char *b)
{
    struct fixture f = {0};
    struct buf text;
    buf_init(&text);
    buf_addf(&text,
             "Parameters:\n  P: {Type: String}\n  Q: {Type: String, AllowedPattern: 'x.*'}\n"
             "  D: {Type: String, Default: d}\n  V: {Type: 'AWS::EC2::VPC::Id', Default: v}\n"
             "Conditions:\n  C: !Equals [!Ref D, never]\n"
             "Resources:\n  W: {Type: T}\n  X: {Type: T}\n"
             "  R: {Type: T, Properties: {A: %s, B: %s}}\n",
             a, b);
    fixture_open(&f, text.p);
    const struct cfn_resource *r = cfn_resource(f.t, STR("R"));
    struct cfn_value x = cfn_property(r, "A");
    struct cfn_value y = cfn_property(r, "B");
    /* The last alternative: what is not known, where there are several. */
    enum cfn_sameness s = cfn_compare(&x.at[x.n - 1], &y.at[y.n - 1]);
    assert_int_equal(cfn_compare(&y.at[y.n - 1], &x.at[x.n - 1]), s);
    fixture_close(&f);
    buf_release(&text);
    return s == CFN_SAME ? '=' : s == CFN_DIFFERENT ? '!' : '?';
}

static void scalars_are_compared_by_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        const char *b;
        char expected;
    } cases[] = {
        {"a", "a", '='},
        {"a", "b", '!'},
        {"'1'", "1", '='}, /* CloudFormation compares texts */
        {"!Ref P", "!Ref P", '='},
        {"!Ref P", "!Ref Q", '?'},
        {"!Ref P", "a", '?'},
        {"!Ref Q", "a", '!'}, /* its pattern does not admit it */
        {"!Ref Q", "xa", '?'},
        {"!Ref D", "d", '!'}, /* the alternative in which it is anything but its outcomes */
        {"!Ref D", "e", '?'},
        {"!Ref V", "v", '?'}, /* an identity may well have this text */
        {"!Ref W", "!Ref W", '='},
        {"!Ref W", "!Ref X", '!'},
        {"!Ref W", "!GetAtt W.Id", '?'},
        {"!GetAtt W.Id", "!GetAtt X.Id", '?'},
        {"!GetAtt W.Id", "!GetAtt W.Id", '='},
        {"!Ref W", "a", '?'},
        {"!ImportValue x", "!ImportValue x", '='},
        {"!ImportValue x", "!ImportValue y", '?'},
        {"!Select [0, !GetAZs '']", "!Select [0, !GetAZs {Ref: 'AWS::Region'}]", '='},
        {"!Select [0, !GetAZs '']", "!Select [1, !GetAZs '']", '!'},
        {"!Select [0, !GetAZs eu-west-1]", "!Select [0, !GetAZs '']", '?'},
        {"!Ref 'AWS::NoValue'", "!Ref 'AWS::NoValue'", '='},
        {"!Ref 'AWS::NoValue'", "a", '!'},
        {"[a]", "a", '?'},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        print_message("        %s %s\n", cases[i].a, cases[i].b);
        assert_int_equal(compared(cases[i].a, cases[i].b), cases[i].expected);
    }
}

static void joined_texts_are_compared_by_what_is_known_of_them(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        const char *b;
        char expected;
    } cases[] = {
        {"!Sub '${AWS::Region}a'", "!Sub '${AWS::Region}a'", '='},
        {"!Sub '${AWS::Region}a'", "!Sub '${AWS::Region}b'", '!'},
        {"!Sub '${AWS::Region}a'", "!Join ['', [!Ref 'AWS::Region', a]]", '='},
        {"!Sub '${AWS::Region}a'", "!Ref AWS::Region", '!'}, /* one letter longer */
        {"!Sub '${AWS::Region}a'", "eu-west-1a", '?'},
        {"!Sub '${AWS::Region}a'", "eu-west-1b", '!'},
        {"!Sub 'x${P}'", "y", '!'},
        {"!Sub 'x${P}y'", "xy", '?'},
        {"!Sub 'x${P}y'", "x", '!'}, /* too short for both ends */
        {"!Sub 'x${P}y'", "!Sub 'x${Q}y'", '?'},
        {"!Sub 'x${P}y'", "!Sub 'z${Q}y'", '!'},
        {"!Sub 'x${P}y'", "!Sub 'x${Q}z'", '!'},
        {"!Sub '${P}-${Q}'", "!Sub '${P}-${P}'", '?'},
        {"!Sub '${P}${Q}'", "!Ref P", '?'}, /* Q may be empty */
        {"!Sub 'p${Q}'", "pa", '!'},        /* the rest is Q, whose pattern forbids it */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        print_message("        %s %s\n", cases[i].a, cases[i].b);
        assert_int_equal(compared(cases[i].a, cases[i].b), cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_are_compared_by_what_they_are),
        cmocka_unit_test(joined_texts_are_compared_by_what_is_known_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
