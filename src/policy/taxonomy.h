/*
 * What others call what the rules are about: weaknesses (CWE), controls (CIS, Security Hub) and
 * the rules of other linters. One table, generated at build time from policies/rules.yaml;
 * --select, --ignore, `explain`, `rules` and the SARIF log read it.
 */
#ifndef CFNREACH_POLICY_TAXONOMY_H
#define CFNREACH_POLICY_TAXONOMY_H

#include "policy/rule.h"

struct taxon {
    const char *id;        /* "CWE-284", "CKV_AWS_24" */
    const char *title;     /* ends in a period */
    const uint16_t *rules; /* indices, ascending */
    size_t rule_n;
};

struct taxonomy {
    const char *name; /* "CWE" */
    const char *guid;
    const char *organization;
    const char *title; /* ends in a period */
    const char *url;
    const char *relation; /* of a taxon to its rules: "superset", "relevant" */
    bool results;         /* SARIF results name the taxa, too */
    const struct taxon *taxa;
    size_t n;
};

extern const struct taxonomy taxonomies[];
extern const size_t taxonomy_count;

bool taxon_has(const struct taxon *t, size_t rule);

/* By id, in any case; NULL if there is none. */
const struct taxon *taxon_find(struct str id);

/* Marks, in marked[rule_count], the rules that a word stands for: an id, the beginning of one
 * ("CFNR1"), a name, or the id of a taxon. False, with nothing marked, if there is none. */
MUST_CHECK bool taxonomy_mark(struct str word, bool *marked);

/* What a misspelt word was probably meant to be; empty if nothing is near. The arena holds
 * scratch; the result is static. */
struct str taxonomy_near(struct arena *a, struct str word);

#endif
