/*
 * Inside cfn: Fn::ForEach, which AWS::LanguageExtensions expands before anything else happens.
 *
 *     Fn::ForEach::Subnets: [Zone, [a, b], {"Subnet${Zone}": {...}}]   ->   Subneta, Subnetb
 *
 * A copy of the tree is expanded, so nothing right of it knows of loops. A copied node keeps the
 * span of what is written, has the written node as `target`, and says how many copies there are.
 * ("Fn::ForEach", AWS CloudFormation Template Reference; RFC 0009 of cfn-language-discussion for
 * what is refused.)
 */
#ifndef CFNREACH_CFN_LOOPS_H
#define CFNREACH_CFN_LOOPS_H

#include "cfn/eval.h"

/* Replaces t->doc by one in which loops are expanded, if there are any. Parameters and mappings
 * must have been read. A loop that cannot be expanded stays as it is: what it makes is unknown. */
void cfn_loops_expand(struct cfn_template *t);

/* Where another value than its Default is given to a parameter that a loop goes over, nobody
 * knows whether the loop still makes the resource or output of this name. FALSE for those that
 * no such loop makes. Parameters must have their variables. */
struct guard cfn_loop_unsure(const struct cfn_template *t, const char *section, struct str name);

/* ---- within the three files of loops ------------------------------------------------------ */

/* A value that was read from a Default, though another may be given. */
struct loop_need {
    const struct cfn_parameter *parameter;
    struct str value;
    const struct loop_need *outer;
};

struct loop_needs {
    const struct loop_need *innermost;
};

/* An identifier and its item, innermost first. */
struct loop_bound {
    struct str name;
    struct str text;
    struct str bare; /* text without what is neither letter nor digit: `&{name}` */
    const struct loop_bound *outer;
};

struct loop_work {
    struct cfn_template *t;
    const struct loop_bound *bound;
    const struct loop_need *needs; /* of the loops around */
    uint16_t copies;               /* of what is being copied */
    uint32_t spent;                /* of LIMIT_LOOP_NODES */
    bool is_over;                  /* that, or */
    bool is_long;                  /* a text over LIMIT_VALUE_BYTES */
    struct map names;              /* loops seen: name -> key node as written */
};

struct loop_texts {
    VEC(struct str) at;
};

/* loop_text.c: the text of an expression that the transform can compute, under the bindings;
 * *is_none for AWS::NoValue. False if it cannot. */
MUST_CHECK bool loop_text_of(struct loop_work *w, const struct doc_node *node, struct str *out,
                             bool *is_none);
/* The items of a collection. */
MUST_CHECK bool loop_list_of(struct loop_work *w, const struct doc_node *node,
                             struct loop_texts *out);
/* The text with every `${Identifier}` and `&{Identifier}` replaced. */
struct str loop_substitute(struct loop_work *w, struct str text);
const struct loop_bound *loop_bound_of(const struct loop_work *w, struct str name);
/* `!Ref X`, {"Ref": X}, scalars only: X, or empty. */
struct str loop_referred(const struct doc_node *node);

/* What stands in a map: made by copying, or kept as written. */
struct loop_entry {
    struct doc_node *key;
    struct doc_node *value;
    const struct doc_entry *kept; /* then the others are NULL */
};

struct loop_entries {
    VEC(struct loop_entry) at;
    bool has_loop;
};

/* loop_copy.c: is there something to expand or to compute in the tree? */
bool loop_is_needed(const struct doc_node *node, uint32_t depth);
/* A copy of the tree with the bindings applied and inner loops expanded; its parent is not set. */
struct doc_node *loop_copy(struct loop_work *w, const struct doc_node *node, uint32_t depth);
/* A copy of the node alone. */
struct doc_node *loop_copy_node(struct loop_work *w, const struct doc_node *node);
/* Copies the entries of a map, inner loops expanded. */
void loop_copy_entries(struct loop_work *w, const struct doc_node *map, struct loop_entries *out,
                       uint32_t depth);
/* Makes them the entries of the map; a name that a loop makes and that is there already is
 * diagnosed. */
void loop_adopt(struct loop_work *w, struct doc_node *map, const struct loop_entries *entries);

/* Replaces t->doc by one with another section in place of `old`. */
void loop_replace_section(struct loop_work *w, const struct doc_node *old, struct doc_node *made);

/* loops.c: what a loop makes of its body, added to `out`; false if it is left as it is. */
bool loop_expand(struct loop_work *w, const struct doc_entry *loop, struct loop_entries *out,
                 uint32_t depth);
/* Says of what was needed since `before` that `what` rests on it. */
void loop_say_needs(struct loop_work *w, const struct loop_need *before, const struct doc_node *at,
                    struct str what);
bool loop_is_key(struct str key);

#endif
