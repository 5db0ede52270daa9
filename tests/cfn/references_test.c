#include "tests/cfn/eval_cases.h"

/* References in order: "from > to node", "out:O! > to node" for an exported output, "*" before
 * the node of a DependsOn. */
static void check_references(const char *text, const char *expected, const char *diags)
{
    struct fixture f = {0};
    struct buf shown;
    buf_init(&shown);
    print_message("%s", text);
    fixture_open(&f, text);
    for (size_t i = 0; i < f.t->references.n; i++) {
        const struct cfn_reference *r = &f.t->references.at[i];
        buf_adds(&shown, i > 0 ? "; " : "");
        if (r->from != NULL) {
            buf_add(&shown, r->from->id);
        } else {
            buf_addf(&shown, "out:%.*s%s", STR_ARG(r->output), r->exported ? "!" : "");
        }
        buf_addf(&shown, " > %.*s %s%.*s", STR_ARG(r->to->id), r->depends_on ? "*" : "",
                 STR_ARG(source_text(&f.sources, doc_full_span(r->node))));
    }
    assert_str(buf_str(&shown), expected);
    assert_diags(&f, diags);
    buf_release(&shown);
    fixture_close(&f);
}

static void every_way_to_refer_is_seen(void **state)
{
    (void)state;
    check_references(
        "Resources:\n"
        "  A: {Type: T, DependsOn: [B, C]}\n"
        "  B: {Type: T, DependsOn: C, Properties: {V: !Ref D, W: {X: [!GetAtt E.F]}}}\n"
        "  C: {Type: T}\n  D: {Type: T, Metadata: {M: {Ref: E}}}\n  E: {Type: T}\n"
        "Outputs:\n"
        "  O: {Value: !Sub '${A}-${B.X}', Export: {Name: !Sub 'n-${C}'}}\n"
        "  P: {Value: {'Fn::GetAtt': [A, B]}}\n",
        "A > B *B; A > C *C; B > C *C; B > D !Ref D; B > E !GetAtt E.F; "
        "D > E {Ref: E}; out:O! > A !Sub '${A}-${B.X}'; "
        "out:O! > B !Sub '${A}-${B.X}'; out:O! > C !Sub 'n-${C}'; "
        "out:P > A {'Fn::GetAtt': [A, B]}",
        "");
}

static void references_stand_in_every_function(void **state)
{
    (void)state;
    check_references("Resources:\n  A: {Type: T}\n  B:\n    Type: T\n    Properties:\n"
                     "      A1: !Join ['', [!Ref A]]\n"
                     "      A2: !Sub ['${X}', {X: !Ref A}]\n"
                     "      A3: !Base64 {Ref: A}\n"
                     "      A4: {'Fn::Base64': !Ref A}\n"
                     "      A5: !Select [0, [!Ref A]]\n"
                     "      A6: !Sub '${!A}'\n",
                     "B > A !Ref A; B > A !Ref A; B > A !Base64 {Ref: A}; B > A !Ref A; "
                     "B > A !Ref A",
                     "");
}

static void parameters_and_pseudo_parameters_are_no_references(void **state)
{
    (void)state;
    check_references(
        "Parameters: {P: {Type: String}}\n"
        "Resources: {A: {Type: T, Properties: {V: !Ref P, W: !Sub '${AWS::Region}${P}'}}}\n",
        "", "");
}

static void wrong_references_are_diagnosed_wherever_they_stand(void **state)
{
    (void)state;
    check_references("Resources:\n  A: {Type: T, DependsOn: X}\n", "", "CFNR910 X");
    check_references("Resources:\n  A: {Type: T, DependsOn: {X: y}}\n", "", "CFNR912 {X: y}");
    check_references("Resources:\n  A: {Type: T, DependsOn: [[A]]}\n", "", "CFNR912 [A]");
    check_references("Resources:\n  A: {Type: T, Metadata: !Ref X}\n", "", "CFNR910 !Ref X");
    check_references("Resources:\n  A: {Type: T, UpdatePolicy: {X: !GetAtt X.Y}}\n", "",
                     "CFNR910 !GetAtt X.Y");
    check_references("Resources:\n  A: {Type: T}\nOutputs: {O: {Value: !Ref X}}\n", "",
                     "CFNR910 !Ref X");
    check_references("Resources:\n  A: {Type: T, Properties: {V: !Sub '${X.Y}${Z}'}}\n", "",
                     "CFNR910 !Sub '${X.Y}${Z}'; CFNR910 !Sub '${X.Y}${Z}'");
    check_references("Resources:\n  A: {Type: T, Properties: {V: {'Fn::If': [C, a]}}}\n", "",
                     "CFNR912 {'Fn::If': [C, a]}");
}

/* Properties that nothing evaluates are checked all the same, and only once. */
static void a_reference_used_twice_through_an_alias_is_diagnosed_once(void **state)
{
    (void)state;
    check_references("Resources:\n  A: {Type: T, Properties: {V: &x [!Ref X], W: *x}}\n", "",
                     "CFNR910 !Ref X");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_refer_is_seen),
        cmocka_unit_test(references_stand_in_every_function),
        cmocka_unit_test(parameters_and_pseudo_parameters_are_no_references),
        cmocka_unit_test(wrong_references_are_diagnosed_wherever_they_stand),
        cmocka_unit_test(a_reference_used_twice_through_an_alias_is_diagnosed_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
