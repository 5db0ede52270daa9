/*
 * From a finding to the rule that opens it, as it stands in the tree.
 */
#include "fix/job.h"

/* The member of the rule that the source is written in: "CidrIp" and its like. */
static const struct doc_node *source_of_rule(const struct topology_origin *o)
{
    const struct doc_node *node = o->node;
    return node != NULL && node != o->item ? node : NULL;
}

bool site_of(struct fix_job *job, size_t finding, struct site *out)
{
    const struct topology *t = job->analysis->topology;
    const struct finding *f = &job->analysis->findings->all.at[finding];
    *out =
        (struct site){.finding = f, .index = finding, .internet = world_edge_is_internet(f->edge)};
    const struct known_rule *known = job_opening(job, f);
    if (known == NULL) {
        return false;
    }
    out->group = known->group;
    out->rule = &t->world->groups.at[known->group].rules.at[known->rule];
    out->origin = topology_origin(t, out->rule->id);
    out->holder = out->origin->resource;
    out->item = out->origin->item;
    out->source = source_of_rule(out->origin);
    if (out->holder == NULL || out->holder->home != job->t) {
        return false;
    }
    out->standalone = out->item == out->holder->properties;
    return true;
}

struct str site_words(struct arena *a, const struct site *site)
{
    const struct world_rule *r = site->rule;
    struct buf b;
    buf_init(&b);
    buf_adds(&b, r->protocol == PROTOCOL_ALL ? "all traffic" : protocol_name(r->protocol));
    if (protocol_has_ports(r->protocol) && !(r->ports.begin == 0 && r->ports.end == UINT16_MAX)) {
        buf_addf(&b, "/%u", (unsigned)r->ports.begin);
        if (r->ports.end != r->ports.begin) {
            buf_addf(&b, "-%u", (unsigned)r->ports.end);
        }
    }
    buf_adds(&b, " from ");
    if (site->origin->parameter != NULL) {
        buf_addf(&b, "'%.*s'", STR_ARG(site->origin->parameter->name));
    } else {
        ipset_print(r->remote, &b);
    }
    struct str text = str_copy(a, buf_str(&b));
    buf_release(&b);
    return text;
}

bool site_has_port(const struct site *site, uint16_t port)
{
    const struct finding *f = site->finding;
    if (f->endpoints.n == 0) {
        return ports_has(f->ports, port);
    }
    for (size_t i = 0; i < f->endpoints.n; i++) {
        if (ports_has(f->endpoints.at[i].ports, port)) {
            return true;
        }
    }
    return false;
}

struct str site_source_key(const struct site *site)
{
    const struct doc_node *node = site->source;
    while (node != NULL && node->parent != NULL && node->parent != site->item &&
           node->parent != doc_target(site->item)) {
        node = node->parent;
    }
    bool found = node != NULL && node->parent != NULL && node->parent->kind == DOC_MAP;
    return found ? node->parent->entries[node->index].key->text : STR("");
}

const struct topology_origin *site_twin(const struct fix_job *job, const struct site *site)
{
    const struct topology *t = job->analysis->topology;
    const struct world_group *g = &t->world->groups.at[site->group];
    if (site->rule->remote.family != NET_V4) {
        return NULL;
    }
    for (size_t i = 0; i < g->rules.n; i++) {
        const struct world_rule *r = &g->rules.at[i];
        const struct topology_origin *o = topology_origin(t, r->id);
        bool same = !r->egress && r->group == WORLD_NONE && r->protocol == site->rule->protocol &&
                    r->ports.begin == site->rule->ports.begin &&
                    r->ports.end == site->rule->ports.end && guard_same(r->when, site->rule->when);
        if (same && r->remote.family == NET_V6 && ipset_equal(r->remote, ipset_all(NET_V6)) &&
            o->item != NULL && o->resource != NULL && o->parameter == NULL) {
            return o;
        }
    }
    return NULL;
}

bool site_remove(struct fix_job *job, struct edits *e, const struct topology_origin *o)
{
    return o->item == o->resource->properties ? job_remove_resource(job, e, o->resource)
                                              : edit_remove(e, o->item);
}
