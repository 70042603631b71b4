import type { Macro } from './ast.js';
import { type Collection, type Visit, visitsOf } from './collection.js';
import { overAlternatives } from './lift.js';
import {
  causesOf,
  type ErrorValue,
  FALSE,
  mapKey,
  NO_OPTIONAL,
  policyError,
  type RuntimeList,
  type RuntimeValue,
  TRUE,
  toBool,
  toList,
  typeName,
  unknownFrom,
} from './runtime-value.js';

/** Evaluates a macro's condition or body for one element. */
export interface ElementEvaluator {
  filter?: ((visit: Visit) => RuntimeValue) | undefined;
  body(visit: Visit): RuntimeValue;
}

/** Evaluates a macro over a range, three-valued. */
export function comprehend(
  macro: Macro,
  range: RuntimeValue,
  hasTwoNames: boolean,
  evaluator: ElementEvaluator,
): RuntimeValue {
  if (range.kind === 'error') return range;
  if (range.kind === 'unknown') {
    const lifted = overAlternatives(range, (known) => comprehend(macro, known, hasTwoNames, evaluator));
    return lifted ?? unknownFrom([range]);
  }
  if (macro === 'optMap' || macro === 'optFlatMap') return mapOptional(macro, range, evaluator);
  const collection = visitsOf(range, hasTwoNames);
  if (collection === undefined) return policyError(`"${macro}" needs a list or a map, not ${typeName(range)}.`);
  switch (macro) {
    case 'all':
      return quantify(collection, evaluator, false);
    case 'exists':
      return quantify(collection, evaluator, true);
    case 'exists_one':
      return existsOne(collection, evaluator);
    case 'filter':
      return select(collection, { filter: evaluator.body, body: ({ value }) => value });
    case 'map':
    case 'transformList':
      return select(collection, evaluator);
    case 'transformMap':
    case 'transformMapEntry':
      return transformMap(collection, evaluator, macro === 'transformMapEntry');
  }
}

/** Kleene's "or" over the elements where `deciding` is true, "and" where it is false: unknown wins over error. */
function quantify(collection: Collection, { body }: ElementEvaluator, deciding: boolean): RuntimeValue {
  const doubts: RuntimeValue[] = [];
  let error: ErrorValue | undefined;
  for (const visit of collection.visits) {
    const answer = body(visit);
    if (answer.kind === 'bool') {
      if (answer.value !== deciding) continue;
      if (visit.existence === 'once') return deciding ? TRUE : FALSE;
      doubts.push(...collection.doubt);
    } else if (answer.kind === 'unknown') doubts.push(answer);
    else if (visit.existence !== 'once') doubts.push(...collection.doubt);
    else error ??= toBoolError(answer);
  }
  if (collection.open !== undefined) doubts.push(collection.open);
  if (doubts.length > 0) return unknownFrom(doubts);
  return error ?? toBool(!deciding);
}

/** What is no boolean, as an error. */
export function toBoolError(value: RuntimeValue): ErrorValue {
  if (value.kind === 'error') return value;
  return policyError(
    value.kind === 'null'
      ? 'The value is not set, and null is not a boolean: compare it with "== true".'
      : `A boolean is needed here, not ${typeName(value)}.`,
  );
}

function existsOne(collection: Collection, { body }: ElementEvaluator): RuntimeValue {
  const doubts: RuntimeValue[] = collection.open === undefined ? [] : [collection.open];
  let error: ErrorValue | undefined;
  let count = 0;
  for (const visit of collection.visits) {
    const answer = body(visit);
    if (answer.kind === 'unknown') doubts.push(answer);
    else if (answer.kind === 'bool' && !answer.value) continue;
    else if (visit.existence !== 'once') doubts.push(...collection.doubt);
    else if (answer.kind === 'bool') count++;
    else error ??= toBoolError(answer);
  }
  if (error !== undefined) return error;
  if (count > 1) return FALSE;
  return doubts.length > 0 ? unknownFrom(doubts) : toBool(count === 1);
}

/** `filter`, `map` and `transformList`: an element whose condition is unknown only perhaps occurs. */
function select(collection: Collection, { filter, body }: ElementEvaluator): RuntimeValue {
  const elements: RuntimeValue[] = [];
  const existence = new Map<number, 'perhaps' | 'any-number'>();
  const doubts: RuntimeValue[] = [];
  let rest: RuntimeList['rest'];
  for (const visit of collection.visits) {
    const condition = filter?.(visit) ?? TRUE;
    if (condition.kind === 'bool' && !condition.value) continue;
    const isCertain = visit.existence === 'once';
    if (condition.kind !== 'bool' && condition.kind !== 'unknown' && isCertain) return toBoolError(condition);
    const value = body(visit);
    if (value.kind === 'error' && isCertain && condition.kind === 'bool') return value;
    const element = value.kind === 'error' ? unknownFrom(collection.doubt) : value;
    if (visit.index === undefined && visit.key.kind === 'unknown') {
      rest = { reason: visit.key.reason, subject: visit.key.subject, element };
      continue;
    }
    if (!isCertain) doubts.push(...collection.doubt);
    if (condition.kind === 'unknown') doubts.push(condition);
    if (!isCertain) existence.set(elements.length, visit.existence === 'any-number' ? 'any-number' : 'perhaps');
    else if (condition.kind === 'unknown') existence.set(elements.length, 'perhaps');
    elements.push(element);
  }
  const { open } = collection;
  if (open !== undefined) rest = { reason: open.reason, subject: open.subject };
  if (existence.size === 0) return toList(elements, { rest });
  return toList(elements, { existence, rest, doubt: unknownFrom(doubts) });
}

function transformMap(collection: Collection, { filter, body }: ElementEvaluator, isEntry: boolean): RuntimeValue {
  const entries = new Map<string, { key: RuntimeValue; value: RuntimeValue }>();
  const doubts: RuntimeValue[] = collection.open === undefined ? [] : [collection.open];
  for (const visit of collection.visits) {
    const condition = filter?.(visit) ?? TRUE;
    if (condition.kind === 'unknown' || visit.existence !== 'once') {
      doubts.push(condition, ...collection.doubt);
      continue;
    }
    if (condition.kind !== 'bool') return toBoolError(condition);
    if (!condition.value) continue;
    const value = body(visit);
    if (value.kind === 'error') return value;
    const added = isEntry ? addEntries(entries, value) : addEntry(entries, visit.key, value);
    if (added !== undefined) return added;
  }
  return doubts.length > 0 ? unknownFrom(doubts) : { kind: 'map', entries };
}

type Entries = Map<string, { key: RuntimeValue; value: RuntimeValue }>;

function addEntry(entries: Entries, key: RuntimeValue, value: RuntimeValue): ErrorValue | undefined {
  const canonical = mapKey(key);
  if (canonical === undefined) return policyError(`${typeName(key)} cannot be a key.`);
  if (entries.has(canonical)) return policyError('A key occurs twice.');
  entries.set(canonical, { key, value });
  return undefined;
}

function addEntries(entries: Entries, value: RuntimeValue): RuntimeValue | undefined {
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'map') return policyError(`"transformMapEntry" needs a map, not ${typeName(value)}.`);
  for (const entry of value.entries.values()) {
    const failed = addEntry(entries, entry.key, entry.value);
    if (failed !== undefined) return failed;
  }
  return undefined;
}

function mapOptional(macro: 'optMap' | 'optFlatMap', range: RuntimeValue, { body }: ElementEvaluator): RuntimeValue {
  if (range.kind !== 'optional') return policyError(`"${macro}" needs an optional, not ${typeName(range)}.`);
  if (range.value === undefined) return NO_OPTIONAL;
  const value = body({ key: range.value, value: range.value, existence: 'once' });
  if (value.kind === 'error') return range.perhaps === undefined ? value : unknownFrom(causesOf(range.perhaps));
  if (macro === 'optMap') return { kind: 'optional', value, perhaps: range.perhaps };
  if (value.kind !== 'optional') {
    return value.kind === 'unknown' ? value : policyError(`"optFlatMap" needs a body that gives an optional.`);
  }
  return value.perhaps === undefined && value.value !== undefined ? { ...value, perhaps: range.perhaps } : value;
}
