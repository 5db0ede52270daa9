#include "cli/config.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/suggest.h"
#include "cli/git_show.h"
#include "cli/parameter_file.h"
#include "cli/run.h"
#include "cli/surroundings.h"
#include "policy/glob.h"

extern char **environ; /* POSIX has it in no header */

enum config_shape { ONE, LIST, ON_OR_OFF };

/* A key that stands for an option. */
static const struct config_key {
    const char *key;
    const char *option;
    enum config_shape shape;
    bool is_path;         /* relative to the folder of the file */
    const char *standard; /* what holds if nobody says anything */
} keys[] = {
    {"policy", "policy", ONE, true, "default"},
    {"fail-on", "fail-on", ONE, false, "medium"},
    {"format", "format", LIST, false, "text"},
    {"baseline", "baseline", ONE, true, ""},
    {"fail-on-all", "fail-on-all", ON_OR_OFF, false, "off"},
    {"parameter-files", "parameter-file", LIST, true, ""},
    {"target-tags", "target-tag", LIST, false, ""},
    {"region", "region", ONE, false, ""},
    {"root", "root", ONE, true, ""},
    {"sarif-suppressed", "sarif-suppressed", ONE, false, "include"},
    {"skip-non-templates", "skip-non-templates", ON_OR_OFF, false, "off"},
    {"no-fixes", "no-fixes", ON_OR_OFF, false, "off"},
    {"color", "color", ONE, false, "auto"},
};
enum { KEYS = sizeof keys / sizeof *keys };
static const char *const others[] = {"paths", "ignore", "parameters"};
enum { OTHERS = sizeof others / sizeof *others };

struct reading {
    struct cli_options *o;
    struct config *config;
    struct source_set *sources;
    struct diags *diags;
};

static const struct cli_option *option_of(const struct config_key *k)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        if (str_is(str_from(k->option), cli_option_table[i].name)) {
            return &cli_option_table[i];
        }
    }
    BUG("no option --%s", k->option);
}

static bool is_set(const struct cli_options *o, const struct cli_option *row)
{
    for (size_t i = 0; i < o->sets.n; i++) {
        if (o->sets.at[i].row == row) {
            return true;
        }
    }
    return false;
}

/* ---- the file ------------------------------------------------------------------------------ */

/* Absolute, without "." and "..", as written: links are not followed. */
static struct str absolute_of(struct arena *a, struct str path)
{
    bool absolute = str_starts(path, STR("/"));
    struct str cwd = absolute ? STR("") : surroundings_folder(a);
    return path_normal(a, str_format(a, "%.*s/%.*s", STR_ARG(cwd), STR_ARG(path)));
}

/* The first path (of OLD and NEW the second) if it is a folder, else its folder; the working folder
 * without a path. */
static struct str start_of(const struct cli_options *o)
{
    struct arena *a = o->arena;
    bool diff = o->command == COMMAND_DIFF;
    struct str first = o->paths.n > 0 ? o->paths.at[diff ? o->paths.n - 1 : 0] : STR("-");
    if (str_is(first, "-") || (diff && git_is_path(first))) {
        return surroundings_folder(a);
    }
    struct str path = absolute_of(a, first);
    struct stat st;
    bool folder = stat(str_to_c(a, path), &st) == 0 && S_ISDIR(st.st_mode);
    return folder ? path : path_parent(path);
}

/* The closest .cfnreach.yaml upwards, not beyond .git; "" if there is none. */
static struct str find(const struct cli_options *o)
{
    struct str folder = surroundings_nearest(o->arena, start_of(o), ".cfnreach.yaml", ".git");
    struct str slash = str_is(folder, "/") ? STR("") : STR("/");
    return folder.n == 0
               ? folder
               : str_format(o->arena, "%.*s%.*s.cfnreach.yaml", STR_ARG(folder), STR_ARG(slash));
}

/* As people would write it: without the working folder. */
static struct str shortened(struct arena *a, struct str path)
{
    struct str cwd = surroundings_folder(a);
    bool below = cwd.n > 0 && str_starts(path, cwd) && path.n > cwd.n && path.p[cwd.n] == '/';
    return below ? str_sub(path, cwd.n + 1, path.n) : path;
}

/* ---- taking values ------------------------------------------------------------------------- */

static bool take(struct cli_options *o, const struct cli_option *row, struct str value,
                 struct str origin, struct buf *why)
{
    bool belongs = (row->commands & cli_command_of(o)) != 0;
    if (belongs && !row->take(o, row, value, why)) {
        return false;
    }
    if (belongs) {
        *VEC_ADD(o->arena, &o->sets) = (struct cli_set){row, value, origin};
    }
    return true;
}

static struct str rebased(const struct reading *r, const struct config_key *k, struct str text)
{
    bool name = str_is(str_from(k->key), "policy") && str_find_byte(text, '/', 0) == STR_NPOS &&
                str_find_byte(text, '.', 0) == STR_NPOS;
    if (!k->is_path || name || str_starts(text, STR("/")) || r->config->folder.n == 0) {
        return text;
    }
    return str_join2(r->o->arena, r->config->folder, text);
}

static struct str origin_at(const struct reading *r, struct span at)
{
    struct position p = source_position(source_of(r->sources, at), at.begin);
    return str_format(r->o->arena, "%.*s:%u", STR_ARG(r->config->path), p.line);
}

static bool is_text(const struct doc_node *n)
{
    return n->kind == DOC_SCALAR && n->type != DOC_NULL && n->text.n > 0;
}

static void take_node(struct reading *r, const struct config_key *k, const struct doc_node *n)
{
    const struct cli_option *row = option_of(k);
    if (!is_text(n)) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "'%s' is not a text.", k->key);
        return;
    }
    bool on = doc_is(n, "true") || doc_is(n, "on");
    if (k->shape == ON_OR_OFF && !on) {
        if (!doc_is(n, "false") && !doc_is(n, "off")) {
            diag_add(r->diags, DIAG_ARGUMENT, n->span, "'%s' is on or off.", k->key);
        }
        return;
    }
    struct buf why;
    buf_init(&why);
    struct str value = k->shape == ON_OR_OFF ? STR("") : rebased(r, k, n->text);
    if (!take(r->o, row, value, origin_at(r, n->span), &why)) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "%s: %s.", k->key, why.p);
    }
    buf_release(&why);
}

static void take_key(struct reading *r, const struct config_key *k, const struct doc_node *n)
{
    if (is_set(r->o, option_of(k))) {
        return; /* a flag or the environment says otherwise */
    }
    if (str_is(str_from(k->key), "policy")) {
        r->config->policy_at = n->span;
    }
    if (k->shape != LIST || n->kind != DOC_SEQ) {
        take_node(r, k, n);
        return;
    }
    for (uint32_t i = 0; i < n->n; i++) {
        take_node(r, k, n->items[i]);
    }
}

/* ---- the keys that stand for no option ----------------------------------------------------- */

static void read_paths(struct reading *r, const struct doc_node *n)
{
    bool ok = n->kind == DOC_SEQ;
    for (uint32_t i = 0; ok && i < n->n; i++) {
        ok = is_text(n->items[i]);
    }
    if (!ok) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span, "'paths' is a list of files and folders.");
        return;
    }
    for (uint32_t i = 0; !r->o->paths_given && i < n->n; i++) {
        struct str path = n->items[i]->text;
        bool absolute = str_starts(path, STR("/"));
        *VEC_ADD(r->o->arena, &r->o->paths) =
            absolute ? path : str_join2(r->o->arena, r->config->folder, path);
    }
}

static void read_parameters(struct reading *r, const struct doc_node *n, struct config_scope *scope)
{
    struct arena *a = r->o->arena;
    if (n->kind != DOC_MAP) {
        diag_add(r->diags, DIAG_ARGUMENT, n->span,
                 "'parameters' is a map of names and values, or of paths and such maps.");
        return;
    }
    for (uint32_t i = 0; i < n->n; i++) {
        const struct doc_entry *e = &n->entries[i];
        struct str value;
        if (scope == NULL && e->value->kind == DOC_MAP) {
            struct config_scope own = {.glob = e->key->text};
            read_parameters(r, e->value, &own);
            *VEC_ADD(a, &r->config->scopes) = own;
        } else if (!parameter_value_of(a, e->value, &value)) {
            diag_add(r->diags, DIAG_ARGUMENT, e->value->span, PARAMETER_VALUE);
        } else if (scope != NULL) {
            *VEC_ADD(a, &scope->given) = (struct cfn_given){.name = e->key->text, .value = value};
        } else {
            /* Not every template of a repository declares it: that is no mistake. */
            *VEC_ADD(a, &r->config->given) =
                (struct cfn_given){.name = e->key->text, .value = value, .used = true};
        }
    }
}

static void unknown_key(struct reading *r, const struct doc_node *key)
{
    struct str names[KEYS + OTHERS];
    for (size_t i = 0; i < KEYS; i++) {
        names[i] = str_from(keys[i].key);
    }
    for (size_t i = 0; i < OTHERS; i++) {
        names[KEYS + i] = str_from(others[i]);
    }
    struct str near = suggest(key->text, names, KEYS + OTHERS);
    diag_add(r->diags, DIAG_ARGUMENT, key->span, "Unknown key '%.*s'%s%.*s%s", STR_ARG(key->text),
             near.n ? "; did you mean '" : "", STR_ARG(near), near.n ? "'?" : ".");
}

static void read_key(struct reading *r, const struct doc_entry *e)
{
    for (size_t i = 0; i < KEYS; i++) {
        if (doc_is(e->key, keys[i].key)) {
            take_key(r, &keys[i], e->value);
            return;
        }
    }
    if (doc_is(e->key, "paths")) {
        read_paths(r, e->value);
    } else if (doc_is(e->key, "ignore")) {
        r->config->ignores = e->value; /* read with the policy */
    } else if (doc_is(e->key, "parameters")) {
        read_parameters(r, e->value, NULL);
    } else {
        unknown_key(r, e->key);
    }
}

/* Comments alone configure nothing; elsewhere a file without a document is a mistake. */
static bool is_blank(struct str bytes)
{
    struct str mark = STR("\xef\xbb\xbf");
    size_t at = str_starts(bytes, mark) ? mark.n : 0;
    while (at < bytes.n) {
        size_t end = str_find_byte(bytes, '\n', at);
        struct str line = str_trim(str_sub(bytes, at, end));
        if (line.n > 0 && line.p[0] != '#' && !str_is(line, "---")) {
            return false;
        }
        at = end == STR_NPOS ? bytes.n : end + 1;
    }
    return true;
}

static void read_file(struct reading *r, struct str path)
{
    struct arena *a = r->o->arena;
    struct str bytes;
    r->config->path = shortened(a, path);
    struct file_result f = file_read(a, path, LIMIT_POLICY_BYTES, &bytes);
    if (f.status != FILE_OK) {
        diag_unreadable(r->diags, SPAN_NONE, "The configuration ", r->config->path, &f);
        return;
    }
    r->config->folder = path_folder(r->config->path);
    size_t slash = r->config->folder.n;
    struct str cwd = str_join2(a, surroundings_folder(a), STR("/"));
    if (slash > 0 && str_starts(cwd, r->config->folder)) {
        r->config->below = str_sub(cwd, slash, cwd.n);
    }
    if (is_blank(bytes)) {
        return;
    }
    struct source *src = source_add(r->sources, r->config->path, bytes);
    const struct doc *doc = doc_read(a, src, LIMIT_POLICY_BYTES, r->diags);
    if (doc->root != NULL && doc->root->kind != DOC_MAP) {
        diag_add(r->diags, DIAG_ARGUMENT, doc->root->span,
                 "A configuration is a map with keys such as 'policy'.");
        return;
    }
    for (uint32_t i = 0; doc->root != NULL && i < doc->root->n; i++) {
        read_key(r, &doc->root->entries[i]);
    }
}

/* ---- the environment ----------------------------------------------------------------------- */

/* "fail-on" as "CFNREACH_FAIL_ON". */
static char *variable_of(struct arena *a, const struct config_key *k)
{
    char *name = str_to_c(a, str_format(a, "CFNREACH_%s", k->key));
    for (char *c = name; *c; c++) {
        *c = *c == '-' ? '_' : *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    }
    return name;
}

/* Seldom: then none has to be looked for. */
static bool has_variables(void)
{
    for (char **v = environ; v != NULL && *v != NULL; v++) {
        if (strncmp(*v, "CFNREACH_", strlen("CFNREACH_")) == 0) {
            return true;
        }
    }
    return false;
}

static void take_variable(struct reading *r, const struct config_key *k)
{
    const char *name = variable_of(r->o->arena, k);
    struct str value = str_from(getenv(name));
    const struct cli_option *row = option_of(k);
    bool off = k->shape == ON_OR_OFF &&
               (str_is(value, "0") || str_is(value, "off") || str_is(value, "false"));
    if (value.n == 0 || off || is_set(r->o, row)) {
        return;
    }
    struct buf why;
    buf_init(&why);
    if (!take(r->o, row, k->shape == ON_OR_OFF ? STR("") : value, str_from(name), &why)) {
        diag_add(r->diags, DIAG_ARGUMENT, SPAN_NONE, "%s: %s.", name, why.p);
    }
    buf_release(&why);
}

bool config_take(struct cli_options *o, struct source_set *sources, struct diags *d)
{
    size_t before = d->errors;
    struct reading r = {o, ARENA_NEW(o->arena, struct config), sources, d};
    o->config = r.config;
    r.config->policy_at = SPAN_NONE;
    o->paths_given = o->paths.n > 0;
    bool is_asked = has_variables();
    for (size_t i = 0; is_asked && i < KEYS; i++) {
        take_variable(&r, &keys[i]);
    }
    struct str path = o->no_config ? STR("") : o->config_file.n ? o->config_file : find(o);
    if (path.n > 0) {
        read_file(&r, path);
    }
    return d->errors == before;
}

void config_place_policy(const struct cli_options *o, struct diags *d, size_t from)
{
    for (size_t i = from; i < d->all.n; i++) {
        if (span_is_none(d->all.at[i].at)) {
            d->all.at[i].at = o->config->policy_at;
        }
    }
}

void config_parameters(struct cli_options *o)
{
    VEC(struct cfn_given) all = {0};
    for (size_t i = 0; o->config && i < o->config->given.n; i++) {
        *VEC_ADD(o->arena, &all) = o->config->given.at[i];
    }
    for (size_t i = 0; i < o->given.n; i++) {
        *VEC_ADD(o->arena, &all) = o->given.at[i];
    }
    o->given.n = 0;
    for (size_t i = 0; i < all.n; i++) {
        *VEC_ADD(o->arena, &o->given) = all.at[i];
    }
}

/* Behind the file's own values stand those of the flags. */
static bool has_flag(const struct cli_options *o, struct str name)
{
    for (size_t i = o->config->given.n; i < o->given.n; i++) {
        if (str_eq(o->given.at[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* A path as the file would write it. */
static struct str path_in(const struct cli_options *o, struct str path)
{
    const struct config *c = o->config;
    if (c->folder.n > 0 && str_starts(path, c->folder)) {
        return str_sub(path, c->folder.n, path.n);
    }
    return str_starts(path, STR("/")) ? path : str_join2(o->arena, c->below, path);
}

struct cfn_given *config_given(const struct cli_options *o, struct str path, size_t *n)
{
    VEC(struct cfn_given) all = {0};
    struct str own = o->config ? path_in(o, path) : path;
    for (size_t i = 0; o->config && i < o->config->scopes.n; i++) {
        const struct config_scope *s = &o->config->scopes.at[i];
        for (size_t k = 0; glob_match(s->glob, own) && k < s->given.n; k++) {
            if (!has_flag(o, s->given.at[k].name)) {
                *VEC_ADD(o->arena, &all) = s->given.at[k];
            }
        }
    }
    *n = all.n;
    return all.at;
}

static void show_key(const struct cli_options *o, const struct config_key *k, struct buf *out)
{
    const struct cli_option *row = option_of(k);
    bool any = false;
    for (size_t i = 0; i < o->sets.n; i++) {
        const struct cli_set *s = &o->sets.at[i];
        if (s->row == row) {
            struct str value = k->shape == ON_OR_OFF ? STR("on") : s->value;
            buf_addf(out, "%-20s %-24.*s %.*s\n", k->key, STR_ARG(value), STR_ARG(s->origin));
            any = true;
        }
    }
    if (!any) {
        buf_addf(out, "%-20s %-24s default\n", k->key, k->standard[0] ? k->standard : "-");
    }
}

int run_config(struct cli_options *o)
{
    struct diags diags;
    struct source_set sources;
    diags_init(&diags, o->arena);
    source_set_init(&sources, o->arena);
    if (!config_take(o, &sources, &diags)) {
        const struct diag *g = &diags.all.at[0];
        struct position p = {0};
        if (!span_is_none(g->at)) {
            p = source_position(source_of(&sources, g->at), g->at.begin);
        }
        return run_fail("%.*s:%u:%u: %.*s", STR_ARG(o->config->path), p.line, p.column,
                        STR_ARG(g->message));
    }
    struct buf out;
    buf_init(&out);
    struct str file = o->config->path.n ? o->config->path : STR("none");
    buf_addf(&out, "# %.*s\n", STR_ARG(file));
    for (size_t i = 0; i < KEYS; i++) {
        show_key(o, &keys[i], &out);
    }
    for (size_t i = 0; i < o->config->given.n; i++) {
        const struct cfn_given *g = &o->config->given.at[i];
        buf_addf(&out, "parameters.%.*s=%.*s  %.*s\n", STR_ARG(g->name), STR_ARG(g->value),
                 STR_ARG(file));
    }
    for (size_t i = 0; i < o->config->scopes.n; i++) {
        const struct config_scope *s = &o->config->scopes.at[i];
        buf_addf(&out, "parameters of %.*s: %zu  %.*s\n", STR_ARG(s->glob), s->given.n,
                 STR_ARG(file));
    }
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
}
