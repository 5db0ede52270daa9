#include "report/words.h"

struct str words_rule_page(struct arena *a, const struct rule *rule)
{
    return str_format(a, WORDS_HOME_PAGE "/blob/main/policies/help/%s.md", rule->id);
}

const char *words_confidence(enum guard_doubt d)
{
    switch (d) {
    case GUARD_HIGH:
        return "high";
    case GUARD_MEDIUM:
        return "medium";
    case GUARD_LOW:
        return "low";
    }
    BUG("no doubt %d", (int)d);
}

const char *words_level(enum diag_level l)
{
    switch (l) {
    case DIAG_NOTE:
        return "note";
    case DIAG_WARNING:
        return "warning";
    case DIAG_ERROR:
        return "error";
    }
    BUG("no level %d", (int)l);
}

const char *words_sarif_level(enum severity s)
{
    return s == SEVERITY_HIGH ? "error" : s == SEVERITY_MEDIUM ? "warning" : "note";
}

struct str words_ports(struct arena *a, int protocol, struct ports p)
{
    const char *name = protocol_name(protocol);
    char begin[STR_DIGITS];
    char end[STR_DIGITS];
    bool is_one = p.begin == p.end;
    return STR_CAT(a, str_from(name), STR("/"), str_digits(begin, p.begin),
                   is_one ? STR("") : STR("-"), is_one ? STR("") : str_digits(end, p.end));
}

struct words_place words_place(struct source_set *sources, struct span s)
{
    struct source *src = sources && !span_is_none(s) ? source_of(sources, s) : NULL;
    if (!src) {
        return (struct words_place){0};
    }
    return (struct words_place){src->path, source_position(src, s.begin),
                                source_position(src, s.end)};
}

struct str words_title(struct str message)
{
    bool quoted = false;
    for (size_t i = 0; i + 1 < message.n; i++) {
        quoted ^= message.p[i] == '\'';
        if (!quoted && message.p[i] == '.' && message.p[i + 1] == ' ') {
            return str_sub(message, 0, i + 1);
        }
    }
    return message;
}

static struct str witness_text(struct arena *a, const struct finding_choice *w, size_t n, bool told)
{
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < n; i++) {
        buf_adds(&out, i ? ", " : "");
        buf_add(&out, w[i].name);
        if (!w[i].is_fact || !str_is(w[i].value, "yes")) {
            buf_adds(&out, "=");
            buf_add(&out, w[i].value);
        }
        if (told && w[i].text.n > 0) {
            buf_adds(&out, " (");
            buf_add(&out, w[i].text);
            buf_adds(&out, ")");
        }
    }
    return buf_keep(&out, a);
}

struct str words_witness(struct arena *a, const struct finding_choice *w, size_t n)
{
    return witness_text(a, w, n, false);
}

struct str words_witness_told(struct arena *a, const struct finding_choice *w, size_t n)
{
    return witness_text(a, w, n, true);
}
