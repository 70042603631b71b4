import { because, defineResourceType, hoist, list, mountList, one, pairs } from '../../entries.js';

export const zone = defineResourceType({
  type: 'aws_route53_zone',
  cloudformation: {
    type: 'AWS::Route53::HostedZone',
    ref: 'zone_id',
    getAtt: { Id: 'zone_id', NameServers: 'name_servers' },
    properties: {
      HostedZoneConfig: hoist(),
      HostedZoneTags: pairs('tags'),
      QueryLoggingConfig: one('query_log', { CloudWatchLogsLogGroupArn: 'cloudwatch_log_group_arn' }),
      VPCs: list('vpc', { VPCId: 'vpc_id', VPCRegion: 'vpc_region' }),
    },
  },
  identity: { same: [['zone_id', 'id'], ['arn']], unique: { zone_id: 'global', id: 'global', arn: 'global' } },
  companions: [mountList('query_log[]', { type: 'aws_route53_query_log', link: 'zone_id', to: 'zone_id' })],
  links: { 'vpc.vpc_id': 'aws_vpc', 'query_log.cloudwatch_log_group_arn': 'aws_cloudwatch_log_group' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('no property', 'delegation_set_id'),
    ...because('a switch of Terraform itself', 'force_destroy'),
  },
});
