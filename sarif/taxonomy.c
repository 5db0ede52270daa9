/*
 * A taxonomy of SARIF is a tool component of its own; rules and results refer to its members by
 * component and index (SARIF 3.14.8, 3.19.5, 3.27.9).
 */
#include "sarif/taxonomy.h"

cJSON *taxonomy_components(const struct sarif_tool *tool)
{
    cJSON *list = json_array();
    for (size_t i = 0; i < tool->taxonomy_n; i++) {
        const struct sarif_taxonomy *t = &tool->taxonomies[i];
        cJSON *taxa = json_array();
        for (size_t k = 0; k < t->n; k++) {
            cJSON *taxon = json_object();
            json_put_c(taxon, "id", t->taxa[k].id);
            json_put(taxon, "shortDescription", json_message(t->taxa[k].title));
            json_append(taxa, taxon);
        }
        cJSON *o = json_object();
        json_put_c(o, "name", t->name);
        json_put_c(o, "guid", t->guid);
        json_put_c(o, "organization", t->organization);
        json_put(o, "shortDescription", json_message(t->title));
        json_put_c(o, "informationUri", t->url);
        json_put(o, "isComprehensive", json_bool(false));
        json_put(o, "taxa", taxa);
        json_append(list, o);
    }
    return list;
}

/* A toolComponentReference. */
static cJSON *component(const struct sarif_tool *tool, size_t index)
{
    cJSON *o = json_object();
    json_put_c(o, "name", tool->taxonomies[index].name);
    json_put(o, "index", json_number((double)index));
    json_put_c(o, "guid", tool->taxonomies[index].guid);
    return o;
}

cJSON *taxonomy_supported(const struct sarif_tool *tool)
{
    cJSON *list = json_array();
    for (size_t i = 0; i < tool->taxonomy_n; i++) {
        json_append(list, component(tool, i));
    }
    return list;
}

/* A reportingDescriptorReference. Without the guid, which the component has once: there are many.
 */
static cJSON *reference(const struct sarif_tool *tool, const struct sarif_relation *r)
{
    cJSON *taxonomy = json_object();
    json_put_c(taxonomy, "name", tool->taxonomies[r->taxonomy].name);
    json_put(taxonomy, "index", json_number((double)r->taxonomy));
    cJSON *o = json_object();
    json_put_c(o, "id", tool->taxonomies[r->taxonomy].taxa[r->taxon].id);
    json_put(o, "index", json_number((double)r->taxon));
    json_put(o, "toolComponent", taxonomy);
    return o;
}

cJSON *taxonomy_relationships(const struct sarif_tool *tool, const struct sarif_rule *r)
{
    cJSON *list = json_array();
    for (size_t i = 0; i < r->relation_n; i++) {
        cJSON *kinds = json_array();
        json_append(kinds, json_string(str_from(r->relations[i].kind)));
        cJSON *o = json_object();
        json_put(o, "target", reference(tool, &r->relations[i]));
        json_put(o, "kinds", kinds);
        json_append(list, o);
    }
    return list;
}

cJSON *taxonomy_taxa(const struct sarif_tool *tool, const struct sarif_rule *r)
{
    cJSON *list = json_array();
    for (size_t i = 0; i < r->relation_n; i++) {
        if (tool->taxonomies[r->relations[i].taxonomy].in_results) {
            json_append(list, reference(tool, &r->relations[i]));
        }
    }
    return list;
}
