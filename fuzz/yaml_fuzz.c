/*
 * The YAML reader: any bytes give a tree whose spans lie in the source and in one another, or
 * a diagnostic that says where it ended.
 */
#include "base/limits.h"
#include "doc/dump.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct source_set sources;
    struct diags diags;
    source_set_init(&sources, &a);
    diags_init(&diags, &a);
    struct source *src = source_add(&sources, STR("t.yaml"), input_text(data, size));
    struct doc *doc = doc_read(&a, src, LIMIT_TEMPLATE_BYTES, &diags);
    REQUIRE(doc->root != NULL || diags.errors > 0);
    tree_check(doc);
    diags_check(&diags, &sources);
    struct buf out;
    buf_init(&out);
    doc_dump(doc, &out);
    buf_release(&out);
    arena_release(&a);
    return 0;
}
