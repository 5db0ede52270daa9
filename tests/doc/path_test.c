#include "doc/path.h"
#include "tests/doc/reading.h"

static const char text[] = "Resources:\n"
                           "  Web:\n"
                           "    Properties:\n"
                           "      Rules: !If\n"
                           "        - Cond\n"
                           "        - - CidrIp: !Sub [\"${x}\", {x: !Ref P}]\n"
                           "        - Fn::If: [c, {a/b~c: 1}]\n"
                           "      Other: !Ref X\n"
                           "      Odd: !Condition {k: v}\n"
                           "      Base: &b {p: q}\n"
                           "      More: {<<: {inner: 1}, z: *b}\n";

static void a_path_names_keys_indexes_and_functions(void **state)
{
    (void)state;
    static const struct {
        const char *at;
        const char *path;
        const char *pointer;
    } table[] = {
        {"", "", ""},
        {"Resources/Web", "Resources/Web", "/Resources/Web"},
        {"Resources/Web/Properties/Rules", "Resources/Web/Properties/Rules",
         "/Resources/Web/Properties/Rules"},
        {"Resources/Web/Properties/Rules/1/0/CidrIp",
         "Resources/Web/Properties/Rules/Fn::If/1/0/CidrIp",
         "/Resources/Web/Properties/Rules/1/0/CidrIp"},
        {"Resources/Web/Properties/Rules/1/0/CidrIp/1/x",
         "Resources/Web/Properties/Rules/Fn::If/1/0/CidrIp/Fn::Sub/1/x",
         "/Resources/Web/Properties/Rules/1/0/CidrIp/1/x"},
        {"Resources/Web/Properties/Rules/2/Fn::If/1",
         "Resources/Web/Properties/Rules/Fn::If/2/Fn::If/1",
         "/Resources/Web/Properties/Rules/2/Fn::If/1"},
        {"Resources/Web/Properties/Other", "Resources/Web/Properties/Other",
         "/Resources/Web/Properties/Other"},
        {"Resources/Web/Properties/Odd/k", "Resources/Web/Properties/Odd/k",
         "/Resources/Web/Properties/Odd/k"},
        {"Resources/Web/Properties/More/z", "Resources/Web/Properties/More/z",
         "/Resources/Web/Properties/More/z"},
        /* the content of an alias is at its anchor */
        {"Resources/Web/Properties/More/z/p", "Resources/Web/Properties/Base/p",
         "/Resources/Web/Properties/Base/p"},
    };
    struct reading r;
    read_text(&r, "t.yaml", text);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct doc_node *node = node_at(&r, table[i].at);
        assert_str(doc_path(&r.arena, NULL, node), table[i].path);
        assert_str(doc_pointer(&r.arena, node), table[i].pointer);
    }
    read_done(&r);
}

static void a_pointer_escapes_slash_and_tilde(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", text);
    const struct doc_node *map = node_at(&r, "Resources/Web/Properties/Rules/2/Fn::If/1");
    assert_str(doc_pointer(&r.arena, map->entries[0].value),
               "/Resources/Web/Properties/Rules/2/Fn::If/1/a~1b~0c");
    read_done(&r);
}

static void a_path_may_begin_at_any_ancestor(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", text);
    const struct doc_node *web = node_at(&r, "Resources/Web");
    const struct doc_node *rules = node_at(&r, "Resources/Web/Properties/Rules");
    const struct doc_node *cidr = node_at(&r, "Resources/Web/Properties/Rules/1/0/CidrIp");
    const struct doc_node *other = node_at(&r, "Resources/Web/Properties/Other");
    assert_str(doc_path(&r.arena, web, cidr), "Properties/Rules/Fn::If/1/0/CidrIp");
    assert_str(doc_path(&r.arena, rules, cidr), "Fn::If/1/0/CidrIp");
    assert_str(doc_path(&r.arena, cidr, cidr), "");
    assert_str(doc_path(&r.arena, other, cidr), /* not below: from the root */
               "Resources/Web/Properties/Rules/Fn::If/1/0/CidrIp");
    read_done(&r);
}

static void a_key_has_the_path_of_its_entry(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", text);
    const struct doc_node *web = node_at(&r, "Resources/Web");
    assert_str(doc_path(&r.arena, NULL, web->entries[0].key), "Resources/Web/Properties");
    read_done(&r);
}

static void what_a_merge_brought_has_both_places(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "t.yaml", text);
    const struct doc_node *merged = node_at(&r, "Resources/Web/Properties/More/inner");
    assert_str(doc_pointer(&r.arena, merged), "/Resources/Web/Properties/More/inner");
    assert_str(doc_pointer(&r.arena, doc_target(merged)),
               "/Resources/Web/Properties/More/<</inner");
    read_done(&r);
}

static void looking_up_a_path_that_is_not_there_gives_null(void **state)
{
    (void)state;
    static const char *const absent[] = {"x",
                                         "Resources/x",
                                         "Resources/Web/Properties/Rules/3",
                                         "Resources/Web/Properties/Rules/01",
                                         "Resources/Web/Properties/Rules/-1",
                                         "Resources/Web/Properties/Rules/-0",
                                         "Resources/Web/Properties/Rules/x",
                                         "Resources/Web/Properties/Rules/99999999999999999999",
                                         "Resources/Web/Properties/Other/x",
                                         "/Resources",
                                         "Resources//Web"};
    struct reading r;
    read_text(&r, "t.yaml", text);
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        assert_null(doc_at(r.doc->root, absent[i]));
    }
    assert_null(doc_at(NULL, "a"));
    assert_null(doc_at(NULL, ""));
    assert_ptr_equal(doc_at(r.doc->root, ""), r.doc->root);
    read_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_names_keys_indexes_and_functions),
        cmocka_unit_test(a_pointer_escapes_slash_and_tilde),
        cmocka_unit_test(a_path_may_begin_at_any_ancestor),
        cmocka_unit_test(a_key_has_the_path_of_its_entry),
        cmocka_unit_test(what_a_merge_brought_has_both_places),
        cmocka_unit_test(looking_up_a_path_that_is_not_there_gives_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
