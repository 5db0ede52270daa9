/*
 * The log in the making: finished pieces of JSON, joined by sarif_end. Private to sarif/.
 */
#ifndef CFNREACH_SARIF_LOG_H
#define CFNREACH_SARIF_LOG_H

#include "sarif/json.h"
#include "sarif/sarif.h"

struct sarif_log {
    struct arena *arena;
    const struct sarif_tool *tool;
    struct buf results; /* array members, each on a line of its own */
    struct buf notifications;
    struct buf artifacts;
};

/* Appends a member to an array in the making; drops the item. */
void log_add(struct buf *array, cJSON *item);

#endif
