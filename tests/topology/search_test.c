#include "tests/topology/managed_of.h"

static void a_domain_in_a_vpc_is_a_private_service(void **state)
{
    (void)state;
    static const char *const types[] = {"OpenSearchService", "Elasticsearch"};
    for (size_t i = 0; i < 2; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Resources:\n" B_VPC B_SUBNET B_GROUP "  Search:\n"
                 "    Type: AWS::%s::Domain\n"
                 "    Properties: {VPCOptions: {SubnetIds: [!Ref Subnet],\n"
                 "                 SecurityGroupIds: [!Ref Group]}}\n",
                 types[i]);
        struct built *b = built_of(text);
        assert_string_equal(managed_places(b, "Search/NetworkInterfaces/0"), "Subnet ");
        assert_string_equal(managed_groups(b, "Search/NetworkInterfaces/0"), "Group ");
        assert_string_equal(managed_listens(b, "Search/NetworkInterfaces/0"), "tcp 443-443 true\n");
        assert_string_equal(managed_public4(b, "Search/NetworkInterfaces/0"), "false");
        assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, ""), 0);
        built_free(b);
    }
}

static void a_public_endpoint_is_noted(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n  Search: {Type: AWS::OpenSearchService::Domain}\n");
    assert_int_equal(b->w->interfaces.n, 0);
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "'Search' is in no VPC"), 1);
    built_free(b);
}

static void a_domain_may_be_either(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Parameters:\n"
        "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
        "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
        "Resources:\n" B_VPC B_SUBNET "  Search:\n"
        "    Type: AWS::OpenSearchService::Domain\n"
        "    Properties:\n"
        "      VPCOptions: !If [IsDev, !Ref 'AWS::NoValue', {SubnetIds: [!Ref Subnet]}]\n");
    assert_string_equal(built_guard(b, built_interface(b, "Search/NetworkInterfaces/0")->when),
                        "Env=prod");
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, "'Search' is in no VPC"), 1);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_domain_in_a_vpc_is_a_private_service),
        cmocka_unit_test(a_public_endpoint_is_noted),
        cmocka_unit_test(a_domain_may_be_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
