/*
 * Runs at build time and writes C to standard output: the built-in policies as tables.
 *
 *     builtin NAME.yaml ...        for src/policy/embedded.c; a policy after those it extends
 *
 * They are read by the reader of everybody's policies, so that a built-in one means what its YAML
 * says, and a program that starts reads no YAML of its own. Texts, ports and labels stand in pools,
 * and rows hold places in them: tables without pointers are not touched before they are used.
 */
#include "base/buf.h"
#include "base/file.h"
#include "policies/faults.h"
#include "policy/embedded.h"
#include "policy/settings_read.h"

enum { MAX_FILE = 256 * 1024, MAX_POOL = 4000, MAX_POLICIES = 8 };

/* The settings of one file, as far as its own keys and those it extends give them. */
struct builtin {
    struct str name;
    struct settings settings;
    bool *off; /* by rule index */
};

struct job {
    struct arena *arena;
    struct source_set sources;
    struct diags diags;
    struct builtin all[MAX_POLICIES];
    size_t n;
    struct buf texts; /* each with a NUL */
    struct buf ports;
    struct buf labels;
    struct buf services;
    struct buf rules;
    struct buf policies;
    size_t port_n, label_n, service_n;
};

/* policies/default.yaml is the policy "default". */
static struct str base_name(struct str path)
{
    size_t begin = path.n;
    while (begin > 0 && path.p[begin - 1] != '/') {
        begin--;
    }
    struct str name = str_sub(path, begin, path.n);
    return str_sub(name, 0, str_find(name, STR(".yaml"), 0));
}

/* A copy whose lists may be added to. */
static void begin_with(struct job *j, struct builtin *b, const struct builtin *from)
{
    b->settings = from->settings;
    b->settings.services.at = NULL;
    b->settings.services.n = b->settings.services.cap = 0;
    for (size_t i = 0; i < from->settings.services.n; i++) {
        *VEC_ADD(j->arena, &b->settings.services) = from->settings.services.at[i];
    }
    b->settings.rule_severity = ARENA_ARRAY(j->arena, rule_count, enum severity);
    b->settings.rule_has_severity = ARENA_ARRAY(j->arena, rule_count, bool);
    for (size_t i = 0; i < rule_count; i++) {
        b->settings.rule_severity[i] = from->settings.rule_severity[i];
        b->settings.rule_has_severity[i] = from->settings.rule_has_severity[i];
        b->off[i] = from->off[i];
    }
}

static void begin_empty(struct job *j, struct builtin *b)
{
    b->settings.cap_limited = SEVERITY_HIGH;
    b->settings.cap_narrow = SEVERITY_HIGH;
    b->settings.rule_severity = ARENA_ARRAY(j->arena, rule_count, enum severity);
    b->settings.rule_has_severity = ARENA_ARRAY(j->arena, rule_count, bool);
}

static void read_policy(struct job *j, struct str path)
{
    struct builtin *b = &j->all[j->n];
    struct str bytes = {0};
    struct file_result r = file_read(j->arena, path, MAX_FILE, &bytes);
    if (r.status != FILE_OK) {
        diag_add(&j->diags, DIAG_UNREADABLE, SPAN_NONE, "%.*s.", STR_ARG(r.why))->path = path;
        return;
    }
    const struct doc *doc =
        doc_read(j->arena, source_add(&j->sources, path, bytes), MAX_FILE, &j->diags);
    const struct doc_node *extends = doc->root != NULL ? doc_get(doc->root, "extends") : NULL;
    b->name = base_name(path);
    b->off = ARENA_ARRAY(j->arena, rule_count, bool);
    bool found = doc_is(extends, "none");
    if (found) {
        begin_empty(j, b);
    }
    for (size_t i = 0; i < j->n && extends != NULL && !found; i++) {
        found = str_eq(j->all[i].name, extends->text);
        if (found) {
            begin_with(j, b, &j->all[i]);
        }
    }
    if (!found) {
        diag_add(&j->diags, DIAG_ARGUMENT, SPAN_NONE, "It extends none of the files before it.")
            ->path = path;
        return;
    }
    b->settings.arena = j->arena;
    struct settings_reader reader = {&b->settings, &j->diags, b->off};
    settings_read(&reader, doc->root);
    if (b->settings.ignores.n + b->settings.targets.n + b->settings.assumptions.n > 0) {
        diag_add(&j->diags, DIAG_ARGUMENT, SPAN_NONE,
                 "The tables have no room for 'ignore', 'target-tags' and 'assume'.")
            ->path = path;
    }
    j->n++;
}

/* Its place in the pool; each text is there once. */
static size_t text_at(struct job *j, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < ' ' || text.p[i] > '~' || strchr("\"\\?", text.p[i]) != NULL) {
            diag_add(&j->diags, DIAG_ARGUMENT, SPAN_NONE, "'%.*s' needs quoting.", STR_ARG(text));
        }
    }
    struct str pool = buf_str(&j->texts);
    size_t at = 0;
    while (at < pool.n) {
        struct str one = str_from(pool.p + at);
        if (str_eq(one, text)) {
            return at;
        }
        at += one.n + 1;
    }
    buf_add(&j->texts, text);
    buf_addc(&j->texts, '\0');
    if (j->texts.n > MAX_POOL) {
        diag_add(&j->diags, DIAG_LIMIT, SPAN_NONE, "The texts are longer than C's strings.");
    }
    return at;
}

static size_t add_ports(struct job *j, const struct ports *at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_addf(&j->ports, "    {%d, %d},\n", at[i].begin, at[i].end);
    }
    j->port_n += n;
    return n;
}

/* In the order of the members of struct embedded_service. */
static void add_service(struct job *j, const struct service *s)
{
    buf_addf(&j->services, "    {%zu, ", text_at(j, s->key));
    buf_addf(&j->services, "%zu, ", text_at(j, s->label));
    buf_addf(&j->services, "%zu, ", add_ports(j, s->tcp.at, s->tcp.n));
    buf_addf(&j->services, "%zu, ", add_ports(j, s->udp.at, s->udp.n));
    for (size_t i = 0; i < s->names.n; i++) {
        buf_addf(&j->labels, "    {%d, %zu},\n", s->names.at[i].port,
                 text_at(j, s->names.at[i].label));
    }
    buf_addf(&j->services, "%zu, %d, %d, %zu, %s},\n", s->names.n, (int)s->internet,
             (int)s->private_paths, s->rule, s->alone ? "true" : "false");
    j->label_n += s->names.n;
    j->service_n++;
}

/* In the order of the members of struct embedded. */
static void add_policy(struct job *j, const struct builtin *b)
{
    const struct settings *s = &b->settings;
    buf_addf(&j->policies, "    {%zu, %zu, %zu, %zu, %zu, ", text_at(j, b->name), s->services.n,
             j->service_n, j->port_n, j->label_n);
    for (size_t i = 0; i < s->services.n; i++) {
        add_service(j, &s->services.at[i]);
    }
    buf_addf(&j->policies, "%zu, %zu, ", j->port_n, j->label_n);
    buf_addf(&j->policies, "%d, %d, %s, %s},\n", (int)s->cap_limited, (int)s->cap_narrow,
             s->keep_doubtful ? "true" : "false", s->require_reason ? "true" : "false");
    buf_adds(&j->rules, "    {");
    for (size_t i = 0; i < rule_count; i++) {
        int severity = s->rule_has_severity[i] ? (int)s->rule_severity[i] : EMBEDDED_IMPLIED;
        buf_addf(&j->rules, "%d, ", severity | (b->off[i] ? EMBEDDED_OFF : 0));
    }
    buf_adds(&j->rules, "},\n");
}

static void add_table(struct buf *out, const char *declaration, const struct buf *rows)
{
    buf_addf(out, "static const %s = {\n", declaration);
    buf_add(out, buf_str(rows));
    buf_adds(out, "};\n");
}

static void add_tables(struct job *j, struct buf *out)
{
    buf_adds(out, "/* Made by policies/builtin.c; not edited by hand. */\n");
    buf_addf(out, "enum { EMBEDDED_RULES = %zu };\n", rule_count);
    buf_adds(out, "static const char embedded_texts[] =");
    struct str pool = buf_str(&j->texts);
    for (size_t at = 0; at < pool.n; at += str_from(pool.p + at).n + 1) {
        buf_addf(out, "\n    \"%s\\0\"", pool.p + at);
    }
    buf_adds(out, ";\n");
    add_table(out, "struct ports embedded_ports[]", &j->ports);
    add_table(out, "struct embedded_label embedded_labels[]", &j->labels);
    add_table(out, "struct embedded_service embedded_services[]", &j->services);
    add_table(out, "uint8_t embedded_rules[][EMBEDDED_RULES]", &j->rules);
    add_table(out, "struct embedded embedded[]", &j->policies);
}

static bool run(struct job *j)
{
    struct buf *pools[] = {&j->texts, &j->ports, &j->labels, &j->services, &j->rules, &j->policies};
    bool ok = j->diags.errors == 0;
    for (size_t i = 0; i < j->n && ok; i++) {
        add_policy(j, &j->all[i]);
        ok = j->diags.errors == 0;
    }
    struct buf out;
    buf_init(&out);
    if (ok) {
        add_tables(j, &out);
        ok = file_put(j->arena, stdout, buf_str(&out)).status == FILE_OK &&
             file_close(j->arena, stdout).status == FILE_OK;
    } else {
        faults_print(j->arena, &j->sources, &j->diags);
    }
    buf_release(&out);
    for (size_t i = 0; i < sizeof pools / sizeof *pools; i++) {
        buf_release(pools[i]);
    }
    return ok;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct job j = {.arena = &arena};
    source_set_init(&j.sources, &arena);
    diags_init(&j.diags, &arena);
    if (argc < 2 || argc > MAX_POLICIES + 1) {
        diag_add(&j.diags, DIAG_ARGUMENT, SPAN_NONE, "Usage: builtin NAME.yaml ..., at most %d",
                 MAX_POLICIES);
    }
    for (int i = 1; i < argc && j.diags.errors == 0; i++) {
        read_policy(&j, str_from(argv[i]));
    }
    bool ok = run(&j);
    arena_release(&arena);
    return ok ? 0 : 1;
}
