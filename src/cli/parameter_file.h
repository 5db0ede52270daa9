/*
 * Files of parameter values (--parameter-file), in the forms that AWS tools take.
 */
#ifndef CFNREACH_CLI_PARAMETER_FILE_H
#define CFNREACH_CLI_PARAMETER_FILE_H

#include "base/vec.h"
#include "cfn/unit.h"
#include "cli/options.h"

struct parameter_values {
    VEC(struct cfn_given) all;
};

/* Adds the values of a JSON or YAML file to `out`; everything lives in the arena. What cannot be
 * read is an error in `d`, at its place in the file:
 *
 *     [{"ParameterKey": "K", "ParameterValue": "V"}]    aws cloudformation create-stack
 *     ["K=V"]                                           aws cloudformation deploy
 *     {"Parameters": {"K": "V"}}                        CodePipeline
 *     {"K": "V"}
 */
void parameter_file_read(struct arena *a, struct source_set *sources, struct str path,
                         struct parameter_values *out, struct diags *d);

/* The one value that a node stands for: a text, or the texts of a list joined by commas. False if
 * it is neither; then PARAMETER_VALUE is what to say. */
bool parameter_value_of(struct arena *a, const struct doc_node *node, struct str *out);
#define PARAMETER_VALUE "The value of a parameter is a text, or a list of texts."

/* Reads the files of --parameter-file and puts their values before those of --parameters: of one
 * name the last value wins, and that is the flag's. */
void parameter_files_take(struct cli_options *o, struct source_set *sources, struct diags *d);

#endif
