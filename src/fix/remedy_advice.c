/*
 * R8 and R9: what no edit of the template can do alone, in words.
 */
#include "fix/job.h"

static void advise(struct candidates *c, const char *text)
{
    struct candidate k = candidate_new(c);
    k.safety = FIX_ADVICE;
    k.title = str_from(text);
    candidate_add(c, &k);
}

static void connect(struct candidates *c)
{
    if (c->site->internet) {
        advise(c,
               "Log in through an EC2 Instance Connect Endpoint: add the endpoint, and admit its "
               "group instead of addresses.");
    }
}

static void balancer(struct candidates *c)
{
    if (c->site->internet) {
        advise(c,
               "Put the instances behind a load balancer, and admit the balancer's group instead "
               "of addresses.");
    }
}

const struct remedy remedy_connect = {"R8", connect};
const struct remedy remedy_balancer = {"R9", balancer};
