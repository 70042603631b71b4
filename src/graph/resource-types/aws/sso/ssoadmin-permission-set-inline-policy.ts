import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_ssoadmin_permission_set`. */
export const ssoadminPermissionSetInlinePolicy = defineResourceType({
  type: 'aws_ssoadmin_permission_set_inline_policy',
  cloudformation: {
    type: 'AWS::SSO::PermissionSet',
    when: { property: 'InlinePolicy', is: 'set' },
    own: { permission_set_arn: 'arn' },
    properties: { InlinePolicy: iamPolicy('policy') },
  },
  terraform: { attributes: { inline_policy: iamPolicy('policy') } },
});
