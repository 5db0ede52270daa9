/*
 * Runs at build time and writes C to standard output:
 *
 *     compile rules RULES.yaml HELPDIR   the table of rules, included by src/policy/rule.c
 *     compile taxonomies RULES.yaml      what others call them, by src/policy/taxonomy.c
 *
 * So the ids and texts that users see are written once, in YAML and Markdown, and checked
 * here: every rule has its texts and its help page, ids ascend, names are unique. Texts that
 * may be long become arrays of bytes, because C promises only 4095 in a string.
 */
#include "base/buf.h"
#include "base/file.h"
#include "doc/doc.h"
#include "policies/faults.h"

enum { MAX_TEXT = 1024, MAX_TAGS = 10, MAX_RULES = 1000, MAX_FILE = 256 * 1024 };

struct job {
    struct arena *arena;
    struct source_set sources;
    struct diags diags;
    struct buf out;
};

static const struct doc *read_yaml(struct job *j, struct str path)
{
    struct str bytes = {0};
    struct file_result r = file_read(j->arena, path, MAX_FILE, &bytes);
    if (r.status != FILE_OK) {
        diag_add(&j->diags, DIAG_UNREADABLE, SPAN_NONE, "'%.*s': %.*s.", STR_ARG(path),
                 STR_ARG(r.why));
        return NULL;
    }
    return doc_read(j->arena, source_add(&j->sources, path, bytes), MAX_FILE, &j->diags);
}

static void add_string(struct buf *out, struct str s)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\') {
            buf_addf(out, "\\%c", c);
        } else if (c < 0x20 || c >= 0x7f || c == '?') {
            buf_addf(out, "\\%03o", c); /* '?' too: trigraphs */
        } else {
            buf_addc(out, (char)c);
        }
    }
    buf_addc(out, '"');
}

/* A NUL-terminated array of char. */
static void add_bytes(struct buf *out, struct str s)
{
    buf_adds(out, "{");
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        buf_adds(out, i % 20 == 0 ? "\n    " : "");
        if (c < 0x80) {
            buf_addf(out, "%d,", c);
        } else {
            buf_addf(out, "'\\x%02x',", c);
        }
    }
    buf_adds(out, "0}");
}

/* The required text of a rule; says so where it is missing. */
static struct str text_of(struct job *j, const struct doc_node *rule, const char *key,
                          bool sentence)
{
    const struct doc_node *n = doc_get(rule, key);
    if (n == NULL || n->kind != DOC_SCALAR || n->text.n == 0 || n->text.n > MAX_TEXT) {
        diag_add(&j->diags, DIAG_ARGUMENT, rule->span, "'%s' is missing, empty or too long.", key);
        return STR("");
    }
    struct str t = str_trim(n->text);
    if (sentence && !str_ends(t, STR("."))) {
        diag_add(&j->diags, DIAG_ARGUMENT, n->span, "'%s' does not end in a period.", key);
    }
    return t;
}

/* "internet-ssh" is "InternetSsh". */
static struct str pascal(struct arena *a, struct str kebab)
{
    char *p = arena_alloc(a, kebab.n + 1);
    size_t n = 0;
    bool up = true;
    for (size_t i = 0; i < kebab.n; i++) {
        char c = kebab.p[i];
        if (c == '-') {
            up = true;
            continue;
        }
        p[n++] = up && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        up = false;
    }
    return (struct str){p, n};
}

static void add_page(struct job *j, struct str folder, struct str name, struct buf *page)
{
    struct str path = str_format(j->arena, "%.*s/%.*s.md", STR_ARG(folder), STR_ARG(name));
    struct str bytes = {0};
    struct file_result r = file_read(j->arena, path, MAX_FILE, &bytes);
    if (r.status != FILE_OK) {
        diag_add(&j->diags, DIAG_UNREADABLE, SPAN_NONE, "'%.*s': %.*s.", STR_ARG(path),
                 STR_ARG(r.why));
        return;
    }
    buf_adds(page, page->n > 0 ? "\n" : "");
    buf_add(page, bytes);
}

static bool list_has(const struct doc_node *list, struct str text)
{
    for (uint32_t i = 0; i < list->n; i++) {
        if (str_eq(list->items[i]->text, text)) {
            return true;
        }
    }
    return false;
}

/* "external/cwe/cwe-284", the form that GitHub reads, for each weakness that lists the rule. */
static void add_weakness_tags(struct job *j, const struct doc_node *weaknesses, struct str id)
{
    for (uint32_t i = 0; i < weaknesses->n; i++) {
        const struct doc_entry *w = &weaknesses->entries[i];
        const struct doc_node *list = doc_get(w->value, "rules");
        if (list != NULL && list_has(list, id)) {
            buf_adds(&j->out, "\"external/cwe/cwe-");
            buf_add(&j->out, str_sub(w->key->text, STR("CWE-").n, w->key->text.n));
            buf_adds(&j->out, "\", ");
        }
    }
}

/* The arrays that a row points at: its help and its tags. */
static void add_arrays(struct job *j, struct str folder, const struct doc_entry *e,
                       const struct doc_node *weaknesses)
{
    struct str id = e->key->text;
    struct buf page;
    buf_init(&page);
    add_page(j, folder, id, &page);
    const struct doc_node *also = doc_get(e->value, "also");
    if (also != NULL) {
        add_page(j, folder, also->text, &page);
    }
    buf_addf(&j->out, "static const char help_%.*s[] = ", STR_ARG(id));
    add_bytes(&j->out, buf_str(&page));
    buf_release(&page);
    const struct doc_node *tags = doc_get(e->value, "tags");
    if (tags == NULL || tags->kind != DOC_SEQ || tags->n == 0 || tags->n > MAX_TAGS) {
        diag_add(&j->diags, DIAG_ARGUMENT, e->key->span, "'tags' is not a short list.");
        return;
    }
    buf_addf(&j->out, ";\nstatic const char *const tags_%.*s[] = {", STR_ARG(id));
    for (uint32_t i = 0; i < tags->n; i++) {
        add_string(&j->out, tags->items[i]->text);
        buf_adds(&j->out, ", ");
    }
    add_weakness_tags(j, weaknesses, id);
    buf_adds(&j->out, "NULL};\n");
}

static void add_row(struct job *j, const struct doc_entry *e, struct buf *rows)
{
    static const char *const known[] = {"name", "service", "title", "text", "tags", "also"};
    const struct doc_node *rule = e->value;
    for (uint32_t i = 0; i < rule->n; i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            found = found || doc_is(rule->entries[i].key, known[k]);
        }
        if (!found) {
            diag_add(&j->diags, DIAG_ARGUMENT, rule->entries[i].key->span, "Unknown key.");
        }
    }
    struct str name = text_of(j, rule, "name", false);
    const struct doc_node *service = doc_get(rule, "service");
    buf_adds(rows, "    {");
    add_string(rows, e->key->text);
    buf_adds(rows, ", ");
    add_string(rows, name);
    buf_adds(rows, ", ");
    add_string(rows, pascal(j->arena, name));
    buf_adds(rows, ",\n     ");
    add_string(rows, text_of(j, rule, "title", true));
    buf_adds(rows, ",\n     ");
    add_string(rows, text_of(j, rule, "text", true));
    buf_addf(rows, ",\n     help_%.*s, tags_%.*s, ", STR_ARG(e->key->text), STR_ARG(e->key->text));
    if (service == NULL) {
        buf_adds(rows, "NULL");
    } else {
        add_string(rows, service->text);
    }
    buf_adds(rows, "},\n");
}

static void check_unique(struct job *j, const struct doc_node *rules, uint32_t i)
{
    const struct doc_entry *e = &rules->entries[i];
    if (i > 0 && str_cmp(rules->entries[i - 1].key->text, e->key->text) >= 0) {
        diag_add(&j->diags, DIAG_ARGUMENT, e->key->span, "Ids do not ascend.");
    }
    const struct doc_node *name = doc_get(e->value, "name");
    for (uint32_t k = 0; k < i && name != NULL; k++) {
        const struct doc_node *other = doc_get(rules->entries[k].value, "name");
        if (other != NULL && str_eq(other->text, name->text)) {
            diag_add(&j->diags, DIAG_ARGUMENT, name->span, "Another rule has this name.");
        }
    }
}

/* A map that must be there; NULL after a complaint. */
static const struct doc_node *map_of(struct job *j, const struct doc_node *in, const char *key)
{
    const struct doc_node *n = in != NULL ? doc_get(in, key) : NULL;
    if (n == NULL || n->kind != DOC_MAP || n->n > MAX_RULES) {
        diag_add(&j->diags, DIAG_ARGUMENT, in != NULL ? in->span : SPAN_NONE,
                 "There is no map '%s', or it is too long.", key);
        return NULL;
    }
    return n;
}

static void compile_rules(struct job *j, struct str path, struct str folder)
{
    const struct doc *doc = read_yaml(j, path);
    const struct doc_node *root = doc != NULL ? doc->root : NULL;
    const struct doc_node *rules = map_of(j, root, "rules");
    const struct doc_node *taxonomies = map_of(j, root, "taxonomies");
    const struct doc_node *cwe = taxonomies != NULL ? map_of(j, taxonomies, "CWE") : NULL;
    const struct doc_node *weaknesses = cwe != NULL ? map_of(j, cwe, "taxa") : NULL;
    if (rules == NULL || weaknesses == NULL) {
        return;
    }
    struct buf rows;
    buf_init(&rows);
    for (uint32_t i = 0; i < rules->n; i++) {
        const struct doc_entry *e = &rules->entries[i];
        if (e->value->kind != DOC_MAP) {
            diag_add(&j->diags, DIAG_ARGUMENT, e->key->span, "A rule is a map.");
            continue;
        }
        check_unique(j, rules, i);
        add_arrays(j, folder, e, weaknesses);
        add_row(j, e, &rows);
    }
    buf_adds(&j->out, "const struct rule rules[] = {\n");
    buf_add(&j->out, buf_str(&rows));
    buf_adds(&j->out, "};\n");
    buf_release(&rows);
}

/* The indices of the rules that a taxon lists; a rule that there is none of is a mistake. */
static size_t add_members(struct job *j, const struct doc_node *taxon, const struct doc_node *rules)
{
    const struct doc_node *list = doc_get(taxon, "rules");
    size_t n = list != NULL && list->kind == DOC_SEQ ? list->n : 0;
    if (n == 0) {
        diag_add(&j->diags, DIAG_ARGUMENT, taxon->span, "'rules' is not a list.");
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = 0;
        while (k < rules->n && !str_eq(rules->entries[k].key->text, list->items[i]->text)) {
            k++;
        }
        if (k == rules->n) {
            diag_add(&j->diags, DIAG_ARGUMENT, list->items[i]->span, "There is no such rule.");
        }
        buf_addf(&j->out, "%u, ", k);
    }
    return n;
}

/* The lists of one taxonomy, and its row. */
static void add_taxonomy(struct job *j, const struct doc_entry *e, uint32_t number,
                         const struct doc_node *rules, struct buf *rows)
{
    const struct doc_node *taxa = map_of(j, e->value, "taxa");
    struct buf list;
    buf_init(&list);
    for (uint32_t i = 0; taxa != NULL && i < taxa->n; i++) {
        const struct doc_entry *taxon = &taxa->entries[i];
        buf_addf(&j->out, "static const uint16_t members_%u_%u[] = {", number, i);
        size_t n = add_members(j, taxon->value, rules);
        buf_adds(&j->out, "};\n");
        buf_adds(&list, "    {");
        add_string(&list, taxon->key->text);
        buf_adds(&list, ", ");
        add_string(&list, text_of(j, taxon->value, "title", true));
        buf_addf(&list, ", members_%u_%u, %zu},\n", number, i, n);
    }
    buf_addf(&j->out, "static const struct taxon taxa_%u[] = {\n", number);
    buf_add(&j->out, buf_str(&list));
    buf_adds(&j->out, "};\n");
    buf_release(&list);
    static const char *const texts[] = {"guid", "organization", "title", "url", "relation"};
    buf_adds(rows, "    {");
    add_string(rows, e->key->text);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        buf_adds(rows, ", ");
        add_string(rows, text_of(j, e->value, texts[i], str_is(STR("title"), texts[i])));
    }
    bool results = doc_get(e->value, "results") != NULL;
    buf_addf(rows, ", %s, taxa_%u, sizeof taxa_%u / sizeof *taxa_%u},\n",
             results ? "true" : "false", number, number, number);
}

static void compile_taxonomies(struct job *j, struct str path)
{
    const struct doc *doc = read_yaml(j, path);
    const struct doc_node *root = doc != NULL ? doc->root : NULL;
    const struct doc_node *rules = map_of(j, root, "rules");
    const struct doc_node *list = map_of(j, root, "taxonomies");
    struct buf rows;
    buf_init(&rows);
    for (uint32_t i = 0; rules != NULL && list != NULL && i < list->n; i++) {
        add_taxonomy(j, &list->entries[i], i, rules, &rows);
    }
    buf_adds(&j->out, "const struct taxonomy taxonomies[] = {\n");
    buf_add(&j->out, buf_str(&rows));
    buf_adds(&j->out, "};\n");
    buf_release(&rows);
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct job j = {.arena = &arena};
    source_set_init(&j.sources, &arena);
    diags_init(&j.diags, &arena);
    buf_init(&j.out);
    buf_adds(&j.out, "/* Made by policies/compile.c; not edited by hand. */\n");
    if (argc == 4 && str_is(STR("rules"), argv[1])) {
        compile_rules(&j, str_from(argv[2]), str_from(argv[3]));
    } else if (argc == 3 && str_is(STR("taxonomies"), argv[1])) {
        compile_taxonomies(&j, str_from(argv[2]));
    } else {
        diag_add(&j.diags, DIAG_ARGUMENT, SPAN_NONE,
                 "Usage: compile rules RULES.yaml HELPDIR | compile taxonomies RULES.yaml");
    }
    bool ok = j.diags.errors == 0;
    if (ok) {
        ok = file_put(&arena, stdout, buf_str(&j.out)).status == FILE_OK &&
             file_close(&arena, stdout).status == FILE_OK;
    } else {
        faults_print(&arena, &j.sources, &j.diags);
    }
    buf_release(&j.out);
    arena_release(&arena);
    return ok ? 0 : 1;
}
