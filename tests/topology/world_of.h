/*
 * For the tests of topology: a template text in, its world out, and ways to look at it. Lines
 * of the world's dump are compared without their ids ("vpc #3 V" is "vpc V").
 */
#ifndef CFNREACH_TESTS_TOPOLOGY_WORLD_OF_H
#define CFNREACH_TESTS_TOPOLOGY_WORLD_OF_H

#include "tests/check.h"
#include "topology/topology.h"

struct built {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct cfn_unit *unit;
    struct topology *t;
    struct world *w;
    struct buf dump;
};

static inline struct built *built_of(const char *text)
{
    struct built *b = test_calloc(1, sizeof *b);
    source_set_init(&b->sources, &b->arena);
    diags_init(&b->diags, &b->arena);
    struct source *src = source_add(&b->sources, STR("t.yaml"), str_from(text));
    struct doc *doc = doc_read(&b->arena, src, 1024 * 1024, &b->diags);
    assert_non_null(doc->root);
    b->unit = cfn_unit_new(&b->arena, &b->sources, &b->diags, (struct cfn_options){0});
    cfn_add(b->unit, doc, STR(""));
    cfn_seal(b->unit);
    b->t = topology_build(b->unit);
    b->w = b->t->world;
    struct buf raw;
    buf_init(&raw);
    buf_init(&b->dump);
    world_dump(b->w, &raw);
    for (size_t i = 0; i < raw.n; i++) {
        if (raw.p[i] != '#') {
            buf_addc(&b->dump, raw.p[i]);
            continue;
        }
        b->dump.n -= raw.p[i - 1] == ' '; /* "vpc #3 V" loses its id, "by=#3" the number */
        while (raw.p[i + 1] >= '0' && raw.p[i + 1] <= '9') {
            i++;
        }
    }
    buf_release(&raw);
    return b;
}

static inline void built_free(struct built *b)
{
    buf_release(&b->dump);
    arena_release(&b->arena);
    test_free(b);
}

/* The block of the dump that begins with the line "first...": that line and those deeper. */
static inline struct str built_block(const struct built *b, const char *first)
{
    struct str all = buf_str(&b->dump);
    struct str wanted = str_from(first);
    for (size_t at = 0; at < all.n;) {
        size_t end = str_find_byte(all, '\n', at);
        struct str line = str_sub(all, at, end);
        if (str_starts(line, wanted) && (line.n == wanted.n || line.p[wanted.n] == ' ')) {
            while (end + 1 < all.n && all.p[end + 1] == ' ') {
                end = str_find_byte(all, '\n', end + 1);
            }
            return str_sub(all, at, end + 1);
        }
        at = end + 1;
    }
    return (struct str){0};
}

static inline void built_check_block(const struct built *b, const char *first, const char *expected,
                                     const char *file, int line)
{
    struct str block = built_block(b, first);
    if (!str_is(block, expected)) {
        print_error("in this world:\n%s", b->dump.p);
        check_str(block, expected, file, line);
    }
}
/* The element of that line, with all its entries, is exactly this. */
#define assert_block(b, first, expected)                                                           \
    built_check_block((b), (first), (expected), __FILE__, __LINE__)

static inline bool built_has_line(const struct built *b, const char *line)
{
    struct buf wanted;
    buf_init(&wanted);
    buf_addf(&wanted, "%s\n", line);
    struct str all = buf_str(&b->dump);
    bool found = false;
    for (size_t at = 0; !found && (at = str_find(all, buf_str(&wanted), at)) != STR_NPOS; at++) {
        found = at == 0 || all.p[at - 1] == '\n';
    }
    buf_release(&wanted);
    return found;
}
#define assert_line(b, line)                                                                       \
    do {                                                                                           \
        if (!built_has_line((b), (line))) {                                                        \
            print_error("no line \"%s\" in:\n%s", (line), (b)->dump.p);                            \
            fail();                                                                                \
        }                                                                                          \
    } while (0)
#define assert_no_line(b, line)                                                                    \
    do {                                                                                           \
        if (built_has_line((b), (line))) {                                                         \
            print_error("a line \"%s\" in:\n%s", (line), (b)->dump.p);                             \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

/* How many diagnostics have this id and contain this text. */
static inline size_t built_said(const struct built *b, enum diag_id id, const char *text)
{
    size_t n = 0;
    for (size_t i = 0; i < b->diags.all.n; i++) {
        const struct diag *d = &b->diags.all.at[i];
        n += d->id == id && str_find(d->message, str_from(text), 0) != STR_NPOS;
    }
    return n;
}

static inline struct str built_text(const struct built *b, struct span at)
{
    return source_text(&b->sources, at);
}

/* What the interface of this name carries and where it is. */
static inline const struct world_interface *built_interface(const struct built *b, const char *name)
{
    for (size_t i = 0; i < b->w->interfaces.n; i++) {
        if (str_is(b->w->interfaces.at[i].name, name)) {
            return &b->w->interfaces.at[i];
        }
    }
    fail_msg("no interface %s", name);
    return NULL;
}

static inline const struct world_group *built_group(const struct built *b, const char *name)
{
    for (size_t i = 0; i < b->w->groups.n; i++) {
        if (str_is(b->w->groups.at[i].name, name)) {
            return &b->w->groups.at[i];
        }
    }
    fail_msg("no group %s", name);
    return NULL;
}

/* A guard as text, in the test's arena. */
static inline const char *built_guard(struct built *b, struct guard g)
{
    struct buf out;
    buf_init(&out);
    guard_print(b->w->space, g, &out);
    const char *text = str_to_c(&b->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* Base topology B of SEMANTICS 8, in pieces that tests leave out or replace. */
#define B_VPC "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
#define B_IGW "  Igw: {Type: AWS::EC2::InternetGateway}\n"
#define B_ATTACHMENT                                                                               \
    "  Attachment:\n"                                                                              \
    "    Type: AWS::EC2::VPCGatewayAttachment\n"                                                   \
    "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}\n"
#define B_SUBNET                                                                                   \
    "  Subnet:\n"                                                                                  \
    "    Type: AWS::EC2::Subnet\n"                                                                 \
    "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true}\n"
#define B_TABLE "  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n"
#define B_ROUTE                                                                                    \
    "  Route:\n"                                                                                   \
    "    Type: AWS::EC2::Route\n"                                                                  \
    "    DependsOn: Attachment\n"                                                                  \
    "    Properties:\n"                                                                            \
    "      RouteTableId: !Ref Table\n"                                                             \
    "      DestinationCidrBlock: 0.0.0.0/0\n"                                                      \
    "      GatewayId: !Ref Igw\n"
#define B_ASSOCIATION                                                                              \
    "  Association:\n"                                                                             \
    "    Type: AWS::EC2::SubnetRouteTableAssociation\n"                                            \
    "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n"
#define B_NETWORK B_VPC B_IGW B_ATTACHMENT B_SUBNET B_TABLE B_ROUTE B_ASSOCIATION
#define B_GROUP                                                                                    \
    "  Group:\n"                                                                                   \
    "    Type: AWS::EC2::SecurityGroup\n"                                                          \
    "    Properties:\n"                                                                            \
    "      GroupDescription: g\n"                                                                  \
    "      VpcId: !Ref Vpc\n"                                                                      \
    "      SecurityGroupIngress:\n"                                                                \
    "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
#define B_INSTANCE                                                                                 \
    "  Web:\n"                                                                                     \
    "    Type: AWS::EC2::Instance\n"                                                               \
    "    Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]}\n"
#define B_ALL B_NETWORK B_GROUP B_INSTANCE

#endif
