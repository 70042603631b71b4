import { defineResourceType, intoList, mountNamed } from '../../entries.js';

export const ssoadminPermissionSet = defineResourceType({
  type: 'aws_ssoadmin_permission_set',
  cloudformation: {
    type: 'AWS::SSO::PermissionSet',
    ref: 'arn',
    getAtt: { PermissionSetArn: 'arn' },
    properties: {
      ManagedPolicies: intoList('policy_attachment', 'policy_arn'),
      RelayStateType: 'relay_state',
    },
  },
  identity: { same: [['arn', 'id'], ['name']], unique: { arn: 'global', id: 'global' } },
  companions: [
    mountNamed('inline_policy[]', 'policy', {
      type: 'aws_ssoadmin_permission_set_inline_policy',
      link: 'permission_set_arn',
      to: 'arn',
      only: ['policy'],
    }),
    mountNamed('policy_attachment[]', 'policy_arn', {
      type: 'aws_ssoadmin_managed_policy_attachment',
      link: 'permission_set_arn',
      to: 'arn',
      only: ['policy_arn'],
    }),
  ],
  links: { 'policy_attachment.policy_arn': 'aws_iam_policy' },
  views: {
    identity_policies: { kind: 'list', from: [{ path: 'inline_policy.policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
});
