#include "tests/reach/base_world.h"

static void every_element_and_entry_is_a_line(void **state)
{
    (void)state;
    struct base_world b;
    base_bare(&b);
    struct guard x = world_fact(b.w, FACT_SUBPUBIP, STR("S"));
    base_entry(&b, b.acl, 90, false, false, PROTOCOL_TCP, (struct ports){22, 22}, "0.0.0.0/0");
    base_route(&b, "0.0.0.0/0", b.gateway, x);
    base_route(&b, "8.0.0.0/8", WORLD_NONE, GUARD_TRUE);
    base_rule(&b, PROTOCOL_TCP, (struct ports){80, 81}, "0.0.0.0/0");
    world_add_rule(
        b.w, b.group,
        (struct world_rule){
            .when = GUARD_TRUE, .egress = true, .protocol = PROTOCOL_ALL, .group = b.group});
    base_placement(&b)->public4 = x;
    struct buf out;
    buf_init(&out);
    world_dump(b.w, &out);
    assert_str(buf_str(&out), "vpc #0 Vpc\n"
                              "  cidr #1 10.0.0.0/16\n"
                              "gateway #2 Igw internet\n"
                              "  attachment #3 vpc=Vpc\n"
                              "table #4 Table vpc=Vpc\n"
                              "  route #14 0.0.0.0/0 static to=Igw when A-SUBPUBIP(S)\n"
                              "  route #15 8.0.0.0/8 static to=-\n"
                              "acl #5 Vpc.DefaultNetworkAcl\n"
                              "  entry #13 90 in deny tcp 22-22 0.0.0.0/0\n"
                              "group #10 Group vpc=Vpc\n"
                              "  rule #16 in tcp 80-81 0.0.0.0/0\n"
                              "  rule #17 out all group=Group\n"
                              "subnet #6 Subnet vpc=Vpc\n"
                              "  cidr #7 10.0.1.0/24\n"
                              "  association #8 table=Table\n"
                              "  association #9 acl=Vpc.DefaultNetworkAcl\n"
                              "owner #11 Server AWS::EC2::Instance\n"
                              "interface #12 Server/NetworkInterfaces/0 number=0 owner=Server\n"
                              "  placed subnet=Subnet has4=true public4=A-SUBPUBIP(S) by=#4711\n"
                              "  carries group=Group\n");
    buf_release(&out);
    base_release(&b);
}

static void a_restricted_family_comes_first(void **state)
{
    (void)state;
    struct arena a = {0};
    struct world *w = world_new(&a, guard_space_new(&a));
    w->family = GUARD_FALSE;
    struct buf out;
    buf_init(&out);
    world_dump(w, &out);
    assert_str(buf_str(&out), "family false\n");
    buf_release(&out);
    arena_release(&a);
}

static void every_kind_of_gateway_has_a_word(void **state)
{
    (void)state;
    struct arena a = {0};
    struct world *w = world_new(&a, guard_space_new(&a));
    for (int kind = GATEWAY_INTERNET; kind <= GATEWAY_OTHER; kind++) {
        world_add_gateway(w, STR("g"), (enum world_gateway_kind)kind);
    }
    w->gateways.at[0].outside = true;
    struct buf out;
    buf_init(&out);
    world_dump(w, &out);
    assert_str(buf_str(&out), "gateway #0 g internet outside\n"
                              "gateway #1 g egress-only\n"
                              "gateway #2 g nat\n"
                              "gateway #3 g vpn\n"
                              "gateway #4 g peering\n"
                              "gateway #5 g transit\n"
                              "gateway #6 g endpoint\n"
                              "gateway #7 g interface\n"
                              "gateway #8 g client-vpn\n"
                              "gateway #9 g service\n"
                              "gateway #10 g accelerator\n"
                              "gateway #11 g connect\n"
                              "gateway #12 g carrier\n"
                              "gateway #13 g local\n"
                              "gateway #14 g other\n");
    buf_release(&out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_element_and_entry_is_a_line),
        cmocka_unit_test(a_restricted_family_comes_first),
        cmocka_unit_test(every_kind_of_gateway_has_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
