/*
 * Pseudo parameters ("Pseudo parameters reference", AWS CloudFormation User Guide): parameters
 * that nobody declares. Each is one unknown thing; only comparisons and lookups look at its
 * text, so "${AWS::Region}a" stays one text however many regions a map lists.
 */
#include "cfn/parameters.h"
#include "cfn/terms.h"

static const struct str names[] = {
    {"AWS::AccountId", 14}, {"AWS::NotificationARNs", 21}, {"AWS::NoValue", 12},
    {"AWS::Partition", 14}, {"AWS::Region", 11},           {"AWS::StackId", 12},
    {"AWS::StackName", 14}, {"AWS::URLSuffix", 14},
};
enum { NAMES = sizeof names / sizeof names[0] };

size_t cfn_pseudo_names(const struct str **out)
{
    *out = names;
    return NAMES;
}

/* Has each stack its own? Then units of several templates tell them apart. */
static bool is_own(struct str name)
{
    return str_is(name, "AWS::StackName") || str_is(name, "AWS::StackId") ||
           str_is(name, "AWS::NotificationARNs");
}

/* given: its value, "" if it is not known; shown: how unknown it is called. */
static struct cfn_parameter *make(struct cfn_unit *u, struct str name, struct str shown,
                                  struct str given)
{
    struct cfn_parameter *p = ARENA_NEW(u->arena, struct cfn_parameter);
    struct cfn_unknown *unknown = ARENA_NEW(u->arena, struct cfn_unknown);
    struct cfn_term *term = ARENA_NEW(u->arena, struct cfn_term);
    bool is_given = given.n > 0;
    *unknown = (struct cfn_unknown){.why = CFN_WHY_PSEUDO,
                                    .text = shown,
                                    .pseudo = p,
                                    .is_list = str_is(name, "AWS::NotificationARNs")};
    *term = (struct cfn_term){.when = GUARD_TRUE,
                              .kind = is_given ? CFN_TEXT : CFN_UNKNOWN,
                              .unknown = is_given ? NULL : unknown,
                              .text = given};
    *p = (struct cfn_parameter){.name = shown,
                                .type = STR("String"),
                                .is_pseudo = true,
                                .is_opaque = true,
                                .is_list = unknown->is_list,
                                .is_given = is_given,
                                .given = given,
                                .var = GUARD_NO_OUTCOME,
                                .other = GUARD_NO_OUTCOME,
                                .min_value = INT64_MIN,
                                .max_value = INT64_MAX,
                                .unknown = unknown,
                                .terms = term,
                                .term_n = 1,
                                .keys = term,
                                .key_n = 1};
    *map_at(&u->unknowns, shown) = unknown;
    return p;
}

void cfn_pseudos_add(struct cfn_unit *u)
{
    for (size_t i = 0; i < NAMES; i++) {
        struct str given = str_is(names[i], "AWS::Region") ? u->options.region : (struct str){0};
        *map_at(&u->pseudos, names[i]) = make(u, names[i], names[i], given);
    }
}

void cfn_pseudos_own(struct cfn_template *t)
{
    struct cfn_unit *u = t->unit;
    map_init(&t->pseudos, u->arena);
    if (t->name.n == 0 && t->input.stack_name.n == 0) {
        return;
    }
    for (size_t i = 0; i < NAMES; i++) {
        if (is_own(names[i])) {
            bool is_name = str_is(names[i], "AWS::StackName");
            struct str given = is_name ? t->input.stack_name : (struct str){0};
            *map_at(&t->pseudos, names[i]) = make(u, names[i], cfn_qualified(t, names[i]), given);
        }
    }
}

struct cfn_parameter *cfn_pseudo(const struct cfn_template *t, struct str name)
{
    if (!str_starts(name, STR("AWS::"))) {
        return NULL;
    }
    struct cfn_parameter *own = map_get(&t->pseudos, name);
    return own != NULL ? own : map_get(&t->unit->pseudos, name);
}
