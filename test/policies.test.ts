import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOfPolicy, loadShippedPolicies, policyFiles } from '../scripts/compile-policies.js';
import { checkExamples, readsOnlyLive } from '../src/policy/index.js';
import { scanExample } from '../src/scan-example.js';

const root = join(import.meta.dirname, '..');
const files = policyFiles(join(root, 'policies'));

describe('the examples of', () => {
  for (const policy of loadShippedPolicies(root)) {
    test(policy.metadata.id, () => {
      const folder = join(root, folderOfPolicy(files, root, policy), 'examples');
      const examples = readdirSync(folder)
        .sort()
        .map((name) => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }));
      const problems = checkExamples(policy, examples, scanExample);
      expect(problems.map(({ message, path, line }) => `${path}:${line ?? ''} ${message}`)).toEqual([]);
      const isOfAccounts = examples.every(({ path }) => path.startsWith('snapshot'));
      expect(policy.metadata.isOnlyLive, '"live: true" stands where no example is code').toBe(isOfAccounts);
    });
  }
});

/** What tfsec called the checks whose names Trivy changed, and its codes from before it had names: comments keep them. */
const TFSEC_NAMES: Readonly<Record<string, readonly string[]>> = {
  'AVD-AWS-0012': ['AWS020'],
  'AVD-AWS-0014': ['AWS063'],
  'AVD-AWS-0016': ['AWS064'],
  'AVD-AWS-0024': ['AWS086'],
  'AVD-AWS-0028': ['AWS079'],
  'AVD-AWS-0030': ['AWS023'],
  'AVD-AWS-0031': ['AWS078'],
  'AVD-AWS-0037': ['AWS048'],
  'AVD-AWS-0040': ['aws-eks-no-public-cluster-access', 'AWS069'],
  'AVD-AWS-0041': ['aws-eks-no-public-cluster-access-to-cidr', 'AWS068'],
  'AVD-AWS-0046': ['aws-elastic-search-enforce-https', 'AWS033'],
  'AVD-AWS-0047': ['AWS010'],
  'AVD-AWS-0052': ['AWS083'],
  'AVD-AWS-0063': ['AWS039'],
  'AVD-AWS-0065': ['AWS019'],
  'AVD-AWS-0079': ['AWS051'],
  'AVD-AWS-0080': ['AWS052'],
  'AVD-AWS-0086': ['AWS074'],
  'AVD-AWS-0087': ['AWS076'],
  'AVD-AWS-0089': ['aws-s3-enable-bucket-logging', 'AWS002'],
  'AVD-AWS-0090': ['AWS077'],
  'AVD-AWS-0091': ['AWS073'],
  'AVD-AWS-0092': ['AWS001'],
  'AVD-AWS-0093': ['AWS075'],
  'AVD-AWS-0094': ['AWS098'],
  'AVD-AWS-0105': ['AWS049'],
  'AVD-AWS-0107': ['aws-vpc-no-public-ingress-sgr', 'AWS006', 'AWS008'],
  'AVD-AWS-0180': ['aws-rds-no-public-db-access', 'AWS011'],
};

test('comments of tfsec count under every name that it gave a check', () => {
  const aliases = loadShippedPolicies(root).map(({ metadata }) => metadata.aliases ?? []);
  const missing = Object.entries(TFSEC_NAMES).flatMap(([check, names]) => {
    const holders = aliases.filter((known) => known.includes(check));
    if (holders.length === 0) return [`${check} is nobody's`];
    return holders.flatMap((known) => names.filter((name) => !known.includes(name)).map((name) => `${check}: ${name}`));
  });
  expect(missing).toEqual([]);
});

test('a message names a bucket, or the prefix of a name that AWS completes', () => {
  const policies = loadShippedPolicies(root).filter(({ metadata }) => metadata.id.startsWith('aws-s3-'));
  const text = 'resource "aws_s3_bucket" "a" {\n  bucket_prefix = "orchard-"\n  acl           = "public-read"\n}\n';
  const messages = policies.flatMap((policy) =>
    scanExample([{ path: 'main.tf', text }], policy).evaluations.map(({ message }) => message),
  );
  expect(messages).toEqual([
    'Bucket orchard- does not encrypt its objects with a KMS key',
    'Bucket orchard- does not record accesses',
    'Bucket orchard- is open to everyone',
    'Bucket orchard- does not block every kind of public access',
    'Bucket orchard- answers plain HTTP',
    'Bucket orchard- does not keep old versions of its objects',
  ]);
});

test('policies that only a snapshot decides are those that read what only a live resource has', () => {
  const live = loadShippedPolicies(root).filter(readsOnlyLive);
  expect(live.map(({ metadata }) => metadata.id.replace('aws-', ''))).toEqual([
    'accessanalyzer-region-analyzer-active',
    'account-security-contact-registered',
    'cloudtrail-trail-delivering',
    'config-region-recorder-recording',
    'ec2-ami-not-public',
    'ec2-ebs-snapshot-not-public',
    'ec2-elastic-ip-associated',
    'ec2-instance-not-stopped-long',
    'iam-principal-no-unused-privileges',
    'iam-role-used',
    'iam-root-access-key-absent',
    'iam-root-hardware-mfa-enabled',
    'iam-root-mfa-enabled',
    'iam-root-not-used',
    'iam-saml-provider-metadata-valid',
    'iam-server-certificate-not-expired',
    'iam-user-access-key-rotated',
    'iam-user-access-key-used',
    'iam-user-mfa-enabled',
    'iam-user-no-initial-access-key',
    'iam-user-password-used',
    'iam-user-single-access-key',
    'kms-key-not-pending-deletion',
    'secretsmanager-secret-rotated-in-time',
    'secretsmanager-secret-used',
  ]);
});
