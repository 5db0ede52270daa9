/*
 * Paths on the command line into files to read. Folders are searched for templates by
 * extension; a folder's files come in byte order of their paths, so output never depends on
 * the file system.
 */
#ifndef CFNREACH_CLI_DISCOVER_H
#define CFNREACH_CLI_DISCOVER_H

#include "base/vec.h"
#include "text/diag.h"

struct found_file {
    struct str path;
    bool by_hand; /* named on the command line, not found in a folder */
};

struct found {
    VEC(struct found_file) files;
};

/* Looks at one path ("-" is standard input) and adds what it stands for. What cannot be opened
 * is a CFNR900 diagnostic. Symbolic links to folders are not followed below the first one. */
void discover(struct arena *a, struct str path, struct found *found, struct diags *d);

/* Does the name end in .yaml .yml .json .template .cfn .jsn (any case)? */
bool discover_is_candidate(struct str name);

#endif
