/*
 * The commands that print what cfnreach knows: rules, explain, version, help.
 */
#include "cli/run.h"
#include "policy/taxonomy.h"

/* The taxa of a rule, a line for each taxonomy: "  cfn_nag: W2, W9". */
static void add_taxa(struct buf *out, size_t rule)
{
    for (size_t i = 0; i < taxonomy_count; i++) {
        size_t shown = 0;
        for (size_t k = 0; k < taxonomies[i].n; k++) {
            const struct taxon *t = &taxonomies[i].taxa[k];
            if (taxon_has(t, rule)) {
                buf_addf(out, "%s%s%s%s", shown ? "" : "  ", shown ? "" : taxonomies[i].name,
                         shown ? ", " : ": ", t->id);
                shown++;
            }
        }
        buf_adds(out, shown ? "\n" : "");
    }
}

static int no_such_rule(struct cli_options *o, struct str name)
{
    struct str best = taxonomy_near(o->arena, name);
    if (best.n) {
        return run_fail("there is no rule '%.*s'; did you mean '%.*s'?", STR_ARG(name),
                        STR_ARG(best));
    }
    return run_fail("there is no rule '%.*s'; `cfnreach rules` lists them", STR_ARG(name));
}

int run_rules(struct cli_options *o)
{
    bool *wanted = ARENA_ARRAY(o->arena, rule_count, bool);
    for (size_t i = 0; i < o->paths.n; i++) {
        if (!taxonomy_mark(o->paths.at[i], wanted)) {
            return no_such_rule(o, o->paths.at[i]);
        }
    }
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < rule_count; i++) {
        if (o->paths.n && !wanted[i]) {
            continue;
        }
        buf_addf(&out, "%-8s  %-28s  %s\n", rules[i].id, rules[i].name, rules[i].title);
        if (o->verbose) {
            add_taxa(&out, i);
        }
    }
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
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

/* Somebody else's id: which rules here speak of it. */
static int explain_taxon(struct cli_options *o, const struct taxon *t)
{
    struct buf out;
    buf_init(&out);
    buf_addf(&out, "%s: %s\n\nRules that speak of it, or of part of it:\n\n", t->id, t->title);
    for (size_t i = 0; i < t->rule_n; i++) {
        const struct rule *r = &rules[t->rules[i]];
        buf_addf(&out, "  %s  %-28s  %s\n", r->id, r->name, r->title);
    }
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
}

int run_explain(struct cli_options *o)
{
    if (o->paths.n != 1) {
        return run_fail("`explain` takes one rule, by id or name; `cfnreach rules` lists them");
    }
    const struct rule *rule = rule_find(o->paths.at[0]);
    const struct diag_kind *kind = rule ? NULL : diagnostic(o->paths.at[0]);
    const struct taxon *taxon = taxon_find(o->paths.at[0]);
    if (!rule && taxon) {
        return explain_taxon(o, taxon);
    }
    if (!rule && !kind) {
        return no_such_rule(o, o->paths.at[0]);
    }
    struct buf out;
    buf_init(&out);
    if (rule) {
        buf_adds(&out, rule->help); /* its heading has id, name and title */
        buf_adds(&out, "\n## What others call it\n\n");
        add_taxa(&out, rule_index(rule));
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
    cli_help(row, o->help_all, &out);
    int status = run_print(o, buf_str(&out));
    buf_release(&out);
    return status;
}
