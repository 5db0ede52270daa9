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

static void of_several_each_one_is_a_line(void **state)
{
    (void)state;
    struct arena a = {0};
    struct world *w = world_new(&a, guard_space_new(&a));
    uint32_t one = world_add_vpc(w, STR("One"));
    world_add_cidr(w, one, GUARD_TRUE, prefix_from("10.0.0.0/16"));
    world_add_cidr(w, one, GUARD_TRUE, prefix_from("10.1.0.0/16"));
    uint32_t two = world_add_vpc(w, STR("Two"));
    world_add_cidr(w, two, GUARD_TRUE, prefix_from("10.2.0.0/16"));
    uint32_t link = world_add_gateway(w, STR("Link"), GATEWAY_PEERING);
    world_add_attachment(w, link, GUARD_TRUE, one);
    world_add_attachment(w, link, GUARD_TRUE, two);
    world_add_table(w, STR("A"), one);
    world_add_table(w, STR("B"), two);
    world_add_group(w, STR("G"), one);
    world_add_group(w, STR("H"), two);
    struct buf out;
    buf_init(&out);
    world_dump(w, &out);
    assert_str(buf_str(&out), "vpc #0 One\n"
                              "  cidr #1 10.0.0.0/16\n"
                              "  cidr #2 10.1.0.0/16\n"
                              "vpc #3 Two\n"
                              "  cidr #4 10.2.0.0/16\n"
                              "gateway #5 Link peering\n"
                              "  attachment #6 vpc=One\n"
                              "  attachment #7 vpc=Two\n"
                              "table #8 A vpc=One\n"
                              "table #9 B vpc=Two\n"
                              "group #10 G vpc=One\n"
                              "group #11 H vpc=Two\n");
    buf_release(&out);
    arena_release(&a);
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

static void private_edges_and_balancers_are_lines_too(void **state)
{
    (void)state;
    struct arena a = {0};
    struct world *w = world_new(&a, guard_space_new(&a));
    uint32_t v = world_add_vpc(w, STR("V"));                          /* 0 */
    uint32_t s = world_add_subnet(w, STR("S"), v);                    /* 1 */
    uint32_t link = world_add_gateway(w, STR("L"), GATEWAY_PEERING);  /* 2 */
    uint32_t box = world_add_gateway(w, STR("B"), GATEWAY_INTERFACE); /* 3 */
    w->gateways.at[box].subnet = s;
    w->gateways.at[box].passes = GUARD_TRUE;
    world_add_attachment(w, link, GUARD_TRUE, v); /* 4 */
    w->gateways.at[link].attachments.at[0].remote_vpc = v;
    w->gateways.at[link].attachments.at[0].any_source = GUARD_TRUE;
    world_add_source(w, link, GUARD_TRUE, prefix_from("10.1.0.0/16")); /* 5 */
    world_add_ingress(w, link,
                      (struct world_ingress){.when = GUARD_TRUE, .subnet = s, .middlebox = box});
    uint32_t o = world_add_owner(w, STR("O"), STR("T"));                 /* 7 */
    uint32_t n = world_add_interface(w, STR("N"), o);                    /* 8 */
    uint32_t lb = world_add_balancer(w, STR("Lb"), BALANCER_NETWORK, o); /* 9 */
    w->interfaces.at[n].balancer = lb;
    w->interfaces.at[n].answers = ANSWERS_IDENTIFIED;
    *VEC_ADD(&a, &w->interfaces.at[n].listens) =
        (struct world_listening){.when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = {80, 80}};
    *VEC_ADD(&a, &w->balancers.at[lb].interfaces) = n;
    *VEC_ADD(&a, &w->balancers.at[lb].services) =
        (struct world_service){.when = GUARD_TRUE, .from = s, .to = s};
    uint32_t tg = world_add_target_group(w, STR("Tg")); /* 10 */
    uint32_t listener = world_add_listener(
        w, lb,
        (struct world_listener){
            .name = STR("Li"), .when = GUARD_TRUE, .protocol = PROTOCOL_TCP, .ports = {80, 80}});
    struct world_forward forward = {.when = GUARD_TRUE, .target_group = tg, .restricted = true};
    forward.clients4 = ipset_of(&a, prefix_from("8.0.0.0/8"));
    forward.clients6 = ipset_empty(NET_V6);
    world_add_forward(w, lb, listener, forward); /* 12 */
    world_add_target(w, tg,
                     (struct world_target){.when = GUARD_TRUE,
                                           .interface = n,
                                           .balancer = WORLD_NONE,
                                           .ports = {8080, 8080}}); /* 13 */
    struct world_entrance e = {
        .edge = EDGE_CLIENT_VPN, .gateway = link, .when = GUARD_TRUE, .subnet = s};
    *VEC_ADD(&a, &e.destinations) =
        (struct world_source){.id = 99, .when = GUARD_TRUE, .prefix = prefix_from("10.0.0.0/8")};
    world_add_entrance(w, e); /* 14 */
    world_add_shortcut(w, (struct world_shortcut){.edge = EDGE_ACCELERATOR,
                                                  .gateway = link,
                                                  .when = GUARD_TRUE,
                                                  .balancer = WORLD_NONE,
                                                  .interface = n,
                                                  .protocol = PROTOCOL_UDP,
                                                  .ports = {1, 2},
                                                  .target = {3, 4},
                                                  .preserves = GUARD_TRUE}); /* 15 */
    struct buf out;
    buf_init(&out);
    world_dump(w, &out);
    assert_str(buf_str(&out),
               "vpc #0 V\n"
               "gateway #2 L peering\n"
               "  attachment #4 vpc=V remote=V any-source=true\n"
               "    source #5 10.1.0.0/16\n"
               "  ingress #6 subnet=S to=B\n"
               "gateway #3 B interface subnet=S passes=true\n"
               "subnet #1 S vpc=V\n"
               "owner #7 O T\n"
               "interface #8 N number=0 owner=O balancer=Lb\n"
               "  listens tcp 80-80\n"
               "  answers the identified\n"
               "balancer #9 Lb network owner=O interface=N\n"
               "  listener #11 Li tcp 80-80\n"
               "    forward #12 to=Tg from 8.0.0.0/8 \n"
               "  serves from=S to=S\n"
               "target-group #10 Tg tcp\n"
               "  target #13 interface=N 8080-8080\n"
               "entrance #14 clientvpn gateway=L subnet=S\n"
               "  destination #99 10.0.0.0/8\n"
               "shortcut #15 globalaccelerator gateway=L interface=N udp 1-2 target=3-4 "
               "preserves=true\n");
    buf_release(&out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_element_and_entry_is_a_line),
        cmocka_unit_test(of_several_each_one_is_a_line),
        cmocka_unit_test(a_restricted_family_comes_first),
        cmocka_unit_test(every_kind_of_gateway_has_a_word),
        cmocka_unit_test(private_edges_and_balancers_are_lines_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
