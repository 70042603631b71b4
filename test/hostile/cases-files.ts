import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucket, type HostileCase, queue } from './hostile-case.js';

const range = (length: number) => Array.from({ length }, (_, index) => index);

/** Folders, links and names as file systems allow them. */
export const fileCases: readonly HostileCase[] = [
  {
    name: 'folders that link into themselves',
    expect: '1',
    make: (folder) => {
      mkdirSync(join(folder, 'pears'));
      symlinkSync('..', join(folder, 'pears/up'));
      symlinkSync('.', join(folder, 'here'));
    },
  },
  {
    name: 'fileset over a loop',
    expect: '1',
    files: () => ({ 'main.tf': queue('join(",", fileset(".", "**"))'), 'pears/a.txt': 'a' }),
    make: (folder) => symlinkSync('..', join(folder, 'pears/up')),
  },
  {
    name: 'a link that is itself',
    expect: '3 symlink-loop',
    make: (folder) => symlinkSync('loop.tf', join(folder, 'loop.tf')),
  },
  {
    name: 'a link to nothing',
    expect: '3 file-unreadable',
    make: (folder) => symlinkSync('absent.tf', join(folder, 'broken.tf')),
  },
  {
    name: 'a link to /dev/zero',
    expect: '1 file-outside-root',
    make: (folder) => symlinkSync('/dev/zero', join(folder, 'zero.tf')),
  },
  {
    name: 'a link out of the repository',
    expect: '1 file-outside-root',
    make: (folder) => symlinkSync('/etc/passwd', join(folder, 'passwords.tf')),
  },
  {
    name: 'a pipe',
    expect: '3 file-unreadable',
    make: (folder) =>
      execFileSync('mkfifo', [join(folder, 'pipe.tf'), join(folder, 'pipe.yaml'), join(folder, 'terraform.tfvars')]),
  },
  {
    name: 'a folder that is called like a file',
    expect: '1',
    files: () => ({ 'pears.tf/main.tf': bucket('pears'), 'terraform.tfvars/a': '' }),
  },
  {
    name: 'files read that are pipes, devices and folders',
    expect: '1 file-outside-root terraform-function-failed',
    files: () => ({
      'main.tf':
        'locals {\n  a = file("pipe")\n  b = file("/dev/zero")\n  c = file("pears")\n  d = file("../../../../etc/passwd")\n  e = filebase64("absent")\n  f = fileexists("pipe")\n}\n' +
        queue('join("", [local.a, local.b, local.c, local.d, local.e, local.f])'),
      'pears/a': '',
    }),
    make: (folder) => execFileSync('mkfifo', [join(folder, 'pipe')]),
  },
  {
    name: 'a name with a line end',
    expect: '1',
    files: () => ({ 'pe\nars.tf': bucket('pears'), '\u001b[31mred.tf': bucket('red') }),
  },
  {
    name: 'a name that is not UTF-8',
    expect: '3 file-name-not-utf8',
    make: (folder) =>
      writeFileSync(
        Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x70, 0xe4, 0x2e, 0x74, 0x66])]),
        bucket('pears'),
      ),
  },
  {
    name: 'a folder whose name is not UTF-8',
    expect: '3 file-name-not-utf8',
    make: (folder) => {
      const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x70, 0xe4])]);
      mkdirSync(name);
      writeFileSync(Buffer.concat([name, Buffer.from('/main.tf')]), bucket('pears'));
    },
  },
  {
    name: '20,000 files in one folder',
    expect: '1',
    files: () =>
      Object.fromEntries(range(20_000).map((index) => [`q${index}.tf`, `resource "aws_sqs_queue" "q${index}" {}\n`])),
  },
  {
    name: '20,000 files that are not read',
    expect: '1',
    files: () => Object.fromEntries(range(20_000).map((index) => [`data/q${index}.yaml`, `pears: ${index}\n`])),
  },
  {
    name: '3,000 folders that are roots',
    expect: '1',
    files: () => Object.fromEntries(range(3_000).map((index) => [`roots/r${index}/main.tf`, bucket('pears')])),
  },
  {
    name: 'a folder 150 deep',
    expect: '3 limit-reached',
    files: () => ({ [`${'d/'.repeat(150)}main.tf`]: bucket('pears') }),
  },
  {
    name: 'a folder 2,000 deep',
    expect: '3 limit-reached',
    make: (folder) => {
      // Longer than what a path may be: made step by step.
      execFileSync('sh', ['-c', `cd "$0" && for i in $(seq 2000); do mkdir d && cd -P d || exit 0; done`, folder]);
    },
  },
  {
    name: '.gitignore of 10 MB',
    expect: '3 file-too-large',
    files: () => ({
      '.gitignore': range(500_000)
        .map((index) => `/pears-${index}/**`)
        .join('\n'),
    }),
  },
  {
    name: '.gitignore that is broken',
    expect: '1',
    files: () => ({
      '.gitignore': Buffer.from([0xff, 0xfe, 0x5b, 0x0a, 0x5b, 0x61, 0x2d, 0x0a, 0x5c, 0x0a, 0x21, 0x0a]),
    }),
  },
  {
    name: 'YAML of 30 MB while walking',
    expect: '1',
    files: () => ({ 'data.yaml': `apiVersion: v1\n${'a: &a [*a, *a]\n'.repeat(2_000_000)}` }),
  },
  {
    name: 'YAML of one line of 4 MB while walking',
    expect: '1',
    files: () => ({
      'a.yaml': `${' '.repeat(4_000_000)}x`,
      'b.yaml': `Resources:\n${'Type'.repeat(1_000_000)}`,
      'c.json': `{"Resources": ${'"Type"'.padEnd(2_000_000, ' ')} }`,
    }),
  },
];
