/*
 * Each property is asked of what came out, and none needs to know what was read.
 */
#include "fuzz/reading.h"

#include "base/limits.h"
#include "doc/dump.h"

const char *const open_instance =
    "Resources:\n"
    "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"
    "  Gate: {Type: 'AWS::EC2::InternetGateway'}\n"
    "  Attach: {Type: 'AWS::EC2::VPCGatewayAttachment',\n"
    "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gate}}\n"
    "  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n"
    "  Route: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table,\n"
    "    DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gate}}\n"
    "  Net: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24,\n"
    "    MapPublicIpOnLaunch: true}}\n"
    "  Link: {Type: 'AWS::EC2::SubnetRouteTableAssociation',\n"
    "    Properties: {SubnetId: !Ref Net, RouteTableId: !Ref Table}}\n"
    "  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: !Ref Vpc,\n"
    "    GroupDescription: x, SecurityGroupIngress: [\n"
    "    {IpProtocol: '-1', CidrIp: 0.0.0.0/0}]}}\n"
    "  Web: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Net, ImageId: ami-1,\n"
    "    SecurityGroupIds: [!Ref Group], Tags: [{Key: Role, Value: web}]}}\n";

void reading_begin(struct reading *r)
{
    *r = (struct reading){0};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
}

void reading_end(struct reading *r)
{
    diags_check(&r->diags, &r->sources);
    arena_release(&r->arena);
}

static struct settings *policy_named(struct reading *r, const char *name)
{
    reading_begin(r);
    struct settings *s = settings_load(&r->arena, str_from(name), &r->sources, &r->diags);
    REQUIRE(s != NULL);
    return s;
}

struct settings *policy_default(void)
{
    static struct reading r;
    static struct settings *s;
    return s = s != NULL ? s : policy_named(&r, "default");
}

struct settings *policy_inspector(void)
{
    static struct reading r;
    static struct settings *s;
    return s = s != NULL ? s : policy_named(&r, "inspector");
}

void document_check(const char *name, struct str bytes)
{
    struct reading r;
    reading_begin(&r);
    struct source *src = source_add(&r.sources, str_from(name), bytes);
    struct doc *doc = doc_read(&r.arena, src, LIMIT_TEMPLATE_BYTES, &r.diags);
    REQUIRE(doc->root != NULL || r.diags.errors > 0);
    tree_check(doc);
    struct buf out;
    buf_init(&out);
    doc_dump(doc, &out);
    buf_release(&out);
    reading_end(&r);
}

void template_check(struct arena *a, const char *yaml, const struct analysis_options *options)
{
    struct analysis *r = analysis_run(a, STR("t.yaml"), str_from(yaml), options);
    REQUIRE(r->reach != NULL);
    REQUIRE(r->findings != NULL || options->settings == NULL);
    diags_check(&r->diags, &r->sources);
}

void span_check(struct span at, const struct source_set *sources)
{
    if (!span_is_none(at)) {
        const struct source *src = source_of(sources, at);
        REQUIRE(src != NULL);
        REQUIRE(at.begin <= at.end);
        REQUIRE(at.end <= src->bytes.n);
    }
}

void diags_check(const struct diags *d, const struct source_set *sources)
{
    size_t errors = 0;
    for (size_t i = 0; i < d->all.n; i++) {
        const struct diag *g = &d->all.at[i];
        errors += diag_kind(g->id)->level == DIAG_ERROR;
        REQUIRE(g->message.n > 0);
        span_check(g->at, sources);
        for (size_t k = 0; k < g->related.n; k++) {
            span_check(g->related.at[k].at, sources);
        }
    }
    REQUIRE(errors <= d->errors);
    REQUIRE(d->all.n <= LIMIT_DIAGNOSTICS);
}

/* Written where its span says, not elsewhere behind an alias or a merge key. */
static bool is_own(const struct doc_node *child, const struct doc_node *parent)
{
    return !child->is_alias && child->parent == parent;
}

static void node_check(const struct doc *doc, const struct doc_node *node, unsigned depth);

static void child_check(const struct doc *doc, const struct doc_node *parent,
                        const struct doc_node *child, uint32_t index, unsigned depth)
{
    if (is_own(child, parent)) {
        REQUIRE(child->index == index);
        REQUIRE(parent->span.begin <= doc_full_span(child).begin);
        REQUIRE(child->span.end <= parent->span.end);
    }
    node_check(doc, child, depth + 1);
}

static void node_check(const struct doc *doc, const struct doc_node *node, unsigned depth)
{
    REQUIRE(depth <= LIMIT_DEPTH);
    REQUIRE(node->span.begin <= node->span.end);
    REQUIRE(node->span.end <= doc->source->bytes.n);
    if (!span_is_none(doc_tag_span(node))) {
        REQUIRE(doc_tag_span(node).end <= doc->source->bytes.n);
    }
    if (node->is_alias) {
        REQUIRE(doc_target(node) != NULL);
        return; /* what is behind it is checked at its anchor */
    }
    for (uint32_t i = 0; node->kind == DOC_SEQ && i < node->n; i++) {
        child_check(doc, node, node->items[i], i, depth);
    }
    for (uint32_t i = 0; node->kind == DOC_MAP && i < node->n; i++) {
        const struct doc_entry *e = &node->entries[i];
        REQUIRE(e->key->kind == DOC_SCALAR);
        child_check(doc, node, e->key, i, depth);
        child_check(doc, node, e->value, i, depth);
        REQUIRE(doc_get_str(node, e->key->text) != NULL);
    }
}

void tree_check(const struct doc *doc)
{
    if (doc->root != NULL) {
        REQUIRE(doc->root->parent == NULL);
        node_check(doc, doc->root, 0);
    }
}
