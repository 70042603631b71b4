import type { Collector } from '../collector.js';
import { get, lift, pick, where } from '../json.js';
import { describe } from './describe.js';

/**
 * A network of the account's own. One that another account shares is in the list as well: it is that account's to log and to
 * change, and whether its traffic is logged only its owner is told.
 */
export const vpc: Collector = {
  type: 'AWS::EC2::VPC',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeVpcs', 'Vpcs.*'),
  only: [{ path: 'OwnerId', sameAs: '@account' }],
  tells: ['CidrBlock', 'InstanceTenancy', 'Tags'],
  id: 'VpcId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:vpc/{VpcId}',
  unread: ['EnableDnsHostnames', 'EnableDnsSupport', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'VpcEncryptionControl'],
  sets: ['Tags'],
  project: (item) => ({
    properties: pick(item, 'CidrBlock', 'InstanceTenancy', 'Tags'),
    live: lift(item, { id: 'VpcId', is_default: 'IsDefault', owner_id: 'OwnerId' }),
  }),
};

const LOGGED: readonly (readonly [prefix: string, type: string])[] = [
  ['vpc-', 'VPC'],
  ['subnet-', 'Subnet'],
  ['eni-', 'NetworkInterface'],
  ['tgw-attach-', 'TransitGatewayAttachment'],
  ['tgw-', 'TransitGateway'],
];

export const flowLog: Collector = {
  type: 'AWS::EC2::FlowLog',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeFlowLogs', 'FlowLogs.*'),
  tells: [
    'DeliverCrossAccountRole',
    'DeliverLogsPermissionArn',
    'DestinationOptions',
    'LogDestination',
    'LogDestinationType',
    'LogFormat',
    'LogGroupName',
    'MaxAggregationInterval',
    'ResourceId',
    'ResourceType',
    'Tags',
    'TrafficType',
  ],
  id: 'FlowLogId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:vpc-flow-log/{FlowLogId}',
  unread: ['TagFieldSpecifications'],
  sets: ['Tags'],
  project: (item) => ({
    properties: {
      ...pick(item, 'DeliverCrossAccountRole', 'DeliverLogsPermissionArn', 'LogDestination', 'LogDestinationType'),
      ...pick(item, 'LogFormat', 'LogGroupName', 'MaxAggregationInterval', 'ResourceId', 'Tags', 'TrafficType'),
      ResourceType: LOGGED.find(([prefix]) => String(get(item, 'ResourceId')).startsWith(prefix))?.[1],
      DestinationOptions: where(get(item, 'DestinationOptions'), (options) =>
        pick(options, 'FileFormat', 'HiveCompatiblePartitions', 'PerHourPartition'),
      ),
    },
    live: { id: get(item, 'FlowLogId'), deliver_logs_status: get(item, 'DeliverLogsStatus') },
  }),
};
