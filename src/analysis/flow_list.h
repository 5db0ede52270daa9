/*
 * What can be reached, freed from the analyses that found it: so that the flows of two states of
 * a project can be compared, whatever their units were.
 *
 *     analysis --flow_list_add--> ways, by name; of each its open ranges, and what the policy
 *                                 says of them
 *
 * A *way* is what a flow is recognised by: interface, edge, gateway, balancer and its listener,
 * family, protocol. Names are those of the templates: without the name of a unit's first stack,
 * which comes from its file's name.
 */
#ifndef CFNREACH_ANALYSIS_FLOW_LIST_H
#define CFNREACH_ANALYSIS_FLOW_LIST_H

#include "analysis/analysis.h"
#include "analysis/flow_guards.h"

struct flow_place {
    struct str file; /* "" : nothing to point at */
    uint32_t line;
    uint32_t column;
};

struct flow_step {
    struct str component;
    struct str type;
    bool implicit;
};

/* How far something is open. */
struct flow_state {
    enum reach_verdict verdict;
    enum guard_doubt doubt;
    enum exposure exposure;
    struct guard when;      /* in the space of the list's guards */
    struct str witness;     /* "Env=dev, A-NACL(S)"; "" : always */
    bool is_sourced;        /* the sources are known: some rule lets them in */
    struct ipset sources;   /* that the opening rules let in; cut to the edge's addresses */
    bool is_everybody;      /* sources: every address beyond the edge */
    VEC(struct str) groups; /* whose members they let in, sorted */
    const struct flow_step *path;
    size_t path_n;
    struct flow_place place; /* of the first opening rule, else of what is exposed */
};

struct flow_range {
    struct ports ports;
    const struct flow_state *state;
};

/* What the policy says of some ports: an endpoint of a finding. */
struct flow_grade {
    struct ports ports;
    const struct rule *rule;
    enum severity severity;
    struct str service; /* "SSH" */
    bool suppressed;
    struct flow_place place;
};

struct flow_way {
    struct str name; /* all of the following but the file; ends in the family */
    struct str file; /* relative to what was compared; "" : that is one file */
    struct str resource;
    struct str interface;
    enum world_edge edge;
    struct str component; /* "" : outside the templates */
    struct str via;       /* "" : none */
    struct ports listener;
    unsigned family;
    int protocol;
    VEC(struct flow_range) ranges; /* by port */
    VEC(struct flow_grade) grades;
};

struct flow_list {
    struct arena *arena;
    struct flow_guards *guards; /* the same for lists that are compared */
    struct str base;            /* folder that `file` is relative to, with its slash */
    bool one_file;              /* `file` is not part of the key: it may have been renamed */
    struct map by_key;          /* flow_way_key -> struct flow_way */
    VEC(struct str) files;      /* of all templates, those without a flow as well */
    struct map unread;          /* those that were not analysed to the end */
};

/* "net/web.yaml" is "net/web": a change from YAML to JSON changes no network. */
struct str flow_file_stem(struct str path);

void flow_list_init(struct flow_list *l, struct arena *a, struct flow_guards *guards);

struct str flow_way_key(struct arena *a, struct str file, struct str name);

/* Copies what it needs; the analysis may be dropped. */
void flow_list_add(struct flow_list *l, const struct analysis *a);

#endif
