/*
 * From a name or a file to settings: follow `extends` down to the first policy, then apply
 * them from there upwards, then fill in what follows from the rest.
 */
#include "policy/settings.h"

#include "base/file.h"
#include "base/limits.h"
#include "policy/embedded.h"
#include "policy/settings_ignore.h"
#include "policy/settings_read.h"

struct layer {
    struct str name;       /* of a built-in policy, or the path */
    const struct doc *doc; /* NULL: a built-in policy, with all that it extends */
};

struct layers {
    struct layer at[LIMIT_POLICY_LAYERS]; /* the last is the first policy of the chain */
    size_t n;
};

/* "mine.yaml" and "../mine" are files, "default" is a name. */
static bool is_path(struct str s)
{
    return str_find_byte(s, '/', 0) != STR_NPOS || str_find_byte(s, '.', 0) != STR_NPOS;
}

/* A file that a policy extends lies beside it. */
static struct str beside(struct arena *a, struct str file, struct str path)
{
    size_t folder = file.n;
    while (folder > 0 && file.p[folder - 1] != '/') {
        folder--;
    }
    if (str_starts(path, STR("/")) || folder == 0) {
        return path;
    }
    return str_join2(a, str_sub(file, 0, folder),
                     str_sub(path, str_starts(path, STR("./")) ? 2 : 0, path.n));
}

static void unknown_name(struct diags *d, struct str name, const struct doc_node *at)
{
    struct str names[8];
    size_t n = 0;
    while (n < 8 && embedded_name(n).n > 0) {
        names[n] = embedded_name(n);
        n++;
    }
    struct doc_node nowhere = {.span = SPAN_NONE};
    settings_complain(d, at != NULL ? at : &nowhere, "There is no built-in policy", name, names, n);
}

/* The bytes of a policy file; faults are said at `at`, the value of `extends`, if there is one. */
static bool fetch(struct arena *a, const struct layer *layer, struct diags *d,
                  const struct doc_node *at, struct str *bytes)
{
    if (!is_path(layer->name)) {
        unknown_name(d, layer->name, at);
        return false;
    }
    struct file_result r = file_read(a, layer->name, LIMIT_POLICY_BYTES, bytes);
    if (r.status != FILE_OK) {
        diag_unreadable(d, at != NULL ? at->span : SPAN_NONE, "The policy ", layer->name, &r);
        return false;
    }
    return true;
}

static struct span place_of(const struct doc_node *at)
{
    return at != NULL ? at->span : SPAN_NONE;
}

/* Adds the policy and everything that it extends; false after a fault. */
static bool add_layers(struct arena *a, struct layers *l, struct str name,
                       struct source_set *sources, struct diags *d)
{
    const struct doc_node *at = NULL;
    for (;;) {
        for (size_t i = 0; i < l->n; i++) {
            if (str_eq(l->at[i].name, name)) {
                diag_add(d, DIAG_CYCLE, place_of(at), "'%.*s' extends itself.", STR_ARG(name));
                return false;
            }
        }
        if (l->n == LIMIT_POLICY_LAYERS) {
            diag_add(d, DIAG_LIMIT, place_of(at), "More than %d policies extend one another.",
                     LIMIT_POLICY_LAYERS);
            return false;
        }
        struct layer *layer = &l->at[l->n];
        struct str bytes = {0};
        layer->name = name;
        if (embedded_has(name)) {
            l->n++;
            return true;
        }
        if (!fetch(a, layer, d, at, &bytes)) {
            return false;
        }
        layer->doc = doc_read(a, source_add(sources, name, bytes), LIMIT_POLICY_BYTES, d);
        l->n++;
        at = doc_get(layer->doc->root, "extends");
        if (at != NULL && (at->kind != DOC_SCALAR || at->text.n == 0)) {
            diag_add(d, DIAG_ARGUMENT, at->span, "'extends' is not the name of a policy.");
            return false;
        }
        if (doc_is(at, "none") || layer->doc->root == NULL) {
            return true;
        }
        struct str next = at == NULL ? STR("default") : at->text;
        name = at != NULL && is_path(next) ? beside(a, name, next) : next;
        if (at == NULL) {
            at = layer->doc->root; /* for faults of the built-in policy, which has none */
        }
    }
}

static enum severity highest(const struct settings *s)
{
    enum severity max = SEVERITY_OFF;
    for (size_t i = 0; i < s->services.n; i++) {
        enum severity one = s->services.at[i].internet;
        max = one > max ? one : max;
    }
    return max;
}

/* Of a rule about a private edge; managed and carrier edges are informational (SEMANTICS 1.7). */
static enum severity highest_private(const struct settings *s, const struct rule *r)
{
    enum severity max = SEVERITY_INFORMATIONAL;
    if (str_is(STR("managed-port"), r->name) || str_is(STR("carrier-port"), r->name)) {
        return max;
    }
    for (size_t i = 0; i < s->services.n; i++) {
        enum severity one = s->services.at[i].private_paths;
        max = one > max ? one : max;
    }
    return max;
}

/* What a rule's severity is where the policy names none: that of its service, or what follows
 * from all of them (SEMANTICS 5.5). */
static enum severity implied(const struct settings *s, const struct rule *r)
{
    for (size_t i = 0; i < s->services.n; i++) {
        if (r->service != NULL && str_is(s->services.at[i].key, r->service)) {
            return s->services.at[i].internet;
        }
    }
    if (r->service != NULL) {
        return SEVERITY_OFF; /* no row watches its ports */
    }
    if (str_is(STR("internet-port-range"), r->name) || str_is(STR("world-open-rule"), r->name)) {
        return highest(s);
    }
    if (str_is(STR("operator-supplied-source"), r->name)) {
        return s->keep_doubtful ? highest(s) : SEVERITY_LOW;
    }
    if (strncmp(r->id, "CFNR30", 6) == 0) {
        return highest_private(s, r);
    }
    return SEVERITY_INFORMATIONAL;
}

/* An entry without the reason that the policy asks for accepts nothing. */
static void void_without_reason(struct settings *s, size_t first, struct diags *d)
{
    for (size_t i = first; s->require_reason && i < s->ignores.n; i++) {
        struct ignore *entry = &s->ignores.at[i];
        if (entry->reason.n == 0) {
            entry->is_void = true;
            diag_add(d, DIAG_SUPPRESSION, entry->at,
                     "This 'ignore' entry gives no 'reason', which the policy asks for: it does "
                     "not count.");
        }
    }
}

static void finish(struct settings *s, const bool *off)
{
    for (size_t i = 0; i < rule_count; i++) {
        if (!s->rule_has_severity[i]) {
            s->rule_severity[i] = implied(s, &rules[i]);
        }
        s->rule_if_on[i] = s->rule_severity[i];
        if (off[i]) {
            s->rule_severity[i] = SEVERITY_OFF;
        }
    }
}

struct settings *settings_load(struct arena *a, struct str name_or_path, struct source_set *sources,
                               struct diags *d)
{
    size_t before = d->errors;
    struct layers layers = {.n = 0};
    bool ok = add_layers(a, &layers, name_or_path, sources, d);
    struct settings *s = ARENA_NEW(a, struct settings);
    s->arena = a;
    s->name = name_or_path;
    s->cap_limited = SEVERITY_HIGH;
    s->cap_narrow = SEVERITY_HIGH;
    s->rule_severity = ARENA_ARRAY(a, rule_count, enum severity);
    s->rule_has_severity = ARENA_ARRAY(a, rule_count, bool);
    s->rule_if_on = ARENA_ARRAY(a, rule_count, enum severity);
    struct settings_reader r = {
        .settings = s, .diags = d, .rule_off = ARENA_ARRAY(a, rule_count, bool)};
    for (size_t i = layers.n; i-- > 0;) {
        if (layers.at[i].doc == NULL) {
            embedded_read(&r, layers.at[i].name);
        } else {
            settings_read(&r, layers.at[i].doc->root);
        }
    }
    if (!ok || d->errors != before) {
        settings_release(s);
        return NULL;
    }
    finish(s, r.rule_off);
    void_without_reason(s, 0, d);
    return s;
}

void settings_select(struct settings *s, const bool *selected, const bool *named,
                     const bool *ignored)
{
    for (size_t i = 0; i < rule_count; i++) {
        if (named != NULL && named[i]) {
            s->rule_severity[i] = s->rule_if_on[i];
        } else if (selected != NULL && !selected[i]) {
            s->rule_severity[i] = SEVERITY_OFF;
        }
        if (ignored != NULL && ignored[i]) {
            s->rule_severity[i] = SEVERITY_OFF;
        }
    }
    s->is_narrowed = selected != NULL || ignored != NULL;
}

/* Could this run have had a finding that the entry means? */
static bool was_asked(const struct settings *s, const struct ignore *entry)
{
    return !s->is_narrowed ||
           (entry->rule != NULL && s->rule_severity[rule_index(entry->rule)] != SEVERITY_OFF);
}

void settings_release(struct settings *s)
{
    for (size_t i = 0; s != NULL && i < s->ignores.n; i++) {
        struct ignore *entry = &s->ignores.at[i];
        if (entry->resource != NULL) {
            regex_release(entry->resource);
        }
        if (entry->tag_value != NULL) {
            regex_release(entry->tag_value);
        }
        entry->resource = NULL;
        entry->tag_value = NULL;
    }
}

bool settings_ignores(struct settings *s, const struct doc_node *list, struct str strip,
                      struct str add, struct diags *d)
{
    size_t before = d->errors;
    size_t first = s->ignores.n;
    struct settings_reader r = {.settings = s, .diags = d};
    settings_read_ignores(&r, list);
    for (size_t i = first; i < s->ignores.n; i++) {
        s->ignores.at[i].strip = strip;
        s->ignores.at[i].add = add;
    }
    void_without_reason(s, first, d);
    return d->errors == before;
}

void settings_unused(const struct settings *s, struct diags *d)
{
    for (size_t i = 0; i < s->ignores.n; i++) {
        const struct ignore *entry = &s->ignores.at[i];
        if (!entry->used && !entry->is_void && was_asked(s, entry)) {
            diag_add(d, DIAG_UNUSED_IGNORE, entry->at,
                     "This 'ignore' entry of policy '%.*s' meant no finding of this run.",
                     STR_ARG(s->name));
        }
    }
}

struct service_ports service_ports(const struct service *service, int protocol)
{
    if (protocol == PROTOCOL_TCP) {
        return (struct service_ports){service->tcp.at, service->tcp.n};
    }
    if (protocol == PROTOCOL_UDP) {
        return (struct service_ports){service->udp.at, service->udp.n};
    }
    return (struct service_ports){NULL, 0};
}

const struct service *settings_service(const struct settings *s, int protocol, uint16_t port)
{
    for (size_t i = 0; i < s->services.n; i++) {
        struct service_ports list = service_ports(&s->services.at[i], protocol);
        for (size_t k = 0; k < list.n; k++) {
            if (ports_has(list.at[k], port)) {
                return &s->services.at[i];
            }
        }
    }
    return NULL;
}

struct str service_label(const struct service *service, uint16_t port)
{
    for (size_t i = 0; i < service->names.n; i++) {
        if (service->names.at[i].port == port) {
            return service->names.at[i].label;
        }
    }
    return service->label;
}
