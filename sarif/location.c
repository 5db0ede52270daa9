#include "sarif/location.h"

void location_text(struct json_writer *w, struct str text)
{
    json_object_begin(w);
    json_member(w, "text", text);
    json_object_end(w);
}

/* All four numbers, always: viewers take a missing endColumn for the end of the line, and
 * never byteOffset or charOffset, which they take for a place in a hex view. */
void location_region(struct json_writer *w, const struct sarif_region *r)
{
    json_object_begin(w);
    json_member_int(w, "startLine", r->start_line);
    json_member_int(w, "startColumn", r->start_column);
    json_member_int(w, "endLine", r->end_line);
    json_member_int(w, "endColumn", r->end_column);
    if (r->snippet.n) {
        json_key(w, "snippet");
        location_text(w, r->snippet);
    }
    json_object_end(w);
}

void location_artifact(struct json_writer *w, struct str uri, bool absolute)
{
    json_object_begin(w);
    json_member(w, "uri", uri);
    if (!absolute) {
        json_member_c(w, "uriBaseId", "%SRCROOT%");
    }
    json_object_end(w);
}

static void physical(struct json_writer *w, const struct sarif_location *l)
{
    json_object_begin(w);
    json_key(w, "artifactLocation");
    location_artifact(w, l->uri, l->absolute);
    if (l->region.start_line) {
        json_key(w, "region");
        location_region(w, &l->region);
        if (l->context.start_line) {
            json_key(w, "contextRegion");
            location_region(w, &l->context);
        }
    }
    json_object_end(w);
}

void location_object(struct json_writer *w, const struct sarif_location *l, size_t id)
{
    json_object_begin(w);
    if (id > 0) {
        json_member_int(w, "id", id);
    }
    if (l->uri.n) {
        json_key(w, "physicalLocation");
        physical(w, l);
    }
    if (l->logical_name.n) {
        json_key(w, "logicalLocations");
        json_array_begin(w);
        json_object_begin(w);
        json_member(w, "fullyQualifiedName", l->logical_name);
        if (l->logical_kind.n) {
            json_member(w, "kind", l->logical_kind);
        }
        json_object_end(w);
        json_array_end(w);
    }
    if (l->message.n) {
        json_key(w, "message");
        location_text(w, l->message);
    }
    json_object_end(w);
}
