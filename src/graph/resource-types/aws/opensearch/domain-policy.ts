import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_opensearch_domain`. */
export const domainPolicy = defineResourceType({
  type: 'aws_opensearch_domain_policy',
  terraform: { attributes: { access_policies: iamPolicy() } },
});
