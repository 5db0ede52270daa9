/*
 * What a run is asked for besides its flags: the file .cfnreach.yaml and CFNREACH_ variables.
 *
 *     flags > CFNREACH_POLICY ... > .cfnreach.yaml > defaults
 *
 * The file is the closest one upwards from what is looked at (else from the working folder), not
 * beyond the folder with .git; files are not merged. Its keys are the rows of config_keys; each
 * stands for an option, whose own `take` reads the value.
 */
#ifndef CFNREACH_CLI_CONFIG_H
#define CFNREACH_CLI_CONFIG_H

#include "cli/options.h"

/* Values of parameters for the templates whose path matches. */
struct config_scope {
    struct str glob;
    VEC(struct cfn_given) given;
};

struct config {
    struct str path;                /* of the file; "" : there is none */
    struct str folder;              /* what its relative paths begin with; "" or "up/" */
    struct span policy_at;          /* the value of its 'policy', if that is taken */
    struct str below;               /* of the working folder below that of the file: "down/" */
    const struct doc_node *ignores; /* entries as of a policy; NULL: none */
    VEC(struct cfn_given) given;    /* for every template */
    VEC(struct config_scope) scopes;
};

/* Takes what the flags have left open into `o`, and sets o->config. False after an error in `d`,
 * with its place in the file. */
MUST_CHECK bool config_take(struct cli_options *o, struct source_set *sources, struct diags *d);

/* What was said since `from` about a policy that the file names gets the place where it does. */
void config_place_policy(const struct cli_options *o, struct diags *d, size_t from);

/* Puts the file's parameters before those of the flags, which win. */
void config_parameters(struct cli_options *o);

/* Values for one template alone; those that flags give are left out. */
struct cfn_given *config_given(const struct cli_options *o, struct str path, size_t *n);

/* The command `config`: every key, its value, and where that comes from. */
int run_config(struct cli_options *o);

#endif
