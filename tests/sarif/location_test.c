#include "sarif/location.h"

#include "tests/check.h"

/* What is written with a writer of its own. */
struct written {
    struct buf out;
    struct json_writer w;
};

static struct json_writer *start(struct written *t)
{
    buf_init(&t->out);
    json_begin(&t->w, &t->out, 0);
    return &t->w;
}

static struct str end(struct arena *a, struct written *t)
{
    struct str text = str_copy(a, buf_str(&t->out));
    buf_release(&t->out);
    return text;
}

static struct str region(struct arena *a, struct sarif_region r)
{
    struct written t;
    location_region(start(&t), &r);
    return end(a, &t);
}

static struct str artifact(struct arena *a, struct str uri, bool absolute)
{
    struct written t;
    location_artifact(start(&t), uri, absolute);
    return end(a, &t);
}

static struct str location(struct arena *a, const struct sarif_location *l, size_t id)
{
    struct written t;
    location_object(start(&t), l, id);
    return end(a, &t);
}

static void a_region_has_all_four_numbers(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_region point = {3, 5, 3, 5, STR("")};
    struct sarif_region quoting = {1, 1, 1, 3, STR("\r\"")};
    assert_str(region(&a, quoting), "{\"startLine\":1,\"startColumn\":1,\"endLine\":1,"
                                    "\"endColumn\":3,\"snippet\":{\"text\":\"\\r\\\"\"}}");
    assert_str(region(&a, point),
               "{\"startLine\":3,\"startColumn\":5,\"endLine\":3,\"endColumn\":5}");
    arena_release(&a);
}

static void relative_paths_name_the_base_and_absolute_ones_do_not(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(artifact(&a, STR("a.yaml"), false),
               "{\"uri\":\"a.yaml\",\"uriBaseId\":\"%SRCROOT%\"}");
    assert_str(artifact(&a, STR("file:///a.yaml"), true), "{\"uri\":\"file:///a.yaml\"}");
    arena_release(&a);
}

/* A context without a region, and other empty members, are left out. */
static void empty_members_are_left_out(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_location l = {.context = {1, 1, 9, 1, STR("")}};
    assert_str(location(&a, &l, 0), "{}");
    l.uri = STR("a.yaml");
    assert_str(location(&a, &l, 4),
               "{\"id\":4,\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a.yaml\","
               "\"uriBaseId\":\"%SRCROOT%\"}}}");
    struct sarif_location named = {.logical_name = STR("Resources/A"),
                                   .logical_kind = STR("resource")};
    assert_str(location(&a, &named, 0),
               "{\"logicalLocations\":[{\"fullyQualifiedName\":\"Resources/A\","
               "\"kind\":\"resource\"}]}");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_region_has_all_four_numbers),
        cmocka_unit_test(relative_paths_name_the_base_and_absolute_ones_do_not),
        cmocka_unit_test(empty_members_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
