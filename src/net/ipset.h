/*
 * Sets of addresses of one family: sorted, disjoint, non-adjacent ranges, so equal
 * sets are equal arrays. Immutable; results live in the arena that is passed.
 *
 *     0.0.0.0/1 + 128.0.0.0/1  =  [ 0.0.0.0 - 255.255.255.255 ]
 */
#ifndef CFNREACH_NET_IPSET_H
#define CFNREACH_NET_IPSET_H

#include "net/address.h"

struct ip_range {
    struct address first;
    struct address last; /* inclusive */
};

struct ipset {
    enum net_family family;
    const struct ip_range *at;
    size_t n; /* 0: empty */
};

struct ipset ipset_empty(enum net_family f);
struct ipset ipset_all(enum net_family f);
struct ipset ipset_of(struct arena *a, struct prefix p);
/* The union of n prefixes of family f in one go (n log n); others are left out. */
struct ipset ipset_of_prefixes(struct arena *a, enum net_family f, const struct prefix *p,
                               size_t n);

/* Both of one family, else BUG. Linear in the ranges. */
struct ipset ipset_union(struct arena *a, struct ipset x, struct ipset y);
struct ipset ipset_both(struct arena *a, struct ipset x, struct ipset y); /* intersection */
struct ipset ipset_minus(struct arena *a, struct ipset x, struct ipset y);
/* The union of n sets at once (n log n, for many rules). n may be 0. */
struct ipset ipset_union_all(struct arena *a, enum net_family f, const struct ipset *sets,
                             size_t n);

bool ipset_is_empty(struct ipset s);
bool ipset_equal(struct ipset x, struct ipset y);
bool ipset_has(struct ipset s, struct address a);
bool ipset_covers(struct ipset outer, struct ipset inner);
bool ipset_meets(struct ipset x, struct ipset y); /* some address in both; allocates nothing */

/* How many addresses, capped at UINT64_MAX. */
uint64_t ipset_count(struct ipset s);

/* "10.0.0.0/8, 192.0.2.1-192.0.2.7": prefixes where a range is one. */
void ipset_print(struct ipset s, struct buf *out);

#endif
