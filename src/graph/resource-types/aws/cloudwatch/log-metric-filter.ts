import { defineResourceType, pairs, single } from '../../entries.js';

/** Folded into `aws_cloudwatch_log_group`. */
export const logMetricFilter = defineResourceType({
  type: 'aws_cloudwatch_log_metric_filter',
  cloudformation: {
    type: 'AWS::Logs::MetricFilter',
    properties: {
      FilterName: 'name',
      FilterPattern: 'pattern',
      MetricTransformations: single('metric_transformation', {
        DefaultValue: 'default_value',
        Dimensions: pairs('dimensions'),
        MetricName: 'name',
        MetricNamespace: 'namespace',
        MetricValue: 'value',
      }),
    },
  },
});
