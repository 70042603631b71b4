import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { constant, samplePlan, written } from '../support/sample-plan.js';
import { type Workspace, workspace } from './workspace.js';

const fixture = (name: string) => new URL(`../../fixtures/terraform/instances/${name}`, import.meta.url).pathname;

let here: Workspace;
afterEach(() => here.remove());

async function groupsOf(files: Readonly<Record<string, string>>, args: string): Promise<string[]> {
  here = workspace(files);
  const { out } = await here.run(`scan --format json ${args}`);
  const { findings }: { findings: { policy: string; instances: { address: string }[]; fingerprint: string }[] } =
    JSON.parse(out);
  return findings.map((one) => `${one.policy} ${one.instances.map(({ address }) => address).join(' ')}`).sort();
}

test('a plan alone has one finding for all instances of a block, as its source has', async () => {
  const source = await groupsOf({ 'main.tf': readFileSync(fixture('main.tf'), 'utf8') }, 'main.tf');
  here.remove();
  expect(await groupsOf({ 'plan.json': readFileSync(fixture('plan.json'), 'utf8') }, 'plan.json')).toEqual(source);
  expect(source).toContain('aws-s3-bucket-tls-only aws_s3_bucket.counted[0] aws_s3_bucket.counted[1]');
});

const database = (key: string, isPublic: boolean | undefined) => ({
  address: `aws_db_instance.ledger["${key}"]`,
  after: {
    engine: 'postgres',
    storage_encrypted: true,
    ...(isPublic !== undefined && { publicly_accessible: isPublic }),
  },
});
const PUBLIC = '--policy aws-rds-instance-not-public,aws-rds-instance-encrypted plan.json';
const PLAN = {
  module: { resources: [written('aws_db_instance.ledger', { publicly_accessible: constant(true) })] },
};

test('what the instances of a block say differently is not one cause', async () => {
  const rule = (key: string, source: object) => ({
    address: `aws_security_group.gate["${key}"]`,
    after: {
      name: key,
      ingress: [{ ...source, from_port: 22, to_port: 22, protocol: 'tcp' }],
    },
  });
  const plan = samplePlan({
    changes: [
      rule('a', { cidr_blocks: ['0.0.0.0/0'] }),
      rule('b', { ipv6_cidr_blocks: ['::/0'] }),
      rule('c', { cidr_blocks: ['0.0.0.0/0'] }),
      database('a', true),
      database('b', true),
      database('c', false),
    ],
    ...PLAN,
  });
  const groups = await groupsOf({ 'plan.json': plan }, 'plan.json');
  expect(groups.filter((group) => /ssh|public|22/.test(group))).toEqual([
    'aws-ec2-security-group-ssh-not-open aws_security_group.gate["a"] aws_security_group.gate["c"]',
    'aws-ec2-security-group-ssh-not-open aws_security_group.gate["b"]',
    'aws-rds-instance-not-public aws_db_instance.ledger["a"] aws_db_instance.ledger["b"]',
  ]);
});

test('a baseline accepts an instance, and reports a new one of the block', async () => {
  here = workspace({ 'plan.json': samplePlan({ changes: [database('a', true)], ...PLAN }) });
  await here.run(`scan --write-baseline ${PUBLIC}`);
  here.write({ 'plan.json': samplePlan({ changes: [database('a', true), database('b', true)], ...PLAN }) });
  const { out } = await here.run(`scan --format compact ${PUBLIC}`);
  expect(out).toMatch(
    /^plan\.json:\d+:\d+: high aws-rds-instance-not-public: .* \[aws_db_instance\.ledger\["b"\]\]\n$/,
  );
});
