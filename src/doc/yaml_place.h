/*
 * From libyaml's marks to bytes. A mark counts code points, without a leading
 * BOM; its line and column are never used, because libyaml also breaks lines at
 * U+0085, U+2028 and U+2029.
 */
#ifndef CFNREACH_DOC_YAML_PLACE_H
#define CFNREACH_DOC_YAML_PLACE_H

#include "doc/read.h"

struct yaml_place {
    struct str bytes;
    uint32_t begin; /* where code point 0 is */
    bool ascii;     /* code points are bytes */
    size_t point;   /* the place that was asked for last ... */
    uint32_t at;    /* ... and its byte */
};

/* `ascii`: the bytes from `begin` on are. */
void yaml_place_init(struct yaml_place *p, struct str bytes, uint32_t begin, bool ascii);

/* The byte offset of a code point, clamped to the end. Walks from the last place
 * that was asked for, in either direction: cheap when places come in order. */
uint32_t yaml_place_at(struct yaml_place *p, size_t point);

#endif
