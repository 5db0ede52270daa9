#include "tests/topology/managed_of.h"

#define SUBNETS                                                                                    \
    "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n"                               \
    "  Place: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref A]}}\n"
#define DB "Db/NetworkInterfaces/0"

static void the_port_of_an_engine(void **state)
{
    (void)state; /* "Default port" of CreateDBInstance */
    static const struct {
        const char *engine;
        const char *listens;
    } rows[] = {
        {"mysql", "tcp 3306-3306 true\n"},
        {"MySQL", "tcp 3306-3306 true\n"},
        {"mariadb", "tcp 3306-3306 true\n"},
        {"aurora", "tcp 3306-3306 true\n"},
        {"aurora-mysql", "tcp 3306-3306 true\n"},
        {"aurora-postgresql", "tcp 5432-5432 true\n"},
        {"postgres", "tcp 5432-5432 true\n"},
        {"oracle-se2", "tcp 1521-1521 true\n"},
        {"oracle-ee-cdb", "tcp 1521-1521 true\n"},
        {"custom-oracle-ee", "tcp 1521-1521 true\n"},
        {"sqlserver-ex", "tcp 1433-1433 true\n"},
        {"custom-sqlserver-se", "tcp 1433-1433 true\n"},
        {"db2-se", "tcp 50000-50000 true\n"},
        {"!Ref 'AWS::NoValue'",
         "tcp 3306-3306 true\ntcp 5432-5432 true\ntcp 1521-1521 true\ntcp 1433-1433 true\n"
         "tcp 50000-50000 true\n"},
        {"!If [IsDev, mysql, postgres]", "tcp 3306-3306 Env=dev\ntcp 5432-5432 Env=prod\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "Parameters:\n"
                 "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                 "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                 "Resources:\n"
                 "  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: %s}}\n",
                 rows[i].engine);
        struct built *b = built_of(text);
        assert_string_equal(managed_listens(b, DB), rows[i].listens);
        built_free(b);
    }
}

/* 2.9: absent: where the VPC of the subnet group has an internet gateway, or in the default VPC. */
static void without_the_flag_the_gateway_of_the_vpc_decides(void **state)
{
    (void)state;
    static const struct {
        const char *gateway;
        const char *place;
        const char *is_public;
    } rows[] = {
        {"", "!Ref Place", "false"},
        {B_IGW, "!Ref Place", "false"}, /* attached to nothing */
        {B_IGW B_ATTACHMENT, "!Ref Place", "true"},
        {"", "!Ref 'AWS::NoValue'", "A-DEFVPC"},
        {"", "!Ref Name", "true"}, /* its route (A-SUBROUTE) needs a gateway anyway */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Parameters: {Name: {Type: String}}\n"
                 "Resources:\n" B_VPC SUBNETS "%s"
                 "  Db:\n"
                 "    Type: AWS::RDS::DBInstance\n"
                 "    Properties: {Engine: mysql, DBSubnetGroupName: %s}\n",
                 rows[i].gateway, rows[i].place);
        struct built *b = built_of(text);
        assert_string_equal(managed_public4(b, DB), rows[i].is_public);
        built_free(b);
    }
}

static void a_member_of_a_cluster_is_where_the_cluster_is(void **state)
{
    (void)state;
    struct built *b =
        built_of("Resources:\n" B_VPC SUBNETS B_GROUP "  Cluster:\n"
                 "    Type: AWS::RDS::DBCluster\n"
                 "    Properties: {Engine: aurora-mysql, DBSubnetGroupName: !Ref Place,\n"
                 "                 VpcSecurityGroupIds: [!Ref Group], Port: 5000}\n"
                 "  Db:\n"
                 "    Type: AWS::RDS::DBInstance\n"
                 "    Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster,\n"
                 "                 PubliclyAccessible: true}\n");
    assert_int_equal(b->w->interfaces.n, 1); /* the cluster has none of its own */
    assert_string_equal(managed_places(b, DB), "A ");
    assert_string_equal(managed_groups(b, DB), "Group ");
    assert_string_equal(managed_listens(b, DB), "tcp 5000-5000 true\n");
    assert_string_equal(managed_public4(b, DB), "true");
    built_free(b);
}

static void a_member_of_an_unknown_cluster_is_somewhere_unknown(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters: {Cluster: {Type: String}}\n"
                               "Resources:\n"
                               "  Db:\n"
                               "    Type: AWS::RDS::DBInstance\n"
                               "    Properties: {Engine: aurora-postgresql,\n"
                               "                 DBClusterIdentifier: !Ref Cluster}\n");
    assert_string_equal(managed_places(b, DB), "Cluster ");
    assert_string_equal(managed_groups(b, DB), "Cluster ");
    assert_string_equal(managed_listens(b, DB), "tcp 5432-5432 true\n");
    built_free(b);
}

static void a_copy_is_where_its_source_is(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" B_VPC SUBNETS "  Source:\n"
                               "    Type: AWS::RDS::DBInstance\n"
                               "    Properties: {Engine: postgres, DBSubnetGroupName: !Ref Place}\n"
                               "  Db:\n"
                               "    Type: AWS::RDS::DBInstance\n"
                               "    Properties: {SourceDBInstanceIdentifier: !Ref Source}\n");
    assert_string_equal(managed_places(b, DB), "A ");
    assert_string_equal(managed_listens(b, DB), "tcp 5432-5432 true\n");
    built_free(b);
}

static void which_clusters_have_interfaces(void **state)
{
    (void)state;
    static const struct {
        const char *properties;
        const char *is_public; /* NULL: no interface */
    } rows[] = {
        {"Engine: aurora-mysql", NULL},
        {"Engine: mysql, DBClusterInstanceClass: db.m6gd.large, PubliclyAccessible: true", "true"},
        {"Engine: mysql, DBClusterInstanceClass: db.m6gd.large, PubliclyAccessible: false",
         "false"},
        {"Engine: aurora-mysql, EngineMode: serverless, PubliclyAccessible: true", "false"},
        {"Engine: aurora-mysql, EngineMode: provisioned", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "Resources:\n"
                 "  Db: {Type: AWS::RDS::DBCluster, Properties: {%s}}\n",
                 rows[i].properties);
        struct built *b = built_of(text);
        assert_int_equal(managed_exists(b, DB), rows[i].is_public != NULL);
        if (rows[i].is_public) {
            assert_string_equal(managed_public4(b, DB), rows[i].is_public);
        }
        built_free(b);
    }
}

static void it_is_ipv4_unless_it_is_told_otherwise(void **state)
{
    (void)state; /* 10.10; the subnet would give IPv6 addresses to instances */
    static const struct {
        const char *type;
        const char *has6;
    } rows[] = {{"IPV4", "false"}, {"DUAL", "true"}, {"!Ref 'AWS::NoValue'", "false"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "Resources:\n" B_VPC "  Six:\n"
                 "    Type: AWS::EC2::VPCCidrBlock\n"
                 "    Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}\n"
                 "  A:\n"
                 "    Type: AWS::EC2::Subnet\n"
                 "    Properties: {VpcId: !Ref Vpc, Ipv6CidrBlock: 'fd00:1::/64',\n"
                 "                 AssignIpv6AddressOnCreation: true}\n"
                 "  Place: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref A]}}\n"
                 "  Db:\n"
                 "    Type: AWS::RDS::DBInstance\n"
                 "    Properties: {Engine: mysql, DBSubnetGroupName: !Ref Place,\n"
                 "                 PubliclyAccessible: false, NetworkType: %s}\n",
                 rows[i].type);
        struct built *b = built_of(text);
        const struct world_interface *n = built_interface(b, DB);
        assert_string_equal(built_guard(b, n->placements.at[0].has6), rows[i].has6);
        assert_string_equal(built_guard(b, n->no_internet), rows[i].has6);
        built_free(b);
    }
}

static void a_warehouse_is_private_unless_it_says_otherwise(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        const char *properties;
        const char *is_public;
        const char *listens;
    } rows[] = {
        {"Redshift::Cluster", "", "false", "tcp 5439-5439 true\n"},
        {"Redshift::Cluster", "PubliclyAccessible: true, Port: 5440", "true",
         "tcp 5440-5440 true\n"},
        {"RedshiftServerless::Workgroup", "", "false", "tcp 5439-5439 true\n"},
        {"RedshiftServerless::Workgroup", "PubliclyAccessible: true", "true",
         "tcp 5439-5439 true\n"},
        {"DMS::ReplicationInstance", "", "true", "anything"},
        {"DMS::ReplicationInstance", "PubliclyAccessible: false", "false", "anything"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "Resources:\n"
                 "  Db: {Type: AWS::%s, Properties: {%s}}\n",
                 rows[i].type, rows[i].properties);
        struct built *b = built_of(text);
        assert_string_equal(managed_public4(b, DB), rows[i].is_public);
        assert_string_equal(managed_listens(b, DB), rows[i].listens);
        built_free(b);
    }
}

static void nobody_gets_an_answer_from_a_replication_instance(void **state)
{
    (void)state; /* 2.9: no listener, informational */
    struct built *b = built_of("Resources:\n  Db: {Type: AWS::DMS::ReplicationInstance}\n");
    assert_int_equal(b->w->interfaces.at[0].answers, ANSWERS_NOBODY);
    assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, ""), 0);
    built_free(b);
    b = built_of("Resources:\n  Db: {Type: AWS::Redshift::Cluster}\n");
    assert_int_equal(b->w->interfaces.at[0].answers, ANSWERS_ANYBODY);
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_port_of_an_engine),
        cmocka_unit_test(without_the_flag_the_gateway_of_the_vpc_decides),
        cmocka_unit_test(a_member_of_a_cluster_is_where_the_cluster_is),
        cmocka_unit_test(a_member_of_an_unknown_cluster_is_somewhere_unknown),
        cmocka_unit_test(a_copy_is_where_its_source_is),
        cmocka_unit_test(which_clusters_have_interfaces),
        cmocka_unit_test(it_is_ipv4_unless_it_is_told_otherwise),
        cmocka_unit_test(a_warehouse_is_private_unless_it_says_otherwise),
        cmocka_unit_test(nobody_gets_an_answer_from_a_replication_instance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
