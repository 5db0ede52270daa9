/*
 * Addresses as 128 bits in two words; IPv4 uses the low 32 of them.
 */
#include "cfn/cidr_block.h"

/* A decimal number up to `max`, without leading zeros, at *at. */
static bool take_decimal(struct str s, size_t *at, uint32_t max, uint32_t *out)
{
    size_t begin = *at;
    uint32_t value = 0;
    while (*at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9' && *at - begin < 4) {
        value = value * 10 + (uint32_t)(s.p[*at] - '0');
        (*at)++;
    }
    bool has_zero = *at - begin > 1 && s.p[begin] == '0';
    *out = value;
    return *at > begin && !has_zero && value <= max;
}

static bool parse_v4(struct str s, uint64_t *out)
{
    size_t at = 0;
    *out = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t octet;
        if (i > 0 && (at >= s.n || s.p[at++] != '.')) {
            return false;
        }
        if (!take_decimal(s, &at, 255, &octet)) {
            return false;
        }
        *out = *out << 8 | octet;
    }
    return at == s.n;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Groups of hex digits between colons from *at on, at most `room`; how many were read. False if
 * a colon is not followed by a group. */
static bool take_groups(struct str s, size_t *at, uint16_t *groups, size_t room, size_t *n)
{
    *n = 0;
    while (*at < s.n && hex_digit(s.p[*at]) >= 0) {
        uint32_t value = 0;
        size_t digits = 0;
        for (; *at < s.n && hex_digit(s.p[*at]) >= 0 && digits < 4; digits++, (*at)++) {
            value = value << 4 | (uint32_t)hex_digit(s.p[*at]);
        }
        if (*n == room) {
            return false;
        }
        groups[(*n)++] = (uint16_t)value;
        bool is_double = *at + 1 < s.n && s.p[*at] == ':' && s.p[*at + 1] == ':';
        if (*at == s.n || is_double) {
            return true;
        }
        if (s.p[*at] != ':') {
            return false;
        }
        (*at)++;
        if (*at == s.n || hex_digit(s.p[*at]) < 0) {
            return false;
        }
    }
    return true;
}

static bool parse_v6(struct str s, uint64_t *high, uint64_t *low)
{
    uint16_t head[8] = {0};
    uint16_t tail[8] = {0};
    size_t head_n;
    size_t tail_n = 0;
    size_t at = 0;
    if (!take_groups(s, &at, head, 8, &head_n)) {
        return false;
    }
    if (at < s.n) {
        if (!str_starts(str_sub(s, at, s.n), STR("::"))) {
            return false;
        }
        at += 2;
        if (!take_groups(s, &at, tail, 8, &tail_n) || at != s.n || head_n + tail_n > 7) {
            return false;
        }
    } else if (head_n != 8) {
        return false;
    }
    for (size_t i = 0; i < tail_n; i++) {
        head[8 - tail_n + i] = tail[i];
    }
    *high = 0;
    *low = 0;
    for (size_t i = 0; i < 4; i++) {
        *high = *high << 16 | head[i];
        *low = *low << 16 | head[4 + i];
    }
    return true;
}

/* x with all but the first `keep` of 64 bits cleared. */
static uint64_t keep_bits(uint64_t x, unsigned keep)
{
    return keep == 0 ? 0 : keep >= 64 ? x : x & ~(UINT64_MAX >> keep);
}

bool cidr_block_parse(struct str s, struct cidr_block *out)
{
    size_t slash = str_find_byte(s, '/', 0);
    if (slash == STR_NPOS) {
        return false;
    }
    struct str address = str_sub(s, 0, slash);
    struct cidr_block b = {.is_v6 = str_find_byte(address, ':', 0) != STR_NPOS};
    uint32_t bits;
    size_t at = slash + 1;
    if (!take_decimal(s, &at, b.is_v6 ? 128 : 32, &bits) || at != s.n) {
        return false;
    }
    if (b.is_v6 ? !parse_v6(address, &b.high, &b.low) : !parse_v4(address, &b.low)) {
        return false;
    }
    b.bits = (uint8_t)bits;
    if (b.is_v6) {
        b.high = keep_bits(b.high, bits);
        b.low = keep_bits(b.low, bits > 64 ? bits - 64 : 0);
    } else {
        b.low = keep_bits(b.low << 32, bits) >> 32;
    }
    *out = b;
    return true;
}

bool cidr_block_cut(const struct cidr_block *whole, uint8_t host_bits, uint32_t index,
                    struct cidr_block *out)
{
    uint32_t width = whole->is_v6 ? 128 : 32;
    if (host_bits == 0 || host_bits > width || width - host_bits < whole->bits) {
        return false;
    }
    uint32_t index_bits = width - host_bits - whole->bits;
    if (index_bits < 32 && index >> index_bits != 0) {
        return false;
    }
    *out = *whole;
    out->bits = (uint8_t)(width - host_bits);
    /* The blocks are aligned, so the index is added without a carry; it may reach over the
     * border between the words. */
    if (host_bits >= 64) {
        out->high |= host_bits == 128 ? 0 : (uint64_t)index << (host_bits - 64);
    } else {
        out->low |= (uint64_t)index << host_bits;
        out->high |= host_bits > 32 ? (uint64_t)index >> (64 - host_bits) : 0;
    }
    return true;
}

/* The longest run of at least two zero groups, the first of equals (RFC 5952, 4.2). */
static void find_run(const uint16_t *groups, int *begin, int *end)
{
    *begin = *end = -1;
    for (int i = 0; i < 8;) {
        int j = i;
        while (j < 8 && groups[j] == 0) {
            j++;
        }
        if (j - i >= 2 && j - i > *end - *begin) {
            *begin = i;
            *end = j;
        }
        i = j + 1;
    }
}

void cidr_block_print(const struct cidr_block *block, struct buf *out)
{
    if (!block->is_v6) {
        buf_addf(out, "%u.%u.%u.%u/%u", (unsigned)(block->low >> 24 & 255),
                 (unsigned)(block->low >> 16 & 255), (unsigned)(block->low >> 8 & 255),
                 (unsigned)(block->low & 255), block->bits);
        return;
    }
    uint16_t groups[8];
    for (unsigned i = 0; i < 4; i++) {
        groups[i] = (uint16_t)(block->high >> (48 - 16 * i));
        groups[4 + i] = (uint16_t)(block->low >> (48 - 16 * i));
    }
    int begin;
    int end;
    find_run(groups, &begin, &end);
    for (int i = 0; i < 8; i++) {
        if (i == begin) {
            buf_adds(out, "::");
            i = end - 1;
            continue;
        }
        if (i > 0 && i != end) {
            buf_addc(out, ':');
        }
        buf_addf(out, "%x", (unsigned)groups[i]);
    }
    buf_addf(out, "/%u", block->bits);
}
