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

void cfn_pseudos_add(struct cfn_unit *u)
{
    for (size_t i = 0; i < NAMES; i++) {
        struct cfn_parameter *p = ARENA_NEW(u->arena, struct cfn_parameter);
        struct cfn_unknown *unknown = ARENA_NEW(u->arena, struct cfn_unknown);
        struct cfn_term *term = ARENA_NEW(u->arena, struct cfn_term);
        bool is_given = str_is(names[i], "AWS::Region") && u->options.region.n > 0;
        *unknown = (struct cfn_unknown){.why = CFN_WHY_PSEUDO,
                                        .text = names[i],
                                        .pseudo = p,
                                        .is_list = str_is(names[i], "AWS::NotificationARNs")};
        *term = (struct cfn_term){.when = GUARD_TRUE,
                                  .kind = is_given ? CFN_TEXT : CFN_UNKNOWN,
                                  .unknown = is_given ? NULL : unknown,
                                  .text = is_given ? u->options.region : (struct str){0}};
        *p = (struct cfn_parameter){.name = names[i],
                                    .type = STR("String"),
                                    .is_pseudo = true,
                                    .is_opaque = true,
                                    .is_list = unknown->is_list,
                                    .is_given = is_given,
                                    .given = u->options.region,
                                    .var = GUARD_NO_OUTCOME,
                                    .other = GUARD_NO_OUTCOME,
                                    .min_value = INT64_MIN,
                                    .max_value = INT64_MAX,
                                    .unknown = unknown,
                                    .terms = term,
                                    .term_n = 1,
                                    .keys = term,
                                    .key_n = 1};
        *map_at(&u->pseudos, names[i]) = p;
        *map_at(&u->unknowns, unknown->text) = unknown;
    }
}

struct cfn_parameter *cfn_pseudo(struct cfn_unit *u, struct str name)
{
    return str_starts(name, STR("AWS::")) ? map_get(&u->pseudos, name) : NULL;
}
