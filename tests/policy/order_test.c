#include "policy/check.h"
#include "tests/check.h"

static const struct rule SSH = {.id = "CFNR102"};
static const struct rule HTTP = {.id = "CFNR106"};

static struct finding_endpoint endpoint(enum severity severity, enum reach_verdict verdict,
                                        const char *resource, uint16_t port)
{
    return (struct finding_endpoint){.severity = severity,
                                     .verdict = verdict,
                                     .resource = str_from(resource),
                                     .protocol = PROTOCOL_TCP,
                                     .ports = {port, port}};
}

static void the_worst_endpoint_comes_first(void **state)
{
    (void)state;
    struct arena a = {0};
    struct finding f = {.rule = &SSH};
    *VEC_ADD(&a, &f.endpoints) = endpoint(SEVERITY_LOW, REACH_REACHABLE, "A", 22);
    *VEC_ADD(&a, &f.endpoints) = endpoint(SEVERITY_HIGH, REACH_POSSIBLE, "C", 22);
    *VEC_ADD(&a, &f.endpoints) = endpoint(SEVERITY_HIGH, REACH_REACHABLE, "D", 23);
    *VEC_ADD(&a, &f.endpoints) = endpoint(SEVERITY_HIGH, REACH_REACHABLE, "B", 23);
    *VEC_ADD(&a, &f.endpoints) = endpoint(SEVERITY_HIGH, REACH_REACHABLE, "D", 22);
    order_endpoints(&f);
    static const char *const names[] = {"B", "D", "D", "C", "A"};
    for (size_t i = 0; i < 5; i++) {
        assert_str(f.endpoints.at[i].resource, names[i]);
    }
    assert_int_equal(f.endpoints.at[1].ports.begin, 22);
    arena_release(&a);
}

static struct finding *add(struct arena *a, struct findings *all, const struct rule *rule,
                           enum severity severity, enum reach_verdict verdict, const char *who,
                           uint32_t source)
{
    struct finding *f = VEC_ADD(a, &all->all);
    f->rule = rule;
    f->severity = severity;
    f->verdict = verdict;
    f->at = (struct span){source, 0, 1};
    f->resource = str_from(who);
    return f;
}

/* SEMANTICS 5.9: severity and verdict down, then template, name, ... and the rule at last. */
static void findings_are_ordered_whatever_the_order_they_come_in(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t turn = 0; turn < 6; turn++) {
        struct findings all = {.arena = &a};
        for (size_t i = 0; i < 6; i++) {
            switch ((i + turn) % 6) {
            case 0:
                add(&a, &all, &SSH, SEVERITY_HIGH, REACH_REACHABLE, "Z", 1);
                break;
            case 1:
                add(&a, &all, &SSH, SEVERITY_HIGH, REACH_POSSIBLE, "A", 0);
                break;
            case 2:
                add(&a, &all, &SSH, SEVERITY_LOW, REACH_REACHABLE, "B", 0);
                break;
            case 3:
                add(&a, &all, &SSH, SEVERITY_LOW, REACH_REACHABLE, "C", 0);
                break;
            case 4:
                add(&a, &all, &HTTP, SEVERITY_LOW, REACH_REACHABLE, "C", 0);
                break;
            default:
                add(&a, &all, &SSH, SEVERITY_LOW, REACH_REACHABLE, "A", 1);
                break;
            }
        }
        order_findings(&all);
        static const char *const names[] = {"Z", "A", "B", "C", "C", "A"};
        for (size_t i = 0; i < 6; i++) {
            assert_str(all.all.at[i].resource, names[i]);
        }
        assert_ptr_equal(all.all.at[3].rule, &SSH);
        assert_ptr_equal(all.all.at[4].rule, &HTTP);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worst_endpoint_comes_first),
        cmocka_unit_test(findings_are_ordered_whatever_the_order_they_come_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
