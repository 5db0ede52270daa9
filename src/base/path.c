#include "base/path.h"

#include <string.h>

struct str path_folder(struct str path)
{
    while (path.n > 0 && path.p[path.n - 1] != '/') {
        path.n--;
    }
    return path;
}

struct str path_parent(struct str path)
{
    struct str folder = path_folder(path);
    return folder.n > 1 ? str_sub(folder, 0, folder.n - 1) : folder;
}

/* Without its last part; false if there is none that could go. */
static bool go_up(const char *out, size_t *n, size_t root)
{
    struct str done = {out, *n};
    struct str above = path_folder(done);
    size_t begin = above.n > root ? above.n : root;
    if (*n == root || str_is(str_sub(done, begin, *n), "..")) {
        return false;
    }
    *n = begin > root ? begin - 1 : root;
    return true;
}

struct str path_normal(struct arena *a, struct str path)
{
    char *out = arena_alloc(a, path.n + 1);
    size_t root = path.n > 0 && path.p[0] == '/';
    size_t n = 0;
    if (root) {
        out[n++] = '/';
    }
    for (size_t at = 0; at < path.n;) {
        size_t slash = str_find_byte(path, '/', at);
        struct str part = str_sub(path, at, slash);
        at += part.n + 1;
        if (part.n == 0 || str_is(part, ".")) {
            continue;
        }
        if (str_is(part, "..") && (go_up(out, &n, root) || root)) {
            continue;
        }
        if (n > root) {
            out[n++] = '/';
        }
        memcpy(out + n, part.p, part.n);
        n += part.n;
    }
    return (struct str){out, n};
}
