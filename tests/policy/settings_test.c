#include "policy/settings.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"

struct room {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    char folder[32];
};

static void open_room(struct room *r)
{
    *r = (struct room){.folder = "/tmp/cfnreach-policy-XXXXXX"};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
    assert_non_null(mkdtemp(r->folder));
}

static struct str path_of(struct room *r, const char *name)
{
    return str_format(&r->arena, "%s/%s", r->folder, name);
}

static struct str write_file(struct room *r, const char *name, const char *text)
{
    struct str path = path_of(r, name);
    assert_int_equal(file_replace(&r->arena, path, str_from(text)).status, FILE_OK);
    return path;
}

static void close_room(struct room *r)
{
    static const char *const names[] = {"p.yaml", "base.yaml", "a.yaml", "b.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = str_to_c(&r->arena, path_of(r, names[i]));
        (void)unlink(path);
    }
    assert_int_equal(rmdir(r->folder), 0);
    arena_release(&r->arena);
}

static struct settings *load_text(struct room *r, const char *text)
{
    return settings_load(&r->arena, write_file(r, "p.yaml", text), &r->sources, &r->diags);
}

static const struct service *row(const struct settings *s, const char *key)
{
    for (size_t i = 0; i < s->services.n; i++) {
        if (str_is(s->services.at[i].key, key)) {
            return &s->services.at[i];
        }
    }
    fail_msg("no service %s", key);
    return NULL;
}

static enum severity rule_severity(const struct settings *s, const char *id)
{
    return s->rule_severity[rule_index(rule_find(str_from(id)))];
}

/* The table of SEMANTICS 5.5, typed in from there; `default` keeps the real transports only. */
static const struct expected {
    const char *key;
    enum severity internet;
    enum severity private_paths;
    bool alone;
    const char *tcp;           /* default */
    const char *udp;           /* default */
    const char *inspector_tcp; /* NULL: as default */
    const char *inspector_udp;
} table[] = {
    {"telnet", SEVERITY_HIGH, SEVERITY_MEDIUM, true, "23", "", NULL, "23"},
    {"ftp", SEVERITY_HIGH, SEVERITY_MEDIUM, true, "21", "", NULL, "21"},
    {"print", SEVERITY_HIGH, SEVERITY_MEDIUM, true, "515", "", NULL, NULL},
    {"ssh", SEVERITY_MEDIUM, SEVERITY_LOW, true, "22", "", NULL, "22"},
    {"rdp", SEVERITY_MEDIUM, SEVERITY_LOW, true, "3389", "3389", NULL, NULL},
    {"http", SEVERITY_LOW, SEVERITY_INFORMATIONAL, false, "80 443", "443", NULL, "80 443"},
    {"smb", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "445", "", NULL, "445"},
    {"netbios", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "137 139", "137 138", NULL, NULL},
    {"ldap", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "389 636 3268 3269", "389", NULL,
     NULL},
    {"nfs", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "111 2049 4045 1110",
     "111 2049 4045 1110", NULL, NULL},
    {"kerberos", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "88 464 543 544 749 751",
     "88 464 749 750 751 752", NULL, NULL},
    {"rpc", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "111 135 530", "111 135 530", NULL,
     NULL},
    {"wins", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "1512 42", "1512 42", NULL, NULL},
    {"dhcp", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "", "67 68 546 547", "67 68 546 547",
     NULL},
    {"syslog", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "601", "514", NULL, NULL},
    {"mongodb", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "27017 27018 27019 28017", "", NULL,
     NULL},
    {"sql", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "1433 3306 5432 1521 1630", "1434",
     NULL, NULL},
    {"elasticsearch", SEVERITY_MEDIUM, SEVERITY_INFORMATIONAL, false, "9300 9200", "", NULL, NULL},
};

static struct str ports_text(struct arena *a, struct service_ports p)
{
    struct str text = STR("");
    for (size_t i = 0; i < p.n; i++) {
        assert_int_equal(p.at[i].begin, p.at[i].end);
        text = str_format(a, "%.*s%s%u", STR_ARG(text), i == 0 ? "" : " ", p.at[i].begin);
    }
    return text;
}

static void the_built_in_tables_are_those_of_the_specification(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = settings_load(&r.arena, STR("default"), &r.sources, &r.diags);
    struct settings *inspector = settings_load(&r.arena, STR("inspector"), &r.sources, &r.diags);
    assert_non_null(s);
    assert_non_null(inspector);
    assert_int_equal(r.diags.all.n, 0);
    size_t n = sizeof table / sizeof *table;
    assert_int_equal(s->services.n, n);
    assert_int_equal(inspector->services.n, n);
    for (size_t i = 0; i < n; i++) {
        const struct expected *e = &table[i];
        const struct service *d = row(s, e->key);
        const struct service *full = row(inspector, e->key);
        assert_int_equal(d->internet, e->internet);
        assert_int_equal(d->private_paths, e->private_paths);
        assert_int_equal(d->alone, e->alone);
        assert_int_equal(full->internet, e->internet);
        assert_int_equal(full->alone, e->alone);
        assert_string_equal(rules[d->rule].service, e->key);
        assert_str(ports_text(&r.arena, service_ports(d, PROTOCOL_TCP)), e->tcp);
        assert_str(ports_text(&r.arena, service_ports(d, PROTOCOL_UDP)), e->udp);
        assert_str(ports_text(&r.arena, service_ports(full, PROTOCOL_TCP)),
                   e->inspector_tcp ? e->inspector_tcp : e->tcp);
        assert_str(ports_text(&r.arena, service_ports(full, PROTOCOL_UDP)),
                   e->inspector_udp ? e->inspector_udp : e->udp);
    }
    assert_int_equal(s->cap_limited, SEVERITY_LOW);
    assert_int_equal(s->cap_narrow, SEVERITY_LOW);
    assert_int_equal(inspector->cap_limited, SEVERITY_HIGH);
    assert_int_equal(inspector->cap_narrow, SEVERITY_HIGH);
    close_room(&r);
}

static void rules_have_the_severity_that_the_policy_gives_them(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = settings_load(&r.arena, STR("default"), &r.sources, &r.diags);
    assert_non_null(s);
    assert_int_equal(rule_severity(s, "CFNR101"), SEVERITY_HIGH);
    assert_int_equal(rule_severity(s, "CFNR102"), SEVERITY_MEDIUM);
    assert_int_equal(rule_severity(s, "CFNR106"), SEVERITY_LOW);
    assert_int_equal(rule_severity(s, "CFNR180"), SEVERITY_HIGH); /* the worst service's */
    assert_int_equal(rule_severity(s, "CFNR181"), SEVERITY_OFF);
    assert_int_equal(rule_severity(s, "CFNR190"), SEVERITY_OFF);
    assert_int_equal(rule_severity(s, "CFNR201"), SEVERITY_HIGH);
    assert_int_equal(rule_severity(s, "CFNR202"), SEVERITY_LOW);
    struct settings *i = settings_load(&r.arena, STR("inspector"), &r.sources, &r.diags);
    assert_non_null(i);
    assert_int_equal(rule_severity(i, "CFNR181"), SEVERITY_INFORMATIONAL);
    assert_int_equal(rule_severity(i, "CFNR190"), SEVERITY_INFORMATIONAL);
    close_room(&r);
}

static void ports_are_named_by_the_first_row_that_lists_them(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = settings_load(&r.arena, STR("default"), &r.sources, &r.diags);
    assert_non_null(s);
    static const struct {
        int protocol;
        uint16_t port;
        const char *key; /* NULL: none */
        const char *label;
    } rows[] = {
        {PROTOCOL_TCP, 22, "ssh", "SSH"},
        {PROTOCOL_UDP, 22, NULL, NULL}, /* udp/22 is not SSH */
        {PROTOCOL_TCP, 80, "http", "HTTP"},
        {PROTOCOL_TCP, 443, "http", "HTTPS"},
        {PROTOCOL_TCP, 111, "nfs", "NFS/RPC"}, /* listed for rpc, too */
        {PROTOCOL_UDP, 111, "nfs", "NFS/RPC"},
        {PROTOCOL_TCP, 135, "rpc", "RPC"},
        {PROTOCOL_TCP, 3306, "sql", "MySQL"},
        {PROTOCOL_TCP, 5432, "sql", "PostgreSQL"},
        {PROTOCOL_TCP, 8001, NULL, NULL},
        {PROTOCOL_ICMP, 22, NULL, NULL},
        {PROTOCOL_TCP, 65535, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct service *found = settings_service(s, rows[i].protocol, rows[i].port);
        if (rows[i].key == NULL) {
            assert_null(found);
            continue;
        }
        assert_non_null(found);
        assert_str(found->key, rows[i].key);
        assert_str(service_label(found, rows[i].port), rows[i].label);
    }
    close_room(&r);
}

static void a_file_changes_what_it_names_and_keeps_the_rest(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = load_text(&r, "version: 1\n"
                                       "extends: default\n"
                                       "ports:\n"
                                       "  ssh: {tcp: [22, 2222-2223], internet: high}\n"
                                       "  http: {internet: off}\n"
                                       "rules:\n"
                                       "  CFNR181: on\n"
                                       "  internet-telnet: off\n"
                                       "  CFNR201: {severity: low}\n"
                                       "  CFNR202: informational\n"
                                       "exposure-cap: {narrow: medium}\n");
    assert_non_null(s);
    assert_int_equal(r.diags.all.n, 0);
    const struct service *ssh = row(s, "ssh");
    assert_int_equal(ssh->internet, SEVERITY_HIGH);
    assert_int_equal(ssh->private_paths, SEVERITY_LOW);
    assert_int_equal(ssh->tcp.n, 2);
    assert_int_equal(ssh->tcp.at[1].begin, 2222);
    assert_int_equal(ssh->tcp.at[1].end, 2223);
    assert_int_equal(rule_severity(s, "CFNR102"), SEVERITY_HIGH);
    assert_int_equal(rule_severity(s, "CFNR106"), SEVERITY_OFF);
    assert_int_equal(rule_severity(s, "CFNR181"), SEVERITY_INFORMATIONAL);
    assert_int_equal(rule_severity(s, "CFNR101"), SEVERITY_OFF);
    assert_int_equal(rule_severity(s, "CFNR201"), SEVERITY_LOW);
    assert_int_equal(rule_severity(s, "CFNR202"), SEVERITY_INFORMATIONAL);
    assert_int_equal(s->cap_narrow, SEVERITY_MEDIUM);
    assert_int_equal(s->cap_limited, SEVERITY_LOW);
    assert_int_equal(row(s, "sql")->tcp.n, 5);
    close_room(&r);
}

static void a_file_without_extends_watches_no_less_than_default(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = load_text(&r, "rules: {CFNR101: off}\n");
    assert_non_null(s);
    assert_non_null(settings_service(s, PROTOCOL_TCP, 22));
    s = load_text(&r, "extends: none\nports: {ssh: {tcp: [22]}}\n");
    assert_non_null(s);
    assert_int_equal(s->services.n, 1);
    assert_int_equal(rule_severity(s, "CFNR102"), SEVERITY_MEDIUM);
    assert_int_equal(rule_severity(s, "CFNR101"), SEVERITY_OFF);
    s = load_text(&r, "{\"version\": 1, \"rules\": {\"CFNR102\": \"low\"}}");
    assert_non_null(s);
    assert_int_equal(rule_severity(s, "CFNR102"), SEVERITY_LOW);
    close_room(&r);
}

static void files_extend_files_beside_them_and_ignores_add_up(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    write_file(&r, "base.yaml",
               "extends: inspector\nignore:\n  - {rule: CFNR106, reason: first}\n");
    struct settings *s = load_text(&r, "extends: ./base.yaml\n"
                                       "ignore:\n"
                                       "  - rule: internet-ssh\n"
                                       "    resource: 'Bastion.*'\n"
                                       "    tag: {Stage: dev|test}\n"
                                       "    path: 'legacy/**'\n"
                                       "    reason: known\n"
                                       "    until: 2031-12-31\n");
    assert_non_null(s);
    assert_int_equal(rule_severity(s, "CFNR190"), SEVERITY_INFORMATIONAL);
    assert_int_equal(s->ignores.n, 2);
    assert_str(s->ignores.at[0].reason, "first");
    assert_ptr_equal(s->ignores.at[0].rule, rule_find(STR("CFNR106")));
    const struct ignore *e = &s->ignores.at[1];
    assert_ptr_equal(e->rule, rule_find(STR("CFNR102")));
    assert_int_equal(regex_full(e->resource, STR("BastionGroup")), REGEX_MATCH);
    assert_int_equal(regex_full(e->resource, STR("MyBastion")), REGEX_NO_MATCH);
    assert_str(e->tag_key, "Stage");
    assert_int_equal(regex_full(e->tag_value, STR("test")), REGEX_MATCH);
    assert_str(e->path, "legacy/**");
    assert_str(e->until, "2031-12-31");
    settings_release(s);
    settings_release(NULL);
    close_room(&r);
}

/* Each fault with its place, as line:column of the first diagnostic. */
static void every_fault_has_its_place_and_a_suggestion(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t line;
        uint32_t column;
        const char *says;
    } rows[] = {
        {"prots: {}\n", 1, 1, "Unknown key 'prots'; did you mean 'ports'?"},
        {"version: 1\ntarget-tags: Env\n", 2, 14, "'target-tags' is not a list."},
        {"version: 1\ntarget-tags: [Env]\n", 2, 15, "A target tag is 'Key=Value'."},
        {"version: 2\n", 1, 10, "'version' is not 1, the only one there is."},
        {"- 1\n", 1, 1, "A policy is a map with keys such as 'ports'."},
        {"ports: [22]\n", 1, 8, "'ports' is not a map."},
        {"ports: {shh: {}}\n", 1, 9, "Unknown service 'shh'; did you mean 'ssh'?"},
        {"ports: {ssh: 22}\n", 1, 14, "'the service' is not a map."},
        {"ports: {ssh: {tpc: [22]}}\n", 1, 15, "Unknown key 'tpc'; did you mean 'tcp'?"},
        {"ports: {ssh: {tcp: 22}}\n", 1, 20, "'tcp' is not a list of ports."},
        {"ports: {ssh: {tcp: [65536]}}\n", 1, 21,
         "A port is a number from 0 to 65535 or a range such as 8000-8100."},
        {"ports: {ssh: {tcp: [30-20]}}\n", 1, 21,
         "A port is a number from 0 to 65535 or a range such as 8000-8100."},
        {"ports: {ssh: {tcp: [ssh]}}\n", 1, 21,
         "A port is a number from 0 to 65535 or a range such as 8000-8100."},
        {"ports: {ssh: {internet: hihg}}\n", 1, 25,
         "A severity is high, medium, low, informational or off, not 'hihg'; did you mean "
         "'high'?"},
        {"ports: {ssh: {alone: maybe}}\n", 1, 22, "'alone' is true or false."},
        {"ports: {ssh: {label: []}}\n", 1, 22, "'label' is not a text."},
        {"ports: {ssh: {names: {x: y}}}\n", 1, 23, "An entry of 'names' is a port and its label."},
        {"rules: {CFNR120: off}\n", 1, 9, "There is no rule 'CFNR120'; did you mean 'CFNR102'?"},
        {"rules: {CFNR102: {sevrity: low}}\n", 1, 19,
         "Unknown key 'sevrity'; did you mean 'severity'?"},
        {"rules: {CFNR102: [low]}\n", 1, 18,
         "A severity is high, medium, low, informational or off, not 'a list or map'."},
        {"exposure-cap: {narow: low}\n", 1, 16, "Unknown key 'narow'; did you mean 'narrow'?"},
        {"exposure-cap: low\n", 1, 15, "'exposure-cap' is not a map."},
        {"ignore: {}\n", 1, 9, "'ignore' is not a list."},
        {"ignore:\n  - CFNR102\n", 2, 5, "An entry of 'ignore' is a map."},
        {"ignore:\n  - reason: x\n", 2, 5,
         "An entry of 'ignore' needs one of 'rule', 'resource', 'tag' and 'path'."},
        {"ignore:\n  - {rule: internet-shs}\n", 2, 12,
         "There is no rule 'internet-shs'; did you mean 'internet-ssh'?"},
        {"ignore:\n  - {tag: {A: a, B: b}}\n", 2, 11,
         "'tag' is not a map of one key to a regular expression."},
        {"ignore:\n  - {rule: CFNR102, until: 2031-02-29}\n", 2, 28,
         "'until' is not a day such as 2031-12-31."},
        {"ignore:\n  - {rule: CFNR102, until: tomorrow}\n", 2, 28,
         "'until' is not a day such as 2031-12-31."},
        {"ignore:\n  - {rule: CFNR102, untl: 2031-02-28}\n", 2, 21,
         "Unknown key 'untl'; did you mean 'until'?"},
        {"ignore:\n  - {path: [a]}\n", 2, 12, "'path' is not a text."},
        {"extends: []\n", 1, 10, "'extends' is not the name of a policy."},
        {"extends: defualt\n", 1, 10,
         "There is no built-in policy 'defualt'; did you mean 'default'?"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct room r;
        open_room(&r);
        struct settings *s = load_text(&r, rows[i].text);
        if (s != NULL || r.diags.all.n == 0) {
            fail_msg("accepted: %s", rows[i].text);
        }
        const struct diag *d = &r.diags.all.at[0];
        struct position p = source_position(source_of(&r.sources, d->at), d->at.begin);
        assert_str(d->message, rows[i].says);
        if (p.line != rows[i].line || p.column != rows[i].column) {
            fail_msg("%s: %u:%u", rows[i].text, p.line, p.column);
        }
        close_room(&r);
    }
}

static void a_bad_regular_expression_is_refused_with_the_reason(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    assert_null(load_text(&r, "ignore:\n"
                              "  - resource: 'Good.*'\n" /* compiled, and freed again */
                              "  - resource: '('\n"));
    assert_int_equal(r.diags.all.n, 1);
    assert_true(str_starts(r.diags.all.at[0].message, STR("'(' is not a regular expression: ")));
    close_room(&r);
}

static void all_faults_of_a_file_are_told_at_once(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    assert_null(load_text(&r, "prots: {}\nrules: {X: off}\nports: {ssh: {tcp: [a, b]}}\n"));
    assert_int_equal(r.diags.errors, 4);
    close_room(&r);
}

static void circles_missing_files_and_folders_are_errors(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    write_file(&r, "b.yaml", "extends: a.yaml\n");
    struct str a = write_file(&r, "a.yaml", "extends: b.yaml\n");
    assert_null(settings_load(&r.arena, a, &r.sources, &r.diags));
    assert_int_equal(r.diags.all.at[0].id, DIAG_CYCLE);
    assert_null(load_text(&r, "extends: ./p.yaml\n"));
    assert_int_equal(r.diags.all.at[1].id, DIAG_CYCLE);
    assert_null(load_text(&r, "extends: ./missing.yaml\n"));
    assert_int_equal(r.diags.all.at[2].id, DIAG_UNREADABLE);
    assert_false(span_is_none(r.diags.all.at[2].at));
    assert_null(settings_load(&r.arena, path_of(&r, "missing.yaml"), &r.sources, &r.diags));
    assert_true(span_is_none(r.diags.all.at[3].at));
    assert_true(str_ends(r.diags.all.at[3].path, STR("/missing.yaml")));
    assert_null(settings_load(&r.arena, path_of(&r, "."), &r.sources, &r.diags));
    assert_null(settings_load(&r.arena, STR("inspecter"), &r.sources, &r.diags));
    assert_str(r.diags.all.at[5].message,
               "There is no built-in policy 'inspecter'; did you mean 'inspector'?");
    close_room(&r);
}

static void broken_yaml_and_empty_files_are_errors(void **state)
{
    (void)state;
    static const char *const texts[] = {"ports: [", "", "# nothing\n", "ports: {}\nports: {}\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct room r;
        open_room(&r);
        if (load_text(&r, texts[i]) != NULL) {
            fail_msg("accepted: %s", texts[i]);
        }
        assert_true(r.diags.errors > 0);
        close_room(&r);
    }
}

static void switches_of_strict_are_read_and_checked(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = load_text(&r, "extends: default\n");
    assert_false(s->keep_doubtful || s->require_reason);
    s = load_text(&r, "extends: strict\n");
    assert_true(s->keep_doubtful && s->require_reason);
    assert_int_equal(s->rule_severity[rule_index(rule_find(STR("CFNR202")))], SEVERITY_HIGH);
    s = load_text(&r, "extends: strict\nlower-doubts: on\nrequire-reason: false\n");
    assert_false(s->keep_doubtful || s->require_reason);
    assert_null(load_text(&r, "require-reason: [on]\n"));
    assert_null(load_text(&r, "lower-doubts: never\n"));
    close_room(&r);
}

/* Those that meant nothing are noted; those that cannot count are warned of instead. */
static void entries_that_meant_nothing_are_noted(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = load_text(&r, "extends: strict\n"
                                       "ignore:\n"
                                       "  - {rule: CFNR101, reason: a}\n"
                                       "  - {rule: CFNR102, reason: b}\n"
                                       "  - {rule: CFNR103}\n");
    assert_int_equal(r.diags.all.n, 1);
    assert_int_equal(r.diags.all.at[0].id, DIAG_SUPPRESSION);
    assert_true(s->ignores.at[2].is_void);
    s->ignores.at[0].used = true;
    settings_unused(s, &r.diags);
    assert_int_equal(r.diags.all.n, 2);
    assert_int_equal(r.diags.all.at[1].id, DIAG_UNUSED_IGNORE);
    assert_str(source_text(&r.sources, r.diags.all.at[1].at), "{rule: CFNR102, reason: b}");
    assert_int_equal(r.diags.errors, 0);
    settings_release(s);
    close_room(&r);
}

static void a_call_may_ask_for_some_rules_only(void **state)
{
    (void)state;
    struct room r;
    open_room(&r);
    struct settings *s = settings_load(&r.arena, STR("default"), &r.sources, &r.diags);
    assert_non_null(s);
    size_t ssh = rule_index(rule_find(STR("CFNR102"))), rdp = rule_index(rule_find(STR("CFNR105")));
    size_t all = rule_index(rule_find(STR("CFNR190")));
    bool selected[64] = {false}, named[64] = {false}, ignored[64] = {false};
    enum severity usual = s->rule_severity[ssh];
    selected[ssh] = selected[rdp] = selected[all] = true;
    ignored[rdp] = true;
    settings_select(s, selected, named, ignored);
    assert_int_equal(s->rule_severity[ssh], usual);
    assert_int_equal(s->rule_severity[rdp], SEVERITY_OFF);
    assert_int_equal(s->rule_severity[all], SEVERITY_OFF); /* by the policy; not named */
    assert_int_equal(s->rule_severity[0], SEVERITY_OFF);
    named[all] = true;
    settings_select(s, selected, named, NULL);
    assert_int_not_equal(s->rule_severity[all], SEVERITY_OFF);
    settings_release(s);
    close_room(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_may_ask_for_some_rules_only),
        cmocka_unit_test(the_built_in_tables_are_those_of_the_specification),
        cmocka_unit_test(rules_have_the_severity_that_the_policy_gives_them),
        cmocka_unit_test(ports_are_named_by_the_first_row_that_lists_them),
        cmocka_unit_test(a_file_changes_what_it_names_and_keeps_the_rest),
        cmocka_unit_test(a_file_without_extends_watches_no_less_than_default),
        cmocka_unit_test(files_extend_files_beside_them_and_ignores_add_up),
        cmocka_unit_test(every_fault_has_its_place_and_a_suggestion),
        cmocka_unit_test(a_bad_regular_expression_is_refused_with_the_reason),
        cmocka_unit_test(all_faults_of_a_file_are_told_at_once),
        cmocka_unit_test(circles_missing_files_and_folders_are_errors),
        cmocka_unit_test(broken_yaml_and_empty_files_are_errors),
        cmocka_unit_test(switches_of_strict_are_read_and_checked),
        cmocka_unit_test(entries_that_meant_nothing_are_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
