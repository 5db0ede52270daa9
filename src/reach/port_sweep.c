/*
 * The active ranges are kept sorted by number, because their order is the order in which
 * whoever asks decides (first match, first opener). Work is n log n plus the size of what
 * is visited.
 */
#include "reach/port_sweep.h"

#include <stdlib.h>

enum { PORT_END = 65536 };

struct start {
    uint16_t begin;
    uint32_t number;
};

static int by_begin(const void *x, const void *y)
{
    const struct start *a = x;
    const struct start *b = y;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

struct port_sweep port_sweep_over(struct arena *a, const struct ports *ranges, size_t n)
{
    struct start *starts = ARENA_ARRAY(a, n, struct start);
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        if (!ports_is_empty(ranges[i])) {
            starts[used++] = (struct start){.begin = ranges[i].begin, .number = (uint32_t)i};
        }
    }
    qsort(starts, used, sizeof *starts, by_begin);
    uint32_t *waiting = ARENA_ARRAY(a, used, uint32_t);
    for (size_t i = 0; i < used; i++) {
        waiting[i] = starts[i].number;
    }
    return (struct port_sweep){
        .ranges = ranges,
        .waiting = waiting,
        .waiting_n = used,
        .active = ARENA_ARRAY(a, used, uint32_t),
    };
}

static void drop_finished(struct port_sweep *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->active_n; i++) {
        if (s->ranges[s->active[i]].end >= s->next) {
            s->active[kept++] = s->active[i];
        }
    }
    s->active_n = kept;
}

static void insert_active(struct port_sweep *s, uint32_t number)
{
    size_t low = 0;
    size_t high = s->active_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->active[middle] < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    memmove(s->active + low + 1, s->active + low, (s->active_n - low) * sizeof *s->active);
    s->active[low] = number;
    s->active_n++;
}

bool port_sweep_next(struct port_sweep *s)
{
    if (s->next == PORT_END) {
        return false;
    }
    drop_finished(s);
    if (s->active_n == 0) {
        if (s->waiting_n == 0) {
            return false;
        }
        s->next = s->ranges[s->waiting[0]].begin;
    }
    while (s->waiting_n > 0 && s->ranges[s->waiting[0]].begin <= s->next) {
        insert_active(s, s->waiting[0]);
        s->waiting++;
        s->waiting_n--;
    }
    uint32_t end = PORT_END;
    if (s->waiting_n > 0) {
        end = s->ranges[s->waiting[0]].begin;
    }
    for (size_t i = 0; i < s->active_n; i++) {
        uint32_t behind = s->ranges[s->active[i]].end + 1U;
        end = behind < end ? behind : end;
    }
    s->segment = (struct ports){.begin = (uint16_t)s->next, .end = (uint16_t)(end - 1)};
    s->next = end;
    return true;
}
