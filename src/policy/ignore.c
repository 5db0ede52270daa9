/*
 * Findings that the policy accepts. All selectors of an entry must agree. A resource or tag
 * selector means the resource that holds the rule, or else every resource that the finding
 * exposes: one that is not meant keeps the finding alive.
 */
#include "cfn/value.h"
#include "policy/check.h"
#include "policy/glob.h"

/* Does the resource have the tag, whatever is chosen? */
static bool has_tag(const struct checker *c, const struct ignore *entry, struct str name)
{
    const struct cfn_resource *r = cfn_resource_called(c->topology->unit, name);
    if (r == NULL) {
        return false;
    }
    struct guard_space *space = c->world->space;
    struct guard has = GUARD_FALSE;
    struct cfn_value tags = cfn_items(cfn_property(r, "Tags"));
    FOREACH_TERM (tag, tags) {
        struct cfn_value keys = cfn_get_term(tag, "Key");
        struct cfn_value values = cfn_get_term(tag, "Value");
        FOREACH_TERM (key, keys) {
            if (key->kind != CFN_TEXT || !str_eq(key->text, entry->tag_key)) {
                continue;
            }
            FOREACH_TERM (value, values) {
                if (value->kind == CFN_TEXT &&
                    regex_full(entry->tag_value, value->text) == REGEX_MATCH) {
                    has = guard_or(space, has, guard_and(space, key->when, value->when));
                }
            }
        }
    }
    struct guard live = guard_and(space, r->when, c->world->family);
    return !guard_is_false(has) && guard_implies(space, live, has);
}

static bool means(const struct checker *c, const struct ignore *entry, struct str resource)
{
    if (entry->resource != NULL && regex_full(entry->resource, resource) != REGEX_MATCH) {
        return false;
    }
    return entry->tag_key.n == 0 || has_tag(c, entry, resource);
}

/* The path as the file that holds the entry would write it. */
static struct str path_for(const struct checker *c, const struct ignore *entry, struct str path)
{
    if (entry->strip.n > 0 && str_starts(path, entry->strip)) {
        return str_sub(path, entry->strip.n, path.n);
    }
    return str_starts(path, STR("/")) ? path : str_join2(c->arena, entry->add, path);
}

static bool matches(const struct checker *c, const struct ignore *entry, const struct finding *f)
{
    if (entry->rule != NULL && entry->rule != f->rule) {
        return false;
    }
    const struct source *src = source_of(c->topology->unit->sources, f->at);
    if (entry->path.n > 0 &&
        (src == NULL || !glob_match(entry->path, path_for(c, entry, src->path)))) {
        return false;
    }
    if (means(c, entry, f->resource)) {
        return true;
    }
    for (size_t i = 0; i < f->endpoints.n; i++) {
        if (!means(c, entry, f->endpoints.at[i].resource)) {
            return false;
        }
    }
    return f->endpoints.n > 0;
}

void ignore_draft(struct checker *c, struct draft *d)
{
    struct finding *f = &d->finding;
    for (size_t i = 0; i < c->settings->ignores.n; i++) {
        struct ignore *entry = &c->settings->ignores.at[i];
        if (!matches(c, entry, f)) {
            continue;
        }
        entry->used = true;
        if (entry->until.n > 0 && str_cmp(c->today, entry->until) > 0) {
            struct diag *g =
                diag_add(c->topology->unit->diags, DIAG_SUPPRESSION, f->at,
                         "An 'ignore' entry of policy '%.*s' for '%s' ended on "
                         "'%.*s'.",
                         STR_ARG(c->settings->name), f->rule->id, STR_ARG(entry->until));
            g->resource = f->resource;
            g->property = f->property;
            continue;
        }
        if (entry->is_void || f->suppressed) {
            continue;
        }
        f->suppressed = true;
        f->suppression_at = SPAN_NONE;
        f->suppression_reason =
            entry->reason.n > 0
                ? entry->reason
                : str_format(c->arena, "Ignored by policy '%.*s'.", STR_ARG(c->settings->name));
    }
}
