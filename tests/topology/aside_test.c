#include "tests/topology/managed_of.h"

/* Two services outside any VPC of the template. */
#define TWO                                                                                        \
    "Resources:\n"                                                                                 \
    "  One: {Type: AWS::Transfer::Server}\n"                                                       \
    "  Two: {Type: AWS::Transfer::Server}\n"

static void one_network_serves_all(void **state)
{
    (void)state;
    struct built *b = built_of(TWO);
    assert_int_equal(b->w->vpcs.n, 1);
    assert_int_equal(b->w->subnets.n, 1);
    assert_int_equal(b->w->gateways.n, 1);
    assert_string_equal(managed_places(b, "One/Endpoint/0"), "ServiceNetwork.Subnet ");
    assert_string_equal(managed_places(b, "Two/Endpoint/0"), "ServiceNetwork.Subnet ");
    assert_string_equal(managed_public4(b, "Two/Endpoint/0"), "true");
    built_free(b);
}

static void it_leads_to_a_gateway_outside_the_templates(void **state)
{
    (void)state;
    struct built *b = built_of(TWO);
    assert_true(b->w->gateways.at[0].outside);
    assert_int_equal(b->w->gateways.at[0].kind, GATEWAY_INTERNET);
    assert_int_equal(b->w->gateways.at[0].attachments.at[0].vpc, 0);
    const struct world_subnet *subnet = &b->w->subnets.at[0];
    assert_int_equal(subnet->tables.n, 1);
    assert_true(guard_is_true(subnet->tables.at[0].when));
    const struct world_table *table = &b->w->tables.at[subnet->tables.at[0].index];
    assert_int_equal(table->routes.n, 2); /* one of each family */
    assert_int_equal(subnet->acls.n, 1);
    assert_int_equal(b->w->acls.at[subnet->acls.at[0].index].entries.n, 4);
    built_free(b);
}

static void its_elements_are_not_the_templates_own(void **state)
{
    (void)state;
    struct built *b = built_of(TWO);
    assert_true(topology_origin(b->t, b->w->vpcs.at[0].id)->outside);
    assert_true(topology_origin(b->t, b->w->subnets.at[0].id)->outside);
    const struct world_group *g = built_group(b, "One.Endpoint");
    const struct topology_origin *o = topology_origin(b->t, g->id);
    assert_true(o->implicit);
    assert_false(o->outside);
    assert_str(o->resource->id, "One");
    assert_string_equal(o->type, "AWS::EC2::SecurityGroup");
    built_free(b);
}

static void a_template_without_such_services_has_no_such_network(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_ALL);
    assert_int_equal(b->w->vpcs.n, 1);
    assert_str(b->w->vpcs.at[0].name, "Vpc");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_network_serves_all),
        cmocka_unit_test(it_leads_to_a_gateway_outside_the_templates),
        cmocka_unit_test(its_elements_are_not_the_templates_own),
        cmocka_unit_test(a_template_without_such_services_has_no_such_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
