/*
 * What `diff` reports, and the words that its formats print alike.
 */
#ifndef CFNREACH_REPORT_DIFF_VIEW_H
#define CFNREACH_REPORT_DIFF_VIEW_H

#include "analysis/flow_diff.h"
#include "base/buf.h"

/* An error or a warning of one side. */
struct diff_fault {
    const struct diag_kind *kind;
    struct str message;
    struct flow_place place; /* line 0: of the whole file */
};

struct diff_view {
    struct str before; /* as the user gave it */
    struct str after;
    size_t templates[2];
    const struct flow_changes *changes;
    size_t counting; /* changes that open something at or above the gate */
    unsigned gate;   /* enum severity; above: never */
    bool incomplete; /* something could not be read or decided */
    bool color;      /* text */
    bool quiet;      /* text: nothing if nothing has changed */
    VEC(struct diff_fault) faults;
};

struct diff_format {
    const char *name;
    void (*write)(const struct diff_view *v, struct buf *out);
};
const struct diff_format *diff_format_find(struct str name); /* NULL if unknown */

void diff_text_write(const struct diff_view *v, struct buf *out);
void diff_json_write(const struct diff_view *v, struct buf *out);
void diff_markdown_write(const struct diff_view *v, struct buf *out);

/* "tcp/22 of 'Web' from internet through Igw and Lb at tcp/443 (v4, world, if Env=dev)" */
struct str diff_subject(struct arena *a, const struct flow_change *c);

/* "Igw -> Acl -> Group -> Web/NetworkInterfaces/0 -> Web" */
struct str diff_path(struct arena *a, const struct flow_change *c);

/* In what it is wider or narrower: "exposure limited -> world", ...; none for opened, closed. */
struct diff_details {
    VEC(struct str) all;
};
struct diff_details diff_details(struct arena *a, const struct flow_change *c);

/* "10.0.0.0/8, 192.0.2.0/24", "members of 'A'", "70 address ranges"; "" for none. */
struct str diff_sources(struct arena *a, struct ipset set, const struct str *groups, size_t n);
/* The same of a state; "any IPv4 address", "anybody" where no group filters. */
struct str diff_state_sources(struct arena *a, const struct flow_state *s);

/* Where it is: the finding's place, else that of the rule that opens it. */
struct flow_place diff_place(const struct flow_change *c);

/* "2 opened, 1 closed; 1 at or above medium", "No flow has changed". Without a period. */
struct str diff_totals(struct arena *a, const struct diff_view *v);

#endif
