#include "tests/topology/managed_of.h"

#define NETWORK                                                                                    \
    B_VPC "  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, MapPublicIpOnLaunch: "      \
          "true}}\n" B_GROUP
#define STORE "Store/NetworkInterfaces/0"

static void every_service_of_the_table(void **state)
{
    (void)state; /* 2.9 and the services' own guides */
    static const struct {
        const char *place; /* type and name property of a group of subnets, or NULL */
        const char *type;
        const char *properties;
        const char *listens;
    } rows[] = {
        {"AWS::DocDB::DBSubnetGroup", "AWS::DocDB::DBCluster",
         "DBSubnetGroupName: !Ref Place, VpcSecurityGroupIds: [!Ref Group]",
         "tcp 27017-27017 true\n"},
        {"AWS::DocDB::DBSubnetGroup", "AWS::DocDB::DBCluster",
         "DBSubnetGroupName: !Ref Place, VpcSecurityGroupIds: [!Ref Group], Port: 1",
         "tcp 1-1 true\n"},
        {"AWS::Neptune::DBSubnetGroup", "AWS::Neptune::DBCluster",
         "DBSubnetGroupName: !Ref Place, VpcSecurityGroupIds: [!Ref Group]",
         "tcp 8182-8182 true\n"},
        {"AWS::Neptune::DBSubnetGroup", "AWS::Neptune::DBCluster",
         "DBSubnetGroupName: !Ref Place, VpcSecurityGroupIds: [!Ref Group], DBPort: 2",
         "tcp 2-2 true\n"},
        {"AWS::ElastiCache::SubnetGroup", "AWS::ElastiCache::CacheCluster",
         "Engine: redis, CacheSubnetGroupName: !Ref Place, VpcSecurityGroupIds: [!Ref Group]",
         "tcp 6379-6379 true\n"},
        {"AWS::ElastiCache::SubnetGroup", "AWS::ElastiCache::CacheCluster",
         "Engine: memcached, CacheSubnetGroupName: !Ref Place, VpcSecurityGroupIds: [!Ref Group]",
         "tcp 11211-11211 true\n"},
        {"AWS::ElastiCache::SubnetGroup", "AWS::ElastiCache::ReplicationGroup",
         "CacheSubnetGroupName: !Ref Place, SecurityGroupIds: [!Ref Group]",
         "tcp 6379-6379 true\n"},
        {NULL, "AWS::ElastiCache::ServerlessCache",
         "Engine: valkey, SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Group]",
         "tcp 6379-6380 true\n"},
        {NULL, "AWS::ElastiCache::ServerlessCache",
         "Engine: memcached, SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Group]",
         "tcp 11211-11212 true\n"},
        {"AWS::MemoryDB::SubnetGroup", "AWS::MemoryDB::Cluster",
         "SubnetGroupName: !Ref Place, SecurityGroupIds: [!Ref Group]", "tcp 6379-6379 true\n"},
        {"AWS::DAX::SubnetGroup", "AWS::DAX::Cluster",
         "SubnetGroupName: !Ref Place, SecurityGroupIds: [!Ref Group]", "tcp 8111-8111 true\n"},
        {"AWS::DAX::SubnetGroup", "AWS::DAX::Cluster",
         "SubnetGroupName: !Ref Place, SecurityGroupIds: [!Ref Group], "
         "ClusterEndpointEncryptionType: TLS",
         "tcp 9111-9111 true\n"},
        {NULL, "AWS::EFS::MountTarget", "SubnetId: !Ref A, SecurityGroups: [!Ref Group]",
         "tcp 2049-2049 true\n"},
        {NULL, "AWS::FSx::FileSystem",
         "FileSystemType: WINDOWS, SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Group]",
         "tcp 445-445 true\n"},
        {NULL, "AWS::FSx::FileSystem",
         "FileSystemType: LUSTRE, SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Group]",
         "tcp 988-988 true\n"},
        {NULL, "AWS::FSx::FileSystem",
         "FileSystemType: OPENZFS, SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Group]",
         "tcp 111-111 true\ntcp 2049-2049 true\n"},
        {NULL, "AWS::RDS::DBProxy",
         "EngineFamily: MYSQL, VpcSubnetIds: [!Ref A], VpcSecurityGroupIds: [!Ref Group]",
         "tcp 3306-3306 true\n"},
        {NULL, "AWS::RDS::DBProxy",
         "EngineFamily: POSTGRESQL, VpcSubnetIds: [!Ref A], VpcSecurityGroupIds: [!Ref Group]",
         "tcp 5432-5432 true\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char place[256] = "";
        if (rows[i].place) {
            snprintf(place, sizeof place,
                     "  Place: {Type: %s, Properties: {SubnetIds: [!Ref A]}}\n", rows[i].place);
        }
        char text[2048];
        snprintf(text, sizeof text,
                 "Resources:\n" NETWORK "%s  Store: {Type: %s, Properties: {%s}}\n", place,
                 rows[i].type, rows[i].properties);
        struct built *b = built_of(text);
        assert_string_equal(managed_listens(b, STORE), rows[i].listens);
        assert_string_equal(managed_places(b, STORE), "A ");
        assert_string_equal(managed_groups(b, STORE), "Group ");
        assert_string_equal(managed_public4(b, STORE), "false"); /* the subnet's flag is nothing */
        assert_int_equal(built_said(b, DIAG_NOT_ANALYSED, ""), 0);
        built_free(b);
    }
}

static void some_are_in_every_subnet_and_some_in_one_of_them(void **state)
{
    (void)state;
    struct built *b = built_of(
        "Resources:\n" NETWORK "  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n"
        "  Place:\n"
        "    Type: AWS::DocDB::DBSubnetGroup\n"
        "    Properties: {SubnetIds: [!Ref A, !Ref B]}\n"
        "  One: {Type: AWS::DocDB::DBCluster, Properties: {DBSubnetGroupName: !Ref Place}}\n"
        "  Each: {Type: AWS::FSx::FileSystem, Properties: {SubnetIds: [!Ref A, !Ref B]}}\n");
    assert_string_equal(managed_places(b, "One/NetworkInterfaces/0"), "A B ");
    assert_false(managed_exists(b, "One/NetworkInterfaces/1"));
    assert_string_equal(managed_places(b, "Each/NetworkInterfaces/0"), "A ");
    assert_string_equal(managed_places(b, "Each/NetworkInterfaces/1"), "B ");
    assert_true(guard_is_true(built_interface(b, "Each/NetworkInterfaces/1")->when));
    built_free(b);
}

static void an_engine_that_is_not_known_may_be_any(void **state)
{
    (void)state;
    struct built *b =
        built_of("Parameters: {Engine: {Type: String}}\n"
                 "Resources:\n"
                 "  Store: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: !Ref "
                 "Engine}}\n");
    assert_string_equal(managed_listens(b, STORE), "tcp 11211-11211 Engine=a value that admits it\n"
                                                   "tcp 6379-6379 Engine=another value\n");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_service_of_the_table),
        cmocka_unit_test(some_are_in_every_subnet_and_some_in_one_of_them),
        cmocka_unit_test(an_engine_that_is_not_known_may_be_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
