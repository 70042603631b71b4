import { certain, defineResourceType, iamPolicy, intoList, list, mountNamed, pairs } from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html';

export const iamRole = defineResourceType({
  type: 'aws_iam_role',
  terraform: {
    attributes: {
      assume_role_policy: iamPolicy(),
      inline_policy: list('inline_policy', { policy: iamPolicy() }),
      managed_policy_arns: intoList('policy_attachment', 'policy_arn'),
    },
  },
  cloudformation: {
    type: 'AWS::IAM::Role',
    ref: 'name',
    getAtt: { Arn: 'arn', RoleId: 'unique_id' },
    properties: {
      RoleName: 'name',
      AssumeRolePolicyDocument: iamPolicy('assume_role_policy'),
      Path: 'path',
      Description: 'description',
      MaxSessionDuration: 'max_session_duration',
      PermissionsBoundary: 'permissions_boundary',
      Tags: pairs('tags'),
      Policies: list('inline_policy', { PolicyName: 'name', PolicyDocument: iamPolicy('policy') }),
      ManagedPolicyArns: intoList('policy_attachment', 'policy_arn'),
    },
  },
  defaults: {
    path: { cloudformation: certain('/', TEMPLATE) },
    max_session_duration: { cloudformation: certain(3600, TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn'], ['unique_id']],
    unique: { name: 'account', arn: 'global', id: 'account' },
    arn: 'arn:{partition}:iam::{account}:role{path}{name}',
  },
  companions: [
    mountNamed('inline_policy[]', 'name', {
      type: 'aws_iam_role_policy',
      link: 'role',
      to: 'name',
      only: ['name', 'name_prefix', 'policy'],
      both: { terraform: 'conflict', cloudformation: 'union' },
    }),
    mountNamed('policy_attachment[]', 'policy_arn', {
      type: 'aws_iam_role_policy_attachment',
      link: 'role',
      to: 'name',
      only: ['policy_arn'],
      both: { terraform: 'conflict', cloudformation: 'union' },
    }),
    mountNamed('policy_attachment[]', 'policy_arn', {
      type: 'aws_iam_policy_attachment',
      link: 'roles[]',
      to: 'name',
      only: ['policy_arn'],
    }),
  ],
  live: { last_used: 'string', create_date: 'string' },
  nothing: ['policy_attachment', 'name', 'name_prefix'],
  links: {
    permissions_boundary: 'aws_iam_policy',
    'policy_attachment.policy_arn': 'aws_iam_policy',
    'assume_role_policy.statement.principals.identifiers': [
      'aws_iam_openid_connect_provider',
      'aws_iam_saml_provider',
      'aws_iam_role',
      'aws_iam_user',
    ],
  },
  views: {
    // An attached policy is judged where it is written, once.
    identity_policies: {
      kind: 'list',
      from: [{ path: 'inline_policy.policy' }],
    },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    force_detach_policies: 'a switch of Terraform itself',
    name_prefix: 'Terraform makes up the rest of the name',
  },
});
