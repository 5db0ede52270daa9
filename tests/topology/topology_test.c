#include "tests/topology/world_of.h"

static void the_base_topology_becomes_a_world(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_ALL);
    assert_block(b, "vpc Vpc", "vpc Vpc\n  cidr 10.0.0.0/16\n");
    assert_block(b, "gateway Igw", "gateway Igw internet\n  attachment vpc=Vpc\n");
    assert_block(b, "table Table", "table Table vpc=Vpc\n  route 0.0.0.0/0 static to=Igw\n");
    assert_block(b, "subnet Subnet",
                 "subnet Subnet vpc=Vpc\n"
                 "  cidr 10.0.1.0/24\n"
                 "  association table=Table\n"
                 "  association acl=Vpc.DefaultNetworkAcl\n");
    assert_block(b, "group Group",
                 "group Group vpc=Vpc\n"
                 "  rule in tcp 22-22 0.0.0.0/0\n"
                 "  rule out all 0.0.0.0/0\n"
                 "  rule out all ::/0\n");
    assert_block(b, "acl Vpc.DefaultNetworkAcl",
                 "acl Vpc.DefaultNetworkAcl\n"
                 "  entry 100 in allow all 0.0.0.0/0\n"
                 "  entry 101 in allow all ::/0\n"
                 "  entry 100 out allow all 0.0.0.0/0\n"
                 "  entry 101 out allow all ::/0\n");
    assert_block(b, "owner Web", "owner Web AWS::EC2::Instance\n");
    const struct world_interface *n = built_interface(b, "Web/NetworkInterfaces/0");
    assert_int_equal(n->placements.n, 1);
    assert_true(guard_is_true(n->placements.at[0].public4));
    assert_true(guard_is_true(n->placements.at[0].has4));
    assert_true(guard_is_false(n->placements.at[0].has6));
    assert_int_equal(n->groups.n, 1);
    assert_str(b->w->groups.at[n->groups.at[0].group].name, "Group");
    assert_int_equal(b->diags.all.n, 0);
    assert_int_equal(b->t->analysed, 9);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_topology_becomes_a_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
