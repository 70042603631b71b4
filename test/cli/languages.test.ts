import { afterEach, describe, expect, test } from 'vitest';
import { diagnosticLines, VERSIONING, type Workspace, workspace } from './workspace.js';

let here: Workspace;

afterEach(() => here.remove());

const open = (files: Readonly<Record<string, string>>): Workspace => {
  here = workspace(files);
  return here;
};

const INCOMPLETE = 'trueline: 1 file or folder was not read, or not whole; the report is incomplete\n';
const PRIVILEGED = 'scan --format compact --policy k8s-container-not-privileged';

const pipe = (text: string) => ({ readInput: () => new TextEncoder().encode(text) });

const template = (status: string, head = '') =>
  `${head}Resources:\n  Apples:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: orchard-apples\n      VersioningConfiguration:\n        Status: ${status}\n`;

const KEEP = 'Parameters:\n  Keep:\n    Type: String\n';

const pod = (name: string, isPrivileged = true, metadata = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: bakery\n${metadata}spec:\n  containers:\n    - name: oven\n      image: bakery/oven:1.0.0\n      securityContext:\n        privileged: ${isPrivileged}\n`;

const PLAN = `${JSON.stringify({
  format_version: '1.2',
  terraform_version: '1.11.4',
  planned_values: { root_module: {} },
  resource_changes: [
    {
      address: 'aws_s3_bucket.apples',
      mode: 'managed',
      type: 'aws_s3_bucket',
      name: 'apples',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: { actions: ['create'], before: null, after: { bucket: 'orchard-apples' }, after_unknown: { id: true } },
    },
  ],
})}\n`;

const SOURCE = '\nresource "aws_s3_bucket" "apples" {\n  bucket = "orchard-apples"\n}\n';

const unversioned = (place: string, address: string) =>
  `${place}: medium aws-s3-bucket-versioning-enabled: Bucket orchard-apples does not keep old versions of its objects [${address}]\n`;

const privileged = (place: string, name: string) =>
  `${place}: high k8s-container-not-privileged: Container oven of ${name} is privileged [Pod/bakery/${name}]\n`;

describe('standard input', () => {
  const nothing = '-: error nothing-read: Standard input holds neither a plan, a state, a template nor a manifest.\n';
  test.each([
    [
      'a stream of manifests',
      `${pod('bread')}---\n${pod('cake', false)}---\n${pod('tart')}`,
      1,
      privileged('-:11:21', 'bread') + privileged('-:35:21', 'tart'),
      '',
    ],
    ['a template', template('Suspended'), 1, unversioned('-:7:17', 'Apples'), ''],
    [
      'a template in JSON',
      '{"Resources":{"Apples":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"orchard-apples"}}}}',
      1,
      unversioned('-:1:15', 'Apples'),
      '',
    ],
    ['a plan', PLAN, 1, unversioned('-:1:110', 'aws_s3_bucket.apples'), ''],
    ['what is fine', pod('bread', false), 0, '', ''],
    ['garbage', 'bread and cake\n', 3, nothing, INCOMPLETE],
    ['nothing', '', 3, nothing, INCOMPLETE],
  ])('%s', async (_, text, code, out, err) => {
    const line = 'scan --format compact --policy aws-s3-bucket-versioning-enabled,k8s-container-not-privileged -';
    expect(await open({ 'ignored.yaml': pod('ignored') }).run(line, pipe(text))).toEqual({ code, out, err });
  });

  test('is read once more beside files, and has no earlier version', async () => {
    const { run } = open({ 'pods.yaml': pod('cake') });
    expect(await run(`${PRIVILEGED} - pods.yaml`, pipe(pod('bread')))).toEqual({
      code: 1,
      out: privileged('-:11:21', 'bread') + privileged('pods.yaml:11:21', 'cake'),
      err: '',
    });
    expect(await run(`${PRIVILEGED} --since HEAD -`, pipe(pod('bread')))).toEqual({
      code: 2,
      out: '',
      err: 'error: "--since" compares with an earlier version, and "-" has none: leave "--since" out.\n',
    });
  });
});

describe('--type', () => {
  test('says what a file is, whatever it looks like', async () => {
    const { run } = open({ 'oven.txt': pod('bread').replace('apiVersion: v1\n', ''), 'notes.txt': 'bread and cake\n' });
    expect((await run(`${PRIVILEGED} oven.txt`)).err).toBe('trueline: "oven.txt": not an input, not read\n');
    here.write({ 'oven.txt': `{ "metadata": 1 }\n---\n${pod('bread')}` });
    expect(await run(`${PRIVILEGED} --type kubernetes oven.txt`)).toEqual({
      code: 1,
      out: privileged('oven.txt:13:21', 'bread'),
      err: '',
    });
  });

  test.each([
    ['kubernetes', 'notes.txt: error nothing-read: "notes.txt" holds no manifest: nothing has a "kind".'],
    [
      'cloudformation',
      'notes.txt:1:1: error cfn-not-a-mapping: A template is a mapping with "Resources"; this is none, and is not read.',
    ],
    ['terraform-plan', 'notes.txt:1:1: error plan-invalid: "notes.txt" cannot be read: the text is no JSON object.'],
    ['terraform-state', 'notes.txt:1:1: error state-invalid: "notes.txt" cannot be read: the text is no JSON object.'],
  ])('that something is %s and is not, is an error', async (type, out) => {
    const { run } = open({ 'notes.txt': 'bread and cake\n' });
    expect(await run(`${PRIVILEGED} --type ${type} notes.txt`)).toEqual({ code: 3, out: `${out}\n`, err: INCOMPLETE });
  });

  test('a folder has no type', async () => {
    expect(await open({ 'pods/pod.yaml': pod('bread') }).run('scan --type kubernetes pods')).toEqual({
      code: 2,
      out: '',
      err: 'error: "--type" says what files are: name the files, or "-" for standard input.\n',
    });
  });

  test('forces a file that would have to be rendered', async () => {
    const { run } = open({ 'chart/Chart.yaml': 'name: bakery\n', 'chart/templates/pod.yaml': pod('bread') });
    expect(await run(`${PRIVILEGED} --type kubernetes chart/templates/pod.yaml`)).toEqual({
      code: 1,
      out: privileged('chart/templates/pod.yaml:11:21', 'bread'),
      err: '',
    });
  });
});

describe('--parameters', () => {
  const FILES = {
    'stack.yaml': template('!Ref Keep', KEEP),
    'infra/main.tf': 'locals {}\n',
    'cli.json': '[{ "ParameterKey": "Keep", "ParameterValue": "Suspended" }]\n',
    'map.json': '{ "Keep": "Suspended" }\n',
    'map.yaml': 'Keep: Enabled\n',
    'other.json': '{ "Keeep": "Enabled" }\n',
    'list.json': '["apples"]\n',
  };
  const found = unversioned('stack.yaml:10:22', 'Apples');
  test.each([
    ['stack.yaml', 0, '', ''],
    ['stack.yaml --parameters cli.json', 1, found, ''],
    ['stack.yaml --parameters map.json', 1, found, ''],
    ['stack.yaml --parameters map.yaml', 0, '', ''],
    ['stack.yaml --parameters map.json --parameters map.yaml', 0, '', ''],
    [
      'stack.yaml --parameters other.json',
      2,
      '',
      'error: No template declares the parameter "Keeep". Did you mean "Keep"?\n',
    ],
    [
      'stack.yaml --parameters list.json',
      2,
      '',
      `error: "list.json" is no parameter file: give the AWS CLI's JSON, or a map of names and values.\n`,
    ],
    ['stack.yaml --parameters gone.json', 2, '', 'error: The parameter file "gone.json" cannot be read (missing).\n'],
    [
      'infra --parameters map.json',
      2,
      '',
      'error: "--parameters" gives templates their values, and no template is read.\n',
    ],
  ])('%s', async (line, code, out, err) => {
    expect(await open(FILES).run(`${VERSIONING} ${line}`)).toEqual({ code, out, err });
  });

  test('a value that nobody gives is unknown, and is listed', async () => {
    const { run } = open(FILES);
    expect(await run(`${VERSIONING} --include unknown stack.yaml`)).toEqual({
      code: 0,
      out: found.replace(': medium', ': unknown medium').replace('Bucket', 'Perhaps: Bucket'),
      err: '',
    });
  });
});

describe('roots of the configuration and of Git sync', () => {
  const stack = template('!Ref Keep', KEEP);
  const FILES = {
    'stack.yaml': stack,
    'env/prod.json': '[{ "ParameterKey": "Keep", "ParameterValue": "Suspended" }]\n',
  };
  const configured = (roots: string) => ({ ...FILES, 'trueline.yaml': `version: 1\nroot: true\nroots:\n${roots}` });
  const found = unversioned('stack.yaml:10:22', 'Apples');
  const prod = '  - { path: stack.yaml, name: prod, parameters: env/prod.json }\n';
  const dev = '  - { path: stack.yaml, name: dev, parameters: { Keep: Enabled } }\n';
  const sync = 'template-file-path: stack.yaml\nparameters:\n  Keep: Suspended\n';

  test.each<[string, Readonly<Record<string, string>>, string, string[], string]>([
    ['values of a file', configured(prod), found, ['stack.yaml#prod'], ''],
    ['values of its own', configured(dev), '', ['stack.yaml#dev'], ''],
    ['several of one template', configured(dev + prod), found, ['stack.yaml#dev', 'stack.yaml#prod'], ''],
    ['flags count more', configured(dev), found, ['stack.yaml#dev'], ' --parameters env/prod.json'],
    ['a deployment file', { ...FILES, 'deploy/live.yaml': sync }, found, ['deploy/live.yaml'], ''],
    [
      'a deployment file beside a root',
      { ...configured(dev), 'deploy/live.yaml': sync },
      found,
      ['deploy/live.yaml', 'stack.yaml#dev'],
      '',
    ],
    ['a deployment file by itself', { ...FILES, 'deploy/live.yaml': sync }, found, ['deploy/live.yaml'], ' stack.yaml'],
  ])('%s', async (_, files, out, roots, line) => {
    const { run } = open(files);
    expect(await run(`${VERSIONING}${line}`)).toEqual({ code: out === '' ? 0 : 1, out, err: '' });
    const listed = JSON.parse((await run('inputs --format json')).out) as { roots: { root: string }[] };
    expect(listed.roots.map(({ root }) => root)).toEqual(roots);
  });

  test('say where the stack is, else the facts do', async () => {
    const where =
      'Resources:\n  Here:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Sub "${AWS::StackName}-${AWS::Region}-${AWS::AccountId}"\n';
    const { run } = open({
      'stack.yaml': where,
      'trueline.yaml':
        'version: 1\nroot: true\nfacts: { aws_region: { name: eu-central-1 }, aws_account: { account_id: "111122223333" } }\nroots:\n  - { path: stack.yaml, name: a, stack-name: apples, region: eu-west-1, account: 012345670123 }\n  - { path: stack.yaml, name: b, stack-name: pears }\n',
    });
    const { out } = await run('resources --format json');
    const listed = JSON.parse(out) as { resources: { root: string; values: { bucket?: string } }[] };
    const buckets = listed.resources.flatMap(({ root, values: { bucket } }) =>
      bucket === undefined ? [] : [[root, bucket]],
    );
    expect(buckets).toEqual([
      ['stack.yaml#a', 'apples-eu-west-1-012345670123'],
      ['stack.yaml#b', 'pears-eu-central-1-111122223333'],
    ]);
  });

  test.each([
    [
      '{ path: stack.yaml, parameters: { Keeep: Enabled } }',
      'The template "stack.yaml" declares no parameter "Keeep". Did you mean "Keep"?',
    ],
    ['{ path: stack.yaml, parameters: env/pod.json }', 'The parameter file "env/pod.json" does not exist.'],
    [
      '{ path: stack.yaml, workspace: prod }',
      `The root "stack.yaml" is a template: "workspace" and "var-files" are for Terraform's modules.`,
    ],
    [
      '{ path: env, region: eu-west-1 }',
      'The root "env" is a folder: "parameters", "region", "account" and "stack-name" are for templates.',
    ],
    ['{ path: stick.yaml }', 'The root "stick.yaml" does not exist. Did you mean "stack.yaml"?'],
  ])('%s is refused', async (root, message) => {
    const { code, out, err } = await open(configured(`  - ${root}\n`)).run(VERSIONING);
    expect([code, out, err.includes(message)]).toEqual([2, '', true]);
  });
});

test('the summary counts what the PATHs ask for, not what was read to know it', async () => {
  const { run } = open({
    'stacks/one.yaml': template('Enabled'),
    'stacks/two.yaml': template('Suspended'),
    'apps/pod.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: apples}\n',
  });
  const counts = async (path: string) => {
    const { summary } = JSON.parse((await run(`scan --format json ${path}`)).out);
    return [summary.files, summary.roots, summary.resources];
  };
  expect(await counts('stacks/one.yaml')).toEqual([1, 1, 1]);
  expect(await counts('apps')).toEqual([1, 1, 1]);
  expect(await counts('.')).toEqual([3, 3, 3]);
});

test('of what is wrong in a template beside the one that is named only that it was not read is told', async () => {
  const { run } = open({
    'stack.yaml': template('Enabled'),
    'nest.yaml':
      'Resources:\n  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}\n  Gone: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: gone.yaml}}\n',
    'inner.yaml': 'Resources:\n  Apples: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Pears}}\n',
    'broken.yaml': 'Resources:\n  Apples: {Type: AWS::SNS::Topic\n',
  });
  const told = async (path: string) => {
    const { diagnostics } = JSON.parse((await run(`scan --format json ${path}`)).out);
    return diagnostics.map(({ code, file }: { code: string; file: string }) => `${file} ${code}`);
  };
  expect(await told('stack.yaml')).toEqual(['broken.yaml surroundings-not-read']);
  expect(await told('nest.yaml')).toEqual([
    'inner.yaml cfn-unknown-reference',
    'nest.yaml cfn-nested-not-read',
    'broken.yaml surroundings-not-read',
  ]);
  expect((await told('broken.yaml')).length).toBe(1);
});

describe('a plan that is named', () => {
  const own = unversioned('plans/plan.json:1:110', 'aws_s3_bucket.apples');
  const sources = (path: string) => unversioned(`${path}:2:1`, 'aws_s3_bucket.apples');
  const FILES = { 'plans/plan.json': PLAN, 'infra/main.tf': SOURCE, 'empty/notes.txt': '' };
  test.each([
    ['plans/plan.json', 1, own, ''],
    ['plans/plan.json --source infra', 1, sources('infra/main.tf'), ''],
    ['plans/plan.json --source empty', 2, '', 'error: "empty" holds no Terraform configuration.\n'],
    [
      'plans/plan.json --source ../infra',
      2,
      '',
      'error: "../infra" lies outside the project, where nothing is read.\n',
    ],
    [
      'infra --source infra',
      2,
      '',
      'error: "--source" says what a plan was made of: name the plan, or "-" for standard input.\n',
    ],
  ])('%s', async (line, code, out, err) => {
    expect(await open(FILES).run(`${VERSIONING} ${line}`)).toEqual({ code, out, err });
  });

  test('beside its source gives the places of the source, once', async () => {
    const { run } = open({ 'plan.json': PLAN, 'main.tf': SOURCE });
    const expected = { code: 1, out: sources('main.tf'), err: '' };
    expect(await run(`${VERSIONING} plan.json`)).toEqual(expected);
    expect(await run(`${VERSIONING} plan.json main.tf`)).toEqual(expected);
    expect(await run(`${VERSIONING} -`, pipe(PLAN))).toEqual(expected);
  });

  test('met while walking is only counted', async () => {
    const { run } = open({ 'infra/main.tf': 'locals {}\n', 'infra/plan.json': PLAN });
    const { code, out } = await run(`${VERSIONING.replace('compact', 'json')} infra`);
    const { summary } = JSON.parse(out);
    expect([code, summary.resources, summary.notRead]).toEqual([
      0,
      0,
      [{ kind: 'Terraform plan', count: 1, remedy: 'Name a plan to have it judged.' }],
    ]);
    expect(diagnosticLines(out)).toEqual([
      'infra/plan.json info input-not-judged: "infra/plan.json" is a Terraform plan; it is not read. Name a plan to have it judged.',
    ]);
  });
});

describe('what has to be rendered', () => {
  const FILES = {
    'main.yaml': pod('cake'),
    'web/Chart.yaml': 'apiVersion: v2\nname: web\n',
    'web/values.yaml': 'apiVersion: v1\nkind: Values\n',
    'web/templates/pod.yaml': pod('chart'),
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': pod('base'),
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\nnamePrefix: prod-\n',
    'sweet shop/Chart.yaml': 'apiVersion: v2\nname: shop\n',
  };

  test('is told with the command, and the files that it names are not judged', async () => {
    const { run } = open(FILES);
    const { code, out } = await run(PRIVILEGED.replace('compact', 'json'));
    const { findings } = JSON.parse(out);
    expect([code, findings.map((finding: { location: { file: string } }) => finding.location.file)]).toEqual([
      1,
      ['main.yaml'],
    ]);
    expect(diagnosticLines(out)).toEqual([
      `sweet shop/Chart.yaml warning not-rendered: 2 Helm charts are not rendered (first: "sweet shop"), and are not judged. Render them: helm template 'sweet shop' | trueline scan -`,
      'overlays/prod/kustomization.yaml warning not-rendered: The kustomization "overlays/prod" is not rendered, and is not judged. Render it: kubectl kustomize overlays/prod | trueline scan -',
    ]);
  });

  test('templates of a program are not counted as read, and are told of though nothing is found', async () => {
    const source = '\nResources:\n  Crates:\n    Type: {{ cookiecutter.type }}\n  Apples: {{ cookiecutter.apples }}\n';
    const { run } = open({
      'a/template.yaml': `${source}  Pears: {Type: AWS::S3::Bucket}\n  {% x %}\n`,
      'b.yaml': template('Enabled'),
    });
    const { out } = await run('scan --policy aws-s3-bucket-versioning-enabled');
    expect(out).toContain(
      'warning  The file becomes a template only when its program renders it: scan what\n         it makes.\n  --> a/template.yaml:1:1\n',
    );
    expect(out).toContain('read      1 file in 1 root\n');
  });

  test('a kustomization that changes nothing is read through', async () => {
    const { run } = open({ 'base/kustomization.yaml': 'resources: [pod.yaml]\n', 'base/pod.yaml': pod('base') });
    const { code, out } = await run(PRIVILEGED.replace('compact', 'json'));
    const { findings, summary } = JSON.parse(out);
    expect([code, findings.map((finding: { location: { file: string } }) => finding.location.file)]).toEqual([
      1,
      ['base/pod.yaml'],
    ]);
    expect([diagnosticLines(out), summary.notRead]).toEqual([[], []]);
    expect((await run('inputs .')).out).toBe(
      'base   kubernetes deployment, 1 file, 1 module\n\n1 root, 1 file; 0 not read\n',
    );
    expect(await run(`${PRIVILEGED} base/kustomization.yaml`)).toEqual({
      code: 3,
      out: 'base/kustomization.yaml: error input-kind-not-supported: "base/kustomization.yaml" changes nothing of the manifests that it names: name those, or their folder.\n',
      err: INCOMPLETE,
    });
  });

  test('a folder of which another builds upon is told too, and is not green', async () => {
    const { run } = open(FILES);
    here.remove('base/kustomization.yaml');
    here.write({ 'overlays/prod/kustomization.yaml': 'resources: [../../base/pod.yaml]\nnamePrefix: prod-\n' });
    const { code, out } = await run(`${PRIVILEGED.replace('compact', 'json')} base`);
    expect([code, diagnosticLines(out)]).toEqual([
      3,
      [
        'overlays/prod/kustomization.yaml warning not-rendered: The kustomization "overlays/prod" is not rendered, and is not judged. Render it: kubectl kustomize overlays/prod | trueline scan -',
        'base error nothing-read: Nothing in "base" could be read: there is no Terraform configuration, no template and no manifest, only 1 Kubernetes manifest, which has to be rendered.',
      ],
    ]);
  });

  test.each([
    ['web/templates/pod.yaml', 'a template of a Helm chart', 'helm template web'],
    [
      'base/pod.yaml',
      'a Kubernetes manifest that "overlays/prod/kustomization.yaml" builds upon',
      'kubectl kustomize overlays/prod',
    ],
  ])('named it is an error: %s', async (path, what, command) => {
    expect(await open(FILES).run(`${PRIVILEGED} ${path}`)).toEqual({
      code: 3,
      out: `${path}: error input-kind-not-supported: "${path}" is ${what}; it has to be rendered: ${command} | trueline scan -\n`,
      err: INCOMPLETE,
    });
  });
});

describe('one manifest of several', () => {
  const FILES = {
    'apps/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: bakery\n',
    'apps/cake.yaml': pod('cake'),
    'net/policy.yaml':
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: closed\n  namespace: bakery\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]\n',
  };
  const line =
    'scan --format compact --set all --policy k8s-namespace-default-deny-ingress,k8s-container-not-privileged apps/namespace.yaml';

  test('is judged with its siblings, and only its own is reported', async () => {
    const { run, remove } = open(FILES);
    expect(await run(line)).toEqual({ code: 0, out: '', err: '' });
    remove('net');
    expect(await run(line)).toEqual({
      code: 1,
      out: 'apps/namespace.yaml:2:1: low k8s-namespace-default-deny-ingress: Namespace bakery has no network policy that denies by default [Namespace/bakery]\n',
      err: '',
    });
  });
});

test('what would supply a value is said in the words of its language', async () => {
  const rule = '{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Open}';
  const { run } = open({
    'gate.yaml': `Parameters:\n  Open: {Type: String}\nResources:\n  Gate:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: gate\n      SecurityGroupIngress: [${rule}]\n`,
    'oven.yaml': pod('bread').replace('privileged: true', 'privileged: ${ROOT}'),
    'nameless.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: cake}\nspec: {}\n',
  });
  const { out } = await run(
    'scan --include unknown --policy aws-ec2-security-group-ssh-not-open,k8s-container-not-privileged',
  );
  const notes = out.split('\n').filter((line) => /^ {3}= (?:parameter|variable|"|the value)/.test(line));
  expect(notes).toEqual([
    '   = parameter "Open" has no value: give --parameters',
    '   = the value of "containers" is not one that the policy can judge',
    '   = "${ROOT}" is put in by another program: scan what it makes',
  ]);
});

test('a namespace that only others name is not reported with a file that is named', async () => {
  const denied = (namespace: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: closed, namespace: ${namespace}}\nspec: {podSelector: {}}\n`;
  const { run } = open({ 'own/a.yaml': denied('bakery'), 'other/b.yaml': denied('mill') });
  const { code, out } = await run('scan own --format json --include pass --policy k8s-namespace-default-deny-ingress');
  const findings: readonly { readonly resource: { readonly address: string } }[] = JSON.parse(out).findings;
  expect([code, findings.map(({ resource }) => resource.address)]).toEqual([0, ['kubernetes/v1/Namespace/bakery']]);
});

describe('what is wrong around a file that is named', () => {
  const BROKEN = 'Resources:\n  Apples: {Type: AWS::S3::Bucket\n';
  const FILES = {
    'own.yaml': template('Suspended'),
    'other.yaml': template('Suspended').replace('orchard-apples', '!Ref Nobody'),
    'broken/a.yaml': BROKEN,
    'broken/b.yaml': `${pod('bread')}  {`,
    'broken/c.yaml': BROKEN,
  };

  test('is not its own, and that it was not read is said once', async () => {
    const { run } = open(FILES);
    const json = (paths: string) => run(`scan --format json --policy aws-s3-bucket-versioning-enabled ${paths}`);
    const part = await json('own.yaml');
    expect([part.code, part.err, diagnosticLines(part.out)]).toEqual([
      1,
      '',
      [
        'broken/a.yaml warning surroundings-not-read: 2 files (first: "broken/a.yaml") are not read, or not whole: what is there of what the PATHs refer to is not known.',
      ],
    ]);
    const other = await json('own.yaml other.yaml');
    expect([other.code, diagnosticLines(other.out)[0]]).toEqual([
      1,
      'other.yaml:5:24 warning cfn-unknown-reference: There is no parameter or resource "Nobody".',
    ]);
    expect((await json('.')).code).toBe(3);
    expect((await json('broken')).code).toBe(3);
  });

  test('is its own where it builds upon it', async () => {
    const { run } = open({
      ...FILES,
      'stack.yaml':
        'Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: other.yaml\n',
    });
    const { out } = await run('scan --format json --policy aws-s3-bucket-versioning-enabled stack.yaml');
    expect(diagnosticLines(out)[0]).toBe(
      'other.yaml:5:24 warning cfn-unknown-reference: There is no parameter or resource "Nobody".',
    );
  });
});

describe('suppressed where it is written', () => {
  const ids =
    'scan --format compact --include suppressed --policy aws-s3-bucket-versioning-enabled,k8s-container-not-privileged';
  const comment = '# trueline:ignore k8s-container-not-privileged reason="an oven needs its devices"\n';
  const annotation =
    '  annotations:\n    trueline.dev/ignore: k8s-container-not-privileged reason="an oven needs its devices"\n';
  test.each([
    [
      'a comment',
      pod('bread').replace('        privileged', `        ${comment}        privileged`),
      privileged('own.yaml:12:21', 'bread'),
    ],
    ['an annotation', pod('bread', true, annotation), privileged('own.yaml:13:21', 'bread')],
    [
      "another scanner's annotation",
      pod('bread', true, '  annotations:\n    checkov.io/skip1: CKV_K8S_16=an oven needs its devices\n'),
      privileged('own.yaml:13:21', 'bread'),
    ],
    [
      'a comment in a template',
      template('Suspended # trueline:ignore aws-s3-bucket-versioning-enabled reason="kept elsewhere"'),
      unversioned('own.yaml:7:17', 'Apples'),
    ],
    [
      "another scanner's comment at the end of a block",
      'Resources:\n  Apples:\n    Type: AWS::S3::Bucket # checkov:skip=CKV_AWS_21:kept elsewhere\n',
      'own.yaml:2:3: medium aws-s3-bucket-versioning-enabled: Bucket Apples does not keep old versions of its objects [Apples]\n',
    ],
    [
      'Metadata',
      `${template('Suspended')}    Metadata:\n      trueline:\n        ignore:\n          - id: aws-s3-bucket-versioning-enabled\n            reason: kept elsewhere\n`,
      unversioned('own.yaml:7:17', 'Apples'),
    ],
    [
      "another scanner's Metadata",
      `${template('Suspended')}    Metadata:\n      checkov:\n        skip:\n          - id: CKV_AWS_21\n            comment: kept elsewhere\n`,
      unversioned('own.yaml:7:17', 'Apples'),
    ],
  ])('by %s', async (_, text, out) => {
    const { run } = open({ 'own.yaml': text });
    expect(await run(ids)).toEqual({ code: 0, out: out.replace(/: (medium|high) /, ': suppressed $1 '), err: '' });
    expect(await run(`${ids} --no-inline-suppressions`)).toEqual({ code: 1, out, err: '' });
  });
});

describe('listings', () => {
  const FILES = {
    'stack.yaml': template('!Ref Keep', KEEP),
    'pods/pod.yaml': pod('bread'),
    'other/pod.yaml': pod('cake'),
  };
  test.each(['inputs stack.yaml', 'inputs pods', 'resources stack.yaml', 'resources pods', 'resources -'])(
    '%s',
    async (line) => {
      const { code, out, err } = await open(FILES).run(line, pipe(pod('tart')));
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatchSnapshot();
    },
  );
});

describe('--since', () => {
  test('shows only what is new of a template and a manifest', async () => {
    const { run, git, write } = open({
      'stack.yaml': template('Suspended'),
      'pod.yaml': pod('bread'),
      'main.tf': SOURCE,
    });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'Plant');
    const line =
      'scan --since HEAD --format compact --policy aws-s3-bucket-versioning-enabled,k8s-container-not-privileged';
    const err = 'trueline: only what is new since HEAD is reported\n';
    expect(await run(line)).toEqual({ code: 0, out: '', err });
    const more = template('Suspended').replace('Resources:\n', '').replace('Apples', 'Pears');
    write({ 'stack.yaml': template('Suspended') + more, 'pod.yaml': `${pod('bread')}---\n${pod('cake')}` });
    const expected = privileged('pod.yaml:23:21', 'cake') + unversioned('stack.yaml:13:17', 'Pears');
    expect(await run(line)).toEqual({ code: 1, out: expected, err });
    write({ 'stack.yaml': template('Suspended'), 'pod.yaml': pod('bread'), 'tart.yaml': pod('tart') });
    expect(await run(line)).toEqual({ code: 1, out: privileged('tart.yaml:11:21', 'tart'), err });
  });
});

describe('reports for programs', () => {
  const FILES = { 'stack.yaml': template('Suspended') };
  test.each(['stack.yaml', '-'])('of %s', async (path) => {
    const { run } = open(FILES);
    const report = async (format: string) =>
      (
        await run(
          `scan --format ${format} --policy aws-s3-bucket-versioning-enabled ${path}`,
          pipe(template('Suspended')),
        )
      ).out;
    const [sarif] = JSON.parse(await report('sarif')).runs;
    const artifactLocation = { uri: path, uriBaseId: 'SRCROOT' };
    const region = { startLine: 7, startColumn: 17, endLine: 7, endColumn: 26 };
    expect(sarif.results.map((result: { locations: unknown }) => result.locations)).toEqual([
      [{ physicalLocation: { artifactLocation, region } }],
    ]);
    const gitlab = JSON.parse(await report('gitlab'));
    expect(gitlab.map((one: { location: unknown }) => one.location)).toEqual([{ path, lines: { begin: 7 } }]);
    const [, name, file] = /<testcase [^>]*name="([^"]*)" file="([^"]*)" line="7">/.exec(await report('junit')) ?? [];
    expect([name, file]).toEqual([`${path}: Apples`, path]);
  });
});

describe('what a program generated', () => {
  const metadata = (...more: object[]) => ({
    '/App/Apples/Resource': [{ type: 'aws:cdk:logicalId', data: 'ApplesF00D' }, ...more],
  });
  const assembly = (of: object) => ({
    'cdk.out/cdk.out': '{"version":"55.0.0"}',
    'cdk.out/manifest.json': JSON.stringify({
      artifacts: {
        App: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: 'App.template.json' },
          metadata: of,
        },
      },
    }),
    'cdk.out/App.template.json': '{\n "Resources": {\n  "ApplesF00D": {"Type": "AWS::S3::Bucket"}\n }\n}\n',
    'bin/app.ts': 'const app = new App();\nnew Bucket(app, "Apples");\n',
  });
  const created = {
    type: 'aws:cdk:creationStack',
    data: ['new App (bin/app.ts:1:13)', 'main (/build/bin/app.ts:2:1)'],
  };
  const line = (format: string) => `scan --format ${format} --policy aws-s3-bucket-versioning-enabled cdk.out`;

  test('is shown by its construct, at the template', async () => {
    const { run } = open(assembly(metadata()));
    expect((await run(line('text'))).out.split('\n').slice(0, 5)).toEqual([
      'medium  S3 buckets keep old versions of their objects',
      '  --> cdk.out/App.template.json:3:3  App/Apples/Resource (ApplesF00D)',
      '   |',
      ' 3 |   "ApplesF00D": {"Type": "AWS::S3::Bucket"}',
      '   |   ^^^^^^^^^^^^ versioning is not set',
    ]);
    const [finding] = JSON.parse((await run(line('json'))).out).findings;
    expect([finding.resource.construct, finding.location.file, finding.also]).toEqual([
      'App/Apples/Resource',
      'cdk.out/App.template.json',
      [],
    ]);
  });

  test('is shown where the program creates it, if that is told', async () => {
    const { run } = open(assembly(metadata(created)));
    const [finding] = JSON.parse((await run(line('json'))).out).findings;
    const where = { file: 'bin/app.ts', startLine: 2, startColumn: 1, endLine: 2, endColumn: 27 };
    expect([finding.location, finding.cause, finding.also]).toEqual([
      where,
      where,
      [{ file: 'cdk.out/App.template.json', startLine: 3, startColumn: 3, endLine: 3, endColumn: 15 }],
    ]);
    const [sarif] = JSON.parse((await run(line('sarif'))).out).runs;
    const [result] = sarif.results;
    expect([result.message.text.split(' Resource: ')[1], result.locations]).toEqual([
      'App/Apples/Resource (ApplesF00D).',
      [
        {
          physicalLocation: {
            artifactLocation: { uri: 'bin/app.ts', uriBaseId: 'SRCROOT' },
            region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 27 },
          },
          logicalLocations: [{ fullyQualifiedName: 'App/Apples/Resource', kind: 'resource' }],
        },
      ],
    ]);
  });

  test('is the same finding whether that is told, and whatever its id', async () => {
    const fingerprints: string[] = [];
    for (const of of [metadata(), metadata(created)]) {
      const { run, remove } = open(assembly(of));
      fingerprints.push(JSON.parse((await run(line('json'))).out).findings[0].fingerprint);
      remove();
    }
    expect(new Set(fingerprints).size).toBe(1);
  });
});

describe('what SAM generates', () => {
  test('is hidden by the metadata of what it is generated of', async () => {
    const { run } = open({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Bake:
    Type: AWS::Serverless::Function
    Metadata: {trueline: {ignore: [{id: aws-lambda-function-url-authenticated, reason: open to all}]}}
    Properties:
      Handler: oven.bake
      Runtime: nodejs22.x
      InlineCode: x
      FunctionUrlConfig: {AuthType: NONE}
`,
    });
    const policy = '--policy aws-lambda-function-url-authenticated --include suppressed';
    expect(await run(`scan --format compact ${policy}`)).toEqual({
      code: 0,
      out: 'template.yaml:10:37: suppressed high aws-lambda-function-url-authenticated: Function URL BakeUrl asks nobody who they are [BakeUrl]\n',
      err: '',
    });
  });
});

describe('a nested template that is found by its name', () => {
  test('is said to be assumed', async () => {
    const { run } = open({
      'main.yaml':
        'Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: https://bakery.s3.amazonaws.com/stacks/inner.yaml\n',
      'stacks/inner.yaml': template('Suspended'),
    });
    const json = JSON.parse((await run(VERSIONING.replace('compact', 'json'))).out);
    expect(json.findings.map((one: { assumed: string[] }) => one.assumed)).toEqual([['nested template found by name']]);
    expect((await run(VERSIONING.replace('compact', 'text'))).out).toContain(
      '   = assumed: the nested template is the one that its address ends with\n',
    );
  });
});
