/*
 * R1: delete the rule. An item goes from its list (the last one with the list), a standalone
 * rule with the DependsOn entries that name it. What else the rule admits goes, too: the proof
 * lists it.
 */
#include "fix/job.h"

/* Telnet, FTP and printing need no door to the internet, and nobody uses an unused rule. Behind
 * every other open port there may be somebody whom the deletion locks out. */
static bool is_never_needed(const struct site *site)
{
    return site->internet && (site->finding->endpoints.n == 0 || site_has_port(site, 21) ||
                              site_has_port(site, 23) || site_has_port(site, 515));
}

static void propose(struct candidates *c)
{
    const struct site *site = c->site;
    struct candidate k = candidate_new(c);
    k.takes = true;
    k.safety = is_never_needed(site) ? FIX_SAFE : FIX_UNSAFE;
    k.title = str_format(c->job->arena, "Delete the rule that admits %.*s.",
                         STR_ARG(site_words(c->job->arena, site)));
    if (site_remove(c->job, &k.edits, site->origin)) {
        candidate_add(c, &k);
    } else {
        candidate_fail(c, &k);
    }
}

const struct remedy remedy_delete = {"R1", propose};
