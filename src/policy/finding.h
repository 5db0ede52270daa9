/*
 * A finding: one (rule, opening ingress rule, edge kind), with every endpoint it exposes.
 * The fields are those of the output contract in DESIGN.md; reports only print them.
 */
#ifndef CFNREACH_POLICY_FINDING_H
#define CFNREACH_POLICY_FINDING_H

#include "policy/settings.h"
#include "reach/reach.h"
#include "topology/topology.h"

/* How the line begins that says what would settle a possible finding. */
#define FINDING_SETTLE "To settle it: "

/* A parameter or condition choice of a witness ("Env" = "dev"), or a fact ("A-NACL(S)" = yes). */
struct finding_choice {
    struct str name;
    struct str value; /* outcome's label; "yes" or "no" of a fact */
    bool is_fact;
    struct str text; /* a fact in plain words: "subnet 'S' has a route to ..."; else "" */
};

struct finding_step {
    struct str component; /* qualified logical id, or implicit name */
    struct str type;      /* "AWS::EC2::NetworkAcl" */
    bool implicit;
    bool outside;    /* outside the templates */
    struct span at;  /* what decided there, else the resource; may be SPAN_NONE */
    struct str text; /* one sentence: "Rule 100 of the network ACL allows all traffic." */
};

struct finding_tag {
    struct str key;
    struct str value;
};

struct finding_endpoint {
    struct str kind; /* "RecognizedPort", "PortRange", "UnrecognizedPort", "NetworkExposure" */
    struct str resource;
    struct str resource_type;
    struct str interface;
    enum world_edge edge;
    struct str edge_component; /* "" : outside the templates (null) */
    struct str via;            /* the load balancer that is passed; "" : none (null) */
    struct ports listener;     /* the port at the edge: with `via`, of an accelerator; else empty */
    struct str end_to_end;     /* "n/a", "none", "unknown ...", "confirmed: A,B" (SEMANTICS 0.6) */
    unsigned families;
    int protocol;
    struct ports ports;      /* NetworkExposure: from the first to the last */
    const struct ports *tcp; /* NetworkExposure: every range; else NULL */
    size_t tcp_n;
    const struct ports *udp;
    size_t udp_n;
    struct str service; /* label, "" if none */
    enum severity severity;
    enum reach_verdict verdict;
    enum guard_doubt doubt; /* HIGH confidence is GUARD_HIGH */
    enum exposure exposure; /* EXPOSURE_NONE for edges other than the internet (null) */
    struct guard when;      /* where it holds; the witness is one choice of it */
    const struct finding_choice *witness;
    size_t witness_n;
    const struct finding_step *path;
    size_t path_n;
    const struct finding_tag *tags; /* of the resource, as far as they are known */
    size_t tag_n;
    const struct reach_flow *flow;
};

/* Why something open is not reachable (CFNR201). */
struct finding_blocker {
    struct str interface;
    const char *conjunct; /* "route" */
    struct str component;
    struct str text; /* one sentence */
    struct span at;
    bool alone;
    bool joint;
};

struct finding_related {
    struct span at;
    struct str text;
};

/* Against the results of an earlier run (baseline.h). NONE: without a baseline. */
enum baseline_state { BASELINE_NONE, BASELINE_NEW, BASELINE_UNCHANGED, BASELINE_UPDATED };

struct finding {
    const struct rule *rule;
    enum severity severity; /* of its worst endpoint, or of the rule */
    enum reach_verdict verdict;
    enum guard_doubt doubt;
    enum exposure exposure;
    struct str message;  /* full sentences; the first is the title */
    struct str settle;   /* for `possible`: FINDING_SETTLE and what would settle it; else "" */
    struct str advice;   /* what to do, one or two sentences */
    struct span at;      /* the source value as written in the opening rule */
    struct str resource; /* logical id of the resource that holds `at` */
    struct str property; /* "Properties/SecurityGroupIngress/1/CidrIp" */
    struct str pointer;  /* RFC 6901 */
    enum world_edge edge;
    int protocol;
    struct ports ports;
    struct str service;
    const struct finding_choice *witness; /* of the worst endpoint */
    size_t witness_n;
    VEC(struct finding_endpoint) endpoints;
    VEC(struct finding_endpoint) accepted; /* endpoints that their own Metadata suppresses */
    VEC(struct finding_related) related;
    VEC(struct finding_blocker) blockers;
    enum baseline_state baseline;
    bool suppressed;
    bool suppressed_in_source;     /* by a comment or Metadata, not by the policy */
    struct span suppression_at;    /* SPAN_NONE: not in a template */
    struct str suppression_reason; /* "" : none was given */
    struct str fingerprint;        /* 16 hex digits: ECOSYSTEM 1.2, no line numbers in it */
};

struct findings {
    struct arena *arena;
    VEC(struct finding) all; /* in the order of SEMANTICS 5.9 */
    size_t interfaces;       /* of the world */
    size_t facts;            /* distinct facts that some verdict rests on */
};

/* "n/a", "none", "unknown (...)", "confirmed: A,B" (SEMANTICS 0.6). In the arena or static. */
struct str finding_end_to_end(struct arena *a, const struct world *w, const struct reach_flow *f);

/* Flows into findings under a policy. `today` is "YYYY-MM-DD". Takes facts from the const
 * results of the earlier stages; adds CFNR94x diagnostics about suppressions to the unit's queue.
 */
struct findings *policy_check(struct arena *a, struct settings *settings,
                              const struct topology *topology, struct reach *reach,
                              const struct reach_answer *answer, struct str today);

/* The same findings for comparing, without what only reports show: no words, no paths, nothing
 * related, none suppressed. */
struct findings *policy_check_brief(struct arena *a, struct settings *settings,
                                    const struct topology *topology, struct reach *reach,
                                    const struct reach_answer *answer);

#endif
