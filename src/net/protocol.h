/*
 * Protocols and ports as templates write them (SEMANTICS 2.1.5, 2.4.3, 3.3).
 */
#ifndef CFNREACH_NET_PROTOCOL_H
#define CFNREACH_NET_PROTOCOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum {
    PROTOCOL_ALL = -1,
    PROTOCOL_ICMP = 1,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    PROTOCOL_ICMP6 = 58
};

/* "tcp", "TCP", "6", "-1", "icmpv6", "all"; -1..255. False: something else. */
MUST_CHECK bool protocol_parse(struct str text, int *out);
/* "tcp", "udp", "icmp", "icmpv6", "all", else the number's text (static). */
const char *protocol_name(int protocol);
/* Do ports mean anything for it? tcp and udp only; of all others a rule admits every port. */
bool protocol_has_ports(int protocol);

/* Inclusive; an empty range has begin > end. */
struct ports {
    uint16_t begin;
    uint16_t end;
};
#define PORTS_ALL   ((struct ports){0, 65535})
#define PORTS_EMPTY ((struct ports){1, 0})

static inline bool ports_is_empty(struct ports p)
{
    return p.begin > p.end;
}
static inline bool ports_has(struct ports p, uint16_t port)
{
    return p.begin <= port && port <= p.end;
}
struct ports ports_both(struct ports a, struct ports b);

/* One bound: an integer or ASCII digits with blanks around and an optional '-'.
 * False: not a number (an unknown port). */
MUST_CHECK bool port_parse(struct str text, int64_t *out);

/* What was odd about a pair of bounds; each is worth a warning. */
enum ports_flags { PORTS_MISSING = 1, PORTS_REVERSED = 2, PORTS_CLAMPED = 4 };
/* From and To (NULL: absent; -1 is absent too) into a range: missing bounds are 0 / 65535,
 * reversed ones give an empty range, larger ones are clamped. flags may be NULL. */
struct ports ports_of(const int64_t *from, const int64_t *to, unsigned *flags);

#endif
