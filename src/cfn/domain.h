/*
 * Inside cfn: with which values is each parameter compared? One walk over Conditions, Rules and
 * map lookups, before anything is evaluated, so that a variable has an outcome for every value
 * that makes a difference.
 */
#ifndef CFNREACH_CFN_DOMAIN_H
#define CFNREACH_CFN_DOMAIN_H

#include "base/map.h"
#include "base/vec.h"
#include "cfn/unit.h"

struct cfn_domain {
    VEC(struct str) texts; /* in order of writing, each once */
    struct map seen;
};

struct cfn_domains {
    const struct cfn_template *t;
    struct map by_name; /* parameter or pseudo parameter -> struct cfn_domain */
    struct map done;    /* maps whose keys have been added, by place and parameter */
};

/* Collected once. The sections of t must be known (mappings included), its parameters and its
 * nested stacks declared: what a nested template compares a parameter with counts for the
 * parameter of t that is passed to it. */
const struct cfn_domains *cfn_domains_of(struct cfn_template *t);

/* What any template of the unit compares a pseudo parameter with; NULL if none does. */
const struct cfn_domain *cfn_domain_of_all(struct cfn_unit *u, struct str name);

const struct cfn_domain *cfn_domain_of(const struct cfn_domains *d, struct str name);

#endif
