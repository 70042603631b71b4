import type { Link, ResourceGraph, ResourceKey } from '../model/resource.js';
import { resourceKey } from '../model/resource.js';
import type { Reference, Value } from '../model/value.js';
import { compareText } from '../source/compare-text.js';
import type { KubernetesLinks } from './kubernetes/kubernetes-links.js';
import type { Linker } from './linker.js';
import type { Node } from './node.js';
import { linksOfType } from './type-links.js';

export interface LinkInput {
  /** The resources of the graph, in its order. */
  readonly nodes: readonly Node[];
  /** The resources that an address stands for: its own, or, for a folded companion, its parents. */
  resourcesAt(key: ResourceKey): readonly Node[];
  readonly linker: Linker;
  /** What names and selectors of Kubernetes's objects lead to. */
  readonly kubernetes?: KubernetesLinks | undefined;
}

type Links = Pick<ResourceGraph, 'linksFrom' | 'linksTo' | 'unresolvedLinks' | 'sensitive'>;

/** Every link of the graph: by reference wherever a value carries one, by identity where the tables say what is named. */
export function recordLinks(input: LinkInput): Links {
  const recorder = new Recorder(input);
  for (const node of input.nodes) recorder.record(node);
  return recorder.finish();
}

/** Attributes that only repeat what others say. */
export const REPEATED = new Set(['native', 'identity_policies', 'resource_policy', 'tagged', 'pod']);

interface Walked {
  readonly node: Node;
  /** Of the node's type: path → the types that it may name. */
  readonly named: ReadonlyMap<string, readonly string[]>;
}

function joinSteps(folder: string, name: string | undefined): string {
  return name === undefined ? folder : `${folder}.${name}`;
}

class Recorder {
  private readonly linksFrom = new Map<ResourceKey, Link[]>();
  private readonly linksTo = new Map<ResourceKey, Link[]>();
  private readonly unresolved = new Map<string, { readonly from: ResourceKey; readonly path: string }[]>();
  /** All values are seen here once. */
  private readonly sensitive: Value[] = [];
  private links = new Map<string, Link>();

  constructor(private readonly input: LinkInput) {}

  record(node: Node): void {
    this.links = new Map();
    this.recordKubernetes(node);
    // Manifests have no references: they are not looked for.
    if (node.raw.language !== 'kubernetes') this.walkAll(node);
    const links = [...this.links.values()].sort((a, b) => compareText(a.path, b.path) || compareText(a.to, b.to));
    if (links.length === 0) return;
    this.linksFrom.set(node.key, links);
    for (const link of links) {
      const to = this.linksTo.get(link.to);
      if (to === undefined) this.linksTo.set(link.to, [link]);
      else to.push(link);
    }
  }

  private walkAll(node: Node): void {
    const named = linksOfType(node.model.table);
    for (const [name, value] of node.values.entries) {
      if (!REPEATED.has(name) || named.has(name)) this.walk(value, name, undefined, { node, named });
    }
  }

  private recordKubernetes(node: Node): void {
    if (node.model.kind === undefined) return;
    for (const link of this.input.kubernetes?.of(node) ?? []) {
      if ('to' in link) this.add(node, link.path, link.to, link.isCertain);
      else this.addUnresolved(link.toAnyOf, node, link.path);
    }
  }

  private addUnresolved(type: string, node: Node, path: string): void {
    const list = this.unresolved.get(type) ?? [];
    list.push({ from: node.key, path });
    this.unresolved.set(type, list);
  }

  /** `name` is the last step of the path: of most values nobody asks for the whole. */
  private walk(value: Value, folder: string, name: string | undefined, walked: Walked): void {
    if (value.sensitive === true) this.sensitive.push(value);
    switch (value.kind) {
      case 'object': {
        const path = joinSteps(folder, name);
        for (const [key, entry] of value.entries) this.walk(entry, path, key, walked);
        return;
      }
      case 'list':
        for (const element of value.elements) this.walk(element, folder, name, walked);
        return;
      case 'null':
      case 'bool':
      case 'number':
        return;
      default: {
        const { node, named } = walked;
        const isPlain = value.kind === 'string' && (value.refersTo === undefined || value.refersTo.length === 0);
        if (isPlain && named.size === 0) return;
        const path = joinSteps(folder, name);
        this.recordValue(value, path, node, named.get(path));
      }
    }
  }

  private recordValue(
    value: Extract<Value, { readonly kind: 'string' | 'unknown' }>,
    path: string,
    node: Node,
    types: readonly string[] | undefined,
  ): void {
    const references = value.refersTo ?? [];
    const isAnswered = types !== undefined && this.recordNamed(value, path, node, types);
    if (!isAnswered) this.recordReferences(references, path, node, references.length === 1);
    if (value.kind !== 'unknown') return;
    if (references.length === 0) {
      const inside = (value.parts ?? []).flatMap((part) => (typeof part === 'string' ? [] : (part.refersTo ?? [])));
      this.recordReferences(inside, path, node, inside.length === 1);
    }
    for (const alternative of value.alternatives ?? []) {
      if (alternative.kind === 'object' || alternative.kind === 'list') this.walkUncertain(alternative, path, node);
    }
  }

  /** A companion that is perhaps there: its references are uncertain links. */
  private walkUncertain(value: Value, path: string, node: Node): void {
    if (value.kind === 'object') {
      for (const [name, entry] of value.entries) this.walkUncertain(entry, `${path}.${name}`, node);
    } else if (value.kind === 'list') {
      for (const element of value.elements) this.walkUncertain(element, path, node);
    } else this.recordReferences(value.refersTo ?? [], path, node, false);
  }

  private recordReferences(references: readonly Reference[], path: string, node: Node, isCertain: boolean): void {
    for (const { root, address } of references) {
      for (const target of this.input.resourcesAt(resourceKey(root, address))) this.add(node, path, target, isCertain);
    }
  }

  private recordNamed(value: Value, path: string, node: Node, types: readonly string[]): boolean {
    const resolution = this.input.linker.resolve(value, { types, from: node });
    for (const [target, certainty] of resolution.targets) this.add(node, path, target, certainty === 'certain');
    if (resolution.unknown === undefined) return resolution.targets.size > 0;
    for (const type of types) this.addUnresolved(type, node, path);
    return false;
  }

  private add(node: Node, path: string, target: Node, isCertain: boolean): void {
    const key = `${path}\0${target.key}`;
    const present = this.links.get(key);
    if (present?.isCertain === true) return;
    this.links.set(key, { from: node.key, path, to: target.key, isCertain });
  }

  finish(): Links {
    const { linksFrom, linksTo, unresolved, sensitive } = this;
    return { linksFrom, linksTo, unresolvedLinks: unresolved, sensitive };
  }
}
