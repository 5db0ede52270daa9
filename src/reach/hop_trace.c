/*
 * Of a hop that is open under an assignment, the addresses of one packet are fixed; then the
 * entries that decide can be looked up.
 */
#include "reach/acl.h"
#include "reach/hop_side.h"

struct search {
    struct reach *r;
    const struct hop *h;
    const uint32_t *outcome;
    struct packet seen; /* as the target's subnet sees it */
    struct packet sent; /* as the sender's subnet does: source is the other end, the target */
};

static bool holds(const struct search *s, struct guard g)
{
    return guard_holds(s->r->space, g, s->outcome);
}

static bool pair_open(const struct search *s, const struct hop_view *near,
                      const struct hop_view *far)
{
    static const struct ports EPHEMERAL = {1024, 65535};
    struct portmaps *maps = &s->r->ports;
    struct ports port = {s->seen.port, s->seen.port};
    return holds(s, near->possible) && holds(s, far->possible) &&
           holds(s, portmap_some(maps, near->forth, port)) &&
           holds(s, portmap_some(maps, far->forth, port)) &&
           holds(s, portmap_some(maps, portmap_both(maps, near->back, far->back), EPHEMERAL));
}

/* The source that was asked for, if it can be; else any that gets through. */
static void find_pair(struct search *s, struct hop_side near, struct hop_side far)
{
    struct address wish = s->seen.source;
    bool found = false;
    for (size_t i = 0; i < near.n; i++) {
        bool wished = ipset_has(near.at[i].where, wish);
        for (size_t k = 0; k < far.n && (wished || !found); k++) {
            if (pair_open(s, &near.at[i], &far.at[k])) {
                s->seen.source = wished ? wish : near.at[i].where.at[0].first;
                s->sent.source = far.at[k].where.at[0].first;
                found = true;
                break;
            }
        }
    }
}

static uint32_t acl_of(const struct search *s, uint32_t subnet)
{
    const struct world_subnet *at = &s->r->world->subnets.at[subnet];
    for (size_t i = 0; i < at->acls.n; i++) {
        if (holds(s, at->acls.at[i].when)) {
            return at->acls.at[i].index;
        }
    }
    return WORLD_NONE;
}

struct hop_trace hop_trace(struct reach *r, const struct hop *h, struct packet packet,
                           const uint32_t *outcome)
{
    struct arena scratch = {0};
    struct search s = {.r = r, .h = h, .outcome = outcome, .seen = packet, .sent = packet};
    find_pair(&s, hop_near(r, &scratch, h, NULL, 0), hop_far(r, &scratch, h));
    arena_release(&scratch);
    struct hop_trace t = {WORLD_NONE, WORLD_NONE, WORLD_NONE, WORLD_NONE, WORLD_NONE};
    uint32_t to = h->target->sample->placements.at[h->placement].subnet;
    bool crosses = to != h->sender.subnet;
    uint32_t near = crosses ? acl_of(&s, to) : WORLD_NONE;
    uint32_t far = crosses || h->sender.acl_at_home ? acl_of(&s, h->sender.subnet) : WORLD_NONE;
    if (far != WORLD_NONE) {
        t.acl_from = r->world->acls.at[far].id;
        t.out_entry = acl_entry_sent(r, far, s.sent, outcome);
    }
    if (near != WORLD_NONE) {
        t.acl_to = r->world->acls.at[near].id;
        t.in_entry = acl_entry_in(r, near, s.seen, outcome);
        t.reply_entry = acl_entry_out(r, near, s.seen, outcome);
    }
    return t;
}
