/*
 * For the tests of fix: a template text in; its analysis, its fixes, and what they make of the
 * text. And, for the edits alone, a document with an edit list over it.
 */
#ifndef CFNREACH_TESTS_FIX_FIXING_H
#define CFNREACH_TESTS_FIX_FIXING_H

#include "base/limits.h"
#include "doc/path.h"
#include "fix/apply.h"
#include "fix/proof.h"
#include "tests/check.h"

/* A host in a public subnet; what follows is the list of its group's rules, and more. */
#define NETWORK                                                                                    \
    "Resources:\n"                                                                                 \
    "  Vpc:\n"                                                                                     \
    "    Type: AWS::EC2::VPC\n"                                                                    \
    "    Properties: {CidrBlock: 10.0.0.0/16}\n"                                                   \
    "  Igw:\n"                                                                                     \
    "    Type: AWS::EC2::InternetGateway\n"                                                        \
    "  Attachment:\n"                                                                              \
    "    Type: AWS::EC2::VPCGatewayAttachment\n"                                                   \
    "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}\n"                             \
    "  Subnet:\n"                                                                                  \
    "    Type: AWS::EC2::Subnet\n"                                                                 \
    "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true}\n"       \
    "  Table:\n"                                                                                   \
    "    Type: AWS::EC2::RouteTable\n"                                                             \
    "    Properties: {VpcId: !Ref Vpc}\n"                                                          \
    "  Inner:\n"                                                                                   \
    "    Type: AWS::EC2::RouteTable\n"                                                             \
    "    Properties: {VpcId: !Ref Vpc}\n"                                                          \
    "  Route:\n"                                                                                   \
    "    Type: AWS::EC2::Route\n"                                                                  \
    "    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref " \
    "Igw}\n"                                                                                       \
    "  Association:\n"                                                                             \
    "    Type: AWS::EC2::SubnetRouteTableAssociation\n"                                            \
    "    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}\n"                          \
    "  Web:\n"                                                                                     \
    "    Type: AWS::EC2::Instance\n"                                                               \
    "    Properties:\n"                                                                            \
    "      ImageId: ami-0123456789abcdef0\n"                                                       \
    "      SubnetId: !Ref Subnet\n"                                                                \
    "      SecurityGroupIds: [!Ref Sg]\n"                                                          \
    "  Sg:\n"                                                                                      \
    "    Type: AWS::EC2::SecurityGroup\n"                                                          \
    "    Properties:\n"                                                                            \
    "      GroupDescription: test\n"                                                               \
    "      VpcId: !Ref Vpc\n"                                                                      \
    "      SecurityGroupIngress:\n"

#define RULE(from, to, source)                                                                     \
    "        - IpProtocol: tcp\n"                                                                  \
    "          FromPort: " #from "\n"                                                              \
    "          ToPort: " #to "\n"                                                                  \
    "          " source "\n"
#define WORLD "CidrIp: 0.0.0.0/0"

struct fixing {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct analysis_options how;
    struct fix_options options;
    struct analysis *analysis;
    struct fix_job job;
};

static inline struct fixing *fixing_of(const char *text)
{
    struct fixing *f = test_calloc(1, sizeof *f);
    source_set_init(&f->sources, &f->arena);
    diags_init(&f->diags, &f->arena);
    f->how.settings = settings_load(&f->arena, STR("default"), &f->sources, &f->diags);
    f->how.today = STR("2030-01-01");
    f->options = (struct fix_options){&f->how, LIMIT_PROOFS, UINT64_MAX};
    f->analysis = analysis_run(&f->arena, STR("t.yaml"), str_from(text), &f->how);
    if (f->analysis->diags.errors > 0) {
        print_error("%.*s\n", STR_ARG(f->analysis->diags.all.at[0].message));
        fail();
    }
    job_open(&f->job, &f->arena, f->analysis, &f->options);
    return f;
}

static inline void fixing_free(struct fixing *f)
{
    job_close(&f->job);
    settings_release(f->how.settings);
    arena_release(&f->arena);
    test_free(f);
}

/* The fixes of the first finding. */
static inline struct fix_list fixing_list(struct fixing *f)
{
    return fix_find_one(&f->arena, f->analysis, 0, 1, &f->options);
}

static inline const struct fix *fixing_find(struct fix_list list, const char *id)
{
    for (size_t i = 0; i < list.n; i++) {
        if (str_is(list.at[i].id, id)) {
            return &list.at[i];
        }
    }
    return NULL;
}

/* The same where it has to be there. */
static inline const struct fix *fixing_need(struct fix_list list, const char *id)
{
    static const struct fix NONE;
    const struct fix *fix = fixing_find(list, id);
    if (fix == NULL) {
        fail_msg("no fix %s", id);
    }
    return fix != NULL ? fix : &NONE;
}

static inline struct str fixing_bytes(struct fixing *f, const struct fix *fix)
{
    struct buf b;
    buf_init(&b);
    edits_apply(f->analysis->source, fix->edits, fix->edit_n, &b);
    struct str text = str_copy(&f->arena, buf_str(&b));
    buf_release(&b);
    return text;
}

/* Is the fix of that id offered for the first finding, with this safety, and does what it makes
 * contain one text and not another (either may be NULL)? */
static inline void fixing_check(const char *text, const char *id, enum fix_safety safety,
                                const char *with, const char *without)
{
    struct fixing *f = fixing_of(text);
    const struct fix *fix = fixing_need(fixing_list(f), id);
    assert_int_equal(fix->safety, safety);
    struct str after = fixing_bytes(f, fix);
    if (with != NULL && str_find(after, str_from(with), 0) == STR_NPOS) {
        fail_msg("no \"%s\" in:\n%.*s", with, STR_ARG(after));
    }
    if (without != NULL && str_find(after, str_from(without), 0) != STR_NPOS) {
        fail_msg("still \"%s\" in:\n%.*s", without, STR_ARG(after));
    }
    fixing_free(f);
}

/* The fix is not offered; the reason, if there is no other edit either, contains `why`. */
static inline void fixing_refused(const char *text, const char *id, const char *why)
{
    struct fixing *f = fixing_of(text);
    struct fix_list list = fixing_list(f);
    if (fixing_find(list, id) != NULL) {
        fail_msg("there is a fix %s", id);
    }
    if (why != NULL && str_find(list.hindrance, str_from(why), 0) == STR_NPOS) {
        fail_msg("the reason is \"%.*s\"", STR_ARG(list.hindrance));
    }
    fixing_free(f);
}

/* ---- edits alone -------------------------------------------------------------------------- */

struct editing {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct doc *doc;
    struct style style;
    struct edits edits;
};

static inline void editing_open(struct editing *e, const char *text)
{
    *e = (struct editing){.doc = NULL};
    source_set_init(&e->sources, &e->arena);
    diags_init(&e->diags, &e->arena);
    struct source *src = source_add(&e->sources, STR("t"), str_from(text));
    e->doc = doc_read(&e->arena, src, LIMIT_TEMPLATE_BYTES, &e->diags);
    assert_non_null(e->doc->root);
    e->style = style_of(e->doc);
    e->edits = (struct edits){.arena = &e->arena, .doc = e->doc, .style = &e->style};
}

static inline const struct doc_node *editing_at(const struct editing *e, const char *path)
{
    const struct doc_node *node = doc_at(e->doc->root, path);
    if (node == NULL) {
        fail_msg("nothing at %s", path);
    }
    return node;
}

/* The edited text is this; NULL: the edit was refused. Then closes. */
static inline void editing_check(struct editing *e, bool ok, const char *expected, const char *file,
                                 int line)
{
    struct buf b;
    buf_init(&b);
    if (ok != (expected != NULL)) {
        print_error("%s: %.*s\n", ok ? "done" : "refused", STR_ARG(e->edits.why));
        _fail(file, line);
    }
    if (expected != NULL) {
        if (!edits_order(e->doc->source, e->edits.all.at, e->edits.all.n)) {
            _fail(file, line);
        }
        edits_apply(e->doc->source, e->edits.all.at, e->edits.all.n, &b);
        check_str(buf_str(&b), expected, file, line);
    } else if (e->edits.why.n == 0) {
        print_error("no reason\n");
        _fail(file, line);
    }
    buf_release(&b);
    arena_release(&e->arena);
}
#define assert_edited(e, ok, expected) editing_check((e), (ok), (expected), __FILE__, __LINE__)

#define RUN_TESTS(tests) cmocka_run_group_tests((tests), NULL, NULL)

#endif
