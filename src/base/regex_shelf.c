/*
 * A table of atomic pointers, open addressing. A slot is written once, from empty; whoever loses
 * that race drops what it has compiled and looks at what the other has put there.
 *
 *     [ - ][ ^[a-z]*$ ][ - ][ \d+ ][ [ ("missing terminating ]") ] ...
 */
#include "base/regex_shelf.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/limits.h"

struct shelved {
    uint64_t hash;
    struct str pattern;
    struct regex regex; /* empty: the pattern cannot be compiled */
    struct regex_error error;
    char bytes[]; /* of the pattern */
};

struct regex_shelf {
    _Atomic(struct shelved *) slots[LIMIT_SHELVED_PATTERNS];
};

/* How far from its place an entry may be; further ones are not put on the shelf. */
enum { REACH = 8 };

static void *or_die(void *p)
{
    if (!p) {
        bug_no_memory();
    }
    return p;
}

struct regex_shelf *regex_shelf_new(void)
{
    struct regex_shelf *shelf = or_die(malloc(sizeof *shelf));
    for (size_t i = 0; i < LIMIT_SHELVED_PATTERNS; i++) {
        atomic_init(&shelf->slots[i], NULL);
    }
    return shelf;
}

static void drop(struct shelved *s)
{
    if (s) {
        regex_release(&s->regex);
        free(s);
    }
}

void regex_shelf_release(struct regex_shelf *shelf)
{
    for (size_t i = 0; shelf && i < LIMIT_SHELVED_PATTERNS; i++) {
        drop(atomic_load_explicit(&shelf->slots[i], memory_order_relaxed));
    }
    free(shelf);
}

static struct shelved *compiled(struct str pattern, uint64_t hash)
{
    struct shelved *s = or_die(calloc(1, sizeof *s + pattern.n));
    s->hash = hash;
    s->pattern = (struct str){s->bytes, pattern.n};
    if (pattern.n) {
        memcpy(s->bytes, pattern.p, pattern.n);
    }
    (void)!regex_init(&s->regex, s->pattern, &s->error);
    return s;
}

/* The entry of a pattern, made if need be; NULL if there is no room within its reach. */
static const struct shelved *find(struct regex_shelf *shelf, struct str pattern)
{
    uint64_t hash = str_hash(pattern);
    struct shelved *own = NULL;
    struct shelved *there = NULL;
    for (size_t i = 0; i < REACH; i++) {
        _Atomic(struct shelved *) *slot = &shelf->slots[(hash + i) % LIMIT_SHELVED_PATTERNS];
        there = atomic_load_explicit(slot, memory_order_acquire);
        if (!there) {
            own = own ? own : compiled(pattern, hash);
            if (atomic_compare_exchange_strong_explicit(slot, &there, own, memory_order_acq_rel,
                                                        memory_order_acquire)) {
                return own;
            }
        }
        if (there->hash == hash && str_eq(there->pattern, pattern)) {
            break;
        }
        there = NULL;
    }
    drop(own);
    return there;
}

const struct regex *regex_shelf_get(struct regex_shelf *shelf, struct arena *a, struct str pattern,
                                    struct regex_error *error)
{
    const struct shelved *s =
        shelf && pattern.n <= LIMIT_SHELVED_PATTERN_BYTES ? find(shelf, pattern) : NULL;
    if (s) {
        *error = s->error;
        return s->regex.code ? &s->regex : NULL;
    }
    struct regex *r = ARENA_NEW(a, struct regex);
    return regex_init_in(a, r, pattern, error) ? r : NULL;
}
