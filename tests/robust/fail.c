/*
 * Loaded before libc (LD_PRELOAD), it makes one call fail, or sends a signal at it:
 *
 *     FAIL_CALL=write FAIL_AT=3 FAIL_ERRNO=28      the third write fails with ENOSPC
 *     FAIL_CALL=rename FAIL_AT=1 FAIL_SIGNAL=15    SIGTERM arrives at the first rename
 *     FAIL_CALL=alloc FAIL_COUNT=9                 fails nothing; on descriptor 9: how many there
 * were
 *
 * So every allocation of every library is reached, without a word of it in the product.
 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *name; /* of the call that fails */
static long at;          /* which one, from 1; 0: none */
static int error;
static int signal_number;
static long seen;
static int count_to = -1;

static long number_of(const char *variable)
{
    const char *text = getenv(variable);
    long n = 0;
    for (; text && *text >= '0' && *text <= '9'; text++) {
        n = n * 10 + (*text - '0');
    }
    return n;
}

__attribute__((constructor)) static void read_wish(void)
{
    at = number_of("FAIL_AT");
    error = (int)number_of("FAIL_ERRNO");
    signal_number = (int)number_of("FAIL_SIGNAL");
    count_to = getenv("FAIL_COUNT") ? (int)number_of("FAIL_COUNT") : -1;
    name = getenv("FAIL_CALL");
}

__attribute__((destructor)) static void tell(void)
{
    if (count_to >= 0) {
        dprintf(count_to, "%ld\n", seen);
    }
}

/* Is this the call? Then the signal is sent, or errno set and 1 returned. */
static int fails(const char *call)
{
    if (!name || strcmp(name, call) != 0 || ++seen != at) {
        return 0;
    }
    if (signal_number) {
        kill(getpid(), signal_number);
        return 0;
    }
    errno = error;
    return 1;
}

/* glibc's own names: dlsym itself allocates. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size)
{
    return fails("alloc") ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails("alloc") ? NULL : __libc_calloc(n, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails("alloc") ? NULL : __libc_memalign(alignment, size);
}

void *realloc(void *p, size_t size)
{
    return fails("alloc") ? NULL : __libc_realloc(p, size);
}

/* The definition of a call that is passed on; the kernel's one is not called when it fails.
 * (POSIX: dlsym's result is a function's address if the name is a function's.) */
#define PASS(call) (__extension__(__typeof__(&call)) dlsym(RTLD_NEXT, #call))

ssize_t write(int fd, const void *bytes, size_t n)
{
    /* What goes to the terminal or a log is no output; a message must get through. */
    return fd != STDERR_FILENO && fails("write") ? -1 : PASS(write)(fd, bytes, n);
}

int close(int fd)
{
    int r = PASS(close)(fd);
    return fails("close") ? -1 : r;
}

int fsync(int fd)
{
    return fails("fsync") ? -1 : PASS(fsync)(fd);
}

int rename(const char *from, const char *to)
{
    return fails("rename") ? -1 : PASS(rename)(from, to);
}

int fchmod(int fd, mode_t mode)
{
    return fails("fchmod") ? -1 : PASS(fchmod)(fd, mode);
}

ssize_t read(int fd, void *to, size_t n)
{
    return fails("read") ? -1 : PASS(read)(fd, to, n);
}
