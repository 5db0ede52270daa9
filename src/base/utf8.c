/*
 * One decoder that everything here stands on, and a quick way over ASCII: eight
 * bytes at a time, since nearly all templates are nothing else.
 */
#include "base/utf8.h"

/* How many ASCII bytes begin at `at`; may stop short of the first other byte,
 * never beyond it. */
static size_t ascii_run(struct str s, size_t at)
{
    size_t i = at;
    while (s.n - i >= sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, s.p + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080)) {
            break;
        }
        i += sizeof word;
    }
    return i - at;
}

/* The bounds of the second byte are RFC 3629, section 4: they are what excludes
 * overlong forms, surrogates and values above U+10FFFF. */
static size_t sequence_length(uint8_t lead, uint8_t *low, uint8_t *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *low = lead == 0xE0 ? 0xA0 : 0x80;
        *high = lead == 0xED ? 0x9F : 0xBF;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *low = lead == 0xF0 ? 0x90 : 0x80;
        *high = lead == 0xF4 ? 0x8F : 0xBF;
        return 4;
    }
    return 0;
}

struct utf8_point utf8_next(struct str s, size_t at)
{
    if (at >= s.n) {
        return (struct utf8_point){0, 0};
    }
    uint8_t lead = (uint8_t)s.p[at];
    if (lead < 0x80) {
        return (struct utf8_point){lead, 1};
    }
    uint8_t low, high;
    size_t n = sequence_length(lead, &low, &high);
    if (n == 0 || n > s.n - at) {
        return (struct utf8_point){UTF8_BAD, 1};
    }
    uint32_t value = lead & (0x7FU >> n);
    for (size_t i = 1; i < n; i++) {
        uint8_t byte = (uint8_t)s.p[at + i];
        if (byte < low || byte > high) {
            return (struct utf8_point){UTF8_BAD, 1};
        }
        value = value << 6 | (byte & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return (struct utf8_point){value, (uint32_t)n};
}

/* Are these SURVEYED bytes nothing but printable ASCII? Without branches, so that compilers make
 * vectors of it. */
enum { SURVEYED = 64 };

static bool is_plain(const char *p)
{
    uint8_t odd = 0;
    for (size_t i = 0; i < SURVEYED; i++) {
        uint8_t c = (uint8_t)p[i];
        uint8_t visible = (uint8_t)(c - 0x20) < 0x5F;
        odd |= (uint8_t)(visible | (c == '\t') | (c == '\n') | (c == '\r')) ^ 1U;
    }
    return odd == 0;
}

static bool is_printable(uint32_t point)
{
    return point == '\t' || point == '\n' || point == '\r' || (point >= 0x20 && point <= 0x7E) ||
           point == 0x85 || (point >= 0xA0 && point != 0xFFFE && point != 0xFFFF);
}

struct utf8_survey utf8_survey(struct str s)
{
    struct utf8_survey found = {.bad = STR_NPOS, .is_ascii = true, .is_printable = true};
    size_t at = 0;
    while (at < s.n) {
        if (s.n - at >= SURVEYED && is_plain(s.p + at)) {
            found.points += SURVEYED;
            at += SURVEYED;
            continue;
        }
        for (size_t end = at + SURVEYED; at < s.n && at < end;) {
            struct utf8_point p = utf8_next(s, at);
            if (p.value == UTF8_BAD) {
                found.bad = at;
                return found;
            }
            found.is_ascii = found.is_ascii && p.n == 1;
            found.is_printable = found.is_printable && is_printable(p.value);
            found.points++;
            at += p.n;
        }
    }
    return found;
}

size_t utf8_bad(struct str s)
{
    size_t at = 0;
    while (at < s.n) {
        at += ascii_run(s, at);
        struct utf8_point p = utf8_next(s, at);
        if (p.value == UTF8_BAD) {
            return at;
        }
        at += p.n;
    }
    return STR_NPOS;
}

/* A lead byte is never inside another sequence, so looking at the neighbourhood
 * gives what walking from the beginning of the text would. */
size_t utf8_start(struct str s, size_t at)
{
    if (at >= s.n) {
        return s.n;
    }
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        if (utf8_next(s, at - back).n > back) {
            return at - back;
        }
    }
    return at;
}

struct utf8_count utf8_count(struct str s)
{
    struct utf8_count count = {0, 0};
    size_t at = 0;
    while (at < s.n) {
        size_t run = ascii_run(s, at);
        count.points += run;
        count.units += run;
        at += run;
        struct utf8_point p = utf8_next(s, at);
        if (p.n) {
            count.points++;
            count.units += p.value != UTF8_BAD && p.value > 0xFFFF ? 2 : 1;
        }
        at += p.n;
    }
    return count;
}

void utf8_add(struct buf *b, uint32_t point)
{
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        point = UTF8_REPLACEMENT;
    }
    if (point < 0x80) {
        buf_addc(b, (char)point);
        return;
    }
    unsigned char out[4];
    size_t n = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (unsigned char)(0x80U | (point & 0x3FU));
        point >>= 6;
    }
    out[0] = (unsigned char)(((0xF00U >> n) & 0xFFU) | point);
    buf_add(b, (struct str){(const char *)out, n});
}

/* Controls: C0, DEL and C1. U+2028/2029 break lines in some viewers. The others
 * reorder the text around them ("Trojan Source", CVE-2021-42574). */
static bool is_harmful(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x061C || point == 0x200E ||
           point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == UTF8_BAD;
}

void utf8_sanitise(struct buf *b, struct str s)
{
    size_t clean = 0; /* where the bytes begin that are still to be copied as they are */
    size_t at = 0;
    while (at < s.n) {
        if (s.p[at] >= ' ' && s.p[at] <= '~') { /* nearly all there is */
            at++;
            continue;
        }
        struct utf8_point p = utf8_next(s, at);
        if (is_harmful(p.value)) {
            buf_add(b, str_sub(s, clean, at));
            utf8_add(b, p.value == '\t' ? ' ' : UTF8_REPLACEMENT);
            clean = at + p.n;
        }
        at += p.n;
    }
    buf_add(b, str_sub(s, clean, s.n));
}
