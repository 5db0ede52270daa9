/*
 * A unit: the templates that are analysed together, their one space of variables,
 * and what the user said about them. Most units have one template; exports and nested stacks
 * join several (SEMANTICS 4.7). A template that two stacks use is there twice, under two names.
 *
 *     options + doc --cfn_add--> template --cfn_seal--> family, references
 *
 * Everything lives in the unit's arena. After cfn_seal the unit is const, except that
 * evaluation (cfn/value.h) may add variables for unknown values to the space.
 */
#ifndef CFNREACH_CFN_UNIT_H
#define CFNREACH_CFN_UNIT_H

#include <stdatomic.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/regex_shelf.h"
#include "base/vec.h"
#include "doc/doc.h"
#include "guard/guard.h"
#include "text/diag.h"

struct cfn_unit;
struct cfn_template;
struct cfn_constraints;
struct cfn_unknown;
struct cfn_term;
struct cfn_known;
struct cfn_domains;
struct cfn_export;

/* Ranks of the variables that cfn adds (struct guard_variable): the order of SEMANTICS 4.2. */
enum { CFN_RANK_PARAMETER = 0, CFN_RANK_CONDITION = 1 };

/* --parameters K=V, in order; the last of a name wins. */
struct cfn_given {
    struct str name;
    struct str value;
    atomic_bool used; /* set when a template declares the parameter; units share it */
};

struct cfn_options {
    struct cfn_given *given;
    size_t given_n;
    struct str region;            /* --region; empty: AWS::Region is symbolic */
    struct regex_shelf *patterns; /* of all units; NULL: none, each compiles its own */
};

/* The label of the outcome that stands for all values which are not named. */
#define CFN_ANY_OTHER "(any other value)"

/* A parameter and its variable. Outcomes: the AllowedValues, else Default and every value
 * that conditions and map lookups compare it with; then, for text without AllowedValues, those
 * candidate sources ("0.0.0.0/0", "::/0", "8.8.8.8/32") that AllowedPattern, MinLength and
 * MaxLength admit (SEMANTICS 4.4); then "any other value". A parameter with one possible
 * outcome (given on the command line) has no variable. */
struct cfn_parameter {
    struct str name;
    struct str type;
    const struct doc_node *node; /* the declaration */
    const struct doc_node *key;
    const struct doc_node *default_node; /* NULL if none, or if the type is an SSM type */
    bool no_echo;
    bool is_given; /* value from the command line */
    bool is_bound; /* value from the parent stack */
    struct str given;
    bool is_list;     /* CommaDelimitedList, List<...> */
    bool is_opaque;   /* AWS::SSM::..., AWS::EC2::VPC::Id ...: an identity, never a text to read */
    bool has_allowed; /* AllowedValues present: no "any other value" */
    uint32_t var;     /* GUARD_NO_OUTCOME if it has none */
    const struct str *outcomes; /* texts of the known outcomes and candidates, by outcome */
    const struct doc_node *const
        *outcome_nodes; /* where each stands (Default, AllowedValues item); NULL entries */
    uint32_t known;     /* outcomes [0, known) are values that Ref yields as text */
    uint32_t
        candidates; /* outcomes [known, known + candidates): candidate sources, "unknown" to Ref */
    uint32_t other; /* the outcome "any other value"; GUARD_NO_OUTCOME if there is none */
    int64_t min_value; /* Number: bounds, else INT64_MIN / INT64_MAX */
    int64_t max_value;
    bool is_pseudo; /* AWS::Region and its like */
    bool is_ssm;    /* AWS::SSM::Parameter::Value<...>: given values and Default are names */
    /* Internal to cfn (parameters.h): */
    const struct cfn_constraints *constraints;
    const struct cfn_unknown *unknown; /* its value where it is not known */
    struct cfn_template *settled_in;   /* its terms are made when they are asked for; else NULL */
    const struct cfn_term *terms;      /* what Ref yields, under TRUE; cfn_parameter_terms */
    size_t term_n;
    const struct cfn_term *keys; /* the same for comparisons and lookups: identities are texts */
    size_t key_n;
};

struct cfn_resource {
    struct cfn_template *home;
    struct cfn_template *nested; /* of a stack whose template is in the unit: that template */
    struct str id;               /* logical id */
    struct str type;             /* "AWS::EC2::Instance"; "" if missing */
    const struct doc_node *key;
    const struct doc_node *node;
    const struct doc_node *properties; /* NULL if absent */
    struct guard when;                 /* its Condition; TRUE if none */
    struct guard unsure; /* a loop over other values than the known may make it, or not */
    uint32_t index;      /* position in the template */
};

/* A Ref, GetAtt or Sub that names a resource. */
struct cfn_reference {
    const struct cfn_resource *from; /* NULL: from an output */
    struct str output;               /* name of the output if from is NULL */
    bool exported;                   /* that output has an Export */
    bool depends_on;                 /* it is a DependsOn entry, not a property */
    const struct cfn_resource *to;
    const struct doc_node *node; /* the intrinsic as written */
};

struct cfn_output {
    struct str name;
    const struct doc_node *value;
    const struct doc_node *export_name; /* NULL if not exported */
    const struct doc_node *condition;   /* NULL if there is none */
    struct guard when;
    struct cfn_known *known; /* internal: its value, once asked for */
};

/* A template before it is read. */
struct cfn_input {
    const struct doc *doc;
    struct str name;         /* struct cfn_template.name */
    struct str stack_name;   /* AWS::StackName; "": not known */
    struct cfn_given *given; /* values for this template alone: they win over the unit's */
    size_t given_n;
};

/* `resource` of the template in `parent`, a nested stack, is made from `child`. */
struct cfn_nesting {
    const struct doc *parent;
    struct str resource;
    const struct doc *child;
};

struct cfn_template {
    struct cfn_unit *unit;
    const struct doc *doc; /* loops expanded */
    struct str name; /* shown before logical ids where a unit has several templates; else "" */
    uint32_t index;  /* position in the unit */
    struct cfn_resource *stack; /* the nested stack that it is the template of; NULL: of none */
    struct guard when;          /* where that stack exists; TRUE */
    struct cfn_input input;
    enum { CFN_DECLARED, CFN_SETTLING, CFN_SETTLED } state;
    VEC(struct cfn_parameter *) parameters;
    VEC(struct cfn_resource *) resources; /* in order of writing */
    VEC(struct cfn_output) outputs;
    VEC(struct cfn_reference) references; /* filled by cfn_seal, in order of writing */
    struct map parameter_by_name;
    struct map resource_by_id;
    struct map condition_by_name; /* internal */
    struct map mapping_by_name;   /* internal */
    struct map loop_needs;        /* internal: what rests on the items of a loop (loops.h) */
    bool is_serverless;           /* AWS::Serverless is among its transforms */
    struct cfn_domains *domains;  /* internal: once asked for */
    struct map pseudos;           /* internal: those that each stack has for itself */
    bool has_macro;               /* a Transform or Fn::Transform that is not modelled */
};

struct cfn_unit {
    struct arena *arena;
    struct source_set *sources;
    struct diags *diags;
    struct guard_space *space;
    struct cfn_options options;
    VEC(struct cfn_template *) templates; /* a parent before its children */
    VEC(struct cfn_nesting) nestings;
    VEC(struct cfn_export) exports; /* internal (exports.h), once asked for */
    enum { CFN_EXPORTS_NOT_YET, CFN_EXPORTS_BUSY, CFN_EXPORTS_READY } exports_state;
    struct guard family; /* assignments that can be deployed (SEMANTICS 10.16); after cfn_seal */
    struct map unknowns; /* internal: canonical text -> struct cfn_unknown */
    struct map choices;  /* internal: canonical text -> a variable for what cannot be decided */
    struct map lookups;  /* internal: map lookups with simple arguments, once made */
    const struct cfn_term *last_none; /* internal: what cfn_none_value gave last */
    struct map attributes;            /* internal: "Vpc.CidrBlock" -> its value, once asked for */
    struct map pseudos;               /* internal: "AWS::Region" -> struct cfn_parameter */
};

struct cfn_unit *cfn_unit_new(struct arena *a, struct source_set *sources, struct diags *d,
                              struct cfn_options options);

/* Reads the sections of a template: parameters, mappings, conditions, resources, outputs, and
 * the templates of its nested stacks. Faults are diagnostics in the unit's queue; what can be
 * read is kept. Nothing is evaluated yet. Returns NULL only if the document is no map. */
struct cfn_template *cfn_declare(struct cfn_unit *u, const struct cfn_input *input);

/* Gives parameters their variables (domains are collected from all conditions and lookups
 * first), and decides conditions; what it takes from other templates settles them as well. */
void cfn_settle(struct cfn_template *t);

/* Both, for a template that stands alone. */
struct cfn_template *cfn_add(struct cfn_unit *u, const struct doc *doc, struct str name);

/* "Network/Subnet": a name of a template as a unit of several shows it. */
struct str cfn_qualified(const struct cfn_template *t, struct str name);
struct str cfn_resource_name(const struct cfn_resource *r); /* the same of its id */
/* The parameter, the resource that such a name means; NULL if there is none. */
const struct cfn_parameter *cfn_parameter_called(const struct cfn_unit *u, struct str name);
const struct cfn_resource *cfn_resource_called(const struct cfn_unit *u, struct str name);

/* Collects references (undefined ones are CFNR910 with a suggestion, cycles CFNR911) and the
 * family of deployable assignments (an assignment under which a live resource refers to one
 * whose Condition is false, or that violates an assertion of Rules, is taken out: CFNR941). Call
 * once, after the last cfn_declare; settles what is not settled. */
void cfn_seal(struct cfn_unit *u);

const struct cfn_resource *cfn_resource(const struct cfn_template *t, struct str id);

/* `--dump=cfn`: parameters with outcomes, conditions with guards, and every resource with its
 * evaluated properties, a line each. */
void cfn_dump(struct cfn_unit *u, struct buf *out);

#endif
