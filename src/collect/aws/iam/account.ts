import type { SnapshotJson } from '../../../model/snapshot.js';
import { type Collector, type Loose, notTold, type Parts, type Projection } from '../collector.js';
import { all, get, lift, NONE, textAt, where } from '../json.js';
import { accessKeys, credentialReport, notTracked, passwordUse, ROOT } from './credential-report.js';

/** What holds for the whole account. */
export const account: Collector = {
  type: 'aws_account',
  service: 'iam',
  version: 1,
  scope: 'account',
  joins: {
    report: { from: credentialReport, feeds: ['$credential_report', '$root_credentials'] },
    devices: {
      from: {
        call: 'iam:ListVirtualMFADevices',
        permission: 'iam:ListVirtualMFADevices',
        input: { AssignmentStatus: 'Assigned' },
        pages: { input: 'Marker', output: 'Marker', more: 'IsTruncated', limit: ['MaxItems', 1000] },
        items: 'VirtualMFADevices.*',
      },
      feeds: ['root_virtual_mfa'],
    },
  },
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
    securityContact: {
      call: 'account:GetAlternateContact',
      permission: 'account:GetAlternateContact',
      input: { AlternateContactType: 'SECURITY' },
      answer: 'AlternateContact',
      absent: { ResourceNotFoundException: NONE },
      feeds: ['security_contact'],
    },
  },
  usage: ['credential_report', 'root_credentials'],
  id: '@account',
  project: (_, parts) => ({
    properties: {
      root: where(parts['summary'], rootFacts),
      root_virtual_mfa: where(parts['devices'], rootDevice),
      security_contact: where(parts['securityContact'], () => ({ present: true })),
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
    ...rootOf(parts),
  }),
};

/** The device's serial number; "none" where every device is a user's, undefined where it is not said whose one is. */
function rootDevice(devices: SnapshotJson): Loose {
  const owner = (device: SnapshotJson) => textAt(device, 'User.Arn');
  const serials = all(devices, '*')
    .filter((device) => owner(device).endsWith(':root'))
    .map((device) => textAt(device, 'SerialNumber'))
    .sort();
  if (serials.length > 0) return { serial_number: serials[0] };
  return all(devices, '*').every((device) => owner(device) !== '') ? NONE : undefined;
}

/** When the root user was used last, by password and by key; and what of the user is not known. */
function rootOf(parts: Parts): Pick<Projection, 'gaps' | 'live'> {
  const isOwned = parts['devices'] === undefined || rootDevice(parts['devices']) !== undefined;
  const summary = parts['summary'];
  const isCounted = summary === undefined || rootFacts(summary) !== undefined;
  const ofRoot = [
    ...(isCounted ? [] : [notTold('root', 'iam:GetAccountSummary')]),
    ...(isOwned ? [] : [notTold('root_virtual_mfa', 'iam:ListVirtualMFADevices')]),
  ];
  const row = all(parts['report'], '*').find((one) => get(one, 'user') === ROOT);
  if (parts['report'] === undefined) return { gaps: ofRoot };
  if (row === undefined) return { gaps: [...ofRoot, ...['$credential_report', '$root_credentials'].map(notTracked)] };
  const password = passwordUse(row);
  const uses = accessKeys(row).map(({ last_used }) => last_used);
  const key = uses.includes(undefined)
    ? undefined
    : (uses
        .filter((use) => typeof use === 'string')
        .sort()
        .at(-1) ?? NONE);
  return {
    live: {
      credential_report: { generated_at: get(row, '@made') },
      root_credentials: { password_last_used: password, access_key_last_used: key },
    },
    gaps: [
      ...ofRoot,
      ...(password === undefined ? [notTracked('$root_credentials.password_last_used')] : []),
      ...(key === undefined ? [notTracked('$root_credentials.access_key_last_used')] : []),
    ],
  };
}

const COUNTED = ['AccountMFAEnabled', 'AccountAccessKeysPresent', 'AccountSigningCertificatesPresent'];

/** Undefined where the summary does not count everything. An organization can take its members' root passwords away. */
function rootFacts(summary: SnapshotJson): Loose {
  if (COUNTED.some((name) => typeof get(summary, name) !== 'number')) return undefined;
  return {
    mfa_active: flag(summary, 'AccountMFAEnabled'),
    password_present: flag(summary, 'AccountPasswordPresent'),
    access_keys: get(summary, 'AccountAccessKeysPresent'),
    signing_certificates: get(summary, 'AccountSigningCertificatesPresent'),
  };
}

/** A count of one or none; what the summary does not count is not said. */
function flag(summary: SnapshotJson, name: string): Loose {
  const value = get(summary, name);
  return value === undefined ? undefined : value === 1;
}
