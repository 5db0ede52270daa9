/*
 * SEMANTICS 5.1: IPv4 and IPv6 are told apart only where they differ. They say the same if
 * the same ports are open under the same guards (then the verdicts are the same, too, and a
 * row of both is exact for each). Pieces may be cut at different rules in each family, so
 * what is compared is runs of equal guard.
 */
#include "reach/families.h"

struct run {
    uint32_t begin;
    uint32_t end;
    struct guard when;
};

/* The run that begins at piece *i, which moves behind it. */
static struct run next_run(struct pieces p, size_t *i)
{
    const struct piece *first = &p.at[*i];
    struct run run = {first->ports.begin, first->ports.end, reach_guard(first->when)};
    for (++*i; *i < p.n && p.at[*i].ports.begin == run.end + 1 &&
               guard_same(reach_guard(p.at[*i].when), run.when);
         ++*i) {
        run.end = p.at[*i].ports.end;
    }
    return run;
}

static bool same_runs(struct pieces x, struct pieces y)
{
    size_t i = 0;
    size_t k = 0;
    while (i < x.n && k < y.n) {
        struct run a = next_run(x, &i);
        struct run b = next_run(y, &k);
        if (a.begin != b.begin || a.end != b.end || !guard_same(a.when, b.when)) {
            return false;
        }
    }
    return i == x.n && k == y.n;
}

/* A rule that opens in both families: one that names a group, one behind a balancer. */
static struct reach_opener both_openers(struct reach *r, struct reach_opener x,
                                        struct reach_opener y)
{
    x.when = reach_known(guard_or(r->space, reach_guard(x.when), reach_guard(y.when)));
    x.exposure = x.exposure > y.exposure ? x.exposure : y.exposure;
    return x;
}

/* Both pieces in one; openers stay in order of id. */
static struct piece both_pieces(struct reach *r, const struct piece *x, const struct piece *y,
                                struct ports ports)
{
    size_t most = x->opener_n + y->opener_n;
    struct reach_opener *openers = ARENA_ARRAY(r->arena, most, struct reach_opener);
    uint32_t *rules = ARENA_ARRAY(r->arena, most, uint32_t);
    size_t n = 0;
    size_t a = 0;
    size_t b = 0;
    while (a < x->opener_n || b < y->opener_n) {
        bool in_x =
            a < x->opener_n && (b == y->opener_n || x->openers[a].rule <= y->openers[b].rule);
        bool in_y =
            b < y->opener_n && (a == x->opener_n || y->openers[b].rule <= x->openers[a].rule);
        rules[n] = in_x ? x->rules[a] : y->rules[b];
        openers[n] = in_x ? x->openers[a] : y->openers[b];
        if (in_x && in_y) {
            openers[n] = both_openers(r, x->openers[a], y->openers[b]);
        }
        n++;
        a += in_x;
        b += in_y;
    }
    return (struct piece){
        .ports = ports,
        .when = x->when,
        .exposure = x->exposure > y->exposure ? x->exposure : y->exposure,
        .openers = openers,
        .rules = rules,
        .opener_n = n,
    };
}

struct pieces families_joined(struct reach *r, struct pieces v4, struct pieces v6)
{
    const struct pieces apart = {0};
    if (v4.n == 0 || v6.n == 0 || !same_runs(v4, v6)) {
        return apart;
    }
    struct piece *out = ARENA_ARRAY(r->arena, v4.n + v6.n, struct piece);
    size_t n = 0;
    size_t i = 0;
    size_t k = 0;
    while (i < v4.n && k < v6.n) {
        const struct piece *x = &v4.at[i];
        const struct piece *y = &v6.at[k];
        struct ports ports = ports_both(x->ports, y->ports);
        out[n++] = both_pieces(r, x, y, ports);
        i += x->ports.end == ports.end;
        k += y->ports.end == ports.end;
    }
    return (struct pieces){.at = out, .n = n};
}
