/*
 * Files: read whole, replaced whole or not at all. Nothing here prints; every
 * failure comes back with words for the message.
 */
#ifndef CFNREACH_BASE_FILE_H
#define CFNREACH_BASE_FILE_H

#include "base/str.h"

enum file_status {
    FILE_OK,
    FILE_NOT_FOUND,
    FILE_NO_PERMISSION,
    FILE_IS_FOLDER,
    FILE_TOO_LARGE, /* longer than the caller's limit */
    FILE_FAILED     /* anything else */
};

/* Both are meant to be looked at: `why` is set whenever status is not FILE_OK. */
struct file_result {
    enum file_status status;
    struct str why; /* "No such file or directory"; static or in the arena; no period */
};

/* What an errno value means, for calls that are not made here; never FILE_OK. */
struct file_result file_failure(struct arena *a, int error);

/* Reads the whole of a file, a pipe or a device into the arena; at most `limit`
 * bytes, of which none is kept on failure (*bytes is empty then). A NUL that is
 * not counted follows the bytes. */
MUST_CHECK struct file_result file_read(struct arena *a, struct str path, size_t limit,
                                        struct str *bytes);

/* The same from an open descriptor (0 is standard input), which stays open. */
MUST_CHECK struct file_result file_read_open(struct arena *a, int fd, size_t limit,
                                             struct str *bytes);

/* Makes `bytes` the contents of the file at path: whoever reads it meanwhile sees
 * the old or the new contents, and on failure the old ones are untouched. Symbolic
 * links are followed; mode and, where allowed, owner of an existing file are kept.
 * What is no regular file (a device, a pipe) is simply written to. `a` holds the
 * message and scratch. */
MUST_CHECK struct file_result file_replace(struct arena *a, struct str path, struct str bytes);

/* Writes everything to an open descriptor. */
MUST_CHECK struct file_result file_write(struct arena *a, int fd, struct str bytes);

/* Writes everything to a stream; errors that buffering delays show up when it is
 * closed. */
MUST_CHECK struct file_result file_put(struct arena *a, FILE *stream, struct str bytes);

/* Flushes and closes a stream, usually stdout, and tells of every write that ever
 * failed on it: a full disk must not look like success. A stream whose descriptor
 * was closed from the start is no error unless something was written to it. */
MUST_CHECK struct file_result file_close(struct arena *a, FILE *stream);

#endif
