/*
 * The way from an instance to Systems Manager: tcp 443 out of its groups, then a default route,
 * or endpoints in its own subnet. An endpoint answers under the service's public name only if
 * the VPC has DNS support and host names ("Private DNS", VPC User Guide, AWS PrivateLink).
 */
#include "fix/session.h"

enum { HTTPS = 443 };

static const struct topology *topology_of(const struct session *s)
{
    return s->c->job->analysis->topology;
}

static bool admits_https(const struct world_group *g)
{
    for (size_t i = 0; i < g->rules.n; i++) {
        const struct world_rule *r = &g->rules.at[i];
        bool port = r->protocol == PROTOCOL_ALL ||
                    (r->protocol == PROTOCOL_TCP && ports_has(r->ports, HTTPS));
        if (r->egress && port && r->group == WORLD_NONE && r->remote.family == NET_V4 &&
            ipset_equal(r->remote, ipset_all(NET_V4))) {
            return true;
        }
    }
    return false;
}

/* A rule of its own: what stands inline, or the lack of it, stays as it is. */
static bool open_egress(struct session *s, const struct cfn_resource *group)
{
    struct arena *a = s->c->job->arena;
    struct piece *p = piece_map(a);
    piece_put(a, p, "GroupId", piece_getatt(a, group->id, "GroupId"));
    piece_put(a, p, "IpProtocol", piece_text(a, STR("tcp")));
    piece_put(a, p, "FromPort", piece_number(a, HTTPS));
    piece_put(a, p, "ToPort", piece_number(a, HTTPS));
    piece_put(a, p, "CidrIp", piece_text(a, STR("0.0.0.0/0")));
    struct piece *r = piece_map(a);
    piece_put(a, r, "Type", piece_text(a, STR("AWS::EC2::SecurityGroupEgress")));
    piece_put(a, r, "Properties", p);
    return edit_add_to_section(&s->k->edits, "Resources",
                               job_fresh_name(s->c->job, "SessionManagerEgress"), r);
}

static bool egress(struct session *s, const struct world_interface *interface)
{
    const struct world *w = topology_of(s)->world;
    const struct cfn_resource *first = NULL;
    for (size_t i = 0; i < interface->groups.n; i++) {
        const struct world_group *g = &w->groups.at[interface->groups.at[i].group];
        const struct topology_origin *o = topology_origin(topology_of(s), g->id);
        if (admits_https(g)) {
            return true;
        }
        if (first == NULL && o->resource != NULL && !o->implicit && !o->outside) {
            first = o->resource;
        }
    }
    return first != NULL ? open_egress(s, first)
                         : edits_fail(&s->k->edits, "its groups stand outside of the template");
}

/* A route for everything to a gateway that leads out: NAT, or with an address of its own the
 * internet gateway. */
static bool leads_out(const struct session *s, uint32_t table_id, bool has_address)
{
    const struct world *w = topology_of(s)->world;
    for (size_t i = 0; i < w->tables.n; i++) {
        for (size_t k = 0; k < w->tables.at[i].routes.n && w->tables.at[i].id == table_id; k++) {
            const struct world_route *r = &w->tables.at[i].routes.at[k];
            bool all = r->destination.family == NET_V4 && r->destination.length == 0;
            enum world_gateway_kind kind =
                all && r->gateway != WORLD_NONE ? w->gateways.at[r->gateway].kind : GATEWAY_OTHER;
            if (kind == GATEWAY_NAT || (kind == GATEWAY_INTERNET && has_address)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- endpoints ---------------------------------------------------------------------------- */

static bool set_true(struct session *s, const struct cfn_resource *vpc, const char *key,
                     bool standard)
{
    const struct doc_node *value = doc_get(vpc->properties, key);
    if (value == NULL) {
        return standard || edit_append_entry(&s->k->edits, vpc->properties, str_from(key),
                                             piece_plain(s->c->job->arena, STR("true")));
    }
    if (str_eq_nocase(value->text, STR("true")) && value->tag.n == 0) {
        return true;
    }
    bool plain = value->kind == DOC_SCALAR && value->tag.n == 0;
    return plain ? edit_replace_text(&s->k->edits, value, STR("true"))
                 : edits_fail(&s->k->edits, "a function decides on the DNS of its VPC");
}

static bool endpoint_group(struct session *s, const struct cfn_resource *vpc, struct str cidr,
                           struct str name)
{
    struct arena *a = s->c->job->arena;
    struct piece *rule = piece_map(a);
    piece_put(a, rule, "IpProtocol", piece_text(a, STR("tcp")));
    piece_put(a, rule, "FromPort", piece_number(a, HTTPS));
    piece_put(a, rule, "ToPort", piece_number(a, HTTPS));
    piece_put(a, rule, "CidrIp", piece_text(a, cidr));
    struct piece *p = piece_map(a);
    piece_put(a, p, "GroupDescription", piece_text(a, STR("Endpoints of Session Manager")));
    piece_put(a, p, "VpcId", piece_ref(a, vpc->id));
    piece_put(a, p, "SecurityGroupIngress", piece_add(a, piece_list(a), rule));
    struct piece *r = piece_map(a);
    piece_put(a, r, "Type", piece_text(a, STR("AWS::EC2::SecurityGroup")));
    piece_put(a, r, "Properties", p);
    return edit_add_to_section(&s->k->edits, "Resources", name, r);
}

static bool endpoint(struct session *s, const struct cfn_resource *vpc,
                     const struct cfn_resource *subnet, struct str group, const char *name,
                     const char *service)
{
    struct arena *a = s->c->job->arena;
    struct piece *p = piece_map(a);
    piece_put(a, p, "VpcId", piece_ref(a, vpc->id));
    piece_put(a, p, "ServiceName", piece_sub(a, service));
    piece_put(a, p, "VpcEndpointType", piece_text(a, STR("Interface")));
    piece_put(a, p, "PrivateDnsEnabled", piece_plain(a, STR("true")));
    piece_put(a, p, "SubnetIds", piece_add(a, piece_list(a), piece_ref(a, subnet->id)));
    piece_put(a, p, "SecurityGroupIds",
              piece_add(a, piece_list(a), piece_getatt(a, group, "GroupId")));
    struct piece *r = piece_map(a);
    piece_put(a, r, "Type", piece_text(a, STR("AWS::EC2::VPCEndpoint")));
    piece_put(a, r, "Properties", p);
    return edit_add_to_section(&s->k->edits, "Resources", job_fresh_name(s->c->job, name), r);
}

static bool add_endpoints(struct session *s, const struct cfn_resource *subnet)
{
    struct fix_job *job = s->c->job;
    const struct cfn_resource *vpc =
        subnet != NULL ? job_target(job, doc_get(subnet->properties, "VpcId")) : NULL;
    const struct doc_node *cidr = vpc != NULL ? doc_get(vpc->properties, "CidrBlock") : NULL;
    if (cidr == NULL || cidr->kind != DOC_SCALAR || cidr->tag.n > 0) {
        return edits_fail(&s->k->edits, "its VPC is not in the template");
    }
    if (s->endpoint_vpc.n > 0) {
        return str_eq(s->endpoint_vpc, vpc->id) ||
               edits_fail(&s->k->edits, "the instances stand in several VPCs without a way out");
    }
    s->endpoint_vpc = vpc->id;
    struct str group = job_fresh_name(job, "SessionManagerEndpointGroup");
    return set_true(s, vpc, "EnableDnsSupport", true) &&
           set_true(s, vpc, "EnableDnsHostnames", false) &&
           endpoint_group(s, vpc, cidr->text, group) &&
           endpoint(s, vpc, subnet, group, "SsmEndpoint", "com.amazonaws.${AWS::Region}.ssm") &&
           endpoint(s, vpc, subnet, group, "SsmMessagesEndpoint",
                    "com.amazonaws.${AWS::Region}.ssmmessages") &&
           endpoint(s, vpc, subnet, group, "Ec2MessagesEndpoint",
                    "com.amazonaws.${AWS::Region}.ec2messages");
}

/* The template has endpoints of Systems Manager already. */
static bool has_endpoints(const struct session *s)
{
    struct str bytes = s->c->job->file->source->bytes;
    return str_find(bytes, STR(".ssmmessages"), 0) != STR_NPOS;
}

bool session_way_out(struct session *s, const struct finding_endpoint *e)
{
    const struct reach_example *shown = reach_example(e->flow);
    const struct world *w = topology_of(s)->world;
    const struct world_interface *interface = &w->interfaces.at[e->flow->interface];
    if (!egress(s, interface)) {
        return false;
    }
    bool address = s->c->site->internet || shown->public_by != WORLD_NONE;
    if (leads_out(s, shown->table, address) || has_endpoints(s)) {
        return true;
    }
    return add_endpoints(s, topology_origin(topology_of(s), shown->subnet)->resource);
}
