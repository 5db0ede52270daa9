#include "tests/cli/captured.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"

enum { MOST_WORDS = 16, MOST_OUTPUT = 1024 * 1024 };

static int in_child(int (*command)(struct cli_options *o), const char *line)
{
    struct arena a = {0};
    char *argv[MOST_WORDS + 1] = {str_to_c(&a, STR("cfnreach"))};
    int argc = 1;
    for (struct str rest = str_from(line); rest.n && argc < MOST_WORDS;) {
        size_t blank = str_find_byte(rest, ' ', 0);
        argv[argc++] = str_to_c(&a, str_sub(rest, 0, blank));
        rest = str_sub(rest, blank == STR_NPOS ? rest.n : blank + 1, rest.n);
    }
    struct cli_options o = {.arena = &a, .gate = SEVERITY_MEDIUM};
    struct buf why;
    buf_init(&why);
    int status = cli_parse(&o, argc, argv, &why) ? command(&o) : 99;
    buf_release(&why);
    arena_release(&a);
    return status;
}

struct captured captured(struct arena *a, int (*command)(struct cli_options *o), const char *line)
{
    int ends[2];
    struct captured c = {0};
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        int status = in_child(command, line);
        fflush(NULL);
        _exit(status);
    }
    close(ends[1]);
    assert_int_equal(file_read_open(a, ends[0], MOST_OUTPUT, &c.out).status, FILE_OK);
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    c.status = WEXITSTATUS(status);
    return c;
}
