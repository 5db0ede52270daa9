#include "cfn/cidr_block.h"
#include "tests/check.h"

static void good_blocks_are_read_and_printed_with_their_host_bits_cleared(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        const char *out; /* IPv6 in the form of RFC 5952 */
    } cases[] = {
        {"10.0.0.0/16", "10.0.0.0/16"},
        {"10.1.2.3/16", "10.1.0.0/16"},
        {"255.255.255.255/32", "255.255.255.255/32"},
        {"255.255.255.255/0", "0.0.0.0/0"},
        {"128.0.0.1/1", "128.0.0.0/1"},
        {"::/0", "::/0"},
        {"::1/128", "::1/128"},
        {"2001:DB8::/56", "2001:db8::/56"},
        {"2001:db8:0:0:1:0:0:1/128", "2001:db8::1:0:0:1/128"},    /* first of equal runs */
        {"2001:0:0:1:0:0:0:1/128", "2001:0:0:1::1/128"},          /* longest run */
        {"2001:db8:0:1:1:1:1:1/128", "2001:db8:0:1:1:1:1:1/128"}, /* one zero is no run */
        {"1:2:3:4:5:6:7::/128", "1:2:3:4:5:6:7:0/128"},
        {"ffff::/12", "fff0::/12"},
        {"1:2:3:4:5:6:7:8/64", "1:2:3:4::/64"},
        {"1:2:3:4:ffff::/65", "1:2:3:4:8000::/65"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cidr_block b;
        struct buf out;
        buf_init(&out);
        assert_true(cidr_block_parse(str_from(cases[i].in), &b));
        cidr_block_print(&b, &out);
        assert_str(buf_str(&out), cases[i].out);
        buf_release(&out);
    }
}

static void what_is_no_block_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "/",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0/8",
        "10.0.0.0.0/8",
        "10.0.0.256/8",
        "010.0.0.0/8",
        "10.0.0.0/08",
        "10.0.0.0/8 ",
        " 10.0.0.0/8",
        "a.b.c.d/8",
        "10..0.0/8",
        ":/0",
        ":::/0",
        "::/129",
        "1::2::3/64",
        "12345::/16",
        "1:2:3:4:5:6:7/64",
        "1:2:3:4:5:6:7:8:9/64",
        "1:2:3:4:5:6:7:8::/64",
        "::1:2:3:4:5:6:7:8/64",
        "g::/16",
        "1:/16",
        ":1/16",
        "::ffff:1.2.3.4/96",
        "-1.0.0.0/8",
        "1.2.3.4/-1",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cidr_block b;
        print_message("        \"%s\"\n", cases[i]);
        assert_false(cidr_block_parse(str_from(cases[i]), &b));
    }
}

static void blocks_are_cut_in_order_and_not_beyond_the_end(void **state)
{
    (void)state;
    static const struct {
        const char *whole;
        uint8_t bits;
        uint32_t index;
        const char *out; /* NULL: there is no such block */
    } cases[] = {
        {"10.0.0.0/16", 8, 0, "10.0.0.0/24"},
        {"10.0.0.0/16", 8, 255, "10.0.255.0/24"},
        {"10.0.0.0/16", 8, 256, NULL},
        {"192.168.0.0/24", 5, 5, "192.168.0.160/27"}, /* 5 * 32 */
        {"10.0.0.0/24", 8, 0, "10.0.0.0/24"},
        {"10.0.0.0/24", 8, 1, NULL},
        {"10.0.0.0/24", 9, 0, NULL}, /* larger than the whole */
        {"10.0.0.0/24", 0, 0, NULL}, /* no host bits: no network */
        {"0.0.0.0/0", 32, 0, "0.0.0.0/0"},
        {"2001:db8::/56", 64, 3, "2001:db8:0:3::/64"},
        {"2001:db8::/56", 64, 256, NULL},
        {"2001:db8::/32", 62, 5, "2001:db8:0:1:4000::/66"}, /* 5 << 62 reaches over bit 64 */
        {"::/0", 128, 0, "::/0"},
        {"::/0", 128, 1, NULL},
        {"::/120", 4, 9, "::90/124"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cidr_block whole;
        struct cidr_block b;
        assert_true(cidr_block_parse(str_from(cases[i].whole), &whole));
        bool good = cidr_block_cut(&whole, cases[i].bits, cases[i].index, &b);
        assert_int_equal(good, cases[i].out != NULL);
        if (good) {
            struct buf out;
            buf_init(&out);
            cidr_block_print(&b, &out);
            assert_str(buf_str(&out), cases[i].out);
            buf_release(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_blocks_are_read_and_printed_with_their_host_bits_cleared),
        cmocka_unit_test(what_is_no_block_is_refused),
        cmocka_unit_test(blocks_are_cut_in_order_and_not_beyond_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
