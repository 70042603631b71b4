import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { all, get, lift, pick } from '../json.js';
import { describe } from './describe.js';

export const securityGroup: Collector = {
  type: 'AWS::EC2::SecurityGroup',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeSecurityGroups', 'SecurityGroups.*'),
  tells: ['GroupDescription', 'GroupName', 'SecurityGroupEgress', 'SecurityGroupIngress', 'Tags', 'VpcId'],
  id: 'GroupId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:security-group/{GroupId}',
  sets: ['SecurityGroupEgress', 'SecurityGroupIngress', 'Tags'],
  project: (item) => ({
    properties: {
      GroupDescription: get(item, 'Description'),
      GroupName: get(item, 'GroupName'),
      VpcId: get(item, 'VpcId'),
      SecurityGroupIngress: rulesOf(item, 'IpPermissions', 'Source'),
      SecurityGroupEgress: rulesOf(item, 'IpPermissionsEgress', 'Destination'),
      Tags: get(item, 'Tags'),
    },
    live: { id: get(item, 'GroupId'), owner_id: get(item, 'OwnerId') },
  }),
};

/** A rule for each peer, as CloudFormation writes them; the API groups them by protocol and ports. */
function rulesOf(item: SnapshotJson, member: string, side: string): Loose {
  const permissions = get(item, member);
  if (permissions === undefined) return undefined;
  return all(permissions, '*').flatMap((permission) => {
    const ports = pick(permission, 'FromPort', 'IpProtocol', 'ToPort');
    const peers = (list: string, names: Readonly<Record<string, string>>) =>
      all(permission, `${list}.*`).map((peer) => ({
        ...ports,
        ...lift(peer, { ...names, Description: 'Description' }),
      }));
    return [
      ...peers('IpRanges', { CidrIp: 'CidrIp' }),
      ...peers('Ipv6Ranges', { CidrIpv6: 'CidrIpv6' }),
      ...peers('PrefixListIds', { [`${side}PrefixListId`]: 'PrefixListId' }),
      ...peers('UserIdGroupPairs', {
        [`${side}SecurityGroupId`]: 'GroupId',
        ...(side === 'Source' ? { SourceSecurityGroupOwnerId: 'UserId' } : {}),
      }),
    ];
  });
}
