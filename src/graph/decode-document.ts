import type { UnknownValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { OBJECT_TYPE } from './draft.js';
import { decodeJsonText } from './json-text.js';
import { toPolicyDocument } from './policy-document.js';
import type { DocumentEntry } from './resource-types/entries.js';

export interface DecodedDocument {
  /** Undefined: an empty text, which is no document. */
  readonly value: Value | undefined;
  readonly problem?: string | undefined;
}

/** SAFETY: how deep a document is recased; deeper levels keep their keys. */
const maxRecasedDepth = 50;

/** The document that an attribute holds, as structure. What cannot be decoded is unknown, with its problem. */
export function decodeDocument(value: Value, entry: DocumentEntry): DecodedDocument {
  switch (value.kind) {
    case 'null':
      return { value };
    case 'object':
    case 'list':
      return shapeDocument(value, value, entry);
    case 'string':
      if (value.value.trim() === '') return { value: undefined };
      break;
    case 'unknown':
      if (value.encoded === undefined && value.parts === undefined) return decodeUnknown(value, entry);
      break;
    default:
      return invalid(value, 'The value is no text');
  }
  if (value.encoded !== undefined) return shapeEncoded(value.encoded, value, entry);
  const decoded = decodeJsonText(value);
  return 'problem' in decoded ? invalid(value, decoded.problem) : shapeDocument(decoded.value, value, entry);
}

/** An IAM policy document in Terraform's words, of a resource in native form; undefined where there is none. */
export function policyDocumentOf(value: Value): Value | undefined {
  return decodeDocument(value, { kind: 'document', document: 'iam-policy' }).value;
}

/** The text is as sensitive as the most sensitive value in it: where those are known, the rest of the document is not. */
function shapeEncoded(encoded: Value, written: Value, entry: DocumentEntry): DecodedDocument {
  if (written.sensitive !== true) return shapeDocument(encoded, written, entry);
  const marks = { isFound: false };
  const structure = withMarksAtLeaves(encoded, false, marks);
  return shapeDocument(structure, marks.isFound ? { ...written, sensitive: undefined } : written, entry);
}

/** The value with the marks of lists and objects at everything in them: their shape is another afterwards. */
function withMarksAtLeaves(value: Value, isInside: boolean, marks: { isFound: boolean }): Value {
  const isMarked = isInside || value.sensitive === true;
  if (isMarked) marks.isFound = true;
  if (value.kind === 'list') {
    const elements = value.elements.map((element) => withMarksAtLeaves(element, isMarked, marks));
    const rest = value.rest?.element && {
      ...value.rest,
      element: withMarksAtLeaves(value.rest.element, isMarked, marks),
    };
    return { ...value, elements, ...(rest && { rest }) };
  }
  if (value.kind === 'object') {
    const entries = [...value.entries].map(
      ([name, field]) => [name, withMarksAtLeaves(field, isMarked, marks)] as const,
    );
    return { ...value, entries: new Map(entries) };
  }
  if (value.kind === 'unknown' && holdsMark(value)) marks.isFound = true;
  return isMarked && value.sensitive !== true ? { ...value, sensitive: true } : value;
}

function holdsMark({ parts = [], alternatives = [] }: UnknownValue): boolean {
  return [...parts, ...alternatives].some(
    (one) => typeof one !== 'string' && one.kind !== 'absent' && one.sensitive === true,
  );
}

function shapeDocument(structure: Value, written: Value, entry: DocumentEntry): DecodedDocument {
  const shaped = entry.document === 'iam-policy' ? toPolicyDocument(structure) : recase(structure, entry, 0);
  if (shaped === undefined) return invalid(written, 'The text is no policy document');
  const { sensitive, refersTo } = written;
  return {
    value: {
      ...shaped,
      origin: shaped.origin ?? written.origin,
      ...(sensitive === true && { sensitive }),
      ...(refersTo !== undefined && shaped.refersTo === undefined && { refersTo }),
    },
  };
}

function decodeUnknown(value: UnknownValue, entry: DocumentEntry): DecodedDocument {
  const { alternatives } = value;
  if (alternatives === undefined) return { value: { ...value, type: { kind: 'dynamic' } } };
  const decoded = alternatives.map((alternative) =>
    alternative.kind === 'absent'
      ? alternative
      : (decodeDocument(alternative, entry).value ?? { kind: 'absent' as const }),
  );
  return { value: { ...value, type: { kind: 'dynamic' }, alternatives: decoded } };
}

function invalid(value: Value, problem: string): DecodedDocument {
  const { origin, refersTo } = value;
  // An unknown text may become a document once it is whole; a known one never will.
  if (value.kind === 'unknown') {
    const { parts: _parts, layout: _layout, ...kept } = value;
    return { value: { ...kept, type: { kind: 'dynamic' } } };
  }
  return { value: unknownValue('invalid-value', { origin, refersTo, notNull: true }), problem };
}

function recase(value: Value, entry: DocumentEntry, depth: number): Value {
  if (entry.keys === undefined || depth > maxRecasedDepth) return value;
  if (value.kind === 'list') {
    const elements = value.elements.map((element) => recase(element, entry, depth + 1));
    const rest = value.rest?.element && { ...value.rest, element: recase(value.rest.element, entry, depth + 1) };
    return { ...value, elements, ...(rest && { rest }) };
  }
  if (value.kind === 'unknown' && value.alternatives !== undefined) {
    const alternatives = value.alternatives.map((one) => (one.kind === 'absent' ? one : recase(one, entry, depth + 1)));
    return { ...value, alternatives };
  }
  if (value.kind !== 'object') return value;
  const entries = new Map<string, Value>();
  for (const [name, field] of value.entries) {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    entries.set(key, entry.freeMaps?.includes(key) === true ? field : recase(field, entry, depth + 1));
  }
  return { ...value, type: OBJECT_TYPE, entries };
}
