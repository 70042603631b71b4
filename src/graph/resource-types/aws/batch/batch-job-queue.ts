import { because, defineResourceType, list } from '../../entries.js';

export const batchJobQueue = defineResourceType({
  type: 'aws_batch_job_queue',
  cloudformation: {
    type: 'AWS::Batch::JobQueue',
    ref: 'arn',
    properties: {
      ComputeEnvironmentOrder: list('compute_environment_order'),
      JobQueueName: 'name',
      JobStateTimeLimitActions: list('job_state_time_limit_action'),
    },
  },
  identity: {
    same: [['arn'], ['name']],
    unique: { arn: 'global', name: 'region' },
    arn: 'arn:{partition}:batch:{region}:{account}:job-queue/{name}',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('the older form of compute_environment_order', 'compute_environments'),
    ...because('a switch of Terraform itself', 'timeouts'),
  },
});
