#include "reach/hop_side.h"
#include "tests/reach/hop_world.h"

static const struct ports SSH = {22, 22};

static void the_near_side_is_cut_where_the_targets_acl_differs(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_entry(&h.b, h.b.acl, 1, false, false, PROTOCOL_TCP, SSH, "10.0.2.64/26");
    hop_ready(&h);
    struct hop_side side = hop_near(h.r, &h.b.a, &h.hop, NULL, 0);
    assert_int_equal(side.n, 2); /* what is not in 10.0.2.0/24 is left out */
    assert_int_equal(side.at[0].forth, PORTMAP_EVERYTHING);
    assert_int_equal(ipset_count(side.at[0].where), 192);
    assert_int_equal(ipset_count(side.at[1].where), 64);
    assert_true(guard_is_false(portmap_some(&h.r->ports, side.at[1].forth, SSH)));
    h.hop.permissive = HOP_ACL_FORTH;
    side = hop_near(h.r, &h.b.a, &h.hop, NULL, 0);
    assert_int_equal(side.at[1].forth, PORTMAP_EVERYTHING);
    base_release(&h.b);
}

static void parts_that_are_asked_for_cut_it_too(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    hop_ready(&h);
    const struct ipset parts[] = {ipset_of(&h.b.a, prefix_from("10.0.2.0/25")),
                                  ipset_of(&h.b.a, prefix_from("10.0.2.0/26"))};
    struct hop_side side = hop_near(h.r, &h.b.a, &h.hop, parts, 2);
    assert_int_equal(side.n, 3);
    assert_int_equal(side.at[0].parts[0] + side.at[0].parts[1], 2); /* /26 */
    assert_int_equal(side.at[1].parts[0], 1);
    assert_int_equal(side.at[1].parts[1], 0);
    assert_int_equal(side.at[2].parts[0], 0);
    base_release(&h.b);
}

static void clients_may_be_anywhere(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    hop_ready(&h);
    h.hop.sender.keeps_client = true;
    struct hop_side side = hop_near(h.r, &h.b.a, &h.hop, NULL, 0);
    assert_int_equal(side.n, 1);
    assert_true(ipset_equal(side.at[0].where, ipset_all(NET_V4)));
    assert_true(guard_is_true(side.at[0].possible));
    base_release(&h.b);
}

static void the_far_side_is_the_targets_subnet_and_the_senders_limits(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    struct guard x = guard_is(h.b.space, base_variable(&h.b, "x", GUARD_NO_OUTCOME), 1);
    base_entry(&h.b, h.acl, 1, true, false, PROTOCOL_TCP, SSH, "10.0.1.0/25");
    hop_ready(&h);
    const struct world_source half = {.when = x, .prefix = prefix_from("10.0.1.128/25")};
    h.hop.sender.destinations = &half;
    h.hop.sender.destination_n = 1;
    struct hop_side side = hop_far(h.r, &h.b.a, &h.hop);
    assert_int_equal(side.n, 2);
    assert_int_equal(side.at[0].forth, PORTMAP_NOTHING); /* no destination */
    assert_true(guard_same(portmap_some(&h.r->ports, side.at[1].forth, SSH), x));
    h.hop.permissive = HOP_LIMITS;
    side = hop_far(h.r, &h.b.a, &h.hop);
    assert_true(guard_is_false(portmap_some(&h.r->ports, side.at[0].forth, SSH)));
    assert_int_equal(side.at[1].forth, PORTMAP_EVERYTHING);
    base_release(&h.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_near_side_is_cut_where_the_targets_acl_differs),
        cmocka_unit_test(parts_that_are_asked_for_cut_it_too),
        cmocka_unit_test(clients_may_be_anywhere),
        cmocka_unit_test(the_far_side_is_the_targets_subnet_and_the_senders_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
