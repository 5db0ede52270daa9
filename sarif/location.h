/*
 * Regions and locations of SARIF, from the plain structs of sarif.h. Private to sarif/.
 */
#ifndef CFNREACH_SARIF_LOCATION_H
#define CFNREACH_SARIF_LOCATION_H

#include "base/json_writer.h"
#include "sarif/sarif.h"

void location_region(struct json_writer *w, const struct sarif_region *r);
/* artifactLocation: relative ones name the base %SRCROOT%. */
void location_artifact(struct json_writer *w, struct str uri, bool absolute);
/* A location object; id 0: none. Empty members are left out. */
void location_object(struct json_writer *w, const struct sarif_location *l, size_t id);
/* {"text": ...} */
void location_text(struct json_writer *w, struct str text);

#endif
