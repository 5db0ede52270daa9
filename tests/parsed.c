#include "tests/parsed.h"

#include "tests/check.h"

cJSON *parsed(struct str json)
{
    cJSON *o = cJSON_ParseWithLength(str_bytes(json), json.n);
    assert_non_null(o);
    return o;
}

const cJSON *parsed_at(const cJSON *o, const char *path)
{
    char step[64];
    while (*path) {
        size_t n = strcspn(path, "/");
        assert_true(n < sizeof step);
        memcpy(step, path, n);
        step[n] = '\0';
        bool index = n == 1 && step[0] >= '0' && step[0] <= '9';
        o = index ? cJSON_GetArrayItem(o, step[0] - '0')
                  : cJSON_GetObjectItemCaseSensitive(o, step);
        if (!o) {
            return NULL;
        }
        path += n + (path[n] == '/');
    }
    return o;
}

const char *parsed_text(const cJSON *o, const char *path)
{
    const cJSON *item = parsed_at(o, path);
    assert_true(item && cJSON_IsString(item));
    return item->valuestring;
}

double parsed_number(const cJSON *o, const char *path)
{
    const cJSON *item = parsed_at(o, path);
    assert_true(item && cJSON_IsNumber(item));
    return item->valuedouble;
}
