/*
 * Runs two commands in turn and prints the ratio of their median times: side by side in one
 * run, so that the machine's mood cancels out, and never a time by itself.
 *
 *     ratio [--wall] NAME RUNS floor-command... -- command...
 *
 * Processor time of both, or with --wall the time on the clock, which is what threads change.
 * Standard output of both goes to /dev/null. Peak memory is the largest of the command's runs.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct sample {
    double seconds; /* user and system, or elapsed */
    long kib;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct sample run(char **command, bool wall)
{
    struct rusage usage;
    int status = 0;
    double begin = now();
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        dup2(null, 2);
        execv(command[0], command);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || WEXITSTATUS(status) == 127) {
        fprintf(stderr, "ratio: cannot run %s\n", command[0]);
        exit(2);
    }
    double elapsed = now() - begin;
    struct sample s = {(double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 +
                           (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6,
                       usage.ru_maxrss};
    if (wall) {
        s.seconds = elapsed;
    }
    return s;
}

static int by_time(const void *x, const void *y)
{
    const struct sample *a = x;
    const struct sample *b = y;
    return (a->seconds > b->seconds) - (a->seconds < b->seconds);
}

int main(int argc, char **argv)
{
    bool wall = argc > 1 && strcmp(argv[1], "--wall") == 0;
    argv += wall;
    argc -= wall;
    int split = 3;
    while (split < argc && strcmp(argv[split], "--") != 0) {
        split++;
    }
    int runs = argc > 2 ? atoi(argv[2]) : 0;
    if (runs < 1 || runs > 1000 || split + 1 >= argc || split == 3) {
        fprintf(stderr, "usage: ratio [--wall] NAME RUNS floor... -- command...\n");
        return 2;
    }
    argv[split] = NULL;
    struct sample *floor = calloc((size_t)runs, sizeof *floor);
    struct sample *ours = calloc((size_t)runs, sizeof *ours);
    if (!floor || !ours) {
        return 2;
    }
    run(argv + 3, wall); /* warm the file cache */
    for (int i = 0; i < runs; i++) {
        floor[i] = run(argv + 3, wall);
        ours[i] = run(argv + split + 1, wall);
    }
    qsort(floor, (size_t)runs, sizeof *floor, by_time);
    qsort(ours, (size_t)runs, sizeof *ours, by_time);
    long peak = 0;
    for (int i = 0; i < runs; i++) {
        peak = ours[i].kib > peak ? ours[i].kib : peak;
    }
    double base = floor[runs / 2].seconds;
    double time = ours[runs / 2].seconds;
    printf("| %s | %.1f ms | %.1f ms | **%.2f** | %.1f MiB |\n", argv[1], base * 1e3, time * 1e3,
           base > 0 ? time / base : 0.0, (double)peak / 1024);
    free(floor);
    free(ours);
    return 0;
}
