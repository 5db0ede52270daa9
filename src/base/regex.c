/*
 * Patterns come from users and templates and may backtrack without end, so every
 * match runs with limits on steps, nesting and memory (pcre2api(3), "The match
 * context"). No JIT: it ignores the depth limit and wants executable memory. \C is
 * refused, since it matches half a character.
 */
#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/limits.h"

static void *or_die(void *p)
{
    if (!p) {
        bug_no_memory();
    }
    return p;
}

static bool compile(pcre2_general_context *memory, struct regex *r, struct str pattern,
                    struct regex_error *error)
{
    int code = 0;
    PCRE2_SIZE offset = 0;
    *r = (struct regex){0};
    pcre2_compile_context *context = or_die(pcre2_compile_context_create(memory));
    pcre2_set_max_pattern_length(context, LIMIT_REGEX_PATTERN_BYTES);
    r->code = pcre2_compile((PCRE2_SPTR)str_bytes(pattern), pattern.n,
                            PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &offset, context);
    pcre2_compile_context_free(context);
    if (!r->code && error) {
        *error = (struct regex_error){.offset = offset < pattern.n ? offset : pattern.n,
                                      .too_long = pattern.n > LIMIT_REGEX_PATTERN_BYTES};
        if (error->too_long) {
            (void)snprintf(error->text, sizeof error->text, "it is longer than %d bytes, the limit",
                           LIMIT_REGEX_PATTERN_BYTES);
        } else {
            pcre2_get_error_message(code, (PCRE2_UCHAR *)error->text, sizeof error->text);
        }
    }
    return r->code != NULL;
}

bool regex_init(struct regex *r, struct str pattern, struct regex_error *error)
{
    return compile(NULL, r, pattern, error);
}

static void *take(size_t size, void *arena)
{
    return arena_alloc(arena, size);
}

static void leave(void *p, void *arena)
{
    (void)p; /* arenas are dropped whole */
    (void)arena;
}

bool regex_init_in(struct arena *a, struct regex *r, struct str pattern, struct regex_error *error)
{
    return compile(or_die(pcre2_general_context_create(take, leave, a)), r, pattern, error);
}

void regex_release(struct regex *r)
{
    pcre2_code_free(r->code);
    *r = (struct regex){0};
}

static enum regex_result match(const struct regex *r, struct str subject, uint32_t options)
{
    if (!r->code) {
        BUG("match with a regex that was not compiled");
    }
    pcre2_match_context *context = or_die(pcre2_match_context_create(NULL));
    pcre2_set_match_limit(context, LIMIT_REGEX_STEPS);
    pcre2_set_depth_limit(context, LIMIT_REGEX_DEPTH);
    pcre2_set_heap_limit(context, LIMIT_REGEX_HEAP_KIB);
    pcre2_match_data *data = or_die(pcre2_match_data_create(1, NULL));
    int got =
        pcre2_match(r->code, (PCRE2_SPTR)str_bytes(subject), subject.n, 0, options, data, context);
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    if (got == PCRE2_ERROR_NOMEMORY) {
        bug_no_memory();
    }
    return got >= 0 ? REGEX_MATCH : got == PCRE2_ERROR_NOMATCH ? REGEX_NO_MATCH : REGEX_LIMIT;
}

enum regex_result regex_full(const struct regex *r, struct str subject)
{
    return match(r, subject, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
}

enum regex_result regex_search(const struct regex *r, struct str subject)
{
    return match(r, subject, 0);
}
