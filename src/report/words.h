/*
 * Words and places that several formats print alike.
 */
#ifndef CFNREACH_REPORT_WORDS_H
#define CFNREACH_REPORT_WORDS_H

#include "report/report.h"

#define WORDS_HOME_PAGE "https://github.com/cfnreach/cfnreach"

/* The page of a rule: "https://.../CFNR102.md". */
struct str words_rule_page(struct arena *a, const struct rule *rule);

const char *words_confidence(enum guard_doubt d); /* "high", "medium", "low"; static */
const char *words_level(enum diag_level l);       /* "error", "warning", "note"; static */
const char *words_sarif_level(enum severity s);   /* high error, medium warning, else note */

/* "tcp/22", "udp/8000-8100" */
struct str words_ports(struct arena *a, int protocol, struct ports p);

/* Both ends of a span in lines and columns; line 0: the span is none. */
struct words_place {
    struct str file; /* as the user gave it */
    struct position begin;
    struct position end;
};
struct words_place words_place(struct source_set *sources, struct span s);

/* The first sentence of a message, period included: a period before a blank, outside of
 * 'quotes'. */
struct str words_title(struct str message);

/* "Env=dev, A-NACL(SubnetId)": a fact that holds shows its name alone. "" for none. */
struct str words_witness(struct arena *a, const struct finding_choice *w, size_t n);
/* The same with each fact in plain words: "A-NACL(S) (the network ACL of subnet 'S' lets the
 * traffic pass)". */
struct str words_witness_told(struct arena *a, const struct finding_choice *w, size_t n);

#endif
