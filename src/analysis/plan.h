/*
 * Which templates are analysed together (SEMANTICS 4.7). Only explicit links join: an export that
 * an ImportValue names, and a nested stack whose template is at hand. All others stay units of
 * their own.
 *
 *     files --plan_scan--> may it be linked at all? (a look at the bytes)
 *           --plan_notes_of--> names of its exports and imports, URLs of its nested stacks
 *           --plan_wanted--> further files, which nested stacks name
 *           --plan_join--> units, in the order of their first template
 *
 * Notes are small copies: no file has to be kept in memory between the steps. Reading costs more
 * than all the rest, though, so a caller may keep some of the trees for the analysis.
 */
#ifndef CFNREACH_ANALYSIS_PLAN_H
#define CFNREACH_ANALYSIS_PLAN_H

#include "analysis/analysis.h"
#include "base/map.h"
#include "cfn/links.h"

enum { PLAN_IMPORTS = 1, PLAN_EXPORTS = 2, PLAN_STACKS = 4 };

struct plan_stack {
    struct str resource;
    struct str url;     /* one alternative of its TemplateURL, with gaps (cfn/link_name.h) */
    struct str path;    /* internal: of a url that is a path */
    bool is_looked_for; /* internal: its file was not among the templates */
    size_t child;       /* index of its template; PLAN_NONE */
};
#define PLAN_NONE SIZE_MAX

struct plan_template {
    struct str path;
    struct str stack_name; /* "" : not given */
    struct cfn_given *given;
    size_t given_n;
    unsigned words;  /* of plan_scan */
    struct doc *doc; /* what plan_notes_of gave, if the caller has kept it; else NULL */
    bool is_noted;
    bool is_nested; /* it is the template of a nested stack, and of no stack of its own */
    VEC(struct str) exports;
    VEC(struct str) imports;
    VEC(struct plan_stack) stacks;
    size_t unit; /* internal: a member of the same unit, or itself */
};

struct plan_unit {
    VEC(size_t) members;   /* in order */
    VEC(struct str) names; /* struct analysis_input.name of each */
};

/* Imports of one template that no export is taken for, because several templates have one. */
struct plan_clash {
    size_t template;
    struct str name;  /* the first of them, with gaps (cfn/link_name.h) */
    size_t others;    /* how many more names */
    size_t owners[2]; /* the first two that export it */
    size_t more;      /* how many more templates do */
};

/* Nested stacks of one template that no template is taken for, because several have the file name.
 */
struct plan_doubt {
    size_t template;
    struct str resource; /* the first of them */
    struct str file;
    size_t n;      /* how many templates have that name */
    size_t others; /* how many more nested stacks */
};

struct plan {
    struct arena *arena;
    VEC(struct plan_template) all; /* in the order in which they were given */
    unsigned words;                /* of all */
    VEC(struct plan_unit) units;
    VEC(struct plan_clash) clashes; /* of plan_join, in order of the templates */
    VEC(struct plan_doubt) doubts;  /* likewise */
    /* Of plan_wanted, internal. */
    struct map by_path; /* of the first `indexed` templates */
    struct map by_file;
    size_t indexed;
    size_t asked; /* the template, and of it the stack, to go on with */
    size_t asked_stacks;
};

/* Which words of links are in the bytes? */
unsigned plan_scan(struct str bytes);

/* Adds a template; its index. */
size_t plan_add(struct plan *p, struct plan_template t);

/* Would the links of this one make a difference, all templates being known? */
bool plan_needs_notes(const struct plan *p, size_t i);

/* The links of a template, in the arena that they were read into. */
struct plan_notes {
    struct doc *doc; /* its tree; NULL if there was a fault */
    VEC(struct cfn_link) links;
};

/* Reads the links of a template from its bytes, which a NUL follows as file_read leaves it. Faults
 * are not said here: the analysis will. The plan is not changed, so that several threads may read
 * at once. */
struct plan_notes plan_notes_of(const struct plan *p, size_t i, struct arena *a, struct str bytes,
                                const struct cfn_options *options);

/* Copies the links into the plan. Without notes (NULL: it could not be read) it has none. */
void plan_note(struct plan *p, size_t i, const struct plan_notes *notes);

/* The path of a file that a nested stack names and that is none of the templates; each is
 * returned once, false when there is no more. */
MUST_CHECK bool plan_wanted(struct plan *p, struct str *path);

/* Makes the units, once. */
void plan_join(struct plan *p);
/* Warns of each clash and doubt: the link stays unknown, although the answer is at hand. */
void plan_warn(const struct plan *p, struct diags *d);

/* The unit with its bytes, which are beside its members, each followed by a NUL. Lives in `a`. */
struct analysis_unit plan_unit_of(struct arena *a, const struct plan *p, size_t unit,
                                  const struct str *bytes);

#endif
