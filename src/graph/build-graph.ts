import type {
  AccountExtent,
  LiveParts,
  OmittedType,
  RawResource,
  UnreadModule,
  Unseen,
} from '../model/raw-resource.js';
import type { Resource, ResourceGraph, ResourceKey } from '../model/resource.js';
import { resourceKey } from '../model/resource.js';
import type { Value } from '../model/value.js';
import type { ProviderSchemas } from '../schemas/schema.js';
import { compareText } from '../source/compare-text.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { applyDefaults } from './apply-defaults.js';
import { applyMounts, type MountContext } from './apply-mounts.js';
import { Draft } from './draft.js';
import { type FoldPlan, planFolding } from './fold.js';
import { IdentityIndex } from './identity-index.js';
import { applyInheritance } from './inheritance.js';
import { NAMESPACE_TYPE } from './kubernetes/kind-shapes.js';
import { kubernetesGraph } from './kubernetes/kubernetes-graph.js';
import { applyServerDefaults } from './kubernetes/server-defaults.js';
import { Linker } from './linker.js';
import { lowerResources, ownAttribute, ownId } from './lower-resources.js';
import type { Node } from './node.js';
import { openTypesOf } from './open-types.js';
import { recordLinks } from './record-links.js';
import type { ResourceType } from './resource-types/entries.js';
import { type Facts, SCOPE_TYPES, Scopes } from './scopes.js';
import { modelOf } from './type-model.js';
import { withUntoldAttributes } from './untold-attributes.js';
import { splitPath, valueAt } from './value-paths.js';
import { withViews } from './views.js';

export interface GraphInput {
  readonly resources: readonly RawResource[];
  readonly unreadModules: readonly UnreadModule[];
  /** Absent: none. */
  readonly omittedTypes?: readonly OmittedType[] | undefined;
  /** Absent: nothing of it is live. */
  readonly extents?: readonly AccountExtent[] | undefined;
  readonly schemas: ProviderSchemas;
  /** What `trueline.yaml` states of scopes: `aws_region` → `{ ebs_encryption_by_default: { enabled: true } }`. */
  readonly facts?: Facts | undefined;
}

export interface GraphResult {
  readonly graph: ResourceGraph;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Raw resources → one graph in normal form: lowered, linked, companions folded into their parents, defaults applied, views
 * computed, in this order. The order of the input does not matter.
 */
export function buildGraph(input: GraphInput): GraphResult {
  const diagnostics: Diagnostic[] = [];
  const isScopeRecord = ({ language, type }: RawResource) => language === 'live' && SCOPE_TYPES.has(type);
  const records = input.extents === undefined ? [] : input.resources.filter(isScopeRecord);
  const resources = records.length === 0 ? input.resources : input.resources.filter((raw) => !isScopeRecord(raw));
  const nodes = lowerResources(resources, input.schemas, diagnostics);
  const scopes = new Scopes(input.schemas, input.facts ?? new Map(), records);
  const flowsOut = findFlows(input.unreadModules);
  const { openTypes, unseen } = openTypesOf(input);
  const linker = new Linker(nodes, new IdentityIndex(nodes.values()), flowsOut);
  const standInKeys = new Set<ResourceKey>();
  const plan = planFolding({
    companions: [...nodes.values()].filter(({ model }) => model.mountedOn.length > 0),
    linker,
    scopeOf: (type, node) => scopes.of(type, node.raw),
    makeStandIn: (companion, parent, link) =>
      makeStandIn(input.schemas, { companion, parent, link, taken: standInKeys }),
  });
  const kept = [...nodes.values(), ...plan.standIns].filter(
    ({ model, presence }) => presence !== 'written' || model.mountedOn.length === 0,
  );
  for (const node of kept) {
    scopes.of('aws_account', node.raw);
    scopes.of('aws_region', node.raw);
  }
  const kubernetes = kubernetesGraph(kept, input.schemas);
  const all = [...kept, ...scopes.nodes.values(), ...(kubernetes?.standIns ?? [])].sort((a, b) =>
    compareText(a.key, b.key),
  );
  for (const node of all) complete(node, plan, { flowsOut, openTypes, diagnostics });
  for (const node of all) applyInheritance(node, linker);
  for (const node of all) finishValues(node);
  for (const node of all) node.values = withViews(node);
  const links = recordLinks({
    nodes: all,
    linker,
    resourcesAt: (key) => resourcesAt(key, nodes, plan),
    kubernetes: kubernetes?.links(all),
  });
  const finishedResources = new Map<ResourceKey, Resource>();
  for (const node of all) finishedResources.set(node.key, toResource(node));
  diagnostics.sort(byPlace);
  return {
    graph: {
      resources: finishedResources,
      ...links,
      scopes: scopeMap(all, scopes, kubernetes?.namespaces),
      openTypes,
      unseen,
    },
    diagnostics,
  };
}

/** The parent of a companion, known only by what the companion says. It is judged at the companion's place. */
function makeStandIn(
  schemas: ProviderSchemas,
  standIn: {
    readonly companion: Node;
    readonly parent: ResourceType;
    readonly link: { readonly to: string; readonly value: Value };
    readonly taken: Set<ResourceKey>;
  },
): Node {
  const { companion, parent, link, taken } = standIn;
  const { raw } = companion;
  let key = resourceKey(raw.root, raw.address);
  for (let count = 1; taken.has(key); count++) key = resourceKey(raw.root, `${raw.address}#${parent.type}#${count}`);
  taken.add(key);
  const values = new Draft();
  values.put(splitPath(link.to), link.value);
  return {
    key,
    raw: { ...raw, type: parent.type, values: values.finish(), ignoreChanges: undefined, live: undefined },
    model: modelOf(schemas, parent.type, 'managed'),
    presence: 'stand-in',
    values: values.finish(),
    members: [],
    declaredIn: new Map(),
  };
}

/** Resources that are passed to modules which were not read, and the module. */
function findFlows(unreadModules: readonly UnreadModule[]): ReadonlyMap<ResourceKey, UnreadModule> {
  const flows = new Map<ResourceKey, UnreadModule>();
  const visit = (value: Value, module: UnreadModule): void => {
    for (const { root, address } of value.refersTo ?? []) {
      const key = resourceKey(root, address);
      const known = flows.get(key);
      if (known === undefined || compareText(module.address, known.address) < 0) flows.set(key, module);
    }
    if (value.kind === 'list') for (const element of value.elements) visit(element, module);
    else if (value.kind === 'object') for (const entry of value.entries.values()) visit(entry, module);
    else if (value.kind === 'unknown') {
      for (const alternative of value.alternatives ?? []) if (alternative.kind !== 'absent') visit(alternative, module);
      for (const part of value.parts ?? []) if (typeof part !== 'string') visit(part, module);
    }
  };
  for (const module of unreadModules) for (const value of module.arguments) visit(value, module);
  return flows;
}

interface Completion {
  readonly flowsOut: ReadonlyMap<ResourceKey, UnreadModule>;
  readonly openTypes: ResourceGraph['openTypes'];
  readonly diagnostics: Diagnostic[];
}

function complete(node: Node, plan: FoldPlan, { flowsOut, openTypes, diagnostics }: Completion): void {
  if (node.model.table?.companions === undefined) return;
  applyMounts(node, plan.contributions.get(node) ?? [], {
    diagnostics,
    unreadOf: node.raw.live === undefined ? unreadTypes(node, flowsOut, openTypes) : unseenMounts(node, node.raw.live),
    ownId: ownId(node.raw),
  });
}

function unreadTypes(
  node: Node,
  flowsOut: ReadonlyMap<ResourceKey, UnreadModule>,
  openTypes: ResourceGraph['openTypes'],
): MountContext['unreadOf'] {
  const module = node.presence === 'written' ? flowsOut.get(node.key) : undefined;
  const open = openTypes.get(node.raw.root)?.open;
  if (module === undefined && open === undefined) return undefined;
  const unread: Unseen | undefined = module && { reason: module.reason, subject: module.address };
  return (_path, types) => unread ?? types.map((type) => open?.get(type)).find((found) => found !== undefined);
}

/** Of what is live a path that nothing is said of, not even that nothing is there, is not known. */
function unseenMounts(node: Node, { gaps }: LiveParts): MountContext['unreadOf'] {
  return (mountPath) => {
    const names = splitPath(mountPath.replace('[]', ''));
    // What is said of the whole is said of what is in it: a function without a policy has no statements.
    for (let length = names.length; length > 0; length--) {
      const part = names.slice(0, length);
      const gap = gaps.get(part.join('.'));
      if (gap !== undefined) return gap;
      const told = valueAt(node.values, part);
      if (told !== undefined && (length === names.length || told.kind === 'null')) return undefined;
    }
    return node.values.rest;
  };
}

function finishValues(node: Node): void {
  const { kind } = node.model;
  if (kind !== undefined) {
    if (node.presence === 'written' && node.raw.language !== 'live')
      node.values = applyServerDefaults(node.values, kind, node.raw.header);
    return;
  }
  const { table } = node.model;
  if (node.raw.language === 'live' && table !== undefined) node.values = withUntoldAttributes(node.values, table);
  node.values = applyDefaults(node.values, node.model.defaults, {
    language: node.raw.language,
    header: node.raw.header,
    own: (attribute) => ownAttribute(node.raw, attribute),
    onlyChildren: node.presence !== 'written',
  });
}

/** The resources that an address stands for: a folded companion is its parents. */
function resourcesAt(key: ResourceKey, nodes: ReadonlyMap<ResourceKey, Node>, plan: FoldPlan): readonly Node[] {
  const node = nodes.get(key);
  if (node === undefined) return [];
  return node.model.mountedOn.length === 0 ? [node] : (plan.parents.get(node) ?? []);
}

function scopeMap(
  nodes: readonly Node[],
  scopes: Scopes,
  namespaces: ReadonlyMap<ResourceKey, ResourceKey> | undefined,
): ResourceGraph['scopes'] {
  const map = new Map<string, ReadonlyMap<ResourceKey, ResourceKey>>();
  if (namespaces !== undefined && namespaces.size > 0) map.set(NAMESPACE_TYPE, namespaces);
  for (const type of ['aws_account', 'aws_region']) {
    const members = new Map<ResourceKey, ResourceKey>();
    for (const node of nodes) {
      if (node.presence === 'scope') continue;
      const scope = scopes.of(type, node.raw);
      if (scope !== undefined) members.set(node.key, scope.key);
    }
    if (members.size > 0) map.set(type, members);
  }
  return map;
}

function toResource({ key, raw, model, values, presence, members, declaredIn }: Node): Resource {
  const isScope = presence === 'scope' && raw.live === undefined;
  return {
    key,
    root: raw.root,
    address: raw.address,
    type: model.type,
    name: raw.name,
    mode: raw.mode,
    language: raw.language,
    declaration: raw.declaration,
    folder: raw.folder,
    scope: raw.scope,
    existence: raw.existence,
    isPrototype: raw.isPrototype,
    values,
    presence,
    members,
    declaredIn,
    calls: raw.calls,
    construct: isScope ? undefined : raw.construct,
    hasTable: model.table !== undefined || model.kind !== undefined,
    range: isScope ? undefined : raw.range,
    header: isScope ? undefined : raw.header,
  };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const byFile = compareText(a.range?.file.path ?? '', b.range?.file.path ?? '');
  return byFile || (a.range?.start ?? 0) - (b.range?.start ?? 0) || compareText(a.message, b.message);
}
