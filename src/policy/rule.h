/*
 * The rules: frozen ids with their names and texts, one table generated at build time
 * from policies/rules.yaml (see policies/compile.c). Help, docs, `explain` and SARIF all
 * read this table.
 */
#ifndef CFNREACH_POLICY_RULE_H
#define CFNREACH_POLICY_RULE_H

#include "base/str.h"
#include "net/protocol.h"

/* Ordered. OFF: not reported. */
enum severity {
    SEVERITY_OFF,
    SEVERITY_INFORMATIONAL,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    SEVERITY_HIGH
};
const char *severity_name(enum severity s);                          /* "informational"; static */
MUST_CHECK bool severity_parse(struct str text, enum severity *out); /* also "off" */

struct rule {
    const char *id;     /* "CFNR102" */
    const char *name;   /* "internet-ssh" */
    const char *pascal; /* "InternetSsh": the SARIF name, different from the id */
    const char *title;  /* one line, ends in a period: SARIF shortDescription */
    const char *text;   /* a paragraph: SARIF fullDescription, at most 1024 bytes */
    const char *help;   /* Markdown: what it means, how to fix, when to accept; SARIF help.markdown
                           and `explain` */
    const char *const *tags; /* "security", "external/cwe/cwe-284", ...; NULL-terminated */
    const char *service;     /* key of the service in a policy's `ports` ("ssh"), or NULL */
};

extern const struct rule rules[];
extern const size_t rule_count;

/* By id ("CFNR102", any case) or name ("internet-ssh"); NULL if there is none. */
const struct rule *rule_find(struct str id_or_name);
size_t rule_index(const struct rule *r);

/* The id or name that a misspelt one was probably meant to be; empty if none is near. The arena
 * holds scratch; the result is static. */
struct str rule_near(struct arena *a, struct str text);

#endif
