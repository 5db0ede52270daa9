/*
 * -f inspector-classic: the findings of Network Reachability-1.1 as a DescribeFindings answer
 * lists them, aggregates included under a policy that has them; with --sns the notification
 * messages, one a line. No agent looks at listeners offline, so the ids are those of "no agent".
 */
#include "base/json_writer.h"
#include "report/formats.h"
#include "report/inspector.h"

struct classic_state {
    struct buf findings; /* members of the array */
    size_t n;
};

static void begin(struct report *r)
{
    struct classic_state *s = ARENA_NEW(r->arena, struct classic_state);
    buf_init(&s->findings);
    r->state = s;
}

/* "internet", "a peered VPC", "a virtual private gateway" */
static const char *beyond(enum world_edge e)
{
    return e == EDGE_PEERING ? "a peered VPC"
           : e == EDGE_VPN   ? "a virtual private gateway"
                             : "internet";
}

static struct str classic_id(struct arena *a, const struct finding_endpoint *e)
{
    if (str_is(e->kind, "NetworkExposure")) {
        return str_format(a, "Network exposure from %s", beyond(e->edge));
    }
    bool recognized = !str_is(e->kind, "UnrecognizedPort");
    return str_format(a, "%s port with no agent reachable from %s",
                      recognized ? "Recognized" : "Unrecognized", beyond(e->edge));
}

static const char *classic_severity(enum severity s)
{
    static const char *const names[] = {"Informational", "Informational", "Low", "Medium", "High"};
    return names[s];
}

static unsigned classic_number(enum severity s)
{
    static const unsigned numbers[] = {0, 0, 3, 6, 9};
    return numbers[s];
}

static void attribute(struct json_writer *w, const char *key, struct str value)
{
    if (value.n == 0) {
        return;
    }
    json_object_begin(w);
    json_member_c(w, "key", key);
    json_member(w, "value", value);
    json_object_end(w);
}

static struct str component(const struct finding_endpoint *e, const char *type)
{
    for (size_t i = 0; i < e->path_n; i++) {
        if (str_is(e->path[i].type, type)) {
            return e->path[i].component;
        }
    }
    return STR("");
}

static void write_attributes(struct json_writer *w, struct arena *a,
                             const struct finding_endpoint *e)
{
    json_key(w, "attributes");
    json_array_begin(w);
    attribute(w, "INSTANCE_ID", e->resource);
    attribute(w, "IGW", e->edge == EDGE_INTERNET ? e->edge_component : STR(""));
    attribute(w, "PEERING_CONNECTION", e->edge == EDGE_PEERING ? e->edge_component : STR(""));
    attribute(w, "VGW", e->edge == EDGE_VPN ? e->edge_component : STR(""));
    attribute(w, "ELB", e->via);
    attribute(w, "ACL", component(e, "AWS::EC2::NetworkAcl"));
    attribute(w, "SECURITY_GROUP", component(e, "AWS::EC2::SecurityGroup"));
    attribute(w, "ENI", e->interface);
    if (!str_is(e->kind, "NetworkExposure")) {
        attribute(w, "PORT_GROUP_NAME", e->service);
        attribute(w, "PORT",
                  e->ports.begin == e->ports.end
                      ? str_format(a, "%u", (unsigned)e->ports.begin)
                      : str_format(a, "%u-%u", (unsigned)e->ports.begin, (unsigned)e->ports.end));
        attribute(w, "PORT_TYPE", e->service.n ? STR("RECOGNIZED") : STR("UNRECOGNIZED"));
        attribute(w, "PROTOCOL", e->protocol == PROTOCOL_UDP ? STR("UDP") : STR("TCP"));
    }
    json_array_end(w);
}

static struct str arn(struct arena *a, const struct report *r, const char *what, struct str id)
{
    return str_format(a, "arn:aws:inspector:%.*s:" INSPECTOR_ACCOUNT ":%s/%.*s",
                      STR_ARG(r->options.region), what, STR_ARG(id));
}

static void write_asset(struct json_writer *w, const struct finding_endpoint *e)
{
    json_member_c(w, "assetType", "ec2-instance");
    json_key(w, "assetAttributes");
    json_object_begin(w);
    json_member_int(w, "schemaVersion", 1);
    json_member(w, "agentId", e->resource);
    json_key(w, "tags");
    json_array_begin(w);
    for (size_t i = 0; i < e->tag_n; i++) {
        json_object_begin(w);
        json_member(w, "key", e->tags[i].key);
        json_member(w, "value", e->tags[i].value);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
}

static void write_finding(struct json_writer *w, struct arena *a, const struct report *r,
                          struct str id, const struct inspector_item *item)
{
    const struct finding_endpoint *e = item->endpoint;
    json_object_begin(w);
    json_member(w, "arn", arn(a, r, "finding", id));
    json_member_int(w, "schemaVersion", 1);
    json_member_c(w, "service", "Inspector");
    json_key(w, "serviceAttributes");
    json_object_begin(w);
    json_member_int(w, "schemaVersion", 1);
    json_member_c(w, "rulesPackageName", "Network Reachability-1.1");
    json_object_end(w);
    write_asset(w, e);
    json_member(w, "id", classic_id(a, e));
    json_member(w, "title",
                str_is(e->kind, "NetworkExposure") ? item->finding->message
                                                   : inspector_title(a, e));
    json_member(w, "description", item->finding->message);
    json_member(w, "recommendation", item->finding->advice);
    json_member_c(w, "severity", classic_severity(e->severity));
    json_member_int(w, "numericSeverity", classic_number(e->severity));
    json_member_int(w, "confidence",
                    e->doubt == GUARD_HIGH     ? 10
                    : e->doubt == GUARD_MEDIUM ? 6
                                               : 3);
    json_member_bool(w, "indicatorOfCompromise", false);
    write_attributes(w, a, e);
    json_key(w, "userAttributes");
    json_array_begin(w);
    json_array_end(w);
    json_member(w, "createdAt", r->options.event_time);
    json_member(w, "updatedAt", r->options.event_time);
    json_object_end(w);
}

/* What Inspector Classic publishes to a topic for each finding. */
static void write_message(struct json_writer *w, struct arena *a, const struct report *r,
                          struct str id, struct str template)
{
    json_object_begin(w);
    json_member(w, "template", arn(a, r, "target/cfnreach/template", template));
    json_member(w, "finding", arn(a, r, "finding", id));
    json_member(w, "run", arn(a, r, "run", template));
    json_member(w, "time", r->options.event_time);
    json_member_c(w, "event", "FINDING_REPORTED");
    json_member(w, "target", arn(a, r, "target", STR("cfnreach")));
    json_object_end(w);
}

static void add(struct report *r, const struct analysis *analysis)
{
    struct classic_state *s = r->state;
    struct arena scratch = {0};
    struct inspector_items items = inspector_items(&scratch, analysis, true);
    for (size_t i = 0; i < items.all.n; i++) {
        struct json_writer w;
        struct span at = items.all.at[i].finding->at;
        struct str path = analysis_file_of(analysis, at)->source->path;
        struct str id = inspector_id(&scratch, path, &items.all.at[i]);
        if (r->options.sns) {
            json_begin(&w, &r->out, 0);
            write_message(&w, &scratch, r, id, path);
            buf_addc(&r->out, '\n');
            continue;
        }
        buf_adds(&s->findings, s->n++ ? ",\n" : "\n");
        json_begin(&w, &s->findings, 0);
        write_finding(&w, &scratch, r, id, &items.all.at[i]);
    }
    arena_release(&scratch);
}

static void end(struct report *r, const struct diags *d UNUSED, struct source_set *sources UNUSED,
                int exit_code UNUSED)
{
    struct classic_state *s = r->state;
    if (!r->options.sns) {
        buf_adds(&r->out, "{\"findings\":[");
        buf_add(&r->out, buf_str(&s->findings));
        buf_adds(&r->out, "],\"failedItems\":{}}\n");
    }
    buf_release(&s->findings);
}

const struct report_format report_inspector_classic = {
    "inspector-classic", "as DescribeFindings lists them", true, false, begin, add, end,
};
