/*
 * The commands that print what cfnreach knows: rules, explain, version, help.
 */
#include "base/suggest.h"
#include "cli/run.h"

int run_rules(struct cli_options *o)
{
    if (o->paths.n) {
        return run_fail("`rules` takes no argument; `cfnreach explain RULE` tells about one");
    }
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < rule_count; i++) {
        buf_addf(&out, "%-8s  %-28s  %s\n", rules[i].id, rules[i].name, rules[i].title);
    }
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
}

static int no_such_rule(struct cli_options *o, struct str name)
{
    VEC(struct str) words = {0};
    for (size_t i = 0; i < rule_count; i++) {
        *VEC_ADD(o->arena, &words) = str_from(rules[i].id);
        *VEC_ADD(o->arena, &words) = str_from(rules[i].name);
    }
    struct str best = suggest(name, words.at, words.n);
    if (best.n) {
        return run_fail("there is no rule '%.*s'; did you mean '%.*s'?", STR_ARG(name),
                        STR_ARG(best));
    }
    return run_fail("there is no rule '%.*s'; `cfnreach rules` lists them", STR_ARG(name));
}

/* A diagnostic has one sentence only: it is explained by its place and message. */
static const struct diag_kind *diagnostic(struct str name)
{
    for (unsigned id = 0; id < DIAG_ID_COUNT; id++) {
        const struct diag_kind *k = diag_kind((enum diag_id)id);
        if (str_eq_nocase(name, str_from(k->id)) || str_is(name, k->name)) {
            return k;
        }
    }
    return NULL;
}

int run_explain(struct cli_options *o)
{
    if (o->paths.n != 1) {
        return run_fail("`explain` takes one rule, by id or name; `cfnreach rules` lists them");
    }
    const struct rule *rule = rule_find(o->paths.at[0]);
    const struct diag_kind *kind = rule ? NULL : diagnostic(o->paths.at[0]);
    if (!rule && !kind) {
        return no_such_rule(o, o->paths.at[0]);
    }
    struct buf out;
    buf_init(&out);
    if (rule) {
        buf_addf(&out, "%s %s\n\n%s\n\n%s", rule->id, rule->name, rule->title, rule->help);
    } else {
        buf_addf(&out, "%s %s\n\n%s\n", kind->id, kind->name, kind->text);
    }
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
}

int run_help(struct cli_options *o)
{
    const struct cli_command_row *row = NULL;
    if (o->paths.n) {
        row = cli_command_find(o->paths.at[0]);
        if (!row) {
            return run_fail("there is no command '%.*s'", STR_ARG(o->paths.at[0]));
        }
    }
    struct buf out;
    buf_init(&out);
    cli_help(row, &out);
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
}
