import { DYNAMIC, listOf, mapOf, STRING } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { nullValue, stringValue, typeOf } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import { eitherOf } from '../expression/alternatives.js';
import { listValueOf, mapValueOf, objectOf, tupleOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';
import { compareForEquality } from '../values/equality.js';
import { makeSet } from '../values/set.js';
import { typesEqual } from '../values/types.js';
import { isNotNull, isUnknown, markSensitive, referencesIn, unknownFrom } from '../values/unknown.js';
import { anyParameter, argumentAt, define, kindOf, listArgument, objectArgument, parameter } from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction, unsuitable } from './function.js';
import { anyElementOf, entriesOf, openObject, partOfUnknown, restOf, withoutIdentity } from './parts.js';
import { gapOf, listFrom, type Member, membersOf, tupleFrom } from './sequence.js';

const merge = define({
  name: 'merge',
  parameters: [],
  variadic: anyParameter('maps', 'umn'),
  returns: DYNAMIC,
  call(args) {
    const entries = new Map<string, Value>();
    let rest: ReturnType<typeof restOf> | undefined;
    for (const [index, arg] of args.entries()) {
      if (arg.kind === 'null') {
        if (arg.type !== undefined && !['map', 'object', 'dynamic'].includes(arg.type.kind)) throw notAMap(index);
        continue;
      }
      const own = entriesOf(arg);
      if (own === undefined) throw notAMap(index);
      // A null is as good as an empty map.
      const isCertain = !isUnknown(arg) || isNotNull(arg);
      if (isUnknown(arg) && (!isCertain || own.rest !== undefined)) {
        for (const [key, entry] of entries) {
          const other = entriesOf(arg)?.entries.get(key);
          if (own.rest !== undefined)
            entries.set(key, eitherOf([entry, partOfUnknown(arg, anyElementOf(arg).type, key)], arg));
          else if (other !== undefined) entries.set(key, eitherOf([entry, other], arg));
        }
        rest ??= restOf(arg);
        continue;
      }
      if (own.rest !== undefined) {
        const { reason, subject, element } = own.rest;
        const overriding = element ?? { kind: 'unknown' as const, type: DYNAMIC, reason, subject };
        for (const [key, entry] of entries) entries.set(key, eitherOf([entry, overriding], arg));
        rest ??= own.rest;
      }
      for (const [key, entry] of own.entries) entries.set(key, entry);
    }
    const isMarked = args.some((arg) => arg.sensitive === true);
    return markSensitive(openObject(mergedObject(args, entries), rest && withoutElement(rest, args)), isMarked);
  },
});

/** What further entries are like is only known where a single argument has them. */
function withoutElement(rest: ReturnType<typeof restOf>, args: readonly Value[]): ReturnType<typeof restOf> {
  const open = args.filter((arg) => isUnknown(arg) || (arg.kind === 'object' && arg.rest !== undefined));
  return open.length === 1 ? rest : { reason: rest.reason, subject: rest.subject };
}

function mergedObject(args: readonly Value[], entries: ReadonlyMap<string, Value>) {
  const [first, ...others] = args.map(typeOf);
  if (first?.kind === 'map' && others.every((type) => typesEqual(type, first))) {
    return mapValueOf(entries, first.element);
  }
  return objectOf(entries);
}

function notAMap(argument: number): FunctionFailure {
  return new FunctionFailure('arguments must be maps or objects', argument);
}

const lookup = define({
  name: 'lookup',
  parameters: [anyParameter('inputMap', 'um'), parameter('key', STRING, 'um')],
  variadic: anyParameter('default', 'umn'),
  returns: DYNAMIC,
  isNeverNull: false,
  call(args) {
    if (args.length > 3) throw new FunctionFailure(`lookup() takes two or three arguments, got ${args.length}`);
    const [map, key] = [argumentAt(args, 0), argumentAt(args, 1)];
    const kind = kindOf(map);
    if (kind !== 'map' && kind !== 'object' && kind !== 'dynamic') {
      throw new FunctionFailure('lookup() requires a map as the first argument', 0);
    }
    const fallback = defaultFor(map, args[2]);
    const isMarked = map.sensitive === true || key.sensitive === true;
    return markSensitive(lookUp(map, key, fallback), isMarked);
  },
});

function defaultFor(map: Value, fallback: Value | undefined): Value | undefined {
  const type = typeOf(map);
  if (fallback === undefined || type.kind !== 'map') return fallback;
  const converted = convertValue(fallback, type.element);
  if (!converted.ok)
    throw unsuitable(converted.isLimit, 'the default value must have the same type as the map elements', 2);
  return converted.value;
}

function lookUp(map: Value, key: Value, fallback: Value | undefined): Value {
  const own = entriesOf(map);
  if (own === undefined) return unknownFrom([map, key], DYNAMIC);
  if (key.kind === 'string') {
    const entry = own.entries.get(key.value);
    if (entry !== undefined) return entry;
    const isClosed = own.rest === undefined && (!isUnknown(map) || isNotNull(map));
    if (isClosed) {
      if (fallback === undefined) throw new FunctionFailure(`lookup failed to find key "${key.value}"`, 1);
      return fallback;
    }
    const inner = own.rest === undefined ? undefined : (own.rest.element ?? unknownFrom([map], DYNAMIC));
    if (inner === undefined) return unknownFrom([map], DYNAMIC);
    const candidate = isUnknown(map) ? partOfUnknown(map, anyElementOf(map).type, key.value) : withoutIdentity(inner);
    return fallback === undefined ? candidate : eitherOf([candidate, fallback], unknownFrom([map], DYNAMIC));
  }
  const possible = [...own.entries].flatMap(([name, entry]) => {
    return compareForEquality(key, stringValue(name)) === false ? [] : [entry];
  });
  if (fallback !== undefined) possible.push(fallback);
  const isComplete = own.rest === undefined && possible.length > 0 && possible.length <= 4;
  if (isComplete) return eitherOf(possible, key);
  const type = typeOf(map);
  return unknownFrom([key, map], type.kind === 'map' ? type.element : DYNAMIC, {
    refersTo: referencesIn(tupleOf([map, ...(fallback === undefined ? [] : [fallback])])),
  });
}

const keys = define({
  name: 'keys',
  parameters: [anyParameter('inputMap', 'um')],
  returns: ([map]) => (map?.kind === 'unknown' && map.type.kind === 'map' ? listOf(STRING) : DYNAMIC),
  call(args) {
    const map = argumentAt(args, 0);
    const kind = kindOf(map);
    const own = kind === 'map' || kind === 'object' || kind === 'dynamic' ? entriesOf(map) : undefined;
    if (own === undefined) throw new FunctionFailure('must have map or object type', 0);
    const names = [...own.entries.keys()].sort(compareText).map((name) => stringValue(name));
    if (own.rest === undefined) {
      const list = kind === 'map' ? listValueOf(names, STRING) : tupleOf(names);
      return markSensitive(list, map.sensitive);
    }
    if (names.length === 0) return unknownFrom([map], kind === 'map' ? listOf(STRING) : DYNAMIC, { notNull: true });
    const { reason, subject } = own.rest;
    const rest = {
      reason,
      subject,
      element: { kind: 'unknown' as const, type: STRING, reason, subject, notNull: true },
    };
    const list = convertValue(makeSet({ elements: names, rest }, STRING), listOf(STRING));
    if (!list.ok) return unknownFrom([map], DYNAMIC, { notNull: true });
    const isList = kind === 'map' || list.value.kind !== 'list';
    return markSensitive(isList ? list.value : { ...list.value, type: DYNAMIC }, map.sensitive);
  },
});

const values = define({
  name: 'values',
  parameters: [anyParameter('mapping', 'um')],
  returns: DYNAMIC,
  call(args) {
    const map = argumentAt(args, 0);
    const type = typeOf(map);
    const own = entriesOf(map);
    if (own === undefined) throw new FunctionFailure('values() requires a map as the first argument', 0);
    const members: Member[] = [];
    for (const [, value] of [...own.entries].sort(([a], [b]) => compareText(a, b))) {
      if (own.rest !== undefined) members.push(gapOf(own.rest));
      members.push({ value });
    }
    const parts = { members, rest: own.rest };
    const list = type.kind === 'map' ? listFrom(parts, type.element) : tupleFrom(parts);
    return markSensitive(list, map.sensitive);
  },
});

const zipmap = define({
  name: 'zipmap',
  parameters: [parameter('keys', listOf(STRING), 'um'), anyParameter('values', 'um')],
  returns: DYNAMIC,
  call(args) {
    const [names, list] = [argumentAt(args, 0), argumentAt(args, 1)];
    const kind = kindOf(list);
    if (kind !== 'list' && kind !== 'tuple' && kind !== 'dynamic') {
      throw new FunctionFailure('values must be a list or tuple value', 1);
    }
    const own = membersOf(list);
    const isPlain =
      own !== undefined && own.rest === undefined && own.members.every((one) => one.existence === undefined);
    const texts = names.kind === 'list' && names.rest === undefined && !names.existence ? names.elements : undefined;
    const unknown = () => unknownFrom([names, list], DYNAMIC, { notNull: true });
    if (!isPlain || texts === undefined) return unknown();
    if (texts.length !== own.members.length) {
      const message = `number of keys (${texts.length}) does not match number of values (${own.members.length})`;
      throw new FunctionFailure(message);
    }
    const entries = new Map<string, Value>();
    for (const [index, text] of texts.entries()) {
      if (text.kind === 'null') throw new FunctionFailure('keys must not be null', 0);
      if (text.kind !== 'string') return unknown();
      entries.set(text.value, own.members[index]?.value ?? nullValue());
    }
    const type = typeOf(list);
    const isMarked = names.sensitive === true || list.sensitive === true || texts.some((text) => text.sensitive);
    const made = type.kind === 'list' ? mapValueOf(entries, type.element) : objectOf(entries);
    return markSensitive(made, isMarked);
  },
});

const transpose = define({
  name: 'transpose',
  parameters: [parameter('values', mapOf(listOf(STRING)))],
  returns: mapOf(listOf(STRING)),
  call(args) {
    const result = new Map<string, Value[]>();
    for (const [key, list] of objectArgument(args[0]).entries) {
      if (list.kind !== 'list') throw new FunctionFailure('lists must not be null', 0);
      for (const element of list.elements) {
        if (element.kind !== 'string') throw new FunctionFailure('list elements must not be null', 0);
        const found = result.get(element.value) ?? [];
        found.push(stringValue(key));
        result.set(element.value, found);
      }
    }
    const entries = [...result].map(([key, list]) => [key, listValueOf(list, STRING)] as const);
    return mapValueOf(entries, listOf(STRING));
  },
});

/** SAFETY: how many keys are compared with how many. */
const maxComparisons = 1_000_000;

const matchkeys = define({
  name: 'matchkeys',
  parameters: [
    parameter('values', listOf(DYNAMIC), 'u'),
    parameter('keys', listOf(DYNAMIC), 'u'),
    parameter('searchset', listOf(DYNAMIC), 'u'),
  ],
  returns: ([list]) => (list === undefined ? DYNAMIC : typeOf(list)),
  call(args) {
    const [list, names, searched] = [argumentAt(args, 0), argumentAt(args, 1), argumentAt(args, 2)];
    const type = typeOf(list);
    const isOpen = [list, names, searched].some((one) => one.kind !== 'list' || one.rest || one.existence);
    if (isOpen) return unknownFrom(args, type, { notNull: true });
    const search = unifiedSearch(listArgument(names), listArgument(searched));
    const [own, keyed] = [listArgument(list).elements, search.keys];
    if (own.length !== keyed.length) throw new FunctionFailure('length of keys and values should be equal');
    if (keyed.length * search.searched.length > maxComparisons)
      throw new FunctionLimit('the lists are too long to compare');
    const members = own.flatMap((value, index): Member[] => {
      const key = keyed[index];
      const answers = search.searched.map((one) => (key === undefined ? false : compareForEquality(one, key)));
      if (answers.includes(true)) return [{ value }];
      return answers.includes(undefined) ? [{ value, existence: 'perhaps' }] : [];
    });
    return listFrom({ members }, type.kind === 'list' ? type.element : DYNAMIC);
  },
});

function unifiedSearch(names: Value & { kind: 'list' }, searched: Value & { kind: 'list' }) {
  const all = [...names.elements, ...searched.elements];
  const converted = convertValue(tupleOf(all), listOf(DYNAMIC));
  if (!converted.ok || converted.value.kind !== 'list') {
    throw new FunctionFailure('keys and searchset must be of the same type');
  }
  const { elements } = converted.value;
  return { keys: elements.slice(0, names.elements.length), searched: elements.slice(names.elements.length) };
}

export const mapFunctions: readonly TerraformFunction[] = [merge, lookup, keys, values, zipmap, transpose, matchkeys];
