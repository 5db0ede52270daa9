/*
 * Inside cfn: parameters, from their declaration to their variable.
 */
#ifndef CFNREACH_CFN_PARAMETERS_H
#define CFNREACH_CFN_PARAMETERS_H

#include "base/regex.h"
#include "cfn/domain.h"
#include "cfn/value.h"

/* AllowedPattern, lengths and bounds as declared. */
struct cfn_constraints {
    const struct regex *pattern; /* NULL: none, or one that cannot be read */
    bool *gave_up; /* set once the pattern took too many steps; then it is not tried again */
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
/* Those that differ from stack to stack, of a template with a name or a stack's name. */
void cfn_pseudos_own(struct cfn_template *t);
/* The pseudo parameter of this name ("AWS::Region"), or NULL. */
struct cfn_parameter *cfn_pseudo(const struct cfn_template *t, struct str name);
/* The names of all pseudo parameters. */
size_t cfn_pseudo_names(const struct str **names);

/* Gives it its outcomes and variable. `domain` may be NULL. */
void cfn_parameter_settle(struct cfn_template *t, struct cfn_parameter *p,
                          const struct cfn_domain *domain);
/* What Ref yields for it, under TRUE; `as_key`: for comparisons and lookups, to which identities
 * are texts. Nothing before it is settled. Made once, and only if somebody asks: most parameters
 * with a long list of AllowedValues say nothing of the network. */
struct cfn_value cfn_parameter_terms(struct cfn_parameter *p, bool as_key);

/* The same for a parameter of a nested stack's template, which has no choice of its own: it is
 * what the parent passes (nested.c), else its Default. */
void cfn_parameter_bind(struct cfn_template *t, struct cfn_parameter *p);
/* The terms of a text that is fixed, as Ref yields it. */
struct cfn_term cfn_parameter_fixed(const struct cfn_template *t, const struct cfn_parameter *p,
                                    struct str text, const struct doc_node *literal);

/* Would CloudFormation take the value: by AllowedValues, else as below? */
bool cfn_parameter_admits(const struct cfn_parameter *p, struct str text);

/* May the parameter have this value (pattern, lengths, bounds; AllowedValues are not looked at)?
 * Of a list: may one of its elements? */
bool cfn_parameter_accepts(const struct cfn_parameter *p, struct str text);

#endif
