#include "policy/settings_read.h"

#include "base/limits.h"
#include "tests/check.h"

struct room {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct settings settings;
    struct settings_reader reader;
};

static void open_room(struct room *r)
{
    *r = (struct room){.settings = {.name = STR("test")}};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
    r->settings.arena = &r->arena;
    r->settings.rule_severity = ARENA_ARRAY(&r->arena, rule_count, enum severity);
    r->settings.rule_has_severity = ARENA_ARRAY(&r->arena, rule_count, bool);
    r->reader = (struct settings_reader){.settings = &r->settings,
                                         .diags = &r->diags,
                                         .rule_off = ARENA_ARRAY(&r->arena, rule_count, bool)};
}

static void read_text(struct room *r, const char *text)
{
    struct source *src = source_add(&r->sources, STR("p.yaml"), str_from(text));
    settings_read(&r->reader, doc_read(&r->arena, src, LIMIT_POLICY_BYTES, &r->diags)->root);
}

/* The order in which policies are applied: what comes later changes what it names. */
static void a_later_document_changes_what_it_names(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    read_text(&r, "ports: {ssh: {label: Shell, tcp: [22], udp: [22], alone: yes}}\n"
                  "rules: {CFNR181: off, CFNR190: off}\n");
    read_text(&r, "ports: {ssh: {udp: [], names: {2222: other}}, smb: {tcp: ['445']}}\n"
                  "rules: {CFNR181: on, CFNR190: {severity: high}}\n");
    assert_int_equal(r.diags.all.n, 0);
    assert_int_equal(r.settings.services.n, 2);
    const struct service *ssh = &r.settings.services.at[0];
    assert_str(ssh->label, "Shell");
    assert_true(ssh->alone);
    assert_int_equal(ssh->tcp.n, 1);
    assert_int_equal(ssh->udp.n, 0);
    assert_str(service_label(ssh, 2222), "other");
    assert_str(service_label(ssh, 22), "Shell");
    assert_str(r.settings.services.at[1].label, "smb"); /* the key, until a label is given */
    assert_int_equal(r.settings.services.at[1].internet, SEVERITY_MEDIUM);
    assert_false(r.reader.rule_off[rule_index(rule_find(STR("CFNR181")))]);
    assert_false(r.settings.rule_has_severity[rule_index(rule_find(STR("CFNR181")))]);
    size_t aggregate = rule_index(rule_find(STR("CFNR190")));
    assert_false(r.reader.rule_off[aggregate]);
    assert_int_equal(r.settings.rule_severity[aggregate], SEVERITY_HIGH);
    arena_release(&r.arena);
}

/* YAML 1.1: a plain off is a boolean; a quoted one is the word. Both mean off. */
static void off_is_off_in_every_spelling(void **state)
{
    (void)state;
    static const char *const texts[] = {"rules: {CFNR102: off}\n",
                                        "rules: {CFNR102: 'off'}\n",
                                        "rules: {CFNR102: no}\n",
                                        "rules: {CFNR102: false}\n",
                                        "{\"rules\": {\"CFNR102\": false}}",
                                        "rules: {CFNR102: {severity: off}}\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct room r;
        open_room(&r);
        read_text(&r, texts[i]);
        assert_int_equal(r.diags.all.n, 0);
        assert_true(r.reader.rule_off[rule_index(rule_find(STR("CFNR102")))]);
        arena_release(&r.arena);
    }
}

static void nothing_is_read_from_nothing(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    settings_read(&r.reader, NULL);
    assert_int_equal(r.diags.all.n, 0);
    assert_int_equal(r.settings.services.n, 0);
    arena_release(&r.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_document_changes_what_it_names),
        cmocka_unit_test(off_is_off_in_every_spelling),
        cmocka_unit_test(nothing_is_read_from_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
