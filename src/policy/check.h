/*
 * What the files of policy_check share. Internal to the module.
 *
 *     flows -exposed.c-> drafts (one per rule, opening, edge) -.
 *     flows -aggregate.c-> drafts (one per interface)          |-> place, words, ignore, order
 *     openings no flow uses -unused.c-> drafts ----------------'
 *
 * An *opening* is what the template writes as one source of one ingress rule. In the world it
 * may be several rules: one for each value that its parameter may have, one for each family.
 */
#ifndef CFNREACH_POLICY_CHECK_H
#define CFNREACH_POLICY_CHECK_H

#include "policy/finding.h"
#include "policy/grade.h"
#include "policy/suppress.h"

struct opening {
    uint32_t group;      /* index */
    VEC(uint32_t) rules; /* indexes in the group, ascending: all are written at one place */
    bool written;        /* in the templates; false: the unknown rules of a group outside */
    bool used;           /* some flow uses it */
    const struct reach_flow *seen_in; /* scratch of exposed.c */
    size_t seen_at;
};

/* Where an entry of the world is kept. */
enum entry_kind { ENTRY_NONE, ENTRY_RULE, ENTRY_ACL, ENTRY_ROUTE, ENTRY_ATTACHMENT };
struct entry_place {
    enum entry_kind kind;
    uint32_t element; /* index of the group, ACL, table, gateway */
    uint32_t index;   /* in its list */
    uint32_t opening; /* of an ingress rule: index in `openings` */
};

struct draft {
    struct finding finding;
    uint32_t opening;     /* WORLD_NONE: of an aggregate */
    VEC(uint32_t) others; /* openings that are needed as well */
};

struct judged {
    struct guard when;
    bool known;
    struct reach_judgement judgement;
};
enum { JUDGED_COUNT = 256 };

struct checker {
    struct arena *arena;
    struct settings *settings;
    const struct topology *topology;
    const struct world *world;
    struct reach *reach;
    const struct reach_answer *answer;
    struct str today;
    bool brief;                  /* no words, paths, related places, suppressions */
    struct entry_place *entries; /* by id */
    VEC(struct opening) openings;
    VEC(struct draft) drafts;
    struct map draft_by_key; /* -> index + 1 */
    VEC(bool) fact_seen;     /* by variable */
    struct map fact_texts;   /* of literals: bytes -> struct str */
    size_t facts;
    struct judged *judged;          /* JUDGED_COUNT, by node; NULL until the first is asked for */
    struct tag_list *owner_tags;    /* by owner; internal to scope.c */
    struct assume_answers *assumed; /* NULL until the first blocker is told */
    const struct reach_flow *path_flow; /* the path that was made last: pieces of one flow share */
    uint32_t path_rule;
    struct ports path_ports;
    const struct finding_step *path;
    struct suppressions suppressions; /* of the templates */
    struct map step_texts;            /* internal to steps.c: what many paths have in common */
    struct map pieces;                /* internal to exposed.c: of the ranges that were split */
    const struct rule *of_range;      /* rules that exposed.c asks for by name */
    const struct rule *of_unrecognized;
    const struct rule *of_operator;
};

/* ---- index.c ---- */
void check_index(struct checker *c);
const struct world_rule *check_rule(const struct checker *c, const struct opening *o, size_t i);
const struct topology_origin *check_origin(const struct checker *c, uint32_t id);
/* Of the first of its rules. */
/* Of a group outside the templates: its rules are not known (A-SG). What AWS makes with a
 * resource (the group of a node group's remote access) is not written either, but known. */
bool opening_is_unknown(const struct checker *c, uint32_t opening);
const struct topology_origin *opening_origin(const struct checker *c, const struct opening *o);

/* The addresses of one family that an opening lets in whenever it lets those of `r` in: all
 * entries of a prefix list together. In the arena. */
struct ipset opening_remote(const struct checker *c, struct arena *a, const struct world_rule *r);

/* ---- exposed.c, aggregate.c, unused.c: each adds drafts ---- */
void check_exposed(struct checker *c);
void check_aggregates(struct checker *c);
void check_unused(struct checker *c);

/* A new draft; good until the next one. */
struct draft *check_draft(struct checker *c, const struct rule *rule, uint32_t opening,
                          enum world_edge edge);
/* The one draft of a (rule, opening, edge of the flow). Where no rule opens the flow, because
 * no group filters the interface (WORLD_NONE), one for each interface. */
struct draft *check_draft_of(struct checker *c, const struct rule *rule, uint32_t opening,
                             const struct reach_flow *f);
/* The judgement of a guard; kept. Its doubts_rule is left to check_doubts. */
struct reach_judgement check_judge(struct checker *c, struct guard when);
/* Does the witness rest on doubt about the rules of this opening (SEMANTICS 4.3)? Free text
 * that decides a route, an ACL or an address is no such doubt. */
bool check_doubts(const struct checker *c, const struct reach_judgement *j, uint32_t opening);

/* ---- edge.c: words for the ways in ---- */
const char *edge_noun(enum world_edge e); /* "the internet", "a VPC peering connection"; static */
const struct rule *edge_rule(enum world_edge e); /* of a private edge: CFNR301 ... */
/* " through load balancer 'Lb' (listener port 443)"; empty without one. */
struct str edge_via(struct arena *a, const struct finding_endpoint *e);

/* ---- scope.c ---- */
/* The tags of the owner of an interface, as far as they are definite. */
void scope_tags(struct checker *c, uint32_t owner, struct finding_endpoint *e);
/* Drops the endpoints that no target tag means; false: nothing of the draft is left. */
MUST_CHECK bool scope_keeps(struct checker *c, struct draft *d);
/* Warns of target tags that nothing has. */
void scope_warn(struct checker *c);

/* ---- endpoint.c ---- */
/* Everything of an endpoint but its kind, service and severity. `rule` is the id of the rule that
 * the path shows, or WORLD_NONE for the flow's own; `ports` is the whole stretch that it lets
 * through, of which the flow may be a part. */
struct finding_endpoint endpoint_of(struct checker *c, const struct reach_flow *f,
                                    struct ports ports, struct reach_judgement j, uint32_t rule);

/* ---- steps.c ---- */
/* The path of a flow, a sentence for each step; the last one speaks of out->ports. */
void steps_of(struct checker *c, const struct reach_flow *f, uint32_t rule,
              struct finding_endpoint *out);
/* "Route '0.0.0.0/0' of 'T' leads back to 'Igw'." ; empty if there is none. */
struct str step_route(struct checker *c, const struct reach_flow *f);
/* "any IPv4 address", "10.0.0.0/8, 192.0.2.1/32", "70 address ranges". */
struct str step_source(struct checker *c, const struct world_rule *r);
/* "tcp port 22", "all tcp ports", "all traffic". */
struct str step_ports(struct arena *a, int protocol, struct ports ports);

/* ---- place.c: where a finding is, and what it is called by ---- */
/* What the finding points at: the rule, else the owner of the interface; may be NULL. */
const struct topology_origin *place_origin(const struct checker *c, const struct draft *d);
void place_draft(struct checker *c, struct draft *d);
/* Makes fingerprints of identical duplicates differ: a second one gets ":2". */
void place_number(struct checker *c);

/* ---- words.c, advice.c ---- */
void words_draft(struct checker *c, struct draft *d);
struct str advice_of(struct checker *c, const struct draft *d);
struct str settle_of(struct checker *c, const struct draft *d);
/* "'Web'", "'Web' and 'Db'", "'Web', 'Db' and 3 others": at most three by name. */
struct str words_names(struct checker *c, const struct finding *f);

/* ---- related.c ---- */
void related_draft(struct checker *c, struct draft *d);
/* After words_draft: the constructs of the CDK behind the rule and the endpoints. */
void related_constructs(struct checker *c, struct draft *d);

/* ---- ignore.c: what the policy accepts ---- */
void ignore_draft(struct checker *c, struct draft *d);

/* ---- suppress.c: what the templates accept ---- */
/* Does a suppression that means something count? Marks it used; says why it does not. */
bool suppress_counts(struct checker *c, struct suppression *s);
/* Moves the endpoints that Metadata of their own accepts to `accepted`; a finding without any
 * other is suppressed and keeps them. */
void suppress_endpoints(struct checker *c, struct draft *d);
/* Comments, and Metadata of the resource that holds the rule. */
void suppress_draft(struct checker *c, struct draft *d);
/* Warns of suppressions that meant nothing. */
void suppress_unused(struct checker *c);

/* ---- order.c ---- */
void order_endpoints(struct finding *f);
void order_findings(struct findings *f);

#endif
