/*
 * Templates cut at every byte, or with one byte changed, analysed in this process: each gives
 * findings or an error, and no place outside what was read. With fixes on some.
 *
 *     mangle cut STEP FILE...       every STEP-th prefix
 *     mangle byte STEP FILE...      every STEP-th pair of a byte and another value for it
 *
 * STEP has no common factor with what it counts through, so a sampled run moves over all places.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "fix/fix.h"

enum { FIXES_EVERY = 61 };

struct policy {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct analysis_options options;
};

struct run {
    struct policy *policy;
    const char *path;
    size_t step;
    size_t count; /* inputs so far */
};

static void must(bool holds, const struct run *run, size_t at, const char *what)
{
    if (!holds) {
        fprintf(stderr, "mangle: %s, byte %zu: %s\n", run->path, at, what);
        exit(1);
    }
}

static bool inside(struct span at, const struct analysis *r)
{
    return span_is_none(at) ||
           (at.source == r->source->id && at.begin <= at.end && at.end <= r->source->bytes.n);
}

static void one(struct run *run, struct str bytes, size_t at)
{
    struct arena a = {0};
    struct analysis *r = analysis_run(&a, str_from(run->path), bytes, &run->policy->options);
    must(r->findings != NULL || r->diags.errors > 0, run, at, "neither findings nor an error");
    for (size_t i = 0; i < r->diags.all.n; i++) {
        must(inside(r->diags.all.at[i].at, r), run, at, "a diagnostic outside the source");
    }
    for (size_t i = 0; r->findings && i < r->findings->all.n; i++) {
        must(inside(r->findings->all.at[i].at, r), run, at, "a finding outside the source");
    }
    if (r->findings && run->count % FIXES_EVERY == 0) {
        struct fix_options o = {.analysis = &run->policy->options, .proofs = LIMIT_PROOFS_LINT};
        struct fixes *fixes = fix_find(&a, r, &o);
        for (size_t i = 0; i < fixes->n; i++) {
            for (size_t k = 0; k < fixes->of[i].n; k++) {
                const struct fix *f = &fixes->of[i].at[k];
                for (size_t e = 0; e < f->edit_n; e++) {
                    must(inside(f->edits[e].at, r), run, at, "an edit outside the source");
                }
            }
        }
    }
    run->count++;
    arena_release(&a);
}

/* A copy of exactly that size, so that the sanitizer sees a read behind its end. */
static void cut(struct run *run, struct str bytes)
{
    for (size_t n = 0; n <= bytes.n; n += run->step) {
        char *copy = malloc(n > 0 ? n : 1);
        must(copy != NULL, run, n, "out of memory");
        if (n > 0) {
            memcpy(copy, bytes.p, n);
        }
        one(run, (struct str){copy, n}, n);
        free(copy);
    }
}

static void change(struct run *run, struct str bytes)
{
    char *copy = malloc(bytes.n + 1);
    must(copy != NULL, run, 0, "out of memory");
    memcpy(copy, bytes.p, bytes.n);
    for (size_t i = 0; i < bytes.n * 255; i += run->step) {
        size_t at = i / 255;
        copy[at] = (char)((unsigned char)bytes.p[at] + 1U + i % 255);
        one(run, (struct str){copy, bytes.n}, at);
        copy[at] = bytes.p[at];
    }
    free(copy);
}

int main(int argc, char **argv)
{
    int64_t step = 0;
    if (argc < 4 || !str_to_int(str_from(argv[2]), &step) || step <= 0 ||
        (strcmp(argv[1], "cut") != 0 && strcmp(argv[1], "byte") != 0)) {
        fputs("usage: mangle cut|byte STEP FILE...\n", stderr);
        return 2;
    }
    static struct policy p;
    source_set_init(&p.sources, &p.arena);
    diags_init(&p.diags, &p.arena);
    p.options = (struct analysis_options){.today = STR("2026-01-01")};
    p.options.settings = settings_load(&p.arena, STR("default"), &p.sources, &p.diags);
    size_t count = 0;
    for (int i = 3; i < argc; i++) {
        struct arena a = {0};
        struct str bytes;
        struct run run = {&p, argv[i], (size_t)step, 0};
        struct file_result r = file_read(&a, str_from(argv[i]), LIMIT_TEMPLATE_BYTES, &bytes);
        must(r.status == FILE_OK && p.options.settings != NULL, &run, 0, "cannot be read");
        if (strcmp(argv[1], "cut") == 0) {
            cut(&run, bytes);
        } else {
            change(&run, bytes);
        }
        count += run.count;
        arena_release(&a);
    }
    printf("mangle %s: %zu inputs of %d templates passed\n", argv[1], count, argc - 3);
    settings_release(p.options.settings);
    arena_release(&p.arena);
    return 0;
}
