import { afterAll, beforeAll, expect, test } from 'vitest';
import { bucket, type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeAll(() => {
  here = workspace({
    'infra/main.tf': `variable "region" {}\n${bucket('apples')}`,
    'note.json': '{}',
  });
});

afterAll(() => here.remove());

test.each([
  ['sacn', '"sacn" is not a command. Did you mean "scan"?'],
  ['apples', '"apples" is not a command. All: trueline --help'],
  ['--versoin', '"trueline" has no option "--versoin". All: trueline --help'],
  ['help sacn', '"sacn" is not a command. Did you mean "scan"?'],
  ['policies', '"policies" needs a subcommand: list, show, test, new.'],
  ['policies lits', '"policies" has no subcommand "lits": list, show, test, new. Did you mean "list"?'],
  ['scan --polcy x', '"scan" has no option "--polcy". Did you mean "--policy"?'],
  ['scan --soft-fail', '"scan" has no option "--soft-fail". Use --fail-on none.'],
  ['scan --exit-zero', '"scan" has no option "--exit-zero". Use --fail-on none.'],
  ['scan -x', '"scan" has no option "-x". All: trueline scan --help'],
  ['scan --format', '"--format" needs a value: --format FORMAT.'],
  ['scan --strict=yes', '"--strict" takes no value.'],
  [
    'scan --fail-on hihg',
    '"hihg" is not a value of --fail-on: critical, high, medium, low, info, none. Did you mean "high"?',
  ],
  ['scan --include fail', '"fail" is not a value of --include: pass, unknown, skip, suppressed.'],
  ['scan --report sarif', '"--report sarif" is not of the form FORMAT=FILE.'],
  [
    'scan --report sarf=x',
    '"sarf" is not a format: text, compact, json, sarif, junit, markdown, github, gitlab, csv. Did you mean "sarif"?',
  ],
  ['scan --as-of 2026-02-30', '"--as-of 2026-02-30" is not a date such as 2027-01-31.'],
  ['scan --var region', '"--var region" is not of the form NAME=VALUE.'],
  ['scan --var regoin=x', 'No root module declares the variable "regoin". Did you mean "region"?'],
  ['scan --var-file prod.tfvars', 'The variable file "prod.tfvars" does not exist.'],
  [
    'scan --var-file ../prod.tfvars',
    'The variable file "../prod.tfvars" lies outside the project, where nothing is read.',
  ],
  ['scan infa', '"infa" does not exist. Did you mean "infra"?'],
  ['scan infra/mian.tf', '"infra/mian.tf" does not exist. Did you mean "infra/main.tf"?'],
  ['scan --type kubernetes infra', '"--type" says what files are: name the files, or "-" for standard input.'],
  [
    'scan --type helm infra',
    '"helm" is not a value of --type: terraform-plan, terraform-state, cloudformation, kubernetes.',
  ],
  ['scan --source infra', '"--source" says what a plan was made of: name the plan, or "-" for standard input.'],
  ['scan --parameters orchard.json', '"--parameters" gives templates their values, and no template is read.'],
  ['scan --since HEAD -', '"--since" compares with an earlier version, and "-" has none: leave "--since" out.'],
  [
    'scan --policy aws-s3-bucket-versionning-enabled',
    'No policy is called "aws-s3-bucket-versionning-enabled". Did you mean "aws-s3-bucket-versioning-enabled"?\n  All: trueline policies list',
  ],
  ['scan --skip-policy kube-*', 'No policy is called "kube-*".\n  All: trueline policies list'],
  [
    'scan --framework cis-aws-5.0',
    'No framework is called "cis-aws-5.0": aws-fsbp, cis-aws-5.0.0, nist-800-53-r5, pod-security-baseline, pod-security-restricted. Did you mean "cis-aws-5.0.0"?',
  ],
  [
    'scan --set defualt',
    '"defualt" is not a policy set: default, all, aws-fsbp, cis-aws-5.0.0, nist-800-53-r5, pod-security-baseline, pod-security-restricted. Did you mean "default"?',
  ],
  ['scan --policy-dir mine', 'The policy folder "mine" does not exist.'],
  ['scan --baseline old.json', 'The baseline "old.json" does not exist.'],
  ['scan --config other.yaml', 'The configuration "other.yaml" does not exist.'],
  ['scan --since HEAD', '--since needs a git repository, and this is none.'],
  ['scan --since HEAD --write-baseline', '"--write-baseline" accepts all that is there: use it without "--since".'],
  ['explain', '"explain" takes one policy: trueline explain ID. All: trueline policies list'],
  [
    'explain CKV_AWS_12345',
    'No policy is called "CKV_AWS_12345". Did you mean "CKV_AWS_145"?\n  All: trueline policies list',
  ],
  ['policies show', '"policies show" takes one policy. All: trueline policies list'],
  ['policies test', '"policies test" takes a folder: trueline policies test DIR'],
  ['policies test infra', 'There is no policy in these folders: a policy is a file policy.yaml.'],
  [
    'policies new aws s3',
    'A policy has a provider, a service and a name: trueline policies new aws s3 bucket-something',
  ],
  ['policies new aws s3 Bucket', '"Bucket" must be of lower-case letters, digits and single dashes.'],
  ['schema', '"schema" needs a name: config, findings, policy.'],
  ['schema findngs', '"findngs" is not a schema: config, findings, policy. Did you mean "findings"?'],
  ['init infra', '"init" takes no PATH: run it in the folder of the project.'],
])('trueline %s: nothing is scanned, and one sentence says what to do', async (line, message) => {
  expect(await here.run(line)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
});

test('what is wrong in a configuration is shown at its place, all of it', async () => {
  const own = workspace({
    'trueline.yaml': 'root: true\nfail_on: high\npolicies:\n  aws-s3-bucket-logging-enabled: none\n',
    'infra/main.tf': '',
  });
  const expected = (place: string) => ({
    code: 2,
    out: '',
    err: `error: "fail_on" is not a key of trueline.yaml. Did you mean "fail-on"?
  --> ${place}:2:1
  |
2 | fail_on: high
  | ^^^^^^^
error: "aws-s3-bucket-logging-enabled" is switched off without a reason. Write { severity: none, reason: "…" }.
  --> ${place}:4:34
  |
4 |   aws-s3-bucket-logging-enabled: none
  |                                  ^^^^
`,
  });
  expect(await own.run('scan')).toEqual(expected('trueline.yaml'));
  expect(await own.run('scan', { in: 'infra' })).toEqual(expected('../trueline.yaml'));
  own.remove();
});

test('the word error is red where standard error is a terminal', async () => {
  expect((await here.run('sacn', { isErrorTerminal: true })).err).toBe(
    '\u001b[31merror:\u001b[39m "sacn" is not a command. Did you mean "scan"?\n',
  );
  expect((await here.run('sacn', { isErrorTerminal: true, environment: { NO_COLOR: '1' } })).err).toBe(
    'error: "sacn" is not a command. Did you mean "scan"?\n',
  );
});
