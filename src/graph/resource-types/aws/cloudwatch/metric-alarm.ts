import { defineResourceType } from '../../entries.js';

export const metricAlarm = defineResourceType({
  type: 'aws_cloudwatch_metric_alarm',
  identity: { same: [['alarm_name', 'id'], ['arn']], unique: { alarm_name: 'region', id: 'region', arn: 'global' } },
  links: { alarm_actions: 'aws_sns_topic', ok_actions: 'aws_sns_topic', insufficient_data_actions: 'aws_sns_topic' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
