import { certain, defineResourceType, iamPolicy, intoList, list, mountList, mountNamed } from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-group.html';

export const iamGroup = defineResourceType({
  type: 'aws_iam_group',
  cloudformation: {
    type: 'AWS::IAM::Group',
    ref: 'name',
    getAtt: { Arn: 'arn' },
    properties: {
      GroupName: 'name',
      Path: 'path',
      Policies: list('inline_policy', { PolicyName: 'name', PolicyDocument: iamPolicy('policy') }),
      ManagedPolicyArns: intoList('policy_attachment', 'policy_arn'),
    },
  },
  defaults: {
    path: { cloudformation: certain('/', TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn'], ['unique_id']],
    unique: { name: 'account', arn: 'global', id: 'account' },
    arn: 'arn:{partition}:iam::{account}:group{path}{name}',
  },
  companions: [
    mountNamed('inline_policy[]', 'name', {
      type: 'aws_iam_group_policy',
      link: 'group',
      to: 'name',
      only: ['name', 'name_prefix', 'policy'],
      both: { terraform: 'conflict', cloudformation: 'union' },
    }),
    mountNamed('policy_attachment[]', 'policy_arn', {
      type: 'aws_iam_group_policy_attachment',
      link: 'group',
      to: 'name',
      only: ['policy_arn'],
      both: { terraform: 'conflict', cloudformation: 'union' },
    }),
    mountNamed('policy_attachment[]', 'policy_arn', {
      type: 'aws_iam_policy_attachment',
      link: 'groups[]',
      to: 'name',
      only: ['policy_arn'],
    }),
    mountList('users[]', { type: 'aws_iam_group_membership', link: 'group', to: 'name', value: 'users' }),
    mountList('users[]', { type: 'aws_iam_user_group_membership', link: 'groups[]', to: 'name', value: 'user' }),
  ],
  links: { 'policy_attachment.policy_arn': 'aws_iam_policy', users: 'aws_iam_user' },
  views: {
    // An attached policy is judged where it is written, once.
    identity_policies: {
      kind: 'list',
      from: [{ path: 'inline_policy.policy' }],
    },
  },
});
