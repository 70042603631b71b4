import { defineResourceType, mountObject } from '../../entries.js';

/** An AWS account: the scope of everything in it. */
export const account = defineResourceType({
  type: 'aws_account',
  scope: { attributes: { account_id: 'string', partition: 'string' } },
  live: {
    root: { mfa_active: 'bool', password_present: 'bool', access_keys: 'number', signing_certificates: 'number' },
    root_virtual_mfa: { serial_number: 'string' },
    /** Times at which the root user signed in, and used a key; null: never. */
    root_credentials: { password_last_used: 'string', access_key_last_used: 'string' },
    security_contact: { present: 'bool' },
  },
  companions: [
    mountObject('s3_public_access_block', { type: 'aws_s3_account_public_access_block' }),
    mountObject('password_policy', { type: 'aws_iam_account_password_policy' }),
  ],
});
