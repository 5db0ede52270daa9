/*
 * Guarded values. Evaluating a node gives alternatives: terms with disjoint guards that
 * together cover the guard that was asked for.
 *
 *     CidrIp: !If [IsDev, 0.0.0.0/0, !Ref Office]
 *        Env=dev          -> text "0.0.0.0/0"
 *        not Env=dev      -> unknown (parameter Office)
 *
 * Only scalars are evaluated to the end: a list or map stays a tree whose elements are asked
 * for one by one, each with its own guard, so that 60 optional rules are 60 terms and not 2^60
 * lists. The number of alternatives of a value is bounded (LIMIT_ALTERNATIVES): beyond it a
 * value is one unknown with the guard "budget" and a CFNR920 diagnostic.
 *
 * All functions take nodes of the template `t` and return memory of the unit's arena.
 */
#ifndef CFNREACH_CFN_VALUE_H
#define CFNREACH_CFN_VALUE_H

#include "cfn/unit.h"

enum cfn_kind {
    CFN_NONE,   /* AWS::NoValue, or a property that is absent */
    CFN_TEXT,   /* a known scalar */
    CFN_LIST,   /* a list: of nodes (`tree`), or computed (`parts`) */
    CFN_MAP,    /* a map: `tree` */
    CFN_OBJECT, /* Ref (attribute "") or GetAtt of a resource: its identity */
    CFN_JOINED, /* text with parts that are not known: `parts` in order */
    CFN_UNKNOWN /* known only after deployment */
};

enum cfn_why {
    CFN_WHY_PARAMETER, /* free text, or an AWS-specific or SSM type without a readable value */
    CFN_WHY_IMPORT,
    CFN_WHY_DYNAMIC,   /* {{resolve:...}} */
    CFN_WHY_PSEUDO,    /* AWS::AccountId ... */
    CFN_WHY_ATTRIBUTE, /* GetAtt of something whose value exists only after deployment */
    CFN_WHY_MACRO,
    CFN_WHY_COMPUTED, /* a function over unknown arguments */
    CFN_WHY_FAULT,    /* the template is wrong here; already diagnosed */
    CFN_WHY_BUDGET
};

/* One unknown thing. The same expression is the same unknown everywhere (SEMANTICS 4.2):
 * pointers are equal iff `text` is. */
struct cfn_unknown {
    enum cfn_why why;
    struct str text; /* canonical and shown to people: "SubnetId", "ImportValue net-Subnet",
                        "SubnetIds[0]" */
    const struct cfn_parameter *parameter; /* of CFN_WHY_PARAMETER, else NULL */
    const struct cfn_parameter *pseudo;    /* of CFN_WHY_PSEUDO where it is a Ref, else NULL */
    bool is_list;
    const struct cfn_unknown *list; /* the list of which it is an element, or NULL */
    uint32_t index;                 /* its place there */
};

struct cfn_term {
    struct guard when;
    enum cfn_kind kind;
    enum doc_type type;                  /* of CFN_TEXT */
    uint32_t part_n;                     /* how many `parts`; here, where it takes no room */
    struct str text;                     /* CFN_TEXT */
    const struct cfn_resource *resource; /* CFN_OBJECT */
    struct str attribute;                /* CFN_OBJECT: "" for Ref */
    const struct cfn_unknown *unknown;   /* CFN_UNKNOWN */
    const struct doc_node *tree;         /* CFN_LIST (or NULL), CFN_MAP */
    const struct cfn_term
        *parts; /* CFN_JOINED; CFN_LIST without tree: items, each with its guard */
    const struct cfn_template *home; /* the template whose nodes these are */
    const struct doc_node *node;     /* what is written at the place of use */
    const struct doc_node *literal;  /* where a known text stands: the node itself, a Default, an
                                        AllowedValues item, a mapping value; NULL for others */
    const struct cfn_parameter *parameter; /* the parameter that supplied it, or NULL */
};

struct cfn_value {
    const struct cfn_term *at;
    size_t n;
};

/* The alternatives of a node (NULL: one CFN_NONE term) under `when` (FALSE: no terms). */
struct cfn_value cfn_eval(const struct cfn_template *t, const struct doc_node *node,
                          struct guard when);

/* Property `key` ("A/B" goes down) of a resource, under its own Condition. */
struct cfn_value cfn_property(const struct cfn_resource *r, const char *key);

/* Member `key` ("A/B" goes down) of every alternative of a value; a term that is no map (or
 * has no such member) gives CFN_NONE, an unknown term an unknown. */
struct cfn_value cfn_get(struct cfn_value v, const char *key);
struct cfn_value cfn_get_term(const struct cfn_term *map, const char *key);

/* The elements of all alternatives that are lists, each with its own guard (not disjoint),
 * NoValue left out. A single scalar or map counts as a list of one. An unknown list is one
 * unknown element. Order: as written. */
struct cfn_value cfn_items(struct cfn_value v);

/* A text or joined term split at a separator (blanks around parts trimmed): "a,b" as a list. */
struct cfn_value cfn_split(const struct cfn_template *t, struct cfn_value v, char separator);

/* Yes, no, or not known; the three are disjoint. Booleans and the strings "true"/"false" in
 * any case. CFN_NONE gives `absent`. */
struct cfn_truth {
    struct guard yes;
    struct guard no;
    struct guard absent;
    struct guard unknown;
};
struct cfn_truth cfn_truth(const struct cfn_template *t, struct cfn_value v);

/* An integer of CFN_TEXT (numbers, or strings of digits); false otherwise. */
MUST_CHECK bool cfn_integer(const struct cfn_term *term, int64_t *out);

/* The candidate sources of a term that is not known (SEMANTICS 4.4, 10.7): CFN_TEXT terms
 * "0.0.0.0/0", "::/0", "8.8.8.8/32" with disjoint guards on the unknown's own variable, inside
 * term->when; what is left of term->when is any other value. `node` is term->node. */
struct cfn_value cfn_candidates(const struct cfn_term *term);

/* Are two scalars the same? Texts compare; the same unknown is the same; texts joined from the
 * same unknown parts with different literals differ (SEMANTICS 10.1). */
enum cfn_sameness { CFN_SAME, CFN_DIFFERENT, CFN_UNDECIDED };
enum cfn_sameness cfn_compare(const struct cfn_term *a, const struct cfn_term *b);

/* A canonical text: equal for equal expressions. "SubnetId", "${AWS::Region}a", "Web.GroupId".
 * NoEcho values are never in it. */
struct str cfn_text_of(struct arena *a, const struct cfn_term *term);

/* for (each alternative or item of a value) */
#define FOREACH_TERM(term, value)                                                                  \
    for (const struct cfn_term *term = (value).at; term < (value).at + (value).n; term++)

#endif
