#include "topology/service.h"

#include "tests/topology/world_of.h"

/* Reads the three properties of the resource R and shows the alternatives, a line each. */
static const char *services_of(struct built *b, bool is_entry, struct buf *out)
{
    const struct cfn_resource *r = cfn_resource(b->unit->templates.at[0], STR("R"));
    struct builder builder = {.unit = b->unit,
                              .arena = b->unit->arena,
                              .space = b->unit->space,
                              .world = b->w,
                              .t = b->t};
    map_init(&builder.choices, b->unit->arena);
    struct service_text text = {
        .resource = r,
        .when = r->when,
        .protocol = cfn_property(r, "IpProtocol"),
        .from = cfn_property(r, "FromPort"),
        .to = cfn_property(r, "ToPort"),
        .is_entry = is_entry,
    };
    struct services services = service_read(&builder, &text);
    buf_clear(out);
    for (size_t i = 0; i < services.n; i++) {
        const struct service *s = &services.at[i];
        buf_addf(out, "%s %u-%u ", protocol_name(s->protocol), (unsigned)s->ports.begin,
                 (unsigned)s->ports.end);
        guard_print(b->w->space, s->when, out);
        buf_addc(out, '\n');
    }
    return out->p;
}

static void alternatives_combine_where_they_can_be_together(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters:\n"
                               "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                               "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                               "Resources:\n"
                               "  R:\n"
                               "    Type: Custom::R\n"
                               "    Properties:\n"
                               "      IpProtocol: !If [IsDev, tcp, icmp]\n"
                               "      FromPort: !If [IsDev, 80, 8]\n"
                               "      ToPort: !If [IsDev, 90, -1]\n");
    struct buf out;
    buf_init(&out);
    assert_string_equal(services_of(b, false, &out), "tcp 80-90 Env=dev\nicmp 0-65535 Env=prod\n");
    assert_int_equal(built_said(b, DIAG_CONFIG, ""), 0);
    buf_release(&out);
    built_free(b);
}

static void an_absent_protocol_is_tcp_in_a_rule_and_all_in_an_entry(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n"
                               "  R: {Type: Custom::R, Properties: {FromPort: 1, ToPort: 2}}\n");
    struct buf out;
    buf_init(&out);
    assert_string_equal(services_of(b, false, &out), "tcp 1-2 true\n");
    assert_string_equal(services_of(b, true, &out), "all 0-65535 true\n");
    buf_release(&out);
    built_free(b);
}

static void two_unknown_ports_span_their_bounds(void **state)
{
    (void)state; /* [1000..2000] to [1500..3000] may be any port from 1000 to 3000 */
    struct built *b = built_of("Parameters:\n"
                               "  A: {Type: Number, MinValue: 1000, MaxValue: 2000}\n"
                               "  B: {Type: Number, MinValue: 1500, MaxValue: 3000}\n"
                               "Resources:\n"
                               "  R:\n"
                               "    Type: Custom::R\n"
                               "    Properties: {IpProtocol: udp, FromPort: !Ref A, ToPort: !Ref "
                               "B}\n");
    struct buf out;
    buf_init(&out);
    assert_string_equal(services_of(b, false, &out),
                        "udp 1000-3000 A=a value that admits it & B=a value that admits it\n");
    buf_release(&out);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alternatives_combine_where_they_can_be_together),
        cmocka_unit_test(an_absent_protocol_is_tcp_in_a_rule_and_all_in_an_entry),
        cmocka_unit_test(two_unknown_ports_span_their_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
