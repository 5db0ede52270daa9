/*
 * Runs two commands in turn and prints the ratio of their median times: side by side in one
 * run, so that the machine's mood cancels out, and never a time by itself.
 *
 *     ratio NAME RUNS floor-command... -- command...
 *
 * Standard output of both goes to /dev/null. Peak memory is the largest of the command's runs.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct sample {
    double seconds; /* user and system */
    long kib;
};

static struct sample run(char **command)
{
    struct rusage usage;
    int status = 0;
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
    struct sample s = {(double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 +
                           (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6,
                       usage.ru_maxrss};
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
    int split = 3;
    while (split < argc && strcmp(argv[split], "--") != 0) {
        split++;
    }
    int runs = argc > 2 ? atoi(argv[2]) : 0;
    if (runs < 1 || runs > 1000 || split + 1 >= argc || split == 3) {
        fprintf(stderr, "usage: ratio NAME RUNS floor... -- command...\n");
        return 2;
    }
    argv[split] = NULL;
    struct sample *floor = calloc((size_t)runs, sizeof *floor);
    struct sample *ours = calloc((size_t)runs, sizeof *ours);
    if (!floor || !ours) {
        return 2;
    }
    run(argv + 3); /* warm the file cache */
    for (int i = 0; i < runs; i++) {
        floor[i] = run(argv + 3);
        ours[i] = run(argv + split + 1);
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
