import { describe, expect, it } from 'vitest';
import {
  renderExplain,
  renderExplainJson,
  renderInputs,
  renderInputsJson,
  renderPolicyList,
  renderPolicyListJson,
  renderResources,
  renderResourcesJson,
} from '../../src/report/index.js';
import { at, file, POLICIES } from './sample-report.js';

const crates = file(
  'modules/crates/main.tf',
  'resource "aws_s3_bucket" "this" {\n}\nresource "aws_s3_bucket_versioning" "this" {\n}\n',
);
const keys = file('orchard/kms.tf', 'resource "aws_kms_key" "cider" {\n}\n');
const place = { projectRoot: '.', workingDirectory: '', repositoryRoot: '' };
const bucket = (row: string) => ({
  root: 'orchard',
  address: `module.crates["${row}"].aws_s3_bucket.this`,
  declaration: 'aws_s3_bucket.this',
  type: 'aws_s3_bucket',
  language: 'terraform',
  mode: 'managed' as const,
  existence: 'certain' as const,
  location: at(crates, 'resource "aws_s3_bucket" "this" {'),
  members: [
    {
      address: `module.crates["${row}"].aws_s3_bucket_versioning.this`,
      location: at(crates, 'resource "aws_s3_bucket_versioning" "this" {'),
    },
  ],
  values: { bucket: `crates-${row}`, note: 'the key is sourdough-4711' },
  unknowns: [
    { path: 'id', reason: 'computed-by-provider' as const, subject: null },
    { path: 'arn', reason: 'computed-by-provider' as const, subject: null },
  ],
});
const key = {
  ...bucket('x'),
  address: 'aws_kms_key.cider',
  declaration: 'aws_kms_key.cider',
  type: 'aws_kms_key',
  existence: 'unknown' as const,
  location: at(keys, 'resource "aws_kms_key" "cider" {'),
  members: [],
  values: {},
  unknowns: [{ path: 'policy', reason: 'data-source' as const, subject: 'data.aws_caller_identity.current' }],
};
const listing = {
  ...place,
  secrets: { texts: ['sourdough-4711'], ranges: [] },
  roots: [{ root: 'orchard', modules: 4 }],
  resources: [key, bucket('north'), bucket('south')],
};

describe('resources', () => {
  it('shows instances of one block once, companions, and what is unknown', () => {
    expect(renderResources(listing, { width: 80 })).toBe(`orchard   4 modules, 3 resources, 5 values unknown
  aws_kms_key.cider                           orchard/kms.tf:1   perhaps
    unknown  policy       data-source   data.aws_caller_identity.current
  module.crates["north"].aws_s3_bucket.this   modules/crates/main.tf:1   +1 more
    with aws_s3_bucket_versioning.this (modules/crates/main.tf:3)
    unknown  id, arn      computed-by-provider
`);
    expect(renderResources({ ...listing, resources: [] }, {})).toBe('No resources.\n');
  });

  it('gives every instance with its values as JSON, secrets masked', () => {
    const { resources } = JSON.parse(renderResourcesJson(listing));
    expect(resources).toHaveLength(3);
    expect(resources[1]).toEqual({
      root: 'orchard',
      address: 'module.crates["north"].aws_s3_bucket.this',
      type: 'aws_s3_bucket',
      language: 'terraform',
      mode: 'managed',
      existence: 'certain',
      location: { file: 'modules/crates/main.tf', startLine: 1, startColumn: 1, endLine: 1, endColumn: 34 },
      values: { bucket: 'crates-north', note: 'the key is (sensitive)' },
      unknowns: [
        { path: 'id', reason: 'computed-by-provider', subject: null },
        { path: 'arn', reason: 'computed-by-provider', subject: null },
      ],
    });
  });
});

const inputs = {
  ...place,
  workingDirectory: 'orchard',
  projectRoot: '..',
  roots: [
    {
      root: 'orchard',
      kind: 'terraform',
      role: 'deployment',
      files: ['orchard/main.tf', 'modules/crates/main.tf'],
      modules: 2,
      workspace: 'harvest',
      varFiles: ['orchard/terraform.tfvars'],
      variablesWithoutValue: ['api_cidrs'],
      modulesNotInstalled: [{ address: 'module.press', source: 'cider/press/aws' }],
    },
  ],
  notRead: [{ path: 'charts/web', kind: 'Helm chart', reason: 'helm template charts/web | trueline scan -' }],
};

describe('inputs', () => {
  it('shows roots with what they load and lack, and what is not read', () => {
    expect(renderInputs(inputs, { width: 80 })).toBe(`orchard   terraform deployment, 2 files, 2 modules
  workspace      harvest
  variables from terraform.tfvars
  without value  var.api_cidrs
  not installed  module.press from cider/press/aws: run "terraform init"

not read
  ../charts/web  Helm chart: helm template charts/web | trueline scan -

1 root, 2 files; 1 not read
`);
  });

  it('is the same as JSON', () => {
    expect(JSON.parse(renderInputsJson(inputs))).toEqual({
      roots: [{ ...inputs.roots[0], files: ['main.tf', '../modules/crates/main.tf'], varFiles: ['terraform.tfvars'] }],
      notRead: [{ ...inputs.notRead[0], path: '../charts/web' }],
    });
  });
});

const buckets = POLICIES.filter(({ id }) => id.startsWith('aws-s3-'));
const versioning = buckets[1]!;
const languages = ['terraform', 'terraform-plan', 'cloudformation'];
const languagesOf = () => languages;

describe('policies', () => {
  it('lists severity, id, fix and aliases', () => {
    expect(
      renderPolicyList({ policies: buckets, total: 30, languagesOf }, { width: 80 }),
    ).toBe(`SEVERITY  POLICY                               FIX  ALSO
high      aws-s3-bucket-public-access-blocked  no   CKV2_AWS_6, CKV_AWS_53, CKV…
medium    aws-s3-bucket-versioning-enabled     yes  CKV_AWS_21, AVD-AWS-0090
2 of 30 policies
`);
    expect(JSON.parse(renderPolicyListJson({ policies: [versioning], total: 30, languagesOf }))).toEqual({
      policies: [
        {
          id: 'aws-s3-bucket-versioning-enabled',
          title: 'S3 buckets keep old versions of their objects',
          severity: 'medium',
          resource: ['aws_s3_bucket'],
          aliases: ['CKV_AWS_21', 'AVD-AWS-0090'],
          controls: { 'nist-800-53-r5': ['CP-9', 'SI-12'] },
          languages,
          fixable: true,
        },
      ],
    });
  });

  it('explains one', () => {
    const policy = { ...versioning, references: ['https://docs.example.org/versioning'] };
    expect(
      renderExplain({ policy, sets: ['default'], languages }, { width: 80 }),
    ).toBe(`aws-s3-bucket-versioning-enabled       medium, fixable, in "default" since 1.0
S3 buckets keep old versions of their objects

Why       Without versioning, an object that is overwritten or deleted cannot be
          recovered.
Holds if  resource.versioning.status == "Enabled" (on aws_s3_bucket)
Reads     Terraform, plan, CloudFormation
Fix       Turn on versioning.
Controls  nist-800-53-r5 CP-9, SI-12
Also      CKV_AWS_21, AVD-AWS-0090
Pass / fail examples, references:  trueline explain ID --examples
Suppress  # trueline:ignore aws-s3-bucket-versioning-enabled reason="…"
`);
    expect(JSON.parse(renderExplainJson({ policy, languages }))).toMatchObject({
      id: policy.id,
      fixable: true,
      languages,
      sets: [],
    });
  });

  it('shows examples and references on request', () => {
    const rds = POLICIES.find(({ id }) => id === 'aws-rds-instance-not-public')!;
    expect(renderExplain({ policy: rds, languages, withExamples: true }, { width: 80 })).toContain(`
Fails
    resource "aws_db_instance" "open" {
      publicly_accessible = true
    }

Passes
    resource "aws_db_instance" "shut" {}

References
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.html
`);
  });
});
