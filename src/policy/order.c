/*
 * The order of output (SEMANTICS 5.9), made total, so that it depends on nothing else.
 */
#include <stdlib.h>

#include "policy/check.h"

static int down(unsigned a, unsigned b)
{
    return a == b ? 0 : (a > b ? -1 : 1);
}

static int up(unsigned a, unsigned b)
{
    return a == b ? 0 : (a < b ? -1 : 1);
}

static int compare_endpoints(const struct finding_endpoint *a, const struct finding_endpoint *b)
{
    int order = down(a->severity, b->severity);
    order = order != 0 ? order : down(a->verdict, b->verdict);
    order = order != 0 ? order : up(a->doubt, b->doubt);
    order = order != 0 ? order : str_cmp(a->resource, b->resource);
    order = order != 0 ? order : str_cmp(a->interface, b->interface);
    order = order != 0 ? order : up(a->edge, b->edge);
    order = order != 0 ? order : str_cmp(a->edge_component, b->edge_component);
    order = order != 0 ? order : str_cmp(a->via, b->via);
    order = order != 0 ? order : up((unsigned)a->protocol, (unsigned)b->protocol);
    order = order != 0 ? order : up(a->ports.begin, b->ports.begin);
    order = order != 0 ? order : up(a->ports.end, b->ports.end);
    order = order != 0 ? order : up(a->listener.begin, b->listener.begin);
    order = order != 0 ? order : up(a->listener.end, b->listener.end);
    return order != 0 ? order : up(a->families, b->families);
}

static int by_endpoint(const void *x, const void *y)
{
    return compare_endpoints(x, y);
}

static int by_finding(const void *x, const void *y)
{
    const struct finding *a = x;
    const struct finding *b = y;
    int order = down(a->severity, b->severity);
    order = order != 0 ? order : down(a->verdict, b->verdict);
    order = order != 0 ? order : up(a->at.source, b->at.source);
    struct str who_a = a->endpoints.n > 0 ? a->endpoints.at[0].resource : a->resource;
    struct str who_b = b->endpoints.n > 0 ? b->endpoints.at[0].resource : b->resource;
    order = order != 0 ? order : str_cmp(who_a, who_b);
    order = order != 0 ? order : up(a->edge, b->edge);
    if (order == 0 && a->endpoints.n > 0 && b->endpoints.n > 0) {
        order = str_cmp(a->endpoints.at[0].via, b->endpoints.at[0].via);
    }
    order = order != 0 ? order : up((unsigned)a->protocol, (unsigned)b->protocol);
    order = order != 0 ? order : up(a->ports.begin, b->ports.begin);
    order = order != 0 ? order : str_cmp(str_from(a->rule->id), str_from(b->rule->id));
    order = order != 0 ? order : up(a->at.begin, b->at.begin);
    order = order != 0 ? order : str_cmp(a->resource, b->resource);
    return order != 0 ? order : str_cmp(a->fingerprint, b->fingerprint);
}

void order_endpoints(struct finding *f)
{
    if (f->endpoints.n > 1) {
        qsort(f->endpoints.at, f->endpoints.n, sizeof *f->endpoints.at, by_endpoint);
    }
}

void order_findings(struct findings *f)
{
    if (f->all.n > 1) {
        qsort(f->all.at, f->all.n, sizeof *f->all.at, by_finding);
    }
}
