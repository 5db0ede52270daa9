/*
 * One row per fact of SEMANTICS 4.2, and per kind of thing that it may speak of. `%` in a clause
 * is the subject: "the subnet that is passed as SubnetId", "security group 'sg-1'".
 */
#include "policy/facts.h"

#include "base/limits.h"
#include "base/suggest.h"

enum subject_kind { SUBJECT_ANY, SUBJECT_TABLE, SUBJECT_GATEWAY, SUBJECT_ACL };

static const struct clause {
    enum world_fact fact;
    enum subject_kind of;
    const char *noun; /* "" : the subject is named by its name alone */
    const char *yes;
    const char *no;
} clauses[] = {
    {FACT_SUBROUTE, SUBJECT_TABLE, "route table", "% leads to an internet gateway",
     "% leads to no internet gateway"},
    {FACT_SUBROUTE, SUBJECT_GATEWAY, "gateway", "% is an internet gateway of the VPC",
     "% is no internet gateway of the VPC"},
    {FACT_SUBROUTE, SUBJECT_ANY, "subnet", "% has a route to an internet gateway",
     "% has no route to an internet gateway"},
    {FACT_SUBPUBIP, SUBJECT_ANY, "subnet", "% assigns public addresses",
     "% assigns no public addresses"},
    {FACT_NACL, SUBJECT_ACL, "network ACL", "% lets the traffic pass",
     "% does not let the traffic pass"},
    {FACT_NACL, SUBJECT_ANY, "subnet", "the network ACL of % lets the traffic pass",
     "the network ACL of % does not let the traffic pass"},
    {FACT_DEFVPC, SUBJECT_ANY, "", "the default VPC is as AWS makes it",
     "the default VPC is not as AWS makes it"},
    {FACT_SG, SUBJECT_ANY, "security group", "the rules of % admit it",
     "the rules of % do not admit it"},
    {FACT_PL, SUBJECT_ANY, "prefix list", "% contains public addresses",
     "% contains no public addresses"},
    {FACT_MB, SUBJECT_ANY, "middlebox", "% lets the traffic pass",
     "% does not let the traffic pass"},
    {FACT_ASYM, SUBJECT_ANY, "", "asymmetric routing through % is not dropped",
     "asymmetric routing through % is dropped"},
    {FACT_ACCEPT, SUBJECT_ANY, "peering connection", "% is accepted", "% is not accepted"},
    {FACT_BGP, SUBJECT_ANY, "", "the network behind % announces a public or matching prefix",
     "the network behind % announces no public or matching prefix"},
    {FACT_TGW, SUBJECT_ANY, "transit gateway", "% routes it", "% does not route it"},
    {FACT_PLACE, SUBJECT_ANY, "", "the placement of % is", "the placement of % is another"},
    {FACT_AZ, SUBJECT_ANY, "", "% share an availability zone", "% share no availability zone"},
    {FACT_ADDR, SUBJECT_ANY, "", "the private address of % is one that the rule means",
     "the private address of % is none that the rule means"},
    {FACT_LOWPORT, SUBJECT_ANY, "", "the client calls from a port below 1024",
     "the client calls from port 1024 or above"},
    {FACT_ROUTE, SUBJECT_ANY, "", "of the competing routes of % the open one holds",
     "of the competing routes of % the open one does not hold"},
    {FACT_EGRESSORDER, SUBJECT_ANY, "",
     "the egress rules of % are created in the order that keeps them open",
     "the egress rules of % are created in an order that does not keep them open"},
    {FACT_LTVERSION, SUBJECT_ANY, "launch template", "the version of % is the one written here",
     "the version of % is not the one written here"},
    {FACT_CONSUMER, SUBJECT_ANY, "", "a consumer of % is accepted", "no consumer of % is accepted"},
    {FACT_CARRIER, SUBJECT_ANY, "", "the carrier or local network behind % lets it in",
     "the carrier or local network behind % does not let it in"},
};

static struct str head_of(struct str name)
{
    size_t open = str_find_byte(name, '(', 0);
    return str_sub(name, 0, open == STR_NPOS ? name.n : open);
}

bool fact_is_name(struct str name)
{
    struct str head = head_of(name);
    for (size_t i = 0; i < FACT_COUNT; i++) {
        if (str_is(head, world_fact_name((enum world_fact)i))) {
            return head.n == name.n || (name.p[name.n - 1] == ')' && name.n > head.n + 2);
        }
    }
    return false;
}

struct str fact_near(struct arena *a, struct str name)
{
    struct str *kinds = ARENA_ARRAY(a, FACT_COUNT, struct str);
    for (size_t i = 0; i < FACT_COUNT; i++) {
        kinds[i] = str_from(world_fact_name((enum world_fact)i));
    }
    return suggest(head_of(name), kinds, FACT_COUNT);
}

/* What of the world bears the name of a subject. */
static bool is_of(const struct topology *t, enum subject_kind kind, struct str name)
{
    const struct world *w = t == NULL ? NULL : t->world;
    switch (kind) {
    case SUBJECT_ANY:
        return true;
    case SUBJECT_TABLE:
        for (size_t i = 0; w != NULL && i < w->tables.n; i++) {
            if (str_eq(w->tables.at[i].name, name)) {
                return true;
            }
        }
        return false;
    case SUBJECT_GATEWAY:
        for (size_t i = 0; w != NULL && i < w->gateways.n; i++) {
            if (str_eq(w->gateways.at[i].name, name)) {
                return true;
            }
        }
        return false;
    case SUBJECT_ACL:
        for (size_t i = 0; w != NULL && i < w->acls.n; i++) {
            if (str_eq(w->acls.at[i].name, name)) {
                return true;
            }
        }
        return false;
    }
    return false;
}

/* "A-SUBROUTE(SubnetId)" is the fact A-SUBROUTE about SubnetId. */
static const struct clause *clause_of(const struct topology *t, struct str name,
                                      struct str *subject)
{
    struct str head = head_of(name);
    *subject = STR("");
    if (head.n < name.n && str_ends(name, STR(")"))) {
        *subject = str_sub(name, head.n + 1, name.n - 1);
    }
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        const struct clause *c = &clauses[i];
        if (str_is(head, world_fact_name(c->fact)) && is_of(t, c->of, *subject)) {
            return c;
        }
    }
    return NULL;
}

const struct cfn_parameter *fact_parameter(const struct cfn_unit *u, struct str name)
{
    size_t bracket = str_find_byte(name, '[', 0);
    size_t end = bracket == STR_NPOS ? name.n : bracket;
    return u == NULL ? NULL : cfn_parameter_called(u, str_sub(name, 0, end));
}

bool fact_is_budget(const struct finding_choice *choice)
{
    return choice->is_fact && str_is(choice->name, "budget");
}

/* "the subnet that is passed as SubnetId", "subnet 'SubnetA'", "'SubnetA'". */
static struct str subject_text(struct arena *a, const struct topology *t, const char *noun,
                               struct str subject)
{
    const struct str import = STR("ImportValue ");
    if (subject.n == 0) {
        return STR("it");
    }
    if (noun[0] == '\0') {
        return str_format(a, "'%.*s'", STR_ARG(subject));
    }
    if (t != NULL && fact_parameter(t->unit, subject) != NULL) {
        return str_format(a, "the %s that is passed as %.*s", noun, STR_ARG(subject));
    }
    if (str_starts(subject, import)) {
        struct str name = str_sub(subject, import.n, subject.n);
        return str_format(a, "the %s that is imported as '%.*s'", noun, STR_ARG(name));
    }
    return str_format(a, "%s '%.*s'", noun, STR_ARG(subject));
}

static struct str fill(struct arena *a, const struct topology *t, const struct clause *c,
                       struct str subject, const char *pattern)
{
    struct str text = str_from(pattern);
    size_t at = str_find_byte(text, '%', 0);
    if (at == STR_NPOS) {
        return text;
    }
    struct str head = str_sub(text, 0, at);
    struct str tail = str_sub(text, at + 1, text.n);
    return str_format(a, "%.*s%.*s%.*s", STR_ARG(head),
                      STR_ARG(subject_text(a, t, c->noun, subject)), STR_ARG(tail));
}

struct finding_choice fact_choice(const struct guard_space *space, const struct guard_literal *l)
{
    const struct guard_variable *v = guard_variable(space, l->var);
    return (struct finding_choice){
        .name = v->name,
        .value = v->labels != NULL ? v->labels[l->outcome]
                 : l->outcome == 0 ? STR("no")
                                   : STR("yes"),
        .is_fact = v->rank >= RANK_FIRST_FACT,
    };
}

size_t fact_choices_add(struct arena *a, struct finding_choice *at, size_t n,
                        struct finding_choice choice)
{
    size_t i = 0;
    while (i < n && !str_eq(at[i].name, choice.name)) {
        i++;
    }
    if (i == n) {
        at[n] = choice;
        return n + 1;
    }
    struct str *value = &at[i].value;
    if (str_is(*value, CFN_ANY_OTHER)) {
        *value = choice.value;
    } else if (!str_is(choice.value, CFN_ANY_OTHER) && !str_eq(*value, choice.value)) {
        *value = STR_CAT(a, *value, STR(" & "), choice.value);
    }
    return n;
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

struct str fact_clause(struct arena *a, const struct topology *t,
                       const struct finding_choice *choice, bool kept)
{
    struct str subject = STR("");
    if (fact_is_budget(choice)) {
        return str_format(a,
                          "too many choices meet here for the analysis to decide it: more than %u "
                          "nodes of one guard, or %u of all",
                          (unsigned)LIMIT_GUARD_NODES, (unsigned)LIMIT_GUARD_TOTAL);
    }
    const struct clause *clause = choice->is_fact ? clause_of(t, choice->name, &subject) : NULL;
    if (clause == NULL && choice->value.n == 0) {
        return STR_CAT(a, STR("'"), choice->name,
                       kept ? STR("' keeps its empty default") : STR("' is empty"));
    }
    if (clause == NULL) {
        return STR_CAT(a, STR("'"), choice->name,
                       kept ? STR("' keeps its default '") : STR("' is '"), choice->value,
                       STR("'"));
    }
    bool is_no = str_is(choice->value, "no");
    struct str text = fill(a, t, clause, subject, is_no ? clause->no : clause->yes);
    if (is_no || str_is(choice->value, "yes")) {
        return text;
    }
    return STR_CAT(a, text, STR(" '"), choice->value, STR("'"));
}

struct str fact_clauses(struct arena *a, const struct topology *t, const struct finding_choice *at,
                        size_t n, enum fact_which which)
{
    const struct cfn_unit *u = t == NULL ? NULL : t->unit;
    struct str text = STR("");
    struct str last = STR("");
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool asked = which == FACT_BOTH || (which == FACT_FACTS) == at[i].is_fact;
        if (!asked || fact_is_budget(&at[i])) {
            continue;
        }
        if (count == 1) {
            text = last;
        } else if (count > 1) {
            text = STR_CAT(a, text, STR(", "), last);
        }
        last = fact_clause(a, t, &at[i], fact_keeps_default(u, &at[i]));
        count++;
    }
    return count < 2 ? last : STR_CAT(a, text, STR(" and "), last);
}

struct str fact_assumed(struct arena *a, struct assumed assumed)
{
    struct str text = STR("");
    for (size_t i = 0; i < assumed.n; i++) {
        const struct world_pin *pin = assumed.at[i];
        text = str_format(a, "%.*s%s%.*s=%.*s", STR_ARG(text), i == 0 ? " (assuming " : ", ",
                          STR_ARG(pin->name), STR_ARG(pin->value));
    }
    return text.n == 0 ? text : str_format(a, "%.*s)", STR_ARG(text));
}
