/*
 * A file that exists in memory only.
 */
#define _GNU_SOURCE /* memfd_create(2) */

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz/target.h"

struct str file_with(struct str bytes)
{
    static int fd = -1;
    static char path[64];
    if (fd < 0) {
        fd = memfd_create("fuzz", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    REQUIRE(fd >= 0);
    REQUIRE(ftruncate(fd, 0) == 0);
    REQUIRE(pwrite(fd, bytes.n > 0 ? bytes.p : "", bytes.n, 0) == (ssize_t)bytes.n);
    return str_from(path);
}
