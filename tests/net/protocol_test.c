/* Protocols and ports as templates spell them (SEMANTICS 2.1.5, 3.3). */
#include "net/protocol.h"

#include "tests/death.h"

enum { REFUSED = -1000 };

static void protocols_are_names_or_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int number;
    } rows[] = {
        {"tcp", 6},
        {"TCP", 6},
        {"Tcp", 6},
        {"6", 6},
        {"udp", 17},
        {"17", 17},
        {"icmp", 1},
        {"1", 1},
        {"icmpv6", 58},
        {"ICMPv6", 58},
        {"58", 58},
        {"-1", -1},
        {"all", -1},
        {"0", 0},
        {"50", 50},
        {"255", 255},
        {" tcp ", 6},
        {"256", REFUSED},
        {"-2", REFUSED},
        {"", REFUSED},
        {"tcp6", REFUSED},
        {"t", REFUSED},
        {"6.0", REFUSED},
        {"0x6", REFUSED},
        {"+6", REFUSED},
        {"tcp,udp", REFUSED},
        {"any", REFUSED},
        {"-", REFUSED},
        {"4294967302", REFUSED},
        {"18446744073709551622", REFUSED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int number = REFUSED;
        bool ok = protocol_parse(str_from(rows[i].text), &number);
        assert_int_equal(ok, rows[i].number != REFUSED);
        assert_int_equal(number, rows[i].number);
    }
}

static void names_are_read_back_as_their_numbers(void **state)
{
    (void)state;
    for (int p = -1; p <= 255; p++) {
        int again = REFUSED;
        assert_true(protocol_parse(str_from(protocol_name(p)), &again));
        assert_int_equal(again, p);
        assert_int_equal(protocol_has_ports(p), p == 6 || p == 17);
    }
    assert_string_equal(protocol_name(-1), "all");
    assert_string_equal(protocol_name(6), "tcp");
    assert_string_equal(protocol_name(58), "icmpv6");
    assert_string_equal(protocol_name(50), "50");
    assert_string_equal(protocol_name(0), "0");
    assert_string_equal(protocol_name(255), "255");
}

static void name_the_number_before(void)
{
    (void)protocol_name(-2);
}

static void name_the_number_behind(void)
{
    (void)protocol_name(256);
}

static void other_numbers_have_no_name(void **state)
{
    (void)state;
    assert_aborts(name_the_number_before, "no such protocol: -2");
    assert_aborts(name_the_number_behind, "no such protocol: 256");
}

static void a_port_is_digits_with_blanks_around(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } rows[] = {
        {"22", true, 22},
        {" 22 ", true, 22},
        {"\t22\n", true, 22},
        {"-1", true, -1},
        {" -1", true, -1},
        {"0", true, 0},
        {"022", true, 22},
        {"65535", true, 65535},
        {"65536", true, 65536},
        {"-22", true, -22},
        {"9223372036854775807", true, INT64_MAX},
        {"9223372036854775795", true, 9223372036854775795},
        {"9223372036854775808", true, INT64_MAX},
        {"99999999999999999999999", true, INT64_MAX},
        {"-99999999999999999999999", true, -INT64_MAX},
        {"22-23", false, 0},
        {"1.5", false, 0},
        {"", false, 0},
        {" ", false, 0},
        {"-", false, 0},
        {"- 1", false, 0},
        {"--1", false, 0},
        {"+22", false, 0},
        {"2 2", false, 0},
        {"0x16", false, 0},
        {"22/tcp", false, 0},
        {"ssh", false, 0},
        {"1e3", false, 0},
        {"22,", false, 0},
        {"\xd9\xa1", false, 0},
        {"1_000", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t value = 77;
        if (port_parse(str_from(rows[i].text), &value) != rows[i].ok) {
            fail_msg("'%s'", rows[i].text);
        }
        assert_true(value == (rows[i].ok ? rows[i].value : 77));
    }
}

enum { ABSENT = -99 };

static void two_bounds_make_a_range(void **state)
{
    (void)state;
    static const struct {
        int64_t from; /* ABSENT: no such property */
        int64_t to;
        uint16_t begin;
        uint16_t end; /* less than begin: empty */
        unsigned flags;
    } rows[] = {
        {22, 22, 22, 22, 0},
        {0, 65535, 0, 65535, 0},
        {0, 0, 0, 0, 0},
        {65535, 65535, 65535, 65535, 0},
        {ABSENT, ABSENT, 0, 65535, PORTS_MISSING},
        {-1, -1, 0, 65535, PORTS_MISSING},
        {22, ABSENT, 22, 65535, PORTS_MISSING},
        {ABSENT, 22, 0, 22, PORTS_MISSING},
        {-1, 22, 0, 22, PORTS_MISSING},
        {22, -1, 22, 65535, PORTS_MISSING},
        {23, 22, 1, 0, PORTS_REVERSED},
        {65535, 0, 1, 0, PORTS_REVERSED},
        {70000, 22, 1, 0, PORTS_REVERSED},
        {80000, 70000, 1, 0, PORTS_REVERSED},
        {22, 65536, 22, 65535, PORTS_CLAMPED},
        {22, INT64_MAX, 22, 65535, PORTS_CLAMPED},
        {70000, 80000, 65535, 65535, PORTS_CLAMPED},
        {-5, 22, 0, 22, PORTS_CLAMPED},
        {INT64_MIN, INT64_MAX, 0, 65535, PORTS_CLAMPED},
        {70000, ABSENT, 65535, 65535, PORTS_MISSING | PORTS_CLAMPED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned flags = 99;
        const int64_t *from = rows[i].from == ABSENT ? NULL : &rows[i].from;
        const int64_t *to = rows[i].to == ABSENT ? NULL : &rows[i].to;
        struct ports p = ports_of(from, to, &flags);
        assert_int_equal(p.begin, rows[i].begin);
        assert_int_equal(p.end, rows[i].end);
        assert_int_equal(flags, rows[i].flags);
        assert_int_equal(ports_is_empty(p), rows[i].begin > rows[i].end);
        struct ports again = ports_of(from, to, NULL);
        assert_memory_equal(&again, &p, sizeof p);
    }
}

static void ranges_intersect_like_sets(void **state)
{
    (void)state;
    struct check_random r = {99};
    for (int i = 0; i < 5000; i++) {
        struct ports a = {(uint16_t)check_random_below(&r, 8), (uint16_t)check_random_below(&r, 8)};
        struct ports b = {(uint16_t)check_random_below(&r, 8), (uint16_t)check_random_below(&r, 8)};
        struct ports c = ports_both(a, b);
        bool any = false;
        for (uint16_t p = 0; p < 8; p++) {
            assert_int_equal(ports_has(c, p), ports_has(a, p) && ports_has(b, p));
            any = any || ports_has(c, p);
        }
        assert_int_equal(ports_is_empty(c), !any);
    }
    assert_false(ports_is_empty(PORTS_ALL));
    assert_true(ports_is_empty(PORTS_EMPTY));
    assert_true(ports_has(PORTS_ALL, 0) && ports_has(PORTS_ALL, 65535));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(protocols_are_names_or_numbers),
        cmocka_unit_test(names_are_read_back_as_their_numbers),
        cmocka_unit_test(other_numbers_have_no_name),
        cmocka_unit_test(a_port_is_digits_with_blanks_around),
        cmocka_unit_test(two_bounds_make_a_range),
        cmocka_unit_test(ranges_intersect_like_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
