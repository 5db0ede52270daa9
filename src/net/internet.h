/*
 * What the Internet is: the globally routable addresses P4 and P6 (SEMANTICS 3.1),
 * and how exposed a set of sources makes something (3.2).
 */
#ifndef CFNREACH_NET_INTERNET_H
#define CFNREACH_NET_INTERNET_H

#include "net/ipset.h"

/* Static; |P4| is 3702258432. */
struct ipset internet_space(enum net_family f);

/* Documentation ranges (192.0.2/24, 198.51.100/24, 203.0.113/24, 2001:db8::/32, 3fff::/20). */
struct ipset internet_documentation(enum net_family f);

/* Ordered by how much is exposed. */
enum exposure {
    EXPOSURE_NONE,
    EXPOSURE_NARROW,
    EXPOSURE_LIMITED,
    EXPOSURE_BROAD,
    EXPOSURE_SERVICE,
    EXPOSURE_WORLD
};

/* The label of a set of sources (any part outside the Internet is left out first). Never SERVICE.
 */
enum exposure exposure_of(struct arena *scratch, struct ipset sources);
const char *exposure_name(enum exposure e); /* "world"; static */

#endif
