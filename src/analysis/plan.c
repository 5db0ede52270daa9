/*
 * Finding out what belongs together. Names are strings here, with a gap for each part that is
 * not known; the unit decides later, with guards, what an import really gives. A link that could
 * lead to several templates joins none of them: joining strangers would be worse than knowing
 * nothing of an import.
 */
#include "analysis/plan.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "cfn/link_name.h"

/* Looks for the letter of the word that is rare in templates: its first one is in every line. */
static bool has_word(struct str bytes, struct str word, size_t rare)
{
    size_t at = rare;
    while ((at = str_find_byte(bytes, word.p[rare], at)) != STR_NPOS) {
        size_t begin = at - rare;
        if (str_starts(str_sub(bytes, begin, bytes.n), word)) {
            return true;
        }
        at++;
    }
    return false;
}

unsigned plan_scan(struct str bytes)
{
    static const struct {
        struct str text;
        size_t rare;
        unsigned word;
    } words[] = {{{"ImportValue", 11}, 6, PLAN_IMPORTS},                 /* V */
                 {{"Export", 6}, 1, PLAN_EXPORTS},                       /* x */
                 {{"AWS::CloudFormation::Stack", 26}, 10, PLAN_STACKS}}; /* F */
    unsigned found = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (has_word(bytes, words[i].text, words[i].rare)) {
            found |= words[i].word;
        }
    }
    return found;
}

size_t plan_add(struct plan *p, struct plan_template t)
{
    t.unit = p->all.n;
    p->words |= t.words;
    *VEC_ADD(p->arena, &p->all) = t;
    return p->all.n - 1;
}

bool plan_needs_notes(const struct plan *p, size_t i)
{
    unsigned own = p->all.at[i].words;
    unsigned both = PLAN_IMPORTS | PLAN_EXPORTS;
    bool joins = (p->words & both) == both && p->all.n > 1;
    return !p->all.at[i].is_noted && ((own & PLAN_STACKS) != 0 || (joins && (own & both) != 0));
}

static void keep(struct plan *p, struct plan_template *t, const struct cfn_link *link)
{
    struct str name = str_copy(p->arena, link->name);
    switch (link->kind) {
    case CFN_LINK_EXPORT:
        *VEC_ADD(p->arena, &t->exports) = name;
        break;
    case CFN_LINK_IMPORT:
        *VEC_ADD(p->arena, &t->imports) = name;
        break;
    case CFN_LINK_STACK:
        *VEC_ADD(p->arena, &t->stacks) = (struct plan_stack){
            .resource = str_copy(p->arena, link->resource), .url = name, .child = PLAN_NONE};
        break;
    }
}

void plan_note(struct plan *p, size_t i, const struct plan_notes *notes)
{
    struct plan_template *t = &p->all.at[i];
    t->is_noted = true;
    for (size_t k = 0; notes != NULL && k < notes->links.n; k++) {
        keep(p, t, &notes->links.at[k]);
    }
}

static struct cfn_link copy_of(struct arena *a, const struct cfn_link *link)
{
    return (struct cfn_link){link->kind, str_copy(a, link->name), str_copy(a, link->resource)};
}

struct plan_notes plan_notes_of(const struct plan *p, size_t i, struct arena *a, struct str bytes,
                                const struct cfn_options *options)
{
    const struct plan_template *t = &p->all.at[i];
    struct plan_notes notes = {0};
    struct arena scratch = {0};
    struct source_set sources;
    struct diags diags;
    source_set_init(&sources, a);
    diags_init(&diags, &scratch);
    struct source *source = source_add(&sources, t->path, bytes);
    source->has_nul = true;
    struct doc *doc = doc_read(a, source, LIMIT_TEMPLATE_BYTES, &diags);
    bool is_good = diags.all.n == 0;
    struct cfn_options own = *options; /* which values are used is for the analysis to say */
    own.given = ARENA_ARRAY(&scratch, own.given_n, struct cfn_given);
    for (size_t k = 0; k < own.given_n; k++) {
        own.given[k] = options->given[k];
    }
    struct cfn_unit *u = cfn_unit_new(&scratch, &sources, &diags, own);
    struct cfn_template *template = cfn_declare(
        u, &(struct cfn_input){
               .doc = doc, .stack_name = t->stack_name, .given = t->given, .given_n = t->given_n});
    if (template != NULL) {
        cfn_settle(template);
        struct cfn_links links = cfn_links_of(template);
        for (size_t k = 0; k < links.all.n; k++) {
            *VEC_ADD(a, &notes.links) = copy_of(a, &links.all.at[k]);
        }
    }
    arena_release(&scratch);
    notes.doc = is_good ? doc : NULL;
    return notes;
}

/* ---- nested stacks ------------------------------------------------------------------------- */

static struct str last_part(struct str path)
{
    size_t query = str_find_byte(path, '?', 0);
    path = str_sub(path, 0, query);
    return str_sub(path, path_folder(path).n, path.n);
}

static bool is_local(struct str url)
{
    return url.n > 0 && cfn_link_name_is_known(url) && str_find(url, STR("://"), 0) == STR_NPOS;
}

static struct str local_path(struct arena *a, const struct plan_template *t, struct str url)
{
    struct str file = STR("file://");
    url = str_starts(url, file) ? str_sub(url, file.n, url.n) : url;
    return url.p[0] == '/' ? path_normal(a, url)
                           : path_normal(a, str_join2(a, path_folder(t->path), url));
}

/* The first two templates of a path or file name, and how many there are. */
struct named {
    size_t at[2];
    size_t n;
};

static void index_name(struct plan *p, struct map *names, struct str name, size_t template)
{
    void **cell = map_at(names, name);
    if (*cell == NULL) {
        *cell = ARENA_NEW(p->arena, struct named);
    }
    struct named *same = *cell;
    if (same->n < 2) {
        same->at[same->n] = template;
    }
    same->n++;
}

/* Templates that have come since the last time. */
static void index_templates(struct plan *p)
{
    if (p->indexed == 0) {
        map_init(&p->by_path, p->arena);
        map_init(&p->by_file, p->arena);
    }
    for (; p->indexed < p->all.n; p->indexed++) {
        struct str path = p->all.at[p->indexed].path;
        index_name(p, &p->by_path, path_normal(p->arena, path), p->indexed);
        index_name(p, &p->by_file, last_part(path), p->indexed);
    }
}

static size_t by_path(const struct plan *p, struct str path)
{
    const struct named *same = map_get(&p->by_path, path);
    return same == NULL ? PLAN_NONE : same->at[0];
}

/* Those that have the file name at the end of the url, and how many of them are not the parent;
 * NULL if there are none. */
static const struct named *by_last_part(const struct plan *p, size_t parent, struct str url,
                                        size_t *n)
{
    struct str name = last_part(url);
    const struct named *same = map_get(&p->by_file, name);
    if (same == NULL || name.n == 0 || !cfn_link_name_is_known(name)) {
        return NULL;
    }
    *n = same->n - str_eq(last_part(p->all.at[parent].path), name);
    return same;
}

/* The only template of this file name; none if it is the parent, or if there are several. */
static size_t only_of_last_part(const struct plan *p, size_t parent, struct str url)
{
    size_t n = 0;
    const struct named *same = by_last_part(p, parent, url, &n);
    return n == 1 ? same->at[same->at[0] == parent] : PLAN_NONE;
}

/* True: the file *path may be it, and has to be looked at. */
static bool match(struct plan *p, size_t parent, struct plan_stack *s, struct str *path)
{
    if (s->child != PLAN_NONE) {
        return false;
    }
    if (is_local(s->url)) {
        if (s->path.n == 0) {
            s->path = local_path(p->arena, &p->all.at[parent], s->url);
        }
        *path = s->path;
        s->child = by_path(p, *path);
        if (s->child == PLAN_NONE && !s->is_looked_for) {
            s->is_looked_for = true;
            return true;
        }
    }
    if (s->child == PLAN_NONE) {
        s->child = only_of_last_part(p, parent, s->url);
    }
    return false;
}

/* A new template may be what any stack means; without one, the answers for the stacks before the
 * last would be what they were. */
bool plan_wanted(struct plan *p, struct str *path)
{
    if (p->indexed < p->all.n) {
        index_templates(p);
        p->asked = 0;
        p->asked_stacks = 0;
    }
    for (; p->asked < p->all.n; p->asked++, p->asked_stacks = 0) {
        struct plan_template *t = &p->all.at[p->asked];
        for (; p->asked_stacks < t->stacks.n; p->asked_stacks++) {
            if (match(p, p->asked, &t->stacks.at[p->asked_stacks], path)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- units --------------------------------------------------------------------------------- */

static size_t root_of(const struct plan *p, size_t i)
{
    while (p->all.at[i].unit != i) {
        i = p->all.at[i].unit;
    }
    return i;
}

/* The earlier one leads, so that a unit stands where its first template does. */
static void join(struct plan *p, size_t a, size_t b)
{
    a = root_of(p, a);
    b = root_of(p, b);
    if (a < b) {
        p->all.at[b].unit = a;
    } else {
        p->all.at[a].unit = b;
    }
}

/* An export: the template that has it. */
struct target {
    struct str name;
    size_t owner;
};

struct targets {
    VEC(struct target) all; /* each (name, owner) once */
};

/* Exports that fit a name best, for whoever imports it. */
static struct targets targets_of(struct plan *p, const struct targets *exports,
                                 const struct map *by_name, struct str name)
{
    const struct targets *same = map_get(by_name, name);
    if (same != NULL && cfn_link_fit(name, name) != CFN_FIT_NEVER) {
        return *same;
    }
    struct targets out = {0};
    for (size_t i = 0; i < exports->all.n; i++) {
        if (cfn_link_fit(name, exports->all.at[i].name) != CFN_FIT_NEVER) {
            *VEC_ADD(p->arena, &out.all) = exports->all.at[i];
        }
    }
    return out;
}

static void collect_exports(struct plan *p, struct targets *exports, struct map *by_name)
{
    for (size_t i = 0; i < p->all.n; i++) {
        const struct plan_template *t = &p->all.at[i];
        for (size_t k = 0; k < t->exports.n; k++) {
            void **cell = map_at(by_name, t->exports.at[k]);
            if (*cell == NULL) {
                *cell = ARENA_NEW(p->arena, struct targets);
            }
            struct targets *same = *cell;
            if (same->all.n == 0 || same->all.at[same->all.n - 1].owner != i) {
                struct target target = {t->exports.at[k], i};
                *VEC_ADD(p->arena, &same->all) = target;
                *VEC_ADD(p->arena, &exports->all) = target;
            }
        }
    }
}

/* Template i imports `name`, which at least two others export. */
static void keep_clash(struct plan *p, size_t i, struct str name, const struct targets *found)
{
    if (p->clashes.n > 0 && p->clashes.at[p->clashes.n - 1].template == i) {
        p->clashes.at[p->clashes.n - 1].others++;
        return;
    }
    struct plan_clash c = {.template = i, .name = name};
    size_t last = PLAN_NONE;
    size_t n = 0;
    for (size_t m = 0; m < found->all.n; m++) {
        size_t owner = found->all.at[m].owner;
        if (owner == i || owner == last) {
            continue;
        }
        last = owner;
        if (n < 2) {
            c.owners[n] = owner;
        }
        n++;
    }
    c.more = n - 2;
    *VEC_ADD(p->arena, &p->clashes) = c;
}

/* "*-Vpc" of a name with a gap. */
static struct str with_stars(struct arena *a, struct str name)
{
    char *text = str_to_c(a, name);
    for (size_t i = 0; i < name.n; i++) {
        text[i] = text[i] == CFN_GAP ? '*' : text[i];
    }
    return (struct str){text, name.n};
}

static void warn_of_doubt(const struct plan *p, const struct plan_doubt *t, struct diags *d)
{
    struct str more = STR("");
    if (t->others > 0) {
        more = str_format(d->arena, " So it is with %zu other nested stack%s.", t->others,
                          t->others == 1 ? "" : "s");
    }
    diag_add(
        d, DIAG_CONFIG, SPAN_NONE,
        "The template of nested stack '%.*s' is called '%.*s', and so are %zu of the templates; "
        "which of them is meant is not known, so none is taken. Analyse it with one of "
        "them.%.*s",
        STR_ARG(t->resource), STR_ARG(t->file), t->n, STR_ARG(more))
        ->path = p->all.at[t->template].path;
}

void plan_warn(const struct plan *p, struct diags *d)
{
    for (size_t i = 0; i < p->doubts.n; i++) {
        warn_of_doubt(p, &p->doubts.at[i], d);
    }
    for (size_t i = 0; i < p->clashes.n; i++) {
        const struct plan_clash *c = &p->clashes.at[i];
        struct str names = str_format(d->arena, "'%.*s'", STR_ARG(with_stars(d->arena, c->name)));
        struct str owners =
            str_format(d->arena, "'%.*s'%s '%.*s'", STR_ARG(p->all.at[c->owners[0]].path),
                       c->more > 0 ? "," : " and", STR_ARG(p->all.at[c->owners[1]].path));
        if (c->others > 0) {
            names = str_format(d->arena, "%.*s and %zu other name%s", STR_ARG(names), c->others,
                               c->others == 1 ? "" : "s");
        }
        if (c->more > 0) {
            owners = str_format(d->arena, "%.*s and %zu more", STR_ARG(owners), c->more);
        }
        diag_add(d, DIAG_CONFIG, SPAN_NONE,
                 "It imports %.*s, which several of the templates export (%.*s); which of them "
                 "is meant is not known, so none is taken. Analyse it with one of them, or give "
                 "the stacks their names (NAME=TEMPLATE).",
                 STR_ARG(names), STR_ARG(owners))
            ->path = p->all.at[c->template].path;
    }
}

static void join_imports(struct plan *p)
{
    struct targets exports = {0};
    struct map by_name;
    struct map known; /* imported name -> struct targets */
    map_init(&by_name, p->arena);
    map_init(&known, p->arena);
    collect_exports(p, &exports, &by_name);
    for (size_t i = 0; i < p->all.n; i++) {
        for (size_t k = 0; k < p->all.at[i].imports.n; k++) {
            struct str name = p->all.at[i].imports.at[k];
            void **cell = map_at(&known, name);
            if (*cell == NULL) {
                struct targets *found = ARENA_NEW(p->arena, struct targets);
                *found = targets_of(p, &exports, &by_name, name);
                *cell = found;
            }
            const struct targets *found = *cell;
            size_t only = PLAN_NONE;
            size_t n = 0;
            for (size_t m = 0; m < found->all.n; m++) {
                size_t owner = found->all.at[m].owner; /* those of one stand together */
                if (owner != i && owner != only) {
                    only = owner;
                    n++;
                }
            }
            if (n == 1) {
                join(p, i, only);
            } else if (n > 1) {
                keep_clash(p, i, name, found);
            }
        }
    }
}

/* A nested stack of template i without a template of its own. */
static void keep_doubt(struct plan *p, size_t i, const struct plan_stack *s)
{
    size_t n = 0;
    if (p->indexed == 0 || by_last_part(p, i, s->url, &n) == NULL || n < 2) {
        return;
    }
    struct plan_doubt *last = p->doubts.n > 0 ? &p->doubts.at[p->doubts.n - 1] : NULL;
    if (last != NULL && last->template == i) {
        last->others++;
        return;
    }
    *VEC_ADD(p->arena, &p->doubts) = (struct plan_doubt){
        .template = i, .resource = s->resource, .file = last_part(s->url), .n = n};
}

static void join_stacks(struct plan *p)
{
    for (size_t i = 0; i < p->all.n; i++) {
        for (size_t k = 0; k < p->all.at[i].stacks.n; k++) {
            size_t child = p->all.at[i].stacks.at[k].child;
            if (child != PLAN_NONE) {
                p->all.at[child].is_nested = true;
                join(p, i, child);
            } else {
                keep_doubt(p, i, &p->all.at[i].stacks.at[k]);
            }
        }
    }
}

/* "network" of "stacks/network.template.yaml". */
static struct str stem(struct str path)
{
    struct str name = last_part(path);
    size_t dot = str_find_byte(name, '.', 1);
    return dot == STR_NPOS ? name : str_sub(name, 0, dot);
}

/* Names of the stacks of a unit of several: as given, else that of the file, each once. */
static void name_members(struct plan *p, struct plan_unit *u)
{
    size_t stacks = 0;
    for (size_t i = 0; i < u->members.n; i++) {
        stacks += !p->all.at[u->members.at[i]].is_nested;
    }
    struct map taken;
    map_init(&taken, p->arena);
    for (size_t i = 0; i < u->members.n; i++) {
        const struct plan_template *t = &p->all.at[u->members.at[i]];
        struct str name = {0};
        if (stacks > 1 && !t->is_nested) {
            struct str wish = t->stack_name.n > 0 ? t->stack_name : stem(t->path);
            name = wish;
            for (unsigned k = 2; map_get(&taken, name) != NULL; k++) {
                name = str_format(p->arena, "%.*s-%u", STR_ARG(wish), k);
            }
            *map_at(&taken, name) = p;
        }
        *VEC_ADD(p->arena, &u->names) = name;
    }
}

void plan_join(struct plan *p)
{
    join_stacks(p);
    join_imports(p);
    size_t *unit_of = ARENA_ARRAY(p->arena, p->all.n, size_t);
    for (size_t i = 0; i < p->all.n; i++) {
        size_t root = root_of(p, i);
        if (root == i) {
            unit_of[i] = p->units.n;
            (void)VEC_ADD(p->arena, &p->units);
        }
        *VEC_ADD(p->arena, &p->units.at[unit_of[root]].members) = i;
    }
    for (size_t i = 0; i < p->units.n; i++) {
        struct plan_unit *u = &p->units.at[i];
        bool has_stack = false;
        for (size_t k = 0; k < u->members.n; k++) {
            has_stack |= !p->all.at[u->members.at[k]].is_nested;
        }
        if (!has_stack) { /* they nest each other in a circle */
            p->all.at[u->members.at[0]].is_nested = false;
        }
        name_members(p, u);
    }
}

static size_t place_in(const struct plan_unit *u, size_t template)
{
    size_t i = 0;
    while (u->members.at[i] != template) {
        i++;
    }
    return i;
}

struct analysis_unit plan_unit_of(struct arena *a, const struct plan *p, size_t unit,
                                  const struct str *bytes)
{
    const struct plan_unit *u = &p->units.at[unit];
    struct analysis_input *inputs = ARENA_ARRAY(a, u->members.n, struct analysis_input);
    for (size_t i = 0; i < u->members.n; i++) {
        const struct plan_template *t = &p->all.at[u->members.at[i]];
        inputs[i] = (struct analysis_input){.path = t->path,
                                            .bytes = bytes[i],
                                            .has_nul = true,
                                            .doc = u->members.n == 1 ? t->doc : NULL,
                                            .name = u->names.at[i],
                                            .stack_name = t->stack_name,
                                            .given = t->given,
                                            .given_n = t->given_n,
                                            .is_nested = t->is_nested};
    }
    VEC(struct analysis_nesting) nestings = {0};
    for (size_t i = 0; i < u->members.n; i++) {
        const struct plan_template *t = &p->all.at[u->members.at[i]];
        for (size_t k = 0; k < t->stacks.n; k++) {
            const struct plan_stack *s = &t->stacks.at[k];
            if (s->child != PLAN_NONE) {
                *VEC_ADD(a, &nestings) =
                    (struct analysis_nesting){i, s->resource, place_in(u, s->child)};
            }
        }
    }
    return (struct analysis_unit){inputs, u->members.n, nestings.at, nestings.n};
}
