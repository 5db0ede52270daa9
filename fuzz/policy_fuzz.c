/*
 * Policy files: any bytes are settings or a diagnostic, and whatever settings come out can judge
 * a template.
 */
#include "fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reading r;
    reading_begin(&r);
    struct str path = file_with(input_text(data, size));
    struct settings *s = settings_load(&r.arena, path, &r.sources, &r.diags);
    REQUIRE(s != NULL || r.diags.errors > 0);
    if (s != NULL) {
        struct analysis_options options = {.settings = s, .today = STR("2026-01-01")};
        template_check(&r.arena, open_instance, &options);
    }
    settings_release(s);
    reading_end(&r);
    return 0;
}
