import { defineResourceType, onlyOf } from '../../entries.js';

export const iamInstanceProfile = defineResourceType({
  type: 'aws_iam_instance_profile',
  cloudformation: {
    type: 'AWS::IAM::InstanceProfile',
    ref: 'name',
    properties: { InstanceProfileName: 'name', Roles: onlyOf('role') },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'account', arn: 'global', id: 'account' },
    arn: 'arn:{partition}:iam::{account}:instance-profile{path}{name}',
  },
  links: { role: 'aws_iam_role' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
