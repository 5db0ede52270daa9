/*
 * Runs a function in a child process that is expected to end there: with BUG, or
 * because memory is out. Static, so that only the tests that want it carry it.
 */
#ifndef CFNREACH_TESTS_DEATH_H
#define CFNREACH_TESTS_DEATH_H

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check.h"

/* Calls f in a child; what it prints on stderr goes to text (cut at size - 1).
 * Returns the status of waitpid. A child that comes back exits with 99. */
static inline int death_of(void (*f)(void), char *text, size_t size)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        /* cmocka would catch the abort and go on with the next test. */
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        f();
        _exit(99);
    }
    close(ends[1]);
    size_t n = 0;
    ssize_t k = 1;
    while (k > 0 && n < size - 1) {
        k = read(ends[0], text + n, size - 1 - n);
        n += k > 0 ? (size_t)k : 0;
    }
    text[n] = '\0';
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

/* f ends the process with this exit status and prints exactly this on stderr. */
#define assert_exits(f, code, text)                                                                \
    do {                                                                                           \
        char death_text[512];                                                                      \
        int death_status = death_of((f), death_text, sizeof death_text);                           \
        assert_true(WIFEXITED(death_status));                                                      \
        assert_int_equal(WEXITSTATUS(death_status), (code));                                       \
        assert_string_equal(death_text, (text));                                                   \
    } while (0)

/* f aborts with a BUG message that contains this text. */
#define assert_aborts(f, part)                                                                     \
    do {                                                                                           \
        char death_text[512];                                                                      \
        int death_status = death_of((f), death_text, sizeof death_text);                           \
        assert_true(WIFSIGNALED(death_status));                                                    \
        assert_int_equal(WTERMSIG(death_status), SIGABRT);                                         \
        assert_memory_equal(death_text, "BUG: ", 5);                                               \
        assert_non_null(strstr(death_text, (part)));                                               \
    } while (0)

#endif
