/*
 * -f inspector2: one EventBridge event a line for each port finding, shaped as Amazon
 * Inspector's "Inspector2 Finding" (SEMANTICS 5.6, 5.7), so that rules and functions written
 * for the real ones can be tried before anything is deployed.
 */
#include "base/json_writer.h"
#include "report/formats.h"
#include "report/inspector.h"

static void begin(struct report *r UNUSED)
{
}

static void write_steps(struct json_writer *w, const struct finding_endpoint *e)
{
    json_key(w, "networkPath");
    json_object_begin(w);
    json_key(w, "steps");
    json_array_begin(w);
    for (size_t i = 0; i < e->path_n; i++) {
        json_object_begin(w);
        json_member(w, "componentId", e->path[i].component);
        json_member(w, "componentType", e->path[i].type);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
}

static void write_network(struct json_writer *w, const struct finding_endpoint *e)
{
    json_key(w, "networkReachabilityDetails");
    json_object_begin(w);
    write_steps(w, e);
    json_key(w, "openPortRange");
    json_object_begin(w);
    json_member_int(w, "begin", e->ports.begin);
    json_member_int(w, "end", e->ports.end);
    json_object_end(w);
    json_member_c(w, "protocol", e->protocol == PROTOCOL_UDP ? "UDP" : "TCP");
    json_object_end(w);
}

static void write_resource(struct json_writer *w, const struct report *r,
                           const struct finding_endpoint *e)
{
    bool instance = str_is(e->resource_type, "AWS::EC2::Instance");
    json_key(w, "resources");
    json_array_begin(w);
    json_object_begin(w);
    json_member(w, "id", e->resource);
    json_member_c(w, "type", instance ? "AWS_EC2_INSTANCE" : "OTHER");
    json_member_c(w, "partition", "aws");
    json_member(w, "region", r->options.region);
    json_key(w, "tags");
    json_object_begin(w);
    for (size_t i = 0; i < e->tag_n; i++) {
        json_key_str(w, e->tags[i].key);
        json_str(w, e->tags[i].value);
    }
    json_object_end(w);
    json_key(w, "details");
    json_object_begin(w);
    json_key(w, "awsEc2Instance");
    json_object_begin(w);
    json_member(w, "type", e->resource_type);
    json_key(w, "networkInterfaces");
    json_array_begin(w);
    json_str(w, e->interface);
    json_array_end(w);
    json_object_end(w);
    json_object_end(w);
    json_object_end(w);
    json_array_end(w);
}

static void write_remediation(struct json_writer *w)
{
    json_key(w, "remediation");
    json_object_begin(w);
    json_key(w, "recommendation");
    json_object_begin(w);
    json_member_c(w, "text",
                  "You can restrict access to your instance by modifying the Security "
                  "Groups or ACLs in the network path.");
    json_object_end(w);
    json_object_end(w);
}

static void write_detail(struct json_writer *w, struct arena *a, const struct report *r,
                         struct str id, const struct inspector_item *item)
{
    const struct finding_endpoint *e = item->endpoint;
    json_key(w, "detail");
    json_object_begin(w);
    json_member_c(w, "awsAccountId", INSPECTOR_ACCOUNT);
    json_member(w, "description", inspector_description(a, e));
    json_member(w, "findingArn",
                str_format(a, "arn:aws:inspector2:%.*s:" INSPECTOR_ACCOUNT ":finding/%.*s",
                           STR_ARG(r->options.region), STR_ARG(id)));
    json_member(w, "firstObservedAt", r->options.event_time);
    json_member(w, "lastObservedAt", r->options.event_time);
    write_network(w, e);
    write_remediation(w);
    write_resource(w, r, e);
    json_member(w, "severity", inspector_severity(a, e->severity));
    json_member_c(w, "status", "ACTIVE");
    json_member(w, "title", inspector_title(a, e));
    json_member_c(w, "type", "NETWORK_REACHABILITY");
    json_member(w, "updatedAt", r->options.event_time);
    json_object_end(w);
}

static void add(struct report *r, const struct analysis *analysis)
{
    struct arena scratch = {0};
    struct inspector_items items = inspector_items(&scratch, analysis, false);
    for (size_t i = 0; i < items.all.n; i++) {
        const struct inspector_item *item = &items.all.at[i];
        struct str path = analysis_file_of(analysis, item->finding->at)->source->path;
        struct str id = inspector_id(&scratch, path, item);
        struct json_writer w;
        json_begin(&w, &r->out, 0);
        json_object_begin(&w);
        json_member_c(&w, "version", "0");
        json_member(&w, "id", id);
        json_member_c(&w, "detail-type", "Inspector2 Finding");
        json_member_c(&w, "source", "aws.inspector2");
        json_member_c(&w, "account", INSPECTOR_ACCOUNT);
        json_member(&w, "time", r->options.event_time);
        json_member(&w, "region", r->options.region);
        json_key(&w, "resources");
        json_array_begin(&w);
        json_str(&w, item->endpoint->resource);
        json_array_end(&w);
        write_detail(&w, &scratch, r, id, item);
        json_object_end(&w);
        buf_addc(&r->out, '\n');
    }
    arena_release(&scratch);
}

static void end(struct report *r UNUSED, const struct diags *d UNUSED,
                struct source_set *sources UNUSED, int exit_code UNUSED)
{
}

const struct report_format report_inspector2 = {
    "inspector2", "EventBridge events, one a line", true, false, begin, add, end,
};
