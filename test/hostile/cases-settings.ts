import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucket, deep, type HostileCase, queue } from './hostile-case.js';

const range = (length: number) => Array.from({ length }, (_, index) => index);
const remote = 'module "pears" {\n  source = "orchard/pears/aws"\n}\n';
const manifest = (text: string, name: string, expect: string): HostileCase => ({
  name,
  expect,
  files: () => ({ 'main.tf': remote, '.terraform/modules/modules.json': text }),
});
const installed = (folder: string) =>
  JSON.stringify({
    Modules: [{ Key: 'pears', Source: 'registry.terraform.io/orchard/pears/aws', Version: '1.0.0', Dir: folder }],
  });

const variables = (text: string, name: string, expect: string): HostileCase => ({
  name,
  expect,
  files: () => ({
    'main.tf': queue('var.pears', 'variable "pears" {}\nvariable "plums" {\n  default = 1\n}\n'),
    'terraform.tfvars': text,
  }),
});

const configuration = (name: string, expect: string, text: () => string | Uint8Array): HostileCase => ({
  name: `trueline.yaml ${name}`,
  expect,
  files: () => ({ 'trueline.yaml': text() }),
});

const policy = (name: string, assertion: () => string) => `id: own-${name}
title: Pears are ripe
severity: low
description: Pears that are ripe are good.
resource: aws_sqs_queue
assert: ${assertion()}
message: Pears are not ripe
remediation: Wait.
fix:
  none: they ripen
`;

const broken = `${range(30)
  .map(
    (index) =>
      `a${index}: &a${index} [${range(10)
        .map(() => (index === 0 ? 'x' : `*a${index - 1}`))
        .join(', ')}]`,
  )
  .join('\n')}\n`;

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=baker', '-c', 'user.email=baker@example.com', ...args], {
    stdio: 'pipe',
  });

function repository(folder: string): void {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '--message=Plant');
}

/** Settings, manifests, variable files, policies and repositories that are broken. */
export const settingCases: readonly HostileCase[] = [
  manifest(installed('../../../etc'), 'modules.json that leads out', '1 file-outside-root'),
  manifest(installed('/etc'), 'modules.json that is absolute', '1 file-outside-root'),
  manifest(installed('absent'), 'modules.json that leads nowhere', '1 terraform-module-not-installed'),
  manifest(
    '{"Modules": [',
    'modules.json that is no JSON',
    '1 terraform-module-manifest-stale terraform-module-not-installed',
  ),
  manifest('{"Modules": 7}', 'modules.json of another shape', '1 terraform-module-not-installed'),
  manifest(
    '{"Modules": [null, 7, {"Key": 7, "Dir": []}, {"Key": "pears", "Dir": null}]}',
    'modules.json of other entries',
    '1 terraform-module-not-installed',
  ),
  manifest(installed('.'), 'modules.json that leads back', '3 terraform-module-recursion'),
  {
    name: 'modules.json of 10 MB',
    expect: '1 terraform-module-not-installed',
    files: () => ({
      'main.tf': remote,
      '.terraform/modules/modules.json': JSON.stringify({
        Modules: range(100_000).map((index) => ({
          Key: `pears${index}`,
          Source: 'registry.terraform.io/orchard/pears/aws',
          Dir: `.terraform/modules/p${index}`,
        })),
      }),
    }),
  },
  variables('pears = upper("a")\n', 'tfvars with a call', '1 terraform-unknown-function'),
  variables('pears = var.plums\nplums = local.a\n', 'tfvars with references', '1 terraform-invalid-reference'),
  variables('pears {\n  a = 1\n}\nplums = 2\n', 'tfvars with a block', '3 terraform-block-not-read'),
  variables('pears = "a\nplums = 2\n', 'tfvars that are broken', '3 hcl-unterminated-string'),
  variables(
    'pears = [for i in range(1e9) : i]\n',
    'tfvars with a loop',
    '1 terraform-invalid-value terraform-unknown-function',
  ),
  variables(`pears = ${'['.repeat(deep)}${']'.repeat(deep)}\n`, 'tfvars 10,000 deep', '3 hcl-nesting-too-deep'),
  variables(
    range(50_000)
      .map((index) => `p${index} = 1\n`)
      .join(''),
    'tfvars of 50,000 names',
    '1 terraform-undeclared-variable',
  ),
  {
    name: 'TF_VAR_ that is broken',
    expect: '3 hcl-missing-expression',
    files: () => ({
      'main.tf': queue('join("", var.pears)', 'variable "pears" {\n  type = list(string)\n}\nvariable "plums" {}\n'),
    }),
    environment: { TF_VAR_pears: '[)', TF_VAR_plums: ')', TF_VAR_: 'a', 'TF_VAR_a b': 'c' },
  },
  {
    name: 'TF_VAR_ 10,000 deep',
    expect: '3 hcl-nesting-too-deep',
    files: () => ({ 'main.tf': queue('join("", var.pears)', 'variable "pears" {\n  type = list(string)\n}\n') }),
    environment: { TF_VAR_pears: '['.repeat(deep) },
  },
  {
    name: '--var of a broken value',
    expect: '3 hcl-unclosed-bracket',
    files: () => ({ 'main.tf': queue('join("", var.pears)', 'variable "pears" {\n  type = list(string)\n}\n') }),
    args: ['--var', 'pears=[{'],
  },
  {
    name: '--var without a value',
    expect: '2 error: "--var pears" is not of the form NAME=VALUE.',
    args: ['--var', 'pears'],
  },
  {
    name: '--var-file that is broken',
    expect: '3 hcl-missing-expression',
    files: () => ({ 'main.tf': queue('var.pears', 'variable "pears" {}\n'), 'p.tfvars': 'pears = [' }),
    args: ['--var-file', 'p.tfvars'],
  },
  configuration('that is broken', '2 error: The bracket "[" is not closed.', () => 'version: 1\nexclude: ['),
  configuration('that is no mapping', '2 error: trueline.yaml must be a mapping.', () => '- 1\n'),
  configuration(
    'of aliases that multiply',
    '2 error: There is no anchor "a9" before here.',
    () => `version: 1\nexclude: *a9\n${broken}`,
  ),
  configuration(
    'of aliases that multiply as facts',
    '2 error: Aliases repeat more than 1000000 nodes.',
    () => `version: 1\nfacts:\n${broken.replace(/^/gm, '  ')}\n`,
  ),
  configuration(
    '10,000 deep',
    '2 error: Nesting exceeded maxDepth (100).',
    () => `version: 1\nexclude: ${'['.repeat(deep)}`,
  ),
  configuration(
    '10,000 deep as facts',
    '2 error: Nesting exceeded maxDepth (100).',
    () => `version: 1\nfacts: ${'{a: '.repeat(deep)}1${'}'.repeat(deep)}`,
  ),
  configuration(
    'of 20 MB',
    '2 error: The configuration "/trueline.yaml" cannot be read (too-large).',
    () => `version: 1\nexclude:\n${'  - "pears/**"\n'.repeat(1_300_000)}${'pears: 1\n'.repeat(10)}`,
  ),
  configuration('of 70 MB', '2 error: The configuration "/trueline.yaml" cannot be read (too-large).', () =>
    Buffer.alloc(70_000_000, 0x0a),
  ),
  configuration('that is not UTF-8', '2 error: The configuration "/trueline.yaml" cannot be read (not-utf8).', () =>
    Buffer.from([0x76, 0xe4, 0x3a, 0x31]),
  ),
  configuration(
    'with 100,000 unknown keys',
    '2 error: "k0" is not a key of trueline.yaml.',
    () =>
      `version: 1\n${range(100_000)
        .map((index) => `k${index}: 1\n`)
        .join('')}`,
  ),
  {
    name: 'trueline.yaml that is a folder',
    expect: '2 error: The configuration "/trueline.yaml" cannot be read (not-a-file).',
    make: (folder) => mkdirSync(join(folder, 'trueline.yaml')),
  },
  {
    name: 'trueline.yaml that is a pipe',
    expect: '2 error: The configuration "/trueline.yaml" cannot be read (not-a-file).',
    make: (folder) => execFileSync('mkfifo', [join(folder, 'trueline.yaml')]),
  },
  {
    name: 'a nested trueline.yaml that is broken',
    expect: '2 error: The bracket "[" is not closed.',
    files: () => ({ 'pears/trueline.yaml': 'policies: [', 'pears/main.tf': bucket('pears') }),
  },
  {
    name: 'roots that lead out',
    expect: '2 error: The root "../../../etc" lies outside the project.',
    files: () => ({ 'trueline.yaml': 'version: 1\nroots:\n  - { path: ../../../etc }\n  - { path: absent }\n' }),
  },
  {
    name: 'a baseline that is broken',
    expect: '2 error: The baseline is not valid JSON. Write it anew with --write-baseline.',
    files: () => ({ '.trueline/baseline.json': '{"entries": [' }),
  },
  {
    name: 'a baseline of another shape',
    expect: '2 error: Entry 1 of the baseline needs "policy", "fingerprint" and "instances".',
    files: () => ({
      '.trueline/baseline.json': '{"version": 1, "entries": [null, 7, {"fingerprint": 7, "instances": {}}]}',
    }),
  },
  {
    name: 'a baseline 10,000 deep',
    expect: '2 error: The baseline has no list "entries".',
    files: () => ({ '.trueline/baseline.json': `${'['.repeat(deep)}${']'.repeat(deep)}` }),
  },
  {
    name: 'a baseline that is a pipe',
    expect: '2 error: The baseline ".trueline/baseline.json" cannot be read (not-a-file).',
    make: (folder) => {
      mkdirSync(join(folder, '.trueline'));
      execFileSync('mkfifo', [join(folder, '.trueline/baseline.json')]);
    },
  },
  {
    name: 'a policy that is broken YAML',
    expect: '3 limit-reached policy-invalid yaml-invalid-syntax',
    files: () => ({
      'own/a.policy.yaml': 'id: [',
      'own/b.policy.yaml': '',
      'own/c.policy.yaml': '- 1',
      'own/d.policy.yaml': broken,
    }),
    args: ['--policy-dir', 'own'],
  },
  {
    name: 'a policy of 1 MB',
    expect: '3 policy-invalid',
    files: () => ({
      'own/a.policy.yaml': policy(
        'long',
        () =>
          `'${range(60_000)
            .map(() => 'resource.name == "a"')
            .join(' && ')}'`,
      ),
    }),
    args: ['--policy-dir', 'own'],
  },
  {
    name: 'a policy 10,000 deep',
    expect: '3 limit-reached policy-invalid',
    files: () => ({
      'own/a.policy.yaml': policy('brackets', () => `'${'('.repeat(deep)}true${')'.repeat(deep)}'`),
      'own/b.policy.yaml': policy('nots', () => `'${'!'.repeat(deep)}true'`),
      'own/c.policy.yaml': policy('ors', () => `'true${' || true'.repeat(deep)}'`),
      'own/d.policy.yaml': policy('yaml', () => '['.repeat(deep)),
    }),
    args: ['--policy-dir', 'own'],
  },
  {
    name: 'a policy with a pattern that is broken',
    expect: '3 policy-invalid',
    files: () => ({
      'own/a.policy.yaml': policy('pattern', () => `'resource.name.matches("(pears")'`),
      'main.tf': queue('"pears"'),
    }),
    args: ['--policy-dir', 'own'],
  },
  {
    name: 'a policy with a pattern that backtracks',
    expect: '1',
    files: () => ({
      'own/a.policy.yaml': policy('pattern', () => `'resource.name.matches("(a+)+$")'`),
      'main.tf': queue(`"${'a'.repeat(1_000_000)}b"`),
    }),
    args: ['--policy-dir', 'own'],
  },
  {
    name: 'a policy that loops in loops',
    expect: '3 limit-reached',
    files: () => ({
      'own/a.policy.yaml': policy(
        'loops',
        () => `'${'[0,1,2,3,4,5,6,7,8,9].all(a, '.repeat(8)}a >= 0${')'.repeat(8)}'`,
      ),
      'main.tf': queue('"pears"'),
    }),
    args: ['--policy-dir', 'own'],
  },
  {
    name: '--since in a repository without objects',
    expect: '2 error: --since needs a git repository, and this is none.',
    make: (folder) => {
      repository(folder);
      rmSync(join(folder, '.git/objects'), { recursive: true });
    },
    args: ['--since', 'HEAD'],
  },
  {
    name: '--since in a repository without a head',
    expect: '2 error: --since needs a git repository, and this is none.',
    make: (folder) => {
      repository(folder);
      writeFileSync(join(folder, '.git/HEAD'), 'pears');
    },
    args: ['--since', 'main'],
  },
  {
    name: '--since with a broken index',
    expect: '2 error: git could not say what has changed since "HEAD".',
    make: (folder) => {
      repository(folder);
      writeFileSync(join(folder, '.git/index'), 'pears');
    },
    args: ['--since', 'HEAD'],
  },
  {
    name: '--since where .git is an empty file',
    expect: '2 error: --since needs a git repository, and this is none.',
    make: (folder) => writeFileSync(join(folder, '.git'), ''),
    args: ['--since', 'HEAD'],
  },
  {
    name: '--since with an option for a name',
    expect: '2 error: "--output=pears" is not a revision of this repository.',
    make: repository,
    args: ['--since', '--output=pears'],
  },
];
