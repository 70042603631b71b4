import { because, certain, defineResourceType, hoist, jsonDocument, object, otherSpelling } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html';

export const sfnStateMachine = defineResourceType({
  type: 'aws_sfn_state_machine',
  cloudformation: {
    type: 'AWS::StepFunctions::StateMachine',
    ref: 'arn',
    getAtt: { Arn: 'arn', Name: 'name' },
    properties: {
      Definition: jsonDocument('definition'),
      DefinitionString: otherSpelling('Definition', jsonDocument('definition')),
      EncryptionConfiguration: object(),
      LoggingConfiguration: object('logging_configuration', {
        Destinations: hoist({ CloudWatchLogsLogGroup: hoist({ LogGroupArn: 'log_destination' }) }),
      }),
      StateMachineName: 'name',
      StateMachineType: 'type',
      TracingConfiguration: object(),
    },
  },
  terraform: { attributes: { definition: jsonDocument('definition') } },
  defaults: {
    definition: { unless: ['native.DefinitionS3Location'] },
    type: { cloudformation: certain('STANDARD', TEMPLATE) },
  },
  identity: {
    same: [['arn', 'id'], ['name']],
    unique: { arn: 'global', id: 'global', name: 'region' },
    arn: 'arn:{partition}:states:{region}:{account}:stateMachine:{name}',
  },
  nothing: ['name', 'name_prefix'],
  links: { role_arn: 'aws_iam_role', 'logging_configuration.log_destination': 'aws_cloudwatch_log_group' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('a switch of Terraform itself', 'publish'),
  },
});
