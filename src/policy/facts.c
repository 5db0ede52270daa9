/*
 * One row per fact of SEMANTICS 4.2. `%` in a clause is the subject.
 */
#include "policy/facts.h"

static const struct clause {
    enum world_fact fact;
    const char *yes;
} clauses[] = {
    {FACT_SUBROUTE, "subnet % has a route to an internet gateway"},
    {FACT_SUBPUBIP, "subnet % assigns public addresses"},
    {FACT_NACL, "the network ACL of % lets the traffic pass"},
    {FACT_DEFVPC, "the default VPC is as AWS makes it"},
    {FACT_SG, "the rules of security group % admit it"},
    {FACT_PL, "prefix list % contains public addresses"},
    {FACT_MB, "the middlebox % lets the traffic pass"},
    {FACT_ASYM, "asymmetric routing through % is not dropped"},
    {FACT_ACCEPT, "the peering connection % is accepted"},
    {FACT_BGP, "the network behind % announces a public or matching prefix"},
    {FACT_TGW, "the transit gateway % routes it"},
    {FACT_PLACE, "the placement of % is"},
    {FACT_AZ, "% share an availability zone"},
    {FACT_ADDR, "the private address of % is one that the rule means"},
    {FACT_LOWPORT, "the client calls from a port below 1024"},
    {FACT_ROUTE, "of the competing routes of % the open one holds"},
    {FACT_EGRESSORDER, "the egress rules of % are created in the order that keeps them open"},
    {FACT_LTVERSION, "the version of launch template % is the one written here"},
    {FACT_CONSUMER, "a consumer of % is accepted"},
    {FACT_CARRIER, "the carrier or local network behind % lets it in"},
};

/* "A-SUBROUTE(SubnetId)" is the fact A-SUBROUTE about SubnetId. */
static const struct clause *clause_of(struct str name, struct str *subject)
{
    size_t open = str_find_byte(name, '(', 0);
    struct str head = str_sub(name, 0, open == STR_NPOS ? name.n : open);
    *subject = STR("");
    if (open != STR_NPOS && str_ends(name, STR(")"))) {
        *subject = str_sub(name, open + 1, name.n - 1);
    }
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        if (str_is(head, world_fact_name(clauses[i].fact))) {
            return &clauses[i];
        }
    }
    return NULL;
}

static struct str fill(struct arena *a, const char *text, struct str subject)
{
    struct str t = str_from(text);
    size_t at = str_find_byte(t, '%', 0);
    if (at == STR_NPOS) {
        return t;
    }
    struct str head = str_sub(t, 0, at);
    struct str tail = str_sub(t, at + 1, t.n);
    if (subject.n == 0) {
        return str_format(a, "%.*sit%.*s", STR_ARG(head), STR_ARG(tail));
    }
    return str_format(a, "%.*s'%.*s'%.*s", STR_ARG(head), STR_ARG(subject), STR_ARG(tail));
}

bool fact_keeps_default(const struct cfn_unit *u, const struct finding_choice *choice)
{
    const struct cfn_parameter *p =
        u != NULL && !choice->is_fact ? cfn_parameter_called(u, choice->name) : NULL;
    if (p == NULL || p->var == GUARD_NO_OUTCOME) {
        return false;
    }
    const struct guard_variable *v = guard_variable(u->space, p->var);
    return v->standard != GUARD_NO_OUTCOME && v->labels != NULL &&
           str_eq(v->labels[v->standard], choice->value);
}

struct str fact_clause(struct arena *a, const struct finding_choice *choice, bool kept)
{
    struct str subject = STR("");
    const struct clause *clause = choice->is_fact ? clause_of(choice->name, &subject) : NULL;
    if (clause == NULL && choice->value.n == 0) {
        return str_format(a, "'%.*s' %s", STR_ARG(choice->name),
                          kept ? "keeps its empty default" : "is empty");
    }
    if (clause == NULL) {
        return str_format(a, "'%.*s' %s '%.*s'", STR_ARG(choice->name),
                          kept ? "keeps its default" : "is", STR_ARG(choice->value));
    }
    struct str text = fill(a, clause->yes, subject);
    if (str_is(choice->value, "yes")) {
        return text;
    }
    if (str_is(choice->value, "no")) {
        return str_format(a, "it is not so that %.*s", STR_ARG(text));
    }
    return str_format(a, "%.*s '%.*s'", STR_ARG(text), STR_ARG(choice->value));
}

struct str fact_clauses(struct arena *a, const struct cfn_unit *u, const struct finding_choice *at,
                        size_t n, enum fact_which which)
{
    struct str text = STR("");
    struct str last = STR("");
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (which != FACT_BOTH && (which == FACT_FACTS) != at[i].is_fact) {
            continue;
        }
        if (count == 1) {
            text = last;
        } else if (count > 1) {
            text = str_format(a, "%.*s, %.*s", STR_ARG(text), STR_ARG(last));
        }
        last = fact_clause(a, &at[i], fact_keeps_default(u, &at[i]));
        count++;
    }
    return count < 2 ? last : str_format(a, "%.*s and %.*s", STR_ARG(text), STR_ARG(last));
}
