import { DYNAMIC, NUMBER, STRING, type Type } from '../../../model/type.js';
import type { AbsentAlternative, ElementExistence, Rest, UnknownValue, Value } from '../../../model/value.js';
import {
  boolValue,
  isWhollyKnown,
  listValue,
  numberValue,
  objectValue,
  stringValue,
  unknownValue,
} from '../../../model/values.js';
import { blur } from './choice.js';
import {
  type ChoiceTerm,
  isSensitive,
  leavesOf,
  type MappingTerm,
  mayBeAbsent,
  type NumberTerm,
  originOf,
  type PlainTerm,
  referencesOf,
  type SequenceTerm,
  type Term,
  textOf,
} from './term.js';

/** A value keeps so many alternatives. */
const maxAlternatives = 4;

const ANY_LIST: Type = { kind: 'list', element: DYNAMIC };
const ANY_OBJECT: Type = { kind: 'object', attributes: new Map() };

/** The value of a property, as its type has it; undefined where it is not there. */
export function finishTerm(term: Term, type: Type): Value | undefined {
  switch (term.kind) {
    case 'absent':
      return undefined;
    case 'choice':
      return finishChoice(term, type);
    case 'sequence':
      return finishSequence(term, type);
    case 'mapping':
      return finishMapping(term, type);
    case 'unknown':
      return finishUnknown(term, type);
    case 'null':
      return { ...term, type };
    default:
      return convertScalar(term, type);
  }
}

/** A value that cannot be of the type; of what is open it is not known what it is. */
function invalidValue(term: PlainTerm, type: Type): UnknownValue {
  const rest = term.kind === 'sequence' || term.kind === 'mapping' ? term.rest : undefined;
  return unknownValue(rest?.reason ?? 'invalid-value', {
    subject: rest?.subject,
    type,
    notNull: true,
    origin: term.origin,
    sensitive: isSensitive(term) ? true : undefined,
    refersTo: referencesOf(term),
  });
}

type Written = Exclude<PlainTerm, { readonly kind: 'absent' | 'sequence' | 'mapping' | 'unknown' | 'null' }>;

function convertScalar(term: Written, type: Type): Value {
  const { origin, sensitive, refersTo } = term;
  switch (type.kind) {
    case 'string':
      return term.kind === 'string' ? term : { ...stringValue(textOf(term) ?? '', origin), sensitive, refersTo };
    case 'number':
      return toNumber(term);
    case 'bool': {
      const bool = term.kind === 'bool' ? term.value : BOOLS.get(textOf(term) ?? '');
      return bool === undefined ? invalidValue(term, type) : { ...boolValue(bool, origin), sensitive, refersTo };
    }
    case 'dynamic':
      return term.kind === 'number' ? plainNumber(term) : term;
    default:
      return invalidValue(term, type);
  }
}

const BOOLS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);

function toNumber(term: Written): Value {
  if (term.kind === 'number') return plainNumber(term);
  const text = term.kind === 'string' ? term.value.trim() : '';
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return invalidValue(term, NUMBER);
  const { origin, sensitive, refersTo } = term;
  return { ...numberValue(Number(text), origin), sensitive, refersTo };
}

function plainNumber({ value, text, origin, sensitive, refersTo }: NumberTerm): Value {
  // A whole number beyond what a double holds exactly keeps its digits.
  if (!Number.isSafeInteger(value) && /^-?\d+$/.test(text)) {
    return { kind: 'number', value, exact: toBigFloat(BigInt(text)), origin, sensitive, refersTo };
  }
  return { kind: 'number', value, origin, sensitive, refersTo };
}

function toBigFloat(integer: bigint): { readonly mantissa: bigint; readonly exponent: number } {
  let mantissa = integer;
  let exponent = 0;
  while (mantissa !== 0n && (mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  return { mantissa, exponent };
}

function finishUnknown(term: UnknownValue, type: Type): Value {
  if (type.kind === 'dynamic' || term.type === type) return term;
  if (type.kind === 'string') return { ...term, type: STRING };
  // A text's known parts say nothing of a number, a bool or a list.
  const alternatives = term.alternatives?.map((one) => (one.kind === 'absent' ? one : retyped(one, type)));
  return { ...term, type, parts: undefined, layout: undefined, alternatives };
}

function retyped(value: Value, type: Type): Value {
  return value.kind === 'unknown' ? { ...value, type } : value;
}

function elementType(type: Type): Type {
  if (type.kind === 'list' || type.kind === 'set' || type.kind === 'map') return type.element;
  return DYNAMIC;
}

function finishSequence(term: SequenceTerm, type: Type): Value {
  const isList = type.kind === 'list' || type.kind === 'set' || type.kind === 'dynamic';
  if (!isList) return invalidValue(term, type);
  const inner = elementType(type);
  const elements: Value[] = [];
  let existence: Map<number, ElementExistence> | undefined;
  let cause: { reason: 'uncertain-existence'; subject: string | undefined } | undefined;
  for (const item of term.items) {
    const isUnsure = mayBeAbsent(item);
    const value = finishTerm(isUnsure ? withoutAbsent(item) : item, inner);
    if (value === undefined) continue;
    if (isUnsure) {
      existence ??= new Map();
      existence.set(elements.length, 'perhaps');
      cause ??= { reason: 'uncertain-existence', subject: item.kind === 'choice' ? item.label : undefined };
    }
    elements.push(value);
  }
  const list = listValue(
    type.kind === 'dynamic' ? ANY_LIST : type,
    elements,
    term.origin,
    finishRest(term.rest, inner),
  );
  return existence === undefined && term.sensitive === undefined
    ? list
    : { ...list, existence, existenceCause: cause, sensitive: term.sensitive };
}

/** The term without its branches of no value. */
function withoutAbsent(term: Term): Term {
  if (term.kind === 'unknown') {
    const alternatives = term.alternatives?.filter(({ kind }) => kind !== 'absent');
    return { ...term, alternatives: alternatives?.length === 1 ? undefined : alternatives };
  }
  if (term.kind !== 'choice') return term;
  const branches = term.branches
    .filter((branch) => branch.term.kind !== 'absent')
    .map(({ guard, term: inner }) => ({ guard, term: withoutAbsent(inner) }));
  const [only] = branches;
  return branches.length === 1 && only !== undefined ? only.term : { ...term, branches };
}

function finishRest(rest: Rest | undefined, type: Type): Rest | undefined {
  const { element } = rest ?? {};
  if (rest === undefined || element === undefined || element.kind !== 'unknown') return rest;
  return { ...rest, element: finishUnknown(element, type) };
}

function finishMapping(term: MappingTerm, type: Type): Value {
  const isObject = type.kind === 'object' || type.kind === 'map' || type.kind === 'dynamic';
  if (!isObject) return invalidValue(term, type);
  const attributes = type.kind === 'object' ? type.attributes : undefined;
  const inner = elementType(type);
  const entries = new Map<string, Value>();
  for (const key of sortedKeys(term.entries)) {
    const entry = term.entries.get(key);
    const value = entry && finishTerm(entry, attributes?.get(key) ?? inner);
    if (value !== undefined) entries.set(key, value);
  }
  const object = objectValue(type.kind === 'dynamic' ? ANY_OBJECT : type, entries, term.origin, term.rest);
  return term.sensitive === undefined ? object : { ...object, sensitive: term.sensitive };
}

/** In the order of UTF-16. */
export function sortedKeys(entries: ReadonlyMap<string, Term>): readonly string[] {
  return [...entries.keys()].sort();
}

/** What is undecided: one value where all alternatives turn out equal, else unknown with them. */
function finishChoice(choice: ChoiceTerm, type: Type): Value | undefined {
  const alternatives: (Value | AbsentAlternative)[] = [];
  const seen = new Set<string>();
  for (const leaf of leavesOf(choice)) {
    const value = finishTerm(leaf, type) ?? ABSENT;
    const key = keyOf(value);
    if (key !== undefined && seen.has(key)) continue;
    if (key !== undefined) seen.add(key);
    alternatives.push(value);
  }
  const refersTo = referencesOf(choice);
  const [only] = alternatives;
  if (alternatives.length === 1 && only !== undefined) {
    if (only.kind === 'absent') return undefined;
    return refersTo === undefined || only.refersTo === refersTo ? only : { ...only, refersTo };
  }
  const blurred = blur(choice);
  const known = alternatives.filter((one) => one.kind !== 'absent');
  const { reason, subject } = choice.cause;
  const ownType = type.kind === 'dynamic' && blurred.kind === 'unknown' ? blurred.type : type;
  return unknownValue(reason, {
    subject,
    type: ownType,
    notNull: known.length === alternatives.length && known.every(isNotNull) ? true : undefined,
    parts: ownType.kind === 'string' && blurred.kind === 'unknown' ? blurred.parts : undefined,
    alternatives: alternatives.length <= maxAlternatives ? alternatives : undefined,
    origin: originOf(choice),
    sensitive: isSensitive(choice) ? true : undefined,
    refersTo,
  });
}

const ABSENT: AbsentAlternative = { kind: 'absent' };

function isNotNull(value: Value): boolean {
  return value.kind === 'unknown' ? value.notNull === true || value.parts !== undefined : value.kind !== 'null';
}

/** Equal keys only for equal values. */
function keyOf(value: Value | AbsentAlternative): string | undefined {
  switch (value.kind) {
    case 'absent':
      return '-';
    case 'null':
      return '0';
    case 'string':
    case 'bool':
      return `${value.kind}${value.value}`;
    case 'number':
      return value.exact === undefined ? `number${value.value}` : undefined;
    case 'unknown':
      return value.identity === undefined ? undefined : `?${value.identity}`;
    default:
      return isWhollyKnown(value) ? JSON.stringify(plainOf(value)) : undefined;
  }
}

function plainOf(value: Value): unknown {
  switch (value.kind) {
    case 'list':
      return value.elements.map(plainOf);
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [`.${key}`, plainOf(entry)]));
    case 'null':
      return null;
    case 'unknown':
      return undefined;
    case 'number':
      return value.exact === undefined ? value.value : `#${value.exact.mantissa} ${value.exact.exponent}`;
    default:
      return value.value;
  }
}
