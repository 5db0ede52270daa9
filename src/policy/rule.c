/*
 * The table of rules (generated from policies/rules.yaml) and the words for severities.
 */
#include "policy/rule.h"

#include "base/suggest.h"

#include "policy/rules_table.inc"

const size_t rule_count = sizeof rules / sizeof *rules;

static const char *const severity_names[] = {"off", "informational", "low", "medium", "high"};

const char *severity_name(enum severity s)
{
    return severity_names[s];
}

bool severity_parse(struct str text, enum severity *out)
{
    for (size_t i = 0; i < sizeof severity_names / sizeof *severity_names; i++) {
        if (str_is(text, severity_names[i])) {
            *out = (enum severity)i;
            return true;
        }
    }
    return false;
}

const struct rule *rule_find(struct str id_or_name)
{
    if (id_or_name.n == 0) {
        return NULL;
    }
    bool is_id = id_or_name.p[0] == 'C' || id_or_name.p[0] == 'c'; /* names are small letters */
    for (size_t i = 0; i < rule_count; i++) {
        const char *name = rules[i].name;
        if ((is_id && str_eq_nocase(id_or_name, str_from(rules[i].id))) ||
            (strncmp(name, id_or_name.p, id_or_name.n) == 0 && strlen(name) == id_or_name.n)) {
            return &rules[i];
        }
    }
    return NULL;
}

size_t rule_index(const struct rule *r)
{
    return (size_t)(r - rules);
}

struct str rule_near(struct arena *a, struct str text)
{
    struct str *known = ARENA_ARRAY(a, 2 * rule_count, struct str);
    for (size_t i = 0; i < rule_count; i++) {
        known[2 * i] = str_from(rules[i].id);
        known[2 * i + 1] = str_from(rules[i].name);
    }
    return suggest(text, known, 2 * rule_count);
}
