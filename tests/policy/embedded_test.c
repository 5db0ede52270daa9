#include "policy/embedded.h"

#include "tests/check.h"

struct room {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
};

static void open_room(struct room *r)
{
    *r = (struct room){0};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
}

static struct settings *load(struct room *r, const char *name_or_path)
{
    struct settings *s = settings_load(&r->arena, str_from(name_or_path), &r->sources, &r->diags);
    assert_non_null(s);
    assert_int_equal(r->diags.all.n, 0);
    return s;
}

static void same_text(struct str x, struct str y)
{
    assert_true(str_eq(x, y));
}

static void same_ports(struct service_ports x, struct service_ports y)
{
    assert_int_equal(x.n, y.n);
    for (size_t i = 0; i < x.n; i++) {
        assert_int_equal(x.at[i].begin, y.at[i].begin);
        assert_int_equal(x.at[i].end, y.at[i].end);
    }
}

static void same_service(const struct service *x, const struct service *y)
{
    same_text(x->key, y->key);
    same_text(x->label, y->label);
    same_ports(service_ports(x, PROTOCOL_TCP), service_ports(y, PROTOCOL_TCP));
    same_ports(service_ports(x, PROTOCOL_UDP), service_ports(y, PROTOCOL_UDP));
    assert_int_equal(x->names.n, y->names.n);
    for (size_t i = 0; i < x->names.n; i++) {
        assert_int_equal(x->names.at[i].port, y->names.at[i].port);
        same_text(x->names.at[i].label, y->names.at[i].label);
    }
    assert_int_equal(x->internet, y->internet);
    assert_int_equal(x->private_paths, y->private_paths);
    assert_int_equal(x->rule, y->rule);
    assert_int_equal(x->alone, y->alone);
}

/* Everything but the name: of each list as many, and each equal, so none is missing or more. */
static void same_settings(const struct settings *x, const struct settings *y)
{
    assert_int_equal(x->services.n, y->services.n);
    for (size_t i = 0; i < x->services.n; i++) {
        same_service(&x->services.at[i], &y->services.at[i]);
    }
    assert_int_equal(x->ignores.n, y->ignores.n);
    assert_int_equal(x->targets.n, y->targets.n);
    assert_int_equal(x->assumptions.n, y->assumptions.n);
    assert_int_equal(x->cap_limited, y->cap_limited);
    assert_int_equal(x->cap_narrow, y->cap_narrow);
    assert_int_equal(x->keep_doubtful, y->keep_doubtful);
    assert_int_equal(x->require_reason, y->require_reason);
    for (size_t i = 0; i < rule_count; i++) {
        assert_int_equal(x->rule_severity[i], y->rule_severity[i]);
        assert_int_equal(x->rule_has_severity[i], y->rule_has_severity[i]);
        assert_int_equal(x->rule_if_on[i], y->rule_if_on[i]);
    }
}

/* policies/default.yaml extends nothing; the others extend it by its name, which the first row
 * of this test has shown to be the file. */
static void each_is_what_the_reader_makes_of_its_file(void **state)
{
    (void)state;
    size_t n = 0;
    for (; embedded_name(n).n > 0; n++) {
        struct room r;
        open_room(&r);
        const char *name = embedded_name(n).p;
        struct settings *table = load(&r, name);
        struct str path = str_format(&r.arena, "policies/%s.yaml", name);
        same_settings(table, load(&r, str_to_c(&r.arena, path)));
        assert_int_equal(r.sources.all.n, 1); /* the file; the table was not read as one */
        same_text(table->name, embedded_name(n));
        settings_release(table);
        arena_release(&r.arena);
    }
    assert_int_equal(n, 3);
}

/* Lists of the tables are full: changing one must not touch its neighbour, nor another load. */
static void a_policy_that_changes_a_built_in_one_changes_its_own_copy(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = ARENA_NEW(&r.arena, struct settings);
    s->arena = &r.arena;
    s->rule_severity = ARENA_ARRAY(&r.arena, rule_count, enum severity);
    s->rule_has_severity = ARENA_ARRAY(&r.arena, rule_count, bool);
    struct settings_reader reader = {s, &r.diags, ARENA_ARRAY(&r.arena, rule_count, bool)};
    embedded_read(&reader, STR("inspector"));
    struct str yaml = STR("ports:\n"
                          "  http: {names: {80: a, 443: b, 8080: c}, tcp: [80, 81, 443]}\n"
                          "  ldap: {names: {636: d}}\n"
                          "rules: {CFNR190: off}\n");
    struct source *source = source_add(&r.sources, STR("p.yaml"), yaml);
    const struct doc *doc = doc_read(&r.arena, source, 1000, &r.diags);
    settings_read(&reader, doc->root);
    assert_int_equal(r.diags.all.n, 0);
    assert_str(service_label(settings_service(s, PROTOCOL_TCP, 443), 443), "b");
    assert_str(service_label(settings_service(s, PROTOCOL_TCP, 636), 636), "d");
    assert_str(service_label(settings_service(s, PROTOCOL_TCP, 3268), 3268), "LDAP");
    assert_str(service_label(settings_service(s, PROTOCOL_TCP, 111), 111), "NFS/RPC");
    assert_str(settings_service(s, PROTOCOL_UDP, 80)->key, "http");
    assert_str(settings_service(s, PROTOCOL_TCP, 445)->key, "smb");
    assert_true(reader.rule_off[rule_index(rule_find(STR("CFNR190")))]);
    assert_false(reader.rule_off[rule_index(rule_find(STR("CFNR390")))]);
    same_settings(load(&r, "inspector"), load(&r, "policies/inspector.yaml"));
    arena_release(&r.arena);
}

static void other_names_are_refused_and_the_list_ends(void **state)
{
    (void)state;
    assert_true(embedded_has(STR("strict")));
    assert_false(embedded_has(STR("Default")));
    assert_false(embedded_has(STR("telnet"))); /* the next text of the pool */
    assert_false(embedded_has(STR("")));
    assert_str(embedded_name(0), "default");
    assert_str(embedded_name(1), "inspector");
    assert_str(embedded_name(2), "strict");
    assert_str(embedded_name(3), "");
    assert_str(embedded_name(SIZE_MAX), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_what_the_reader_makes_of_its_file),
        cmocka_unit_test(a_policy_that_changes_a_built_in_one_changes_its_own_copy),
        cmocka_unit_test(other_names_are_refused_and_the_list_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
