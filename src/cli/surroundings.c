#include "cli/surroundings.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/in_order.h"
#include "base/path.h"

/* Set and not empty. */
static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

bool surroundings_terminal(bool error)
{
    const char *term = getenv("TERM");
    return isatty(error ? STDERR_FILENO : STDOUT_FILENO) && term && !str_is(str_from(term), "dumb");
}

uint64_t surroundings_clock(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) == 0
               ? (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec
               : 0;
}

bool surroundings_color(enum cli_color wish)
{
    if (wish != COLOR_AUTO) {
        return wish == COLOR_ALWAYS;
    }
    if (is_set("NO_COLOR")) {
        return false;
    }
    if (is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE")) {
        return true;
    }
    return surroundings_terminal(false);
}

struct str surroundings_folder(struct arena *a)
{
    char path[PATH_MAX];
    if (!getcwd(path, sizeof path)) {
        return STR("");
    }
    return str_copy(a, str_from(path));
}

static bool holds(struct arena *a, struct str folder, const char *name)
{
    struct stat st;
    struct str slash = str_is(folder, "/") ? STR("") : STR("/");
    return stat(str_format(a, "%.*s%.*s%s", STR_ARG(folder), STR_ARG(slash), name).p, &st) == 0;
}

struct str surroundings_nearest(struct arena *a, struct str from, const char *name,
                                const char *last)
{
    for (struct str folder = from; folder.n > 0; folder = path_parent(folder)) {
        if (holds(a, folder, name)) {
            return folder;
        }
        if (str_is(folder, "/") || holds(a, folder, last)) {
            break;
        }
    }
    return STR("");
}

struct str surroundings_root(struct arena *a, struct str from)
{
    struct str root = surroundings_nearest(a, from, ".git", ".git");
    return root.n > 0 ? root : from;
}

size_t surroundings_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > MOST_THREADS ? MOST_THREADS : (size_t)n;
}

size_t surroundings_threads(size_t wish, size_t n)
{
    return n < 2 ? 1 : wish > 0 ? wish : surroundings_cores();
}

/* The days of 400 years repeat. A year that begins in March ends with the day that leap years add;
 * its months have 153 days in each five. */
struct str surroundings_day(struct arena *a, int64_t day)
{
    enum { DAYS_400 = 146097, DAYS_100 = 36524, DAYS_4 = 1461, FROM_MARCH_0000 = 719468 };
    int64_t since = day + FROM_MARCH_0000;
    int64_t n = since % DAYS_400; /* of the 400 years */
    int64_t year = (n - n / (DAYS_4 - 1) + n / DAYS_100 - n / (DAYS_400 - 1)) / 365;
    int64_t in_year = n - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * in_year + 2) / 153; /* 0: March */
    int64_t in_month = in_year - (153 * month + 2) / 5;
    return str_format(a, "%04d-%02d-%02d",
                      (int)(year + since / DAYS_400 * 400 + (month >= 10 ? 1 : 0)),
                      (int)(month < 10 ? month + 3 : month - 9), (int)in_month + 1);
}

struct str surroundings_today(struct arena *a)
{
    time_t now = time(NULL);
    return surroundings_day(a, now == (time_t)-1 ? 0 : (int64_t)now / 86400);
}
