#include "report/uri.h"

#include "sarif/sarif.h"

/* Text only: "a/./b/../c" is "a/c"; symbolic links are not looked at, so that a path means the
 * same on the machine that reads the report. */
static struct str normal(struct arena *a, struct str path)
{
    char *out = arena_alloc(a, path.n + 2);
    size_t n = 0;
    for (size_t i = 0; i < path.n;) {
        while (i < path.n && path.p[i] == '/') {
            i++;
        }
        size_t end = str_find_byte(path, '/', i);
        struct str part = str_sub(path, i, end == STR_NPOS ? path.n : end);
        i += part.n;
        if (part.n == 0 || str_is(part, ".")) {
            continue;
        }
        if (str_is(part, "..")) {
            while (n > 0 && out[--n] != '/') {}
            continue;
        }
        out[n++] = '/';
        memcpy(out + n, part.p, part.n);
        n += part.n;
    }
    if (n == 0) {
        out[n++] = '/';
    }
    return (struct str){out, n};
}

struct str report_path(struct arena *a, const struct report_options *o, struct str path,
                       bool *absolute)
{
    struct str full = path;
    if (path.n == 0 || path.p[0] != '/') {
        full = str_format(a, "%.*s/%.*s", STR_ARG(o->cwd), STR_ARG(path));
    }
    full = normal(a, full);
    struct str root = normal(a, o->root);
    struct str prefix = str_is(root, "/") ? root : str_join2(a, root, STR("/"));
    *absolute = !str_starts(full, prefix);
    return *absolute ? full : str_sub(full, prefix.n, full.n);
}

struct report_uri report_uri(struct arena *a, const struct report_options *o, struct str path)
{
    struct report_uri u;
    struct str plain = report_path(a, o, path, &u.absolute);
    u.uri = sarif_uri(a, plain);
    if (u.absolute) {
        u.uri = str_join2(a, STR("file://"), u.uri);
    }
    return u;
}
