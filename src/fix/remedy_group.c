/*
 * R3: admit a group instead of addresses. Who the legitimate clients are the template hints at:
 * first what the group says to depend on, then who refers to the exposed resource, then the
 * only other group of the VPC. Where that group refers to this one already, an inline rule
 * would close a circle, so the rule becomes a resource of its own.
 */
#include "fix/job.h"

enum { MOST_CLIENTS = 2 };

struct clients {
    const struct cfn_resource *at[MOST_CLIENTS];
    size_t n;
    bool too_many;
};

static const struct topology *topology_of(const struct candidates *c)
{
    return c->job->analysis->topology;
}

static const struct cfn_resource *group_resource(const struct candidates *c, uint32_t group)
{
    const struct topology *t = topology_of(c);
    const struct topology_origin *o = topology_origin(t, t->world->groups.at[group].id);
    return o->implicit || o->outside ? NULL : o->resource;
}

static void add(struct clients *found, const struct cfn_resource *r)
{
    for (size_t i = 0; i < found->n; i++) {
        if (found->at[i] == r) {
            return;
        }
    }
    if (found->n == MOST_CLIENTS) {
        found->too_many = true;
    } else {
        found->at[found->n++] = r;
    }
}

/* A group of the same VPC that exists whenever the rule does. */
static void add_group(const struct candidates *c, struct clients *found, uint32_t group)
{
    const struct world *w = topology_of(c)->world;
    const struct cfn_resource *r = group_resource(c, group);
    const struct cfn_resource *holder = c->site->holder;
    if (r != NULL && group != c->site->group && w->groups.at[group].vpc != WORLD_NONE &&
        w->groups.at[group].vpc == w->groups.at[c->site->group].vpc && r->home == c->job->t &&
        (guard_is_true(r->when) || guard_same(r->when, holder->when))) {
        add(found, r);
    }
}

static void depended_on(const struct candidates *c, struct clients *found)
{
    const struct world *w = topology_of(c)->world;
    for (uint32_t i = 0; i < w->groups.n; i++) {
        for (size_t k = 0; k < c->job->t->references.n; k++) {
            const struct cfn_reference *ref = &c->job->t->references.at[k];
            if (ref->depends_on && ref->from == c->site->holder &&
                ref->to == group_resource(c, i)) {
                add_group(c, found, i);
            }
        }
    }
}

/* The groups of every interface whose owner is (in) the given resource. */
static void groups_of(const struct candidates *c, const struct cfn_resource *r,
                      struct clients *found)
{
    const struct topology *t = topology_of(c);
    for (size_t i = 0; i < t->world->interfaces.n; i++) {
        const struct world_interface *n = &t->world->interfaces.at[i];
        if (n->owner == WORLD_NONE ||
            topology_origin(t, t->world->owners.at[n->owner].id)->resource != r) {
            continue;
        }
        for (size_t k = 0; k < n->groups.n; k++) {
            add_group(c, found, n->groups.at[k].group);
        }
    }
}

static bool is_exposed(const struct candidates *c, const struct cfn_resource *r)
{
    const struct finding *f = c->site->finding;
    for (size_t i = 0; i < f->endpoints.n; i++) {
        if (str_eq(f->endpoints.at[i].resource, r->id)) {
            return true;
        }
    }
    return false;
}

static void referring(const struct candidates *c, struct clients *found)
{
    for (size_t i = 0; i < c->job->t->references.n; i++) {
        const struct cfn_reference *ref = &c->job->t->references.at[i];
        if (ref->from != NULL && is_exposed(c, ref->to) && !is_exposed(c, ref->from)) {
            groups_of(c, ref->from, found);
        }
    }
}

static void carried(const struct candidates *c, struct clients *found)
{
    const struct topology *t = topology_of(c);
    for (size_t i = 0; i < t->world->interfaces.n; i++) {
        const struct world_interface *n = &t->world->interfaces.at[i];
        const struct cfn_resource *owner =
            n->owner == WORLD_NONE ? NULL
                                   : topology_origin(t, t->world->owners.at[n->owner].id)->resource;
        if (owner != NULL && !is_exposed(c, owner)) {
            for (size_t k = 0; k < n->groups.n; k++) {
                add_group(c, found, n->groups.at[k].group);
            }
        }
    }
}

static struct clients clients_of(const struct candidates *c)
{
    static void (*const hints[])(const struct candidates *,
                                 struct clients *) = {depended_on, referring, carried};
    struct clients found = {.n = 0};
    for (size_t i = 0; i < sizeof hints / sizeof *hints && found.n == 0; i++) {
        hints[i](c, &found);
    }
    /* The last hint is none if it points in several directions. */
    return found;
}

/* Does `from` refer to `to`, through others too? */
static bool refers(const struct fix_job *job, const struct cfn_resource *from,
                   const struct cfn_resource *to)
{
    size_t n = job->t->resources.n;
    struct arena scratch = {0};
    bool *seen = ARENA_ARRAY(&scratch, n, bool);
    seen[from->index] = true;
    bool grown = true;
    while (grown && !seen[to->index]) {
        grown = false;
        for (size_t i = 0; i < job->t->references.n; i++) {
            const struct cfn_reference *ref = &job->t->references.at[i];
            if (ref->from != NULL && ref->from->home == to->home && seen[ref->from->index] &&
                ref->to->home == to->home && !seen[ref->to->index]) {
                seen[ref->to->index] = true;
                grown = true;
            }
        }
    }
    bool found = seen[to->index];
    arena_release(&scratch);
    return found;
}

/* The rule as a resource of its own. */
static bool stand_alone(struct candidates *c, struct candidate *k,
                        const struct cfn_resource *client)
{
    struct arena *a = c->job->arena;
    const struct world_rule *rule = c->site->rule;
    struct piece *p = piece_map(a);
    piece_put(a, p, "GroupId", piece_getatt(a, c->site->holder->id, "GroupId"));
    piece_put(a, p, "IpProtocol", piece_text(a, str_from(protocol_name(rule->protocol))));
    piece_put(a, p, "FromPort", piece_number(a, rule->ports.begin));
    piece_put(a, p, "ToPort", piece_number(a, rule->ports.end));
    piece_put(a, p, "SourceSecurityGroupId", piece_getatt(a, client->id, "GroupId"));
    struct piece *r = piece_map(a);
    piece_put(a, r, "Type", piece_text(a, STR("AWS::EC2::SecurityGroupIngress")));
    piece_put(a, r, "Properties", p);
    struct str wish =
        str_format(a, "%.*sFrom%.*s", STR_ARG(c->site->holder->id), STR_ARG(client->id));
    return site_remove(c->job, &k->edits, c->site->origin) &&
           edit_add_to_section(&k->edits, "Resources", job_fresh_name(c->job, wish.p), r);
}

static bool admit(struct candidates *c, struct candidate *k, const struct cfn_resource *client)
{
    const struct site *site = c->site;
    if (site->source == NULL || site->source->parent != site->item || site->item->is_alias) {
        return edits_fail(&k->edits, "the source is not written plainly in the rule");
    }
    bool circle = !site->standalone && refers(c->job, client, site->holder);
    if (circle && !protocol_has_ports(site->rule->protocol)) {
        return edits_fail(&k->edits, "the groups would refer to each other");
    }
    return circle ? stand_alone(c, k, client)
                  : edit_replace_entry(&k->edits, site->item, site->source->index,
                                       "SourceSecurityGroupId",
                                       piece_getatt(c->job->arena, client->id, "GroupId"));
}

static void propose(struct candidates *c)
{
    if (!c->site->internet || c->site->rule->group != WORLD_NONE) {
        return;
    }
    struct clients clients = clients_of(c);
    for (size_t i = 0; i < clients.n && !clients.too_many; i++) {
        struct candidate k = candidate_new(c);
        k.takes = true;
        k.safety = FIX_UNSAFE;
        k.title = str_format(c->job->arena, "Admit the group '%.*s' instead of addresses.",
                             STR_ARG(clients.at[i]->id));
        if (admit(c, &k, clients.at[i])) {
            candidate_add(c, &k);
        } else {
            candidate_fail(c, &k);
        }
    }
}

const struct remedy remedy_group = {"R3", propose};
