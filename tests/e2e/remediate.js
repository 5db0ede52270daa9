// A remediation function as people write them for Amazon Inspector's events: it matches the
// event, finds the network ACL in the path, and denies the open ports there. It knows nothing of
// cfnreach. `ec2` stands for the client of the AWS SDK.
'use strict';

const RULE = {source: ['aws.inspector2'], 'detail-type': ['Inspector2 Finding']};

// EventBridge matching, as far as the rule needs it: each listed key has one of the values.
function matches(rule, event) {
  return Object.entries(rule).every(([key, values]) => values.includes(event[key]));
}

async function handler(event, ec2) {
  const details = event.detail.networkReachabilityDetails;
  const acl = details.networkPath.steps.find((s) => s.componentType === 'AWS::EC2::NetworkAcl');
  if (event.detail.type !== 'NETWORK_REACHABILITY' || !acl) {
    return null;
  }
  return ec2.createNetworkAclEntry({
    NetworkAclId: acl.componentId,
    RuleNumber: 90,
    Protocol: details.protocol === 'TCP' ? '6' : '17',
    RuleAction: 'deny',
    Egress: false,
    CidrBlock: '0.0.0.0/0',
    PortRange: {From: details.openPortRange.begin, To: details.openPortRange.end},
  });
}

async function main() {
  const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const calls = [];
  const ec2 = {createNetworkAclEntry: async (entry) => calls.push(entry)};
  for (const line of lines) {
    const event = JSON.parse(line);
    if (matches(RULE, event)) {
      await handler(event, ec2);
    }
  }
  for (const c of calls) {
    console.log(`${c.NetworkAclId} ${c.RuleNumber} ${c.RuleAction} ${c.Protocol} ${c.PortRange.From}-${c.PortRange.To}`);
  }
}

main();
