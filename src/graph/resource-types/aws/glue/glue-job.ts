import { because, defineResourceType, hoist, object } from '../../entries.js';

export const glueJob = defineResourceType({
  type: 'aws_glue_job',
  cloudformation: {
    type: 'AWS::Glue::Job',
    ref: 'name',
    properties: {
      Command: object(),
      Connections: hoist({ Connections: 'connections' }),
      ExecutionProperty: object(),
      NotificationProperty: object(),
      DefaultArguments: 'default_arguments',
      NonOverridableArguments: 'non_overridable_arguments',
      Role: 'role_arn',
      Tags: 'tags',
    },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', id: 'region', arn: 'global' },
    arn: 'arn:{partition}:glue:{region}:{account}:job/{name}',
  },
  links: { role_arn: 'aws_iam_role' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: { ...because('no property', 'source_control_details') },
});
