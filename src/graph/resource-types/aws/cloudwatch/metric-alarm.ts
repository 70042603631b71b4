import { certain, defineResourceType, hoist, list, object, pairs } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html';

export const metricAlarm = defineResourceType({
  type: 'aws_cloudwatch_metric_alarm',
  cloudformation: {
    type: 'AWS::CloudWatch::Alarm',
    ref: 'alarm_name',
    properties: {
      Dimensions: pairs('dimensions', { key: 'Name', value: 'Value' }),
      EvaluateLowSampleCountPercentile: 'evaluate_low_sample_count_percentiles',
      Metrics: list('metric_query', {
        MetricStat: object('metric', {
          Metric: hoist({ Dimensions: pairs('dimensions', { key: 'Name', value: 'Value' }) }),
        }),
      }),
    },
  },
  defaults: {
    actions_enabled: { cloudformation: certain(true, TEMPLATE) },
    treat_missing_data: { cloudformation: certain('missing', TEMPLATE) },
  },
  identity: { same: [['alarm_name', 'id'], ['arn']], unique: { alarm_name: 'region', id: 'region', arn: 'global' } },
  links: { alarm_actions: 'aws_sns_topic', ok_actions: 'aws_sns_topic', insufficient_data_actions: 'aws_sns_topic' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
