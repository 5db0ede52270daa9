/*
 * Inside cfn: parameters, from their declaration to their variable.
 */
#ifndef CFNREACH_CFN_PARAMETERS_H
#define CFNREACH_CFN_PARAMETERS_H

#include "cfn/domain.h"
#include "cfn/value.h"

/* AllowedPattern, lengths and bounds as declared. */
struct cfn_constraints {
    struct str pattern;
    bool has_pattern; /* and it compiles */
    int64_t min_length;
    int64_t max_length;
};

/* Candidate sources of a text that nobody knows (SEMANTICS 4.4). */
enum { CFN_CANDIDATES = 3 };
extern const struct str cfn_candidate_texts[CFN_CANDIDATES];

/* Reads a declaration (`entry` of Parameters): type, constraints, Default, given value. Wrong
 * shapes and violated constraints are diagnosed. No variable yet. */
struct cfn_parameter *cfn_parameter_read(struct cfn_template *t, const struct doc_entry *entry);

/* Adds the pseudo parameters to a new unit. AWS::Region has a value if --region gave one. */
void cfn_pseudos_add(struct cfn_unit *u);
/* The pseudo parameter of this name ("AWS::Region"), or NULL. */
struct cfn_parameter *cfn_pseudo(struct cfn_unit *u, struct str name);
/* The names of all pseudo parameters. */
size_t cfn_pseudo_names(const struct str **names);

/* Gives it its outcomes and variable, and the terms that Ref yields. `domain` may be NULL. */
void cfn_parameter_settle(struct cfn_template *t, struct cfn_parameter *p,
                          const struct cfn_domain *domain);

/* May the parameter have this value (pattern, lengths, bounds; AllowedValues are not looked at)?
 * Of a list: may one of its elements? */
bool cfn_parameter_accepts(const struct cfn_parameter *p, struct str text);

#endif
