/*
 * How options take their values. Most are a switch, a text, a list of texts or one of some
 * words, stored where their row says; the others have a function of their own here.
 */
#include "cli/option_take.h"

#include "base/in_order.h"
#include "base/suggest.h"
#include "policy/facts.h"
#include "policy/taxonomy.h"

void take_hint(struct buf *why, struct str given, const struct str *words, size_t n,
               const char *prefix)
{
    struct str best = suggest(given, words, n);
    if (best.n) {
        buf_addf(why, "; did you mean '%s%.*s'?", prefix, STR_ARG(best));
    }
}

/* The field of `o` that the row names. */
static void *field(struct cli_options *o, const struct cli_option *row)
{
    return (char *)o + row->field;
}

bool take_switch(struct cli_options *o, const struct cli_option *row, struct str value UNUSED,
                 struct buf *why UNUSED)
{
    bool *to = field(o, row);
    *to = true;
    return true;
}

bool take_text(struct cli_options *o, const struct cli_option *row, struct str value,
               struct buf *why)
{
    if (value.n == 0) {
        buf_adds(why, "the value is empty");
        return false;
    }
    struct str *to = field(o, row);
    *to = value;
    return true;
}

bool take_list(struct cli_options *o, const struct cli_option *row, struct str value,
               struct buf *why)
{
    if (value.n == 0) {
        buf_adds(why, "the value is empty");
        return false;
    }
    struct cli_texts *to = field(o, row);
    *VEC_ADD(o->arena, to) = value;
    return true;
}

bool take_pair(struct cli_options *o, const struct cli_option *row, struct str value,
               struct buf *why)
{
    size_t equals = str_find_byte(value, '=', 0);
    if (equals == STR_NPOS || equals == 0) {
        buf_addf(why, "'%.*s' is not %s", STR_ARG(value), row->value);
        return false;
    }
    return take_list(o, row, value, why);
}

bool take_word(struct cli_options *o, const struct cli_option *row, struct str value,
               struct buf *why)
{
    unsigned *to = field(o, row);
    for (unsigned i = 0; row->words[i]; i++) {
        if (str_is(value, row->words[i])) {
            *to = row->first + i;
            return true;
        }
    }
    buf_addf(why, "'%.*s' is not one of ", STR_ARG(value));
    for (size_t i = 0; row->words[i]; i++) {
        buf_addf(why, "%s%s", i ? ", " : "", row->words[i]);
    }
    return false;
}

bool take_this(struct cli_options *o, const struct cli_option *row, struct str value UNUSED,
               struct buf *why UNUSED)
{
    unsigned *to = field(o, row);
    *to = row->first;
    return true;
}

bool take_format(struct cli_options *o, const struct cli_option *row UNUSED, struct str value,
                 struct buf *why)
{
    size_t equals = str_find_byte(value, '=', 0);
    struct str name = str_sub(value, 0, equals == STR_NPOS ? value.n : equals);
    const struct report_format *f = report_format_find(name);
    if (!f) {
        struct str *words = ARENA_ARRAY(o->arena, report_format_count, struct str);
        for (size_t i = 0; i < report_format_count; i++) {
            words[i] = str_from(report_formats[i]->name);
        }
        buf_addf(why, "there is no format '%.*s'", STR_ARG(name));
        take_hint(why, name, words, report_format_count, "");
        return false;
    }
    struct str file = equals == STR_NPOS ? STR("") : str_sub(value, equals + 1, value.n);
    if (equals != STR_NPOS && file.n == 0) {
        buf_addf(why, "'%.*s' names no file after '='", STR_ARG(value));
        return false;
    }
    *VEC_ADD(o->arena, &o->outputs) = (struct cli_output){f, file};
    return true;
}

/* Marks the rules of each word of a list with commas; `named` those that stand there by id or
 * name. */
static bool take_rules(struct cli_options *o, struct str value, bool *marked, bool *named,
                       struct buf *why)
{
    for (size_t at = 0; at <= value.n;) {
        size_t comma = str_find_byte(value, ',', at);
        struct str word = str_trim(str_sub(value, at, comma));
        const struct rule *rule = rule_find(word);
        if (!taxonomy_mark(word, marked)) {
            struct str best = taxonomy_near(o->arena, word);
            buf_addf(why, "there is no rule '%.*s'", STR_ARG(word));
            buf_addf(why, best.n ? "; did you mean '%.*s'?" : "%.*s", STR_ARG(best));
            return false;
        }
        if (named && rule) {
            named[rule_index(rule)] = true;
        }
        at = comma == STR_NPOS ? value.n + 1 : comma + 1;
    }
    return true;
}

bool take_select(struct cli_options *o, const struct cli_option *row UNUSED, struct str value,
                 struct buf *why)
{
    if (!o->select) {
        o->select = ARENA_ARRAY(o->arena, rule_count, bool);
        o->select_named = ARENA_ARRAY(o->arena, rule_count, bool);
    }
    return take_rules(o, value, o->select, o->select_named, why);
}

bool take_ignore(struct cli_options *o, const struct cli_option *row UNUSED, struct str value,
                 struct buf *why)
{
    if (!o->ignore) {
        o->ignore = ARENA_ARRAY(o->arena, rule_count, bool);
    }
    return take_rules(o, value, o->ignore, NULL, why);
}

static size_t small_number(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || i > 4) {
            return 0;
        }
        n = n * 10 + (size_t)(s.p[i] - '0');
    }
    return n;
}

bool take_shard(struct cli_options *o, const struct cli_option *row, struct str value,
                struct buf *why)
{
    size_t slash = str_find_byte(value, '/', 0);
    o->shard = slash == STR_NPOS ? 0 : small_number(str_sub(value, 0, slash));
    o->shard_of = slash == STR_NPOS ? 0 : small_number(str_sub(value, slash + 1, value.n));
    if (o->shard == 0 || o->shard > o->shard_of) {
        buf_addf(why, "'%.*s' is not %s with I from 1 to N", STR_ARG(value), row->value);
        return false;
    }
    return true;
}

bool take_help(struct cli_options *o, const struct cli_option *row, struct str value,
               struct buf *why)
{
    if (value.n && !str_is(value, "all")) {
        buf_addf(why, "'%.*s' is not %s", STR_ARG(value), row->value);
        return false;
    }
    o->help = true;
    o->help_all = value.n > 0;
    return true;
}

bool take_write_baseline(struct cli_options *o, const struct cli_option *row UNUSED,
                         struct str value, struct buf *why UNUSED)
{
    o->write_baseline = true;
    o->baseline_out = value;
    return true;
}

bool take_today(struct cli_options *o, const struct cli_option *row UNUSED, struct str value,
                struct buf *why)
{
    if (!settings_is_date(value)) {
        buf_addf(why, "'%.*s' is not a date like 2026-01-31", STR_ARG(value));
        return false;
    }
    o->today = value;
    return true;
}

/* "2026-01-31T12:00:00Z" */
bool take_event_time(struct cli_options *o, const struct cli_option *row UNUSED, struct str value,
                     struct buf *why)
{
    if (value.n != 20 || !settings_is_date(str_sub(value, 0, 10)) || value.p[10] != 'T' ||
        value.p[19] != 'Z') {
        buf_addf(why, "'%.*s' is not a time like 2026-01-31T12:00:00Z", STR_ARG(value));
        return false;
    }
    o->event_time = value;
    return true;
}

bool take_port(struct cli_options *o, const struct cli_option *row UNUSED, struct str value,
               struct buf *why)
{
    int64_t port = 0;
    if (!str_to_int(value, &port) || port < 0 || port > UINT16_MAX) {
        buf_addf(why, "'%.*s' is not a port from 0 to 65535", STR_ARG(value));
        return false;
    }
    o->port = (struct ports){(uint16_t)port, (uint16_t)port};
    o->port_given = true;
    return true;
}

bool take_parameter(struct cli_options *o, const struct cli_option *row, struct str value,
                    struct buf *why)
{
    size_t equals = str_find_byte(value, '=', 0);
    if (equals == STR_NPOS || equals == 0) {
        buf_addf(why, "'%.*s' is not %s", STR_ARG(value), row->value);
        return false;
    }
    struct cfn_given *g = VEC_ADD(o->arena, &o->given);
    g->name = str_sub(value, 0, equals);
    g->value = str_sub(value, equals + 1, value.n);
    return true;
}

/* The subject of a fact may hold any text, and ends with its parenthesis: "A-SG(a=b)=no". */
bool take_assumption(struct cli_options *o, const struct cli_option *row, struct str value,
                     struct buf *why)
{
    size_t close = str_find(value, STR(")="), 0);
    size_t equals = close == STR_NPOS ? str_find_byte(value, '=', 0) : close + 1;
    struct str fact = str_sub(value, 0, equals == STR_NPOS ? value.n : equals);
    if (!fact_is_name(fact)) {
        struct str near = fact_near(o->arena, fact);
        buf_addf(why, "'%.*s' is no fact such as 'A-SUBROUTE(SubnetId)'", STR_ARG(fact));
        buf_addf(why, near.n ? "; did you mean '%.*s(...)'?" : "%.*s", STR_ARG(near));
        return false;
    }
    if (equals == STR_NPOS || equals + 1 == value.n) {
        buf_addf(why, "'%.*s' is not %s", STR_ARG(value), row->value);
        return false;
    }
    *VEC_ADD(o->arena, &o->assume) =
        (struct topology_assumption){fact, str_sub(value, equals + 1, value.n)};
    return true;
}

bool take_jobs(struct cli_options *o, const struct cli_option *row UNUSED, struct str value,
               struct buf *why)
{
    int64_t n = 0;
    if (!str_to_int(value, &n) || n < 1 || n > MOST_THREADS) {
        buf_addf(why, "'%.*s' is not a number from 1 to %d", STR_ARG(value), MOST_THREADS);
        return false;
    }
    o->jobs = (size_t)n;
    return true;
}
