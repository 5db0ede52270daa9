#include "doc/json_scan.h"

#include "tests/check.h"

struct scanned {
    struct arena arena;
    struct source source;
    struct read_job job;
    uint32_t at;
};

static void scan(struct scanned *s, struct str text, uint32_t at)
{
    *s = (struct scanned){.source = {.bytes = text}, .at = at};
    s->job = (struct read_job){
        .arena = &s->arena, .scratch = &s->arena, .source = &s->source, .bytes = text};
}

static void blanks_of_json_are_stepped_over_and_no_others(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t at;
        uint32_t end;
    } table[] = {
        {"", 0, 0},
        {"x", 0, 0},
        {" \t\r\n x", 0, 5},
        {"                    x", 0, 20},
        {"                ", 0, 16},
        {"\n\n\n\n\n\n\n\n\n\nx", 0, 10},
        {"\n        \n         }", 0, 19},
        {"        \vx", 0, 8},
        {"  \fx", 0, 2},
        {"  \xC2\xA0x", 0, 2},
        {"x  y", 1, 3},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct scanned s;
        scan(&s, str_from(table[i].text), 0);
        assert_int_equal(json_scan_blanks(&s.job, table[i].at), table[i].end);
        arena_release(&s.arena);
    }
}

/* Whatever ends a run of plain bytes is seen at each place of the eight that are looked at
 * together, and a byte of UTF-8 is none. */
static void a_text_ends_at_its_quote_wherever_that_stands(void **state)
{
    (void)state;
    for (uint32_t n = 0; n < 40; n++) {
        for (unsigned char plain = 0x20; plain != 0; plain++) { /* 0x20 to 0xFF */
            char text[64];
            memset(text, plain == '"' || plain == '\\' ? 'x' : plain, sizeof text);
            text[0] = '"';
            text[1 + n] = '"';
            struct scanned s;
            bool escapes = true;
            scan(&s, (struct str){text, sizeof text}, 0);
            assert_true(json_scan_text(&s.job, &s.at, &escapes));
            assert_int_equal(s.at, n + 2);
            assert_false(escapes);
            text[1 + n] = '\\';
            text[2 + n] = 'n';
            text[3 + n] = '"';
            s.at = 0;
            assert_true(json_scan_text(&s.job, &s.at, &escapes));
            assert_int_equal(s.at, n + 4);
            assert_true(escapes);
            arena_release(&s.arena);
        }
    }
}

static void a_raw_control_byte_is_found_wherever_it_stands(void **state)
{
    (void)state;
    for (uint32_t n = 0; n < 20; n++) {
        for (unsigned char control = 0; control < 0x20; control++) {
            char text[32];
            memset(text, 'x', sizeof text);
            text[0] = '"';
            text[1 + n] = (char)control;
            text[sizeof text - 1] = '"';
            struct scanned s;
            bool escapes = false;
            scan(&s, (struct str){text, sizeof text}, 0);
            assert_false(json_scan_text(&s.job, &s.at, &escapes));
            bool line = control == '\n' || control == '\r';
            assert_int_equal(s.job.fault.at.begin, line ? 0 : 1 + n);
            assert_int_equal(s.job.fault.reached, 1 + n);
            arena_release(&s.arena);
        }
    }
}

static void numbers_have_their_type_and_their_end(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t end;
        enum doc_type type;
    } table[] = {
        {"0", 1, DOC_INT},          {"-0,", 2, DOC_INT},    {"10]", 2, DOC_INT},
        {"1.5}", 3, DOC_FLOAT},     {"1e3 ", 3, DOC_FLOAT}, {"1E+3\n", 4, DOC_FLOAT},
        {"1.25e-10", 8, DOC_FLOAT}, {"7\"", 1, DOC_INT},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct scanned s;
        enum doc_type type = DOC_NULL;
        scan(&s, str_from(table[i].text), 0);
        assert_true(json_scan_number(&s.job, &s.at, &type));
        assert_int_equal(s.at, table[i].end);
        assert_int_equal(type, table[i].type);
        arena_release(&s.arena);
    }
}

static void a_number_longer_than_its_limit_is_named(void **state)
{
    (void)state;
    char text[65];
    memset(text, '1', sizeof text);
    for (uint32_t n = 63; n <= 64; n++) {
        struct scanned s;
        enum doc_type type = DOC_NULL;
        scan(&s, (struct str){text, n}, 0);
        assert_int_equal(json_scan_number(&s.job, &s.at, &type), n == 63);
        assert_int_equal(s.job.failed, n == 64);
        if (n == 64) {
            assert_int_equal(s.job.fault.id, DIAG_LIMIT);
        }
        arena_release(&s.arena);
    }
}

static void words_end_where_they_may(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        enum doc_type type;
    } table[] = {
        {"true", true, DOC_BOOL},   {"false]", true, DOC_BOOL}, {"null ", true, DOC_NULL},
        {"true\"", true, DOC_BOOL}, {"truex", false, DOC_INT},  {"tru", false, DOC_INT},
        {"True", false, DOC_INT},   {"nulls", false, DOC_INT},  {"", false, DOC_INT},
        {"true\v", false, DOC_INT},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct scanned s;
        enum doc_type type = DOC_INT;
        scan(&s, str_from(table[i].text), 0);
        assert_int_equal(json_scan_word(&s.job, &s.at, &type), table[i].ok);
        assert_int_equal(type, table[i].type);
        assert_int_equal(s.at, !table[i].ok ? 0 : table[i].text[0] == 'f' ? 5 : 4);
        assert_false(s.job.failed);
        arena_release(&s.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_of_json_are_stepped_over_and_no_others),
        cmocka_unit_test(a_text_ends_at_its_quote_wherever_that_stands),
        cmocka_unit_test(a_raw_control_byte_is_found_wherever_it_stands),
        cmocka_unit_test(numbers_have_their_type_and_their_end),
        cmocka_unit_test(a_number_longer_than_its_limit_is_named),
        cmocka_unit_test(words_end_where_they_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
