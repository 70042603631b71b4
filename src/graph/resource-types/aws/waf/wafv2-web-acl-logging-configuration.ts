import { alike, defineResourceType } from '../../entries.js';

/** Folded into `aws_wafv2_web_acl`. */
export const wafv2WebAclLoggingConfiguration = defineResourceType({
  type: 'aws_wafv2_web_acl_logging_configuration',
  cloudformation: {
    type: 'AWS::WAFv2::LoggingConfiguration',
    properties: { LoggingFilter: alike(), RedactedFields: alike() },
  },
});
