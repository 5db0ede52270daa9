/*
 * Findings before and after. An endpoint after is accounted for if some finding other than the
 * closed one already said so, no less severely; or if the closed one did, more severely.
 */
#include "fix/proof.h"

static bool same_way_in(const struct finding_endpoint *x, const struct finding_endpoint *y)
{
    return str_eq(x->interface, y->interface) && x->edge == y->edge &&
           str_eq(x->edge_component, y->edge_component) && str_eq(x->via, y->via) &&
           x->protocol == y->protocol;
}

static bool meet(const struct finding_endpoint *x, const struct finding_endpoint *y)
{
    return same_way_in(x, y) && x->ports.begin <= y->ports.end && y->ports.begin <= x->ports.end;
}

static bool within(struct ports inner, struct ports outer)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

static bool endpoint_known(const struct findings *before, size_t closed,
                           const struct finding_endpoint *e)
{
    for (size_t i = 0; i < before->all.n; i++) {
        const struct finding *f = &before->all.at[i];
        for (size_t k = 0; k < f->endpoints.n; k++) {
            const struct finding_endpoint *old = &f->endpoints.at[k];
            bool severe = i == closed ? old->severity > e->severity : old->severity >= e->severity;
            if (severe && same_way_in(old, e) && within(e->ports, old->ports)) {
                return true;
            }
        }
        /* What Metadata accepts may stay as it is; proofs are made without suppressions. */
        for (size_t k = 0; k < f->accepted.n; k++) {
            const struct finding_endpoint *old = &f->accepted.at[k];
            if (old->severity >= e->severity && same_way_in(old, e) &&
                within(e->ports, old->ports)) {
                return true;
            }
        }
    }
    return false;
}

/* A finding without endpoints: an open rule that nothing uses. */
static bool unused_known(const struct findings *before, size_t closed, const struct finding *f)
{
    for (size_t i = 0; i < before->all.n; i++) {
        const struct finding *old = &before->all.at[i];
        bool severe = i == closed ? old->severity > f->severity : old->severity >= f->severity;
        bool protocol = old->protocol == f->protocol || old->protocol == PROTOCOL_ALL;
        if (severe && old->rule == f->rule && protocol && within(f->ports, old->ports)) {
            return true;
        }
    }
    return false;
}

bool findings_same(const struct finding *f, const struct finding *g)
{
    if (f->rule != g->rule || f->edge != g->edge) {
        return false;
    }
    if (f->endpoints.n == 0) {
        return g->endpoints.n == 0 && str_eq(f->resource, g->resource) &&
               f->protocol == g->protocol && f->ports.begin <= g->ports.end &&
               g->ports.begin <= f->ports.end;
    }
    for (size_t i = 0; i < f->endpoints.n; i++) {
        for (size_t k = 0; k < g->endpoints.n; k++) {
            if (meet(&f->endpoints.at[i], &g->endpoints.at[k])) {
                return true;
            }
        }
    }
    return false;
}

static size_t count(const struct findings *all, const struct finding *f, enum severity *worst)
{
    size_t n = 0;
    *worst = SEVERITY_OFF;
    for (size_t i = 0; i < all->all.n; i++) {
        if (findings_same(f, &all->all.at[i])) {
            n++;
            *worst = all->all.at[i].severity > *worst ? all->all.at[i].severity : *worst;
        }
    }
    return n;
}

bool findings_closed(const struct findings *before, size_t closed, const struct findings *after)
{
    const struct finding *f = &before->all.at[closed];
    enum severity worst;
    size_t old = count(before, f, &worst);
    size_t now = count(after, f, &worst);
    if (now >= old && worst >= f->severity) {
        return false;
    }
    for (size_t i = 0; i < after->all.n; i++) {
        const struct finding *g = &after->all.at[i];
        if (g->endpoints.n == 0 && g->severity >= f->severity && !unused_known(before, closed, g)) {
            return false;
        }
        for (size_t k = 0; k < g->endpoints.n; k++) {
            const struct finding_endpoint *e = &g->endpoints.at[k];
            if (e->severity >= f->severity && !endpoint_known(before, closed, e)) {
                return false;
            }
        }
    }
    return true;
}
