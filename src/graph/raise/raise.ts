import type { ObjectValue, Value } from '../../model/value.js';
import { listValue, numberValue, objectValue, stringValue } from '../../model/values.js';
import { LIST_TYPE, OBJECT_TYPE } from '../draft.js';
import type { BlockStep, KeyedStep, ScopePlan, Step } from '../plan.js';
import { valueAt } from '../value-paths.js';
import { parseNativePath, putNative } from './native-path.js';
import { raiseDocument } from './raise-document.js';
import { unconvert } from './unconvert.js';

/**
 * A resource in normal form as a native one: the inverse of `lowerValues`, in canonical spellings. For new resources; what
 * is there already is changed by `put`.
 */
export function raise(normal: ObjectValue, plan: ScopePlan): ObjectValue {
  let native = raiseScope(normal, plan, new Set(), '') ?? objectValue(OBJECT_TYPE, new Map(), normal.origin);
  const kept = normal.entries.get('native');
  if (kept?.kind === 'object') {
    for (const [path, value] of kept.entries) native = putNative(native, parseNativePath(path), value);
  }
  return native;
}

/** `taken`: paths in normal form that another property says already. */
function raiseScope(normal: ObjectValue, plan: ScopePlan, taken: Set<string>, prefix: string): ObjectValue | undefined {
  const entries = new Map<string, Value>();
  for (const [name, step] of plan.steps) {
    const value = raiseStep(step, normal, taken, prefix);
    if (value !== undefined) entries.set(name, value);
  }
  return entries.size === 0 ? undefined : objectValue(OBJECT_TYPE, entries, normal.origin);
}

function raiseStep(step: Step, normal: ObjectValue, taken: Set<string>, prefix: string): Value | undefined {
  switch (step.kind) {
    case 'scalar': {
      const value = take(normal, step.to, taken, prefix);
      return value === undefined ? undefined : unconvert(value, step.convert, step.schema.type);
    }
    case 'document': {
      const value = take(normal, step.to, taken, prefix);
      return value === undefined ? undefined : raiseDocument(value, step.entry);
    }
    case 'pairs': {
      const value = take(normal, step.to, taken, prefix);
      return value?.kind === 'object' ? raisePairs(value, step.entry) : value;
    }
    case 'block':
      return raiseBlock(step, normal, taken, prefix);
    case 'keyed':
      return raiseKeyed(step, normal, taken, prefix);
    case 'split': {
      const elements = step.cases.flatMap(({ when, step: block }) => {
        const raised = raiseBlock({ ...block, isNativeList: true }, normal, taken, prefix);
        const list = raised?.kind === 'list' ? raised.elements : [];
        return list.map((element) => withDiscriminator(element, when));
      });
      return elements.length === 0 ? undefined : listValue(LIST_TYPE, elements);
    }
    case 'counted': {
      const items = raiseStep(step.step, normal, taken, prefix);
      if (items?.kind !== 'list') return items;
      const entries = new Map<string, Value>([
        ['Items', items],
        ['Quantity', numberValue(items.elements.length)],
      ]);
      return objectValue(OBJECT_TYPE, entries);
    }
    case 'map': {
      const list = raiseBlock(step.step, normal, taken, prefix);
      return list?.kind === 'list' ? toMap(list.elements, step.hasFields) : list;
    }
    default:
      return undefined;
  }
}

function take(normal: ObjectValue, to: readonly string[], taken: Set<string>, prefix: string): Value | undefined {
  const value = valueAt(normal, to);
  const path = `${prefix}${to.join('.')}`;
  if (value === undefined || value.kind === 'null' || taken.has(path)) return undefined;
  taken.add(path);
  return value;
}

function raiseBlock(step: BlockStep, normal: ObjectValue, taken: Set<string>, prefix: string): Value | undefined {
  const wrap = (value: Value) => (step.isNativeList === true ? listValue(LIST_TYPE, [value], value.origin) : value);
  if (step.mode === 'hoist') {
    const raised = raiseScope(normal, step.scope, taken, prefix);
    return raised === undefined ? undefined : wrap(raised);
  }
  const path = `${prefix}${step.to.join('.')}`;
  const value = valueAt(normal, step.to);
  if (value === undefined || value.kind === 'null' || taken.has(`${path}{}`)) return undefined;
  taken.add(`${path}{}`);
  const raised = (one: Value, at: string): Value =>
    one.kind === 'object' ? (raiseScope(one, step.scope, taken, `${at}.`) ?? emptyObject(one)) : one;
  if (value.kind !== 'list') return wrap(raised(value, path));
  const elements = value.elements.map((element, index) => raised(element, `${path}[${index}]`));
  const [only] = elements;
  return step.isNativeList === false && elements.length === 1 && only !== undefined ? only : { ...value, elements };
}

function emptyObject({ origin }: Value): ObjectValue {
  return objectValue(OBJECT_TYPE, new Map(), origin);
}

function raisePairs(map: ObjectValue, names: { readonly key: string; readonly value: string }): Value {
  const elements = [...map.entries].map(([key, value]) => pairOf(key, value, names));
  return listValue(LIST_TYPE, elements, map.origin);
}

/** `{ Key, Value }` */
export function pairOf(
  key: string,
  value: Value,
  names: { readonly key: string; readonly value: string },
): ObjectValue {
  const entries = new Map<string, Value>([
    [names.key, stringValue(key)],
    [names.value, value],
  ]);
  return objectValue(OBJECT_TYPE, entries);
}

function raiseKeyed(step: KeyedStep, normal: ObjectValue, taken: Set<string>, prefix: string): Value | undefined {
  const elements: Value[] = [];
  for (const [key, scalar] of step.steps) {
    const value = take(normal, scalar.to, taken, prefix);
    if (value !== undefined) elements.push(pairOf(key, unconvert(value, scalar.convert, scalar.schema.type), step));
  }
  return elements.length === 0 ? undefined : listValue(LIST_TYPE, elements);
}

/** What tells the case of an element, where the element does not say it itself. */
function withDiscriminator(
  element: Value,
  when: { readonly field: string; readonly in?: readonly string[] | undefined } | undefined,
): Value {
  const word = when?.in?.[0];
  if (element.kind !== 'object' || when === undefined || word === undefined || element.entries.has(when.field))
    return element;
  return { ...element, entries: new Map([[when.field, stringValue(word)], ...element.entries]) };
}

function toMap(elements: readonly Value[], hasFields: boolean): Value {
  const entries = new Map<string, Value>();
  for (const element of elements) {
    const key = element.kind === 'object' ? element.entries.get('Key') : undefined;
    if (element.kind !== 'object' || key?.kind !== 'string') continue;
    const fields = new Map(element.entries);
    fields.delete('Key');
    const value = hasFields ? { ...element, entries: fields } : fields.get('Value');
    if (value !== undefined) entries.set(key.value, value);
  }
  return objectValue(OBJECT_TYPE, entries);
}
