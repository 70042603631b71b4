import type { Collector } from '../collector.js';
import { get, lift, NONE, where } from '../json.js';

/** What holds for the whole account. */
export const account: Collector = {
  type: 'aws_account',
  service: 'iam',
  version: 1,
  scope: 'account',
  each: {
    summary: {
      call: 'iam:GetAccountSummary',
      permission: 'iam:GetAccountSummary',
      answer: 'SummaryMap',
      feeds: ['root'],
    },
    passwords: {
      call: 'iam:GetAccountPasswordPolicy',
      permission: 'iam:GetAccountPasswordPolicy',
      answer: 'PasswordPolicy',
      absent: { NoSuchEntity: NONE, NoSuchEntityException: NONE },
      feeds: ['password_policy'],
    },
    publicAccess: {
      call: 's3control:GetPublicAccessBlock',
      permission: 's3:GetAccountPublicAccessBlock',
      input: { AccountId: '{@account}' },
      answer: 'PublicAccessBlockConfiguration',
      absent: { NoSuchPublicAccessBlockConfiguration: NONE },
      feeds: ['s3_public_access_block'],
    },
  },
  id: '@account',
  project: (_, parts) => ({
    properties: {
      root: where(parts['summary'], (summary) => ({
        mfa_active: get(summary, 'AccountMFAEnabled') === 1,
        access_keys: get(summary, 'AccountAccessKeysPresent'),
        signing_certificates: get(summary, 'AccountSigningCertificatesPresent'),
      })),
      s3_public_access_block: where(parts['publicAccess'], (block) =>
        lift(block, {
          block_public_acls: 'BlockPublicAcls',
          block_public_policy: 'BlockPublicPolicy',
          ignore_public_acls: 'IgnorePublicAcls',
          restrict_public_buckets: 'RestrictPublicBuckets',
        }),
      ),
      password_policy: where(parts['passwords'], (policy) =>
        lift(policy, {
          allow_users_to_change_password: 'AllowUsersToChangePassword',
          expire_passwords: 'ExpirePasswords',
          hard_expiry: 'HardExpiry',
          max_password_age: 'MaxPasswordAge',
          minimum_password_length: 'MinimumPasswordLength',
          password_reuse_prevention: 'PasswordReusePrevention',
          require_lowercase_characters: 'RequireLowercaseCharacters',
          require_numbers: 'RequireNumbers',
          require_symbols: 'RequireSymbols',
          require_uppercase_characters: 'RequireUppercaseCharacters',
        }),
      ),
    },
  }),
};
