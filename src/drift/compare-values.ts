import { type PlainValue, toPlainValue } from '../findings/resource-listing.js';
import type { AttributeDifference, Incomparable } from '../findings/snapshot-difference.js';
import type { ListValue, ObjectValue, Rest, UnknownValue, Value } from '../model/value.js';
import { compareText } from '../source/compare-text.js';

/** Why two values cannot be compared at a path. */
export type ValueGap = Pick<Incomparable, 'side' | 'reason' | 'subject'> & { readonly path: string };

export interface ValueComparison {
  readonly differences: readonly AttributeDifference[];
  readonly gaps: readonly ValueGap[];
}

export interface ValueContext {
  /** Attributes that repeat what stands elsewhere. */
  readonly ignored: ReadonlySet<string>;
  /** Operations that were left out on purpose at both times. */
  readonly leftOut: ReadonlySet<string>;
  /** Hashes of both were made with one key. */
  readonly hasSameKey: boolean;
}

/** Compares the values of one resource at two times, attribute by attribute. */
export function compareValues(before: ObjectValue, after: ObjectValue, context: ValueContext): ValueComparison {
  const comparison = new Comparison(context);
  comparison.compareObjects('', before, after);
  return { differences: comparison.differences, gaps: comparison.gaps };
}

/** Undefined: known to be absent. */
type Side = Value | undefined;

class Comparison {
  readonly differences: AttributeDifference[] = [];
  readonly gaps: ValueGap[] = [];

  constructor(private readonly context: ValueContext) {}

  compareObjects(path: string, before: ObjectValue | undefined, after: ObjectValue | undefined): void {
    const names = new Set([...(before?.entries.keys() ?? []), ...(after?.entries.keys() ?? [])]);
    for (const name of [...names].sort(compareText)) {
      if (path === '' && this.context.ignored.has(name)) continue;
      const [old, next] = [before?.entries.get(name), after?.entries.get(name)];
      const place = joinName(path, name);
      if (old === undefined && before?.rest !== undefined) this.#addGap(place, { before: before.rest, after: next });
      else if (next === undefined && after?.rest !== undefined) this.#addGap(place, { before: old, after: after.rest });
      else this.#compare(place, old, next);
    }
    if (path !== '') this.#addRests(path, before?.rest, after?.rest);
  }

  #compare(path: string, before: Side, after: Side): void {
    if (before?.kind === 'unknown' && after?.kind === 'unknown' && isWithheld(before) && isWithheld(after))
      this.#compareSecrets(path, before, after);
    else if (before?.kind === 'unknown' || after?.kind === 'unknown') this.#compareUnknown(path, before, after);
    else if (isNone(before) && isNone(after)) return;
    else if (isObjectOrNone(before) && isObjectOrNone(after))
      this.compareObjects(path, toObject(before), toObject(after));
    else if (isListOrNone(before) && isListOrNone(after)) this.#compareLists(path, toList(before), toList(after));
    else this.#compareScalars(path, before, after);
  }

  #compareScalars(path: string, before: Side, after: Side): void {
    const [old, next] = [plainOf(before), plainOf(after)];
    const isSecret = before?.sensitive === true || after?.sensitive === true;
    if (isSame(before, after)) return;
    this.differences.push({ path, old: isSecret ? null : old, new: isSecret ? null : next, isSecret });
  }

  #compareUnknown(path: string, before: Side, after: Side): void {
    // A secret that is there now and was not is a difference, whatever it is.
    const [first, last] = [before, after].map((side) => side?.kind === 'unknown' && isWithheld(side));
    const isKnown = (side: Side) => side?.kind !== 'unknown';
    if ((first === true && isKnown(after)) || (last === true && isKnown(before)))
      this.differences.push({ path, old: plainOf(before), new: plainOf(after), isSecret: true });
    else this.#addGap(path, { before, after });
  }

  #compareSecrets(path: string, before: UnknownValue, after: UnknownValue): void {
    const [old, next] = [before.identity, after.identity];
    if (old !== undefined && old === next) return;
    const differs = writtenAt(before) !== writtenAt(after);
    const isHashed = old !== undefined && next !== undefined;
    if (differs && (!isHashed || this.context.hasSameKey))
      this.differences.push({ path, old: null, new: null, isSecret: true });
    // Of short ones only the length is known, and hashes of two keys say nothing.
    else this.gaps.push({ path, side: 'both', reason: isHashed ? 'secret-key' : 'secret-withheld', subject: null });
  }

  #compareLists(path: string, before: ListValue | undefined, after: ListValue | undefined): void {
    const { pairs, removed, added } = matchElements(before?.elements ?? [], after?.elements ?? []);
    for (const [index, old, next] of pairs) this.#compare(`${path}[${index}]`, old, next);
    for (const old of removed) {
      if (after?.rest === undefined) this.#compareElement(path, old, undefined);
      else this.#addGap(`${path}[]`, { before: old, after: after.rest });
    }
    for (const next of added) {
      if (before?.rest === undefined) this.#compareElement(path, undefined, next);
      else this.#addGap(`${path}[]`, { before: before.rest, after: next });
    }
    this.#addRests(path, before?.rest, after?.rest);
  }

  #compareElement(path: string, before: Side, after: Side): void {
    const isSecret = [before, after].some((side) => side?.sensitive === true);
    const [old, next] = [plainOf(before), plainOf(after)];
    this.differences.push({ path: `${path}[]`, old: isSecret ? null : old, new: isSecret ? null : next, isSecret });
  }

  /** There may be more in both, or in one of them. */
  #addRests(path: string, before: Rest | undefined, after: Rest | undefined): void {
    if (before !== undefined || after !== undefined) this.#addGap(`${path}[*]`, { before, after });
  }

  #addGap(path: string, { before, after }: { readonly before: Unknowable; readonly after: Unknowable }): void {
    const [old, next] = [before, after].map(openOf);
    const open = old ?? next;
    if (open === undefined) return;
    const { reason, subject } = open;
    // What no operation tells, or was left out on purpose, is read at neither time.
    const isUnread = reason === 'not-collected' && (subject === undefined || this.context.leftOut.has(subject));
    if (isUnread && old !== undefined && next !== undefined) return;
    const side = old === undefined ? 'new' : next === undefined ? 'old' : 'both';
    this.gaps.push({ path, side, reason, subject: subject ?? null });
  }
}

type Unknowable = Side | Rest;

function openOf(side: Unknowable): Pick<Rest, 'reason' | 'subject'> | undefined {
  if (side === undefined || ('kind' in side && side.kind !== 'unknown')) return undefined;
  return 'reason' in side ? side : undefined;
}

function isWithheld({ reason }: UnknownValue): boolean {
  return reason === 'secret-withheld';
}

/** `{"$secret":{…}}`, as it stands in the record. */
function writtenAt({ origin }: UnknownValue): string {
  return origin === undefined ? '' : origin.file.text.slice(origin.start, origin.end);
}

function isNone(side: Side): boolean {
  return side === undefined || side.kind === 'null';
}

function isObjectOrNone(side: Side): boolean {
  return isNone(side) || side?.kind === 'object';
}

function isListOrNone(side: Side): boolean {
  return isNone(side) || side?.kind === 'list';
}

function toObject(side: Side): ObjectValue | undefined {
  return side?.kind === 'object' ? side : undefined;
}

function toList(side: Side): ListValue | undefined {
  return side?.kind === 'list' ? side : undefined;
}

function plainOf(side: Side): PlainValue {
  return side === undefined ? null : (toPlainValue(side) ?? null);
}

/** A text for each value, equal for equal values. */
function textOf(side: Side): string {
  if (side === undefined || side.kind === 'null') return 'null';
  switch (side.kind) {
    case 'unknown':
      return `?${side.reason} ${side.subject ?? ''} ${side.identity ?? ''}`;
    case 'list':
      return `[${side.elements.map(textOf).sort(compareText).join()}]${side.rest === undefined ? '' : '…'}`;
    case 'object': {
      const entries = [...side.entries].filter(([, { kind }]) => kind !== 'null');
      const texts = entries.map(([name, entry]) => `${JSON.stringify(name)}:${textOf(entry)}`);
      return `{${texts.sort(compareText).join()}}${side.rest === undefined ? '' : '…'}`;
    }
    default:
      return JSON.stringify(side.value);
  }
}

function isSame(before: Side, after: Side): boolean {
  return textOf(before) === textOf(after);
}

type Pair = readonly [index: number, old: Value, next: Value];

interface Matched {
  readonly pairs: readonly Pair[];
  readonly removed: readonly Value[];
  readonly added: readonly Value[];
}

/** What names an element among others, in this order. */
const NAMES = ['id', 'arn', 'sid', 'key', 'name', 'rule_id', 'device_name', 'type', 'policy_arn'];

/**
 * Which elements belong together: equal ones, then those of one name, in whatever order they come. What is left of
 * elements without names is one that was removed, or added.
 */
function matchElements(before: readonly Value[], after: readonly Value[]): Matched {
  const equal = pairBy(before, after, textOf);
  const named = pairBy(equal.removed, equal.added, nameOf);
  const indexOf = new Map(after.map((value, index) => [value, index]));
  const pairs = [...equal.pairs, ...named.pairs].map(([, old, next]): Pair => [indexOf.get(next) ?? 0, old, next]);
  const isAlone = named.removed.length === 1 && named.added.length === 1;
  const [old, next] = [named.removed[0], named.added[0]];
  // One for one: it has changed.
  if (isAlone && old?.kind === 'object' && next?.kind === 'object')
    return { pairs: inOrder([...pairs, [indexOf.get(next) ?? 0, old, next]]), removed: [], added: [] };
  return { ...named, pairs: inOrder(pairs) };
}

function inOrder(pairs: readonly Pair[]): readonly Pair[] {
  return [...pairs].sort(([a], [b]) => a - b);
}

function pairBy(
  before: readonly Value[],
  after: readonly Value[],
  keyOf: (value: Value) => string | undefined,
): Matched {
  const waiting = new Map<string, Value[]>();
  const left: Value[] = [];
  for (const value of after) {
    const key = keyOf(value);
    if (key === undefined) left.push(value);
    else waiting.set(key, [...(waiting.get(key) ?? []), value]);
  }
  const pairs: Pair[] = [];
  const removed: Value[] = [];
  for (const old of before) {
    const key = keyOf(old);
    const next = key === undefined ? undefined : waiting.get(key)?.shift();
    if (next === undefined) removed.push(old);
    else pairs.push([0, old, next]);
  }
  const added = new Set([...left, ...[...waiting.values()].flat()]);
  return { pairs, removed, added: after.filter((value) => added.has(value)) };
}

function nameOf(value: Value): string | undefined {
  if (value.kind !== 'object') return undefined;
  for (const name of NAMES) {
    const entry = value.entries.get(name);
    if (entry?.kind === 'string') return `${name} ${entry.value}`;
  }
  return undefined;
}

function joinName(path: string, name: string): string {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}
