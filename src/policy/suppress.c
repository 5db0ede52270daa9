/*
 * Suppressions of the templates against findings. A comment must be where the finding is, the
 * Metadata of a resource accepts what its rules open, and what it exposes itself:
 *
 *     on the resource that holds the rule      the whole finding
 *     on a resource that is exposed            this endpoint; the others stay
 */
#include "cfn/value.h"
#include "policy/check.h"

bool suppress_counts(struct checker *c, struct suppression *s)
{
    struct diags *d = c->topology->unit->diags;
    s->used = true;
    if (s->until.n > 0 && str_cmp(c->today, s->until) > 0) {
        diag_add(d, DIAG_SUPPRESSION, s->at,
                 "This suppression of '%s' ended on '%.*s': its findings count again.", s->rule->id,
                 STR_ARG(s->until));
        return false;
    }
    if (c->settings->require_reason && s->reason.n == 0) {
        diag_add(d, DIAG_SUPPRESSION, s->at,
                 "This suppression of '%s' gives no reason, which the policy asks for: it does "
                 "not count.",
                 s->rule->id);
        return false;
    }
    return true;
}

static bool spans_meet(struct span line, struct span s)
{
    return !span_is_none(line) && line.source == s.source && line.begin < line.end &&
           line.begin <= s.end && s.begin < line.end;
}

/* The rule as people see it: with the key of a resource that is nothing but this rule. */
static struct span rule_block(const struct topology_origin *o)
{
    const struct cfn_resource *r = o->resource;
    if (r != NULL && r->key != NULL && o->item != NULL && o->item == r->properties) {
        return (struct span){r->key->span.source, r->key->span.begin, r->node->span.end};
    }
    return o->block;
}

/* An item of a list that is wrapped in Fn::If begins where the outermost of them does. */
static struct span rule_head(const struct topology_origin *o)
{
    const struct doc_node *n = o->item;
    const struct doc_node *head = NULL;
    while (n != NULL && n->parent != NULL && n->parent->kind == DOC_SEQ) {
        const struct doc_node *list = n->parent;
        const struct doc_node *map = list->parent;
        if (str_is(list->tag, "!If")) {
            n = list;
        } else if (map != NULL && map->kind == DOC_MAP && map->n == 1 &&
                   doc_is(map->entries[0].key, "Fn::If")) {
            n = map;
        } else {
            break;
        }
        head = n;
    }
    if (head == NULL) {
        return SPAN_NONE;
    }
    struct span s = doc_full_span(head);
    s.end = s.begin + 1;
    return s;
}

/* Is the line where the finding is, whatever its rule? */
static bool is_there(struct checker *c, const struct suppression *s, const struct draft *d)
{
    const struct topology_origin *o = place_origin(c, d);
    struct span at = d->finding.at;
    at.end = at.begin;
    if (spans_meet(s->line, at)) {
        return true;
    }
    return d->opening != WORLD_NONE && o != NULL && o->item != NULL &&
           (spans_meet(s->line, rule_block(o)) || spans_meet(s->line, rule_head(o)));
}

static bool means_finding(struct checker *c, const struct suppression *s, const struct draft *d)
{
    if (s->resource == NULL) {
        return is_there(c, s, d);
    }
    const struct topology_origin *o = place_origin(c, d);
    return o != NULL && o->resource == s->resource;
}

static bool means_endpoint(const struct checker *c, const struct suppression *s,
                           const struct finding_endpoint *e)
{
    return s->resource != NULL &&
           (cfn_resource_called(c->topology->unit, e->resource) == s->resource ||
            cfn_resource_called(c->topology->unit, e->interface) == s->resource);
}

static void accept(struct finding *f, const struct suppression *s)
{
    f->suppressed = true;
    f->suppressed_in_source = true;
    f->suppression_at = s->at;
    f->suppression_reason = s->reason;
}

void suppress_endpoints(struct checker *c, struct draft *d)
{
    struct finding *f = &d->finding;
    for (size_t i = 0; i < c->suppressions.all.n; i++) {
        struct suppression *s = &c->suppressions.all.at[i];
        if (s->rule != f->rule || s->resource == NULL || means_finding(c, s, d)) {
            continue;
        }
        size_t before = f->endpoints.n;
        f->endpoints.n = 0;
        for (size_t k = 0; k < before; k++) {
            struct finding_endpoint e = f->endpoints.at[k];
            if (means_endpoint(c, s, &e) && suppress_counts(c, s)) {
                *VEC_ADD(c->arena, &f->accepted) = e;
            } else {
                f->endpoints.at[f->endpoints.n++] = e;
            }
        }
        if (before > 0 && f->endpoints.n == 0) { /* nothing is left: all of it is accepted */
            accept(f, s);
            f->endpoints.at = f->accepted.at;
            f->endpoints.n = f->accepted.n;
            f->endpoints.cap = f->accepted.cap;
            f->accepted.n = 0;
            f->accepted.cap = 0;
            return;
        }
    }
}

void suppress_draft(struct checker *c, struct draft *d)
{
    for (size_t i = 0; i < c->suppressions.all.n; i++) {
        struct suppression *s = &c->suppressions.all.at[i];
        if (s->rule == d->finding.rule && means_finding(c, s, d) && suppress_counts(c, s) &&
            !d->finding.suppressed) {
            accept(&d->finding, s);
        }
    }
}

/* What is found where the suppression stands, under another rule: perhaps that was meant. */
static const struct rule *found_instead(struct checker *c, const struct suppression *s)
{
    for (size_t i = 0; i < c->drafts.n; i++) {
        const struct draft *d = &c->drafts.at[i];
        if (d->finding.rule != s->rule && !d->finding.suppressed && means_finding(c, s, d)) {
            return d->finding.rule;
        }
    }
    return NULL;
}

/* What one suppression as it is written has in common with its copies: Metadata in a loop, or in
 * the template of several nested stacks, is read once for each. */
static struct str written_key(struct arena *a, const struct suppression *s)
{
    return str_format(a, "%u:%u:%s", (unsigned)s->at.source, (unsigned)s->at.begin, s->rule->id);
}

void suppress_unused(struct checker *c)
{
    struct diags *d = c->topology->unit->diags;
    if (d->errors > 0 || c->settings->targets.n > 0) {
        return; /* not everything was looked at */
    }
    struct map seen; /* those that are used, and those that are warned of */
    map_init(&seen, c->arena);
    for (size_t i = 0; i < c->suppressions.all.n; i++) {
        struct suppression *s = &c->suppressions.all.at[i];
        if (s->used) {
            *map_at(&seen, written_key(c->arena, s)) = s;
        }
    }
    for (size_t i = 0; i < c->suppressions.all.n; i++) {
        struct suppression *s = &c->suppressions.all.at[i];
        void **known = map_at(&seen, written_key(c->arena, s));
        if (*known != NULL || c->settings->rule_severity[rule_index(s->rule)] == SEVERITY_OFF) {
            continue;
        }
        *known = s;
        const struct rule *other = found_instead(c, s);
        if (other != NULL) {
            diag_add(d, DIAG_SUPPRESSION, s->at,
                     "Nothing is found here by '%s', so this suppresses nothing; did you mean "
                     "'%s'?",
                     s->rule->id, other->id);
        } else {
            diag_add(d, DIAG_SUPPRESSION, s->at,
                     "Nothing is found here by '%s', so this suppresses nothing: take it out.",
                     s->rule->id);
        }
    }
}
