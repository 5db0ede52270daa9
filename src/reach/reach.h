/*
 * The question this project exists for: which ports of which interfaces can be reached
 * from beyond an edge? A flow is a maximal range of ports with one guard; its verdict says
 * under how much of the family of deployments it is open (SEMANTICS 0.4, 4.1).
 *
 *     OPEN =  exists /\ address /\ entry /\ aclIn /\ groupIn /\ route back /\ aclOut
 *
 * Each conjunct is a guarded set of (source addresses x protocol x ports). What a subnet
 * lets through, and what a group admits, is worked out once and shared by all interfaces.
 */
#ifndef CFNREACH_REACH_REACH_H
#define CFNREACH_REACH_REACH_H

#include "net/internet.h"
#include "reach/world.h"

/* Ordered: the highest wins. */
enum reach_verdict {
    REACH_BLOCKED,
    REACH_NOT_ATTACHED,
    REACH_POSSIBLE,
    REACH_BY_DEFAULT,
    REACH_REACHABLE
};
const char *reach_verdict_name(enum reach_verdict v); /* "reachable-by-default"; static */

struct reach_judgement {
    enum reach_verdict verdict;
    enum guard_doubt doubt; /* GUARD_HIGH is high confidence; REACHABLE and BY_DEFAULT are high */
    bool doubts_rule;       /* lowers the severity (SEMANTICS 4.3) */
    struct guard_witness witness; /* empty for REACHABLE; for BY_DEFAULT the defaults it rests on */
};

/* Verdict of a guard within the world's family: REACHABLE if it covers the family; BY_DEFAULT
 * if it holds with every standard outcome (and that choice is in the family); POSSIBLE if
 * satisfiable in the family; else BLOCKED. */
enum reach_verdict reach_verdict_of(const struct world *w, struct guard g);
/* The same with its witness, which costs more. */
struct reach_judgement reach_judge(const struct world *w, struct guard g, struct arena *a);

/* A guard that may still have to be worked out: ask for it only where it is needed. What that
 * makes is in the solver's arena and in the space. */
struct reach_pending;
struct reach_when {
    struct guard known;            /* where nothing is pending */
    struct reach_pending *pending; /* NULL: known */
};
struct guard reach_guard(struct reach_when w);
static inline struct reach_when reach_known(struct guard g)
{
    return (struct reach_when){.known = g};
}

enum { FAMILY_V4 = 1, FAMILY_V6 = 2 };

enum reach_step_kind {
    STEP_EDGE,
    STEP_MIDDLEBOX, /* an appliance or firewall endpoint on the way */
    STEP_ACL,
    STEP_GROUP,
    STEP_BALANCER,
    STEP_LISTENER,
    STEP_TARGET_GROUP,
    STEP_INTERFACE,
    STEP_OWNER
};

struct reach_step {
    enum reach_step_kind kind;
    uint32_t element; /* id of the gateway, ACL, group, interface, owner */
    uint32_t entry;   /* id of what decided there: attachment, ACL entry, rule; or WORLD_NONE */
};

/* A rule that opens (part of) a flow by itself, in order of id. */
struct reach_opener {
    uint32_t rule;          /* id of the rule */
    uint32_t group;         /* index of its group */
    struct reach_when when; /* where this rule opens the whole range */
    enum exposure exposure; /* of the sources that this rule lets in */
    struct ports ports;     /* of the rule, as written */
};

/* Can a host that the world knows use the edge? (SEMANTICS 0.6) NA for edges without remote
 * hosts of interest (the internet). */
enum reach_end_to_end { END_TO_END_NA, END_TO_END_UNKNOWN, END_TO_END_NONE, END_TO_END_CONFIRMED };

struct reach_flow {
    uint32_t interface; /* index */
    enum world_edge edge;
    uint32_t gateway; /* index; the component */
    uint32_t via;     /* index of the balancer that is passed, or WORLD_NONE */
    struct ports
        listener;       /* with `via`, or an accelerator: the port at the edge; else PORTS_EMPTY */
    unsigned families;  /* FAMILY_V4 | FAMILY_V6: in front, where there is a balancer */
    int protocol;       /* PROTOCOL_TCP or PROTOCOL_UDP */
    struct ports ports; /* of the interface */
    struct reach_when when;
    enum exposure exposure;             /* of all sources together */
    struct reach_shown *shown;          /* of reach_verdict and reach_example */
    const struct reach_opener *openers; /* none only where no group filters the interface */
    size_t opener_n;
    const struct reach_opener *front_openers; /* with `via`: the rules of its groups, which open
                                                 it to the edge; none where no group filters */
    size_t front_opener_n;
    enum reach_end_to_end end_to_end;
    const uint32_t *confirmed_by; /* indexes of remote owners, ascending; only when confirmed */
    size_t confirmed_n;
    bool remote_unmodelled; /* a VPN gateway of whose other side the world knows nothing: no
                               source of its attachment, no route of unknown destination (1.4) */
};

/* Of its guard; kept. */
enum reach_verdict reach_flow_verdict(const struct reach_flow *f);

/* One assignment and one packet that show that a flow is open. */
struct reach_example {
    struct reach_judgement judgement; /* of the flow */
    const struct reach_step *path;
    size_t path_n;
    /* For related locations: ids of the placement's subnet, of the route back, of the outbound
     * ACL entry, of what gives the public address (the last three are the balancer's where there
     * is one); WORLD_NONE where there is none. All as they are under the witness. */
    uint32_t subnet;
    uint32_t table;
    uint32_t route;
    uint32_t acl_out_entry;
    uint32_t public_by;
};
/* Found when it is first asked for: most flows end in no finding, and a witness costs more than
 * all else of a flow. Kept in the solver's arena; it may add nodes to the space. */
const struct reach_example *reach_example(const struct reach_flow *f);

/* The conjuncts of OPEN, in the order in which blockers are listed. */
enum reach_conjunct {
    CONJUNCT_EXISTS,  /* attached to something that is deployed */
    CONJUNCT_ADDRESS, /* public IPv4, or IPv6 address */
    CONJUNCT_ENTRY,   /* the gateway is attached to the VPC */
    CONJUNCT_ACL_IN,
    CONJUNCT_GROUP,
    CONJUNCT_ROUTE, /* the way back */
    CONJUNCT_ACL_OUT,
    CONJUNCT_COUNT
};
const char *reach_conjunct_name(enum reach_conjunct c); /* "route"; static */

struct reach_blocker {
    enum reach_conjunct conjunct;
    uint32_t element; /* id of the interface, gateway, ACL, group or table that blocks */
    uint32_t entry;   /* id of the deciding entry (the denying ACL entry, the route that leads
                         elsewhere), or WORLD_NONE */
    bool alone;       /* making only this one permissive would open it */
    bool joint;       /* none blocks alone; these together do */
};

struct reach_blockers {
    const struct reach_blocker *at;
    size_t n; /* 0: not blocked */
};

/* A question about one interface. */
struct reach_question {
    uint32_t interface; /* index */
    enum world_edge edge;
    int protocol; /* PROTOCOL_ALL: tcp or udp */
    struct ports ports;
    const struct ipset
        *sources;   /* NULL: everything beyond the edge; else only these (one family) */
    uint32_t group; /* WORLD_NONE, or index: only this group's rules count as CONJUNCT_GROUP */
};

struct reach_unreached {
    uint32_t interface; /* index */
    enum world_edge edge;
    struct reach_blockers blockers; /* of the question "any tcp or udp port" */
};

struct reach_answer {
    const struct reach_flow *flows; /* by interface, edge, gateway, via (none first), families,
                                       protocol, port, listener */
    size_t flow_n;
    const struct reach_unreached *unreached; /* interfaces with no flow of an edge */
    size_t unreached_n;
    bool cut;           /* flows do not name all rules that open them: more than LIMIT_OPENERS */
    uint32_t first_cut; /* the first rule that is not named, if there are any */
    size_t left_out;    /* interfaces whose flows the limit left out */
    uint32_t first_left_out; /* index of the first of them, if there are any */
};

/* Solves one world. Holds the shared work; lives in the arena. */
struct reach;
struct reach *reach_new(struct arena *a, struct world *w);
/* At most so many flows, each counted with the rules that open it; 0, as from the start: no
 * limit. Where there would be more, interfaces that see the same as others are left out first,
 * and the answer says so. */
void reach_limit(struct reach *r, size_t most);

/* All flows of all edges of the world. Unreached: of the internet each interface without a
 * flow; of other edges those in whose VPC the edge is there (a gateway of it is attached, or
 * routed to; an entrance stands in it). */
struct reach_answer reach_solve(struct reach *r);

/* The same without the unreached. */
struct reach_answer reach_solve_flows(struct reach *r);

/* Every blocker of a question; n is 0 if it is open under some deployable assignment. */
struct reach_blockers reach_why_not(struct reach *r, struct reach_question q);

#endif
