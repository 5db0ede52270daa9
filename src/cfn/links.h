/*
 * The links of one template to others, as names with gaps (link_name.h): what it exports and
 * imports, and what its nested stacks are made from. Every alternative of a name is one.
 */
#ifndef CFNREACH_CFN_LINKS_H
#define CFNREACH_CFN_LINKS_H

#include "cfn/unit.h"

enum cfn_link_kind { CFN_LINK_EXPORT, CFN_LINK_IMPORT, CFN_LINK_STACK };

struct cfn_link {
    enum cfn_link_kind kind;
    struct str name;     /* a URL for CFN_LINK_STACK */
    struct str resource; /* CFN_LINK_STACK: the nested stack */
};

struct cfn_links {
    VEC(struct cfn_link) all;
};

/* Of a settled template; lives in its arena. */
struct cfn_links cfn_links_of(const struct cfn_template *t);

#endif
