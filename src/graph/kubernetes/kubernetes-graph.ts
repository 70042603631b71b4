import type { ResourceKey } from '../../model/resource.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import type { Node } from '../node.js';
import { aggregateRoles } from './aggregated-roles.js';
import { builtInRoles } from './built-in-roles.js';
import { KubernetesLinks } from './kubernetes-links.js';
import { Namespaces } from './namespaces.js';
import { ObjectIndex } from './object-index.js';

/** What the objects of Kubernetes add to the graph. */
export interface KubernetesGraph {
  /** Namespaces and roles that are named and not written. */
  readonly standIns: readonly Node[];
  /** The namespace of each object that lies in one. */
  readonly namespaces: ReadonlyMap<ResourceKey, ResourceKey>;
  /** The links of the finished objects. */
  links(finished: Iterable<Node>): KubernetesLinks;
}

/** Finds namespaces, and what roles are put together of. Nodes that are no objects of Kubernetes are passed over. */
export function kubernetesGraph(nodes: Iterable<Node>, schemas: ProviderSchemas): KubernetesGraph | undefined {
  const objects = [...nodes].filter(isObject);
  if (objects.length === 0) return undefined;
  const index = new ObjectIndex(objects);
  aggregateRoles(index);
  const namespaces = new Namespaces(schemas, index);
  const namespaceOfEach = new Map<ResourceKey, ResourceKey>();
  for (const node of objects) {
    const namespace = namespaces.of(node);
    if (namespace !== undefined) namespaceOfEach.set(node.key, namespace.key);
  }
  return {
    standIns: [...namespaces.nodes.values(), ...builtInRoles(objects, index, schemas)],
    namespaces: namespaceOfEach,
    links: (finished) => new KubernetesLinks(new ObjectIndex([...finished].filter(isObject))),
  };
}

/** Custom objects are named and lie in namespaces as well. */
function isObject({ model, raw }: Node): boolean {
  return model.kind !== undefined || raw.language === 'kubernetes';
}
