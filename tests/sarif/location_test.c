#include "sarif/location.h"

#include "tests/check.h"

static struct str printed(struct arena *a, cJSON *o)
{
    struct buf out;
    buf_init(&out);
    json_write(o, &out);
    struct str text = str_copy(a, buf_str(&out));
    buf_release(&out);
    return text;
}

static void a_region_has_all_four_numbers(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_region point = {3, 5, 3, 5, STR("")};
    assert_str(printed(&a, location_region(&point)),
               "{\"startLine\":3,\"startColumn\":5,\"endLine\":3,\"endColumn\":5}");
    arena_release(&a);
}

static void relative_paths_name_the_base_and_absolute_ones_do_not(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(printed(&a, location_artifact(STR("a.yaml"), false)),
               "{\"uri\":\"a.yaml\",\"uriBaseId\":\"%SRCROOT%\"}");
    assert_str(printed(&a, location_artifact(STR("file:///a.yaml"), true)),
               "{\"uri\":\"file:///a.yaml\"}");
    arena_release(&a);
}

/* A context without a region, and other empty members, are left out. */
static void empty_members_are_left_out(void **state)
{
    (void)state;
    struct arena a = {0};
    struct sarif_location l = {.context = {1, 1, 9, 1, STR("")}};
    assert_str(printed(&a, location_object(&l, -1)), "{}");
    l.uri = STR("a.yaml");
    assert_str(printed(&a, location_object(&l, 4)),
               "{\"id\":4,\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a.yaml\","
               "\"uriBaseId\":\"%SRCROOT%\"}}}");
    struct sarif_location named = {.logical_name = STR("Resources/A"),
                                   .logical_kind = STR("resource")};
    assert_str(printed(&a, location_object(&named, -1)),
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
