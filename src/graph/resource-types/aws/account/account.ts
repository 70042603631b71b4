import { defineResourceType, mountObject } from '../../entries.js';

/** An AWS account: the scope of everything in it. */
export const account = defineResourceType({
  type: 'aws_account',
  scope: { attributes: { account_id: 'string', partition: 'string' } },
  companions: [
    mountObject('s3_public_access_block', { type: 'aws_s3_account_public_access_block' }),
    mountObject('password_policy', { type: 'aws_iam_account_password_policy' }),
  ],
});
