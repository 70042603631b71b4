import type { RawResource } from '../model/raw-resource.js';
import type { ResourceKey } from '../model/resource.js';
import { resourceKey } from '../model/resource.js';
import { STRING } from '../model/type.js';
import type { Rest, UnknownValue, Value } from '../model/value.js';
import { boolValue, numberValue, stringValue, unknownValue } from '../model/values.js';
import type { ProviderSchemas } from '../schemas/schema.js';
import { compareText } from '../source/compare-text.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { invariant } from '../source/invariant.js';
import { fillArn } from './arn-of-resource.js';
import type { CloudFormationModel } from './cloudformation-model.js';
import { cloudFormationModels } from './cloudformation-model.js';
import { partsOfResource } from './fan-out.js';
import { toKubernetesObject } from './kubernetes/lower-terraform.js';
import { lowerValues } from './lower.js';
import type { Node } from './node.js';
import { perhaps } from './presence.js';
import { ReferenceTranslator } from './translate-references.js';
import { modelOf, type TypeModel } from './type-model.js';
import { splitPath, valueAt, withValueAt } from './value-paths.js';

interface LowerInput {
  readonly schemas: ProviderSchemas;
  readonly diagnostics: Diagnostic[];
  readonly translator: ReferenceTranslator;
}

/** Lowers every resource by the table of its type; one native resource may be several. */
export function lowerResources(
  resources: readonly RawResource[],
  schemas: ProviderSchemas,
  diagnostics: Diagnostic[],
): Map<ResourceKey, Node> {
  const sorted = [...resources].sort((a, b) => compareText(a.root, b.root) || compareText(a.address, b.address));
  const input: LowerInput = { schemas, diagnostics, translator: new ReferenceTranslator(sorted, schemas) };
  const nodes = new Map<ResourceKey, Node>();
  for (const raw of sorted) {
    const key = resourceKey(raw.root, raw.address);
    const isCloudFormation = raw.language === 'cloudformation' || (raw.language === 'live' && raw.type.includes('::'));
    const lowered = isCloudFormation
      ? lowerCloudFormation(key, raw, input)
      : [lowerKubernetes(key, raw, schemas) ?? lowerTerraform(key, raw, input)];
    for (const node of lowered) nodes.set(node.key, node);
  }
  return nodes;
}

/** Objects of Kubernetes are in normal form; those of Terraform's provider are the same in other words. */
function lowerKubernetes(key: ResourceKey, raw: RawResource, schemas: ProviderSchemas): Node | undefined {
  const object = raw.language === 'kubernetes' ? raw : toKubernetesObject(raw);
  if (object === undefined) return undefined;
  const { type, values } = object;
  const presence = raw.mode === 'data' ? 'stand-in' : 'written';
  return { key, raw, model: modelOf(schemas, type, 'managed'), presence, values, members: [], declaredIn: new Map() };
}

function lowerTerraform(key: ResourceKey, raw: RawResource, { schemas, diagnostics }: LowerInput): Node {
  const node = lowerResource(key, raw, modelOf(schemas, raw.type, raw.mode), diagnostics);
  return raw.live === undefined ? node : { ...node, values: withFacts(node.values, raw, node.model) };
}

/** With what a snapshot says beside the properties; what they say themselves stays. */
function withFacts(values: Node['values'], { live }: RawResource, { table }: TypeModel): Node['values'] {
  if (live === undefined) return values;
  const entries = new Map(values.entries);
  for (const [path, { reason, subject, origin }] of live.gaps) {
    if (table?.live?.[path] !== undefined && !live.facts.has(path))
      entries.set(path, unknownValue(reason, { subject, origin }));
  }
  const all = { ...values, entries };
  for (const [path, value] of live.facts) {
    const names = splitPath(path);
    const present = valueAt(all, names);
    if (present !== undefined && present.kind !== 'null') continue;
    if (names.length === 1) entries.set(path, value);
    // That nothing is in an object does not make the object.
    else if (value.kind !== 'null' || valueAt(all, names.slice(0, -1)) !== undefined) {
      for (const [name, changed] of withValueAt(all, names, value).entries) entries.set(name, changed);
    }
  }
  return all;
}

function lowerResource(key: ResourceKey, raw: RawResource, model: TypeModel, diagnostics: Diagnostic[]): Node {
  const declaredIn = new Map<string, string>();
  const lowered = lowerValues(raw.values, model.plan, {
    address: raw.address,
    ownId: ownId(raw),
    header: raw.header,
    diagnostics,
    native: new Map(),
    documents: declaredIn,
    keepsNull: raw.language === 'live',
  });
  return {
    key,
    raw,
    model,
    presence: raw.mode === 'data' ? 'stand-in' : 'written',
    values: withAlias(lowered, model),
    members: [],
    declaredIn,
  };
}

/** What the native type says by being another one than the normal type. */
function withAlias(values: Node['values'], { alias }: TypeModel): Node['values'] {
  if (alias?.set === undefined) return values;
  const entries = new Map(values.entries);
  for (const [name, value] of Object.entries(alias.set)) entries.set(name, toScalar(value));
  return { ...values, entries };
}

/**
 * The normal resources that a CloudFormation resource is. References lead to the first, which is the one that is not made
 * for an element of a list, where there is such a one.
 */
function lowerCloudFormation(key: ResourceKey, written: RawResource, input: LowerInput): readonly Node[] {
  // Nothing in a snapshot is written as a reference.
  const raw =
    written.live === undefined ? { ...written, values: input.translator.translateObject(written.values) } : written;
  const nodes: Node[] = [];
  const models = cloudFormationModels(input.schemas, raw.type);
  const parts = models.map((model) => ({ model, parts: partsOfResource(raw, model) }));
  const possible = parts.filter((one) => one.parts.length > 0).map(({ model }) => model);
  if (models.length > 1 && (possible.length === 0 || isOneOf(possible))) {
    const node = lowerAmbiguous(key, raw, { models, possible }, input.diagnostics);
    return [{ ...node, values: withFacts(node.values, raw, node.model) }];
  }
  for (const { model, parts: ofModel } of parts) {
    for (const part of ofModel) {
      const own = nodes.length === 0 ? key : resourceKey(raw.root, `${raw.address}#${model.type}#${nodes.length}`);
      const node = lowerResource(own, part, model, input.diagnostics);
      const values = withOwn(node, model, { raw, first: nodes[0] });
      nodes.push({ ...node, raw: part, values: nodes.length === 0 ? withFacts(values, raw, node.model) : values });
    }
  }
  return nodes;
}

/** Whether the models are one type, written in ways that exclude each other. */
function isOneOf(models: readonly CloudFormationModel[]): boolean {
  return models.length > 1 && models.every(({ type, side }) => type === models[0]?.type && side?.when !== undefined);
}

/**
 * A resource of which it is not known which of the ways of writing one type it is in: what the ways say alike is known, all
 * else is perhaps there. What is in none of the ways has only the former.
 */
function lowerAmbiguous(
  key: ResourceKey,
  raw: RawResource,
  {
    models,
    possible,
  }: { readonly models: readonly CloudFormationModel[]; readonly possible: readonly CloudFormationModel[] },
  diagnostics: Diagnostic[],
): Node {
  const [first, ...others] = models.map((model, index) =>
    lowerResource(key, raw, model, index === 0 ? diagnostics : []),
  );
  invariant(first !== undefined, 'a resource has a model');
  const nodes = [first, ...others];
  const entries = new Map<string, Value>();
  for (const [index, { values }] of nodes.entries()) {
    const model = models[index];
    for (const [name, value] of values.entries) {
      if (nodes.every((node) => node.values.entries.has(name))) entries.set(name, entries.get(name) ?? value);
      else if (model !== undefined && possible.includes(model))
        entries.set(name, perhaps(value, kindCause(raw, model)));
    }
  }
  return { ...first, values: { ...first.values, entries } };
}

function kindCause(
  { values }: RawResource,
  { side }: CloudFormationModel,
): Pick<Rest, 'reason' | 'subject'> | undefined {
  const value = values.entries.get(side?.when?.property ?? '');
  return value?.kind === 'unknown' ? value : values.rest;
}

/** What the type says by itself, and what names the native resource itself. */
function withOwn({ values }: Node, { side }: CloudFormationModel, whole: Whole): Node['values'] {
  let own = values;
  for (const [path, value] of Object.entries(side?.set ?? {})) own = withValueAt(own, splitPath(path), toScalar(value));
  for (const [path, attribute] of Object.entries(side?.own ?? {})) {
    own = withValueAt(own, splitPath(path), attributeOfWhole(whole, attribute));
  }
  return own;
}

/** A CloudFormation resource that is several normal ones. */
interface Whole {
  readonly raw: RawResource;
  /** The one that references lead to, where that is another one. */
  readonly first: Node | undefined;
}

/** What is known of an ARN before there is one: a policy's ends with its name. */
function attributeOfWhole({ raw, first }: Whole, attribute: string): Value {
  const own = ownAttribute(raw, attribute);
  const template = attribute === 'arn' ? first?.model.identity.arn : undefined;
  if (template === undefined || first === undefined) return own;
  return fillArn(template, { raw, values: first.values, ownAttribute: (name) => ownAttribute(raw, name) });
}

function toScalar(value: string | number | boolean): Value {
  if (typeof value === 'string') return stringValue(value);
  return typeof value === 'number' ? numberValue(value) : boolValue(value);
}

export function ownId(raw: RawResource): UnknownValue {
  return ownAttribute(raw, 'id');
}

/** An attribute that is known only after the resource is applied, but is this resource's. */
export function ownAttribute({ root, address }: RawResource, attribute: string): UnknownValue {
  return unknownValue('computed-by-provider', {
    type: STRING,
    subject: `${address}.${attribute}`,
    identity: `${root}#${address}.${attribute}`,
    notNull: true,
    refersTo: [{ root, address, attribute }],
  });
}
