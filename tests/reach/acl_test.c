#include "reach/acl.h"
#include "tests/reach/base_world.h"

static uint32_t value_at(struct line l, const char *address)
{
    struct prefix p = prefix_from(address);
    uint32_t value = 0;
    for (size_t i = 0; i < l.n && address_cmp(l.at[i].first, p.first) <= 0; i++) {
        value = l.at[i].value;
    }
    return value;
}

/* When a tcp packet from an address gets in at a port. */
static struct guard gets_in(struct base_world *b, struct reach *r, const char *address,
                            uint16_t port)
{
    struct line l = acl_line_map(r, b->acl, false, prefix_from(address).family, PROTOCOL_TCP);
    return portmap_some(&r->ports, value_at(l, address), (struct ports){port, port});
}

static struct guard gets_out(struct base_world *b, struct reach *r, const char *address)
{
    struct line l = acl_line_out(r, b->acl, prefix_from(address).family, PROTOCOL_TCP);
    return (struct guard){value_at(l, address)};
}

static void the_lowest_number_that_matches_decides(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_entry(&b, b.acl, 300, false, true, PROTOCOL_ALL, (struct ports){1, 1}, "0.0.0.0/0");
    base_entry(&b, b.acl, 200, false, false, PROTOCOL_TCP, (struct ports){20, 30}, "8.0.0.0/8");
    base_entry(&b, b.acl, 100, false, true, PROTOCOL_TCP, (struct ports){22, 22}, "8.8.0.0/16");
    base_entry(&b, b.acl, 150, false, false, PROTOCOL_UDP, PORTS_ALL, "0.0.0.0/0");
    base_entry(&b, b.acl, 90, true, false, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    struct reach *r = reach_new(&b.a, b.w);
    static const struct {
        const char *address;
        uint16_t port;
        bool expected;
    } rows[] = {
        {"1.1.1.1/32", 22, true}, /* 300: ports of protocol -1 are ignored */
        {"8.1.1.1/32", 22, false}, {"8.1.1.1/32", 19, true},  {"8.1.1.1/32", 31, true},
        {"8.8.1.1/32", 22, true},  {"8.8.1.1/32", 23, false}, {"8.9.0.0/32", 22, false},
        {"2600::/128", 22, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(guard_is_true(gets_in(&b, r, rows[i].address, rows[i].port)),
                         rows[i].expected);
    }
    base_release(&b);
}

static void equal_numbers_go_by_id(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_entry(&b, b.acl, 100, false, true, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    base_entry(&b, b.acl, 100, false, false, PROTOCOL_TCP, (struct ports){22, 23}, "0.0.0.0/0");
    base_entry(&b, b.acl, 100, false, true, PROTOCOL_TCP, (struct ports){23, 23}, "0.0.0.0/0");
    struct reach *r = reach_new(&b.a, b.w);
    assert_true(guard_is_true(gets_in(&b, r, "1.1.1.1/32", 22)));
    assert_true(guard_is_false(gets_in(&b, r, "1.1.1.1/32", 23)));
    base_release(&b);
}

static void a_guarded_entry_decides_only_where_it_is(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    struct guard y = guard_is(b.space, base_variable(&b, "y", GUARD_NO_OUTCOME), 1);
    base_entry(&b, b.acl, 90, false, false, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    base_entry(&b, b.acl, 100, false, true, PROTOCOL_TCP, PORTS_ALL, "0.0.0.0/0");
    b.w->acls.at[b.acl].entries.at[0].when = x;
    b.w->acls.at[b.acl].entries.at[1].when = y;
    struct reach *r = reach_new(&b.a, b.w);
    assert_true(guard_same(gets_in(&b, r, "1.1.1.1/32", 22), guard_minus(b.space, y, x)));
    assert_true(guard_same(gets_in(&b, r, "1.1.1.1/32", 23), y));
    base_release(&b);
}

static void one_client_port_is_enough_for_the_reply(void **state)
{
    (void)state;
    static const struct {
        struct ports allowed;
        bool high;
        bool low;
    } rows[] = {
        {{0, 65535}, true, true},      {{1024, 1024}, true, false}, {{65535, 65535}, true, false},
        {{1023, 1023}, false, true},   {{1, 1}, false, true},       {{0, 0}, false, false},
        {{32768, 61000}, true, false}, {{80, 80}, false, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct base_world b;
        base_bare(&b);
        base_entry(&b, b.acl, 100, true, true, PROTOCOL_TCP, rows[i].allowed, "0.0.0.0/0");
        struct reach *r = reach_new(&b.a, b.w);
        struct guard g = gets_out(&b, r, "1.1.1.1/32");
        if (rows[i].high) {
            assert_true(guard_is_true(g));
            assert_int_equal(guard_count(b.space), 0); /* no fact for nothing */
        } else if (rows[i].low) {
            assert_true(guard_same(g, world_fact(b.w, FACT_LOWPORT, STR("Vpc.DefaultNetworkAcl"))));
        } else {
            assert_true(guard_is_false(g));
        }
        base_release(&b);
    }
}

static void the_low_port_fact_counts_only_where_no_high_port_is_allowed(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    base_entry(&b, b.acl, 100, true, true, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/0");
    base_entry(&b, b.acl, 110, true, true, PROTOCOL_TCP, (struct ports){1024, 2000}, "0.0.0.0/0");
    b.w->acls.at[b.acl].entries.at[1].when = x;
    struct reach *r = reach_new(&b.a, b.w);
    struct guard low = world_fact(b.w, FACT_LOWPORT, STR("Vpc.DefaultNetworkAcl"));
    assert_true(guard_same(gets_out(&b, r, "1.1.1.1/32"), guard_or(b.space, x, low)));
    base_release(&b);
}

static const struct packet SSH_PACKET = {
    .family = NET_V4, .source = {0, 0x01010101}, .protocol = PROTOCOL_TCP, .port = 22};

static void under_an_assignment_one_entry_decides(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard x = guard_is(b.space, base_variable(&b, "x", GUARD_NO_OUTCOME), 1);
    uint32_t late = base_entry(&b, b.acl, 200, false, true, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    uint32_t early =
        base_entry(&b, b.acl, 100, false, true, PROTOCOL_TCP, (struct ports){22, 22}, "1.0.0.0/8");
    b.w->acls.at[b.acl].entries.at[1].when = x;
    base_entry(&b, b.acl, 50, false, false, PROTOCOL_TCP, (struct ports){22, 22}, "2.0.0.0/8");
    struct reach *r = reach_new(&b.a, b.w);
    const uint32_t no[] = {0};
    const uint32_t yes[] = {1};
    assert_int_equal(acl_entry_in(r, b.acl, SSH_PACKET, no), late);
    assert_int_equal(acl_entry_in(r, b.acl, SSH_PACKET, yes), early);
    struct packet six = SSH_PACKET;
    six.family = NET_V6;
    assert_int_equal(acl_entry_in(r, b.acl, six, yes), WORLD_NONE);
    base_release(&b);
}

static void the_entry_that_lets_the_reply_out(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_entry(&b, b.acl, 10, true, true, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/0");
    base_entry(&b, b.acl, 20, true, false, PROTOCOL_TCP, (struct ports){1024, 30000}, "0.0.0.0/0");
    base_entry(&b, b.acl, 25, true, false, PROTOCOL_TCP, (struct ports){40000, 50000}, "0.0.0.0/0");
    base_entry(&b, b.acl, 30, true, true, PROTOCOL_TCP, (struct ports){2000, 3000},
               "0.0.0.0/0"); /* all denied by 20 */
    uint32_t high = base_entry(&b, b.acl, 40, true, true, PROTOCOL_TCP,
                               (struct ports){30000, 30001}, "0.0.0.0/0");
    base_entry(&b, b.acl, 50, true, true, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    struct reach *r = reach_new(&b.a, b.w);
    assert_int_equal(acl_entry_out(r, b.acl, SSH_PACKET, NULL), high);
    base_release(&b);

    base_bare(&b);
    base_entry(&b, b.acl, 5, true, false, PROTOCOL_TCP, (struct ports){1, 79}, "0.0.0.0/0");
    uint32_t low =
        base_entry(&b, b.acl, 10, true, true, PROTOCOL_TCP, (struct ports){1, 80}, "0.0.0.0/0");
    r = reach_new(&b.a, b.w);
    assert_int_equal(acl_entry_out(r, b.acl, SSH_PACKET, NULL), low);
    b.w->acls.at[b.acl].entries.n = 0;
    assert_int_equal(acl_entry_out(reach_new(&b.a, b.w), b.acl, SSH_PACKET, NULL), WORLD_NONE);
    base_release(&b);
}

/* 10 and 20 deny two ranges of client ports, far from each other; 25 lets out only what 10 has
 * denied, 30 what neither has. */
static void what_one_entry_denies_another_does_not_give_back(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_entry(&b, b.acl, 10, true, false, PROTOCOL_TCP, (struct ports){2000, 3000}, "0.0.0.0/0");
    base_entry(&b, b.acl, 20, true, false, PROTOCOL_TCP, (struct ports){40000, 50000}, "0.0.0.0/0");
    base_entry(&b, b.acl, 25, true, true, PROTOCOL_TCP, (struct ports){2000, 3000}, "0.0.0.0/0");
    uint32_t lets = base_entry(&b, b.acl, 30, true, true, PROTOCOL_TCP, (struct ports){1500, 1500},
                               "0.0.0.0/0");
    struct reach *r = reach_new(&b.a, b.w);
    assert_int_equal(acl_entry_out(r, b.acl, SSH_PACKET, NULL), lets);
    base_release(&b);
}

static void the_first_entry_that_denies_some_of_the_packets(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    base_entry(&b, b.acl, 10, false, true, PROTOCOL_TCP, (struct ports){22, 22}, "8.0.0.0/8");
    uint32_t denies =
        base_entry(&b, b.acl, 30, false, false, PROTOCOL_TCP, (struct ports){20, 25}, "0.0.0.0/0");
    base_entry(&b, b.acl, 20, false, false, PROTOCOL_TCP, (struct ports){80, 80}, "0.0.0.0/0");
    base_entry(&b, b.acl, 15, false, false, PROTOCOL_TCP, (struct ports){22, 22}, "8.0.0.0/8");
    base_entry(&b, b.acl, 12, true, false, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    struct reach *r = reach_new(&b.a, b.w);
    struct ipset one = ipset_of(&b.a, prefix_from("1.1.1.1/32"));
    const struct ports ssh = {22, 22};
    assert_int_equal(acl_entry_denying(r, b.acl, false, one, PROTOCOL_TCP, ssh), denies);
    assert_int_equal(acl_entry_denying(r, b.acl, false, one, PROTOCOL_ALL, ssh), denies);
    assert_int_equal(acl_entry_denying(r, b.acl, false, one, PROTOCOL_UDP, ssh), WORLD_NONE);
    assert_int_equal(acl_entry_denying(r, b.acl, false, internet_space(NET_V6), PROTOCOL_TCP, ssh),
                     WORLD_NONE);
    base_release(&b);
}

static void what_is_sent_meets_the_entries_on_the_way_out(void **state)
{
    (void)state;
    struct base_world b;
    base_world(&b);
    const struct ports ssh = {22, 22};
    uint32_t deny = base_entry(&b, b.acl, 1, true, false, PROTOCOL_TCP, ssh, "10.0.9.0/24");
    struct reach *r = reach_new(&b.a, b.w);
    struct line l = acl_line_map(r, b.acl, true, NET_V4, PROTOCOL_TCP);
    assert_true(guard_is_false(portmap_some(&r->ports, value_at(l, "10.0.9.9"), ssh)));
    assert_int_equal(value_at(l, "10.0.8.9"), PORTMAP_EVERYTHING);
    uint32_t outcome[4] = {0};
    struct packet packet = {NET_V4, prefix_from("10.0.9.9").first, PROTOCOL_TCP, 22};
    assert_int_equal(acl_entry_sent(r, b.acl, packet, outcome), deny);
    assert_int_not_equal(acl_entry_in(r, b.acl, packet, outcome), deny);
    packet.port = 23; /* the default entry, 100 out: the third of four */
    assert_int_equal(acl_entry_sent(r, b.acl, packet, outcome),
                     b.w->acls.at[b.acl].entries.at[2].id);
    base_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lowest_number_that_matches_decides),
        cmocka_unit_test(equal_numbers_go_by_id),
        cmocka_unit_test(a_guarded_entry_decides_only_where_it_is),
        cmocka_unit_test(one_client_port_is_enough_for_the_reply),
        cmocka_unit_test(the_low_port_fact_counts_only_where_no_high_port_is_allowed),
        cmocka_unit_test(under_an_assignment_one_entry_decides),
        cmocka_unit_test(the_entry_that_lets_the_reply_out),
        cmocka_unit_test(what_one_entry_denies_another_does_not_give_back),
        cmocka_unit_test(the_first_entry_that_denies_some_of_the_packets),
        cmocka_unit_test(what_is_sent_meets_the_entries_on_the_way_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
