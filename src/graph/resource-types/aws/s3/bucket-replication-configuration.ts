import { defineResourceType, hoist, object, pairs } from '../../entries.js';

/** Folded into `aws_s3_bucket`. A filter is flat, as in lifecycle rules. */
export const bucketReplicationConfiguration = defineResourceType({
  type: 'aws_s3_bucket_replication_configuration',
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
});
