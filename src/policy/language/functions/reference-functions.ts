import type { Link, Resource, ResourceGraph, ResourceKey } from '../../../model/resource.js';
import { openTypeOf, resourceKey } from '../../../model/resource.js';
import type { Reference, Rest, UnknownValue } from '../../../model/value.js';
import { compareText } from '../../../source/compare-text.js';
import type { EvaluationContext } from '../frame.js';
import { joinOutcomes, overAlternatives } from '../lift.js';
import {
  causesOf,
  EMPTY_LIST,
  outsideInput,
  policyError,
  type ResourceReference,
  type RuntimeList,
  type RuntimeUnknown,
  type RuntimeValue,
  toList,
  UNSET,
  unknownFrom,
} from '../runtime-value.js';
import { isOpenResource } from '../select.js';
import { pathsIn, withoutPositions } from '../value-paths.js';
import type { FunctionTable } from './function.js';

/** From a value to the resources around it: what the graph's links say. */
export const REFERENCE_FUNCTIONS: FunctionTable = {
  target: {
    signatures: ['(dyn, string): dyn'],
    isLazy: true,
    call: ([value, type], context) => target(value, type, context),
  },
  '.related': {
    signatures: ['(dyn, string): list(dyn)', '(dyn, string, string): list(dyn)'],
    isLazy: true,
    call: ([value, type, attribute], context) => relatedOf(value, type, attribute, context),
  },
  scope: {
    signatures: ['(string): dyn'],
    call: ([type], context) => (type?.kind === 'string' ? scopeOf(type.value, context) : undefined),
  },
};

function touch(context: EvaluationContext, resource: Resource): Resource {
  if (!context.touched.includes(resource)) context.touched.push(resource);
  return resource;
}

function target(
  value: RuntimeValue | undefined,
  type: RuntimeValue | undefined,
  context: EvaluationContext,
): RuntimeValue | undefined {
  if (value === undefined || type?.kind !== 'string') return undefined;
  switch (value.kind) {
    case 'error':
    case 'null':
      return value.kind === 'null' ? UNSET : value;
    case 'resource':
      return value.resource.type === type.value ? value : UNSET;
    case 'unknown':
      return targetOfUnknown(value, type.value, context);
    default:
      return targetOf(value, type.value, context) ?? standIn(value, type.value);
  }
}

function targetOfUnknown(value: RuntimeUnknown, type: string, context: EvaluationContext): RuntimeValue {
  const linked = targetOf(value, type, context);
  if (linked !== undefined) return linked;
  const lifted = overAlternatives(value, (known) => target(known, { kind: 'string', value: type }, context) ?? UNSET);
  return lifted ?? unknownFrom([value], { notNull: undefined });
}

/** What the graph's links say of the value where it stands, else its own references; undefined where nothing is said. */
function targetOf(value: RuntimeValue, type: string, context: EvaluationContext): RuntimeValue | undefined {
  for (const resource of context.touched) {
    const paths = new Set(pathsIn(resource, value).map(withoutPositions));
    if (paths.size === 0) continue;
    const links = (context.graph.linksFrom.get(resource.key) ?? []).filter((link) => paths.has(link.path));
    const found = ofLinks(links, value, type, context);
    if (found !== undefined) return found;
  }
  const references = 'refersTo' in value ? (value.refersTo ?? []) : [];
  return references.length === 0 ? undefined : ofReferences(references, type, context, 0);
}

function ofLinks(
  links: readonly Link[],
  value: RuntimeValue,
  type: string,
  context: EvaluationContext,
): RuntimeValue | undefined {
  const { graph } = context;
  const candidates = links.flatMap((link) => {
    const resource = graph.resources.get(link.to);
    return resource === undefined ? [] : [{ link, resource }];
  });
  const own = candidates.length <= 1 ? candidates : candidates.filter(({ resource }) => isNamedBy(resource, value));
  if (own.length === 0) return undefined;
  const outcomes = own.map(({ link, resource }) => {
    const found = asTarget(resource, type, context);
    return link.isCertain ? found : joinOutcomes([found, UNSET], [outsideOr(resource, 'companion-link-unknown')]);
  });
  return outcomes.length === 1
    ? outcomes[0]
    : joinOutcomes(outcomes, [outsideOr(own[0]?.resource, 'companion-link-unknown')]);
}

function outsideOr(resource: Resource | undefined, reason: UnknownValue['reason']): UnknownValue {
  return { ...outsideInput(resource?.address), reason };
}

/** Whether the value is one of the resource's: it refers to it, or equals one of its attributes. */
function isNamedBy(resource: Resource, value: RuntimeValue): boolean {
  const references = 'refersTo' in value ? (value.refersTo ?? []) : [];
  if (references.some(({ root, address }) => resourceKey(root, address) === resource.key)) return true;
  if (value.kind !== 'string') return false;
  for (const attribute of resource.values.entries.values()) {
    if (attribute.kind === 'string' && attribute.value === value.value) return true;
  }
  // Objects of Kubernetes are named in their metadata.
  const metadata = resource.values.entries.get('metadata');
  const name = metadata?.kind === 'object' ? metadata.entries.get('name') : undefined;
  return name?.kind === 'string' && name.value === value.value;
}

function asTarget(resource: Resource, type: string, context: EvaluationContext): RuntimeValue {
  if (resource.type !== type) return UNSET;
  touch(context, resource);
  const isTypeUnproven = resource.presence === 'stand-in' && resource.mode !== 'data' && !hasTypedId(resource, type);
  return isTypeUnproven ? { kind: 'resource', resource, isTypeUnproven } : { kind: 'resource', resource };
}

/** SAFETY: how many attributes a reference is followed through. */
const MAX_STEPS = 8;

function ofReferences(
  references: readonly Reference[],
  type: string,
  context: EvaluationContext,
  step: number,
): RuntimeValue | undefined {
  const outcomes = references.map((reference) => ofReference(reference, type, context, step));
  const known = outcomes.filter((outcome) => outcome !== undefined);
  if (known.length !== outcomes.length || known.length === 0) return undefined;
  return known.length === 1 ? known[0] : joinOutcomes(known, [{ ...outsideInput(), reason: 'more-than-one' }]);
}

function ofReference(
  { root, address, attribute, mayBePart }: Reference,
  type: string,
  context: EvaluationContext,
  step: number,
): RuntimeValue | undefined {
  const resource = context.graph.resources.get(resourceKey(root, address));
  if (resource === undefined) return undefined;
  if (resource.type === type) {
    const found = asTarget(resource, type, context);
    return mayBePart === true ? joinOutcomes([found, UNSET], [outsideOr(resource, 'companion-link-unknown')]) : found;
  }
  if (['', 'id', 'arn'].includes(attribute)) return UNSET;
  const value = resource.values.entries.get(attribute);
  const next = value?.refersTo ?? [];
  if (next.length === 0 || step >= MAX_STEPS) return undefined;
  return ofReferences(next, type, context, step + 1);
}

/** Prefixes of ids whose form says what they are. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  aws_vpc: 'vpc-',
  aws_subnet: 'subnet-',
  aws_security_group: 'sg-',
  aws_internet_gateway: 'igw-',
  aws_nat_gateway: 'nat-',
  aws_route_table: 'rtb-',
  aws_ec2_managed_prefix_list: 'pl-',
  aws_instance: 'i-',
  aws_ebs_volume: 'vol-',
  aws_network_acl: 'acl-',
  aws_network_interface: 'eni-',
  aws_launch_template: 'lt-',
  aws_ec2_transit_gateway: 'tgw-',
  aws_vpn_gateway: 'vgw-',
  aws_egress_only_internet_gateway: 'eigw-',
  aws_vpc_peering_connection: 'pcx-',
  aws_vpc_endpoint: 'vpce-',
};

function hasTypedId(resource: Resource, type: string): boolean {
  const id = resource.values.entries.get('id');
  return id?.kind === 'string' && ID_PREFIXES[type] !== undefined && id.value.startsWith(ID_PREFIXES[type]);
}

/** A literal id that nothing in the input answers to: of another type if its form says so, else outside. */
function standIn(value: RuntimeValue, type: string): RuntimeValue {
  if (value.kind !== 'string') return unknownFrom([outsideInput()], { notNull: undefined });
  const other = Object.entries(ID_PREFIXES).find(([, prefix]) => value.value.startsWith(prefix));
  const isOther = other !== undefined && other[0] !== type && ID_PREFIXES[type] !== undefined;
  if (isOther) return UNSET;
  const isProven = other !== undefined && other[0] === type;
  return { ...outsideInput(value.value), notNull: isProven ? true : undefined };
}

function relatedOf(
  value: RuntimeValue | undefined,
  type: RuntimeValue | undefined,
  attribute: RuntimeValue | undefined,
  context: EvaluationContext,
): RuntimeValue | undefined {
  if (value === undefined || type?.kind !== 'string') return undefined;
  if (attribute !== undefined && attribute.kind !== 'string') return undefined;
  switch (value.kind) {
    case 'error':
      return value;
    case 'null':
      return EMPTY_LIST;
    case 'unknown': {
      const lifted = overAlternatives(value, (known) => relatedOf(known, type, attribute, context) ?? EMPTY_LIST);
      const [cause] = causesOf(value);
      const rest = { reason: cause?.reason ?? value.reason, subject: cause?.subject ?? value.subject };
      return lifted ?? toList([], { rest });
    }
    case 'resource':
      return related(value, { type: type.value, attribute: attribute?.value }, context);
    default:
      return policyError('"related" is asked of a resource.');
  }
}

interface Relation {
  readonly type: string;
  readonly attribute: string | undefined;
}

/** Resources of a type that are linked with one, in either direction; scopes relate to what they contain. */
function related({ resource }: ResourceReference, relation: Relation, context: EvaluationContext): RuntimeList {
  const { graph } = context;
  const found = new Map<string, { resource: Resource; isCertain: boolean }>();
  const add = (key: string, isCertain: boolean) => {
    const other = graph.resources.get(key);
    if (other === undefined || other.type !== relation.type || other.key === resource.key) return;
    found.set(key, { resource: other, isCertain: isCertain || found.get(key)?.isCertain === true });
  };
  for (const link of graph.linksTo.get(resource.key) ?? []) {
    if (isThrough(link.path, relation.attribute)) add(link.from, link.isCertain);
  }
  if (relation.attribute === undefined) {
    for (const link of graph.linksFrom.get(resource.key) ?? []) add(link.to, link.isCertain);
  }
  for (const contained of containedIn(graph, resource)) add(contained, true);
  for (const unresolved of graph.unresolvedLinks.get(resource.type) ?? []) {
    if (isThrough(unresolved.path, relation.attribute)) add(unresolved.from, false);
  }
  const more = openTypeOf(graph, resource.root, relation.type, extentOf(resource, graph));
  return toRelatedList([...found.values()], more ?? outsideOf(resource), context);
}

/** EC2 takes the ids of these in their own region alone: what names one lies there. */
const NAMED_IN_REGION: ReadonlySet<string> = new Set([
  'aws_ebs_volume',
  'aws_instance',
  'aws_network_acl',
  'aws_network_interface',
  'aws_route_table',
  'aws_security_group',
  'aws_subnet',
  'aws_vpc',
]);

/** The scope that holds whatever may be related with a resource; undefined: any. */
function extentOf({ key, type, presence }: Resource, { scopes }: EvaluationContext['graph']): ResourceKey | undefined {
  if (presence === 'scope') return key;
  return NAMED_IN_REGION.has(type) ? scopes.get('aws_region')?.get(key) : undefined;
}

type Containments = ReadonlyMap<ResourceKey, readonly ResourceKey[]>;
const containments = new WeakMap<ReadonlyMap<ResourceKey, ResourceKey>, Containments>();

/** What lies in a scope, in the graph's order: found once for all scopes of a type. */
function containedIn({ scopes }: ResourceGraph, { type, key }: Resource): readonly ResourceKey[] {
  const scopeOfEach = scopes.get(type);
  if (scopeOfEach === undefined) return [];
  const known = containments.get(scopeOfEach) ?? groupByScope(scopeOfEach);
  containments.set(scopeOfEach, known);
  return known.get(key) ?? [];
}

function groupByScope(scopeOfEach: ReadonlyMap<ResourceKey, ResourceKey>): Containments {
  const groups = new Map<ResourceKey, ResourceKey[]>();
  for (const [contained, scope] of scopeOfEach) {
    const group = groups.get(scope);
    if (group === undefined) groups.set(scope, [contained]);
    else group.push(contained);
  }
  return groups;
}

function isThrough(path: string, attribute: string | undefined): boolean {
  return attribute === undefined || path === attribute || path.startsWith(`${attribute}.`);
}

/** A resource that the input only refers to may have relations outside it. */
function outsideOf(resource: Resource): Rest | undefined {
  return isOpenResource(resource) ? { reason: 'outside-input', subject: resource.address } : undefined;
}

function toRelatedList(
  found: readonly { readonly resource: Resource; readonly isCertain: boolean }[],
  rest: Rest | undefined,
  context: EvaluationContext,
): RuntimeList {
  const sorted = [...found].sort((a, b) => compareText(a.resource.key, b.resource.key));
  const existence = new Map<number, 'perhaps' | 'any-number'>();
  const doubts: UnknownValue[] = [];
  const elements = sorted.map(({ resource: other, isCertain }, index): RuntimeValue => {
    touch(context, other);
    if (other.isPrototype) existence.set(index, 'any-number');
    else if (!isCertain || other.existence.kind === 'unknown') existence.set(index, 'perhaps');
    if (!isCertain) doubts.push({ ...outsideInput(other.address), reason: 'companion-link-unknown' });
    if (other.existence.kind === 'unknown') {
      doubts.push({ ...outsideInput(other.existence.subject), reason: other.existence.reason });
    } else if (other.isPrototype) doubts.push({ ...outsideInput(other.address), reason: 'uncertain-existence' });
    return { kind: 'resource', resource: other };
  });
  if (existence.size === 0) return toList(elements, { rest });
  return toList(elements, { rest, existence, doubt: unknownFrom(doubts) });
}

function scopeOf(type: string, context: EvaluationContext): RuntimeValue {
  const found = scopeKey(context.graph, type, context.resource);
  if (found === undefined) return { ...outsideInput(type), notNull: true };
  return { kind: 'resource', resource: touch(context, found) };
}

function scopeKey(graph: ResourceGraph, type: string, resource: Resource): Resource | undefined {
  if (resource.type === type) return resource;
  const key = graph.scopes.get(type)?.get(resource.key);
  return key === undefined ? undefined : graph.resources.get(key);
}
