/*
 * The JSON reader: any bytes give a tree whose spans lie in the source and in one another, or
 * a diagnostic that says where it ended.
 */
#include "fuzz/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    document_check("t.json", input_text(data, size));
    return 0;
}
