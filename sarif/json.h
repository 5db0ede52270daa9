/*
 * What a log holds, over cJSON: members by exact name, and items printed again. Private to sarif/.
 */
#ifndef CFNREACH_SARIF_JSON_H
#define CFNREACH_SARIF_JSON_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/str.h"

/* A member of the wrong kind counts as absent. The text belongs to the item; "" and 0 where there
 * is none. */
const cJSON *json_get(const cJSON *object, const char *name); /* NULL: absent, or no object */
struct str json_get_text(const cJSON *object, const char *name);
uint32_t json_get_count(const cJSON *object, const char *name); /* whole and at most INT32_MAX */
struct str json_text_of(const cJSON *item);

/* Appends the item as compact JSON; nothing for NULL. */
void json_print(const cJSON *item, struct buf *out);
/* The same in the arena. */
struct str json_printed(struct arena *a, const cJSON *item);

#endif
