import { DYNAMIC } from '../../../model/type.js';
import type { ElementExistence, ListValue, ObjectValue, Rest, Value } from '../../../model/value.js';
import { typeOf } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import type { ReferenceStep } from '../expression/context.js';
import type { Expansion, InstanceKey } from './expansion.js';

/** What a resource and a module call have in common: instances whose attributes are read. */
export interface GroupMember {
  /** Undefined where the attribute is being evaluated: a cycle. */
  attribute(name: string): Value | undefined;
  asObject(): ObjectValue;
}

export interface InstanceGroup<T extends GroupMember> {
  readonly expansion: Expansion;
  /** One for each slot of the expansion. */
  readonly members: readonly T[];
}

/** Where a reference into a group leads. */
export type GroupReference =
  | { readonly kind: 'value'; readonly value: Value; readonly consumed: number; readonly mayFail: boolean }
  | { readonly kind: 'cycle' };

/** Follows the steps behind a resource's or call's name: an index where there are instances, then an attribute. */
export function referenceGroup<T extends GroupMember>(
  group: InstanceGroup<T>,
  steps: readonly ReferenceStep[],
): GroupReference {
  const { expansion, members } = group;
  if (expansion.kind === 'single') return referenceMember(members[0], steps, 0, false);
  const [first] = steps;
  if (first?.kind === 'index') {
    const found = findMember(group, first.key);
    if (found !== undefined) return referenceMember(found.member, steps.slice(1), 1, found.mayFail);
  }
  return { kind: 'value', value: collectionOf(group), consumed: 0, mayFail: false };
}

function referenceMember(
  member: GroupMember | undefined,
  steps: readonly ReferenceStep[],
  before: number,
  mayFail: boolean,
): GroupReference {
  if (member === undefined) return { kind: 'cycle' };
  const [first] = steps;
  if (first?.kind !== 'attribute') return { kind: 'value', value: member.asObject(), consumed: before, mayFail };
  const value = member.attribute(first.name);
  return value === undefined ? { kind: 'cycle' } : { kind: 'value', value, consumed: before + 1, mayFail };
}

function findMember<T extends GroupMember>(
  { expansion, members }: InstanceGroup<T>,
  key: Value,
): { readonly member: T; readonly mayFail: boolean } | undefined {
  const prototype = expansion.slots.findIndex(({ key: own }) => isPrototype(own));
  if (key.kind === 'unknown') {
    const isOwnKey =
      key.identity !== undefined && expansion.keySet !== undefined && key.identity === `${expansion.keySet}[*].key`;
    const member = members[prototype];
    return isOwnKey && member !== undefined ? { member, mayFail: false } : undefined;
  }
  const wanted = keyOf(key, expansion.kind);
  if (wanted === undefined) return undefined;
  const index = indexOf(expansion, wanted);
  const member = members[index];
  if (member !== undefined) return { member, mayFail: expansion.slots[index]?.existence.kind === 'unknown' };
  const standing = members[prototype];
  return standing === undefined ? undefined : { member: standing, mayFail: true };
}

const indexes = new WeakMap<Expansion, ReadonlyMap<InstanceKey, number>>();

function indexOf(expansion: Expansion, key: InstanceKey): number {
  let index = indexes.get(expansion);
  if (index === undefined) {
    index = new Map(expansion.slots.map((slot, position) => [slot.key, position]));
    indexes.set(expansion, index);
  }
  return index.get(key) ?? -1;
}

function keyOf(key: Value, kind: Expansion['kind']): string | number | undefined {
  if (kind === 'count') {
    if (key.kind === 'number') return key.value;
    return key.kind === 'string' && /^\d+$/.test(key.value) ? Number(key.value) : undefined;
  }
  if (key.kind === 'string') return key.value;
  return key.kind === 'number' || key.kind === 'bool' ? String(key.value) : undefined;
}

export function isPrototype(key: InstanceKey): boolean {
  return typeof key === 'object';
}

const collections = new WeakMap<InstanceGroup<GroupMember>, Value>();

/** All instances as a tuple (`count`) or an object by key (`for_each`). */
function collectionOf<T extends GroupMember>(group: InstanceGroup<T>): Value {
  const known = collections.get(group);
  if (known !== undefined) return known;
  const value = group.expansion.kind === 'count' ? tupleOfMembers(group) : objectOfMembers(group);
  collections.set(group, value);
  return value;
}

function restOf<T extends GroupMember>({ expansion, members }: InstanceGroup<T>): Rest | undefined {
  const index = expansion.slots.findIndex(({ key }) => isPrototype(key));
  const existence = expansion.slots[index]?.existence;
  const element = members[index]?.asObject();
  if (existence === undefined || element === undefined) return undefined;
  if (existence.kind === 'certain') return { reason: 'uncertain-existence', element };
  return { reason: existence.reason, subject: existence.subject, element };
}

function tupleOfMembers<T extends GroupMember>(group: InstanceGroup<T>): ListValue {
  const { expansion, members } = group;
  const elements: Value[] = [];
  const existence = new Map<number, ElementExistence>();
  for (const [index, slot] of expansion.slots.entries()) {
    const member = members[index];
    if (member === undefined || isPrototype(slot.key)) continue;
    if (slot.existence.kind === 'unknown') existence.set(elements.length, 'perhaps');
    elements.push(member.asObject());
  }
  const rest = restOf(group);
  const type =
    rest === undefined && existence.size === 0
      ? ({ kind: 'tuple', elements: elements.map(typeOf) } as const)
      : ({ kind: 'list', element: DYNAMIC } as const);
  return { kind: 'list', type, elements, existence: existence.size > 0 ? existence : undefined, rest };
}

function objectOfMembers<T extends GroupMember>(group: InstanceGroup<T>): ObjectValue {
  const entries: [string, Value][] = [];
  for (const [index, { key }] of group.expansion.slots.entries()) {
    const member = group.members[index];
    if (member !== undefined && typeof key === 'string') entries.push([key, member.asObject()]);
  }
  entries.sort(([a], [b]) => compareText(a, b));
  const rest = restOf(group);
  const type =
    rest === undefined
      ? ({ kind: 'object', attributes: new Map(entries.map(([key, value]) => [key, typeOf(value)])) } as const)
      : ({ kind: 'map', element: DYNAMIC } as const);
  return { kind: 'object', type, entries: new Map(entries), rest };
}
