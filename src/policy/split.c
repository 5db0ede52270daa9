/*
 * The table is small, so rows are walked one by one.
 */
#include "policy/split.h"

#include <stdlib.h>

enum { FEW = 3 };

struct port_list {
    struct piece_port *at;
    size_t n;
    size_t cap;
};

static int by_port(const void *x, const void *y)
{
    const struct piece_port *a = x;
    const struct piece_port *b = y;
    if (a->ports.begin != b->ports.begin) {
        return a->ports.begin < b->ports.begin ? -1 : 1;
    }
    return (a->ports.end > b->ports.end) - (a->ports.end < b->ports.end);
}

/* Is it listed by an earlier row (port 111 is both NFS and RPC)? */
static bool is_covered(const struct port_list *list, struct ports p)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->at[i].ports.begin <= p.begin && p.end <= list->at[i].ports.end) {
            return true;
        }
    }
    return false;
}

static struct port_list recognised(struct arena *a, const struct settings *s, int protocol,
                                   struct ports range)
{
    VEC(struct piece_port) found = {0};
    struct port_list list = {0};
    for (size_t i = 0; i < s->services.n; i++) {
        const struct service *service = &s->services.at[i];
        struct service_ports ports = service_ports(service, protocol);
        for (size_t k = 0; k < ports.n; k++) {
            struct ports both = ports_both(ports.at[k], range);
            if (!ports_is_empty(both) && !is_covered(&list, both)) {
                *VEC_ADD(a, &found) = (struct piece_port){service, both};
                list = (struct port_list){found.at, found.n, found.cap};
            }
        }
    }
    if (list.n > 1) {
        qsort(list.at, list.n, sizeof *list.at, by_port);
    }
    return list;
}

struct pieces split_range(struct arena *a, const struct settings *s, int protocol,
                          struct ports range)
{
    if (ports_is_empty(range)) {
        return (struct pieces){NULL, 0};
    }
    struct port_list known = recognised(a, s, protocol, range);
    struct piece *pieces = ARENA_ARRAY(a, known.n + 1, struct piece);
    size_t n = 0;
    if (known.n == 0) {
        pieces[n++] = (struct piece){PIECE_UNRECOGNIZED, range, NULL, 0};
        return (struct pieces){pieces, n};
    }
    struct piece_port *rest = ARENA_ARRAY(a, known.n, struct piece_port);
    size_t rest_n = 0;
    for (size_t i = 0; i < known.n; i++) {
        if (known.at[i].service->alone) {
            pieces[n++] = (struct piece){PIECE_RECOGNIZED, known.at[i].ports, &known.at[i], 1};
        } else {
            rest[rest_n++] = known.at[i];
        }
    }
    for (size_t i = 0; i < rest_n && rest_n <= FEW; i++) {
        pieces[n++] = (struct piece){PIECE_RECOGNIZED, rest[i].ports, &rest[i], 1};
    }
    if (rest_n > FEW) {
        pieces[n++] = (struct piece){PIECE_RANGE, range, rest, rest_n};
    }
    return (struct pieces){pieces, n};
}

struct piece split_whole(struct arena *a, const struct settings *s, int protocol,
                         struct ports range)
{
    struct port_list known = recognised(a, s, protocol, range);
    return (struct piece){PIECE_RANGE, range, known.at, known.n};
}
