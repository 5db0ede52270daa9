#include "tests/topology/managed_of.h"

#define NETWORK                                                                                    \
    B_VPC B_SUBNET "  Side: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n" B_GROUP
#define KAFKA(access)                                                                              \
    "  Stream:\n"                                                                                  \
    "    Type: AWS::MSK::Cluster\n"                                                                \
    "    Properties:\n"                                                                            \
    "      BrokerNodeGroupInfo:\n"                                                                 \
    "        ClientSubnets: [!Ref Subnet, !Ref Side]\n"                                            \
    "        SecurityGroups: [!Ref Group]\n" access
#define ACCESS(type) "        ConnectivityInfo: {PublicAccess: {Type: " type "}}\n"
#define INSIDE                                                                                     \
    "tcp 9092-9092 true\n"                                                                         \
    "tcp 9094-9094 true\n"                                                                         \
    "tcp 9096-9096 true\n"                                                                         \
    "tcp 9098-9098 true\n"

static void kafka_has_a_broker_in_every_subnet(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK KAFKA(""));
    assert_int_equal(b->w->interfaces.n, 2);
    assert_string_equal(managed_places(b, "Stream/NetworkInterfaces/0"), "Subnet ");
    assert_string_equal(managed_places(b, "Stream/NetworkInterfaces/1"), "Side ");
    assert_string_equal(managed_listens(b, "Stream/NetworkInterfaces/1"), INSIDE);
    assert_string_equal(managed_public4(b, "Stream/NetworkInterfaces/0"), "false");
    built_free(b);
}

static void public_access_has_ports_of_its_own(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK KAFKA(ACCESS("SERVICE_PROVIDED_EIPS")));
    assert_int_equal(b->w->interfaces.n, 4);
    assert_string_equal(managed_public4(b, "Stream/NetworkInterfaces/0"), "false");
    assert_string_equal(managed_public4(b, "Stream/PublicAccess/0"), "true");
    assert_string_equal(managed_groups(b, "Stream/PublicAccess/1"), "Group ");
    assert_string_equal(managed_listens(b, "Stream/PublicAccess/1"),
                        "tcp 9194-9194 true\ntcp 9196-9196 true\ntcp 9198-9198 true\n");
    built_free(b);
    b = built_of("Resources:\n" NETWORK KAFKA(ACCESS("DISABLED")));
    assert_int_equal(b->w->interfaces.n, 2);
    built_free(b);
}

static void serverless_kafka_stands_in_all_its_vpcs(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK "  Stream:\n"
                               "    Type: AWS::MSK::ServerlessCluster\n"
                               "    Properties:\n"
                               "      VpcConfigs:\n"
                               "        - {SubnetIds: [!Ref Subnet, !Ref Side]}\n"
                               "        - {SubnetIds: [subnet-1], SecurityGroups: [!Ref Group]}\n");
    assert_int_equal(b->w->interfaces.n, 3);
    assert_string_equal(managed_groups(b, "Stream/NetworkInterfaces/1"),
                        "Vpc.DefaultSecurityGroup ");
    assert_string_equal(managed_places(b, "Stream/NetworkInterfaces/2"), "subnet-1 ");
    assert_string_equal(managed_groups(b, "Stream/NetworkInterfaces/2"), "Group ");
    assert_string_equal(managed_listens(b, "Stream/NetworkInterfaces/2"), "tcp 9098-9098 true\n");
    built_free(b);
}

#define BROKER(engine, is_public)                                                                  \
    "  Mq:\n"                                                                                      \
    "    Type: AWS::AmazonMQ::Broker\n"                                                            \
    "    Properties: {EngineType: " engine ", PubliclyAccessible: " is_public ",\n"                \
    "                 SubnetIds: [!Ref Subnet], SecurityGroups: [!Ref Group]}\n"

static void activemq_stands_in_its_subnet(void **state)
{
    (void)state;
    static const char *const flags[][2] = {{"true", "true"}, {"false", "false"}};
    for (size_t i = 0; i < 2; i++) {
        char text[2048];
        snprintf(text, sizeof text, "Resources:\n" NETWORK BROKER("ACTIVEMQ", "%s"), flags[i][0]);
        struct built *b = built_of(text);
        assert_int_equal(b->w->interfaces.n, 1);
        assert_string_equal(managed_public4(b, "Mq/NetworkInterfaces/0"), flags[i][1]);
        assert_string_equal(managed_groups(b, "Mq/NetworkInterfaces/0"), "Group ");
        assert_string_equal(managed_listens(b, "Mq/NetworkInterfaces/0"),
                            "tcp 8162-8162 true\ntcp 61617-61617 true\ntcp 5671-5671 true\n"
                            "tcp 61614-61614 true\ntcp 8883-8883 true\ntcp 61619-61619 true\n");
        built_free(b);
    }
}

static void a_public_rabbit_heeds_no_group(void **state)
{
    (void)state;
    struct built *b = built_of("Resources:\n" NETWORK BROKER("RabbitMQ", "true"));
    assert_int_equal(b->w->interfaces.n, 1);
    assert_string_equal(managed_places(b, "Mq/PublicAccess/0"), "ServiceNetwork.Subnet ");
    assert_string_equal(managed_groups(b, "Mq/PublicAccess/0"), "Mq.PublicAccess ");
    assert_string_equal(managed_rules(b, "Mq.PublicAccess"),
                        "tcp 5671-5671 v4 true\ntcp 443-443 v4 true\n");
    built_free(b);
}

static void a_rabbit_may_be_public_or_private(void **state)
{
    (void)state;
    struct built *b = built_of("Parameters:\n"
                               "  Public: {Type: String, AllowedValues: ['true', 'false']}\n"
                               "Resources:\n" NETWORK BROKER("RABBITMQ", "!Ref Public"));
    assert_string_equal(built_guard(b, built_interface(b, "Mq/PublicAccess/0")->when),
                        "Public=true");
    assert_string_equal(built_guard(b, built_interface(b, "Mq/NetworkInterfaces/0")->when),
                        "Public=false");
    assert_string_equal(managed_listens(b, "Mq/NetworkInterfaces/0"),
                        "tcp 5671-5671 Public=false\ntcp 443-443 Public=false\n");
    built_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kafka_has_a_broker_in_every_subnet),
        cmocka_unit_test(public_access_has_ports_of_its_own),
        cmocka_unit_test(serverless_kafka_stands_in_all_its_vpcs),
        cmocka_unit_test(activemq_stands_in_its_subnet),
        cmocka_unit_test(a_public_rabbit_heeds_no_group),
        cmocka_unit_test(a_rabbit_may_be_public_or_private),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
