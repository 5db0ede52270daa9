#include "doc/build.h"
#include "tests/doc/reading.h"

static void a_duplicate_key_is_diagnosed_at_the_second_one(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: 1\nb: 2\n'a': 3\n");
    const struct diag *g = only_diag(&r, DIAG_DUPLICATE_KEY);
    assert_str(g->message, "The key 'a' is written twice in the same map.");
    assert_int_equal(g->at.begin, 10);
    assert_int_equal(g->related.n, 1);
    assert_int_equal(g->related.at[0].at.begin, 0);
    assert_int_equal(r.doc->root->n, 3);     /* both stay */
    assert_str(node_at(&r, "a")->text, "1"); /* the first is found */
    read_done(&r);
}

static void equal_keys_of_different_maps_are_no_duplicates(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: {a: 1, A: 2}\nb:\n  a: {a: 1}\n");
    assert_int_equal(r.diags.all.n, 0);
    read_done(&r);
}

/* Around the size where the search changes from pairs to sorting, and far above. */
static void duplicates_are_found_in_maps_of_any_size(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {2, 11, 12, 13, 14, 100, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct buf b;
        buf_init(&b);
        for (uint32_t k = 0; k < sizes[i]; k++) {
            buf_addf(&b, "k%u: 1\n", (unsigned)k);
        }
        struct reading r;
        read_bytes(&r, "t.yaml", buf_str(&b));
        assert_int_equal(r.diags.all.n, 0);
        read_done(&r);
        uint32_t third = (uint32_t)b.n + 6;
        buf_adds(&b, "k0: 2\nk0: 3\n");
        read_bytes(&r, "t.yaml", buf_str(&b));
        assert_int_equal(r.diags.all.n, 2);
        assert_int_equal(r.diags.all.at[1].at.begin, third);
        assert_int_equal(r.diags.all.at[1].related.at[0].at.begin, 0);
        read_done(&r);
        buf_release(&b);
    }
}

static void a_map_or_list_as_a_key_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t at;
        bool braces;
    } table[] = {
        {"? [a]\n: b\n", 2, false}, {"{{x: 1}: 2}\n", 1, true},
        {"a: {{ x }}\n", 4, true},  {"a: {{resolve:ssm:p:1}}\n", 4, true},
        {"? - a\n: b\n", 2, false}, {"a: &m {x: 1}\n*m : 2\n", 13, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", table[i].text);
        const struct diag *g = only_diag(&r, DIAG_SYNTAX);
        assert_int_equal(g->at.begin, table[i].at);
        assert_int_equal(str_find(g->message, STR("'{{'"), 0) != STR_NPOS, table[i].braces);
        read_done(&r);
    }
}

static void an_alias_shares_the_content_of_its_anchor(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: &x\n  b: [1, !Ref P]\nc: *x\nd: *x\ne: &s !Sub v\nf: *s\n");
    assert_int_equal(r.diags.all.n, 0);
    const struct doc_node *a = node_at(&r, "a");
    const struct doc_node *c = node_at(&r, "c");
    assert_true(c->is_alias);
    assert_false(a->is_alias);
    assert_ptr_equal(doc_target(c), a);
    assert_ptr_equal(c->entries, a->entries);
    assert_str(written(&r, c), "*x");
    assert_ptr_equal(c->parent, r.doc->root);
    assert_int_equal(c->index, 1);
    assert_ptr_equal(node_at(&r, "c/b/1"), node_at(&r, "a/b/1"));
    assert_ptr_equal(node_at(&r, "d/b")->parent, a); /* children belong to the anchor */
    const struct doc_node *f = node_at(&r, "f");
    assert_str(f->text, "v");
    assert_str(f->tag, "!Sub");
    assert_true(span_is_none(doc_tag_span(f)));
    assert_str(doc_anchor(f), "");
    read_done(&r);
}

static void the_last_anchor_of_a_name_counts(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n*x : e\n");
    assert_str(node_at(&r, "b")->text, "1");
    assert_str(node_at(&r, "d")->text, "2");
    assert_str(node_at(&r, "2")->text, "e"); /* an alias may be a key if it is a scalar */
    read_done(&r);
}

static void an_alias_to_nothing_or_to_itself_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t at;
        size_t related;
    } table[] = {
        {"a: *x\n", 3, 0},          {"a: *x\nb: &x 1\n", 3, 0}, /* later does not count */
        {"a: &x [1, *x]\n", 10, 1}, {"a: &x\n  b: &y {c: *x}\n", 18, 1}, {"&x {*x : 1}\n", 4, 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", table[i].text);
        const struct diag *g = only_diag(&r, DIAG_SYNTAX);
        assert_int_equal(g->at.begin, table[i].at);
        assert_int_equal(g->related.n, table[i].related);
        assert_null(r.doc->root);
        read_done(&r);
    }
}

/* Nine aliases to nine aliases ...: 9^5 nodes on the sixth line are fewer than the
 * limit allows with what is above them, 9^6 are more. */
static void an_alias_bomb_ends_at_the_limit_by_name(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_adds(&b, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
        buf_addf(&b, "a%d: &a%d [", i, i);
        for (int k = 0; k < 9; k++) {
            buf_addf(&b, "*a%d%s", i - 1, k < 8 ? ", " : "]\n");
        }
    }
    struct reading r;
    read_bytes(&r, "t.yaml", buf_str(&b));
    const struct diag *g = only_diag(&r, DIAG_LIMIT);
    assert_true(str_find(g->message, STR("alias expansion"), 0) != STR_NPOS);
    assert_true(g->at.begin < 400);
    assert_null(r.doc->root);
    read_done(&r);
    buf_release(&b);
}

/* An alias to a list of 99 adds 99 nodes: 1010 of them stay below 100,000, 1011 do not. */
static void the_budget_of_alias_nodes_is_exact(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        struct buf b;
        buf_init(&b);
        buf_adds(&b, "- &a [x");
        for (int i = 1; i < 99; i++) {
            buf_adds(&b, ", x");
        }
        buf_adds(&b, "]\n");
        for (int i = 0; i < LIMIT_ALIAS_NODES / 99 + over; i++) {
            buf_adds(&b, "- *a\n");
        }
        struct reading r;
        read_bytes(&r, "t.yaml", buf_str(&b));
        assert_int_equal(r.diags.all.n, over);
        read_done(&r);
        buf_release(&b);
    }
}

static void a_merge_key_adds_what_is_not_there(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml",
              "base: &b {p: 1, q: [2], r: 3}\n"
              "other: &o {r: 4, s: 5}\n"
              "m:\n  <<: [*b, *o, {t: 6}]\n  q: own\n  u: 7\n"
              "n: {<<: *b}\n");
    assert_int_equal(r.diags.all.n, 0);
    const struct doc_node *m = node_at(&r, "m");
    static const char *const keys[] = {"q", "u", "p", "r", "s", "t"};
    static const char *const values[] = {"own", "7", "1", "3", "5", "6"};
    assert_int_equal(m->n, 6);
    for (uint32_t i = 0; i < m->n; i++) {
        assert_str(m->entries[i].key->text, keys[i]);
        assert_str(m->entries[i].value->text, values[i]);
        assert_ptr_equal(m->entries[i].value->parent, m);
        assert_ptr_equal(m->entries[i].key->parent, m);
        assert_int_equal(m->entries[i].value->index, i);
        assert_true(m->entries[i].key->is_key);
        assert_int_equal(m->entries[i].value->is_alias, i >= 2);
    }
    const struct doc_node *p = node_at(&r, "m/p");
    assert_ptr_equal(doc_target(p), node_at(&r, "base/p"));
    assert_str(written(&r, p), "*b");
    assert_str(written(&r, m), "<<: [*b, *o, {t: 6}]\n  q: own\n  u: 7");
    assert_ptr_equal(node_at(&r, "n/q/0"), node_at(&r, "base/q/0"));
    read_done(&r);
}

static void merges_of_merges_point_at_the_first_source(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\n");
    assert_ptr_equal(doc_target(node_at(&r, "c/x")), node_at(&r, "a/x"));
    assert_str(written(&r, node_at(&r, "c/x")), "*b");
    assert_ptr_equal(doc_target(node_at(&r, "c/y")), node_at(&r, "b/y"));
    read_done(&r);
}

static void only_a_plain_merge_key_merges(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: &a {x: 1}\nb: {'<<': *a}\n");
    assert_int_equal(node_at(&r, "b")->n, 1);
    assert_non_null(doc_get(node_at(&r, "b"), "<<"));
    read_done(&r);
    read_text(&r, "t.json", "{\"<<\": {\"a\": 1}}");
    assert_non_null(doc_get(r.doc->root, "<<"));
    read_done(&r);
}

static void a_merge_of_no_map_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"a: {<<: 5}\n", "a: {<<: [5]}\n", "a: {<<: }\n",
                                        "x: &x [1]\na: {<<: *x}\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct reading r;
        read_text(&r, "t.yaml", texts[i]);
        assert_true(str_find(only_diag(&r, DIAG_SYNTAX)->message, STR("'<<'"), 0) != STR_NPOS);
        read_done(&r);
    }
}

static void duplicates_beside_a_merge_are_still_diagnosed(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a: &a {x: 1}\nb: {y: 1, <<: *a, y: 2, x: 3}\n");
    assert_int_equal(only_diag(&r, DIAG_DUPLICATE_KEY)->at.begin, 31);
    assert_str(node_at(&r, "b/x")->text, "3");
    assert_int_equal(node_at(&r, "b")->n, 3);
    read_done(&r);
}

/* Each level of "<<: {" copies all keys below it upwards. */
static void merges_are_under_the_alias_budget(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    for (int i = 0; i < 150; i++) {
        buf_adds(&b, "{<<: ");
    }
    buf_addc(&b, '{');
    for (int i = 0; i < 2000; i++) {
        buf_addf(&b, "k%d: 1, ", i);
    }
    buf_pad(&b, '}', 151);
    struct reading r;
    read_bytes(&r, "t.yaml", buf_str(&b));
    assert_true(str_find(only_diag(&r, DIAG_LIMIT)->message, STR("alias expansion"), 0) !=
                STR_NPOS);
    read_done(&r);
    buf_release(&b);
}

static void parents_and_indexes_lead_back_to_the_root(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", "a:\n  - x\n  - b: y\n    c: z\nd: 1\n");
    const struct doc_node *c = node_at(&r, "a/1/c");
    assert_int_equal(c->index, 1);
    assert_false(c->is_key);
    const struct doc_node *map = c->parent;
    assert_ptr_equal(map->entries[1].value, c);
    assert_ptr_equal(map->entries[1].key->parent, map);
    assert_int_equal(map->index, 1);
    assert_ptr_equal(map->parent->items[1], map);
    assert_ptr_equal(map->parent->parent, r.doc->root);
    assert_null(r.doc->root->parent);
    assert_int_equal(r.doc->nodes, 11); /* 3 collections, 4 keys, 4 scalars */
    read_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_duplicate_key_is_diagnosed_at_the_second_one),
        cmocka_unit_test(equal_keys_of_different_maps_are_no_duplicates),
        cmocka_unit_test(duplicates_are_found_in_maps_of_any_size),
        cmocka_unit_test(a_map_or_list_as_a_key_is_refused),
        cmocka_unit_test(an_alias_shares_the_content_of_its_anchor),
        cmocka_unit_test(the_last_anchor_of_a_name_counts),
        cmocka_unit_test(an_alias_to_nothing_or_to_itself_is_refused),
        cmocka_unit_test(an_alias_bomb_ends_at_the_limit_by_name),
        cmocka_unit_test(the_budget_of_alias_nodes_is_exact),
        cmocka_unit_test(a_merge_key_adds_what_is_not_there),
        cmocka_unit_test(merges_of_merges_point_at_the_first_source),
        cmocka_unit_test(only_a_plain_merge_key_merges),
        cmocka_unit_test(a_merge_of_no_map_is_refused),
        cmocka_unit_test(duplicates_beside_a_merge_are_still_diagnosed),
        cmocka_unit_test(merges_are_under_the_alias_budget),
        cmocka_unit_test(parents_and_indexes_lead_back_to_the_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
