/*
 * Lookups in a table of a transit gateway: the longest prefix wins, a static route before a
 * propagated one; a blackhole wins, too. Each route has a guard, so an answer is a guard.
 */
#include "topology/hub.h"

#include <stdlib.h>

enum { MOST_PIECES = 512 }; /* beyond it a prefix is no longer cut: more comes in, never less */

static int best_first(const void *x, const void *y)
{
    const struct hub_route *a = x;
    const struct hub_route *b = y;
    if (a->prefix.length != b->prefix.length) {
        return a->prefix.length > b->prefix.length ? -1 : 1;
    }
    if (a->fixed != b->fixed) {
        return a->fixed ? -1 : 1;
    }
    int order = address_cmp(a->prefix.first, b->prefix.first);
    if (order != 0) {
        return order;
    }
    return (a->member > b->member) - (a->member < b->member);
}

void hub_sort(struct hub *hub)
{
    if (hub->routes.n > 1) {
        qsort(hub->routes.at, hub->routes.n, sizeof *hub->routes.at, best_first);
    }
}

struct guard hub_leads(struct builder *b, const struct hub *hub, struct prefix prefix,
                       int64_t member)
{
    struct guard found = GUARD_FALSE;
    struct guard left = GUARD_TRUE;
    for (size_t i = 0; i < hub->routes.n && !guard_is_false(left); i++) {
        const struct hub_route *r = &hub->routes.at[i];
        if (r->any || !prefix_covers(r->prefix, prefix)) {
            continue;
        }
        if (r->member == member) {
            found = either(b, found, both(b, left, r->when));
        }
        left = without(b, left, r->when);
    }
    return found;
}

struct guard hub_names(struct builder *b, const struct hub *hub, int64_t member)
{
    struct guard found = GUARD_FALSE;
    for (size_t i = 0; i < hub->routes.n; i++) {
        if (hub->routes.at[i].member == member) {
            found = either(b, found, hub->routes.at[i].when);
        }
    }
    return found;
}

static void add_piece(struct builder *b, struct hub_pieces *out, struct guard when,
                      struct prefix prefix, uint8_t settled)
{
    if (!guard_is_false(when)) {
        *VEC_ADD(b->arena, &out->all) = (struct hub_piece){when, prefix, settled};
    }
}

/* The address with one bit (counted from the front of its family) turned over. */
static struct address flipped(struct prefix p, unsigned bit)
{
    struct address a = p.first;
    unsigned last = p.family == NET_V4 ? 31 : 127;
    if (bit > last) {
        BUG("bit %u of an address", bit);
    }
    unsigned from_end = last - bit;
    if (from_end >= 64) {
        a.hi ^= (uint64_t)1 << (from_end - 64);
    } else {
        a.lo ^= (uint64_t)1 << from_end;
    }
    return a;
}

/* The first `length` bits of a prefix that is at least as long. */
static struct prefix cut_to(struct prefix p, uint8_t length)
{
    unsigned bits = p.family == NET_V4 ? 32 : 128;
    for (unsigned bit = length; bit < bits; bit++) {
        unsigned from_end = bits - 1 - bit;
        if (from_end >= 64) {
            p.first.hi &= ~((uint64_t)1 << (from_end - 64));
        } else {
            p.first.lo &= ~((uint64_t)1 << from_end);
        }
    }
    p.length = length;
    return p;
}

/* Takes `hole` out of one piece where `when` holds: its neighbours on the way down to it. */
static void cut_piece(struct builder *b, struct hub_pieces *out, size_t index, struct prefix hole,
                      struct guard when)
{
    struct hub_piece piece = out->all.at[index];
    out->all.at[index].when = without(b, piece.when, when);
    struct guard rest = both(b, piece.when, when);
    for (unsigned length = piece.prefix.length + 1U; length <= hole.length; length++) {
        struct prefix neighbour = hole;
        neighbour.first = flipped(hole, length - 1);
        add_piece(b, out, rest, cut_to(neighbour, (uint8_t)length), piece.settled);
    }
}

static void cut_holes(struct builder *b, const struct hub *hub, struct hub_pieces *out,
                      size_t first, int64_t member)
{
    for (size_t i = 0; i < hub->routes.n; i++) {
        const struct hub_route *r = &hub->routes.at[i];
        size_t n = out->all.n;
        for (size_t k = first; k < n && !r->any && r->member != member; k++) {
            struct hub_piece *piece = &out->all.at[k];
            if (r->prefix.length <= piece->settled) {
                continue;
            }
            if (prefix_covers(r->prefix, piece->prefix)) {
                piece->when = without(b, piece->when, r->when);
            } else if (prefix_covers(piece->prefix, r->prefix) && out->all.n < MOST_PIECES) {
                cut_piece(b, out, k, r->prefix, r->when);
            }
        }
    }
}

void hub_parts(struct builder *b, const struct hub *hub, struct prefix prefix, int64_t member,
               struct hub_pieces *out)
{
    size_t first = out->all.n;
    add_piece(b, out, hub_leads(b, hub, prefix, member), prefix, prefix.length);
    for (size_t i = 0; i < hub->routes.n; i++) {
        const struct hub_route *r = &hub->routes.at[i];
        bool inside =
            r->prefix.length > prefix.length && prefix_covers(prefix, r->prefix) && !r->any;
        if (inside && r->member == member) {
            add_piece(b, out, hub_leads(b, hub, r->prefix, member), r->prefix, r->prefix.length);
        }
    }
    cut_holes(b, hub, out, first, member);
}
