import {
  certain,
  defineResourceType,
  iamPolicy,
  intoList,
  list,
  mountList,
  mountNamed,
  mountObject,
  object,
  pairs,
} from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html';

export const iamUser = defineResourceType({
  type: 'aws_iam_user',
  cloudformation: {
    type: 'AWS::IAM::User',
    ref: 'name',
    getAtt: { Arn: 'arn' },
    properties: {
      UserName: 'name',
      Path: 'path',
      PermissionsBoundary: 'permissions_boundary',
      Groups: 'groups',
      Tags: pairs('tags'),
      Policies: list('inline_policy', { PolicyName: 'name', PolicyDocument: iamPolicy('policy') }),
      ManagedPolicyArns: intoList('policy_attachment', 'policy_arn'),
      LoginProfile: object('login_profile'),
    },
  },
  defaults: {
    path: { cloudformation: certain('/', TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn'], ['unique_id']],
    unique: { name: 'account', arn: 'global', id: 'account' },
    arn: 'arn:{partition}:iam::{account}:user{path}{name}',
  },
  companions: [
    mountNamed('inline_policy[]', 'name', {
      type: 'aws_iam_user_policy',
      link: 'user',
      to: 'name',
      only: ['name', 'name_prefix', 'policy'],
      both: { terraform: 'conflict', cloudformation: 'union' },
    }),
    mountNamed('policy_attachment[]', 'policy_arn', {
      type: 'aws_iam_user_policy_attachment',
      link: 'user',
      to: 'name',
      only: ['policy_arn'],
      both: { terraform: 'conflict', cloudformation: 'union' },
    }),
    mountNamed('policy_attachment[]', 'policy_arn', {
      type: 'aws_iam_policy_attachment',
      link: 'users[]',
      to: 'name',
      only: ['policy_arn'],
    }),
    mountList('groups[]', { type: 'aws_iam_user_group_membership', link: 'user', to: 'name', value: 'groups' }),
    mountList('groups[]', { type: 'aws_iam_group_membership', link: 'users[]', to: 'name', value: 'group' }),
    mountObject('login_profile', { type: 'aws_iam_user_login_profile', link: 'user', to: 'name' }),
  ],
  live: {
    password_enabled: 'bool',
    password_last_changed: 'string',
    password_last_used: 'string',
    mfa_active: 'bool',
    mfa_devices: [{ serial_number: 'string', is_virtual: 'bool' }],
    access_keys: [{ active: 'bool', last_rotated: 'string', last_used: 'string' }],
    create_date: 'string',
  },
  links: {
    permissions_boundary: 'aws_iam_policy',
    'policy_attachment.policy_arn': 'aws_iam_policy',
    groups: 'aws_iam_group',
  },
  views: {
    // An attached policy is judged where it is written, once.
    identity_policies: {
      kind: 'list',
      from: [{ path: 'inline_policy.policy' }],
    },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: { force_destroy: 'a switch of Terraform itself' },
});
