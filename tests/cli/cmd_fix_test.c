#include "cli/cmd_fix.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"

/* An unused group open on 23: its rule can be deleted safely. */
#define OPEN                                                                                       \
    "Resources:\n"                                                                                 \
    "  Sg:\n"                                                                                      \
    "    Type: AWS::EC2::SecurityGroup\n"                                                          \
    "    Properties:\n"                                                                            \
    "      GroupDescription: a\n"
#define CLOSED OPEN
#define TELNET                                                                                     \
    "      SecurityGroupIngress:\n"                                                                \
    "        - {IpProtocol: tcp, FromPort: 23, ToPort: 23, CidrIp: 0.0.0.0/0}\n"

struct desk {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct analysis_options how;
    struct cli_options options;
    struct str path;
    struct buf out;
};

static void open_desk(struct desk *d, const char *contents)
{
    static char path[] = "/tmp/cfnreach-fix-XXXXXX";
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    *d = (struct desk){.path = str_from(path)};
    assert_int_equal(file_replace(&d->arena, d->path, str_from(contents)).status, FILE_OK);
    source_set_init(&d->sources, &d->arena);
    diags_init(&d->diags, &d->arena);
    d->how.settings = settings_load(&d->arena, STR("default"), &d->sources, &d->diags);
    d->how.today = STR("2030-01-01");
    d->options = (struct cli_options){.arena = &d->arena,
                                      .command = COMMAND_FIX,
                                      .gate = SEVERITY_MEDIUM,
                                      .quiet = true,
                                      .fix_mode = FIX_WRITE};
    buf_init(&d->out);
}

static void close_desk(struct desk *d)
{
    unlink(str_to_c(&d->arena, d->path));
    buf_release(&d->out);
    settings_release(d->how.settings);
    arena_release(&d->arena);
}

/* Runs `fix` over bytes that were read as `text`; the findings that remain. */
static size_t run(struct desk *d, const char *text)
{
    bool seen[1] = {false};
    struct analysis *a = analysis_run(&d->arena, d->path, str_from(text), &d->how);
    return cmd_fix_one(&d->options, seen, a, &d->how, &d->out, &d->diags)->findings->all.n;
}

static void assert_file(struct desk *d, const char *expected)
{
    struct str bytes;
    assert_int_equal(file_read(&d->arena, d->path, 100000, &bytes).status, FILE_OK);
    assert_str(bytes, expected);
}

static void a_file_is_fixed_in_place_and_keeps_its_mode(void **state UNUSED)
{
    struct desk d;
    struct stat st;
    open_desk(&d, OPEN TELNET);
    assert_int_equal(chmod(str_to_c(&d.arena, d.path), 0640), 0);
    assert_int_equal(run(&d, OPEN TELNET), 0);
    assert_file(&d, CLOSED);
    assert_int_equal(stat(str_to_c(&d.arena, d.path), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(d.out.n, 0);
    close_desk(&d);
}

static void a_diff_leaves_the_file_alone(void **state UNUSED)
{
    struct desk d;
    open_desk(&d, OPEN TELNET);
    d.options.fix_mode = FIX_DIFF;
    assert_int_equal(run(&d, OPEN TELNET), 0);
    assert_file(&d, OPEN TELNET);
    assert_true(str_starts(buf_str(&d.out), STR("--- a/tmp/")));
    close_desk(&d);
}

static void a_read_only_file_is_left_alone(void **state UNUSED)
{
    struct desk d;
    open_desk(&d, OPEN TELNET);
    assert_int_equal(chmod(str_to_c(&d.arena, d.path), 0444), 0);
    assert_int_equal(run(&d, OPEN TELNET), 1); /* what it holds is what remains */
    assert_file(&d, OPEN TELNET);
    assert_int_equal(d.diags.errors, 1);
    close_desk(&d);
}

static void a_file_that_changed_meanwhile_is_left_alone(void **state UNUSED)
{
    struct desk d;
    open_desk(&d, OPEN "# new\n" TELNET);
    assert_int_equal(run(&d, OPEN TELNET), 1);
    assert_file(&d, OPEN "# new\n" TELNET);
    assert_int_equal(d.diags.errors, 1);
    close_desk(&d);
}

static void a_file_with_two_names_is_left_alone(void **state UNUSED)
{
    struct desk d;
    open_desk(&d, OPEN TELNET);
    const char *other = str_to_c(&d.arena, str_format(&d.arena, "%.*s-too", STR_ARG(d.path)));
    assert_int_equal(link(str_to_c(&d.arena, d.path), other), 0);
    assert_int_equal(run(&d, OPEN TELNET), 1);
    assert_file(&d, OPEN TELNET);
    assert_int_equal(d.diags.errors, 1);
    assert_int_equal(unlink(other), 0);
    close_desk(&d);
}

static void an_id_that_no_finding_has_is_an_error(void **state UNUSED)
{
    struct desk d;
    bool seen[2] = {true, false};
    open_desk(&d, OPEN);
    *VEC_ADD(&d.arena, &d.options.only) = STR("R1-1");
    *VEC_ADD(&d.arena, &d.options.only) = STR("R1-2");
    cmd_fix_ids(&d.options, seen, &d.diags);
    assert_int_equal(d.diags.errors, 1);
    assert_str(d.diags.all.at[0].message, "No finding offers the fix 'R1-2' of --only.");
    close_desk(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_fixed_in_place_and_keeps_its_mode),
        cmocka_unit_test(a_diff_leaves_the_file_alone),
        cmocka_unit_test(a_read_only_file_is_left_alone),
        cmocka_unit_test(a_file_that_changed_meanwhile_is_left_alone),
        cmocka_unit_test(a_file_with_two_names_is_left_alone),
        cmocka_unit_test(an_id_that_no_finding_has_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
