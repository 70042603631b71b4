import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertToConstraint, convertValue } from '../../src/evaluate/terraform/values/convert.js';
import { equalValues } from '../../src/evaluate/terraform/values/equality.js';
import { decodeJson, encodeJson, maxJsonDepth } from '../../src/evaluate/terraform/values/json.js';
import {
  addNumbers,
  BEYOND,
  compareNumbers,
  divideNumbers,
  formatNumber,
  isInteger,
  moduloNumbers,
  multiplyNumbers,
  negateNumber,
  numberFromBigInt,
  parseNumber,
  subtractNumbers,
  toInteger,
} from '../../src/evaluate/terraform/values/number.js';
import { makeSet } from '../../src/evaluate/terraform/values/set.js';
import type { TypeConstraint } from '../../src/evaluate/terraform/values/types.js';
import { typeName, typesEqual, unifyTypes } from '../../src/evaluate/terraform/values/types.js';
import {
  concatTexts,
  hasSensitive,
  markSensitive,
  unknownFrom,
  withStep,
} from '../../src/evaluate/terraform/values/unknown.js';
import { BOOL, DYNAMIC, listOf, mapOf, NUMBER, STRING, setOf, type Type } from '../../src/model/type.js';
import type { NumberValue, UnknownValue, Value } from '../../src/model/value.js';
import { nullValue, numberValue, stringValue } from '../../src/model/values.js';

const number = (text: string): NumberValue => {
  const parsed = parseNumber(text);
  if (parsed === undefined || parsed === BEYOND) throw new Error(`${text} is no number`);
  return parsed;
};
const text = (n: NumberValue | undefined) => n && formatNumber(n);
const object = (attributes: Record<string, Type>): Type => ({
  kind: 'object',
  attributes: new Map(Object.entries(attributes)),
});
const tuple = (...elements: Type[]): Type => ({ kind: 'tuple', elements });

function value(json: string): Value {
  const decoded = decodeJson(json);
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.value;
}

function unknown(name: string, type: Type, details: Partial<UnknownValue> = {}): UnknownValue {
  return {
    kind: 'unknown',
    type,
    reason: 'variable-without-value',
    subject: `var.${name}`,
    identity: name,
    ...details,
  };
}

describe('numbers have 512 bits', () => {
  test.each([
    ['1e21', '1000000000000000000000'],
    ['12345678901234567890.123', '12345678901234567890.123'],
    ['9007199254740993', '9007199254740993'],
    ['0.1', '0.1'],
    ['1e-7', '0.0000001'],
    ['1.50', '1.5'],
    ['-0', '0'],
    ['007', '7'],
    ['+1', '1'],
    ['.5', '0.5'],
    ['1.', '1'],
    ['1267650600228229401496703205376', '1267650600228229401496703205376'],
  ])('%s prints as %s', (written, printed) => {
    expect(formatNumber(number(written))).toBe(printed);
  });

  test('what came through a double prints as the shortest decimal of the double', () => {
    expect(formatNumber(numberValue(2 ** 100))).toBe('1267650600228229400000000000000');
    expect(formatNumber(numberValue(1.5e-10))).toBe('0.00000000015');
  });

  test.each(['', ' 1', '0x1f', '1_000', 'Infinity', '.', '1e', '--1', 'a'.repeat(20_000)])('%s is none', (written) => {
    expect(parseNumber(written)).toBeUndefined();
  });

  test.each(['1e999999999', '-1e-999999999', '9'.repeat(20_000), `0.${'3'.repeat(20_000)}`])(
    '%s is one beyond those that are computed',
    (written) => {
      expect(parseNumber(written)).toBe(BEYOND);
    },
  );

  test('arithmetic', () => {
    expect(text(addNumbers(number('0.1'), number('0.2')))).toBe('0.3');
    expect(compareNumbers(addNumbers(number('0.1'), number('0.2')) ?? number('0'), number('0.3'))).toBe(0);
    expect(text(multiplyNumbers(divideNumbers(number('1'), number('3')) ?? number('0'), number('3')))).toBe('1');
    expect(text(divideNumbers(number('1'), number('3')))).toHaveLength('0.'.length + 155);
    expect(text(moduloNumbers(number('-7'), number('3')))).toBe('-1');
    expect(text(moduloNumbers(number('5.5'), number('2')))).toBe('1.5');
    expect(text(moduloNumbers(number('7'), number('0')))).toBe('7');
    expect(text(subtractNumbers(number('1e30'), number('1')))).toBe('999999999999999999999999999999');
    expect(text(negateNumber(number('0.1')))).toBe('-0.1');
  });

  test('infinity and what is not defined', () => {
    expect(text(divideNumbers(number('1'), number('0')))).toBe('+Inf');
    expect(text(divideNumbers(number('-1'), number('0')))).toBe('-Inf');
    expect(divideNumbers(number('0'), number('0'))).toBeUndefined();
    const infinity = divideNumbers(number('1'), number('0')) ?? number('0');
    expect(subtractNumbers(infinity, infinity)).toBeUndefined();
    expect(compareNumbers(infinity, number('1e400'))).toBe(1);
    expect(isInteger(infinity)).toBe(false);
  });

  test('whole numbers', () => {
    expect(toInteger(number('1e21'))).toBe(10n ** 21n);
    expect(toInteger(number('1.5'))).toBeUndefined();
    expect(numberFromBigInt(2n ** 70n)).toMatchObject({ exact: { mantissa: 1n, exponent: 70 } });
    expect(text(numberFromBigInt(-(2n ** 64n)))).toBe('-18446744073709551616');
  });

  test('sums and products of whole numbers are those of bigint', () => {
    const big = fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n });
    fc.assert(
      fc.property(big, big, (a, b) => {
        const [x, y] = [numberFromBigInt(a), numberFromBigInt(b)];
        expect(text(addNumbers(x, y))).toBe(String(a + b));
        expect(text(multiplyNumbers(x, y))).toBe(String(a * b));
        expect(compareNumbers(x, y)).toBe(a < b ? -1 : a > b ? 1 : 0);
        if (b !== 0n)
          expect(text(moduloNumbers(numberFromBigInt(a % 1000n), numberFromBigInt(b)))).toBe(String((a % 1000n) % b));
      }),
    );
  });

  test('a decimal of up to 150 digits survives being read and printed', () => {
    const decimal = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 100n }), fc.stringMatching(/^[0-9]{0,49}[1-9]$/));
    fc.assert(
      fc.property(decimal, ([whole, fraction]) => {
        expect(text(number(`${whole}.${fraction}`))).toBe(`${whole}.${fraction}`);
      }),
    );
  });

  test('a sum is the same with its terms exchanged, near and far in size', () => {
    const any = fc
      .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -400, max: 400 }))
      .map(([m, e]) => number(`${m}e${e}`));
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(addNumbers(a, b)).toEqual(addNumbers(b, a));
      }),
    );
  });
});

describe('types', () => {
  test.each<[Type[], Type | undefined]>([
    [[NUMBER, STRING, BOOL], STRING],
    [[NUMBER, BOOL], undefined],
    [[tuple(), tuple(STRING)], listOf(STRING)],
    [[tuple(STRING), tuple(NUMBER)], tuple(STRING)],
    [[object({}), object({ a: NUMBER })], mapOf(NUMBER)],
    [[object({ a: NUMBER }), object({ a: STRING })], object({ a: STRING })],
    [[object({ a: NUMBER }), object({ b: listOf(STRING) })], undefined],
    [[object({ a: STRING }), mapOf(NUMBER)], mapOf(STRING)],
    [[tuple(NUMBER), listOf(STRING)], listOf(STRING)],
    [[setOf(NUMBER), setOf(STRING)], setOf(STRING)],
    [[listOf(STRING), setOf(STRING)], listOf(STRING)],
    [[tuple(STRING), object({})], undefined],
    [[tuple(STRING), DYNAMIC], DYNAMIC],
    [[NUMBER, DYNAMIC], NUMBER],
  ])('%# unify', (types, unified) => {
    expect(unifyTypes(types)).toEqual(unified);
  });

  test('are equal by structure', () => {
    expect(typesEqual(object({ a: STRING, b: NUMBER }), object({ b: NUMBER, a: STRING }))).toBe(true);
    expect(typesEqual(object({ a: STRING }), object({ a: STRING, b: STRING }))).toBe(false);
    expect(typeName(listOf(object({ a: STRING })))).toBe('list of object');
  });
});

describe('conversion', () => {
  test('keeps origin, references and marks', () => {
    const origin = { file: { path: 'a.tf', text: '"22"' }, start: 0, end: 4, step: 'written' } as const;
    const refersTo = [{ root: '.', address: 'aws_eip.gate', attribute: 'id' }];
    const converted = convertValue({ ...stringValue('22'), origin, refersTo, sensitive: true }, NUMBER);
    expect(converted).toEqual({ ok: true, value: { kind: 'number', value: 22, origin, refersTo, sensitive: true } });
  });

  test('of an unknown keeps what still holds', () => {
    expect(convertValue(unknown('n', NUMBER, { notNull: true, bounds: { min: 1 } }), STRING)).toEqual({
      ok: true,
      value: unknown('n', STRING, { notNull: true, identity: 'n\0string' }),
    });
    expect(convertValue(unknown('t', tuple(NUMBER, STRING)), listOf(STRING))).toMatchObject({
      value: { length: { min: 2, max: 2 } },
    });
    expect(convertValue(unknown('l', listOf(STRING), { length: { min: 2 } }), setOf(STRING))).toMatchObject({
      value: { length: { min: 1 } },
    });
    expect(convertValue(unknown('l', listOf(STRING)), STRING)).toEqual({ ok: false, message: 'string required' });
  });

  test('of text that a number was made from is not that text again', () => {
    const there = convertValue(unknown('port', STRING), NUMBER);
    const back = there.ok ? convertValue(there.value, STRING) : there;
    expect(back.ok && equalValues(back.value, unknown('port', STRING))).toMatchObject({ kind: 'unknown' });
  });

  test('a default stands for an absent and for a null attribute, and an unknown one may become it', () => {
    const constraint: TypeConstraint = {
      kind: 'object',
      attributes: new Map([['size', { type: { kind: 'number' }, isOptional: true, default: numberValue(3) }]]),
    };
    const convert = (source: Value) => {
      const converted = convertToConstraint(source, constraint);
      return converted.ok && converted.value.kind === 'object' ? converted.value.entries.get('size') : converted;
    };
    expect(convert(value('{}'))).toMatchObject({ value: 3 });
    expect(convert(value('{ "size": null }'))).toMatchObject({ value: 3 });
    expect(convert(value('{ "size": "5", "kind": 1 }'))).toMatchObject({ value: 5 });
    const entries = new Map([['size', unknown('size', NUMBER)]]);
    const given = convert({ kind: 'object', type: object({ size: NUMBER }), entries });
    expect(given).toMatchObject({ kind: 'unknown', notNull: true, subject: 'var.size' });
    expect(given).not.toHaveProperty('identity');
  });

  test('of an open list keeps what is known', () => {
    const open: Value = {
      kind: 'list',
      type: DYNAMIC,
      elements: [numberValue(22), numberValue(80)],
      existence: new Map([[1, 'perhaps']]),
      rest: { reason: 'variable-without-value', subject: 'var.ports' },
    };
    expect(convertValue(open, listOf(STRING))).toMatchObject({
      value: {
        type: listOf(STRING),
        elements: [{ value: '22' }, { value: '80' }],
        existence: new Map([[1, 'perhaps']]),
        rest: { subject: 'var.ports' },
      },
    });
  });

  test('says where an element does not suit', () => {
    expect(convertValue(value('{ "a": ["x"] }'), mapOf(listOf(NUMBER)))).toEqual({
      ok: false,
      message: 'element "a": element 0: a number is required',
    });
    expect(convertValue(value('[1, [2]]'), listOf(DYNAMIC))).toEqual({
      ok: false,
      message: 'all list elements must have the same type',
    });
    expect(convertValue(stringValue('True'), BOOL)).toEqual({
      ok: false,
      message: 'a bool is required; to convert from string, use lower case "true"',
    });
  });

  test('of a null that has another type fails as its type does', () => {
    expect(convertValue(nullValue(STRING), listOf(STRING))).toEqual({ ok: false, message: 'list of string required' });
    expect(convertValue(nullValue(), listOf(STRING))).toEqual({ ok: true, value: { ...nullValue(listOf(STRING)) } });
  });
});

describe('equality', () => {
  const plain = (a: Value, b: Value) => {
    const equal = equalValues(a, b);
    return equal.kind === 'bool' ? equal.value : '?';
  };
  const parts = (...of: (string | UnknownValue)[]) => unknown('parts', STRING, { parts: of, identity: undefined });
  const u = unknown('zone', STRING);

  test.each<[string, Value, Value, boolean | '?']>([
    ['different types', stringValue('1'), numberValue(1), false],
    ['an unknown of another type', unknown('ports', listOf(STRING)), value('[]'), false],
    ['the same unknown', u, u, true],
    ['two unknowns', u, unknown('other', STRING), '?'],
    ['an unknown that may be null', u, nullValue(), '?'],
    ['one that may not', { ...u, notNull: true }, nullValue(), false],
    ['another beginning', parts('a-', u), stringValue('b-x'), false],
    ['another end', parts(u, '-z'), stringValue('x-y'), false],
    ['a text that is too short', parts('ab', u, 'bc'), stringValue('abc'), false],
    ['a text that fits', parts('a-', u), stringValue('a-x'), '?'],
    ['the same parts', parts('a-', u), parts('a-', u), true],
    ['bounds', unknown('n', NUMBER, { notNull: true, bounds: { max: 3 } }), numberValue(5), false],
    ['bounds of what may be null', unknown('n', NUMBER, { bounds: { max: 3 } }), numberValue(5), '?'],
    [
      'lengths',
      unknown('l', listOf(STRING), { length: { min: 2 } }),
      { ...value('["a"]'), type: listOf(STRING) } as Value,
      false,
    ],
    [
      'alternatives that agree',
      unknown('c', STRING, { alternatives: [stringValue('a'), stringValue('b')] }),
      stringValue('c'),
      false,
    ],
    [
      'alternatives that differ',
      unknown('c', STRING, { alternatives: [stringValue('a'), stringValue('b')] }),
      stringValue('b'),
      '?',
    ],
    ['an empty tuple and an empty list', value('[]'), { ...value('[]'), type: listOf(STRING) } as Value, false],
    ['nulls of different types', nullValue(STRING), nullValue(NUMBER), true],
  ])('%s', (_name, a, b, expected) => {
    expect([plain(a, b), plain(b, a)]).toEqual([expected, expected]);
  });
});

describe('sets', () => {
  const u = unknown('zone', STRING);

  test('have known members once and in order by code point', () => {
    const made = makeSet({ elements: ['b', '\u{1F600}', '\uffee', 'a', 'b'].map((one) => stringValue(one)) }, STRING);
    expect(made.elements).toEqual(['a', 'b', '\uffee', '\u{1F600}'].map((one) => stringValue(one)));
    expect(made.existence).toBeUndefined();
    expect(makeSet({ elements: [numberValue(10), numberValue(9)] }, NUMBER).elements).toEqual([
      numberValue(9),
      numberValue(10),
    ]);
  });

  test('have an unknown member perhaps, unless it certainly differs', () => {
    expect(makeSet({ elements: [u, stringValue('b')] }, STRING)).toMatchObject({
      elements: [stringValue('b'), u],
      existence: new Map([[1, 'perhaps']]),
    });
    const apart = unknown('p', STRING, { parts: ['a-', u], identity: undefined });
    expect(makeSet({ elements: [apart, stringValue('b')] }, STRING).existence).toBeUndefined();
    expect(makeSet({ elements: [u, u] }, STRING)).toMatchObject({ elements: [u] });
  });

  test('are sensitive as a whole', () => {
    expect(makeSet({ elements: [markSensitive(stringValue('a')), stringValue('b')] }, STRING).sensitive).toBe(true);
  });

  test('become lists in which what is unknown may stand anywhere', () => {
    const set = makeSet({ elements: [u, stringValue('b')] }, STRING);
    expect(convertValue(set, listOf(STRING))).toMatchObject({
      value: {
        elements: [u, stringValue('b'), u],
        existence: new Map([
          [0, 'perhaps'],
          [2, 'perhaps'],
        ]),
      },
    });
  });
});

describe('JSON', () => {
  test("is written with sorted keys and Go's escapes", () => {
    const encoded = encodeJson(
      value('{ "b": "<&>\\u2028é\\u0000\\t/", "a": [1.50, null, true, 12345678901234567890] }'),
    );
    expect(encoded).toMatchObject({
      kind: 'string',
      value: '{"a":[1.5,null,true,12345678901234567890],"b":"\\u003c\\u0026\\u003e\\u2028é\\u0000\\t/"}',
      encoded: { kind: 'object' },
    });
  });

  test('of an unknown has the known stretches, and the value', () => {
    const arn = unknown('arn', STRING, {
      notNull: true,
      parts: ['arn:aws:s3:::"', unknown('name', STRING, { notNull: true })],
    });
    const document: Value = {
      kind: 'object',
      type: object({ Resource: STRING, Sid: STRING }),
      entries: new Map<string, Value>([
        ['Resource', arn],
        ['Sid', unknown('sid', STRING)],
      ]),
    };
    const encoded = encodeJson(document);
    expect(encoded).toMatchObject({ kind: 'unknown', notNull: true, type: STRING, subject: 'var.arn' });
    expect(encoded.encoded).toBe(document);
    const parts = encoded.kind === 'unknown' ? encoded.parts : [];
    expect(parts?.map((part) => (typeof part === 'string' ? part : part.subject))).toEqual([
      '{"Resource":"arn:aws:s3:::\\"',
      'var.name',
      '","Sid":',
      'var.sid',
      '}',
    ]);
  });

  test('is read as Go reads it', () => {
    expect(value('{"a":1,"a":2}')).toMatchObject({ entries: new Map([['a', { kind: 'number', value: 2 }]]) });
    expect(value('"e\\u0301 \\ud800"')).toEqual(stringValue('\u00e9 \ufffd'));
    expect(value('[1,"a",null]')).toMatchObject({ type: tuple(NUMBER, STRING, DYNAMIC) });
  });

  test.each([
    '',
    '{"a":01}',
    '[1,]',
    '{a:1}',
    '"\t"',
    'tru',
    '1 2',
    '['.repeat(maxJsonDepth + 1),
    `${'['.repeat(100_000)}`,
  ])('%# is none', (broken) => {
    expect(decodeJson(broken)).toMatchObject({ ok: false });
  });

  test('what is written is read again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const written = encodeJson(value(JSON.stringify(data)));
        expect(written.kind).toBe('string');
        if (written.kind !== 'string') return;
        const again = encodeJson(value(written.value));
        expect(again).toMatchObject({ value: written.value });
      }),
    );
  });
});

describe('unknowns', () => {
  const u = unknown('zone', STRING, { refersTo: [{ root: '.', address: 'a.b', attribute: 'id' }] });

  test('say why, and what they refer to', () => {
    const made = unknownFrom([stringValue('x'), { ...value('[]'), elements: [u] } as Value], NUMBER, { notNull: true });
    expect(made).toEqual({
      kind: 'unknown',
      type: NUMBER,
      reason: 'variable-without-value',
      subject: 'var.zone',
      refersTo: u.refersTo,
      sensitive: undefined,
      notNull: true,
    });
    expect(unknownFrom([markSensitive(u)], STRING).sensitive).toBe(true);
  });

  test('texts beside each other are one, with their parts', () => {
    const joined = concatTexts([
      stringValue('a'),
      stringValue('-'),
      u,
      stringValue(''),
      unknown('p', STRING, { parts: ['x', u] }),
    ]);
    expect(joined).toMatchObject({ kind: 'unknown', notNull: true, parts: ['a-', u, 'x', u] });
    expect(joined.refersTo).toBeUndefined();
    expect(concatTexts([stringValue('a'), stringValue('b')])).toEqual(stringValue('ab'));
    expect(concatTexts([stringValue(''), u])).toMatchObject({ identity: 'zone', refersTo: u.refersTo, parts: [u] });
  });

  test('marks and steps', () => {
    expect(markSensitive(u, undefined)).toBe(u);
    expect(hasSensitive({ ...value('[1]'), elements: [markSensitive(u)] } as Value)).toBe(true);
    const file = { path: 'a.tf', text: 'x' };
    const written = { file, start: 0, end: 1, step: 'written' } as const;
    const step = { file, start: 0, end: 1, step: 'local', name: 'local.x' } as const;
    expect(withStep({ ...u, origin: written }, step).origin).toEqual({ ...step, from: written });
  });
});
