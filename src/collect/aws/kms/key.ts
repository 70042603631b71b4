import type { Collector, ItemOperation } from '../collector.js';
import { documentOf, each, get, lift, NONE, pick, where } from '../json.js';

const CUSTOMER = { path: 'describe.KeyManager', equals: 'CUSTOMER' } as const;
const ROTATES = [
  CUSTOMER,
  { path: 'describe.KeySpec', equals: 'SYMMETRIC_DEFAULT' },
  { path: 'describe.Origin', equals: 'AWS_KMS' },
  { path: 'describe.KeyState', differs: 'PendingDeletion' },
] as const;

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `kms:${operation}`,
  permission: `kms:${operation}`,
  gone: ['NotFoundException'],
  ...rest,
});

const KeyId = '{KeyId}';

/** A key of the account's own: those that AWS manages have nothing that could be changed. */
export const key: Collector = {
  type: 'AWS::KMS::Key',
  service: 'kms',
  version: 1,
  scope: 'region',
  list: {
    call: 'kms:ListKeys',
    permission: 'kms:ListKeys',
    pages: { input: 'Marker', output: 'NextMarker', more: 'Truncated', limit: ['Limit', 1000] },
    items: 'Keys.*',
  },
  each: {
    describe: of('DescribeKey', {
      input: { KeyId },
      answer: 'KeyMetadata',
      feeds: [
        ...['Description', 'Enabled', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
        ...['$custom_key_store_id', '$deletion_date', '$key_manager', '$key_state'],
      ],
    }),
    policy: of('GetKeyPolicy', {
      input: { KeyId, PolicyName: 'default' },
      when: [CUSTOMER],
      answer: 'Policy',
      feeds: ['KeyPolicy'],
    }),
    rotation: of('GetKeyRotationStatus', {
      input: { KeyId },
      when: ROTATES,
      answer: 'KeyRotationEnabled',
      feeds: ['EnableKeyRotation'],
    }),
    grants: of('ListGrants', {
      input: { KeyId },
      when: [CUSTOMER],
      pages: { input: 'Marker', output: 'NextMarker', more: 'Truncated', limit: ['Limit', 100] },
      items: 'Grants.*',
      feeds: ['$grants'],
    }),
    tags: of('ListResourceTags', { input: { KeyId, Limit: 50 }, when: [CUSTOMER], answer: 'Tags', feeds: ['Tags'] }),
  },
  keep: [{ path: 'describe.KeyManager', differs: 'AWS' }],
  tells: [],
  id: 'KeyId',
  arn: '{KeyArn}',
  // How long a key waits for its end is said when it is scheduled.
  unread: ['BypassPolicyLockoutSafetyCheck', 'PendingWindowInDays', 'RotationPeriodInDays'],
  sets: ['Tags'],
  project: (item, parts) => ({
    properties: {
      ...pick(parts['describe'], 'Description', 'Enabled', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'),
      EnableKeyRotation: parts['rotation'],
      KeyPolicy: documentOf(parts['policy']),
      Tags: where(parts['tags'], (tags) =>
        Array.isArray(tags) ? tags.map((tag) => lift(tag, { Key: 'TagKey', Value: 'TagValue' })) : undefined,
      ),
    },
    live: {
      key_id: get(item, 'KeyId'),
      ...lift(parts['describe'], { key_manager: 'KeyManager', key_state: 'KeyState' }),
      custom_key_store_id: where(parts['describe'], (described) => get(described, 'CustomKeyStoreId') ?? NONE),
      deletion_date: where(parts['describe'], (described) => get(described, 'DeletionDate') ?? NONE),
      grants: each(parts['grants'], '', (grant) => ({
        grantee_principal: get(grant, 'GranteePrincipal') ?? get(grant, 'GranteeServicePrincipal'),
        name: get(grant, 'Name') ?? NONE,
        operations: get(grant, 'Operations'),
      })),
    },
  }),
};
