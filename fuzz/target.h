/*
 * What all fuzz targets share: the entry that libFuzzer calls, a way to say what must hold, and
 * the bytes of an input as a stream of small decisions.
 *
 * Each target states a property that needs no expected output: nothing crashes, results agree
 * with a slow and obvious model, spans lie inside the source.
 */
#ifndef CFNREACH_FUZZ_TARGET_H
#define CFNREACH_FUZZ_TARGET_H

#include "base/bug.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libFuzzer keeps the input that ends the process. */
#define REQUIRE(condition) ((condition) ? (void)0 : BUG("does not hold: %s", #condition))

/* Bytes that are used up from the front; zeros behind the end. */
struct input {
    const uint8_t *at;
    size_t left;
};

static inline uint8_t input_byte(struct input *in)
{
    if (in->left == 0) {
        return 0;
    }
    in->left--;
    return *in->at++;
}

static inline uint32_t input_below(struct input *in, uint32_t n) /* n: 1..256 */
{
    return input_byte(in) % n;
}

/* The input as bytes of a file. */
static inline struct str input_text(const uint8_t *data, size_t size)
{
    return (struct str){(const char *)data, size};
}

/* The path of a file with these bytes, for readers that open what they read. The file is gone
 * with the next call. */
struct str file_with(struct str bytes);

#endif
