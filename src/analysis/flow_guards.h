/*
 * Guards of different units in one space, so that they can be compared.
 *
 * The units of two templates have spaces of their own, with variables in another order and with
 * other outcomes. What they share is names. So each outcome becomes a yes/no variable of its own
 * ("Env=dev"), and the comparison adds that exactly one of a variable's outcomes holds. Facts,
 * which are yes/no already, stay as they are.
 *
 * An outcome is known again by its label alone: "any other" value means more on the side that
 * names fewer values, which this does not see; such a guard then counts as changed.
 */
#ifndef CFNREACH_ANALYSIS_FLOW_GUARDS_H
#define CFNREACH_ANALYSIS_FLOW_GUARDS_H

#include "base/map.h"
#include "guard/guard.h"

struct flow_variable {
    VEC(uint32_t) outcomes; /* their variables, in the order in which they were seen */
};

struct flow_guards {
    struct arena *arena;
    struct guard_space *space;
    struct map variables; /* "Env" -> struct flow_variable */
    struct map outcomes;  /* "Env=dev" -> uint32_t + 1, as a pointer to it */
};

void flow_guards_init(struct flow_guards *f, struct arena *a);

/* A guard of another space, whose unit's first stack is `stack` ("" : it shows no names of
 * stacks). Names are the same only within a `scope`, the file: Env of another template has other
 * values. One of too many alternatives becomes the budget's. */
struct guard flow_guards_take(struct flow_guards *f, struct guard_space *from, struct str stack,
                              struct str scope, struct guard g);

/* The name of a variable without what moving or renaming a file, or putting its resources in
 * another order, would change. */
struct str flow_variable_name(struct arena *a, struct str name, struct str stack);

/* Does x hold wherever y does? True where the budget leaves it open for both alike. */
bool flow_guards_cover(struct flow_guards *f, struct guard x, struct guard y);

#endif
