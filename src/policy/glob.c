/*
 * The pattern is cut into tokens; all tokens that the text read so far may have led to are
 * kept at once, so no pattern makes this slow.
 */
#include "policy/glob.h"

#include "base/limits.h"

enum glob_kind {
    GLOB_BYTE,   /* itself */
    GLOB_ONE,    /* ?    */
    GLOB_NAME,   /* *    */
    GLOB_ANY,    /* **   */
    GLOB_FOLDERS /* **, then a slash, at the start of a part of the path */
};

struct glob_token {
    enum glob_kind kind;
    char byte;
};

static size_t glob_cut(struct str p, struct glob_token *out)
{
    size_t n = 0;
    for (size_t i = 0; i < p.n; i++) {
        bool two = i + 1 < p.n && p.p[i] == '*' && p.p[i + 1] == '*';
        bool begins = i == 0 || p.p[i - 1] == '/';
        if (two && begins && i + 2 < p.n && p.p[i + 2] == '/') {
            out[n++] = (struct glob_token){GLOB_FOLDERS, '/'};
            i += 2;
        } else if (two) {
            out[n++] = (struct glob_token){GLOB_ANY, '*'};
            i += 1;
        } else if (p.p[i] == '*' || p.p[i] == '?') {
            out[n++] = (struct glob_token){p.p[i] == '*' ? GLOB_NAME : GLOB_ONE, p.p[i]};
        } else {
            out[n++] = (struct glob_token){GLOB_BYTE, p.p[i]};
        }
    }
    return n;
}

/* One byte: from the places `at` to the places `next`. */
static void glob_step(const struct glob_token *t, size_t n, const bool *at, char c, bool *next)
{
    for (size_t i = 0; i < n; i++) {
        if (!at[i]) {
            continue;
        }
        switch (t[i].kind) {
        case GLOB_BYTE:
            next[i + 1] = next[i + 1] || t[i].byte == c;
            break;
        case GLOB_ONE:
            next[i + 1] = next[i + 1] || c != '/';
            break;
        case GLOB_NAME:
            next[i] = next[i] || c != '/';
            break;
        case GLOB_ANY:
            next[i] = true;
            break;
        case GLOB_FOLDERS:
            /* Behind the slash of a folder the next token may begin. */
            next[i] = true;
            next[i + 1] = next[i + 1] || c == '/';
            break;
        }
    }
}

static bool glob_whole(struct str pattern, struct str text)
{
    struct glob_token t[LIMIT_GLOB_BYTES];
    bool places[2][LIMIT_GLOB_BYTES + 1] = {{false}};
    size_t n = glob_cut(pattern, t);
    bool *at = places[0];
    bool *next = places[1];
    at[0] = true;
    for (size_t k = 0; k <= text.n; k++) {
        /* A star may stand for nothing; any folders only where the text begins, for else
         * what follows would have to begin inside a name. */
        for (size_t i = 0; i < n; i++) {
            bool folders = t[i].kind == GLOB_FOLDERS && (k == 0 || text.p[k - 1] == '/');
            if (at[i] && (t[i].kind == GLOB_NAME || t[i].kind == GLOB_ANY || folders)) {
                at[i + 1] = true;
            }
        }
        if (k == text.n) {
            break;
        }
        memset(next, 0, LIMIT_GLOB_BYTES + 1);
        glob_step(t, n, at, text.p[k], next);
        bool *swap = at;
        at = next;
        next = swap;
    }
    return at[n];
}

bool glob_match(struct str pattern, struct str path)
{
    if (pattern.n > LIMIT_GLOB_BYTES) {
        return false;
    }
    while (str_starts(path, STR("./"))) {
        path = str_sub(path, 2, path.n);
    }
    if (str_find_byte(pattern, '/', 0) == STR_NPOS) {
        size_t begin = path.n;
        while (begin > 0 && path.p[begin - 1] != '/') {
            begin--;
        }
        path = str_sub(path, begin, path.n);
    }
    return glob_whole(pattern, path);
}
