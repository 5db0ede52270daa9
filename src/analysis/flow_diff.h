/*
 * Two lists of flows into what has changed between them. Per way:
 *
 *     before   22 world |            443 world
 *     after    22 world | 80-90 ...| 443 possible
 *              (same)     opened     narrowed: verdict
 *
 * A range of equal ports that touches nothing open before is opened; one that takes in what was
 * open is widened; where both are open, verdict, exposure, choices and sources are compared.
 * What has grown in one way and shrunk in another (another source in place of the old one) is
 * two changes, one widened and one narrowed. Swapping the lists swaps opened with closed and
 * widened with narrowed, and nothing else.
 */
#ifndef CFNREACH_ANALYSIS_FLOW_DIFF_H
#define CFNREACH_ANALYSIS_FLOW_DIFF_H

#include "analysis/flow_list.h"
#include "net/port_set.h"

enum flow_change_kind { FLOW_OPENED, FLOW_WIDENED, FLOW_NARROWED, FLOW_CLOSED, FLOW_KINDS };
const char *flow_change_name(enum flow_change_kind k); /* "opened"; static */

/* In what it has grown or shrunk; none for opened and closed. */
enum {
    FLOW_PORTS = 1,
    FLOW_VERDICT = 2,
    FLOW_EXPOSURE = 4,
    FLOW_CHOICES = 8,
    FLOW_SOURCES = 16,
    FLOW_SEVERITY = 32 /* and in nothing else: another Default among the same choices */
};

struct flow_change {
    enum flow_change_kind kind;
    unsigned differs;                /* union of FLOW_... */
    const struct flow_way *way;      /* of the side that `path` is of */
    unsigned families;               /* FAMILY_V4 | FAMILY_V6 */
    struct ports ports;              /* the range that is open on that side */
    struct port_set rest;            /* FLOW_PORTS: what of it is open on the other side, too */
    const struct flow_state *before; /* NULL: not open */
    const struct flow_state *after;
    const struct flow_state *shown; /* before or after: the side where more is open */
    struct ipset sources;           /* FLOW_SOURCES: those that were added, or taken away */
    VEC(struct str) groups;         /* FLOW_SOURCES: the same for groups */
    const struct flow_grade *grade; /* what the policy says on that side, the worst; NULL: nothing.
                                       Of FLOW_PORTS only of what is not in `rest`. */
};

struct flow_changes {
    VEC(struct flow_change) all; /* by kind, severity, way, ports */
    size_t count[FLOW_KINDS];
};

/* Both lists share their guards. In the arena of `after`. What could not be analysed on one side
 * is left out: nothing is known of it. */
struct flow_changes *flow_diff(struct flow_list *before, struct flow_list *after);

/* Opened or widened, accepted by nobody, of this severity or above? */
bool flow_change_counts(const struct flow_change *c, unsigned gate);

#endif
