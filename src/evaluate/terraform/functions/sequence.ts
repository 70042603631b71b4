import { DYNAMIC, type Type } from '../../../model/type.js';
import type { ElementExistence, ListValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { typeOf } from '../../../model/values.js';
import { listValueOf, tupleOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';
import { unifyTypes } from '../values/types.js';
import { markSensitive } from '../values/unknown.js';
import { argumentAt, kindOf } from './define.js';
import { FunctionFailure } from './function.js';
import { partOfUnknown, restOf } from './parts.js';

/** One element of a list that is being made, and how often it is there. */
export interface Member {
  readonly value: Value;
  readonly existence?: ElementExistence | undefined;
}

/** The elements of a list, set or tuple as far as they are known; `rest` says that more may follow. */
export interface Members {
  readonly members: readonly Member[];
  readonly rest?: Rest | undefined;
}

/**
 * The elements of a list, set or tuple. Of an unknown one those that its type tells, or none and what any of them is like.
 * Undefined for other values.
 */
export function membersOf(value: Value): Members | undefined {
  if (value.kind === 'list') return { members: [...eachMember(value)], rest: value.rest };
  if (value.kind !== 'unknown') return undefined;
  switch (value.type.kind) {
    case 'tuple': {
      const members = value.type.elements.map((type, index) => ({ value: partOfUnknown(value, type, String(index)) }));
      return { members };
    }
    case 'list':
    case 'set':
    case 'dynamic':
      return { members: [], rest: restOf(value) };
    default:
      return undefined;
  }
}

/** The members of a list one by one, for whoever may need but the first of a million. */
export function* eachMember({ elements, existence }: ListValue): Iterable<Member> {
  let index = 0;
  for (const value of elements) yield { value, existence: existence?.get(index++) };
}

/** What comes after these members: a stretch of any number of elements like the open list's. */
export function gapOf(rest: Rest, type: Type = DYNAMIC): Member {
  const element: UnknownValue = { kind: 'unknown', type, reason: rest.reason, subject: rest.subject };
  return { value: rest.element ?? element, existence: 'any-number' };
}

/** The members of several lists one after the other. */
export function concatMembers(lists: readonly Members[]): Members {
  const members: Member[] = [];
  let rest: Rest | undefined;
  for (const list of lists) {
    if (rest !== undefined && (list.members.length > 0 || list.rest !== undefined)) {
      members.push(gapOf(rest));
      rest = undefined;
    }
    // Not spread into the call: a list may have more elements than a call arguments.
    for (const member of list.members) members.push(member);
    rest = list.rest ?? rest;
  }
  return { members, rest };
}

function openParts({ members, rest }: Members): Pick<ListValue, 'existence' | 'rest'> {
  const existence = new Map<number, ElementExistence>();
  for (const [index, member] of members.entries()) {
    if (member.existence !== undefined) existence.set(index, member.existence);
  }
  return { ...(existence.size > 0 && { existence }), ...(rest !== undefined && { rest }) };
}

/** A tuple; where it is not certain which elements there are, its type is not known. */
export function tupleFrom(parts: Members): ListValue {
  const tuple = tupleOf(parts.members.map((member) => member.value));
  const open = openParts(parts);
  return Object.keys(open).length === 0 ? tuple : { ...tuple, type: DYNAMIC, ...open };
}

/** A list of elements of this type. */
export function listFrom(parts: Members, element: Type): ListValue {
  return {
    ...listValueOf(
      parts.members.map((member) => member.value),
      element,
    ),
    ...openParts(parts),
  };
}

/** A list of the one type that the elements have in common; undefined where there is none. */
export function unifiedList(parts: Members): ListValue | undefined {
  const all = parts.members.map((member) => member.value);
  if (parts.rest?.element !== undefined) all.push(parts.rest.element);
  const type = all.length === 0 ? DYNAMIC : unifyTypes(all.map(typeOf));
  if (type === undefined) return undefined;
  const members: Member[] = [];
  for (const { value, existence } of parts.members) {
    const converted = convertValue(value, type);
    if (!converted.ok) return undefined;
    members.push({ value: converted.value, existence });
  }
  return listFrom({ members, rest: parts.rest }, type);
}

/** The list as a set's or list's own kind again: tuples stay tuples. */
export function likeSource(parts: Members, source: Value): ListValue {
  const type = typeOf(source);
  const made = type.kind === 'list' || type.kind === 'set' ? listFrom(parts, type.element) : tupleFrom(parts);
  return markSensitive(made, source.sensitive);
}

/** The elements of an argument that must be a list or tuple, or a set where that is allowed; a failure otherwise. */
export function sequenceArgument(
  args: readonly Value[],
  index: number,
  message: string,
  isSetAllowed = false,
): Members {
  const value = argumentAt(args, index);
  const kind = kindOf(value);
  const isAllowed = kind === 'list' || kind === 'tuple' || kind === 'dynamic' || (isSetAllowed && kind === 'set');
  const members = isAllowed ? membersOf(value) : undefined;
  if (members === undefined) throw new FunctionFailure(message, index);
  return members;
}
