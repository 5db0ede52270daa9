#include "base/vec.h"

#include <stdint.h>

/* Most arrays of large elements stay with one or two. */
static size_t first_cap(size_t size)
{
#ifdef CFNREACH_TEST
    (void)size;
    return 1;
#else
    return size > 64 ? 1 : size > 24 ? 2 : size > 8 ? 4 : 8;
#endif
}

void *vec_grown(struct arena *a, void *at, size_t size, size_t *cap)
{
    size_t want = *cap ? *cap * 2 : first_cap(size);
    if (want > SIZE_MAX / 2 / size) {
        bug_no_memory();
    }
    void *grown = arena_grow(a, at, *cap * size, want * size);
    *cap = want;
    return grown;
}
