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

/* What is there already wins: an instance's own tag over that of its launch template. */
static void add_tag(struct checker *c, struct tag_list *out, struct finding_tag t)
{
    for (size_t i = 0; i < out->all.n; i++) {
        if (str_eq(out->all.at[i].key, t.key)) {
            return;
        }
    }
    *VEC_ADD(c->arena, &out->all) = t;
}

/* [{Key: K, Value: V}] */
static void read_list(struct checker *c, const struct cfn_resource *r, struct cfn_value tags,
                      struct guard live, struct tag_list *out)
{
    FOREACH_TERM (tag, tags) {
        struct finding_tag t;
        if (guard_implies(c->world->space, live, tag->when) && is_passed_on(c, r, tag, live) &&
            definite(c, cfn_get_term(tag, "Key"), live, &t.key) &&
            definite(c, cfn_get_term(tag, "Value"), live, &t.value)) {
            add_tag(c, out, t);
        }
    }
}

/* {K: V}, as node groups, brokers and some other services have them. */
static void read_map(struct checker *c, const struct cfn_term *map, struct guard live,
                     struct tag_list *out)
{
    for (uint32_t i = 0; map->tree != NULL && i < map->tree->n; i++) {
        struct finding_tag t = {.key = map->tree->entries[i].key->text};
        struct cfn_value value = cfn_eval(map->home, map->tree->entries[i].value, live);
        if (definite(c, value, live, &t.value)) {
            add_tag(c, out, t);
        }
    }
}

static void read_either(struct checker *c, const struct cfn_resource *r, struct cfn_value tags,
                        struct guard live, struct tag_list *out)
{
    FOREACH_TERM (term, tags) {
        if (!guard_implies(c->world->space, live, term->when)) {
            continue; /* not whatever is chosen */
        }
        if (term->kind == CFN_MAP) {
            read_map(c, term, live, out);
        } else {
            read_list(c, r, cfn_items((struct cfn_value){term, 1}), live, out);
        }
    }
}

/* [{ResourceType: instance, Tags: [...]}], of a launch template or a fleet. */
static void read_specifications(struct checker *c, const struct cfn_resource *r,
                                struct cfn_value specifications, struct guard live,
                                struct tag_list *out)
{
    specifications = cfn_items(specifications);
    FOREACH_TERM (item, specifications) {
        struct str type = STR("");
        if (guard_implies(c->world->space, live, item->when) &&
            definite(c, cfn_get_term(item, "ResourceType"), live, &type) &&
            str_is(type, "instance")) {
            read_list(c, r, cfn_items(cfn_get_term(item, "Tags")), live, out);
        }
    }
}

/* Where a resource names the launch template of its instances. */
static const char *const LAUNCHES[] = {
    "LaunchTemplate/LaunchTemplateId",
    "LaunchTemplate/Id",
    "MixedInstancesPolicy/LaunchTemplate/LaunchTemplateSpecification/LaunchTemplateId",
};

/* Instances have the tags of their launch template, too. */
static void read_launch(struct checker *c, const struct cfn_resource *r, struct guard live,
                        struct tag_list *out)
{
    for (size_t i = 0; i < sizeof LAUNCHES / sizeof *LAUNCHES; i++) {
        struct cfn_value ids = cfn_property(r, LAUNCHES[i]);
        FOREACH_TERM (id, ids) {
            if (id->kind != CFN_OBJECT || !guard_implies(c->world->space, live, id->when)) {
                continue;
            }
            const struct cfn_resource *launch = id->resource;
            read_specifications(
                c, launch, cfn_property(launch, "LaunchTemplateData/TagSpecifications"), live, out);
        }
    }
}

static void read_tags(struct checker *c, const struct cfn_resource *r, struct tag_list *out)
{
    struct guard live = guard_and(c->world->space, r->when, c->world->family);
    if (guard_is_false(live)) {
        return;
    }
    read_either(c, r, cfn_property(r, "Tags"), live, out);
    read_specifications(c, r, cfn_property(r, "TagSpecifications"), live, out);
    read_specifications(c, r, cfn_property(r, "SpotFleetRequestConfigData/TagSpecifications"), live,
                        out);
    read_launch(c, r, live, out);
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
