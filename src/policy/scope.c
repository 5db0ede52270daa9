/*
 * Targets by tag: findings about the resources that carry one of the wanted tags, as an
 * assessment target of Amazon Inspector chooses instances. A tag counts if it is there whatever
 * is chosen.
 */
#include "base/suggest.h"
#include "cfn/value.h"
#include "policy/check.h"

struct tag_list {
    bool known;
    VEC(struct finding_tag) all;
};

/* The one text of a value under a guard; false if it is not definite. */
static bool definite(const struct checker *c, struct cfn_value v, struct guard when,
                     struct str *text)
{
    FOREACH_TERM (term, v) {
        if (term->kind == CFN_TEXT && guard_implies(c->world->space, when, term->when)) {
            *text = term->text;
            return true;
        }
    }
    return false;
}

/* A group of instances passes on only those tags that say so. */
static bool is_passed_on(const struct checker *c, const struct cfn_resource *r,
                         const struct cfn_term *tag, struct guard live)
{
    struct str text = STR("");
    return !str_is(r->type, "AWS::AutoScaling::AutoScalingGroup") ||
           (definite(c, cfn_get_term(tag, "PropagateAtLaunch"), live, &text) &&
            str_eq_nocase(text, STR("true")));
}

static void read_tags(struct checker *c, const struct cfn_resource *r, struct tag_list *out)
{
    struct guard live = guard_and(c->world->space, r->when, c->world->family);
    if (guard_is_false(live)) {
        return;
    }
    struct cfn_value tags = cfn_items(cfn_property(r, "Tags"));
    FOREACH_TERM (tag, tags) {
        struct finding_tag t;
        if (guard_implies(c->world->space, live, tag->when) && is_passed_on(c, r, tag, live) &&
            definite(c, cfn_get_term(tag, "Key"), live, &t.key) &&
            definite(c, cfn_get_term(tag, "Value"), live, &t.value)) {
            *VEC_ADD(c->arena, &out->all) = t;
        }
    }
}

static const struct tag_list *tags_of(struct checker *c, uint32_t owner)
{
    if (c->owner_tags == NULL) {
        c->owner_tags = ARENA_ARRAY(c->arena, c->world->owners.n, struct tag_list);
    }
    struct tag_list *tags = &c->owner_tags[owner];
    if (!tags->known) {
        tags->known = true;
        const struct topology_origin *o = check_origin(c, c->world->owners.at[owner].id);
        if (o != NULL && o->resource != NULL) {
            read_tags(c, o->resource, tags);
        }
    }
    return tags;
}

void scope_tags(struct checker *c, uint32_t owner, struct finding_endpoint *e)
{
    const struct tag_list *tags = tags_of(c, owner);
    e->tags = tags->all.at;
    e->tag_n = tags->all.n;
}

static bool has(const struct finding_tag *at, size_t n, const struct target_tag *t)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(at[i].key, t->key) && str_eq(at[i].value, t->value)) {
            return true;
        }
    }
    return false;
}

static bool is_meant(const struct settings *s, const struct finding_tag *at, size_t n)
{
    for (size_t i = 0; i < s->targets.n; i++) {
        if (has(at, n, &s->targets.at[i])) {
            return true;
        }
    }
    return s->targets.n == 0;
}

void scope_warn(struct checker *c)
{
    const struct settings *s = c->settings;
    VEC(struct str) keys = {0};
    for (size_t i = 0; s->targets.n > 0 && i < c->world->owners.n; i++) {
        const struct tag_list *tags = tags_of(c, (uint32_t)i);
        for (size_t k = 0; k < tags->all.n; k++) {
            *VEC_ADD(c->arena, &keys) = tags->all.at[k].key;
        }
    }
    for (size_t i = 0; i < s->targets.n; i++) {
        const struct target_tag *t = &s->targets.at[i];
        bool found = false;
        for (size_t k = 0; !found && k < c->world->owners.n; k++) {
            const struct tag_list *tags = tags_of(c, (uint32_t)k);
            found = has(tags->all.at, tags->all.n, t);
        }
        if (found) {
            continue;
        }
        struct str near = suggest(t->key, keys.at, keys.n);
        struct diags *d = c->topology->unit->diags;
        if (near.n == 0) {
            diag_add(d, DIAG_CONFIG, t->at, "No resource has the target tag '%.*s=%.*s'.",
                     STR_ARG(t->key), STR_ARG(t->value));
        } else if (str_eq(near, t->key)) {
            diag_add(d, DIAG_CONFIG, t->at,
                     "No resource has the target tag '%.*s=%.*s'; the key has other values.",
                     STR_ARG(t->key), STR_ARG(t->value));
        } else {
            diag_add(d, DIAG_CONFIG, t->at,
                     "No resource has the target tag '%.*s=%.*s'; did you mean the key '%.*s'?",
                     STR_ARG(t->key), STR_ARG(t->value), STR_ARG(near));
        }
    }
}

/* Templates of a unit are few. */
const struct cfn_resource *scope_resource(const struct checker *c, struct str name)
{
    const struct cfn_unit *u = c->topology->unit;
    for (size_t i = 0; i < u->templates.n; i++) {
        const struct cfn_template *t = u->templates.at[i];
        struct str id = name;
        if (t->name.n > 0 && str_starts(name, t->name) && name.n > t->name.n &&
            name.p[t->name.n] == '/') {
            id = str_sub(name, t->name.n + 1, name.n);
        }
        const struct cfn_resource *r = cfn_resource(t, id);
        if (r != NULL) {
            return r;
        }
    }
    return NULL;
}

bool scope_keeps(struct checker *c, struct draft *d)
{
    struct finding *f = &d->finding;
    if (c->settings->targets.n == 0) {
        return true;
    }
    size_t before = f->endpoints.n;
    f->endpoints.n = 0;
    for (size_t i = 0; i < before; i++) {
        if (is_meant(c->settings, f->endpoints.at[i].tags, f->endpoints.at[i].tag_n)) {
            f->endpoints.at[f->endpoints.n++] = f->endpoints.at[i];
        }
    }
    if (before > 0 || d->opening == WORLD_NONE) {
        return f->endpoints.n > 0;
    }
    /* A rule that nothing uses is meant where its group has the tag. */
    const struct opening *o = &c->openings.at[d->opening];
    const struct cfn_resource *group = c->topology->groups.at[o->group].resource;
    struct tag_list tags = {.known = true};
    if (group != NULL) {
        read_tags(c, group, &tags);
    }
    return is_meant(c->settings, tags.all.at, tags.all.n);
}
