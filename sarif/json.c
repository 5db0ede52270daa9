#include "sarif/json.h"

#include <stdlib.h>

static cJSON *made(cJSON *item)
{
    if (!item) {
        bug_no_memory();
    }
    return item;
}

cJSON *json_object(void)
{
    return made(cJSON_CreateObject());
}

cJSON *json_array(void)
{
    return made(cJSON_CreateArray());
}

cJSON *json_string(struct str text)
{
    struct buf copy;
    buf_init(&copy);
    buf_add(&copy, text);
    cJSON *item = made(cJSON_CreateString(copy.p));
    buf_release(&copy);
    return item;
}

cJSON *json_finished(struct str text)
{
    struct buf copy;
    buf_init(&copy);
    buf_add(&copy, text);
    cJSON *item = made(cJSON_CreateRaw(copy.p));
    buf_release(&copy);
    return item;
}

cJSON *json_number(double n)
{
    return made(cJSON_CreateNumber(n));
}

cJSON *json_bool(bool yes)
{
    return made(cJSON_CreateBool(yes));
}

cJSON *json_copy(const cJSON *item)
{
    return made(cJSON_Duplicate(item, true));
}

void json_put(cJSON *object, const char *name, cJSON *item)
{
    if (!cJSON_AddItemToObject(object, name, item)) {
        bug_no_memory();
    }
}

void json_append(cJSON *array, cJSON *item)
{
    if (!cJSON_AddItemToArray(array, item)) {
        bug_no_memory();
    }
}

void json_put_text(cJSON *object, const char *name, struct str text)
{
    json_put(object, name, json_string(text));
}

void json_put_c(cJSON *object, const char *name, const char *text)
{
    json_put(object, name, json_string(str_from(text)));
}

void json_put_filled(cJSON *object, const char *name, cJSON *item)
{
    if (item->child) {
        json_put(object, name, item);
    } else {
        cJSON_Delete(item);
    }
}

void json_write(cJSON *item, struct buf *out)
{
    char *text = cJSON_PrintUnformatted(item);
    if (!text) {
        bug_no_memory();
    }
    buf_adds(out, text);
    cJSON_free(text);
    cJSON_Delete(item);
}

cJSON *json_message(const char *text)
{
    cJSON *o = json_object();
    json_put_c(o, "text", text);
    return o;
}

const cJSON *json_get(const cJSON *object, const char *name)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

struct str json_text_of(const cJSON *item)
{
    return item && cJSON_IsString(item) && item->valuestring ? str_from(item->valuestring)
                                                             : STR("");
}

struct str json_get_text(const cJSON *object, const char *name)
{
    return json_text_of(json_get(object, name));
}

uint32_t json_get_count(const cJSON *object, const char *name)
{
    const cJSON *n = json_get(object, name);
    bool fits = n && cJSON_IsNumber(n) && n->valuedouble >= 1 && n->valuedouble <= INT32_MAX &&
                n->valuedouble == (double)(uint32_t)n->valuedouble;
    return fits ? (uint32_t)n->valuedouble : 0;
}
