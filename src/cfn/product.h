/*
 * Inside cfn: text put together from parts that each have alternatives (Join, Sub). It is a
 * product, but only of what can happen together: parts that depend on the same parameter do
 * not multiply.
 *
 *     "${Env}-${Env}"   dev,prod  x  dev,prod   ->   dev-dev, prod-prod
 *
 * Rows share their beginnings, so that adding a part costs one cell per row.
 */
#ifndef CFNREACH_CFN_PRODUCT_H
#define CFNREACH_CFN_PRODUCT_H

#include "cfn/eval.h"

struct cfn_cell;

struct cfn_row {
    struct guard when;
    struct cfn_cell *last;
    size_t bytes;
};

struct cfn_product {
    const struct cfn_template *t;
    const struct doc_node *node; /* the whole expression */
    struct guard when;           /* of the whole */
    VEC(struct cfn_row) rows;
    size_t cells;
    const char *over; /* "alternatives" or "bytes" when there are too many, else NULL */
};

void cfn_product_init(struct cfn_product *p, const struct cfn_template *t,
                      const struct doc_node *node, struct guard when);
void cfn_product_text(struct cfn_product *p, struct str text);
/* Every row times every term of v. Rows without any of v's guards are kept as they are:
 * nothing stands there. `separator` goes before the term unless the row is still empty. */
void cfn_product_value(struct cfn_product *p, struct cfn_value v, struct str separator);
/* The finished value: CFN_TEXT where all is known, the thing itself where a row is one thing,
 * else CFN_JOINED. */
struct cfn_value cfn_product_finish(struct cfn_product *p);

#endif
