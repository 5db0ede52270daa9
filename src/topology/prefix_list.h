/*
 * Internal to topology: prefix lists, where rules and routes refer to them (SEMANTICS 2.1.8,
 * 2.5.4). A list is read once, however many refer to it.
 */
#ifndef CFNREACH_TOPOLOGY_PREFIX_LIST_H
#define CFNREACH_TOPOLOGY_PREFIX_LIST_H

#include "topology/block.h"

/* The addresses of all entries that are there under one guard. */
struct address_set {
    struct guard when;
    struct ipset addresses;
    const struct cfn_term *term; /* the reference; its literal is the widest entry */
    bool free_text;
};
struct address_sets {
    struct address_set *at;
    size_t n;
    size_t cap;
};

/* Of every list that a value refers to; of one that is not known all addresses, under A-PL. */
struct address_sets prefix_list_sets(struct builder *b, struct cfn_value v);
/* The same, prefix by prefix. */
struct blocks prefix_list_blocks(struct builder *b, struct cfn_value v);

#endif
