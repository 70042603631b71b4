import { constants, createHash, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type FunctionContext, FunctionFailure } from '../../src/evaluate/terraform/functions/function.js';
import { terraformFunctions } from '../../src/evaluate/terraform/functions/index.js';
import { maxSubnets } from '../../src/evaluate/terraform/functions/ip.js';
import { listValueOf, mapValueOf, objectOf, tupleOf } from '../../src/evaluate/terraform/values/collections.js';
import { encodeJson } from '../../src/evaluate/terraform/values/json.js';
import { concatTexts } from '../../src/evaluate/terraform/values/unknown.js';
import { DYNAMIC, listOf, NUMBER, STRING } from '../../src/model/type.js';
import type { UnknownValue, Value } from '../../src/model/value.js';
import { numberValue, stringValue, unknownValue } from '../../src/model/values.js';
import { memoryFileSystem } from '../support/memory-file-system.js';

const context: FunctionContext = {
  fileSystem: memoryFileSystem({}),
  rootFolder: '',
  templateDepth: 0,
  renderTemplate: () => stringValue(''),
};

function call(name: string, ...args: readonly Value[]): Value {
  const called = terraformFunctions.get(name);
  if (called === undefined) throw new Error(`no function ${name}`);
  return called.call(args, context);
}

function failureOf(name: string, ...args: readonly Value[]): string {
  try {
    return JSON.stringify(call(name, ...args));
  } catch (error) {
    if (error instanceof FunctionFailure) return error.message;
    throw error;
  }
}

const text = (value: string) => stringValue(value);
const plain = (value: Value): unknown => {
  const json = encodeJson(value);
  return json.kind === 'string' ? JSON.parse(json.value) : json;
};
const bucket: UnknownValue = unknownValue('computed-by-provider', {
  type: STRING,
  subject: 'aws_s3_bucket.pears',
  identity: 'aws_s3_bucket.pears.id',
  notNull: true,
  refersTo: [{ root: '.', address: 'aws_s3_bucket.pears', attribute: 'id' }],
});
const template = (...parts: readonly Value[]) => concatTexts(parts);

test('there is every function of Terraform 1.11 but the two forms of the language, under both names', () => {
  const names = [...terraformFunctions.keys()].filter((name) => !name.includes('::'));
  expect(names.length).toBe(116);
  expect(names.every((name) => terraformFunctions.get(`core::${name}`) === terraformFunctions.get(name))).toBe(true);
  expect([...terraformFunctions.keys()].filter((name) => name.startsWith('provider::'))).toEqual([
    'provider::aws::arn_build',
    'provider::aws::arn_parse',
    'provider::aws::trim_iam_role_path',
  ]);
});

describe("functions of AWS's provider", () => {
  test('an ARN is taken apart, the resource with its colons', () => {
    expect(plain(call('provider::aws::arn_parse', text('arn:aws:rds:eu-west-1:123456789012:db:pears')))).toEqual({
      account_id: '123456789012',
      partition: 'aws',
      region: 'eu-west-1',
      resource: 'db:pears',
      service: 'rds',
    });
    expect(failureOf('provider::aws::arn_parse', text('urn:aws:rds'))).toBe('arn: invalid prefix');
    expect(failureOf('provider::aws::arn_parse', text('arn:aws:rds'))).toBe('arn: not enough sections');
  });

  test('of an ARN that ends unknown the sections before are known, and the resource refers to what is in it', () => {
    const arn = template(text('arn:aws:s3:::'), bucket, text('/*'));
    const parsed = call('provider::aws::arn_parse', arn);
    expect(parsed.kind === 'object' && Object.fromEntries(parsed.entries)).toMatchObject({
      partition: { value: 'aws' },
      service: { value: 's3' },
      region: { value: '' },
      account_id: { value: '' },
      resource: { kind: 'unknown', parts: [{ refersTo: bucket.refersTo }, '/*'] },
    });
    const early = call('provider::aws::arn_parse', template(text('arn:aws:s3'), bucket));
    expect(early.kind === 'object' && Object.fromEntries(early.entries)).toMatchObject({
      partition: { value: 'aws' },
      service: { kind: 'unknown' },
      resource: { kind: 'unknown' },
    });
  });

  test('an ARN is built with what is known of its sections', () => {
    const sections = ['aws', 's3', '', ''].map(text);
    expect(call('provider::aws::arn_build', ...sections, text('pears'))).toMatchObject({ value: 'arn:aws:s3:::pears' });
    expect(call('provider::aws::arn_build', ...sections, bucket)).toMatchObject({ parts: ['arn:aws:s3:::', bucket] });
  });

  test('the path of a role is taken out', () => {
    const trim = (arn: string) => failureOf('provider::aws::trim_iam_role_path', text(arn));
    expect(JSON.parse(trim('arn:aws:iam::123456789012:role/trees/pear/picker'))).toMatchObject({
      value: 'arn:aws:iam::123456789012:role/picker',
    });
    expect(JSON.parse(trim('arn:aws:iam::123456789012:role/picker'))).toMatchObject({
      value: 'arn:aws:iam::123456789012:role/picker',
    });
    expect(trim('arn:aws:s3:::pears')).toBe('expected service iam, got s3');
    expect(trim('arn:aws:iam:eu-west-1:123456789012:role/picker')).toBe('expected empty region, got eu-west-1');
    expect(trim('arn:aws:iam::123456789012:user/picker')).toBe('expected a resource that begins with role/');
  });
});

describe('what is different each time', () => {
  test('is unknown, not null, and no failure', () => {
    const reasonOf = (value: Value) => (value.kind === 'unknown' ? [value.reason, value.notNull] : value.kind);
    for (const name of ['timestamp', 'plantimestamp', 'uuid']) {
      expect(reasonOf(call(name))).toEqual(['not-deterministic', true]);
    }
    const identityOf = (value: Value) => (value.kind === 'unknown' ? value.identity : undefined);
    expect(['timestamp', 'plantimestamp', 'uuid'].map((name) => identityOf(call(name)))).toEqual([
      undefined,
      'plantimestamp()',
      undefined,
    ]);
    expect(reasonOf(call('bcrypt', text('pear')))).toEqual(['not-deterministic', true]);
    expect(failureOf('bcrypt', text('p'.repeat(73)))).toBe(
      'error occurred generating password bcrypt: password length exceeds 72 bytes',
    );
  });
});

describe('rsadecrypt', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const encrypt = (message: string) =>
    publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(message)).toString('base64');

  test('decrypts what was padded by PKCS #1 v1.5', () => {
    expect(call('rsadecrypt', text(encrypt('pear')), text(pem))).toMatchObject({ value: 'pear' });
  });

  test('a wrong text is an error and not other bytes', () => {
    const wrong = Buffer.alloc(256, 1).toString('base64');
    expect(failureOf('rsadecrypt', text(wrong), text(pem))).toBe('failed to decrypt: crypto/rsa: decryption error');
    expect(failureOf('rsadecrypt', text('AAAA'), text(pem))).toBe('failed to decrypt: crypto/rsa: decryption error');
    expect(failureOf('rsadecrypt', text('%'), text(pem))).toBe(
      'failed to decode input "%": cipher text must be base64-encoded',
    );
  });

  test('keys of other kinds are named', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    expect(failureOf('rsadecrypt', text(encrypt('a')), text(other.toString()))).toBe(
      'invalid private key: expected an RSA key, got ec',
    );
    const openSsh = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n';
    expect(call('rsadecrypt', text(encrypt('a')), text(openSsh))).toMatchObject({ reason: 'unsupported-function' });
  });
});

describe('jsondecode', () => {
  test('of what was encoded gives what it was made from, lists as tuples and maps as objects', () => {
    const given = objectOf([
      ['bucket', bucket],
      ['list', listValueOf([text('a')], STRING)],
      ['map', { ...mapValueOf([['k', numberValue(1)]], NUMBER), rest: { reason: 'remote-module' as const } }],
      ['some', unknownValue('remote-module', { type: listOf(STRING), identity: 'trees', notNull: true })],
    ]);
    const decoded = call('jsondecode', encodeJson(given));
    expect(decoded.kind === 'object' && decoded.entries.get('bucket')).toBe(bucket);
    expect(decoded.kind === 'object' && decoded.entries.get('list')).toMatchObject({ type: { kind: 'tuple' } });
    expect(decoded.kind === 'object' && decoded.entries.get('map')).toMatchObject({
      type: DYNAMIC,
      rest: { reason: 'remote-module' },
    });
    expect(decoded.kind === 'object' && decoded.entries.get('some')).toMatchObject({
      kind: 'unknown',
      type: DYNAMIC,
      notNull: true,
      identity: 'jsondecode\0trees',
    });
  });
});

describe('yamldecode', () => {
  test('says where in a file its values are written', () => {
    const source = { path: 'orchard/trees.yaml', text: 'pear:\n  age: 3\n' };
    const file = {
      kind: 'string' as const,
      value: source.text,
      layout: { file: source, segments: [{ at: 0, start: 0 }] },
    };
    const decoded = call('yamldecode', file);
    const pear = decoded.kind === 'object' ? decoded.entries.get('pear') : undefined;
    expect(pear?.kind === 'object' && pear.entries.get('age')).toEqual({
      kind: 'number',
      value: 3,
      origin: { file: source, start: 13, end: 14, step: 'file', name: 'orchard/trees.yaml' },
    });
  });

  test('SAFETY: aliases that multiply are an error', () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(',')}]`,
      );
    expect(failureOf('yamldecode', text(lines.join('\n')))).toMatch(/alias|large|expand/i);
  });
});

describe('what stays known of texts', () => {
  test('split keeps the pieces before and after what is not known', () => {
    const pieces = call('split', text(':'), template(text('arn:aws:s3:::'), bucket, text('-logs:eu:x')));
    expect(pieces.kind === 'list' && pieces.existence).toEqual(new Map([[6, 'any-number']]));
    expect(
      pieces.kind === 'list' && pieces.elements.map((one) => (one.kind === 'string' ? one.value : 'unknown')),
    ).toEqual(['arn', 'aws', 's3', '', '', 'unknown', 'unknown', 'eu', 'x']);
  });

  test('slice has as many elements as it is to have, each of the same unknown the same', () => {
    const zones = unknownValue('data-source', { type: listOf(STRING), subject: 'data.zones', identity: 'zones' });
    const unknown = (index: number) => ({
      ...unknownValue('data-source', { type: STRING, subject: 'data.zones', identity: `zones."element ${index}"` }),
    });
    expect(call('slice', zones, numberValue(1), numberValue(3))).toEqual(listValueOf([unknown(1), unknown(2)], STRING));
    const open = { ...listValueOf([text('a')], STRING), rest: { reason: 'remote-module' as const } };
    expect(call('slice', open, numberValue(0), numberValue(2))).toEqual(
      listValueOf([text('a'), unknownValue('remote-module', { type: STRING })], STRING),
    );
    expect(call('slice', zones, numberValue(0), numberValue(257))).toMatchObject({
      kind: 'unknown',
      length: { min: 257, max: 257 },
    });
  });

  test('formatlist makes a row that stands for all of an unknown list', () => {
    const names = unknownValue('variable-without-value', { type: listOf(STRING), subject: 'var.names', notNull: true });
    const list = call('formatlist', text('arn:aws:s3:::%s/*'), names);
    expect(list).toMatchObject({
      kind: 'list',
      elements: [],
      rest: { subject: 'var.names', element: { parts: ['arn:aws:s3:::', { subject: 'var.names' }, '/*'] } },
    });
    const both = call('formatlist', text('%s-%s'), tupleOf([text('a'), text('b')]), names);
    expect(both).toMatchObject({ kind: 'list', elements: [{ parts: ['a-', {}] }, { parts: ['b-', {}] }] });
  });

  test('formatlist keeps that an element is there perhaps, and takes an error in it for none', () => {
    const trees = {
      ...listValueOf([text('pear'), text('plum')], STRING),
      existence: new Map([[1, 'perhaps' as const]]),
    };
    expect(call('formatlist', text('%s!'), trees)).toEqual({
      kind: 'list',
      type: listOf(STRING),
      elements: [
        { kind: 'string', value: 'pear!' },
        { kind: 'string', value: 'plum!' },
      ],
      existence: new Map([[1, 'perhaps']]),
    });
    const ages = { ...tupleOf([numberValue(3), text('old')]), existence: new Map([[1, 'perhaps' as const]]) };
    expect(call('formatlist', text('%d'), ages)).toMatchObject({
      elements: [{ value: '3' }, { kind: 'unknown', reason: 'invalid-value' }],
    });
    expect(failureOf('formatlist', text('%d'), tupleOf([text('old')]))).toBe(
      'error on format iteration 0: unsupported value for "%d" at 0: a number is required',
    );
  });

  test('indent keeps the lines that are known', () => {
    expect(call('indent', numberValue(2), template(text('a\nb'), bucket, text('\nc')))).toMatchObject({
      parts: ['a\n  b', { subject: 'aws_s3_bucket.pears' }, '\n  c'],
    });
  });

  test('base64gzip is known to be something', () => {
    const value = call('base64gzip', text('pear'));
    expect(value.kind === 'string' || (value.kind === 'unknown' && value.notNull)).toBe(true);
  });
});

test('distinct takes a question mark for what it is', () => {
  const urls = [text('/pears?ripe'), text('/pears?ripe'), text('/plums')];
  expect(call('distinct', listValueOf(urls, STRING))).toEqual(listValueOf([urls[0]!, urls[2]!], STRING));
});

describe('limits', () => {
  test('SAFETY: no more than so many subnets', () => {
    const sizes = Array.from({ length: maxSubnets + 1 }, () => numberValue(8));
    expect(failureOf('cidrsubnets', text('10.0.0.0/8'), ...sizes)).toBe(
      `more than ${maxSubnets} subnets are asked for`,
    );
  });

  test('SAFETY: long texts are decoded and hashed without a stack', () => {
    const long = 'A'.repeat(4_000_000);
    expect(call('base64decode', text(Buffer.from(long).toString('base64')))).toMatchObject({ value: long });
    expect(call('sha256', text(long))).toMatchObject({ value: createHash('sha256').update(long).digest('hex') });
    expect(failureOf('timeadd', text('2020-01-01T00:00:00Z'), text(`${'9'.repeat(100_000)}h`))).toMatch(
      /^time: invalid duration/,
    );
  });
});
