import { DYNAMIC } from '../../../model/type.js';
import type { ElementExistence, ListValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { typeOf } from '../../../model/values.js';
import type { Node, SplatExpression, SplatStep } from '../../../syntax/hcl/ast.js';
import { listValueOf, tupleOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';
import { elementTypeOf, unifyTypes } from '../values/types.js';
import { isNotNull, markSensitive, unknownFrom } from '../values/unknown.js';
import type { Evaluator } from './context.js';
import { applyStep, partOf } from './traversal.js';

/** `x[*].a`: over the elements of a list, set or tuple; of another value a list with it alone; of null an empty one. */
export function evaluateSplat(expression: SplatExpression, evaluator: Evaluator): Value {
  const source = evaluator.evaluate(expression.source);
  return splat(source, expression.each, expression, evaluator);
}

function splat(source: Value, each: readonly SplatStep[], at: Node, evaluator: Evaluator): Value {
  const result = splatOver(source, each, at, evaluator);
  return markSensitive(result, source.sensitive);
}

function splatOver(source: Value, each: readonly SplatStep[], at: Node, evaluator: Evaluator): Value {
  const apply = (element: Value, within = evaluator) => applySteps(element, each, at, within);
  switch (source.kind) {
    case 'null': {
      const kind = source.type?.kind;
      if (kind === 'list' || kind === 'set' || kind === 'tuple') {
        return evaluator.fail(at, `A null ${kind} has no elements that a splat could go over.`);
      }
      return tupleOf([]);
    }
    case 'list':
      if (!evaluator.context.budget.spend(source.elements.length)) return evaluator.overSteps(at);
      return splatList(inOrder(source), apply, evaluator);
    case 'unknown':
      return splatUnknown(source, each, at, evaluator);
    default:
      return tupleOf([apply(source)]);
  }
}

/** A set as the list that it becomes. */
function inOrder(list: ListValue): ListValue {
  if (list.type.kind !== 'set') return list;
  const converted = convertValue(list, { kind: 'list', element: list.type.element });
  return converted.ok && converted.value.kind === 'list' ? converted.value : list;
}

function splatList(list: ListValue, apply: (element: Value, within?: Evaluator) => Value, evaluator: Evaluator): Value {
  // What is perhaps not there is no error.
  const aside = evaluator.aside();
  const elements = list.elements.map((element, index) =>
    apply(element, list.existence?.has(index) ? aside : evaluator),
  );
  const rest: Rest | undefined = list.rest && {
    ...list.rest,
    element: apply(list.rest.element ?? restElementOf(list, list.rest), aside),
  };
  evaluator.join(aside);
  return sequence(
    { elements, existence: list.existence, rest },
    list.type.kind === 'list' || list.type.kind === 'set' ? 'list' : 'tuple',
  );
}

function restElementOf(list: ListValue, rest: Rest): UnknownValue {
  return {
    kind: 'unknown',
    type: elementTypeOf(list.type),
    reason: rest.reason,
    subject: rest.subject,
    refersTo: list.refersTo,
  };
}

interface Sequence {
  readonly elements: readonly Value[];
  readonly existence?: ReadonlyMap<number, ElementExistence> | undefined;
  readonly rest?: Rest | undefined;
}

/** A list where the elements have one type and the source was one, else a tuple, whose type is open where its length is. */
function sequence({ elements, existence, rest }: Sequence, kind: 'list' | 'tuple'): Value {
  const isOpen = rest !== undefined || (existence !== undefined && existence.size > 0);
  const common = kind === 'list' ? elementType(elements, rest) : undefined;
  if (common !== undefined) {
    const converted = elements.map((element) => {
      const one = convertValue(element, common);
      return one.ok ? one.value : element;
    });
    return { ...listValueOf(converted, common), ...(existence && { existence }), ...(rest && { rest }) };
  }
  const plain = tupleOf(elements);
  return isOpen ? { ...plain, type: DYNAMIC, ...(existence && { existence }), ...(rest && { rest }) } : plain;
}

function elementType(elements: readonly Value[], rest: Rest | undefined) {
  const all = rest?.element === undefined ? elements : [...elements, rest.element];
  return all.length === 0 ? DYNAMIC : unifyTypes(all.map(typeOf));
}

function splatUnknown(source: UnknownValue, each: readonly SplatStep[], at: Node, evaluator: Evaluator): Value {
  const apply = (element: Value) => applySteps(element, each, at, evaluator);
  const { type } = source;
  switch (type.kind) {
    case 'tuple':
      if (!isNotNull(source)) evaluator.doubt();
      return tupleOf(type.elements.map((element, index) => apply(partOf(source, element, String(index)))));
    case 'list':
    case 'set': {
      if (!isNotNull(source)) evaluator.doubt();
      if (each.length === 0 && type.kind === 'list') return source;
      const { reason, subject } = source;
      // It may be empty, and then nothing is an error.
      const aside = evaluator.aside();
      const element = applySteps({ ...partOf(source, type.element, '*'), identity: undefined }, each, at, aside);
      evaluator.join(aside);
      return sequence({ elements: [], rest: { reason, subject, element } }, 'list');
    }
    case 'dynamic':
      // Text, a list or null: all have different results.
      if (each.length > 0) evaluator.doubt();
      return unknownFrom([source], DYNAMIC, { notNull: true });
    default: {
      if (isNotNull(source)) return tupleOf([apply(source)]);
      // Of null it is empty, whatever would be applied to what is not null.
      const aside = evaluator.aside();
      const single = applySteps({ ...source, notNull: true }, each, at, aside);
      evaluator.join(aside);
      if (aside.observations.failed) return tupleOf([]);
      return sequence({ elements: [single], existence: new Map([[0, 'perhaps']]) }, 'tuple');
    }
  }
}

function applySteps(element: Value, steps: readonly SplatStep[], at: Node, evaluator: Evaluator): Value {
  let value = element;
  for (const step of steps) {
    if (step.kind === 'splat') value = splat(value, step.each, at, evaluator);
    else if (step.kind === 'attribute') {
      value = applyStep(value, { kind: 'attribute', name: step.name }, step.range, evaluator);
    } else {
      value = applyStep(value, { kind: 'index', key: evaluator.evaluate(step.key) }, step.range, evaluator);
    }
  }
  return value;
}
