/*
 * Reading takes the size from fstat as a first guess only: pipes have none, files
 * in /proc say 0, and any file may grow while it is read. What is longer than the
 * guess is collected in pieces.
 *
 * Replacing writes a new file beside the target and renames it over the target,
 * the one step that POSIX makes atomic (rename(2)):
 *
 *     open .cfnreach-PID-N -> write -> owner, mode -> fsync -> close -> rename
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"

enum { PIECE = 4096, MOST_LINKS = 40, MOST_NAMES = 100 };

static const struct file_result ok = {FILE_OK, {0}};

/* strerror_r is the one without hidden state; without setlocale it speaks English. */
struct file_result file_failure(struct arena *a, int error)
{
    char text[128];
    if (strerror_r(error, text, sizeof text) != 0) {
        snprintf(text, sizeof text, "Error %d", error);
    }
    struct file_result r = {FILE_FAILED, str_copy(a, str_from(text))};
    if (error == ENOENT || error == ENOTDIR) {
        r.status = FILE_NOT_FOUND;
    } else if (error == EACCES || error == EPERM) {
        r.status = FILE_NO_PERMISSION;
    } else if (error == EISDIR) {
        r.status = FILE_IS_FOLDER;
    }
    return r;
}

static struct file_result too_large(struct arena *a, size_t limit)
{
    return (struct file_result){FILE_TOO_LARGE,
                                str_format(a, "it is larger than %zu bytes", limit)};
}

/* NULL if the path cannot be a file's name: it is empty or holds a NUL. */
static const char *c_path(struct arena *a, struct str path)
{
    if (path.n == 0 || str_find_byte(path, '\0', 0) != STR_NPOS) {
        return NULL;
    }
    return str_to_c(a, path);
}

/* read(2) that is not stopped by signals: up to n bytes, fewer only at the end.
 * -1 on failure. */
static ssize_t read_full(int fd, char *to, size_t n)
{
    size_t got = 0;
    while (got < n) {
        ssize_t k = read(fd, to + got, n - got);
        if (k < 0 && errno == EINTR) {
            continue;
        }
        if (k < 0) {
            return -1;
        }
        if (k == 0) {
            break;
        }
        got += (size_t)k;
    }
    return (ssize_t)got;
}

/* Goes on after `head` until the end or until there is more than `limit`. */
static struct file_result read_pieces(struct arena *a, int fd, size_t limit, struct str head,
                                      struct str *bytes)
{
    struct buf b;
    buf_init(&b);
    buf_add(&b, head);
    struct file_result r = ok;
    for (ssize_t k = PIECE; k == PIECE && b.n <= limit;) {
        char piece[PIECE];
        k = read_full(fd, piece, sizeof piece);
        if (k < 0) {
            r = file_failure(a, errno);
            break;
        }
        buf_add(&b, (struct str){piece, (size_t)k});
    }
    if (r.status == FILE_OK && b.n > limit) {
        r = too_large(a, limit);
    }
    if (r.status == FILE_OK) {
        *bytes = (struct str){str_to_c(a, buf_str(&b)), b.n};
    }
    buf_release(&b);
    return r;
}

struct file_result file_read_open(struct arena *a, int fd, size_t limit, struct str *bytes)
{
    *bytes = (struct str){0};
    struct stat st;
    if (fstat(fd, &st) != 0) {
        return file_failure(a, errno);
    }
    if (S_ISDIR(st.st_mode)) {
        return file_failure(a, EISDIR);
    }
    size_t guess = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 0;
    if (guess > limit) {
        return too_large(a, limit);
    }
    /* One byte more than the guess: its absence says that the end was reached,
     * and its place is that of the NUL behind the bytes. */
    char *p = arena_bytes(a, guess + 1);
    ssize_t got = read_full(fd, p, guess + 1);
    if (got < 0) {
        return file_failure(a, errno);
    }
    if ((size_t)got > guess) {
        return read_pieces(a, fd, limit, (struct str){p, (size_t)got}, bytes);
    }
    p[got] = '\0';
    *bytes = (struct str){p, (size_t)got};
    return ok;
}

struct file_result file_read(struct arena *a, struct str path, size_t limit, struct str *bytes)
{
    *bytes = (struct str){0};
    const char *name = c_path(a, path);
    if (!name) {
        return file_failure(a, ENOENT);
    }
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return file_failure(a, errno);
    }
    struct file_result r = file_read_open(a, fd, limit, bytes);
    close(fd);
    return r;
}

struct file_result file_write(struct arena *a, int fd, struct str bytes)
{
    size_t done = 0;
    while (done < bytes.n) {
        ssize_t k = write(fd, bytes.p + done, bytes.n - done);
        if (k < 0 && errno == EINTR) {
            continue;
        }
        if (k < 0) {
            return file_failure(a, errno);
        }
        done += (size_t)k;
    }
    return ok;
}

/* The name behind all symbolic links, whether or not anything is there yet; NULL
 * with errno set on failure. */
static const char *behind_links(struct arena *a, const char *path)
{
    for (int i = 0; i < MOST_LINKS; i++) {
        char to[PIECE];
        ssize_t n = readlink(path, to, sizeof to);
        if (n < 0) {
            return errno == EINVAL || errno == ENOENT ? path : NULL;
        }
        if ((size_t)n == sizeof to) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        struct str target = {to, (size_t)n};
        struct str folder = to[0] == '/' ? STR("") : path_folder(str_from(path));
        path = str_to_c(a, str_join2(a, folder, target));
    }
    errno = ELOOP;
    return NULL;
}

/* Opens a new file beside `target`; -1 with errno set on failure. */
static int open_beside(struct arena *a, const char *target, const char **name)
{
    struct str folder = path_folder(str_from(target));
    for (int i = 0; i < MOST_NAMES; i++) {
        struct str s = str_format(a, "%.*s.cfnreach-%ld-%d", STR_ARG(folder), (long)getpid(), i);
        *name = str_to_c(a, s);
        int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

/* Writes, makes it like the file `old` (NULL: there is none), and closes. */
static struct file_result fill(struct arena *a, int fd, struct str bytes, const struct stat *old)
{
    struct file_result r = file_write(a, fd, bytes);
    /* The owner first: changing it takes away set-id bits. It is kept only where
     * that is allowed; the mode must be. */
    bool owned = !old || fchown(fd, old->st_uid, old->st_gid) == 0;
    mode_t mask = owned ? 07777 : 0777;
    if (r.status == FILE_OK && old && fchmod(fd, old->st_mode & mask) != 0) {
        r = file_failure(a, errno);
    }
    if (r.status == FILE_OK && fsync(fd) != 0) {
        r = file_failure(a, errno);
    }
    if (close(fd) != 0 && r.status == FILE_OK) {
        r = file_failure(a, errno);
    }
    return r;
}

/* Whoever interrupts us waits until the new file has the old one's name, or is gone again. */
static void hold_signals(sigset_t *before)
{
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGHUP);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigprocmask(SIG_BLOCK, &held, before);
}

/* Writes a new file and gives it the name `target`. */
static struct file_result put_in_place(struct arena *a, const char *target, struct str bytes,
                                       const struct stat *old)
{
    const char *fresh = NULL;
    int fd = open_beside(a, target, &fresh);
    if (fd < 0) {
        return file_failure(a, errno);
    }
    struct file_result r = fill(a, fd, bytes, old);
    if (r.status == FILE_OK && rename(fresh, target) != 0) {
        r = file_failure(a, errno);
    }
    if (r.status != FILE_OK) {
        unlink(fresh);
    }
    return r;
}

static struct file_result replace_regular(struct arena *a, const char *path, struct str bytes,
                                          const struct stat *old)
{
    const char *target = behind_links(a, path);
    if (!target) {
        return file_failure(a, errno);
    }
    /* rename needs no right to write the target; a read-only file is meant so. */
    if (old && access(target, W_OK) != 0) {
        return file_failure(a, errno);
    }
    sigset_t before;
    hold_signals(&before);
    struct file_result r = put_in_place(a, target, bytes, old);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return r;
}

struct file_result file_replace(struct arena *a, struct str path, struct str bytes)
{
    const char *name = c_path(a, path);
    if (!name) {
        return file_failure(a, ENOENT);
    }
    struct stat st;
    bool there = stat(name, &st) == 0;
    if (!there && errno != ENOENT) {
        return file_failure(a, errno);
    }
    if (there && S_ISDIR(st.st_mode)) {
        return file_failure(a, EISDIR);
    }
    /* /dev/stdout may lead to a regular file that others write to at this moment. */
    if (!there || (S_ISREG(st.st_mode) && !str_starts(path, STR("/dev/")))) {
        return replace_regular(a, name, bytes, there ? &st : NULL);
    }
    int fd = open(name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return file_failure(a, errno);
    }
    struct file_result r = file_write(a, fd, bytes);
    if (close(fd) != 0 && r.status == FILE_OK) {
        r = file_failure(a, errno);
    }
    return r;
}

struct file_result file_put(struct arena *a, FILE *stream, struct str bytes)
{
    errno = 0;
    if (bytes.n && fwrite(bytes.p, 1, bytes.n, stream) != bytes.n) {
        return file_failure(a, errno ? errno : EIO);
    }
    return ok;
}

struct file_result file_close(struct arena *a, FILE *stream)
{
    int error = ferror(stream) ? EIO : 0; /* which one it was is not known any more */
    if (fflush(stream) != 0) {
        error = errno;
    }
    if (fclose(stream) != 0 && errno != EBADF && error == 0) {
        error = errno;
    }
    return error ? file_failure(a, error) : ok;
}
