import { because, certain, defineResourceType, iamPolicy } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html';

export const iamManagedPolicy = defineResourceType({
  type: 'aws_iam_policy',
  terraform: { attributes: { policy: iamPolicy() } },
  cloudformation: {
    type: 'AWS::IAM::ManagedPolicy',
    ref: 'arn',
    getAtt: { PolicyArn: 'arn', PolicyId: 'policy_id' },
    properties: {
      ManagedPolicyName: 'name',
      Path: 'path',
      Description: 'description',
      PolicyDocument: iamPolicy('policy'),
    },
  },
  defaults: {
    path: { cloudformation: certain('/', TEMPLATE) },
  },
  identity: {
    same: [['arn', 'id'], ['name']],
    unique: { arn: 'global', id: 'global', name: 'account' },
    arn: 'arn:{partition}:iam::{account}:policy{path}{name}',
  },
  nothing: ['name', 'name_prefix'],
  views: {
    identity_policies: { kind: 'list', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('no property', 'tags'),
    name_prefix: 'Terraform makes up the rest of the name',
  },
});
