/*
 * What others call the rules, in the four places of a log that say so. Private to sarif/.
 */
#ifndef CFNREACH_SARIF_TAXONOMY_H
#define CFNREACH_SARIF_TAXONOMY_H

#include "base/json_writer.h"
#include "sarif/sarif.h"

/* Arrays, empty if there is nothing to say. */
void taxonomy_components(struct json_writer *w, const struct sarif_tool *tool); /* run.taxonomies */
/* driver.supportedTaxonomies */
void taxonomy_supported(struct json_writer *w, const struct sarif_tool *tool);
/* rule.relationships */
void taxonomy_relationships(struct json_writer *w, const struct sarif_tool *tool,
                            const struct sarif_rule *r);
/* result.taxa, with its key; nothing if there are none */
void taxonomy_taxa(struct json_writer *w, const struct sarif_tool *tool,
                   const struct sarif_rule *r);

#endif
