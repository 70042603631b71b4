import type { ObjectValue, Value } from '../../model/value.js';
import { kubernetesTypeName } from '../../schemas/kubernetes-schema.js';
import type { Node } from '../node.js';
import { splitPath, valueAt } from '../value-paths.js';
import { NAMESPACE_TYPE } from './kind-shapes.js';
import { type NameLink, type NameTree, nameTreeOf, podSelectorOf, SELECTED_TYPES } from './link-table.js';
import { isNamespaced, isSameNamespace, namespaceOf, type Place } from './namespaces.js';
import { maxNamesakes, type ObjectIndex } from './object-index.js';
import { podPathOf } from './pod-view.js';
import { type Match, matchesLabels, matchesSelector } from './selectors.js';

/** One link, or one that cannot be resolved: then it may lead to any object of the type. */
export type FoundLink =
  | { readonly path: string; readonly to: Node; readonly isCertain: boolean }
  | { readonly path: string; readonly toAnyOf: string };

/** SAFETY: how many pods all selectors together are linked with; beyond, a selector may select any. */
const maxSelected = 500_000;

/** The links of Kubernetes's objects: names and selectors, in the namespace that they speak of. */
export class KubernetesLinks {
  #selected = 0;
  readonly #places = new Map<Node, Place>();
  readonly #pods: PodIndex;
  /** By the folder that they are in. */
  readonly #writtenNamespaces = new Map<string, Node[]>();

  constructor(private readonly index: ObjectIndex) {
    this.#pods = new PodIndex(SELECTED_TYPES.flatMap((type) => index.ofType(type)));
    for (const node of index.ofType(NAMESPACE_TYPE)) {
      if (node.presence !== 'written') continue;
      const { root } = node.raw;
      this.#writtenNamespaces.set(root, [...(this.#writtenNamespaces.get(root) ?? []), node]);
    }
  }

  of(node: Node): FoundLink[] {
    const { type } = node.model;
    const found: FoundLink[] = [];
    this.#walk(node.values, nameTreeOf(type), node, found);
    found.push(...this.#selectedBy(node), ...this.#namespaceOf(node), ...this.#groupNamespaces(node));
    this.#ownersOf(node, found);
    return found;
  }

  #walk(value: Value, tree: NameTree, node: Node, found: FoundLink[]): void {
    if (value.kind === 'list') {
      for (const element of value.elements) this.#walk(element, tree, node, found);
      return;
    }
    if (value.kind !== 'object') return;
    for (const child of tree.children) {
      const inner = value.entries.get(child.name);
      if (inner === undefined) continue;
      if (child.children.length > 0) this.#walk(inner, child, node, found);
      for (const link of child.links) this.#named(inner, { link, holder: value, node }, found);
    }
  }

  #named(value: Value, at: { link: NameLink; holder: ObjectValue; node: Node }, found: FoundLink[]): void {
    const { link, holder, node } = at;
    const isMeant = meets(holder, link);
    if (isMeant === false || value.kind === 'null') return;
    // References say by themselves what they lead to.
    if (value.refersTo !== undefined && value.refersTo.length > 0) return;
    if (value.kind === 'unknown') found.push({ path: link.path, toAnyOf: link.to });
    if (value.kind !== 'string' || value.value === '') return;
    if (this.index.named(link.to, value.value).length > maxNamesakes) {
      found.push({ path: link.path, toAnyOf: link.to });
      return;
    }
    const from =
      link.namespace === undefined
        ? this.#placeOf(node)
        : { root: node.raw.root, namespace: presentAt(holder, link.namespace) };
    for (const { to, isCertain } of this.#resolve(node, link.to, value.value, from)) {
      found.push({ path: link.path, to, isCertain: isCertain && isMeant === true });
    }
  }

  #resolve(node: Node, type: string, name: string, from: Place): { readonly to: Node; readonly isCertain: boolean }[] {
    const candidates = this.index.named(type, name);
    if (candidates.length === 0) return [];
    const [sure, unsure] = [[] as Node[], [] as Node[]];
    for (const candidate of candidates) {
      if (candidate.presence !== 'written') continue;
      const isSame = !isNamespaced(candidate) || isSameNamespace(from, this.#placeOf(candidate));
      if (isSame === true) sure.push(candidate);
      else if (isSame === undefined) unsure.push(candidate);
    }
    const nearest = this.index.nearest(sure, node);
    if (nearest.length > 0) return nearest.map((to) => ({ to, isCertain: nearest.length === 1 }));
    return this.index.nearest(unsure, node).map((to) => ({ to, isCertain: false }));
  }

  #selectedBy(node: Node): FoundLink[] {
    const selector = podSelectorOf(node.model.type);
    if (selector === undefined) return [];
    const { path, form } = selector;
    const value = valueAt(node.values, splitPath(path));
    if (value === undefined || value.kind === 'null') return [];
    if (value.kind !== 'object') return SELECTED_TYPES.map((toAnyOf) => ({ path, toAnyOf }));
    // A Service that selects by nothing is one whose endpoints are made by hand.
    if (form === 'labels' && value.entries.size === 0 && value.rest === undefined) return [];
    const wanted = form === 'labels' ? value : valueAt(value, ['matchLabels']);
    const matches = (labels: Value | undefined): Match =>
      form === 'labels' ? matchesLabels(value, labels) : matchesSelector(value, labels);
    if (this.#selected >= maxSelected) return SELECTED_TYPES.map((toAnyOf) => ({ path, toAnyOf }));
    return this.#meant(node, this.#pods.candidates(wanted), matches).map(({ to, isCertain }) => ({
      path,
      to,
      isCertain,
    }));
  }

  /** Asked for with every candidate of every selector, and found once. */
  #placeOf(node: Node): Place {
    const known = this.#places.get(node);
    if (known !== undefined) return known;
    const place = { root: node.raw.root, namespace: namespaceOf(node) };
    this.#places.set(node, place);
    return place;
  }

  /** The pods that match in the namespace; of several objects with one name the nearest. */
  #meant(node: Node, candidates: Iterable<Node>, matches: (labels: Value | undefined) => Match) {
    const from = this.#placeOf(node);
    const groups = new Map<string, { readonly nodes: Node[]; isCertain: boolean }>();
    for (const pod of candidates) {
      const isSame = isSameNamespace(from, this.#placeOf(pod));
      if (isSame === false) continue;
      const match = matches(podLabels(pod));
      if (match === false) continue;
      const isCertain = isSame === true && match === true;
      const name = `${pod.model.type}\0${pod.raw.name}\0${isSame}`;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, { nodes: [pod], isCertain });
      else {
        group.nodes.push(pod);
        group.isCertain &&= isCertain;
      }
    }
    return [...groups.values()].flatMap(({ nodes, isCertain }) => {
      const nearest = this.index.nearest(nodes, node);
      this.#selected += nearest.length;
      return nearest.map((to) => ({ to, isCertain: isCertain && nearest.length === 1 }));
    });
  }

  /** An object that names no namespace may be in any that its folder has. */
  #namespaceOf(node: Node): FoundLink[] {
    if (!isNamespaced(node) || namespaceOf(node)?.kind === 'string') return [];
    const here = this.#writtenNamespaces.get(node.raw.root) ?? [];
    return here.map((to) => ({ path: 'metadata.namespace', to, isCertain: false }));
  }

  /** Objects of any kind, custom ones too, own others of their namespace: what is owned goes with its owner. */
  #ownersOf(node: Node, found: FoundLink[]): void {
    visit(node.values, ['metadata', 'ownerReferences', 'name'], (value, holder) => {
      const [version, kind] = ['apiVersion', 'kind'].map((field) => holder.entries.get(field));
      if (version?.kind !== 'string' || kind?.kind !== 'string') return;
      const to = kubernetesTypeName(version.value, kind.value);
      this.#named(value, { link: { path: 'metadata.ownerReferences.name', to }, holder, node }, found);
    });
  }

  /** `system:serviceaccounts:bakery`: every account of a namespace. */
  #groupNamespaces(node: Node): FoundLink[] {
    if (!/RoleBinding$/.test(node.model.type)) return [];
    const found: FoundLink[] = [];
    visit(node.values, ['subjects', 'name'], (value) => {
      const name = value.kind === 'string' ? /^system:serviceaccounts:(.+)$/.exec(value.value)?.[1] : undefined;
      const named = name === undefined ? [] : this.index.nearest(this.index.named(NAMESPACE_TYPE, name), node);
      for (const to of named) found.push({ path: 'subjects.name', to, isCertain: named.length === 1 });
    });
    return found;
  }
}

/** Pods by one of their labels, so that a selector need not ask them all. */
class PodIndex {
  readonly #byLabel = new Map<string, Node[]>();
  /** Those whose labels are not wholly known. */
  readonly #vague: Node[] = [];

  constructor(private readonly all: readonly Node[]) {
    for (const node of all) {
      const labels = podLabels(node);
      if (labels === undefined || labels.kind === 'null') continue;
      const isKnown =
        labels.kind === 'object' &&
        labels.rest === undefined &&
        [...labels.entries.values()].every(({ kind }) => kind === 'string');
      if (!isKnown) this.#vague.push(node);
      else {
        for (const [key, value] of labels.entries) {
          if (value.kind !== 'string') continue;
          const name = `${key}\0${value.value}`;
          const nodes = this.#byLabel.get(name);
          if (nodes === undefined) this.#byLabel.set(name, [node]);
          else nodes.push(node);
        }
      }
    }
  }

  candidates(wanted: Value | undefined): readonly Node[] {
    if (wanted?.kind !== 'object') return this.all;
    for (const [key, value] of wanted.entries) {
      if (value.kind === 'string') return [...(this.#byLabel.get(`${key}\0${value.value}`) ?? []), ...this.#vague];
    }
    return this.all;
  }
}

function podLabels({ model, values }: Node): Value | undefined {
  const path = podPathOf(model.type);
  let current: Value | undefined = values;
  for (const name of [...(path ?? []), 'metadata', 'labels']) {
    if (current?.kind === 'unknown') return current;
    if (current?.kind !== 'object') return undefined;
    current = current.entries.get(name);
  }
  return current;
}

function presentAt(holder: ObjectValue, field: string): Value | undefined {
  const value = holder.entries.get(field);
  if (value === undefined || value.kind === 'null') return undefined;
  return value.kind === 'string' && value.value === '' ? undefined : value;
}

function meets(holder: ObjectValue, { when }: NameLink): Match {
  let match: Match = true;
  if (when === undefined) return true;
  for (const [field, expected] of Object.entries(when)) {
    const value = holder.entries.get(field);
    if (value?.kind === 'unknown') match = undefined;
    else if (value?.kind !== 'string' || value.value !== expected) return false;
  }
  return match;
}

/** Calls back with every value at a path and the object that holds it; elements of lists are walked. */
function visit(
  value: Value | undefined,
  path: readonly string[],
  call: (value: Value, holder: ObjectValue) => void,
  at = 0,
): void {
  if (value === undefined) return;
  if (value.kind === 'list') {
    for (const element of value.elements) visit(element, path, call, at);
    return;
  }
  const name = path[at];
  if (value.kind !== 'object' || name === undefined) return;
  const inner = value.entries.get(name);
  if (inner === undefined) return;
  if (at === path.length - 1) {
    if (inner.kind === 'list') for (const element of inner.elements) call(element, value);
    else call(inner, value);
  } else visit(inner, path, call, at + 1);
}
