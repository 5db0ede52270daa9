#include "tests/topology/managed_of.h"

#define BOX "Box/NetworkInterfaces/0"

static struct built *box(const char *properties)
{
    static char text[1024]; /* the spans of what is built point into it */
    snprintf(text, sizeof text,
             "Parameters: {Blueprint: {Type: String}}\n"
             "Resources:\n"
             "  Box: {Type: AWS::Lightsail::Instance, Properties: {%s}}\n",
             properties);
    return built_of(text);
}

static void an_instance_is_always_public(void **state)
{
    (void)state;
    struct built *b = box("BlueprintId: ubuntu_22_04");
    const struct world_interface *n = built_interface(b, BOX);
    assert_string_equal(managed_places(b, BOX), "ServiceNetwork.Subnet ");
    assert_string_equal(managed_public4(b, BOX), "true");
    assert_true(guard_is_true(n->placements.at[0].has6));
    assert_string_equal(managed_groups(b, BOX), "Box.Ports ");
    assert_string_equal(managed_listens(b, BOX), "anything");
    built_free(b);
}

static void what_its_ports_admit(void **state)
{
    (void)state; /* 2.9; a default stands at the resource */
    static const struct {
        const char *properties;
        const char *rules;
    } rows[] = {
        {"BlueprintId: ubuntu_22_04", "tcp 22-22 v4 Box\ntcp 22-22 v6 Box\n"
                                      "tcp 80-80 v4 Box\ntcp 80-80 v6 Box\n"},
        {"BlueprintId: windows_server_2022", "tcp 80-80 v4 Box\ntcp 80-80 v6 Box\n"
                                             "tcp 3389-3389 v4 Box\ntcp 3389-3389 v6 Box\n"},
        {"Networking: {Ports: []}", ""},
        {"Networking: {Ports: [{FromPort: 22, ToPort: 23, Protocol: tcp, "
         "Cidrs: [1.0.0.0/8, 2.0.0.0/8]}]}",
         "tcp 22-23 v4 1.0.0.0/8\ntcp 22-23 v4 2.0.0.0/8\n"},
        {"Networking: {Ports: [{FromPort: 22, ToPort: 22, Protocol: tcp, "
         "Ipv6Cidrs: ['2a00::/16']}]}",
         "tcp 22-22 v6 '2a00::/16'\n"},
        {"Networking: {Ports: [{FromPort: 53, ToPort: 53, Protocol: udp}]}",
         "udp 53-53 v4 {FromPort: 53, ToPort: 53, Protocol: udp}\n"
         "udp 53-53 v6 {FromPort: 53, ToPort: 53, Protocol: udp}\n"},
        {"Networking: {Ports: [{Protocol: all}]}",
         "all 0-65535 v4 {Protocol: all}\nall 0-65535 v6 {Protocol: all}\n"},
        {"Networking: {Ports: [{FromPort: 22, ToPort: 22, Protocol: tcp, "
         "CidrListAliases: [lightsail-connect]}]}",
         ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct built *b = box(rows[i].properties);
        assert_string_equal(managed_rules(b, "Box.Ports"), rows[i].rules);
        built_free(b);
    }
}

static void a_rule_that_is_written_can_be_taken_away(void **state)
{
    (void)state;
    struct built *b =
        box("Networking: {Ports: [{FromPort: 22, ToPort: 22, Protocol: tcp, Cidrs: [1.0.0.0/8]}]}");
    const struct world_group *g = built_group(b, "Box.Ports");
    const struct topology_origin *o = topology_origin(b->t, g->rules.at[0].id);
    assert_non_null(o->item);
    assert_false(o->implicit);
    assert_str(built_text(b, doc_full_span(o->item)),
               "{FromPort: 22, ToPort: 22, Protocol: tcp, Cidrs: [1.0.0.0/8]}");
    built_free(b);
    b = box("BlueprintId: ubuntu_22_04");
    o = topology_origin(b->t, built_group(b, "Box.Ports")->rules.at[0].id);
    assert_null(o->item);
    assert_true(o->implicit);
    built_free(b);
}

static void a_blueprint_that_is_not_known_may_be_windows(void **state)
{
    (void)state;
    struct built *b = box("BlueprintId: !Ref Blueprint");
    const struct world_group *g = built_group(b, "Box.Ports");
    assert_string_equal(built_guard(b, g->rules.at[0].when), "Blueprint=another value");
    assert_int_equal(g->rules.at[4].ports.begin, 3389);
    assert_string_equal(built_guard(b, g->rules.at[4].when), "Blueprint=a value that admits it");
    built_free(b);
}

#define FLEET "Fleet/NetworkInterfaces/0"

static void a_game_fleet_admits_what_it_lists(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n"
                 "  Fleet:\n"
                 "    Type: AWS::GameLift::Fleet\n"
                 "    Properties: {EC2InboundPermissions: [\n"
                 "      {FromPort: 7777, ToPort: 7780, IpRange: 0.0.0.0/0, Protocol: UDP},\n"
                 "      {FromPort: 22, ToPort: 22, IpRange: 198.41.0.4/32, Protocol: TCP}]}\n");
    assert_string_equal(managed_rules(b, "Fleet.Ports"),
                        "udp 7777-7780 v4 0.0.0.0/0\ntcp 22-22 v4 198.41.0.4/32\n");
    assert_string_equal(managed_public4(b, FLEET), "true");
    assert_true(guard_is_false(built_interface(b, FLEET)->placements.at[0].has6));
    built_free(b);
}

static void a_game_fleet_elsewhere_has_no_interface(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n"
                               "  Fleet:\n"
                               "    Type: AWS::GameLift::Fleet\n"
                               "    Properties: {ComputeType: ANYWHERE}\n");
    assert_int_equal(b->w->interfaces.n, 0);
    built_free(b);
    b = built_of("Resources:\n  Fleet: {Type: AWS::GameLift::Fleet}\n");
    assert_string_equal(managed_rules(b, "Fleet.Ports"), "");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instance_is_always_public),
        cmocka_unit_test(what_its_ports_admit),
        cmocka_unit_test(a_rule_that_is_written_can_be_taken_away),
        cmocka_unit_test(a_blueprint_that_is_not_known_may_be_windows),
        cmocka_unit_test(a_game_fleet_admits_what_it_lists),
        cmocka_unit_test(a_game_fleet_elsewhere_has_no_interface),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
