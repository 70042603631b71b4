import { DYNAMIC, NUMBER, STRING } from '../../../model/type.js';
import type { ElementExistence, ListValue, ObjectValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { numberValue, stringValue } from '../../../model/values.js';
import type { Expression, ForExpression, Node } from '../../../syntax/hcl/ast.js';
import { objectOf, tupleOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';
import { sizeOf } from '../values/size-of.js';
import { elementTypeOf } from '../values/types.js';
import { isNotNull, markSensitive, unknownFrom } from '../values/unknown.js';
import { restBecauseOf } from './alternatives.js';
import { type Evaluator, maxElements } from './context.js';
import { overSize, withinSize } from './size.js';
import { partOf } from './traversal.js';

/** One round of a `for`. */
interface Round {
  readonly key: Value;
  readonly value: Value;
  /** Undefined for an element that is there exactly once; `rest` for the prototype of further ones. */
  readonly existence: ElementExistence | 'rest' | undefined;
}

/**
 * What a `for` goes over. Undefined, with a diagnostic, where nothing can. The elements of an unknown or open collection
 * are one round, with what every further element looks like. `isOrdered`: the result has the order of the rounds, so those
 * that are not known stand wherever they may come.
 */
export function roundsOf(
  collection: Value,
  at: Node,
  evaluator: Evaluator,
  isOrdered: boolean,
): Iterable<Round> | undefined {
  switch (collection.kind) {
    case 'null':
      evaluator.fail(at, 'A null value has no elements that a "for" could go over.');
      return undefined;
    case 'list':
      return collection.type.kind === 'set' ? setRounds(collection, isOrdered) : listRounds(collection);
    case 'object':
      return objectRounds(collection, isOrdered);
    case 'unknown':
      return unknownRounds(collection, at, evaluator);
    default:
      evaluator.fail(at, `A ${collection.kind} has no elements that a "for" could go over.`);
      return undefined;
  }
}

// Rounds are made when their turn comes: a million at once would take more room than what is made of them.

function* setRounds(set: ListValue, isOrdered: boolean): Iterable<Round> {
  const converted = isOrdered ? convertValue(set, { kind: 'list', element: elementTypeOf(set.type) }) : undefined;
  const list = converted?.ok === true && converted.value.kind === 'list' ? converted.value : set;
  for (const { value, existence } of listRounds(list)) yield { key: value, value, existence };
}

function objectRounds(object: ObjectValue, isOrdered: boolean): Iterable<Round> {
  return object.rest === undefined ? knownRounds(object) : openRounds(object, object.rest, isOrdered);
}

function* knownRounds({ entries }: ObjectValue): Iterable<Round> {
  for (const [key, value] of entries) yield { key: stringValue(key, value.origin), value, existence: undefined };
}

function openRounds(object: ObjectValue, { element, reason, subject }: Rest, isOrdered: boolean): Iterable<Round> {
  const known = [...knownRounds(object)];
  const value = element ?? { kind: 'unknown', type: elementTypeOf(object.type), reason, subject };
  const key: Value = { kind: 'unknown', type: STRING, reason, subject, notNull: true };
  if (!isOrdered) return [...known, { key, value, existence: 'rest' }];
  // Entries are in the order of their keys: further ones come before, between and after those that are known.
  const gap: Round = { key, value, existence: 'any-number' };
  return [gap, ...known.flatMap((round) => [round, gap])];
}

function* listRounds(list: ListValue): Iterable<Round> {
  let isIndexKnown = true;
  let unknownKey: Value | undefined;
  const keyOf = (index: number): Value => {
    if (isIndexKnown) return numberValue(index);
    unknownKey ??= unknownFrom([list], NUMBER, { notNull: true, bounds: { min: 0 }, refersTo: undefined });
    return unknownKey;
  };
  for (const [index, value] of list.elements.entries()) {
    const existence = list.existence?.get(index);
    if (existence === 'any-number') isIndexKnown = false;
    yield { key: keyOf(index), value, existence };
    if (existence !== undefined) isIndexKnown = false;
  }
  if (list.rest !== undefined) {
    isIndexKnown = false;
    const { element, reason, subject } = list.rest;
    const value = element ?? {
      kind: 'unknown',
      type: elementTypeOf(list.type),
      reason,
      subject,
      refersTo: list.refersTo,
    };
    yield { key: keyOf(0), value, existence: 'rest' };
  }
}

function unknownRounds(collection: UnknownValue, at: Node, evaluator: Evaluator): Iterable<Round> | undefined {
  const { type, reason, subject } = collection;
  if (!isNotNull(collection)) evaluator.doubt();
  switch (type.kind) {
    case 'tuple':
      return type.elements.map((element, index) => ({
        key: numberValue(index),
        value: partOf(collection, element, String(index)),
        existence: undefined,
      }));
    case 'object':
      return [...type.attributes].map(([name, attribute]) => ({
        key: stringValue(name),
        value: partOf(collection, attribute, name),
        existence: undefined,
      }));
    case 'list':
    case 'set':
    case 'map':
    case 'dynamic': {
      if (type.kind === 'dynamic') evaluator.doubt();
      const value = { ...partOf(collection, elementTypeOf(type), '*'), identity: undefined };
      const keyType = type.kind === 'map' ? STRING : type.kind === 'list' ? NUMBER : DYNAMIC;
      const bounds = type.kind === 'list' ? { bounds: { min: 0 } } : {};
      const key: Value =
        type.kind === 'set' ? value : { kind: 'unknown', type: keyType, reason, subject, notNull: true, ...bounds };
      return [{ key, value, existence: 'rest' }];
    }
    default:
      evaluator.fail(at, `A ${type.kind} has no elements that a "for" could go over.`);
      return undefined;
  }
}

/** How many rounds there are at least, without making them. */
export function leastRounds(collection: Value): number {
  if (collection.kind === 'list') return collection.elements.length;
  return collection.kind === 'object' ? collection.entries.size : 0;
}

/** Gives the evaluator of each round's body, which is another one's as soon as it is asked for the next. */
export function roundEvaluator(
  variables: { readonly keyVariable: string | undefined; readonly valueVariable: string },
  evaluator: Evaluator,
): (round: Round) => Evaluator {
  const names = new Map<string, Value>();
  const within = evaluator.within(names);
  return ({ key, value, existence }) => {
    if (variables.keyVariable !== undefined) names.set(variables.keyVariable, key);
    names.set(variables.valueVariable, value);
    return existence === undefined ? within : within.aside();
  };
}

export function evaluateFor(expression: ForExpression, evaluator: Evaluator): Value {
  const collection = evaluator.evaluate(expression.collection);
  const isOrdered = expression.key === undefined || expression.isGrouped;
  const rounds = roundsOf(collection, expression.collection, evaluator, isOrdered);
  if (rounds === undefined) {
    return { kind: 'unknown', type: DYNAMIC, reason: 'invalid-expression', origin: evaluator.origin(expression) };
  }
  const { budget } = evaluator.context;
  const least = leastRounds(collection);
  if (least > maxElements) return evaluator.overLimit(expression, 'A "for" has more rounds than Trueline allows.');
  if (!budget.has(least)) return evaluator.overSteps(expression);
  const result = new ForResult(expression, collection, evaluator);
  const bodyOf = roundEvaluator(expression, evaluator);
  const { refusals } = budget;
  for (const round of rounds) {
    const body = bodyOf(round);
    result.add(round, body);
    evaluator.join(body);
    if (result.size > maxElements) return overSize(expression, evaluator);
    // What one round may not take the next ones may not either: a million of them would each try.
    if (budget.refusals !== refusals) return evaluator.overSteps(expression);
  }
  return evaluator.computed(withinSize(result.build(), expression, evaluator), expression, [collection]);
}

/** What a `for` has made so far. */
class ForResult {
  readonly #list = new ListBuilder();
  readonly #object: ObjectBuilder;
  #isSensitive: boolean;
  /** How many values it holds. */
  size = 0;

  constructor(
    private readonly expression: ForExpression,
    private readonly collection: Value,
    private readonly evaluator: Evaluator,
  ) {
    this.#object = new ObjectBuilder(expression.isGrouped);
    this.#isSensitive = collection.sensitive === true;
  }

  add(round: Round, body: Evaluator): void {
    const { expression } = this;
    const included = isIncluded(expression, body);
    // What is left out tells of what decided.
    if (included.isSensitive) this.#isSensitive = true;
    if (included.value === false) return;
    const existence = included.value === undefined && round.existence === undefined ? 'perhaps' : round.existence;
    const cause = included.cause ?? this.collection;
    // What is perhaps not there is no error.
    const inner = existence === undefined ? body : body.aside();
    const value = inner.evaluate(expression.value);
    const key = expression.key === undefined ? undefined : keyOf(expression.key, inner);
    body.join(inner);
    this.size += sizeOf(value);
    if (expression.key === undefined || key === undefined) this.#list.add(value, existence, cause);
    else this.#addEntry(expression.key, { key, value, existence, cause });
  }

  #addEntry(at: Expression, entry: Entry): void {
    const { key } = entry;
    if (key.sensitive === true) this.#isSensitive = true;
    if (!this.#object.add(entry)) return;
    const name = key.kind === 'string' ? key.value : '';
    const message = `Two elements have the key "${name}"; "..." after the value would group them.`;
    this.#object.replace(name, this.evaluator.fail(at, message));
  }

  build(): Value {
    const made = this.expression.key === undefined ? this.#list.build() : this.#object.build();
    return markSensitive(made, this.#isSensitive);
  }
}

interface Inclusion {
  /** Undefined where it is not known. */
  readonly value: boolean | undefined;
  readonly cause?: Value;
  readonly isSensitive: boolean;
}

function isIncluded(expression: ForExpression, body: Evaluator): Inclusion {
  if (expression.condition === undefined) return { value: true, isSensitive: false };
  const written = body.evaluate(expression.condition);
  const isSensitive = written.sensitive === true;
  const converted = convertValue(written, { kind: 'bool' });
  if (!converted.ok || written.kind === 'null') {
    const cause = body.fail(expression.condition, 'The condition of a "for" must be a bool that is not null.');
    return { value: undefined, cause, isSensitive };
  }
  if (converted.value.kind === 'bool') return { value: converted.value.value, isSensitive };
  body.doubtConversion(written, { kind: 'bool' });
  return { value: undefined, cause: converted.value, isSensitive };
}

function keyOf(expression: Expression, body: Evaluator): Value {
  const written = body.evaluate(expression);
  if (written.kind === 'null')
    return body.fail(expression, 'The key of an object must not be null.', undefined, STRING);
  const converted = convertValue(written, STRING);
  if (!converted.ok)
    return body.fail(expression, `The key of an object must be text: ${converted.message}.`, undefined, STRING);
  body.doubtConversion(written, STRING);
  return converted.value;
}

class ListBuilder {
  readonly #elements: Value[] = [];
  readonly #existence = new Map<number, ElementExistence>();
  #rest: Rest | undefined;

  add(value: Value, existence: Round['existence'], cause: Value): void {
    if (existence === 'rest') {
      this.#rest = restBecauseOf(cause, value);
      return;
    }
    if (existence !== undefined) this.#existence.set(this.#elements.length, existence);
    this.#elements.push(value);
  }

  /** Whether an element is certainly there. */
  get isCertain(): boolean {
    return this.#existence.size < this.#elements.length;
  }

  /** The elements with any number of others before, between and after them. */
  withGaps(gap: Value): Value {
    const all = new ListBuilder();
    all.add(gap, 'any-number', gap);
    for (const [index, element] of this.#elements.entries()) {
      all.add(element, this.#existence.get(index), gap);
      all.add(gap, 'any-number', gap);
    }
    return all.build();
  }

  build(): Value {
    const plain = tupleOf(this.#elements);
    const rest = this.#rest;
    if (rest === undefined && this.#existence.size === 0) return plain;
    // How long the tuple is, and so its type, is not known.
    const existence = this.#existence.size > 0 ? this.#existence : undefined;
    return { ...plain, type: DYNAMIC, ...(existence && { existence }), ...(rest && { rest }) };
  }
}

interface Entry {
  readonly key: Value;
  readonly value: Value;
  readonly existence: Round['existence'];
  readonly cause: Value;
}

class ObjectBuilder {
  readonly #entries = new Map<string, Value>();
  readonly #groups = new Map<string, ListBuilder>();
  /** What stands under keys that are not known, or under known ones perhaps. */
  readonly #others: Value[] = [];
  #cause: Value | undefined;

  constructor(readonly isGrouped: boolean) {}

  /** Whether the key was there already and is an error a second time. */
  add({ key, value, existence, cause }: Entry): boolean {
    if (key.kind !== 'string' || (existence !== undefined && !this.isGrouped)) {
      this.#others.push(value);
      this.#cause ??= key.kind === 'unknown' ? key : cause;
      return false;
    }
    if (!this.isGrouped) {
      if (this.#entries.has(key.value)) return true;
      this.#entries.set(key.value, value);
      return false;
    }
    const group = this.#groups.get(key.value) ?? new ListBuilder();
    this.#groups.set(key.value, group);
    group.add(value, existence, cause);
    if (existence !== undefined) this.#cause ??= cause;
    return false;
  }

  replace(key: string, value: Value): void {
    this.#entries.set(key, value);
  }

  build(): Value {
    let isOpen = this.#others.length > 0;
    // An element with a key that is not known may stand anywhere in any group.
    const gap = isOpen && this.#cause !== undefined ? unknownFrom([this.#cause, ...this.#others], DYNAMIC) : undefined;
    for (const [key, group] of this.#groups) {
      // A group of which no element is certainly there is itself there only perhaps.
      if (group.isCertain) this.#entries.set(key, gap === undefined ? group.build() : group.withGaps(gap));
      else isOpen = true;
    }
    const plain = objectOf(this.#entries);
    if (!isOpen || this.#cause === undefined) return plain;
    const [single] = this.#others;
    const element = !this.isGrouped && this.#others.length === 1 ? single : undefined;
    return { ...plain, type: DYNAMIC, rest: restBecauseOf(this.#cause, element) };
  }
}
