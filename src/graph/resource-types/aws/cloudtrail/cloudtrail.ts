import { alike, certain, defineResourceType, list } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudtrail-trail.html';

export const cloudtrail = defineResourceType({
  type: 'aws_cloudtrail',
  cloudformation: {
    type: 'AWS::CloudTrail::Trail',
    ref: 'name',
    getAtt: { SnsTopicArn: 'sns_topic_arn' },
    properties: {
      AdvancedEventSelectors: alike('advanced_event_selector'),
      CloudWatchLogsLogGroupArn: 'cloud_watch_logs_group_arn',
      EventSelectors: alike('event_selector'),
      InsightSelectors: list('insight_selector'),
      IsLogging: 'enable_logging',
      TrailName: 'name',
    },
  },
  defaults: {
    enable_log_file_validation: { cloudformation: certain(false, TEMPLATE) },
    is_multi_region_trail: { cloudformation: certain(false, TEMPLATE) },
    is_organization_trail: { cloudformation: certain(false, TEMPLATE) },
    'event_selector.include_management_events': { cloudformation: certain(true, TEMPLATE) },
    'event_selector.read_write_type': { cloudformation: certain('All', TEMPLATE) },
  },
  identity: {
    same: [['name'], ['arn', 'id']],
    unique: { name: 'region', arn: 'global', id: 'global' },
    arn: 'arn:{partition}:cloudtrail:{region}:{account}:trail/{name}',
  },
  companions: [],
  links: {
    s3_bucket_name: 'aws_s3_bucket',
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    cloud_watch_logs_group_arn: 'aws_cloudwatch_log_group',
    cloud_watch_logs_role_arn: 'aws_iam_role',
    sns_topic_name: 'aws_sns_topic',
  },
  live: { latest_delivery_error: 'string', latest_delivery_time: 'string' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
