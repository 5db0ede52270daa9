/*
 * What a run takes from the machine it runs on: the terminal, the folder, the date. Nothing
 * else in cfnreach looks at any of them.
 */
#ifndef CFNREACH_CLI_SURROUNDINGS_H
#define CFNREACH_CLI_SURROUNDINGS_H

#include "cli/options.h"

/* Whether standard output gets colours: --color, then NO_COLOR (no-color.org), then
 * FORCE_COLOR and CLICOLOR_FORCE, then whether it is a terminal that is not "dumb". */
bool surroundings_color(enum cli_color wish);

/* The working folder, absolute. "" if it cannot be told. */
struct str surroundings_folder(struct arena *a);

/* The nearest folder upwards from the absolute `from` that holds `name`, looking no further than
 * the one that holds `last`; "" if there is none. */
struct str surroundings_nearest(struct arena *a, struct str from, const char *name,
                                const char *last);

/* The nearest folder upwards from `from` that holds .git; `from` itself if there is none. */
struct str surroundings_root(struct arena *a, struct str from);

/* How many processors may be used: from 1 to MOST_THREADS. */
size_t surroundings_cores(void);

/* Threads for n jobs: as many as are wished for; 0: as there are processors. One for a single job,
 * without asking how many processors there are. */
size_t surroundings_threads(size_t wish, size_t n);

/* Is standard output (or error) a terminal that understands escape sequences? */
bool surroundings_terminal(bool error);

/* Nanoseconds since some moment, for --stats and the progress line alone. */
uint64_t surroundings_clock(void);

/* The date of a day counted from 1970-01-01, at least 0. The C library would read the file of the
 * local time zone to tell it. */
struct str surroundings_day(struct arena *a, int64_t day);

/* Today's date in UTC, "YYYY-MM-DD": the only clock whose time matters. */
struct str surroundings_today(struct arena *a);

#endif
