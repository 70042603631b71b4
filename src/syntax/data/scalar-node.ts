import type { DiagnosticCode } from '../../source/diagnostic.js';
import type { Place, ScalarText } from '../yaml/tree-builder.js';
import type { DataDialect, DataEntry, DataInvalid, DataNode, DataScalar } from './ast.js';
import { resolvePlain } from './resolve-scalar.js';

/** Where a reader tells what is wrong. */
export interface DataNotes {
  note(code: DiagnosticCode, message: string, place: Place): void;
  duplicate(key: string, loser: DataEntry): void;
}

/** A scalar as its dialect reads it. */
export function scalarNode(scalar: ScalarText, dialect: DataDialect, notes: DataNotes): DataScalar | DataInvalid {
  const { start, end, tag, style, text } = scalar;
  if (tag !== undefined) return taggedScalar(scalar, tag, dialect, notes);
  if (style !== 'plain') return { kind: 'string', start, end, tag: undefined, value: text };
  const value = resolvePlain(text, dialect);
  if (value === undefined) return { kind: 'string', start, end, tag: undefined, value: text };
  if (value === null) return { kind: 'null', start, end, tag: undefined };
  if (typeof value === 'boolean') return { kind: 'bool', start, end, tag: undefined, value, spelling: text };
  const first = value.charCodeAt(value.length - 1);
  // `Infinity` and `NaN` end in letters.
  if (first > 57) return notANumber(scalar, notes);
  return { kind: 'number', start, end, tag: undefined, text: value, spelling: text };
}

function notANumber({ start, end, text }: ScalarText, notes: DataNotes): DataInvalid {
  notes.note('yaml-invalid-value', `"${text}" is not a number that JSON has.`, { start, end });
  return { kind: 'invalid', start, end, tag: undefined, reason: 'invalid-value' };
}

function taggedScalar(
  scalar: ScalarText,
  tag: string,
  dialect: DataDialect,
  notes: DataNotes,
): DataScalar | DataInvalid {
  const { start, end, text } = scalar;
  switch (tag) {
    case '!!str':
      return { kind: 'string', start, end, tag: undefined, value: text };
    case '!':
      // Not specific: Go takes the scalar for a text, YAML 1.1 resolves it as if there were no tag.
      if (dialect === 'kubernetes') return { kind: 'string', start, end, tag: undefined, value: text };
      return scalarNode({ ...scalar, tag: undefined }, dialect, notes);
    case '!!binary':
      return { kind: 'string', start, end, tag: undefined, value: dialect === 'kubernetes' ? fromBase64(text) : text };
    case '!!int':
    case '!!float':
    case '!!bool':
    case '!!null':
      return typedScalar(scalar, tag, dialect, notes);
    default:
      return { kind: 'string', start, end, tag: tag.startsWith('!!') ? undefined : tag, value: text };
  }
}

const kinds: Readonly<Record<string, DataNode['kind']>> = {
  '!!int': 'number',
  '!!float': 'number',
  '!!bool': 'bool',
  '!!null': 'null',
};

function typedScalar(
  scalar: ScalarText,
  tag: string,
  dialect: DataDialect,
  notes: DataNotes,
): DataScalar | DataInvalid {
  const { start, end, text } = scalar;
  const node = scalarNode({ ...scalar, tag: undefined, style: 'plain' }, dialect, notes);
  if (node.kind === kinds[tag]) return node;
  if (node.kind !== 'invalid') notes.note('yaml-invalid-value', `"${text}" cannot be read as ${tag}.`, { start, end });
  return { kind: 'invalid', start, end, tag: undefined, reason: 'invalid-value' };
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
