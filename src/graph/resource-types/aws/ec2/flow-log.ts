import { defineResourceType } from '../../entries.js';

export const flowLog = defineResourceType({
  type: 'aws_flow_log',
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
