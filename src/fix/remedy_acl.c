/*
 * R6: a guard rail in the network ACL: deny the port from everywhere, before the entry that
 * allows it. Whatever the groups admit on that port from private addresses is allowed first,
 * for a deny from everywhere covers those, too. IPv6 has entries of its own.
 *
 *     88 allow 10.1.0.0/16    89 allow 10.2.0.0/16    90 deny 0.0.0.0/0    100 allow all
 */
#include "fix/job.h"

enum { MOST_TRUSTED = 8, STEP = 10 };

/* The numbers of an ACL's ingress entries that are taken, those of this fix included. */
struct numbers {
    const struct world_acl *acl;
    struct numbers *next;
    bool used[32767];
};

struct barrier {
    struct candidates *c;
    struct candidate *k;
    const struct world_acl *acl;
    uint32_t vpc;
    const struct piece *acl_id;
    int protocol;
    struct ports ports;
    struct str service;
    struct numbers *numbers;
};

struct trusted {
    struct str at[MOST_TRUSTED];
    size_t n;
    bool too_many;
};

static const struct topology *topology_of(const struct candidates *c)
{
    return c->job->analysis->topology;
}

/* The lowest entry that lets in what shall be denied; 0 if there is none. */
static int32_t lowest_allow(struct barrier *b, enum net_family family)
{
    int32_t lowest = 0;
    for (size_t i = 0; i < b->acl->entries.n; i++) {
        const struct world_entry *e = &b->acl->entries.at[i];
        if (e->egress || e->number < 1 || e->number > 32766) {
            continue;
        }
        b->numbers->used[e->number] = true;
        bool protocol = e->protocol == PROTOCOL_ALL || e->protocol == b->protocol;
        bool ports = e->protocol == PROTOCOL_ALL || !ports_is_empty(ports_both(e->ports, b->ports));
        if (e->allow && protocol && ports && e->prefix.family == family &&
            (lowest == 0 || e->number < lowest)) {
            lowest = e->number;
        }
    }
    return lowest;
}

/* The largest free number below, starting a step away; 0 if there is none. */
static int32_t free_number(struct barrier *b, int32_t below, int32_t step)
{
    for (int32_t n = below - step; n > 0; n--) {
        if (!b->numbers->used[n]) {
            b->numbers->used[n] = true;
            return n;
        }
    }
    for (int32_t n = below - 1; n > 0; n--) {
        if (!b->numbers->used[n]) {
            b->numbers->used[n] = true;
            return n;
        }
    }
    return 0;
}

static void trust(struct trusted *t, struct arena *a, struct ipset remote)
{
    struct buf b;
    buf_init(&b);
    ipset_print(remote, &b);
    struct str all = buf_str(&b);
    for (size_t at = 0; at < all.n;) {
        size_t end = str_find(all, STR(", "), at);
        struct str one = str_sub(all, at, end);
        at = end == STR_NPOS ? all.n : end + 2;
        bool known = str_find_byte(one, '-', 0) != STR_NPOS; /* no prefix: cannot be written */
        for (size_t i = 0; i < t->n; i++) {
            known = known || str_eq(t->at[i], one);
        }
        if (!known && t->n < MOST_TRUSTED) {
            t->at[t->n++] = str_copy(a, one);
        } else if (!known) {
            t->too_many = true;
        }
    }
    buf_release(&b);
}

/* What the groups of the VPC admit on the port, from anywhere but the internet. A rule for a
 * group means addresses of the VPC. */
static struct trusted trusted_of(struct barrier *b, enum net_family family)
{
    struct trusted t = {.n = 0};
    struct arena *a = b->c->job->arena;
    const struct world *w = topology_of(b->c)->world;
    for (size_t i = 0; i < w->groups.n; i++) {
        for (size_t k = 0; k < w->groups.at[i].rules.n && w->groups.at[i].vpc == b->vpc; k++) {
            const struct world_rule *r = &w->groups.at[i].rules.at[k];
            bool port =
                r->protocol == PROTOCOL_ALL ||
                (r->protocol == b->protocol && !ports_is_empty(ports_both(r->ports, b->ports)));
            if (r->egress || !port) {
                continue;
            }
            if (r->group != WORLD_NONE) {
                for (size_t m = 0; m < w->vpcs.at[b->vpc].cidrs.n; m++) {
                    struct prefix p = w->vpcs.at[b->vpc].cidrs.at[m].prefix;
                    if (p.family == family) {
                        trust(&t, a, ipset_of(a, p));
                    }
                }
            } else if (r->remote.family == family &&
                       !ipset_meets(r->remote, internet_space(family))) {
                trust(&t, a, r->remote);
            }
        }
    }
    return t;
}

static struct piece *entry(struct barrier *b, int32_t number, bool allow, struct str cidr,
                           enum net_family family)
{
    struct arena *a = b->c->job->arena;
    struct piece *range = piece_map(a);
    piece_put(a, range, "From", piece_number(a, b->ports.begin));
    piece_put(a, range, "To", piece_number(a, b->ports.end));
    struct piece *p = piece_map(a);
    piece_put(a, p, "NetworkAclId", b->acl_id);
    piece_put(a, p, "RuleNumber", piece_number(a, number));
    piece_put(a, p, "Protocol", piece_number(a, b->protocol));
    piece_put(a, p, "RuleAction", piece_text(a, allow ? STR("allow") : STR("deny")));
    piece_put(a, p, "Egress", piece_plain(a, STR("false")));
    piece_put(a, p, family == NET_V4 ? "CidrBlock" : "Ipv6CidrBlock", piece_text(a, cidr));
    piece_put(a, p, "PortRange", range);
    struct piece *r = piece_map(a);
    piece_put(a, r, "Type", piece_text(a, STR("AWS::EC2::NetworkAclEntry")));
    return piece_put(a, r, "Properties", p);
}

static bool add_entry(struct barrier *b, const char *verb, const char *tail, struct piece *p)
{
    struct str wish = str_format(b->c->job->arena, "%s%.*s%s", verb, STR_ARG(b->service), tail);
    return edit_add_to_section(&b->k->edits, "Resources", job_fresh_name(b->c->job, wish.p), p);
}

static bool bar(struct barrier *b, enum net_family family)
{
    int32_t allow = lowest_allow(b, family);
    if (allow == 0) {
        return true;
    }
    int32_t deny = free_number(b, allow, STEP);
    struct trusted t = trusted_of(b, family);
    if (deny == 0 || t.too_many) {
        return edits_fail(&b->k->edits, deny == 0 ? "no number below the entry that allows it is "
                                                    "free"
                                                  : "too many private sources need the port");
    }
    int32_t numbers[MOST_TRUSTED];
    for (size_t i = t.n; i-- > 0;) {
        numbers[i] = free_number(b, i + 1 == t.n ? deny : numbers[i + 1], 1);
        if (numbers[i] == 0) {
            return edits_fail(&b->k->edits, "no number below the entry that allows it is free");
        }
    }
    for (size_t i = 0; i < t.n; i++) {
        if (!add_entry(b, "Allow", "FromPrivate", entry(b, numbers[i], true, t.at[i], family))) {
            return false;
        }
    }
    return add_entry(
        b, "Deny", family == NET_V4 ? "FromInternet" : "FromInternetV6",
        entry(b, deny, false, family == NET_V4 ? STR("0.0.0.0/0") : STR("::/0"), family));
}

/* The ACL on the path of an endpoint, and how its entries name it. */
static bool find_acl(struct barrier *b, const struct reach_flow *flow)
{
    const struct reach_example *e = reach_example(flow);
    const struct topology *t = topology_of(b->c);
    struct arena *a = b->c->job->arena;
    for (size_t i = 0; i < e->path_n; i++) {
        const struct topology_origin *o = topology_origin(t, e->path[i].element);
        if (e->path[i].kind != STEP_ACL || o->outside || o->resource == NULL ||
            o->resource->home != b->c->job->t) {
            continue;
        }
        for (size_t k = 0; k < t->world->acls.n; k++) {
            if (t->world->acls.at[k].id == e->path[i].element) {
                b->acl = &t->world->acls.at[k];
            }
        }
        b->acl_id = o->implicit ? piece_getatt(a, o->resource->id, "DefaultNetworkAcl")
                                : piece_ref(a, o->resource->id);
    }
    for (size_t i = 0; i < t->world->subnets.n; i++) {
        if (t->world->subnets.at[i].id == e->subnet) {
            b->vpc = t->world->subnets.at[i].vpc;
        }
    }
    return b->acl != NULL && b->vpc != WORLD_NONE;
}

static struct str service_name(const struct candidates *c, int protocol, struct ports ports)
{
    struct arena *a = c->job->arena;
    const struct service *s =
        settings_service(c->job->options->analysis->settings, protocol, ports.begin);
    if (s == NULL || ports.begin != ports.end || s->key.n == 0) {
        return str_format(a, "Port%u", (unsigned)ports.begin);
    }
    char *name = str_to_c(a, s->key);
    size_t n = 0;
    for (size_t i = 0; i < s->key.n; i++) {
        if (s->key.p[i] != '-') {
            bool up = i == 0 || s->key.p[i - 1] == '-';
            name[n++] = up && s->key.p[i] >= 'a' ? (char)(s->key.p[i] - 'a' + 'A') : s->key.p[i];
        }
    }
    return (struct str){name, n};
}

static bool has_v6(const struct world_vpc *vpc)
{
    for (size_t i = 0; i < vpc->cidrs.n; i++) {
        if (vpc->cidrs.at[i].prefix.family == NET_V6) {
            return true;
        }
    }
    return false;
}

static struct numbers *numbers_of(struct arena *a, struct numbers **all,
                                  const struct world_acl *acl)
{
    for (struct numbers *n = *all; n != NULL; n = n->next) {
        if (n->acl == acl) {
            return n;
        }
    }
    struct numbers *n = ARENA_NEW(a, struct numbers);
    n->acl = acl;
    n->next = *all;
    *all = n;
    return n;
}

/* One barrier for each ACL and range; `index` is the endpoint whose ACL it is. */
static bool bar_endpoint(struct candidates *c, struct candidate *k, struct numbers **all,
                         size_t index)
{
    const struct finding_endpoint *e = &c->site->finding->endpoints.at[index];
    struct barrier *b = ARENA_NEW(c->job->arena, struct barrier);
    b->c = c;
    b->k = k;
    b->vpc = WORLD_NONE;
    b->protocol = e->protocol;
    b->ports = e->ports;
    if (!find_acl(b, e->flow)) {
        return edits_fail(&k->edits, "the network ACL stands outside of the template");
    }
    for (size_t i = 0; i < index; i++) {
        struct barrier *before = ARENA_NEW(c->job->arena, struct barrier);
        before->c = c;
        const struct finding_endpoint *f = &c->site->finding->endpoints.at[i];
        if (find_acl(before, f->flow) && before->acl == b->acl && f->protocol == e->protocol &&
            f->ports.begin == e->ports.begin && f->ports.end == e->ports.end) {
            return true;
        }
    }
    b->numbers = numbers_of(c->job->arena, all, b->acl);
    b->service = service_name(c, e->protocol, e->ports);
    return bar(b, NET_V4) && (!has_v6(&topology_of(c)->world->vpcs.at[b->vpc]) || bar(b, NET_V6));
}

static void propose(struct candidates *c)
{
    const struct finding *f = c->site->finding;
    enum { MOST_ENDPOINTS = 16 };
    if (!c->site->internet || f->endpoints.n == 0 || f->endpoints.n > MOST_ENDPOINTS) {
        return;
    }
    struct candidate k = candidate_new(c);
    k.safety = FIX_UNSAFE;
    struct numbers *all = NULL;
    for (size_t i = 0; i < f->endpoints.n; i++) {
        if (!bar_endpoint(c, &k, &all, i)) {
            candidate_fail(c, &k);
            return;
        }
    }
    k.title = STR("Deny the port from everywhere in the network ACL of the subnet, private "
                  "sources of the groups excepted.");
    candidate_add(c, &k);
}

const struct remedy remedy_acl = {"R6", propose};
