import type { Collector } from '../collector.js';
import { all, documentOf, get, lift, pick, where } from '../json.js';
import { describe } from './describe.js';

export const vpcEndpoint: Collector = {
  type: 'AWS::EC2::VPCEndpoint',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeVpcEndpoints', 'VpcEndpoints.*'),
  // The model has it with a capital, answers without.
  only: [
    { path: 'State', differs: 'deleted' },
    { path: 'State', differs: 'Deleted' },
  ],
  tells: [
    'DnsOptions',
    'IpAddressType',
    'PolicyDocument',
    'PrivateDnsEnabled',
    'ResourceConfigurationArn',
    'RouteTableIds',
    'SecurityGroupIds',
    'ServiceName',
    'ServiceNetworkArn',
    'ServiceRegion',
    'SubnetIds',
    'Tags',
    'VpcEndpointType',
    'VpcId',
  ],
  id: 'VpcEndpointId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:vpc-endpoint/{VpcEndpointId}',
  sets: ['RouteTableIds', 'SecurityGroupIds', 'SubnetIds', 'Tags'],
  project: (item) => ({
    properties: {
      ...pick(item, 'IpAddressType', 'PrivateDnsEnabled', 'ResourceConfigurationArn', 'RouteTableIds', 'ServiceName'),
      ...pick(item, 'ServiceNetworkArn', 'ServiceRegion', 'SubnetIds', 'Tags', 'VpcEndpointType', 'VpcId'),
      DnsOptions: where(get(item, 'DnsOptions'), (options) => ({
        ...pick(options, 'DnsRecordIpType', 'PrivateDnsPreference', 'PrivateDnsSpecifiedDomains'),
        PrivateDnsOnlyForInboundResolverEndpoint: where(
          get(options, 'PrivateDnsOnlyForInboundResolverEndpoint'),
          (isOnly) => (isOnly === true ? 'OnlyInboundResolver' : 'AllResolvers'),
        ),
      })),
      PolicyDocument: documentOf(get(item, 'PolicyDocument')),
      SecurityGroupIds: all(item, 'Groups.*.GroupId'),
    },
    live: lift(item, {
      id: 'VpcEndpointId',
      is_requester_managed: 'RequesterManaged',
      owner_id: 'OwnerId',
      state: 'State',
    }),
  }),
};
