import { defineResourceType, hoist, object, pairs } from '../../entries.js';

/** Folded into `aws_s3_bucket`. A filter is flat: `prefix`, `tags` and the sizes hold together. */
export const bucketLifecycleConfiguration = defineResourceType({
  type: 'aws_s3_bucket_lifecycle_configuration',
  terraform: {
    attributes: {
      rule: {
        kind: 'list',
        fields: {
          prefix: 'filter.prefix',
          filter: object('filter', { and: hoist(), tag: pairs('tags', { key: 'key', value: 'value' }) }),
        },
      },
    },
  },
  shape: {
    single: [
      'rule.abort_incomplete_multipart_upload',
      'rule.expiration',
      'rule.filter',
      'rule.filter.and',
      'rule.filter.tag',
      'rule.noncurrent_version_expiration',
    ],
    unset: { 'rule.prefix': [''] },
  },
});
