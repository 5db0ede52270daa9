/*
 * Every pair of placements is a hop (hop.h). What blocks is found as for the edges: parts are
 * made permissive, and it is asked whether anything is open then (blockers.c).
 */
#include "reach/inside.h"

#include "reach/acl.h"
#include "reach/hop.h"
#include "reach/judge.h"
#include "reach/listen.h"
#include "reach/whereabouts.h"

static const struct ports CLIENT = {1024, 65535};

const char *inside_part_name(enum inside_part p)
{
    static const char *const NAMES[INSIDE_PARTS] = {
        "exists", "address", "sender-egress", "acl-forth", "group", "acl-back", "listens",
    };
    if ((unsigned)p >= INSIDE_PARTS) {
        BUG("no part %u", (unsigned)p);
    }
    return NAMES[p];
}

/* What of a hop is permissive when the part is: beside enum inside_part. */
static const unsigned AS_HOP[INSIDE_PARTS] = {
    HOP_THERE, HOP_ADDRESS, HOP_LIMITS, HOP_ACL_FORTH, HOP_RULES, HOP_ACL_BACK, 0,
};
enum { HOP_PARTS = INSIDE_LISTENS, ALL_PARTS = (1 << HOP_PARTS) - 1 };

struct asking {
    struct reach *r;
    struct inside_question q;
    const struct world_interface *from;
    const struct world_interface *to;
    const struct profile *sender;
    struct profile target; /* with the asked interface as its sample */
    unsigned families;     /* in which both have addresses; all if there is none */
};

static bool has_address(const struct reach *r, const struct world_interface *n, enum net_family f)
{
    for (size_t i = 0; i < n->placements.n; i++) {
        const struct world_placement *p = &n->placements.at[i];
        if (reach_live(r, guard_and(r->space, p->when, f == NET_V4 ? p->has4 : p->has6))) {
            return true;
        }
    }
    return false;
}

/* That a subnet lets the family in that nobody has must not hide what blocks. */
static unsigned families_of(const struct asking *x)
{
    bool four = has_address(x->r, x->from, NET_V4) && has_address(x->r, x->to, NET_V4);
    bool six = has_address(x->r, x->from, NET_V6) && has_address(x->r, x->to, NET_V6);
    unsigned both = (four ? (unsigned)FAMILY_V4 : 0U) | (six ? (unsigned)FAMILY_V6 : 0U);
    return both != 0 ? both : (unsigned)FAMILY_V4 | (unsigned)FAMILY_V6;
}

/* One hop of the question: placements, family, protocol. */
struct passage {
    struct hop hop;
    struct guard when; /* the sender is there */
};

static struct passage passage(const struct asking *x, size_t from, size_t to, enum net_family f,
                              int protocol, unsigned counted)
{
    struct reach *r = x->r;
    const struct world_placement *p = &x->from->placements.at[from];
    unsigned permissive = 0;
    for (unsigned c = 0; c < HOP_PARTS; c++) {
        permissive |= counted & (1U << c) ? 0 : AS_HOP[c];
    }
    struct guard when = p->when;
    if (!(permissive & HOP_THERE)) {
        when = guard_and(r->space, when, x->sender->exists);
    }
    if (!(permissive & HOP_ADDRESS)) {
        when = guard_and(r->space, when, f == NET_V4 ? p->has4 : p->has6);
    }
    return (struct passage){
        .hop = {.sender = {.name = x->from->name,
                           .subnet = p->subnet,
                           .groups = x->from->groups.at,
                           .group_n = x->from->groups.n,
                           .filters = guard_not(r->space, listen_open(r, x->from))},
                .target = &x->target,
                .placement = to,
                .family = f,
                .protocol = protocol,
                .permissive = permissive},
        .when = when,
    };
}

/* The n-th ports in question that something listens on; false: no more. */
static bool listened(const struct asking *x, size_t n, int protocol, struct world_listening *out)
{
    struct listen_list list = listen_ports(x->r, x->to);
    *out = (struct world_listening){.when = GUARD_TRUE, .protocol = protocol, .ports = x->q.ports};
    if (list.all) {
        return n == 0;
    }
    if (n >= list.n) {
        return false;
    }
    out->when = list.at[n].when;
    out->ports =
        list.at[n].protocol == protocol ? ports_both(x->q.ports, list.at[n].ports) : PORTS_EMPTY;
    return true;
}

static bool nothing_listens(const struct asking *x)
{
    static const int PROTOCOLS[] = {PROTOCOL_TCP, PROTOCOL_UDP};
    struct world_listening l;
    for (size_t i = 0; i < 2; i++) {
        bool asked = x->q.protocol == PROTOCOL_ALL || x->q.protocol == PROTOCOLS[i];
        for (size_t n = 0; asked && listened(x, n, PROTOCOLS[i], &l); n++) {
            if (!ports_is_empty(l.ports) && reach_live(x->r, l.when)) {
                return false;
            }
        }
    }
    return true;
}

/* What is open of a passage; the contributions that open it are told one by one. False: stop. */
struct opened {
    const struct passage *passage;
    const struct contribution *by;
    struct ports ports;
    struct guard when;
};
typedef bool opened_visit(void *ctx, const struct opened *o);

static bool visit_passage(const struct asking *x, const struct passage *p, struct arena *a,
                          opened_visit *visit, void *ctx)
{
    struct reach *r = x->r;
    struct contributions all = hop_open(r, a, &p->hop);
    for (size_t i = 0; i < all.n; i++) {
        struct world_listening l;
        for (size_t n = 0; listened(x, n, p->hop.protocol, &l); n++) {
            struct opened o = {.passage = p,
                               .by = &all.at[i],
                               .ports = ports_both(all.at[i].ports, l.ports),
                               .when = guard_and(r->space, p->when, l.when)};
            o.when = guard_and(r->space, o.when, all.at[i].when);
            if (!ports_is_empty(o.ports) && reach_live(r, o.when) && !visit(ctx, &o)) {
                return false;
            }
        }
    }
    return true;
}

static void visit_all(const struct asking *x, unsigned counted, struct arena *a,
                      opened_visit *visit, void *ctx)
{
    for (int i = 0; i < 4; i++) {
        enum net_family f = i < 2 ? NET_V4 : NET_V6;
        int protocol = i % 2 == 0 ? PROTOCOL_TCP : PROTOCOL_UDP;
        bool asked = x->families & (unsigned)(f == NET_V4 ? FAMILY_V4 : FAMILY_V6);
        if (!asked || (x->q.protocol != PROTOCOL_ALL && x->q.protocol != protocol)) {
            continue;
        }
        for (size_t n = 0; n < x->from->placements.n; n++) {
            for (size_t k = 0; k < x->to->placements.n; k++) {
                struct passage *p = ARENA_NEW(a, struct passage);
                *p = passage(x, n, k, f, protocol, counted);
                if (reach_live(x->r, p->when) && !visit_passage(x, p, a, visit, ctx)) {
                    return;
                }
            }
        }
    }
}

static bool note_open(void *ctx, const struct opened *o UNUSED)
{
    *(bool *)ctx = true;
    return false;
}

static bool open_with(const struct asking *x, unsigned counted)
{
    struct arena scratch = {0};
    bool open = false;
    visit_all(x, counted, &scratch, note_open, &open);
    arena_release(&scratch);
    return open;
}

/* ---- the ways ---- */

struct found_way {
    struct inside_way way;
    const struct contribution *by; /* what opens it at the witness is among these ... */
    struct passage passage;
};

struct gathering {
    const struct asking *x;
    struct arena *arena;
    VEC(struct found_way) all;
    VEC(struct found_way) pieces; /* one for each contribution */
};

static bool same_range(const struct inside_way *w, const struct inside_way *o)
{
    return w->family == o->family && w->protocol == o->protocol &&
           w->ports.begin == o->ports.begin && w->ports.end == o->ports.end;
}

/* What several rules open alike is one way. */
static bool gather(void *ctx, const struct opened *o)
{
    struct gathering *g = ctx;
    struct reach *r = g->x->r;
    struct found_way piece = {
        .way = {.family = o->passage->hop.family,
                .protocol = o->passage->hop.protocol,
                .ports = o->ports,
                .when = o->when},
        .by = o->by,
        .passage = *o->passage,
    };
    *VEC_ADD(g->arena, &g->pieces) = piece;
    for (size_t i = 0; i < g->all.n; i++) {
        struct inside_way *w = &g->all.at[i].way;
        if (same_range(w, &piece.way)) {
            w->when = guard_or(r->space, w->when, o->when);
            return true;
        }
    }
    *VEC_ADD(g->arena, &g->all) = piece;
    return true;
}

static bool carries(const struct world_interface *n, uint32_t group)
{
    for (size_t i = 0; i < n->groups.n; i++) {
        if (n->groups.at[i].group == group) {
            return true;
        }
    }
    return false;
}

/* The sender's first rule that lets the packet out under the assignment. */
static void find_sent(const struct asking *x, const uint32_t *outcome, struct inside_way *way,
                      struct ipset target)
{
    struct reach *r = x->r;
    for (size_t i = 0; i < x->from->groups.n; i++) {
        const struct world_membership *m = &x->from->groups.at[i];
        const struct world_group *g = &r->world->groups.at[m->group];
        for (size_t k = 0; k < g->rules.n; k++) {
            const struct world_rule *rule = &g->rules.at[k];
            bool speaks = rule->egress &&
                          (rule->protocol == PROTOCOL_ALL || rule->protocol == way->protocol) &&
                          ports_has(admit_ports(rule), way->ports.begin);
            bool meets = rule->group == WORLD_NONE ? rule->remote.family == target.family &&
                                                         ipset_meets(rule->remote, target)
                                                   : carries(x->to, rule->group);
            if (speaks && meets &&
                guard_holds(r->space, guard_and(r->space, m->when, rule->when), outcome)) {
                way->sent_group = g->id;
                way->sent_rule = rule->id;
                return;
            }
        }
    }
}

/* Fills in what decides, as it is under the witness. */
static void decide(const struct gathering *g, struct inside_way *way)
{
    const struct asking *x = g->x;
    struct reach *r = x->r;
    const uint32_t *outcome = judge_assignment(r, way->when);
    way->judgement = judge_kept(r, way->when);
    way->sent_group = way->sent_rule = way->group = way->rule = WORLD_NONE;
    way->acl_from = way->out_entry = way->acl_to = way->in_entry = way->reply_entry = WORLD_NONE;
    for (size_t i = 0; i < g->pieces.n; i++) {
        const struct found_way *p = &g->pieces.at[i];
        if (!same_range(&p->way, way) || !guard_holds(r->space, p->way.when, outcome)) {
            continue;
        }
        struct packet packet = {way->family, p->by->passing.at[0].first, way->protocol,
                                way->ports.begin};
        struct hop_trace t = hop_trace(r, &p->passage.hop, packet, outcome);
        way->acl_from = t.acl_from;
        way->out_entry = t.out_entry;
        way->acl_to = t.acl_to;
        way->in_entry = t.in_entry;
        way->reply_entry = t.reply_entry;
        if (p->by->group != WORLD_NONE) {
            way->group = r->world->groups.at[p->by->group].id;
            way->rule = p->by->rule_id;
        }
        uint32_t subnet = x->to->placements.at[p->passage.hop.placement].subnet;
        find_sent(x, outcome, way, whereabouts_set(r, g->arena, subnet, way->family));
        return;
    }
}

/* ---- the blockers ---- */

struct blocking {
    const struct asking *x;
    bool alone;
    bool joint;
    VEC(struct inside_blocker) all;
};

static void add(struct blocking *b, enum inside_part part, uint32_t element, uint32_t entry)
{
    *VEC_ADD(b->x->r->arena, &b->all) = (struct inside_blocker){
        .part = part, .element = element, .entry = entry, .alone = b->alone, .joint = b->joint};
}

static uint32_t first_subnet(const struct asking *x, const struct world_interface *n)
{
    for (size_t i = 0; i < n->placements.n; i++) {
        if (reach_live(x->r, n->placements.at[i].when)) {
            return n->placements.at[i].subnet;
        }
    }
    return WORLD_NONE;
}

/* The ACL of the subnet, if it lets none of these packets through. */
static bool add_acl(struct blocking *b, enum inside_part part, uint32_t subnet, uint32_t remote,
                    bool egress)
{
    struct reach *r = b->x->r;
    const struct world_subnet *s = &r->world->subnets.at[subnet];
    struct ports ports = part == INSIDE_ACL_BACK ? CLIENT : b->x->q.ports;
    int protocol = b->x->q.protocol == PROTOCOL_ALL ? PROTOCOL_TCP : b->x->q.protocol;
    struct arena scratch = {0};
    struct ipset who = whereabouts_set(r, &scratch, remote, NET_V4);
    uint32_t acl = WORLD_NONE;
    for (size_t i = 0; i < s->acls.n && acl == WORLD_NONE; i++) {
        acl = reach_live(r, s->acls.at[i].when) ? s->acls.at[i].index : WORLD_NONE;
    }
    bool blocks = acl != WORLD_NONE;
    if (blocks) {
        struct line line = acl_line_map(r, acl, egress, NET_V4, protocol);
        struct line_parts parts = line_split(&scratch, line, NET_V4, PORTMAP_NOTHING);
        for (size_t i = 0; i < parts.n; i++) {
            blocks &= !ipset_meets(parts.at[i].where, who) ||
                      !reach_live(r, portmap_some(&r->ports, parts.at[i].value, ports));
        }
    }
    if (blocks) {
        add(b, part, r->world->acls.at[acl].id,
            acl_entry_denying(r, acl, egress, who, protocol, ports));
    }
    arena_release(&scratch);
    return blocks;
}

/* Both ACLs may block; where neither does by itself, they do together. */
static void add_acls(struct blocking *b, enum inside_part part)
{
    uint32_t from = first_subnet(b->x, b->x->from);
    uint32_t to = first_subnet(b->x, b->x->to);
    bool back = part == INSIDE_ACL_BACK;
    bool added = false;
    if (from != WORLD_NONE && to != WORLD_NONE) {
        added = add_acl(b, part, from, to, !back);
        added = add_acl(b, part, to, from, back) || added;
    }
    if (!added) {
        add(b, part, WORLD_NONE, WORLD_NONE);
    }
}

static uint32_t first_group(const struct asking *x, const struct world_interface *n)
{
    return n->groups.n > 0 ? x->r->world->groups.at[n->groups.at[0].group].id : WORLD_NONE;
}

static void add_parts(struct blocking *b, unsigned set)
{
    for (unsigned c = 0; c < INSIDE_PARTS; c++) {
        if (!(set & (1U << c))) {
            continue;
        }
        switch ((enum inside_part)c) {
        case INSIDE_SENT:
            add(b, INSIDE_SENT, first_group(b->x, b->x->from), WORLD_NONE);
            break;
        case INSIDE_ADMITTED:
            add(b, INSIDE_ADMITTED, first_group(b->x, b->x->to), WORLD_NONE);
            break;
        case INSIDE_ACL_FORTH:
            add_acls(b, INSIDE_ACL_FORTH);
            break;
        case INSIDE_ACL_BACK:
            add_acls(b, INSIDE_ACL_BACK);
            break;
        case INSIDE_THERE:
        case INSIDE_ADDRESS:
        case INSIDE_LISTENS:
        case INSIDE_PARTS:
            add(b, (enum inside_part)c, b->x->to->id, WORLD_NONE);
            break;
        }
    }
}

static void find_blockers(struct blocking *b)
{
    const struct asking *x = b->x;
    if (nothing_listens(x)) {
        b->alone = true;
        add_parts(b, 1U << INSIDE_LISTENS);
        return;
    }
    unsigned set = 0;
    unsigned count = 0;
    for (unsigned c = 0; c < HOP_PARTS; c++) {
        if (!open_with(x, 1U << c)) {
            set |= 1U << c;
            count++;
        }
    }
    b->alone = count == 1 && open_with(x, ALL_PARTS & ~set);
    b->joint = count == 0;
    if (b->joint) {
        set = ALL_PARTS;
        for (unsigned c = 0; c < HOP_PARTS; c++) {
            set = open_with(x, set & ~(1U << c)) ? set : set & ~(1U << c);
        }
    }
    add_parts(b, set);
}

static bool in_one_vpc(const struct asking *x)
{
    const struct world *w = x->r->world;
    for (size_t i = 0; i < x->from->placements.n; i++) {
        for (size_t k = 0; k < x->to->placements.n; k++) {
            uint32_t a = x->from->placements.at[i].subnet;
            uint32_t b = x->to->placements.at[k].subnet;
            uint32_t vpc = w->subnets.at[a].vpc;
            if (a == b || (vpc != WORLD_NONE && vpc == w->subnets.at[b].vpc)) {
                return true;
            }
        }
    }
    return false;
}

struct inside_answer reach_inside(struct reach *r, struct inside_question q)
{
    struct asking x = {
        .r = r,
        .q = q,
        .from = &r->world->interfaces.at[q.from],
        .to = &r->world->interfaces.at[q.to],
        .sender = profile_of(r, q.from),
        .target = *profile_of(r, q.to),
    };
    x.target.sample = x.to;
    x.families = families_of(&x);
    struct inside_answer answer = {.same_vpc = in_one_vpc(&x)};
    if (!answer.same_vpc) {
        return answer;
    }
    struct gathering g = {.x = &x, .arena = r->arena};
    visit_all(&x, ALL_PARTS, r->arena, gather, &g);
    struct inside_way *ways = ARENA_ARRAY(r->arena, g.all.n, struct inside_way);
    for (size_t i = 0; i < g.all.n; i++) {
        ways[i] = g.all.at[i].way;
        decide(&g, &ways[i]);
    }
    answer.ways = ways;
    answer.way_n = g.all.n;
    if (g.all.n == 0) {
        struct blocking b = {.x = &x};
        find_blockers(&b);
        answer.blockers = b.all.at;
        answer.blocker_n = b.all.n;
    }
    return answer;
}
