/*
 * Flows before and after, by way in: (interface, edge, gateway, family, protocol). For each
 * degree of openness the ports that are open at least so far are a set of ranges; none may
 * grow, and where one shrinks something is cut off.
 *
 *     degrees: verdict possible < by default < reachable; exposure narrow < ... < world
 */
#include "fix/proof.h"
#include "net/port_set.h"

struct degree {
    enum reach_verdict verdict;
    enum exposure exposure;
};

struct open_range {
    struct ports ports;
    struct degree degree;
    uint32_t cause; /* of `before`: who may change it */
};

struct way {
    const struct reach_flow *flow; /* one of them, for its names */
    const struct analysis *of;
    VEC(struct open_range) before;
    VEC(struct open_range) after;
};

struct ways {
    struct arena *arena;
    struct map by_name;
    VEC(struct way *) all; /* those of `before` first, in its order */
};

static const struct world *world_of(const struct analysis *a)
{
    return a->topology->world;
}

static struct way *way_of(struct ways *w, const struct analysis *a, const struct reach_flow *f,
                          unsigned family)
{
    const struct world *world = world_of(a);
    struct str key = str_format(w->arena, "%.*s %u %.*s %u %d",
                                STR_ARG(world->interfaces.at[f->interface].name), (unsigned)f->edge,
                                STR_ARG(world->gateways.at[f->gateway].name), family, f->protocol);
    void **place = map_at(&w->by_name, key);
    if (*place == NULL) {
        struct way *way = ARENA_NEW(w->arena, struct way);
        way->flow = f;
        way->of = a;
        *place = way;
        *VEC_ADD(w->arena, &w->all) = way;
    }
    return *place;
}

enum { ONLY_CAUSE = 1 };

/* cause_of: NULL where there is one cause for all. */
static void collect(struct ways *w, const struct analysis *a, bool after, const uint32_t *cause_of)
{
    for (size_t i = 0; i < a->answer.flow_n; i++) {
        const struct reach_flow *f = &a->answer.flows[i];
        for (unsigned family = FAMILY_V4; family <= FAMILY_V6; family <<= 1) {
            if ((f->families & family) == 0) {
                continue;
            }
            struct way *way = way_of(w, a, f, family);
            struct open_range r = {f->ports,
                                   {reach_flow_verdict(f), f->exposure},
                                   after || cause_of == NULL ? ONLY_CAUSE : cause_of[i]};
            if (after) {
                *VEC_ADD(w->arena, &way->after) = r;
            } else {
                *VEC_ADD(w->arena, &way->before) = r;
            }
        }
    }
}

static struct port_set open_at(struct arena *a, const struct open_range *r, size_t n,
                               struct degree least)
{
    struct port_set s = {0};
    for (size_t i = 0; i < n; i++) {
        if (r[i].degree.verdict >= least.verdict && r[i].degree.exposure >= least.exposure) {
            *VEC_ADD(a, &s.at) = r[i].ports;
        }
    }
    return port_set_unite(a, s);
}

/* ---- what is lost ------------------------------------------------------------------------- */

static struct port_set own_ports(struct arena *a, const struct way *way, const struct finding *f)
{
    struct str name = world_of(way->of)->interfaces.at[way->flow->interface].name;
    struct port_set own = {0};
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        if (str_eq(e->interface, name) && e->edge == way->flow->edge &&
            e->protocol == way->flow->protocol) {
            *VEC_ADD(a, &own.at) = e->ports;
        }
    }
    return port_set_unite(a, own);
}

static void add_text(struct arena *a, struct texts *out, struct str text)
{
    for (size_t i = 0; i < out->at.n; i++) {
        if (str_eq(out->at.at[i], text)) {
            return;
        }
    }
    *VEC_ADD(a, &out->at) = text;
}

static const char *edge_words(enum world_edge e)
{
    return e == EDGE_INTERNET ? "the internet" : world_edge_name(e);
}

static void say_lost(struct arena *a, const struct way *way, const struct port_set *lost,
                     struct texts *out)
{
    const struct world *w = world_of(way->of);
    const struct world_interface *i = &w->interfaces.at[way->flow->interface];
    struct str who = i->owner == WORLD_NONE ? i->name : w->owners.at[i->owner].name;
    for (size_t k = 0; k < lost->at.n; k++) {
        struct ports p = lost->at.at[k];
        const char *protocol = protocol_name(way->flow->protocol);
        struct str ports = p.begin == p.end ? str_format(a, "%s/%u", protocol, (unsigned)p.begin)
                                            : str_format(a, "%s/%u-%u", protocol, (unsigned)p.begin,
                                                         (unsigned)p.end);
        add_text(a, out,
                 str_format(a, "%.*s of '%.*s' from %s", STR_ARG(ports), STR_ARG(who),
                            edge_words(way->flow->edge)));
    }
}

static bool compare(struct arena *scratch, const struct way *way, struct port_set *lost)
{
    static const struct degree degrees[] = {
        {REACH_POSSIBLE, EXPOSURE_NONE},    {REACH_BY_DEFAULT, EXPOSURE_NONE},
        {REACH_REACHABLE, EXPOSURE_NONE},   {REACH_POSSIBLE, EXPOSURE_NARROW},
        {REACH_POSSIBLE, EXPOSURE_LIMITED}, {REACH_POSSIBLE, EXPOSURE_BROAD},
        {REACH_POSSIBLE, EXPOSURE_SERVICE}, {REACH_POSSIBLE, EXPOSURE_WORLD},
    };
    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++) {
        struct port_set old = open_at(scratch, way->before.at, way->before.n, degrees[i]);
        struct port_set now = open_at(scratch, way->after.at, way->after.n, degrees[i]);
        if (port_set_minus(scratch, &now, &old).at.n > 0) {
            return false;
        }
        struct port_set gone = port_set_minus(scratch, &old, &now);
        for (size_t k = 0; k < gone.at.n; k++) {
            *VEC_ADD(scratch, &lost->at) = gone.at.at[k];
        }
    }
    return true;
}

/* What a cause may change on a way. */
static struct port_set reach_of(struct arena *a, const struct way *way, uint32_t cause)
{
    struct port_set s = {0};
    for (size_t i = 0; i < way->before.n; i++) {
        if (way->before.at[i].cause == cause) {
            *VEC_ADD(a, &s.at) = way->before.at[i].ports;
        }
    }
    return port_set_unite(a, s);
}

/* Tells each cause what it has taken from the way. False: it was none of them. */
static bool blame(struct arena *scratch, struct arena *a, const struct way *way,
                  struct port_set gone, const struct flow_share *shares, size_t n)
{
    struct port_set rest = gone;
    for (size_t i = 0; i < n && gone.at.n > 0; i++) {
        struct port_set reach = reach_of(scratch, way, shares[i].cause);
        struct port_set beyond = port_set_minus(scratch, &gone, &reach);
        struct port_set lost = port_set_minus(scratch, &gone, &beyond);
        struct port_set own = own_ports(scratch, way, shares[i].closed);
        rest = port_set_minus(scratch, &rest, &lost);
        lost = port_set_minus(scratch, &lost, &own);
        say_lost(a, way, &lost, shares[i].lost);
    }
    return rest.at.n == 0;
}

bool flows_shared(struct arena *a, const struct analysis *before, const struct analysis *after,
                  const uint32_t *cause_of, const struct flow_share *shares, size_t n)
{
    struct arena scratch = {0};
    struct ways w = {.arena = &scratch};
    map_init(&w.by_name, &scratch);
    collect(&w, before, false, cause_of);
    collect(&w, after, true, NULL);
    bool ok = true;
    for (size_t i = 0; i < w.all.n && ok; i++) {
        struct port_set gone = {0};
        ok = compare(&scratch, w.all.at[i], &gone) &&
             blame(&scratch, a, w.all.at[i], port_set_unite(&scratch, gone), shares, n);
    }
    arena_release(&scratch);
    return ok;
}

bool flows_only_close(struct arena *a, const struct analysis *before, const struct analysis *after,
                      const struct finding *closed, struct texts *lost)
{
    struct flow_share share = {closed, ONLY_CAUSE, lost};
    return flows_shared(a, before, after, NULL, &share, 1);
}
