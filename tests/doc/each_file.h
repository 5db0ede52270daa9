/*
 * The bytes of every file there is, for tests that hold one reader against another.
 */
#ifndef CFNREACH_TESTS_DOC_EACH_FILE_H
#define CFNREACH_TESTS_DOC_EACH_FILE_H

#include <dirent.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/limits.h"
#include "tests/check.h"

typedef void each_file_fn(void *context, struct str bytes);

/* Calls `visit` with each regular file of a folder and, down to some depth, of the folders in it,
 * hidden ones aside. How many there were. */
static inline size_t each_file_in(struct str folder, int depth, each_file_fn *visit, void *context)
{
    struct arena a = {0};
    size_t n = 0;
    DIR *d = opendir(str_to_c(&a, folder));
    for (struct dirent *entry = d ? readdir(d) : NULL; entry; entry = readdir(d)) {
        struct str path = str_format(&a, "%.*s/%s", STR_ARG(folder), entry->d_name);
        struct stat st;
        struct str bytes;
        if (entry->d_name[0] == '.' || lstat(path.p, &st) != 0) {
            continue;
        }
        if (S_ISDIR(st.st_mode) && depth > 0) {
            n += each_file_in(path, depth - 1, visit, context);
        } else if (S_ISREG(st.st_mode) &&
                   file_read(&a, path, LIMIT_TEMPLATE_BYTES, &bytes).status == FILE_OK) {
            visit(context, bytes);
            n++;
        }
    }
    if (d) {
        closedir(d);
    }
    arena_release(&a);
    return n;
}

/* The files of the repository and, where it is, of the corpus; the latter said aloud if not. */
static inline size_t each_file(each_file_fn *visit, void *context)
{
    size_t n = each_file_in(STR("testdata"), 6, visit, context);
    n += each_file_in(STR("fuzz/inputs"), 3, visit, context);
    if (each_file_in(STR("../shared/corpus"), 6, visit, context) == 0) {
        print_message("skipped the templates of ../shared/corpus: there are none\n");
    }
    return n;
}

#endif
