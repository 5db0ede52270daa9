/*
 * A taxonomy of SARIF is a tool component of its own; rules and results refer to its members by
 * component and index (SARIF 3.14.8, 3.19.5, 3.27.9).
 */
#include "sarif/taxonomy.h"

#include "sarif/location.h"

void taxonomy_components(struct json_writer *w, const struct sarif_tool *tool)
{
    json_array_begin(w);
    for (size_t i = 0; i < tool->taxonomy_n; i++) {
        const struct sarif_taxonomy *t = &tool->taxonomies[i];
        json_object_begin(w);
        json_member_c(w, "name", t->name);
        json_member_c(w, "guid", t->guid);
        json_member_c(w, "organization", t->organization);
        json_key(w, "shortDescription");
        location_text(w, str_from(t->title));
        json_member_c(w, "informationUri", t->url);
        json_key(w, "isComprehensive");
        json_boolean(w, false);
        json_key(w, "taxa");
        json_array_begin(w);
        for (size_t k = 0; k < t->n; k++) {
            json_object_begin(w);
            json_member_c(w, "id", t->taxa[k].id);
            json_key(w, "shortDescription");
            location_text(w, str_from(t->taxa[k].title));
            json_object_end(w);
        }
        json_array_end(w);
        json_object_end(w);
    }
    json_array_end(w);
}

/* Each as a toolComponentReference. */
void taxonomy_supported(struct json_writer *w, const struct sarif_tool *tool)
{
    json_array_begin(w);
    for (size_t i = 0; i < tool->taxonomy_n; i++) {
        json_object_begin(w);
        json_member_c(w, "name", tool->taxonomies[i].name);
        json_member_int(w, "index", i);
        json_member_c(w, "guid", tool->taxonomies[i].guid);
        json_object_end(w);
    }
    json_array_end(w);
}

/* A reportingDescriptorReference. Without the guid, which the component has once: there are many.
 */
static void reference(struct json_writer *w, const struct sarif_tool *tool,
                      const struct sarif_relation *r)
{
    json_object_begin(w);
    json_member_c(w, "id", tool->taxonomies[r->taxonomy].taxa[r->taxon].id);
    json_member_int(w, "index", r->taxon);
    json_key(w, "toolComponent");
    json_object_begin(w);
    json_member_c(w, "name", tool->taxonomies[r->taxonomy].name);
    json_member_int(w, "index", r->taxonomy);
    json_object_end(w);
    json_object_end(w);
}

void taxonomy_relationships(struct json_writer *w, const struct sarif_tool *tool,
                            const struct sarif_rule *r)
{
    json_array_begin(w);
    for (size_t i = 0; i < r->relation_n; i++) {
        json_object_begin(w);
        json_key(w, "target");
        reference(w, tool, &r->relations[i]);
        json_key(w, "kinds");
        json_array_begin(w);
        json_str(w, str_from(r->relations[i].kind));
        json_array_end(w);
        json_object_end(w);
    }
    json_array_end(w);
}

void taxonomy_taxa(struct json_writer *w, const struct sarif_tool *tool, const struct sarif_rule *r)
{
    bool any = false;
    for (size_t i = 0; i < r->relation_n; i++) {
        if (!tool->taxonomies[r->relations[i].taxonomy].in_results) {
            continue;
        }
        if (!any) {
            json_key(w, "taxa");
            json_array_begin(w);
            any = true;
        }
        reference(w, tool, &r->relations[i]);
    }
    if (any) {
        json_array_end(w);
    }
}
