import { describe, expect, it } from 'vitest';
import { type Baseline, parseBaseline, renderBaseline } from '../../src/findings/baseline.js';
import { type BuildFindingsInput, buildFindings } from '../../src/findings/build-findings.js';
import { addressFrom, withoutInstanceKeys } from '../../src/findings/fingerprint.js';
import { DEFAULT_RULES, type FindingRules } from '../../src/findings/rules.js';
import type { Value } from '../../src/model/value.js';
import { emptyObject, stringValue } from '../../src/model/values.js';
import { LineIndex } from '../../src/source/line-index.js';
import type { SourceRange } from '../../src/source/source-file.js';
import { at, block, call, chain, comment, evaluation, file, graph, place, policy, resource } from './sample-graph.js';

const crates = file(
  'modules/crates/main.tf',
  `resource "aws_s3_bucket" "this" {
  bucket = var.name
}
resource "aws_s3_bucket_versioning" "this" {
  status = var.status
}
variable "status" { default = "Off" }
`,
);
const orchard = file(
  'orchard/main.tf',
  `# trueline:ignore aws-versioning reason="harvest" until=2027-01-31 owner=press
module "crates" {
  source = "../modules/crates"
  status = var.keep
}
module "barrels" {
  source = "../modules/crates"
}
# tfsec:ignore:aws-s3-enable-versioning
resource "aws_s3_bucket" "cellar" {
  # checkov:skip=CKV_AWS_21:cool enough
  bucket = "cellar"
}
`,
);
const tfvars = file('orchard/terraform.tfvars', 'keep = "Suspended"\n');

const cratesCall = call(orchard, 'module "crates" {', 'module.crates');
const barrelsCall = call(orchard, 'module "barrels" {', 'module.barrels');
const versioningBlock = block(crates, 'resource "aws_s3_bucket_versioning" "this" {');
const policies = new Map(
  [
    policy('aws-versioning', { aliases: ['CKV_AWS_21', 'aws-s3-enable-versioning'] }),
    policy('aws-logging', { severity: 'high' }),
  ].map((one) => [one.id, one]),
);

function bucket(root: string, address: string, through = cratesCall) {
  const prefix = address.slice(0, address.lastIndexOf('aws_s3_bucket'));
  const member = `${prefix}aws_s3_bucket_versioning.this`;
  const calls = [through];
  return resource(root, address, {
    ...block(crates, 'resource "aws_s3_bucket" "this" {'),
    folder: 'modules/crates',
    calls,
    values: {
      ...emptyObject(),
      entries: new Map([
        ['versioning', { ...emptyObject(), entries: new Map([['status', stringValue('Suspended')]]) }],
      ]),
    },
    members: [{ address: member, type: 'aws_s3_bucket_versioning', path: 'versioning', ...versioningBlock, calls }],
    declaredIn: new Map([['versioning', member]]),
  });
}

const byTfvars = chain(
  ['written', at(crates, 'var.status')],
  ['argument', at(orchard, 'var.keep'), 'status'],
  ['variable', at(orchard, 'var.keep'), 'var.keep'],
  ['tfvars', at(tfvars, '"Suspended"'), 'keep'],
);
const byDefault = chain(['written', at(crates, 'var.status')], ['variable-default', at(crates, '"Off"'), 'var.status']);

const apple = bucket('orchard', 'module.crates["apple"].aws_s3_bucket.this');
const pear = bucket('orchard', 'module.crates["pear"].aws_s3_bucket.this');
const barrel = bucket('orchard', 'module.barrels.aws_s3_bucket.this', barrelsCall);
const cellar = resource('orchard', 'aws_s3_bucket.cellar', block(orchard, 'resource "aws_s3_bucket" "cellar" {'));

function build(input: Partial<BuildFindingsInput>) {
  return buildFindings({
    evaluations: [],
    graph: graph(apple, pear, barrel, cellar),
    policies,
    comments: [],
    rules: DEFAULT_RULES,
    asOf: '2026-11-22',
    include: new Set(),
    roots: [{ root: 'orchard', kind: 'deployment' }],
    ...input,
  });
}

const fails = [pear, apple].map((on) =>
  evaluation('aws-versioning', on, { place: place(on, 'versioning.status', byTfvars) }),
);

function show(range: SourceRange | null): string | null {
  if (range === null) return null;
  const index = new LineIndex(range.file.text);
  const [from, to] = [index.position(range.start), index.position(range.end)];
  return `${range.file.path}:${from.line}:${from.column}-${to.line}:${to.column}`;
}

describe('one cause', () => {
  it('is one finding with its instances, the way of its value, and the line to change', () => {
    const { findings, outcomes, severities } = build({ evaluations: fails });
    expect(findings).toHaveLength(1);
    const { location, cause, via, instances, resourceLocation, ...rest } = findings[0]!;
    expect([location, cause, resourceLocation].map(show)).toEqual([
      'modules/crates/main.tf:5:12-5:22',
      'orchard/terraform.tfvars:1:8-1:19',
      'modules/crates/main.tf:4:1-6:2',
    ]);
    expect(via.map(({ kind, name, range, external }) => [kind, name, show(range), external])).toEqual([
      ['tfvars', 'keep', 'orchard/terraform.tfvars:1:8-1:19', false],
      ['argument', 'status', 'orchard/main.tf:4:12-4:20', false],
      ['call', 'module.crates', 'orchard/main.tf:2:1-2:18', false],
    ]);
    expect(instances).toEqual([
      { root: 'orchard', address: 'module.crates["apple"].aws_s3_bucket.this' },
      { root: 'orchard', address: 'module.crates["pear"].aws_s3_bucket.this' },
    ]);
    expect(rest).toMatchObject({
      policy: 'aws-versioning',
      severity: 'medium',
      message: 'module.crates["apple"].aws_s3_bucket.this fails',
      declaredIn: 'module.crates["apple"].aws_s3_bucket_versioning.this',
      element: null,
      attribute: 'versioning.status',
      isMissing: false,
      actual: '"Suspended"',
      fixable: true,
      suppression: null,
      resource: {
        root: 'orchard',
        address: 'module.crates["apple"].aws_s3_bucket.this',
        type: 'aws_s3_bucket',
        region: 'eu-central-1',
        account: null,
      },
    });
    expect(outcomes).toEqual({ pass: 0, fail: 2, unknown: 0, skip: 0, suppressed: 0 });
    expect(severities).toEqual({ critical: 0, high: 0, medium: 1, low: 0, info: 0 });
  });

  it('in a module is one line for all roots, with one fingerprint', () => {
    const cider = bucket(
      'cider',
      'module.store.aws_s3_bucket.this',
      call(file('cider/main.tf', 'module "store" {\n}\n'), 'module "store" {', 'module.store'),
    );
    const examples = bucket('a-example', 'module.demo.aws_s3_bucket.this');
    const evaluations = [cider, examples, barrel].map((on) =>
      evaluation('aws-versioning', on, { place: place(on, 'versioning.status', byDefault) }),
    );
    const { findings } = build({
      evaluations,
      graph: graph(cider, examples, barrel),
      roots: [
        { root: 'orchard', kind: 'deployment' },
        { root: 'cider', kind: 'module' },
        { root: 'a-example', kind: 'example' },
      ],
    });
    expect(findings.map(({ cause, instances }) => [show(cause), instances.map(({ root }) => root)])).toEqual([
      ['modules/crates/main.tf:7:31-7:36', ['cider', 'orchard', 'a-example']],
    ]);
    const alone = (on: typeof cider) =>
      build({ evaluations: evaluations.filter((one) => one.resource === on.key), graph: graph(on) }).findings[0]
        ?.fingerprint;
    expect(new Set([alone(cider), alone(barrel), alone(examples)]).size).toBe(1);
  });

  it('in two places is two findings', () => {
    const other = evaluation('aws-versioning', barrel, { place: place(barrel, 'versioning.status', byDefault) });
    const { findings } = build({ evaluations: [...fails, other] });
    expect(findings.map(({ cause }) => show(cause))).toEqual(
      ['modules/crates/main.tf:7:31-7:36', 'orchard/terraform.tfvars:1:8-1:19'].sort(),
    );
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('does not depend on the order of the outcomes', () => {
    const evaluations = [
      ...fails,
      evaluation('aws-logging', cellar, { severity: 'high', place: place(cellar, 'logging') }),
    ];
    const forwards = build({ evaluations });
    expect(build({ evaluations: [...evaluations].reverse() })).toEqual(forwards);
    expect(forwards.findings.map(({ severity }) => severity)).toEqual(['high', 'medium']);
  });
});

describe('places', () => {
  it('of what is missing are the header of the block', () => {
    const { findings } = build({
      evaluations: [evaluation('aws-logging', cellar, { place: place(cellar, 'logging') })],
    });
    expect(
      findings.map(({ location, cause, isMissing, declaredIn }) => [
        show(location),
        show(cause),
        isMissing,
        declaredIn,
      ]),
    ).toEqual([['orchard/main.tf:10:1-10:36', 'orchard/main.tf:10:1-10:36', true, null]]);
  });

  it('count a default of the type as missing', () => {
    const origin = chain(['default-of-type', at(orchard, 'bucket = "cellar"')]);
    const { findings } = build({
      evaluations: [evaluation('aws-logging', cellar, { place: place(cellar, 'logging', origin) })],
    });
    expect(findings.map(({ location, isMissing }) => [show(location), isMissing])).toEqual([
      ['orchard/main.tf:10:1-10:36', true],
    ]);
  });

  it('in a remote module are the call in the own code, and the real one in via', () => {
    const remote = file(
      'orchard/.terraform/modules/press/main.tf',
      'resource "aws_s3_bucket" "juice" {\n  acl = "public-read"\n}\n',
      true,
    );
    const { range, header } = block(remote, 'resource "aws_s3_bucket" "juice" {');
    const juice = resource('orchard', 'module.barrels.aws_s3_bucket.juice', {
      range,
      header,
      calls: [{ ...barrelsCall, isExternal: true }],
    });
    const evaluations = [
      evaluation('aws-versioning', juice, {
        place: place(juice, 'acl', chain(['written', at(remote, '"public-read"')])),
      }),
      evaluation('aws-logging', juice, { place: place(juice, 'logging') }),
    ];
    const { findings } = build({ evaluations, graph: graph(juice) });
    const call = 'orchard/main.tf:6:1-6:19';
    expect(
      findings.map(({ location, cause, resourceLocation, fixable }) => [
        ...[location, cause, resourceLocation].map(show),
        fixable,
      ]),
    ).toEqual([
      [call, call, 'orchard/.terraform/modules/press/main.tf:1:1-3:2', false],
      [call, call, 'orchard/.terraform/modules/press/main.tf:1:1-3:2', true],
    ]);
    expect(findings[1]?.via.map(({ kind, range: step, external }) => [kind, show(step), external])).toEqual([
      ['resource', 'orchard/.terraform/modules/press/main.tf:2:9-2:22', true],
    ]);
  });

  it("of a stand-in are its companion's", () => {
    const rules = file(
      'orchard/rules.tf',
      'resource "aws_vpc_security_group_ingress_rule" "ssh" {\n  cidr_ipv4 = "0.0.0.0/0"\n}\n',
    );
    const rule = block(rules, 'resource "aws_vpc_security_group_ingress_rule" "ssh" {');
    const address = 'aws_vpc_security_group_ingress_rule.ssh';
    const group = resource('orchard', 'var.sg_id', {
      type: 'aws_security_group',
      presence: 'stand-in',
      members: [{ address, type: 'aws_vpc_security_group_ingress_rule', path: 'ingress[0]', ...rule, calls: [] }],
      declaredIn: new Map([['ingress[0]', address]]),
    });
    const one = evaluation('aws-logging', group, {
      element: { path: 'ingress[0]', key: address },
      place: place(group, 'ingress[0].cidr_ipv4', chain(['written', at(rules, '"0.0.0.0/0"')])),
    });
    const { findings } = build({ evaluations: [one], graph: graph(group) });
    expect(
      findings.map(({ resource: who, element, declaredIn, location }) => [
        who.address,
        who.type,
        element,
        declaredIn,
        show(location),
      ]),
    ).toEqual([[address, 'aws_vpc_security_group_ingress_rule', 'ingress[0]', null, 'orchard/rules.tf:2:15-2:26']]);
  });

  it('are null for what lives in an account', () => {
    const account = resource('snapshots/1111', 'aws_account/1111', {
      type: 'aws_account',
      language: 'live',
      presence: 'scope',
    });
    const one = evaluation('aws-logging', account, { place: place(account, 'keys') });
    const { findings } = build({
      evaluations: [one],
      graph: graph(account),
      selection: (range) => range === undefined,
    });
    expect(
      findings.map(({ location, cause, fixable, resource: who }) => [location, cause, fixable, who.address]),
    ).toEqual([[null, null, false, 'aws_account/1111']]);
  });
});

describe('what is listed', () => {
  it('is what a path selects, by any of its places', () => {
    const inside = (path: string) => (range: SourceRange | undefined) => range?.file.path === path;
    expect(build({ evaluations: fails, selection: inside('orchard/terraform.tfvars') }).findings).toHaveLength(1);
    expect(build({ evaluations: fails, selection: inside('orchard/main.tf') }).findings).toHaveLength(1);
    expect(build({ evaluations: fails, selection: inside('cider/main.tf') })).toMatchObject({
      findings: [],
      outcomes: { fail: 0 },
    });
  });

  it('is failures, and what is asked for', () => {
    const evaluations = [
      evaluation('aws-versioning', apple, { outcome: 'pass' }),
      evaluation('aws-versioning', pear, { outcome: 'skip' }),
      evaluation('aws-versioning', barrel, {
        outcome: 'unknown',
        unknowns: [{ path: 'versioning', reason: 'variable-without-value', subject: 'var.keep' }],
      }),
      evaluation('aws-logging', cellar),
    ];
    const built = build({ evaluations });
    expect(built.findings.map(({ outcome }) => outcome)).toEqual(['fail']);
    expect(built).toMatchObject({
      outcomes: { pass: 1, fail: 1, unknown: 1, skip: 1, suppressed: 0 },
      waitingFor: [{ root: 'orchard', subject: 'var.keep', reason: 'variable-without-value', count: 1 }],
    });
    expect([...built.unknownReasons]).toEqual([['variable-without-value', 1]]);
    expect(built.undecided.map(({ outcome }) => outcome)).toEqual(['unknown']);
    const all = build({ evaluations, include: new Set(['pass', 'unknown', 'skip']) }).findings;
    expect(all.map(({ outcome, fixable }) => [outcome, fixable]).sort()).toEqual([
      ['fail', true],
      ['pass', false],
      ['skip', false],
      ['unknown', false],
    ]);
  });

  it('is at or above the lowest severity', () => {
    const evaluations = [...fails, evaluation('aws-logging', cellar, { severity: 'high' })];
    expect(build({ evaluations, minSeverity: 'high' })).toMatchObject({
      findings: [{ policy: 'aws-logging' }],
      outcomes: { fail: 1 },
    });
  });
});

describe('suppressions', () => {
  const onCall = comment(orchard, orchard.text.split('\n')[0]!, cratesCall.block);
  const suppressed = (input: Partial<BuildFindingsInput>) => {
    const built = build({ include: new Set(['suppressed']), ...input });
    return {
      hidden: built.findings
        .filter(({ suppression }) => suppression !== null)
        .map(({ resource: who, suppression }) => [who.address, suppression?.kind, suppression?.reason]),
      shown: built.findings.filter(({ suppression }) => suppression === null).map(({ resource: who }) => who.address),
      codes: built.diagnostics.map(({ code }) => code),
    };
  };

  it('on a module call hide everything under it, and nothing else', () => {
    const other = evaluation('aws-versioning', barrel, { place: place(barrel, 'versioning.status', byDefault) });
    expect(suppressed({ evaluations: [...fails, other], comments: [onCall] })).toEqual({
      hidden: [['module.crates["apple"].aws_s3_bucket.this', 'inline', 'harvest']],
      shown: ['module.barrels.aws_s3_bucket.this'],
      codes: [],
    });
    expect(build({ evaluations: fails, comments: [onCall] })).toMatchObject({
      findings: [],
      outcomes: { fail: 0, suppressed: 2 },
    });
  });

  it('on a module call hide what is missing inside it too', () => {
    const missing = evaluation('aws-versioning', apple, { place: place(apple, 'logging') });
    expect(suppressed({ evaluations: [missing], comments: [onCall] })).toMatchObject({ shown: [], codes: [] });
    const elsewhere = evaluation('aws-versioning', barrel, { place: place(barrel, 'logging') });
    expect(suppressed({ evaluations: [elsewhere], comments: [onCall] })).toMatchObject({
      hidden: [],
      codes: ['suppression-unused'],
    });
  });

  it('that expired hide nothing, and the finding says so', () => {
    const built = build({ evaluations: fails, comments: [onCall], asOf: '2027-02-01' });
    expect(built.findings.map(({ expired }) => [expired?.until, expired?.owner, expired?.reason])).toEqual([
      ['2027-01-31', 'press', 'harvest'],
    ]);
    expect(built.diagnostics.map(({ code }) => code)).toEqual(['suppression-expired']);
    expect(build({ evaluations: fails, comments: [onCall], asOf: '2027-01-31' }).findings).toEqual([]);
  });

  it('that hide nothing are said, unless their policy did not run', () => {
    expect(suppressed({ evaluations: [], comments: [onCall] }).codes).toEqual(['suppression-unused']);
    const withoutPolicy = new Map([...policies].filter(([id]) => id === 'aws-logging'));
    const knownPolicies = new Set(['aws-versioning', 'aws-logging']);
    expect(build({ policies: withoutPolicy, knownPolicies, comments: [onCall] }).diagnostics).toEqual([]);
    expect(build({ policies: withoutPolicy, comments: [onCall] }).diagnostics.map(({ message }) => message)).toEqual([
      'No policy is called "aws-versioning".',
    ]);
  });

  const cellarFails = evaluation('aws-versioning', cellar, { place: place(cellar, 'versioning') });
  const attribute = at(orchard, 'bucket = "cellar"');

  it.each([
    ['Checkov, anywhere in the block', '# checkov:skip=CKV_AWS_21:cool enough', attribute, 'cool enough'],
    ['tfsec, above the block', '# tfsec:ignore:aws-s3-enable-versioning', cellar.range, null],
  ])('of others count by alias: %s', (_, text, target, reason) => {
    expect(suppressed({ evaluations: [cellarFails], comments: [comment(orchard, text, target)] })).toEqual({
      hidden: [['aws_s3_bucket.cellar', 'inline', reason]],
      shown: [],
      codes: [],
    });
  });

  it('at another attribute hide nothing', () => {
    const source = file(
      'orchard/main.tf',
      orchard.text.replace('checkov:skip=CKV_AWS_21:cool enough', 'trueline:ignore aws-versioning reason="x"'),
    );
    const here = comment(source, '# trueline:ignore aws-versioning reason="x"', at(source, 'bucket = "cellar"'));
    expect(suppressed({ evaluations: [cellarFails], comments: [here] })).toEqual({
      hidden: [],
      shown: ['aws_s3_bucket.cellar'],
      codes: ['suppression-unused'],
    });
  });

  it('of KICS hide the next line, or the block', () => {
    const source = file(
      'orchard/kics.tf',
      'resource "aws_s3_bucket" "a" {\n  # kics-scan ignore-line\n  acl = "x"\n  log = "y"\n}\n',
    );
    const a = resource('orchard', 'aws_s3_bucket.a', block(source, 'resource "aws_s3_bucket" "a" {'));
    const on = (path: string, text: string, id: string) =>
      evaluation(id, a, { place: place(a, path, chain(['written', at(source, text)])) });
    const evaluations = [on('acl', '"x"', 'aws-versioning'), on('log', '"y"', 'aws-logging')];
    const line = comment(source, '# kics-scan ignore-line', at(source, 'acl = "x"'));
    const result = build({ evaluations, graph: graph(a), comments: [line] });
    expect(result.findings.map(({ policy: id }) => id)).toEqual(['aws-logging']);
  });

  it('are unknown where others name what has no policy here: counted', () => {
    const text = '# checkov:skip=CKV_AWS_21:cool enough';
    const foreign = { ...comment(orchard, text), content: 'checkov:skip=CKV_AWS_999:why' };
    expect(build({ comments: [foreign] })).toMatchObject({ foreignSuppressions: 1, diagnostics: [] });
  });

  it('in the configuration hide by address, ARN or tag, in their root', () => {
    const tagged = {
      ...cellar,
      values: {
        ...emptyObject(),
        entries: new Map<string, Value>([
          ['arn', stringValue('arn:aws:s3:::cellar')],
          ['tags', { ...emptyObject(), entries: new Map([['team', stringValue('press')]]) }],
        ]),
      },
    };
    const by = (suppression: object) =>
      suppressed({
        graph: graph(tagged),
        evaluations: [cellarFails],
        rules: { ...DEFAULT_RULES, suppressions: [{ policy: 'CKV_AWS_21', reason: 'cool', ...suppression }] },
      });
    for (const matching of [
      { address: 'aws_s3_bucket.cellar' },
      { arn: 'arn:aws:s3:::cellar' },
      { arn: 'arn:aws:s3:::cel*' },
      { tag: { key: 'team', value: 'press' } },
      { tag: { key: 'team', value: 'pr?ss' } },
      { address: 'aws_*.cellar' },
      { address: 'aws_s3_bucket.cellar', root: 'orchard' },
    ]) {
      expect(by(matching)).toEqual({ hidden: [['aws_s3_bucket.cellar', 'config', 'cool']], shown: [], codes: [] });
    }
    for (const other of [
      { address: 'aws_s3_bucket.cella' },
      { arn: 'arn:aws:s3:::x' },
      { arn: 'arn:aws:s3:::cel?' },
      { tag: { key: 'team', value: 'mill' } },
      { tag: { key: 'team', value: 'm*' } },
      { address: 'aws_*.mill' },
      { address: 'aws_s3_bucket.cellar', root: 'cider' },
      { address: 'aws_s3_bucket.cellar', until: '2026-11-21' },
    ]) {
      expect(by(other)).toMatchObject({ hidden: [], shown: ['aws_s3_bucket.cellar'] });
    }
  });

  it('hide nothing that is mandatory', () => {
    const rules: FindingRules = { ...DEFAULT_RULES, mandatory: ['severity:medium'] };
    expect(suppressed({ evaluations: fails, comments: [onCall], rules })).toMatchObject({
      hidden: [],
      codes: ['suppression-invalid'],
    });
  });

  it('must have what the configuration asks for', () => {
    const inline = { isEnabled: true, requireReason: 'ours', requireOwner: true, maxDays: 69 } as const;
    expect(suppressed({ evaluations: fails, comments: [onCall], rules: { ...DEFAULT_RULES, inline } })).toMatchObject({
      hidden: [],
      codes: ['suppression-invalid'],
    });
    expect(
      suppressed({
        evaluations: fails,
        comments: [onCall],
        rules: { ...DEFAULT_RULES, inline: { ...inline, maxDays: 70 } },
      }).codes,
    ).toEqual([]);
    expect(
      suppressed({
        evaluations: fails,
        comments: [onCall],
        rules: { ...DEFAULT_RULES, inline: { ...inline, isEnabled: false } },
      }),
    ).toMatchObject({ hidden: [], codes: [] });
  });
});

describe('severities of the configuration', () => {
  it('apply by id, alias, glob and path; the last wins', () => {
    const severities = [
      { policy: 'aws-*', severity: 'critical' as const },
      { policy: 'CKV_AWS_21', severity: 'low' as const, paths: ['modules/**'] },
    ];
    const evaluations = [...fails, evaluation('aws-logging', cellar, { place: place(cellar, 'logging') })];
    const { findings } = build({ evaluations, rules: { ...DEFAULT_RULES, severities } });
    expect(findings.map(({ policy: id, severity }) => [id, severity])).toEqual([
      ['aws-logging', 'critical'],
      ['aws-versioning', 'low'],
    ]);
    const held = build({ evaluations: fails, rules: { ...DEFAULT_RULES, severities, mandatory: ['aws-versioning'] } });
    expect(held.findings.map(({ severity }) => severity)).toEqual(['critical']);
  });

  it('can switch a policy off, with a reason', () => {
    const rules: FindingRules = {
      ...DEFAULT_RULES,
      severities: [{ policy: 'aws-versioning', severity: 'none', reason: 'one crate a day' }],
    };
    expect(
      build({ evaluations: fails, rules, include: new Set(['suppressed']) }).findings.map(({ suppression }) => [
        suppression?.kind,
        suppression?.reason,
      ]),
    ).toEqual([['config', 'one crate a day']]);
  });
});

describe('the baseline', () => {
  const accepted = build({ evaluations: fails }).accepted;

  it('is one entry a line, sorted, and reads back', () => {
    const text = renderBaseline(accepted);
    expect(text).toMatch(
      /^\{\n {2}"version": 1,\n {2}"entries": \[\n {4}\{ "policy": "aws-versioning", "file": "orchard\/terraform\.tfvars", "fingerprint": "v1:[0-9a-f]{24}", "instances": \{ "orchard": \["module\.crates\[\\"apple\\"\]\.aws_s3_bucket\.this", "module\.crates\[\\"pear\\"\]\.aws_s3_bucket\.this"\] \} \}\n {2}\]\n\}\n$/,
    );
    const { baseline, diagnostics } = parseBaseline({ path: '.trueline/baseline.json', text });
    expect(diagnostics).toEqual([]);
    expect(renderBaseline(baseline)).toBe(text);
    expect(build({ evaluations: fails, baseline })).toMatchObject({
      findings: [],
      outcomes: { fail: 0, suppressed: 2 },
      baseline: { matched: 2, stale: 0 },
    });
    expect(renderBaseline({ entries: [] })).toBe('{\n  "version": 1,\n  "entries": []\n}\n');
  });

  it('does not accept a new instance of an accepted cause', () => {
    const plum = bucket('orchard', 'module.crates["plum"].aws_s3_bucket.this');
    const evaluations = [
      ...fails,
      evaluation('aws-versioning', plum, { place: place(plum, 'versioning.status', byTfvars) }),
    ];
    const built = build({ evaluations, graph: graph(apple, pear, plum), baseline: accepted });
    expect(
      built.findings.map(({ instances, acceptedInstances }) => [
        instances.map(({ address }) => address),
        acceptedInstances,
      ]),
    ).toEqual([[['module.crates["plum"].aws_s3_bucket.this'], 2]]);
    expect(built.baseline).toEqual({ matched: 2, stale: 0 });
  });

  it('counts entries that nothing matches, where all they name was looked at', () => {
    expect(build({ baseline: accepted }).baseline).toEqual({ matched: 0, stale: 1 });
    expect(build({ baseline: accepted }).diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['baseline-stale', 'orchard/terraform.tfvars'],
    ]);
    expect(build({ baseline: accepted, roots: [] }).baseline.stale).toBe(0);
  });

  it('follows moved blocks', () => {
    const moved = new Map([['orchard', new Map([['module.crates', 'module.boxes']])]]);
    const boxes = fails.map((_, index) =>
      bucket('orchard', `module.boxes["${index === 0 ? 'pear' : 'apple'}"].aws_s3_bucket.this`),
    );
    const evaluations = boxes.map((on) =>
      evaluation('aws-versioning', on, { place: place(on, 'versioning.status', byTfvars) }),
    );
    const input = { evaluations, graph: graph(...boxes), baseline: accepted };
    expect(build(input).findings).toHaveLength(1);
    expect(build({ ...input, moved }).findings).toEqual([]);
    const ring = new Map([
      [
        'orchard',
        new Map([
          ['module.boxes', 'module.crates'],
          ['module.crates', 'module.boxes'],
        ]),
      ],
    ]);
    expect(build({ ...input, moved: ring }).findings).toEqual([]);
  });

  it('of an earlier revision hides without a trace', () => {
    expect(build({ evaluations: fails, before: accepted })).toMatchObject({
      findings: [],
      outcomes: { fail: 0, suppressed: 0 },
    });
  });

  it('keeps what was accepted before and not looked at now, and accepts only what is reported', () => {
    const other = {
      ...accepted.entries[0]!,
      fingerprint: 'v1:aaaaaaaaaaaaaaaaaaaaaaaa',
      instances: [{ root: 'cider', address: 'aws_s3_bucket.vat' }],
    };
    const evaluations = [...fails, evaluation('aws-versioning', cellar, { place: place(cellar, 'versioning') })];
    const selection = (range: SourceRange | undefined) => range?.file.path === 'modules/crates/main.tf';
    const rewritten = build({ evaluations, selection, baseline: { entries: [other] } }).accepted;
    expect(rewritten.entries).toEqual(
      [accepted.entries[0], other].sort((a, b) => (a!.fingerprint < b!.fingerprint ? -1 : 1)),
    );
    expect(build({ evaluations: [], baseline: accepted }).accepted.entries).toEqual([]);
    expect(build({ evaluations }).present.entries).toHaveLength(2);
  });

  it('that accepted an unknown outcome does not accept a failure', () => {
    const undecided: Baseline = { entries: accepted.entries.map((entry) => ({ ...entry, outcome: 'unknown' })) };
    expect(build({ evaluations: fails, baseline: undecided }).findings).toHaveLength(1);
  });

  it.each([
    ['', 'The baseline is not valid JSON. Write it anew with --write-baseline.'],
    ['[]', 'The baseline has no list "entries".'],
    ['{"version":2,"entries":[]}', 'Version "2" of the baseline is not known; this release reads version 1.'],
    [
      '{"version":1,"entries":[{"policy":"a"}]}',
      'Entry 1 of the baseline needs "policy", "fingerprint" and "instances".',
    ],
    [
      '{"version":1,"entries":[{"policy":"a","fingerprint":"b","instances":{"r":[1]}}]}',
      'Entry 1 of the baseline needs "policy", "fingerprint" and "instances".',
    ],
  ])('%s is said to be wrong', (text, message) => {
    expect(parseBaseline({ path: 'b.json', text })).toEqual({
      baseline: { entries: [] },
      diagnostics: [{ code: 'baseline-invalid', message, path: 'b.json' }],
    });
  });
});

describe('fingerprints', () => {
  const fingerprint = (
    evaluations: readonly ReturnType<typeof evaluation>[],
    input: Partial<BuildFindingsInput> = {},
  ) => build({ evaluations, ...input }).findings[0]?.fingerprint;

  it('survive line shifts, moves between files of a module, other instances and another order', () => {
    const shifted = file('orchard/other.auto.tfvars', `# comment\n\n${tfvars.text}`);
    const moved = chain(
      ['written', at(crates, 'var.status')],
      ['argument', at(orchard, 'var.keep'), 'status'],
      ['tfvars', at(shifted, '"Suspended"'), 'keep'],
    );
    const expected = fingerprint(fails);
    expect(expected).toMatch(/^v1:[0-9a-f]{24}$/);
    expect(fingerprint([evaluation('aws-versioning', pear, { place: place(pear, 'versioning.status', moved) })])).toBe(
      expected,
    );
    expect(fingerprint([...fails].reverse())).toBe(expected);
  });

  it('tell folders, environments, elements, addresses and policies apart', () => {
    const prod = chain(
      ['written', at(crates, 'var.status')],
      ['tfvars', at(file('orchard/env/prod.tfvars', tfvars.text), '"Suspended"'), 'keep'],
    );
    const dev = chain(
      ['written', at(crates, 'var.status')],
      ['tfvars', at(file('orchard/env/dev.tfvars', tfvars.text), '"Suspended"'), 'keep'],
    );
    const with_ = (details: Parameters<typeof evaluation>[2], on = apple, id = 'aws-versioning') =>
      fingerprint([evaluation(id, on, { place: place(on, 'versioning.status', byTfvars), ...details })]);
    const all = [
      with_({}),
      with_({}, apple, 'aws-logging'),
      with_({}, barrel),
      with_({ element: { path: 'x[0]', key: 'north' } }),
      with_({ element: { path: 'x[1]', key: 'south' } }),
      with_({ place: place(apple, 'versioning.status', prod) }),
      with_({ place: place(apple, 'versioning.status', dev) }),
      with_({ place: place(apple, 'versioning.status', byDefault) }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(with_({ element: { path: 'x[7]', key: 'north' } })).toBe(all[3]);
  });

  it('see an address from the module of the cause', () => {
    const address = 'module.a["x.y]"].module.b[0].aws_s3_bucket.c["k"]';
    expect([0, 1, 2, 9].map((depth) => addressFrom(address, depth))).toEqual([
      'module.a.module.b.aws_s3_bucket.c',
      'module.b.aws_s3_bucket.c',
      'aws_s3_bucket.c',
      'aws_s3_bucket.c',
    ]);
    expect(withoutInstanceKeys('aws_x.y[*]')).toBe('aws_x.y');
  });
});
