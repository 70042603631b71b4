import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build-graph.js';
import { resourceKey } from '../../src/model/resource.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { raw, reference, through, toPlain, unreadModule, written } from '../support/raw-resource.js';
import { partly, unknown } from '../support/to-value.js';
import { build } from './build.js';

const BUCKET = 'aws_s3_bucket.orchard';
const ID = reference('aws_s3_bucket.orchard.id');

describe('configurations of a bucket', () => {
  it('are folded into it, each at its path', () => {
    const { graph, diagnostics, at } = build([
      raw(BUCKET, { bucket: 'orchard' }),
      raw('aws_s3_bucket_versioning.a', {
        bucket: ID,
        versioning_configuration: [{ status: 'Enabled', mfa_delete: 'Disabled' }],
      }),
      raw('aws_s3_bucket_public_access_block.a', {
        bucket: ID,
        block_public_acls: true,
        restrict_public_buckets: false,
      }),
      raw('aws_s3_bucket_server_side_encryption_configuration.a', {
        bucket: ID,
        rule: [
          {
            bucket_key_enabled: true,
            apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms', kms_master_key_id: '' }],
          },
        ],
      }),
      raw('aws_s3_bucket_logging.a', { bucket: ID, target_bucket: 'orchard-logs', target_prefix: 'apples/' }),
      raw('aws_s3_bucket_acl.a', {
        bucket: ID,
        access_control_policy: [
          {
            grant: [{ permission: 'READ', grantee: [{ type: 'Group', uri: 'http://acs/AllUsers' }] }],
            owner: [{ id: 'o1' }],
          },
        ],
      }),
      raw('aws_s3_bucket_ownership_controls.a', { bucket: ID, rule: [{ object_ownership: 'ObjectWriter' }] }),
      raw('aws_s3_bucket_lifecycle_configuration.a', {
        bucket: ID,
        rule: [
          {
            id: 'old',
            status: 'Enabled',
            filter: [{ and: [{ prefix: 'apples/', tags: { ripe: 'no' } }] }],
            expiration: [{ days: 90 }],
          },
          { id: 'tag', status: 'Disabled', filter: [{ tag: [{ key: 'ripe', value: 'yes' }] }] },
        ],
      }),
      raw('aws_s3_bucket_cors_configuration.a', {
        bucket: ID,
        cors_rule: [{ allowed_methods: ['GET'], allowed_origins: ['*'] }],
      }),
      raw('aws_s3_bucket_website_configuration.a', { bucket: ID, index_document: [{ suffix: 'index.html' }] }),
      raw('aws_s3_bucket_object_lock_configuration.a', {
        bucket: ID,
        rule: [{ default_retention: [{ mode: 'GOVERNANCE', days: 5 }] }],
      }),
      raw('aws_s3_bucket_accelerate_configuration.a', { bucket: ID, status: 'Enabled' }),
      raw('aws_s3_bucket_request_payment_configuration.a', { bucket: ID, payer: 'Requester' }),
      raw('aws_s3_bucket_notification.a', { bucket: ID, eventbridge: true }),
      raw('aws_s3_bucket_intelligent_tiering_configuration.a', {
        bucket: ID,
        name: 'all',
        tiering: [{ access_tier: 'ARCHIVE_ACCESS', days: 125 }],
      }),
    ]);
    expect(diagnostics).toEqual([]);
    expect(graph.resources.size).toBe(3);
    expect(written(at(BUCKET))).toEqual({
      bucket: 'orchard',
      versioning: { status: 'Enabled', mfa_delete: 'Disabled' },
      public_access_block: { block_public_acls: true, restrict_public_buckets: false },
      server_side_encryption_configuration: {
        rule: { bucket_key_enabled: true, apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' } },
      },
      logging: { target_bucket: 'orchard-logs', target_prefix: 'apples/' },
      grant: [{ permission: 'READ', type: 'Group', uri: 'http://acs/AllUsers' }],
      ownership_controls: { rule: { object_ownership: 'ObjectWriter' } },
      lifecycle_configuration: {
        rule: [
          {
            id: 'old',
            status: 'Enabled',
            filter: { prefix: 'apples/', tags: { ripe: 'no' } },
            expiration: { days: 90 },
          },
          { id: 'tag', status: 'Disabled', filter: { tags: { ripe: 'yes' } } },
        ],
      },
      cors: { cors_rule: [{ allowed_methods: ['GET'], allowed_origins: ['*'] }] },
      website: { index_document: { suffix: 'index.html' } },
      object_lock_configuration: { rule: { default_retention: { mode: 'GOVERNANCE', days: 5 } } },
      accelerate: { status: 'Enabled' },
      request_payment: { payer: 'Requester' },
      notification: { eventbridge: true },
      intelligent_tiering: [{ name: 'all', tiering: [{ access_tier: 'ARCHIVE_ACCESS', days: 125 }] }],
    });
  });

  it('inline read as the companions', () => {
    const { at } = build([
      raw(BUCKET, {
        bucket: 'orchard',
        acl: 'public-read',
        acceleration_status: 'Suspended',
        request_payer: 'BucketOwner',
        versioning: [{ enabled: true, mfa_delete: false }],
        logging: [{ target_bucket: 'orchard-logs' }],
        grant: [{ id: 'g1', type: 'CanonicalUser', permissions: ['READ', 'WRITE'] }],
        server_side_encryption_configuration: [
          { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256' }] }] },
        ],
        lifecycle_rule: [
          {
            id: 'old',
            enabled: true,
            prefix: 'apples/',
            tags: { ripe: 'no' },
            abort_incomplete_multipart_upload_days: 3,
            noncurrent_version_expiration: [{ days: 30 }],
          },
        ],
        replication_configuration: [
          {
            role: 'arn:aws:iam::111122223333:role/press',
            rules: [
              { status: 'Enabled', prefix: 'a/', destination: [{ bucket: 'arn:aws:s3:::press', account_id: '1' }] },
            ],
          },
        ],
        website: [{ index_document: 'index.html' }],
      }),
    ]);
    expect(written(at(BUCKET))).toEqual({
      bucket: 'orchard',
      acl: 'public-read',
      accelerate: { status: 'Suspended' },
      request_payment: { payer: 'BucketOwner' },
      versioning: { status: 'Enabled', mfa_delete: 'Disabled' },
      logging: { target_bucket: 'orchard-logs' },
      grant: [
        { id: 'g1', type: 'CanonicalUser', permission: 'READ' },
        { id: 'g1', type: 'CanonicalUser', permission: 'WRITE' },
      ],
      server_side_encryption_configuration: {
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
      },
      lifecycle_configuration: {
        rule: [
          {
            id: 'old',
            status: 'Enabled',
            filter: { prefix: 'apples/', tags: { ripe: 'no' } },
            abort_incomplete_multipart_upload: { days_after_initiation: 3 },
            noncurrent_version_expiration: { noncurrent_days: 30 },
          },
        ],
      },
      replication_configuration: {
        role: 'arn:aws:iam::111122223333:role/press',
        rule: [
          { status: 'Enabled', filter: { prefix: 'a/' }, destination: { bucket: 'arn:aws:s3:::press', account: '1' } },
        ],
      },
      website: { index_document: { suffix: 'index.html' } },
    });
  });
});

/** A companion with the link, and the versioning that the bucket then has. */
function versioned(link: unknown, details: Parameters<typeof raw>[2] = {}, bucket: object = { bucket: 'orchard' }) {
  const companion = raw(
    'aws_s3_bucket_versioning.a',
    { bucket: link, versioning_configuration: [{ status: 'Enabled' }] },
    details,
  );
  const built = build([raw(BUCKET, bucket), companion]);
  return { ...built, versioning: toPlain(built.at(BUCKET)?.values.entries.get('versioning')) };
}

const ENABLED = { status: 'Enabled' };

describe('a companion belongs to the bucket', () => {
  it('that it refers to', () => {
    expect(versioned(ID).versioning).toEqual(ENABLED);
  });
  it('through whose known name its link came', () => {
    expect(versioned(through('aws_s3_bucket.orchard.bucket', 'orchard')).versioning).toEqual(ENABLED);
  });
  it('that another companion of it names', () => {
    const { at } = build([
      raw(BUCKET, { bucket: 'orchard' }),
      raw('aws_s3_bucket_public_access_block.a', { bucket: ID, block_public_acls: true }),
      raw('aws_s3_bucket_versioning.a', {
        bucket: reference('aws_s3_bucket_public_access_block.a.id'),
        versioning_configuration: [{ status: 'Enabled' }],
      }),
    ]);
    expect(toPlain(at(BUCKET)?.values.entries.get('versioning'))).toEqual(ENABLED);
  });
  it('that is named by the same unknown', () => {
    expect(versioned(unknown('name'), {}, { bucket: unknown('name') }).versioning).toEqual(ENABLED);
  });
  it('of the same literal name', () => {
    expect(versioned('orchard').versioning).toEqual(ENABLED);
  });
  it('that a data source names', () => {
    const { at, graph } = build([
      raw(BUCKET, { bucket: 'orchard' }),
      raw('data.aws_s3_bucket.orchard', { bucket: 'orchard' }),
      raw('aws_s3_bucket_versioning.a', {
        bucket: reference('data.aws_s3_bucket.orchard.id'),
        versioning_configuration: [{ status: 'Enabled' }],
      }),
    ]);
    expect(toPlain(at(BUCKET)?.values.entries.get('versioning'))).toEqual(ENABLED);
    expect(graph.resources.size).toBe(4);
  });
  it('that a data source of an unknown name may read, and to the data source', () => {
    const { at } = build([
      raw(BUCKET, { bucket: 'orchard' }),
      raw('data.aws_s3_bucket.some', { bucket: unknown('some') }),
      raw('aws_s3_bucket_versioning.a', {
        bucket: reference('data.aws_s3_bucket.some.id'),
        versioning_configuration: [{ status: 'Enabled' }],
      }),
    ]);
    expect(toPlain(at(BUCKET)?.values.entries.get('versioning'))).toBe(
      '?companion-link-unknown aws_s3_bucket_versioning.a',
    );
    expect(written(at('data.aws_s3_bucket.some'))).toEqual({
      bucket: '?variable-without-value var.some',
      versioning: ENABLED,
    });
  });
  it('or to none of them: then it is judged on a stand-in', () => {
    const { versioning, at } = versioned('other');
    expect(versioning).toBeUndefined();
    expect([at('aws_s3_bucket_versioning.a')?.presence, written(at('aws_s3_bucket_versioning.a'))]).toEqual([
      'stand-in',
      { bucket: 'other', versioning: ENABLED },
    ]);
  });
});

describe('the value of a mount', () => {
  it('is perhaps the value where the companion exists conditionally', () => {
    const { at } = versioned(ID, {
      existence: { kind: 'unknown', reason: 'variable-without-value', subject: 'var.keep' },
    });
    expect(at(BUCKET)?.values.entries.get('versioning')).toMatchObject({
      kind: 'unknown',
      reason: 'uncertain-existence',
      subject: 'var.keep',
      alternatives: [{ kind: 'absent' }, { kind: 'object' }],
    });
  });
  it('is certain where the companion exists under the condition of the bucket', () => {
    const existence = { kind: 'unknown', reason: 'variable-without-value', condition: 'var.keep ? 1 : 0' } as const;
    const { at } = build([
      raw('aws_s3_bucket.orchard[0]', { bucket: 'orchard' }, { existence }),
      raw(
        'aws_s3_bucket_versioning.a[0]',
        { bucket: reference('aws_s3_bucket.orchard[0].id'), versioning_configuration: [{ status: 'Enabled' }] },
        { existence },
      ),
      raw(
        'aws_s3_bucket_accelerate_configuration.a[0]',
        { bucket: reference('aws_s3_bucket.orchard[0].id'), status: 'Enabled' },
        { existence: { ...existence, condition: 'var.fast ? 1 : 0' } },
      ),
    ]);
    const { versioning, accelerate } = Object.fromEntries(at('aws_s3_bucket.orchard[0]')?.values.entries ?? []);
    expect([toPlain(versioning), accelerate?.kind]).toEqual([ENABLED, 'unknown']);
  });
  it('is certain where the companion has the keys of the bucket', () => {
    const unsure = {
      existence: { kind: 'unknown', reason: 'variable-without-value' },
      isPrototype: true,
      keySet: 'var.buckets',
    } as const;
    const { at } = build([
      raw('aws_s3_bucket.orchard[*]', { bucket: unknown('each') }, unsure),
      raw(
        'aws_s3_bucket_versioning.a[*]',
        { bucket: reference('aws_s3_bucket.orchard[*].id'), versioning_configuration: [{ status: 'Enabled' }] },
        unsure,
      ),
    ]);
    expect(toPlain(at('aws_s3_bucket.orchard[*]')?.values.entries.get('versioning'))).toEqual(ENABLED);
  });
  it('is perhaps the value where the companion has a condition of its own besides the keys', () => {
    const keys = { isPrototype: true, keySet: 'var.buckets' } as const;
    const ofKeys = { kind: 'unknown', reason: 'variable-without-value', subject: 'var.buckets' } as const;
    const { at } = build([
      raw('module.m[*].aws_s3_bucket.orchard', { bucket: 'orchard' }, { ...keys, existence: ofKeys }),
      raw(
        'module.m[*].aws_s3_bucket_versioning.a[0]',
        {
          bucket: reference('module.m[*].aws_s3_bucket.orchard.id'),
          versioning_configuration: [{ status: 'Enabled' }],
        },
        { ...keys, existence: { ...ofKeys, subject: 'var.keep' } },
      ),
    ]);
    expect(toPlain(at('module.m[*].aws_s3_bucket.orchard')?.values.entries.get('versioning'))).toBe(
      '?uncertain-existence var.keep',
    );
  });
  it('is perhaps the value where the link may name the bucket, and the stand-in has it', () => {
    const { at } = versioned(unknown('other'));
    expect(at(BUCKET)?.values.entries.get('versioning')).toMatchObject({
      kind: 'unknown',
      reason: 'companion-link-unknown',
      alternatives: [{ kind: 'absent' }, { kind: 'object' }],
    });
    expect(at('aws_s3_bucket_versioning.a')?.presence).toBe('stand-in');
  });
  it('is not in doubt where the known part of the link excludes the bucket', () => {
    expect(versioned(partly('bakery-', unknown('env'))).versioning).toBeUndefined();
  });
  it('is not in doubt where the bucket has a companion of its own', () => {
    const { at } = build([
      raw(BUCKET, { bucket: 'orchard' }),
      raw('aws_s3_bucket_versioning.a', { bucket: ID, versioning_configuration: [{ status: 'Enabled' }] }),
      raw('aws_s3_bucket_versioning.b', { bucket: unknown('x'), versioning_configuration: [{ status: 'Suspended' }] }),
    ]);
    expect(toPlain(at(BUCKET)?.values.entries.get('versioning'))).toEqual(ENABLED);
  });
  it('is one of two where a conditional names the bucket', () => {
    const either = unknown('either', {
      refersTo: [
        { root: '.', address: 'aws_s3_bucket.orchard', attribute: 'id' },
        { root: '.', address: 'aws_s3_bucket.press', attribute: 'id' },
      ],
    });
    const { at, graph } = build([
      raw(BUCKET, { bucket: 'orchard' }),
      raw('aws_s3_bucket.press', { bucket: 'press' }),
      raw('aws_s3_bucket_versioning.a', { bucket: either, versioning_configuration: [{ status: 'Enabled' }] }),
    ]);
    for (const address of [BUCKET, 'aws_s3_bucket.press']) {
      expect(toPlain(at(address)?.values.entries.get('versioning'))).toBe(
        '?companion-link-unknown aws_s3_bucket_versioning.a',
      );
    }
    expect(graph.resources.size).toBe(4);
  });
  it('is one where inline and standalone are equal, and unknown where they differ', () => {
    const equal = versioned(ID, {}, { bucket: 'orchard', versioning: [{ enabled: true }] });
    expect([equal.versioning, equal.diagnostics]).toEqual([ENABLED, []]);
    const different = versioned(ID, {}, { bucket: 'orchard', versioning: [{ enabled: false }] });
    expect([different.versioning, different.diagnostics.map(({ code }) => code)]).toEqual([
      '?conflicting-declarations aws_s3_bucket_versioning.a',
      ['terraform-conflicting-declarations'],
    ]);
  });
  it('is unknown where two companions declare it', () => {
    const { at, diagnostics } = build([
      raw(BUCKET, { bucket: 'orchard' }),
      raw('aws_s3_bucket_versioning.a', { bucket: ID, versioning_configuration: [{ status: 'Enabled' }] }),
      raw('aws_s3_bucket_versioning.b', { bucket: ID, versioning_configuration: [{ status: 'Suspended' }] }),
    ]);
    expect(toPlain(at(BUCKET)?.values.entries.get('versioning'))).toBe(
      '?conflicting-declarations aws_s3_bucket_versioning.a',
    );
    expect(diagnostics).toHaveLength(1);
  });
  it('is unknown where it is absent and the bucket is passed to a module that was not read', () => {
    const { at } = build([raw(BUCKET, { bucket: 'orchard' })], [unreadModule('module.press', ID)]);
    const bucket = at(BUCKET);
    expect(toPlain(bucket?.values.entries.get('versioning'))).toBe('?remote-module module.press');
    expect(toPlain(bucket?.values.entries.get('intelligent_tiering'))).toEqual(['...remote-module']);
  });

  it('is unknown where it is absent and a limit left companions of its type out, in this root', () => {
    const { graph } = buildGraph({
      resources: [raw(BUCKET, { bucket: 'orchard' }), { ...raw(BUCKET, { bucket: 'press' }), root: 'press' }],
      unreadModules: [],
      omittedTypes: [{ root: '.', type: 'aws_s3_bucket_versioning' }],
      schemas: providerSchemas,
    });
    const versioning = (root: string) =>
      toPlain(graph.resources.get(resourceKey(root, BUCKET))?.values.entries.get('versioning'));
    expect(versioning('.')).toBe('?limit-reached aws_s3_bucket_versioning');
    expect(versioning('press')).toBeUndefined();
    const other = graph.resources.get(resourceKey('.', BUCKET))?.values.entries.get('intelligent_tiering');
    expect(other).toBeUndefined();
  });
});

describe('links of buckets', () => {
  it('are found by reference, by name and by ARN, partly known ones included', () => {
    const { graph } = build([
      raw(BUCKET, { bucket: 'orchard' }),
      raw('aws_s3_bucket.press', { bucket: 'press', logging: [{ target_bucket: 'orchard' }] }),
      raw('aws_cloudtrail.trail', {
        name: 'trail',
        s3_bucket_name: ID,
        kms_key_id: unknown('key'),
        cloud_watch_logs_group_arn: partly('arn:aws:logs:eu-north-1:', unknown('account'), ':log-group:pick:*'),
      }),
      raw('aws_cloudwatch_log_group.log', { name: 'pick' }),
      raw('aws_s3_bucket_replication_configuration.a', {
        bucket: reference('aws_s3_bucket.press.id'),
        role: 'r',
        rule: [{ status: 'Enabled', destination: [{ bucket: partly('arn:', unknown('partition'), ':s3:::orchard') }] }],
      }),
    ]);
    expect(
      [...graph.linksFrom.values()].flat().map(({ from, path, to, isCertain }) => [from, path, to, isCertain]),
    ).toEqual([
      ['.\0aws_cloudtrail.trail', 'cloud_watch_logs_group_arn', '.\0aws_cloudwatch_log_group.log', true],
      ['.\0aws_cloudtrail.trail', 's3_bucket_name', '.\0aws_s3_bucket.orchard', true],
      ['.\0aws_s3_bucket.press', 'logging.target_bucket', '.\0aws_s3_bucket.orchard', true],
      ['.\0aws_s3_bucket.press', 'replication_configuration.rule.destination.bucket', '.\0aws_s3_bucket.orchard', true],
    ]);
    expect([...graph.unresolvedLinks]).toEqual([
      ['aws_kms_key', [{ from: '.\0aws_cloudtrail.trail', path: 'kms_key_id' }]],
      ['aws_kms_alias', [{ from: '.\0aws_cloudtrail.trail', path: 'kms_key_id' }]],
    ]);
  });
});
