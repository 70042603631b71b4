import type { ScalarText } from '../yaml/tree-builder.js';
import type { DataInvalid, DataScalar } from './ast.js';
import type { Reading } from './reading.js';
import { resolvePlain } from './resolve-scalar.js';

/** A scalar as its dialect reads it. */
export function scalarNode(scalar: ScalarText, isKey: boolean, reading: Reading): DataScalar | DataInvalid {
  const { tag, style } = scalar;
  if (tag !== undefined) return taggedScalar(scalar, tag, isKey, reading);
  return style === 'plain' ? plainScalar(scalar, isKey, reading) : stringNode(scalar);
}

function plainScalar(scalar: ScalarText, isKey: boolean, reading: Reading): DataScalar | DataInvalid {
  const { start, end, text } = scalar;
  const value = resolvePlain(text, reading.dialect);
  if (value === undefined) return stringNode(scalar);
  if (value === null) return { kind: 'null', start, end, tag: undefined };
  if (typeof value === 'boolean') return { kind: 'bool', start, end, tag: undefined, value, spelling: text };
  const isNumber = value.charCodeAt(value.length - 1) <= DIGIT_NINE;
  if (isNumber) return { kind: 'number', start, end, tag: undefined, text: value, spelling: text };
  if (isKey)
    return {
      kind: 'string',
      start,
      end,
      tag: undefined,
      value: reading.dialect === 'kubernetes' ? goText(value) : text,
    };
  reading.notes.note('yaml-invalid-value', `"${text}" is not a number that JSON has.`, { start, end });
  return { kind: 'invalid', start, end, tag: undefined, reason: 'invalid-value' };
}

/** Every finite number ends in a digit, `Infinity` and `NaN` do not. */
const DIGIT_NINE = 57;

function goText(value: string): string {
  if (value === 'NaN') return '.nan';
  return value === 'Infinity' ? '.inf' : '-.inf';
}

function stringNode({ start, end, text }: ScalarText, tag?: string): DataScalar {
  return { kind: 'string', start, end, tag, value: text };
}

function taggedScalar(scalar: ScalarText, tag: string, isKey: boolean, reading: Reading): DataScalar | DataInvalid {
  switch (tag) {
    case '!':
      // Not specific: Go takes the scalar for a text, CloudFormation as if there were no tag.
      return reading.dialect === 'kubernetes'
        ? stringNode(scalar)
        : scalarNode({ ...scalar, tag: undefined }, isKey, reading);
    case '!!binary':
      return reading.dialect === 'kubernetes' ? binaryNode(scalar, reading) : stringNode(scalar);
    case '!!int':
    case '!!float':
    case '!!bool':
    case '!!null':
      return typedScalar(scalar, tag, reading);
    default:
      // A local tag's scalar is a text: `!Ref 0123`.
      return stringNode(scalar, tag.startsWith('!!') ? undefined : tag);
  }
}

/** `!!int '10'`: quotes do not count, the text must be one of the type. */
function typedScalar(scalar: ScalarText, tag: string, reading: Reading): DataScalar | DataInvalid {
  const node = plainScalar(scalar, false, reading);
  const isInteger = node.kind === 'number' && /^[-+]?(?:0[xXbBoO].*|[^.eE]*)$/.test(node.spelling);
  const fits =
    (tag === '!!int' && isInteger) || `!!${node.kind}` === tag || (tag === '!!float' && node.kind === 'number');
  return fits || node.kind === 'invalid' ? node : refuse(scalar, tag, reading);
}

function binaryNode(scalar: ScalarText, reading: Reading): DataScalar | DataInvalid {
  const text = scalar.text.replace(/[\r\n]/g, '');
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
  if (!isBase64) return refuse(scalar, '!!binary', reading);
  return stringNode({ ...scalar, text: Buffer.from(text, 'base64').toString('utf8') });
}

function refuse({ start, end, text }: ScalarText, tag: string, { notes }: Reading): DataInvalid {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  notes.note('yaml-invalid-value', `"${shown}" cannot be read as ${tag}.`, { start, end });
  return { kind: 'invalid', start, end, tag: undefined, reason: 'invalid-value' };
}
