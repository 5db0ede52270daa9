/*
 * Paths as URIs (RFC 3986): every byte outside the unreserved set and "/" is escaped.
 */
#include "sarif/sarif.h"

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~' || c == '/';
}

struct str sarif_uri(struct arena *a, struct str path)
{
    while (str_starts(path, STR("./"))) {
        path = str_sub(path, 2, path.n);
    }
    static const char hex[] = "0123456789ABCDEF";
    char *uri = arena_alloc(a, path.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (is_plain(path.p[i])) {
            uri[n++] = path.p[i];
        } else {
            uri[n++] = '%';
            uri[n++] = hex[c >> 4];
            uri[n++] = hex[c & 15];
        }
    }
    return (struct str){uri, n};
}
