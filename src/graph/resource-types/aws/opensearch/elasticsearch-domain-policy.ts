import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_elasticsearch_domain`. */
export const elasticsearchDomainPolicy = defineResourceType({
  type: 'aws_elasticsearch_domain_policy',
  terraform: { attributes: { access_policies: iamPolicy() } },
});
