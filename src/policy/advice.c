/*
 * What to do: by service first, then by where the source comes from. Ranked as in SEMANTICS 6
 * (delete, group reference, narrow; a service that is meant to be public is left to a balancer).
 */
#include "policy/check.h"
#include "policy/facts.h"

static const struct service_advice {
    const char *service;
    const char *text;
} service_advice[] = {
    {"telnet",
     "Delete the rule; log in with Session Manager, or SSH over a private path, instead."},
    {"ssh",
     "Delete the rule and log in with Session Manager or an EC2 Instance Connect Endpoint; if "
     "SSH must stay, replace the source by a parameter for your own addresses, such as "
     "'!Ref AdminCidr', without a default."},
    {"rdp", "Delete the rule and use Session Manager port forwarding or Fleet Manager; if Remote "
            "Desktop must stay, replace the source by a parameter for your own addresses, such as "
            "'!Ref AdminCidr', without a default."},
    {"ftp", "Delete the rule; move files with SFTP (AWS Transfer Family) or Amazon S3."},
    {"print", "Delete the rule; nothing on the internet needs a line printer."},
    {"http", "If the site is meant to be public, put it behind a load balancer and admit only the "
             "balancer's group here; otherwise narrow the source."},
    {"sql", "Admit only the group of the clients ('SourceSecurityGroupId') instead of an address, "
            "and move the database to a subnet without a route to an internet gateway."},
    {"mongodb", "Admit only the group of the clients ('SourceSecurityGroupId') instead of an "
                "address, and move the database to a private subnet."},
    {"elasticsearch", "Admit only the group of the clients ('SourceSecurityGroupId') instead of an "
                      "address, and move the cluster to a private subnet."},
    {"syslog",
     "Admit only the groups or address ranges of the senders instead of public addresses."},
    {"dhcp", "Delete the rule; a VPC answers DHCP itself and no group needs to admit it."},
};

static const char *const other_service =
    "Delete the rule, or admit only the group of the clients ('SourceSecurityGroupId') or their "
    "private address range.";

static struct str by_service(const struct rule *r)
{
    for (size_t i = 0; r->service != NULL && i < sizeof service_advice / sizeof *service_advice;
         i++) {
        if (str_is(str_from(r->service), service_advice[i].service)) {
            return str_from(service_advice[i].text);
        }
    }
    return str_from(other_service);
}

static struct str by_edge(enum world_edge e)
{
    static const struct edge_advice {
        enum world_edge edge;
        const char *text;
    } rows[] = {
        {EDGE_PEERING, "Admit only the group of the clients in the peered VPC, or the address "
                       "range of their subnets, instead of more."},
        {EDGE_VPN, "Admit only the address ranges behind the VPN that need this port."},
        {EDGE_TRANSIT, "Admit only the address ranges behind the transit gateway that need this "
                       "port."},
        {EDGE_CLIENT_VPN, "Admit only the group of the Client VPN endpoint, and authorize only "
                          "those who need this port."},
        {EDGE_PRIVATELINK, "Accept only known consumers of the endpoint service "
                           "(AcceptanceRequired, AllowedPrincipals)."},
        {EDGE_CARRIER, "Admit only the address ranges behind the gateway that need this port."},
        {EDGE_MANAGED, "Nothing needs a change if the endpoint is meant for this; restrict by "
                       "IAM who may open tunnels."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].edge == e) {
            return str_from(rows[i].text);
        }
    }
    BUG("no advice for edge %d", (int)e);
}

/* What is reached and has no rules of its own: neither a group nor a balancer helps. */
static struct str by_type(const struct finding *f)
{
    static const struct type_advice {
        const char *type;
        const char *text;
    } rows[] = {
        {"AWS::EKS::Cluster",
         "Narrow PublicAccessCidrs to your own addresses, or set EndpointPublicAccess to false and "
         "EndpointPrivateAccess to true: the API is then reached from within the VPC only."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool all = f->endpoints.n > 0;
        for (size_t k = 0; k < f->endpoints.n && all; k++) {
            const struct finding_endpoint *e = &f->endpoints.at[k];
            all = str_is(e->resource_type, rows[i].type) &&
                  str_ends(e->interface, STR("/Endpoint/0"));
        }
        if (all) {
            return str_from(rows[i].text);
        }
    }
    return STR("");
}

/* A load balancer, or what stands behind one already. */
static bool is_balanced(const struct finding *f)
{
    bool all = f->endpoints.n > 0;
    for (size_t i = 0; i < f->endpoints.n && all; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        all = e->flow->via != WORLD_NONE || str_ends(e->resource_type, STR("::LoadBalancer"));
    }
    return all;
}

static struct str by_rule(const struct draft *d)
{
    const struct rule *r = d->finding.rule;
    struct str type = by_type(&d->finding);
    if (type.n > 0) {
        return type;
    }
    if (str_is(STR("internet-port-range"), r->name)) {
        return STR("Replace the range by the ports that clients really need, one rule each.");
    }
    if (str_is(STR("internet-unrecognized-port"), r->name)) {
        return STR("If the port is not meant for everybody, narrow the source or admit a group.");
    }
    if (str_is(STR("internet-aggregate"), r->name)) {
        return STR("See the findings for the single ports.");
    }
    if (str_is(STR("private-aggregate"), r->name)) {
        return STR("See the findings for the single ports.");
    }
    if (!world_edge_is_internet(d->finding.edge)) {
        return by_edge(d->finding.edge);
    }
    if (str_is(STR("world-open-rule"), r->name)) {
        return STR("Delete the rule, or narrow its source before the group is used.");
    }
    if (r->service != NULL && str_is(STR("http"), r->service) && is_balanced(&d->finding)) {
        return STR("If the site is meant to be public, nothing needs a change; otherwise narrow "
                   "the source, or make the load balancer internal.");
    }
    return by_service(r);
}

/* The parameter that supplies the source, if one does. */
static const struct cfn_parameter *parameter_of(struct checker *c, const struct draft *d)
{
    if (d->opening == WORLD_NONE) {
        return NULL;
    }
    const struct topology_origin *o = opening_origin(c, &c->openings.at[d->opening]);
    return o == NULL ? NULL : o->parameter;
}

struct str advice_of(struct checker *c, const struct draft *d)
{
    const struct cfn_parameter *p = parameter_of(c, d);
    if (opening_is_unknown(c, d->opening)) {
        return STR("Look at the rules of that group; declare it in this template, or analyse the "
                   "template that does.");
    }
    if (str_is(STR("operator-supplied-source"), d->finding.rule->name)) {
        if (p == NULL) {
            return STR("Make sure that the value holds your own addresses, or write them here.");
        }
        return str_format(c->arena,
                          "Restrict parameter '%.*s' with AllowedPattern or AllowedValues to your "
                          "own addresses.",
                          STR_ARG(p->name));
    }
    struct str text = by_rule(d);
    if (p != NULL && d->finding.endpoints.n > 0 && world_edge_is_internet(d->finding.edge)) {
        return str_format(c->arena,
                          "%.*s Or take the public value out of parameter '%.*s' and restrict the "
                          "parameter with AllowedPattern.",
                          STR_ARG(text), STR_ARG(p->name));
    }
    return text;
}

/* "--assume 'A-SUBROUTE(S)=no'": what a person types who has found out that it is not so. */
static struct str assume_of(struct checker *c, const struct finding *f)
{
    struct str text = STR("");
    for (size_t i = 0; i < f->witness_n; i++) {
        const struct finding_choice *w = &f->witness[i];
        if (!w->is_fact || fact_is_budget(w)) {
            continue;
        }
        bool yes_no = str_is(w->value, "yes") || str_is(w->value, "no");
        const char *other = !yes_no ? "OTHER" : str_is(w->value, "yes") ? "no" : "yes";
        text = str_format(c->arena, "%.*s%s--assume '%.*s=%s'", STR_ARG(text),
                          text.n == 0 ? "" : " or ", STR_ARG(w->name), other);
    }
    return text;
}

/* What decides a choice that is no fact: a parameter is given; an import is known where the
 * template that exports it is; what is looked up elsewhere can only be looked up there. */
static struct str decide(struct checker *c, const struct finding_choice *w)
{
    const struct cfn_parameter *p = fact_parameter(c->topology->unit, w->name);
    const struct str import = STR("ImportValue ");
    if (p != NULL) {
        return STR_CAT(c->arena, STR("give --parameters '"), p->name, STR("=VALUE'"));
    }
    if (str_starts(w->name, import)) {
        return str_format(c->arena, "analyse the template that exports '%.*s' together with this",
                          STR_ARG(str_sub(w->name, import.n, w->name.n)));
    }
    if (str_ends(w->name, STR("AWS::Region"))) {
        return STR("give --region REGION");
    }
    if (str_ends(w->name, STR("AWS::StackName"))) {
        return STR("give the stack its name (NAME=TEMPLATE)");
    }
    return str_format(c->arena, "find out whether '%.*s' is '%.*s'", STR_ARG(w->name),
                      STR_ARG(w->value));
}

static struct str append(struct checker *c, struct str text, struct str step)
{
    if (step.n == 0 || str_find(text, step, 0) != STR_NPOS) {
        return text; /* elements of one list are given together */
    }
    return STR_CAT(c->arena, text, text.n == 0 ? STR("") : STR(", and "), step);
}

/* "To settle it: give --parameters 'Env=VALUE', and find out whether subnet 'S' has a route to
 * an internet gateway; if not so, --assume 'A-SUBROUTE(S)=no'." */
struct str settle_of(struct checker *c, const struct draft *d)
{
    const struct finding *f = &d->finding;
    if (f->verdict != REACH_POSSIBLE) {
        return STR("");
    }
    struct str steps = STR("");
    for (size_t i = 0; i < f->witness_n; i++) {
        const struct finding_choice *w = &f->witness[i];
        if (fact_is_budget(w)) {
            steps = append(c, steps,
                           STR("give parameters their values (--parameters), so that fewer "
                               "choices are left for the analysis"));
        } else if (!w->is_fact && !fact_keeps_default(c->topology->unit, w)) {
            steps = append(c, steps, decide(c, w));
        }
    }
    struct str know = fact_clauses(c->arena, c->topology, f->witness, f->witness_n, FACT_FACTS);
    if (know.n > 0) {
        know = str_format(c->arena, "find out whether %.*s; if not so, %.*s", STR_ARG(know),
                          STR_ARG(assume_of(c, f)));
    }
    steps = append(c, steps, know);
    return steps.n == 0 ? steps : STR_CAT(c->arena, STR(FINDING_SETTLE), steps, STR("."));
}
