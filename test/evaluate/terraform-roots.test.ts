import { describe, expect, test } from 'vitest';
import { ConfigurationCache } from '../../src/evaluate/terraform/configuration/configuration-cache.js';
import { discoverRoots, type NamedRoot, type RootDiscovery } from '../../src/evaluate/terraform/roots.js';
import { memoryFileSystem } from '../support/memory-file-system.js';

const call = (...sources: string[]) =>
  sources.map((source, index) => `module "m${index}" {\n  source = "${source}"\n}\n`).join('');
const resource = 'resource "aws_sns_topic" "bell" {}\n';

function rootsOf(files: Record<string, string>, discovery: Partial<RootDiscovery> = {}) {
  return discoverRoots(new ConfigurationCache(memoryFileSystem(files)), {
    paths: [''],
    namedRoots: [],
    isIgnored: () => false,
    ...discovery,
  });
}

/** `folder kind`, as selected. */
function rootNames(files: Record<string, string>, discovery: Partial<RootDiscovery> = {}): string[] {
  return rootsOf(files, discovery).roots.map(
    ({ folder, kind, name }) => `${folder || '.'}${name === undefined ? '' : `#${name}`} ${kind}`,
  );
}

describe('which folders are roots', () => {
  test('a folder that no other calls is one; a called one is judged through its callers', () => {
    const files = {
      'orchard/main.tf': call('../modules/press'),
      'bakery/main.tf': call('../modules/press', '../modules/oven'),
      'modules/press/main.tf': resource,
      'modules/oven/main.tf': resource,
    };
    expect(rootNames(files)).toEqual(['bakery module', 'orchard module']);
  });

  test.each([
    ['a backend', { 'shared/main.tf': 'terraform {\n  backend "s3" {}\n}\n' }],
    ['a cloud block', { 'shared/main.tf': 'terraform {\n  cloud {}\n}\n' }],
    ['terraform.tfvars', { 'shared/main.tf': resource, 'shared/terraform.tfvars': '' }],
    ['*.auto.tfvars', { 'shared/main.tf': resource, 'shared/a.auto.tfvars.json': '{}' }],
    ['a data folder', { 'shared/main.tf': resource, 'shared/.terraform/environment': 'prod' }],
  ])('a called folder with %s is deployed itself as well', (_, files) => {
    expect(rootNames({ 'main.tf': call('./shared'), ...files })).toEqual(['. module', 'shared deployment']);
  });

  test.each([
    ['a provider block', { 'shared/main.tf': 'provider "aws" {}\n' }],
    ['another tfvars file', { 'shared/main.tf': resource, 'shared/prod.tfvars': '' }],
  ])('%s in a called folder is no evidence', (_, files) => {
    expect(rootNames({ 'main.tf': call('./shared'), ...files })).toEqual(['. module']);
  });

  test('a provider block makes a root a deployment', () => {
    expect(rootNames({ 'main.tf': 'provider "aws" {}\n' })).toEqual(['. deployment']);
  });

  test('calls from examples and tests do not count', () => {
    const files = {
      'main.tf': resource,
      'examples/simple/main.tf': call('../..'),
      'test/main.tf': call('..'),
      'modules/fixtures/main.tf': call('../..'),
    };
    expect(rootNames(files)).toEqual([
      '. module',
      'examples/simple example',
      'modules/fixtures example',
      'test example',
    ]);
  });

  test('an example that is asked for by its path is none', () => {
    const files = { 'main.tf': resource, 'examples/simple/main.tf': call('../..') };
    expect(rootNames(files, { paths: ['examples/simple'] })).toEqual(['examples/simple module']);
  });

  test('of a ring of calls with no way in the first by name is a root', () => {
    const files = {
      'b/main.tf': call('../c'),
      'c/main.tf': call('../a'),
      'a/main.tf': call('../b'),
      'self/main.tf': call('../self'),
    };
    expect(rootNames(files)).toEqual(['a module', 'self module']);
  });

  test('a folder in a ring that something outside calls is no root', () => {
    const files = { 'z/main.tf': call('../a'), 'a/main.tf': call('../b'), 'b/main.tf': call('../a') };
    expect(rootNames(files)).toEqual(['z module']);
  });

  test('sources are found in JSON syntax, and remote ones are no folders', () => {
    const files = {
      'main.tf.json': JSON.stringify({ module: { a: { source: './a' }, b: { source: 'orchard/a/aws' } } }),
      'a/main.tf': resource,
      'orchard/a/aws/main.tf': resource,
    };
    expect(rootNames(files)).toEqual(['. module', 'orchard/a/aws module']);
  });

  test('ignored folders are not walked, and read where a call leads to them', () => {
    const files = {
      'main.tf': call('./generated/press'),
      'generated/press/main.tf': resource,
      'vendor/x/main.tf': resource,
    };
    const isIgnored = (path: string) => path === 'generated' || path === 'vendor';
    const { roots, folders } = rootsOf(files, { isIgnored });
    expect(roots.map(({ folder }) => folder)).toEqual(['']);
    expect(folders).toEqual(['']);
  });

  test('a path beats the rules that leave folders out', () => {
    const files = { 'main.tf': resource, 'vendor/x/main.tf': resource };
    expect(rootNames(files, { isIgnored: (path) => path === 'vendor', paths: ['vendor/x'] })).toEqual([
      'vendor/x module',
    ]);
  });
});

describe('a path selects what is reported, never what is evaluated', () => {
  const files = {
    'envs/dev/main.tf': call('../../modules/store'),
    'envs/prod/main.tf': call('../../modules/store'),
    'envs/other/main.tf': resource,
    'modules/store/main.tf': call('../bucket'),
    'modules/store/policy.json.tftpl': '{}',
    'modules/bucket/main.tf': resource,
  };

  test.each([
    ['the folder of a root', 'envs/dev', ['envs/dev module']],
    ['a folder of roots', 'envs', ['envs/dev module', 'envs/other module', 'envs/prod module']],
    ['a file of a root', 'envs/prod/main.tf', ['envs/prod module']],
    ['a called module', 'modules/store', ['envs/dev module', 'envs/prod module']],
    [
      'a file of a module that is called by a called one',
      'modules/bucket/main.tf',
      ['envs/dev module', 'envs/prod module'],
    ],
    ['a template of a module', 'modules/store/policy.json.tftpl', ['envs/dev module', 'envs/prod module']],
    ['what is not there', 'nowhere', []],
  ])('%s', (_, path, expected) => {
    expect(rootNames(files, { paths: [path] })).toEqual(expected);
  });

  test('a sibling with a longer name is not asked for', () => {
    const siblings = { 'app/main.tf': resource, 'app-old/main.tf': resource };
    expect(rootNames(siblings, { paths: ['app'] })).toEqual(['app module']);
  });
});

describe('roots of the configuration', () => {
  const files = {
    'app/main.tf': resource,
    'shared/main.tf': resource,
    'main.tf': call('./shared'),
    'env/prod.tfvars': '',
    'app/unused.tfvars': '',
  };
  const namedRoots: NamedRoot[] = [
    { path: 'app', name: 'dev', varFiles: [] },
    { path: 'app', name: 'prod', workspace: 'prod', varFiles: ['env/prod.tfvars'] },
    { path: 'shared', varFiles: [] },
  ];

  test('take the place of what is found, one folder several times, a called one too', () => {
    expect(rootsOf(files, { namedRoots }).roots).toEqual([
      { folder: '', kind: 'module', varFiles: [], variables: [] },
      { folder: 'app', name: 'dev', kind: 'deployment', workspace: undefined, varFiles: [], variables: [] },
      {
        folder: 'app',
        name: 'prod',
        kind: 'deployment',
        workspace: 'prod',
        varFiles: ['env/prod.tfvars'],
        variables: [],
      },
      { folder: 'shared', name: undefined, kind: 'deployment', workspace: undefined, varFiles: [], variables: [] },
    ]);
  });

  test('are selected by a variable file that they load', () => {
    expect(rootNames(files, { namedRoots, paths: ['env/prod.tfvars'] })).toContain('app#prod deployment');
  });

  test('without configuration files are a diagnostic', () => {
    const { diagnostics } = rootsOf(files, { namedRoots: [{ path: 'nowhere', varFiles: [] }] });
    expect(diagnostics).toEqual([
      {
        code: 'nothing-read',
        message: 'The root "nowhere" of the configuration has no Terraform files.',
        path: 'nowhere',
      },
    ]);
  });

  test('variable files that nobody loads are named', () => {
    expect(rootsOf(files).spareVarFiles).toEqual(['app/unused.tfvars']);
  });
});
