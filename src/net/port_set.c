#include "net/port_set.h"

#include <stdlib.h>

static int by_begin(const void *x, const void *y)
{
    const struct ports *a = x;
    const struct ports *b = y;
    return (a->begin > b->begin) - (a->begin < b->begin);
}

struct port_set port_set_unite(struct arena *a, struct port_set s)
{
    struct port_set out = {0};
    if (s.at.n > 1) {
        qsort(s.at.at, s.at.n, sizeof *s.at.at, by_begin);
    }
    for (size_t i = 0; i < s.at.n; i++) {
        struct ports p = s.at.at[i];
        struct ports *last = out.at.n > 0 ? &out.at.at[out.at.n - 1] : NULL;
        if (last != NULL && (uint32_t)last->end + 1 >= p.begin) {
            last->end = p.end > last->end ? p.end : last->end;
        } else {
            *VEC_ADD(a, &out.at) = p;
        }
    }
    return out;
}

struct port_set port_set_minus(struct arena *a, const struct port_set *x, const struct port_set *y)
{
    struct port_set out = {0};
    size_t k = 0;
    for (size_t i = 0; i < x->at.n; i++) {
        uint32_t begin = x->at.at[i].begin;
        uint32_t end = x->at.at[i].end;
        while (k < y->at.n && y->at.at[k].end < begin) {
            k++;
        }
        for (size_t m = k; m < y->at.n && y->at.at[m].begin <= end && begin <= end; m++) {
            if (y->at.at[m].begin > begin) {
                *VEC_ADD(a, &out.at) =
                    (struct ports){(uint16_t)begin, (uint16_t)(y->at.at[m].begin - 1)};
            }
            begin = (uint32_t)y->at.at[m].end + 1;
        }
        if (begin <= end) {
            *VEC_ADD(a, &out.at) = (struct ports){(uint16_t)begin, (uint16_t)end};
        }
    }
    return out;
}

struct port_set port_set_both(struct arena *a, const struct port_set *x, const struct port_set *y)
{
    struct port_set out = {0};
    for (size_t i = 0, k = 0; i < x->at.n && k < y->at.n;) {
        struct ports both = ports_both(x->at.at[i], y->at.at[k]);
        if (!ports_is_empty(both)) {
            *VEC_ADD(a, &out.at) = both;
        }
        if (x->at.at[i].end < y->at.at[k].end) {
            i++;
        } else {
            k++;
        }
    }
    return out;
}

bool port_set_same(const struct port_set *x, const struct port_set *y)
{
    bool same = x->at.n == y->at.n;
    for (size_t i = 0; same && i < x->at.n; i++) {
        same = x->at.at[i].begin == y->at.at[i].begin && x->at.at[i].end == y->at.at[i].end;
    }
    return same;
}
