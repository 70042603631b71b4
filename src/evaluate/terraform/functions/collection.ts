import { BOOL, DYNAMIC, listOf, NUMBER, type Type } from '../../../model/type.js';
import type { Rest, UnknownValue, Value } from '../../../model/value.js';
import { boolValue, nullValue, numberValue, typeOf } from '../../../model/values.js';
import { eitherOf } from '../expression/alternatives.js';
import { convertValue } from '../values/convert.js';
import { compareForEquality } from '../values/equality.js';
import { addNumbers, compareNumbers, isInfinite } from '../values/number.js';
import { elementTypeOf, unifyTypes } from '../values/types.js';
import {
  isNotNull,
  isUnknown,
  knownPrefix,
  knownSuffix,
  lengthRange,
  markSensitive,
  unknownFrom,
} from '../values/unknown.js';
import { anyParameter, argumentAt, define, kindOf, parameter } from './define.js';
import { FunctionFailure, type TerraformFunction, unsuitable } from './function.js';
import { countGraphemes } from './graphemes.js';
import { partOfUnknown } from './parts.js';
import { eachMember, membersOf } from './sequence.js';

const length = define({
  name: 'length',
  parameters: [anyParameter('value', 'um')],
  returns: NUMBER,
  call(args) {
    const value = argumentAt(args, 0);
    return markSensitive(lengthOf(value), value.sensitive);
  },
});

function lengthOf(value: Value): Value {
  if (value.kind === 'string') return numberValue(countGraphemes(value.value));
  const range = lengthRange(value);
  if (range !== undefined && range.min === range.max) return numberValue(range.min);
  if (range !== undefined) return counted(value, range);
  const kind = kindOf(value);
  if (kind !== 'string' && kind !== 'dynamic') {
    throw new FunctionFailure('argument must be a string, a collection type, or a structural type', 0);
  }
  const prefix = countGraphemes(knownPrefix(value));
  const min = Math.max(prefix, knownSuffix(value) === '' ? 0 : 1);
  return counted(value, { min });
}

/** How many there are says nothing of what is sensitive in them. */
function counted(
  value: Value,
  bounds: { readonly min?: number | undefined; readonly max?: number | undefined },
): Value {
  const cause = openCause(value);
  return unknownFrom([value], NUMBER, {
    notNull: true,
    bounds,
    refersTo: undefined,
    sensitive: undefined,
    // Nor does what is unknown in them.
    ...(cause && { reason: cause.reason, subject: cause.subject }),
  });
}

/** Why it is not known how many elements there are. */
function openCause(value: Value): Pick<Rest, 'reason' | 'subject'> | undefined {
  if (value.kind === 'list') return value.existenceCause ?? value.rest;
  return value.kind === 'object' ? value.rest : undefined;
}

function sequenceOf(args: readonly Value[], index: number, kinds: readonly Type['kind'][], message: string) {
  const value = argumentAt(args, index);
  const members = [...kinds, 'dynamic'].includes(kindOf(value)) ? membersOf(value) : undefined;
  if (members === undefined) throw new FunctionFailure(message, index);
  return members;
}

/** As `sequenceOf`; the members of a list are made one by one, for a search need not look at all. */
function searchedSequence(args: readonly Value[], kinds: readonly Type['kind'][], message: string) {
  const value = argumentAt(args, 0);
  if (value.kind !== 'list' || ![...kinds, 'dynamic'].includes(value.type.kind))
    return sequenceOf(args, 0, kinds, message);
  return { members: eachMember(value), rest: value.rest };
}

const contains = define({
  name: 'contains',
  parameters: [anyParameter('list', 'u'), anyParameter('value', 'u')],
  returns: BOOL,
  call(args) {
    const { members, rest } = searchedSequence(args, ['list', 'tuple', 'set'], 'argument must be list, tuple, or set');
    const wanted = argumentAt(args, 1);
    let isUndecided = rest !== undefined;
    for (const { value, existence } of members) {
      const answer = compareForEquality(value, wanted);
      if (answer === true && existence === undefined) return boolValue(true);
      if (answer !== false) isUndecided = true;
    }
    return isUndecided ? unknownFrom(args, BOOL, { notNull: true }) : boolValue(false);
  },
});

const index = define({
  name: 'index',
  parameters: [anyParameter('list', 'u'), anyParameter('value', 'u')],
  returns: NUMBER,
  call(args) {
    const { members, rest } = searchedSequence(args, ['list', 'tuple'], 'argument must be a list or tuple');
    const wanted = argumentAt(args, 1);
    let position = 0;
    for (const { value, existence } of members) {
      const answer = compareForEquality(value, wanted);
      if (answer === true && existence === undefined) return numberValue(position);
      if (answer !== false || existence !== undefined) return unknownIndex(args, position);
      position++;
    }
    if (rest !== undefined) return unknownIndex(args, position);
    if (position === 0) throw new FunctionFailure('cannot search an empty list', 0);
    throw new FunctionFailure('item not found', 1);
  },
});

function unknownIndex(args: readonly Value[], min: number): Value {
  return unknownFrom(args, NUMBER, { notNull: true, refersTo: undefined, bounds: { min: min === 0 ? 0 : undefined } });
}

/** `alltrue`, and `anytrue` for the other answer. */
function quantifier(name: string, decisive: boolean): TerraformFunction {
  return define({
    name,
    parameters: [parameter('list', listOf(BOOL), 'u')],
    returns: BOOL,
    call(args) {
      const list = membersOf(argumentAt(args, 0));
      let isUndecided = list === undefined || list.rest !== undefined;
      for (const { value, existence } of list?.members ?? []) {
        // A null is not true.
        const answer = value.kind === 'unknown' ? undefined : value.kind === 'bool' && value.value;
        if (answer === decisive && existence === undefined) return boolValue(decisive);
        if (answer !== !decisive) isUndecided = true;
      }
      return isUndecided ? unknownFrom(args, BOOL, { notNull: true }) : boolValue(!decisive);
    },
  });
}

const one = define({
  name: 'one',
  parameters: [anyParameter('list', 'um')],
  returns: DYNAMIC,
  isNeverNull: false,
  call(args) {
    const list = argumentAt(args, 0);
    const message = 'must be a list, set, or tuple value with either zero or one elements';
    const { members, rest } = sequenceOf(args, 0, ['list', 'set', 'tuple'], message);
    const range = lengthRange(list);
    if (range !== undefined && range.min > 1) throw new FunctionFailure(message, 0);
    return markSensitive(onlyOf(list, members, rest?.element ?? rest), list.sensitive);
  },
});

function onlyOf(
  list: Value,
  members: readonly { readonly value: Value; readonly existence?: string | undefined }[],
  rest: object | undefined,
): Value {
  const type = elementTypeOf(typeOf(list));
  const none = nullValue(type.kind === 'dynamic' ? undefined : type);
  const [first] = members;
  if (rest === undefined) {
    if (first === undefined) return none;
    if (members.length === 1 && first.existence === undefined) return first.value;
    const certain = members.find((member) => member.existence === undefined);
    // More than one is an error, so one that is certainly there is the only one.
    if (certain !== undefined) return certain.value;
    return eitherOf([...members.map((member) => member.value), none], unknownFrom([list], type));
  }
  if (list.kind === 'unknown') return partOfUnknown(list, type, 'one');
  const certain = members.find((member) => member.existence === undefined);
  if (certain !== undefined) return certain.value;
  return unknownFrom([list], type);
}

const coalesce = define({
  name: 'coalesce',
  parameters: [],
  variadic: anyParameter('vals', 'un'),
  returns: DYNAMIC,
  call(args) {
    const type = unifyTypes(args.map(typeOf));
    if (type === undefined) throw new FunctionFailure('all arguments must have the same type');
    const candidates: Value[] = [];
    let cause: Value | undefined;
    for (const [position, arg] of args.entries()) {
      const converted = convertValue(arg, type);
      if (!converted.ok) throw new FunctionFailure(converted.message, position);
      const value = converted.value;
      if (value.kind === 'null' || (value.kind === 'string' && value.value === '')) continue;
      if (!isUnknown(value)) {
        candidates.push(value);
        break;
      }
      candidates.push({ ...value, notNull: true });
      const isText = value.type.kind === 'string' || value.type.kind === 'dynamic';
      const isFilled = knownPrefix(value) !== '' || knownSuffix(value) !== '';
      if (isNotNull(value) && (!isText || isFilled)) break;
      cause ??= value;
    }
    const [single] = candidates;
    if (single === undefined) throw new FunctionFailure('no non-null, non-empty-string arguments');
    return candidates.length === 1 ? single : eitherOf(candidates, cause ?? single);
  },
});

const sum = define({
  name: 'sum',
  parameters: [anyParameter('list', 'u')],
  returns: NUMBER,
  call(args) {
    const { members, rest } = sequenceOf(args, 0, ['list', 'set', 'tuple'], 'argument must be list, set, or tuple');
    if (members.length === 0 && rest === undefined) throw new FunctionFailure('cannot sum an empty list', 0);
    let total: Value & { kind: 'number' } = numberValue(0);
    let isUnknownSum = rest !== undefined;
    for (const { value, existence } of members) {
      const converted = convertValue(value, NUMBER);
      if (!converted.ok || converted.value.kind === 'null') {
        const isLimit = !converted.ok && converted.isLimit === true;
        throw unsuitable(isLimit, 'argument must be list, set, or tuple of number values', 0);
      }
      if (converted.value.kind !== 'number' || existence !== undefined) {
        isUnknownSum = true;
        continue;
      }
      const next = addNumbers(total, converted.value);
      if (next === undefined) {
        const isOpposing = isInfinite(total) && isInfinite(converted.value);
        throw unsuitable(!isOpposing, "can't compute sum of opposing infinities", 0);
      }
      total = next;
    }
    return isUnknownSum ? unknownFrom(args, NUMBER, { notNull: true, refersTo: undefined }) : total;
  },
});

/** `max`, and `min` for the sign -1. */
function extreme(name: 'max' | 'min', sign: 1 | -1): TerraformFunction {
  return define({
    name,
    parameters: [],
    variadic: parameter('numbers', NUMBER, 'u'),
    returns: NUMBER,
    call(args) {
      if (args.length === 0) throw new FunctionFailure('must pass at least one number');
      let best: (Value & { kind: 'number' }) | undefined;
      const unknowns: UnknownValue[] = [];
      for (const arg of args) {
        if (arg.kind === 'unknown') unknowns.push(arg);
        if (arg.kind !== 'number') continue;
        if (best === undefined || compareNumbers(arg, best) === sign) best = arg;
      }
      if (unknowns.length === 0 && best !== undefined) return best;
      const limit = best?.exact === undefined ? best?.value : undefined;
      const bounds = sign === 1 ? { min: limit } : { max: limit };
      return unknownFrom(args, NUMBER, { notNull: true, refersTo: undefined, ...(limit !== undefined && { bounds }) });
    },
  });
}

export const collectionFunctions: readonly TerraformFunction[] = [
  length,
  contains,
  index,
  quantifier('alltrue', false),
  quantifier('anytrue', true),
  one,
  coalesce,
  sum,
  extreme('max', 1),
  extreme('min', -1),
];
