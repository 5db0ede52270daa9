#include "cfn/sub_text.h"
#include "tests/check.h"

/* Pieces joined by "|": text as it is, variables as <name>, wrong ones as <!name>. */
static void texts_fall_into_pieces(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *pieces;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"${A}", "<A>"},
        {"a${B}c", "a|<B>|c"},
        {"${A}${B.C}", "<A>|<B.C>"},
        {"${AWS::Region}", "<AWS::Region>"},
        {"${!A}", "${|A}"},
        {"x${!A}y${B}", "x${|A}y|<B>"},
        {"${!A${B}", "${|A|<B>"},
        {"$A {B} $", "$A {B} $"},
        {"a${", "a${"},
        {"a${B", "a${B"},
        {"${A b}", "<!A b>"},
        {"${}", "<!>"},
        {"${ A }", "<A>"}, /* blanks at the ends are forgiven */
        {"${A-b}", "<!A-b>"},
        {"${x[@]}", "<!x[@]>"},
        {"$${A}", "$|<A>"},
        {"${${A}}", "<!${A>|}"},
        {"}${A}", "}|<A>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out;
        struct cfn_sub_piece piece;
        buf_init(&out);
        for (size_t at = 0; cfn_sub_next(str_from(cases[i].text), &at, &piece);) {
            buf_adds(&out, out.n > 0 ? "|" : "");
            const char *open = !piece.is_variable ? "" : piece.is_wrong ? "<!" : "<";
            buf_addf(&out, "%s%.*s%s", open, STR_ARG(piece.text), piece.is_variable ? ">" : "");
        }
        assert_str(buf_str(&out), cases[i].pieces);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_fall_into_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
