/*
 * Inside cfn: how an expression is evaluated. A scope says where, a call is one use of an
 * intrinsic function, and each function is one row of the table in intrinsic.c whose handler
 * gives the alternatives of the call.
 *
 *     !Sub "${Vpc}-x"      {"Fn::Sub": "${Vpc}-x"}
 *      tag  args                 fn      args
 *
 * A handler returns terms with disjoint guards that cover the guard it was given.
 */
#ifndef CFNREACH_CFN_EVAL_H
#define CFNREACH_CFN_EVAL_H

#include "cfn/value.h"

/* Attributes that are being followed (getatt.c), innermost first: a circle is found here. */
struct cfn_frame {
    const struct cfn_resource *resource;
    struct str attribute;
    const struct cfn_frame *outer;
};

struct cfn_scope {
    const struct cfn_template *t;
    const struct cfn_frame *frames;
    uint32_t depth;
    bool as_key;       /* for a comparison or lookup: identities are read as their texts */
    bool in_condition; /* inside Conditions: resources do not exist yet */
};

struct cfn_mapping {
    struct str name;
    const struct doc_node *node; /* the map of maps */
};

struct cfn_condition {
    struct str name;
    const struct doc_node *key;
    const struct doc_node *node; /* its expression */
    enum { CFN_NOT_YET, CFN_IN_PROGRESS, CFN_DONE } state;
    struct guard guard; /* once done */
};

struct cfn_function;

struct cfn_call {
    const struct cfn_function *fn;
    const struct doc_node *node; /* the whole call, for diagnostics and provenance */
    const struct doc_node *args; /* its argument; the same node in the short form */
    bool tagged;                 /* short form: the tag of args is the function's own */
};

typedef struct cfn_value cfn_handler(const struct cfn_scope *s, const struct cfn_call *c,
                                     struct guard when);

enum cfn_form {
    CFN_FORM_REF,       /* argument: a name */
    CFN_FORM_GETATT,    /* "A.B" or [A, B] */
    CFN_FORM_SUB,       /* a text, or [text, map] */
    CFN_FORM_IF,        /* [condition, value, value] */
    CFN_FORM_VALUE,     /* any single argument */
    CFN_FORM_LIST,      /* a list of min to max arguments */
    CFN_FORM_CONDITION, /* only inside Conditions and Rules */
    CFN_FORM_MACRO      /* rewritten by something that is not modelled */
};

struct cfn_function {
    const char *name; /* "Fn::Join" */
    const char *tag;  /* "!Join" */
    enum cfn_form form;
    uint8_t min; /* CFN_FORM_LIST, CFN_FORM_IF, CFN_FORM_CONDITION: number of arguments */
    uint8_t max;
    cfn_handler *eval; /* NULL for CFN_FORM_CONDITION */
};

/* Is the node a call? Also true, with fn NULL, for tags and "Fn::" names that no row has. */
MUST_CHECK bool cfn_call_of(const struct doc_node *node, struct cfn_call *out);

/* Is the argument of a short form a call in the long form? `!Base64 {"Fn::Sub": ...}`: the tag
 * belongs to the outer call, the map is the inner one. */
MUST_CHECK bool cfn_inner_call_of(const struct cfn_call *c, struct cfn_call *out);

/* As cfn_call_of for expressions of Conditions, where {"Condition": name} is a call as well. */
MUST_CHECK bool cfn_condition_call_of(const struct doc_node *node, struct cfn_call *out);

/* Is this key a loop or a transform that stands among ordinary keys ("Fn::ForEach::X",
 * "Fn::Transform")? What it adds is not known. */
bool cfn_is_macro_key(struct str key);

/* Are number and shape of the arguments right? If not: a CFNR912 diagnostic and false. */
MUST_CHECK bool cfn_call_check(const struct cfn_template *t, const struct cfn_call *c);

/* Argument i of a call whose argument is a list. */
const struct doc_node *cfn_arg(const struct cfn_call *c, size_t i);

/* The alternatives of a node; node NULL is one CFN_NONE. */
struct cfn_value cfn_eval_in(const struct cfn_scope *s, const struct doc_node *node,
                             struct guard when);
/* The single argument of a call (the tag of a short form is not taken for a second call). */
struct cfn_value cfn_eval_argument(const struct cfn_scope *s, const struct cfn_call *c,
                                   struct guard when);
struct cfn_scope cfn_scope_of(const struct cfn_template *t);

/* The guard of a condition's name / of the expression of a condition (conditions.c). An
 * undefined name is diagnosed at `at`. */
struct guard cfn_condition_named(const struct cfn_scope *s, struct str name,
                                 const struct doc_node *at);
struct guard cfn_condition_guard(const struct cfn_scope *s, const struct doc_node *expression);

/* Handlers, one file per job. */
cfn_handler cfn_fn_ref, cfn_fn_getatt, cfn_fn_sub, cfn_fn_join, cfn_fn_select, cfn_fn_split,
    cfn_fn_find_in_map, cfn_fn_if, cfn_fn_cidr, cfn_fn_get_azs, cfn_fn_base64, cfn_fn_import,
    cfn_fn_stack_output, cfn_fn_length, cfn_fn_to_json, cfn_fn_macro;

/* A diagnostic at a node (may be NULL), with resource and property filled from its place in
 * the tree: CFN_FAULT(t, id, node, format, ...). */
#define CFN_FAULT(t, id, node, ...)                                                                \
    cfn_placed((t), (node), diag_add((t)->unit->diags, (id), cfn_span(node), __VA_ARGS__))
struct diag *cfn_placed(const struct cfn_template *t, const struct doc_node *node, struct diag *g);
struct span cfn_span(const struct doc_node *node);

/* suggest() for a diagnostic: empty where there are too many names to compare each time. */
struct str cfn_nearest(const struct cfn_template *t, struct str name, const struct str *names,
                       size_t n);

/* The value of a wrong expression, to go with a diagnostic. */
struct cfn_value cfn_faulty(const struct cfn_template *t, const struct doc_node *node,
                            struct guard when);

/* One unknown as a value. */
struct cfn_value cfn_unknown_value(const struct cfn_template *t, const struct cfn_unknown *unknown,
                                   const struct doc_node *node, struct guard when);

/* Alternatives (or bytes) ran out: the value of last resort, and CFNR920 once per place. */
struct cfn_value cfn_over_budget(const struct cfn_template *t, const struct doc_node *node,
                                 struct guard when, const char *what);

/* If a guard ran out of nodes since the last call: CFNR920 that names the place. */
void cfn_report_budget(const struct cfn_template *t, const struct doc_node *node);

#endif
