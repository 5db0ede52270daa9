/*
 * Reading and printing addresses and prefixes. The readers are our own and strict:
 * inet_pton's idea of a dotted quad differs between systems ("010.0.0.1", "10.1"), and a
 * template must mean the same everywhere.
 */
#include "net/address.h"

#include <stddef.h>

enum { V4_BITS = 32, V6_BITS = 128, WORD_BITS = 64, GROUPS = 8 };

static unsigned family_bits(enum net_family f)
{
    return f == NET_V4 ? V4_BITS : V6_BITS;
}

int address_cmp(struct address a, struct address b)
{
    if (a.hi != b.hi) {
        return a.hi < b.hi ? -1 : 1;
    }
    if (a.lo != b.lo) {
        return a.lo < b.lo ? -1 : 1;
    }
    return 0;
}

struct address address_next(struct address a)
{
    a.lo++;
    if (a.lo == 0) {
        a.hi++;
    }
    return a;
}

struct address address_previous(struct address a)
{
    if (a.lo == 0) {
        a.hi--;
    }
    a.lo--;
    return a;
}

/* A number whose n lowest bits are one, 0 <= n <= 128. */
static struct address low_ones(unsigned n)
{
    struct address a = {0, 0};
    if (n >= WORD_BITS) {
        a.lo = UINT64_MAX;
        if (n > WORD_BITS) {
            a.hi = UINT64_MAX >> (V6_BITS - n);
        }
    } else if (n > 0) {
        a.lo = UINT64_MAX >> (WORD_BITS - n);
    }
    return a;
}

struct address address_last(enum net_family f)
{
    return low_ones(family_bits(f));
}

/* The bits of p that number the hosts in it. */
static struct address host_bits(enum net_family f, unsigned length)
{
    return low_ones(family_bits(f) - length);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One to three digits without a leading zero, at most `max`, from *at on; moves *at behind. */
static bool read_decimal(struct str s, size_t *at, unsigned max, unsigned *out)
{
    size_t begin = *at;
    size_t i = begin;
    unsigned value = 0;
    while (i < s.n && i - begin < 3 && is_digit(s.p[i])) {
        value = value * 10 + (unsigned)(s.p[i] - '0');
        i++;
    }
    bool padded = i - begin > 1 && s.p[begin] == '0';
    if (i == begin || padded || value > max) {
        return false;
    }
    *at = i;
    *out = value;
    return true;
}

/* The whole of s as a dotted quad. */
static bool read_quad(struct str s, uint32_t *out)
{
    uint32_t value = 0;
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        unsigned octet;
        if (i > 0) {
            if (at >= s.n || s.p[at] != '.') {
                return false;
            }
            at++;
        }
        if (!read_decimal(s, &at, 255, &octet)) {
            return false;
        }
        value = value << 8 | octet;
    }
    if (at != s.n) {
        return false;
    }
    *out = value;
    return true;
}

static int hex_value(char c)
{
    if (is_digit(c)) {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

/* The whole of s as one to four hexadecimal digits. */
static bool read_group(struct str s, uint16_t *out)
{
    unsigned value = 0;
    if (s.n == 0 || s.n > 4) {
        return false;
    }
    for (size_t i = 0; i < s.n; i++) {
        int digit = hex_value(s.p[i]);
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (unsigned)digit;
    }
    *out = (uint16_t)value;
    return true;
}

static struct address join_groups(const uint16_t *group)
{
    struct address a = {0, 0};
    for (int i = 0; i < GROUPS; i++) {
        a.hi = a.hi << 16 | a.lo >> 48;
        a.lo = a.lo << 16 | group[i];
    }
    return a;
}

/* RFC 4291 section 2.2: eight groups; one "::" stands for one or more zero groups; the last
 * two may be a dotted quad. */
static bool read_v6(struct str s, struct address *out)
{
    uint16_t group[GROUPS] = {0};
    size_t n = 0;
    size_t gap = GROUPS; /* the group before which "::" stands; GROUPS: nowhere */
    size_t i = 0;
    if (s.n >= 2 && s.p[0] == ':' && s.p[1] == ':') {
        gap = 0;
        i = 2;
    }
    while (i < s.n) {
        size_t end = str_find_byte(s, ':', i);
        struct str part = str_sub(s, i, end == STR_NPOS ? s.n : end);
        uint32_t quad;
        if (end == STR_NPOS && n + 2 <= GROUPS && read_quad(part, &quad)) {
            group[n++] = (uint16_t)(quad >> 16);
            group[n++] = (uint16_t)(quad & 0xffff);
            break;
        }
        if (n == GROUPS || !read_group(part, &group[n])) {
            return false;
        }
        n++;
        if (end == STR_NPOS) {
            break;
        }
        i = end + 1;
        if (i == s.n) {
            return false; /* a single colon at the end */
        }
        if (s.p[i] == ':') {
            if (gap != GROUPS || n == GROUPS) {
                return false; /* a second "::", or one that stands for no group */
            }
            gap = n;
            i++;
        }
    }
    if ((gap == GROUPS) != (n == GROUPS)) {
        return false; /* too few groups, or as many as "::" leaves no room for */
    }
    for (size_t moved = 0; n < GROUPS && moved < n - gap; moved++) {
        group[GROUPS - 1 - moved] = group[n - 1 - moved];
        group[n - 1 - moved] = 0;
    }
    *out = join_groups(group);
    return true;
}

bool prefix_parse(struct str text, struct prefix *out, unsigned *flags)
{
    struct str s = str_trim(text);
    size_t slash = str_find_byte(s, '/', 0);
    struct str host = slash == STR_NPOS ? s : str_sub(s, 0, slash);
    enum net_family family = NET_V4;
    struct address a = {0, 0};
    uint32_t quad;
    if (read_quad(host, &quad)) {
        a.lo = quad;
    } else if (read_v6(host, &a)) {
        family = NET_V6;
    } else {
        return false;
    }
    unsigned length = family_bits(family);
    unsigned found = PREFIX_OK;
    if (slash == STR_NPOS) {
        found |= PREFIX_NO_LENGTH;
    } else {
        size_t at = slash + 1;
        if (!read_decimal(s, &at, length, &length) || at != s.n) {
            return false;
        }
    }
    struct address host_mask = host_bits(family, length);
    if ((a.hi & host_mask.hi) != 0 || (a.lo & host_mask.lo) != 0) {
        found |= PREFIX_MASKED;
    }
    out->family = family;
    out->length = (uint8_t)length;
    out->first = (struct address){a.hi & ~host_mask.hi, a.lo & ~host_mask.lo};
    if (flags != NULL) {
        *flags = found;
    }
    return true;
}

struct address prefix_last(struct prefix p)
{
    struct address hosts = host_bits(p.family, p.length);
    return (struct address){p.first.hi | hosts.hi, p.first.lo | hosts.lo};
}

bool prefix_covers(struct prefix a, struct prefix b)
{
    return a.family == b.family && a.length <= b.length && address_cmp(a.first, b.first) <= 0 &&
           address_cmp(prefix_last(b), prefix_last(a)) <= 0;
}

bool prefix_equal(struct prefix a, struct prefix b)
{
    return a.family == b.family && a.length == b.length && address_cmp(a.first, b.first) == 0;
}

bool prefix_part(struct prefix p, uint8_t length, uint64_t index, struct prefix *out)
{
    unsigned bits = family_bits(p.family);
    if (length < p.length || length > bits) {
        return false;
    }
    unsigned parts_log2 = (unsigned)length - p.length;
    if (parts_log2 < WORD_BITS && index >> parts_log2 != 0) {
        return false;
    }
    unsigned shift = bits - length; /* the index goes there; below 128 unless index is 0 */
    struct address step = {0, 0};
    if (shift == 0) {
        step.lo = index;
    } else if (shift < WORD_BITS) {
        step.hi = index >> (WORD_BITS - shift);
        step.lo = index << shift;
    } else if (shift < V6_BITS) {
        step.hi = index << (shift - WORD_BITS);
    }
    out->family = p.family;
    out->length = length;
    /* The host bits of p are zero, so adding is joining. */
    out->first = (struct address){p.first.hi | step.hi, p.first.lo | step.lo};
    return true;
}

static void print_quad(uint32_t v, struct buf *out)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        buf_add_number(out, v >> shift & 255);
        if (shift > 0) {
            buf_addc(out, '.');
        }
    }
}

/* RFC 5952 section 4.2: the longest run of at least two zero groups, the first on a tie. */
static void find_zero_run(const uint16_t *group, int *begin, int *end)
{
    *begin = GROUPS;
    *end = GROUPS;
    int best = 1;
    for (int i = 0; i < GROUPS; i++) {
        int j = i;
        while (j < GROUPS && group[j] == 0) {
            j++;
        }
        if (j - i > best) {
            best = j - i;
            *begin = i;
            *end = j;
        }
        if (j > i) {
            i = j - 1;
        }
    }
}

static void print_v6(struct address a, struct buf *out)
{
    if (a.hi == 0 && a.lo >> 32 == 0xffff) { /* RFC 5952 section 5: IPv4-mapped */
        buf_adds(out, "::ffff:");
        print_quad((uint32_t)(a.lo & UINT32_MAX), out);
        return;
    }
    uint16_t group[GROUPS];
    for (int i = 0; i < 4; i++) {
        group[i] = (uint16_t)(a.hi >> (48 - 16 * i) & 0xffff);
        group[i + 4] = (uint16_t)(a.lo >> (48 - 16 * i) & 0xffff);
    }
    int begin;
    int end;
    find_zero_run(group, &begin, &end);
    for (int i = 0; i < GROUPS; i++) {
        if (i == begin) {
            buf_adds(out, "::");
            i = end - 1;
            continue;
        }
        if (i != 0 && i != end) {
            buf_addc(out, ':');
        }
        buf_addf(out, "%x", (unsigned)group[i]);
    }
}

void address_print(enum net_family f, struct address a, struct buf *out)
{
    if (f == NET_V4) {
        print_quad((uint32_t)(a.lo & UINT32_MAX), out);
    } else {
        print_v6(a, out);
    }
}

void prefix_print(struct prefix p, struct buf *out)
{
    address_print(p.family, p.first, out);
    buf_addc(out, '/');
    buf_add_number(out, (unsigned)p.length);
}
