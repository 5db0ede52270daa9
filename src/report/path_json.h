/*
 * The answer of `cfnreach path` as JSON, schema "cfnreach-path/1":
 *
 *     {"schema","from","to","protocol","portBegin","portEnd","verdict",
 *      "ways":[{"edge","edgeComponent","sender","interface","families","protocol","portBegin",
 *               "portEnd","verdict","confidence","exposure","witness","facts",
 *               "path":[{"componentId","componentType","implicit","message",
 *                        "file","line","column"}],
 *               "back":[…]}],
 *      "blocked":[{"sender","interface","blockers":[{"conjunct","componentId","componentType",
 *               "message","code","change","alone","joint","file","line","column"}]}]}
 */
#ifndef CFNREACH_REPORT_PATH_JSON_H
#define CFNREACH_REPORT_PATH_JSON_H

#include "report/path_view.h"

void path_json_write(const struct path_view *v, struct source_set *sources, struct buf *out);

#endif
