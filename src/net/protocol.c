/*
 * Protocol names and numbers, and port bounds with all the ways in which a template can get
 * them wrong (SEMANTICS 3.3: over-approximate and warn).
 */
#include "net/protocol.h"

#include <stddef.h>

#include "base/bug.h"

enum { PROTOCOL_MAX = 255, PORT_MAX = 65535 };

static const struct {
    const char *name;
    int number;
} named[] = {
    {"tcp", PROTOCOL_TCP},      {"udp", PROTOCOL_UDP}, {"icmp", PROTOCOL_ICMP},
    {"icmpv6", PROTOCOL_ICMP6}, {"all", PROTOCOL_ALL},
};

#define TEN(t) t "0", t "1", t "2", t "3", t "4", t "5", t "6", t "7", t "8", t "9"
#define HUNDRED(t)                                                                                 \
    TEN(t "0"), TEN(t "1"), TEN(t "2"), TEN(t "3"), TEN(t "4"), TEN(t "5"), TEN(t "6"),            \
        TEN(t "7"), TEN(t "8"), TEN(t "9")

/* "0" to "299": the rows above 255 are never asked for. */
static const char *const numbers[] = {TEN(""),  TEN("1"), TEN("2"),     TEN("3"),
                                      TEN("4"), TEN("5"), TEN("6"),     TEN("7"),
                                      TEN("8"), TEN("9"), HUNDRED("1"), HUNDRED("2")};

bool protocol_parse(struct str text, int *out)
{
    struct str s = str_trim(text);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (str_eq_nocase(s, str_from(named[i].name))) {
            *out = named[i].number;
            return true;
        }
    }
    int64_t number;
    if (!str_to_int(s, &number) || number < PROTOCOL_ALL || number > PROTOCOL_MAX) {
        return false;
    }
    *out = (int)number;
    return true;
}

const char *protocol_name(int protocol)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (named[i].number == protocol) {
            return named[i].name;
        }
    }
    if (protocol >= 0 && protocol <= PROTOCOL_MAX) {
        return numbers[protocol];
    }
    BUG("no such protocol: %d", protocol);
}

bool protocol_has_ports(int protocol)
{
    return protocol == PROTOCOL_TCP || protocol == PROTOCOL_UDP;
}

struct ports ports_both(struct ports a, struct ports b)
{
    struct ports r = {a.begin > b.begin ? a.begin : b.begin, a.end < b.end ? a.end : b.end};
    return ports_is_empty(r) ? PORTS_EMPTY : r;
}

bool port_parse(struct str text, int64_t *out)
{
    struct str s = str_trim(text);
    bool negative = s.n > 0 && s.p[0] == '-';
    struct str digits = str_sub(s, negative ? 1 : 0, s.n);
    int64_t value = 0;
    if (digits.n == 0) {
        return false;
    }
    for (size_t i = 0; i < digits.n; i++) {
        char c = digits.p[i];
        if (c < '0' || c > '9') {
            return false;
        }
        /* A number too long to hold is still a number: it stays at the largest. */
        value = value > (INT64_MAX - 9) / 10 ? INT64_MAX : value * 10 + (c - '0');
    }
    *out = negative ? -value : value;
    return true;
}

static uint16_t clamp_port(int64_t port, unsigned *flags)
{
    if (port < 0 || port > PORT_MAX) {
        *flags |= PORTS_CLAMPED;
        return port < 0 ? 0 : PORT_MAX;
    }
    return (uint16_t)port;
}

struct ports ports_of(const int64_t *from, const int64_t *to, unsigned *flags)
{
    unsigned odd = 0;
    struct ports r = PORTS_ALL;
    bool has_from = from != NULL && *from != -1;
    bool has_to = to != NULL && *to != -1;
    if (!has_from || !has_to) {
        odd |= PORTS_MISSING;
    }
    if (has_from && has_to && *from > *to) {
        odd |= PORTS_REVERSED;
        r = PORTS_EMPTY;
    } else {
        if (has_from) {
            r.begin = clamp_port(*from, &odd);
        }
        if (has_to) {
            r.end = clamp_port(*to, &odd);
        }
    }
    if (flags != NULL) {
        *flags = odd;
    }
    return r;
}
