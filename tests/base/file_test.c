/* Files, in a folder of their own: what exists, what does not, what changes while it
 * is read, what must stay untouched. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check.h"

static char folder[64];
static struct arena arena;

static struct str in_folder(const char *name)
{
    return str_format(&arena, "%s/%s", folder, name);
}

static void put(const char *name, struct str bytes)
{
    FILE *f = fopen(str_to_c(&arena, in_folder(name)), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(str_bytes(bytes), 1, bytes.n, f), bytes.n);
    assert_int_equal(fclose(f), 0);
}

static struct str get(const char *name)
{
    struct str bytes;
    struct file_result r = file_read(&arena, in_folder(name), 1000000, &bytes);
    assert_int_equal(r.status, FILE_OK);
    return bytes;
}

static mode_t mode_of(const char *name)
{
    struct stat st;
    assert_int_equal(stat(str_to_c(&arena, in_folder(name)), &st), 0);
    return st.st_mode & 07777;
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/cfnreach-file-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    arena_release(&arena);
    return system(command);
}

static void expect(struct file_result r, enum file_status status, const char *why)
{
    assert_int_equal(r.status, status);
    assert_str(r.why, why);
}

static void a_file_is_read_whole_up_to_the_limit(void **state)
{
    (void)state;
    put("ten", STR("0123\0"
                   "56789"));
    struct str bytes;
    assert_int_equal(file_read(&arena, in_folder("ten"), 10, &bytes).status, FILE_OK);
    assert_int_equal(bytes.n, 10);
    assert_memory_equal(bytes.p,
                        "0123\0"
                        "56789",
                        11); /* and the NUL behind it */
    expect(file_read(&arena, in_folder("ten"), 9, &bytes), FILE_TOO_LARGE,
           "it is larger than 9 bytes");
    assert_int_equal(bytes.n, 0);
    put("empty", STR(""));
    assert_int_equal(file_read(&arena, in_folder("empty"), 0, &bytes).status, FILE_OK);
    assert_int_equal(bytes.n, 0);
}

static void what_cannot_be_read_says_why(void **state)
{
    (void)state;
    struct str bytes;
    expect(file_read(&arena, in_folder("missing"), 9, &bytes), FILE_NOT_FOUND,
           "No such file or directory");
    put("plain", STR("x"));
    expect(file_read(&arena, in_folder("plain/below"), 9, &bytes), FILE_NOT_FOUND,
           "Not a directory");
    expect(file_read(&arena, str_from(folder), 9, &bytes), FILE_IS_FOLDER, "Is a directory");
    expect(file_read(&arena, STR(""), 9, &bytes), FILE_NOT_FOUND, "No such file or directory");
    expect(file_read(&arena, STR("/dev/null\0x"), 9, &bytes), FILE_NOT_FOUND,
           "No such file or directory");
    expect(file_read_open(&arena, -1, 9, &bytes), FILE_FAILED, "Bad file descriptor");
    expect(file_failure(&arena, EACCES), FILE_NO_PERMISSION, "Permission denied");
    assert_int_equal(file_failure(&arena, 99999).status, FILE_FAILED);
    assert_true(str_ends(file_failure(&arena, 99999).why, STR("99999")));
}

/* Root may read everything, so a child becomes nobody first. */
static void a_file_without_permission_is_told_apart(void **state)
{
    (void)state;
    put("secret", STR("x"));
    assert_int_equal(chmod(str_to_c(&arena, in_folder("secret")), 0), 0);
    assert_int_equal(chmod(folder, 0777), 0); /* a new file beside it would be allowed */
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct str bytes;
        if (geteuid() == 0 && setuid(65534) != 0) {
            _exit(77);
        }
        struct file_result r = file_read(&arena, in_folder("secret"), 9, &bytes);
        struct file_result w = file_replace(&arena, in_folder("secret"), STR("y"));
        _exit(r.status == FILE_NO_PERMISSION && w.status == FILE_NO_PERMISSION &&
                      str_is(r.why, "Permission denied") && str_is(w.why, "Permission denied")
                  ? 0
                  : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* A pipe has no size, and its writer sends odd pieces. */
static void a_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    for (size_t limit = 99999; limit <= 100000; limit++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            char piece[1000];
            memset(piece, 'x', sizeof piece);
            for (int i = 0; i < 100 && write(ends[1], piece, sizeof piece) > 0; i++) {}
            _exit(0);
        }
        close(ends[1]);
        struct str bytes;
        struct file_result r = file_read_open(&arena, ends[0], limit, &bytes);
        close(ends[0]);
        waitpid(child, NULL, 0);
        assert_int_equal(r.status, limit == 100000 ? FILE_OK : FILE_TOO_LARGE);
        assert_int_equal(bytes.n, limit == 100000 ? 100000 : 0);
    }
}

static void endless_devices_stop_at_the_limit(void **state)
{
    (void)state;
    struct str bytes;
    expect(file_read(&arena, STR("/dev/zero"), 100000, &bytes), FILE_TOO_LARGE,
           "it is larger than 100000 bytes");
    assert_int_equal(file_read(&arena, STR("/dev/null"), 0, &bytes).status, FILE_OK);
    /* fstat says 0 bytes of this one. */
    assert_int_equal(file_read(&arena, STR("/proc/self/status"), 100000, &bytes).status, FILE_OK);
    assert_true(bytes.n > 100);
}

static void an_open_file_is_read_from_where_it_stands(void **state)
{
    (void)state;
    put("offset", STR("0123456789"));
    int fd = open(str_to_c(&arena, in_folder("offset")), O_RDONLY);
    assert_int_equal(lseek(fd, 4, SEEK_SET), 4);
    struct str bytes;
    assert_int_equal(file_read_open(&arena, fd, 10, &bytes).status, FILE_OK);
    assert_str(bytes, "456789");
    close(fd);
}

static void replacing_makes_a_new_file_with_the_usual_mode(void **state)
{
    (void)state;
    mode_t mask = umask(027);
    struct file_result r = file_replace(&arena, in_folder("new"), STR("a\0b"));
    umask(mask);
    assert_int_equal(r.status, FILE_OK);
    assert_int_equal(get("new").n, 3);
    assert_int_equal(mode_of("new"), 0640); /* 0666 without 027 */
}

static void replacing_keeps_the_mode_and_the_old_file_open_elsewhere(void **state)
{
    (void)state;
    put("script", STR("old"));
    assert_int_equal(chmod(str_to_c(&arena, in_folder("script")), 0751), 0);
    int before = open(str_to_c(&arena, in_folder("script")), O_RDONLY);
    assert_int_equal(file_replace(&arena, in_folder("script"), STR("")).status, FILE_OK);
    assert_int_equal(get("script").n, 0);
    assert_int_equal(mode_of("script"), 0751);
    struct str bytes; /* who had it open still sees all of the old one */
    assert_int_equal(file_read_open(&arena, before, 9, &bytes).status, FILE_OK);
    assert_str(bytes, "old");
    close(before);
}

static void links_are_followed_and_stay(void **state)
{
    (void)state;
    const char *link = str_to_c(&arena, in_folder("link"));
    const char *far = str_to_c(&arena, in_folder("far"));
    put("target", STR("old"));
    assert_int_equal(symlink("target", link), 0); /* relative to the folder of the link */
    assert_int_equal(symlink(link, far), 0);
    assert_int_equal(file_replace(&arena, in_folder("far"), STR("new")).status, FILE_OK);
    assert_str(get("target"), "new");
    struct stat st;
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));

    assert_int_equal(unlink(str_to_c(&arena, in_folder("target"))), 0);
    assert_int_equal(file_replace(&arena, in_folder("far"), STR("again")).status, FILE_OK);
    assert_str(get("target"), "again"); /* a link to nothing makes its target */

    const char *loop = str_to_c(&arena, in_folder("loop"));
    assert_int_equal(symlink("loop", loop), 0);
    assert_int_equal(file_replace(&arena, in_folder("loop"), STR("x")).status, FILE_FAILED);
}

static bool has_leftovers(void)
{
    char command[160];
    snprintf(command, sizeof command, "ls -A '%s' | grep -q '^.cfnreach-'", folder);
    return system(command) == 0;
}

static void what_cannot_be_replaced_says_why(void **state)
{
    (void)state;
    expect(file_replace(&arena, str_from(folder), STR("x")), FILE_IS_FOLDER, "Is a directory");
    expect(file_replace(&arena, in_folder("nowhere/file"), STR("x")), FILE_NOT_FOUND,
           "No such file or directory");
    expect(file_replace(&arena, in_folder("new/"), STR("x")), FILE_NOT_FOUND, "Not a directory");
    expect(file_replace(&arena, STR(""), STR("x")), FILE_NOT_FOUND, "No such file or directory");
    assert_false(has_leftovers());
}

/* The disk is full half way: here, no file may be longer than two bytes. */
static void a_failed_replacement_keeps_the_old_and_leaves_nothing_behind(void **state)
{
    (void)state;
    put("kept", STR("old"));
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){2, 2});
        struct file_result r = file_replace(&arena, in_folder("kept"), STR("fresh"));
        _exit(r.status == FILE_FAILED && str_is(r.why, "File too large") ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_str(get("kept"), "old");
    assert_false(has_leftovers());
}

static void names_that_are_taken_are_skipped(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        put(str_to_c(&arena, str_format(&arena, ".cfnreach-%ld-%d", (long)getpid(), i)), STR("x"));
    }
    assert_int_equal(file_replace(&arena, in_folder("beside"), STR("fresh")).status, FILE_OK);
    for (int i = 0; i < 3; i++) {
        const char *name =
            str_to_c(&arena, str_format(&arena, ".cfnreach-%ld-%d", (long)getpid(), i));
        assert_str(get(name), "x");
        assert_int_equal(unlink(str_to_c(&arena, in_folder(name))), 0);
    }
    assert_str(get("beside"), "fresh");
    assert_false(has_leftovers());
}

static void a_full_device_is_noticed(void **state)
{
    (void)state;
    expect(file_replace(&arena, STR("/dev/full"), STR("x")), FILE_FAILED,
           "No space left on device");
    assert_int_equal(file_replace(&arena, STR("/dev/null"), STR("x")).status, FILE_OK);
    int fd = open("/dev/full", O_WRONLY);
    expect(file_write(&arena, fd, STR("x")), FILE_FAILED, "No space left on device");
    assert_int_equal(file_write(&arena, fd, STR("")).status, FILE_OK);
    close(fd);

    FILE *f = fopen("/dev/full", "w"); /* the stream's buffer hides it until the end */
    assert_int_equal(file_put(&arena, f, STR("x")).status, FILE_OK);
    expect(file_close(&arena, f), FILE_FAILED, "No space left on device");

    f = fopen("/dev/full", "w"); /* a failure long ago is not forgotten */
    assert_int_equal(file_put(&arena, f, STR("x")).status, FILE_OK);
    assert_int_equal(fflush(f), EOF);
    expect(file_close(&arena, f), FILE_FAILED, "Input/output error");
}

static void closing_a_good_stream_succeeds(void **state)
{
    (void)state;
    FILE *f = fopen(str_to_c(&arena, in_folder("stream")), "w");
    assert_int_equal(file_put(&arena, f, STR("a\0b")).status, FILE_OK);
    assert_int_equal(file_put(&arena, f, (struct str){0}).status, FILE_OK);
    assert_int_equal(file_close(&arena, f).status, FILE_OK);
    assert_int_equal(get("stream").n, 3);
}

static void a_closed_descriptor_matters_only_if_something_was_written(void **state)
{
    (void)state;
    for (int written = 0; written < 2; written++) {
        int fd = open("/dev/null", O_WRONLY);
        FILE *f = fdopen(fd, "w");
        close(fd);
        assert_int_equal(file_put(&arena, f, written ? STR("x") : STR("")).status, FILE_OK);
        assert_int_equal(file_close(&arena, f).status, written ? FILE_FAILED : FILE_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_whole_up_to_the_limit),
        cmocka_unit_test(what_cannot_be_read_says_why),
        cmocka_unit_test(a_file_without_permission_is_told_apart),
        cmocka_unit_test(a_pipe_is_read_to_its_end),
        cmocka_unit_test(endless_devices_stop_at_the_limit),
        cmocka_unit_test(an_open_file_is_read_from_where_it_stands),
        cmocka_unit_test(replacing_makes_a_new_file_with_the_usual_mode),
        cmocka_unit_test(replacing_keeps_the_mode_and_the_old_file_open_elsewhere),
        cmocka_unit_test(links_are_followed_and_stay),
        cmocka_unit_test(what_cannot_be_replaced_says_why),
        cmocka_unit_test(a_failed_replacement_keeps_the_old_and_leaves_nothing_behind),
        cmocka_unit_test(names_that_are_taken_are_skipped),
        cmocka_unit_test(a_full_device_is_noticed),
        cmocka_unit_test(closing_a_good_stream_succeeds),
        cmocka_unit_test(a_closed_descriptor_matters_only_if_something_was_written),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
