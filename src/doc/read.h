/*
 * What both readers share: the job they are given, and how they fail.
 *
 * A reader stops at its first fault and keeps it here instead of reporting it,
 * because a file that begins like JSON may be tried as YAML too, and then only
 * the reader that got further reports (DESIGN.md, Settled).
 */
#ifndef CFNREACH_DOC_READ_H
#define CFNREACH_DOC_READ_H

#include "base/utf8.h"
#include "doc/doc.h"

/* What both readers say of a file without content. */
#define READ_EMPTY STR("The file is empty; expected a YAML or JSON document.")

struct read_fault {
    enum diag_id id;
    struct span at;
    struct str message;
    struct span other;     /* a related place, or SPAN_NONE */
    struct str other_text; /* what is there */
    uint32_t reached;      /* how far the reader had come: >= at.begin when an opening is named */
};

struct read_job {
    struct arena *arena;   /* of the tree */
    struct arena *scratch; /* of what only the reader needs */
    struct source *source;
    struct diags *diags;
    struct str bytes;          /* all of the source: offsets below count from its start */
    uint32_t begin;            /* first byte to read: 3 behind a BOM, else 0 */
    struct utf8_survey survey; /* of the bytes from there */
    bool failed;
    struct read_fault fault; /* if failed */
    const struct doc_node *root;
    uint32_t nodes;
};

/* The readers. False if they failed; then job->fault says why. The bytes must be
 * UTF-8 and at most INT32_MAX long. Duplicate keys go to job->diags at once. */
MUST_CHECK bool yaml_read(struct read_job *job);
MUST_CHECK bool json_read(struct read_job *job);

/* Records the fault at bytes [begin, end), clamped to the source; only the first
 * one counts. The message is not copied: a literal, or in job->scratch. Always
 * false, so that callers can `return read_fail(...)`. */
bool read_fail(struct read_job *job, enum diag_id id, uint32_t begin, uint32_t end,
               struct str message);

/* Adds a related place to the fault that was just recorded. Always false. */
bool read_fail_beside(struct read_job *job, uint32_t begin, uint32_t end, const char *text);

/* What stands at byte `at`, for "..., but found %s.": "the end of the file", "a
 * tab", "','", "'word'". Cut after a few characters; never a control byte. */
const char *read_found(const struct read_job *job, uint32_t at);

/* How many bytes read_found shows, at least 1 unless at the end: what to underline. */
uint32_t read_found_size(const struct read_job *job, uint32_t at);

static inline struct span read_span(const struct read_job *job, uint32_t begin, uint32_t end)
{
    return (struct span){job->source->id, begin, end};
}

/* Byte `at`, 0 at or beyond the end. */
static inline unsigned char read_byte(const struct read_job *job, uint32_t at)
{
    return at < job->bytes.n ? (unsigned char)job->bytes.p[at] : 0;
}

#endif
