import { because, certain, defineResourceType, onlyOf } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html';

export const iamInstanceProfile = defineResourceType({
  type: 'aws_iam_instance_profile',
  cloudformation: {
    type: 'AWS::IAM::InstanceProfile',
    ref: 'name',
    properties: { InstanceProfileName: 'name', Roles: onlyOf('role') },
  },
  defaults: {
    path: { cloudformation: certain('/', TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'account', arn: 'global', id: 'account' },
    arn: 'arn:{partition}:iam::{account}:instance-profile{path}{name}',
  },
  links: { role: 'aws_iam_role' },
  live: { unique_id: 'string', create_date: 'string' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('no property', 'tags'),
  },
});
