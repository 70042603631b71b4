import { DYNAMIC, NUMBER, STRING, type Type } from '../../../model/type.js';
import type { ListValue, ObjectValue, UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown, mergeReferences, typeOf } from '../../../model/values.js';
import type { AttributeAccess, Expression, IndexAccess, Node, VariableExpression } from '../../../syntax/hcl/ast.js';
import { convertValue } from '../values/convert.js';
import { certainPrefix, compareForEquality } from '../values/equality.js';
import { formatNumber, isInteger } from '../values/number.js';
import { elementTypeOf } from '../values/types.js';
import { hasSensitive, isNotNull, lengthRange, markSensitive, referencesIn, unknownFrom } from '../values/unknown.js';
import { derivedIdentity, eitherOf, maxAlternatives } from './alternatives.js';
import type { Evaluator, ReferenceStep } from './context.js';

type Traversal = VariableExpression | AttributeAccess | IndexAccess;

interface PlacedStep {
  readonly step: ReferenceStep;
  readonly at: Node;
}

/** A name with the steps behind it: the scope says what they lead to, the steps that it leaves are applied here. */
export function evaluateTraversal(expression: Traversal, evaluator: Evaluator): Value {
  const steps: PlacedStep[] = [];
  let root: Expression = expression;
  while (root.kind === 'get-attribute' || root.kind === 'index') {
    steps.push(placedStep(root, evaluator));
    root = root.kind === 'get-attribute' ? root.object : root.collection;
  }
  steps.reverse();
  if (root.kind !== 'variable') {
    let value = evaluator.evaluate(root);
    for (const { step, at } of steps) value = applyStep(value, step, at, evaluator);
    return value;
  }
  const plain = steps.map(({ step }) => step);
  const resolved = evaluator.context.scope.reference(root.name, plain, expression);
  if (resolved === undefined) {
    const { scope, isQuiet } = evaluator.context;
    const explanation = isQuiet === true ? undefined : scope.explainMissing?.(root.name, plain);
    const message = explanation ?? `There is no value named "${root.name}" here.`;
    return evaluator.fail(expression, message, 'terraform-invalid-reference');
  }
  if (resolved.mayFail === true) evaluator.doubt();
  let { value } = resolved;
  for (const { step, at } of steps.slice(resolved.consumed)) value = applyStep(value, step, at, evaluator);
  return value;
}

function placedStep(access: AttributeAccess | IndexAccess, evaluator: Evaluator): PlacedStep {
  if (access.kind === 'get-attribute') {
    return { step: { kind: 'attribute', name: access.name }, at: access.nameRange };
  }
  return { step: { kind: 'index', key: evaluator.evaluate(access.key) }, at: access.key };
}

/** What a step leads to in a value. */
export function applyStep(value: Value, step: ReferenceStep, at: Node, evaluator: Evaluator): Value {
  const found =
    step.kind === 'attribute'
      ? getAttribute(value, step.name, at, evaluator)
      : getIndex(value, step.key, at, evaluator);
  // The key of an object's attribute is part of its type, and its mark is dropped.
  const isByKey = step.kind === 'index' && typeOf(value).kind !== 'object' && hasSensitive(step.key);
  return markSensitive(found, value.sensitive === true || isByKey);
}

function getAttribute(value: Value, name: string, at: Node, evaluator: Evaluator): Value {
  switch (value.kind) {
    case 'null':
      return evaluator.fail(at, `A null value has no attribute "${name}".`, 'terraform-invalid-reference');
    case 'object':
      return getEntry(value, name, at, evaluator);
    case 'unknown':
      return getUnknownAttribute(value, name, at, evaluator);
    case 'list': {
      const message = `A ${value.type.kind} has no attribute "${name}"; its elements are reached by an index or "[*]".`;
      return evaluator.fail(at, message, 'terraform-invalid-reference');
    }
    default:
      return evaluator.fail(at, `A ${value.kind} has no attribute "${name}".`, 'terraform-invalid-reference');
  }
}

function getEntry(object: ObjectValue, name: string, at: Node, evaluator: Evaluator): Value {
  const entry = object.entries.get(name);
  if (entry !== undefined) return entry;
  if (object.rest !== undefined) {
    evaluator.doubt();
    const { element, reason, subject } = object.rest;
    if (element !== undefined) return element;
    return { kind: 'unknown', type: elementTypeOf(object.type), reason, subject, refersTo: object.refersTo };
  }
  const hint = evaluator.hint(name, object.entries.keys());
  const message =
    object.type.kind === 'map'
      ? `The map has no element "${name}".${hint}`
      : `The object has no attribute "${name}".${hint}`;
  return evaluator.fail(at, message, 'terraform-invalid-reference');
}

function getUnknownAttribute(value: UnknownValue, name: string, at: Node, evaluator: Evaluator): Value {
  const { type } = value;
  if (type.kind === 'object') {
    const attribute = type.attributes.get(name);
    if (attribute === undefined) {
      const message = `The object has no attribute "${name}".${evaluator.hint(name, type.attributes.keys())}`;
      return evaluator.fail(at, message, 'terraform-invalid-reference');
    }
    if (!isNotNull(value)) evaluator.doubt();
    return (
      ofAlternatives(value, (one) => getAttribute(one, name, at, evaluator.aside())) ?? partOf(value, attribute, name)
    );
  }
  if (type.kind === 'map' || type.kind === 'dynamic') {
    evaluator.doubt();
    const merged = ofAlternatives(value, (one) => getAttribute(one, name, at, evaluator.aside()));
    return merged ?? partOf(value, elementTypeOf(type), name);
  }
  return evaluator.fail(at, `A ${type.kind} has no attribute "${name}".`, 'terraform-invalid-reference');
}

/** The step taken in each of the alternatives that an unknown has; undefined where it has none. */
function ofAlternatives(value: UnknownValue, step: (alternative: Value) => Value): Value | undefined {
  if (value.alternatives === undefined) return undefined;
  const results: Value[] = [];
  for (const alternative of value.alternatives) {
    if (alternative.kind === 'absent') return undefined;
    // A null alternative, or one without the attribute, is an error when it comes true.
    const result = step(alternative);
    if (result.kind !== 'unknown' || result.reason !== 'invalid-expression') results.push(result);
  }
  return results.length === 0 ? undefined : eitherOf(results, value);
}

/** An unknown part of an unknown. The same part of the same unknown is the same. */
export function partOf(value: UnknownValue, type: Type, step: string): UnknownValue {
  const { reason, subject, refersTo, origin, sensitive } = value;
  const identity = value.identity === undefined ? undefined : `${value.identity}.${JSON.stringify(step)}`;
  return { kind: 'unknown', type, reason, subject, refersTo, origin, sensitive, identity };
}

function getIndex(collection: Value, key: Value, at: Node, evaluator: Evaluator): Value {
  if (collection.kind === 'null')
    return evaluator.fail(at, 'A null value cannot be indexed.', 'terraform-invalid-reference');
  if (key.kind === 'null') return evaluator.fail(at, 'A null value cannot be an index.', 'terraform-invalid-reference');
  // It may be any of them, or what stands there is not certain.
  const isAny = key.kind === 'unknown' || (collection.kind === 'list' && collection.existence !== undefined);
  if (isAny && !evaluator.mayWalk(collection)) return evaluator.overSteps(at);
  const kind = collection.kind === 'unknown' ? collection.type.kind : collection.kind;
  switch (kind) {
    case 'list':
    case 'tuple': {
      const index = convertValue(key, NUMBER);
      if (!index.ok && index.isLimit === true) return evaluator.beyondNumbers(at);
      if (!index.ok)
        return evaluator.fail(at, `The index is not suitable: ${index.message}.`, 'terraform-invalid-reference');
      return getElement(collection, index.value, at, evaluator);
    }
    case 'object':
    case 'map': {
      const name = convertValue(key, STRING);
      if (!name.ok)
        return evaluator.fail(at, `The key is not suitable: ${name.message}.`, 'terraform-invalid-reference');
      return getByKey(collection, name.value, at, evaluator);
    }
    case 'dynamic':
      evaluator.doubt();
      return unknownElement(collection, key, DYNAMIC);
    case 'set':
      return evaluator.fail(at, 'The elements of a set have no index.', 'terraform-invalid-reference');
    default:
      return evaluator.fail(at, `A ${kind} has no index.`, 'terraform-invalid-reference');
  }
}

/** An element of a collection of which the element or the key is not known. */
function unknownElement(collection: Value, key: Value, type: Type): Value {
  if (collection.kind === 'unknown' && key.kind !== 'unknown') {
    return partOf(collection, type, key.kind === 'number' ? formatNumber(key) : key.kind === 'string' ? key.value : '');
  }
  const identity = collection.kind === 'unknown' ? derivedIdentity('[]', [collection, key]) : undefined;
  return unknownFrom([key, collection], type, { identity, refersTo: referencesIn(collection) });
}

function getByKey(collection: Value, key: Value, at: Node, evaluator: Evaluator): Value {
  if (key.kind === 'string') return getAttribute(collection, key.value, at, evaluator);
  evaluator.doubt();
  if (collection.kind === 'object' && collection.rest === undefined) {
    const possible = [...collection.entries].flatMap(([name, entry]) => {
      return compareForEquality(key, { kind: 'string', value: name }) === false ? [] : [entry];
    });
    if (possible.length > 0 && possible.length <= maxAlternatives) return eitherOf(possible, key);
  }
  return unknownElement(collection, key, elementTypeOf(typeOf(collection)));
}

function getElement(collection: Value, index: Value, at: Node, evaluator: Evaluator): Value {
  if (collection.kind === 'list' && collection.type.kind === 'set') {
    return evaluator.fail(at, 'The elements of a set have no index.', 'terraform-invalid-reference');
  }
  if (index.kind !== 'number') return getAnyElement(collection, index, evaluator);
  const length = lengthRange(collection);
  const position = index.value;
  if (!isInteger(index) || position < 0 || (length?.max !== undefined && position >= length.max)) {
    const message = isInteger(index)
      ? `The ${typeOf(collection).kind === 'tuple' ? 'tuple' : 'list'} has no element ${formatNumber(index)}.`
      : 'The index of a list must be a whole number.';
    return evaluator.fail(at, message, 'terraform-invalid-reference');
  }
  if (collection.kind === 'list') return elementAt(collection, position, evaluator);
  if (collection.kind !== 'unknown') return unknownElement(collection, index, DYNAMIC);
  const { type } = collection;
  if (!isNotNull(collection) || (length?.min ?? 0) <= position) evaluator.doubt();
  const elementType = type.kind === 'tuple' ? (type.elements[position] ?? DYNAMIC) : elementTypeOf(type);
  const merged = ofAlternatives(collection, (one) => getElement(one, index, at, evaluator.aside()));
  return merged ?? partOf(collection, elementType, String(position));
}

function getAnyElement(collection: Value, index: Value, evaluator: Evaluator): Value {
  evaluator.doubt();
  if (collection.kind === 'list' && collection.rest === undefined && isWhollyPresent(collection)) {
    const { elements } = collection;
    if (elements.length > 0 && elements.length <= maxAlternatives) return eitherOf(elements, index);
  }
  return unknownElement(collection, index, elementTypeOf(typeOf(collection)));
}

function isWhollyPresent(list: ListValue): boolean {
  return certainPrefix(list) === list.elements.length;
}

/** The element at an index within the greatest length that the list can have. */
function elementAt(list: ListValue, position: number, evaluator: Evaluator): Value {
  const certain = certainPrefix(list);
  const element = list.elements[position];
  if (position < certain && element !== undefined) return element;
  if ((lengthRange(list)?.min ?? 0) <= position) evaluator.doubt();
  // Elements before the index may be missing or repeated: what stands there is one of those that can.
  const first = [...(list.existence?.values() ?? [])].includes('any-number') ? certain : Math.min(position, certain);
  const possible = list.elements.slice(first);
  const { rest } = list;
  if (rest?.element !== undefined) possible.push(rest.element);
  const isComplete = rest === undefined || rest.element !== undefined;
  const cause = unknownFrom([list], elementTypeOf(list.type), {
    refersTo: mergeReferences(list.refersTo, ...possible.map(referencesIn)),
  });
  if (isComplete && possible.length > 0 && possible.length <= maxAlternatives) {
    const [only] = possible;
    return possible.length === 1 && only !== undefined && !isWhollyKnown(only)
      ? withoutIdentity(only)
      : eitherOf(possible, cause);
  }
  return cause;
}

/** An element that stands for several ones is not the same each time. */
function withoutIdentity(value: Value): Value {
  return value.kind === 'unknown' && value.identity !== undefined ? { ...value, identity: undefined } : value;
}
