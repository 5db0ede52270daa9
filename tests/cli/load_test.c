#include "cli/load.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/check.h"

static void put(struct arena *a, struct str folder, const char *name, const char *text)
{
    struct str path = str_format(a, "%.*s/%s", STR_ARG(folder), name);
    assert_int_equal(file_replace(a, path, str_from(text)).status, FILE_OK);
}

struct fixture {
    struct arena arena;
    struct diags diags;
    struct source_set sources;
    struct cli_options options;
    struct load load;
    struct found found;
    struct str folder;
};

static void begin(struct fixture *f)
{
    *f = (struct fixture){.options = {.arena = &f->arena}};
    diags_init(&f->diags, &f->arena);
    char *folder = str_to_c(&f->arena, STR("/tmp/cfnreach-load-XXXXXX"));
    assert_non_null(mkdtemp(folder));
    f->folder = str_from(folder);
    source_set_init(&f->sources, &f->arena);
    load_init(&f->load, &f->options, &f->sources, &f->diags);
}

static void end(struct fixture *f, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        (void)unlink(
            str_to_c(&f->arena, str_format(&f->arena, "%.*s/%s", STR_ARG(f->folder), names[i])));
    }
    assert_int_equal(rmdir(str_to_c(&f->arena, f->folder)), 0);
    load_release(&f->load);
    arena_release(&f->arena);
}

static void name(struct fixture *f, const char *file)
{
    struct str path = str_format(&f->arena, "%.*s/%s", STR_ARG(f->folder), file);
    *VEC_ADD(&f->arena, &f->found.files) = (struct found_file){.path = path, .by_hand = true};
}

/* Named or not, the template of a nested stack comes once, and inside its parent's unit. */
static void the_file_of_a_nested_stack_is_read_with_its_parent(void **state)
{
    (void)state;
    const char *const names[] = {"main.yaml", "net.yaml", "other.yaml", NULL};
    for (int named = 0; named < 2; named++) {
        struct fixture f;
        begin(&f);
        put(&f.arena, f.folder, "main.yaml",
            "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: "
            "net.yaml}}}\n");
        put(&f.arena, f.folder, "net.yaml", "Resources: {R: {Type: 'AWS::EC2::VPC'}}\n");
        put(&f.arena, f.folder, "other.yaml", "Resources: {R: {Type: 'AWS::EC2::VPC'}}\n");
        name(&f, "main.yaml");
        name(&f, "other.yaml");
        if (named) {
            name(&f, "net.yaml");
        }
        load_plan(&f.load, &f.found, &(struct cfn_options){0});
        assert_int_equal(f.load.plan.units.n, 2);
        struct analysis_unit u;
        assert_true(load_unit(&f.load, &f.arena, 0, &u));
        assert_int_equal(u.input_n, 2);
        assert_int_equal(u.nesting_n, 1);
        assert_true(str_ends(u.inputs[1].path, STR("/net.yaml")));
        assert_true(u.inputs[1].bytes.n > 0);
        assert_int_equal(f.diags.all.n, 0);
        end(&f, names);
    }
}

/* Otherwise what it exposes would be passed over with a note (status 0). */
static void a_nested_stack_of_what_is_no_template_is_an_error(void **state)
{
    (void)state;
    const char *const names[] = {"main.yaml", "net.yaml", NULL};
    struct fixture f;
    begin(&f);
    put(&f.arena, f.folder, "main.yaml",
        "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: "
        "net.yaml}}}\n");
    put(&f.arena, f.folder, "net.yaml", "Resources: [broken\n");
    name(&f, "main.yaml");
    load_plan(&f.load, &f.found, &(struct cfn_options){0});
    assert_int_equal(f.diags.all.n, 1);
    assert_int_equal(f.diags.all.at[0].id, DIAG_NOT_TEMPLATE);
    assert_true(str_ends(f.diags.all.at[0].path, STR("/net.yaml")));
    end(&f, names);
}

static void what_is_no_template_or_gone_is_said(void **state)
{
    (void)state;
    const char *const names[] = {"a.yaml", "b.yaml", NULL};
    struct fixture f;
    begin(&f);
    put(&f.arena, f.folder, "a.yaml", "Resources: {R: {Type: 'AWS::EC2::VPC'}}\n");
    put(&f.arena, f.folder, "b.yaml", "key: value\n");
    name(&f, "a.yaml");
    name(&f, "b.yaml");
    name(&f, "missing.yaml");
    load_plan(&f.load, &f.found, &(struct cfn_options){0});
    assert_int_equal(f.load.plan.units.n, 1);
    assert_int_equal(f.diags.all.n, 2);
    assert_int_equal(f.diags.all.at[0].id, DIAG_NOT_TEMPLATE);
    assert_int_equal(f.diags.all.at[1].id, DIAG_UNREADABLE);
    (void)unlink(str_to_c(&f.arena, f.found.files.at[0].path));
    struct analysis_unit u;
    assert_false(load_unit(&f.load, &f.arena, 0, &u));
    assert_int_equal(f.diags.all.n, 3);
    end(&f, names);
}

/* Planning had to read it; a fault in it is for the analysis to find again. */
static void what_planning_has_read_is_not_read_again(void **state)
{
    (void)state;
    const char *const names[] = {"good.yaml", "bad.yaml", NULL};
    struct fixture f;
    begin(&f);
    put(&f.arena, f.folder, "good.yaml",
        "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: x}}}\n");
    put(&f.arena, f.folder, "bad.yaml",
        "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Type: T}}\n");
    name(&f, "good.yaml");
    name(&f, "bad.yaml");
    load_plan(&f.load, &f.found, &(struct cfn_options){0});
    struct analysis_unit u;
    assert_true(load_unit(&f.load, &f.arena, 0, &u));
    assert_non_null(u.inputs[0].doc);
    struct analysis *n = analysis_run_unit(&f.arena, &u, &(struct analysis_options){0});
    assert_ptr_equal(n->doc, u.inputs[0].doc);
    assert_int_equal(n->unit->templates.at[0]->resources.n, 1);
    assert_int_equal(source_position(n->source, 11).column, 12);
    assert_true(load_unit(&f.load, &f.arena, 0, &u)); /* from the file now */
    assert_null(u.inputs[0].doc);
    assert_true(load_unit(&f.load, &f.arena, 1, &u));
    assert_null(u.inputs[0].doc);
    n = analysis_run_unit(&f.arena, &u, &(struct analysis_options){0});
    assert_true(n->diags.errors > 0);
    end(&f, names);
}

/* More files than one thread looks at in one go: templates and faults come in the order of the
 * call, whoever has looked at them. */
static void any_number_of_threads_plans_the_same(void **state)
{
    (void)state;
    enum { FILES = 100 };
    for (size_t jobs = 1; jobs <= 4; jobs += 3) {
        struct fixture f;
        begin(&f);
        f.options.jobs = jobs;
        const char *names[FILES + 1] = {NULL};
        for (size_t i = 0; i < FILES; i++) {
            names[i] = str_format(&f.arena, "%03zu.yaml", i).p;
            const char *text = i % 7 == 3 ? "key: value\n" : "Resources: {R: {Type: 'AWS::X'}}\n";
            if (i % 5 == 0) {
                text = "Resources: {R: {Type: 'AWS::X', V: !ImportValue a}}\n"
                       "Outputs: {O: {Value: x, Export: {Name: b}}}\n";
            }
            put(&f.arena, f.folder, names[i], text);
            name(&f, names[i]);
        }
        load_plan(&f.load, &f.found, &(struct cfn_options){0});
        size_t templates = 0;
        size_t faults = 0;
        for (size_t i = 0; i < FILES; i++) {
            struct str path = f.found.files.at[i].path;
            if (i % 7 == 3 && i % 5 != 0) {
                assert_true(str_eq(f.diags.all.at[faults++].path, path));
            } else {
                const struct plan_template *t = &f.load.plan.all.at[templates++];
                assert_true(str_eq(t->path, path));
                assert_int_equal(t->exports.n, i % 5 == 0);
                assert_int_equal(t->doc != NULL, i % 5 == 0);
            }
        }
        assert_int_equal(f.diags.all.n, faults);
        assert_int_equal(f.load.plan.all.n, templates);
        assert_int_equal(f.load.plan.units.n, templates);
        end(&f, names);
    }
}

/* A pipe can be read once. */
static void a_pipe_is_kept(void **state)
{
    (void)state;
    const char *const names[] = {NULL};
    struct fixture f;
    begin(&f);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const char text[] = "Resources: {R: {Type: 'AWS::EC2::VPC'}}\n";
    assert_int_equal(write(ends[1], text, sizeof text - 1), (ssize_t)(sizeof text - 1));
    close(ends[1]);
    struct str path = str_format(&f.arena, "/proc/self/fd/%d", ends[0]);
    *VEC_ADD(&f.arena, &f.found.files) = (struct found_file){.path = path, .by_hand = true};
    load_plan(&f.load, &f.found, &(struct cfn_options){0});
    close(ends[0]);
    struct analysis_unit u;
    assert_true(load_unit(&f.load, &f.arena, 0, &u));
    assert_str(u.inputs[0].bytes, text);
    end(&f, names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_of_a_nested_stack_is_read_with_its_parent),
        cmocka_unit_test(a_nested_stack_of_what_is_no_template_is_an_error),
        cmocka_unit_test(what_is_no_template_or_gone_is_said),
        cmocka_unit_test(what_planning_has_read_is_not_read_again),
        cmocka_unit_test(any_number_of_threads_plans_the_same),
        cmocka_unit_test(a_pipe_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
