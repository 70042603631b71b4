import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose, Parts, Projection } from '../collector.js';
import { each, get, lift, NONE, pick, textAt, timeAt, where } from '../json.js';
import { attachedPolicies, authorizationDetails, inlinePolicies } from './authorization-details.js';
import { accessKeys, credentialReport, notTracked, passwordUse, truthOf } from './credential-report.js';
import { lastAccessed, usedServices } from './last-accessed.js';

export const user: Collector = {
  type: 'AWS::IAM::User',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: authorizationDetails('UserDetailList.*'),
  joins: {
    report: {
      from: credentialReport,
      on: ['Arn', 'arn'],
      isWhole: true,
      feeds: [
        ...['$password_enabled', '$password_last_changed', '$mfa_active', '$mfa_devices'],
        ...['$access_keys', '$password_last_used'],
      ],
    },
  },
  each: {
    login: {
      call: 'iam:GetLoginProfile',
      permission: 'iam:GetLoginProfile',
      input: { UserName: '{UserName}' },
      answer: 'LoginProfile',
      absent: { NoSuchEntity: NONE, NoSuchEntityException: NONE },
      feeds: ['LoginProfile'],
    },
    devices: {
      call: 'iam:ListMFADevices',
      permission: 'iam:ListMFADevices',
      input: { UserName: '{UserName}' },
      when: [{ path: 'report.0.mfa_active', equals: 'true' }],
      pages: { input: 'Marker', output: 'Marker', more: 'IsTruncated', limit: ['MaxItems', 1000] },
      items: 'MFADevices.*',
      gone: ['NoSuchEntity', 'NoSuchEntityException'],
      feeds: ['$mfa_devices'],
    },
    ...lastAccessed,
  },
  usage: ['access_keys', 'password_last_used', 'services_last_accessed'],
  tells: ['Groups', 'ManagedPolicyArns', 'Path', 'PermissionsBoundary', 'Policies', 'Tags', 'UserName'],
  id: 'UserName',
  arn: '{Arn}',
  sets: ['Groups', 'ManagedPolicyArns', 'Policies', 'Tags'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'Path', 'Tags', 'UserName'),
      Groups: get(item, 'GroupList'),
      LoginProfile: where(parts['login'], (login) => pick(login, 'PasswordResetRequired')),
      ManagedPolicyArns: attachedPolicies(item),
      PermissionsBoundary: get(item, 'PermissionsBoundary.PermissionsBoundaryArn'),
      Policies: inlinePolicies(item, 'UserPolicyList'),
    },
    ...credentialsOf(item, get(parts['report'], '0'), parts),
  }),
};

/** What the report says of the user. */
function credentialsOf(
  item: SnapshotJson,
  row: SnapshotJson | undefined,
  { devices, lastAccessed: services }: Parts,
): Pick<Projection, 'gaps' | 'live'> {
  const own = {
    ...lift(item, { unique_id: 'UserId', create_date: 'CreateDate' }),
    services_last_accessed: usedServices(services),
  };
  if (row === undefined) return { live: own };
  const keys = accessKeys(row);
  const isNone = textAt(row, 'password_last_changed') === 'N/A';
  const told: Record<string, Loose> = {
    password_enabled: truthOf(row, 'password_enabled'),
    password_last_changed: timeAt(row, 'password_last_changed') ?? (isNone ? NONE : undefined),
    mfa_active: truthOf(row, 'mfa_active'),
    password_last_used: passwordUse(row),
  };
  const unknown = Object.keys(told).filter((name) => told[name] === undefined);
  const unused = keys.flatMap(({ last_used }, index) =>
    last_used === undefined ? [`access_keys.${index}.last_used`] : [],
  );
  const hasNone = truthOf(row, 'mfa_active') === false;
  return {
    live: { ...own, ...told, access_keys: keys, mfa_devices: hasNone ? [] : each(devices, '', toDevice) },
    gaps: [...unknown, ...unused].map((path) => notTracked(`$${path}`)),
  };
}

/** Only the serial number of a virtual device is an ARN of that kind. */
function toDevice(device: SnapshotJson): Loose {
  const serial = textAt(device, 'SerialNumber');
  return { serial_number: serial, is_virtual: /^arn:[^:]*:iam::\d*:mfa\//.test(serial) };
}
