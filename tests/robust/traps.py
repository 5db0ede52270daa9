#!/usr/bin/env python3
"""The worst templates that we can think of, one for each way to make work or memory grow.

    tests/robust/traps.py              the names, a line each: NAME SIZE EXPECTED
    tests/robust/traps.py NAME SIZE    the template on standard output

SIZE is the one that tests/robust/budgets begins with. EXPECTED is the status, and the limit that
the diagnostic has to name at the trap's full size: a row of src/base/limits.h, whose number is
looked up there, or words; '-' where no limit is needed.
"""
import os, re, sys

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"
NET = """  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Gate: {Type: 'AWS::EC2::InternetGateway'}
  Attach: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gate}}
  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}
  Route: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gate}}
  Net: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true}}
  Link: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref Net, RouteTableId: !Ref Table}}
"""


def limits():
    """The rows of src/base/limits.h, name -> value."""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, '../../src/base/limits.h')) as f:
        rows = re.findall(r'^ +(LIMIT_[A-Z0-9_]+) = ([^,\n]+),?$', f.read(), re.M)
    values = {}
    for name, value in rows:
        values[name] = eval(value, {}, values)
    return values


def prefix(i):
    """Distinct public /32 blocks that never touch."""
    return '%d.%d.%d.%d/32' % (11 + (i >> 22), i >> 14 & 255, i >> 6 & 255, (i & 63) * 4)


def rule(port, source="0.0.0.0/0", end=None):
    return "{IpProtocol: tcp, FromPort: %s, ToPort: %s, CidrIp: %s}" % (port, port if end is None else end, source)


def group(name, rules):
    return ("  %s:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: x\n      VpcId: !Ref Vpc\n"
            "      SecurityGroupIngress:\n" % name) + ''.join('        - %s\n' % r for r in rules)


def instance(name, groups, extra=''):
    return ("  %s: {Type: 'AWS::EC2::Instance', Properties: {ImageId: ami-1, SubnetId: !Ref Net, SecurityGroupIds: [%s]%s}}\n"
            % (name, ', '.join('!Ref %s' % g for g in groups), extra))


def network(groups, instances, before=''):
    return HEAD + before + 'Resources:\n' + NET + ''.join(groups) + ''.join(instances)


def facts(n, kind='String', extra=''):
    return 'Parameters:\n' + ''.join('  P%d: {Type: %s%s}\n' % (i, kind, extra) for i in range(n))


def yes_no(n):
    return facts(n, extra=', AllowedValues: [a, b]') + 'Conditions:\n' + ''.join(
        '  C%d: !Equals [!Ref P%d, a]\n' % (i, i) for i in range(n))


# ---- reading ------------------------------------------------------------------------------------
def flow_depth(n):
    return HEAD + 'Resources: ' + '[' * n


def block_depth(n):
    return HEAD + 'Resources:\n' + ''.join(' ' * (i + 1) + 'a:\n' for i in range(n))


def json_depth(n):
    return '{"AWSTemplateFormatVersion":' + '[' * n


def nodes(n):
    return HEAD + 'Metadata: {' + 'a,' * n + '}\nResources: {}\n'


def items(n):
    return HEAD + 'Metadata: [' + 'a,' * n + ']\nResources:\n' + NET


def comments(n):
    return HEAD + '#\n' * n + 'Resources:\n' + NET


def keys(n):
    return HEAD + 'Metadata:\n' + ''.join('  k%d: 1\n' % i for i in range(n)) + 'Resources:\n' + NET


def same_keys(n):
    return HEAD + 'Metadata:\n' + '  k: 1\n' * n + 'Resources:\n' + NET


def anchors(n):
    return HEAD + 'Metadata:\n' + ''.join('  k%d: &a%d 1\n' % (i, i) for i in range(n)) + \
        ''.join('  l%d: *a%d\n' % (i, i) for i in range(n)) + 'Resources:\n' + NET


def alias_bomb(n):
    text = HEAD + 'Metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n'
    for i in range(1, n):
        text += '  a%d: &a%d [%s]\n' % (i, i, ', '.join(['*a%d' % (i - 1)] * 10))
    return text + 'Resources:\n' + NET


def merge_bomb(n):
    text = HEAD + 'Metadata:\n  m0: &m0 {k0: 1}\n'
    for i in range(1, n):
        text += '  m%d: &m%d {k%d: 1, <<: *m%d}\n' % (i, i, i, i - 1)
    return text + 'Resources:\n' + NET


def escapes(n):
    return HEAD + 'Description: "' + '\\u00e9' * n + '"\nResources:\n' + NET


def folded(n):
    return HEAD + 'Description: >\n' + '  a\n\n' * n + 'Resources:\n' + NET


# ---- values -------------------------------------------------------------------------------------
def sub_growth(n):
    """A Default of 4 kB, n times in one Sub."""
    return HEAD + "Parameters: {P: {Type: String, Default: '%s'}}\nResources:\n" % ('x' * 4000) + NET + \
        "  A: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: !Sub '%s'}}\n" % ('${P}' * n) + \
        group('G', [rule(22)]) + instance('I', ['G'], ", UserData: !Sub '%s'" % ('${P}' * n))


def sub_used(n):
    """As a source, where the value is looked at."""
    return HEAD + "Parameters: {P: {Type: String, AllowedValues: ['%s']}}\nResources:\n" % ('x' * 4000) + NET + \
        group('G', [rule(22, "!Sub '%s'" % ('${P}' * n))]) + instance('I', ['G'])


def join_used(n):
    return HEAD + "Parameters: {P: {Type: String, AllowedValues: ['%s']}}\nResources:\n" % ('x' * 4000) + NET + \
        group('G', [rule(22, "!Join ['', [%s]]" % ', '.join(['!Ref P'] * n))]) + instance('I', ['G'])


def base64_used(n):
    text = "'%s'" % ('x' * 4000)
    for _ in range(n):
        text = '{"Fn::Base64": %s}' % text
    return HEAD + 'Resources:\n' + NET + group('G', [rule(22, text)]) + instance('I', ['G'])


def sub_nested(n):
    text = "x"
    for _ in range(n):
        text = '{"Fn::Sub": ["a${V}", {"V": %s}]}' % (text if text != 'x' else '"x"')
    return HEAD + 'Resources:\n' + NET + group('G', [rule(22, text)]) + instance('I', ['G'])


def if_nested(n):
    text = '10.0.0.0/8'
    for i in range(n):
        text = '!If [C%d, %s, 0.0.0.0/0]' % (i % 50, text)
    return HEAD + yes_no(50) + 'Resources:\n' + NET + group('G', [rule(22, text)]) + instance('I', ['G'])


def if_product(n):
    """n independent choices in one text: 2^n alternatives."""
    return HEAD + yes_no(n) + 'Resources:\n' + NET + \
        group('G', [rule(22, "!Join ['', [%s]]" % ', '.join('!If [C%d, a, b]' % i for i in range(n)))]) + instance('I', ['G'])


def sub_product(n):
    return HEAD + facts(n, extra=', AllowedValues: [%s]' % ', '.join('v%d' % i for i in range(10))) + 'Resources:\n' + NET + \
        group('G', [rule(22, "!Sub '%s'" % ''.join('${P%d}' % i for i in range(n)))]) + instance('I', ['G'])


def numbers(first, n):
    return ', '.join(str(first + i) for i in range(n))


def sub_parts(n):
    """Ten choices, and n variables behind each of the 1,024 texts."""
    return HEAD + facts(10, extra=', AllowedValues: [a, b]') + ''.join('  F%d: {Type: String}\n' % i for i in range(n)) + \
        'Resources:\n' + NET + group('G', [rule(22, "!Sub '%s'" % (''.join('${P%d}' % i for i in range(10)) + ''.join('${F%d}' % i for i in range(n))))]) + \
        instance('I', ['G'])


def bounds(n, rules=1):
    """n first and n last ports, of which none make a range: each pair is looked at for nothing."""
    return HEAD + 'Parameters:\n  F: {Type: Number, AllowedValues: [%s]}\n  T: {Type: Number, AllowedValues: [%s]}\nResources:\n' % (
        numbers(40000, n), numbers(1, n)) + NET + group('G', [rule('!Ref F', end='!Ref T')] * rules) + instance('I', ['G'])


def bounds_many(n):
    return bounds(250, n)


def records(n):
    """n rules of 1,000 sources each."""
    return HEAD + 'Parameters:\n  P: {Type: String, AllowedValues: [%s]}\nResources:\n' % ', '.join("'%s'" % prefix(i * 7) for i in range(1000)) + NET + \
        group('G', [rule(22, '!Ref P')] * n) + instance('I', ['G'])


def entries_by_two(n):
    """n ACL entries, each of 1,000 ports and 1,000 blocks that go with one another."""
    return HEAD + 'Parameters:\n  P: {Type: Number, AllowedValues: [%s]}\n  C: {Type: String, AllowedValues: [%s]}\nResources:\n' % (
        numbers(1, 1000), ', '.join("'%s'" % prefix(i * 7) for i in range(1000))) + NET + \
        "  Acl: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}\n" + \
        "  Mine: {Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: {SubnetId: !Ref Net, NetworkAclId: !Ref Acl}}\n" + \
        ''.join("  E%d: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref Acl, RuleNumber: %d, Protocol: 6, RuleAction: allow, CidrBlock: !Ref C, PortRange: {From: !Ref P, To: !Ref P}}}\n"
                % (i, i + 1) for i in range(n)) + group('G', [rule(22)]) + instance('I', ['G'])


def routes_by_three(n):
    """n routes, each with 90 tables, 90 targets and 1,000 destinations that go with one another."""
    table, gate = '!Ref Table', '!Ref N0'
    for i in range(90):
        table, gate = '!If [A%d, !Ref T%d, %s]' % (i, i, table), '!If [B%d, !Ref N%d, %s]' % (i, i, gate)
    return HEAD + 'Parameters:\n  P: {Type: String, AllowedValues: [%s]}\n' % ', '.join("'%s'" % prefix(i * 7) for i in range(1000)) + \
        ''.join('  %s: {Type: Number, AllowedValues: [%s]}\n' % (x, numbers(0, 99)) for x in 'AB') + 'Conditions:\n' + \
        ''.join('  %s%d: !Equals [!Ref %s, %d]\n' % (x, i, x, i) for x in 'AB' for i in range(90)) + 'Resources:\n' + NET + \
        ''.join("  T%d: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Vpc}}\n  N%d: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref Net}}\n" % (i, i) for i in range(90)) + \
        ''.join("  R%d: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: %s, DestinationCidrBlock: !Ref P, NatGatewayId: %s}}\n" % (i, table, gate) for i in range(n)) + \
        group('G', [rule(22)]) + instance('I', ['G'])


def optional_rules(n):
    return HEAD + yes_no(n) + 'Resources:\n' + NET + \
        group('G', ['!If [C%d, %s, !Ref AWS::NoValue]' % (i, rule(20 + i)) for i in range(n)]) + instance('I', ['G'])


def parameters(n):
    """n parameters of 100 AllowedValues, each a source."""
    values = ', '.join("'%s'" % prefix(i * 7) for i in range(100))
    return HEAD + 'Parameters:\n' + ''.join('  P%d: {Type: String, AllowedValues: [%s]}\n' % (i, values) for i in range(n)) + \
        'Resources:\n' + NET + group('G', [rule(22, '!Ref P%d' % i) for i in range(n)]) + instance('I', ['G'])


def free_parameters(n):
    return HEAD + facts(n) + 'Resources:\n' + NET + group('G', [rule(22, '!Ref P%d' % i) for i in range(n)]) + instance('I', ['G'])


def outcomes(n):
    return HEAD + 'Parameters:\n  P: {Type: String, AllowedValues: [%s]}\nResources:\n' % ', '.join(
        "'%s'" % prefix(i) for i in range(n)) + NET + group('G', [rule(22, '!Ref P')]) + instance('I', ['G'])


def cubes(n):
    """Or of And of pairs in an order that no decision diagram likes: 2^n nodes."""
    pairs = ['!And [!Condition C%d, !Condition C%d]' % (i, i + n) for i in range(n)]
    while len(pairs) > 1:
        pairs = ['!Or [%s]' % ', '.join(pairs[i:i + 10]) if len(pairs[i:i + 10]) > 1 else pairs[i] for i in range(0, len(pairs), 10)]
    return HEAD + yes_no(2 * n) + '  Bad: %s\nResources:\n' % pairs[0] + NET + \
        group('G', ['!If [Bad, %s, !Ref AWS::NoValue]' % rule(22)]) + instance('I', ['G'])


def parity(n):
    text = HEAD + yes_no(n) + '  X0: !Condition C0\n'
    for i in range(1, n):
        text += '  X%d: !Or [!And [!Condition X%d, !Not [!Condition C%d]], !And [!Not [!Condition X%d], !Condition C%d]]\n' % (i, i - 1, i, i - 1, i)
    return text + 'Resources:\n' + NET + group('G', ['!If [X%d, %s, !Ref AWS::NoValue]' % (n - 1, rule(22))]) + instance('I', ['G'])


def condition_chain(n):
    text = HEAD + yes_no(1) + '  X0: !Condition C0\n'
    for i in range(1, n):
        text += '  X%d: !Not [!Condition X%d]\n' % (i, i - 1)
    return text + 'Resources:\n' + NET + group('G', ['!If [X%d, %s, !Ref AWS::NoValue]' % (n - 1, rule(22))]) + instance('I', ['G'])


def attribute_chain(n):
    text = HEAD + "Resources:\n" + NET
    for i in range(n):
        text += "  S%d: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: x, VpcId: !GetAtt %s}}\n" % (
            i, 'S%d.VpcId' % (i + 1) if i + 1 < n else 'Vpc.VpcId')
    return text


def regex(n):
    return HEAD + "Parameters: {P: {Type: String, AllowedPattern: '^(a+)+$', Default: '%sb'}}\nResources:\n" % ('a' * n) + NET + \
        group('G', [rule(22, '!Ref P')]) + instance('I', ['G'])


def regex_many(n):
    return HEAD + 'Parameters:\n' + ''.join(
        "  P%d: {Type: String, AllowedPattern: '^(a+)+$', Default: '%sb'}\n" % (i, 'a' * 64) for i in range(n)) + 'Resources:\n' + NET


def mapping(n):
    return HEAD + 'Parameters: {K: {Type: String}}\nMappings:\n  M:\n' + ''.join(
        "    k%d: {v: '%s'}\n" % (i, prefix(i)) for i in range(n)) + 'Resources:\n' + NET + \
        group('G', [rule(22, '!FindInMap [M, !Ref K, v]')]) + instance('I', ['G'])


def mapping_many(n):
    return HEAD + 'Parameters: {K: {Type: String}}\nMappings:\n  M:\n' + ''.join(
        "    k%d: {v: '%s'}\n" % (i, prefix(i)) for i in range(200)) + 'Resources:\n' + NET + \
        group('G', [rule(20 + i, '!FindInMap [M, !Ref K, v]') for i in range(n)]) + instance('I', ['G'])


def undefined(n):
    return HEAD + 'Resources:\n' + NET + group('G', [rule(22, '!Ref Missing%d' % i) for i in range(n)]) + instance('I', ['G'])


def for_each(n):
    inner = "'R${%s}': {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}" % 'x0'
    return HEAD + 'Transform: AWS::LanguageExtensions\nResources:\n' + NET + "  Fn::ForEach::L:\n    - x0\n    - [%s]\n    - {%s}\n" % (
        ', '.join('a%d' % i for i in range(n)), inner)


def for_each_nested(n):
    text = "{'R%s': {Type: 'AWS::EC2::VPC'}}" % ''.join('${x%d}' % i for i in range(n))
    for i in reversed(range(n)):
        text = "{'Fn::ForEach::L%d': [x%d, [a, b, c, d, e, f, g, h, i, j], %s]}" % (i, i, text)
    return HEAD + 'Transform: AWS::LanguageExtensions\nResources: %s\n' % text


# ---- the world ----------------------------------------------------------------------------------
def prefixes(n):
    """n distinct sources in one group."""
    return network([group('G', [rule(22, prefix(i)) for i in range(n)])], [instance('I', ['G'])])


def ports(n):
    return network([group('G', [rule(i % 65536) for i in range(0, 2 * n, 2)])], [instance('I', ['G'])])


def nested_ports(n):
    return network([group('G', [rule(i, '0.0.0.0/0', 65535 - i) for i in range(n)])], [instance('I', ['G'])])


def instances(n):
    return network([group('G', [rule(22)])], [instance('I%d' % i, ['G']) for i in range(n)])


def rules_by_interfaces(n):
    """10 n rules in one group on n instances: 10 n^2 endpoints, if each rule opened a port."""
    return network([group('G', [rule(22, prefix(i)) for i in range(10 * n)])], [instance('I%d' % i, ['G']) for i in range(n)])


def open_by_interfaces(n):
    """n rules that open a port each, on n instances: n^2 exposed endpoints."""
    return network([group('G', [rule(1024 + 2 * i) for i in range(n)])], [instance('I%d' % i, ['G']) for i in range(n)])


def groups_by_interfaces(n):
    return network([group('G%d' % i, [rule(22 + i)]) for i in range(n)], [instance('I%d' % i, ['G%d' % k for k in range(max(0, i - 4), i + 1)]) for i in range(n)])


def mesh(n):
    """Groups that admit each other."""
    return network([group('G%d' % i, [rule(22)]) for i in range(n)] + [
        "  E%d: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !GetAtt G%d.GroupId, IpProtocol: tcp, FromPort: 22, ToPort: 22, SourceSecurityGroupId: !GetAtt G%d.GroupId}}\n" % (i, i, (i + 1) % n) for i in range(n)],
        [instance('I%d' % i, ['G%d' % i]) for i in range(n)])


def entries(n):
    acl = "  Acl: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Vpc}}\n  Bind: {Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: {SubnetId: !Ref Net, NetworkAclId: !Ref Acl}}\n"
    return network([acl] + ["  E%d: {Type: 'AWS::EC2::NetworkAclEntry', Properties: {NetworkAclId: !Ref Acl, RuleNumber: %d, Protocol: 6, RuleAction: %s, CidrBlock: '%s', PortRange: {From: %d, To: %d}}}\n" % (
        i, i + 1, 'deny' if i % 2 else 'allow', prefix(i), i % 100, 60000 - i) for i in range(n)] + [group('G', [rule(0, '0.0.0.0/0', 65535)])], [instance('I', ['G'])])


def routes(n):
    return network(["  R%d: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: '%s', GatewayId: !Ref Gate}}\n" % (i, prefix(i)) for i in range(n)] + [group('G', [rule(22)])], [instance('I', ['G'])])


def subnets(n):
    return network(["  N%d: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: '10.0.%d.%d/28', MapPublicIpOnLaunch: true}}\n  L%d: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref N%d, RouteTableId: !Ref Table}}\n" % (
        i, i // 16 % 256, i % 16 * 16, i, i) for i in range(n)] + [group('G', [rule(22)])],
        ["  I%d: {Type: 'AWS::EC2::Instance', Properties: {ImageId: ami-1, SubnetId: !Ref N%d, SecurityGroupIds: [!Ref G]}}\n" % (i, i) for i in range(n)])


def balancers(n):
    text = [group('G', [rule(22), rule(80)])]
    for i in range(n):
        text.append("  B%d: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {Scheme: internet-facing, Subnets: [!Ref Net], SecurityGroups: [!Ref G]}}\n"
                    "  T%d: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {VpcId: !Ref Vpc, Port: 22, Protocol: TCP, Targets: [{Id: !Ref I%d}, {Id: !Ref I%d}]}}\n"
                    "  L%d: {Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: {LoadBalancerArn: !Ref B%d, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref T%d}]}}\n" % (i, i, i, (i + 1) % n, i, i, i))
    return network(text, [instance('I%d' % i, ['G']) for i in range(n)])


def attachments(n):
    """Each attached VPC may be asked from each other one."""
    return HEAD + "Resources:\n  Hub: {Type: 'AWS::EC2::TransitGateway'}\n" + NET + ''.join(
        "  V%d: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.%d.%d.0/24}}\n"
        "  A%d: {Type: 'AWS::EC2::TransitGatewayAttachment', Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref V%d, SubnetIds: [!Ref Net]}}\n"
        % (i, i >> 8, i & 255, i, i) for i in range(n)) + group('G', [rule(22)]) + instance('I', ['G'])


def bytes_of(n):
    return HEAD + "Description: '" + 'x' * n + "'\nResources:\n" + NET


def ignores(n):
    return network([group('G', [rule(22, prefix(i)) + ' # cfnreach:ignore CFNR102 -- x' for i in range(n)])], [instance('I', ['G'])])


# name, size for `budgets`, status at the full size, words of the limit, full size
TRAPS = [
    (flow_depth, 100, 2, 'LIMIT_DEPTH', 100000), (block_depth, 100, 2, 'LIMIT_DEPTH', 900), (json_depth, 100, 2, 'LIMIT_DEPTH', 100000),
    (nodes, 20000, 2, 'LIMIT_NODES', 510000), (items, 20000, 0, '-', 500000), (comments, 20000, 0, '-', 500000),
    (keys, 10000, 0, '-', 60000), (same_keys, 10000, 2, '-', 100000), (anchors, 5000, 0, '-', 20000),
    (alias_bomb, 4, 2, 'LIMIT_ALIAS_NODES', 12), (merge_bomb, 100, 2, 'LIMIT_ALIAS_NODES', 2000), (escapes, 20000, 0, '-', 150000),
    (folded, 20000, 0, '-', 150000),
    (sub_growth, 8, 1, '-', 5000), (sub_used, 8, 2, 'LIMIT_VALUE_BYTES', 5000), (join_used, 8, 2, 'LIMIT_VALUE_BYTES', 5000),
    (base64_used, 2, 2, 'LIMIT_VALUE_BYTES', 20), (sub_nested, 30, 2, 'LIMIT_DEPTH', 150), (if_nested, 30, 2, 'LIMIT_EVAL_DEPTH', 150),
    (if_product, 4, 2, 'LIMIT_ALTERNATIVES', 60), (sub_product, 1, 2, 'LIMIT_ALTERNATIVES', 60), (sub_parts, 60, 2, 'LIMIT_VALUE_PARTS', 260),
    (bounds, 30, 2, 'LIMIT_STEPS', 300), (bounds_many, 3, 2, 'LIMIT_STEPS_TOTAL', 65), (records, 10, 2, 'LIMIT_RECORDS', 252),
    (entries_by_two, 5, 2, 'LIMIT_ALTERNATIVES', 200), (routes_by_three, 2, 2, 'LIMIT_ALTERNATIVES', 20), (optional_rules, 30, 1, '-', 500),
    (parameters, 60, 0, '-', 500), (free_parameters, 100, 0, '-', 500), (outcomes, 400, 2, 'LIMIT_ALTERNATIVES', 20000),
    (cubes, 5, 2, 'Too many choices', 100), (parity, 30, 1, '-', 500), (condition_chain, 40, 1, '-', 500),
    (attribute_chain, 100, 2, 'LIMIT_EVAL_DEPTH', 2000), (regex, 64, 2, 'LIMIT_REGEX_STEPS', 4000), (regex_many, 100, 2, 'LIMIT_REGEX_STEPS', 500), (mapping, 400, 2, 'LIMIT_ALTERNATIVES', 20000),
    (mapping_many, 30, 0, '-', 500), (undefined, 200, 2, '-', 10000), (for_each, 200, 0, '-', 10000), (for_each_nested, 2, 2, 'LIMIT_LOOP_NODES', 9),
    (prefixes, 1000, 0, '-', 12000), (ports, 500, 1, '-', 12000), (nested_ports, 100, 2, 'LIMIT_OPENERS', 5000),
    (instances, 300, 1, '-', 7000), (rules_by_interfaces, 20, 2, 'LIMIT_FLOWS', 900), (open_by_interfaces, 50, 2, 'LIMIT_FLOWS', 4000),
    (groups_by_interfaces, 200, 1, '-', 2000), (mesh, 100, 1, '-', 1500), (entries, 300, 0, '-', 4000),
    (attachments, 100, 2, 'LIMIT_TRANSIT_PAIRS', 400), (bytes_of, 100000, 2, 'LIMIT_TEMPLATE_BYTES', 1100000),
    (routes, 500, 1, '-', 6000), (subnets, 200, 1, '-', 2500), (balancers, 50, 1, '-', 1000), (ignores, 500, 0, '-', 8000),
]

if __name__ == '__main__':
    if len(sys.argv) == 3:
        by_name = {t[0].__name__: t[0] for t in TRAPS}
        sys.stdout.write(by_name[sys.argv[1]](int(sys.argv[2])))
    else:
        for make, size, status, words, full in TRAPS:
            print(make.__name__, size, full, status, words)
