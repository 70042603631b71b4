import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

/** Names the buckets, points at their names, and quotes their tags: wherever a value comes from is shown. */
const NOSY_POLICY = `id: orchard-nosy
title: Buckets tell their names
severity: low
resource: aws_s3_bucket
assert: resource.bucket == "none"
message: "{{ resource.bucket }} with {{ resource.tags }}"
remediation: Tell it.
`;

let here: Workspace;

beforeEach(() => {
  here = workspace({ 'rules/nosy/policy.yaml': NOSY_POLICY });
});

afterEach(() => here.remove());

const FORMATS = ['text', 'compact', 'json', 'sarif', 'junit', 'markdown', 'github', 'gitlab'];
const LISTINGS = ['resources', 'resources --format json', 'resources --raw --format json', 'inputs', 'inputs -f json'];
const NOSY = '--policy-dir rules --policy orchard-nosy,CKV_AWS_21 --include pass,unknown,skip,suppressed';

/** Everything that any command prints about the workspace, in a wide terminal. */
async function everything(environment: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const printed: string[] = [];
  for (const line of [...FORMATS.map((format) => `scan --format ${format} ${NOSY}`), ...LISTINGS]) {
    const { code, out, err } = await here.run(line, { environment, width: 400 });
    expect([line, code <= 3]).toEqual([line, true]);
    printed.push(...`${out}\n${err}`.split('\n').map((text) => `${line}: ${text}`));
  }
  return printed;
}

/** As a quoted text of HCL. */
const quoted = (text: string) => JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);

const LOGIN_MODULE = `variable "word" {
  sensitive = true
}
output "word" {
  value     = var.word
  sensitive = true
}
`;

/** The ways by which a secret gets into a configuration; `use` is an expression that gives it. */
const WAYS: Readonly<Record<string, (secret: string) => { hcl: string; use: string; tfvars?: string }>> = {
  default: (secret) => ({
    hcl: `variable "default" {\n  sensitive = true\n  default   = ${secret}\n}\n`,
    use: 'var.default',
  }),
  tfvars: (secret) => ({
    hcl: 'variable "given" {\n  sensitive = true\n}\n',
    use: 'var.given',
    tfvars: `given = ${secret}\n`,
  }),
  object: (secret) => ({
    hcl: `variable "login" {\n  sensitive = true\n  default = { name = "baker", word = ${secret} }\n}\n`,
    use: 'var.login.word',
  }),
  function: (secret) => ({ hcl: `locals {\n  hidden = sensitive(${secret})\n}\n`, use: 'local.hidden' }),
  derived: (secret) => ({
    hcl: `variable "part" {\n  sensitive = true\n  default   = ${secret}\n}\nlocals {\n  url = "postgres://baker:\${var.part}@db"\n}\n`,
    use: 'local.url',
  }),
  encoded: (secret) => ({
    hcl: `variable "part" {\n  sensitive = true\n  default   = ${secret}\n}\n`,
    use: 'jsonencode({ word = [var.part] })',
  }),
  password: (secret) => ({
    hcl: `resource "aws_db_instance" "ledger" { password = ${secret} }\n`,
    use: 'aws_db_instance.ledger.password',
  }),
  'password from a local': (secret) => ({
    hcl: `locals {\n  word = ${secret}\n}\nresource "aws_db_instance" "ledger" { password = local.word }\n`,
    use: 'local.word',
  }),
  argument: (secret) => ({
    hcl: `module "login" {\n  source = "./login"\n  word   = ${secret}\n}\n`,
    use: 'module.login.word',
  }),
  output: (secret) => ({
    hcl: `module "key" {\n  source = "./key"\n  word   = ${secret}\n}\n`,
    use: 'module.key.word',
  }),
};

/** Where a secret is put: in names that messages show, past what makes Terraform forget it, in tags and their keys. */
const sinks = (use: string) => `
resource "aws_s3_bucket" "part" {
  bucket = "x-\${${use}}"
}
resource "aws_s3_bucket" "whole" {
  bucket = ${use}
  tags   = { note = ${use} }
}
resource "terraform_data" "memory" {
  input = ${use}
}
resource "aws_s3_bucket" "forgotten" {
  bucket = nonsensitive(terraform_data.memory.output)
  tags   = { (nonsensitive(${use})) = nonsensitive(${use}) }
}
resource "aws_s3_bucket" "cut" {
  bucket = "\${join("", [for n in range(185) : "x"])}\${nonsensitive(${use})}"
}
`;

function write(way: { readonly hcl: string; readonly use: string; readonly tfvars?: string }): void {
  here.write({
    'main.tf': `${way.hcl}${sinks(way.use)}`,
    'login/main.tf': LOGIN_MODULE,
    'key/main.tf': LOGIN_MODULE.replace('  sensitive = true\n', ''),
    'terraform.tfvars': way.tfvars ?? '',
  });
}

/** A text of odd characters around a core that can be found however it is escaped. */
const odd = fc.string({ unit: fc.constantFrom(...'b1 "\\<>&\'|*_%{}$@#:,\n\té'), maxLength: 4 });
const secret = fc
  .tuple(odd, fc.stringMatching(/^[a-z0-9]{5}$/), odd)
  .map(([before, core, after]) => ({ core: `zq${core}`, text: `${before}zq${core}${after}` }));

test.each(Object.entries(WAYS))(
  'no format and no listing shows a secret that comes by way of: %s',
  async (_, way) => {
    await fc.assert(
      fc.asyncProperty(secret, async ({ core, text }) => {
        write(way(quoted(text)));
        const shown = (await everything()).filter((line) => line.includes(core));
        expect({ text, shown }).toEqual({ text, shown: [] });
      }),
      { numRuns: 8, seed: 1907 },
    );
  },
  60_000,
);

test.each(Object.entries(WAYS))(
  'what is too short to be looked for is hidden in the lines where it is written: %s',
  async (_, way) => {
    write(way(quoted('zq7')));
    // Where Terraform was made to forget it the value itself may be anything, and is shown.
    const places = (await everything()).filter((line) => line.includes('"zq7"') && !line.includes('is "zq7"'));
    expect(places.filter((line) => line.startsWith('scan --format text'))).toEqual([]);
  },
);

test('numbers and bools are hidden where they are written, long numbers everywhere', async () => {
  here.write({
    'main.tf': `variable "pin" {
  type      = number
  sensitive = true
  default   = 19071312
}
variable "short" {
  sensitive = true
  default   = 4711
}
resource "aws_s3_bucket" "a" {
  bucket = "x-\${nonsensitive(var.pin)}"
}
resource "aws_s3_bucket" "b" {
  bucket = "y-\${var.short}"
}
`,
  });
  const printed = await everything();
  expect(printed.filter((line) => line.includes('19071312') || line.includes('4711'))).toEqual([]);
  expect(printed.join('\n')).toContain('default   = (sensitive)');
});

test('what variables of the environment hold is shown nowhere, keys of instances and maps included', async () => {
  await fc.assert(
    fc.asyncProperty(secret, secret, async (one, other) => {
      here.write({
        'main.tf': `variable "word" {}
variable "names" {
  type = set(string)
}
${sinks('var.word')}
resource "aws_s3_bucket" "each" {
  for_each = var.names
  bucket   = each.key
  tags     = { for name in var.names : name => "x" }
}
module "each" {
  for_each = var.names
  source   = "./login"
  word     = each.key
}
`,
        'login/main.tf': `${LOGIN_MODULE}resource "aws_s3_bucket" "login" {}\n`,
      });
      const environment = { TF_VAR_word: one.text, TF_VAR_names: `[${quoted(other.text)}]` };
      const shown = (await everything(environment)).filter(
        (line) => line.includes(one.core) || line.includes(other.core),
      );
      expect({ one, other, shown }).toEqual({ one, other, shown: [] });
    }),
    { numRuns: 8, seed: 1907 },
  );
}, 60_000);

test('what a sensitive object only refers to is hidden where it is written, and elsewhere shown', async () => {
  here.write({
    'main.tf': `variable "region" {
  default = "eu-north-4711"
}
variable "word" {
  default = "sourdough-4711"
}
module "login" {
  source = "./login"
  word   = { region = var.region, word = var.word, name = "baker-4711" }
}
resource "aws_s3_bucket" "region" {
  bucket = "region-\${var.region}"
}
resource "aws_s3_bucket" "login" {
  bucket = module.login.word.word
}
resource "aws_s3_bucket" "name" {
  bucket = "is-\${nonsensitive(module.login.word.name)}"
}
`,
    'login/main.tf': LOGIN_MODULE,
  });
  const { out } = await here.run(`scan --format compact ${NOSY.replace('--include pass,unknown,skip,suppressed', '')}`);
  const said = out.split('\n').filter((line) => line.includes('orchard-nosy'));
  expect(said.map((line) => line.replace(/^.*orchard-nosy: /, ''))).toEqual([
    '(sensitive) with [aws_s3_bucket.login]',
    'region-eu-north-4711 with [aws_s3_bucket.region]',
    'is-(sensitive) with [aws_s3_bucket.name]',
  ]);
  const { out: text } = await here.run(`scan --format text ${NOSY}`);
  expect([text.includes('sourdough-4711'), text.includes('baker-4711')]).toEqual([false, false]);
});

const NAMED_AS_SECRETS = {
  'production/main.tf': `variable "stage" {}
variable "password" {
  sensitive = true
  default   = "password"
}
resource "aws_s3_bucket" "production" {
  bucket = "orchard-\${var.stage}"
}
resource "aws_db_instance" "production" {
  password            = var.password
  publicly_accessible = true
}
module "production" {
  source   = "./production"
  for_each = { orchard = "bakery" }
}
`,
  'production/production/main.tf': 'resource "aws_s3_bucket" "production" {}\n',
};

test('names that equal a secret stay readable: of files, roots, addresses, policies and types', async () => {
  here.write(NAMED_AS_SECRETS);
  const environment = { TF_VAR_stage: 'production', TF_VAR_type: 'aws_s3_bucket' };
  const { out } = await here.run(`scan --format json ${NOSY}`, { environment });
  const { findings } = JSON.parse(out);
  expect(
    findings
      .filter(({ policy, outcome }: Found) => policy === 'orchard-nosy' && outcome === 'fail')
      .map(({ message, resource, location, via }: Found) => [
        message,
        resource.root,
        resource.address,
        resource.type,
        location.file,
        via.map(({ file }) => file),
      ]),
  ).toEqual([
    [
      'orchard-(sensitive) with',
      'production',
      'aws_s3_bucket.production',
      'aws_s3_bucket',
      'production/main.tf',
      ['TF_VAR_stage'],
    ],
    [
      '(not set) with',
      'production',
      'module.production["orchard"].aws_s3_bucket.production',
      'aws_s3_bucket',
      'production/production/main.tf',
      ['production/main.tf'],
    ],
  ]);
  const compact = await here.run('scan --format compact --policy CKV_AWS_17,CKV_AWS_21', { environment });
  expect(
    compact.out,
  ).toBe(`production/main.tf:11:25: high aws-rds-instance-not-public: Database aws_db_instance.production has a public address [aws_db_instance.production]
production/main.tf:6:1: medium aws-s3-bucket-versioning-enabled: Bucket orchard-(sensitive) does not keep old versions of its objects [aws_s3_bucket.production]
production/production/main.tf:1:1: medium aws-s3-bucket-versioning-enabled: Bucket module.production["orchard"].aws_s3_bucket.production does not keep old versions of its objects [module.production["orchard"].aws_s3_bucket.production]
`);
  const text = (await here.run('scan --policy CKV_AWS_17', { environment })).out;
  expect(text).toContain(' --> production/main.tf:11:25  aws_db_instance.production');
});

interface Found {
  readonly policy: string;
  readonly outcome: string;
  readonly message: string;
  readonly resource: { readonly root: string; readonly address: string; readonly type: string };
  readonly location: { readonly file: string };
  readonly via: readonly { readonly file: string }[];
}
