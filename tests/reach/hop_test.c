#include "reach/hop.h"
#include "tests/reach/hop_world.h"

static const struct ports SSH = {22, 22};
static const struct ports WEB = {80, 80};

static void a_rule_that_covers_the_senders_subnet_is_certain(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "10.0.0.0/16");
    base_rule(&h.b, PROTOCOL_TCP, WEB, "10.0.3.0/24"); /* somewhere else */
    base_rule(&h.b, PROTOCOL_UDP, SSH, "10.0.0.0/16");
    hop_ready(&h);
    assert_str(hop_text(&h), "22-22 true");
    struct contributions all = hop_open(h.r, &h.b.a, &h.hop);
    assert_int_equal(ipset_count(all.at[0].passing), 256);
    assert_int_equal(all.at[0].exposure, EXPOSURE_NONE);
    base_release(&h.b);
}

static void a_part_of_the_subnet_rests_on_the_address(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "10.0.2.0/25");
    hop_ready(&h);
    assert_str(hop_text(&h), "22-22 A-ADDR(Sender)");
    base_release(&h.b);
}

static void two_rules_may_cover_the_subnet_together(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "10.0.2.0/25");
    base_rule(&h.b, PROTOCOL_TCP, (struct ports){20, 30}, "10.0.2.128/25");
    hop_ready(&h);
    /* Each alone for its half; 22 for sure, and what the second has besides as it has. */
    assert_str(hop_text(&h), "22-22 A-ADDR(Sender); 20-30 A-ADDR(Sender); "
                             "20-21 A-ADDR(Sender) together; 22-22 true together; "
                             "23-30 A-ADDR(Sender) together");
    base_release(&h.b);
}

static void a_reference_knows_the_senders_group(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    hop_reference(&h, SSH);
    h.b.w->subnets.at[h.subnet].cidrs.n = 0; /* the identity is enough */
    hop_ready(&h);
    assert_str(hop_text(&h), "22-22 true");
    h.hop.sender.group_n = 0;
    assert_str(hop_text(&h), "");
    base_release(&h.b);
}

static void the_acls_count_between_subnets_only(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, (struct ports){20, 30}, "10.0.0.0/16");
    base_entry(&h.b, h.acl, 1, true, false, PROTOCOL_TCP, (struct ports){20, 21}, "10.0.0.0/8");
    base_entry(&h.b, h.b.acl, 1, false, false, PROTOCOL_TCP, (struct ports){29, 30}, "10.0.2.0/24");
    hop_ready(&h);
    assert_str(hop_text(&h), "22-28 true");
    h.hop.sender.subnet = h.b.subnet;
    assert_str(hop_text(&h), "20-30 true");
    h.hop.sender.acl_at_home = true; /* the base ACL lets everything out */
    assert_str(hop_text(&h), "20-30 true");
    base_entry(&h.b, h.b.acl, 1, true, false, PROTOCOL_TCP, (struct ports){25, 30}, "0.0.0.0/0");
    hop_ready(&h);
    h.hop.sender.subnet = h.b.subnet;
    assert_str(hop_text(&h), "20-30 true");
    h.hop.sender.acl_at_home = true;
    assert_str(hop_text(&h), "20-24 true");
    base_release(&h.b);
}

static void both_acls_must_let_one_reply_port_through(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "10.0.0.0/16");
    base_entry(&h.b, h.b.acl, 1, true, true, PROTOCOL_TCP, (struct ports){1024, 2000}, "0.0.0.0/0");
    base_entry(&h.b, h.b.acl, 2, true, false, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    base_entry(&h.b, h.acl, 1, false, true, PROTOCOL_TCP, (struct ports){2000, 3000}, "0.0.0.0/0");
    uint32_t last = (uint32_t)h.b.w->acls.at[h.acl].entries.n - 1;
    base_entry(&h.b, h.acl, 2, false, false, PROTOCOL_ALL, PORTS_ALL, "0.0.0.0/0");
    hop_ready(&h);
    assert_str(hop_text(&h), "22-22 true"); /* 2000 */
    h.b.w->acls.at[h.acl].entries.at[last].ports.begin = 2001;
    hop_ready(&h);
    assert_str(hop_text(&h), "");
    base_release(&h.b);
}

static void an_acl_that_lets_a_part_in_rests_on_the_address(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    hop_reference(&h, SSH);
    base_entry(&h.b, h.b.acl, 1, false, false, PROTOCOL_TCP, SSH, "10.0.2.0/28");
    hop_ready(&h);
    assert_str(hop_text(&h), "22-22 A-ADDR(Sender)");
    base_release(&h.b);
    hop_world(&h);
    hop_reference(&h, SSH);
    base_entry(&h.b, h.acl, 1, true, false, PROTOCOL_TCP, SSH, "10.0.1.0/28"); /* the target's */
    hop_ready(&h);
    assert_str(hop_text(&h), "22-22 A-ADDR(Server/NetworkInterfaces/0)");
    base_release(&h.b);
}

static void egress_rules_and_destinations_limit_the_sender(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    hop_reference(&h, (struct ports){20, 90});
    world_add_rule(h.b.w, h.group,
                   (struct world_rule){.when = GUARD_TRUE,
                                       .egress = true,
                                       .protocol = PROTOCOL_TCP,
                                       .ports = WEB,
                                       .group = h.b.group});
    world_add_rule(h.b.w, h.group,
                   (struct world_rule){.when = GUARD_TRUE,
                                       .egress = true,
                                       .protocol = PROTOCOL_TCP,
                                       .ports = SSH,
                                       .group = WORLD_NONE,
                                       .remote = ipset_of(&h.b.a, prefix_from("10.0.1.0/25"))});
    hop_ready(&h);
    assert_str(hop_text(&h), "20-90 true"); /* they do not filter */
    h.hop.sender.filters = GUARD_TRUE;
    assert_str(hop_text(&h), "22-22 A-ADDR(Server/NetworkInterfaces/0); 80-80 true");
    const struct world_source authorised = {.when = GUARD_TRUE,
                                            .prefix = prefix_from("10.0.9.0/24")};
    h.hop.sender.filters = GUARD_FALSE;
    h.hop.sender.destinations = &authorised;
    h.hop.sender.destination_n = 1;
    assert_str(hop_text(&h), "");
    base_release(&h.b);
}

static void a_client_that_is_kept_is_what_rules_and_acls_see(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "8.0.0.0/8");
    hop_reference(&h, WEB); /* matches the sender's group all the same */
    base_entry(&h.b, h.b.acl, 1, false, false, PROTOCOL_ALL, PORTS_ALL, "8.8.0.0/16");
    hop_ready(&h);
    h.hop.sender.keeps_client = true;
    struct contributions all = hop_open(h.r, &h.b.a, &h.hop);
    assert_int_equal(all.n, 2);
    assert_int_equal(ipset_count(all.at[0].passing), (1U << 24) - 65536);
    assert_int_equal(all.at[1].ports.begin, 80);
    assert_int_equal(ipset_count(all.at[1].passing), (UINT64_C(1) << 32) - 65536);
    assert_true(guard_is_true(all.at[1].when));
    base_release(&h.b);
}

static void a_target_without_a_filter_takes_everything(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    struct guard x = guard_is(h.b.space, base_variable(&h.b, "x", GUARD_NO_OUTCOME), 1);
    h.b.w->interfaces.at[h.b.interface].open = x;
    hop_ready(&h);
    assert_str(hop_text(&h), "0-65535 x together");
    base_release(&h.b);
}

static void there_is_no_hop_into_another_vpc(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    h.b.w->subnets.at[h.subnet].vpc = world_add_vpc(h.b.w, STR("Other"));
    hop_ready(&h);
    assert_str(hop_text(&h), "");
    h.b.w->subnets.at[h.subnet].vpc = WORLD_NONE;
    assert_str(hop_text(&h), "");
    base_release(&h.b);
}

static void the_target_must_be_there_with_an_address(void **state)
{
    (void)state;
    struct hop_world h;
    hop_world(&h);
    base_rule(&h.b, PROTOCOL_TCP, SSH, "0.0.0.0/0");
    base_rule(&h.b, PROTOCOL_TCP, SSH, "::/0");
    struct guard x = guard_is(h.b.space, base_variable(&h.b, "x", GUARD_NO_OUTCOME), 1);
    struct guard y = guard_is(h.b.space, base_variable(&h.b, "y", GUARD_NO_OUTCOME), 1);
    h.b.w->interfaces.at[h.b.interface].when = x;
    base_placement(&h.b)->has6 = y;
    hop_ready(&h);
    assert_str(hop_text(&h), "22-22 x");
    h.hop.family = NET_V6;
    assert_str(hop_text(&h), "22-22 x & y");
    h.hop.permissive = HOP_THERE | HOP_ADDRESS;
    assert_str(hop_text(&h), "22-22 true");
    h.hop.permissive = HOP_RULES;
    assert_str(hop_text(&h), "22-22 x & y; 0-65535 x & y together");
    base_release(&h.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_that_covers_the_senders_subnet_is_certain),
        cmocka_unit_test(a_part_of_the_subnet_rests_on_the_address),
        cmocka_unit_test(two_rules_may_cover_the_subnet_together),
        cmocka_unit_test(a_reference_knows_the_senders_group),
        cmocka_unit_test(the_acls_count_between_subnets_only),
        cmocka_unit_test(both_acls_must_let_one_reply_port_through),
        cmocka_unit_test(an_acl_that_lets_a_part_in_rests_on_the_address),
        cmocka_unit_test(egress_rules_and_destinations_limit_the_sender),
        cmocka_unit_test(a_client_that_is_kept_is_what_rules_and_acls_see),
        cmocka_unit_test(a_target_without_a_filter_takes_everything),
        cmocka_unit_test(there_is_no_hop_into_another_vpc),
        cmocka_unit_test(the_target_must_be_there_with_an_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
