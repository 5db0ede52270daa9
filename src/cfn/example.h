/*
 * Inside cfn: an address block made to fit a text that is known in part. "${Office}/24" can be
 * no candidate of SEMANTICS 4.4, and still may be public: "8.8.8.0/24".
 */
#ifndef CFNREACH_CFN_EXAMPLE_H
#define CFNREACH_CFN_EXAMPLE_H

#include "cfn/value.h"

/* May this part of a text, which is not known, be `text`? */
typedef bool cfn_admits(const struct cfn_term *part, struct str text);

/* A public block of the family with the known pieces of `joined` (CFN_JOINED), all of whose other
 * parts admit what stands in their place; in the arena of its unit. False if there is none:
 * "10.${X}.0.0/16" stays private whatever X is. */
MUST_CHECK bool cfn_example(const struct cfn_term *joined, bool is_v6, cfn_admits *admits,
                            struct str *out);

#endif
