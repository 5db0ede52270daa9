/*
 * The JSON reader: any bytes give a tree whose spans lie in the source and in one another, or
 * a diagnostic that says where it ended; and cJSON reads the same values.
 */
#include "fuzz/reading.h"
#include "tests/doc/second_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    document_check("t.json", input_text(data, size));
    REQUIRE(second_reader_differs(input_text(data, size)) == NULL);
    return 0;
}
