import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mergePlanWithSource } from '../../src/evaluate/terraform-plan/merge-source.js';
import type { Value } from '../../src/model/value.js';
import { compareGraphs } from '../support/compare-graphs.js';
import { evaluateFiles, showDiagnostic, showOrigin, showRange, valueAt } from '../support/evaluate-files.js';
import { graphOf, mergedBinaryPlanOf, mergedPlanOf, readPlanOf } from '../support/evaluate-plans.js';
import { addedRequirement, evaluateForPlan } from '../support/plan-fixture.js';
import { toPlain } from '../support/raw-resource.js';
import { readFixture } from '../support/read-fixture.js';
import { constant, references, type SamplePlan, samplePlan, written } from '../support/sample-plan.js';

const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;
const planned = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'plan.json')));
const sourceOf = (name: string) => {
  const fixture = readFixture(join(fixtures, name));
  return { fixture, source: evaluateForPlan(fixture, addedRequirement(fixture)) };
};
const jsonOf = (name: string) => readFileSync(join(fixtures, name, 'plan.json'), 'utf8');

/** What the JSON of a plan does not tell without its source. */
const UNTOLD: Readonly<Record<string, readonly (readonly [difference: RegExp, reason: string])[]>> = {
  'planned-unknowns': [
    [/aws_s3_bucket\.b lifecycle_configuration: .* and nothing$/, 'an unset block that is computed looks the same'],
    [/aws_s3_bucket_versioning\.x: only in the first$/, 'a part of a text is perhaps the name'],
    [
      /^link .*terraform_data\.seed: only in the (first|second)$/,
      'by a local, or which part of a document is not told',
    ],
  ],
  'policy-documents': [
    [/with_arn (json|minified_json): .* and nothing$/, 'the document is read only when it is applied'],
    [/^link .*with_arn.*only in the second$/, 'the document is not known, but what it is of'],
  ],
  'unknown-values': [
    [/^link .*terraform_data\.seed: only in the first$/, 'by a local, or as a part of a text'],
    [/^link .*aws_s3_bucket\.orchard: only in the second$/, 'the document is not known, but what it is of'],
  ],
  'vpc-module': [[/^link .*(private|this)\[\d\]( perhaps)?: only in the (first|second)$/, 'by a local, or element()']],
  'web-stack': [
    [/aws_vpc_security_group_ingress_rule\.service\[.*only in the second$/, 'by an index that is computed'],
    [/^link .*aws_lb\.front security_groups.*only in the first$/, 'by a for expression'],
  ],
};

/**
 * Without links that are certain by the source and uncertain by the plan: what reads a name may have it as a part of a text,
 * and which instance is meant is not told.
 */
function withoutWeakerLinks(differences: readonly string[]): string[] {
  const weaker = new Set<string>();
  for (const difference of differences) {
    const [, link] = /^link (.*) perhaps: only in the second$/.exec(difference) ?? [];
    if (link !== undefined) weaker.add(link.replace(/^(\. \S+ \S+ -> ).*$/, '$1'));
  }
  return differences.filter((difference) => {
    const [, from] = /^link (\. \S+ \S+ -> ).*: only in the (?:first|second)$/.exec(difference) ?? [];
    const isCertainAlone = / only in the second$/.test(difference) && !/ perhaps: /.test(difference);
    return from === undefined || isCertainAlone || !weaker.has(from);
  });
}

describe.each(planned)('the plan of %s', (name) => {
  test('with its source is the graph of its source', () => {
    const { source } = sourceOf(name);
    const merged = mergedPlanOf(jsonOf(name), source);
    const { differences, onlyFirst, equal } = compareGraphs(graphOf(source), graphOf(merged));
    expect(merged.diagnostics).toEqual([]);
    expect({ differences, onlyFirst }).toEqual({ differences: [], onlyFirst: [] });
    expect(equal).toBeGreaterThan(0);
  });

  test('alone says nothing else than its source', () => {
    const { source } = sourceOf(name);
    const alone = readPlanOf(jsonOf(name), 'plan.json', source.roots[0]?.root);
    const { differences } = compareGraphs(graphOf(source), graphOf(alone));
    expect(alone.diagnostics).toEqual([]);
    const untold = UNTOLD[name] ?? [];
    const stronger = withoutWeakerLinks(differences);
    expect(stronger.filter((difference) => !untold.some(([pattern]) => pattern.test(difference)))).toEqual([]);
    for (const [pattern, reason] of untold)
      expect([reason, differences.some((difference) => pattern.test(difference))]).toEqual([reason, true]);
  });
});

describe.each(planned.filter((name) => existsSync(join(fixtures, name, 'plan.bin'))))('the plan file of %s', (name) => {
  const bytes = new Uint8Array(readFileSync(join(fixtures, name, 'plan.bin')));

  test('with the configuration in it is the graph of its source', () => {
    const { source, fixture } = sourceOf(name);
    const merged = mergedBinaryPlanOf(bytes, 'plan.bin', fixture);
    const { differences, onlyFirst } = compareGraphs(graphOf(source), graphOf(merged));
    expect(merged.diagnostics).toEqual([]);
    expect({ differences, onlyFirst }).toEqual({ differences: [], onlyFirst: [] });
  });

  test('has every value where it is written, at the place that it had beside the plan', () => {
    const { fixture } = sourceOf(name);
    const merged = mergedBinaryPlanOf(bytes, 'stacks/web/plan.bin', fixture);
    const places = merged.resources.map(({ range }) => range.file.path);
    expect(places.filter((path) => !/^stacks\/web\/(modules\/.*\/)?[\w.]+\.tf$/.test(path))).toEqual([]);
    expect(merged.root).toBe('stacks/web');
  });
});

function merge(files: string | Record<string, string>, plan: SamplePlan) {
  const source = evaluateFiles(files, { commentPattern: /trueline/ }).result;
  const merged = mergePlanWithSource(readPlanOf(samplePlan(plan), 'plan.json', '.'), source);
  const resource = (address: string) => {
    const found = merged.resources.find((one) => one.address === address);
    if (found === undefined) throw new Error(`no ${address}`);
    return found;
  };
  return {
    merged,
    resource,
    diagnostics: merged.diagnostics.map(showDiagnostic),
    resources: Object.fromEntries(merged.resources.map(({ address, values }) => [address, toPlain(values)])),
    value: (address: string, ...path: string[]): Value => valueAt(resource(address).values, path),
  };
}

describe('a plan with its source', () => {
  test('gives the exact value at the place that decides it, and the way to it', () => {
    const { value, diagnostics, merged } = merge(
      {
        'main.tf': `variable "name" {
}
# trueline:ignore all reason="x"
resource "aws_s3_bucket" "b" {
  bucket        = var.name
  force_destroy = true
}
`,
      },
      {
        changes: [{ address: 'aws_s3_bucket.b', after: { bucket: 'crates', force_destroy: true } }],
        module: {
          resources: [written('aws_s3_bucket.b', { bucket: references('var.name'), force_destroy: constant(true) })],
        },
      },
    );
    expect(diagnostics).toEqual([]);
    expect(toPlain(value('aws_s3_bucket.b', 'bucket'))).toBe('crates');
    expect(showOrigin(value('aws_s3_bucket.b', 'bucket').origin)[0]).toBe('variable main.tf:5:19-5:27');
    expect(showOrigin(value('aws_s3_bucket.b', 'force_destroy').origin)).toEqual(['written main.tf:6:19-6:23']);
    expect(merged.comments.map(({ content }) => content)).toEqual(['trueline:ignore all reason="x"']);
    expect(merged.resources.map(({ language, header }) => [language, showRange(header)])).toEqual([
      ['terraform-plan', 'main.tf:4:1-4:31'],
    ]);
  });

  test('says of what is not written that it is not, at the block', () => {
    const { value, resources } = merge('resource "aws_instance" "i" {\n  ami = "ami-1"\n}\n', {
      changes: [
        {
          address: 'aws_instance.i',
          after: { ami: 'ami-1', metadata_options: [{ http_tokens: 'optional' }], id: 'i-4711', tags_all: {} },
          actions: ['no-op'],
        },
      ],
      module: { resources: [written('aws_instance.i', { ami: constant('ami-1') })] },
    });
    expect(resources).toEqual({
      'aws_instance.i': { ami: 'ami-1', id: 'i-4711', metadata_options: [{ http_tokens: 'optional' }] },
    });
    expect(showOrigin(value('aws_instance.i', 'metadata_options', '0', 'http_tokens').origin)).toEqual([
      'default-of-type main.tf:1:1-1:30',
    ]);
  });

  test('takes what is null in it as left to the provider: that is no difference', () => {
    const { diagnostics, value } = merge(
      'resource "aws_db_instance" "d" {\n  engine     = "postgres"\n  kms_key_id = null\n  multi_az   = null\n}\n',
      {
        changes: [
          {
            address: 'aws_db_instance.d',
            after: { engine: 'postgres', kms_key_id: 'arn:aws:kms:eu-west-1:123456789012:key/k', multi_az: false },
            actions: ['no-op'],
          },
        ],
        module: {
          resources: [
            written('aws_db_instance.d', {
              engine: constant('postgres'),
              kms_key_id: constant(null),
              multi_az: constant(null),
            }),
          ],
        },
      },
    );
    expect(diagnostics).toEqual([]);
    expect(toPlain(value('aws_db_instance.d', 'kms_key_id'))).toBe('arn:aws:kms:eu-west-1:123456789012:key/k');
    expect(showOrigin(value('aws_db_instance.d', 'multi_az').origin)).toEqual(['default-of-type main.tf:1:1-1:33']);
  });

  test('counts what differs once, judges what was planned, and claims no place in the source for it', () => {
    const { diagnostics, value, resource } = merge(
      `resource "aws_s3_bucket" "b" {
  bucket = "barrels"
  tags   = { Fruit = "pear", Kind = "hard" }
}
resource "aws_s3_bucket" "unplanned" {
  bucket = "cider"
}
`,
      {
        changes: [
          { address: 'aws_s3_bucket.b', after: { bucket: 'crates', tags: { Fruit: 'apple', Kind: 'hard' } } },
          { address: 'aws_s3_bucket.unwritten', after: { bucket: 'must' } },
        ],
        module: {
          resources: [
            written('aws_s3_bucket.b', {
              bucket: constant('crates'),
              tags: constant({ Fruit: 'apple', Kind: 'hard' }),
            }),
          ],
        },
      },
    );
    expect(diagnostics).toEqual([
      'source-differs plan.json The source of "plan.json" is not what was planned: 2 values and 2 resources differ (first: "aws_s3_bucket.b.bucket"). What was planned is judged.',
    ]);
    expect(toPlain(resource('aws_s3_bucket.b').values)).toEqual({
      bucket: 'crates',
      tags: { Fruit: 'apple', Kind: 'hard' },
    });
    expect(value('aws_s3_bucket.b', 'bucket').origin?.file.path).toBe('plan.json');
    expect(value('aws_s3_bucket.b', 'tags', 'Kind').origin?.file.path).toBe('main.tf');
    expect(resource('aws_s3_bucket.unwritten').header.file.path).toBe('plan.json');
    expect(() => resource('aws_s3_bucket.unplanned')).toThrow();
  });

  test('takes as the same what a provider writes anew', () => {
    const policy =
      '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["s3:Get*"], "Resource": "*" }] }';
    const { diagnostics, resources } = merge(
      `resource "aws_security_group_rule" "r" {
  protocol = "TCP"
  to_port  = "80"
}
resource "aws_iam_policy" "p" {
  policy = <<-EOT
    ${policy}
  EOT
}
resource "aws_route53_record" "r" {
  name = "Press.example.com."
}
`,
      {
        changes: [
          { address: 'aws_security_group_rule.r', after: { protocol: 'tcp', to_port: 80 } },
          {
            address: 'aws_iam_policy.p',
            after: {
              policy: '{"Statement":[{"Action":"s3:Get*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
            },
          },
          { address: 'aws_route53_record.r', after: { name: 'press.example.com' } },
        ],
      },
    );
    expect(diagnostics).toEqual([]);
    expect(resources).toEqual({
      'aws_security_group_rule.r': { protocol: 'tcp', to_port: 80 },
      'aws_iam_policy.p': { policy: `${policy}\n` },
      'aws_route53_record.r': { name: 'press.example.com' },
    });
  });

  test('gives each instance the place of what stands for all, and its references to the instance of the same key', () => {
    const { diagnostics, value, resource } = merge(
      `variable "names" {
  type = set(string)
}
resource "aws_s3_bucket" "b" {
  for_each = var.names
  bucket   = each.key
}
resource "aws_s3_bucket_versioning" "v" {
  for_each = var.names
  bucket   = aws_s3_bucket.b[each.key].id
  versioning_configuration {
    status = "Enabled"
  }
}
`,
      {
        changes: ['a', 'b'].flatMap((key) => [
          { address: `aws_s3_bucket.b["${key}"]`, after: { bucket: key }, unknown: { id: true } },
          {
            address: `aws_s3_bucket_versioning.v["${key}"]`,
            after: { versioning_configuration: [{ status: 'Enabled' }] },
            unknown: { bucket: true, versioning_configuration: [{ mfa_delete: true }] },
          },
        ]),
      },
    );
    expect(diagnostics).toEqual([]);
    expect(value('aws_s3_bucket_versioning.v["b"]', 'bucket').refersTo).toEqual([
      { root: '.', address: 'aws_s3_bucket.b["b"]', attribute: 'id' },
    ]);
    expect(resource('aws_s3_bucket.b["a"]').isPrototype).toBe(false);
    expect(showRange(resource('aws_s3_bucket.b["a"]').header)).toBe('main.tf:4:1-4:31');
    expect(toPlain(value('aws_s3_bucket.b["a"]', 'bucket'))).toBe('a');
  });

  test('decides what the source leaves open, at the branch that was taken', () => {
    const { value } = merge(
      `variable "open" {
  type = bool
}
resource "aws_vpc_security_group_ingress_rule" "r" {
  cidr_ipv4 = var.open ? "0.0.0.0/0" : "10.0.0.0/8"
}
`,
      { changes: [{ address: 'aws_vpc_security_group_ingress_rule.r', after: { cidr_ipv4: '0.0.0.0/0' } }] },
    );
    expect(toPlain(value('aws_vpc_security_group_ingress_rule.r', 'cidr_ipv4'))).toBe('0.0.0.0/0');
    expect(showOrigin(value('aws_vpc_security_group_ingress_rule.r', 'cidr_ipv4').origin)[0]).toBe(
      'written main.tf:5:26-5:37',
    );
  });
});
