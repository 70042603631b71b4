import { CERTAIN } from '../../model/raw-resource.js';
import type { ResourceKey } from '../../model/resource.js';
import { resourceKey } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { objectValue } from '../../model/values.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import { OBJECT_TYPE } from '../draft.js';
import type { Node } from '../node.js';
import { modelOf } from '../type-model.js';
import { NAMESPACE_TYPE } from './kind-shapes.js';
import { maxNamesakes, type ObjectIndex } from './object-index.js';

/** The namespace that an object says it is in; undefined where it says none. */
export function namespaceOf(node: Node): Value | undefined {
  const metadata = node.values.entries.get('metadata');
  // What is not known of an object may be its namespace.
  const value = metadata?.kind === 'object' ? metadata.entries.get('namespace') : metadata;
  if (value === undefined || value.kind === 'null') return undefined;
  return value.kind === 'string' && value.value === '' ? undefined : value;
}

/** Whether objects of the node's type live in namespaces. Custom ones do where they name one. */
export function isNamespaced(node: Node): boolean {
  return node.model.kind?.isNamespaced ?? namespaceOf(node) !== undefined;
}

/** Where an object is: its folder, and the namespace that it names. */
export interface Place {
  readonly root: string;
  readonly namespace: Value | undefined;
}

/**
 * Whether two namespaces are the same: undefined where that is not known. The one that a folder leaves unset is equal to
 * itself, and may be any other that is named in the folder.
 */
export function isSameNamespace(a: Place, b: Place): boolean | undefined {
  if (a.namespace === undefined || b.namespace === undefined) {
    if (a.root !== b.root) return false;
    return a.namespace === b.namespace ? true : undefined;
  }
  if (a.namespace.kind === 'string' && b.namespace.kind === 'string') return a.namespace.value === b.namespace.value;
  const { identity } = a.namespace.kind === 'unknown' ? a.namespace : { identity: undefined };
  if (identity !== undefined && b.namespace.kind === 'unknown' && b.namespace.identity === identity) return true;
  return undefined;
}

/** The namespaces that objects lie in: written ones, and stand-ins of those that are only named, or left unset. */
export class Namespaces {
  readonly nodes = new Map<ResourceKey, Node>();

  constructor(
    private readonly schemas: ProviderSchemas,
    private readonly index: ObjectIndex,
  ) {}

  /** Undefined for what lies in no namespace. */
  of(node: Node): Node | undefined {
    if (node.model.type === NAMESPACE_TYPE || !isNamespaced(node)) return undefined;
    const namespace = namespaceOf(node);
    if (namespace?.kind === 'string') {
      const namesakes = this.index.named(NAMESPACE_TYPE, namespace.value);
      const found = namesakes.length > maxNamesakes ? [] : this.index.nearest(namesakes, node);
      const [only] = found;
      if (only !== undefined && found.length === 1) return only;
    }
    const name = namespace === undefined ? '-' : textOf(namespace);
    const address = `${NAMESPACE_TYPE}/${name}`;
    const key = resourceKey(node.raw.root, address);
    const made = this.nodes.get(key) ?? this.#make(node, { key, address, name, namespace });
    this.nodes.set(key, made);
    return made;
  }

  #make(
    { raw }: Node,
    scope: {
      readonly key: ResourceKey;
      readonly address: string;
      readonly name: string;
      readonly namespace: Value | undefined;
    },
  ): Node {
    const { key, address, name, namespace } = scope;
    const metadata = new Map(namespace === undefined ? [] : [['name', namespace] as const]);
    const values = objectValue(
      OBJECT_TYPE,
      new Map([['metadata', objectValue(OBJECT_TYPE, metadata, undefined, OUTSIDE)]]),
    );
    return {
      key,
      model: modelOf(this.schemas, NAMESPACE_TYPE, 'managed'),
      presence: 'scope',
      raw: {
        ...raw,
        address,
        type: NAMESPACE_TYPE,
        name,
        mode: 'managed',
        declaration: address,
        existence: CERTAIN,
        isPrototype: false,
        keySet: undefined,
        values,
        calls: [],
        ignoreChanges: undefined,
      },
      values,
      members: [],
      declaredIn: new Map(),
    };
  }
}

const OUTSIDE = { reason: 'outside-input' } as const;

function textOf(value: Value): string {
  if (value.kind === 'string') return value.value;
  return value.kind === 'unknown' ? (value.subject ?? value.reason) : '-';
}
