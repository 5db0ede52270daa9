#include "reach/nest.h"
#include "tests/check.h"

static size_t parse_all(struct prefix *out, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_true(prefix_parse(str_from(texts[i]), &out[i], NULL));
    }
    return n;
}

/* The number of the innermost item of an address, by looking at each prefix. */
static uint32_t innermost(const struct prefix *p, size_t n, struct prefix address)
{
    uint32_t best = 0;
    int length = -1;
    for (uint32_t i = 0; i < n; i++) {
        if (prefix_covers(p[i], address) && p[i].length > length) {
            best = i + 1;
            length = p[i].length;
        }
    }
    return best;
}

static uint32_t value_at(struct line l, struct address a)
{
    uint32_t value = 0;
    for (size_t i = 0; i < l.n && address_cmp(l.at[i].first, a) <= 0; i++) {
        value = l.at[i].value;
    }
    return value;
}

/* Every node gets the number of its first item + 1; node 0, if it has none, gets 0. */
static struct line numbered(struct arena *a, const struct nest *nest)
{
    uint32_t *value = ARENA_ARRAY(a, nest->n, uint32_t);
    for (uint32_t i = 0; i < nest->n; i++) {
        const struct nest_node *node = &nest->node[i];
        value[i] = node->begin < node->end ? nest->order[node->begin] + 1 : 0;
        assert_true(i == 0 || node->parent < i);
        assert_true(prefix_covers(nest->node[node->parent].prefix, node->prefix));
    }
    return nest_line(a, nest, value);
}

static void the_line_follows_the_innermost_prefix(void **state)
{
    (void)state;
    static const char *const lists[][6] = {
        {"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "192.0.2.0/24", "0.0.0.0/0", "0.0.0.0/1"},
        {"255.0.0.0/8", "255.255.0.0/16", "255.255.255.255/32", "0.0.0.0/32", "0.0.0.0/8",
         "128.0.0.0/1"},
        {"10.0.0.0/9", "10.128.0.0/9", "10.0.0.0/8", "11.0.0.0/8", "10.255.255.0/24",
         "10.255.255.255/32"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct arena a = {0};
        struct prefix p[6];
        size_t n = parse_all(p, lists[i], 6);
        struct nest nest = nest_of(&a, NET_V4, p, n);
        struct line l = numbered(&a, &nest);
        for (size_t k = 0; k < n; k++) {
            struct address around[] = {
                p[k].first,
                prefix_last(p[k]),
                address_previous(p[k].first),
                address_next(prefix_last(p[k])),
            };
            for (size_t j = 0; j < 4; j++) {
                struct prefix one = {.family = NET_V4, .length = 32, .first = around[j]};
                if (address_cmp(around[j], address_last(NET_V4)) <= 0) {
                    assert_int_equal(value_at(l, around[j]), innermost(p, n, one));
                }
            }
        }
        arena_release(&a);
    }
}

static void equal_prefixes_share_a_node_in_order(void **state)
{
    (void)state;
    struct arena a = {0};
    static const char *const texts[] = {"::/0", "2000::/3", "::/0", "2000::/3", "::/0"};
    struct prefix p[5];
    struct nest nest = nest_of(&a, NET_V6, p, parse_all(p, texts, 5));
    assert_int_equal(nest.n, 2);
    assert_int_equal(nest.node[0].end - nest.node[0].begin, 3);
    assert_int_equal(nest.order[nest.node[0].begin], 0);
    assert_int_equal(nest.order[nest.node[0].begin + 1], 2);
    assert_int_equal(nest.order[nest.node[0].begin + 2], 4);
    assert_int_equal(nest.order[nest.node[1].begin + 1], 3);
    arena_release(&a);
}

static void a_list_of_none_is_one_node(void **state)
{
    (void)state;
    struct arena a = {0};
    struct nest nest = nest_of(&a, NET_V6, NULL, 0);
    assert_int_equal(nest.n, 1);
    assert_int_equal(nest.node[0].begin, nest.node[0].end);
    const uint32_t value = 5;
    assert_int_equal(nest_line(&a, &nest, &value).n, 1);
    arena_release(&a);
}

static void nodes_that_end_with_the_family_leave_nothing_behind(void **state)
{
    (void)state;
    struct arena a = {0};
    static const char *const texts[] = {"8000::/1", "ffff::/16",
                                        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"};
    struct prefix p[3];
    struct nest nest = nest_of(&a, NET_V6, p, parse_all(p, texts, 3));
    struct line l = numbered(&a, &nest);
    assert_int_equal(l.n, 4);
    assert_int_equal(l.at[3].value, 3);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_follows_the_innermost_prefix),
        cmocka_unit_test(equal_prefixes_share_a_node_in_order),
        cmocka_unit_test(a_list_of_none_is_one_node),
        cmocka_unit_test(nodes_that_end_with_the_family_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
