#include "cli/assembly.h"

#include <dirent.h>

#include "base/file.h"
#include "base/limits.h"

struct assembly {
    struct arena *arena;
    struct str folder;
    unsigned depth;
    struct found *found;
    struct diags *diags;
    struct str manifest; /* its path */
};

static void fault(struct assembly *s, enum diag_id id, const char *what, struct str artifact)
{
    struct diag *g = diag_add(s->diags, id, SPAN_NONE, "'%.*s': %s '%.*s'.", STR_ARG(s->manifest),
                              what, STR_ARG(artifact));
    g->path = s->manifest;
}

static struct str below(struct assembly *s, struct str name)
{
    const char *slash = str_ends(s->folder, STR("/")) ? "" : "/";
    return str_format(s->arena, "%.*s%s%.*s", STR_ARG(s->folder), slash, STR_ARG(name));
}

/* A text of `properties`; empty if there is none. */
static struct str property(const struct doc_node *artifact, const char *key)
{
    const struct doc_node *n = doc_get(doc_get(artifact, "properties"), key);
    return n != NULL && n->kind == DOC_SCALAR ? n->text : (struct str){0};
}

static void add_stack(struct assembly *s, const struct doc_entry *e)
{
    struct str file = property(e->value, "templateFile");
    if (file.n == 0) {
        fault(s, DIAG_ARGUMENT, "no 'templateFile' in artifact", e->key->text);
        return;
    }
    struct str name = property(e->value, "stackName");
    struct found_file found = {.path = below(s, file), .by_hand = true};
    found.stack_name = str_copy(s->arena, name.n > 0 ? name : e->key->text);
    const struct doc_node *values = doc_get(doc_get(e->value, "properties"), "parameters");
    if (values != NULL && values->kind == DOC_MAP) {
        found.given = ARENA_ARRAY(s->arena, values->n, struct cfn_given);
        for (uint32_t i = 0; i < values->n; i++) {
            const struct doc_entry *value = &values->entries[i];
            if (value->value->kind == DOC_SCALAR) {
                found.given[found.given_n++] =
                    (struct cfn_given){.name = str_copy(s->arena, value->key->text),
                                       .value = str_copy(s->arena, value->value->text)};
            }
        }
    }
    *VEC_ADD(s->arena, &s->found->files) = found;
}

static void add_nested(struct assembly *s, const struct doc_entry *e)
{
    struct str folder = property(e->value, "directoryName");
    if (s->depth >= LIMIT_ASSEMBLY_DEPTH) {
        diag_add(s->diags, DIAG_LIMIT, SPAN_NONE,
                 "'%.*s': more than %d assemblies inside one another at '%.*s'.",
                 STR_ARG(s->manifest), LIMIT_ASSEMBLY_DEPTH, STR_ARG(e->key->text))
            ->path = s->manifest;
    } else if (folder.n == 0 ||
               !assembly_read(s->arena, below(s, folder), s->depth + 1, s->found, s->diags)) {
        fault(s, DIAG_ARGUMENT, "there is no manifest in the folder of artifact", e->key->text);
    }
}

static void add_artifact(struct assembly *s, const struct doc_entry *e)
{
    const struct doc_node *type = doc_get(e->value, "type");
    if (doc_is(type, "aws:cloudformation:stack")) {
        add_stack(s, e);
    } else if (doc_is(type, "cdk:cloud-assembly")) {
        add_nested(s, e);
    }
}

/* Folders of the CDK have its tree of constructs or a synthesized template in them; other programs
 * write files of this name, too. */
static bool looks_like_one(struct assembly *s)
{
    struct str name = s->folder;
    while (name.n > 1 && name.p[name.n - 1] == '/') {
        name.n--;
    }
    bool found = str_ends(name, STR("cdk.out"));
    struct arena scratch = {0};
    DIR *dir = found ? NULL : opendir(str_to_c(&scratch, s->folder));
    for (struct dirent *e = dir ? readdir(dir) : NULL; e && !found; e = readdir(dir)) {
        struct str entry = str_from(e->d_name);
        found = str_is(entry, "tree.json") || str_ends(entry, STR(".template.json"));
    }
    if (dir) {
        closedir(dir);
    }
    arena_release(&scratch);
    return found;
}

/* A manifest that says nothing: its templates are then read one by one, and nobody knows what they
 * have to do with each other. */
static void broken(struct assembly *s, enum diag_id id, struct str why)
{
    if (looks_like_one(s)) {
        diag_add(s->diags, id, SPAN_NONE,
                 "The manifest of this CDK assembly %.*s; names and parameters of its stacks are "
                 "not known.",
                 STR_ARG(why))
            ->path = s->manifest;
    }
}

/* Its artifacts; NULL where it is no manifest of an assembly. */
static const struct doc_node *artifacts_of(struct assembly *s, struct arena *scratch,
                                           struct str bytes)
{
    struct source_set sources;
    struct diags faults;
    source_set_init(&sources, scratch);
    diags_init(&faults, scratch);
    struct source *source = source_add(&sources, s->manifest, bytes);
    const struct doc *doc = doc_read(scratch, source, LIMIT_MANIFEST_BYTES, &faults);
    const struct doc_node *artifacts = doc->root ? doc_get(doc->root, "artifacts") : NULL;
    if (doc->root == NULL || (artifacts == NULL && faults.errors > 0)) {
        const struct diag *first = faults.all.n > 0 ? &faults.all.at[0] : NULL;
        bool is_limit = first != NULL && first->id == DIAG_LIMIT;
        broken(s, is_limit ? DIAG_LIMIT : DIAG_SYNTAX,
               is_limit ? str_format(scratch, "is over a limit (%.*s)",
                                     STR_ARG(str_sub(first->message, 0, first->message.n - 1)))
                        : STR("is not well-formed JSON"));
        return NULL;
    }
    if (doc->root->kind != DOC_MAP || (artifacts != NULL && artifacts->kind != DOC_MAP)) {
        broken(s, DIAG_ARGUMENT, STR("has no map of 'artifacts'"));
        return NULL;
    }
    return artifacts;
}

bool assembly_read(struct arena *a, struct str folder, unsigned depth, struct found *found,
                   struct diags *d)
{
    struct assembly s = {a, folder, depth, found, d, {0}};
    struct arena scratch = {0};
    struct str bytes;
    s.manifest = below(&s, STR("manifest.json"));
    const struct doc_node *artifacts = NULL;
    struct file_result r = file_read(&scratch, s.manifest, LIMIT_MANIFEST_BYTES, &bytes);
    if (r.status == FILE_OK) {
        artifacts = artifacts_of(&s, &scratch, bytes);
    } else if (r.status != FILE_NOT_FOUND) {
        broken(&s, r.status == FILE_TOO_LARGE ? DIAG_LIMIT : DIAG_UNREADABLE,
               str_format(&scratch, "cannot be read: %.*s", STR_ARG(r.why)));
    }
    for (uint32_t i = 0; artifacts != NULL && i < artifacts->n; i++) {
        add_artifact(&s, &artifacts->entries[i]);
    }
    arena_release(&scratch);
    return artifacts != NULL;
}
