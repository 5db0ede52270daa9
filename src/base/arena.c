#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

struct arena_block {
    struct arena_block *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

/* Most arenas are scratch memory of one short computation: the first block is small, because it
 * must be zeroed. The test build takes tiny blocks, so that every growth path is walked. */
#ifdef CFNREACH_TEST
enum { FIRST_BLOCK = 64, LARGEST_BLOCK = 256, GROWTH = 2 };
#else
enum { FIRST_BLOCK = 1024, LARGEST_BLOCK = 1024 * 1024, GROWTH = 4 };
#endif
enum { ALIGN = alignof(max_align_t) };

void arena_init(struct arena *a)
{
    *a = (struct arena){0};
}

void arena_release(struct arena *a)
{
    struct arena_block *b = a->head;
    while (b) {
        struct arena_block *older = b->older;
        free(b);
        b = older;
    }
    arena_init(a);
}

/* Blocks grow up to LARGEST_BLOCK; an object that does not fit gets its own.
 * calloc keeps the "zeroed" promise: fresh pages cost nothing. */
static void add_block(struct arena *a, size_t need)
{
    size_t size = a->head ? a->head->size * GROWTH : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) {
        size = LARGEST_BLOCK;
    }
    if (size < need) {
        size = need;
    }
    struct arena_block *b = calloc(1, sizeof *b + size);
    if (!b) {
        bug_no_memory();
    }
    b->older = a->head;
    b->size = size;
    a->head = b;
    a->next = b->bytes;
    a->left = size;
    a->total += sizeof *b + size;
}

static size_t rounded(size_t size)
{
    if (size > SIZE_MAX / 2) {
        bug_no_memory();
    }
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t take = rounded(size ? size : 1);
    if (take > a->left) {
        add_block(a, take);
    }
    void *p = a->next;
    a->next += take;
    a->left -= take;
    return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 2 / size) {
        bug_no_memory();
    }
    return arena_alloc(a, n * size);
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size)
{
    if (size < old_size) {
        BUG("arena_grow from %zu to %zu bytes", old_size, size);
    }
    size_t had = old ? rounded(old_size ? old_size : 1) : 0;
    size_t want = rounded(size ? size : 1);
    if (old && (char *)old + had == a->next && want - had <= a->left) {
        a->next += want - had;
        a->left -= want - had;
        return old;
    }
    void *p = arena_alloc(a, size);
    if (old && old_size) {
        memcpy(p, old, old_size);
    }
    return p;
}
