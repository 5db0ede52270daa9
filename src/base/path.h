/*
 * Paths as text: nothing here asks the file system, so that a path means the same on the machine
 * that reads a report. Slashes part them, as everywhere but on Windows.
 */
#ifndef CFNREACH_BASE_PATH_H
#define CFNREACH_BASE_PATH_H

#include "base/arena.h"
#include "base/str.h"

/* The folder part with its slash; empty if there is none. "a/b" -> "a/" */
struct str path_folder(struct str path);

/* The folder above, without its slash; that of "/" is "/". "/a/b" -> "/a" */
struct str path_parent(struct str path);

/* Without ".", "..", and doubled slashes: two spellings of one path are one text. Links are not
 * followed. What leads out of a relative path stays ("../a"), nothing leads out of "/". */
struct str path_normal(struct arena *a, struct str path);

#endif
