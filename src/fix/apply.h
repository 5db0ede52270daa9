/*
 * Fixes applied one after another, each found and proven on what the ones before have left:
 * so no two of them collide, and one parameter serves them all. The sum of it is a list of
 * edits on the original bytes again.
 */
#ifndef CFNREACH_FIX_APPLY_H
#define CFNREACH_FIX_APPLY_H

#include "fix/fix.h"

struct fix_wish {
    bool unsafe;            /* unsafe ones, too */
    unsigned gate;          /* findings of this severity and above */
    const struct str *only; /* ids; then the gate does not matter */
    size_t only_n;
    bool *only_seen; /* beside only: set when a finding offers a fix of that id */
};

enum fix_outcome {
    FIX_APPLIED,
    FIX_CLOSED_BEFORE, /* by a fix for another finding */
    FIX_OVERTAKEN,     /* asked for by id, but an earlier fix has changed its place */
    FIX_ONLY_UNSAFE,   /* there is one, but it was not asked for */
    FIX_ONLY_ADVICE,
    FIX_NONE
};

/* What became of one finding. */
struct fix_step {
    const struct finding *finding; /* of the first analysis */
    enum fix_outcome outcome;
    struct fix fix;         /* applied, or the best that was not */
    VEC(struct str) passed; /* ids that were asked for, too, where one was enough */
    struct str hindrance;   /* why there is none, where that is known */
    bool cut_short;         /* the limit on analyses ended the search for one */
};

struct fixed_file {
    const struct edit *edits; /* on the original bytes, ordered */
    size_t edit_n;
    struct str bytes; /* the result */
};

struct fixed {
    VEC(struct fix_step) steps;
    struct fixed_file *files;        /* beside those of the analysis */
    const struct analysis *analysis; /* of the result */
};

/* Applies what the wish asks for, within the options' limits. Never NULL; lives in the arena. */
struct fixed *fix_apply(struct arena *a, const struct analysis *analysis,
                        const struct fix_options *options, const struct fix_wish *wish);

/* Edits `first` on the original bytes, then `second` on the result: as one list on the original
 * bytes. Both ordered; the result is. */
struct edit_sum {
    VEC(struct edit) at;
};
struct edit_sum edits_sum(struct arena *a, const struct source *src, const struct edit *first,
                          size_t first_n, const struct edit *second, size_t second_n);

#endif
