/*
 * Where a finding is, and the name by which a baseline knows it again. The name is made of
 * what the rule says, never of where it stands: it survives moved lines, reordered rules and
 * a change from YAML to JSON (ECOSYSTEM 1.2).
 */
#include "doc/path.h"
#include "policy/check.h"

/* Resource and property of a node that no origin names a resource for: from its path. */
static void place_by_path(struct checker *c, struct finding *f, const struct doc_node *node)
{
    struct str path = doc_path(c->arena, NULL, node);
    struct str head = STR("Resources/");
    if (!str_starts(path, head)) {
        f->property = path;
        return;
    }
    size_t slash = str_find_byte(path, '/', head.n);
    size_t end = slash == STR_NPOS ? path.n : slash;
    f->resource = str_sub(path, head.n, end);
    f->property = slash == STR_NPOS ? STR("") : str_sub(path, slash + 1, path.n);
}

static void place_at(struct checker *c, struct finding *f, const struct topology_origin *o)
{
    const struct doc_node *node = o->node != NULL ? o->node : o->item;
    f->at = o->at;
    if (o->resource != NULL) {
        f->resource = cfn_resource_name(o->resource);
        node = node != NULL ? node : o->resource->key;
        if (node != NULL && node != o->resource->key) {
            f->property = doc_path(c->arena, o->resource->node, node);
        }
        if (span_is_none(f->at) && o->resource->key != NULL) {
            f->at = o->resource->key->span;
        }
    } else if (node != NULL) {
        place_by_path(c, f, node);
    }
    if (node != NULL) {
        f->pointer = doc_pointer(c->arena, node);
    }
}

static bool is_index(struct str part)
{
    for (size_t i = 0; i < part.n; i++) {
        if (part.p[i] < '0' || part.p[i] > '9') {
            return false;
        }
    }
    return part.n > 0;
}

/* The path with positions in lists left out; those of a function's arguments stay, they have
 * a meaning. */
static void add_shape(struct buf *b, struct str property)
{
    struct str before = STR("");
    size_t begin = 0;
    while (begin <= property.n) {
        size_t slash = str_find_byte(property, '/', begin);
        size_t end = slash == STR_NPOS ? property.n : slash;
        struct str part = str_sub(property, begin, end);
        buf_adds(b, begin == 0 ? "" : "/");
        if (is_index(part) && !str_starts(before, STR("Fn::"))) {
            buf_addc(b, '*');
        } else {
            buf_add(b, part);
        }
        before = part;
        begin = end + 1;
    }
}

static void add_entry(struct checker *c, struct buf *b, const struct opening *o)
{
    const struct world_rule *r = check_rule(c, o, 0);
    const struct topology_origin *origin = opening_origin(c, o);
    buf_addc(b, '|');
    buf_adds(b, protocol_name(r->protocol));
    buf_addc(b, '|');
    buf_add_number(b, r->ports.begin);
    buf_addc(b, '-');
    buf_add_number(b, r->ports.end);
    buf_addc(b, '|');
    if (origin != NULL && origin->parameter != NULL) {
        buf_add(b, origin->parameter->name);
    }
    buf_addc(b, '|');
    if (r->group != WORLD_NONE) {
        buf_add(b, c->world->groups.at[r->group].name);
        return;
    }
    ipset_print(opening_remote(c, c->arena, r), b);
}

static void make_fingerprint(struct checker *c, struct draft *d)
{
    struct finding *f = &d->finding;
    struct buf b;
    buf_init(&b);
    buf_adds(&b, f->rule->id);
    buf_addc(&b, '|');
    buf_adds(&b, world_edge_name(f->edge));
    buf_addc(&b, '|');
    buf_add(&b, f->resource);
    buf_addc(&b, '|');
    add_shape(&b, f->property);
    if (d->opening != WORLD_NONE) {
        add_entry(c, &b, &c->openings.at[d->opening]);
    } else if (f->endpoints.n > 0) {
        const struct finding_endpoint *e = &f->endpoints.at[0];
        buf_addf(&b, "|%.*s|%.*s|%.*s", STR_ARG(e->interface), STR_ARG(e->edge_component),
                 STR_ARG(e->via));
    }
    f->fingerprint = str_format(c->arena, "%016llx", (unsigned long long)str_hash(buf_str(&b)));
    buf_release(&b);
}

const struct topology_origin *place_origin(const struct checker *c, const struct draft *d)
{
    if (d->opening != WORLD_NONE) {
        const struct opening *opening = &c->openings.at[d->opening];
        const struct topology_origin *o = opening_origin(c, opening);
        bool points = o != NULL && !span_is_none(o->at);
        return points ? o : check_origin(c, c->world->groups.at[opening->group].id);
    }
    if (d->finding.endpoints.n == 0) {
        return NULL;
    }
    const struct world_interface *i =
        &c->world->interfaces.at[d->finding.endpoints.at[0].flow->interface];
    return check_origin(c, i->owner == WORLD_NONE ? i->id : c->world->owners.at[i->owner].id);
}

void place_draft(struct checker *c, struct draft *d)
{
    struct finding *f = &d->finding;
    const struct topology_origin *o = place_origin(c, d);
    if (o != NULL) {
        place_at(c, f, o);
    }
    make_fingerprint(c, d);
}

void place_number(struct checker *c)
{
    struct map seen;
    map_init(&seen, c->arena);
    for (size_t i = 0; i < c->drafts.n; i++) {
        struct finding *f = &c->drafts.at[i].finding;
        void **place = map_at(&seen, f->fingerprint);
        size_t *count = *place;
        if (count == NULL) {
            count = ARENA_NEW(c->arena, size_t);
            *place = count;
        }
        if (++*count > 1) {
            f->fingerprint = str_format(c->arena, "%.*s:%zu", STR_ARG(f->fingerprint), *count);
        }
    }
}
