/*
 * A cursor that keeps a code point and its byte together.
 */
#include "doc/yaml_place.h"

static bool continues(struct str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
}

/* Eight bytes of ASCII at p? Compilers make one load of the copy. */
static bool ascii_word(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return (word & 0x8080808080808080U) == 0;
}

void yaml_place_init(struct yaml_place *p, struct str bytes, uint32_t begin, bool ascii)
{
    *p = (struct yaml_place){.bytes = bytes, .begin = begin, .ascii = ascii, .at = begin};
}

uint32_t yaml_place_at(struct yaml_place *p, size_t point)
{
    size_t n = p->bytes.n;
    if (p->ascii) {
        return point < n - p->begin ? p->begin + (uint32_t)point : (uint32_t)n;
    }
    while (p->point < point && p->at < n) {
        if (point - p->point >= 8 && n - p->at >= 8 && ascii_word(p->bytes.p + p->at)) {
            p->point += 8;
            p->at += 8;
            continue;
        }
        p->point++;
        p->at++;
        while (continues(p->bytes, p->at)) {
            p->at++;
        }
    }
    while (p->point > point && p->at > p->begin) {
        p->point--;
        p->at--;
        while (continues(p->bytes, p->at)) {
            p->at--;
        }
    }
    return p->at;
}
