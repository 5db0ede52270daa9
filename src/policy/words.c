/*
 * The message of a finding. The first sentence says what and where, the second why, the third
 * under which choices. Dynamic parts stand in single quotes.
 */
#include "policy/check.h"
#include "policy/facts.h"

enum { MAX_NAMES = 3, MAX_PORTS = 3 };

struct str words_names(struct checker *c, const struct finding *f)
{
    struct str names[MAX_NAMES];
    size_t shown = 0;
    size_t total = 0;
    struct map seen;
    struct arena scratch = {0};
    map_init(&seen, &scratch);
    for (size_t i = 0; i < f->endpoints.n; i++) {
        struct str name = f->endpoints.at[i].resource;
        void **place = map_at(&seen, name);
        if (*place != NULL) {
            continue;
        }
        *place = c;
        total++;
        if (shown < MAX_NAMES) {
            names[shown++] = name;
        }
    }
    arena_release(&scratch);
    struct str text = STR("");
    for (size_t i = 0; i < shown; i++) {
        bool last = i + 1 == shown && total == shown;
        text = STR_CAT(c->arena, text, i == 0 ? STR("'") : (last ? STR(" and '") : STR(", '")),
                       names[i], STR("'"));
    }
    if (total > shown) {
        text = str_format(c->arena, "%.*s and %zu more", STR_ARG(text), total - shown);
    }
    return text;
}

static struct str one_port(struct checker *c, const struct finding_endpoint *e)
{
    struct str ports = step_ports(c->arena, e->protocol, e->ports);
    if (e->service.n == 0) {
        return ports;
    }
    bool range = str_is(e->kind, "PortRange");
    return STR_CAT(c->arena, range ? STR("a range over ") : STR(""), e->service, STR(" ("), ports,
                   STR(")"));
}

/* "HTTP (tcp port 80) and HTTPS (tcp port 443)", over all endpoints. */
static struct str ports_of_finding(struct checker *c, const struct finding *f)
{
    struct str parts[MAX_PORTS];
    size_t n = 0;
    size_t total = 0;
    struct arena scratch = {0};
    struct map seen;
    map_init(&seen, &scratch);
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        const uint32_t numbers[] = {(uint32_t)e->protocol, e->ports.begin, e->ports.end};
        struct str key = {(const char *)numbers, sizeof numbers};
        if (map_get(&seen, key) != NULL) {
            continue;
        }
        *map_at(&seen, str_copy(&scratch, key)) = c;
        total++;
        if (n < MAX_PORTS) {
            parts[n++] = one_port(c, e);
        }
    }
    arena_release(&scratch);
    struct str text = STR("");
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n && total == n;
        text =
            STR_CAT(c->arena, text, i == 0 ? STR("") : (last ? STR(" and ") : STR(", ")), parts[i]);
    }
    return total == n ? text : str_format(c->arena, "%.*s and %zu more", STR_ARG(text), total - n);
}

/* Sentences begin with a capital, protocol names with none. */
static struct str capital(struct arena *a, struct str s)
{
    char *p = str_to_c(a, s);
    if (s.n > 0 && p[0] >= 'a' && p[0] <= 'z' && !str_starts(s, STR("tcp")) &&
        !str_starts(s, STR("udp")) && !str_starts(s, STR("syslog"))) {
        p[0] = (char)(p[0] - 'a' + 'A');
    }
    return (struct str){p, s.n};
}

/* "tcp ports 22, 8000-8100", "no udp port". */
static struct str list_of(struct checker *c, const char *protocol, const struct ports *at, size_t n)
{
    struct buf b;
    buf_init(&b);
    if (n == 0) {
        buf_addf(&b, "no %s port", protocol);
    } else {
        buf_addf(&b, "%s ports ", protocol);
    }
    for (size_t i = 0; i < n; i++) {
        buf_adds(&b, i == 0 ? "" : ", ");
        buf_addf(&b, "%u", at[i].begin);
        if (at[i].end != at[i].begin) {
            buf_addf(&b, "-%u", at[i].end);
        }
    }
    return buf_keep(&b, c->arena);
}

/* The balancer if every endpoint is behind that one alone; else the path names it. */
static struct str via_of(struct checker *c, const struct finding *f)
{
    struct str text = edge_via(c->arena, &f->endpoints.at[0]);
    struct arena scratch = {0};
    for (size_t i = 1; i < f->endpoints.n && text.n > 0; i++) {
        if (!str_eq(edge_via(&scratch, &f->endpoints.at[i]), text)) {
            text = STR("");
        }
    }
    arena_release(&scratch);
    return text;
}

static struct str title_of(struct checker *c, const struct draft *d)
{
    const struct finding *f = &d->finding;
    const struct finding_endpoint *e = &f->endpoints.at[0];
    struct str names = words_names(c, f);
    const char *noun = edge_noun(f->edge);
    struct str via = via_of(c, f);
    if (str_is(e->kind, "NetworkExposure")) {
        return str_format(c->arena, "'%.*s' exposes %.*s and %.*s to %s%.*s.",
                          STR_ARG(e->interface), STR_ARG(list_of(c, "tcp", e->tcp, e->tcp_n)),
                          STR_ARG(list_of(c, "udp", e->udp, e->udp_n)), noun, STR_ARG(via));
    }
    struct str ports = capital(c->arena, ports_of_finding(c, f));
    if (opening_is_unknown(c, d->opening)) {
        struct str group = c->world->groups.at[c->openings.at[d->opening].group].name;
        return str_format(c->arena,
                          "Security group '%.*s' stands outside the templates and may open any "
                          "port of %.*s to %s%.*s.",
                          STR_ARG(group), STR_ARG(names), noun, STR_ARG(via));
    }
    if (str_is(STR("operator-supplied-source"), f->rule->name)) {
        return str_format(c->arena,
                          "%.*s of %.*s can be reached from %s%.*s if a %s source is "
                          "given at deployment.",
                          STR_ARG(ports), STR_ARG(names), noun, STR_ARG(via),
                          world_edge_is_internet(f->edge) ? "public" : "matching");
    }
    return STR_CAT(c->arena, ports, STR(" of "), names,
                   f->verdict == REACH_POSSIBLE ? STR(" may") : STR(" can"),
                   STR(" be reached from "), str_from(noun), via, STR("."));
}

/* Whether a host that the templates know uses the way (SEMANTICS 0.6). */
static struct str far_end_of(struct checker *c, const struct finding_endpoint *e)
{
    switch (e->flow->end_to_end) {
    case END_TO_END_NA:
        return STR("");
    case END_TO_END_NONE:
        return STR(" No host in the templates can use it today.");
    case END_TO_END_UNKNOWN:
        return STR(" The hosts on the other side are not known.");
    case END_TO_END_CONFIRMED:
        break;
    }
    size_t n = str_find_byte(e->end_to_end, ' ', 0);
    struct str hosts = str_sub(e->end_to_end, n + 1, e->end_to_end.n);
    return str_format(c->arena, " It can be used by '%.*s'.", STR_ARG(hosts));
}

/* "'WebSg' admits tcp port 22 from any IPv4 address; the way in is 'Igw', 'Vpc.DefaultNetworkAcl'."
 */
static struct str reason_of(struct checker *c, const struct draft *d)
{
    const struct finding *f = &d->finding;
    const struct finding_endpoint *e = &f->endpoints.at[0];
    struct str way = STR("");
    struct str admits = STR("");
    bool front = e->flow->via != WORLD_NONE && e->flow->front_opener_n > 0;
    for (size_t i = 0; i < e->path_n; i++) {
        const struct finding_step *s = &e->path[i];
        if (str_is(s->type, "AWS::EC2::SecurityGroup") && (admits.n == 0 || !front)) {
            admits = s->text;
        }
        if (s->component.n > 0) {
            way =
                STR_CAT(c->arena, way, way.n == 0 ? STR("'") : STR(", '"), s->component, STR("'"));
        }
    }
    if (str_is(e->kind, "NetworkExposure")) {
        admits = STR("");
    }
    struct str to = STR("");
    if (f->endpoints.n > 1) {
        to = STR_CAT(c->arena, STR(" to '"), e->resource, STR("'"));
    }
    return STR_CAT(c->arena, admits, admits.n == 0 ? STR("The path") : STR(" The path"), to,
                   STR(" is "), way, STR("."), far_end_of(c, e));
}

static struct str choices_of(struct checker *c, const struct finding *f)
{
    struct str all = fact_clauses(c->arena, c->topology, f->witness, f->witness_n, FACT_BOTH);
    struct str text = STR("");
    if (all.n > 0) {
        text = STR_CAT(c->arena, STR(" This holds if "), all, STR("."));
    }
    for (size_t i = 0; i < f->witness_n; i++) {
        if (fact_is_budget(&f->witness[i])) {
            struct str why = fact_clause(c->arena, c->topology, &f->witness[i], false);
            text = str_format(c->arena, "%.*s Whether it is so was not found out: %.*s.",
                              STR_ARG(text), STR_ARG(why));
        }
    }
    return text;
}

/* Where nobody unknown gets an answer, at any endpoint. */
static struct str answer_text(const struct checker *c, const struct finding *f)
{
    static const char *const TEXT[] = {
        [ANSWERS_ANYBODY] = "",
        [ANSWERS_IDENTIFIED] = " Every caller is asked for an identity of AWS first.",
        [ANSWERS_NOBODY] = " Nothing is known to listen there.",
    };
    enum world_answer all = ANSWERS_ANYBODY;
    for (size_t i = 0; i < f->endpoints.n; i++) {
        enum world_answer a = c->world->interfaces.at[f->endpoints.at[i].flow->interface].answers;
        if (i > 0 && a != all) {
            return STR("");
        }
        all = a;
    }
    return str_from(TEXT[all]);
}

static struct str exposure_text(const struct finding *f)
{
    switch (f->exposure) {
    case EXPOSURE_NARROW:
        return STR(" Only a few public addresses get in.");
    case EXPOSURE_LIMITED:
        return STR(" Only part of the public addresses gets in.");
    case EXPOSURE_NONE:
    case EXPOSURE_BROAD:
    case EXPOSURE_SERVICE:
    case EXPOSURE_WORLD:
        return STR("");
    }
    return STR("");
}

void words_draft(struct checker *c, struct draft *d)
{
    struct finding *f = &d->finding;
    if (f->endpoints.n > 0) {
        struct str title = title_of(c, d);
        struct str reason = reason_of(c, d);
        struct str choices = choices_of(c, f);
        struct str exposure = exposure_text(f);
        struct str answers = answer_text(c, f);
        f->message = STR_CAT(c->arena, title, STR(" "), reason, choices, exposure, answers);
    }
    f->settle = settle_of(c, d);
    f->advice = advice_of(c, d);
}
