import { elementsOf, equals, isHole, type Text, toTemplate } from '../iam/index.js';
import type { Resource, ResourceGraph, ResourceKey } from '../model/resource.js';
import type { Value } from '../model/value.js';
import { type Bindings, bindValue } from './bind-values.js';

/** What of the graph's types questions of access need. */
export interface TypeFacts {
  /** The ARN of a resource, as far as it is known. */
  readonly arnOf: (resource: Resource) => Value | undefined;
  /** Whether resources of a type have policies of their own, which the graph would show. */
  readonly hasResourcePolicy: (type: string) => boolean;
  /** An IAM policy document in the graph's words, out of JSON of a type without a table; undefined for what is none. */
  readonly policyDocumentOf: (json: Value) => Value | undefined;
}

/** The graph, with what a question states of it. */
export interface World {
  readonly graph: ResourceGraph;
  readonly facts: TypeFacts;
  readonly bindings: Bindings;
  /** The roots that are asked about: names are looked up in them. */
  readonly roots: ReadonlySet<string>;
}

/** The resources that can be named. */
export function namedResources({ graph, roots }: World): Resource[] {
  return [...graph.resources.values()].filter(({ root, presence }) => presence !== 'scope' && roots.has(root));
}

/** A value of a resource; undefined for what is not there. A null counts as not there. */
export function attributeOf(world: World, resource: Resource, name: string): Value | undefined {
  const value = resource.values.entries.get(name);
  return value === undefined || value.kind === 'null' ? undefined : bindValue(value, world.bindings);
}

/** Of a world, which says what of them is stated: they are compared with each other again and again. */
const arnTexts = new WeakMap<World, Map<Resource, Text | undefined>>();

/** The ARN of a resource; undefined where no table tells it. */
export function arnTextOf(world: World, resource: Resource): Text | undefined {
  let known = arnTexts.get(world);
  if (known === undefined) {
    known = new Map();
    arnTexts.set(world, known);
  }
  const found = known.get(resource);
  if (found !== undefined || known.has(resource)) return found;
  const arn = world.facts.arnOf(resource);
  const text = arn === undefined ? undefined : asText(bindValue(arn, world.bindings));
  known.set(resource, text);
  return text;
}

/** The account in which a resource lies. */
export function accountTextOf(world: World, resource: Resource): Text | undefined {
  return asText(bindValue(resource.scope.account, world.bindings));
}

export function regionTextOf(world: World, resource: Resource): Text | undefined {
  return asText(bindValue(resource.scope.region, world.bindings));
}

/** A value as a text without variables; undefined for what is none. */
export function asText(value: Value): Text | undefined {
  return toTemplate(value, false)?.tokens.filter((token) => typeof token === 'number' || isHole(token));
}

/** Whether the resource may have more than is written: it is only referred to, or what it has is not all known. */
function isOpen({ presence, values }: Resource): boolean {
  return presence !== 'written' || values.rest !== undefined;
}

/** Whether an attribute of the resource is certainly absent: nothing is written and nothing is open, or null stands there. */
export function isAbsent(resource: Resource, name: string): boolean {
  const value = resource.values.entries.get(name);
  return value === undefined ? !isOpen(resource) : value.kind === 'null';
}

/** The elements of a list of a resource, with whether there may be others. */
export function listOf(world: World, resource: Resource, name: string) {
  const value = attributeOf(world, resource, name);
  const list = elementsOf(value);
  return value === undefined && !isAbsent(resource, name) ? { ...list, isOpen: true } : list;
}

/** The resource that a value of another one refers to, among those that its links lead to. */
export function resourceBehind(world: World, from: Resource, path: string, value: Value): Resource | undefined {
  const text = asText(value);
  for (const target of linked(world.graph, from.key, path)) {
    const [reference, ...others] = value.refersTo ?? [];
    const isReferred = reference?.root === target.root && reference.address === target.address && others.length === 0;
    if (isReferred && value.kind !== 'unknown') return target;
    const named = [arnTextOf(world, target), attributeText(world, target, 'name'), attributeText(world, target, 'id')];
    const names = named.flatMap((name) => (name ? [name] : []));
    if (text !== undefined && names.some((name) => equals(text, name) === true)) return target;
    if (isReferred && reference.mayBePart !== true) return target;
  }
  return undefined;
}

function attributeText(world: World, resource: Resource, name: string): Text | undefined {
  const value = attributeOf(world, resource, name);
  return value === undefined ? undefined : asText(value);
}

function linked({ linksFrom, resources }: ResourceGraph, from: ResourceKey, path: string): Resource[] {
  const links = linksFrom.get(from) ?? [];
  return links.flatMap((link) => (link.path === path && link.isCertain ? (resources.get(link.to) ?? []) : []));
}
