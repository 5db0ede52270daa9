/*
 * Regions and locations of SARIF, from the plain structs of sarif.h. Private to sarif/.
 */
#ifndef CFNREACH_SARIF_LOCATION_H
#define CFNREACH_SARIF_LOCATION_H

#include "sarif/json.h"
#include "sarif/sarif.h"

cJSON *location_region(const struct sarif_region *r);
/* artifactLocation: relative ones name the base %SRCROOT%. */
cJSON *location_artifact(struct str uri, bool absolute);
/* A location object; id < 0: none. Empty members are left out. */
cJSON *location_object(const struct sarif_location *l, int id);

#endif
