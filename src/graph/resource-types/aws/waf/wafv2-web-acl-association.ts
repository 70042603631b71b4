import { defineResourceType } from '../../entries.js';

/** Folded into `aws_wafv2_web_acl`. */
export const wafv2WebAclAssociation = defineResourceType({
  type: 'aws_wafv2_web_acl_association',
  cloudformation: { type: 'AWS::WAFv2::WebACLAssociation', properties: { WebACLArn: 'web_acl_arn' } },
});
