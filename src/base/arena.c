/* For madvise, which POSIX has not; libc names it so.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _DEFAULT_SOURCE
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

struct arena_block {
    struct arena_block *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

/* Most arenas are scratch memory of one short computation, so the first block is small. A block is
 * zeroed as it is given out, a little ahead each time: what nobody takes is never touched. The
 * test build takes tiny blocks, so that every growth path is walked. */
#ifdef CFNREACH_TEST
enum {
    FIRST_BLOCK = 64,
    LARGEST_BLOCK = 256,
    GROWTH = 2,
    AHEAD = 32,
    LEAST_HOLE = 16,
    MUCH = 16 * 1024,
    HUGE_BLOCK = 8 * 1024
};
#else
enum {
    FIRST_BLOCK = 1024,
    LARGEST_BLOCK = 1024 * 1024,
    GROWTH = 4,
    AHEAD = 1024,
    LEAST_HOLE = 256,
    MUCH = 1024 * 1024,
    HUGE_BLOCK = 2 * 1024 * 1024 /* the size of a huge page on most machines; multiple of 4096 */
};
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

void arena_adopt(struct arena *a, struct arena *from)
{
    if (!a->head) {
        *a = *from;
    } else if (from->head) {
        struct arena_block *oldest = from->head;
        while (oldest->older) {
            oldest = oldest->older;
        }
        oldest->older = a->head->older;
        a->head->older = from->head;
        a->total += from->total;
    }
    arena_init(from);
}

/* Arrays leave their old copies behind when they grow, a tenth of all memory; what is small fits
 * in there. Only the largest of these holes is kept. The test build fills them with rubbish, so
 * that whoever still looks at the old copy does not go unnoticed. */
static void leave(struct arena *a, char *p, size_t n)
{
#ifdef CFNREACH_TEST
    memset(p, 0xDB, n);
#endif
    if (n >= LEAST_HOLE && n > a->hole_left) {
        a->hole = p;
        a->hole_left = n;
    }
}

/* To touch memory for the first time costs by the page. One of 2 MiB costs as much as some 170 of
 * 4 KiB, so whoever has taken much (the text of a large template is that, and its tree and network
 * are larger) gets them from there on, where the system has any. It may say no: nothing depends on
 * it. The test build's blocks are smaller, and advice about a part of a mapping splits it: the
 * 65,530 mappings that Linux allows a process would be used up. */
static void *huge_block(void)
{
    void *p = aligned_alloc(HUGE_BLOCK, HUGE_BLOCK);
#if defined MADV_HUGEPAGE && !defined CFNREACH_TEST
    if (p) {
        (void)madvise(p, HUGE_BLOCK, MADV_HUGEPAGE);
    }
#endif
    return p;
}

/* Blocks grow up to LARGEST_BLOCK, then become huge; an object that does not fit gets its own, and
 * the kernel's fresh pages, which are zero, by calloc. */
static void add_block(struct arena *a, size_t need)
{
    size_t size = a->head ? a->head->size * GROWTH : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) {
        size = LARGEST_BLOCK;
    }
    bool is_own = need > LARGEST_BLOCK;
    struct arena_block *b = NULL;
    if (is_own) {
        size = need;
        b = calloc(1, sizeof *b + size);
    } else if (a->total > MUCH) {
        size = HUGE_BLOCK - sizeof *b;
        b = huge_block();
    } else {
        size = size < need ? need : size;
        b = malloc(sizeof *b + size);
    }
    if (!b) {
        bug_no_memory();
    }
    if (a->head) {
        leave(a, a->next, a->left);
    }
    b->older = a->head;
    b->size = size;
    a->head = b;
    a->next = b->bytes;
    a->left = size;
    a->clean = is_own ? b->bytes + size : b->bytes;
    a->total += sizeof *b + size;
}

static size_t rounded(size_t size)
{
    if (size > SIZE_MAX / 2) {
        bug_no_memory();
    }
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

/* The next `take` bytes of the head, which has them. */
static void *give(struct arena *a, size_t take)
{
    void *p = a->next;
    a->next += take;
    a->left -= take;
    if (a->next > a->clean) {
        char *end = a->next + (a->left < AHEAD ? a->left : AHEAD);
        memset(a->clean, 0, (size_t)(end - a->clean));
        a->clean = end;
    }
    return p;
}

/* The next `take` bytes of the hole; NULL if it has not that many. */
static void *fill(struct arena *a, size_t take)
{
    if (take > a->hole_left) {
        return NULL;
    }
    void *p = a->hole;
    a->hole += take;
    a->hole_left -= take;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t take = rounded(size ? size : 1);
    void *p = fill(a, take);
    if (p) {
        return memset(p, 0, take);
    }
    if (take > a->left) {
        add_block(a, take);
    }
    return give(a, take);
}

void *arena_bytes(struct arena *a, size_t size)
{
    size_t take = rounded(size ? size : 1);
    void *p = fill(a, take);
    if (p) {
        return p;
    }
    if (take > a->left) {
        add_block(a, take);
    }
    p = a->next;
    a->next += take;
    a->left -= take;
    if (a->next > a->clean) {
        a->clean = a->next;
    }
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
        (void)give(a, want - had);
        return old;
    }
    void *p = arena_alloc(a, size);
    if (old && old_size) {
        memcpy(p, old, old_size);
        leave(a, old, had);
    }
    return p;
}

void arena_trim(struct arena *a, void *p, size_t size, size_t keep)
{
    size_t had = rounded(size ? size : 1);
    size_t kept = rounded(keep ? keep : 1);
    if ((char *)p + had == a->next && kept < had) {
        a->next -= had - kept;
        a->left += had - kept;
        a->clean = a->next; /* nobody knows what was written there */
    }
}
