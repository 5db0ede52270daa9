#include "sarif/location.h"

/* All four numbers, always: viewers take a missing endColumn for the end of the line, and
 * never byteOffset or charOffset, which they take for a place in a hex view. */
cJSON *location_region(const struct sarif_region *r)
{
    cJSON *region = json_object();
    json_put(region, "startLine", json_number(r->start_line));
    json_put(region, "startColumn", json_number(r->start_column));
    json_put(region, "endLine", json_number(r->end_line));
    json_put(region, "endColumn", json_number(r->end_column));
    if (r->snippet.n) {
        cJSON *snippet = json_object();
        json_put_text(snippet, "text", r->snippet);
        json_put(region, "snippet", snippet);
    }
    return region;
}

cJSON *location_artifact(struct str uri, bool absolute)
{
    cJSON *artifact = json_object();
    json_put_text(artifact, "uri", uri);
    if (!absolute) {
        json_put_c(artifact, "uriBaseId", "%SRCROOT%");
    }
    return artifact;
}

static cJSON *physical(const struct sarif_location *l)
{
    cJSON *p = json_object();
    json_put(p, "artifactLocation", location_artifact(l->uri, l->absolute));
    if (l->region.start_line) {
        json_put(p, "region", location_region(&l->region));
        if (l->context.start_line) {
            json_put(p, "contextRegion", location_region(&l->context));
        }
    }
    return p;
}

cJSON *location_object(const struct sarif_location *l, int id)
{
    cJSON *location = json_object();
    if (id >= 0) {
        json_put(location, "id", json_number(id));
    }
    if (l->uri.n) {
        json_put(location, "physicalLocation", physical(l));
    }
    if (l->logical_name.n) {
        cJSON *logical = json_object();
        json_put_text(logical, "fullyQualifiedName", l->logical_name);
        if (l->logical_kind.n) {
            json_put_text(logical, "kind", l->logical_kind);
        }
        cJSON *list = json_array();
        json_append(list, logical);
        json_put(location, "logicalLocations", list);
    }
    if (l->message.n) {
        cJSON *message = json_object();
        json_put_text(message, "text", l->message);
        json_put(location, "message", message);
    }
    return location;
}
