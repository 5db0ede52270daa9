/*
 * cJSON with the two things that it leaves to its callers: slices instead of C strings, and
 * the end of the process when there is no memory. Private to sarif/.
 */
#ifndef CFNREACH_SARIF_JSON_H
#define CFNREACH_SARIF_JSON_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/str.h"

cJSON *json_object(void);
cJSON *json_array(void);
cJSON *json_string(struct str text);   /* valid UTF-8 without NUL; ends at a NUL */
cJSON *json_finished(struct str text); /* a JSON value in compact form; written as it is */
cJSON *json_number(double n);
cJSON *json_bool(bool yes);

cJSON *json_copy(const cJSON *item); /* with everything in it */

/* Each takes the item over. */
void json_put(cJSON *object, const char *name, cJSON *item);
void json_append(cJSON *array, cJSON *item);
void json_put_text(cJSON *object, const char *name, struct str text);
void json_put_c(cJSON *object, const char *name, const char *text);
/* Only if there is something in it; else the item is dropped. */
void json_put_filled(cJSON *object, const char *name, cJSON *item);

/* A MultiformatMessageString or a message of SARIF: an object that holds a text. */
cJSON *json_message(const char *text);

/* Appends the item as compact JSON and drops it. */
void json_write(cJSON *item, struct buf *out);

/* What a log holds; names are compared exactly, and a member of the wrong kind counts as absent.
 * The text belongs to the item; "" and 0 where there is none. */
const cJSON *json_get(const cJSON *object, const char *name); /* NULL: absent, or no object */
struct str json_get_text(const cJSON *object, const char *name);
uint32_t json_get_count(const cJSON *object, const char *name); /* whole and at most INT32_MAX */
struct str json_text_of(const cJSON *item);

#endif
