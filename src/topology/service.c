/*
 * Protocols and ports are read apart and then combined; combinations that cannot be together
 * fall out, because their guards are disjoint.
 */
#include "topology/service.h"

#include "base/limits.h"

struct protocol_case {
    struct guard when;
    int protocol;
};

/* A port, or the range in which an unknown one lies. */
struct bound {
    struct guard when;
    bool present;
    int64_t low;
    int64_t high;
};

struct work {
    const struct service_text *text;
    VEC(struct protocol_case) protocols;
    VEC(struct bound) from;
    VEC(struct bound) to;
    struct services out;
    unsigned flags; /* enum ports_flags of all combinations that have ports */
    struct combining combining;
    bool paired; /* from and to are alternatives of one choice, in step */
};

static void warn_term(struct builder *b, const struct service_text *t, const struct cfn_term *term,
                      const char *what)
{
    struct str text = cfn_text_of(b->arena, term);
    builder_warn(b, t->resource, term->node,
                 str_format(b->arena, "'%.*s' %s.", STR_ARG(text), what));
}

static void add_protocol(struct builder *b, struct work *w, struct guard when, int protocol)
{
    when = both(b, when, w->text->when);
    if (!guard_is_false(when)) {
        *VEC_ADD(b->arena, &w->protocols) = (struct protocol_case){when, protocol};
    }
}

static void read_protocol(struct builder *b, struct work *w, const struct cfn_term *term)
{
    int protocol = PROTOCOL_ALL;
    if (term->kind == CFN_NONE || term->kind == CFN_LIST || term->kind == CFN_MAP) {
        /* EC2 rejects it; an entry is read as one for everything, a rule as one for tcp. */
        if (!guard_is_false(both(b, term->when, w->text->when))) {
            builder_warn(b, w->text->resource, w->text->place,
                         w->text->is_entry ? STR("There is no Protocol; every protocol is assumed.")
                                           : STR("There is no IpProtocol; tcp is assumed."));
        }
        add_protocol(b, w, term->when, w->text->is_entry ? PROTOCOL_ALL : PROTOCOL_TCP);
        return;
    }
    if (term->kind == CFN_TEXT && protocol_parse(str_trim(term->text), &protocol)) {
        int64_t number;
        if (w->text->is_entry && !port_parse(term->text, &number)) {
            warn_term(b, w->text, term, "is a name; the protocol of an ACL entry is a number");
        }
        add_protocol(b, w, term->when, protocol);
        return;
    }
    if (term->kind == CFN_TEXT) {
        warn_term(b, w->text, term, "is no protocol; tcp and udp are assumed possible");
    }
    struct guard when = both(b, term->when, builder_choice(b, term));
    add_protocol(b, w, when, PROTOCOL_TCP);
    add_protocol(b, w, when, PROTOCOL_UDP);
}

static struct bound read_bound(struct builder *b, const struct work *w, const struct cfn_term *term)
{
    struct bound bound = {.when = both(b, term->when, w->text->when), .high = 65535};
    if (term->kind == CFN_NONE || term->kind == CFN_LIST || term->kind == CFN_MAP) {
        return bound;
    }
    bound.present = true;
    int64_t port;
    if (term->kind == CFN_TEXT && port_parse(term->text, &port)) {
        bound.low = port;
        bound.high = port;
        return bound;
    }
    if (term->kind == CFN_TEXT) {
        warn_term(b, w->text, term, "is no port; it is taken as one that is not known");
    }
    const struct cfn_parameter *p =
        term->kind == CFN_UNKNOWN && term->unknown ? term->unknown->parameter : NULL;
    if (p && p->min_value > bound.low) {
        bound.low = p->min_value;
    }
    if (p && p->max_value < bound.high) {
        bound.high = p->max_value;
    }
    bound.when = both(b, bound.when, builder_choice(b, term));
    return bound;
}

static void add(struct builder *b, struct work *w, struct guard when, int protocol,
                struct ports ports)
{
    if (guard_is_false(when) || ports_is_empty(ports)) {
        return;
    }
    if (w->out.n == LIMIT_ALTERNATIVES) {
        w->combining.over = COMBINING_RECORDS;
        return;
    }
    *VEC_ADD(b->arena, &w->out) = (struct service){when, protocol, ports};
}

static void combine_bounds(struct builder *b, struct work *w, const struct protocol_case *p,
                           const struct bound *from, const struct bound *to)
{
    if (!builder_step(b, &w->combining)) {
        return;
    }
    struct guard when = both(b, both(b, p->when, from->when), to->when);
    if (guard_is_false(when)) {
        return;
    }
    unsigned flags = 0;
    struct ports ports =
        ports_of(from->present ? &from->low : NULL, to->present ? &to->high : NULL, &flags);
    w->flags |= flags;
    add(b, w, when, p->protocol, ports);
}

/* FromPort and ToPort by one parameter: the i-th alternative of one meets only the i-th of the
 * other, because those of one value are disjoint. */
static bool are_paired(const struct work *w)
{
    bool same = w->from.n == w->to.n;
    for (size_t i = 0; i < w->from.n && same; i++) {
        same = guard_same(w->from.at[i].when, w->to.at[i].when);
    }
    return same;
}

static void combine_ports(struct builder *b, struct work *w, const struct protocol_case *p)
{
    for (size_t i = 0; i < w->from.n && w->combining.over == COMBINING_WITHIN; i++) {
        if (w->paired) {
            combine_bounds(b, w, p, &w->from.at[i], &w->to.at[i]);
            continue;
        }
        for (size_t k = 0; k < w->to.n; k++) {
            combine_bounds(b, w, p, &w->from.at[i], &w->to.at[k]);
        }
    }
}

static void warn_flags(struct builder *b, const struct work *w)
{
    const struct service_text *t = w->text;
    if (w->flags & PORTS_MISSING) {
        builder_warn(b, t->resource, t->place,
                     STR("A port is missing for tcp or udp; every port on that side is assumed."));
    }
    if (w->flags & PORTS_REVERSED) {
        builder_warn(b, t->resource, t->place,
                     STR("The first port is above the last one; nothing matches."));
    }
    if (w->flags & PORTS_CLAMPED) {
        builder_warn(b, t->resource, t->place, STR("A port is above 65535; 65535 is assumed."));
    }
}

struct services service_read(struct builder *b, const struct service_text *t)
{
    struct work w = {.text = t};
    FOREACH_TERM (term, t->protocol) {
        read_protocol(b, &w, term);
    }
    bool has_ports = false;
    for (size_t i = 0; i < w.protocols.n; i++) {
        has_ports = has_ports || protocol_has_ports(w.protocols.at[i].protocol);
    }
    if (has_ports) {
        FOREACH_TERM (term, t->from) {
            *VEC_ADD(b->arena, &w.from) = read_bound(b, &w, term);
        }
        FOREACH_TERM (term, t->to) {
            *VEC_ADD(b->arena, &w.to) = read_bound(b, &w, term);
        }
    }
    w.paired = are_paired(&w);
    for (size_t i = 0; i < w.protocols.n; i++) {
        const struct protocol_case *p = &w.protocols.at[i];
        if (protocol_has_ports(p->protocol)) {
            combine_ports(b, &w, p);
        } else {
            add(b, &w, p->when, p->protocol, PORTS_ALL);
        }
    }
    if (builder_gave_up(b, t->resource, t->place, &w.combining)) {
        w.out.n = 0;
        add(b, &w, both(b, t->when, guard_budget(b->space)), PROTOCOL_ALL, PORTS_ALL);
    }
    warn_flags(b, &w);
    return w.out;
}
