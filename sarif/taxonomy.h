/*
 * What others call the rules, in the four places of a log that say so. Private to sarif/.
 */
#ifndef CFNREACH_SARIF_TAXONOMY_H
#define CFNREACH_SARIF_TAXONOMY_H

#include "sarif/json.h"
#include "sarif/sarif.h"

/* Arrays, empty if there is nothing to say. */
cJSON *taxonomy_components(const struct sarif_tool *tool); /* run.taxonomies */
cJSON *taxonomy_supported(const struct sarif_tool *tool);  /* driver.supportedTaxonomies */
cJSON *taxonomy_relationships(const struct sarif_tool *tool, const struct sarif_rule *r);
cJSON *taxonomy_taxa(const struct sarif_tool *tool, const struct sarif_rule *r); /* result.taxa */

#endif
