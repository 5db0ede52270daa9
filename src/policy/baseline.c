#include "policy/baseline.h"

struct entry {
    const struct sarif_old *old;
    size_t file;
    size_t next; /* of the same fingerprint: index + 1 */
    bool found;
};

struct file {
    struct str uri;
    bool in_run;
    bool incomplete;
    bool exists;
};

/* Entries of one fingerprint, in order; those at the head that were found are left behind. */
struct chain {
    size_t first; /* index + 1; 0: none */
    size_t last;
};

struct baseline {
    struct arena *arena;
    struct sarif_old_log log;
    VEC(struct entry) entries;
    VEC(struct file) files;
    struct map file_by_uri;          /* -> index + 1 */
    struct map by_fingerprint;       /* -> struct chain */
    const struct settings *settings; /* NULL: all rules are on */
    bool overlaps;                   /* some file of it is in the run */
};

const char *baseline_state_name(enum baseline_state s)
{
    static const char *const names[] = {"none", "new", "unchanged", "updated"};
    return names[s];
}

static size_t file_index(struct baseline *b, struct str uri)
{
    void **place = map_at(&b->file_by_uri, uri);
    if (*place == NULL) {
        VEC_ADD(b->arena, &b->files)->uri = uri;
        size_t *number = ARENA_NEW(b->arena, size_t);
        *number = b->files.n;
        *place = number;
    }
    return *(const size_t *)*place - 1;
}

static bool add(struct baseline *b, const struct sarif_old *old)
{
    struct str fingerprint = sarif_old_text(&old->fingerprints, "cfnreach/v1");
    if (fingerprint.n == 0 || old->rule_id.n == 0 || old->location.uri.n == 0) {
        return false;
    }
    *VEC_ADD(b->arena, &b->entries) =
        (struct entry){.old = old, .file = file_index(b, old->location.uri)};
    void **place = map_at(&b->by_fingerprint, fingerprint);
    if (*place == NULL) {
        *place = ARENA_NEW(b->arena, struct chain);
    }
    struct chain *chain = *place;
    if (chain->first == 0) {
        chain->first = b->entries.n;
    } else {
        b->entries.at[chain->last - 1].next = b->entries.n;
    }
    chain->last = b->entries.n;
    return true;
}

struct baseline *baseline_read(struct arena *a, struct str bytes, struct str *why)
{
    struct baseline *b = ARENA_NEW(a, struct baseline);
    b->arena = a;
    map_init(&b->file_by_uri, a);
    map_init(&b->by_fingerprint, a);
    if (bytes.n == 0) {
        return b;
    }
    if (!sarif_read(a, bytes, "cfnreach", &b->log, why)) {
        return NULL;
    }
    for (size_t i = 0; i < b->log.n; i++) {
        /* What was absent then is no news now. */
        if (!b->log.at[i].absent && !add(b, &b->log.at[i])) {
            *why =
                str_format(a, "result %zu has no fingerprint 'cfnreach/v1', rule or place", i + 1);
            return NULL;
        }
    }
    return b;
}

static struct file *file_of(struct baseline *b, struct str uri)
{
    const size_t *index = map_get(&b->file_by_uri, uri);
    return index == NULL ? NULL : &b->files.at[*index - 1];
}

void baseline_settings(struct baseline *b, const struct settings *s)
{
    b->settings = s;
}

void baseline_file(struct baseline *b, struct str uri)
{
    struct file *f = file_of(b, uri);
    if (f != NULL) {
        f->in_run = true;
        b->overlaps = true;
    }
}

void baseline_incomplete(struct baseline *b, struct str uri)
{
    struct file *f = file_of(b, uri);
    if (f != NULL) {
        f->incomplete = true;
    }
}

static struct entry *find(struct baseline *b, const struct finding *f, struct str uri)
{
    struct chain *chain = map_get(&b->by_fingerprint, f->fingerprint);
    struct entry *elsewhere = NULL;
    while (chain != NULL && chain->first != 0 && b->entries.at[chain->first - 1].found) {
        chain->first = b->entries.at[chain->first - 1].next;
    }
    for (size_t i = chain == NULL ? 0 : chain->first; i != 0; i = b->entries.at[i - 1].next) {
        struct entry *e = &b->entries.at[i - 1];
        const struct file *file = &b->files.at[e->file];
        if (!e->found && str_eq(file->uri, uri)) {
            return e;
        }
        if (!e->found && !file->in_run && elsewhere == NULL) {
            elsewhere = e;
        }
    }
    return elsewhere;
}

/* Verdicts are ordered; one that nobody knows is the mildest. */
static int rank_of(struct str verdict)
{
    for (int i = REACH_REACHABLE; i >= 0; i--) {
        if (str_is(verdict, reach_verdict_name((enum reach_verdict)i))) {
            return i;
        }
    }
    return -1;
}

/* Only what became worse is an update. What was accepted and no longer is counts again, too. */
static bool is_worse(const struct finding *f, const struct sarif_old *old)
{
    enum severity before = SEVERITY_OFF;
    struct str severity = sarif_old_text(&old->properties, "severity");
    struct str verdict = sarif_old_text(&old->properties, "verdict");
    struct str interfaces = sarif_old_text(&old->properties, "interfaces");
    if (!severity_parse(severity, &before) || f->severity > before) {
        return true;
    }
    if ((int)f->verdict > rank_of(verdict) || (old->suppressed && !f->suppressed)) {
        return true;
    }
    /* An instance for each line of a template is as many endpoints as interfaces known. */
    struct arena scratch = {0};
    struct map known = sarif_list(&scratch, interfaces);
    bool is_further = false;
    for (size_t i = 0; i < f->endpoints.n && !is_further; i++) {
        is_further = map_get(&known, f->endpoints.at[i].interface) == NULL;
    }
    arena_release(&scratch);
    return is_further;
}

void baseline_mark(struct baseline *b, struct finding *f, struct str uri)
{
    struct entry *e = find(b, f, uri);
    f->baseline = BASELINE_NEW;
    if (e != NULL) {
        e->found = true;
        f->baseline = is_worse(f, e->old) ? BASELINE_UPDATED : BASELINE_UNCHANGED;
    }
}

size_t baseline_file_count(const struct baseline *b)
{
    return b->files.n;
}

struct str baseline_file_uri(const struct baseline *b, size_t i)
{
    return b->files.at[i].uri;
}

void baseline_exists(struct baseline *b, size_t i)
{
    b->files.at[i].exists = true;
}

/* Of a rule that is off nothing can be found again. */
static bool was_asked(const struct baseline *b, const struct entry *e)
{
    const struct rule *rule = rule_find(e->old->rule_id);
    return b->settings == NULL || rule == NULL ||
           b->settings->rule_severity[rule_index(rule)] != SEVERITY_OFF;
}

static bool is_absent(const struct baseline *b, const struct entry *e)
{
    const struct file *f = &b->files.at[e->file];
    if (e->found || f->incomplete || !was_asked(b, e)) {
        return false;
    }
    return f->in_run || !f->exists || !b->overlaps;
}

struct baseline_absent baseline_absent(const struct baseline *b, struct arena *a)
{
    const struct sarif_old **list = ARENA_ARRAY(a, b->entries.n, const struct sarif_old *);
    struct baseline_absent out = {list, 0};
    for (size_t i = 0; i < b->entries.n; i++) {
        if (is_absent(b, &b->entries.at[i])) {
            list[out.n++] = b->entries.at[i].old;
        }
    }
    return out;
}
