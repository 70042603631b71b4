import type { RawResource } from '../../model/raw-resource.js';
import type { ListValue, ObjectValue, Value } from '../../model/value.js';
import { boolValue, listValue, objectValue, originAt, stringValue, unknownValue } from '../../model/values.js';
import type { KubernetesKind, KubernetesObjectType, KubernetesType } from '../../schemas/kubernetes-schema.js';
import { kubernetesTypeName } from '../../schemas/kubernetes-schema.js';
import { kubernetesSchemas } from '../../schemas/kubernetes-schemas.js';
import { OBJECT_TYPE } from '../draft.js';
import { valueAt, withValueAt } from '../value-paths.js';
import { convertScalar } from './convert-scalar.js';
import { podPathOf } from './pod-view.js';
import { AUTOSCALER, TERRAFORM_DEFAULTS, TERRAFORM_KINDS, type TerraformKind } from './terraform-kinds.js';

export interface KubernetesObject {
  readonly type: string;
  readonly values: ObjectValue;
}

/** A resource of Terraform's provider as the object that it is; undefined for other resources. */
export function toKubernetesObject(raw: RawResource): KubernetesObject | undefined {
  if (!raw.type.startsWith('kubernetes_')) return undefined;
  if (raw.type === 'kubernetes_manifest') return fromManifest(raw);
  const known = TERRAFORM_KINDS.get(raw.type);
  const kind = known && kubernetesSchemas.kind(known.type);
  if (known === undefined || kind === undefined) return undefined;
  const lowering = new Lowering(known);
  const values = lowering.object(raw.values, kind.schema, '');
  const made =
    kind.type === 'kubernetes/v1/Secret'
      ? withEncodedData(values)
      : kind.type === AUTOSCALER
        ? withProcessorMetric(values, lowering.native)
        : values;
  // What a data source reads is as it is.
  const whole = raw.mode === 'managed' ? withProviderDefaults(made, kind) : made;
  return { type: kind.type, values: withNative(whole, lowering.native) };
}

/** `manifest = { apiVersion = "v1", … }`: the object itself, in its own words. */
function fromManifest(raw: RawResource): KubernetesObject | undefined {
  const manifest = raw.values.entries.get('manifest');
  const [version, name] = ['apiVersion', 'kind'].map((field) => valueAt(manifest, [field]));
  if (manifest?.kind !== 'object' || version?.kind !== 'string' || name?.kind !== 'string') return undefined;
  const type = kubernetesTypeName(version.value, name.value);
  const kind = kubernetesSchemas.kind(type);
  const lowering = new Lowering(undefined);
  const values = kind === undefined ? manifest : lowering.object(manifest, kind.schema, '');
  return { type, values: withNative(values, lowering.native) };
}

/** What the provider says beyond what is written. */
function withProviderDefaults(values: ObjectValue, kind: KubernetesKind): ObjectValue {
  let made = values;
  const origin = values.origin && originAt(values.origin, 'default-of-type');
  const set = (path: readonly string[], value: Value) => {
    const holder = valueAt(made, path.slice(0, -1));
    const present = valueAt(made, path);
    if (holder?.kind === 'object' && holder.rest === undefined && (present === undefined || present.kind === 'null'))
      made = withValueAt(made, path, value);
  };
  if (kind.isNamespaced) set(['metadata', 'namespace'], stringValue(TERRAFORM_DEFAULTS.namespace, origin));
  const pod = podPathOf(kind.type);
  const holder = pod === undefined ? [] : [...pod, 'spec'];
  if (pod !== undefined || kind.type === 'kubernetes/v1/ServiceAccount') {
    const mounts = boolValue(TERRAFORM_DEFAULTS.automountServiceAccountToken, origin);
    set([...holder, 'automountServiceAccountToken'], mounts);
  }
  return made;
}

function withNative(values: ObjectValue, native: ReadonlyMap<string, Value>): ObjectValue {
  return native.size === 0 ? values : withValueAt(values, ['native'], objectValue(OBJECT_TYPE, native));
}

/** The provider takes a secret's data in clear, and `binary_data` as it is stored. */
function withEncodedData(values: ObjectValue): ObjectValue {
  const data = values.entries.get('data');
  const binary = values.entries.get('binaryData');
  if (data === undefined && binary === undefined) return values;
  const unknown = [data, binary].find((value) => value?.kind === 'unknown');
  const entries = new Map(values.entries);
  entries.delete('binaryData');
  if (unknown !== undefined) {
    entries.set('data', { ...unknown, sensitive: true });
    return objectValue(values.type, entries, values.origin, values.rest);
  }
  const stored = new Map<string, Value>();
  for (const [key, value] of data?.kind === 'object' ? data.entries : []) stored.set(key, encoded(value));
  for (const [key, value] of binary?.kind === 'object' ? binary.entries : [])
    stored.set(key, { ...value, sensitive: true });
  const rest = data?.kind === 'object' ? data.rest : undefined;
  entries.set('data', objectValue(OBJECT_TYPE, stored, data?.origin ?? binary?.origin, rest));
  return objectValue(values.type, entries, values.origin, values.rest);
}

const PROCESSOR_TARGET = 'spec.target_cpu_utilization_percentage';

/** In the first version the share of the processor is a field of its own. */
function withProcessorMetric(values: ObjectValue, native: Map<string, Value>): ObjectValue {
  const share = native.get(PROCESSOR_TARGET);
  if (share === undefined || valueAt(values, ['spec', 'metrics']) !== undefined) return values;
  native.delete(PROCESSOR_TARGET);
  const { origin } = share;
  const text = (value: string) => stringValue(value, origin);
  const object = (entries: Readonly<Record<string, Value>>) =>
    objectValue(OBJECT_TYPE, new Map(Object.entries(entries)), origin);
  const target = object({
    averageUtilization: convertScalar(share, 'int32', PROCESSOR_TARGET) ?? share,
    type: text('Utilization'),
  });
  const metric = object({ resource: object({ name: text('cpu'), target }), type: text('Resource') });
  return withValueAt(values, ['spec', 'metrics'], listValue({ kind: 'list', element: OBJECT_TYPE }, [metric], origin));
}

function encoded(value: Value): Value {
  if (value.kind === 'unknown') return { ...value, parts: undefined, alternatives: undefined, sensitive: true };
  if (value.kind !== 'string') return { ...value, sensitive: true };
  return { ...value, value: Buffer.from(value.value, 'utf8').toString('base64'), sensitive: true };
}

/** Attributes that every resource of Terraform has. */
const OF_TERRAFORM = new Set(['id', 'timeouts', 'provider']);

class Lowering {
  /** What Kubernetes has no field for. */
  readonly native = new Map<string, Value>();

  constructor(private readonly kind: TerraformKind | undefined) {}

  object(from: ObjectValue, type: KubernetesObjectType, path: string): ObjectValue {
    const entries = new Map<string, Value>();
    for (const [name, value] of from.entries) this.#entry(name, value, { type, path, entries });
    return objectValue(OBJECT_TYPE, entries, from.origin, from.rest);
  }

  #entry(
    name: string,
    value: Value,
    at: { readonly type: KubernetesObjectType; readonly path: string; readonly entries: Map<string, Value> },
  ): void {
    const { type, path, entries } = at;
    const inner = path === '' ? name : `${path}.${name}`;
    if (value.kind === 'null') return;
    if (this.kind?.hoisted?.includes(inner) === true) {
      const only = onlyOne(value);
      if (only?.kind === 'object')
        for (const [held, one] of only.entries) this.#entry(held, one, { ...at, path: inner });
      return;
    }
    const field = this.kind?.renames?.[inner] ?? this.#fieldOf(name, type);
    if (field === undefined) {
      const isSecretData = type.name === 'core.v1.Secret' && name === 'binary_data';
      if (isSecretData) entries.set('binaryData', value);
      else if (!(path === '' && OF_TERRAFORM.has(name))) this.native.set(inner, value);
      return;
    }
    const steps = field.split('.');
    const held = steps.reduce<KubernetesType | undefined>(
      (holder, step) => (holder?.kind === 'object' ? holder.fields.get(step)?.type : undefined),
      type,
    );
    const converted = held === undefined ? value : this.value(value, held, inner);
    if (converted === undefined) return;
    const whole = withValueAt(objectValue(OBJECT_TYPE, entries), steps, converted);
    for (const [key, one] of whole.entries) entries.set(key, one);
  }

  /** Undefined for what is not there. */
  value(value: Value, type: KubernetesType, path: string): Value | undefined {
    switch (type.kind) {
      case 'object': {
        const only = onlyOne(value);
        if (only === undefined || only.kind === 'null') return undefined;
        if (only.kind === 'object') return this.object(only, type, path);
        return only.kind === 'unknown' ? this.#unknownObject(only, type, path) : invalid(only, path);
      }
      case 'list':
        return this.#list(value, type.element, path);
      case 'map':
        return this.#map(value, type.element, path);
      case 'any':
        return value;
      default:
        return convertScalar(value, type.kind, path) ?? invalid(value, path);
    }
  }

  #unknownObject(value: Extract<Value, { kind: 'unknown' }>, type: KubernetesObjectType, path: string): Value {
    const alternatives = value.alternatives?.map((one) => (one.kind === 'object' ? this.object(one, type, path) : one));
    return { ...value, type: OBJECT_TYPE, alternatives };
  }

  #list(value: Value, type: KubernetesType, path: string): Value {
    if (value.kind === 'unknown') return { ...value, alternatives: undefined };
    if (value.kind !== 'list') return invalid(value, path);
    const elements = value.elements.map((element) => {
      if (type.kind === 'object' && element.kind === 'object') return this.object(element, type, path);
      return this.value(element, type, path) ?? element;
    });
    const element = value.rest?.element;
    const further = element === undefined ? undefined : this.value(element, type, path);
    const rest = value.rest === undefined ? undefined : { ...value.rest, element: further };
    return { ...value, elements, rest };
  }

  #map(value: Value, type: KubernetesType, path: string): Value {
    if (value.kind === 'unknown') return { ...value, alternatives: undefined };
    if (value.kind !== 'object') return invalid(value, path);
    const entries = new Map<string, Value>();
    for (const [key, entry] of value.entries) {
      const converted = entry.kind === 'null' ? undefined : this.value(entry, type, path);
      if (converted !== undefined) entries.set(key, converted);
    }
    return { ...value, entries };
  }

  /** `host_ipc` is `hostIPC`, a block `container` one of `containers`. */
  #fieldOf(name: string, type: KubernetesObjectType): string | undefined {
    if (this.kind === undefined) return type.fields.has(name) ? name : undefined;
    let names = spellings.get(type);
    if (names === undefined) {
      names = spellingsOf(type);
      spellings.set(type, names);
    }
    return names.get(name.replaceAll('_', ''));
  }
}

const spellings = new Map<KubernetesObjectType, ReadonlyMap<string, string>>();

/** Without underscores and capitals, in the plural and in the singular → the field. */
function spellingsOf({ fields }: KubernetesObjectType): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const field of fields.keys()) names.set(field.toLowerCase(), field);
  for (const field of fields.keys()) {
    const lower = field.toLowerCase();
    for (const [plural, singular] of [
      [/ies$/, 'y'],
      [/es$/, ''],
      [/s$/, ''],
    ] as const) {
      const single = lower.replace(plural, singular);
      if (single !== lower && !names.has(single)) names.set(single, field);
    }
  }
  return names;
}

/** What a block that means at most one thing holds: in Terraform's own shape it is a list. */
function onlyOne(value: Value): Value | undefined {
  if (value.kind !== 'list') return value;
  const [first] = value.elements;
  if (first !== undefined && value.elements.length === 1 && value.rest === undefined && value.existence === undefined)
    return first;
  return first === undefined && value.rest === undefined ? undefined : perhapsOne(value);
}

function perhapsOne(list: ListValue): Value {
  const { rest, existenceCause, elements, origin } = list;
  const cause = rest ?? existenceCause;
  const reason = cause?.reason ?? (elements.length > 1 ? 'more-than-one' : 'uncertain-existence');
  const [first] = elements;
  const isOne = elements.length === 1 && rest === undefined && first !== undefined;
  const alternatives = isOne ? [{ kind: 'absent' as const }, first] : undefined;
  return unknownValue(reason, { subject: cause?.subject, origin, type: OBJECT_TYPE, alternatives });
}

function invalid({ origin }: Value, path: string): Value {
  return unknownValue('invalid-value', { subject: path, origin });
}
