import { alike, defineResourceType, list } from '../../entries.js';

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
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
