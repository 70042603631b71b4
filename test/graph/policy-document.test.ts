import { describe, expect, it } from 'vitest';
import type { StringValue, UnknownValue } from '../../src/model/value.js';
import type { SourceFile } from '../../src/source/source-file.js';
import { raw, toPlain, toReference } from '../support/raw-resource.js';
import { partly, toValue, unknown } from '../support/to-value.js';
import { build } from './build.js';

function policyOf(policy: unknown) {
  const { at, diagnostics } = build([raw('aws_s3_bucket.orchard', { bucket: 'orchard', policy })]);
  const resource = at('aws_s3_bucket.orchard');
  return { resource, diagnostics, document: toPlain(resource?.values.entries.get('policy')) };
}

const PLAIN = {
  Version: '2012-10-17',
  Statement: {
    Sid: 'Pick',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    NotResource: ['arn:aws:s3:::orchard/cellar/*'],
    Condition: { Bool: { 'aws:SecureTransport': true }, StringLike: { 'aws:UserAgent': ['press', 'cider'] } },
  },
};

const DECODED = {
  version: '2012-10-17',
  statement: [
    {
      sid: 'Pick',
      effect: 'Allow',
      principals: [{ type: '*', identifiers: ['*'] }],
      actions: ['s3:GetObject'],
      not_resources: ['arn:aws:s3:::orchard/cellar/*'],
      condition: [
        { test: 'Bool', variable: 'aws:securetransport', values: ['true'] },
        { test: 'StringLike', variable: 'aws:useragent', values: ['press', 'cider'] },
      ],
    },
  ],
};

describe('a policy document', () => {
  it('is decoded from its text', () => {
    const { document, diagnostics } = policyOf(JSON.stringify(PLAIN));
    expect([document, diagnostics]).toEqual([DECODED, []]);
  });

  it('is decoded from the value that was encoded, unknown parts and all', () => {
    const encoded = toValue({
      Statement: [{ Effect: 'Allow', Action: unknown('action', { type: { kind: 'string' } }), Resource: '*' }],
    });
    const text: UnknownValue = unknown('text', { type: { kind: 'string' }, encoded });
    expect(policyOf(text).document).toEqual({
      statement: [{ effect: 'Allow', actions: ['?variable-without-value var.action'], resources: ['*'] }],
    });
  });

  it('is decoded from a text that is partly unknown, inside strings and beside them', () => {
    const text = partly(
      '{"Statement": [{"Effect": "Allow", "Action": ["s3:*", "',
      unknown('action'),
      '"], "Resource": "arn:aws:s3:::',
      unknown('name'),
      '/*", "Principal": {"AWS": ',
      unknown('accounts'),
      '}}]}',
    );
    expect(policyOf(text).document).toEqual({
      statement: [
        {
          effect: 'Allow',
          actions: ['s3:*', '?variable-without-value var.action'],
          resources: ['arn:aws:s3:::{var.name}/*'],
          principals: [{ type: 'AWS', identifiers: '?variable-without-value var.accounts' }],
        },
      ],
    });
  });

  it('keeps places inside a heredoc', () => {
    const json = '{\n  "Statement": [{ "Effect": "Deny" }]\n}\n';
    const source = `policy = <<EOT\n${json}EOT\n`;
    const file: SourceFile = { path: 'policy.tf', text: source };
    const start = source.indexOf('{');
    const text: StringValue = {
      kind: 'string',
      value: json,
      layout: { file, segments: [{ at: 0, start }] },
      origin: { file, start: 9, end: source.length, step: 'written' },
    };
    const { resource } = policyOf(text);
    const policy = resource?.values.entries.get('policy');
    const statements = policy?.kind === 'object' ? policy.entries.get('statement') : undefined;
    const first = statements?.kind === 'list' ? statements.elements[0] : undefined;
    const effect = first?.kind === 'object' ? first.entries.get('effect') : undefined;
    const text1 = effect?.origin?.file.text.slice(effect.origin.start, effect.origin.end);
    expect([effect?.origin?.file.path, text1]).toEqual(['policy.tf', '"Deny"']);
  });

  it('keeps its account of several principals', () => {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: ['111122223333', '*'], Service: 'ec2.amazonaws.com' },
      NotAction: 'iam:*',
    };
    expect(policyOf(JSON.stringify({ Statement: [statement] })).document).toEqual({
      statement: [
        {
          effect: 'Allow',
          principals: [
            { type: 'AWS', identifiers: ['111122223333', '*'] },
            { type: 'Service', identifiers: ['ec2.amazonaws.com'] },
          ],
          not_actions: ['iam:*'],
        },
      ],
    });
  });

  it('is unknown where its text is no document, with a diagnostic', () => {
    const broken = policyOf('{"Statement": [');
    expect([broken.document, broken.diagnostics.map(({ code }) => code)]).toEqual([
      '?invalid-value',
      ['document-invalid'],
    ]);
    expect(broken.diagnostics[0]?.message).toMatch(
      /^"policy" of "aws_s3_bucket.orchard" cannot be read as a document: /,
    );
    expect(policyOf('"orchard"').document).toBe('?invalid-value');
  });

  it('is absent where its text is empty, and unknown where its text is', () => {
    expect(policyOf('').document).toBeUndefined();
    expect(policyOf(unknown('policy')).document).toBe('?variable-without-value var.policy');
    // A text of which too little is known to be JSON is no error of the input.
    const start = policyOf(partly('{', unknown('rest')));
    expect([start.document, start.diagnostics]).toEqual(['?variable-without-value var.partly', []]);
  });

  it('that a data source made says so', () => {
    const encoded = toValue({ Statement: [] });
    const text: StringValue = {
      kind: 'string',
      value: '{"Statement":[]}',
      encoded,
      refersTo: [toReference('data.aws_iam_policy_document.pick.json')],
    };
    const { at } = build([
      raw('aws_s3_bucket.orchard', { bucket: 'orchard' }),
      raw('aws_s3_bucket_policy.pick', { bucket: 'orchard', policy: text }),
    ]);
    expect([...(at('aws_s3_bucket.orchard')?.declaredIn ?? [])]).toEqual([
      ['policy', 'data.aws_iam_policy_document.pick'],
    ]);
  });
});
