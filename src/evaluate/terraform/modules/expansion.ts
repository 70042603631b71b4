import type { Existence } from '../../../model/raw-resource.js';
import { CERTAIN } from '../../../model/raw-resource.js';
import { DYNAMIC, NUMBER, STRING } from '../../../model/type.js';
import type { UnknownValue, Value } from '../../../model/value.js';
import { numberValue, stringValue, unknownValue } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { Node } from '../../../syntax/hcl/ast.js';
import type { PlacedAttribute } from '../configuration/declarations.js';
import { eitherOf } from '../expression/alternatives.js';
import { convertValue } from '../values/convert.js';
import { numberRange } from '../values/equality.js';
import { isInteger } from '../values/number.js';
import { PROTOTYPE_MARK } from './any-instance.js';
import { type InstanceKey, instanceKeyIdentity, PROTOTYPE } from './instance-key.js';
import { keySetOf, noteKeySet } from './key-sets.js';
import { maxInstances } from './world.js';

/** One instance of a resource or module call, before anything of it is evaluated. */
export interface InstanceSlot {
  readonly key: InstanceKey;
  readonly existence: Existence;
  /** What `each.key`, `each.value`, `count.index` mean in it. */
  readonly names: ReadonlyMap<string, Value>;
}

export interface Expansion {
  readonly kind: 'single' | 'count' | 'for-each';
  readonly slots: readonly InstanceSlot[];
  /** Equal for expansions over the same unknown collection. */
  readonly keySet?: string | undefined;
  /** The keys are not all known. */
  readonly isOpen: boolean;
  /** The value of `count` or `for_each`. */
  readonly over?: Value | undefined;
}

const PERHAPS: Existence = { kind: 'unknown', reason: 'uncertain-existence' };

const SINGLE: Expansion = {
  kind: 'single',
  slots: [{ key: undefined, existence: CERTAIN, names: new Map() }],
  isOpen: false,
};

export interface ExpansionInput {
  readonly count: PlacedAttribute | undefined;
  readonly forEach: PlacedAttribute | undefined;
  evaluate(attribute: PlacedAttribute): Value;
  report(diagnostic: Diagnostic): void;
  readonly root: string;
  /** The address of the module instance, empty for the root module. */
  readonly module: string;
  /** What is expanded: `module.a.aws_s3_bucket.b`. */
  readonly address: string;
}

/** The instances that `count` or `for_each` give: never none where they are wrong or not known. */
export function expand(input: ExpansionInput): Expansion {
  const { count, forEach } = input;
  if (forEach !== undefined && count !== undefined) {
    const message = `"${input.address}" has both a "count" and a "for_each".`;
    problem(input, count.file, count.attribute.nameRange, 'terraform-invalid-count', message);
  }
  if (forEach !== undefined) return expandForEach(input, forEach);
  return count === undefined ? SINGLE : expandCount(input, count);
}

function problem(input: ExpansionInput, file: SourceFile, at: Node, code: Diagnostic['code'], message: string): void {
  input.report({ code, message, range: { file, start: at.start, end: at.end } });
}

/** The same expression in one module instance: where it makes one thing exist, it makes the others of it exist as well. */
function conditionOf({ module }: ExpansionInput, { attribute, file }: PlacedAttribute): string {
  const { start, end } = attribute.expression;
  return `${module}\0${file.text.slice(start, end).replace(/\s+/g, ' ')}`;
}

function uncertain(value: Value): Existence & { readonly kind: 'unknown' } {
  if (value.kind === 'unknown') return { kind: 'unknown', reason: value.reason, subject: value.subject };
  return { kind: 'unknown', reason: 'uncertain-existence' };
}

function countSlot(index: number, existence: Existence): InstanceSlot {
  const names = new Map<string, Value>([['count', objectWith('index', numberValue(index))]]);
  return { key: index, existence, names };
}

function objectWith(name: string, value: Value, more: readonly (readonly [string, Value])[] = []): Value {
  const entries = new Map([[name, value] as const, ...more]);
  return {
    kind: 'object',
    type: { kind: 'object', attributes: new Map([...entries.keys()].map((key) => [key, DYNAMIC])) },
    entries,
  };
}

function expandCount(input: ExpansionInput, attribute: PlacedAttribute): Expansion {
  const raw = input.evaluate(attribute);
  const {
    file,
    attribute: { expression },
  } = attribute;
  const converted = convertValue(raw, NUMBER);
  const value: Value = converted.ok ? converted.value : raw;
  if (!converted.ok && converted.isLimit === true) {
    problem(input, file, expression, 'limit-reached', `The "count" of "${input.address}": ${converted.message}.`);
    return expandUnknownCount(input, attribute, unknownValue('limit-reached', { type: NUMBER, notNull: true }));
  }
  if (value.kind === 'number' && isInteger(value) && value.value >= 0) {
    if (value.value > maxInstances) {
      problem(
        input,
        file,
        expression,
        'limit-reached',
        `"${input.address}" has ${value.value} instances; only ${maxInstances} are judged.`,
      );
    }
    const length = Math.min(value.value, maxInstances);
    return {
      kind: 'count',
      slots: Array.from({ length }, (_, index) => countSlot(index, CERTAIN)),
      isOpen: false,
      over: value,
    };
  }
  if (value.kind === 'unknown') return expandUnknownCount(input, attribute, value);
  const what = value.kind === 'null' ? 'null' : value.kind === 'number' ? String(value.value) : `a ${value.kind}`;
  problem(
    input,
    file,
    expression,
    'terraform-invalid-count',
    `The "count" of "${input.address}" must be a whole number of 0 or more, not ${what}.`,
  );
  return {
    kind: 'count',
    slots: [countSlot(0, { kind: 'unknown', reason: 'invalid-value' })],
    isOpen: true,
    over: value,
  };
}

function expandUnknownCount(input: ExpansionInput, attribute: PlacedAttribute, value: UnknownValue): Expansion {
  const existence = uncertain(value);
  const range = numberRange(value);
  const min = range?.min ?? 0;
  const max = range?.max;
  if (max !== undefined && max <= 16) {
    const condition = conditionOf(input, attribute);
    const slots = Array.from({ length: Math.max(0, max) }, (_, index) =>
      countSlot(index, index < min ? CERTAIN : { ...existence, condition: `${condition}\0${index}` }),
    );
    return { kind: 'count', slots, isOpen: max > min, over: value };
  }
  const keySet = value.identity === undefined ? ownKeySet(input) : `count\0${value.identity}`;
  const index = unknownValue(value.reason, {
    type: NUMBER,
    subject: value.subject,
    notNull: true,
    identity: instanceKeyIdentity(keySet),
    bounds: { min: 0 },
    sensitive: value.sensitive,
  });
  const names = new Map<string, Value>([['count', objectWith('index', index)]]);
  return {
    kind: 'count',
    slots: [{ key: PROTOTYPE, existence, names }],
    isOpen: true,
    keySet,
    over: value,
  };
}

function eachSlot(key: string, value: Value, existence: Existence): InstanceSlot {
  const keyValue = stringValue(key, value.origin);
  return { key, existence, names: new Map<string, Value>([['each', objectWith('key', keyValue, [['value', value]])]]) };
}

function expandForEach(input: ExpansionInput, attribute: PlacedAttribute): Expansion {
  const value = input.evaluate(attribute);
  const {
    file,
    attribute: { expression },
  } = attribute;
  const fail = (message: string): Expansion => {
    problem(input, file, expression, 'terraform-invalid-for-each', message);
    return prototypeOf(input, value, { kind: 'unknown', reason: 'invalid-value' });
  };
  if (value.sensitive === true)
    return fail(`The "for_each" of "${input.address}" is sensitive: its keys would be shown.`);
  switch (value.kind) {
    case 'null':
      return fail(`The "for_each" of "${input.address}" is null.`);
    case 'unknown':
      return (
        expandAlternatives(input, attribute, value) ??
        expandUnknownForEach(input, value) ??
        fail(`The "for_each" of "${input.address}" must be a map or a set of strings.`)
      );
    case 'object': {
      const entries = [...value.entries].map(([key, entry]) => ({ key, value: entry, existence: CERTAIN }));
      return limited(input, attribute, value, entries, value.rest !== undefined);
    }
    case 'list': {
      // Of an undecided conditional the type may not be known.
      if (value.type.kind !== 'set' && value.type.kind !== 'dynamic')
        return fail(
          `The "for_each" of "${input.address}" is a ${value.type.kind}: use toset() to make it a set of strings.`,
        );
      return (
        expandSet(input, attribute, value) ??
        fail(`The "for_each" of "${input.address}" must be a set of strings without null.`)
      );
    }
    default:
      return fail(`The "for_each" of "${input.address}" must be a map or a set of strings, not a ${value.kind}.`);
  }
}

interface Entry {
  readonly key: string;
  readonly value: Value;
  readonly existence: Existence;
}

function limited(
  input: ExpansionInput,
  attribute: PlacedAttribute,
  over: Value,
  entries: readonly Entry[],
  isOpen: boolean,
): Expansion {
  if (entries.length > maxInstances) {
    problem(
      input,
      attribute.file,
      attribute.attribute.expression,
      'limit-reached',
      `"${input.address}" has ${entries.length} instances; only ${maxInstances} are judged.`,
    );
  }
  const slots = entries.slice(0, maxInstances).map(({ key, value, existence }) => eachSlot(key, value, existence));
  if (!isOpen) {
    const isCertain = slots.every(({ existence }) => existence.kind === 'certain');
    const keySet = isCertain ? undefined : collectionKeySet(input, over);
    return { kind: 'for-each', slots, keySet, isOpen: !isCertain, over };
  }
  const standing = prototypeOf(input, over, uncertain(unknownOf(over)));
  return { kind: 'for-each', slots: [...slots, ...standing.slots], keySet: standing.keySet, isOpen: true, over };
}

function unknownOf(value: Value): UnknownValue {
  if (value.kind === 'unknown') return value;
  const rest = value.kind === 'list' || value.kind === 'object' ? value.rest : undefined;
  const unknown = value.kind === 'list' ? value.elements.find((element) => element.kind === 'unknown') : undefined;
  if (unknown?.kind === 'unknown') return unknown;
  return unknownValue(rest?.reason ?? 'uncertain-existence', { subject: rest?.subject });
}

/** The members of a set as entries, and whether there may be further ones; undefined where it is no set of strings. */
function entriesOfSet(
  set: Value & { readonly kind: 'list' },
): { readonly entries: readonly Entry[]; readonly isOpen: boolean } | undefined {
  const entries: Entry[] = [];
  let isOpen = set.rest !== undefined;
  for (const [index, element] of set.elements.entries()) {
    if (element.kind === 'unknown') isOpen = true;
    else if (element.kind !== 'string') return undefined;
    else {
      const isCertain = set.existence?.has(index) !== true;
      entries.push({ key: element.value, value: element, existence: isCertain ? CERTAIN : PERHAPS });
    }
  }
  return { entries, isOpen };
}

function expandSet(
  input: ExpansionInput,
  attribute: PlacedAttribute,
  set: Value & { readonly kind: 'list' },
): Expansion | undefined {
  const found = entriesOfSet(set);
  return found === undefined ? undefined : limited(input, attribute, set, found.entries, found.isOpen);
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
  return limited(input, attribute, choice, entries, false);
}

/** The entries of a map or set of which all keys are known and certain. */
function closedEntries(value: Value): readonly Entry[] | undefined {
  if (value.kind === 'object' && value.rest === undefined)
    return [...value.entries].map(([key, entry]) => ({ key, value: entry, existence: CERTAIN }));
  if (value.kind !== 'list' || value.type.kind !== 'set' || value.existence !== undefined) return undefined;
  const found = entriesOfSet(value);
  return found === undefined || found.isOpen ? undefined : found.entries;
}

function expandUnknownForEach(input: ExpansionInput, value: UnknownValue): Expansion | undefined {
  const { type } = value;
  if (type.kind === 'object') {
    const slots = [...type.attributes].map(([key, attribute]) => eachSlot(key, partOf(value, key, attribute), CERTAIN));
    return { kind: 'for-each', slots, isOpen: false, over: value };
  }
  if (
    type.kind === 'dynamic' ||
    type.kind === 'map' ||
    (type.kind === 'set' && (type.element.kind === 'string' || type.element.kind === 'dynamic'))
  ) {
    return prototypeOf(input, value, uncertain(value));
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

/** One instance that stands for all of those whose keys are not known. */
function prototypeOf(input: ExpansionInput, over: Value, existence: Existence): Expansion {
  const cause = unknownOf(over);
  const keySet = collectionKeySet(input, over);
  const isSet = over.kind === 'unknown' ? over.type.kind === 'set' : over.kind === 'list';
  const key = unknownValue(cause.reason, {
    type: STRING,
    subject: cause.subject,
    notNull: true,
    identity: instanceKeyIdentity(keySet),
    origin: over.origin,
  });
  const rest = over.kind === 'object' || over.kind === 'list' ? over.rest?.element : undefined;
  const elementType = over.kind === 'unknown' && over.type.kind === 'map' ? over.type.element : DYNAMIC;
  const value: Value = isSet
    ? key
    : (rest ??
      unknownValue(cause.reason, {
        type: elementType,
        subject: cause.subject,
        identity: `${keySet}${PROTOTYPE_MARK}.value`,
        origin: over.origin,
      }));
  const names = new Map<string, Value>([['each', objectWith('key', key, [['value', value]])]]);
  return { kind: 'for-each', slots: [{ key: PROTOTYPE, existence, names }], keySet, isOpen: true, over };
}

/** The name of the key set of a collection; what is expanded over the same collection has the same. */
function collectionKeySet(input: ExpansionInput, over: Value): string {
  const known = keySetOf(over);
  if (known !== undefined) return known;
  const keySet = ownKeySet(input);
  noteKeySet(over, keySet);
  return keySet;
}

function ownKeySet({ root, address }: ExpansionInput): string {
  return `${root}\0${address}`;
}
