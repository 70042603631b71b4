import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { bucket, diagnosticLines, unversioned, VERSIONING, type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

function open(configuration: string, files: Readonly<Record<string, string>> = {}): Workspace {
  here = workspace({ 'main.tf': bucket('apples'), 'trueline.yaml': `root: true\n${configuration}`, ...files });
  return here;
}

afterEach(() => here?.remove());

const FOUND = unversioned('main.tf:1:1', 'apples');
const ID = 'aws-s3-bucket-versioning-enabled';

/** An error at a place of `trueline.yaml`. */
const refused = (place: string, line: string, mark: string, message: string) => ({
  code: 2,
  out: '',
  err: `error: ${message}\n${' '.repeat(String(place).split(':')[0]?.length ?? 1)} --> trueline.yaml:${place}\n  |\n${place.split(':')[0]} | ${line}\n  | ${mark}\n`,
});

test.each([
  ['fail-on: high', 0],
  ['fail-on: none', 0],
  ['fail-on: medium', 1],
  ['min-severity: high', 0],
])('%s holds as the flag would', async (text, code) => {
  expect((await open(`${text}\n`).run(VERSIONING)).code).toBe(code);
});

test('a flag beats the configuration; --no-config leaves it aside; --config takes its place', async () => {
  const { run, write } = open('fail-on: none\n');
  write({ 'strict.yaml': 'fail-on: medium\n' });
  expect((await run(VERSIONING)).code).toBe(0);
  expect((await run(`${VERSIONING} --fail-on low`)).code).toBe(1);
  expect((await run(`${VERSIONING} --no-config`)).code).toBe(1);
  expect((await run(`${VERSIONING} --config strict.yaml`)).code).toBe(1);
});

test('a policy gets another severity by id, alias or glob', async () => {
  for (const name of [ID, 'CKV_AWS_21', '"aws-s3-*"']) {
    const { run, remove } = open(`policies:\n  ${name}: high\n`);
    expect((await run(VERSIONING)).out).toBe(FOUND.replace('medium', 'high'));
    remove();
  }
});

test('a policy that is switched off with a reason is listed as suppressed, on request', async () => {
  const { run } = open(`policies:\n  ${ID}: { severity: none, reason: "apples are eaten" }\n`);
  expect(await run(VERSIONING)).toEqual({ code: 0, out: '', err: '' });
  const { findings, summary } = JSON.parse((await run(`${VERSIONING} --include suppressed --format json`)).out);
  expect(findings).toMatchObject([
    {
      policy: ID,
      suppression: { kind: 'config', reason: 'apples are eaten', location: { file: 'trueline.yaml', startLine: 3 } },
    },
  ]);
  expect(summary.outcomes).toEqual({ pass: 0, fail: 0, unknown: 0, skip: 0, suppressed: 1 });
});

test.each([
  ['address: aws_s3_bucket.apples', true],
  ['address: aws_s3_bucket.apple', false],
  ['address: aws_s3_bucket.apples, root: "."', true],
  ['address: aws_s3_bucket.apples, root: envs', false],
  ['tag: "fruit=apple"', true],
  ['tag: "fruit=pear"', false],
  ['address: aws_s3_bucket.apples, until: 2026-11-22', true],
  ['address: aws_s3_bucket.apples, until: 2026-11-21', false],
])('a suppression by %s hides: %s', async (by, hides) => {
  const { run, write } = open(`suppressions:\n  - { policy: CKV_AWS_21, reason: ripe, ${by} }\n`);
  write({ 'main.tf': bucket('apples').replace('}', '  tags = { fruit = "apple" }\n}') });
  expect((await run(VERSIONING)).code).toBe(hides ? 0 : 1);
});

test('nothing further down weakens what is mandatory', async () => {
  const { run, write } = open(
    `mandatory: [${ID}]\nsuppressions:\n  - { policy: ${ID}, reason: ripe, address: aws_s3_bucket.apples }\noverrides:\n  - { paths: ["**"], policies: { ${ID}: info } }\n`,
  );
  write({ 'main.tf': `# trueline:ignore ${ID} reason="ripe"\n${bucket('apples')}` });
  const { code, out } = await run(`${VERSIONING} --format json`);
  expect(code).toBe(1);
  expect(JSON.parse(out).findings).toMatchObject([{ policy: ID, severity: 'medium' }]);
  expect(diagnosticLines(out)).toEqual([
    `main.tf:1:1 warning suppression-invalid: "${ID}" is mandatory here: this suppression hides nothing.`,
    `trueline.yaml:4:5 warning suppression-invalid: "${ID}" is mandatory here: this suppression hides nothing.`,
  ]);
});

test('overrides hold for their paths; later ones and nested files win in their order', async () => {
  const { run, write } = open(
    `policies:\n  ${ID}: low\noverrides:\n  - { paths: ["teams/data/**"], policies: { ${ID}: high } }\n`,
    { 'teams/data/main.tf': bucket('pears'), 'teams/web/main.tf': bucket('plums') },
  );
  write({ 'teams/trueline.yaml': `policies:\n  ${ID}: critical\n` });
  expect((await run(VERSIONING)).out).toBe(
    unversioned('teams/web/main.tf:1:1', 'plums').replace('medium', 'critical') +
      unversioned('teams/data/main.tf:1:1', 'pears').replace('medium', 'high') +
      FOUND.replace('medium', 'low'),
  );
  // The nested file holds as well where only a folder below it is asked for.
  expect((await run(VERSIONING, { in: 'teams/web' })).out).toBe(
    unversioned('main.tf:1:1', 'plums').replace('medium', 'critical'),
  );
  expect((await run(`${VERSIONING} --no-config teams/web`)).out).toBe(unversioned('teams/web/main.tf:1:1', 'plums'));
});

test('a nested file may not have what counts for the whole project', async () => {
  const { run, write } = open('', { 'teams/main.tf': '', 'teams/trueline.yaml': 'fail-on: none\n' });
  expect(await run(VERSIONING)).toEqual({
    code: 2,
    out: '',
    err: 'error: "fail-on" counts only in the trueline.yaml of the project root.\n  --> teams/trueline.yaml:1:10\n  |\n1 | fail-on: none\n  |          ^^^^\n',
  });
  write({ 'teams/trueline.yaml': 'root: true\nfail-on: none\n' });
  expect((await run(VERSIONING)).code).toBe(1);
});

test.each([
  [
    'policies:\n  aws-s3-bucket-versionning-enabled: low\n',
    refused(
      '3:3',
      '  aws-s3-bucket-versionning-enabled: low',
      '  ^'.padEnd(35, '^'),
      `No policy is called "aws-s3-bucket-versionning-enabled". Did you mean "${ID}"?`,
    ),
  ],
  [
    'mandatory: [aws-s3-bucket-public]\n',
    refused(
      '2:12',
      'mandatory: [aws-s3-bucket-public]',
      `           ${'^'.repeat(22)}`,
      'No policy is called "aws-s3-bucket-public". Did you mean "aws-s3-bucket-not-public"?',
    ),
  ],
  [
    `suppressions:\n  - { policy: ${ID} , address: a.b }\n`,
    refused('3:5', `  - { policy: ${ID} , address: a.b }`, `    ${'^'.repeat(59)}`, 'A suppression needs a "reason".'),
  ],
  [
    'suppressions:\n  - { policy: "aws-*", address: a.b, reason: ripe }\n',
    refused(
      '3:5',
      '  - { policy: "aws-*", address: a.b, reason: ripe }',
      `    ${'^'.repeat(47)}`,
      'A suppression names one policy; to change several, write them under "policies".',
    ),
  ],
  [
    'include: [passed]\n',
    refused(
      '2:10',
      'include: [passed]',
      '         ^^^^^^^^',
      '"passed" is not a value of "include": pass, unknown, skip, suppressed. Did you mean "pass"?',
    ),
  ],
  [
    'policy-sets: [defalt]\n',
    refused(
      '2:14',
      'policy-sets: [defalt]',
      '             ^^^^^^^^',
      '"defalt" is not a policy set: default, all, aws-fsbp, cis-aws-5.0.0, nist-800-53-r5, pod-security-baseline, pod-security-restricted. Did you mean "default"?',
    ),
  ],
  [
    'policies-as-of: soon\n',
    refused(
      '2:17',
      'policies-as-of: soon',
      '                ^^^^',
      '"policies-as-of" must be a release such as "1.4".',
    ),
  ],
  [
    'version: 2\n',
    refused(
      '2:10',
      'version: 2',
      '         ^',
      'Version 2 of trueline.yaml is not known here; this release reads version 1.',
    ),
  ],
  ['strict: maybe\n', refused('2:9', 'strict: maybe', '        ^^^^^', '"strict" must be true or false.')],
  [
    'policies:\n  aws-iam-account-password-length: { parameters: { length: long } }\n',
    refused(
      '3:3',
      '  aws-iam-account-password-length: { parameters: { length: long } }',
      `  ${'^'.repeat(31)}`,
      'The parameter "length" of "aws-iam-account-password-length" must be of type int.',
    ),
  ],
  [
    'policies:\n  aws-iam-account-password-length: { parameters: { lenght: 20 } }\n',
    refused(
      '3:3',
      '  aws-iam-account-password-length: { parameters: { lenght: 20 } }',
      `  ${'^'.repeat(31)}`,
      '"aws-iam-account-password-length" has no parameter "lenght". Did you mean "length"?',
    ),
  ],
  [
    'roots:\n  - { path: envs/prdo }\n',
    refused(
      '3:5',
      '  - { path: envs/prdo }',
      `    ${'^'.repeat(19)}`,
      'The root "envs/prdo" does not exist. Did you mean "envs/prod"?',
    ),
  ],
  [
    'roots:\n  - { path: envs/prod, var-files: [prod.tfvars] }\n',
    refused(
      '3:5',
      '  - { path: envs/prod, var-files: [prod.tfvars] }',
      `    ${'^'.repeat(45)}`,
      'The variable file "prod.tfvars" does not exist.',
    ),
  ],
])('%j is refused at its place', async (text, expected) => {
  expect(await open(text, { 'envs/prod/main.tf': '' }).run(VERSIONING)).toEqual(expected);
});

test('policies newer than policies-as-of are told and redden nothing', async () => {
  expect(await open('policies-as-of: "0.0"\n').run(VERSIONING)).toEqual({
    code: 0,
    out: FOUND.replace('medium', 'info'),
    err: '',
  });
  expect((await open('policies-as-of: "0.1"\n').run(VERSIONING)).code).toBe(1);
});

test('policy sets: all holds every policy, default those that are no matter of taste, a framework its own', async () => {
  const { run } = open('policy-sets: [cis-aws-5.0.0]\n');
  const count = async (line: string) => JSON.parse((await run(`scan --format json ${line}`)).out).summary.policies;
  const every = await count('--set all');
  const usual = await count('--set default');
  expect(await count('--no-config')).toBe(usual);
  expect(usual < every && usual > every / 2).toBe(true);
  const own = await count('');
  expect(own).toBe(await count('--no-config --framework cis-aws-5.0.0'));
  expect(own < every && own > 5).toBe(true);
});

test('a policy of the project is judged beside the shipped ones; a broken one makes the report incomplete', async () => {
  const policy = `${NAMED}remediation: Name it pear.\n`;
  const { run, write } = open('policy-dirs: [rules]\n', { 'rules/named/policy.yaml': policy });
  const line = 'scan --format compact --policy orchard-*,CKV_AWS_21';
  const own = "main.tf:2:12: high orchard-bucket-named: aws_s3_bucket.apples is not a pear's [aws_s3_bucket.apples]\n";
  expect(await run(line)).toEqual({ code: 1, out: own + FOUND, err: '' });
  write({ 'rules/broken/policy.yaml': policy.replace('startsWith', 'beginsWith').replace('named', 'broken') });
  const { code, out, err } = await run(line);
  expect([code, err]).toEqual([3, 'trueline: 1 file or folder was not read, or not whole; the report is incomplete\n']);
  expect(out).toContain(own + FOUND);
  expect(out).toContain('rules/broken/policy.yaml:5:');
  expect(await run('scan --no-config --policy-dir rules --format compact --policy orchard-*')).toMatchObject({
    code: 3,
  });
});

test('facts that speak of nothing there is are refused', async () => {
  const refuse = async (facts: string, message: string) => {
    const { run } = open(`facts: ${facts}\n`);
    const { code, err } = await run(VERSIONING);
    expect([code, err.split('\n')[0]]).toEqual([2, `error: ${message}`]);
    here?.remove();
  };
  const scopes = 'aws_account, aws_region, kubernetes/v1/Namespace';
  await refuse(
    '{ aws_regoin: {} }',
    `There are no facts of "aws_regoin", but of ${scopes}. Did you mean "aws_region"?`,
  );
  await refuse('{ __proto__: {} }', `There are no facts of "__proto__", but of ${scopes}.`);
  await refuse(
    '{ aws_region: { ebs_encryption_by_defualt: {} } }',
    'The fact "aws_region" has no "ebs_encryption_by_defualt". Did you mean "ebs_encryption_by_default"?',
  );
  const path = 'aws_region.ebs_encryption_by_default';
  await refuse('{ aws_region: { ebs_encryption_by_default: true } }', `The fact "${path}" has keys and values.`);
  await refuse(
    '{ aws_region: { ebs_encryption_by_default: { enabled: "yes" } } }',
    `The fact "${path}.enabled" is a boolean.`,
  );
  const { run } = open('facts: { aws_region: { ebs_encryption_by_default: { enabled: true } } }\n');
  expect((await run(VERSIONING)).code).toBe(1);
});

test('settings that are not UTF-8 are not read', async () => {
  const { run, folder, remove } = open('');
  const latin = Buffer.from('# Obstb\u00e4ume\n', 'latin1');
  writeFileSync(join(folder, 'trueline.yaml'), latin);
  expect((await run(VERSIONING)).err).toContain('trueline.yaml" cannot be read (not-utf8).');
  remove('trueline.yaml');
  mkdirSync(join(folder, 'pears'));
  writeFileSync(join(folder, 'pears/trueline.yaml'), latin);
  expect(await run(VERSIONING)).toMatchObject({
    code: 2,
    err: 'error: "pears/trueline.yaml" cannot be read (not-utf8).\n',
  });
  writeFileSync(join(folder, 'pears/trueline.yaml'), '#'.repeat(5_000_000));
  expect(await run(VERSIONING)).toMatchObject({
    code: 2,
    err: 'error: "pears/trueline.yaml" cannot be read (too-large).\n',
  });
});

const NAMED = `id: orchard-bucket-named
title: Buckets bear the orchard's name
severity: high
resource: aws_s3_bucket
assert: resource.bucket.startsWith("pear-")
message: "{{ resource }} is not a pear's"
`;
const NOT_WHOLE = 'trueline: 1 file or folder was not read, or not whole; the report is incomplete\n';

test('a policy that is asked for by name and does not load is reported, not unknown', async () => {
  const broken = NAMED.replace('startsWith', 'beginsWith');
  const problem = 'The function "beginsWith" is not known.';
  const { run, write } = open('policy-dirs: [rules]\n', { 'rules/named/policy.yaml': broken });
  expect(await run('scan --format compact --policy orchard-bucket-named')).toEqual({
    code: 3,
    out: `rules/named/policy.yaml:5:25: error policy-invalid: ${problem}\n`,
    err: NOT_WHOLE,
  });
  const both = await run('scan --format compact --policy orchard-*,CKV_AWS_21');
  expect([both.code, both.out.includes(FOUND), both.out.includes(problem)]).toEqual([3, true, true]);
  const place = `
  --> rules/named/policy.yaml:5:25
  |
5 | assert: resource.bucket.beginsWith("pear-")
  |                         ^^^^^^^^^^`;
  expect(await run('scan --policy orchard-pears')).toEqual({
    code: 2,
    out: '',
    err: `error: No policy is called "orchard-pears".\n  All: trueline policies list\nerror: ${problem}${place}\n`,
  });
  expect(await run('policies show orchard-bucket-named')).toEqual({
    code: 2,
    out: '',
    err: `error: The policy "orchard-bucket-named" does not load.\nerror: ${problem}${place}\n`,
  });
  const listed = await run('policies list --policy CKV_AWS_21');
  expect([listed.code, listed.err]).toEqual([3, `error: rules/named/policy.yaml: ${problem}\n`]);
  write({ 'rules/named/policy.yaml': 'id: [orchard\n' });
  const unreadable = await run('scan --format compact --policy named');
  expect([unreadable.code, unreadable.out.split(': ')[1]]).toEqual([3, 'error yaml-invalid-syntax']);
});

test('policy files that cannot be read make the report incomplete', async () => {
  const { run, folder } = open('policy-dirs: [rules]\n', { 'rules/named/policy.yaml': NAMED });
  const at = (path: string) => join(folder, 'rules', path);
  symlinkSync('/dev/zero', at('zero.policy.yaml'));
  symlinkSync('nowhere', at('gone.policy.yaml'));
  mkdirSync(at('folder.policy.yaml'));
  writeFileSync(at('bytes.policy.yaml'), Buffer.from([0xff]));
  writeFileSync(at('large.policy.yaml'), ' '.repeat(5_000_000));
  writeFileSync(at('none.policy.yaml'), '# later\n');
  const { code, out } = await run('scan --format compact --policy orchard-*');
  expect([code, out.split('\n').filter((line) => line.includes('error'))]).toEqual([
    3,
    [
      'rules/bytes.policy.yaml: error file-not-utf8: The policy file "rules/bytes.policy.yaml" is not UTF-8.',
      'rules/gone.policy.yaml: error file-unreadable: The policy file "rules/gone.policy.yaml" cannot be read (missing).',
      'rules/large.policy.yaml: error file-too-large: The policy file "rules/large.policy.yaml" cannot be read (too-large).',
      'rules/zero.policy.yaml: error file-unreadable: The policy file "rules/zero.policy.yaml" cannot be read (outside).',
      'rules/none.policy.yaml:1:1: error policy-invalid: The file holds no policy.',
    ],
  ]);
});

test('a policy that goes through too many elements is said to be undecided, once', async () => {
  const loops = 'lists.range(1000).all(a, lists.range(1000).all(b, a + b >= 0))';
  const { run } = open('policy-dirs: [rules]\n', {
    'main.tf': bucket('apples') + bucket('pears'),
    'rules/named/policy.yaml': NAMED.replace(
      'resource.bucket.startsWith("pear-")',
      `'${loops} || resource.bucket == "fig"'`,
    ),
  });
  const { code, out, err } = await run('scan --format json --policy orchard-*');
  const { diagnostics, summary } = JSON.parse(out);
  expect({ code, err, diagnostics, unknownReasons: summary.unknownReasons }).toMatchObject({
    code: 3,
    err: NOT_WHOLE,
    diagnostics: [
      {
        severity: 'error',
        code: 'limit-reached',
        location: { file: 'main.tf', startLine: 1 },
        message:
          '"orchard-bucket-named" is not decided on "aws_s3_bucket.apples": more than 500000 elements are gone through.',
      },
    ],
    unknownReasons: { 'limit-reached': 2 },
  });
});

test.each([
  ['1 / 0 == 1', 'policy-error', 'rules/named/policy.yaml', 'a number is divided by zero'],
  ['cidr(resource.bucket).isPublic()', 'policy-value-invalid', 'main.tf', '"orchard-apples" is no CIDR'],
])('a policy that fails by %s says so, once', async (assertion, code, file, why) => {
  const { run } = open('policy-dirs: [rules]\n', {
    'main.tf': bucket('apples') + bucket('pears'),
    'rules/named/policy.yaml': NAMED.replace('resource.bucket.startsWith("pear-")', `'${assertion}'`),
  });
  const { out } = await run('scan --format json --policy orchard-*');
  expect(JSON.parse(out).diagnostics).toMatchObject([
    {
      severity: 'warning',
      code,
      location: { file },
      message: `"orchard-bucket-named" is not decided on "aws_s3_bucket.apples": ${why}.`,
    },
  ]);
});

test('an own policy in the place of a shipped one is said to be so', async () => {
  const { run } = open('policy-dirs: [rules]\n', {
    'main.tf': bucket('pear-trees'),
    'rules/named/policy.yaml': NAMED.replace('orchard-bucket-named', 'aws-s3-bucket-not-public'),
  });
  const { out } = await run('scan --format json --policy aws-s3-bucket-not-public');
  expect(JSON.parse(out).diagnostics).toMatchObject([
    {
      severity: 'warning',
      code: 'policy-doubtful',
      location: { file: 'rules/named/policy.yaml', startLine: 1 },
      message: '"aws-s3-bucket-not-public" takes the place of the shipped policy of that id. Give it an id of its own.',
    },
  ]);
});

test('a parameter has the value that the configuration gives', async () => {
  const id = 'aws-iam-account-password-length';
  const account = 'resource "aws_iam_account_password_policy" "all" {\n  minimum_password_length = 16\n}\n';
  const { run, write } = open('', { 'main.tf': account });
  expect((await run(`scan --policy ${id}`)).code).toBe(0);
  write({ 'trueline.yaml': `root: true\npolicies:\n  ${id}: { parameters: { length: 20 } }\n` });
  expect((await run(`scan --policy ${id}`)).code).toBe(1);
});
