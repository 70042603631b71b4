import { alike, type CloudFormationSide, certain, defineResourceType } from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html';

/** The resource that is logged is an attribute of its own for each kind. */
function flowLogOf(resourceType: string, attribute: string): CloudFormationSide {
  return {
    type: 'AWS::EC2::FlowLog',
    when: { property: 'ResourceType', is: [resourceType] },
    ref: 'id',
    properties: {
      DeliverLogsPermissionArn: 'iam_role_arn',
      DestinationOptions: alike(),
      ResourceId: attribute,
    },
  };
}

export const flowLog = defineResourceType({
  type: 'aws_flow_log',
  cloudformation: [
    flowLogOf('VPC', 'vpc_id'),
    flowLogOf('Subnet', 'subnet_id'),
    flowLogOf('NetworkInterface', 'eni_id'),
    flowLogOf('TransitGateway', 'transit_gateway_id'),
    flowLogOf('TransitGatewayAttachment', 'transit_gateway_attachment_id'),
  ],
  defaults: {
    log_destination_type: { cloudformation: certain('cloud-watch-logs', TEMPLATE) },
    max_aggregation_interval: { cloudformation: certain(600, TEMPLATE) },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  nothing: ['log_destination', 'log_format', 'log_group_name'],
  links: {
    vpc_id: 'aws_vpc',
    subnet_id: 'aws_subnet',
    eni_id: 'aws_network_interface',
    iam_role_arn: 'aws_iam_role',
    log_destination: ['aws_s3_bucket', 'aws_cloudwatch_log_group', 'aws_kinesis_firehose_delivery_stream'],
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
