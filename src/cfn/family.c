/*
 * What cannot be deployed leaves the family (SEMANTICS 10.16): verdicts speak only of stacks
 * that can exist.
 */
#include "cfn/references.h"

/* The guard in words, short enough for a message. */
static struct str when_text(const struct cfn_template *t, struct guard g)
{
    struct buf b;
    buf_init(&b);
    guard_print(t->unit->space, g, &b);
    struct str text = buf_str(&b);
    enum { LONGEST = 120 };
    text = text.n > LONGEST ? STR("some choices") : str_copy(t->unit->arena, text);
    buf_release(&b);
    return text;
}

/* Takes `bad` out; false if nothing would be left. A budget that runs out changes nothing. */
static bool narrow(struct cfn_unit *u, struct guard bad)
{
    struct guard family = guard_minus(u->space, u->family, bad);
    if (guard_is_false(family)) {
        return false;
    }
    u->family = family;
    return true;
}

void cfn_family_without_dangling(struct cfn_template *t, const struct cfn_edge *edge,
                                 struct str output, struct guard bad)
{
    struct cfn_unit *u = t->unit;
    const struct doc_node *condition = doc_get(edge->to->node, "Condition");
    struct str name = condition ? condition->text : (struct str){0};
    const char *kind = edge->from ? "Resource" : "Output";
    struct str from = edge->from ? edge->from->id : output;
    struct diag *g;
    if (guard_disjoint(u->space, u->family, bad)) {
        return; /* said before, by another reference */
    }
    if (!narrow(u, bad)) {
        g = CFN_FAULT(t, DIAG_UNDEFINED, edge->node,
                      "%s '%.*s' refers to '%.*s', whose condition '%.*s' is never true here.",
                      kind, STR_ARG(from), STR_ARG(edge->to->id), STR_ARG(name));
    } else {
        struct str when = when_text(t, bad);
        g = CFN_FAULT(t, DIAG_UNDEPLOYABLE, edge->node,
                      "%s '%.*s' refers to '%.*s', which does not exist when its condition '%.*s' "
                      "is false: with '%.*s' the template cannot be deployed.",
                      kind, STR_ARG(from), STR_ARG(edge->to->id), STR_ARG(name), STR_ARG(when));
    }
    if (condition != NULL) {
        diag_relate(u->diags, g, cfn_span(condition), "The condition of '%.*s'.",
                    STR_ARG(edge->to->id));
    }
}

void cfn_family_without_missing(struct cfn_template *t, const struct doc_node *node,
                                struct guard bad, bool is_named)
{
    struct cfn_unit *u = t->unit;
    if (guard_disjoint(u->space, u->family, bad)) {
        return;
    }
    if (!narrow(u, bad)) {
        CFN_FAULT(t, DIAG_UNDEFINED, node,
                  "The mapping has such a key only where something else keeps the template from "
                  "being deployed.");
        return;
    }
    if (!is_named) {
        return;
    }
    struct str when = when_text(t, bad);
    CFN_FAULT(t, DIAG_UNDEPLOYABLE, node,
              "The mapping has no such key with '%.*s': the template cannot be deployed so.",
              STR_ARG(when));
}

void cfn_family_without_failed(struct cfn_template *t, const struct doc_node *node, struct str rule,
                               struct guard bad)
{
    struct cfn_unit *u = t->unit;
    if (!guard_disjoint(u->space, u->family, bad) && !narrow(u, bad)) {
        CFN_FAULT(t, DIAG_UNDEPLOYABLE, node,
                  "This assertion of rule '%.*s' fails with every value that is left: the template "
                  "cannot be deployed so.",
                  STR_ARG(rule));
    }
}
