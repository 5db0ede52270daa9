#include "tests/reach/hop_world.h"

static const struct ports SSH = {22, 22};

static struct hop_trace trace(struct hop_world *h, const char *source)
{
    struct packet packet = {NET_V4, prefix_from(source).first, PROTOCOL_TCP, 22};
    uint32_t outcome[8] = {0};
    return hop_trace(h->r, &h->hop, packet, outcome);
}

static void the_entries_of_both_acls_are_named(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    uint32_t out = base_entry(&h.b, h.acl, 5, true, true, PROTOCOL_TCP, SSH, "10.0.1.0/24");
    uint32_t in = base_entry(&h.b, h.b.acl, 5, false, true, PROTOCOL_TCP, SSH, "10.0.2.0/24");
    uint32_t reply = base_entry(&h.b, h.b.acl, 5, true, true, PROTOCOL_TCP,
                                (struct ports){5000, 6000}, "10.0.2.0/24");
    hop_ready(&h);
    struct hop_trace t = trace(&h, "10.0.2.7");
    assert_int_equal(t.acl_from, h.b.w->acls.at[h.acl].id);
    assert_int_equal(t.acl_to, h.b.w->acls.at[h.b.acl].id);
    assert_int_equal(t.out_entry, out);
    assert_int_equal(t.in_entry, in);
    assert_int_equal(t.reply_entry, reply);
    base_release(&h.b);
}

static void within_a_subnet_no_acl_is_asked(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    hop_ready(&h);
    h.hop.sender.subnet = h.b.subnet;
    struct hop_trace t = trace(&h, "10.0.1.7");
    assert_int_equal(t.acl_from, WORLD_NONE);
    assert_int_equal(t.acl_to, WORLD_NONE);
    assert_int_equal(t.in_entry, WORLD_NONE);
    h.hop.sender.acl_at_home = true;
    t = trace(&h, "10.0.1.7");
    assert_int_equal(t.acl_from, h.b.w->acls.at[h.b.acl].id);
    assert_int_equal(t.acl_to, WORLD_NONE);
    base_release(&h.b);
}

/* A subnet whose ACL nothing knows: hop.h takes no packet through it, but one may be traced. */
static void a_subnet_without_an_acl_has_no_entry(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    h.b.w->subnets.at[h.subnet].acls.at[0].when = GUARD_FALSE;
    hop_ready(&h);
    struct hop_trace t = trace(&h, "10.0.2.7");
    assert_int_equal(t.acl_from, WORLD_NONE);
    assert_int_equal(t.out_entry, WORLD_NONE);
    assert_int_equal(t.acl_to, h.b.w->acls.at[h.b.acl].id);
    base_release(&h.b);
}

static void a_source_that_does_not_get_through_is_replaced(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_entry(&h.b, h.b.acl, 5, false, false, PROTOCOL_TCP, SSH, "10.0.2.0/25");
    uint32_t in = base_entry(&h.b, h.b.acl, 6, false, true, PROTOCOL_TCP, SSH, "10.0.2.128/25");
    hop_ready(&h);
    assert_int_equal(trace(&h, "10.0.2.7").in_entry, in);
    base_release(&h.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_entries_of_both_acls_are_named),
        cmocka_unit_test(within_a_subnet_no_acl_is_asked),
        cmocka_unit_test(a_subnet_without_an_acl_has_no_entry),
        cmocka_unit_test(a_source_that_does_not_get_through_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
