import type { Type } from '../../model/type.js';
import type { ListValue, ObjectValue, Value } from '../../model/value.js';
import { listValue, numberValue, objectValue, stringValue } from '../../model/values.js';
import { convertValue } from '../convert.js';
import { LIST_TYPE, OBJECT_TYPE } from '../draft.js';
import type { BlockStep, KeyedStep, ScalarStep, ScopePlan, Step } from '../plan.js';
import { toPolicyDocument } from '../policy-document.js';
import type { Conversion, SplitCase } from '../resource-types/entries.js';
import { placesOf } from '../split-list.js';
import { isSameValue } from '../value-paths.js';
import type { PathStep } from './native-path.js';
import { pairOf, raise } from './raise.js';
import { nativeName, raiseDocument, raiseField } from './raise-document.js';
import { unconvert } from './unconvert.js';

/**
 * The native resource with a value put at a path of its normal form, and nothing else changed: the spelling that is there
 * is kept, objects on the way are made, pairs are found by their key or added. Undefined where the path has no place in the
 * native type.
 */
export function put(
  native: ObjectValue,
  plan: ScopePlan,
  path: readonly PathStep[],
  value: Value,
): ObjectValue | undefined {
  // What is written already says where; other spellings are read only where the canonical one is not there.
  const present = [...plan.steps].filter(([name]) => isThere(native.entries.get(name)));
  const absent = [...plan.steps].filter(
    ([name, step]) => !isThere(native.entries.get(name)) && step.kind !== 'other-spelling',
  );
  for (const [name, step] of [...present, ...absent]) {
    if (step.kind === 'other-spelling' && isThere(native.entries.get(step.of))) continue;
    const changed = putStep(step, native.entries.get(name), path, value);
    if (changed !== undefined) return withEntry(native, name, changed);
  }
  return undefined;
}

function isThere(value: Value | undefined): value is Value {
  return value !== undefined && value.kind !== 'null';
}

function withEntry(object: ObjectValue, name: string, value: Value): ObjectValue {
  if (object.entries.get(name) === value) return object;
  return { ...object, entries: new Map(object.entries).set(name, value) };
}

/** The native value of a step with the value in it; undefined where the path does not lead there. */
function putStep(step: Step, native: Value | undefined, path: readonly PathStep[], value: Value): Value | undefined {
  switch (step.kind) {
    case 'scalar':
      return putScalar(step, native, path, value);
    case 'document': {
      const inner = after(step.to, path);
      if (inner === undefined) return undefined;
      if (inner.length === 0) return raiseDocument(value, step.entry);
      if (step.entry.document === 'iam-policy') return putInPolicy(native, inner, value);
      return step.entry.keys === undefined ? putPlain(native, inner, value) : putRecased(native, inner, value);
    }
    case 'pairs':
      return putPair(native, after(step.to, path), value, step.entry);
    case 'block':
      return putBlock(step, native, path, value);
    case 'keyed':
      return putKeyed(step, native, path, value);
    case 'split':
      return putSplit(step.cases, native, path, value);
    case 'counted':
      return putCounted(step.step, native, path, value);
    case 'map':
      return putInMap(step.step, step.hasFields, native, path, value);
    case 'other-spelling':
      return putStep(step.step, native, path, value);
    default:
      return undefined;
  }
}

/** What of the path is left inside the place; undefined where it leads elsewhere. */
function after(to: readonly string[], path: readonly PathStep[]): readonly PathStep[] | undefined {
  return to.every((name, index) => path[index] === name) ? path.slice(to.length) : undefined;
}

function putScalar(
  step: ScalarStep,
  native: Value | undefined,
  path: readonly PathStep[],
  value: Value,
): Value | undefined {
  const inner = after(step.to, path);
  if (inner === undefined) return undefined;
  if (inner.length > 0) return putInScalar(step, native, inner, value);
  const isSaid =
    native !== undefined &&
    isSameValue(step.convert === undefined ? native : convertValue(native, step.convert), value);
  return isSaid ? native : unconvert(value, step.convert, step.schema.type);
}

/** Inside a list or map of scalars. */
function putInScalar(
  { convert, schema }: ScalarStep,
  native: Value | undefined,
  inner: readonly PathStep[],
  value: Value,
): Value | undefined {
  const [index, ...rest] = inner;
  const plain = (type: Type): Value => unconvert(value, convert?.kind === 'type' ? convert : undefined, type);
  if (convert === undefined || convert.kind === 'type') {
    const said = plainAt(native, inner);
    const isSaid = said !== undefined && convert !== undefined && isSameValue(convertValue(said, convert), value);
    return isSaid ? native : putPlain(native, inner, plain(elementOf(schema.type)));
  }
  if (typeof index !== 'number' || !isElementwise(convert, rest)) return undefined;
  if (convert.kind === 'list') {
    return schema.type.kind === 'list' ? putPlain(native, [index], value) : index === 0 ? value : undefined;
  }
  return putPlain(native, [index, ...(convert.kind === 'fields' ? [convert.field] : [])], value);
}

function isElementwise(convert: Conversion, rest: readonly PathStep[]): boolean {
  if (convert.kind === 'list' && convert.field !== undefined) return rest.length === 1 && rest[0] === convert.field;
  return (convert.kind === 'list' || convert.kind === 'fields') && rest.length === 0;
}

function elementOf(type: Type): Type {
  return type.kind === 'list' || type.kind === 'map' ? type.element : type;
}

/** In a document whose keys begin with a capital letter. */
function putRecased(native: Value | undefined, path: readonly PathStep[], value: Value): Value | undefined {
  return putPlain(native, spelled(native, path), value);
}

/** The path in the spelling of the keys that are there. */
function spelled(native: Value | undefined, [step, ...inner]: readonly PathStep[]): readonly PathStep[] {
  if (step === undefined) return [];
  if (typeof step === 'number')
    return [step, ...spelled(native?.kind === 'list' ? native.elements[step] : undefined, inner)];
  const capital = step.charAt(0).toUpperCase() + step.slice(1);
  const entries = native?.kind === 'object' ? native.entries : new Map<string, Value>();
  const name = entries.has(step) ? step : capital;
  return [name, ...spelled(entries.get(name), inner)];
}

/** Where both sides are built the same. */
function putPlain(native: Value | undefined, path: readonly PathStep[], value: Value): Value | undefined {
  const [step, ...inner] = path;
  if (step === undefined) return native !== undefined && isSameValue(native, value) ? native : value;
  if (typeof step === 'number') {
    const list: ListValue = native?.kind === 'list' ? native : listValue(LIST_TYPE, []);
    return step > list.elements.length
      ? undefined
      : withElement(list, step, putPlain(list.elements[step], inner, value));
  }
  const object = native?.kind === 'object' ? native : objectValue(OBJECT_TYPE, new Map());
  const changed = putPlain(object.entries.get(step), inner, value);
  return changed === undefined ? undefined : withEntry(object, step, changed);
}

/** The value at a path of names and places. */
function plainAt(value: Value | undefined, path: readonly PathStep[]): Value | undefined {
  return path.reduce<Value | undefined>((holder, step) => {
    if (typeof step === 'number') return holder?.kind === 'list' ? holder.elements[step] : undefined;
    return holder?.kind === 'object' ? holder.entries.get(step) : undefined;
  }, value);
}

function withElement(list: ListValue, index: number, element: Value | undefined): ListValue | undefined {
  if (element === undefined) return undefined;
  if (list.elements[index] === element) return list;
  const elements = [...list.elements];
  elements[index] = element;
  return { ...list, elements };
}

function putPair(
  native: Value | undefined,
  inner: readonly PathStep[] | undefined,
  value: Value,
  names: { readonly key: string; readonly value: string },
): Value | undefined {
  const [key] = inner ?? [];
  if (inner === undefined || inner.length !== 1 || typeof key !== 'string') return undefined;
  const list = native?.kind === 'list' ? native : listValue(LIST_TYPE, []);
  return putAtKey(list, key, value, names);
}

function putAtKey(
  list: ListValue,
  key: string,
  value: Value,
  names: { readonly key: string; readonly value: string },
): ListValue | undefined {
  const index = list.elements.findIndex((element) => textAt(element, names.key) === key);
  if (index < 0) return withElement(list, list.elements.length, pairOf(key, value, names));
  return withElement(list, index, putPlain(list.elements[index], [names.value], value));
}

function textAt(value: Value, field: string): string | undefined {
  const text = value.kind === 'object' ? value.entries.get(field) : undefined;
  return text?.kind === 'string' ? text.value : undefined;
}

function putKeyed(
  step: KeyedStep,
  native: Value | undefined,
  path: readonly PathStep[],
  value: Value,
): Value | undefined {
  const list = native?.kind === 'list' ? native : listValue(LIST_TYPE, []);
  const leading = [...step.steps].filter(([, scalar]) => after(scalar.to, path)?.length === 0);
  // Two keys may be one attribute: the one that is written counts.
  const [key, scalar] =
    leading.find(([name]) => list.elements.some((element) => textAt(element, step.key) === name)) ?? leading[0] ?? [];
  if (key === undefined || scalar === undefined) return undefined;
  const present = list.elements.find((element) => textAt(element, step.key) === key);
  const content = present?.kind === 'object' ? present.entries.get(step.value) : undefined;
  const changed = putScalar(scalar, content, path, value);
  return changed === undefined ? undefined : putAtKey(list, key, changed, step);
}

function putBlock(
  step: BlockStep,
  native: Value | undefined,
  path: readonly PathStep[],
  value: Value,
): Value | undefined {
  const inner = after(step.to, path);
  if (inner === undefined) return undefined;
  if (step.mode !== 'list') return putInOnly(step, native, inner, value);
  const [index, ...rest] = inner;
  if (typeof index !== 'number') return undefined;
  if (step.isNativeList === false) return index === 0 ? putInObject(step, native, rest, value) : undefined;
  const list = native?.kind === 'list' ? native : listValue(LIST_TYPE, []);
  if (index > list.elements.length) return undefined;
  return withElement(list, index, putInObject(step, list.elements[index], rest, value));
}

function putInOnly(
  step: BlockStep,
  native: Value | undefined,
  inner: readonly PathStep[],
  value: Value,
): Value | undefined {
  if (step.isNativeList !== true) return putInObject(step, native, inner, value);
  const list = native?.kind === 'list' ? native : listValue(LIST_TYPE, []);
  // More than one cannot be told apart.
  return list.elements.length > 1 ? undefined : withElement(list, 0, putInObject(step, list.elements[0], inner, value));
}

function putInObject(
  step: BlockStep,
  native: Value | undefined,
  inner: readonly PathStep[],
  value: Value,
): Value | undefined {
  if (native !== undefined && native.kind !== 'object' && native.kind !== 'null') return undefined;
  if (inner.length === 0 && step.mode !== 'hoist')
    return value.kind === 'object' ? raise(value, step.scope) : undefined;
  return put(native?.kind === 'object' ? native : objectValue(OBJECT_TYPE, new Map()), step.scope, inner, value);
}

interface Case {
  readonly when: SplitCase['when'];
  readonly step: BlockStep;
}

function putSplit(
  cases: readonly Case[],
  native: Value | undefined,
  path: readonly PathStep[],
  value: Value,
): Value | undefined {
  const list = native?.kind === 'list' ? native : listValue(LIST_TYPE, []);
  for (const [place, { when, step }] of cases.entries()) {
    const inner = after(step.to, path);
    if (inner === undefined) continue;
    const indexes = list.elements.flatMap((element, index) => {
      const places = placesOf(element, cases);
      return places.length === 1 && places[0] === place ? [index] : [];
    });
    const [wanted, ...rest] = inner;
    const nth = step.mode === 'list' ? wanted : 0;
    const index =
      typeof nth === 'number'
        ? (indexes[nth] ?? (nth === indexes.length ? list.elements.length : undefined))
        : undefined;
    if (index === undefined) continue;
    const present = list.elements[index] ?? newElement(when);
    const changed =
      present === undefined ? undefined : putInObject(step, present, step.mode === 'list' ? rest : inner, value);
    if (changed !== undefined) return withElement(list, index, changed);
  }
  return undefined;
}

/** Only where a word tells the case can an element be made. */
function newElement(when: SplitCase['when']): Value | undefined {
  const word = when?.in?.[0];
  if (when === undefined) return objectValue(OBJECT_TYPE, new Map());
  return word === undefined ? undefined : objectValue(OBJECT_TYPE, new Map([[when.field, stringValue(word)]]));
}

function putCounted(step: Step, native: Value | undefined, path: readonly PathStep[], value: Value): Value | undefined {
  const object = native?.kind === 'object' ? native : objectValue(OBJECT_TYPE, new Map());
  const items = putStep(step, object.entries.get('Items'), path, value);
  if (items === undefined) return undefined;
  const changed = withEntry(object, 'Items', items);
  const count = items.kind === 'list' ? items.elements.length : undefined;
  const said = object.entries.get('Quantity');
  if (count === undefined || (said?.kind === 'number' && said.value === count)) return changed;
  return withEntry(changed, 'Quantity', numberValue(count));
}

function putInMap(
  step: BlockStep,
  hasFields: boolean,
  native: Value | undefined,
  path: readonly PathStep[],
  value: Value,
): Value | undefined {
  const inner = after(step.to, path);
  const [index, ...rest] = inner ?? [];
  if (native?.kind !== 'object' || typeof index !== 'number') return undefined;
  const [key, entry] = [...native.entries][index] ?? [];
  if (key === undefined || entry === undefined) return undefined;
  const fields = hasFields && entry.kind === 'object' ? entry.entries : new Map([['Value', entry]]);
  const element = objectValue(OBJECT_TYPE, new Map<string, Value>([['Key', stringValue(key)], ...fields]));
  const changed = put(element, step.scope, rest, value);
  if (changed === undefined) return undefined;
  return rename(native, key, changed, hasFields);
}

/** The map with an entry changed, perhaps under another key, in its place. */
function rename(map: ObjectValue, key: string, element: ObjectValue, hasFields: boolean): ObjectValue | undefined {
  const fields = new Map(element.entries);
  const name = fields.get('Key');
  fields.delete('Key');
  const value = hasFields ? { ...element, entries: fields } : fields.get('Value');
  if (name?.kind !== 'string' || value === undefined) return undefined;
  const entries = [...map.entries].map(([own, entry]) =>
    own === key ? ([name.value, value] as const) : ([own, entry] as const),
  );
  return { ...map, entries: new Map(entries) };
}

/** In a policy: the field of the document or of the statement that the path leads to is written anew, and no other. */
function putInPolicy(native: Value | undefined, path: readonly PathStep[], value: Value): Value | undefined {
  const [first, index, field, ...rest] = path;
  if (native?.kind !== 'object' || typeof first !== 'string') return undefined;
  const document = toPolicyDocument(native);
  if (first !== 'statement') return putField(native, first, document, path.slice(1), value);
  const name = nativeName(native, 'statement');
  const statements = native.entries.get(name);
  if (typeof index !== 'number' || typeof field !== 'string' || statements === undefined) return undefined;
  const statement = statements.kind === 'list' ? statements.elements[index] : index === 0 ? statements : undefined;
  if (statement?.kind !== 'object') return undefined;
  const changed = putField(statement, field, plainAt(document, ['statement', index]), rest, value);
  if (changed === undefined) return undefined;
  const list = statements.kind === 'list' ? withElement(statements, index, changed) : changed;
  return list === undefined ? undefined : withEntry(native, name, list);
}

function putField(
  native: ObjectValue,
  field: string,
  lowered: Value | undefined,
  rest: readonly PathStep[],
  value: Value,
): ObjectValue | undefined {
  const present = plainAt(lowered, [field]);
  const changed = putPlain(present, rest, value);
  if (changed === undefined) return undefined;
  if (present !== undefined && isSameValue(changed, present)) return native;
  return withEntry(native, nativeName(native, field), raiseField(field, changed));
}
