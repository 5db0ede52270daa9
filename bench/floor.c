/*
 * The floor: what libyaml alone needs. Finds and reads the same files as `cfnreach lint`, and
 * runs libyaml's event loop over the bytes of each template, JSON ones too, doing nothing else.
 *
 *     floor [--cjson] PATH...     --cjson: cJSON's parser instead, for information
 */
#include <cjson/cJSON.h>
#include <yaml.h>

#include "base/file.h"
#include "base/limits.h"
#include "cli/discover.h"
#include "doc/doc.h"

/* Events until the end or the first fault; how many. */
static size_t event_loop(struct str bytes)
{
    yaml_parser_t parser;
    yaml_event_t event;
    size_t n = 0;
    bool done = false;
    if (!yaml_parser_initialize(&parser)) {
        return 0;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)str_bytes(bytes), bytes.n);
    while (!done && yaml_parser_parse(&parser, &event)) {
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        n++;
    }
    yaml_parser_delete(&parser);
    return n;
}

/* 1 if cJSON takes the bytes. */
static size_t cjson_parse(struct str bytes)
{
    cJSON *tree = cJSON_ParseWithLength(bytes.p, bytes.n);
    size_t n = tree != NULL;
    cJSON_Delete(tree);
    return n;
}

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct diags d;
    struct found found = {0};
    size_t events = 0;
    size_t bytes_read = 0;
    diags_init(&d, &a);
    bool by_cjson = argc > 1 && str_is(str_from(argv[1]), "--cjson");
    for (int i = 1 + by_cjson; i < argc; i++) {
        discover(&a, str_from(argv[i]), &found, &d);
    }
    for (size_t i = 0; i < found.files.n; i++) {
        struct arena one = {0};
        struct str bytes;
        if (file_read(&one, found.files.at[i].path, LIMIT_FILE_BYTES, &bytes).status == FILE_OK &&
            doc_looks_like_template(bytes)) {
            events += by_cjson ? cjson_parse(bytes) : event_loop(bytes);
            bytes_read += bytes.n;
        }
        arena_release(&one);
    }
    printf("%zu files, %zu bytes, %zu events\n", found.files.n, bytes_read, events);
    arena_release(&a);
    return 0;
}
