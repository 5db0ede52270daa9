/*
 * R1': take ports out of a range. [x,y] becomes [x,p-1] and [p+1,y]: the first part stays where
 * the rule stands, the others are copies behind it.
 *
 *     FromPort: 20          FromPort: 20         - FromPort: 23
 *     ToPort: 25      ->    ToPort: 21             ToPort: 25
 */
#include "fix/job.h"

enum { MOST_PARTS = 4 }; /* more rules than that are no better than the range */

struct parts {
    struct ports at[MOST_PARTS];
    size_t n;
    bool too_many;
};

static void add_part(struct parts *parts, uint32_t begin, uint32_t end)
{
    if (begin > end) {
        return;
    }
    if (parts->n == MOST_PARTS) {
        parts->too_many = true;
        return;
    }
    parts->at[parts->n++] = (struct ports){(uint16_t)begin, (uint16_t)end};
}

/* Is this port one that has to go? Of a finding about a range, every port of a service. */
static bool is_cut(const struct candidates *c, uint16_t port)
{
    const struct settings *settings = c->job->options->analysis->settings;
    int protocol = c->site->rule->protocol;
    const struct finding *f = c->site->finding;
    if (f->endpoints.n == 0) {
        return settings_service(settings, protocol, port) != NULL;
    }
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        bool single = e->ports.begin == e->ports.end;
        if (e->protocol == protocol && ports_has(e->ports, port) &&
            (single || settings_service(settings, protocol, port) != NULL)) {
            return true;
        }
    }
    return false;
}

static struct parts parts_of(const struct candidates *c, struct ports range)
{
    struct parts parts = {.n = 0};
    uint32_t begin = range.begin;
    for (uint32_t port = range.begin; port <= range.end; port++) {
        if (is_cut(c, (uint16_t)port)) {
            add_part(&parts, begin, port - 1);
            begin = port + 1;
        }
    }
    add_part(&parts, begin, range.end);
    return parts;
}

static struct str number(struct arena *a, uint16_t n)
{
    return str_format(a, "%u", (unsigned)n);
}

/* A copy of the rule for one more part, behind it. */
static bool copy(const struct candidates *c, struct candidate *k, const struct doc_node *from,
                 const struct doc_node *to, struct ports part)
{
    struct arena *a = c->job->arena;
    const struct site *site = c->site;
    size_t first = from->span.begin > to->span.begin ? 1 : 0; /* as they stand in the text */
    struct edit_swap swaps[2];
    swaps[first] = (struct edit_swap){from, number(a, part.begin)};
    swaps[1 - first] = (struct edit_swap){to, number(a, part.end)};
    if (!site->standalone) {
        return edit_copy(&k->edits, site->item, STR(""), swaps, 2);
    }
    struct str key = job_fresh_name(c->job, str_to_c(a, site->holder->id));
    return edit_copy(&k->edits, site->holder->node, key, swaps, 2);
}

static bool split(const struct candidates *c, struct candidate *k, const struct parts *parts)
{
    const struct doc_node *from = doc_get(c->site->item, "FromPort");
    const struct doc_node *to = doc_get(c->site->item, "ToPort");
    struct arena *a = c->job->arena;
    struct ports range = c->site->rule->ports;
    if (parts->at[0].begin != range.begin &&
        !edit_replace_text(&k->edits, from, number(a, parts->at[0].begin))) {
        return false;
    }
    if (parts->at[0].end != range.end &&
        !edit_replace_text(&k->edits, to, number(a, parts->at[0].end))) {
        return false;
    }
    for (size_t i = 1; i < parts->n; i++) {
        if (!copy(c, k, from, to, parts->at[i])) {
            return false;
        }
    }
    return true;
}

static struct str title(struct arena *a, const struct site *site, const struct parts *parts)
{
    struct buf b;
    buf_init(&b);
    buf_adds(&b, "Admit only ");
    for (size_t i = 0; i < parts->n; i++) {
        buf_adds(&b, i == 0 ? "" : i + 1 == parts->n ? " and " : ", ");
        buf_addf(&b, "%s/%u", protocol_name(site->rule->protocol), (unsigned)parts->at[i].begin);
        if (parts->at[i].begin != parts->at[i].end) {
            buf_addf(&b, "-%u", (unsigned)parts->at[i].end);
        }
    }
    buf_adds(&b, " by the rule.");
    struct str text = str_copy(a, buf_str(&b));
    buf_release(&b);
    return text;
}

static void propose(struct candidates *c)
{
    const struct site *site = c->site;
    int64_t from = -1;
    int64_t to = -1;
    bool written = protocol_has_ports(site->rule->protocol) &&
                   job_number(doc_get(site->item, "FromPort"), &from) &&
                   job_number(doc_get(site->item, "ToPort"), &to) &&
                   from == site->rule->ports.begin && to == site->rule->ports.end;
    if (!written || site->item->is_alias) {
        return;
    }
    struct parts parts = parts_of(c, site->rule->ports);
    bool whole = parts.n == 1 && parts.at[0].begin == from && parts.at[0].end == to;
    if (parts.n == 0 || parts.too_many || whole) {
        return;
    }
    struct candidate k = candidate_new(c);
    k.takes = true;
    k.safety = site->internet ? FIX_SAFE : FIX_UNSAFE;
    k.title = title(c->job->arena, site, &parts);
    if (split(c, &k, &parts)) {
        candidate_add(c, &k);
    } else {
        candidate_fail(c, &k);
    }
}

const struct remedy remedy_split = {"R1s", propose};
