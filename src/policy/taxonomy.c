/*
 * The table of taxonomies (generated from policies/rules.yaml) and words into sets of rules.
 */
#include "policy/taxonomy.h"

#include "base/suggest.h"

#include "policy/taxonomies_table.inc"

const size_t taxonomy_count = sizeof taxonomies / sizeof *taxonomies;

bool taxon_has(const struct taxon *t, size_t rule)
{
    for (size_t i = 0; i < t->rule_n; i++) {
        if (t->rules[i] == rule) {
            return true;
        }
    }
    return false;
}

const struct taxon *taxon_find(struct str id)
{
    for (size_t i = 0; i < taxonomy_count; i++) {
        for (size_t k = 0; k < taxonomies[i].n; k++) {
            if (str_eq_nocase(id, str_from(taxonomies[i].taxa[k].id))) {
                return &taxonomies[i].taxa[k];
            }
        }
    }
    return NULL;
}

/* "CFNR1" is all rules from CFNR101 on; fewer letters than "CFNR" are no id. */
static bool mark_prefix(struct str word, bool *marked)
{
    bool any = false;
    for (size_t i = 0; word.n >= STR("CFNR").n && i < rule_count; i++) {
        if (str_eq_nocase(word, str_sub(str_from(rules[i].id), 0, word.n))) {
            marked[i] = true;
            any = true;
        }
    }
    return any;
}

bool taxonomy_mark(struct str word, bool *marked)
{
    const struct rule *rule = rule_find(word);
    const struct taxon *taxon = taxon_find(word);
    if (rule != NULL) {
        marked[rule_index(rule)] = true;
        return true;
    }
    for (size_t i = 0; taxon != NULL && i < taxon->rule_n; i++) {
        marked[taxon->rules[i]] = true;
    }
    return taxon != NULL || mark_prefix(word, marked);
}

struct str taxonomy_near(struct arena *a, struct str word)
{
    size_t n = 2 * rule_count;
    for (size_t i = 0; i < taxonomy_count; i++) {
        n += taxonomies[i].n;
    }
    struct str *known = ARENA_ARRAY(a, n, struct str);
    size_t filled = 0;
    for (size_t i = 0; i < rule_count; i++) {
        known[filled++] = str_from(rules[i].id);
        known[filled++] = str_from(rules[i].name);
    }
    for (size_t i = 0; i < taxonomy_count; i++) {
        for (size_t k = 0; k < taxonomies[i].n; k++) {
            known[filled++] = str_from(taxonomies[i].taxa[k].id);
        }
    }
    return suggest(word, known, n);
}
