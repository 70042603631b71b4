import { describe, expect, test } from 'vitest';
import { collectSecrets } from '../../src/collect-secrets.js';
import type { PlanResult } from '../../src/evaluate/terraform-plan/result.js';
import { buildFindings } from '../../src/findings/build-findings.js';
import { DEFAULT_RULES } from '../../src/findings/rules.js';
import { evaluatePolicies, loadPolicies } from '../../src/policy/index.js';
import { policyShapes } from '../../src/read-project.js';
import { REPORT_FORMATS, renderReport } from '../../src/report/index.js';
import { graphOf, readPlanOf } from '../support/evaluate-plans.js';
import { constant, references, samplePlan, written } from '../support/sample-plan.js';
import { REPORT } from './sample-report.js';

/** Tells all that it can, and points at what holds a secret. */
const NOSY = (type: string, attributes: readonly string[]) => ({
  path: `policies/nosy-${type}/policy.yaml`,
  text: `id: nosy-${type.replace(/_/g, '-')}
title: Everything is told
severity: low
resource: ${type}
assert: ${attributes.map((name) => `string(resource.${name}) == "none"`).join(' && ')}
message: "{{ resource }} has ${attributes.map((name) => `{{ resource.${name} }}`).join(' and ')}"
`,
});

/** Everything that a report says of a plan or state, in every format. */
function everything(result: PlanResult): string {
  const shapes = policyShapes();
  const sources = [
    NOSY('aws_db_instance', ['password', 'username', 'identifier']),
    NOSY('aws_ssm_parameter', ['value', 'name']),
    NOSY('aws_s3_bucket', ['bucket']),
  ];
  const { policies, diagnostics } = loadPolicies(sources, shapes);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const graph = graphOf(result);
  const built = buildFindings({
    evaluations: evaluatePolicies(graph, policies, { now: '2026-11-22', shapes }),
    graph,
    policies: new Map(policies.map(({ metadata }) => [metadata.id, metadata])),
    comments: [],
    rules: DEFAULT_RULES,
    asOf: '2026-11-22',
    include: new Set(['pass', 'skip', 'unknown']),
    roots: [{ root: result.root, kind: 'deployment', folder: '' }],
    moved: new Map(),
  } as never);
  expect(built.findings.length).toBeGreaterThan(0);
  const evaluation = { ...result, roots: [], terraform: undefined };
  const secrets = collectSecrets({ evaluation, graph } as never, {});
  const report = {
    ...REPORT,
    findings: built.findings,
    diagnostics: result.diagnostics,
    policies: policies.map(({ metadata }) => metadata),
    secrets,
  };
  return REPORT_FORMATS.map((format) =>
    renderReport(format, report, { color: false, width: 4_000, unicode: true, verbose: true } as never),
  ).join('\n');
}

const SECRET = 'sourdough-4711';
const OTHERS = {
  variable: 'secret-of-a-variable',
  before: 'secret-before-the-run',
  provider: 'secret-of-a-provider',
  marked: 'secret-by-its-mark',
  output: 'secret-of-an-output',
  argument: 'secret-in-an-argument',
  prior: 'secret-of-what-there-was',
};

describe('no report shows what is secret', () => {
  test('in a plan, wherever it stands in it', () => {
    const text = samplePlan({
      variables: { login: OTHERS.variable },
      providers: { aws: { name: 'aws', expressions: { secret_key: constant(OTHERS.provider) } } },
      changes: [
        {
          address: 'aws_db_instance.ledger',
          actions: ['update'],
          before: { password: OTHERS.before, username: 'old', identifier: OTHERS.before },
          beforeSensitive: { password: true },
          after: { password: SECRET, username: SECRET, identifier: `ledger-${OTHERS.variable}` },
          sensitive: { password: true },
        },
        {
          address: 'aws_ssm_parameter.word',
          after: { name: OTHERS.provider, type: 'String', value: OTHERS.marked, description: OTHERS.output },
          sensitive: { value: true },
        },
        { address: 'aws_s3_bucket.a', after: { bucket: OTHERS.argument } },
        { address: 'aws_s3_bucket.b', after: { bucket: OTHERS.prior } },
        { address: 'aws_s3_bucket.c', after: { bucket: OTHERS.before } },
        { address: 'aws_s3_bucket.d', after: { bucket: OTHERS.output } },
        { address: 'aws_s3_bucket.e', after: { bucket: OTHERS.variable } },
      ],
      prior: [
        {
          address: 'aws_db_instance.gone',
          mode: 'managed',
          type: 'aws_db_instance',
          name: 'gone',
          values: { password: OTHERS.prior },
          sensitive_values: {},
        },
      ],
      module: {
        variables: { login: { sensitive: true } },
        resources: [
          written('aws_db_instance.ledger', {
            password_wo: constant(OTHERS.argument),
            password: references('var.login'),
          }),
        ],
      },
      more: { output_changes: { word: { before: null, after: OTHERS.output, after_sensitive: true } } },
    });
    // As Terraform prints it: all on one line, so that what stands beside a place is shown with it.
    for (const plan of [text, JSON.stringify(JSON.parse(text))]) {
      const shown = everything(readPlanOf(plan));
      expect(shown).toContain('(sensitive)');
      for (const secret of [SECRET, ...Object.values(OTHERS)]) expect(shown).not.toContain(secret);
    }
  });

  test('in a state, wherever it stands in it', () => {
    const text = JSON.stringify({
      version: 4,
      terraform_version: '1.11.4',
      outputs: { word: { value: OTHERS.output, type: 'string', sensitive: true } },
      resources: [
        ['aws_db_instance', { password: SECRET, username: SECRET, identifier: OTHERS.output }, []],
        ['aws_ssm_parameter', { name: 'word', value: OTHERS.marked }, [[{ type: 'get_attr', value: 'value' }]]],
        ['aws_s3_bucket', { bucket: OTHERS.marked }, []],
      ].map(([type, attributes, sensitive]) => ({
        mode: 'managed',
        type,
        name: 'x',
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ attributes, sensitive_attributes: sensitive }],
      })),
    });
    const shown = everything(readPlanOf(text, 'terraform.tfstate'));
    expect(shown).toContain('(sensitive)');
    for (const secret of [SECRET, OTHERS.output, OTHERS.marked]) expect(shown).not.toContain(secret);
  });

  test('however short, beside what is shown', () => {
    const text = samplePlan({
      changes: [
        { address: 'aws_db_instance.ledger', after: { identifier: 'ledger', password: 'rye', username: 'bak' } },
      ],
    });
    const shown = everything(readPlanOf(JSON.stringify(JSON.parse(text))));
    expect(shown).toContain('bak');
    expect(shown).not.toMatch(/"password":"rye"/);
  });
});
