/*
 * Addresses and prefixes of both families. One 128-bit representation serves
 * both: an IPv4 address is a number below 2^32 and is never mixed with IPv6,
 * because everything that holds addresses says its family.
 */
#ifndef CFNREACH_NET_ADDRESS_H
#define CFNREACH_NET_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

enum net_family { NET_V4, NET_V6 };

struct address {
    uint64_t hi; /* 0 for IPv4 */
    uint64_t lo;
};

int address_cmp(struct address a, struct address b);
struct address address_next(struct address a);     /* wraps at the end of 128 bits */
struct address address_previous(struct address a); /* wraps at 0 */
struct address address_last(enum net_family f);    /* the largest of the family */

struct prefix {
    enum net_family family;
    uint8_t length;       /* 0..32 or 0..128 */
    struct address first; /* host bits are zero */
};

/* What reading a CIDR text found (SEMANTICS 3.4). */
enum prefix_flags {
    PREFIX_OK = 0,
    PREFIX_MASKED = 1,   /* host bits were set: EC2 canonicalises */
    PREFIX_NO_LENGTH = 2 /* no "/n": taken as a single address */
};

/* Reads "10.0.0.0/8", "::/0", surrounding blanks allowed. False: not a CIDR (out untouched).
 * flags (may be NULL) receives a union of prefix_flags. No zone ids, no leading zeros in
 * dotted quads ("010.0.0.1" is not an address), v4-mapped tails ("::ffff:1.2.3.4") allowed. */
MUST_CHECK bool prefix_parse(struct str text, struct prefix *out, unsigned *flags);
struct address prefix_last(struct prefix p);
bool prefix_covers(struct prefix a, struct prefix b); /* b within a; false across families */
bool prefix_equal(struct prefix a, struct prefix b);
/* The index-th (0-based) of the equal parts of p with this length; false if there is no such part.
 */
MUST_CHECK bool prefix_part(struct prefix p, uint8_t length, uint64_t index, struct prefix *out);

void address_print(enum net_family f, struct address a, struct buf *out); /* RFC 5952 for IPv6 */
void prefix_print(struct prefix p, struct buf *out);

#endif
