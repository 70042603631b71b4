import { DYNAMIC, listOf, NUMBER, STRING } from '../../../model/type.js';
import type { NumberValue, Value } from '../../../model/value.js';
import { isWhollyKnown, numberValue, typeOf } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import { eitherOf, maxAlternatives } from '../expression/alternatives.js';
import { listValueOf } from '../values/collections.js';
import { certainPrefix, compareForEquality } from '../values/equality.js';
import { addNumbers, compareNumbers, isInteger, moduloNumbers } from '../values/number.js';
import { setHash } from '../values/set.js';
import { elementTypeOf } from '../values/types.js';
import {
  isNotNull,
  isUnknown,
  knownPrefix,
  knownSuffix,
  lengthRange,
  markSensitive,
  referencesIn,
  unknownFrom,
} from '../values/unknown.js';
import {
  anyParameter,
  argumentAt,
  define,
  integerOf,
  kindOf,
  numberOf,
  numberParameter,
  parameter,
  textOf,
} from './define.js';
import { flatten } from './flatten.js';
import { FunctionFailure, type TerraformFunction } from './function.js';
import { partOfUnknown, withoutIdentity } from './parts.js';
import {
  concatMembers,
  likeSource,
  listFrom,
  type Member,
  type Members,
  sequenceArgument,
  tupleFrom,
  unifiedList,
} from './sequence.js';

/** Terraform's own limit of `range`. */
const maxRangeLength = 1_024;
/** SAFETY: how many pairs `distinct` compares. */
const maxComparisons = 1_000_000;

const concat = define({
  name: 'concat',
  parameters: [],
  variadic: anyParameter('seqs', 'um'),
  returns: DYNAMIC,
  call(args) {
    if (args.length === 0) throw new FunctionFailure('at least one argument is required');
    const all = args.map((_, index) => sequenceArgument(args, index, 'all arguments must be lists or tuples'));
    const joined = concatMembers(all);
    const isList = args.every((arg) => kindOf(arg) === 'list');
    const made = (isList ? unifiedList(joined) : undefined) ?? tupleFrom(joined);
    const [single] = args;
    if (args.length === 1 && single?.kind === 'unknown') return single;
    return markSensitive(
      made,
      args.some((arg) => arg.sensitive === true),
    );
  },
});

const element = define({
  name: 'element',
  parameters: [anyParameter('list', 'um'), numberParameter('index', 'u')],
  returns: DYNAMIC,
  isNeverNull: false,
  call(args) {
    const list = argumentAt(args, 0);
    const index = argumentAt(args, 1);
    const parts = sequenceArgument(args, 0, 'cannot read elements from this value');
    const length = lengthRange(list);
    if (length?.max === 0) throw new FunctionFailure('cannot use element function with an empty list', 0);
    return markSensitive(elementOf(list, parts, index), list.sensitive);
  },
});

function elementOf(list: Value, parts: Members, index: Value): Value {
  if (index.kind === 'number') {
    if (!isInteger(index)) throw new FunctionFailure('index must be a whole number', 1);
    const length = lengthRange(list);
    const count = parts.members.length;
    const isFixed = parts.rest === undefined && length?.max === length?.min && count > 0;
    const remainder = isFixed ? moduloNumbers(index, numberValue(count))?.value : undefined;
    // Terraform 1.11 counts from the end of a list, and of a tuple it stops with an error where there is a remainder.
    if (index.value < 0 && remainder !== 0 && kindOf(list) === 'tuple') {
      throw new FunctionFailure('cannot use element function with a negative index', 1);
    }
    const position = remainder !== undefined && remainder < 0 ? remainder + count : remainder;
    const own = position === undefined ? undefined : parts.members[position];
    if (own !== undefined) return own.value;
    const certain = list.kind === 'list' ? certainPrefix(list) : 0;
    const direct = index.value >= 0 && index.value < certain ? parts.members[index.value] : undefined;
    if (direct !== undefined) return direct.value;
    if (list.kind === 'unknown') return partOfUnknown(list, elementTypeOf(list.type), `element ${index.value}`);
  }
  const possible = parts.members.map((member) => member.value);
  if (parts.rest?.element !== undefined) possible.push(parts.rest.element);
  const isComplete = parts.rest === undefined || parts.rest.element !== undefined;
  const cause = unknownFrom([index, list], elementTypeOf(typeOf(list)), { refersTo: referencesIn(list) });
  if (!isComplete || possible.length === 0 || possible.length > maxAlternatives) return cause;
  return possible.length === 1 ? withoutIdentity(eitherOf(possible, cause)) : eitherOf(possible, cause);
}

// SAFETY: a slice of an unknown list is written out up to here; longer ones keep their length alone.
const maxUnknownElements = 256;

const slice = define({
  name: 'slice',
  parameters: [anyParameter('list', 'um'), numberParameter('start_index'), numberParameter('end_index')],
  returns: DYNAMIC,
  call(args) {
    const list = argumentAt(args, 0);
    const parts = sequenceArgument(args, 0, 'cannot slice a set, because its elements do not have indices');
    const [start, end] = [integerOf(args[1], 1), integerOf(args[2], 2)];
    const length = lengthRange(list);
    if (start < 0) throw new FunctionFailure('start index must not be less than zero', 1);
    if (length?.max !== undefined && end > length.max) {
      throw new FunctionFailure('end index must not be greater than the length of the list', 2);
    }
    if (start > end) throw new FunctionFailure('start index must not be greater than end index', 1);
    const certain = list.kind === 'list' ? certainPrefix(list) : parts.rest === undefined ? parts.members.length : 0;
    if (end <= certain) return likeSource({ members: parts.members.slice(start, end) }, list);
    return sliceOfUnknown(list, parts.members.slice(0, certain), { start, end });
  },
});

/** A slice that reaches beyond what is certain: where it is no error, it has this many elements. */
function sliceOfUnknown(
  list: Value,
  certain: readonly Member[],
  { start, end }: { start: number; end: number },
): Value {
  const type = typeOf(list);
  const length = { min: end - start, max: end - start };
  if (type.kind !== 'list' || end - start > maxUnknownElements) {
    return unknownFrom([list], type.kind === 'list' ? type : DYNAMIC, { notNull: true, length });
  }
  const members = certain.slice(start);
  for (let index = Math.max(start, certain.length); index < end; index++) {
    const value =
      list.kind === 'unknown'
        ? partOfUnknown(list, type.element, `element ${index}`)
        : unknownFrom([list], type.element, { refersTo: referencesIn(list) });
    members.push({ value });
  }
  return likeSource({ members }, list);
}

const reverse = define({
  name: 'reverse',
  parameters: [anyParameter('list', 'um')],
  returns: DYNAMIC,
  call(args) {
    const list = argumentAt(args, 0);
    const { members, rest } = sequenceArgument(args, 0, 'can only reverse list or tuple values', true);
    const type = typeOf(list);
    const isSetUncertain =
      type.kind === 'set' && (rest !== undefined || members.some((one) => one.value.kind === 'unknown'));
    if (isUnknown(list) && type.kind !== 'tuple') {
      const listType = type.kind === 'dynamic' ? DYNAMIC : listOf(elementTypeOf(type));
      return unknownFrom([list], listType, { notNull: true, length: list.length });
    }
    if (isSetUncertain) return unknownFrom([list], listOf(elementTypeOf(type)), { notNull: true });
    const reversed = [...members].reverse();
    if (rest !== undefined) {
      const { reason, subject } = rest;
      const gap = rest.element ?? { kind: 'unknown' as const, type: DYNAMIC, reason, subject };
      reversed.unshift({ value: gap, existence: 'any-number' });
    }
    const parts = { members: reversed };
    const made = type.kind === 'set' || type.kind === 'list' ? listFrom(parts, type.element) : tupleFrom(parts);
    return markSensitive(made, list.sensitive);
  },
});

const sort = define({
  name: 'sort',
  parameters: [parameter('list', listOf(STRING), 'u')],
  returns: listOf(STRING),
  call(args) {
    const list = argumentAt(args, 0);
    if (list.kind !== 'list') return unknownFrom([list], listOf(STRING), { notNull: true });
    for (const [index, text] of list.elements.entries()) {
      if (text.kind !== 'null') continue;
      throw new FunctionFailure(`given list element ${index} is null; a null string cannot be sorted`, 0);
    }
    const isKnown = list.rest === undefined && !list.existence && list.elements.every((one) => one.kind === 'string');
    if (!isKnown) {
      const { rest } = list;
      const unknown = unknownFrom([list], STRING, { notNull: true });
      const isFixed = rest === undefined && !list.existence;
      if (!isFixed) return unknownFrom([list], listOf(STRING), { notNull: true });
      return listValueOf(
        list.elements.map(() => unknown),
        STRING,
      );
    }
    const sorted = [...list.elements].sort((a, b) => compareText(textOf(a), textOf(b)));
    return listValueOf(sorted, STRING);
  },
});

const distinct = define({
  name: 'distinct',
  parameters: [parameter('list', listOf(DYNAMIC), 'u')],
  returns: ([list]) => (list === undefined ? DYNAMIC : typeOf(list)),
  call(args) {
    const list = argumentAt(args, 0);
    if (list.kind !== 'list') return unknownFrom([list], typeOf(list), { notNull: true });
    const members: Member[] = [];
    const seen = new Map<string, number>();
    const unknowns: Value[] = [];
    let comparisons = 0;
    for (const [index, value] of list.elements.entries()) {
      const own = list.existence?.get(index);
      const isKnown = isWhollyKnown(value);
      const hash = setHash(value);
      const before = isKnown ? seen.get(hash) : undefined;
      if (before !== undefined && members[before]?.existence === undefined) continue;
      const others = isKnown ? unknowns : members.map((member) => member.value);
      comparisons += others.length;
      const isApart =
        comparisons <= maxComparisons && others.every((other) => compareForEquality(other, value) === false);
      if (!isApart && others.some((other) => compareForEquality(other, value) === true && isUnknown(other))) continue;
      if (isKnown && before === undefined) seen.set(hash, members.length);
      if (!isKnown) unknowns.push(value);
      const isCertain = own === undefined && isApart && before === undefined;
      members.push({ value, existence: isCertain ? undefined : (own ?? 'perhaps') });
    }
    return likeSource({ members, rest: list.rest }, list);
  },
});

const compact = define({
  name: 'compact',
  parameters: [parameter('list', listOf(STRING), 'u')],
  returns: listOf(STRING),
  call(args) {
    const list = argumentAt(args, 0);
    if (list.kind !== 'list') return unknownFrom([list], listOf(STRING), { notNull: true });
    const members = list.elements.flatMap((value, index): Member[] => {
      if (value.kind === 'null' || (value.kind === 'string' && value.value === '')) return [];
      const isFilled = value.kind === 'string' || knownPrefix(value) !== '' || knownSuffix(value) !== '';
      return [{ value, existence: list.existence?.get(index) ?? (isFilled ? undefined : 'perhaps') }];
    });
    return listFrom({ members, rest: list.rest }, STRING);
  },
});

const chunklist = define({
  name: 'chunklist',
  parameters: [parameter('list', listOf(DYNAMIC), 'um'), numberParameter('size')],
  returns: ([list]) => listOf(list === undefined ? DYNAMIC : typeOf(list)),
  call(args) {
    const list = argumentAt(args, 0);
    const size = integerOf(args[1], 1);
    const type = typeOf(list);
    if (size < 0) throw new FunctionFailure('the size argument must be positive', 1);
    if (list.kind !== 'list' || list.rest !== undefined || list.existence !== undefined) {
      return unknownFrom([list], listOf(type), { notNull: true });
    }
    const step = size === 0 ? Math.max(1, list.elements.length) : size;
    const chunks: Value[] = [];
    for (let at = 0; at < list.elements.length; at += step) {
      chunks.push(listValueOf(list.elements.slice(at, at + step), elementTypeOf(type)));
    }
    return markSensitive(listValueOf(chunks, type), list.sensitive);
  },
});

const range = define({
  name: 'range',
  parameters: [],
  variadic: numberParameter('params'),
  returns: listOf(NUMBER),
  call(args) {
    const [a, b, c] = args;
    if (a === undefined || args.length > 3) throw new FunctionFailure('range takes one, two or three arguments');
    const start = b === undefined ? numberValue(0) : numberOf(a);
    const end = b === undefined ? numberOf(a) : numberOf(b);
    const isDown = compareNumbers(end, start) < 0;
    const step = c === undefined ? numberValue(isDown ? -1 : 1) : numberOf(c);
    const sign = compareNumbers(step, numberValue(0));
    if (sign === 0) throw new FunctionFailure('step must not be zero', 2);
    if (compareNumbers(end, start) !== 0 && sign < 0 !== isDown) {
      throw new FunctionFailure(
        isDown
          ? 'end must be greater than start when step is positive'
          : 'end must be less than start when step is negative',
        1,
      );
    }
    const numbers: NumberValue[] = [];
    let current: NumberValue | undefined = start;
    while (current !== undefined && (isDown ? compareNumbers(current, end) > 0 : compareNumbers(current, end) < 0)) {
      if (numbers.length >= maxRangeLength) {
        throw new FunctionFailure(
          `more than ${maxRangeLength} values were generated; either decrease the difference between start and end or use a smaller step`,
        );
      }
      numbers.push(current);
      current = addNumbers(current, step);
    }
    return listValueOf(numbers, NUMBER);
  },
});

const coalescelist = define({
  name: 'coalescelist',
  parameters: [],
  variadic: anyParameter('vals', 'un'),
  returns: DYNAMIC,
  call(args) {
    if (args.length === 0) throw new FunctionFailure('at least one argument is required');
    const candidates: Value[] = [];
    let cause: Value | undefined;
    for (const [index, arg] of args.entries()) {
      const isTypedNull = arg.kind === 'null' && arg.type?.kind === 'list';
      if (!isTypedNull) sequenceArgument(args, index, 'coalescelist arguments must be lists or tuples');
    }
    for (const arg of args) {
      if (arg.kind === 'null') continue;
      const length = lengthRange(arg);
      if (length?.max === 0) continue;
      candidates.push(arg);
      if (length !== undefined && length.min > 0 && isNotNull(arg)) break;
      cause ??= arg;
    }
    const [single] = candidates;
    if (single === undefined) throw new FunctionFailure('no non-null arguments');
    if (candidates.length === 1) return single;
    return eitherOf(candidates, cause ?? single);
  },
});

export const listFunctions: readonly TerraformFunction[] = [
  concat,
  flatten,
  element,
  slice,
  reverse,
  sort,
  distinct,
  compact,
  chunklist,
  range,
  coalescelist,
];
