/*
 * One row per key of a policy file; each reads its value and says where it is wrong.
 */
#include "policy/settings_read.h"

#include "base/suggest.h"
#include "policy/settings_assume.h"
#include "policy/settings_ignore.h"

void settings_complain(struct diags *d, const struct doc_node *at, const char *what,
                       struct str text, const struct str *candidates, size_t n)
{
    struct str near = suggest(text, candidates, n);
    if (near.n > 0) {
        diag_add(d, DIAG_ARGUMENT, at->span, "%s '%.*s'; did you mean '%.*s'?", what, STR_ARG(text),
                 STR_ARG(near));
    } else {
        diag_add(d, DIAG_ARGUMENT, at->span, "%s '%.*s'.", what, STR_ARG(text));
    }
}

static bool is_map(struct settings_reader *r, const struct doc_node *n, const char *key)
{
    if (n->kind != DOC_MAP) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "'%s' is not a map.", key);
        return false;
    }
    return true;
}

/* YAML 1.1 reads a plain `off` as the boolean false. */
static bool is_off(const struct doc_node *n)
{
    return n->kind == DOC_SCALAR &&
           ((n->type == DOC_BOOL && doc_is(n, "false")) || doc_is(n, "off"));
}

static bool is_on(const struct doc_node *n)
{
    return n->kind == DOC_SCALAR && ((n->type == DOC_BOOL && doc_is(n, "true")) || doc_is(n, "on"));
}

static bool read_severity(struct settings_reader *r, const struct doc_node *n, enum severity *out)
{
    static const struct str words[] = {
        {"high", 4}, {"medium", 6}, {"low", 3}, {"informational", 13}, {"off", 3}};
    if (is_off(n)) {
        *out = SEVERITY_OFF;
        return true;
    }
    if (n->kind == DOC_SCALAR && severity_parse(n->text, out)) {
        return true;
    }
    settings_complain(r->diags, n, "A severity is high, medium, low, informational or off, not",
                      n->kind == DOC_SCALAR ? n->text : STR("a list or map"), words,
                      sizeof words / sizeof *words);
    return false;
}

/* 22, "22" or "8000-8100". */
static bool read_range(const struct doc_node *n, struct ports *out)
{
    if (n->kind != DOC_SCALAR) {
        return false;
    }
    size_t dash = str_find_byte(n->text, '-', 1);
    int64_t begin;
    int64_t end;
    if (!str_to_int(str_trim(str_sub(n->text, 0, dash == STR_NPOS ? n->text.n : dash)), &begin)) {
        return false;
    }
    end = begin;
    if (dash != STR_NPOS && !str_to_int(str_trim(str_sub(n->text, dash + 1, n->text.n)), &end)) {
        return false;
    }
    if (begin < 0 || end > 65535 || begin > end) {
        return false;
    }
    *out = (struct ports){(uint16_t)begin, (uint16_t)end};
    return true;
}

static void read_ports(struct settings_reader *r, const struct doc_node *n, struct service *service,
                       bool udp)
{
    struct arena *a = r->settings->arena;
    VEC(struct ports) list = {0};
    if (n->kind != DOC_SEQ) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "'%s' is not a list of ports.",
                 udp ? "udp" : "tcp");
        return;
    }
    for (uint32_t i = 0; i < n->n; i++) {
        struct ports range;
        if (read_range(n->items[i], &range)) {
            *VEC_ADD(a, &list) = range;
        } else {
            diag_add(r->diags, DIAG_ARGUMENT, n->items[i]->span,
                     "A port is a number from 0 to 65535 or a range such as 8000-8100.");
        }
    }
    if (udp) {
        service->udp.at = list.at;
        service->udp.n = list.n;
        service->udp.cap = list.cap;
    } else {
        service->tcp.at = list.at;
        service->tcp.n = list.n;
        service->tcp.cap = list.cap;
    }
}

static void read_names(struct settings_reader *r, const struct doc_node *n, struct service *service)
{
    if (!is_map(r, n, "names")) {
        return;
    }
    service->names.n = 0;
    for (uint32_t i = 0; i < n->n; i++) {
        struct ports port;
        const struct doc_entry *e = &n->entries[i];
        if (!read_range(e->key, &port) || port.begin != port.end || e->value->kind != DOC_SCALAR ||
            e->value->text.n == 0) {
            diag_add(r->diags, DIAG_ARGUMENT, e->key->span,
                     "An entry of 'names' is a port and its label.");
            continue;
        }
        *VEC_ADD(r->settings->arena, &service->names) =
            (struct service_name){port.begin, e->value->text};
    }
}

static void read_service_key(struct settings_reader *r, const struct doc_entry *e,
                             struct service *service)
{
    static const struct str keys[] = {{"label", 5}, {"names", 5},    {"alone", 5},  {"tcp", 3},
                                      {"udp", 3},   {"internet", 8}, {"private", 7}};
    const struct doc_node *v = e->value;
    if (doc_is(e->key, "label")) {
        if (v->kind != DOC_SCALAR || v->text.n == 0) {
            diag_add(r->diags, DIAG_ARGUMENT, v->span, "'label' is not a text.");
            return;
        }
        service->label = v->text;
    } else if (doc_is(e->key, "names")) {
        read_names(r, v, service);
    } else if (doc_is(e->key, "alone")) {
        if (!is_on(v) && !is_off(v)) {
            diag_add(r->diags, DIAG_ARGUMENT, v->span, "'alone' is true or false.");
            return;
        }
        service->alone = is_on(v);
    } else if (doc_is(e->key, "tcp") || doc_is(e->key, "udp")) {
        read_ports(r, v, service, doc_is(e->key, "udp"));
    } else if (doc_is(e->key, "internet")) {
        (void)!read_severity(r, v, &service->internet);
    } else if (doc_is(e->key, "private")) {
        (void)!read_severity(r, v, &service->private_paths);
    } else {
        settings_complain(r->diags, e->key, "Unknown key", e->key->text, keys,
                          sizeof keys / sizeof *keys);
    }
}

/* The row of a service: as it is, or a new one if rules.yaml has a rule for the key. */
static struct service *service_row(struct settings_reader *r, const struct doc_node *key)
{
    struct settings *s = r->settings;
    for (size_t i = 0; i < s->services.n; i++) {
        if (str_eq(s->services.at[i].key, key->text)) {
            return &s->services.at[i];
        }
    }
    for (size_t i = 0; i < rule_count; i++) {
        if (rules[i].service != NULL && str_is(key->text, rules[i].service)) {
            struct service *row = VEC_ADD(s->arena, &s->services);
            *row = (struct service){.key = key->text,
                                    .label = key->text,
                                    .internet = SEVERITY_MEDIUM,
                                    .private_paths = SEVERITY_INFORMATIONAL,
                                    .rule = i};
            return row;
        }
    }
    struct str *known = ARENA_ARRAY(s->arena, rule_count, struct str);
    size_t n = 0;
    for (size_t i = 0; i < rule_count; i++) {
        if (rules[i].service != NULL) {
            known[n++] = str_from(rules[i].service);
        }
    }
    settings_complain(r->diags, key, "Unknown service", key->text, known, n);
    return NULL;
}

static void read_services(struct settings_reader *r, const struct doc_node *n)
{
    if (!is_map(r, n, "ports")) {
        return;
    }
    for (uint32_t i = 0; i < n->n; i++) {
        const struct doc_entry *e = &n->entries[i];
        struct service *row = service_row(r, e->key);
        if (row == NULL || !is_map(r, e->value, "the service")) {
            continue;
        }
        for (uint32_t k = 0; k < e->value->n; k++) {
            read_service_key(r, &e->value->entries[k], row);
        }
    }
}

static void set_rule(struct settings_reader *r, size_t rule, const struct doc_node *v)
{
    enum severity severity;
    if (is_on(v)) {
        r->rule_off[rule] = false;
        return;
    }
    if (!read_severity(r, v, &severity)) {
        return;
    }
    r->rule_off[rule] = severity == SEVERITY_OFF;
    if (severity != SEVERITY_OFF) {
        r->settings->rule_severity[rule] = severity;
        r->settings->rule_has_severity[rule] = true;
    }
}

static void read_rules(struct settings_reader *r, const struct doc_node *n)
{
    static const struct str keys[] = {{"severity", 8}};
    if (!is_map(r, n, "rules")) {
        return;
    }
    for (uint32_t i = 0; i < n->n; i++) {
        const struct doc_entry *e = &n->entries[i];
        const struct rule *rule = settings_rule(r, e->key);
        if (rule == NULL) {
            continue;
        }
        if (e->value->kind != DOC_MAP) {
            set_rule(r, rule_index(rule), e->value);
            continue;
        }
        for (uint32_t k = 0; k < e->value->n; k++) {
            const struct doc_entry *f = &e->value->entries[k];
            if (doc_is(f->key, "severity")) {
                set_rule(r, rule_index(rule), f->value);
            } else {
                settings_complain(r->diags, f->key, "Unknown key", f->key->text, keys, 1);
            }
        }
    }
}

static void read_caps(struct settings_reader *r, const struct doc_node *n)
{
    static const struct str keys[] = {{"limited", 7}, {"narrow", 6}};
    if (!is_map(r, n, "exposure-cap")) {
        return;
    }
    for (uint32_t i = 0; i < n->n; i++) {
        const struct doc_entry *e = &n->entries[i];
        if (doc_is(e->key, "limited")) {
            (void)!read_severity(r, e->value, &r->settings->cap_limited);
        } else if (doc_is(e->key, "narrow")) {
            (void)!read_severity(r, e->value, &r->settings->cap_narrow);
        } else {
            settings_complain(r->diags, e->key, "Unknown key", e->key->text, keys, 2);
        }
    }
}

static bool read_switch(struct settings_reader *r, const struct doc_node *n, const char *key,
                        bool *out)
{
    if (!is_on(n) && !is_off(n)) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "'%s' is on or off.", key);
        return false;
    }
    *out = is_on(n);
    return true;
}

static void read_lower_doubts(struct settings_reader *r, const struct doc_node *n)
{
    bool on;
    if (read_switch(r, n, "lower-doubts", &on)) {
        r->settings->keep_doubtful = !on;
    }
}

static void read_require_reason(struct settings_reader *r, const struct doc_node *n)
{
    (void)!read_switch(r, n, "require-reason", &r->settings->require_reason);
}

static void read_version(struct settings_reader *r, const struct doc_node *n)
{
    if (!doc_is(n, "1")) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "'version' is not 1, the only one there is.");
    }
}

/* `extends` is followed before anything is applied (settings.c). */
static void read_extends(struct settings_reader *r, const struct doc_node *n)
{
    (void)r;
    (void)n;
}

bool settings_target(struct settings *s, struct str text, struct span at)
{
    size_t equals = str_find_byte(text, '=', 0);
    if (equals == STR_NPOS || equals == 0) {
        return false;
    }
    struct target_tag *t = VEC_ADD(s->arena, &s->targets);
    *t = (struct target_tag){str_sub(text, 0, equals), str_sub(text, equals + 1, text.n), at};
    return true;
}

/* Replaces the list of the policy that is extended. */
static void read_targets(struct settings_reader *r, const struct doc_node *list)
{
    if (list->kind != DOC_SEQ) {
        diag_add(r->diags, DIAG_ARGUMENT, list->span, "'target-tags' is not a list.");
        return;
    }
    r->settings->targets.n = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        const struct doc_node *n = list->items[i];
        if (n->kind != DOC_SCALAR || !settings_target(r->settings, n->text, n->span)) {
            diag_add(r->diags, DIAG_ARGUMENT, n->span, "A target tag is 'Key=Value'.");
        }
    }
}

static const struct settings_key {
    const char *name;
    void (*read)(struct settings_reader *r, const struct doc_node *value);
} settings_keys[] = {
    {"version", read_version},
    {"extends", read_extends},
    {"ports", read_services},
    {"rules", read_rules},
    {"exposure-cap", read_caps},
    {"ignore", settings_read_ignores},
    {"target-tags", read_targets},
    {"lower-doubts", read_lower_doubts},
    {"require-reason", read_require_reason},
    {"assume", settings_read_assumptions},
};
enum { SETTINGS_KEYS = sizeof settings_keys / sizeof *settings_keys };

void settings_read(struct settings_reader *r, const struct doc_node *root)
{
    if (root == NULL) {
        return;
    }
    if (root->kind != DOC_MAP) {
        diag_add(r->diags, DIAG_ARGUMENT, root->span,
                 "A policy is a map with keys such as 'ports'.");
        return;
    }
    struct str names[SETTINGS_KEYS];
    for (size_t k = 0; k < SETTINGS_KEYS; k++) {
        names[k] = str_from(settings_keys[k].name);
    }
    for (uint32_t i = 0; i < root->n; i++) {
        const struct doc_entry *e = &root->entries[i];
        size_t k = 0;
        while (k < SETTINGS_KEYS && !str_eq(e->key->text, names[k])) {
            k++;
        }
        if (k < SETTINGS_KEYS) {
            settings_keys[k].read(r, e->value);
        } else {
            settings_complain(r->diags, e->key, "Unknown key", e->key->text, names, SETTINGS_KEYS);
        }
    }
}
