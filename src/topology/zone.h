/*
 * Internal to topology: are two subnets in one availability zone?
 */
#ifndef CFNREACH_TOPOLOGY_ZONE_H
#define CFNREACH_TOPOLOGY_ZONE_H

#include "topology/builder.h"

/* Where they are, as far as the templates say; else under A-AZ of the two (SEMANTICS 10.1). */
struct guard zone_same(struct builder *b, uint32_t x, uint32_t y);

#endif
