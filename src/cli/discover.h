/*
 * Paths on the command line into files to read. Folders are searched for templates by
 * extension; a folder's files come in byte order of their paths, so output never depends on
 * the file system. A folder with the manifest of a CDK assembly is read by it (assembly.h).
 *
 *     template.yaml    stacks/    cdk.out    network=template.yaml,parameters.json    -
 */
#ifndef CFNREACH_CLI_DISCOVER_H
#define CFNREACH_CLI_DISCOVER_H

#include "base/vec.h"
#include "cfn/unit.h"

struct found_file {
    struct str path;
    bool by_hand;            /* named on the command line, not found in a folder */
    struct str stack_name;   /* "" : not given */
    struct str parameters;   /* a file of values for this template alone; "" : none */
    struct cfn_given *given; /* values for this template alone */
    size_t given_n;
};

struct found {
    VEC(struct found_file) files;
};

/* Looks at one path ("-" is standard input, NAME=PATH[,FILE] a path with the name of its stack and
 * a file of parameter values, unless there is such a file) and adds what it stands for. What cannot
 * be opened is a CFNR900 diagnostic. Symbolic links to folders are not followed below the first
 * one. */
void discover(struct arena *a, struct str path, struct found *found, struct diags *d);

/* Leaves each file once, at its first place: one may be named twice, or be in a folder that is
 * named as well. Under two names of stacks it is two stacks. Paths are relative to `cwd`, absolute.
 */
void discover_once(struct found *found, struct str cwd);

/* Does the name end in .yaml .yml .json .template .cfn .jsn (any case)? */
bool discover_is_candidate(struct str name);

#endif
