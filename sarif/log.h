/*
 * The log in the making: finished pieces of JSON, joined by sarif_end. Private to sarif/.
 */
#ifndef CFNREACH_SARIF_LOG_H
#define CFNREACH_SARIF_LOG_H

#include "base/json_writer.h"
#include "sarif/sarif.h"

struct sarif_log {
    struct arena *arena;
    const struct sarif_tool *tool;
    struct buf results; /* array members, each on a line of its own */
    struct buf notifications;
    struct buf artifacts;
    struct buf of_run; /* notifications of a part's run, each with whether it is pending */
    size_t shard;      /* 0: the log is no part */
    size_t shard_of;
};

/* What stands around the arrays, as JSON; "" : absent. */
struct log_head {
    struct str driver;
    struct str taxonomies;
    struct str automation;
};
/* Appends the finished log and frees its buffers. */
void log_write(struct sarif_log *log, struct log_head head, int exit_code, bool successful,
               struct buf *out);

/* A writer for the next member of an array in the making. */
struct json_writer log_item(struct buf *array);

#endif
