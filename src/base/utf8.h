/*
 * UTF-8, strictly (RFC 3629): no overlong forms, no surrogates, nothing above
 * U+10FFFF. A byte that is part of no well-formed sequence is a "bad byte" and
 * is stepped over alone, so every text can be walked to its end.
 */
#ifndef CFNREACH_BASE_UTF8_H
#define CFNREACH_BASE_UTF8_H

#include "base/buf.h"
#include "base/str.h"

#define UTF8_BAD         UINT32_MAX /* the value of a bad byte */
#define UTF8_REPLACEMENT 0xFFFDU
#define UTF8_BOM         STR("\xEF\xBB\xBF")

struct utf8_point {
    uint32_t value; /* the code point, or UTF8_BAD */
    uint32_t n;     /* bytes it takes: 1 to 4; 0 at the end of the text */
};

struct utf8_count {
    size_t points; /* code points; a bad byte counts as one */
    size_t units;  /* UTF-16 units; a bad byte counts as one */
};

/* Offset of the first bad byte, STR_NPOS if the text is well-formed. */
size_t utf8_bad(struct str s);

/* What kinds of characters a text has, found in one pass. */
struct utf8_survey {
    size_t bad;        /* as utf8_bad says; what follows is only said if that is STR_NPOS */
    size_t points;     /* code points */
    bool is_ascii;     /* each of them is one byte */
    bool is_printable; /* no control character but tab, LF, CR and NEL, no U+FFFE, no U+FFFF:
                          the c-printable of YAML 1.1, section 4.1.1 */
};

struct utf8_survey utf8_survey(struct str s);

/* What begins at byte `at`; {0, 0} at or beyond the end. */
struct utf8_point utf8_next(struct str s, size_t at);

/* The start of the character that byte `at` belongs to: at most three bytes
 * back, `at` itself for a bad byte; s.n at or beyond the end. */
size_t utf8_start(struct str s, size_t at);

struct utf8_count utf8_count(struct str s);

/* Appends one code point; U+FFFD in place of what is none (a surrogate, UTF8_BAD). */
void utf8_add(struct buf *b, uint32_t point);

/* Appends text that is not trusted so that a terminal can show it: bad bytes,
 * control characters (line breaks and ESC too), line separators and the marks
 * that reorder text become U+FFFD, a tab becomes one blank. One code point comes
 * out for each that goes in, so columns stay what they are. */
void utf8_sanitise(struct buf *b, struct str s);

#endif
