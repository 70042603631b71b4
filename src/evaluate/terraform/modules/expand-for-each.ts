import { CERTAIN, type Existence } from '../../../model/raw-resource.js';
import { DYNAMIC, STRING } from '../../../model/type.js';
import type { ListValue, UnknownValue, Value } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import type { PlacedAttribute } from '../configuration/declarations.js';
import { eitherOf } from '../expression/alternatives.js';
import { PROTOTYPE_MARK } from './any-instance.js';
import {
  BEYOND_LIMIT,
  collectionKeySet,
  type Expansion,
  type ExpansionInput,
  problem,
  tooMany,
  uncertain,
} from './expansion.js';
import { instanceKeyIdentity } from './instance-key.js';
import { eachPrototype, eachSlot, type InstanceSlot } from './instance-slot.js';

/** The instances that a `for_each` gives. */
export function expandForEach(input: ExpansionInput, attribute: PlacedAttribute): Expansion {
  const value = input.evaluate(attribute);
  const fail = (what: string): Expansion => {
    problem(input, attribute, 'terraform-invalid-for-each', `The "for_each" of "${input.address}" ${what}.`);
    return onlyPrototype(input, value, { kind: 'unknown', reason: 'invalid-value' });
  };
  if (value.sensitive === true) return fail('is sensitive: its keys would be shown');
  switch (value.kind) {
    case 'null':
      return fail('is null');
    case 'unknown':
      return (
        expandAlternatives(input, attribute, value) ??
        expandUnknown(input, attribute, value) ??
        fail('must be a map or a set of strings')
      );
    case 'object':
      return expandEntries(input, attribute, {
        over: value,
        entries: entriesOfObject(value.entries),
        count: value.entries.size,
        isOpen: value.rest !== undefined,
      });
    case 'list': {
      // Of an undecided conditional the type may not be known.
      if (value.type.kind !== 'set' && value.type.kind !== 'dynamic')
        return fail(`is a ${value.type.kind}: use toset() to make it a set of strings`);
      const counted = countStrings(value);
      if (counted === undefined) return fail('must be a set of strings without null');
      return expandEntries(input, attribute, { over: value, entries: entriesOfSet(value), ...counted });
    }
    default:
      return fail(`must be a map or a set of strings, not a ${value.kind}`);
  }
}

interface Entry {
  readonly key: string;
  readonly value: Value;
  readonly existence: Existence;
}

interface Entries {
  readonly over: Value;
  /** Made one by one: there may be a million, of which few are asked for. */
  readonly entries: Iterable<Entry>;
  readonly count: number;
  /** There may be further ones. */
  readonly isOpen: boolean;
}

function expandEntries(input: ExpansionInput, attribute: PlacedAttribute, found: Entries): Expansion {
  const { over, count } = found;
  if (!input.fits(count)) return onlyPrototype(input, over, BEYOND_LIMIT, tooMany(input, attribute, count));
  const slots = Array.from(found.entries, ({ key, value, existence }) => eachSlot(key, value, existence));
  if (!found.isOpen) {
    const isCertain = slots.every(({ existence }) => existence.kind === 'certain');
    const keySet = isCertain ? undefined : collectionKeySet(input, over);
    return { kind: 'for-each', slots, keySet, isOpen: !isCertain };
  }
  const standing = onlyPrototype(input, over, uncertain(unknownOf(over)));
  return { ...standing, slots: [...slots, ...standing.slots] };
}

function unknownOf(value: Value): UnknownValue {
  if (value.kind === 'unknown') return value;
  const rest = value.kind === 'list' || value.kind === 'object' ? value.rest : undefined;
  const unknown = value.kind === 'list' ? value.elements.find((element) => element.kind === 'unknown') : undefined;
  if (unknown?.kind === 'unknown') return unknown;
  return unknownValue(rest?.reason ?? 'uncertain-existence', { subject: rest?.subject, origin: value.origin });
}

function* entriesOfObject(entries: ReadonlyMap<string, Value>): Iterable<Entry> {
  for (const [key, value] of entries) yield { key, value, existence: CERTAIN };
}

/** How many strings are in a set, and whether there may be further ones; undefined where it is no set of strings. */
function countStrings({ elements, rest }: ListValue): { readonly count: number; readonly isOpen: boolean } | undefined {
  let count = 0;
  let isOpen = rest !== undefined;
  for (const element of elements) {
    if (element.kind === 'string') count++;
    else if (element.kind === 'unknown') isOpen = true;
    else return undefined;
  }
  return { count, isOpen };
}

function perhaps(origin: Value['origin']): Existence {
  return { kind: 'unknown', reason: 'uncertain-existence', origin };
}

function* entriesOfSet({ elements, existence, origin }: ListValue): Iterable<Entry> {
  for (const [index, value] of elements.entries()) {
    if (value.kind !== 'string') continue;
    const isCertain = existence?.has(index) !== true;
    yield { key: value.value, value, existence: isCertain ? CERTAIN : perhaps(origin) };
  }
}

/** A choice between known collections (`var.on ? { a = 1 } : {}`): every key of any is one that is perhaps there. */
function expandAlternatives(
  input: ExpansionInput,
  attribute: PlacedAttribute,
  choice: UnknownValue,
): Expansion | undefined {
  const { alternatives } = choice;
  if (alternatives === undefined) return undefined;
  const found = new Map<string, Value[]>();
  for (const one of alternatives) {
    const entries = one.kind === 'absent' ? undefined : closedEntries(one);
    if (entries === undefined) return undefined;
    for (const { key, value } of entries) found.set(key, [...(found.get(key) ?? []), value]);
  }
  const entries = [...found]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, values]): Entry => {
      const isInAll = values.length === alternatives.length;
      return { key, value: eitherOf(values, choice), existence: isInAll ? CERTAIN : uncertain(choice) };
    });
  return expandEntries(input, attribute, { over: choice, entries, count: entries.length, isOpen: false });
}

/** The entries of a map or set of which all keys are known and certain. */
function closedEntries(value: Value): Iterable<Entry> | undefined {
  if (value.kind === 'object' && value.rest === undefined) return entriesOfObject(value.entries);
  if (value.kind !== 'list' || value.type.kind !== 'set' || value.existence !== undefined) return undefined;
  return countStrings(value)?.isOpen === false ? entriesOfSet(value) : undefined;
}

function expandUnknown(input: ExpansionInput, attribute: PlacedAttribute, value: UnknownValue): Expansion | undefined {
  const { type } = value;
  if (type.kind === 'object') {
    const entries = [...type.attributes].map(
      ([key, attributeType]): Entry => ({ key, value: partOf(value, key, attributeType), existence: CERTAIN }),
    );
    return expandEntries(input, attribute, { over: value, entries, count: entries.length, isOpen: false });
  }
  if (
    type.kind === 'dynamic' ||
    type.kind === 'map' ||
    (type.kind === 'set' && (type.element.kind === 'string' || type.element.kind === 'dynamic'))
  ) {
    return onlyPrototype(input, value, uncertain(value));
  }
  return undefined;
}

function partOf(value: UnknownValue, key: string, type: UnknownValue['type']): UnknownValue {
  const identity = value.identity === undefined ? undefined : `${value.identity}.${key}`;
  return {
    ...unknownValue(value.reason, { type, subject: value.subject, identity, sensitive: value.sensitive }),
    origin: value.origin,
  };
}

function onlyPrototype(
  input: ExpansionInput,
  over: Value,
  existence: Existence,
  cause: UnknownValue = unknownOf(over),
): Expansion {
  const keySet = collectionKeySet(input, over);
  return { kind: 'for-each', slots: [prototypeOf(over, keySet, cause, existence)], keySet, isOpen: true };
}

/** One instance that stands for all of those whose keys are not known. */
function prototypeOf(over: Value, keySet: string, cause: UnknownValue, existence: Existence): InstanceSlot {
  const isSet = over.kind === 'unknown' ? over.type.kind === 'set' : over.kind === 'list';
  const key = unknownValue(cause.reason, {
    type: STRING,
    subject: cause.subject,
    notNull: true,
    identity: instanceKeyIdentity(keySet),
    origin: over.origin,
  });
  if (isSet) return eachPrototype(key, key, existence);
  const rest = over.kind === 'object' || over.kind === 'list' ? over.rest?.element : undefined;
  const elementType = over.kind === 'unknown' && over.type.kind === 'map' ? over.type.element : DYNAMIC;
  const unknown = unknownValue(cause.reason, {
    type: elementType,
    subject: cause.subject,
    identity: `${keySet}${PROTOTYPE_MARK}.value`,
    origin: over.origin,
  });
  return eachPrototype(key, rest !== undefined && cause.reason !== 'limit-reached' ? rest : unknown, existence);
}
