import { isIn } from '../collection.js';
import { isEqual, sizeBounds } from '../equality.js';
import { joinOutcomes, overAlternatives } from '../lift.js';
import { toInteger } from '../numbers.js';
import { boundedUnknown, compare } from '../ordering.js';
import {
  causesOf,
  EMPTY_LIST,
  FALSE,
  NO_OPTIONAL,
  overLimit,
  policyError,
  type RuntimeList,
  type RuntimeUnknown,
  type RuntimeValue,
  TRUE,
  toBool,
  toInt,
  toList,
  typeName,
  unknownFrom,
} from '../runtime-value.js';
import type { FunctionDefinition, FunctionTable } from './function.js';
import { sizeOfText } from './string-functions.js';

const SIZE: FunctionDefinition = {
  signatures: ['(string): int', '(bytes): int', '(list(A)): int', '(map(A, B)): int'],
  isLazy: true,
  call: ([value, ...rest]) => (value === undefined || rest.length > 0 ? undefined : sizeOf(value)),
};

/** `size`: of an open list at least what is known of it. */
function sizeOf(value: RuntimeValue): RuntimeValue | undefined {
  switch (value.kind) {
    case 'error':
      return value;
    case 'null':
      return value.isLiteral === true ? undefined : toInt(0);
    case 'bytes':
      return toInt(value.value.length);
    case 'list':
    case 'map':
    case 'object': {
      const { min, max } = sizeBounds(value);
      return min === max ? toInt(min) : boundedUnknown([value], min, max);
    }
    case 'unknown': {
      const ofText = sizeOfText(value);
      if (ofText !== undefined) return ofText;
      const lifted = overAlternatives(value, (known) => sizeOf(known) ?? policyError('"size" has no overload.'));
      return lifted ?? boundedUnknown([value], value.length?.min ?? 0, value.length?.max);
    }
    default:
      return sizeOfText(value);
  }
}

/** The lists and sets extensions of CEL, and `size`. */
export const COLLECTION_FUNCTIONS: FunctionTable = {
  size: SIZE,
  '.size': SIZE,
  'sets.contains': setFunction((list, sublist) => allIn(sublist, list)),
  'sets.equivalent': setFunction((a, b) => bothOf(allIn(a, b), allIn(b, a))),
  'sets.intersects': setFunction((a, b) => someIn(a, b)),
  '.slice': onList(['(list(A), int, int): list(A)'], slice),
  '.flatten': onList(['(list(dyn)): list(dyn)', '(list(dyn), int): list(dyn)'], flatten),
  '.distinct': onList(['(list(A)): list(A)'], distinct),
  '.sort': onList(['(list(A)): list(A)'], sort),
  '.reverse': onList(['(list(A)): list(A)'], ([list]) =>
    list?.kind === 'list' ? toList([...list.elements].reverse()) : undefined,
  ),
  '.first': onList(['(list(A)): optional(A)'], ([list]) => elementOption(list, 0)),
  '.last': onList(['(list(A)): optional(A)'], ([list]) => elementOption(list, -1)),
  'lists.range': {
    signatures: ['(int): list(int)'],
    call: ([count]) => {
      const length = toInteger(count);
      if (length === undefined) return undefined;
      // SAFETY: a hostile count must not fill the memory.
      if (length > MAX_RANGE) return overLimit(`"lists.range" makes at most ${MAX_RANGE} numbers`);
      return toList(Array.from({ length: Math.max(0, length) }, (_, index) => toInt(index)));
    },
  },
};

const MAX_RANGE = 10_000;

/** A function on a whole list: an unset list is empty, one that is not wholly there gives an unknown. */
function onList(
  signatures: readonly string[],
  call: (values: readonly RuntimeValue[]) => RuntimeValue | undefined,
): FunctionDefinition {
  return {
    signatures,
    call: ([list, ...others]) => {
      const known = toKnownList(list);
      if (known === undefined || known.kind === 'unknown') return known;
      return call([known, ...others]);
    },
  };
}

function toKnownList(value: RuntimeValue | undefined): RuntimeList | RuntimeUnknown | undefined {
  if (value?.kind === 'null' && value.isLiteral !== true) return EMPTY_LIST;
  if (value?.kind !== 'list') return undefined;
  return value.rest === undefined && value.existence === undefined ? value : unknownFrom([value]);
}

function slice([list, start, end]: readonly RuntimeValue[]): RuntimeValue | undefined {
  const [from, to] = [toInteger(start), toInteger(end)];
  if (list?.kind !== 'list' || from === undefined || to === undefined) return undefined;
  if (from < 0 || to < from || to > list.elements.length) return policyError('The slice lies outside the list.');
  return toList(list.elements.slice(from, to));
}

function flatten([list, depth]: readonly RuntimeValue[]): RuntimeValue | undefined {
  const levels = depth === undefined ? 1 : toInteger(depth);
  if (list?.kind !== 'list' || levels === undefined) return undefined;
  if (levels < 0) return policyError('"flatten" needs a depth of at least 0.');
  const visit = (elements: readonly RuntimeValue[], left: number): RuntimeValue[] =>
    elements.flatMap((element) =>
      element.kind === 'list' && left > 0 ? visit(element.elements, left - 1) : [element],
    );
  const isOpen = list.elements.some(
    (element) => element.kind === 'unknown' || (element.kind === 'list' && element.rest),
  );
  return isOpen ? unknownFrom([list]) : toList(visit(list.elements, levels));
}

function distinct([list]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (list?.kind !== 'list') return undefined;
  const kept: RuntimeValue[] = [];
  for (const element of list.elements) {
    const answers = kept.map((other) => isEqual(element, other));
    if (answers.includes(true)) continue;
    if (answers.includes(undefined)) return unknownFrom([list]);
    kept.push(element);
  }
  return toList(kept);
}

function sort([list]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (list?.kind !== 'list') return undefined;
  const [first] = list.elements;
  if (list.elements.some((element) => element.kind === 'unknown')) return unknownFrom([list]);
  const failed = list.elements.find((element) => first !== undefined && compare('<', element, first).kind === 'error');
  if (failed !== undefined) return policyError(`${typeName(failed)} cannot be sorted here.`);
  const isBelow = (a: RuntimeValue, b: RuntimeValue) => {
    const answer = compare('<', a, b);
    return answer.kind === 'bool' && answer.value;
  };
  return toList([...list.elements].sort((a, b) => (isBelow(a, b) ? -1 : isBelow(b, a) ? 1 : 0)));
}

function elementOption(list: RuntimeValue | undefined, index: number): RuntimeValue | undefined {
  if (list?.kind !== 'list') return undefined;
  const value = list.elements.at(index);
  return value === undefined ? NO_OPTIONAL : { kind: 'optional', value };
}

function setFunction(call: (a: RuntimeList, b: RuntimeList) => RuntimeValue): FunctionDefinition {
  return {
    signatures: ['(list(A), list(A)): bool'],
    call: ([a, b]) => {
      const [left, right] = [toSetList(a), toSetList(b)];
      return left === undefined || right === undefined ? undefined : call(left, right);
    },
  };
}

function toSetList(value: RuntimeValue | undefined): RuntimeList | undefined {
  if (value?.kind === 'null' && value.isLiteral !== true) return EMPTY_LIST;
  return value?.kind === 'list' ? value : undefined;
}

/** Whether every element of one list is in the other; an element that only perhaps exists cannot make it false. */
function allIn(elements: RuntimeList, list: RuntimeList): RuntimeValue {
  const doubts: RuntimeValue[] = elements.rest === undefined ? [] : [{ ...elements, elements: [] }];
  for (const [index, element] of elements.elements.entries()) {
    const answer = isIn(element, list);
    if (answer.kind === 'bool' && answer.value) continue;
    if (answer.kind === 'bool' && !elements.existence?.has(index)) return FALSE;
    doubts.push(answer.kind === 'unknown' ? answer : elements);
  }
  return doubts.length === 0 ? TRUE : unknownFrom(doubts);
}

function someIn(elements: RuntimeList, list: RuntimeList): RuntimeValue {
  const doubts: RuntimeValue[] = elements.rest === undefined ? [] : [{ ...elements, elements: [] }];
  for (const [index, element] of elements.elements.entries()) {
    const answer = isIn(element, list);
    if (answer.kind === 'bool' && !answer.value) continue;
    if (answer.kind === 'bool' && !elements.existence?.has(index)) return TRUE;
    doubts.push(answer.kind === 'unknown' ? answer : elements);
  }
  return doubts.length === 0 ? FALSE : unknownFrom(doubts);
}

function bothOf(a: RuntimeValue, b: RuntimeValue): RuntimeValue {
  if (a.kind === 'bool' && !a.value) return a;
  if (b.kind === 'bool' && !b.value) return b;
  if (a.kind === 'unknown' || b.kind === 'unknown') return unknownFrom([a, b]);
  return TRUE;
}

/** Optionals: https://github.com/google/cel-spec/wiki/proposal-246 */
export const OPTIONAL_FUNCTIONS: FunctionTable = {
  'optional.of': {
    signatures: ['(A): optional(A)'],
    isLazy: true,
    call: ([value]) => (value === undefined || value.kind === 'error' ? value : { kind: 'optional', value }),
  },
  'optional.none': { signatures: ['(): optional(A)'], call: () => NO_OPTIONAL },
  'optional.ofNonZeroValue': {
    signatures: ['(A): optional(A)'],
    call: ([value]) => (value === undefined ? undefined : isZero(value) ? NO_OPTIONAL : { kind: 'optional', value }),
  },
  '.hasValue': {
    signatures: ['(optional(A)): bool'],
    call: ([option]) => {
      if (option?.kind !== 'optional') return undefined;
      return option.perhaps === undefined ? toBool(option.value !== undefined) : unknownFrom([option]);
    },
  },
  '.value': {
    signatures: ['(optional(A)): A'],
    call: ([option]) => {
      if (option?.kind !== 'optional') return undefined;
      if (option.value === undefined) return policyError('The optional has no value.');
      return option.perhaps === undefined ? option.value : unknownFrom([option]);
    },
  },
  '.or': { signatures: ['(optional(A), optional(A)): optional(A)'], isLazy: true, call: orElse },
  '.orValue': { signatures: ['(optional(A), A): A'], isLazy: true, call: orValue },
};

function orElse([option, other]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (option === undefined || other === undefined || option.kind === 'error') return option;
  if (option.kind === 'unknown') return unknownFrom([option, other]);
  if (option.kind !== 'optional') return undefined;
  if (option.value === undefined) return other;
  if (option.perhaps === undefined) return option;
  if (other.kind !== 'optional') return other.kind === 'unknown' ? unknownFrom([option, other]) : undefined;
  if (other.value === undefined) return option;
  const value = joinOutcomes([option.value, other.value], [option.perhaps]);
  return { kind: 'optional', value, perhaps: other.perhaps };
}

function orValue([option, fallback]: readonly RuntimeValue[]): RuntimeValue | undefined {
  if (option === undefined || fallback === undefined || option.kind === 'error') return option;
  if (option.kind === 'unknown') return unknownFrom([option], { notNull: undefined });
  if (option.kind !== 'optional') return undefined;
  if (option.value === undefined) return fallback;
  if (option.perhaps === undefined) return option.value;
  return joinOutcomes([option.value, fallback], causesOf(option.perhaps));
}

function isZero(value: RuntimeValue): boolean {
  switch (value.kind) {
    case 'null':
      return true;
    case 'bool':
      return !value.value;
    case 'int':
    case 'uint':
    case 'number':
    case 'double':
    case 'duration':
    case 'timestamp':
      return Number(value.value) === 0;
    case 'string':
    case 'bytes':
      return value.value === '';
    case 'list':
      return value.elements.length === 0;
    case 'map':
    case 'object':
      return value.entries.size === 0;
    default:
      return false;
  }
}
