#include "topology/edge.h"

#include "tests/topology/edges_of.h"

static void an_attachment_keeps_what_is_beyond_it(void **state)
{
    (void)state;
    struct built *b = edges_of("Parameters:\n"
                               "  Env: {Type: String, AllowedValues: [dev, prod]}\n"
                               "Conditions: {IsDev: !Equals [!Ref Env, dev]}\n"
                               "Resources:\n"
                               "  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
                               "  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}\n"
                               "  Six:\n"
                               "    Type: AWS::EC2::VPCCidrBlock\n"
                               "    Condition: IsDev\n"
                               "    Properties: {VpcId: !Ref B, Ipv6CidrBlock: '2001:db8::/56',\n"
                               "                 Ipv6Pool: ipv6pool-1}\n"
                               "  Peer:\n"
                               "    Type: AWS::EC2::VPCPeeringConnection\n"
                               "    Properties: {VpcId: !Ref A, PeerVpcId: !Ref B}\n");
    assert_block(b, "edge Peer",
                 "edge Peer\n"
                 "  at A beyond B groups\n    from 10.1.0.0/16\n"
                 "    from 2001:db8::/56 when Env=dev\n"
                 "  at B beyond A groups\n    from 10.0.0.0/16\n");
    built_free(b);
}

/* The inspector workshop (SEMANTICS 7), by hand from its template: which VPCs are joined, who
 * is behind the balancer. Zones are two parameters; each pair of subnets is in both of them. */
static void the_edges_of_the_inspector_workshop(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *text = NULL;
    FILE *f = fopen("../shared/corpus/samples/2571-EnvironmentBuild.json", "rb");
    if (f) {
        text = ARENA_ARRAY(&arena, 1024 * 1024, char);
        size_t n = fread(text, 1, 1024 * 1024 - 1, f);
        text[n] = '\0';
        fclose(f);
    }
    if (!text) {
        print_message("SKIPPED: the corpus is not here\n");
        skip();
    }
    struct built *b = edges_of(text);
    assert_block(b, "edge WebApp2BastionPeer",
                 "edge WebApp2BastionPeer\n"
                 "  at BastionVPC beyond WebAppVPC groups\n    from 10.0.0.0/16\n"
                 "  at WebAppVPC beyond BastionVPC groups\n    from 10.1.0.0/16\n");
    assert_block(b, "edge PoC2BastionPeer",
                 "edge PoC2BastionPeer\n"
                 "  at BastionVPC beyond PoCVPC groups\n    from 10.250.0.0/16\n"
                 "  at PoCVPC beyond BastionVPC groups\n    from 10.1.0.0/16\n");
    assert_block(b, "edge HostVPNGateway", "edge HostVPNGateway\n  at BastionVPC any\n");
    assert_block(
        b, "balance WebAppLoadBalancer",
        "balance WebAppLoadBalancer application filters\n"
        "  interface WebAppLoadBalancer/NetworkInterfaces/0 WebAppPublicSubnetAZ1 public4\n"
        "  interface WebAppLoadBalancer/NetworkInterfaces/1 WebAppPublicSubnetAZ2 public4\n"
        "  listens WebAppLoadBalancerListener tcp 80-80\n"
        "    to WebAppLoadBalancerTarget\n"
        "  serves WebAppPublicSubnetAZ1 WebAppWebSubnetAZ1\n"
        "  serves WebAppPublicSubnetAZ2 WebAppWebSubnetAZ1\n"
        "  serves WebAppPublicSubnetAZ1 WebAppWebSubnetAZ2\n"
        "  serves WebAppPublicSubnetAZ2 WebAppWebSubnetAZ2\n");
    assert_block(b, "targets WebAppLoadBalancerTarget",
                 "targets WebAppLoadBalancerTarget tcp\n"
                 "  to WebAppServerAZ1/NetworkInterfaces/0 80-80\n"
                 "  to WebAppServerAZ2/NetworkInterfaces/0 80-80\n");
    built_free(b);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attachment_keeps_what_is_beyond_it),
        cmocka_unit_test(the_edges_of_the_inspector_workshop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
