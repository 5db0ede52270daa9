#include "report/diff_view.h"

#include "report/words.h"

static const struct diff_format formats[] = {
    {"text", diff_text_write},
    {"json", diff_json_write},
    {"markdown", diff_markdown_write},
};

const struct diff_format *diff_format_find(struct str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}

static struct str taken(struct arena *a, struct buf *b)
{
    struct str text = str_copy(a, buf_str(b));
    buf_release(b);
    return text;
}

static void add_conditions(struct buf *b, const struct flow_change *c)
{
    const struct flow_state *s = c->shown;
    buf_addf(b, " (%s%s%s", c->families & FAMILY_V4 ? "v4" : "",
             c->families == (FAMILY_V4 | FAMILY_V6) ? "+" : "",
             c->families & FAMILY_V6 ? "v6" : "");
    if (s->exposure != EXPOSURE_NONE) {
        buf_addf(b, ", %s", exposure_name(s->exposure));
    }
    buf_addf(b, ", %s", reach_verdict_name(s->verdict));
    if (s->witness.n > 0) {
        buf_addf(b, " if %.*s", STR_ARG(s->witness));
    }
    buf_addc(b, ')');
}

struct str diff_subject(struct arena *a, const struct flow_change *c)
{
    const struct flow_way *w = c->way;
    struct buf b;
    buf_init(&b);
    buf_addf(&b, "%.*s of '%.*s' from %s", STR_ARG(words_ports(a, w->protocol, c->ports)),
             STR_ARG(w->resource.n > 0 ? w->resource : w->interface), world_edge_name(w->edge));
    if (w->component.n > 0) {
        buf_addf(&b, " through %.*s", STR_ARG(w->component));
    }
    if (w->via.n > 0) {
        buf_addf(&b, "%s%.*s", w->component.n > 0 ? " and " : " through ", STR_ARG(w->via));
    }
    if (!ports_is_empty(w->listener)) {
        buf_addf(&b, " at %.*s", STR_ARG(words_ports(a, w->protocol, w->listener)));
    }
    add_conditions(&b, c);
    return taken(a, &b);
}

struct str diff_path(struct arena *a, const struct flow_change *c)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < c->shown->path_n; i++) {
        buf_adds(&b, i > 0 ? " -> " : "");
        buf_add(&b, c->shown->path[i].component);
    }
    return taken(a, &b);
}

struct str diff_sources(struct arena *a, struct ipset set, const struct str *groups, size_t n)
{
    enum { LONG = 80 };
    struct buf b;
    buf_init(&b);
    ipset_print(set, &b);
    if (b.n > LONG) {
        buf_clear(&b);
        buf_addf(&b, "%zu address ranges", set.n);
    } else if (ipset_is_empty(set)) {
        buf_clear(&b);
    }
    for (size_t i = 0; i < n; i++) {
        buf_addf(&b, "%smembers of '%.*s'", b.n > 0 ? ", " : "", STR_ARG(groups[i]));
    }
    return taken(a, &b);
}

struct str diff_state_sources(struct arena *a, const struct flow_state *s)
{
    if (!s->is_sourced) {
        return STR("anybody");
    }
    if (s->is_everybody) {
        return s->sources.family == NET_V4 ? STR("any IPv4 address") : STR("any IPv6 address");
    }
    return diff_sources(a, s->sources, s->groups.at, s->groups.n);
}

static struct str always_or(struct str witness)
{
    return witness.n > 0 ? witness : STR("always");
}

/* "tcp/22, tcp/443" */
static struct str ports_text(struct arena *a, const struct flow_change *c)
{
    struct str text = STR("");
    for (size_t i = 0; i < c->rest.at.n; i++) {
        struct str one = words_ports(a, c->way->protocol, c->rest.at.at[i]);
        text = i == 0 ? one : str_format(a, "%.*s, %.*s", STR_ARG(text), STR_ARG(one));
    }
    return text;
}

struct diff_details diff_details(struct arena *a, const struct flow_change *c)
{
    struct diff_details d = {0};
    if (c->differs & FLOW_PORTS) {
        struct str rest = ports_text(a, c);
        *VEC_ADD(a, &d.all) = c->kind == FLOW_WIDENED
                                  ? str_format(a, "only %.*s before", STR_ARG(rest))
                                  : str_format(a, "only %.*s now", STR_ARG(rest));
    }
    if (c->differs & FLOW_VERDICT) {
        *VEC_ADD(a, &d.all) = str_format(a, "%s -> %s", reach_verdict_name(c->before->verdict),
                                         reach_verdict_name(c->after->verdict));
    }
    if (c->differs & FLOW_CHOICES) {
        *VEC_ADD(a, &d.all) = str_format(
            a, "%s choices: %.*s -> %.*s", c->kind == FLOW_WIDENED ? "under more" : "under fewer",
            STR_ARG(always_or(c->before->witness)), STR_ARG(always_or(c->after->witness)));
    }
    if (c->differs & FLOW_EXPOSURE) {
        *VEC_ADD(a, &d.all) = str_format(a, "exposure %s -> %s", exposure_name(c->before->exposure),
                                         exposure_name(c->after->exposure));
    }
    if (c->differs & FLOW_SEVERITY) {
        *VEC_ADD(a, &d.all) =
            str_format(a, "other default: %.*s -> %.*s", STR_ARG(always_or(c->before->witness)),
                       STR_ARG(always_or(c->after->witness)));
    }
    if (c->differs & FLOW_SOURCES) {
        struct str before = diff_state_sources(a, c->before);
        struct str after = diff_state_sources(a, c->after);
        *VEC_ADD(a, &d.all) =
            str_format(a, "sources %.*s -> %.*s", STR_ARG(before), STR_ARG(after));
    }
    return d;
}

struct flow_place diff_place(const struct flow_change *c)
{
    return c->grade != NULL && c->grade->place.line > 0 ? c->grade->place : c->shown->place;
}

struct str diff_totals(struct arena *a, const struct diff_view *v)
{
    struct buf b;
    buf_init(&b);
    for (size_t k = 0; k < FLOW_KINDS; k++) {
        if (v->changes->count[k] > 0) {
            buf_addf(&b, "%s%zu %s", b.n > 0 ? ", " : "", v->changes->count[k],
                     flow_change_name((enum flow_change_kind)k));
        }
    }
    if (b.n == 0) {
        buf_adds(&b, v->incomplete ? "No change was found, but the analysis is incomplete"
                                   : "No flow has changed");
    } else if (v->gate <= SEVERITY_HIGH) {
        buf_addf(&b, "; %zu open%s something at or above %s", v->counting,
                 v->counting == 1 ? "s" : "", severity_name((enum severity)v->gate));
    }
    if (b.n > 0 && v->changes->all.n > 0 && v->incomplete) {
        buf_adds(&b, "; the analysis is incomplete");
    }
    buf_addf(&b, " (%zu template%s before, %zu after)", v->templates[0],
             v->templates[0] == 1 ? "" : "s", v->templates[1]);
    return taken(a, &b);
}
