import { STRING } from '../../model/type.js';
import type { ObjectValue, Origin, Value } from '../../model/value.js';
import {
  boolValue,
  listValue,
  numberValue,
  objectValue,
  originAt,
  stringValue,
  unknownValue,
} from '../../model/values.js';
import {
  type DefaultCondition,
  type DefaultData,
  KUBERNETES_DEFAULTS,
  type ServerDefault,
} from '../../schemas/kubernetes-defaults.js';
import type { KubernetesKind, KubernetesObjectType, KubernetesType } from '../../schemas/kubernetes-schema.js';
import type { SourceRange } from '../../source/source-file.js';
import { LIST_TYPE, OBJECT_TYPE } from '../draft.js';
import { splitPath, valueAt, withValueAt } from '../value-paths.js';
import { isLatest } from './image-tag.js';

/** The object with what the API server sets where it is silent. */
export function applyServerDefaults(values: ObjectValue, kind: KubernetesKind, header: SourceRange): ObjectValue {
  const plan = planOf(kind.schema);
  return plan === undefined ? values : completeObject(values, plan, header);
}

/** The defaults of one definition, and of what it holds. */
interface Plan {
  readonly rules: readonly ServerDefault[];
  readonly children: readonly PlanOfField[];
}

interface PlanOfField {
  readonly field: string;
  readonly plan: Plan;
}

const plans = new Map<string, Plan | undefined>();

function planOf(type: KubernetesObjectType): Plan | undefined {
  if (plans.has(type.name)) return plans.get(type.name);
  // A definition that holds itself has no defaults in any of the tables.
  plans.set(type.name, undefined);
  const children: PlanOfField[] = [];
  for (const [field, { type: held }] of type.fields) {
    const object = objectIn(held);
    const plan = object === undefined ? undefined : planOf(object);
    if (plan !== undefined) children.push({ field, plan });
  }
  const rules = KUBERNETES_DEFAULTS[type.name] ?? [];
  const plan = rules.length === 0 && children.length === 0 ? undefined : { rules, children };
  plans.set(type.name, plan);
  return plan;
}

function objectIn(type: KubernetesType): KubernetesObjectType | undefined {
  if (type.kind === 'list' || type.kind === 'map') return objectIn(type.element);
  return type.kind === 'object' ? type : undefined;
}

function completeObject(object: ObjectValue, plan: Plan, header: SourceRange): ObjectValue {
  let completed = object;
  if (object.rest === undefined && plan.rules.length > 0) {
    const draft = new Completion(object, header);
    for (const rule of plan.rules) draft.apply(rule);
    completed = draft.object;
  }
  let entries: Map<string, Value> | undefined;
  for (const { field, plan: child } of plan.children) {
    const value = completed.entries.get(field);
    if (value === undefined || (value.kind !== 'object' && value.kind !== 'list')) continue;
    const inner = completeChild(value, child, header);
    if (inner === value) continue;
    entries ??= new Map(completed.entries);
    entries.set(field, inner);
  }
  if (entries === undefined) return completed;
  return objectValue(completed.type, entries, completed.origin, completed.rest);
}

function completeChild(value: Value, plan: Plan, header: SourceRange): Value {
  if (value.kind === 'object') return completeObject(value, plan, header);
  if (value.kind !== 'list') return value;
  let elements: Value[] | undefined;
  for (let index = 0; index < value.elements.length; index++) {
    const element = value.elements[index];
    if (element === undefined) continue;
    const completed = completeChild(element, plan, header);
    if (completed === element) continue;
    elements ??= [...value.elements];
    elements[index] = completed;
  }
  return elements === undefined ? value : { ...value, elements };
}

/** One object while its own rules are applied: copied once, when the first of them sets something. */
class Completion {
  object: ObjectValue;
  #entries: Map<string, Value> | undefined;
  readonly #origin: Origin;

  constructor(object: ObjectValue, header: SourceRange) {
    this.object = object;
    this.#origin = originAt(object.origin ?? header, 'server-default');
  }

  apply(rule: ServerDefault): void {
    const { each, when } = rule;
    if (each === undefined) {
      // Values that are there already are not asked what they depend on.
      if (!('entry' in rule) && !('missingKeysOf' in rule) && !this.#isUnset(this.object, rule)) return;
      const condition = when === undefined ? true : meets(this.object, when);
      if (condition === false) return;
      const made = condition === true ? this.#made(this.object, rule) : this.#uncertain(when);
      if (made !== undefined) this.#put(splitPath(rule.field), made);
      return;
    }
    const condition = when === undefined ? true : meets(this.object, when);
    if (condition === false) return;
    this.object = this.#withEach(this.object, splitPath(each), (element) => {
      if (!('missingKeysOf' in rule) && !this.#isUnset(element, rule)) return element;
      const made = condition === true ? this.#made(element, rule) : this.#uncertain(when);
      return made === undefined ? element : withValueAt(element, splitPath(rule.field), made);
    });
    this.#entries = undefined;
  }

  #put(path: readonly string[], value: Value): void {
    const [name, ...inner] = path;
    if (name === undefined) return;
    if (inner.length > 0) {
      const holder = this.object.entries.get(name) ?? objectValue(OBJECT_TYPE, new Map(), this.#origin);
      if (holder.kind !== 'object') return;
      this.#put([name], putAt(holder, inner, value, this.#origin));
      return;
    }
    if (this.#entries === undefined) {
      this.#entries = new Map(this.object.entries);
      const { type, origin, rest } = this.object;
      this.object = objectValue(type, this.#entries, origin, rest);
    }
    this.#entries.set(name, value);
  }

  #isUnset(holder: ObjectValue, rule: ServerDefault): boolean {
    const own = holder.entries.get(rule.field);
    const path = splitPath(rule.field);
    const value = path.length === 1 ? own : valueAt(holder, path);
    // What stands in an unknown object is not absent.
    if (value === undefined) return path.length === 1 || isReachable(holder, path);
    return value.kind === 'null' || (rule.isZeroUnset === true && isZero(value));
  }

  #made(holder: ObjectValue, rule: ServerDefault): Value | undefined {
    if ('value' in rule) {
      const { start, end, file } = this.#origin;
      const origin = rule.isAssumed === true ? originAt({ file, start, end }, 'assumed-default') : this.#origin;
      return toValue(rule.value, origin);
    }
    if ('missingKeysOf' in rule) return this.#withMissingKeys(holder, rule.field, rule.missingKeysOf);
    if ('pullPolicyOf' in rule) return this.#pullPolicy(valueAt(holder, splitPath(rule.pullPolicyOf)));
    const source = valueAt(holder, splitPath(rule.copyOf));
    if (source === undefined || source.kind === 'null' || isZero(source)) return undefined;
    const copied = { ...source, origin: this.#copied(source) };
    if (!('entry' in rule)) return copied;
    const map = valueAt(holder, splitPath(rule.field));
    if (map !== undefined && map.kind !== 'object' && map.kind !== 'null') return undefined;
    const entries = new Map(map?.kind === 'object' ? map.entries : []);
    entries.set(rule.entry, copied);
    const rest = map?.kind === 'object' ? map.rest : undefined;
    return objectValue(OBJECT_TYPE, entries, map?.origin ?? this.#origin, rest);
  }

  /** Set by the server, and decided where the other value is written. */
  #copied({ origin }: Value): Origin {
    return origin === undefined ? this.#origin : originAt(this.#origin, 'server-default', undefined, origin);
  }

  #withMissingKeys(holder: ObjectValue, field: string, from: string): Value | undefined {
    const source = valueAt(holder, splitPath(from));
    const present = valueAt(holder, splitPath(field));
    if (source?.kind === 'unknown' && (present === undefined || present.kind === 'null')) {
      return unknownValue(source.reason, { subject: source.subject, origin: this.#copied(source) });
    }
    if (source?.kind !== 'object' || (present !== undefined && present.kind !== 'object' && present.kind !== 'null'))
      return undefined;
    const known = present?.kind === 'object' ? present : undefined;
    const missing = [...source.entries].filter(([key, value]) => value.kind !== 'null' && !known?.entries.has(key));
    const rest = known?.rest ?? source.rest;
    if (missing.length === 0 && rest === known?.rest) return undefined;
    const entries = new Map(known?.entries);
    // In an open map each may be written.
    if (known?.rest === undefined)
      for (const [key, value] of missing) entries.set(key, { ...value, origin: this.#copied(value) });
    return objectValue(OBJECT_TYPE, entries, known?.origin ?? this.#origin, rest);
  }

  #pullPolicy(image: Value | undefined): Value | undefined {
    if (image === undefined || image.kind === 'null') return stringValue('IfNotPresent', this.#origin);
    if (image.kind === 'string') return stringValue(isLatest(image.value) ? 'Always' : 'IfNotPresent', this.#origin);
    if (image.kind !== 'unknown') return undefined;
    const { reason, subject } = image;
    return unknownValue(reason, { subject, type: STRING, notNull: true, origin: this.#copied(image) });
  }

  #uncertain(when: DefaultCondition | undefined): Value {
    const subject = when !== undefined && 'field' in when ? when.field : undefined;
    return unknownValue('default-not-certain', { subject, origin: this.#origin });
  }

  #withEach(value: Value, path: readonly string[], change: (element: ObjectValue) => ObjectValue): ObjectValue;
  #withEach(value: Value, path: readonly string[], change: (element: ObjectValue) => ObjectValue): Value {
    const [name, ...inner] = path;
    if (name === undefined) return value.kind === 'object' ? change(value) : value;
    if (name === '*') {
      if (value.kind !== 'list') return value;
      const elements = value.elements.map((element) => this.#withEach(element, inner, change));
      return elements.every((element, index) => element === value.elements[index]) ? value : { ...value, elements };
    }
    if (value.kind !== 'object') return value;
    const child = value.entries.get(name);
    if (child === undefined) return value;
    const changed = this.#withEach(child, inner, change);
    return changed === child ? value : withValueAt(value, [name], changed);
  }
}

/** A value at a path of objects, those on the way made where they are not there. */
function putAt(object: ObjectValue, path: readonly string[], value: Value, origin: Origin): ObjectValue {
  const [name, ...inner] = path;
  if (name === undefined) return object;
  if (inner.length === 0) return withValueAt(object, [name], value);
  const present = object.entries.get(name);
  const child =
    present === undefined || present.kind === 'null' ? objectValue(OBJECT_TYPE, new Map(), origin) : present;
  return child.kind === 'object' ? withValueAt(object, [name], putAt(child, inner, value, origin)) : object;
}

/** Whether nothing unknown stands on the way. */
function isReachable(holder: ObjectValue, path: readonly string[]): boolean {
  let current: Value | undefined = holder;
  for (const name of path) {
    if (current === undefined || current.kind === 'null') return true;
    if (current.kind !== 'object' || current.rest !== undefined) return false;
    current = current.entries.get(name);
  }
  return true;
}

function isZero(value: Value): boolean {
  switch (value.kind) {
    case 'string':
      return value.value === '';
    case 'number':
      return value.value === 0;
    case 'list':
      return value.elements.length === 0 && value.rest === undefined;
    case 'object':
      return value.entries.size === 0 && value.rest === undefined;
    default:
      return false;
  }
}

/** Three-valued: undefined where what it asks for is not known. */
function meets(object: ObjectValue, condition: DefaultCondition): boolean | undefined {
  if ('nothingBut' in condition) {
    const { nothingBut } = condition;
    return [...object.entries].every(([name, value]) => value.kind === 'null' || nothingBut.includes(name));
  }
  const path = splitPath(condition.field);
  const value = valueAt(object, path);
  if (value?.kind === 'unknown' || (value === undefined && !isReachable(object, path))) return undefined;
  const isAbsent = value === undefined || value.kind === 'null';
  if ('in' in condition) return !isAbsent && 'value' in value && condition.in.includes(value.value);
  switch (condition.is) {
    case 'absent':
      return isAbsent || (value.kind === 'string' && value.value === '');
    case 'set':
      return !isAbsent;
    case 'filled':
      if (isAbsent || value.kind !== 'list') return false;
      if (value.elements.some((_, index) => value.existence?.get(index) === undefined)) return true;
      return value.rest === undefined && value.elements.length === 0 ? false : undefined;
  }
}

function toValue(data: DefaultData, origin: Origin): Value {
  switch (typeof data) {
    case 'string':
      return stringValue(data, origin);
    case 'number':
      return numberValue(data, origin);
    case 'boolean':
      return boolValue(data, origin);
    default: {
      if (isList(data)) {
        return listValue(
          LIST_TYPE,
          data.map((element) => toValue(element, origin)),
          origin,
        );
      }
      const entries = Object.entries(data).map(([name, value]): [string, Value] => [name, toValue(value, origin)]);
      return objectValue(OBJECT_TYPE, new Map(entries), origin);
    }
  }
}

function isList(data: DefaultData): data is readonly DefaultData[] {
  return Array.isArray(data);
}
