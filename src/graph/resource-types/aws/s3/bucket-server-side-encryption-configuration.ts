import { defineResourceType } from '../../entries.js';

/** Folded into `aws_s3_bucket`. The rule is a set in the schema, and there is only ever one. */
export const bucketServerSideEncryptionConfiguration = defineResourceType({
  type: 'aws_s3_bucket_server_side_encryption_configuration',
  shape: {
    single: ['rule'],
    unset: { 'rule.apply_server_side_encryption_by_default.kms_master_key_id': [''] },
  },
});
