#include "policy/check.h"
#include "tests/policy/network.h"

static struct checker *checker_of(struct outcome *o)
{
    struct checker *c = ARENA_NEW(&o->arena, struct checker);
    *c = (struct checker){.arena = &o->arena,
                          .settings = o->settings,
                          .topology = o->topology,
                          .world = o->topology->world,
                          .reach = o->reach,
                          .answer = &o->answer};
    check_index(c);
    return c;
}

/* Every entry of the world leads back to itself. */
static void ids_lead_back_to_entries(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(&o, "default", (struct network){0});
    const struct checker *c = checker_of(&o);
    size_t seen[5] = {0};
    for (uint32_t id = 0; id < c->world->next_id; id++) {
        const struct entry_place *p = &c->entries[id];
        seen[p->kind]++;
        switch (p->kind) {
        case ENTRY_NONE:
            break;
        case ENTRY_RULE:
            assert_int_equal(c->world->groups.at[p->element].rules.at[p->index].id, id);
            break;
        case ENTRY_ACL:
            assert_int_equal(c->world->acls.at[p->element].entries.at[p->index].id, id);
            break;
        case ENTRY_ROUTE:
            assert_int_equal(c->world->tables.at[p->element].routes.at[p->index].id, id);
            break;
        case ENTRY_ATTACHMENT:
            assert_int_equal(c->world->gateways.at[p->element].attachments.at[p->index].id, id);
            break;
        }
    }
    assert_true(seen[ENTRY_RULE] >= 1 && seen[ENTRY_ACL] >= 2);
    assert_int_equal(seen[ENTRY_ROUTE], 1);
    assert_int_equal(seen[ENTRY_ATTACHMENT], 1);
    outcome_close(&o);
}

/* What is written once is one opening, however many rules the world has for it; egress
 * is none. */
static void what_is_written_once_is_one_opening(void **state)
{
    (void)state;
    struct outcome o;
    outcome_network(
        &o, "default",
        (struct network){
            .head = "Parameters:\n  P: {Type: String, AllowedValues: [0.0.0.0/0, 8.0.0.0/8]}\n",
            .ingress = "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref P}\n"
                       "        - {IpProtocol: tcp, FromPort: 23, ToPort: 23, CidrIp: 10.0.0.0/8}\n"
                       "        - {IpProtocol: tcp, FromPort: 24, ToPort: 24, "
                       "SourceSecurityGroupId: !Ref Other}\n",
            .more = "  Other:\n"
                    "    Type: AWS::EC2::SecurityGroup\n"
                    "    Properties: {GroupDescription: other, VpcId: !Ref Vpc}\n"});
    struct checker *c = checker_of(&o);
    size_t written = 0;
    for (size_t i = 0; i < c->openings.n; i++) {
        written += c->openings.at[i].written;
    }
    assert_int_equal(written, 3);
    const struct opening *first = &c->openings.at[0];
    assert_int_equal(first->rules.n, 2);
    assert_true(first->used);
    assert_false(c->openings.at[1].used);
    /* the two values exclude each other: each alone is what it lets in */
    struct ipset remote = opening_remote(c, &o.arena, check_rule(c, first, 1));
    assert_true(ipset_equal(remote, check_rule(c, first, 1)->remote));
    assert_str(source_text(&o.sources, opening_origin(c, first)->at), "!Ref P");
    assert_null(check_origin(c, WORLD_NONE));
    outcome_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_lead_back_to_entries),
        cmocka_unit_test(what_is_written_once_is_one_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
