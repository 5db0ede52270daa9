#include "cli/git_show.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"

enum { NO_GIT = 127, MOST_WORDS = 8 };

bool git_is_path(struct str path)
{
    return str_starts(path, STR("git:"));
}

/* "REV:path" of "git:REV:path", and of "git:REV:/path", which is how a path is shown. */
static struct str object_of(struct arena *a, struct str path)
{
    struct str object = str_sub(path, 4, path.n);
    size_t colon = str_find_byte(object, ':', 0);
    if (colon == STR_NPOS || colon + 1 >= object.n || object.p[colon + 1] != '/') {
        return object;
    }
    return str_join2(a, str_sub(object, 0, colon + 1), str_sub(object, colon + 2, object.n));
}

/* In the child: git with its output in `to`, silent otherwise; never returns. */
static _Noreturn void become_git(char *const *argv, int to)
{
    int nothing = open("/dev/null", O_RDWR);
    if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(to, STDOUT_FILENO) >= 0 &&
        dup2(nothing, STDERR_FILENO) >= 0) {
        execvp("git", argv);
    }
    _exit(NO_GIT);
}

/* What git prints; *status is its exit status, NO_GIT if it cannot be run. */
static struct file_result run_git(struct arena *a, const char *const *words, size_t limit,
                                  struct str *out, int *status)
{
    char *argv[MOST_WORDS + 1] = {NULL};
    for (size_t i = 0; i < MOST_WORDS && words[i] != NULL; i++) {
        argv[i] = str_to_c(a, str_from(words[i]));
    }
    int ends[2];
    *out = STR("");
    *status = NO_GIT;
    if (pipe(ends) != 0) {
        return file_failure(a, errno);
    }
    pid_t child = fork();
    if (child < 0) {
        int error = errno;
        close(ends[0]);
        close(ends[1]);
        return file_failure(a, error);
    }
    if (child == 0) {
        close(ends[0]);
        become_git(argv, ends[1]);
    }
    close(ends[1]);
    struct file_result r = file_read_open(a, ends[0], limit, out);
    close(ends[0]); /* one that goes on writing ends with SIGPIPE */
    int how = 0;
    while (waitpid(child, &how, 0) < 0 && errno == EINTR) {}
    *status = WIFEXITED(how) ? WEXITSTATUS(how) : 1;
    return r;
}

static bool succeeds(struct arena *a, const char *const *words, int *status)
{
    struct str out;
    struct file_result r = run_git(a, words, LIMIT_LIST_BYTES, &out, status);
    return r.status == FILE_OK && *status == 0;
}

/* What is wrong with the words themselves; "" for nothing. */
static struct str wrong_words(struct arena *a, struct str object)
{
    size_t colon = str_find_byte(object, ':', 0);
    if (colon == STR_NPOS || colon == 0) {
        return STR("it is not of the form git:REV:path");
    }
    if (object.p[0] == '-') {
        return str_format(a, "'%.*s' is no revision", STR_ARG(str_sub(object, 0, colon)));
    }
    return STR("");
}

/* After a failure: which part of it git does not know. */
static struct str reason(struct arena *a, struct str object, int status)
{
    if (status == NO_GIT) {
        return STR("git is not installed, or cannot be run");
    }
    const char *const inside[] = {"git", "rev-parse", "--git-dir", NULL};
    if (!succeeds(a, inside, &status)) {
        return STR("the working folder is in no git repository");
    }
    size_t colon = str_find_byte(object, ':', 0);
    struct str rev = str_sub(object, 0, colon);
    const char *tree = str_to_c(a, str_format(a, "%.*s^{tree}", STR_ARG(rev)));
    const char *const known[] = {"git", "rev-parse", "--verify", "--quiet", tree, NULL};
    if (!succeeds(a, known, &status)) {
        return str_format(a, "git knows no revision '%.*s'", STR_ARG(rev));
    }
    return str_format(a, "revision '%.*s' has no '%.*s'", STR_ARG(rev),
                      STR_ARG(str_sub(object, colon + 1, object.n)));
}

struct file_result git_read(struct arena *a, struct str path, size_t limit, struct str *bytes)
{
    struct str object = object_of(a, path);
    struct str why = wrong_words(a, object);
    *bytes = STR("");
    if (why.n > 0) {
        return (struct file_result){FILE_FAILED, why};
    }
    /* textconv would run a program that the repository's settings name */
    const char *const words[] = {"git",           "--no-pager",        "show",
                                 "--no-textconv", str_to_c(a, object), NULL};
    int status;
    struct file_result r = run_git(a, words, limit, bytes, &status);
    if (r.status == FILE_OK && status != 0) {
        *bytes = STR("");
        r = (struct file_result){FILE_NOT_FOUND, reason(a, object, status)};
    }
    return r;
}

/* As r says; where that is nothing, git itself has failed. */
static void unreadable(struct arena *a, struct diags *d, struct str path, struct file_result r,
                       struct str why)
{
    if (r.status == FILE_OK) {
        r = (struct file_result){FILE_FAILED, why};
    }
    diag_unreadable(d, SPAN_NONE, "", str_copy(a, path), &r);
}

/* Names that end in NUL, in the order of git's trees, which is that of their bytes. */
static bool add_listed(struct arena *a, struct str path, struct str names, struct found *found,
                       struct diags *d)
{
    bool ends = str_ends(path, STR("/"));
    size_t n = 0;
    for (size_t at = 0; at < names.n;) {
        size_t end = str_find_byte(names, '\0', at);
        struct str name = str_sub(names, at, end);
        at = end == STR_NPOS ? names.n : end + 1;
        if (!discover_is_candidate(name)) {
            continue;
        }
        if (n++ == LIMIT_FILES) {
            diag_add(d, DIAG_LIMIT, SPAN_NONE,
                     "'%.*s' holds more than %d templates; the rest is not read.", STR_ARG(path),
                     LIMIT_FILES)
                ->path = path;
            return false;
        }
        struct str whole =
            str_format(a, "%.*s%s%.*s", STR_ARG(path), ends ? "" : "/", STR_ARG(name));
        *VEC_ADD(a, &found->files) = (struct found_file){.path = whole};
    }
    return true;
}

/* The path from the top, behind a slash: what a nested stack names beside or above it is then
 * found in the same revision. */
static struct str from_the_top(struct arena *a, struct str object)
{
    size_t colon = str_find_byte(object, ':', 0);
    struct str rev = str_sub(object, 0, colon);
    struct str path = str_sub(object, colon + 1, object.n);
    struct str here = STR("");
    if (str_starts(path, STR("./"))) {
        const char *const words[] = {"git", "rev-parse", "--show-prefix", NULL};
        int status;
        (void)run_git(a, words, LIMIT_LIST_BYTES, &here, &status).status;
        path = str_sub(path, 2, path.n);
    }
    return str_format(a, "git:%.*s:/%.*s%.*s", STR_ARG(rev), STR_ARG(str_trim(here)),
                      STR_ARG(path));
}

bool git_discover(struct arena *a, struct str *path, struct found *found, bool *is_folder,
                  struct diags *d)
{
    struct str object = object_of(a, *path);
    struct str why = wrong_words(a, object);
    *is_folder = false;
    if (why.n > 0) {
        unreadable(a, d, *path, (struct file_result){FILE_FAILED, why}, why);
        return false;
    }
    const char *name = str_to_c(a, object);
    const char *const kind[] = {"git", "cat-file", "-t", name, NULL};
    const char *const list[] = {"git",         "ls-tree",     "-r", "-z",
                                "--name-only", "--full-tree", name, NULL};
    int status;
    struct str out;
    struct file_result r = run_git(a, kind, LIMIT_LIST_BYTES, &out, &status);
    if (r.status != FILE_OK || status != 0) {
        unreadable(a, d, *path, r, reason(a, object, status));
        return false;
    }
    *path = from_the_top(a, object);
    if (!str_is(str_trim(out), "tree")) {
        *VEC_ADD(a, &found->files) = (struct found_file){.path = *path, .by_hand = true};
        return true;
    }
    *is_folder = true;
    r = run_git(a, list, LIMIT_LIST_BYTES, &out, &status);
    if (r.status != FILE_OK || status != 0) {
        unreadable(a, d, *path, r, reason(a, object, status));
        return false;
    }
    return add_listed(a, *path, out, found, d);
}
