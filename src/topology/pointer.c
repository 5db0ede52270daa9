/*
 * Pointers into the template, for those right of the bridge, who do not know documents.
 */
#include "doc/path.h"
#include "topology/topology.h"

struct str topology_pointer(struct arena *a, const struct topology *t, uint32_t id)
{
    const struct doc_node *node = topology_origin(t, id)->node;
    return node ? doc_pointer(a, node) : STR("");
}
