/*
 * The strict readers and the RFC 5952 printer. Expected values of the tables are written out
 * from the RFCs' rules; the random part compares reading with printing.
 */
#include "tests/check.h"

#include "net/address.h"

struct parse_row {
    const char *text;
    const char *printed; /* NULL: not a CIDR */
    unsigned flags;
};

static const struct parse_row parse_rows[] = {
    {"10.0.0.0/8", "10.0.0.0/8", 0},
    {"0.0.0.0/0", "0.0.0.0/0", 0},
    {"255.255.255.255/32", "255.255.255.255/32", 0},
    {" \t10.0.0.0/8\r\n", "10.0.0.0/8", 0},
    {"192.0.2.7", "192.0.2.7/32", PREFIX_NO_LENGTH},
    {"100.68.0.18/18", "100.68.0.0/18", PREFIX_MASKED}, /* SEMANTICS 2.4.4 */
    {"10.1.2.3/0", "0.0.0.0/0", PREFIX_MASKED},
    {"10.0.0.1/31", "10.0.0.0/31", PREFIX_MASKED},
    {"::/0", "::/0", 0},
    {"::", "::/128", PREFIX_NO_LENGTH},
    {"::1/128", "::1/128", 0},
    {"2001:db8::/32", "2001:db8::/32", 0},
    {"2001:DB8:0:0:0:0:0:0/32", "2001:db8::/32", 0},
    {"ABCD:EF::/32", "abcd:ef::/32", 0},
    {"@:G::/32", NULL, 0}, /* before A, behind F */
    {"2001:db8::1/32", "2001:db8::/32", PREFIX_MASKED},
    {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0/128", PREFIX_NO_LENGTH},
    {"::2:3:4:5:6:7:8/128", "0:2:3:4:5:6:7:8/128", 0},
    {"1::8", "1::8/128", PREFIX_NO_LENGTH},
    {"fe80::1:2/64", "fe80::/64", PREFIX_MASKED},
    {"0001:0002:0003:0004:0005:0006:0007:0008/128", "1:2:3:4:5:6:7:8/128", 0},
    {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127",
     PREFIX_MASKED},
    {"::ffff:1.2.3.4/128", "::ffff:1.2.3.4/128", 0},
    {"::ffff:102:304", "::ffff:1.2.3.4/128", PREFIX_NO_LENGTH},
    {"64:ff9b::192.0.2.33/96", "64:ff9b::/96", PREFIX_MASKED},
    {"1:2:3:4:5:6:1.2.3.4/128", "1:2:3:4:5:6:102:304/128", 0},
    {"1:2:3:4:5::1.2.3.4/128", "1:2:3:4:5:0:102:304/128", 0},
    {"::1.2.3.4/128", "::102:304/128", 0},

    {"", NULL, 0},
    {" ", NULL, 0},
    {"/", NULL, 0},
    {"/8", NULL, 0},
    {"10.0.0.0/", NULL, 0},
    {"10.0.0.0/33", NULL, 0},
    {"10.0.0.0/-1", NULL, 0},
    {"10.0.0.0/+8", NULL, 0},
    {"10.0.0.0/08", NULL, 0},
    {"10.0.0.0/8x", NULL, 0},
    {"10.0.0.0/8/8", NULL, 0},
    {"10.0.0.0/ 8", NULL, 0},
    {"10.0.0.0 /8", NULL, 0},
    {"10.0.0.0//8", NULL, 0},
    {"10.0.0.0/255.0.0.0", NULL, 0},
    {"10.0.0.0/4294967304", NULL, 0}, /* 2^32 + 8 */
    {"10.0.0.0/0x8", NULL, 0},
    {"010.0.0.1", NULL, 0},
    {"10.0.0.00", NULL, 0},
    {"10.0.0.256", NULL, 0},
    {"10.0.0.1000", NULL, 0},
    {"10.0.0", NULL, 0},
    {"10", NULL, 0},
    {"167772160", NULL, 0},
    {"0x0a000000", NULL, 0},
    {"10.0.0.0.0", NULL, 0},
    {"10..0.0", NULL, 0},
    {".10.0.0.0", NULL, 0},
    {"10.0.0.0.", NULL, 0},
    {"10.0.0.-1", NULL, 0},
    {"10.0.0. 1", NULL, 0},
    {"10.0.0.0-10.0.0.9", NULL, 0},
    {"1.2.3.4,5.6.7.8", NULL, 0},
    {"a.b.c.d", NULL, 0},
    {":", NULL, 0},
    {":::", NULL, 0},
    {":1", NULL, 0},
    {"1:", NULL, 0},
    {":1:2:3:4:5:6:7:8", NULL, 0},
    {"1:2:3:4:5:6:7:8:", NULL, 0},
    {"1:2:3:4:5:6:7", NULL, 0},
    {"1:2:3:4:5:6:7:8:9", NULL, 0},
    {"1:2:3:4:5:6:7:8::", NULL, 0},
    {"::1:2:3:4:5:6:7:8", NULL, 0},
    {"1:2:3:4::5:6:7:8", NULL, 0},
    {"1::2::3", NULL, 0},
    {"1:::2", NULL, 0},
    {"12345::", NULL, 0},
    {"00001::", NULL, 0},
    {"g::", NULL, 0},
    {"::/129", NULL, 0},
    {"::/00", NULL, 0},
    {"::/1280", NULL, 0},
    {"fe80::1%eth0/64", NULL, 0},
    {"[::1]/128", NULL, 0},
    {"::ffff:1.2.3", NULL, 0},
    {"::ffff:1.2.3.04", NULL, 0},
    {"::1.2.3.4:5", NULL, 0},
    {"1.2.3.4::", NULL, 0},
    {"1:2:3:4:5:6:7:1.2.3.4", NULL, 0},
    {"1:2:3:4:5:6:7::1.2.3.4", NULL, 0},
    {"1:2:3:4:5:6::1.2.3.4", NULL, 0}, /* the gap would stand for no group */
    {"\xd9\xa1.2.3.4", NULL, 0},       /* an Arabic digit */
};

static void check_parse(const struct parse_row *row)
{
    struct prefix p = {NET_V6, 77, {7, 7}};
    unsigned flags = 99;
    struct buf b;
    buf_init(&b);
    if (prefix_parse(str_from(row->text), &p, &flags)) {
        prefix_print(p, &b);
        if (row->printed == NULL) {
            fail_msg("'%s' was read as %s", row->text, b.p);
        }
        assert_string_equal(b.p, row->printed);
        assert_int_equal(flags, row->flags);
        assert_true(prefix_parse(str_from(row->text), &p, NULL));
    } else {
        if (row->printed != NULL) {
            fail_msg("'%s' was refused", row->text);
        }
        assert_int_equal(p.length, 77); /* untouched */
        assert_int_equal(flags, 99);
    }
    buf_release(&b);
}

static void cidr_texts_are_read_strictly(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof parse_rows / sizeof *parse_rows; i++) {
        check_parse(&parse_rows[i]);
    }
}

static void a_nul_byte_ends_nothing(void **state)
{
    (void)state;
    struct prefix p;
    assert_false(prefix_parse(STR("10.0.0.0/8\0"), &p, NULL));
    assert_false(prefix_parse(STR("10.0.0.0\0/8"), &p, NULL));
    assert_false(prefix_parse((struct str){NULL, 0}, &p, NULL));
}

/* Nothing behind the end of the slice is read (the sanitizer watches). */
static void every_prefix_of_a_text_is_safe(void **state)
{
    (void)state;
    static const char text[] = "1:2:3:4:5:6:123.123.123.123/128";
    struct arena a = {0};
    for (size_t n = 0; n < sizeof text; n++) {
        struct str copy = str_copy(&a, (struct str){text, n});
        struct prefix p;
        bool whole_quad = n >= strlen("1:2:3:4:5:6:123.123.123.1");
        bool bare_slash = n == strlen("1:2:3:4:5:6:123.123.123.123/");
        assert_int_equal(prefix_parse(copy, &p, NULL), whole_quad && !bare_slash);
    }
    arena_release(&a);
}

static const struct {
    uint64_t hi;
    uint64_t lo;
    const char *text;
} print_rows[] = {
    {0, 0, "::"},
    {0, 1, "::1"},
    {0, 0x10000, "::1:0"},
    {0x0001000000000000, 0, "1::"},
    /* a single zero group is not shortened (RFC 5952 4.2.2) */
    {0x0001000000020003, 0x0004000500060007, "1:0:2:3:4:5:6:7"},
    /* the longest run wins (4.2.3) */
    {0x2001000000000001, 0x0000000000000001, "2001:0:0:1::1"},
    /* the first of equal runs wins (4.2.3) */
    {0x20010db800000000, 0x0001000000000001, "2001:db8::1:0:0:1"},
    {0x00000000aaaa0000, 0x0000bbbb00000000, "::aaaa:0:0:bbbb:0:0"},
    /* leading zeros go, letters are small (4.1, 4.3) */
    {0x20010DB80ABC0001, 0x0002000300040ABC, "2001:db8:abc:1:2:3:4:abc"},
    {0, 0xFFFFC0000201, "::ffff:192.0.2.1"},
    {0, 0x1FFFFC0000201, "::1:ffff:c000:201"},
    {UINT64_MAX, UINT64_MAX, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {0x0001000200030004, 0x0005000600000000, "1:2:3:4:5:6::"},
};

static void ipv6_is_printed_as_rfc_5952_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof print_rows / sizeof *print_rows; i++) {
        struct buf b;
        buf_init(&b);
        address_print(NET_V6, (struct address){print_rows[i].hi, print_rows[i].lo}, &b);
        assert_string_equal(b.p, print_rows[i].text);
        buf_release(&b);
    }
}

/* Mostly zero and one bits in runs, so that zero groups are frequent. */
static struct address random_address(struct check_random *r)
{
    uint64_t half[2] = {0, 0};
    for (int i = 0; i < 8; i++) {
        uint64_t group = 0;
        switch (check_random_below(r, 4)) {
        case 0:
            group = check_random_below(r, 65536);
            break;
        case 1:
            group = check_random_below(r, 16);
            break;
        case 2:
            group = 0xffff;
            break;
        default:
            break;
        }
        half[i / 4] = half[i / 4] << 16 | group;
    }
    return (struct address){half[0], half[1]};
}

static void what_is_printed_is_read_back(void **state)
{
    (void)state;
    struct check_random r = {20240917};
    struct buf b;
    buf_init(&b);
    for (int i = 0; i < 4000; i++) {
        enum net_family f = check_random_below(&r, 4) == 0 ? NET_V4 : NET_V6;
        struct address a = random_address(&r);
        if (f == NET_V4) {
            a = (struct address){0, a.lo & UINT32_MAX};
        }
        struct prefix p;
        unsigned flags;
        buf_clear(&b);
        address_print(f, a, &b);
        assert_true(prefix_parse(buf_str(&b), &p, &flags));
        assert_int_equal(p.family, f);
        assert_int_equal(address_cmp(p.first, a), 0);
        assert_int_equal(flags, PREFIX_NO_LENGTH);

        /* masking: the parsed prefix covers a, and its ends differ exactly in the host bits */
        uint32_t bits = f == NET_V4 ? 32 : 128;
        uint32_t length = check_random_below(&r, bits + 1);
        buf_addf(&b, "/%u", length);
        assert_true(prefix_parse(buf_str(&b), &p, &flags));
        assert_int_equal(p.length, length);
        for (uint32_t bit = 0; bit < bits; bit++) { /* bit 0 is the highest */
            uint32_t from_low = bits - 1 - bit;
            struct address last = prefix_last(p);
            uint64_t in_a = (from_low < 64 ? a.lo >> from_low : a.hi >> (from_low - 64)) & 1;
            uint64_t in_first =
                (from_low < 64 ? p.first.lo >> from_low : p.first.hi >> (from_low - 64)) & 1;
            uint64_t in_last =
                (from_low < 64 ? last.lo >> from_low : last.hi >> (from_low - 64)) & 1;
            assert_int_equal(in_first, bit < length ? in_a : 0);
            assert_int_equal(in_last, bit < length ? in_a : 1);
        }
        assert_int_equal(flags, address_cmp(p.first, a) == 0 ? 0 : PREFIX_MASKED);
    }
    buf_release(&b);
}

static void neighbours_carry_across_the_words(void **state)
{
    (void)state;
    struct address low_end = {4, UINT64_MAX};
    struct address high_begin = {5, 0};
    struct address zero = {0, 0};
    assert_int_equal(address_cmp(address_next(low_end), high_begin), 0);
    assert_int_equal(address_cmp(address_previous(high_begin), low_end), 0);
    assert_int_equal(address_cmp(address_next(address_last(NET_V6)), zero), 0);
    assert_int_equal(address_cmp(address_previous(zero), address_last(NET_V6)), 0);
    assert_int_equal(address_last(NET_V4).lo, 0xffffffff);
    assert_int_equal(address_last(NET_V4).hi, 0);
    assert_true(address_cmp(low_end, high_begin) < 0);
    assert_true(address_cmp(high_begin, low_end) > 0);
}

static struct prefix prefix_of(const char *text)
{
    struct prefix p = {NET_V4, 0, {0, 0}};
    assert_true(prefix_parse(str_from(text), &p, NULL));
    return p;
}

static void a_prefix_covers_longer_ones_of_its_family_only(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        const char *b;
        bool covers;
    } rows[] = {
        {"10.0.0.0/8", "10.1.0.0/16", true},
        {"10.1.0.0/16", "10.0.0.0/8", false},
        {"10.0.0.0/8", "10.0.0.0/8", true},
        {"10.0.0.0/8", "11.0.0.0/16", false},
        {"0.0.0.0/0", "255.255.255.255", true},
        {"::/0", "0.0.0.0/0", false},
        {"0.0.0.0/0", "::/0", false},
        {"::/0", "ffff::", true},
        {"2001:db8::/32", "2001:db8:ffff::/48", true},
        {"2001:db8::/32", "2001:db9::/48", false},
        {"10.0.0.0/9", "10.128.0.0/9", false},
        {"10.128.0.0/9", "10.0.0.0/16", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(prefix_covers(prefix_of(rows[i].a), prefix_of(rows[i].b)), rows[i].covers);
        assert_int_equal(prefix_equal(prefix_of(rows[i].a), prefix_of(rows[i].b)),
                         strcmp(rows[i].a, rows[i].b) == 0);
    }
    assert_false(prefix_equal(prefix_of("10.0.0.0/8"), prefix_of("10.0.0.0/9")));
}

/* What Fn::Cidr gives: the AWS page's example is 192.168.0.0/24 cut into six /27. */
static void a_prefix_is_cut_into_equal_parts(void **state)
{
    (void)state;
    static const struct {
        const char *whole;
        uint8_t length;
        uint64_t index;
        const char *part; /* NULL: there is none */
    } rows[] = {
        {"192.168.0.0/24", 27, 0, "192.168.0.0/27"},
        {"192.168.0.0/24", 27, 5, "192.168.0.160/27"},
        {"192.168.0.0/24", 27, 7, "192.168.0.224/27"},
        {"192.168.0.0/24", 27, 8, NULL},
        {"192.168.0.0/24", 24, 0, "192.168.0.0/24"},
        {"192.168.0.0/24", 24, 1, NULL},
        {"192.168.0.0/24", 23, 0, NULL},
        {"192.168.0.0/24", 33, 0, NULL},
        {"192.168.0.0/24", 255, 0, NULL},
        {"192.168.0.0/24", 32, 255, "192.168.0.255/32"},
        {"0.0.0.0/0", 32, 4294967295, "255.255.255.255/32"},
        {"0.0.0.0/0", 32, 4294967296, NULL},
        {"0.0.0.0/0", 0, 0, "0.0.0.0/0"},
        {"0.0.0.0/0", 0, UINT64_MAX, NULL},
        {"10.0.0.0/16", 24, 255, "10.0.255.0/24"},
        {"2001:db8::/56", 64, 255, "2001:db8:0:ff::/64"},
        {"2001:db8::/56", 64, 256, NULL},
        {"2001:db8::/48", 128, UINT64_MAX, "2001:db8::ffff:ffff:ffff:ffff/128"},
        {"2001:db8::/32", 80, 0x123456789a, "2001:db8:12:3456:789a::/80"},
        {"2001:db8::/64", 128, UINT64_MAX, "2001:db8::ffff:ffff:ffff:ffff/128"},
        {"2001:db8::/63", 128, UINT64_MAX, "2001:db8::ffff:ffff:ffff:ffff/128"},
        {"::/0", 1, 1, "8000::/1"},
        {"::/0", 0, 0, "::/0"},
        {"::/0", 64, UINT64_MAX, "ffff:ffff:ffff:ffff::/64"},
        {"::/0", 129, 0, NULL},
        {"fd00::/8", 68, 0x1f, "fd00:0:0:1:f000::/68"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct prefix part;
        bool ok = prefix_part(prefix_of(rows[i].whole), rows[i].length, rows[i].index, &part);
        assert_int_equal(ok, rows[i].part != NULL);
        if (ok) {
            assert_true(prefix_equal(part, prefix_of(rows[i].part)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cidr_texts_are_read_strictly),
        cmocka_unit_test(a_nul_byte_ends_nothing),
        cmocka_unit_test(every_prefix_of_a_text_is_safe),
        cmocka_unit_test(ipv6_is_printed_as_rfc_5952_says),
        cmocka_unit_test(what_is_printed_is_read_back),
        cmocka_unit_test(neighbours_carry_across_the_words),
        cmocka_unit_test(a_prefix_covers_longer_ones_of_its_family_only),
        cmocka_unit_test(a_prefix_is_cut_into_equal_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
