/*
 * "git:REV:path": a file, or a folder, as a revision of the repository of the working folder has
 * it. The path is that of git: from the top of the repository, or "./x" from here. git is run
 * without a shell, and never sees a word that it could take for an option.
 */
#ifndef CFNREACH_CLI_GIT_SHOW_H
#define CFNREACH_CLI_GIT_SHOW_H

#include "base/file.h"
#include "cli/discover.h"

/* Does it begin with "git:"? */
bool git_is_path(struct str path);

/* The bytes of a file, as `git show REV:path` prints them; at most `limit`. */
MUST_CHECK struct file_result git_read(struct arena *a, struct str path, size_t limit,
                                       struct str *bytes);

/* Adds the file, or the templates (by extension) of the folder and those below it. False after a
 * diagnostic. *is_folder: which it was; *path becomes what the files' paths begin with. */
bool git_discover(struct arena *a, struct str *path, struct found *found, bool *is_folder,
                  struct diags *d);

#endif
