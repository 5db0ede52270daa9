/*
 * From the table of policy/taxonomy.h to the structs of sarif/sarif.h.
 */
#include "report/sarif_taxonomies.h"

const struct sarif_taxonomy *sarif_taxonomies(struct arena *a)
{
    struct sarif_taxonomy *list = ARENA_ARRAY(a, taxonomy_count, struct sarif_taxonomy);
    for (size_t i = 0; i < taxonomy_count; i++) {
        const struct taxonomy *t = &taxonomies[i];
        struct sarif_taxon *taxa = ARENA_ARRAY(a, t->n, struct sarif_taxon);
        for (size_t k = 0; k < t->n; k++) {
            taxa[k] = (struct sarif_taxon){t->taxa[k].id, t->taxa[k].title};
        }
        list[i] = (struct sarif_taxonomy){t->name, t->guid, t->organization, t->title, t->url,
                                          taxa,    t->n,    t->results};
    }
    return list;
}

const struct sarif_relation *sarif_relations(struct arena *a, size_t rule, size_t *n)
{
    VEC(struct sarif_relation) list = {0};
    for (size_t i = 0; i < taxonomy_count; i++) {
        for (size_t k = 0; k < taxonomies[i].n; k++) {
            if (taxon_has(&taxonomies[i].taxa[k], rule)) {
                *VEC_ADD(a, &list) = (struct sarif_relation){i, k, taxonomies[i].relation};
            }
        }
    }
    *n = list.n;
    return list.at;
}
