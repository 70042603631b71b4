import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FINDINGS_SCHEMA } from '../../src/report/findings-schema.js';
import { bucket, type Workspace, workspace } from './workspace.js';

let here: Workspace;

const MAIN = `variable "keep" {}

resource "aws_s3_bucket" "apples" {
  bucket = "orchard-apples"
}

resource "aws_s3_bucket_versioning" "apples" {
  bucket = aws_s3_bucket.apples.id
  versioning_configuration {
    status = var.keep ? "Enabled" : "Suspended"
  }
}

module "remote" {
  source = "orchard/pears/aws"
}
`;

beforeEach(() => {
  here = workspace({
    'infra/main.tf': MAIN,
    'infra/prod.tfvars': 'keep = true\n',
    'web/Chart.yaml': 'name: web\n',
    'data.yaml': 'apples: 3\n',
  });
});

afterEach(() => here.remove());

const output = async (line: string, below?: string) => {
  const { code, out, err } = await here.run(line, below === undefined ? {} : { in: below });
  return `${out}${err === '' ? '' : `stderr: ${err}`}exit ${code}`;
};

test('--help lists what works, and every command has a help of its own', async () => {
  const help = await here.run('--help');
  expect(help).toMatchInlineSnapshot(`
    {
      "code": 0,
      "err": "",
      "out": "Finds misconfigurations in infrastructure as code, and says what it could not know.

    Usage: trueline <command> [options]

      scan [PATH]...               Judge infrastructure as code
      inputs [PATH]...             What would be read, and what would not, and why
      resources [PATH]...          The resources as policies see them
      explain ID                   What a policy checks, why, and how to fix it
      policies list                List the policies
      init                         Write trueline.yaml for this repository
      snapshot aws --output DIR    Read AWS accounts into a folder
      snapshot diff OLD NEW        What changed between two snapshots
      snapshot merge DIR...        Put snapshots together into one
      access can --in PATH         Whether a principal may do something, and why
      access who-can --in PATH     Who may do something with a resource
      access report --in PATH      What users and roles are granted, and whom
                                   resources let in
      access usage --logs DIR      What principals did, by the log files of
                                   CloudTrail
      access right-size --in PATH  What policies of a user or role could be, by what
                                   it did
      access compare OLD NEW       Whether the second policy allows anything that
                                   the first does not
      schema NAME                  Print a JSON schema (findings, config, policy)

    Start with: trueline scan      It needs no network, and nothing is sent anywhere.
    ",
    }
  `);
  for (const line of ['', '-h', 'help']) expect(await here.run(line)).toEqual(help);
  expect(await output('policies --help')).toMatchInlineSnapshot(`
    "  policies list                       List the policies
      policies show ID                    Show a policy whole, with its examples
      policies test DIR...                Judge policies by their own examples
      policies new PROVIDER SERVICE NAME  Draft a policy with examples
    exit 0"
  `);
  for (const [, name = ''] of help.out.matchAll(
    /^ {2}(\w+(?: list| aws| diff| merge| can| who-can| report| usage| right-size| compare)?) .*/gm,
  )) {
    const own = await here.run(`${name} --help`);
    expect([name, own.code, own.out.includes(`Usage: trueline ${name}`)]).toEqual([name, 0, true]);
    expect(await here.run(`help ${name}`)).toEqual(own);
  }
});

test('version', async () => {
  expect(await output('version')).toBe('trueline 9.8.7\nexit 0');
  expect(await output('--version')).toBe('trueline 9.8.7\nexit 0');
  expect(await output('-V')).toBe('trueline 9.8.7\nexit 0');
});

test('inputs: roots with their values, and what is not read and why', async () => {
  expect(await output('inputs')).toMatchInlineSnapshot(`
    "infra   terraform module, 1 file, 1 module
      without value  var.keep
      not installed  module.remote from orchard/pears/aws: run "terraform init"

    not read
      web/Chart.yaml  Helm chart: it has to be rendered: helm template web | trueline scan -

    1 root, 1 file; 1 not read
    exit 0"
  `);
  expect(await output('inputs --format json --var-file infra/prod.tfvars')).toMatchInlineSnapshot(`
    "{
      "roots": [
        {
          "root": "infra",
          "kind": "terraform",
          "role": "module",
          "files": [
            "infra/main.tf",
            "infra/prod.tfvars"
          ],
          "modules": 1,
          "workspace": "",
          "varFiles": [
            "infra/prod.tfvars"
          ],
          "variablesWithoutValue": [],
          "modulesNotInstalled": [
            {
              "address": "module.remote",
              "source": "orchard/pears/aws"
            }
          ]
        }
      ],
      "notRead": [
        {
          "path": "web/Chart.yaml",
          "kind": "Helm chart",
          "reason": "it has to be rendered: helm template web | trueline scan -"
        }
      ]
    }
    exit 0"
  `);
});

test('resources: as policies see them, and as they are written', async () => {
  expect(await output('resources')).toMatchInlineSnapshot(`
    "infra   1 module, 1 resource, 1 value unknown
      aws_s3_bucket.apples                        infra/main.tf:3
        with aws_s3_bucket_versioning.apples (infra/main.tf:7)
        unknown  versioning.status  variable-without-value   var.keep
    exit 0"
  `);
  expect(await output('resources -f json --address aws_s3_* --var keep=true', 'infra')).toMatchInlineSnapshot(`
    "{
      "resources": [
        {
          "root": ".",
          "address": "aws_s3_bucket.apples",
          "type": "aws_s3_bucket",
          "language": "terraform",
          "mode": "managed",
          "existence": "certain",
          "location": {
            "file": "main.tf",
            "startLine": 3,
            "startColumn": 1,
            "endLine": 3,
            "endColumn": 36
          },
          "values": {
            "bucket": "orchard-apples",
            "versioning": {
              "status": "Enabled"
            },
            "force_destroy": false
          },
          "unknowns": []
        }
      ]
    }
    exit 0"
  `);
  expect(await output('resources -f json --raw --address *versioning*')).toMatchInlineSnapshot(`
    "{
      "resources": [
        {
          "root": "infra",
          "address": "aws_s3_bucket_versioning.apples",
          "type": "aws_s3_bucket_versioning",
          "language": "terraform",
          "mode": "managed",
          "existence": "certain",
          "location": {
            "file": "infra/main.tf",
            "startLine": 7,
            "startColumn": 1,
            "endLine": 7,
            "endColumn": 47
          },
          "values": {
            "bucket": "orchard-apples",
            "versioning_configuration": [
              {}
            ]
          },
          "unknowns": [
            {
              "path": "versioning_configuration[0].status",
              "reason": "variable-without-value",
              "subject": "var.keep"
            }
          ]
        }
      ]
    }
    exit 0"
  `);
});

test('policies list, show and explain', async () => {
  expect(await output('policies list --policy aws-sqs-*,CKV_AWS_21')).toMatchInlineSnapshot(`
    "SEVERITY  POLICY                            FIX  ALSO
    medium    aws-s3-bucket-versioning-enabled  yes  CKV_AWS_21, AVD-AWS-0090, AWS-…
    high      aws-sqs-queue-not-public          no   CKV_AWS_168, 730675f9-52ed-49b…
    2 of 140 policies
    exit 0"
  `);
  expect(await output('policies list -f json --policy aws-sqs-*')).toMatchInlineSnapshot(`
    "{
      "policies": [
        {
          "id": "aws-sqs-queue-not-public",
          "title": "SQS queues are not open to everyone",
          "severity": "high",
          "resource": [
            "aws_sqs_queue"
          ],
          "aliases": [
            "CKV_AWS_168",
            "730675f9-52ed-49b6-8ead-0acb5dd7df7f"
          ],
          "controls": {
            "nist-800-53-r5": [
              "AC-3"
            ]
          },
          "languages": [
            "terraform",
            "terraform-plan",
            "terraform-state",
            "cloudformation",
            "live"
          ],
          "fixable": false
        }
      ]
    }
    exit 0"
  `);
  expect(await output('explain CKV_AWS_21')).toMatchInlineSnapshot(`
    "aws-s3-bucket-versioning-enabled       medium, fixable, in "default" since 0.1
    S3 buckets keep old versions of their objects

    Why       Without versioning, an object that is overwritten or deleted, by
              mistake or by an intruder, cannot be recovered.
    Holds if  resource.versioning.status == "Enabled" (on aws_s3_bucket)
    Reads     Terraform, plan, state, CloudFormation, snapshot
    Fix       Turn on versioning.
    Controls  aws-fsbp S3.14; nist-800-53-r5 CP-9
    Also      CKV_AWS_21, AVD-AWS-0090, AWS-0090, aws-s3-enable-versioning, AWS077,
              568a4d22-3517-44a6-a7ad-6a7eed88722c
    Pass / fail examples, references:  trueline explain ID --examples
    Suppress  # trueline:ignore aws-s3-bucket-versioning-enabled reason="…"
    exit 0"
  `);
  const shown = await here.run('policies show aws-s3-bucket-versioning-enabled');
  expect(shown).toEqual(await here.run('explain --examples AVD-AWS-0090'));
  expect(shown.out).toContain('resource "aws_s3_bucket"');
});

test('policies new drafts a policy that policies test holds to its examples; nothing is overwritten', async () => {
  expect(await output('policies new aws s3 bucket-ripe --dir rules')).toBe(
    'wrote  rules/aws/s3/bucket-ripe/policy.yaml\nwrote  rules/aws/s3/bucket-ripe/examples/terraform.tf\nexit 0',
  );
  expect(await output('policies test rules')).toBe(
    'pass  aws-s3-bucket-ripe\n1 of 1 policies hold to their examples\nexit 0',
  );
  expect(await output('policies new aws s3 bucket-ripe --dir rules')).toBe(
    'stderr: error: "rules/aws/s3/bucket-ripe/policy.yaml" exists and is not overwritten.\nexit 2',
  );
  const example = here.read('rules/aws/s3/bucket-ripe/examples/terraform.tf');
  here.write({ 'rules/aws/s3/bucket-ripe/examples/terraform.tf': example.replace('# expect: pass', '# expect: fail') });
  expect(await output('policies test rules')).toMatchInlineSnapshot(`
    "fail  aws-s3-bucket-ripe
          rules/aws/s3/bucket-ripe/examples/terraform.tf:7: "aws_s3_bucket.good" is pass, expected fail.
    0 of 1 policies hold to their examples
    exit 1"
  `);
  here.remove('rules/aws/s3/bucket-ripe/examples');
  expect(await output('policies test rules')).toMatchInlineSnapshot(`
    "fail  aws-s3-bucket-ripe
          rules/aws/s3/bucket-ripe/examples: There are no examples.
          aws-s3-bucket-ripe: No example of "aws-s3-bucket-ripe" is pass: add one, or a comment "expect: no pass because …".
          aws-s3-bucket-ripe: No example of "aws-s3-bucket-ripe" is fail: add one, or a comment "expect: no fail because …".
          aws-s3-bucket-ripe: No example of "aws-s3-bucket-ripe" is unknown: add one, or a comment "expect: no unknown because …".
    0 of 1 policies hold to their examples
    exit 1"
  `);
  // Examples of own policies are no part of the project.
  here.write({ 'trueline.yaml': 'root: true\npolicy-dirs: [rules]\n', 'rules/x/examples/a.tf': bucket('figs') });
  expect((await here.run('scan --format compact --policy CKV_AWS_21')).out).toBe('');
});

test('init writes a configuration that is read, says what it found, and overwrites nothing', async () => {
  expect(await output('init')).toMatchInlineSnapshot(`
    "found  1 Terraform root: infra
    found  1 variable file that no root loads by itself: infra/prod.tfvars
    found  1 module that is not installed: run "terraform init" first
    found  1 Helm chart: not read
    wrote  trueline.yaml

    Next: trueline scan                       judge the code
          trueline scan --write-baseline      accept what is there today, and fail on what is new
    exit 0"
  `);
  const written = here.read('trueline.yaml');
  expect(written).toMatchInlineSnapshot(`
    "version: 1
    root: true                       # the project begins here

    # exclude: ["sandbox/**"]        # as in a .gitignore
    # fail-on: high                  # the lowest severity that makes the exit code 1 (default low)

    # policies:                      # id or alias: severity, or none with a reason
    #   aws-s3-bucket-logging-enabled: { severity: none, reason: "CloudTrail records data events" }

    # suppressions:                  # what a comment in the code cannot reach
    #   - { policy: aws-s3-bucket-not-public, address: aws_s3_bucket.website, reason: "public site" }

    # roots:                       # variable files that no root loads by itself
    #   - { path: infra, name: prod, var-files: [infra/prod.tfvars] }
    "
  `);
  expect(written.split('\n').length <= 25).toBe(true);
  expect((await here.run('scan --policy aws-sqs-*')).code).toBe(0);
  expect(await output('init')).toBe('stderr: error: "trueline.yaml" exists and is not overwritten.\nexit 2');
  here.write({ 'trueline.yaml': 'version: 1\n' });
  expect(await output('init')).toMatch(
    /^stderr: error: "trueline.yaml" exists and is not overwritten. A new one would have these lines as well:\n {2}\+ root: true/,
  );
  expect(here.read('trueline.yaml')).toBe('version: 1\n');
});

test.each([
  ['github', '.github/workflows/trueline.yml'],
  ['gitlab', '.gitlab/trueline.yml'],
  ['pre-commit', '.pre-commit-config.yaml'],
])('init --ci %s writes that file too', async (system, file) => {
  here.write({ 'trueline.yaml': 'root: true\n' });
  const { code, out } = await here.run(`init --ci ${system}`);
  expect([code, out.match(/^wrote .*/gm)]).toEqual([0, [`wrote  ${file}`]]);
  expect(here.read(file)).toMatchSnapshot();
  expect(await output(`init --ci ${system}`)).toBe(`stderr: error: "${file}" exists and is not overwritten.\nexit 2`);
  expect(here.read('trueline.yaml')).toBe('root: true\n');
});

test('schema prints schemas; the configuration that init writes and every scan hold to them', async () => {
  const schemas = await Promise.all(
    ['config', 'findings', 'policy'].map(async (name) => JSON.parse((await here.run(`schema ${name}`)).out)),
  );
  expect(schemas.map(({ $id }) => $id)).toEqual([
    'urn:trueline:schema:config:1',
    'urn:trueline:schema:findings:1',
    'urn:trueline:schema:policy:1',
  ]);
  expect(schemas[1]).toEqual(JSON.parse(JSON.stringify(FINDINGS_SCHEMA)));
  const ajv = new Ajv2020({ strict: false });
  const [config, findings] = schemas.map((one) => ajv.compile(one));
  expect(config?.({ version: 1, root: true, policies: { 'aws-*': { severity: 'none' } } })).toBe(false);
  expect(
    config?.({
      version: 1,
      root: true,
      'fail-on': 'high',
      suppressions: [{ policy: 'a', reason: 'b', address: 'c.d' }],
    }),
  ).toBe(true);
  for (const line of ['', '--include pass,unknown,skip,suppressed', '--since HEAD --var keep=false']) {
    if (line.startsWith('--since')) {
      here.git('init', '-q');
      here.git('commit', '-q', '--allow-empty', '-m', 'empty');
    }
    const report = JSON.parse((await here.run(`scan --format json ${line}`)).out);
    expect([line, findings?.(report), findings?.errors]).toEqual([line, true, null]);
  }
});

test('config show: the merged configuration with the origin of each line', async () => {
  here.write({
    'trueline.yaml': 'root: true\nfail-on: high\nexclude:\n  - sandbox/\n',
    'infra/trueline.yaml': 'policies:\n  aws-sqs-*: low\n',
  });
  expect(await output('config show')).toMatchInlineSnapshot(`
    "root: true                                                # trueline.yaml:1
    exclude:
      - sandbox/                                              # trueline.yaml:4
    gitignore: true                                           # default
    policy-sets: [default]                                    # default
    policy-dirs: []                                           # default
    min-severity: info                                        # default
    fail-on: high                                             # trueline.yaml:2
    strict: false                                             # default
    allow-incomplete: false                                   # default
    include: []                                               # default
    baseline: .trueline/baseline.json                         # default
    suppress: { inline: true, require-reason: ours, require-owner: false }  # default
    # also, for its folder: infra/trueline.yaml
    exit 0"
  `);
  expect(await output('config show', 'infra')).toContain(
    'fail-on: high                                             # ../trueline.yaml:2\n',
  );
});

test('the summary counts what was read, judged and decided', async () => {
  here.write({ 'infra/more.tf': `${bucket('pears')}${bucket('plums')}resource "aws_apple_tree" "old" {}\n` });
  const { out } = await here.run('scan --format json --policy CKV_AWS_21,aws-sqs-*');
  expect(JSON.parse(out).summary).toMatchInlineSnapshot(`
    {
      "baseline": {
        "matched": 0,
        "stale": 0,
      },
      "exitCode": 1,
      "files": 2,
      "incomplete": false,
      "notInstantiated": 0,
      "notRead": [
        {
          "count": 1,
          "kind": "Helm chart",
          "remedy": "helm template web | trueline scan -",
        },
      ],
      "outcomes": {
        "fail": 2,
        "pass": 0,
        "skip": 0,
        "suppressed": 0,
        "unknown": 1,
      },
      "policies": 2,
      "resources": 4,
      "resourcesWithoutTable": 1,
      "roots": 1,
      "severities": {
        "critical": 0,
        "high": 0,
        "info": 0,
        "low": 0,
        "medium": 2,
      },
      "suppressionsUnused": 0,
      "typesWithoutTable": [
        "aws_apple_tree",
      ],
      "unknownReasons": {
        "variable-without-value": 1,
      },
      "unreadableFiles": 0,
      "waitingFor": [
        {
          "count": 1,
          "reason": "variable-without-value",
          "root": "infra",
          "subject": "var.keep",
        },
      ],
    }
  `);
});

test('--report writes further reports, folders made; a comma list as well', async () => {
  const line =
    'scan --format compact --policy CKV_AWS_21 --report json=out/a/report.json,sarif=out/b.sarif --report junit=c.xml';
  here.write({ 'infra/more.tf': bucket('pears') });
  const { code, out } = await here.run(line);
  expect([code, out.split('\n').length]).toEqual([1, 2]);
  expect(JSON.parse(here.read('out/a/report.json')).findings.length).toBe(1);
  expect(JSON.parse(here.read('out/b.sarif')).version).toBe('2.1.0');
  expect(here.read('c.xml')).toContain('<testsuite name="trueline"');
});

test('policies are chosen by ids, globs, aliases and comma lists; suppressed and expired comments', async () => {
  const id = 'aws-s3-bucket-versioning-enabled';
  here.write({
    'infra/more.tf': `# trueline:ignore ${id} reason="ripe" until=2026-11-22 owner=web\n${bucket('pears')}`,
  });
  const policies = async (line: string) => {
    const { findings } = JSON.parse((await here.run(`scan --format json ${line}`)).out);
    return [...new Set(findings.map(({ policy }: { policy: string }) => policy))];
  };
  expect(await policies(`--policy ${id},CKV_AWS_18`)).toEqual(['aws-s3-bucket-logging-enabled']);
  expect(await policies('--policy aws-s3-*-enabled')).toEqual(['aws-s3-bucket-logging-enabled']);
  expect(await policies('--policy aws-s3-*-enabled --skip-policy CKV_AWS_18')).toEqual([]);
  expect(await policies(`--policy ${id} --no-inline-suppressions`)).toEqual([id]);
  const expired = await here.run(`scan --policy ${id} --as-of 2026-11-23`);
  expect(expired.code).toBe(1);
  expect(expired.out).toContain('expired on 2026-11-22 (owner web: "ripe")');
});

test('colour where it is wanted', async () => {
  here.write({ 'infra/more.tf': bucket('pears') });
  const coloured = async (line: string, terminal: Parameters<Workspace['run']>[1] = {}) =>
    (await here.run(`scan --policy CKV_AWS_21 ${line}`, terminal)).out.includes('\u001b[');
  expect(await coloured('')).toBe(false);
  expect(await coloured('', { isTerminal: true })).toBe(true);
  expect(await coloured('--color never', { isTerminal: true })).toBe(false);
  expect(await coloured('--color always')).toBe(true);
  expect(await coloured('', { isTerminal: true, environment: { NO_COLOR: '1' } })).toBe(false);
  expect(await coloured('--color always', { environment: { NO_COLOR: '1' } })).toBe(true);
  expect(await coloured('', { environment: { FORCE_COLOR: '1' } })).toBe(true);
});
