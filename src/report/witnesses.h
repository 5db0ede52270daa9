/*
 * Every choice under which something holds (--all-witnesses): the disjoint cubes of its guard by
 * name, at most LIMIT_WITNESSES of them.
 */
#ifndef CFNREACH_REPORT_WITNESSES_H
#define CFNREACH_REPORT_WITNESSES_H

#include "base/json_writer.h"
#include "report/report.h"

/* One variable of a cube, and the values that it may have there. */
struct witnesses_part {
    struct str name;
    const struct str *values; /* "yes", "no" of a fact */
    size_t n;
    bool is_fact;
    struct str text; /* a fact in plain words; else "" */
};

struct witnesses_cube {
    const struct witnesses_part *at;
    size_t n; /* 0: it always holds */
};

struct witnesses {
    const struct witnesses_cube *at;
    size_t n;
    bool more; /* there are others, which are not listed */
};

/* Those of one analysis; many flows and findings share a guard. The arena and the analysis must
 * outlive it. */
struct witnesses_known {
    struct arena *arena;
    const struct analysis *analysis; /* NULL: without --all-witnesses */
    struct map of;                   /* guard -> struct witnesses */
};
void witnesses_init(struct witnesses_known *k, const struct report *r, struct arena *a,
                    const struct analysis *analysis);

/* NULL without --all-witnesses. */
const struct witnesses *witnesses_of(struct witnesses_known *k, struct guard when);

/* "Env=dev|test, A-NACL(SubnetId)"; `told`: each fact with its plain words behind it. */
struct str witnesses_text(struct arena *a, const struct witnesses_cube *cube, bool told);

/* "witnesses":[{"choices":{"Env":["dev","test"]},"factTexts":{}}],"moreWitnesses":false; nothing
 * for NULL. */
void witnesses_json_members(struct json_writer *w, const struct witnesses *all);
/* The array alone. */
void witnesses_json_array(struct json_writer *w, const struct witnesses *all);

#endif
