import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucket, deep, type HostileCase, queue } from './hostile-case.js';

const range = (length: number) => Array.from({ length }, (_, index) => index);
const remote = 'module "pears" {\n  source = "orchard/pears/aws"\n}\n';
const manifest = (text: string, name: string): HostileCase => ({
  name,
  files: () => ({ 'main.tf': remote, '.terraform/modules/modules.json': text }),
});
const installed = (folder: string) =>
  JSON.stringify({
    Modules: [{ Key: 'pears', Source: 'registry.terraform.io/orchard/pears/aws', Version: '1.0.0', Dir: folder }],
  });

const variables = (text: string, name: string): HostileCase => ({
  name,
  files: () => ({
    'main.tf': queue('var.pears', 'variable "pears" {}\nvariable "plums" {\n  default = 1\n}\n'),
    'terraform.tfvars': text,
  }),
});

const configuration = (name: string, text: () => string | Uint8Array): HostileCase => ({
  name: `trueline.yaml ${name}`,
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
  manifest(installed('../../../etc'), 'modules.json that leads out'),
  manifest(installed('/etc'), 'modules.json that is absolute'),
  manifest(installed('absent'), 'modules.json that leads nowhere'),
  manifest('{"Modules": [', 'modules.json that is no JSON'),
  manifest('{"Modules": 7}', 'modules.json of another shape'),
  manifest(
    '{"Modules": [null, 7, {"Key": 7, "Dir": []}, {"Key": "pears", "Dir": null}]}',
    'modules.json of other entries',
  ),
  manifest(installed('.'), 'modules.json that leads back'),
  {
    name: 'modules.json of 10 MB',
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
  variables('pears = upper("a")\n', 'tfvars with a call'),
  variables('pears = var.plums\nplums = local.a\n', 'tfvars with references'),
  variables('pears {\n  a = 1\n}\nplums = 2\n', 'tfvars with a block'),
  variables('pears = "a\nplums = 2\n', 'tfvars that are broken'),
  variables('pears = [for i in range(1e9) : i]\n', 'tfvars with a loop'),
  variables(`pears = ${'['.repeat(deep)}${']'.repeat(deep)}\n`, 'tfvars 10,000 deep'),
  variables(
    range(50_000)
      .map((index) => `p${index} = 1\n`)
      .join(''),
    'tfvars of 50,000 names',
  ),
  {
    name: 'TF_VAR_ that is broken',
    files: () => ({
      'main.tf': queue('join("", var.pears)', 'variable "pears" {\n  type = list(string)\n}\nvariable "plums" {}\n'),
    }),
    environment: { TF_VAR_pears: '[)', TF_VAR_plums: ')', TF_VAR_: 'a', 'TF_VAR_a b': 'c' },
  },
  {
    name: 'TF_VAR_ 10,000 deep',
    files: () => ({ 'main.tf': queue('join("", var.pears)', 'variable "pears" {\n  type = list(string)\n}\n') }),
    environment: { TF_VAR_pears: '['.repeat(deep) },
  },
  {
    name: '--var of a broken value',
    files: () => ({ 'main.tf': queue('join("", var.pears)', 'variable "pears" {\n  type = list(string)\n}\n') }),
    args: ['--var', 'pears=[{'],
  },
  { name: '--var without a value', args: ['--var', 'pears'] },
  {
    name: '--var-file that is broken',
    files: () => ({ 'main.tf': queue('var.pears', 'variable "pears" {}\n'), 'p.tfvars': 'pears = [' }),
    args: ['--var-file', 'p.tfvars'],
  },
  configuration('that is broken', () => 'version: 1\nexclude: ['),
  configuration('that is no mapping', () => '- 1\n'),
  configuration('of aliases that multiply', () => `version: 1\nexclude: *a9\n${broken}`),
  configuration('of aliases that multiply as facts', () => `version: 1\nfacts:\n${broken.replace(/^/gm, '  ')}\n`),
  configuration('10,000 deep', () => `version: 1\nexclude: ${'['.repeat(deep)}`),
  configuration('10,000 deep as facts', () => `version: 1\nfacts: ${'{a: '.repeat(deep)}1${'}'.repeat(deep)}`),
  configuration(
    'of 20 MB',
    () => `version: 1\nexclude:\n${'  - "pears/**"\n'.repeat(1_300_000)}${'pears: 1\n'.repeat(10)}`,
  ),
  configuration('of 70 MB', () => Buffer.alloc(70_000_000, 0x0a)),
  configuration('that is not UTF-8', () => Buffer.from([0x76, 0xe4, 0x3a, 0x31])),
  configuration(
    'with 100,000 unknown keys',
    () =>
      `version: 1\n${range(100_000)
        .map((index) => `k${index}: 1\n`)
        .join('')}`,
  ),
  {
    name: 'trueline.yaml that is a folder',
    make: (folder) => mkdirSync(join(folder, 'trueline.yaml')),
  },
  {
    name: 'trueline.yaml that is a pipe',
    make: (folder) => execFileSync('mkfifo', [join(folder, 'trueline.yaml')]),
  },
  {
    name: 'a nested trueline.yaml that is broken',
    files: () => ({ 'pears/trueline.yaml': 'policies: [', 'pears/main.tf': bucket('pears') }),
  },
  {
    name: 'roots that lead out',
    files: () => ({ 'trueline.yaml': 'version: 1\nroots:\n  - { path: ../../../etc }\n  - { path: absent }\n' }),
  },
  {
    name: 'a baseline that is broken',
    files: () => ({ '.trueline/baseline.json': '{"entries": [' }),
  },
  {
    name: 'a baseline of another shape',
    files: () => ({
      '.trueline/baseline.json': '{"version": 1, "entries": [null, 7, {"fingerprint": 7, "instances": {}}]}',
    }),
  },
  {
    name: 'a baseline 10,000 deep',
    files: () => ({ '.trueline/baseline.json': `${'['.repeat(deep)}${']'.repeat(deep)}` }),
  },
  {
    name: 'a baseline that is a pipe',
    make: (folder) => {
      mkdirSync(join(folder, '.trueline'));
      execFileSync('mkfifo', [join(folder, '.trueline/baseline.json')]);
    },
  },
  {
    name: 'a policy that is broken YAML',
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
    files: () => ({
      'own/a.policy.yaml': policy('pattern', () => `'resource.name.matches("(pears")'`),
      'main.tf': queue('"pears"'),
    }),
    args: ['--policy-dir', 'own'],
  },
  {
    name: 'a policy with a pattern that backtracks',
    files: () => ({
      'own/a.policy.yaml': policy('pattern', () => `'resource.name.matches("(a+)+$")'`),
      'main.tf': queue(`"${'a'.repeat(1_000_000)}b"`),
    }),
    args: ['--policy-dir', 'own'],
  },
  {
    name: 'a policy that loops in loops',
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
    make: (folder) => {
      repository(folder);
      rmSync(join(folder, '.git/objects'), { recursive: true });
    },
    args: ['--since', 'HEAD'],
  },
  {
    name: '--since in a repository without a head',
    make: (folder) => {
      repository(folder);
      writeFileSync(join(folder, '.git/HEAD'), 'pears');
    },
    args: ['--since', 'main'],
  },
  {
    name: '--since with a broken index',
    make: (folder) => {
      repository(folder);
      writeFileSync(join(folder, '.git/index'), 'pears');
    },
    args: ['--since', 'HEAD'],
  },
  {
    name: '--since where .git is an empty file',
    make: (folder) => writeFileSync(join(folder, '.git'), ''),
    args: ['--since', 'HEAD'],
  },
  {
    name: '--since with an option for a name',
    make: repository,
    args: ['--since', '--output=pears'],
  },
];
