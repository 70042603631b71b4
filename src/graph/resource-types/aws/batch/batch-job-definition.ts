import { because, defineResourceType, jsonDocument, list, nativeOnly, object } from '../../entries.js';

export const batchJobDefinition = defineResourceType({
  type: 'aws_batch_job_definition',
  cloudformation: {
    type: 'AWS::Batch::JobDefinition',
    ref: 'arn',
    properties: {
      ContainerProperties: jsonDocument('container_properties', { keys: 'camel', freeMaps: ['options'] }),
      EcsProperties: jsonDocument('ecs_properties', { keys: 'camel', freeMaps: ['options'] }),
      EksProperties: nativeOnly(),
      JobDefinitionName: 'name',
      NodeProperties: jsonDocument('node_properties', { keys: 'camel', freeMaps: ['options'] }),
      RetryStrategy: object('retry_strategy', { EvaluateOnExit: list('evaluate_on_exit') }),
      Timeout: object(),
    },
  },
  terraform: {
    attributes: {
      container_properties: jsonDocument('container_properties', { keys: 'camel', freeMaps: ['options'] }),
      ecs_properties: jsonDocument('ecs_properties', { keys: 'camel', freeMaps: ['options'] }),
      node_properties: jsonDocument('node_properties', { keys: 'camel', freeMaps: ['options'] }),
    },
  },
  identity: {
    same: [['arn', 'id']],
    unique: { arn: 'global', id: 'global' },
    arn: 'arn:{partition}:batch:{region}:{account}:job-definition/{name}',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'deregister_on_new_revision'),
    ...because('the pods of a template are not taken apart', 'eks_properties'),
  },
});
