#include "policy/rule.h"

#include "tests/check.h"

/* Frozen: an id keeps its name and service for ever. New rules are added, none is changed. */
static const struct frozen {
    const char *id;
    const char *name;
    const char *pascal;
    const char *service;
} frozen[] = {
    {"CFNR101", "internet-telnet", "InternetTelnet", "telnet"},
    {"CFNR102", "internet-ssh", "InternetSsh", "ssh"},
    {"CFNR103", "internet-ftp", "InternetFtp", "ftp"},
    {"CFNR104", "internet-print", "InternetPrint", "print"},
    {"CFNR105", "internet-rdp", "InternetRdp", "rdp"},
    {"CFNR106", "internet-http", "InternetHttp", "http"},
    {"CFNR107", "internet-smb", "InternetSmb", "smb"},
    {"CFNR108", "internet-netbios", "InternetNetbios", "netbios"},
    {"CFNR109", "internet-ldap", "InternetLdap", "ldap"},
    {"CFNR110", "internet-nfs", "InternetNfs", "nfs"},
    {"CFNR111", "internet-kerberos", "InternetKerberos", "kerberos"},
    {"CFNR112", "internet-rpc", "InternetRpc", "rpc"},
    {"CFNR113", "internet-wins", "InternetWins", "wins"},
    {"CFNR114", "internet-dhcp", "InternetDhcp", "dhcp"},
    {"CFNR115", "internet-syslog", "InternetSyslog", "syslog"},
    {"CFNR116", "internet-mongodb", "InternetMongodb", "mongodb"},
    {"CFNR117", "internet-sql", "InternetSql", "sql"},
    {"CFNR118", "internet-elasticsearch", "InternetElasticsearch", "elasticsearch"},
    {"CFNR180", "internet-port-range", "InternetPortRange", NULL},
    {"CFNR181", "internet-unrecognized-port", "InternetUnrecognizedPort", NULL},
    {"CFNR190", "internet-aggregate", "InternetAggregate", NULL},
    {"CFNR201", "world-open-rule", "WorldOpenRule", NULL},
    {"CFNR202", "operator-supplied-source", "OperatorSuppliedSource", NULL},
    {"CFNR301", "peering-port", "PeeringPort", NULL},
    {"CFNR302", "vpn-port", "VpnPort", NULL},
    {"CFNR303", "transit-port", "TransitPort", NULL},
    {"CFNR304", "client-vpn-port", "ClientVpnPort", NULL},
    {"CFNR305", "privatelink-port", "PrivatelinkPort", NULL},
    {"CFNR306", "carrier-port", "CarrierPort", NULL},
    {"CFNR307", "managed-port", "ManagedPort", NULL},
    {"CFNR390", "private-aggregate", "PrivateAggregate", NULL},
};

static void ids_names_and_services_are_frozen(void **state)
{
    (void)state;
    assert_int_equal(rule_count, sizeof frozen / sizeof *frozen);
    for (size_t i = 0; i < rule_count; i++) {
        assert_string_equal(rules[i].id, frozen[i].id);
        assert_string_equal(rules[i].name, frozen[i].name);
        assert_string_equal(rules[i].pascal, frozen[i].pascal);
        if (frozen[i].service == NULL) {
            assert_null(rules[i].service);
        } else {
            assert_string_equal(rules[i].service, frozen[i].service);
        }
        assert_int_equal(rule_index(&rules[i]), i);
    }
}

static void every_rule_has_texts_that_viewers_accept(void **state)
{
    (void)state;
    for (size_t i = 0; i < rule_count; i++) {
        const struct rule *r = &rules[i];
        size_t title = strlen(r->title);
        size_t text = strlen(r->text);
        assert_true(title > 0 && title <= 100 && r->title[title - 1] == '.');
        assert_true(text > title && text <= 1024 && r->text[text - 1] == '.');
        assert_null(strchr(r->text, '\n'));
        size_t tags = 0;
        bool cwe = false;
        while (r->tags[tags] != NULL) {
            cwe = cwe || strncmp(r->tags[tags], "external/cwe/cwe-", 17) == 0;
            tags++;
        }
        assert_true(cwe && tags >= 2 && tags <= 10);
        assert_string_equal(r->tags[0], "security");
    }
}

static void every_help_page_begins_with_its_id_and_says_how_to_fix(void **state)
{
    (void)state;
    for (size_t i = 0; i < rule_count; i++) {
        struct str help = str_from(rules[i].help);
        struct arena a = {0};
        struct str head = str_format(&a, "# %s %s: ", rules[i].id, rules[i].name);
        assert_true(str_starts(help, head));
        assert_true(str_find(help, STR("\n## How cfnreach decides\n"), 0) != STR_NPOS);
        assert_true(str_find(help, STR("\n## How to fix\n"), 0) != STR_NPOS);
        assert_true(str_find(help, STR("\n## When to accept it\n"), 0) != STR_NPOS);
        assert_true(str_find(help, STR("```yaml\n"), 0) != STR_NPOS);
        assert_true(help.n < 8000);
        arena_release(&a);
    }
}

static void rules_are_found_by_id_in_any_case_and_by_name(void **state)
{
    (void)state;
    assert_ptr_equal(rule_find(STR("CFNR102")), &rules[1]);
    assert_ptr_equal(rule_find(STR("cfnr102")), &rules[1]);
    assert_ptr_equal(rule_find(STR("internet-ssh")), &rules[1]);
    assert_null(rule_find(STR("Internet-SSH")));
    assert_null(rule_find(STR("CFNR10")));
    assert_null(rule_find(STR("")));
}

static void the_nearest_id_or_name_is_suggested(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_str(rule_near(&a, STR("CFNR1022")), "CFNR102");
    assert_str(rule_near(&a, STR("internet-shh")), "internet-ssh");
    assert_str(rule_near(&a, STR("CKV_AWS_24")), "");
    arena_release(&a);
}

static void severities_are_ordered_and_read_back(void **state)
{
    (void)state;
    static const char *const words[] = {"off", "informational", "low", "medium", "high"};
    for (size_t i = 0; i < 5; i++) {
        enum severity s = SEVERITY_HIGH;
        assert_true(severity_parse(str_from(words[i]), &s));
        assert_int_equal(s, i);
        assert_string_equal(severity_name(s), words[i]);
    }
    enum severity s = SEVERITY_LOW;
    assert_false(severity_parse(STR("High"), &s));
    assert_false(severity_parse(STR(""), &s));
    assert_int_equal(s, SEVERITY_LOW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_names_and_services_are_frozen),
        cmocka_unit_test(every_rule_has_texts_that_viewers_accept),
        cmocka_unit_test(every_help_page_begins_with_its_id_and_says_how_to_fix),
        cmocka_unit_test(rules_are_found_by_id_in_any_case_and_by_name),
        cmocka_unit_test(the_nearest_id_or_name_is_suggested),
        cmocka_unit_test(severities_are_ordered_and_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
