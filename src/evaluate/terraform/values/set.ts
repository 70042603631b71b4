import { DYNAMIC, type Type } from '../../../model/type.js';
import type { ElementExistence, ListValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown, listValue } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import { equalValues } from './equality.js';
import { compareNumbers, formatNumber } from './number.js';
import { hasSensitive, unknownFrom } from './unknown.js';

/** SAFETY: how many comparisons decide which unknown members are certainly further ones. */
const maxComparisons = 20_000;

interface Member {
  readonly value: Value;
  readonly existence: ElementExistence | undefined;
}

/** One whose hash is known, which takes longer to make than to compare. */
interface KnownMember extends Member {
  readonly hash: string;
}

/** What a set is made from: elements of the set's element type. */
interface SetSource {
  readonly elements: readonly Value[];
  readonly existence?: ReadonlyMap<number, ElementExistence> | undefined;
  readonly rest?: Rest | undefined;
}

/**
 * A set of the elements: each once, known ones in Terraform's order, then those that are not wholly known. One of these is
 * there `perhaps`, for it may turn out equal to another, unless it certainly differs from all before it. A sensitive
 * element makes the whole set sensitive.
 */
export function makeSet(source: SetSource, element: Type): ListValue {
  const known = new Map<string, KnownMember>();
  const unknown: Member[] = [];
  for (const [index, value] of source.elements.entries()) {
    const existence = source.existence?.get(index);
    if (!isWhollyKnown(value)) {
      if (!isSameUnknownAmong(unknown, value, existence)) unknown.push({ value, existence });
      continue;
    }
    const hash = setHash(value);
    const before = known.get(hash);
    const isCertain = existence === undefined || (before !== undefined && before.existence === undefined);
    known.set(hash, { value: before?.value ?? value, existence: isCertain ? undefined : 'perhaps', hash });
  }
  const members: Member[] = [...known.values()].sort(compareMembers);
  let comparisons = 0;
  for (const member of unknown) {
    comparisons += members.length;
    const isDistinct =
      member.existence === undefined &&
      comparisons <= maxComparisons &&
      members.every((other) => isCertainlyDifferent(other.value, member.value));
    members.push({ value: member.value, existence: isDistinct ? undefined : (member.existence ?? 'perhaps') });
  }
  return assemble(members, element, source.rest);
}

function assemble(members: readonly Member[], element: Type, rest: Rest | undefined): ListValue {
  const existence = new Map<number, ElementExistence>();
  for (const [index, member] of members.entries()) {
    if (member.existence !== undefined) existence.set(index, member.existence);
  }
  const elements = members.map((member) => member.value);
  return {
    ...listValue({ kind: 'set', element }, elements, undefined, rest),
    existence: existence.size > 0 ? existence : undefined,
    sensitive: elements.some(hasSensitive) ? true : undefined,
  };
}

function isSameUnknownAmong(
  members: readonly Member[],
  value: Value,
  existence: ElementExistence | undefined,
): boolean {
  if (value.kind !== 'unknown' || value.identity === undefined) return false;
  return members.some(
    (member) =>
      member.value.kind === 'unknown' &&
      member.value.identity === value.identity &&
      (member.existence === undefined || member.existence === existence),
  );
}

function isCertainlyDifferent(a: Value, b: Value): boolean {
  const equal = equalValues(a, b);
  return equal.kind === 'bool' && !equal.value;
}

function compareMembers({ value: a, hash: hashOfA }: KnownMember, { value: b, hash: hashOfB }: KnownMember): number {
  if (a.kind === 'null' || b.kind === 'null') return (a.kind === 'null' ? 1 : 0) - (b.kind === 'null' ? 1 : 0);
  if (a.kind === 'string' && b.kind === 'string') return compareText(a.value, b.value);
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a, b);
  if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value);
  return compareText(hashOfA, hashOfB);
}

/** cty's `makeSetHashBytes`: equal for equal values, and the order of members that are not primitive. */
export function setHash(value: Value): string {
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
      // All digits, where Go has ten: numbers that differ must not be one member.
      return formatNumber(value);
    case 'bool':
      return value.value ? 'T' : 'F';
    case 'null':
      return '~';
    case 'unknown':
      return '?';
    case 'list': {
      const [open, close] = value.type.kind === 'tuple' ? '<>' : '[]';
      return `${open}${value.elements.map((element) => `${setHash(element)};`).join('')}${close}`;
    }
    case 'object': {
      const isMap = value.type.kind === 'map';
      const entries = [...value.entries].map(([key, entry]) => {
        return isMap ? `${JSON.stringify(key)}:${setHash(entry)};` : `${setHash(entry)};`;
      });
      return isMap ? `{${entries.join('')}}` : `<${entries.join('')}>`;
    }
  }
}

/** Whether it is not known in which order the members stand. */
export function isOrderUncertain(set: ListValue): boolean {
  if (set.rest !== undefined || set.existence !== undefined) return true;
  return set.elements.length > 1 && !set.elements.every(isWhollyKnown);
}

interface Members {
  readonly elements: readonly Value[];
  readonly existence: ReadonlyMap<number, ElementExistence> | undefined;
  readonly rest?: Rest;
}

/**
 * The list of a set whose members are not all known: the known ones in their order, and before, between and after them any
 * of the others, for where those will stand is not known.
 */
export function listOfUncertainSet({ elements, rest }: Members, type: Type): ListValue {
  const known = elements.filter(isWhollyKnown);
  const unknown = elements.filter((element) => !isWhollyKnown(element));
  const elementType = type.kind === 'list' ? type.element : DYNAMIC;
  const open = rest?.element ?? (rest === undefined ? undefined : restElement(rest, elementType));
  const others = open === undefined ? unknown : [...unknown, open];
  const [single] = others;
  const isOne = others.length === 1 && open === undefined && single !== undefined;
  const between = isOne ? single : unknownFrom(others, elementType);
  const result: Value[] = [];
  const existence = new Map<number, ElementExistence>();
  const gap = () => {
    existence.set(result.length, isOne ? 'perhaps' : 'any-number');
    result.push(between);
  };
  gap();
  for (const element of known) {
    result.push(element);
    gap();
  }
  return { ...listValue(type, result), existence };
}

/** An element of which nothing is known but why. */
export function restElement(rest: Rest, type: Type): UnknownValue {
  return { kind: 'unknown', type, reason: rest.reason, subject: rest.subject };
}
