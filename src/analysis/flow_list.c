#include "analysis/flow_list.h"

#include <stdlib.h>

#include "net/internet.h"
#include "policy/facts.h"

void flow_list_init(struct flow_list *l, struct arena *a, struct flow_guards *guards)
{
    *l = (struct flow_list){.arena = a, .guards = guards};
    map_init(&l->by_key, a);
    map_init(&l->unread, a);
}

/* ---- names -------------------------------------------------------------------------------- */

/* What the names of the unit's first stack begin with; "" where only one template is. */
static struct str stack_of(const struct analysis *a)
{
    return a->unit->templates.n > 0 ? a->unit->templates.at[0]->name : STR("");
}

/* "network/Web" is "Web" where "network" is the first stack of the unit. */
static struct str own_name(const struct analysis *a, uint32_t id, struct str name)
{
    const struct topology_origin *o = id == WORLD_NONE ? NULL : topology_origin(a->topology, id);
    if (o == NULL || o->resource == NULL) {
        return name;
    }
    const struct cfn_template *t = o->resource->home;
    while (t->stack != NULL) {
        t = t->stack->home;
    }
    bool has_prefix = t->name.n > 0 && name.n > t->name.n + 1 && str_starts(name, t->name) &&
                      name.p[t->name.n] == '/';
    return has_prefix ? str_sub(name, t->name.n + 1, name.n) : name;
}

static struct flow_place place_of(struct flow_list *l, const struct analysis *a, struct span at)
{
    if (span_is_none(at)) {
        return (struct flow_place){0};
    }
    struct source *src = source_of(&a->sources, at);
    struct position p = source_position(src, at.begin);
    return (struct flow_place){str_copy(l->arena, src->path), p.line, p.column};
}

static struct str relative(const struct flow_list *l, struct str path)
{
    return str_starts(path, l->base) ? str_sub(path, l->base.n, path.n) : path;
}

struct str flow_file_stem(struct str path)
{
    size_t dot = STR_NPOS;
    for (size_t i = 0; i < path.n; i++) {
        dot = path.p[i] == '.' ? i : path.p[i] == '/' ? STR_NPOS : dot;
    }
    return dot == STR_NPOS ? path : str_sub(path, 0, dot);
}

/* The file of the stack: that of the first one where stacks are nested. */
static struct str file_of(const struct flow_list *l, const struct analysis *a, uint32_t interface)
{
    const struct world_interface *i = &a->topology->world->interfaces.at[interface];
    const struct topology_origin *o = topology_origin(a->topology, i->id);
    const struct cfn_resource *r = o->resource;
    while (r != NULL && r->home->stack != NULL) {
        r = r->home->stack;
    }
    struct span at = r != NULL && r->key != NULL ? r->key->span : SPAN_NONE;
    return relative(l, analysis_file_of(a, at)->source->path);
}

/* ---- ways --------------------------------------------------------------------------------- */

struct str flow_way_key(struct arena *a, struct str file, struct str name)
{
    return str_format(a, "%.*s|%.*s", STR_ARG(file), STR_ARG(name));
}

static struct flow_way way_named(struct arena *scratch, const struct flow_list *l,
                                 const struct analysis *a, const struct reach_flow *f,
                                 unsigned family)
{
    const struct world *w = a->topology->world;
    const struct world_interface *i = &w->interfaces.at[f->interface];
    const struct world_gateway *g = &w->gateways.at[f->gateway];
    struct flow_way way = {.file = l->one_file ? STR("") : file_of(l, a, f->interface),
                           .interface = own_name(a, i->id, i->name),
                           .edge = f->edge,
                           .listener = f->listener,
                           .family = family,
                           .protocol = f->protocol};
    if (i->owner != WORLD_NONE) {
        const struct world_owner *owner = &w->owners.at[i->owner];
        way.resource = own_name(a, owner->id, owner->name);
    }
    way.component = g->outside ? STR("") : own_name(a, g->id, g->name);
    if (f->via != WORLD_NONE) {
        const struct world_balancer *b = &w->balancers.at[f->via];
        way.via = own_name(a, b->id, b->name);
    }
    way.name = str_format(scratch, "%.*s|%.*s|%02u|%.*s|%.*s|%05u-%05u|%d|%u",
                          STR_ARG(way.resource), STR_ARG(way.interface), (unsigned)f->edge,
                          STR_ARG(way.component), STR_ARG(way.via), (unsigned)f->listener.begin,
                          (unsigned)f->listener.end, f->protocol, family);
    return way;
}

static struct flow_way *way_of(struct flow_list *l, const struct analysis *a,
                               const struct reach_flow *f, unsigned family)
{
    struct arena scratch = {0};
    struct flow_way named = way_named(&scratch, l, a, f, family);
    struct str key = flow_way_key(&scratch, named.file, named.name);
    struct flow_way *way = map_get(&l->by_key, key);
    if (way == NULL) {
        way = ARENA_NEW(l->arena, struct flow_way);
        *way = named;
        struct str *texts[] = {&way->name,      &way->file,      &way->resource,
                               &way->interface, &way->component, &way->via};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            *texts[i] = str_copy(l->arena, *texts[i]);
        }
        *map_at(&l->by_key, str_copy(l->arena, key)) = way;
    }
    arena_release(&scratch);
    return way;
}

/* ---- states ------------------------------------------------------------------------------- */

static struct str witness_of(struct flow_list *l, const struct analysis *a,
                             const struct guard_witness *w)
{
    struct finding_choice *at = ARENA_ARRAY(l->arena, w->n, struct finding_choice);
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        n = fact_choices_add(l->arena, at, n, fact_choice(a->topology->world->space, &w->at[i]));
    }
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < n; i++) {
        buf_adds(&b, i > 0 ? ", " : "");
        buf_add(&b, flow_variable_name(l->arena, at[i].name, stack_of(a)));
        bool is_said = (at[i].is_fact || fact_is_budget(&at[i])) && str_is(at[i].value, "yes");
        if (!is_said) {
            buf_addf(&b, "=%.*s", STR_ARG(at[i].value));
        }
    }
    struct str text = str_copy(l->arena, buf_str(&b));
    buf_release(&b);
    return text;
}

static int by_bytes(const void *x, const void *y)
{
    const struct str *a = x;
    const struct str *b = y;
    return str_cmp(*a, *b);
}

static void sort_groups(struct flow_state *s)
{
    if (s->groups.n < 2) {
        return;
    }
    qsort(s->groups.at, s->groups.n, sizeof *s->groups.at, by_bytes);
    size_t kept = 1;
    for (size_t i = 1; i < s->groups.n; i++) {
        if (!str_eq(s->groups.at[i], s->groups.at[kept - 1])) {
            s->groups.at[kept++] = s->groups.at[i];
        }
    }
    s->groups.n = kept;
}

/* By id. */
static const struct world_rule **index_rules(struct arena *a, const struct world *w)
{
    const struct world_rule **by_id = ARENA_ARRAY(a, w->next_id, const struct world_rule *);
    for (size_t i = 0; i < w->groups.n; i++) {
        for (size_t k = 0; k < w->groups.at[i].rules.n; k++) {
            by_id[w->groups.at[i].rules.at[k].id] = &w->groups.at[i].rules.at[k];
        }
    }
    return by_id;
}

static struct ipset copied(struct arena *a, struct ipset set)
{
    struct ip_range *at = ARENA_ARRAY(a, set.n, struct ip_range);
    for (size_t i = 0; i < set.n; i++) {
        at[i] = set.at[i];
    }
    return (struct ipset){set.family, at, set.n};
}

/* What the opening rules let in: those of the balancer, where its groups filter. */
static void take_sources(struct flow_list *l, const struct analysis *a,
                         const struct world_rule *const *by_id, const struct reach_flow *f,
                         unsigned family, struct flow_state *s)
{
    struct arena scratch = {0};
    bool front = f->via != WORLD_NONE && f->front_opener_n > 0;
    const struct reach_opener *at = front ? f->front_openers : f->openers;
    size_t n = front ? f->front_opener_n : f->opener_n;
    enum net_family net = family == FAMILY_V4 ? NET_V4 : NET_V6;
    struct ipset *sets = ARENA_ARRAY(&scratch, n, struct ipset);
    size_t set_n = 0;
    for (size_t i = 0; i < n; i++) {
        const struct world_rule *r = by_id[at[i].rule];
        if (r->group != WORLD_NONE) {
            const struct world_group *g = &a->topology->world->groups.at[r->group];
            *VEC_ADD(l->arena, &s->groups) = str_copy(l->arena, own_name(a, g->id, g->name));
        } else if (r->remote.family == net) {
            sets[set_n++] = r->remote;
        }
    }
    sort_groups(s);
    s->is_sourced = n > 0;
    struct ipset all = ipset_union_all(&scratch, net, sets, set_n);
    if (world_edge_is_internet(f->edge)) {
        all = ipset_both(&scratch, all, internet_space(net));
    }
    s->is_everybody =
        ipset_covers(all, world_edge_is_internet(f->edge) ? internet_space(net) : ipset_all(net));
    s->sources = copied(l->arena, all);
    arena_release(&scratch);
}

static void take_path(struct flow_list *l, const struct analysis *a, const struct reach_flow *f,
                      struct flow_state *s)
{
    const struct reach_example *e = reach_example(f);
    struct flow_step *path = ARENA_ARRAY(l->arena, e->path_n, struct flow_step);
    for (size_t i = 0; i < e->path_n; i++) {
        const struct topology_origin *o = topology_origin(a->topology, e->path[i].element);
        path[i] = (struct flow_step){str_copy(l->arena, own_name(a, e->path[i].element, o->name)),
                                     str_copy(l->arena, str_from(o->type)), o->implicit};
    }
    s->path = path;
    s->path_n = e->path_n;
}

static struct flow_place opening_place(struct flow_list *l, const struct analysis *a,
                                       const struct reach_flow *f)
{
    bool front = f->via != WORLD_NONE && f->front_opener_n > 0;
    const struct reach_opener *at = front ? f->front_openers : f->openers;
    size_t n = front ? f->front_opener_n : f->opener_n;
    for (size_t i = 0; i < n; i++) {
        const struct topology_origin *o = topology_origin(a->topology, at[i].rule);
        if (!span_is_none(o->at)) {
            return place_of(l, a, o->at);
        }
    }
    const struct world *w = a->topology->world;
    const struct world_interface *i = &w->interfaces.at[f->interface];
    uint32_t id = i->owner == WORLD_NONE ? i->id : w->owners.at[i->owner].id;
    return place_of(l, a, topology_origin(a->topology, id)->at);
}

/* What is beyond the deployable family is no difference. Of a flow that is always open the guard
 * says nothing more. */
static struct guard when_of(struct flow_list *l, const struct analysis *a,
                            const struct reach_flow *f)
{
    struct world *w = a->topology->world;
    if (reach_flow_verdict(f) == REACH_REACHABLE) {
        return GUARD_TRUE;
    }
    struct str scope = l->one_file ? STR("") : file_of(l, a, f->interface);
    return flow_guards_take(l->guards, w->space, stack_of(a), flow_file_stem(scope),
                            guard_and(w->space, reach_guard(f->when), w->family));
}

static void add_flow(struct flow_list *l, const struct analysis *a,
                     const struct world_rule *const *by_id, const struct reach_flow *f)
{
    const struct reach_example *e = reach_example(f);
    struct flow_state both = {.verdict = reach_flow_verdict(f),
                              .doubt = e->judgement.doubt,
                              .exposure = f->exposure,
                              .when = when_of(l, a, f),
                              .witness = witness_of(l, a, &e->judgement.witness),
                              .place = opening_place(l, a, f)};
    take_path(l, a, f, &both);
    for (unsigned family = FAMILY_V4; family <= FAMILY_V6; family <<= 1) {
        if ((f->families & family) == 0) {
            continue;
        }
        struct flow_state *s = ARENA_NEW(l->arena, struct flow_state);
        *s = both;
        take_sources(l, a, by_id, f, family, s);
        *VEC_ADD(l->arena, &way_of(l, a, f, family)->ranges) = (struct flow_range){f->ports, s};
    }
}

/* ---- what the policy says ----------------------------------------------------------------- */

static void add_grade(struct flow_list *l, const struct analysis *a, const struct finding *f,
                      const struct finding_endpoint *e, bool suppressed)
{
    if (str_is(e->kind, "NetworkExposure")) { /* says again what others say */
        return;
    }
    for (unsigned family = FAMILY_V4; family <= FAMILY_V6; family <<= 1) {
        if ((e->families & family) != 0) {
            *VEC_ADD(l->arena, &way_of(l, a, e->flow, family)->grades) =
                (struct flow_grade){e->ports,    f->rule,
                                    e->severity, str_copy(l->arena, e->service),
                                    suppressed,  place_of(l, a, f->at)};
        }
    }
}

static void add_grades(struct flow_list *l, const struct analysis *a)
{
    for (size_t i = 0; a->findings != NULL && i < a->findings->all.n; i++) {
        const struct finding *f = &a->findings->all.at[i];
        for (size_t k = 0; k < f->endpoints.n; k++) {
            add_grade(l, a, f, &f->endpoints.at[k], f->suppressed);
        }
        for (size_t k = 0; k < f->accepted.n; k++) {
            add_grade(l, a, f, &f->accepted.at[k], true);
        }
    }
}

void flow_list_add(struct flow_list *l, const struct analysis *a)
{
    for (size_t i = 0; i < a->file_n; i++) {
        struct str *file = VEC_ADD(l->arena, &l->files);
        *file = l->one_file ? STR("") : str_copy(l->arena, relative(l, a->files[i].source->path));
        if (a->reach == NULL) {
            *map_at(&l->unread, *file) = l;
        }
    }
    if (a->reach == NULL) {
        return;
    }
    struct arena scratch = {0};
    const struct world_rule **by_id = index_rules(&scratch, a->topology->world);
    for (size_t i = 0; i < a->answer.flow_n; i++) {
        add_flow(l, a, by_id, &a->answer.flows[i]);
    }
    add_grades(l, a);
    arena_release(&scratch);
}
