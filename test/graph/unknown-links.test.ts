import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/model/value.js';
import { graphOf } from '../support/evaluate-plans.js';
import { raw } from '../support/raw-resource.js';
import { partly, unknown } from '../support/to-value.js';

/** Buckets, and companions of which it is not known whose they are. */
function build(buckets: number, statuses: readonly string[]) {
  const link = unknown('name', { reason: 'plan-unknown' });
  const resources = [
    ...Array.from({ length: buckets }, (_, index) => raw(`aws_s3_bucket.b${index}`)),
    ...statuses.map((status, index) =>
      raw(`aws_s3_bucket_versioning.v${String(index).padStart(5, '0')}`, {
        bucket: link,
        versioning_configuration: [{ status }],
      }),
    ),
  ];
  const { resources: nodes } = graphOf({ resources, unreadModules: [] });
  return (index: number): Value | undefined =>
    nodes.get(`.\0aws_s3_bucket.b${index}`)?.values.entries.get('versioning');
}

const alternatives = (value: Value | undefined) =>
  value?.kind === 'unknown'
    ? value.alternatives?.map((one) => (one.kind === 'object' ? one.entries.get('status') : one.kind))
    : 'known';

describe('companions of an unknown resource', () => {
  test('that all say the same leave it open whether a resource has one', () => {
    const versioning = build(
      3,
      Array.from({ length: 20 }, () => 'Enabled'),
    );
    for (const index of [0, 1, 2])
      expect(alternatives(versioning(index))).toEqual(['absent', expect.objectContaining({ value: 'Enabled' })]);
  });

  test('that say many things leave all open', () => {
    const versioning = build(2, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']);
    expect(versioning(1)?.kind).toBe('unknown');
    expect(alternatives(versioning(1))).toBeUndefined();
  });

  test('are not asked about one by one for each of thousands', () => {
    const start = performance.now();
    const versioning = build(
      2_000,
      Array.from({ length: 2_000 }, (_, index) => (index % 2 ? 'Enabled' : 'Suspended')),
    );
    expect(alternatives(versioning(1_999))).toHaveLength(3);
    // Four million of them would take minutes.
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});

test('rules that perhaps are of a group are not all like the first of them', () => {
  const rule = (name: string, cidr: string) =>
    raw(`aws_vpc_security_group_ingress_rule.${name}`, {
      security_group_id: unknown('group', { reason: 'plan-unknown' }),
      cidr_ipv4: cidr,
      ip_protocol: 'tcp',
    });
  const restOf = (...rules: ReturnType<typeof rule>[]) => {
    const { resources } = graphOf({ resources: [raw('aws_security_group.g'), ...rules], unreadModules: [] });
    const ingress = resources.get('.\0aws_security_group.g')?.values.entries.get('ingress');
    return ingress?.kind === 'list' ? ingress.rest : undefined;
  };
  const [near, far] = [rule('near', '10.0.0.0/8'), rule('wide', '0.0.0.0/0')];
  const opened = { reason: 'companion-link-unknown', subject: near.address };
  expect([restOf(near)?.element?.kind, restOf(near, far)]).toEqual(['object', { ...opened, element: undefined }]);
});

test('a companion belongs to the resource whose name is made as the one that it gives', () => {
  const named = (suffix: string) => partly(unknown('app'), `-${suffix}-`, unknown('region'));
  const { resources } = graphOf({
    resources: [
      raw('aws_s3_bucket.flour', { bucket: named('flour') }),
      raw('aws_s3_bucket.rye', { bucket: named('flour-rye') }),
      raw('aws_s3_bucket_versioning.flour', {
        bucket: named('flour'),
        versioning_configuration: [{ status: 'Enabled' }],
      }),
    ],
    unreadModules: [],
  });
  const status = (name: string) => {
    const versioning = resources.get(`.\0aws_s3_bucket.${name}`)?.values.entries.get('versioning');
    return versioning?.kind === 'object' ? versioning.entries.get('status') : versioning?.kind;
  };
  expect([status('flour'), status('rye')]).toEqual([expect.objectContaining({ value: 'Enabled' }), undefined]);
});
