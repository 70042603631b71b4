import { defineResourceType, jsonDocument } from '../../entries.js';

export const sfnStateMachine = defineResourceType({
  type: 'aws_sfn_state_machine',
  terraform: { attributes: { definition: jsonDocument('definition') } },
  identity: {
    same: [['arn', 'id'], ['name']],
    unique: { arn: 'global', id: 'global', name: 'region' },
    arn: 'arn:{partition}:states:{region}:{account}:stateMachine:{name}',
  },
  nothing: ['name', 'name_prefix'],
  links: { role_arn: 'aws_iam_role', 'logging_configuration.log_destination': 'aws_cloudwatch_log_group' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
