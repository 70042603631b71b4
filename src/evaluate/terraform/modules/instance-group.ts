import { DYNAMIC } from '../../../model/type.js';
import type { ElementExistence, ListValue, ObjectValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { mergeReferences, stringValue, typeOf, unknownValue } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import { eitherOf } from '../expression/alternatives.js';
import type { ReferenceStep } from '../expression/context.js';
import { objectTypeOf } from '../values/collections.js';
import { compareForEquality } from '../values/equality.js';
import { ofAnyInstance } from './any-instance.js';
import type { Expansion } from './expansion.js';
import { type InstanceKey, instanceKeyIdentity, PROTOTYPE } from './instance-key.js';
import type { InstanceSlot } from './instance-slot.js';
import { noteKeySet } from './key-sets.js';
import { LazyEntries } from './lazy-entries.js';

/** What a resource and a module call have in common: instances whose attributes are read. */
export interface GroupMember {
  /** Undefined where the attribute is being evaluated: a cycle. */
  attribute(name: string): Value | undefined;
  /** Whether there can be such an attribute. */
  has(name: string): boolean;
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
  | { readonly kind: 'cycle' }
  /** There are instances, and the reference names an attribute of none of them. */
  | { readonly kind: 'key-missing' }
  | { readonly kind: 'attribute-missing'; readonly name: string };

interface FoundMember<T extends GroupMember> {
  readonly member: T;
  readonly mayFail: boolean;
  /** The member stands for others of which one is meant: its values as that one has them. */
  readonly asOther?: ((value: Value) => Value) | undefined;
}

/** Follows the steps behind a resource's or call's name: an index where there are instances, then an attribute. */
export function referenceGroup<T extends GroupMember>(
  group: InstanceGroup<T>,
  steps: readonly ReferenceStep[],
): GroupReference {
  const { expansion, members } = group;
  const [first] = steps;
  if (expansion.kind === 'single') {
    const [member] = members;
    return member === undefined ? { kind: 'cycle' } : referenceMember({ member, mayFail: false }, steps, 0);
  }
  if (first?.kind === 'attribute') return { kind: 'key-missing' };
  if (first?.kind === 'index') {
    const found = findMember(group, first.key);
    if (found !== undefined) return referenceMember(found, steps.slice(1), 1);
    const [, second] = steps;
    const any =
      first.key.kind === 'unknown' && second?.kind === 'attribute'
        ? referenceAny(group, first.key, second.name)
        : undefined;
    if (any !== undefined) return any;
  }
  return { kind: 'value', value: collectionOf(group), consumed: 0, mayFail: false };
}

/** SAFETY: how many instances a reference by a key that is not known is taken to mean. */
const maxCandidates = 64;

/** An attribute of one of the instances, it is not known which. Undefined where there are none or too many. */
function referenceAny<T extends GroupMember>(
  { expansion, members }: InstanceGroup<T>,
  key: UnknownValue,
  name: string,
): GroupReference | undefined {
  const candidates = members.filter((_, index) => {
    const own = expansion.slots[index]?.key;
    if (typeof own !== 'string') return true;
    return compareForEquality(key, stringValue(own)) !== false;
  });
  if (candidates.length === 0 || candidates.length > maxCandidates) return undefined;
  const values: Value[] = [];
  for (const member of candidates) {
    if (!member.has(name)) return { kind: 'attribute-missing', name };
    const value = member.attribute(name);
    if (value === undefined) return { kind: 'cycle' };
    values.push(ofAnyInstance(value, undefined));
  }
  return { kind: 'value', value: eitherOf(values, key), consumed: 2, mayFail: true };
}

function referenceMember<T extends GroupMember>(
  { member, mayFail, asOther = (value) => value }: FoundMember<T>,
  steps: readonly ReferenceStep[],
  before: number,
): GroupReference {
  const [first] = steps;
  if (first?.kind !== 'attribute')
    return { kind: 'value', value: asOther(member.asObject()), consumed: before, mayFail };
  if (!member.has(first.name)) return { kind: 'attribute-missing', name: first.name };
  const value = member.attribute(first.name);
  return value === undefined
    ? { kind: 'cycle' }
    : { kind: 'value', value: asOther(value), consumed: before + 1, mayFail };
}

function findMember<T extends GroupMember>(
  { expansion, members }: InstanceGroup<T>,
  key: Value,
): FoundMember<T> | undefined {
  const standing = members[indexOf(expansion, PROTOTYPE)];
  if (key.kind === 'unknown') {
    const isOwnKey = key.identity !== undefined && key.identity === instanceKeyIdentity(expansion.keySet);
    if (standing !== undefined && isOwnKey) return { member: standing, mayFail: false };
    // One of the instances, if there are no others that it may be.
    if (standing === undefined || members.length > 1) return undefined;
    const which = key.identity === undefined ? undefined : `[u${key.identity}]`;
    return { member: standing, mayFail: true, asOther: (value) => ofAnyInstance(value, which) };
  }
  const wanted = keyOf(key, expansion.kind);
  if (wanted === undefined) return undefined;
  const index = indexOf(expansion, wanted);
  const member = members[index];
  if (member !== undefined) return { member, mayFail: expansion.slots[index]?.existence.kind === 'unknown' };
  if (standing === undefined || (typeof wanted === 'number' && wanted < 0)) return undefined;
  const which = `[${JSON.stringify(wanted)}]`;
  return { member: standing, mayFail: true, asOther: (value) => ofAnyInstance(value, which) };
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
    if (key.kind === 'number') return Number.isInteger(key.value) && key.exact === undefined ? key.value : undefined;
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
  const { expansion } = group;
  const value = expansion.kind === 'count' ? tupleOfMembers(group) : objectOfMembers(group);
  if (expansion.isOpen && expansion.keySet !== undefined) noteKeySet(value, expansion.keySet);
  collections.set(group, value);
  return value;
}

function tupleOfMembers<T extends GroupMember>(group: InstanceGroup<T>): ListValue {
  const { expansion, members } = group;
  const elements: Value[] = [];
  const existence = new Map<number, ElementExistence>();
  let existenceCause: ListValue['existenceCause'];
  for (const [index, slot] of expansion.slots.entries()) {
    const member = members[index];
    if (member === undefined || isPrototype(slot.key)) continue;
    if (slot.existence.kind === 'unknown') {
      existence.set(elements.length, 'perhaps');
      existenceCause ??= { reason: slot.existence.reason, subject: slot.existence.subject };
    }
    elements.push(member.asObject());
  }
  const rest = restOf(group, ({ key }) => isPrototype(key));
  const type =
    rest === undefined && existence.size === 0
      ? ({ kind: 'tuple', elements: elements.map(typeOf) } as const)
      : ({ kind: 'list', element: DYNAMIC } as const);
  if (existenceCause === undefined) return { kind: 'list', type, elements, rest };
  return { kind: 'list', type, elements, existence, existenceCause, rest };
}

function objectOfMembers<T extends GroupMember>(group: InstanceGroup<T>): ObjectValue {
  const members: [string, Value][] = [];
  for (const [index, { key, existence }] of group.expansion.slots.entries()) {
    const member = group.members[index];
    if (member !== undefined && typeof key === 'string' && existence.kind === 'certain')
      members.push([key, member.asObject()]);
  }
  const entries = new Map(members.sort(([a], [b]) => compareText(a, b)));
  const rest = restOf(group, ({ key, existence }) => isPrototype(key) || existence.kind === 'unknown');
  const type = rest === undefined ? objectTypeOf(entries) : ({ kind: 'map', element: DYNAMIC } as const);
  return { kind: 'object', type, entries, rest };
}

/** What those instances that are perhaps there look like, whichever they are. */
function restOf<T extends GroupMember>(
  { expansion, members }: InstanceGroup<T>,
  isOfRest: (slot: InstanceSlot) => boolean,
): Rest | undefined {
  const indexes = [...expansion.slots.keys()].filter((index) => {
    const slot = expansion.slots[index];
    return slot !== undefined && isOfRest(slot);
  });
  const [first] = indexes;
  const existence = first === undefined ? undefined : expansion.slots[first]?.existence;
  if (existence === undefined) return undefined;
  const objects = indexes.flatMap((index) => members[index]?.asObject() ?? []);
  const [reason, subject] =
    existence.kind === 'certain'
      ? (['uncertain-existence', undefined] as const)
      : [existence.reason, existence.subject];
  const [only, ...others] = objects;
  if (only === undefined) return { reason, subject };
  const cause = unknownValue(reason, { subject });
  const element = others.length === 0 ? only : anyOf([only, ...others], cause);
  return { reason, subject, element: ofAnyInstance(element, undefined) };
}

function anyOf(objects: readonly [ObjectValue, ...ObjectValue[]], cause: Value): ObjectValue {
  const [first] = objects;
  const entries = new LazyEntries(first.entries.keys(), (name) =>
    eitherOf(
      objects.flatMap((one) => one.entries.get(name) ?? []),
      cause,
    ),
  );
  return { ...first, entries, refersTo: mergeReferences(...objects.map(({ refersTo }) => refersTo)) };
}
