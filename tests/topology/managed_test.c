#include "tests/topology/managed_of.h"

/* A database is the family with all parts: a group of subnets, a flag, a port. */
#define SUBNETS                                                                                    \
    "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n"                               \
    "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n"
#define PLACE(properties) "  Place: {Type: AWS::RDS::DBSubnetGroup, Properties: {" properties "}}\n"
#define DB(properties)                                                                             \
    "  Db:\n"                                                                                      \
    "    Type: AWS::RDS::DBInstance\n"                                                             \
    "    Properties: {" properties "}\n"
#define NAME "Db/NetworkInterfaces/0"

static void a_group_of_subnets_is_found_by_reference_and_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *places;
    } rows[] = {
        {"!Ref Place", "A B "},
        {"backend", "A B "},
        {"elsewhere", "elsewhere "},
        {"!Ref Name", "Name "},
        {"default", "DefaultVPC.DefaultSubnet "},
        {"''", "DefaultVPC.DefaultSubnet "},
        {"!Ref 'AWS::NoValue'", "DefaultVPC.DefaultSubnet "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters: {Name: {Type: String}}\n"
                 "Resources:\n" B_VPC SUBNETS PLACE(
                     "DBSubnetGroupName: backend, SubnetIds: [!Ref A, !Ref B]")
                     DB("Engine: mysql, DBSubnetGroupName: %s"),
                 rows[i].name);
        struct built *b = built_of(text);
        assert_string_equal(managed_places(b, NAME), rows[i].places);
        built_free(b);
    }
}

static void groups_of_subnets_of_another_service_are_others(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Resources:\n" B_VPC SUBNETS
        "  Place: {Type: AWS::Redshift::ClusterSubnetGroup, Properties: {SubnetIds: [!Ref A]}}\n"
        "  Named:\n"
        "    Type: AWS::DocDB::DBSubnetGroup\n"
        "    Properties: {DBSubnetGroupName: backend, SubnetIds: [!Ref A]}\n" DB(
            "Engine: mysql, DBSubnetGroupName: backend"));
    assert_string_equal(managed_places(b, NAME), "backend ");
    built_free(b);
}

static void a_member_is_in_one_of_the_subnets(void **state)
{
    (void)state; /* 2.9: A-PLACE */
    struct built *b = built_of("Resources:\n" B_VPC SUBNETS PLACE("SubnetIds: [!Ref A, !Ref B]")
                                   DB("Engine: mysql, DBSubnetGroupName: !Ref Place"));
    const struct world_interface *n = built_interface(b, NAME);
    assert_string_equal(built_guard(b, n->placements.at[0].when), "A-PLACE(Db)=A");
    assert_string_equal(built_guard(b, n->placements.at[1].when), "A-PLACE(Db)=B");
    assert_str(b->w->owners.at[n->owner].name, "Db");
    assert_str(b->w->owners.at[n->owner].type, "AWS::RDS::DBInstance");
    built_free(b);
}

static void without_groups_it_carries_the_default_one(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC SUBNETS PLACE("SubnetIds: [!Ref A]")
                                   DB("Engine: mysql, DBSubnetGroupName: !Ref Place"));
    assert_string_equal(managed_groups(b, NAME), "Vpc.DefaultSecurityGroup ");
    built_free(b);
}

/* The place that decides about the address is the value of the flag. */
static void the_flag_decides_about_the_address(void **state)
{
    (void)state;
    static const struct {
        const char *flag;
        const char *is_public;
        const char *at;
    } rows[] = {
        {"true", "true", "true"},
        {"'True'", "true", "'True'"},
        {"false", "false", "false"},
        {"!Ref Flag", "A-SUBPUBIP(Flag)", "!Ref Flag"},
        {"!If [IsDev, true, false]", "Env=dev", "true"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters:\n"
                 "  Flag: {Type: String}\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" B_VPC SUBNETS PLACE("SubnetIds: [!Ref A]")
                     DB("Engine: mysql, DBSubnetGroupName: !Ref Place, PubliclyAccessible: %s"),
                 rows[i].flag);
        struct built *b = built_of(text);
        const struct world_placement *p = &built_interface(b, NAME)->placements.at[0];
        assert_string_equal(built_guard(b, p->public4), rows[i].is_public);
        assert_str(built_text(b, topology_origin(b->t, p->public4_id)->at), rows[i].at);
        built_free(b);
    }
}

static void a_port_is_listened_on_as_it_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *port;
        const char *listens;
    } rows[] = {
        {"5000", "tcp 5000-5000 true\n"},
        {"'5000'", "tcp 5000-5000 true\n"},
        {"!Ref 'AWS::NoValue'", "tcp 3306-3306 true\n"},
        {"!If [IsDev, 5000, !Ref 'AWS::NoValue']",
         "tcp 5000-5000 Env=dev\ntcp 3306-3306 Env=prod\n"},
        {"!Ref Port", "tcp 2000-3000 Port=a value that admits it\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters:\n"
                 "  Port: {Type: Number, MinValue: 2000, MaxValue: 3000}\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n" DB("Engine: mysql, Port: %s"),
                 rows[i].port);
        struct built *b = built_of(text);
        assert_string_equal(managed_listens(b, NAME), rows[i].listens);
        built_free(b);
    }
}

static void a_conditional_service_is_there_under_its_condition(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters:\n"
                               "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                               "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                               "Resources:\n"
                               "  Db:\n"
                               "    Type: AWS::RDS::DBInstance\n"
                               "    Condition: IsDev\n"
                               "    Properties: {Engine: mysql}\n");
    assert_string_equal(built_guard(b, built_interface(b, NAME)->when), "Env=dev");
    assert_string_equal(managed_listens(b, NAME), "tcp 3306-3306 Env=dev\n");
    built_free(b);
}

static void properties_of_a_wrong_shape_do_no_harm(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "DBSubnetGroupName: [], VPCSecurityGroups: {}, Port: [], PubliclyAccessible: []",
        "DBSubnetGroupName: {a: b}, VPCSecurityGroups: [[]], Port: {}, Engine: []",
        "DBSubnetGroupName: !Ref Vpc, VPCSecurityGroups: !Ref Vpc, Port: !Ref Vpc",
        "DBClusterIdentifier: !Ref Vpc, SourceDBInstanceIdentifier: !Ref Db, Port: 99999999999",
        "DBSubnetGroupName: !Ref Db, DBClusterIdentifier: !Ref Db",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text, "Resources:\n" B_VPC DB("%s"), rows[i]);
        struct built *b = built_of(text);
        assert_int_equal(b->w->interfaces.n, 1);
        assert_true(built_interface(b, NAME)->listens.n > 0);
        built_free(b);
    }
    struct built *b = built_of("Resources:\n  Db: {Type: AWS::RDS::DBInstance}\n");
    assert_int_equal(b->w->interfaces.n, 1);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_of_subnets_is_found_by_reference_and_by_name),
        cmocka_unit_test(groups_of_subnets_of_another_service_are_others),
        cmocka_unit_test(a_member_is_in_one_of_the_subnets),
        cmocka_unit_test(without_groups_it_carries_the_default_one),
        cmocka_unit_test(the_flag_decides_about_the_address),
        cmocka_unit_test(a_port_is_listened_on_as_it_is_written),
        cmocka_unit_test(a_conditional_service_is_there_under_its_condition),
        cmocka_unit_test(properties_of_a_wrong_shape_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
