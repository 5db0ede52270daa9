/*
 * The head of a template's Resources: a VPC with a gateway, a subnet that gives public addresses,
 * and its route table, still without the route to the gateway.
 */
#ifndef CFNREACH_TESTS_PUBLIC_SUBNET_H
#define CFNREACH_TESTS_PUBLIC_SUBNET_H

#define PUBLIC_SUBNET                                                                              \
    "Resources:\n"                                                                                 \
    "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"                       \
    "  Igw: {Type: 'AWS::EC2::InternetGateway'}\n"                                                 \
    "  Attachment:\n"                                                                              \
    "    Type: AWS::EC2::VPCGatewayAttachment\n"                                                   \
    "    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}\n"                             \
    "  Subnet:\n"                                                                                  \
    "    Type: AWS::EC2::Subnet\n"                                                                 \
    "    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true}\n"       \
    "  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n"

#endif
