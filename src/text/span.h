/*
 * A place in a source: bytes [begin, end). Lines and columns are derived from
 * the bytes when something is printed (text/source.h), never stored.
 */
#ifndef CFNREACH_TEXT_SPAN_H
#define CFNREACH_TEXT_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#define SPAN_NO_SOURCE UINT32_MAX

struct span {
    uint32_t source; /* id of the source in its set; SPAN_NO_SOURCE: no place at all */
    uint32_t begin;  /* first byte */
    uint32_t end;    /* one past the last; begin == end is a point */
};

#define SPAN_NONE ((struct span){SPAN_NO_SOURCE, 0, 0})

static inline bool span_is_none(struct span s)
{
    return s.source == SPAN_NO_SOURCE;
}

#endif
