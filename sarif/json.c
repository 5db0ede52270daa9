#include "sarif/json.h"

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

void json_print(const cJSON *item, struct buf *out)
{
    if (!item) {
        return;
    }
    char *text = cJSON_PrintUnformatted(item);
    if (!text) {
        bug_no_memory();
    }
    buf_adds(out, text);
    cJSON_free(text);
}

struct str json_printed(struct arena *a, const cJSON *item)
{
    struct buf b;
    buf_init(&b);
    json_print(item, &b);
    return buf_keep(&b, a);
}
