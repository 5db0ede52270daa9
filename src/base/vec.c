#include "base/vec.h"

#include <stdint.h>

#ifdef CFNREACH_TEST
enum { FIRST_CAP = 1 };
#else
enum { FIRST_CAP = 8 };
#endif

void *vec_grown(struct arena *a, void *at, size_t size, size_t *cap)
{
    size_t want = *cap ? *cap * 2 : FIRST_CAP;
    if (want > SIZE_MAX / 2 / size) {
        bug_no_memory();
    }
    void *grown = arena_grow(a, at, *cap * size, want * size);
    *cap = want;
    return grown;
}
