#include "cli/discover.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "cli/assembly.h"

bool discover_is_candidate(struct str name)
{
    static const char *const endings[] = {".yaml", ".yml", ".json", ".template", ".cfn", ".jsn"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str ending = str_from(endings[i]);
        if (name.n > ending.n && str_eq_nocase(str_sub(name, name.n - ending.n, name.n), ending)) {
            return true;
        }
    }
    return false;
}

static void unreadable(struct arena *a, struct diags *d, struct str path, int error)
{
    struct file_result r = file_failure(a, error);
    diag_unreadable(d, SPAN_NONE, "", path, &r);
}

static int by_name(const void *x, const void *y)
{
    const struct str *a = x;
    const struct str *b = y;
    return str_cmp(*a, *b);
}

/* Hidden folders (.git, .aws-sam is generated) and node_modules hold no sources of templates. */
static bool is_skipped_folder(struct str name)
{
    return name.p[0] == '.' || str_is(name, "node_modules");
}

static void walk(struct arena *a, struct str folder, unsigned depth, struct found *found,
                 struct diags *d)
{
    if (assembly_read(a, folder, 0, found, d)) {
        return;
    }
    DIR *dir = opendir(str_to_c(a, folder));
    if (!dir) {
        unreadable(a, d, folder, errno);
        return;
    }
    VEC(struct str) names = {0};
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        *VEC_ADD(a, &names) = str_copy(a, str_from(entry->d_name));
    }
    closedir(dir);
    if (names.n) {
        qsort(names.at, names.n, sizeof *names.at, by_name);
    }
    struct str slash = str_ends(folder, STR("/")) ? STR("") : STR("/");
    for (size_t i = 0; i < names.n; i++) {
        struct str path = str_join2(a, str_join2(a, folder, slash), names.at[i]);
        struct stat st;
        if (str_is(names.at[i], ".") || str_is(names.at[i], "..") || lstat(path.p, &st) != 0) {
            continue;
        }
        if (S_ISDIR(st.st_mode) && !is_skipped_folder(names.at[i])) {
            if (depth == LIMIT_FOLDER_DEPTH) {
                diag_add(d, DIAG_LIMIT, SPAN_NONE, "'%.*s' is nested more than %d folders deep.",
                         STR_ARG(path), LIMIT_FOLDER_DEPTH)
                    ->path = path;
                continue;
            }
            walk(a, path, depth + 1, found, d);
        } else if (!S_ISDIR(st.st_mode) && discover_is_candidate(names.at[i])) {
            *VEC_ADD(a, &found->files) = (struct found_file){.path = path};
        }
    }
}

/* "My-Stack1" ("StackName", AWS CloudFormation API Reference). */
static bool is_stack_name(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (i == 0 || (c != '-' && (c < '0' || c > '9')))) {
            return false;
        }
    }
    return name.n > 0 && name.n <= 128;
}

/* NAME=PATH[,FILE]; false if it is nothing of that shape. */
static bool named(struct arena *a, struct str word, struct found *found, struct diags *d)
{
    size_t equals = str_find_byte(word, '=', 0);
    struct stat st;
    if (equals == STR_NPOS || !is_stack_name(str_sub(word, 0, equals))) {
        return false;
    }
    struct found_file file = {.by_hand = true, .stack_name = str_sub(word, 0, equals)};
    file.path = str_sub(word, equals + 1, word.n);
    size_t comma = file.path.n;
    while (comma > 0 && file.path.p[comma - 1] != ',') {
        comma--;
    }
    if (comma > 0 && stat(str_to_c(a, file.path), &st) != 0) {
        file.parameters = str_sub(file.path, comma, file.path.n);
        file.path = str_sub(file.path, 0, comma - 1);
    }
    if (stat(str_to_c(a, file.path), &st) != 0) {
        unreadable(a, d, file.path, errno);
    } else if (S_ISDIR(st.st_mode)) {
        unreadable(a, d, file.path, EISDIR);
    } else {
        *VEC_ADD(a, &found->files) = file;
    }
    return true;
}

void discover(struct arena *a, struct str path, struct found *found, struct diags *d)
{
    struct stat st;
    if (str_is(path, "-")) {
        *VEC_ADD(a, &found->files) = (struct found_file){.path = path, .by_hand = true};
        return;
    }
    if (stat(str_to_c(a, path), &st) != 0) {
        if (named(a, path, found, d)) {
            return;
        }
        unreadable(a, d, path, errno);
        return;
    }
    if (!S_ISDIR(st.st_mode)) {
        *VEC_ADD(a, &found->files) = (struct found_file){.path = path, .by_hand = true};
        return;
    }
    size_t before = found->files.n;
    walk(a, path, 0, found, d);
    if (found->files.n - before > LIMIT_FILES) {
        found->files.n = before + LIMIT_FILES;
        diag_add(d, DIAG_LIMIT, SPAN_NONE,
                 "'%.*s' holds more than %d templates; the rest is not read.", STR_ARG(path),
                 LIMIT_FILES)
            ->path = path;
    }
}

void discover_once(struct found *found, struct str cwd)
{
    struct arena scratch = {0};
    struct map seen;
    size_t n = 0;
    map_init(&seen, &scratch);
    for (size_t i = 0; i < found->files.n; i++) {
        struct found_file *f = &found->files.at[i];
        bool relative = !str_starts(f->path, STR("/")) && !str_is(f->path, "-");
        struct str path =
            relative ? str_format(&scratch, "%.*s/%.*s", STR_ARG(cwd), STR_ARG(f->path)) : f->path;
        struct str key = str_format(&scratch, "%.*s=%.*s,%.*s", STR_ARG(f->stack_name),
                                    STR_ARG(path_normal(&scratch, path)), STR_ARG(f->parameters));
        void **entry = map_at(&seen, key);
        struct found_file *first = *entry;
        if (first != NULL) {
            first->by_hand |= f->by_hand;
            continue;
        }
        found->files.at[n] = *f;
        *entry = &found->files.at[n++];
    }
    found->files.n = n;
    arena_release(&scratch);
}
