#include "report/uri.h"

#include "base/path.h"
#include "sarif/sarif.h"

struct str report_path(struct arena *a, const struct report_options *o, struct str path,
                       bool *absolute)
{
    struct str full = path;
    if (path.n == 0 || path.p[0] != '/') {
        full = str_format(a, "%.*s/%.*s", STR_ARG(o->cwd), STR_ARG(path));
    }
    full = path_normal(a, full);
    struct str root = path_normal(a, str_join2(a, STR("/"), o->root));
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
