import type { Collector } from '../collector.js';
import { asTheyAre, get, inCapitals, lift } from '../json.js';

export const batchJobQueue: Collector = {
  type: 'AWS::Batch::JobQueue',
  service: 'batch',
  version: 1,
  scope: 'region',
  list: {
    call: 'batch:DescribeJobQueues',
    permission: 'batch:DescribeJobQueues',
    pages: { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 100] },
    items: 'jobQueues.*',
  },
  // One that was deleted is shown for a while.
  only: [{ path: 'status', differs: 'DELETED' }],
  tells: [
    ...['ComputeEnvironmentOrder', 'JobQueueName', 'JobQueueType', 'JobStateTimeLimitActions', 'Priority'],
    ...['SchedulingPolicyArn', 'ServiceEnvironmentOrder', 'State', 'Tags'],
  ],
  id: 'jobQueueName',
  arn: '{jobQueueArn}',
  project: (item) => ({
    properties: {
      ...lift(item, { JobQueueName: 'jobQueueName', JobQueueType: 'jobQueueType', Priority: 'priority' }),
      ...lift(item, { SchedulingPolicyArn: 'schedulingPolicyArn', State: 'state', Tags: 'tags' }),
      ComputeEnvironmentOrder: inCapitals(
        get(item, 'computeEnvironmentOrder'),
        asTheyAre('computeEnvironment', 'order'),
      ),
      JobStateTimeLimitActions: inCapitals(
        get(item, 'jobStateTimeLimitActions'),
        asTheyAre('action', 'maxTimeSeconds', 'reason', 'state'),
      ),
      ServiceEnvironmentOrder: inCapitals(
        get(item, 'serviceEnvironmentOrder'),
        asTheyAre('order', 'serviceEnvironment'),
      ),
    },
    live: lift(item, { status: 'status' }),
  }),
};
